import type { PolicyInForce } from "../../iam/evaluate";
import { callerOf } from "../../iam/evaluation/caller";
import { type TemplateContext, templateMatches } from "../../iam/evaluation/policy-variables";
import { requestContext } from "../../iam/evaluation/request-context";
import { type CompiledStatement, compileDocument } from "../../iam/evaluation/statement-match";
import type { Role, User } from "../../iam/graph";
import type { Credentials } from "../../iam/request";
import { ANY_ACTION, ANY_RESOURCE, grantedBy } from "./policy-parts";
import type { World } from "./world";

/** Actions that one Allow statement grants, and those of some resources that its Resource element covers. */
export interface AllowedSamples {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/**
 * What each Allow grants among sampled resources, before conditions, denies and boundaries are asked. A resource that
 * no Allow covers need not be asked about, and most are not: this is what keeps the proofs cheap.
 */
export function allowedSamples(
  world: World,
  principal: User | Role,
  credentials: Credentials,
  policies: readonly PolicyInForce[],
  samples: readonly string[],
): readonly AllowedSamples[] {
  const context = contextOf(world, principal, credentials);
  return policies.flatMap(({ policy }) => {
    if ("unknown" in policy.document) return [{ actions: [ANY_ACTION], resources: [ANY_RESOURCE] }];
    return compileDocument(policy.document)
      .filter(({ statement }) => statement.Effect === "Allow")
      .map((compiled) => ({
        actions: grantedBy(compiled.statement),
        resources: samples.filter((sample) => coversResource(compiled, sample, context)),
      }));
  });
}

/** Whether the Resource element may cover a resource: conditions are not asked. */
export function coversResource(
  { resources }: CompiledStatement,
  resource: string,
  context: TemplateContext,
): boolean {
  if (resources === undefined) return true;
  const answers = resources.templates.map((template) => templateMatches(template, resource, context));
  return resources.negated ? !answers.includes(true) : answers.some((answer) => answer !== false);
}

/** The keys of a principal's requests, for policy variables and conditions. */
export function contextOf(
  world: World,
  { arn }: Pick<User | Role, "arn">,
  credentials: Credentials,
  network: Parameters<World["ask"]>[0]["network"] = "none",
): TemplateContext {
  const request = {
    principal: arn,
    credentials,
    network,
    action: "sts:GetCallerIdentity",
    resource: "*",
  } as const;
  const caller = callerOf(request, world.compiled);
  const { lookup } = requestContext({ request, caller, mayTagSessions: false });
  return { lookup, note: () => {} };
}
