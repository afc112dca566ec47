// Draws docs/diagrams/<environment>.svg from the synthesized stacks: run `npm run synth` first.
//
//   node scripts/render-diagrams.mjs [OUTDIR]
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { tsImport } from "tsx/esm/api";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const load = (file) => tsImport(`../src/${file}`, import.meta.url);

const { graphFromStackDirectory } = await load("sources/stack/graph-from-stack-directory.ts");
const { accessReport } = await load("report/build-report.ts");
const { formatAccessSvg } = await load("report/format/svg.ts");

const outdir = process.argv[2] ?? join(root, "cdktf.out");
const folder = join(root, "docs", "diagrams");
const report = accessReport(graphFromStackDirectory(outdir));

mkdirSync(folder, { recursive: true });
for (const environment of report.environments) {
  const file = join(folder, `${environment.name}.svg`);
  writeFileSync(file, formatAccessSvg({ ...report, environments: [environment] }));
  console.error(`wrote ${file}`);
}
