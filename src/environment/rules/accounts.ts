import { defineRefusal } from "../../findings/refusal";
import type { Environment } from "../environment";
import { type EnvironmentRule, environmentFile, violationAt } from "./rule";

export const ENVIRONMENT_NAME_CONFLICT = defineRefusal({
  code: "environment-name-conflict",
  title: "Two environments have one name, or one name begins with the other and a dash",
  why: "Stack ids are `<environment>-<stack>`, so that `cdktf deploy 'prod-*'` means one account. With a name that begins another, it would reach two.",
  example:
    'environments/prod-eu.ts: name: no environment\'s name begins with another\'s and a dash, or \'cdktf deploy "prod-*"\' would reach both accounts, got "prod-eu" beside "prod"; rename one of them [environment-name-conflict]',
  remedy:
    "Rename one of the environments before it is deployed; afterwards a rename is a migration of its stacks.",
  since: "0.1.0",
});

export const ACCOUNT_SHARED = defineRefusal({
  code: "account-shared",
  title: "Two environments share an account and a namespace",
  why: "IAM is global in an account: both would manage the same paths, and each would take away what the other made.",
  example:
    'environments/stage.ts: accountId: environments that share an account differ in their namespace, got account 111122223333 and namespace "baseline", as environments/prod.ts has; correct the account id, or give one of them another namespace [account-shared]',
  remedy: "Correct the account id, or give one of them another namespace.",
  since: "0.1.0",
});

export const ACCOUNT_SETTING_REPEATED = defineRefusal({
  code: "account-setting-repeated",
  title: "Two environments of one account declare what exists once in it",
  why: "An account has one alias, one password policy and one provider for GitHub. Two owners would change it to and fro.",
  example:
    "environments/stage.ts: account.alias: a setting that exists once in an account belongs to one environment, got alias here and in environments/prod.ts; remove it from one of them [account-setting-repeated]",
  remedy: "Keep the setting in one of the environments.",
  since: "0.1.0",
});

/** Environments before this one in the list: a conflict is told once, at the later of the two. */
const earlier = (environment: Environment, all: readonly Environment[]) =>
  all.slice(0, all.indexOf(environment));

/** Names of environments are unique, and none begins another: `cdktf deploy 'prod-*'` must mean one account. */
export const environmentsAreApart: EnvironmentRule = (environment, all) =>
  all
    .filter((other) => other !== environment)
    .flatMap((other) => {
      if (other.name === environment.name) {
        if (!earlier(environment, all).includes(other)) return [];
        return [
          violationAt(environment, ["name"], ENVIRONMENT_NAME_CONFLICT, {
            expected: "every environment has a name of its own",
            got: `"${environment.name}" twice`,
            remedy: "rename one of them",
          }),
        ];
      }
      if (!environment.name.startsWith(`${other.name}-`)) return [];
      return [
        violationAt(environment, ["name"], ENVIRONMENT_NAME_CONFLICT, {
          expected: `no environment's name begins with another's and a dash, or 'cdktf deploy "${other.name}-*"' would reach both accounts`,
          got: `"${environment.name}" beside "${other.name}"`,
          remedy: "rename one of them",
        }),
      ];
    });

/** IAM is global in an account: two environments share one only under different namespaces. */
export const accountsAreApart: EnvironmentRule = (environment, all) =>
  earlier(environment, all)
    .filter(
      ({ accountId, namespace }) =>
        accountId === environment.accountId && namespace === environment.namespace,
    )
    .map((other) =>
      violationAt(environment, ["accountId"], ACCOUNT_SHARED, {
        expected: "environments that share an account differ in their namespace",
        got: `account ${environment.accountId} and namespace "${environment.namespace}", as ${environmentFile(other.name)} has`,
        remedy: "correct the account id, or give one of them another namespace",
      }),
    );

const SINGLETONS = ["passwordPolicy", "alias", "githubOidcProvider"] as const;

/** What exists once in an account belongs to exactly one environment. */
export const singletonsHaveOneOwner: EnvironmentRule = (environment, all) =>
  SINGLETONS.filter((setting) => environment.account[setting] !== undefined).flatMap((setting) =>
    earlier(environment, all)
      .filter((other) => other.accountId === environment.accountId && other.account[setting] !== undefined)
      .map((other) =>
        violationAt(environment, ["account", setting], ACCOUNT_SETTING_REPEATED, {
          expected: "a setting that exists once in an account belongs to one environment",
          got: `${setting} here and in ${environmentFile(other.name)}`,
          remedy: "remove it from one of them",
        }),
      ),
  );
