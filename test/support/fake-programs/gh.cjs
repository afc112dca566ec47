// What `repository key` asks of the GitHub CLI, over a file in place of GitHub: secret list, secret set --env-file -.
// FAKE_GITHUB names the file. FAKE_GITHUB_FAILS names a subcommand that is refused.
const { existsSync, readFileSync, writeFileSync } = require("node:fs");

const file = process.env.FAKE_GITHUB;
// Node.js 20 would take `--env-file` for its own
const argv = (process.env.FAKE_ARGUMENTS ?? "").split("\n");
const github = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { secrets: {}, calls: [] };
github.calls.push(argv);
if (process.env.FAKE_GITHUB_FAILS === argv[1]) {
  writeFileSync(file, JSON.stringify(github));
  console.error("gh: HTTP 403");
  process.exit(1);
}
if (argv[1] === "set") {
  const place =
    argv[argv.indexOf("--repo") + 1] + (argv.includes("--env") ? `#${argv[argv.indexOf("--env") + 1]}` : "");
  const pairs = readFileSync(0, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(/=(.*)/s).slice(0, 2));
  github.secrets[place] = Object.fromEntries(pairs);
}
writeFileSync(file, JSON.stringify(github));
