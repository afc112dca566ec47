import { managedPolicyTexts } from "../managed-policies";

/** AWS's own policies in lower case, made with the first question (about 20 ms). */
let text: string | undefined;

/**
 * Whether a policy of AWS itself holds this text as a whole: an action, a key, a service principal. The Service
 * Authorization Reference lacks some that AWS uses, and none of them is misspelt. Ask only about what it lacks.
 */
export function isMentionedByAws(name: string): boolean {
  return allTexts().includes(JSON.stringify(name.toLowerCase()));
}

/** Everything that stands in quotes in AWS's own policies, in lower case. */
export function mentions(): ReadonlySet<string> {
  return new Set([...allTexts().matchAll(/"([^"\\]+)"/g)].map(([, word = ""]) => word));
}

function allTexts(): string {
  text ??= managedPolicyTexts().join("\n").toLowerCase();
  return text;
}

/** Whether an action of the service stands in a policy of AWS: some services are in no reference any more. */
export function isServiceMentionedByAws(prefix: string): boolean {
  return allTexts().includes(`"${prefix.toLowerCase()}:`);
}
