import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

const ROOT = join(__dirname, "..", "..");
/** What main.ts imports. */
const SHIPPED = "./environments";

/**
 * Bundles main.ts, as it is, into one file below the project: it looks for the Lambda functions in the folders above it.
 *
 * @param environments a module to take instead of `environments/`, relative to the project
 * @param proofs without them it is synthesis alone, which is all that a template does
 * @returns path of the bundle
 */
export function bundledApp(file: string, environments?: string, proofs = true): string {
  const outfile = join(ROOT, file);
  const source = readFileSync(join(ROOT, "main.ts"), "utf8");
  const imported = JSON.stringify(environments === undefined ? SHIPPED : `./${environments}`);
  if (!source.includes(JSON.stringify(SHIPPED))) throw new Error(`main.ts does not import "${SHIPPED}"`);
  buildSync({
    stdin: {
      contents: (proofs ? source : withoutProofs(source)).replace(JSON.stringify(SHIPPED), () => imported),
      resolveDir: ROOT,
      sourcefile: "main.ts",
      loader: "ts",
    },
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    logLevel: "error",
  });
  return outfile;
}

function withoutProofs(source: string): string {
  const proving = "requireProofs(stacks, valid, now)";
  if (!source.includes(proving)) throw new Error(`main.ts does not call ${proving}`);
  return source.replace(proving, "void stacks");
}
