import { isRepositoryName } from "../environment/iam-names";

/** What an inventory tells of a user; undefined is not known. */
export interface UserFacts {
  readonly name: string;
  readonly path: string;
  readonly groups: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly hasPassword: boolean | undefined;
  readonly mfaDevices: number | undefined;
  readonly activeKeys: number | undefined;
  /** `s3`, `sts`, ...: what its keys called last. */
  readonly keyServices: readonly string[];
  /** The last day on which its password or a key was used, `YYYY-MM-DD`. */
  readonly lastUsed?: string | undefined;
}

/** What a user is for, as far as the account tells. */
export interface UserKind {
  readonly as: "device" | "repository" | "other";
  readonly owner?: string;
  readonly repository?: string;
  /** Why, in a few words: a person decides. */
  readonly because: string;
}

const REPOSITORY_TAG = /^(?:git-?hub-?)?repo(?:sitory)?(?:-?(?:name|url))?$/i;
const OWNER_TAG = /^(?:owner|e-?mail|user|person|contact|created-?for)$/i;
const CI_WORD =
  /(?:^|[-_.+=@,/])(?:ci|cd|cicd|github|gitlab|circle-?ci|travis|jenkins|bitbucket|buildkite|actions|deploy(?:er|ment|s)?|pipelines?|builds?|terraform|release)(?=$|[-_.+=@,/\d])/i;
const MACHINE_WORD =
  /(?:^|[-_.+=@,/])(?:svc|services?|bots?|apps?|api|backups?|ses|smtp|s3|system|monitoring|datadog|cron|batch|worker|server|robot|integration|sync|exporter|uploader|mailer)(?=$|[-_.+=@,/\d])/i;
const EMERGENCY_WORD = /break-?glass|emergency/i;
const PEOPLE_PATH =
  /\/(?:people|persons?|humans?|users?|staff|employees|devices?|developers?|admins?|engineers?)\//i;
const CI_PATH = /\/(?:ci|cd|cicd|repositor(?:y|ies)|pipelines?|deployments?|automation)\//i;
const PEOPLE_GROUP =
  /(?:^|[-_.])(?:admin(?:istrator)?s?|dev(?:eloper)?s?|engineers?|people|staff|users|humans|ops|everyone|employees|team)(?=$|[-_.])/i;
const EMAIL = /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i;

/**
 * Sorts a user by its tags, its path and name, its password, MFA devices and keys, and what its keys called last. Only a
 * repository that is named is one: a guess would let the wrong CI in. A password or an MFA device is a person's.
 */
export function userKind(facts: UserFacts): UserKind {
  const { name, path, tags, groups, hasPassword, mfaDevices, activeKeys } = facts;
  const repository = repositoryOf(facts);
  if (repository !== undefined) return { as: "repository", ...repository };
  if (EMERGENCY_WORD.test(`${path}${name}`)) {
    return {
      as: "other",
      because: "its name says that it is for emergencies: declare it under breakGlass once it has MFA",
    };
  }
  const owner = ownerOf(name, tags);
  const person = [
    ...(hasPassword === true ? ["a password"] : []),
    ...((mfaDevices ?? 0) > 0 ? ["an MFA device"] : []),
  ];
  if (person.length > 0) return { as: "device", ...owner, because: `has ${person.join(" and ")}` };
  if (CI_WORD.test(name) || CI_PATH.test(path) || CI_WORD.test(tags["purpose"] ?? "")) {
    return {
      as: "other",
      because: 'looks like CI; give its repository and as: "repository", where it is one\'s',
    };
  }
  if (MACHINE_WORD.test(name) || facts.keyServices.includes("ses"))
    return { as: "other", because: machineReason(facts) };
  if (Object.keys(tags).some((key) => OWNER_TAG.test(key)))
    return { as: "device", ...owner, because: "is tagged with its owner" };
  if (EMAIL.test(name)) return { as: "device", ...owner, because: "is named like an e-mail address" };
  if (PEOPLE_PATH.test(path)) return { as: "device", ...owner, because: `is below ${path}` };
  const group = groups.find((one) => PEOPLE_GROUP.test(one));
  if (group !== undefined && activeKeys !== 0) return { as: "device", ...owner, because: `is in ${group}` };
  if (activeKeys === 0)
    return { as: "other", because: `has no active key and no password${lastUsed(facts)}` };
  return { as: "other", because: `nothing says whose it is${lastUsed(facts)}` };
}

function repositoryOf({
  name,
  path,
  tags,
}: UserFacts): { readonly repository: string; readonly because: string } | undefined {
  for (const [key, value] of Object.entries(tags)) {
    const repository = value
      .replace(/^(?:https:\/\/github\.com\/|git@github\.com:)/, "")
      .replace(/\.git$|\/$/, "");
    if (REPOSITORY_TAG.test(key) && isRepositoryName(repository))
      return { repository, because: `is tagged ${key}` };
  }
  const dot = name.indexOf(".");
  const named = `${name.slice(0, dot)}/${name.slice(dot + 1)}`;
  if (dot > 0 && !name.includes("+") && CI_PATH.test(path) && isRepositoryName(named)) {
    return { repository: named, because: `is below ${path} and named after it` };
  }
  return undefined;
}

function ownerOf(name: string, tags: UserFacts["tags"]): { readonly owner: string } {
  const tag = Object.entries(tags).find(([key, value]) => OWNER_TAG.test(key) && value.trim() !== "")?.[1];
  const whole = tag ?? name;
  return { owner: (EMAIL.test(whole) ? whole.slice(0, whole.indexOf("@")) : whole).slice(0, 256) };
}

function machineReason(facts: UserFacts): string {
  const services =
    facts.keyServices.length > 0 ? `; its keys called ${facts.keyServices.join(", ")} last` : "";
  return `looks like a machine's${services}${lastUsed(facts)}`;
}

const lastUsed = ({ lastUsed: day }: UserFacts) => (day === undefined ? "" : `; last used ${day}`);
