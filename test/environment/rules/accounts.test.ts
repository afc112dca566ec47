import type { EnvironmentInput } from "../../../src/environment/environment";
import { environment, locationsOf, violationsOf } from "../../builders/environment";

const prod = environment();
/** Another environment in an account of its own. */
const other = (difference: Partial<EnvironmentInput>) =>
  environment({ accountId: "444455556666", ...difference });

describe("environments beside each other", () => {
  test("may have an account each", () => {
    expect(violationsOf(prod, other({ name: "stage" }))).toEqual([]);
  });

  test("may share an account under different namespaces", () => {
    const second = environment({
      name: "stage",
      namespace: "stage",
      devices: { tablet: { owner: "ben", groups: ["stage-developers"], roles: ["daily"] } },
      developerGroups: { "stage-developers": {} },
      ciGroups: {},
      repositories: {},
    });
    expect(violationsOf(prod, second)).toEqual([]);
  });

  test("refuses one account in two environments with one namespace", () => {
    const second = environment({ name: "stage", devices: {}, ciGroups: {}, repositories: {}, roles: {} });
    expect(violationsOf(prod, second)).toEqual([
      {
        location: "environments/stage.ts: accountId",
        expected: "environments that share an account differ in their namespace",
        got: 'account 111122223333 and namespace "baseline", as environments/prod.ts has',
        remedy: "correct the account id, or give one of them another namespace",
      },
    ]);
  });

  test("refuses a name twice, and tells it once", () => {
    expect(locationsOf(prod, other({}))).toEqual(["environments/prod.ts: name"]);
  });

  test.each([
    ["prod-eu", "prod", ["environments/prod-eu.ts: name"]],
    ["prod", "prod-eu", ["environments/prod-eu.ts: name"]],
    ["prod", "production", []],
    ["prod", "eu-prod", []],
  ])("%s beside %s: %j", (first, second, locations) => {
    expect(locationsOf(environment({ name: first }), other({ name: second }))).toEqual(locations);
  });

  test("says which command would reach both accounts", () => {
    const [violation] = violationsOf(prod, other({ name: "prod-eu" }));
    expect(violation?.expected).toContain(`cdktf deploy "prod-*"`);
  });
});

describe("what exists once in an account", () => {
  const empty = { devices: {}, ciGroups: {}, repositories: {}, roles: {} };
  const singletons: [string, EnvironmentInput["account"]][] = [
    ["passwordPolicy", { passwordPolicy: {} }],
    ["alias", { alias: { name: "octo-prod" } }],
    ["githubOidcProvider", { githubOidcProvider: {} }],
  ];

  test.each(singletons)("refuses %s in two environments of one account", (setting, account = {}) => {
    const second = environment({ ...empty, name: "stage", namespace: "stage", account });
    expect(violationsOf(environment({ account }), second)).toEqual([
      expect.objectContaining({
        location: `environments/stage.ts: account.${setting}`,
        got: `${setting} here and in environments/prod.ts`,
      }),
    ]);
  });

  test.each(singletons)("%s may be in two accounts", (_setting, account = {}) => {
    expect(violationsOf(environment({ account }), other({ name: "stage", account }))).toEqual([]);
  });

  test("may be spread over two environments of one account", () => {
    const second = environment({
      ...empty,
      name: "stage",
      namespace: "stage",
      account: { passwordPolicy: {} },
    });
    expect(violationsOf(environment({ account: { alias: { name: "octo" } } }), second)).toEqual([]);
  });
});
