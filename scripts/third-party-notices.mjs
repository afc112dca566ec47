// Writes THIRD-PARTY-NOTICES.md: who made what the bundles in dist contain, under which licence. Fails on a licence that is not
// on the list of those that ask for no more than a notice.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PERMISSIVE = new Set([
  "MIT",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "0BSD",
  "MPL-2.0",
  "(MIT OR CC0-1.0)",
  "BlueOak-1.0.0",
]);

const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
const shipped = Object.entries(lock.packages)
  .filter(([path, one]) => path.startsWith("node_modules/") && one.dev !== true && one.optional !== true)
  .map(([path, one]) => ({
    path,
    name: path.slice(path.lastIndexOf("node_modules/") + 13),
    version: one.version,
    license: one.license,
  }))
  .sort((left, right) => (left.name < right.name ? -1 : 1));

const refused = shipped.filter(({ license }) => !PERMISSIVE.has(license));
if (refused.length > 0) {
  console.error(
    `expected licences that ask for a notice only, got ${refused.map(({ name, license }) => `${name}: ${license}`).join(", ")}`,
  );
  process.exit(1);
}
const textOf = (path) => {
  try {
    const file = readdirSync(join(root, path)).find((name) =>
      /^(?:licen[cs]e|copying)(?:\.(?:md|txt))?$/i.test(name),
    );
    return file === undefined ? undefined : readFileSync(join(root, path, file), "utf8").trim();
  } catch {
    return undefined;
  }
};
const texts = new Map();
for (const one of shipped) {
  const text = textOf(one.path) ?? `Licensed under ${one.license}; the package holds no text of it.`;
  texts.set(text, [...(texts.get(text) ?? []), `${one.name} ${one.version} (${one.license})`]);
}
const sections = [...texts].map(
  ([text, names]) => `## ${names.join(", ")}\n\n\`\`\`\n${text.replaceAll("```", "'''")}\n\`\`\`\n`,
);
writeFileSync(
  join(root, "THIRD-PARTY-NOTICES.md"),
  `# Third-party notices\n\nThe package contains or installs these ${shipped.length} packages.\n\n${sections.join("\n")}`,
);
console.log(`THIRD-PARTY-NOTICES.md: ${shipped.length} packages, ${texts.size} texts`);
