import { variableOf } from "../../import/variable-name";
import type { Answers } from "./answers";
import { environmentFile } from "./environment-file";
import { readme } from "./readme";
import { reviewWorkflow } from "./review-workflow";

/** Versions that a new project pins. */
export interface Versions {
  readonly baseline: string;
  readonly cdktfCli: string;
  /** Packages that the application and the baseline share: of two copies neither knows the other's constructs. */
  readonly shared: Readonly<Record<string, string>>;
  readonly tsx: string;
  readonly typescript: string;
  readonly typesNode: string;
}

/** Every file of a new project, by its path. Pure: the same answers give the same project. */
export function projectFiles(answers: Answers, versions: Versions): Readonly<Record<string, string>> {
  const { environment } = answers;
  return {
    [`environments/${environment}.ts`]: environmentFile(answers),
    "environments/index.ts": `import { ${variableOf(environment)} } from "./${environment}";

/** Every environment; all of them are always synthesized together. */
export const environments = [${variableOf(environment)}];
`,
    "main.ts": `import { synthesizeProject } from "iam-baseline";

void synthesizeProject(() => import("./environments/index.js")).then(({ messages, exitCode }) => {
  for (const message of messages) console.error(message);
  process.exitCode = exitCode;
});
`,
    "cdktf.json": json({
      language: "typescript",
      app: "node --import tsx main.ts",
      projectId: environment,
      sendCrashReports: "false",
    }),
    "package.json": json({
      name: `${environment}-iam`,
      version: "0.0.0",
      private: true,
      engines: { node: ">=20.19" },
      scripts: {
        start: "npm run --silent synth && iam-baseline overview",
        synth: "node --import tsx main.ts",
        test: "node --import tsx --test test/*.test.ts",
        typecheck: "tsc",
      },
      dependencies: { ...versions.shared, "iam-baseline": versions.baseline, tsx: versions.tsx },
      devDependencies: {
        "@types/node": versions.typesNode,
        "cdktf-cli": versions.cdktfCli,
        typescript: versions.typescript,
      },
    }),
    "tsconfig.json": json({
      compilerOptions: {
        target: "es2023",
        module: "node16",
        moduleResolution: "node16",
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: ["node"],
      },
      include: ["main.ts", "environments", "test"],
    }),
    ".gitignore": [
      "node_modules/",
      "cdktf.out*/",
      "/state/",
      "*.tfstate*",
      ".terraform/",
      "*.tfplan",
      ".env*",
      "",
    ].join("\n"),
    // no package runs an install script, and none needs one
    ".npmrc": "ignore-scripts=true\nsave-exact=true\n",
    "test/environments.test.ts": test(environment),
    ".github/workflows/review.yml": reviewWorkflow(),
    "README.md": readme(answers),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function test(environment: string): string {
  return `import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { synthesizeBaseline } from "iam-baseline";
import { environments } from "../environments";

test("the environments are valid, and every proof holds", () => {
  const folder = mkdtempSync(join(tmpdir(), "iam-"));
  try {
    synthesizeBaseline({ environments, outdir: join(folder, "out") });
    assert.ok(readdirSync(join(folder, "out", "stacks")).includes("${environment}-identity"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
`;
}
