/** Stands for any text of a pattern: long and odd enough that no policy names it. */
const ANY_TEXT = "example-7q2m";

/** A text that a pattern of IAM matches: `*` and `?` filled in, policy variables as the caller's values. */
export function concrete(pattern: string, variables: Readonly<Record<string, string>> = {}): string {
  return pattern.replace(
    /\$\{\s*([^}',\s]+)\s*(?:,\s*'([^']*)'\s*)?\}|\*|\?/g,
    (found, key: string | undefined, fallback: string | undefined) => {
      if (key === undefined) return found === "*" ? ANY_TEXT : "x";
      // ${*}, ${?} and ${$} are the characters themselves
      if (/^[*?$]$/.test(key)) return key;
      return variables[key.toLowerCase()] ?? fallback ?? ANY_TEXT;
    },
  );
}

/** A text that none of the patterns matches, of the same form as the first: what is left by a complement. */
export function foreignTo(patterns: readonly string[]): string {
  const [first = ""] = patterns;
  if (!first.startsWith("arn:")) return `other-${ANY_TEXT}`;
  const [, partition = "aws", service = "s3"] = first.split(":");
  return `arn:${/[*?]/.test(partition) ? "aws" : partition}:${/[*?]/.test(service) ? "s3" : service}:::other-${ANY_TEXT}`;
}
