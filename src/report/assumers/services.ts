import { type CompiledGraph, evaluate } from "../../iam/evaluate";
import { type Role, UNKNOWN_PART } from "../../iam/graph";
import { referenceOf } from "../judged-principal";
import { shortResource } from "../rights";
import { shown } from "../shown";
import { choiceOf, isClaimKey } from "./choice";
import { type Demand, demandsOf, demandText, isPositive } from "./demands";
import { type Found, notKnown, untried } from "./found-assumer";
import type { TrustEntry } from "./trust-entries";

const SOURCE = ["aws:SourceAccount", "aws:SourceArn"] as const;

/** A service that acts for a resource of some account: for whose, it says itself. */
export function serviceFound(entry: TrustEntry, role: Role, graph: CompiledGraph): Found {
  const service = entry.value;
  if (service.includes(UNKNOWN_PART) || /[*?]/.test(service)) {
    const reason = service.includes(UNKNOWN_PART)
      ? "whom the trust policy names is known only after apply"
      : "IAM takes no wildcards in the name of a service";
    return { assumers: [notKnown("service", shown(service), [reason])], isExhausted: true };
  }
  const demands = demandsOf(entry.statement);
  const { context, absent } = choiceOf(demands, (key) => !isClaimKey(key));
  const { effect, unknowns } = evaluate(
    {
      principal: service,
      credentials: { kind: "service" },
      network: "none",
      action: "sts:AssumeRole",
      resource: referenceOf(role, graph),
      context: ownAccount(context, demands, role),
      absentContext: [
        ...absent,
        ...SOURCE.filter((key) => !demands.some(({ lowerKey }) => lowerKey === key.toLowerCase())),
      ],
    },
    graph,
  );
  const besides = demands.map((demand) => sourceText(demand, role));
  if (effect === "Allowed") {
    const conditions = [besides.length > 0 ? { besides } : {}];
    return {
      assumers: [{ kind: "service", name: serviceName(service), answer: "yes", conditions, unknowns: [] }],
      isExhausted: true,
    };
  }
  if (effect === "Unknown")
    return { assumers: [notKnown("service", shown(service), unknowns)], isExhausted: true };
  return { assumers: [notKnown("service", shown(service), [untried(entry, demands)])], isExhausted: true };
}

/** People come by this service: what it assumes for them is no role of a service only. */
export const PEOPLE_BY_ACCOUNT_ACCESS = "people of IAM Identity Center, by account-access.amazonaws.com";

function serviceName(service: string): string {
  return service === "account-access.amazonaws.com" ? PEOPLE_BY_ACCOUNT_ACCESS : shown(service);
}

/** Of several accounts that a condition lists, the role's own is tried first. */
function ownAccount(
  context: Readonly<Record<string, string | readonly string[]>>,
  demands: readonly Demand[],
  { accountId }: Role,
): Readonly<Record<string, string | readonly string[]>> {
  const account = demands.find((demand) => isPositive(demand) && demand.lowerKey === "aws:sourceaccount");
  return account?.values.includes(accountId) === true ? { ...context, [account.key]: accountId } : context;
}

function sourceText(demand: Demand, { accountId }: Role): string {
  const { lowerKey, values } = demand;
  if (!isPositive(demand) || !/^aws:source(?:arn|account|orgid)$/.test(lowerKey)) return demandText(demand);
  if (lowerKey === "aws:sourceaccount" && values.length === 1 && values[0] === accountId) {
    return "only on behalf of this account";
  }
  return `only for ${values.map((value) => shortResource(shown(value), accountId)).join(" or ")}`;
}
