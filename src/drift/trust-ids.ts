import { listOf, type PolicyDocument, type PrincipalBlock, type Statement } from "../iam/policy-document";

/** What IAM writes into a policy in place of the ARN of a user or role that was deleted. */
const UNIQUE_ID = /^(?:AIDA|AROA)[A-Z0-9]{8,}$/;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export function uniqueIdsIn(document: PolicyDocument): readonly string[] {
  return awsPrincipals(document).filter((principal) => UNIQUE_ID.test(principal));
}

export function awsPrincipals({ Statement }: PolicyDocument): readonly string[] {
  return Statement.flatMap(({ Principal }) =>
    Principal === undefined || Principal === "*" ? [] : listOf(Principal["AWS"]),
  );
}

/** The document without some AWS principals; statements that name nobody any more are left out. */
export function withoutPrincipals(document: PolicyDocument, unwanted: readonly string[]): PolicyDocument {
  const statements = document.Statement.flatMap((statement): readonly Statement[] => {
    const { Principal } = statement;
    if (Principal === undefined || Principal === "*") return [statement];
    const left = listOf(Principal["AWS"]).filter((principal) => !unwanted.includes(principal));
    const { AWS: _aws, ...others } = Principal;
    const block: PrincipalBlock = left.length === 0 ? others : { ...others, AWS: left };
    return Object.keys(block).length === 0 ? [] : [{ ...statement, Principal: block }];
  });
  return { ...document, Statement: statements };
}

/** The document with some AWS principals under other ARNs. */
export function withRenamedPrincipals(
  document: PolicyDocument,
  names: ReadonlyMap<string, string>,
): PolicyDocument {
  if (names.size === 0 || !awsPrincipals(document).some((arn) => names.has(arn))) return document;
  const renamed = document.Statement.map((statement): Statement => {
    const { Principal } = statement;
    if (Principal === undefined || Principal === "*" || Principal["AWS"] === undefined) return statement;
    const arns = listOf(Principal["AWS"]).map((arn) => names.get(arn) ?? arn);
    return { ...statement, Principal: { ...Principal, AWS: arns } };
  });
  return { ...document, Statement: renamed };
}
