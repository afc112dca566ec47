import type {
  AccessGraph,
  AttachedPolicy,
  DeclaredCredential,
  Group,
  OidcProvider,
  Policy,
  Role,
  Safeguard,
  SamlProvider,
  Unknown,
  Unplaced,
  User,
} from "../../iam/graph";
import { isManagedPolicyArn, managedPolicy } from "../../iam/managed-policies";
import type { SourceResource } from "../resource/source-resource";
import { hasUnknownPart, type UnknownParts, UnknownValue } from "../resource/unknown-parts";
import type { DocumentTexts } from "./document-texts";
import { NamedPrincipals } from "./named-principals";

/** Principals while the graph is built: their lists still grow. Finished, they are those of the graph. */
export type DraftUser = User & {
  readonly policies: AttachedPolicy[];
  readonly groups: Group[];
  readonly loginProfiles: string[];
  readonly accessKeys: { readonly address: string; readonly status: string }[];
};
export type DraftGroup = Group & { readonly policies: AttachedPolicy[] };
export type DraftRole = Role & { readonly policies: AttachedPolicy[]; readonly instanceProfiles: string[] };
export type DraftPrincipal = DraftUser | DraftGroup | DraftRole;

export type PrincipalKind = DraftPrincipal["kind"];

/** A graph while its resources are read. Names and ARNs in the parameters may have marks of `UnknownParts`. */
export class GraphDraft {
  readonly users = new NamedPrincipals<DraftUser>();
  readonly groups = new NamedPrincipals<DraftGroup>();
  readonly roles = new NamedPrincipals<DraftRole>();
  readonly policies = new Map<string, Policy>();
  readonly oidcProviders: OidcProvider[] = [];
  readonly samlProviders: SamlProvider[] = [];
  readonly safeguards: Safeguard[] = [];
  readonly credentials: DeclaredCredential[] = [];
  readonly unplaced: Unplaced[] = [];
  private readonly unknowns = new Map<string, Unknown>();
  private readonly attached = new Map<DraftPrincipal, Set<string>>();

  constructor(
    readonly parts: UnknownParts,
    private readonly documents: DocumentTexts,
  ) {}

  /** Says that something is not known. Told twice, it is there once. */
  note(unknown: Unknown): void {
    this.unknowns.set(`${unknown.address}\n${unknown.reason}`, unknown);
  }

  /** Text of an attribute, with marks; empty when absent. */
  text(resource: SourceResource, name: string): string {
    return this.parts.text(resource.attribute(name));
  }

  /** Texts of a list attribute; a list that is not known is one mark. */
  texts(resource: SourceResource, name: string): readonly string[] {
    const value = resource.attribute(name);
    if (value === undefined || value === null || value === "") return [];
    return (Array.isArray(value) ? value : [value]).map((item) => this.parts.text(item));
  }

  /** A text as the graph shows it; unknown parts are noted as those of the resource's attribute. */
  shown(text: string, resource: SourceResource, attribute: string): string {
    for (const { reason } of this.parts.in(text)) {
      this.note(new UnknownValue(`${resource.address}.${attribute}`, reason));
    }
    return this.parts.plain(text);
  }

  document(resource: SourceResource, attribute: string, value = resource.attribute(attribute)) {
    const location = `${resource.address}.${attribute}`;
    const document = this.documents.read(value, location, this.parts, (unknown) => this.note(unknown));
    if ("unknown" in document) this.note(document);
    return document;
  }

  /** The policy with an ARN: one of the source, one of AWS, or one whose document is unknown. */
  policy(arn: string, location: string, attachedBy: string): AttachedPolicy {
    const own = this.policies.get(arn);
    if (own !== undefined) return { ...own, attachedBy };
    const plain = this.parts.plain(arn);
    if (isManagedPolicyArn(plain)) {
      const policy = managedPolicy(plain);
      if ("unknown" in policy.document) this.note(policy.document);
      return { ...policy, attachedBy };
    }
    const [unknown] = this.parts.in(arn);
    const document = new UnknownValue(location, unknown?.reason ?? `policy ${plain} is not in this source`);
    this.note(document);
    const name = plain.slice(plain.lastIndexOf("/") + 1);
    return { kind: "managed", name, arn: plain, address: "", document, attachedBy };
  }

  /** Puts a policy where it is in force, once. `key` tells policies apart: the ARN, or the name of an inline one. */
  attach(principal: DraftPrincipal, key: string, policy: AttachedPolicy): void {
    const keys = this.attached.get(principal) ?? new Set<string>();
    this.attached.set(principal, keys);
    if (keys.has(key)) return;
    keys.add(key);
    principal.policies.push(policy);
  }

  has(principal: DraftPrincipal, key: string): boolean {
    return this.attached.get(principal)?.has(key) ?? false;
  }

  principals(kind: PrincipalKind): NamedPrincipals<DraftPrincipal> {
    if (kind === "user") return this.users;
    return kind === "group" ? this.groups : this.roles;
  }

  /** The principal that an attribute of a resource names; undefined, and noted, when the source does not hold it. */
  principal(kind: PrincipalKind, name: string, resource: SourceResource): DraftPrincipal | undefined {
    return this.principals(kind).find(name, resource.provider.accountId);
  }

  /** Why a principal that is named was not found. */
  missing(kind: PrincipalKind, name: string, location: string): Unknown {
    const [unknown] = this.parts.in(name);
    const reason =
      unknown === undefined && !hasUnknownPart(name)
        ? `${kind} ${name === "" ? "(no name)" : name} is not in this source`
        : `which ${kind} it is: ${unknown?.reason ?? "the name is not known"}`;
    const missing = new UnknownValue(location, reason);
    this.note(missing);
    return missing;
  }

  finish(): AccessGraph {
    return {
      users: this.users.all,
      groups: this.groups.all,
      roles: this.roles.all,
      managedPolicies: [...this.policies.values()],
      oidcProviders: this.oidcProviders,
      samlProviders: this.samlProviders,
      safeguards: this.safeguards,
      credentials: this.credentials,
      unplaced: this.unplaced,
      unknowns: [...this.unknowns.values()],
    };
  }
}
