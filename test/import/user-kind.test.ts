import { type UserFacts, userKind } from "../../src/import/user-kind";

const user = (difference: Partial<UserFacts>): UserFacts => ({
  name: "x",
  path: "/",
  groups: [],
  tags: {},
  hasPassword: false,
  mfaDevices: 0,
  activeKeys: 1,
  keyServices: [],
  ...difference,
});

test.each<[string, Partial<UserFacts>, object]>([
  ["a password", { name: "svc-mail", hasPassword: true }, { as: "device", owner: "svc-mail" }],
  ["an MFA device", { name: "mona", mfaDevices: 1 }, { as: "device", owner: "mona" }],
  [
    "an owner tag",
    { name: "laptop-7", tags: { Owner: "mona@corp.example" } },
    { as: "device", owner: "mona" },
  ],
  ["an e-mail address", { name: "tom@agency.example" }, { as: "device", owner: "tom" }],
  ["a path of people", { name: "tom", path: "/people/" }, { as: "device", owner: "tom" }],
  ["a group of people", { name: "tom", groups: ["Developers"] }, { as: "device", owner: "tom" }],
  ["a group of people, and no key", { name: "tom", groups: ["Developers"], activeKeys: 0 }, { as: "other" }],
  [
    "a repository tag",
    { name: "ci", tags: { repository: "octo/website" } },
    { as: "repository", repository: "octo/website" },
  ],
  [
    "a repository's address",
    { name: "ci", tags: { repo: "https://github.com/octo/web.site.git" } },
    { as: "repository", repository: "octo/web.site" },
  ],
  [
    "a name below a path of CI",
    { name: "octo.website", path: "/baseline/ci/" },
    { as: "repository", repository: "octo/website" },
  ],
  ["CI without a repository", { name: "github-actions" }, { as: "other" }],
  ["a tag that is no repository", { name: "ci", tags: { repository: "website" } }, { as: "other" }],
  ["a machine's name", { name: "backup-nightly" }, { as: "other" }],
  ["a machine's key", { name: "x", groups: ["users"], keyServices: ["ses"] }, { as: "other" }],
  ["an emergency", { name: "break-glass", hasPassword: true }, { as: "other" }],
  ["nothing at all", { name: "x" }, { as: "other" }],
  [
    "nobody asked for passwords",
    { name: "x", hasPassword: undefined, mfaDevices: undefined, activeKeys: undefined },
    { as: "other" },
  ],
])("a user with %s", (_what, facts, expected) => {
  expect(userKind(user(facts))).toMatchObject(expected);
  expect(userKind(user(facts)).because).not.toBe("");
});
