import { type Grant, grantsOf } from "../iam/comparison/grant";
import type { Policy } from "../iam/graph";
import type { Statement } from "../iam/policy-document";
import { atomsText } from "../review/weight";

type Documented = Pick<Policy, "document">;

export function allowsOf(policies: readonly Documented[]): readonly Grant[] {
  return grantsWith("Allow", policies);
}

export function deniesOf(policies: readonly Documented[]): readonly Grant[] {
  return grantsWith("Deny", policies);
}

/** What policies allow, in words; for documents that are not known nothing is claimed. */
export function allowsText(policies: readonly Documented[]): string {
  const allows = allowsOf(policies);
  return allows.length === 0 ? "nothing that is known" : atomsText(allows);
}

/** Every statement, as far as documents are known. */
export function statementsOf(policies: readonly Documented[]): readonly Statement[] {
  return policies.flatMap(({ document }) => ("unknown" in document ? [] : document.Statement));
}

function grantsWith(effect: Grant["effect"], policies: readonly Documented[]): readonly Grant[] {
  return policies.flatMap(({ document }) =>
    "unknown" in document ? [] : grantsOf(document).filter((grant) => grant.effect === effect),
  );
}
