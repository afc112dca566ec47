import { githubJob } from "../../src/policies/github-trust";

test.each([
  ["an environment", { environment: "prod" }, "environment:prod"],
  ["an environment with a colon", { environment: "prod:eu" }, "environment:prod%3Aeu"],
  ["several colons", { environment: "a:b:c" }, "environment:a%3Ab%3Ac"],
  ["a slash, which GitHub leaves as it is", { environment: "prod/eu" }, "environment:prod/eu"],
  ["a percent sign, too", { environment: "50%" }, "environment:50%"],
  ["a branch with a slash", { branch: "release/v1" }, "ref:refs/heads/release/v1"],
  ["pull requests", { pullRequest: true as const }, "pull_request"],
])("the subject of %s", (_what, jobs, expected) => {
  expect(githubJob(jobs)).toBe(expected);
});
