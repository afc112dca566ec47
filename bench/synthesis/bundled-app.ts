import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";

const ROOT = join(__dirname, "..", "..");
/** What main.ts imports. */
const SHIPPED = "./environments";
const SYNTHESIS = "./src/stacks/synthesize-baseline";

/**
 * Bundles main.ts, as it is, into one file below the project: it looks for the Lambda functions in the folders above it.
 *
 * @param environments a module to take instead of `environments/`, relative to the project
 * @param proofs without them it is synthesis alone, which is all that a template does
 * @returns path of the bundle
 */
export function bundledApp(file: string, environments?: string, proofs = true): string {
  const outfile = join(ROOT, file);
  const modules = {
    [SHIPPED]: environments === undefined ? SHIPPED : `./${environments}`,
    [SYNTHESIS]: proofs ? SYNTHESIS : synthesisAlone(`${outfile}.synthesis-alone.ts`),
  };
  const contents = Object.entries(modules).reduce(
    (source, [module, taken]) => {
      if (!source.includes(JSON.stringify(module))) throw new Error(`main.ts does not import "${module}"`);
      return source.replace(JSON.stringify(module), () => JSON.stringify(taken));
    },
    readFileSync(join(ROOT, "main.ts"), "utf8"),
  );
  buildSync({
    stdin: {
      contents,
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

/** Writes what main.ts calls, without its proofs. */
function synthesisAlone(file: string): string {
  const source = readFileSync(join(ROOT, `${SYNTHESIS}.ts`), "utf8");
  const proving = "requireProofs(stacks, valid, now).notes";
  if (!source.includes(proving)) throw new Error(`${SYNTHESIS} does not call ${proving}`);
  const alone = source
    .replace(proving, "stacks.slice(0, 0).map(String)")
    .replace(/(?<=from ")\.[^"]+/g, (path) => join(ROOT, dirname(SYNTHESIS), path));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, alone);
  return file;
}
