import { EMPTY_GRAPH } from "../../iam/empty-graph";
import { type CompiledGraph, compileGraph, evaluateAs } from "../../iam/evaluate";
import type { Caller } from "../../iam/evaluation/caller";
import type { Role } from "../../iam/graph";
import { listOf, type Statement } from "../../iam/policy-document";
import { choiceOf } from "../../report/assumers/choice";
import { demandsOf } from "../../report/assumers/demands";
import {
  explore,
  isAllowedAnywhere,
  sessionCircumstances,
  userCircumstances,
} from "../../report/circumstances";
import { type StrangerCaller, strangerCallers } from "./stranger-callers";

/** A principal of another account that a trust policy lets in. */
export interface AwsStranger {
  /** As the trust policy writes it, `*` for anybody; an account id where conditions say of which account. */
  readonly text: string;
  /** It has to name a value that only few know, as vendors do. */
  readonly hasExternalId: boolean;
}

type Context = Readonly<Record<string, string | readonly string[]>>;

/** Keys that say who somebody is: whoever comes from elsewhere cannot choose them. Tags of its own it can. */
const IDENTITY =
  /^aws:(?:principal(?:arn|account|orgid|orgpaths|type|isawsservice|service.*)|userid|username|source(?:account|arn|orgid|orgpaths)|calledvia.*|viaawsservice|federatedprovider)$/;
const OUTSIDE: Context = {
  "aws:PrincipalOrgID": "o-elsewhere0",
  "aws:PrincipalOrgPaths": ["o-elsewhere0/r-else/ou-else-elsewhere/"],
  "aws:userid": "AROAELSEWHERE00000000:elsewhere",
};
const ORGANIZATION = ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"];
const EXTERNAL_ID = "sts:ExternalId";
/** What somebody would name who does not know it. */
const GUESS = "elsewhere-guess-0";

/**
 * Whom a trust policy lets in of other accounts: the evaluator is asked for callers that may do everything where they come
 * from, are of another organization or of none, and put into the call whatever the conditions want.
 */
export function awsStrangers(
  role: Role,
  allows: readonly Statement[],
  accounts: ReadonlySet<string>,
): readonly AwsStranger[] {
  const { document } = role.trust;
  const spared = "unknown" in document ? [] : document.Statement.flatMap(sparedBy);
  const known = { accounts, partition: role.arn.split(":")[1] ?? "aws", spared };
  const graph = compileGraph({ ...EMPTY_GRAPH, roles: [role] });
  return allows.flatMap((statement) =>
    principalsIn(statement).flatMap((text): readonly AwsStranger[] => {
      const callers = strangerCallers(text, statement, known);
      if (callers === undefined) return [{ text, hasExternalId: false }];
      return callers.flatMap((caller): readonly AwsStranger[] => {
        const isAsked = (context: Context) => mayEnter(caller, statement, context, role, graph);
        if (!isAsked({})) return [];
        const isSecret =
          text !== "*" && !isAsked({ [EXTERNAL_ID]: [] }) && !isAsked({ [EXTERNAL_ID]: GUESS });
        return [{ text: text === "*" ? (caller.account ?? text) : text, hasExternalId: isSecret }];
      });
    }),
  );
}

function principalsIn({ Principal, NotPrincipal }: Statement): readonly string[] {
  if (Principal === "*" || NotPrincipal !== undefined) return ["*"];
  return Principal === undefined ? [] : listOf(Principal["AWS"]);
}

/** Whom a Deny of all others names. */
function sparedBy(statement: Statement): readonly string[] {
  if (statement.Effect !== "Deny") return [];
  const { NotPrincipal: spared } = statement;
  const values = demandsOf(statement)
    .filter(({ lowerKey }) => /^aws:principal(?:arn|account)$/.test(lowerKey))
    .flatMap((demand) => demand.values);
  return [...values, ...(typeof spared === "object" ? listOf(spared["AWS"]) : [])];
}

/** Whether a caller gets in by a statement, from whatever network and with or without MFA. */
function mayEnter(
  { principal, sessionName }: StrangerCaller,
  statement: Statement,
  given: Context,
  role: Role,
  graph: CompiledGraph,
): boolean {
  const { context, absent } = choiceOf(demandsOf(statement), (key) => !IDENTITY.test(key));
  const { arn, accountId, name } = principal;
  const caller: Caller =
    principal.kind === "user"
      ? { kind: "user", arn, accountId, name, user: principal }
      : { kind: "role", arn, accountId, name, role: principal, ...(sessionName && { sessionName }) };
  const circumstances =
    principal.kind === "user"
      ? userCircumstances([role.trust])
      : sessionCircumstances(
          [role.trust],
          sessionName === undefined ? undefined : { kind: "role-session", sessionName },
        );
  return [[], ORGANIZATION].some((none) => {
    const outside = Object.fromEntries(Object.entries(OUTSIDE).filter(([key]) => !none.includes(key)));
    const outcome = explore(circumstances, (credentials, network) =>
      evaluateAs(
        caller,
        {
          principal: arn,
          credentials,
          network,
          action: "sts:AssumeRole",
          resource: role.arn,
          context: {
            "sts:RoleSessionName": "elsewhere",
            ...withoutKeys(context, given),
            ...outside,
            ...given,
          },
          absentContext: [...absent, ...none],
        },
        graph,
      ),
    );
    return isAllowedAnywhere(outcome) || outcome.unknowns.length > 0;
  });
}

/** Keys are told apart without regard to case: what is given replaces what was chosen. */
function withoutKeys(context: Context, given: Context): Context {
  const names = new Set(Object.keys(given).map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(context).filter(([key]) => !names.has(key.toLowerCase())));
}
