import type { PlanFile, ResourceChange } from "../../sources/plan/plan-file";
import { isSameAccess } from "../known-document";
import { type AttributeDifference, isSameMeaning } from "./attribute-difference";
import { FILLED_BY_AWS, readerOf } from "./attribute-reader";
import { policyIn } from "./changed-attributes";
import { settingResource } from "./set-elsewhere";
import type { StackConfiguration } from "./stack-configuration";

/** Digests of code, and of the certificates that are trusted: AWS computes them from what somebody put there. */
const DIGEST = /(?:^|_)(?:sha256|thumbprint|fingerprint)$/;
/** Access that is no policy document, and certificates that are trusted: lists to which somebody adds. */
const GRANT = /^(?:acl|grant|access_control_policy|thumbprint_list)$/;

/** An attribute that drifted, and what stands beside it. */
export interface DriftedAttribute {
  readonly drift: ResourceChange;
  readonly difference: AttributeDifference;
  /** Attributes that the next apply writes. */
  readonly pending: ReadonlySet<string>;
  /** Every attribute of the resource that drifted. */
  readonly siblings: readonly AttributeDifference[];
}

/** Tells what is declared from what nobody declares: values that AWS computes, and that the configuration never sets. */
export class DeclaredValues {
  constructor(
    private readonly plan: PlanFile,
    private readonly configuration: StackConfiguration,
  ) {}

  /** Why a difference means nothing; undefined where it means something. */
  reasonToIgnore(attribute: DriftedAttribute): string | undefined {
    const { drift, difference, pending, siblings } = attribute;
    const { attribute: name, isNoise } = difference;
    if (isNoise) return "null and empty mean the same";
    if (isSamePolicy(difference)) return "the policy means the same";
    if (drift.type === "aws_iam_role" && FILLED_BY_AWS.includes(name)) {
      return "AWS fills it: what is in it is read as access";
    }
    const reader = readerOf(drift.type, name);
    if (reader === "nobody") return "computed: it follows from something else";
    const hasTags = siblings.some((other) => other.attribute === "tags" && !other.isNoise);
    if (name === "tags_all" && (hasTags || !pending.has(name))) return "computed: it follows from tags";
    if (pending.has(name) || reader === "access" || !this.configuration.knows(drift)) return undefined;
    return this.configuration.expression(drift, name) === undefined
      ? this.reasonWhereUnset(drift, difference)
      : this.reasonWhereSet(drift, difference);
  }

  /** The configuration sets it, and an apply would leave it as it is. */
  private reasonWhereSet(
    drift: ResourceChange,
    { attribute, after }: AttributeDifference,
  ): string | undefined {
    return this.configuration.asksFor(drift, attribute, after)
      ? "it is what the configuration asks for"
      : undefined;
  }

  private reasonWhereUnset(
    drift: ResourceChange,
    { attribute, before, after }: AttributeDifference,
  ): string | undefined {
    const setter = settingResource(this.plan, this.configuration, drift, attribute, after);
    if (setter !== undefined) return `the configuration sets it by ${setter.address}`;
    if (DIGEST.test(attribute) || policyIn(after) !== undefined) return undefined;
    if (addsArn(before, after)) return undefined;
    if (GRANT.test(attribute))
      return addsItems(before, after) ? undefined : "it only lost what nobody declares";
    // a plan that changes nothing does not tell what Terraform would put back
    return this.plan.isRefreshOnly ? undefined : "the configuration never sets it";
  }
}

/** Names of statements, their order and another way to write them are no change. */
function isSamePolicy({ before, after }: AttributeDifference): boolean {
  const [left, right] = [policyIn(before), policyIn(after)];
  return left !== undefined && right !== undefined && isSameAccess(left, right);
}

/** Whether somebody gave a resource the ARN of another one: a bucket that it is copied to, a role, a key. */
function addsArn(before: unknown, after: unknown): boolean {
  const known = new Set(arnsIn(before));
  return arnsIn(after).some((arn) => !known.has(arn));
}

function arnsIn(value: unknown): readonly string[] {
  return JSON.stringify(value ?? null).match(/arn:aws[a-z-]*:[^"\\]+/g) ?? [];
}

function addsItems(before: unknown, after: unknown): boolean {
  if (!Array.isArray(after)) return true;
  const known: readonly unknown[] = Array.isArray(before) ? before : [];
  return after.some((item) => !known.some((other) => isSameMeaning(item, other)));
}
