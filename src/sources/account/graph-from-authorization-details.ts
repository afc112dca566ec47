import type { AccessGraph, AttachedPolicy } from "../../iam/graph";
import { DocumentTexts } from "../graph/document-texts";
import { type DraftPrincipal, GraphDraft } from "../graph/graph-draft";
import { AccessSourceError, described } from "../resource/access-source-error";
import { blocks, isRecord, type JsonRecord, list, record, string } from "../resource/json-shape";
import { SOURCE_INCOMPLETE, SOURCE_INVALID } from "../resource/source-refusals";
import { isUnknownValue, UnknownParts } from "../resource/unknown-parts";

export interface AuthorizationDetailsOptions {
  /** How errors name the file. @default "account authorization details" */
  readonly file?: string;
}

const REMEDY = "give the whole output of aws iam get-account-authorization-details";
const LISTS = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] as const;

/**
 * What an account holds, from `aws iam get-account-authorization-details` or the SDK's GetAccountAuthorizationDetails.
 * Documents may be objects (as the AWS CLI writes them) or URL-encoded JSON (as the API sends them).
 * Passwords, access keys, identity providers and the longest session of a role are not part of it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 * @throws AccessSourceError when it is something else, or only a part of it (`IsTruncated`)
 */
export function graphFromAuthorizationDetails(
  json: unknown,
  options: AuthorizationDetailsOptions = {},
): AccessGraph {
  const file = options.file ?? "account authorization details";
  const details = record(json, file, REMEDY);
  refuseForeign(details, file);
  const draft = new GraphDraft(new UnknownParts(), new DocumentTexts());
  const reader = new DetailsReader(details, file, draft);
  reader.read();
  return draft.finish();
}

function refuseForeign(details: JsonRecord, file: string): void {
  if (LISTS.every((name) => details[name] === undefined)) {
    const expected = `an object with ${LISTS.join(", ")}`;
    throw new AccessSourceError(SOURCE_INVALID, {
      location: file,
      expected,
      got: described(details),
      remedy: REMEDY,
    });
  }
  if (details["IsTruncated"] === true) {
    throw new AccessSourceError(SOURCE_INCOMPLETE, {
      location: `${file}: IsTruncated`,
      expected: "every page of the answer",
      got: "one page of several",
      remedy: "read on with the Marker until IsTruncated is false, and join the lists",
    });
  }
}

class DetailsReader {
  constructor(
    private readonly details: JsonRecord,
    private readonly file: string,
    private readonly draft: GraphDraft,
  ) {}

  read(): void {
    const { draft } = this;
    for (const [item, location] of this.items("Policies")) this.addPolicy(item, location);
    for (const [item, location] of this.items("GroupDetailList")) {
      const group = { kind: "group" as const, ...this.identity(item, location, "GroupName") };
      draft.groups.add(group.name, group.accountId, group);
      this.addPolicies(group, item, location, "GroupPolicyList");
    }
    for (const [item, location] of this.items("UserDetailList")) this.addUser(item, location);
    for (const [item, location] of this.items("RoleDetailList")) this.addRole(item, location);
  }

  private items(name: (typeof LISTS)[number]): readonly (readonly [JsonRecord, string])[] {
    const location = `${this.file}: ${name}`;
    return list(this.details[name], location, REMEDY).map((item, index) => {
      const where = `${location}[${index}]`;
      return [record(item, where, REMEDY), where] as const;
    });
  }

  private addPolicy(item: JsonRecord, location: string): void {
    const arn = string(item["Arn"], `${location}.Arn`, REMEDY);
    if (/^arn:[^:]*:iam::aws:/.test(arn)) {
      this.awsPolicies.set(arn, item);
      return;
    }
    this.draft.policies.set(arn, {
      kind: "managed",
      name: arn.slice(arn.lastIndexOf("/") + 1),
      arn,
      address: "",
      document: this.defaultVersion(item, location),
    });
  }

  /** Those of AWS that the account has attached, with the document that is in force now. */
  private readonly awsPolicies = new Map<string, JsonRecord>();

  private defaultVersion(item: JsonRecord, location: string) {
    const versions = blocks(item["PolicyVersionList"]);
    const version = versions.find(
      ({ IsDefaultVersion: isDefault, VersionId: id }) =>
        isDefault === true || id === item["DefaultVersionId"],
    );
    return this.document(version?.["Document"], `${location}.PolicyVersionList`);
  }

