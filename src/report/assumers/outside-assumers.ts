import { maskAccessKeyId } from "../../findings/mask";
import type { CompiledGraph } from "../../iam/evaluate";
import { type Role, UNKNOWN_PART } from "../../iam/graph";
import type { Assumer } from "../access-report";
import { anybodyFound, strangerFound } from "./callers";
import { demandsOf } from "./demands";
import { type Found, NOBODY, notKnown, untried } from "./found-assumer";
import { serviceFound } from "./services";
import { tokenFound } from "./tokens";
import { isClosed, type TrustEntry, trustEntries } from "./trust-entries";

/** What is known of the callers that a source holds. */
export interface AskedCallers {
  /** Whether the user or role of an ARN, or of a session's ARN, was asked whether it may assume the role. */
  readonly isHere: (arn: string) => boolean;
  /** Whether the source holds everybody of an account, and each was asked. */
  readonly isWhole: (accountId: string) => boolean;
}

/** Who else than users and roles of the graph may assume a role, and which names in its trust are nobody's any more. */
export interface OutsideAssumers {
  readonly assumers: readonly Assumer[];
  /** Users and roles that were deleted: `user ****MPLE`. */
  readonly deleted: readonly string[];
}

/**
 * Strangers, accounts, services and bearers of tokens who may assume a role. The trust policy is a ledger: each
 * principal of each Allow is a line that the prober of its kind strikes, and what none has struck is told as not known.
 */
export function outsideAssumers(role: Role, asked: AskedCallers, graph: CompiledGraph): OutsideAssumers {
  const { document } = role.trust;
  if ("unknown" in document) {
    return { assumers: [notKnown("other", "not known", [document.reason])], deleted: [] };
  }
  if (isClosed(role)) return { assumers: [], deleted: [] };
  const entries = trustEntries(role);
  const found = entries
    .filter(({ kind }) => kind !== "deleted")
    .flatMap((entry) => {
      const { assumers, isExhausted } = foundBy(entry, role, asked, graph);
      return isExhausted ? assumers : [...assumers, residual(entry)];
    });
  const deleted = entries.filter(({ kind }) => kind === "deleted").map(({ value }) => deletedText(value));
  return { assumers: distinctAssumers(found), deleted: [...new Set(deleted)] };
}

function foundBy(entry: TrustEntry, role: Role, asked: AskedCallers, graph: CompiledGraph): Found {
  switch (entry.kind) {
    case "user":
    case "role":
    case "session":
      return asked.isHere(entry.value) ? NOBODY : strangerFound(entry, role);
    case "account":
    case "everyone":
      return anybodyFound(entry, role, asked);
    case "service":
      return serviceFound(entry, role, graph);
    case "provider":
      return tokenFound(entry, role, graph);
    default:
      return { assumers: [], isExhausted: false };
  }
}

/** A line of the ledger that no prober has struck. */
function residual(entry: TrustEntry): Assumer {
  const { value } = entry;
  if (value.includes(UNKNOWN_PART)) {
    return notKnown("other", "whoever is named after apply", [
      "whom the trust policy names is known only after apply",
    ]);
  }
  return notKnown("other", `whoever "${value}" is`, [untried(entry, demandsOf(entry.statement))]);
}

function deletedText(id: string): string {
  return `${id.startsWith("AIDA") ? "user" : "role"} ${maskAccessKeyId(id)}`;
}

/** Two statements may let in the same caller in the same way. */
function distinctAssumers(assumers: readonly Assumer[]): readonly Assumer[] {
  const found = new Map<string, Assumer>();
  for (const assumer of assumers) {
    const { kind, name, answer, conditions } = assumer;
    const key = JSON.stringify([kind, name, answer, conditions]);
    if (!found.has(key)) found.set(key, assumer);
  }
  const all = [...found.values()];
  // who certainly may is not also told as not known
  return all.filter(
    (one) =>
      one.answer === "yes" ||
      !all.some((other) => other.answer === "yes" && other.kind === one.kind && other.name === one.name),
  );
}
