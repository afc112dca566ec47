import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import { entryDiff } from "../by-nature/entry-diff";
import { aboutResource, type JudgingContext, type ResourceChange } from "../by-nature/resource-change";

export const FUNCTION_CODE = defineRule({
  id: "function-code",
  area: "review",
  title: "A function's code is not what its stack says",
  severities: ["high"],
  why: "The archive that an apply uploads is the code that runs with the function's role. One that is not beside the stack, that stands under another name, or that is not what its hash says was not made by the synthesis that is reviewed.",
  example: {
    before: 'filename = "assets/function_52E6/deactivate-access-keys.zip"',
    after: 'filename = "assets/other.zip"',
  },
  remedy: "Synthesize again, and leave filename and hash to the construct.",
  since: "0.2.0",
});

const CODE = new Set(["filename", "source_code_hash", "code_sha256"]);

/** The archive of a function against the files beside its stack. The same content in another archive is the same code. */
export function functionCode(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const { before, after, key } = change;
  if (change.type !== "aws_lambda_function" || after === undefined) return [];
  const entries = context.ledger.of(key).filter(({ name }) => CODE.has(name));
  if (entries.length === 0) return [];
  const fault = faultOf(change, context);
  if (fault !== undefined) {
    context.ledger.strike(entries);
    return [
      {
        ...aboutResource(change),
        rule: FUNCTION_CODE,
        severity: "high",
        category: "hygiene",
        predicate: `${change.address} ${fault}`,
        evidence: entryDiff(entries),
      },
    ];
  }
  const [old, current] = [before, after].map((resource) => String(resource?.attributes["filename"] ?? ""));
  const was = before === undefined ? undefined : context.files.before.find(before.key, old ?? "");
  const is = context.files.after.find(after.key, current ?? "");
  if (was !== undefined && was.digest === is?.digest) context.ledger.strike(entries);
  return [];
}

function faultOf({ before, after, key }: ResourceChange, { files }: JudgingContext): string | undefined {
  const { filename, source_code_hash: hash } = after?.attributes ?? {};
  if (typeof filename !== "string") return undefined;
  if (files.after.isKnown(key)) {
    const file = files.after.find(key, filename);
    if (file === undefined) return `takes its code from ${filename}, which is not beside the stack`;
    if (typeof hash === "string" && /^[A-Za-z0-9+/]{43}=$/.test(hash) && hash !== file.sha256Base64)
      return `says another hash than its archive ${filename} has`;
    return undefined;
  }
  const old = before?.attributes["filename"];
  const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  return typeof old === "string" && nameOf(old) !== nameOf(filename)
    ? `takes its code from ${nameOf(filename)} instead of ${nameOf(old)}`
    : undefined;
}
