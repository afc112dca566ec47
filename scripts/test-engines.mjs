// Installs the packed package beside the oldest and the newest of its peers and beside cdktn, each in a folder of its own, and
// compares what the same environments synthesize to, byte for byte. `npm run test:engines`; minutes, needs the npm registry.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const AWS = { "@cdktf/provider-aws": "21.22.1", "@cdktf/provider-random": "12.0.1" };

/** `same`: whether nothing but the provider's version and metadata may differ from the first. */
const ENGINES = [
  {
    name: "cdktf 0.21, constructs 10.8.1 (newest)",
    install: { cdktf: "0.21.0", constructs: "10.8.1", ...AWS },
  },
  {
    name: "cdktf 0.21, constructs 10.4.2 (oldest)",
    install: { cdktf: "0.21.0", constructs: "10.4.2", ...AWS },
  },
  { name: "cdktf 0.20.12, constructs 10.4.2", install: { cdktf: "0.20.12", constructs: "10.4.2", ...AWS } },
  {
    name: "cdktn 0.24, constructs 10.7",
    install: {
      cdktn: "0.24.0",
      constructs: "10.7.0",
      "@cdktn/provider-aws": "25.7.0",
      "@cdktn/provider-random": "15.0.1",
    },
    // one copy under both names: of two, neither knows the other's constructs
    links: {
      cdktf: "cdktn",
      "@cdktf/provider-aws": "@cdktn/provider-aws",
      "@cdktf/provider-random": "@cdktn/provider-random",
    },
  },
];

const folder = mkdtempSync(join(tmpdir(), "iam-baseline-engines-"));
const only = process.argv[2];

function run(command, args, cwd, env = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr || stdout}`);
  return stdout;
}

/** Stacks of a folder by name, without what may differ: the provider's version and metadata. */
function stacksIn(outdir) {
  const strip = (value) => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== "//")
        .map(([key, one]) => [key, key === "required_providers" ? Object.keys(one).sort() : strip(one)]),
    );
  };
  return Object.fromEntries(
    readdirSync(join(outdir, "stacks"))
      .sort()
      .map((name) => [
        name,
        JSON.stringify(
          strip(JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8"))),
          null,
          1,
        ),
      ]),
  );
}

function synthesized({ name, install, links = {} }, tarball, environments) {
  const project = mkdtempSync(join(folder, "engine-"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, name: "engine" }));
  const packages = Object.entries(install).map(([one, version]) => `${one}@${version}`);
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps", "--save-exact"];
  run("npm", ["install", ...flags, tarball, ...packages], project);
  for (const [link, target] of Object.entries(links)) {
    const path = join(project, "node_modules", link);
    rmSync(path, { recursive: true, force: true });
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(project, "node_modules", target), path, "dir");
  }
  writeFileSync(join(project, "environments.json"), JSON.stringify(environments));
  writeFileSync(
    join(project, "main.cjs"),
    `const { synthesizeBaseline } = require("iam-baseline");
synthesizeBaseline({ environments: require("./environments.json"), outdir: "out", now: new Date("2026-11-25T00:00:00Z") });
console.log(require("constructs/package.json").version, process.memoryUsage.rss());`,
  );
  const started = Date.now();
  const said = run(process.execPath, ["--preserve-symlinks", "main.cjs"], project, {
    CHECKPOINT_DISABLE: "1",
  }).trim();
  console.log(`${name}: constructs ${said.split(" ")[0]}, ${Date.now() - started} ms`);
  return stacksIn(join(project, "out"));
}

let failed = false;
try {
  if (!existsSync(join(root, "dist/index.js")))
    throw new Error("expected a built package, got no dist: npm run build");
  const packed = JSON.parse(
    run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root),
  );
  const tarball = join(folder, packed[0].filename);
  console.log(
    `${packed[0].filename}: ${packed[0].entryCount} files, ${packed[0].size} bytes packed, ${packed[0].unpackedSize} unpacked`,
  );
  const environments = JSON.parse(
    run(
      process.execPath,
      [
        "--import",
        "tsx",
        "-e",
        'import("./test/shipped/index.ts").then((m) => console.log(JSON.stringify((m.environments ?? m.default.environments))))',
      ],
      root,
    ),
  );
  const wanted = ENGINES.filter(
    ({ name }, index) => index === 0 || only === undefined || name.includes(only),
  );
  let first;
  for (const engine of wanted) {
    try {
      const stacks = synthesized(engine, tarball, environments);
      first ??= stacks;
      const differing = Object.keys({ ...first, ...stacks }).filter((name) => first[name] !== stacks[name]);
      if (differing.length > 0) {
        failed = true;
        console.log(`${engine.name}: differs in ${differing.join(", ")}`);
        if (process.env.KEEP)
          for (const name of differing) {
            writeFileSync(join(process.env.KEEP, `${name}.first`), first[name] ?? "");
            writeFileSync(join(process.env.KEEP, `${name}.other`), stacks[name] ?? "");
          }
      } else console.log(`${engine.name}: ${Object.keys(stacks).length} stacks, the same bytes`);
    } catch (error) {
      failed = true;
      console.log(`${engine.name}: ${String(error.message).slice(0, 2000)}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
