import { defineRule } from "../findings/rule";
import { accessLevel, actionsOfService, action as knownAction } from "../iam/actions";
import type { Role, User } from "../iam/graph";
import type { Actor, Given } from "./escalation/actor";
import type { Closure } from "./escalation/closure";
import type { Administrators } from "./world/administrators";
import type { Expectation } from "./world/expectation";
import type { Machine } from "./world/machinery";
import type { BrokenProof } from "./world/proof";
import { subjectOf, subjectOfArn } from "./world/subject";
import type { UserClass } from "./world/user-classes";
import { broken, type World } from "./world/world";

export const MACHINERY_IS_UNTOUCHED = defineRule({
  id: "machinery-is-untouched",
  area: "proof",
  title: "Somebody below administrator may change the baseline's own machinery",
  severities: ["critical"],
  why: "Who writes the state says what Terraform does next; who changes the function that deactivates keys, its role, its schedule, its queues, logs, alarms or topic switches it off; who changes a guard, a group, a trust policy or a provider changes who is who.",
  example: {
    before: 'ciGroups.deployers: allow("lambda:UpdateFunctionCode", "*")',
    after: 'ciGroups.deployers: allow("lambda:UpdateFunctionCode", "arn:aws:lambda:*:*:function:site-*")',
  },
  remedy: "Limit the Resource to what the principal is for; only administrators change the baseline itself.",
  since: "0.2.0",
});

/** A principal below administrator, and whether changes of IAM by it are told as `ci-stays-in-ci` already. */
interface Identity {
  readonly principal: User | Role;
  readonly expectation: Expectation;
  readonly isCi: boolean;
}

/** CI users and every role below administrator, but for the machinery's own roles, which are what they are for. */
export function proveMachinery(
  world: World,
  closure: Closure,
  administrators: Administrators,
  classes: readonly UserClass[],
): readonly BrokenProof[] {
  const inIam = new Map<Expectation, readonly Machine[]>();
  return identitiesOf(world, administrators, classes).flatMap((identity) => {
    const { principal, expectation, isCi } = identity;
    const actor = closure.actor(principal);
    const ofIam =
      isCi || !actor.mayUse("iam") ? [] : (inIam.get(expectation) ?? iamMachinery(world, expectation));
    if (ofIam.length > 0) inIam.set(expectation, ofIam);
    const machines = [...(expectation.machinery ?? []), ...ofIam];
    const granted = new Map<string, readonly string[]>();
    const grantedOf = (service: string): readonly string[] => {
      const known =
        granted.get(service) ??
        (actor.mayUse(service) ? changesOf(service).filter((action) => actor.grants(action)) : []);
      granted.set(service, known);
      return known;
    };
    return machines.flatMap((machine) => touched(world, actor, identity, machine, grantedOf));
  });
}

function identitiesOf(
  world: World,
  { holders }: Administrators,
  classes: readonly UserClass[],
): readonly Identity[] {
  const own = new Set(
    world.expectations.flatMap(({ machinery = [] }) => machinery.flatMap(({ arns }) => arns)),
  );
  return [
    ...classes.flatMap(({ expected, representatives, expectation }) =>
      expected?.kind === "ci"
        ? representatives.slice(0, 1).map((principal) => ({ principal, expectation, isCi: true }))
        : [],
    ),
    ...world.graph.roles.flatMap((principal) => {
      const expectation = world.expectationFor(principal);
      const declared = world.role(principal)?.expected;
      if (expectation === undefined || own.has(principal.arn) || holders.has(principal.arn)) return [];
      if (declared?.administrator === true || principal.path.startsWith("/aws-service-role/")) return [];
      return [{ principal, expectation, isCi: declared?.github !== undefined }];
    }),
  ];
}

/** Guard, self-service and boundaries; groups; trust and policies of roles; providers. */
function iamMachinery({ graph }: World, { accountId, root }: Expectation): readonly Machine[] {
  const mine = <T extends { readonly arn?: string }>(all: readonly T[], type: string) =>
    all.flatMap(({ arn }) =>
      arn?.split(":")[4] === accountId && (arn.includes(`:${type}${root}`) || type === "") ? [arn] : [],
    );
  return [
    { what: "a policy of the baseline", arns: mine(graph.managedPolicies, "policy") },
    { what: "a group of the baseline", arns: mine(graph.groups, "group") },
    { what: "a role of the baseline", arns: mine(graph.roles, "role") },
    {
      what: "an identity provider",
      arns: mine([...graph.oidcProviders, ...(graph.samlProviders ?? [])], ""),
    },
  ];
}

/** Using a part is no change of it; making another one of the same name fails. */
const USES =
  /^(?:sns:Publish|sqs:SendMessage|logs:(?:PutLogEvents|CreateLogStream|StartQuery|StopQuery|StartLiveTail)|lambda:Invoke\w*|kms:(?:Decrypt|Encrypt|GenerateDataKey\w*|ReEncrypt\w*)|s3:CreateBucket|logs:CreateLogGroup|scheduler:CreateSchedule(?:Group)?|lambda:CreateFunction|sns:CreateTopic|sqs:CreateQueue|events:CreateEventBus|cloudtrail:CreateTrail|kms:CreateKey|sts:\w+|iam:Create(?:Role|Group|User|Policy|OpenIDConnectProvider|SAMLProvider|ServiceLinkedRole|InstanceProfile)|iam:PassRole)$/;

