import type { ReviewedEnvironment, Setting } from "../../reviewed-environment";

/** One setting before and after. */
export interface SettingChange {
  /** Subject of its ledger entries. */
  readonly subject: string;
  readonly key: string;
  readonly stack: string;
  readonly before: Setting | undefined;
  readonly after: Setting | undefined;
  /** The stack itself comes new. */
  readonly isNewStack: boolean;
}

/** Settings that differ between the sides. Of two outdirs, a stack that is gone is told as such. */
export function settingChanges({ before, after }: ReviewedEnvironment): readonly SettingChange[] {
  const [old, current] = [before?.settings, after?.settings].map(
    (side) => side ?? new Map<string, Setting>(),
  );
  const oldStacks = new Set(before?.stacks ?? []);
  const stacks = new Set(after?.stacks ?? []);
  return [...new Set([...(old?.keys() ?? []), ...(current?.keys() ?? [])])].flatMap((id): SettingChange[] => {
    const [was, is] = [old?.get(id), current?.get(id)];
    const { key = "", stack = "" } = is ?? was ?? {};
    if (stack !== "" && !stacks.has(stack)) return [];
    if (JSON.stringify(was?.value) === JSON.stringify(is?.value)) return [];
    return [
      {
        subject: `setting ${id}`,
        key,
        stack,
        before: was,
        after: is,
        isNewStack: stack !== "" && !oldStacks.has(stack),
      },
    ];
  });
}
