import type { AttachedPolicy, Group, Policy, Role, User } from "../iam/graph";
import type { PolicyDocument } from "../iam/policy-document";

export type AnyPrincipal = User | Group | Role;

/** One way in which an account's access differs from what is declared. Judged and worded elsewhere. */
export type AccessFact = Keyed &
  (
    | {
        readonly kind: "policy-attached" | "policy-detached" | "key-quarantined";
        readonly principal: AnyPrincipal;
        readonly policy: AttachedPolicy;
      }
    | {
        readonly kind: "policy-changed";
        /** Who carries it: `user/home`, `group/developers`. */
        readonly carriers: readonly string[];
        readonly name: string;
        readonly isInline: boolean;
        readonly declared: PolicyDocument;
        readonly actual: PolicyDocument;
      }
    | {
        readonly kind: "policy-deleted";
        readonly policy: Policy;
        /** Who carried it, as far as that is told apart: `group/developers`. */
        readonly carriers?: readonly string[];
      }
    | {
        readonly kind: "policy-version-waiting";
        readonly policy: Policy;
        /** `v3` */
        readonly version: string;
        /** Nothing: it could not be read. */
        readonly document: PolicyDocument | undefined;
      }
    | { readonly kind: "group-joined" | "group-left"; readonly user: User; readonly group: Group }
    | { readonly kind: "trust-changed"; readonly declared: Role; readonly actual: Role }
    | {
        readonly kind: "principal-recreated";
        /** Whose trust policy shows it; nothing where the principal itself has another id. */
        readonly trustedBy?: Role;
        /** ARNs that are trusted no more, or of the principal itself. */
        readonly arns: readonly string[];
        /** Roles whose trust policies show its old unique id: `role/daily`. */
        readonly trusting?: readonly string[];
      }
    | {
        readonly kind: "session-changed";
        readonly role: Role;
        readonly declaredSeconds: number;
        readonly actualSeconds: number;
      }
    | {
        readonly kind: "boundary-changed";
        readonly principal: User | Role;
        readonly declared: AttachedPolicy | undefined;
        readonly actual: AttachedPolicy | undefined;
      }
    | {
        readonly kind: "instance-profile-added" | "instance-profile-removed";
        readonly role: Role;
        readonly profile: string;
        /** The role that is declared for the profile: one profile holds one role. */
        readonly inPlaceOf?: Role;
      }
    | {
        readonly kind: "path-changed";
        readonly principal: AnyPrincipal;
        readonly declaredPath: string;
        readonly actualPath: string;
      }
    | {
        readonly kind: "principal-renamed";
        readonly declared: User | Group;
        readonly actual: User | Group;
      }
    | { readonly kind: "principal-deleted"; readonly principal: AnyPrincipal }
  );

export interface AccessComparison {
  readonly facts: readonly AccessFact[];
  /** Documents that could not be compared, each with its reason. */
  readonly notCompared: readonly { readonly address: string; readonly reason: string }[];
}

interface Keyed {
  /** What it is about, as findings and acceptances write it: `user/work/policy/AdministratorAccess`. */
  readonly address: string;
}

/** The facts of one kind; kinds that look alike share a shape. */
export type FactOf<
  K extends AccessFact["kind"],
  Fact extends AccessFact = AccessFact,
> = Fact extends AccessFact ? (K extends Fact["kind"] ? Fact : never) : never;

/** Equal for the same fact from several sources. */
export function keyOf({ kind, address }: Pick<AccessFact, "kind" | "address">): string {
  return `${kind} ${address}`;
}

/** `user/work`: names are unique in an account whatever the path. */
export function addressOf({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind}/${name}`;
}

/** `policy/job-function/ViewOnlyAccess`, `inline-policy/sneaky`: without the account, so that it can be accepted as printed. */
export function policyAddress({ kind, arn, name }: Pick<Policy, "kind" | "arn" | "name">): string {
  if (kind === "inline") return `inline-policy/${name}`;
  const [, , , , , ...rest] = (arn ?? "").split(":");
  const own = rest.join(":");
  return own === "" ? `policy/${name}` : own;
}
