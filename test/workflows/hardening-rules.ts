import { existsSync } from "node:fs";
import { join } from "node:path";
import { PINNED_ACTIONS } from "./pinned-actions";
import type { Job, Step, Workflow } from "./workflow";

const ROOT = join(__dirname, "../..");
const AWS = "aws-actions/configure-aws-credentials";

/** What makes a workflow a way in; one sentence each. None: it is as hard as we can tell. */
export function workflowFaults(workflow: Workflow): readonly string[] {
  return [
    ...triggerFaults(workflow),
    ...(JSON.stringify(workflow.permissions) === "{}" ? [] : ["top-level permissions are not {}"]),
    ...(/\bsecrets\b\s*[.[:]/.test(workflow.text) ? ["a secret is used: roles are assumed by OIDC"] : []),
    ...pinFaults(workflow.text),
    ...workflow.jobs.flatMap(([name, job]) => jobFaults(job).map((fault) => `${name}: ${fault}`)),
  ];
}

function triggerFaults({ on }: Workflow): readonly string[] {
  return ["pull_request_target", "workflow_run", "issue_comment"]
    .filter((trigger) => trigger in on)
    .map((trigger) => `${trigger} runs with the rights of main on what others wrote`);
}

/** Looks at lines, as the version is in a comment. */
function pinFaults(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => {
    const [, reference = ""] = /^\s*(?:- )?uses:\s*(.*)$/.exec(line) ?? [];
    if (reference === "" || reference.startsWith("./.github/")) return [];
    const [, action = "", commit, version] =
      /^([^@\s]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/.exec(reference) ?? [];
    const pinned = PINNED_ACTIONS[action];
    if (commit === undefined) return [`${reference}: not pinned to a commit with its version`];
    if (pinned?.commit === commit && pinned.version === version) return [];
    return [`${reference}: not the release that pinned-actions.ts lists`];
  });
}

function jobFaults(job: Job): readonly string[] {
  const steps = job.steps ?? [];
  const permissions = typeof job.permissions === "object" ? job.permissions : {};
  const writes = Object.entries(permissions).filter(([, access]) => access === "write");
  const usesAws = steps.some(({ uses }) => uses?.startsWith(`${AWS}@`));
  const hasToken = permissions["id-token"] === "write";
  // npm takes the token itself, as trusted publishing does; somebody has to approve the job
  const publishes =
    job.environment !== undefined &&
    steps.some(({ run }) => /^npm publish .*--provenance\b/.test(run?.trim() ?? ""));
  return [
    ...(typeof job.permissions === "object" ? [] : ["has no permissions of its own"]),
    ...(job.uses === undefined && !(Number(job["timeout-minutes"]) <= 60) ? ["has no timeout"] : []),
    ...(job["runs-on"]?.endsWith("-latest") ? ["its runner changes under it"] : []),
    ...(hasToken && !usesAws && !publishes && job.uses === undefined
      ? ["id-token: write without a role to assume"]
      : []),
    ...(usesAws && !hasToken ? ["assumes a role without id-token: write"] : []),
    ...(hasToken && writes.length > 1 ? ["has a role and can write to the repository"] : []),
    ...(!hasToken && writes.length > 0 ? writerFaults(steps) : []),
    ...(permissions["contents"] === "write" ? ["can write contents"] : []),
    ...steps.flatMap((step) => stepFaults(step)),
  ];
}

/** A job that can write to the repository runs our own scripts on texts: no packages, no configuration of others. */
function writerFaults(steps: readonly Step[]): readonly string[] {
  return steps
    .filter(
      ({ run }) => run !== undefined && !/^node scripts\/workflows\/[\w-]+\.mjs [\w -]+$/.test(run.trim()),
    )
    .map(({ run }) => `can write, and runs more than one of our scripts: ${run?.trim()}`);
}

function stepFaults({
  uses = "",
  run = "",
  with: settings = {},
  if: condition = "",
}: Step): readonly string[] {
  const [action] = uses.split("@");
  const scripts = [...run.matchAll(/scripts\/workflows\/[\w.-]+/g)].map(([path]) => path);
  return [
    ...(run.includes("${{") ? ["an expression in run: give it by env"] : []),
    ...(/npm (ci|i|install)\b(?!.*--ignore-scripts)/.test(run) ? ["packages may run install scripts"] : []),
    ...scripts.filter((path) => !existsSync(join(ROOT, path))).map((path) => `${path}: no such script`),
    ...(action === "actions/checkout" && settings["persist-credentials"] !== false
      ? ["checkout leaves the token in the work tree"]
      : []),
    ...(action === AWS ? roleFaults(settings) : []),
    ...(action === "hashicorp/setup-terraform" && settings["terraform_wrapper"] !== false
      ? ["the wrapper changes terraform's exit codes"]
      : []),
    ...(action === "actions/setup-node" && settings["package-manager-cache"] !== false
      ? ["a cache can be filled by another branch"]
      : []),
    ...(action === "actions/upload-artifact" ? artifactFaults(settings, condition) : []),
  ];
}

function roleFaults(settings: Readonly<Record<string, unknown>>): readonly string[] {
  return [
    ...(settings["role-duration-seconds"] === 900 ? [] : ["a session is longer than 900 seconds"]),
    ...(settings["mask-aws-account-id"] === true ? [] : ["the account id is not masked"]),
    ...("allowed-account-ids" in settings ? [] : ["every account is allowed"]),
    ...("aws-access-key-id" in settings ? ["a stored access key"] : []),
  ];
}

function artifactFaults(settings: Readonly<Record<string, unknown>>, condition: string): readonly string[] {
  const holdsPlan = /plan\.bin|planned|\*\.tfstate/.test(String(settings["path"]));
  return [
    ...(settings["retention-days"] === 1 ? [] : ["an artifact is kept longer than a day"]),
    ...(holdsPlan && !condition.includes("github.event.repository.private")
      ? ["a plan is uploaded on public repositories"]
      : []),
  ];
}
