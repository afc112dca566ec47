import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workflowFaults } from "./hardening-rules";
import { PINNED_ACTIONS } from "./pinned-actions";
import { readWorkflow } from "./workflow";

const FOLDER = join(__dirname, "../../.github/workflows");
const texts = new Map(
  readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), "utf8")] as const),
);
const text = (name: string) => texts.get(name) ?? "";
const faults = (changed: string) => workflowFaults(readWorkflow(changed)).join("\n");
const jobsOf = (name: string) => new Map(readWorkflow(text(name)).jobs);

describe("every workflow", () => {
  test.each([...texts.keys()])("%s is hardened", (name) => {
    expect(workflowFaults(readWorkflow(text(name)))).toEqual([]);
  });

  test("they are the ones that docs/deploying.md tells of", () => {
    expect([...texts.keys()].sort()).toEqual([
      "ci.yml",
      "deploy-account.yml",
      "deploy.yml",
      "drift.yml",
      "reactivate.yml",
      "release.yml",
      "review.yml",
    ]);
  });

  test("each pinned action is used", () => {
    const all = [...texts.values()].join("\n");
    expect(Object.keys(PINNED_ACTIONS).filter((action) => !all.includes(`${action}@`))).toEqual([]);
  });
});

const { commit } = PINNED_ACTIONS["actions/checkout"] ?? { commit: "" };

/** One change each that would open a way in, to a workflow that is hard without it. */
const MUTANTS: readonly (readonly [
  what: string,
  file: string,
  from: string | RegExp,
  to: string,
  complaint: string,
])[] = [
  ["an action by its tag", "ci.yml", `@${commit} # v6.0.2`, "@v6", "not pinned"],
  ["an action without its version", "ci.yml", `@${commit} # v6.0.2`, `@${commit}`, "not pinned"],
  ["another commit", "ci.yml", commit, "0".repeat(40), "not the release"],
  ["an action that nobody looked at", "ci.yml", "actions/checkout@", "evil/checkout@", "not the release"],
  ["pull_request_target", "review.yml", "pull_request:\n", "pull_request_target:\n", "pull_request_target"],
  ["workflow_run", "drift.yml", "workflow_dispatch:\n", "workflow_run:\n", "workflow_run"],
  ["write permissions at top level", "review.yml", "permissions: {}", "permissions: write-all", "top-level"],
  ["no top-level permissions", "review.yml", "permissions: {}", "", "top-level"],
  ["a job without a timeout", "drift.yml", /\n +timeout-minutes: \d+/, "", "no timeout"],
  ["a job of six hours", "drift.yml", /timeout-minutes: \d+/, "timeout-minutes: 360", "no timeout"],
  [
    "an untrusted expression in run",
    "review.yml",
    'synthesize-ref.sh "$REVISION"',
    "synthesize-ref.sh ${{ github.event.pull_request.title }}",
    "an expression in run",
  ],
  [
    "an input in run",
    "reactivate.yml",
    "scripts/workflows/reactivate.sh",
    "scripts/workflows/reactivate.sh ${{ inputs.user }}",
    "an expression in run",
  ],
  [
    "a token for roles on the comment job",
    "review.yml",
    "pull-requests: write",
    "pull-requests: write\n      id-token: write",
    "can write to the repository",
  ],
  [
    "a token for roles on the job that runs the pull request's code",
    "review.yml",
    "contents: read\n    strategy",
    "contents: read\n      id-token: write\n    strategy",
    "without a role to assume",
  ],
  [
    "a comment job that installs packages",
    "review.yml",
    "run: node scripts/workflows/sticky-comment.mjs review texts",
    "run: npm ci --ignore-scripts && node scripts/workflows/sticky-comment.mjs review texts",
    "runs more than one of our scripts",
  ],
  ["contents: write", "drift.yml", "contents: read", "contents: write", "can write contents"],
  [
    "credentials left by checkout",
    "deploy.yml",
    "persist-credentials: false",
    "fetch-tags: false",
    "token in the work tree",
  ],
  [
    "a session of an hour",
    "deploy-account.yml",
    "role-duration-seconds: 900",
    "role-duration-seconds: 3600",
    "longer than 900",
  ],
  [
    "an account id in the log",
    "drift.yml",
    "mask-aws-account-id: true",
    "mask-aws-account-id: false",
    "not masked",
  ],
  ["any account", "reactivate.yml", /\n +allowed-account-ids: .*/, "", "every account"],
  [
    "a stored key",
    "drift.yml",
    "mask-aws-account-id: true",
    "mask-aws-account-id: true\n          aws-access-key-id: x",
    "stored access key",
  ],
  ["a secret", "drift.yml", "github.token", "secrets.TOKEN", "secret"],
  ["the wrapper of terraform", "ci.yml", "terraform_wrapper: false", "terraform_wrapper: true", "exit codes"],
  ["install scripts", "reactivate.yml", "npm ci --ignore-scripts", "npm ci", "install scripts"],
  ["an artifact of 90 days", "review.yml", "retention-days: 1", "retention-days: 90", "longer than a day"],
  [
    "a plan that everybody can download",
    "deploy-account.yml",
    "github.event.repository.private && steps.plan",
    "steps.plan",
    "on public repositories",
  ],
  ["a runner that changes", "ci.yml", "ubuntu-24.04", "ubuntu-latest", "runner"],
  ["a script that is not there", "drift.yml", "drift-issues.mjs", "drift-tickets.mjs", "no such script"],
];