const changing = new Map<string, readonly string[]>();

function changesOf(service: string): readonly string[] {
  let actions = changing.get(service);
  if (actions === undefined) {
    actions = actionsOfService(service).filter((action) => {
      const level = accessLevel(action);
      return level !== undefined && level !== "List" && level !== "Read" && !USES.test(action);
    });
    changing.set(service, actions);
  }
  return actions;
}

const services = new WeakMap<readonly string[], ReadonlyMap<string, readonly string[]>>();

/** The ARNs of a machine by their services: one machine is asked about for everybody. */
function byService(arns: readonly string[]): ReadonlyMap<string, readonly string[]> {
  let found = services.get(arns);
  if (found === undefined) {
    const sorted = new Map<string, string[]>();
    for (const arn of arns) {
      const service = arn.split(":")[2] ?? "";
      sorted.set(service, [...(sorted.get(service) ?? []), arn]);
    }
    found = sorted;
    services.set(arns, found);
  }
  return found;
}

function touched(
  { graph }: World,
  actor: Actor,
  { principal, expectation }: Identity,
  { what, arns }: Machine,
  grantedOf: (service: string) => readonly string[],
): readonly BrokenProof[] {
  for (const [service, own] of byService(arns)) {
    if (!actor.mayUse(service)) continue;
    const passes = service === "iam" && what.startsWith("the roles of") ? ["iam:PassRole"] : [];
    for (const action of [...passes, ...grantedOf(service)]) {
      for (const arn of own) {
        if (!actsOn(action, arn)) continue;
        const answer = actor.on(action, arn, givenFor(action, arn, graph.roles));
        if (answer === undefined) continue;
        const parts = {
          proof: MACHINERY_IS_UNTOUCHED.id,
          environment: expectation.environment,
          subject: subjectOf(principal),
          message: `${subjectOf(principal)} may change ${what}: ${action} on ${told(arn)}`,
          remedy: `take ${action} away, or limit its Resource so that ${told(arn)} is out of reach; only administrators change the baseline itself`,
        };
        return [broken(parts, answer.request, answer.decision)];
      }
    }
  }
  return [];
}

/** Whether an action acts on resources of this type: what a list says acts on others, or on none, is no change of it. */
function actsOn(action: string, arn: string): boolean {
  const [, , service, , , resource = ""] = arn.split(":");
  if (service !== "iam") return formsOf(action)?.some((form) => form.test(arn)) ?? true;
  const [type = ""] = resource.split("/");
  const name = action.slice("iam:".length);
  const types: Readonly<Record<string, RegExp>> = {
    policy: /^(?:\w*PolicyVersion|DeletePolicy|TagPolicy|UntagPolicy)$/,
    group: /Group/,
    role: /Role(?!s$)/,
    "oidc-provider": /OpenIDConnect/,
    "saml-provider": /SAML/,
  };
  return types[type]?.test(name) ?? true;
}

const forms = new Map<string, readonly RegExp[] | undefined>();

/** ARNs of the resource types that an action acts on; nothing where no list has the action. */
function formsOf(action: string): readonly RegExp[] | undefined {
  if (!forms.has(action)) {
    const known = knownAction(action)?.resources.map(({ arn }) => formOf(arn));
    forms.set(action, known);
  }
  return forms.get(action);
}

/** `arn:${Partition}:s3:::${BucketName}` is a bucket and no object; names behind a type run on to the end. */
function formOf(written: string): RegExp {
  // `rule/[${EventBusName}/]${RuleName}`: rules of the default bus have none
  const template = written.replaceAll(/\[[^\]]*\]/g, "");
  const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^$()[\]\\|]/g, "\\$&"));
  const [, , service, , , ...resource] = template.replaceAll(/\$\{[^}]*\}/g, "x").split(":");
  // a subscription is below its topic, and has no type of its own
  const isOpen = service === "sns" || resource.length > 1 || resource.join("").includes("/");
  const last = isOpen ? ".+" : "[^:/]+";
  return new RegExp(
    `^${parts
      .map((part, index) => (index === 0 ? part : `${index === parts.length - 1 ? last : ".*"}${part}`))
      .join("")}$`,
  );
}

/** The words of the caller that make the change one that matters: a policy that allows everything, a role that is passed. */
function givenFor(action: string, arn: string, roles: readonly Role[]): Given {
  const partition = arn.split(":")[1] ?? "aws";
  if (/^iam:Attach/.test(action)) {
    return { context: { "iam:PolicyARN": `arn:${partition}:iam::aws:policy/AdministratorAccess` } };
  }
  if (action !== "iam:PassRole") return {};
  const schedule = roles.some((role) => role.arn === arn) && arn.endsWith("-schedule");
  return {
    context: { "iam:PassedToService": schedule ? "scheduler.amazonaws.com" : "lambda.amazonaws.com" },
  };
}

function told(arn: string): string {
  return arn.includes(":iam:") ? subjectOfArn(arn) : arn;
}
