import { defineRule } from "../../findings/rule";
import { shellWord } from "../commands";
import type { DriftRule } from "../drift-rule";
import type { LeftStack } from "../drift-sources";
import { counted } from "../words";

export const STACK_LEFT_BEHIND = defineRule({
  id: "stack-left-behind",
  area: "drift",
  title: "A stack that the environment no longer declares is still deployed",
  severities: ["medium"],
  why: "What it made goes on: functions run, keys end by rules that nobody can read any more, roles stay. cdktf knows only the stacks that are synthesized, so that neither deploy nor destroy touches it.",
  example: {
    before: "keyRules was taken out of the environment, and prod-credential-hygiene still runs every night",
    after: "npx cdktf destroy prod-credential-hygiene, and then keyRules is taken out",
  },
  remedy:
    'Put the setting back, synthesize, destroy the stack, and take the setting out again (docs/operations.md, "Remove a stack").',
  since: "0.2.0",
});

type Fact = LeftStack & { readonly address: string };

/** What of an environment makes each stack. */
const SETTINGS: Readonly<Record<string, string>> = {
  "credential-hygiene": "keyRules",
  detection: "detection",
};

export const stackLeftBehind: DriftRule<Fact, "stack-left-behind"> = {
  declaration: STACK_LEFT_BEHIND,
  judge: ({ stack, place, resources }) => ({
    severity: "medium",
    message: `Stack ${stack} is no longer declared, and its state (${place}) still holds ${counted(resources, "resource")}: what it made goes on, and cdktf does not know it any more.`,
  }),
  remedy({ stack }, _isRepaired, { environment }) {
    const setting = SETTINGS[stack.slice(environment.length + 1)] ?? "the setting that makes it";
    return `Put ${setting} back into environments/${environment}.ts, run \`npm run synth\` and \`npx cdktf destroy ${shellWord(stack)}\`, and take ${setting} out again.`;
  },
};
