import { defineRule } from "../../../findings/rule";
import { foreignAccountsIn } from "../../accounts";
import type { LedgerEntry } from "../../ledger/ledger";
import { isAbsent } from "../../ledger/values";
import type { Draft } from "../../review-finding";
import { entriesDraft } from "./entries-draft";
import { entryDiff } from "./entry-diff";
import { aboutResource, isAdded, type JudgingContext, openOf, type ResourceChange } from "./resource-change";

export const CODE_FROM_ELSEWHERE = defineRule({
  id: "code-from-elsewhere",
  area: "review",
  title: "Something runs code of another origin, or with other commands",
  severities: ["high", "medium"],
  why: "What runs acts with the role of where it runs. Another registry, bucket, repository or template is another author; a command or a start script is code that no build has checked. A name of another account in it weighs high.",
  example: {
    before: 'image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1.4"',
    after: 'image = "docker.io/somebody/app:latest"',
  },
  remedy: "Take code from where it was built and reviewed, and name it by its digest.",
  since: "0.2.0",
});

const KIND = { rule: CODE_FROM_ELSEWHERE, category: "terraform" } as const;

/** What is written where it runs: no origin, the code itself. */
const INLINE =
  /(?:^|[._])(?:user_data(?:_base64)?|commands?|entry_?point|args|arguments|script|.*_script|buildspec|body|content|template_body|definition|variables|environment_variables|handler|main_class|query|sql|document)(?:$|\.)/;
/** Which of the same code runs: versions, digests, archives of the same place. */
const VERSIONED =
  /(?:^|[._])(?:source_code_hash|code_sha256|s3_key|s3_object_version|object_version|filename|.*_version|revision|task_definition|launch_template.*|publish|snap_start.*|runtime|runtime_.*|image_tag|tag|layers?)(?:$|\.)/;

/** Types that bring no workload of their own, and run commands, functions or jobs that others made. */
const RUNS_ELSEWHERE =
  /^aws_(?:ssm_association|ssm_maintenance_window_task|lambda_invocation|lambda_provisioned|glue_trigger)$/;

/** Code, images and commands, in an attribute of whatever type. */
export function codeFromElsewhere(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const entries = openOf(change, context, "code");
  context.ledger.strike(entries);
  if (isAdded(change)) {
    if (!RUNS_ELSEWHERE.test(change.type) || context.isNew) {
      context.ledger.settle(entries);
      return [];
    }
    return [
      {
        ...aboutResource(change),
        rule: CODE_FROM_ELSEWHERE,
        severity: "medium",
        category: "terraform",
        predicate: `${change.address} is new and runs code on what is there already`,
        evidence: entryDiff(entries),
      },
    ];
  }
  const foreign = entries.filter(({ before, after }) => {
    const old = new Set(foreignAccountsIn(before, context));
    return foreignAccountsIn(after, context).some((id) => !old.has(id));
  });
  const other = entries.filter(
    (entry) => !foreign.includes(entry) && !isAbsent(entry.after) && isOtherOrigin(entry),
  );
  const fine = entries.filter((entry) => !foreign.includes(entry) && !other.includes(entry));
  context.ledger.settle(fine);
  return [
    ...entriesDraft(change, KIND, "high", "runs code of another account", foreign),
    ...entriesDraft(change, KIND, "medium", "runs other code than before", other),
  ];
}

function isOtherOrigin({ name, before, after }: LedgerEntry): boolean {
  if (INLINE.test(name)) return true;
  if (VERSIONED.test(name)) return false;
  return originOf(before) !== originOf(after);
}

/** Registry and repository of an image, without its tag or digest; an AMI is an origin of its own account's choosing. */
function originOf(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  if (/^ami-/.test(text)) return "ami";
  return text.replace(/@sha256:[0-9a-f]+$/, "").replace(/:[\w.-]+$/, "");
}
