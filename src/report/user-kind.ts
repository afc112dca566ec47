import type { User } from "../iam/graph";
import type { UserKind } from "./access-report";
import { shown } from "./shown";

const KINDS: ReadonlySet<string> = new Set<UserKind>(["device", "ci", "break-glass"]);

/** What a user is for, which its IAM path says: `/baseline/device/`. */
export function userKind({ path }: Pick<User, "path">): UserKind {
  const last = path.split("/").at(-2) ?? "";
  return isKind(last) ? last : "other";
}

function isKind(text: string): text is UserKind {
  return KINDS.has(text);
}

/** A role's name for people: a suffix that is known only after apply is written as `*`. */
export function baseName(name: string): string {
  return shown(name);
}
