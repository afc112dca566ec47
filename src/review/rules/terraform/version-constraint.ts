/** What a version constraint of Terraform leaves open. */
export interface VersionRange {
  /** One version and no other. */
  readonly isPinned: boolean;
  /** Nothing above is excluded: whatever is published tomorrow is taken. */
  readonly isOpen: boolean;
  /** The lowest version that it takes. */
  readonly lowest: readonly number[] | undefined;
}

/** @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints */
export function versionRange(constraint: unknown): VersionRange {
  if (typeof constraint !== "string" || constraint.trim() === "")
    return { isPinned: false, isOpen: true, lowest: undefined };
  const parts = constraint.split(",").map((part) => /^\s*(=|!=|>=?|<=?|~>)?\s*v?([\d.]+)/.exec(part.trim()));
  const of = (...operators: readonly string[]) =>
    parts.flatMap((part) =>
      part !== null && operators.includes(part[1] ?? "=") ? [numbers(part[2] ?? "")] : [],
    );
  const exact = of("=");
  const lowest = [...exact, ...of(">=", ">", "~>")].sort(compareVersions).at(-1);
  return {
    isPinned: exact.length > 0,
    isOpen: exact.length === 0 && of("<", "<=", "~>").length === 0,
    lowest,
  };
}

function numbers(version: string): readonly number[] {
  return version.split(".").map(Number);
}

export function compareVersions(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
