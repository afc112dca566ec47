import type { RuleDeclaration } from "../../findings/rule";
import type { Severity } from "../../findings/severity";
import { runAws } from "../commands";
import type { DriftRule } from "../drift-rule";
import type { CredentialFact, CredentialKind } from "../undeclared-fact";
import { counted } from "../words";

export interface CredentialRuleProps<K extends CredentialKind> {
  readonly declaration: RuleDeclaration<K>;
  /** What a user has: `a password`; a noun alone is counted: `access key`. */
  readonly what: string | { readonly counted: string };
  /** Of an active one. What is inactive is low. */
  readonly severity: Severity;
  readonly why: string;
  /** What to do about it, for a user. */
  readonly ending: (userName: string) => string;
  readonly events: readonly string[];
}

/** A rule about one kind of credential that a user has and nobody declares. */
export function credentialRule<K extends CredentialKind>({
  declaration,
  what,
  severity,
  why,
  ending,
  events,
}: CredentialRuleProps<K>): DriftRule<CredentialFact, K> {
  return {
    declaration,
    judge({ userName, items, isActive }) {
      const found = typeof what === "string" ? what : counted(items.length, what.counted);
      return {
        severity: isActive ? severity : "low",
        message: `User ${userName} has ${found} (${items.slice(0, MOST_ITEMS).join("; ")}): ${why}.`,
        evidence: items,
      };
    },
    remedy: ({ userName }) => ending(userName),
    trail: ({ userName }) => ({ resourceName: userName, events }),
  };
}

const MOST_ITEMS = 4;

/** The command that ends one credential of a user, by the option that names it. */
export function endingCommand(call: string, idOption?: string): (userName: string) => string {
  return (userName) =>
    runAws(call, ["user-name", userName], ...(idOption === undefined ? [] : [[idOption, "<id>"] as const]));
}
