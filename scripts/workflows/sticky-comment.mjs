// Writes the one comment of a pull request: creates it, or updates the one of an earlier run.
//   node sticky-comment.mjs NAME FOLDER
// FOLDER holds text-review/review.md, and text-plan-<environment>/plan-<environment>.md for each environment of PLANS (a
// matrix of environments.mjs, or nothing): a folder for each artifact, so that a job which ran a pull request's code
// cannot put its text in the place of another's. A text that is missing was not made: the comment says so, and the step fails, so that an old verdict never
// stands.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commentBody, marker } from "./comment-text.mjs";
import { githubApi, WORKFLOW_AUTHOR } from "./github-api.mjs";
import { ENVIRONMENT_NAME } from "./role-map.mjs";

const [name = "", folder = ""] = process.argv.slice(2);
const pullRequest = process.env["PULL_REQUEST"] ?? "";
if (!/^[1-9]\d{0,9}$/.test(pullRequest)) {
  throw new Error(`PULL_REQUEST: expected the number of a pull request, got ${JSON.stringify(pullRequest)}`);
}
const planned = plannedEnvironments(process.env["PLANS"] ?? "");
const mark = marker(name);
const missing = [];
const body = commentBody(mark, [
  textOf("review.md"),
  ...planned.map((environment) => `### Plan of ${environment}\n\n${textOf(`plan-${environment}.md`)}`),
]);

const api = githubApi(process.env);
const comments = await api.all(`/issues/${pullRequest}/comments`);
// anyone can write a comment that begins like ours
const own = comments.find(
  (comment) => comment.user?.login === WORKFLOW_AUTHOR && String(comment.body ?? "").startsWith(mark),
);
if (own === undefined) {
  await api.request("POST", `/issues/${pullRequest}/comments`, { body });
  console.log("comment created");
} else if (own.body === body) {
  console.log("comment is up to date");
} else {
  await api.request("PATCH", `/issues/comments/${own.id}`, { body });
  console.log("comment updated");
}
if (missing.length > 0) {
  console.error(`error: not there: ${missing.join(", ")}`);
  process.exitCode = 1;
}

function textOf(file) {
  const path = join(folder, `text-${file.replace(/\.md$/, "")}`, file);
  if (existsSync(path)) return readFileSync(path, "utf8");
  missing.push(file);
  return `**Not reviewed: could not tell what changes.** The workflow made no ${file}; its log says why.`;
}

function plannedEnvironments(text) {
  const matrix = JSON.parse(text === "" ? "[]" : text);
  const names = Array.isArray(matrix) ? matrix.map((entry) => String(entry?.environment)) : [""];
  if (names.every((environment) => ENVIRONMENT_NAME.test(environment))) return names;
  throw new Error(`PLANS: expected a matrix of environments, got ${text.slice(0, 200)}`);
}
