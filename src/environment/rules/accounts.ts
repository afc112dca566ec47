import type { Environment } from "../environment";
import { type EnvironmentRule, environmentFile, violationAt } from "./rule";

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
          violationAt(environment, ["name"], {
            expected: "every environment has a name of its own",
            got: `"${environment.name}" twice`,
            remedy: "rename one of them",
          }),
        ];
      }
      if (!environment.name.startsWith(`${other.name}-`)) return [];
      return [
        violationAt(environment, ["name"], {
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
      violationAt(environment, ["accountId"], {
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
        violationAt(environment, ["account", setting], {
          expected: "a setting that exists once in an account belongs to one environment",
          got: `${setting} here and in ${environmentFile(other.name)}`,
          remedy: "remove it from one of them",
        }),
      ),
  );
