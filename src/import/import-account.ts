import type { AccountInventory } from "../aws/inventory";
import { IamArns } from "../environment/arns";
import type { Environment, EnvironmentInput } from "../environment/environment";
import { validateEnvironments } from "../environment/validate-environments";
import type { Acceptance } from "../findings/acceptance";
import type { Violation } from "../findings/violation";
import { UNKNOWN_PART } from "../iam/graph";
import { partitionOfRegion } from "../iam/names/regions";
import { expectationsOf } from "../proofs/world/expectation-of";
import type { BrokenProof } from "../proofs/world/proof";
import { type AccountPrincipals, accountPrincipals } from "./account-principals";
import { accountSettings, settingsNotTaken } from "./account-settings";
import { type CredentialNote, credentialNotes } from "./credential-notes";
import { type Draft, type DraftExisting, draftOf } from "./draft";
import { importIdsOf } from "./import-ids-of";
import type { NotTaken } from "./left-out";
import { draftedAcceptances, type MendingStep, mendingSteps } from "./mending";
import type { Released } from "./released";
import { withoutRefused } from "./without-refused";

/** What an import reads. */
export interface ImportSettings {
  readonly inventory: AccountInventory;
  /** Every environment of the project, as it is written; empty where there is no project. */
  readonly inputs: readonly EnvironmentInput[];
  /** The environment that takes the account over: one of `inputs`, or a new one. */
  readonly name: string;
  /** Of a new environment. */
  readonly region: string;
  readonly now: Date;
  /** Last day of drafted exceptions, `YYYY-MM-DD`. */
  readonly acceptUntil: string;
  /** What the environments break, over their stacks. */
  readonly prove: (environments: readonly Environment[]) => readonly BrokenProof[];
}

/** What an import found, and what it would write. */
export interface AccountImport {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  /** Whether the project has no such environment yet. */
  readonly isNew: boolean;
  /** Only what is not declared yet. */
  readonly draft: Draft;
  readonly account: EnvironmentInput["account"];
  /** Ids of what the first apply takes over, by Terraform type. */
  readonly resources: Readonly<Record<string, readonly string[]>>;
  readonly steps: readonly MendingStep[];
  readonly accepted: readonly Acceptance[];
  /** Identity providers and settings that stay as they are. */
  readonly otherwise: readonly NotTaken[];
  /** Passwords, keys, MFA devices and the like: told, and never taken over. */
  readonly credentials: readonly CredentialNote[];
  readonly found: Readonly<Record<keyof AccountPrincipals, number>>;
  /** How many principals the project declares already. */
  readonly declared: number;
  /** What a person has to mend before the draft can be validated. */
  readonly violations: readonly Violation[];
  /** What states of others have to let go of. */
  readonly released?: readonly Released[];
  /** Where the environment's own state has it, by type and import id: it moves instead of being imported. */
  readonly moved?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Addresses that the environment's own state gives up: other forms of what is declared. */
  readonly forgotten?: readonly string[];
}

/** Reads an account into an environment. Pure, but for `prove`. */
export function importAccount(settings: ImportSettings): AccountImport {
  const { inventory, inputs, name, now, acceptUntil } = settings;
  const account = accountPrincipals(inventory);
  const present = inputs.find((input) => input.name === name);
  const region = present?.region ?? settings.region;
  const on = now.toISOString().slice(0, 10);
  const own = declaredIn(inputs, inventory.accountId, now);
  let declared = 0;
  const isDeclared = (arn: string) => {
    const is = own.isDeclared(arn);
    if (is) declared += 1;
    return is;
  };
  const first = draftOf(inventory, account, isDeclared, own.groups);
  const taken = present === undefined ? accountSettings(inventory) : undefined;
  const withExisting = (existing: DraftExisting, accepted: readonly Acceptance[] = []) =>
    drafted(settings, region, taken, existing, accepted);
  const { draft, violations } = withoutRefused(first, withExisting, now);
  const steps = violations.length > 0 ? [] : brokenSteps(settings, withExisting(draft.existing));
  return {
    name,
    accountId: inventory.accountId,
    region,
    on,
    isNew: present === undefined,
    draft,
    account: taken,
    resources: importIdsOf(draft.existing, {
      partition: partitionOfRegion(region),
      accountId: inventory.accountId,
      namespace: present?.namespace ?? "baseline",
    }),
    steps,
    accepted: draftedAcceptances(steps, { on, until: acceptUntil }),
    otherwise: settingsNotTaken(inventory, own.providers),
    credentials: credentialNotes(inventory),
    found: {
      users: account.users.length,
      groups: account.groups.length,
      roles: account.roles.length,
      policies: account.policies.length,
    },
    declared,
    violations,
  };
}

