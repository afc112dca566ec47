import { UNKNOWN_PART } from "../iam/graph";

interface Named {
  readonly kind?: string;
  readonly name: string;
  readonly accountId: string;
}

/**
 * Finds principals by kind, account and name. IAM tells names apart without regard to case; a declared name may have an
 * unknown part (the random suffix of a role), which stands for any characters of a name.
 */
export class PrincipalIndex<T extends Named> {
  private readonly exact = new Map<string, T>();
  private readonly patterns: { readonly pattern: RegExp; readonly item: T }[] = [];

  constructor(items: readonly T[]) {
    for (const item of items) {
      const text = textOf(item);
      if (text.includes(UNKNOWN_PART)) this.patterns.push({ pattern: patternOf(text), item });
      else if (!this.exact.has(text)) this.exact.set(text, item);
    }
  }

  find(item: Named): T | undefined {
    const text = textOf(item);
    const found = this.exact.get(text);
    if (found !== undefined) return found;
    if (text.includes(UNKNOWN_PART)) return this.like(patternOf(text));
    return this.patterns.find(({ pattern }) => pattern.test(text))?.item;
  }

  private like(pattern: RegExp): T | undefined {
    for (const [text, item] of this.exact) if (pattern.test(text)) return item;
    return undefined;
  }
}

/** Whether a text is what a declared one may become when its unknown parts are known. */
export function mayBe(declared: string, actual: string): boolean {
  return declared === actual || (declared.includes(UNKNOWN_PART) && patternOf(declared).test(actual));
}

function textOf({ kind = "", name, accountId }: Named): string {
  return `${kind}/${accountId}/${name.toLowerCase()}`;
}

/** Linear: unknown parts match no separator, and never two of them touch. */
function patternOf(text: string): RegExp {
  const parts = text
    .split(new RegExp(`${UNKNOWN_PART}+`))
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/:]*")}$`);
}
