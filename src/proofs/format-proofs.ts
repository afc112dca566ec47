import { environmentFile } from "../environment/source-file";
import type { DecidingStatement } from "../iam/decision";
import { UNKNOWN_PART } from "../iam/graph";
import { proofRule } from "./proof-rules";
import { describeCredentials } from "./world/credential-samples";
import { describeNetwork } from "./world/describe";
import { ANY_ACTION, ANY_RESOURCE } from "./world/policy-parts";
import { type BrokenProof, type DeclaredWeakness, findingOf, type ProofReport } from "./world/proof";
import { WEAKNESS_DECLARED } from "./world/weaknesses";

/** Broken proofs in plain words, each with its counterexample and what to change. No colour, no markup. */
export function formatBrokenProofs(broken: readonly BrokenProof[]): string {
  return broken.map(formatBrokenProof).join("\n\n");
}

export function formatBrokenProof(proof: BrokenProof): string {
  const { counterexample, environment, subject, message, remedy, unknowns, places = [] } = proof;
  const lines = [
    `${environment}: ${findingOf(proof)}: ${subject}`,
    `  ${proofRule(proof.proof)?.title ?? proof.proof}${unknowns.length > 0 ? ", as far as is known" : ""}.`,
    ...(places.length === 0 ? [] : [`  where: ${places.join(", ")}`]),
    `  what: ${message}`,
  ];
  if (counterexample !== undefined) {
    const { request, because, through } = counterexample;
    lines.push(
      `  who: ${request.principal}`,
      `  with: ${describeCredentials(request.credentials)}`,
      `  from: ${describeNetwork(request.network)}${request.viaAwsService ? ", through an AWS service" : ""}`,
      `  could do: ${anyAction(request.action)} on ${anyResource(request.resource)}`,
      ...through.slice(0, 4).map((statement) => `  through: ${describeStatement(statement)}`),
      `  because: ${because}`,
    );
  }
  for (const unknown of unknowns.slice(0, 4)) lines.push(`  not known: ${unknown}`);
  lines.push(`  to do: ${remedy}`);
  return lines.join("\n").replaceAll(UNKNOWN_PART, "(unknown)");
}

/** What stands by declaration or exception, for every report. */
export function formatDeclared({ declared, accepted, notes }: ProofReport): string {
  return [
    ...declared.map(formatWeakness),
    ...accepted.map(
      ({ broken, reason, expires }) =>
        `${broken.environment}: accepted until ${expires}: ${findingOf(broken)} of ${broken.subject}: ${broken.message} (${reason})`,
    ),
    ...notes,
  ].join("\n");
}

/** `prod: weakness-declared: role/daily: it is assumed from any network (environments/prod.ts: roles.daily.trust.networks)`. */
export function formatWeakness({ environment, subject, message, declaredAt }: DeclaredWeakness): string {
  const where = declaredAt === undefined ? "" : ` (${environmentFile(environment)}: ${declaredAt})`;
  return `${environment}: ${WEAKNESS_DECLARED.id}: ${subject}: ${message}${where}`;
}

function describeStatement({
  statement,
  index,
  policyName,
  policyAddress,
  policyKind,
  attachedTo,
  attachedBy,
}: DecidingStatement): string {
  const which = statement.Sid === undefined ? `statement ${index + 1}` : `"${statement.Sid}"`;
  const policy = policyKind === "trust" ? "the trust policy" : `${policyKind} policy ${policyName}`;
  const where = policyAddress === "" ? "" : ` (${policyAddress})`;
  return `${statement.Effect} ${which} of ${policy}${where}, on ${attachedTo}, attached by ${attachedBy}`;
}

function anyAction(action: string): string {
  return action === ANY_ACTION ? "any action" : action;
}

function anyResource(resource: string): string {
  return resource === ANY_RESOURCE ? "any resource" : resource;
}