  private document(value: unknown, location: string) {
    const decoded = typeof value === "string" ? urlDecoded(value) : value;
    const document = new DocumentTexts().read(decoded ?? undefined, location, this.draft.parts, () => {});
    if (isUnknownValue(document)) this.draft.note(document);
    return document;
  }

  private addUser(item: JsonRecord, location: string): void {
    const { draft } = this;
    const user = {
      kind: "user" as const,
      ...this.identity(item, location, "UserName"),
      ...this.boundary(item, location),
      tags: tagsOf(item),
      groups: [] as (typeof draft.groups.all)[number][],
      loginProfiles: [],
      accessKeys: [],
    };
    draft.users.add(user.name, user.accountId, user);
    this.addPolicies(user, item, location, "UserPolicyList");
    for (const name of list(item["GroupList"], `${location}.GroupList`, REMEDY)) {
      const group = draft.groups.find(String(name), user.accountId);
      if (group !== undefined) user.groups.push(group);
      else draft.note(draft.missing("group", String(name), `${location}.GroupList`));
    }
  }

  private addRole(item: JsonRecord, location: string): void {
    const seconds = item["MaxSessionDuration"];
    const document = this.document(item["AssumeRolePolicyDocument"], `${location}.AssumeRolePolicyDocument`);
    const role = {
      kind: "role" as const,
      ...this.identity(item, location, "RoleName"),
      ...this.boundary(item, location),
      tags: tagsOf(item),
      trust: { kind: "trust" as const, name: "assume_role_policy", address: "", document, attachedBy: "" },
      maxSessionDuration: typeof seconds === "number" ? seconds : 0,
      instanceProfiles: blocks(item["InstanceProfileList"]).map(({ InstanceProfileName: name }) =>
        String(name),
      ),
    };
    this.draft.roles.add(role.name, role.accountId, role);
    this.addPolicies(role, item, location, "RolePolicyList");
  }

  private identity(item: JsonRecord, location: string, nameKey: string) {
    const arn = string(item["Arn"], `${location}.Arn`, REMEDY);
    const policies: DraftPrincipal["policies"] = [];
    return {
      arn,
      name: string(item[nameKey], `${location}.${nameKey}`, REMEDY),
      path: string(item["Path"] ?? "/", `${location}.Path`, REMEDY),
      accountId: arn.split(":")[4] ?? "",
      address: "",
      policies,
    };
  }

  private boundary(item: JsonRecord, location: string) {
    const { PermissionsBoundary: boundary } = item;
    const arn = isRecord(boundary) ? boundary["PermissionsBoundaryArn"] : undefined;
    return typeof arn === "string"
      ? { permissionsBoundary: this.policy(arn, `${location}.PermissionsBoundary`) }
      : {};
  }

  private addPolicies(principal: DraftPrincipal, item: JsonRecord, location: string, inline: string): void {
    for (const [index, block] of list(item[inline], `${location}.${inline}`, REMEDY).entries()) {
      const where = `${location}.${inline}[${index}]`;
      const policy = record(block, where, REMEDY);
      const name = string(policy["PolicyName"], `${where}.PolicyName`, REMEDY);
      const document = this.document(policy["PolicyDocument"], `${where}.PolicyDocument`);
      const attached = { kind: "inline" as const, name, address: "", document, attachedBy: "" };
      this.draft.attach(principal, `inline:${name}`, attached);
    }
    for (const block of blocks(item["AttachedManagedPolicies"])) {
      const where = `${location}.AttachedManagedPolicies`;
      const arn = string(block["PolicyArn"], `${where}.PolicyArn`, REMEDY);
      this.draft.attach(principal, arn, this.policy(arn, where));
    }
  }

  private policy(arn: string, location: string): AttachedPolicy {
    const own = this.awsPolicies.get(arn);
    const document =
      own === undefined ? undefined : this.defaultVersion(own, `${this.file}: Policies: ${arn}`);
    if (document === undefined || isUnknownValue(document)) return this.draft.policy(arn, location, "");
    const name = arn.slice(arn.lastIndexOf("/") + 1);
    return { kind: "aws-managed", name, arn, address: "", document, attachedBy: "" };
  }
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyDetail.html */
function urlDecoded(text: string): string {
  if (!text.startsWith("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function tagsOf(item: JsonRecord): Readonly<Record<string, string>> {
  return Object.fromEntries(
    blocks(item["Tags"]).map(({ Key: key, Value: value }) => [String(key), String(value)]),
  );
}
