import { environmentNotes } from "../../src/environment/environment-notes";
import { DEFAULT_RUNTIME, runtimeState } from "../../src/environment/lambda-runtimes";
import { validateEnvironments } from "../../src/environment/validate-environments";
import { environment, NOW, role, violationsOf } from "../builders/environment";

const keyRules = (runtime?: "nodejs20.x" | "nodejs22.x") => ({
  schedule: { cron: "cron(0 0 * * ? *)", timeZone: "UTC" },
  rules: { age: { appliesTo: { path: "ci" as const }, maxAgeDays: 90, reason: "short-lived" } },
  ...(runtime !== undefined && { runtime }),
});

test.each([
  ["nodejs22.x", "2026-10-31T12:00:00Z", "supported"],
  ["nodejs22.x", "2026-11-02T00:00:00Z", "ends"],
  ["nodejs22.x", "2027-05-31T23:59:59Z", "ends"],
  ["nodejs22.x", "2027-06-01T00:00:00Z", "blocked"],
  ["nodejs20.x", "2026-11-23T12:00:00Z", "blocked"],
  ["nodejs24.x", "2026-11-23T12:00:00Z", "supported"],
] as const)("%s is %s: %s", (runtime, at, state) => {
  expect(runtimeState(runtime, new Date(at)).state).toBe(state);
});

test("functions run on one that AWS supports, where an environment says nothing", () => {
  expect(runtimeState(DEFAULT_RUNTIME, NOW).state).toBe("supported");
});

test("refuses a runtime of which AWS makes no functions any more", () => {
  expect(violationsOf(environment({ keyRules: keyRules("nodejs20.x") }))).toMatchObject([
    {
      location: "environments/prod.ts: keyRules.runtime",
      got: expect.stringContaining("AWS makes no function of it since 2026-08-31"),
    },
  ]);
});

function notesOf(input: Parameters<typeof environment>[0], now = NOW) {
  const validation = validateEnvironments([environment(input)], now);
  if (!validation.valid) throw new Error(JSON.stringify(validation.violations));
  return validation.environments.flatMap((each) => environmentNotes(each, now));
}

test("warns of a runtime that ends within half a year", () => {
  expect(notesOf({ keyRules: keyRules("nodejs22.x") })).toEqual([
    expect.stringContaining(
      "environments/prod.ts: keyRules.runtime: nodejs22.x ends: AWS mends it until 2027-04-30",
    ),
  ]);
  expect(notesOf({ keyRules: keyRules() })).toEqual([]);
});

test.each([
  ["without ids", {}, 1],
  ["with the owner's id alone", { ownerId: "1" }, 1],
  ["with both ids", { ownerId: "1", repositoryId: "2" }, 0],
])("a GitHub role %s is told of immutable subjects", (_what, ids, count) => {
  const github = { repository: "octo/website", environment: "prod", ...ids };
  const notes = notesOf({
    roles: { daily: role(), deployer: role({ github }) },
    account: { githubOidcProvider: {} },
  });
  expect(notes).toHaveLength(count);
  if (count > 0) expect(notes[0]).toContain("roles.deployer.github");
});
