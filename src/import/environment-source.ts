import type { EnvironmentInput } from "../environment/environment";
import type { Acceptance } from "../findings/acceptance";
import type { Draft } from "./draft";
import type { MendingStep } from "./mending";
import { type Comments, keyWords, words } from "./source-words";
import { variableOf } from "./variable-name";

export interface DraftedEnvironment {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly account?: EnvironmentInput["account"];
  readonly draft: Draft;
  readonly accepted: readonly Acceptance[];
  readonly steps: readonly MendingStep[];
  /** `YYYY-MM-DD`. */
  readonly on: string;
}

/** Where a drafted file takes `defineEnvironment` from. */
export interface Packages {
  /** `"iam-baseline"`, or a path in a checkout of it. */
  readonly environment: string;
  readonly backend: string;
}

/** `environments/<name>.ts` of an account that no file describes yet. */
export function environmentSource(drafted: DraftedEnvironment, packages: Packages): string {
  const { name, accountId, region, account, draft, accepted, on } = drafted;
  const from =
    packages.environment === packages.backend
      ? `import { defineEnvironment, local } from ${JSON.stringify(packages.environment)};\n`
      : `import { local } from ${JSON.stringify(packages.backend)};\nimport { defineEnvironment } from ${JSON.stringify(packages.environment)};\n`;
  const comments = userComments(draft);
  return `${from}import { imports } from "./${name}.imports";

/** Account ${accountId} as it was on ${on}, drafted by \`baseline import\`. It is yours to change from here on. */
export const ${variableOf(name)} = defineEnvironment({
  name: ${JSON.stringify(name)},
  accountId: ${JSON.stringify(accountId)},
  region: ${JSON.stringify(region)},
  // where Terraform keeps the state: local() is a file of this project
  backend: local(),
  // public networks that people work from: until they are here, nothing asks for them
  allowedNetworks: [],
${account === undefined ? "" : `  account: ${words(account, 2)},\n`}  // delete this line and ${name}.imports.ts after the first apply
  imports,
  existing: ${words(withoutEmpty(draft.existing), 2, comments, "existing")},
  // what the account breaks today and somebody keeps for now: mend it, and take it out
  accepted: ${words(accepted, 2, acceptedComments(drafted), "accepted")},
});
`;
}

/** `environments/<name>.imports.ts`, which the first apply uses up. */
export function importsSource(name: string, imports: unknown): string {
  return `/**
 * What the first apply of ${name} takes over. Delete this file, and \`imports\` in ${name}.ts, after that apply: a plan that
 * imports what is gone by then fails.
 */
export const imports = ${words(imports, 0)};
`;
}

/** What a person should know of each user, above its entry. */
export function userComments({ kinds }: Draft): Comments {
  return Object.fromEntries(
    Object.entries(kinds).map(([user, { because }]) => [`existing.users.${user}`, because]),
  );
}

function acceptedComments({ steps }: DraftedEnvironment): Comments {
  return Object.fromEntries(steps.map(({ step }, index) => [`accepted[${index}]`, step]));
}

const withoutEmpty = (existing: Draft["existing"]) =>
  Object.fromEntries(Object.entries(existing).filter(([, record]) => Object.keys(record).length > 0));

/** One entry of a record, for a file that is there already. */
export function entrySource(key: string, value: unknown, indent: number, comment?: string): string {
  const margin = " ".repeat(indent);
  const said = comment === undefined ? "" : `${margin}// ${comment.replace(/[\r\n\u2028\u2029]+/g, " ")}\n`;
  return `${said}${margin}${keyWords(key)}: ${words(value, indent)},\n`;
}
