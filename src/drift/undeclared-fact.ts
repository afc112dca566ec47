import type { InventorySchedule } from "../aws/inventory";
import type { Group, Policy, Role, User } from "../iam/graph";
import type { Statement } from "../iam/policy-document";
import type { LiveWayUp } from "./live-passes";
import type { TrustedStranger } from "./strangers/trusted-strangers";
import type { WayUp } from "./ways-up";

/** Credentials that nobody declares, whoever has them. */
export const CREDENTIAL_KINDS = [
  "undeclared-password",
  "undeclared-access-key",
  "undeclared-ssh-key",
  "undeclared-service-credential",
  "undeclared-signing-certificate",
  "undeclared-mfa-device",
] as const;

export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

/** Credentials of one kind that a user has. */
export interface CredentialFact {
  readonly kind: CredentialKind;
  readonly address: string;
  /** Name of the user; `root` for the account itself. */
  readonly userName: string;
  readonly isDeclaredUser: boolean;
  /** What there is, one text each: `****ABCD, Active, made 2026-11-22`. */
  readonly items: readonly string[];
  readonly isActive: boolean;
}

/** Something that the account holds and no environment declares. */
export type UndeclaredFact =
  | {
      readonly kind: "undeclared-user";
      readonly address: string;
      readonly user: User;
      /** How many access keys it has. */
      readonly keys: number;
      readonly wayUp: WayUp | undefined;
    }
  | { readonly kind: "undeclared-group"; readonly address: string; readonly group: Group }
  | {
      readonly kind: "undeclared-role";
      readonly address: string;
      readonly role: Role;
      /** Users of the account that may assume it: `user/home`. */
      readonly assumers: readonly string[];
      readonly strangers: readonly TrustedStranger[];
      readonly wayUp: WayUp | undefined;
    }
  | ({ readonly kind: "undeclared-way-up"; readonly address: string } & LiveWayUp)
  | { readonly kind: "undeclared-policy"; readonly address: string; readonly policy: Policy }
  | {
      readonly kind: "undeclared-identity-provider";
      readonly address: string;
      readonly arn: string;
      /** Roles that trust it: `role/daily`. */
      readonly trusting: readonly string[];
      /** Of these, those that hold administrator rights or come to them. */
      readonly powerful: readonly string[];
    }
  | {
      readonly kind: "undeclared-function";
      readonly address: string;
      readonly name: string;
      readonly region: string;
      readonly roleArn: string;
      /** What it may do, where the role is known. */
      readonly role?: Role;
    }
  | {
      readonly kind: "undeclared-function-permission";
      readonly address: string;
      readonly name: string;
      readonly region: string;
      /** Of the function's policy, those that nobody declares. */
      readonly statements: readonly Statement[];
    }
  | {
      readonly kind: "undeclared-schedule";
      readonly address: string;
      readonly region: string;
      readonly schedule: InventorySchedule;
    }
  | {
      readonly kind: "undeclared-subscription";
      readonly address: string;
      readonly region: string;
      /** Name of the topic. */
      readonly topic: string;
      readonly arn: string;
      readonly protocol: string;
      readonly endpoint: string;
    }
  | CredentialFact;

/** The facts of one kind. */
export type UndeclaredFactOf<
  K extends UndeclaredFact["kind"],
  Fact extends UndeclaredFact = UndeclaredFact,
> = Fact extends UndeclaredFact ? (K extends Fact["kind"] ? Fact : never) : never;
