import { groupsOfDevice } from "../environment/device-groups";
import type { Environment } from "../environment/environment";
import { roleReference } from "../environment/role-references";
import type { Holder } from "./holder";

/** What stops and in which order, where a device ends or gets another name. */
export interface Retirement {
  /** What works no more once it is deployed. */
  readonly stops: readonly string[];
  /** What to do, in order. */
  readonly steps: readonly string[];
  /** What else in the environments names the device and has to go with it. */
  readonly mentions: readonly string[];
}

/** A device leaves: its key first, the trusts that name it next, its user last. */
export function retirementOf(holder: Holder, all: readonly Environment[]): Retirement {
  const { environment, name } = holder;
  return {
    stops: stopsOf(holder),
    steps: [
      `where the device is lost or stolen, first end its key: aws iam update-access-key --user-name ${name} --access-key-id <id> --status Inactive (sessions that it opened live on: an hour for roles, up to 36 hours for MFA sessions)`,
      ...otherAccounts(holder, all).map(
        (other) => `deploy ${other}-identity: its trust policies stop naming the device`,
      ),
      `deploy ${environment.name}-identity: trust policies of the account stop naming the user, then the user goes, with its keys and its MFA device`,
      `on the device: remove the key (aws-vault remove ${environment.name}), and the block "${environment.name} ${name}" of ~/.aws/config`,
    ],
    mentions: mentionsOf(holder),
  };
}

/**
 * A device gets another name. The name of a device is the name of its user and of its Terraform addresses: the new one is
 * another user. So the new one comes first, and the old one goes when the new one works.
 */
export function renamingOf(holder: Holder, to: string, all: readonly Environment[]): Retirement {
  const { environment, name } = holder;
  return {
    stops: [
      `nothing yet: ${to} is another IAM user beside ${name}, with a key and an MFA device of its own`,
      `once ${name} is retired: ${stopsOf(holder).join("; ")}`,
    ],
    steps: [
      `apply the patch, and deploy ${environment.name}-identity${otherAccounts(holder, all)
        .map((other) => `, then ${other}-identity`)
        .join("")}: the new user exists and the trusts name both`,
      `iam-baseline device config ${to} --environment ${environment.name} --write --prefix new-, and device onboard ${to} --yes`,
      `iam-baseline device retire ${name} --environment ${environment.name}: its patch takes the old user away`,
      `iam-baseline device config ${to} --environment ${environment.name} --write --prefix "": the profiles get their usual names`,
    ],
    mentions: mentionsOf(holder),
  };
}

function stopsOf(holder: Holder): readonly string[] {
  const { environment, name, roles } = holder;
  const device = environment.devices[name];
  const groups = device === undefined ? [] : groupsOfDevice(environment, device);
  return [
    `the access keys and the MFA device of IAM user ${name}`,
    ...(roles.length > 0 ? [`assuming ${roles.join(", ")} from it`] : []),
    ...(groups.length > 0 ? [`its membership of ${groups.join(", ")}`] : []),
  ];
}

/** Environments of other accounts whose trust policies name the device. */
function otherAccounts({ environment, roles }: Holder, all: readonly Environment[]): readonly string[] {
  const names = new Set(roles.map((role) => roleReference(environment, role).environment));
  return all
    .filter(({ name, accountId }) => names.has(name) && accountId !== environment.accountId)
    .map(({ name }) => name);
}

/** Where the environment names the device besides its own entry. */
function mentionsOf({ environment, name }: Holder): readonly string[] {
  const file = `environments/${environment.name}.ts`;
  const named = Object.entries(environment.keyRules?.rules ?? {})
    .filter(([, { appliesTo }]) => "user" in appliesTo && appliesTo.user === name)
    .map(([rule]) => `${file}: keyRules.rules.${rule}.appliesTo.user`);
  const accepted = environment.accepted.flatMap(({ subject }, index) =>
    subject === `user/${name}` ? [`${file}: accepted[${index}].subject`] : [],
  );
  return [...named, ...accepted];
}
