import type { Statement } from "../policy-document";
import { readConditions } from "./condition-syntax";
import type { PolicyDocumentKind } from "./document-kind";
import { checkAction, checkResource, checkSid, checkTrustAction } from "./element-syntax";
import { type Place, POLICY_ELEMENT_INVALID } from "./findings";
import { checkGithubTrust } from "./github-trust";
import { isRecord } from "./json-text";
import { readPrincipal } from "./principal-syntax";
import { readStrings } from "./string-list";

const ELEMENTS = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
] as const;

/** A statement while it is read: what could not be read is left out, and reported. */
type Draft = { -readonly [K in keyof Statement]: Statement[K] };

/**
 * Reads one statement of a policy document.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readStatement(value: unknown, kind: PolicyDocumentKind, place: Place): Statement | undefined {
  if (!isRecord(value)) {
    place.problem(
      POLICY_ELEMENT_INVALID,
      "a statement as an object",
      value,
      'write {"Effect": ..., "Action": ...}',
    );
    return undefined;
  }
  for (const name of Object.keys(value)) {
    if ((ELEMENTS as readonly string[]).includes(name)) continue;
    const meant = ELEMENTS.find((element) => element.toLowerCase() === name.toLowerCase());
    const remedy = meant === undefined ? "remove it" : `write ${meant}`;
    place
      .at(`.${name}`)
      .problem(POLICY_ELEMENT_INVALID, `an element of a statement (${ELEMENTS.join(", ")})`, name, remedy);
  }
  const draft: Draft = {
    ...readSid(value["Sid"], place.at(".Sid")),
    Effect: readEffect(value["Effect"], place.at(".Effect")),
  };
  if (kind === "trust") readTrustParts(value, draft, place);
  readActions(value, kind, draft, place);
  if (kind !== "trust") readIdentityParts(value, draft, place);
  if (value["Condition"] !== undefined)
    draft.Condition = readConditions(value["Condition"], place.at(".Condition"));
  if (kind === "trust") checkGithubTrust(draft, place);
  return draft;
}

function readEffect(value: unknown, place: Place): Statement["Effect"] {
  if (value !== "Allow" && value !== "Deny")
    place.problem(POLICY_ELEMENT_INVALID, '"Allow" or "Deny"', value, "state the effect");
  return value === "Allow" ? "Allow" : "Deny";
}

function readSid(value: unknown, place: Place): { readonly Sid?: string } {
  if (value === undefined) return {};
  if (typeof value !== "string") {
    place.problem(POLICY_ELEMENT_INVALID, "a Sid as a text", value, "write it as a text");
    return {};
  }
  checkSid(value, place);
  return { Sid: value };
}

function readActions(
  value: Readonly<Record<string, unknown>>,
  kind: PolicyDocumentKind,
  draft: Draft,
  place: Place,
): void {
  const element = exactlyOne(value, "Action", "NotAction", place);
  if (element === undefined) return;
  const check = kind === "trust" ? checkTrustAction : checkAction;
  draft[element] = readStrings(value[element], place.at(`.${element}`), "action", check);
}

function readIdentityParts(value: Readonly<Record<string, unknown>>, draft: Draft, place: Place): void {
  for (const element of ["Principal", "NotPrincipal"] as const) {
    if (value[element] === undefined) continue;
    place
      .at(`.${element}`)
      .problem(
        POLICY_ELEMENT_INVALID,
        "no principal in a policy of a user, group or role",
        value[element],
        "remove it: the principal is who carries the policy",
      );
  }
  const element = exactlyOne(value, "Resource", "NotResource", place);
  if (element === undefined) return;
  draft[element] = readStrings(value[element], place.at(`.${element}`), "resource", checkResource);
}

function readTrustParts(value: Readonly<Record<string, unknown>>, draft: Draft, place: Place): void {
  for (const element of ["Resource", "NotResource"] as const) {
    if (value[element] === undefined) continue;
    place
      .at(`.${element}`)
      .problem(
        POLICY_ELEMENT_INVALID,
        "no resource in a trust policy",
        value[element],
        "remove it: the role is the resource",
      );
  }
  const element = exactlyOne(value, "Principal", "NotPrincipal", place);
  if (element === undefined) return;
  const at = place.at(`.${element}`);
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  if (element === "NotPrincipal") {
    const remedy = "name who may assume the role, or deny with a condition on aws:PrincipalArn";
    at.problem(
      POLICY_ELEMENT_INVALID,
      "Principal: NotPrincipal cannot be used in a trust policy",
      element,
      remedy,
    );
  }
  draft[element] = readPrincipal(value[element], at);
}

function exactlyOne<A extends keyof Statement, B extends keyof Statement>(
  value: Readonly<Record<string, unknown>>,
  one: A,
  other: B,
  place: Place,
): A | B | undefined {
  const present = [one, other].filter((element) => value[element] !== undefined);
  if (present.length === 1) return present[0] as A | B;
  const got = present.length === 0 ? "neither" : "both";
  place.problem(
    POLICY_ELEMENT_INVALID,
    `either ${one} or ${other}`,
    got,
    present.length === 0 ? `add ${one}` : "remove one of the two",
  );
  return undefined;
}
