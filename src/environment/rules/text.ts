import { defineRefusal } from "../../findings/refusal";
import type { Violation } from "../../findings/violation";
import type { Environment } from "../environment";
import { QUOTA_EXCEEDED, quotas } from "../quotas";
import { type EnvironmentRule, violationAt } from "./rule";

export const TAG_INVALID = defineRefusal({
  code: "tag-invalid",
  title: "A tag is none that IAM takes, or one that the baseline sets itself",
  why: "Keys and values are letters, digits, spaces and `_.:/=+-@`, keys without regard to letter case. The tags `environment`, `managed-by`, `owner` and `repository` are used by reports.",
  example:
    'environments/prod.ts: tags.aws:team: a tag key is 1-128 letters, digits, spaces and _.:/=+-@, and does not begin with aws:, got "aws:team"; rename the tag [tag-invalid]',
  remedy: "Rename the tag, or write its value without other characters.",
  since: "0.1.0",
});

export const DESCRIPTION_INVALID = defineRefusal({
  code: "description-invalid",
  title: "A role's description is none that IAM takes",
  why: "IAM takes at most 1,000 characters of Latin-1; a plan does not tell, and the apply would stop half-way.",
  example:
    'environments/prod.ts: roles.daily.description: a role\'s description is at most 1000 characters of Latin-1, got "毎日"; shorten it, or write it in Latin letters; tags take every script [description-invalid]',
  remedy: "Shorten it, or write it in Latin letters. Tags take every script.",
  since: "0.1.0",
});

/** Tag keys and values: letters of any script, numbers, spaces and some punctuation. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
/** What IAM accepts in a role's description: Latin-1. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const ROLE_DESCRIPTION = /^[\t\n\r\u0020-\u007E\u00A1-\u00FF]*$/;
/** `environment`, `managed-by` from the provider, `owner` from the entity. */
const OWN_TAGS = 3;
/** A repository's user has `repository` besides. */
const OWN_REPOSITORY_TAGS = 4;
const RESERVED_TAGS = ["environment", "managed-by", "owner", "repository"];

/** Tags are ones that IAM takes, and few enough together with ours. */
export const tagsAreValid: EnvironmentRule = (environment) => {
  const { tags, repositories } = environment;
  return [
    ...tagViolations(environment, ["tags"], tags, {}),
    ...(["devices", "roles"] as const).flatMap((section) =>
      Object.entries<{ readonly tags: Tags }>(environment[section]).flatMap(([name, entity]) =>
        tagViolations(environment, [section, name, "tags"], entity.tags, tags),
      ),
    ),
    ...Object.keys(repositories).flatMap((name) =>
      // too many for every entity is told above
      Object.keys(tags).length + OWN_TAGS > quotas.tagsPerEntity
        ? []
        : countViolations(environment, ["repositories", name], tags, OWN_REPOSITORY_TAGS),
    ),
    ...ownerViolations(environment),
  ];
};

type Tags = Readonly<Record<string, string>>;

function countViolations(
  environment: Environment,
  at: readonly string[],
  tags: Tags,
  own: number,
): readonly Violation[] {
  const count = Object.keys(tags).length + own;
  if (count <= quotas.tagsPerEntity) return [];
  return [
    violationAt(environment, at, QUOTA_EXCEEDED, {
      expected: `an IAM entity has at most ${quotas.tagsPerEntity} tags`,
      got: `${count}, ${own} of them set by the baseline`,
      remedy: "remove some",
    }),
  ];
}

function tagViolations(
  environment: Environment,
  at: readonly string[],
  tags: Tags,
  inherited: Tags,
): readonly Violation[] {
  const together = { ...inherited, ...tags };
  const found: Violation[] = [...countViolations(environment, at, together, OWN_TAGS)];
  for (const [key, value] of Object.entries(tags)) {
    const twin = Object.keys(together).find((other) => other.toLowerCase() === key.toLowerCase());
    if (twin !== undefined && twin !== key) {
      found.push(
        violationAt(environment, [...at, key], TAG_INVALID, {
          expected: "tag keys differ in more than letter case, which IAM does not tell apart",
          got: `${JSON.stringify(key)} beside ${JSON.stringify(twin)}`,
          remedy: "rename one of them",
        }),
      );
    }
    const keyIsValid =
      key.length > 0 && key.length <= quotas.tagKeyCharacters && TAG_TEXT.test(key) && !/^aws:/i.test(key);
    if (!keyIsValid) {
      found.push(
        violationAt(environment, [...at, key], TAG_INVALID, {
          expected: `a tag key is 1-${quotas.tagKeyCharacters} letters, digits, spaces and _.:/=+-@, and does not begin with aws:`,
          got: JSON.stringify(key),
          remedy: "rename the tag",
        }),
      );
    }
    if (RESERVED_TAGS.includes(key.toLowerCase())) {
      found.push(
        violationAt(environment, [...at, key], TAG_INVALID, {
          expected: `the baseline sets the tags ${RESERVED_TAGS.join(", ")} itself`,
          got: JSON.stringify(key),
          remedy: "rename the tag",
        }),
      );
    }
    if (!isTagValue(value))
      found.push(violationAt(environment, [...at, key], TAG_INVALID, tagValueWords(value)));
  }
  return found;
}

const isTagValue = (value: string) => value.length <= quotas.tagValueCharacters && TAG_TEXT.test(value);

const tagValueWords = (value: string) => ({
  expected: `a tag value is at most ${quotas.tagValueCharacters} letters, digits, spaces and _.:/=+-@`,
  got: JSON.stringify(value.slice(0, 60)),
  remedy:
    value.length > quotas.tagValueCharacters
      ? `shorten it by ${value.length - quotas.tagValueCharacters} characters`
      : "write it without other characters",
});

/** An owner becomes a tag value. */
function ownerViolations(environment: Environment): readonly Violation[] {
  return (["devices", "breakGlass", "repositories"] as const).flatMap((section) =>
    Object.entries(environment[section]).flatMap(([name, { owner }]) =>
      owner === undefined || isTagValue(owner)
        ? []
        : [violationAt(environment, [section, name, "owner"], TAG_INVALID, tagValueWords(owner))],
    ),
  );
}

/** A role's description is text that IAM takes. */
export const descriptionsAreValid: EnvironmentRule = (environment) =>
  Object.entries(environment.roles).flatMap(([name, { description }]) =>
    description === undefined || isRoleDescription(description)
      ? []
      : [
          violationAt(environment, ["roles", name, "description"], DESCRIPTION_INVALID, {
            expected: `a role's description is at most ${quotas.roleDescriptionCharacters} characters of Latin-1`,
            got: JSON.stringify(description.slice(0, 60)),
            remedy: "shorten it, or write it in Latin letters; tags take every script",
          }),
        ],
  );

/** Whether IAM takes this as a role's description. */
export function isRoleDescription(description: string): boolean {
  return description.length <= quotas.roleDescriptionCharacters && ROLE_DESCRIPTION.test(description);
}
