import type { AttachedPolicy, Policy } from "../../iam/graph";
import { isRecord } from "../resource/json-shape";
import type { SourceResource } from "../resource/source-resource";
import { UnknownValue } from "../resource/unknown-parts";
import type { DraftPrincipal, GraphDraft } from "./graph-draft";

/** Customer managed policies: before the principals, whose boundaries name them. */
export function addManagedPolicy(resource: SourceResource, draft: GraphDraft): void {
  const arn = draft.text(resource, "arn");
  const policy: Policy = {
    kind: "managed",
    name: nameOf(resource, draft),
    arn: draft.parts.plain(arn),
    address: resource.address,
    document: draft.document(resource, "policy"),
  };
  draft.policies.set(arn, policy);
}

export function addUser(resource: SourceResource, draft: GraphDraft): void {
  const forceDestroy = resource.attribute("force_destroy");
  draft.users.add(draft.text(resource, "name"), resource.provider.accountId, {
    kind: "user",
    ...identity(resource, draft),
    ...boundary(resource, draft),
    tags: tagsOf(resource, draft),
    groups: [],
    loginProfiles: [],
    accessKeys: [],
    ...(typeof forceDestroy === "boolean" ? { forceDestroy } : {}),
  });
}

export function addGroup(resource: SourceResource, draft: GraphDraft): void {
  draft.groups.add(draft.text(resource, "name"), resource.provider.accountId, {
    kind: "group",
    ...identity(resource, draft),
  });
}

/** The longest session of a role that says nothing. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const DEFAULT_SESSION_SECONDS = 3600;

export function addRole(resource: SourceResource, draft: GraphDraft): void {
  const seconds = Number(resource.attribute("max_session_duration") ?? DEFAULT_SESSION_SECONDS);
  if (Number.isNaN(seconds)) {
    const location = `${resource.address}.max_session_duration`;
    draft.note(new UnknownValue(location, "known after apply: taken as the longest, 43200 seconds"));
  }
  draft.roles.add(draft.text(resource, "name"), resource.provider.accountId, {
    kind: "role",
    ...identity(resource, draft),
    ...boundary(resource, draft),
    tags: tagsOf(resource, draft),
    trust: trust(resource, draft.document(resource, "assume_role_policy")),
    maxSessionDuration: Number.isNaN(seconds) ? 43_200 : seconds,
    instanceProfiles: [],
  });
}

/** A role that an AWS service makes for itself: who may assume it is known, what AWS attaches to it is not. */
export function addServiceLinkedRole(resource: SourceResource, draft: GraphDraft): void {
  const service = draft.text(resource, "aws_service_name");
  const arn =
    draft.text(resource, "arn") ||
    draft.parts.mark(new UnknownValue(`${resource.address}.arn`, "known after apply: AWS names the role"));
  const name = draft.text(resource, "name") || draft.parts.text(arn);
  const role = {
    kind: "role" as const,
    arn: draft.shown(arn, resource, "arn"),
    name: draft.parts.plain(name),
    path: draft.parts.plain(draft.text(resource, "path") || `/aws-service-role/${service}/`),
    accountId: accountOf(arn, resource, draft),
    address: resource.address,
    tags: tagsOf(resource, draft),
    policies: [],
    trust: trust(resource, {
      Version: "2012-10-17" as const,
      Statement: [
        {
          Effect: "Allow" as const,
          Principal: { Service: draft.parts.plain(service) },
          Action: "sts:AssumeRole",
        },
      ],
    }),
    maxSessionDuration: DEFAULT_SESSION_SECONDS,
    instanceProfiles: [],
  };
  draft.roles.add(name, resource.provider.accountId, role);
  const document = new UnknownValue(resource.address, "AWS attaches the policy of a service-linked role");
  const policy: AttachedPolicy = {
    kind: "aws-managed",
    name: "policy of the service-linked role",
    address: "",
    document,
    attachedBy: resource.address,
  };
  draft.note(document);
  draft.attach(role, "service-linked", policy);
}

function identity(resource: SourceResource, draft: GraphDraft) {
  const arn = draft.text(resource, "arn");
  const policies: DraftPrincipal["policies"] = [];
  return {
    arn: draft.parts.plain(arn),
    name: nameOf(resource, draft),
    path: draft.shown(draft.text(resource, "path") || "/", resource, "path"),
    accountId: accountOf(arn, resource, draft),
    address: resource.address,
    policies,
  };
}

export function nameOf(resource: SourceResource, draft: GraphDraft): string {
  return draft.shown(draft.text(resource, "name"), resource, "name");
}

/** Account of a resource: that of its ARN, else its provider's; told once for the provider when it is not known. */
export function accountOf(arn: string, resource: SourceResource, draft: GraphDraft): string {
  const inArn = /^arn:[^:]*:iam::(\d{12}):/.exec(arn)?.[1];
  if (inArn !== undefined) return inArn;
  const { accountId } = resource.provider;
  for (const unknown of draft.parts.in(accountId)) draft.note(unknown);
  return draft.parts.plain(accountId);
}

function boundary(resource: SourceResource, draft: GraphDraft) {
  const arn = draft.text(resource, "permissions_boundary");
  if (arn === "") return {};
  const location = `${resource.address}.permissions_boundary`;
  return { permissionsBoundary: draft.policy(arn, location, resource.address) };
}

function trust(resource: SourceResource, document: AttachedPolicy["document"]): AttachedPolicy {
  const { address } = resource;
  return { kind: "trust", name: "assume_role_policy", address, document, attachedBy: address };
}

/** Tags with those that the provider adds (`tags_all`, where the source has it). */
function tagsOf(resource: SourceResource, draft: GraphDraft): Readonly<Record<string, string>> {
  const all = resource.attribute("tags_all");
  const own = resource.attribute("tags");
  const tags = isRecord(all) ? all : { ...resource.provider.defaultTags, ...(isRecord(own) ? own : {}) };
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [key, draft.parts.plain(draft.parts.text(value))]),
  );
}