/** Every environment, with the one that takes the account over as it would be written. */
function drafted(
  { inputs, inventory, name }: ImportSettings,
  region: string,
  account: EnvironmentInput["account"],
  existing: DraftExisting,
  accepted: readonly Acceptance[],
): readonly EnvironmentInput[] {
  const present = inputs.find((input) => input.name === name);
  if (present === undefined) {
    const fresh: EnvironmentInput = {
      name,
      accountId: inventory.accountId,
      region,
      backend: { type: "local" },
      allowedNetworks: [],
      ...(account !== undefined && { account }),
      existing,
      accepted,
    };
    return [...inputs, fresh];
  }
  const before = present.existing ?? {};
  const merged: EnvironmentInput = {
    ...present,
    existing: {
      users: { ...before.users, ...existing.users },
      groups: { ...before.groups, ...existing.groups },
      roles: { ...before.roles, ...existing.roles },
      policies: { ...before.policies, ...existing.policies },
    },
    accepted: [...(present.accepted ?? []), ...accepted],
  };
  return inputs.map((input) => (input === present ? merged : input));
}

function brokenSteps(
  { prove, name, now }: ImportSettings,
  inputs: readonly EnvironmentInput[],
): readonly MendingStep[] {
  const validation = validateEnvironments(inputs, now);
  if (!validation.valid) return [];
  return mendingSteps(prove(validation.environments).filter(({ environment }) => environment === name));
}

/** What the environments of an account declare already. */
function declaredIn(inputs: readonly EnvironmentInput[], accountId: string, now: Date) {
  const validation = inputs.length === 0 ? undefined : validateEnvironments(inputs, now);
  const all = validation?.valid === true ? validation.environments : [];
  const environments = all.filter((environment) => environment.accountId === accountId);
  const expectations = expectationsOf(all).filter((one) => one.accountId === accountId);
  const arns = expectations.flatMap(({ users, groups, roles }) =>
    [...users, ...groups, ...roles].map(({ arn }) => arn),
  );
  const exact = new Set([
    ...arns.filter((arn) => !arn.includes(UNKNOWN_PART)),
    ...environments.flatMap((environment) =>
      Object.entries(environment.existing.policies).map(([name, { path }]) =>
        new IamArns(environment).policy(name, path),
      ),
    ),
  ]);
  const open = arns
    .filter((arn) => arn.includes(UNKNOWN_PART))
    .map((arn) => arn.split(UNKNOWN_PART)[0] ?? arn);
  // roles and policies that an environment makes beside those that it declares by name: those of its functions
  const made = environments
    .filter(({ devices, repositories, roles }) =>
      [devices, repositories, roles].some((one) => Object.keys(one).length > 0),
    )
    .map(({ namespace }) => `/${namespace}/`);
  const isMade = (arn: string) =>
    /:(?:policy|role)\//.test(arn) && made.some((path) => arn.split(":")[5]?.includes(path) === true);
  return {
    isDeclared: (arn: string) => exact.has(arn) || open.some((start) => arn.startsWith(start)) || isMade(arn),
    groups: environments.flatMap((environment) => [
      ...Object.keys(environment.developerGroups),
      ...Object.keys(environment.ciGroups),
      ...Object.keys(environment.existing.groups),
    ]),
    providers: environments.flatMap(({ account, identityProviders }) => [
      ...(account.githubOidcProvider === undefined ? [] : ["token.actions.githubusercontent.com"]),
      ...Object.keys(identityProviders.saml),
      ...Object.keys(identityProviders.oidc),
    ]),
  };
}