test.each(MUTANTS)("refuses %s", (_what, file, from, to, complaint) => {
  const changed = text(file).replace(from, () => to);
  expect(changed).not.toBe(text(file));
  expect(faults(changed)).toContain(complaint);
});

describe("review.yml", () => {
  const job = (name: string) => jobsOf("review.yml").get(name);

  test("starts on pull requests only", () => {
    expect(Object.keys(readWorkflow(text("review.yml")).on)).toEqual(["pull_request"]);
  });

  test.each(["plan", "comment"])("%s does not run for a fork", (name) => {
    expect(job(name)?.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
  });

  test.each(["review", "plan"])("%s runs the code of the base", (name) => {
    const runs = (job(name)?.steps ?? []).flatMap(({ run }) => (run === undefined ? [] : [run]));
    expect(runs[0]).toMatch(/^git checkout --quiet --detach HEAD\^1\nnpm ci/);
  });

  test("comment runs the code of the base", () => {
    expect(job("comment")?.steps?.[0]?.with?.["ref"]).toBe("${{ github.event.pull_request.base.sha }}");
  });

  test("only comment can write, and only to the pull request", () => {
    const writers = readWorkflow(text("review.yml")).jobs.flatMap(([name, { permissions }]) =>
      Object.entries(permissions ?? {}).flatMap(([what, access]) =>
        access === "write" ? [`${name} ${what}`] : [],
      ),
    );
    expect(writers).toEqual(["plan id-token", "comment pull-requests"]);
  });
});

describe("deploy-account.yml", () => {
  test("only apply is in the environment whose reviewers approve", () => {
    const environments = [...jobsOf("deploy-account.yml")].map(([name, { environment }]) => [
      name,
      environment,
    ]);
    expect(environments).toEqual([
      ["plan", undefined],
      ["apply", "${{ inputs.environment }}"],
    ]);
  });

  test("applies by the digests that the plan's review printed", () => {
    const steps = jobsOf("deploy-account.yml").get("apply")?.steps ?? [];
    expect(steps.at(-1)?.env?.["DIGESTS"]).toBe("${{ needs.plan.outputs.digests }}");
  });

  test("never cuts an apply off", () => {
    expect(text("deploy-account.yml")).toContain(
      "group: deploy-${{ inputs.environment }}\n  cancel-in-progress: false",
    );
  });
});

describe("reactivate.yml", () => {
  test("waits for the reviewers of its environment", () => {
    expect(jobsOf("reactivate.yml").get("reactivate")?.environment).toBe("reactivate");
  });

  test("checks what was typed before there are credentials", () => {
    const steps = jobsOf("reactivate.yml").get("reactivate")?.steps ?? [];
    const at = (part: string) =>
      steps.findIndex(({ run = "", uses = "" }) => run.includes(part) || uses.includes(part));
    expect(at("reactivation.mjs")).toBeGreaterThan(0);
    expect(at("reactivation.mjs")).toBeLessThan(at("configure-aws-credentials"));
  });
});

test("no workflow that deploys, watches or reactivates runs on another branch than main", () => {
  const first = (name: string) => readWorkflow(text(name)).jobs[0]?.[1].if;
  for (const name of ["deploy.yml", "drift.yml", "reactivate.yml"]) {
    expect(first(name)).toContain("github.ref == 'refs/heads/main'");
  }
});
