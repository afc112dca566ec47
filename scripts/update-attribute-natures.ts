/**
 * Makes `src/review/natures/attribute-natures.json` from the bindings of the AWS provider: what each attribute of each
 * resource type is, beside the ordinary ones.
 *
 *   node --import tsx scripts/update-attribute-natures.ts            writes what has changed
 *   node --import tsx scripts/update-attribute-natures.ts --check    writes nothing; exit code 2 when it is out of date
 *
 * The file holds one text, compressed by brotli and written in base64: a line a type, `s3_bucket<TAB>policy:path
 * path<TAB>principal:acl ...<TAB>ordinary:other names at the top`. Run it after the provider or the rules (`nature-rules.ts`, `ordinary-attributes.ts`) were
 * changed, and read what it prints: an attribute that comes is one that a review judges, or lists as not judged.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import type { CompressedText } from "../src/iam/data/compressed-text";
import { NATURES, type Nature } from "../src/review/natures/nature";
import { natureByName } from "../src/review/natures/nature-rules";
import { providerSchema } from "./natures/provider-schema";

const root = join(__dirname, "..");
const provider = join(root, "node_modules", "@cdktf", "provider-aws");
const file = join(root, "src", "review", "natures", "attribute-natures.json");

const schema = providerSchema(join(provider, "lib"));
const counts = new Map<Nature, number>();
let attributes = 0;
const lines = [...schema].map(([type, paths]) => {
  const byNature = new Map<Nature, string[]>();
  for (const [path, kind] of paths) {
    attributes++;
    const nature = natureByName(type, path, kind);
    counts.set(nature, (counts.get(nature) ?? 0) + 1);
    if (nature !== "ordinary") byNature.set(nature, [...(byNature.get(nature) ?? []), path]);
  }
  const parts = NATURES.flatMap((nature) =>
    byNature.has(nature) ? [`${nature}:${byNature.get(nature)?.join(" ")}`] : [],
  );
  // what the schema has at its top, so that what a provider computes can be told from what somebody wrote
  const named = new Set([...byNature.values()].flat().map(topOf));
  const others = new Set([...paths.keys()].map(topOf).filter((name) => !named.has(name)));
  if (others.size > 0) parts.push(`ordinary:${[...others].join(" ")}`);
  return [type.replace(/^aws_/, ""), ...parts].join("\t");
});
const text = lines.join("\n");

const { version, cdktf } = JSON.parse(readFileSync(join(provider, "package.json"), "utf8")) as {
  readonly version: string;
  readonly cdktf?: { readonly provider?: { readonly version?: string } };
};
const source = `hashicorp/aws ${cdktf?.provider?.version ?? ""}, bindings ${version}`;
const present = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as CompressedText) : undefined;
const old = present === undefined ? "" : decompressed(present.brotli);

function topOf(path: string): string {
  return path.split(".")[0] ?? path;
}

function decompressed(base64: string): string {
  return brotliDecompressSync(Buffer.from(base64, "base64")).toString("utf8");
}

// two versions of Node.js may compress the same text to different bytes: the text decides
const isCurrent = old === text && present?.source === source;
if (process.argv.includes("--check")) {
  if (!isCurrent) process.stderr.write(`${file} is out of date: run this script without --check\n`);
  process.exitCode = isCurrent ? 0 : 2;
} else if (!isCurrent) {
  const brotli = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  const data: CompressedText = {
    source,
    sha256: createHash("sha256").update(text).digest("hex"),
    brotli: brotli.toString("base64"),
  };
  writeFileSync(file, `${JSON.stringify(data, null, 2)}\n`);
  const known = new Set(old.split("\n"));
  for (const line of lines.filter((each) => !known.has(each)).slice(0, old === "" ? 0 : 50))
    process.stdout.write(`+ ${line}\n`);
}
process.stderr.write(
  `${schema.size} types, ${attributes} attributes: ${[...counts].map(([nature, count]) => `${nature} ${count}`).join(", ")}\n`,
);
