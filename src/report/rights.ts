import type { Cell } from "./access-report";
import type { CapabilityId } from "./capabilities";
import { type Line, line } from "./document";
import { abbreviated, compareText } from "./shown";

const ALL_OF: Readonly<Record<CapabilityId, string>> = {
  view: "view everything",
  "read-data": "read all data",
  "write-data": "write all data",
  "change-resources": "change all resources",
  "own-key": "manage its own key",
  "enrol-own-mfa": "enrol its own MFA",
  "remove-own-mfa": "remove its own MFA",
  "others-credentials": "manage credentials of all users",
  "manage-iam": "manage all of IAM",
};

const FAR_REACHING: ReadonlySet<Cell["capability"]> = new Set(["others-credentials", "manage-iam"]);

/** Lines for what is allowed: `view everything`, `s3:PutObject, s3:DeleteObject on arn:aws:s3:::bucket/*`. */
export function rightsLines(capabilities: readonly Cell[], accountId: string): readonly Line[] {
  const lines = allLines(capabilities, accountId);
  // `s3:* on *` is a part of several kinds: said once
  return lines.filter(({ text }, index) => lines.findIndex((other) => other.text === text) === index);
}

function allLines(capabilities: readonly Cell[], accountId: string): readonly Line[] {
  return capabilities.flatMap((one): readonly Line[] => {
    const { capability, answer, extent, what, unknowns } = one;
    if (capability === "guarded" || answer === "no") return [];
    if (answer === "unknown") return [line(`${capability}: not known`, "open")];
    const tone = FAR_REACHING.has(capability) ? "alarm" : undefined;
    const more = unknowns.length > 0 ? [line(`${capability}: more is not known`, "open")] : [];
    if (extent === "all") return [line(ALL_OF[capability], tone), ...more];
    const texts = what.length === 0 ? [`some of ${capability}`] : byResource(what, accountId);
    return [...abbreviated(texts, 6).map((text) => line(text, tone)), ...more];
  });
}

/** `action on resource` texts with the actions on one resource together. */
export function byResource(what: readonly string[], accountId: string): readonly string[] {
  const actions = new Map<string, string[]>();
  for (const text of what) {
    const [action = "", resource = ""] = text.split(" on ");
    const present = actions.get(resource);
    if (present === undefined) actions.set(resource, [action]);
    else present.push(action);
  }
  return [...actions]
    .sort(([left], [right]) => compareText(left, right))
    .map(
      ([resource, names]) => `${abbreviated(names, 6).join(", ")} on ${shortResource(resource, accountId)}`,
    );
}

/** An ARN without what its action and its account say already: `user/baseline/device/*`. */
export function shortResource(arn: string, accountId: string): string {
  const [, account, rest] = /^arn:[^:]+:[^:]+:[^:]*:([^:]*):(.+)$/s.exec(arn) ?? [];
  return rest !== undefined && (account === "" || account === accountId) ? rest : arn;
}
