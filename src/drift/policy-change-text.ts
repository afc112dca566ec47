import { accessChange } from "../iam/comparison/access-change";
import type { Uncovered } from "../iam/comparison/coverage";
import type { AccessGraph } from "../iam/graph";
import { type PolicyDocument, policyDocument } from "../iam/policy-document";
import { principalWords } from "../review/principals/principal-names";
import { statementDiff } from "../review/statement-diff";
import { atomsText } from "../review/weight";

export interface DocumentPair {
  readonly declared: PolicyDocument | undefined;
  readonly actual: PolicyDocument | undefined;
}

const MOST_PRINCIPALS = 3;

/** What a rewritten policy of a resource means: `lets anybody in any AWS account do sns:* on ...`. */
export function policyChangeText({ declared, actual }: DocumentPair, graph: AccessGraph): string {
  if (actual === undefined) return "is gone";
  const { gained, undenied, lost, denied } = changeOf({ declared, actual });
  const texts = [
    ...gained.map((piece) => `lets ${whoText(piece, graph)} do ${atomsText(piece.atoms)}`),
    ...undenied.map((piece) => `no longer denies ${whoText(piece, graph)} ${atomsText(piece.atoms)}`),
    ...lost.map((piece) => `no longer lets ${whoText(piece, graph)} do ${atomsText(piece.atoms)}`),
    ...denied.map((piece) => `also denies ${whoText(piece, graph)} ${atomsText(piece.atoms)}`),
  ];
  return texts.length === 0 ? "is written in another way" : texts.join("; ");
}

/** The statements that differ, as a diff: `+` is in the account and not declared. */
export function policyChangeLines(documents: DocumentPair): readonly string[] {
  const { gained, undenied, lost, denied } = changeOf(documents);
  return [
    ...[...gained, ...denied].flatMap(({ grant, but }) =>
      statementDiff(but?.grant.statement, grant.statement),
    ),
    ...[...lost, ...undenied].flatMap(({ grant, but }) =>
      statementDiff(grant.statement, but?.grant.statement),
    ),
  ];
}

function changeOf({ declared = policyDocument(), actual = policyDocument() }: DocumentPair) {
  return accessChange({ identity: [declared] }, { identity: [actual] });
}

function whoText({ atoms }: Uncovered, graph: AccessGraph): string {
  const isEverybodyBut = atoms.some(({ principals }) => principals.negated);
  const patterns = [...new Set(atoms.flatMap(({ principals }) => principals.patterns))];
  const shown = patterns.slice(0, MOST_PRINCIPALS).map((text) => principalWords(text, graph));
  const more = patterns.length > MOST_PRINCIPALS ? ` and ${patterns.length - MOST_PRINCIPALS} more` : "";
  return `${isEverybodyBut ? "everybody but " : ""}${shown.join(", ")}${more}`;
}
