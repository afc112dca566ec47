// Keeps one open issue for each environment that has drifted, and none for the others.
//   node drift-issues.mjs FOLDER
// FOLDER/drift-<environment>/ holds `status` (the exit code of `baseline drift`) and `report.md`. The environments are
// told by ENVIRONMENTS, a JSON list of names. Only a status of 0 closes an issue; whatever else than 0 and 2 is an error,
// also a folder that is not there: then issues stay as they are and this step fails.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commentBody, marker } from "./comment-text.mjs";
import { githubApi, WORKFLOW_AUTHOR } from "./github-api.mjs";

const [folder = ""] = process.argv.slice(2);
const api = githubApi(process.env);
const names = environmentNames(process.env["ENVIRONMENTS"] ?? "");
const open = (await api.all(`/issues?state=open&creator=${encodeURIComponent(WORKFLOW_AUTHOR)}`)).filter(
  (issue) => issue.pull_request === undefined && issue.user?.login === WORKFLOW_AUTHOR,
);

for (const name of names) {
  try {
    await keep(name, resultOf(name));
  } catch (error) {
    console.error(`error: ${name}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

async function keep(name, { status, report }) {
  const mark = marker(`drift:${name}`);
  const [issue, ...more] = open
    .filter(({ body }) => String(body ?? "").startsWith(mark))
    .sort((left, right) => left.number - right.number);
  for (const { number } of more) await close(number, `The drift of ${name} is followed in #${issue.number}.`);
  if (status === "0") {
    if (issue !== undefined) await close(issue.number, `No drift in ${name} any more.`);
    console.log(`${name}: no drift${issue === undefined ? "" : `, closed #${issue.number}`}`);
    return;
  }
  const fingerprint = createHash("sha256").update(timeless(report)).digest("hex").slice(0, 16);
  const fingerprintMark = marker(`fingerprint:${fingerprint}`);
  const body = commentBody(`${mark}\n${fingerprintMark}`, [report]);
  if (issue === undefined) {
    const made = await api.request("POST", "/issues", { title: `Drift in ${name}`, body });
    console.log(`${name}: drift, opened #${made.number}`);
  } else if (String(issue.body).startsWith(`${mark}\n${fingerprintMark}\n`)) {
    console.log(`${name}: the same drift as in #${issue.number}`);
  } else {
    await api.request("PATCH", `/issues/${issue.number}`, { body });
    await api.request("POST", `/issues/${issue.number}/comments`, {
      body: "The drift changed: the description above is what it is now.",
    });
    console.log(`${name}: other drift, updated #${issue.number}`);
  }
}

async function close(number, because) {
  await api.request("POST", `/issues/${number}/comments`, { body: because });
  await api.request("PATCH", `/issues/${number}`, { state: "closed", state_reason: "completed" });
}

function resultOf(name) {
  const read = (file) => readFileSync(join(folder, `drift-${name}`, file), "utf8");
  const status = read("status").trim();
  if (status !== "0" && status !== "2") {
    throw new Error(`could not be read (exit code ${JSON.stringify(status)}); its issue is left as it is`);
  }
  const report = read("report.md");
  if (report.trim() === "") throw new Error("report.md is empty; its issue is left as it is");
  return { status, report };
}

/** A report without the moments and ages in it, which change every night. */
function timeless(report) {
  return report
    .replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?/g, "")
    .replace(/\b\d+ (second|minute|hour|day|week)s?\b( \d+ min)?/g, "");
}

function environmentNames(text) {
  const value = JSON.parse(text === "" ? "null" : text);
  const isName = (name) => typeof name === "string" && /^[a-z0-9][a-z0-9-]*$/.test(name);
  if (!Array.isArray(value) || value.length === 0 || !value.every(isName)) {
    throw new Error(`ENVIRONMENTS: expected a JSON list of names of environments, got ${text.slice(0, 200)}`);
  }
  return value;
}
