import {
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  GetAccessKeyLastUsedCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetUserCommand,
  type IAMClientResolvedConfig,
  IAMServiceException,
  ListAccessKeysCommand,
  ListPolicyVersionsCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import type { AwsStub } from "aws-sdk-client-mock";
import { sessionCutoffDocument } from "../../src/policies/session-cutoff-policy";

export interface LeakedKey {
  readonly id: string;
  status: "Active" | "Inactive";
  readonly createDate: Date;
}

type Input = Readonly<Record<string, string | undefined>>;

/** IAM as far as a response asks it: users with keys, and one policy with its versions, at most five. */
export class FakeResponseIam {
  readonly calls: string[] = [];
  readonly versions: { id: string; document: string }[] = [
    { id: "v1", document: JSON.stringify(sessionCutoffDocument([])) },
  ];
  default = "v1";
  private last = 1;
  /** Called before every call: throw to let it fail, wait, or write meanwhile. */
  before: (call: string, input: Input) => void | Promise<void> = () => {};
  /** Called after what a call did, before it is answered. */
  after: (call: string, input: Input) => void | Promise<void> = () => {};

  constructor(readonly users: Readonly<Record<string, LeakedKey[]>>) {}

  get document() {
    return JSON.parse(this.versions.find(({ id }) => id === this.default)?.document ?? "null");
  }

  /** What any writer does. */
  write(document: string): string {
    if (this.versions.length >= 5) throw fault("LimitExceeded");
    this.last += 1;
    this.default = `v${this.last}`;
    this.versions.push({ id: this.default, document });
    return this.default;
  }

  mount(mock: AwsStub<ServiceInputTypes, ServiceOutputTypes, IAMClientResolvedConfig>): void {
    const stub = mock as unknown as {
      on(command: unknown): { callsFake(answer: (input: Input) => unknown): void };
    };
    const on = (command: { readonly name: string }, answer: (input: Input) => unknown) => {
      const name = command.name.replace(/Command$/, "");
      stub.on(command).callsFake(async (input: Input) => {
        this.calls.push(name);
        await this.before(name, input);
        const answered = answer(input);
        await this.after(name, input);
        return answered;
      });
    };
    on(ListAccessKeysCommand, ({ UserName }) => ({
      AccessKeyMetadata: this.keysOf(UserName).map(({ id, status, createDate }) => ({
        UserName,
        AccessKeyId: id,
        Status: status,
        CreateDate: createDate,
      })),
    }));
    on(UpdateAccessKeyCommand, ({ UserName, AccessKeyId, Status }) => {
      const key = this.keysOf(UserName).find(({ id }) => id === AccessKeyId);
      if (key === undefined) throw fault("NoSuchEntity");
      key.status = Status as LeakedKey["status"];
      return {};
    });
    on(GetUserCommand, ({ UserName }) => {
      this.keysOf(UserName);
      return { User: { UserName, UserId: userIdOf(UserName ?? "") } };
    });
    on(GetAccessKeyLastUsedCommand, ({ AccessKeyId }) => {
      const [name] =
        Object.entries(this.users).find(([, keys]) => keys.some(({ id }) => id === AccessKeyId)) ?? [];
      if (name === undefined) throw fault("NoSuchEntity");
      return { UserName: name };
    });
    on(GetPolicyCommand, () => ({ Policy: { DefaultVersionId: this.default } }));
    on(GetPolicyVersionCommand, ({ VersionId }) => {
      const version = this.versions.find(({ id }) => id === VersionId);
      if (version === undefined) throw fault("NoSuchEntity");
      return { PolicyVersion: { VersionId, Document: encodeURIComponent(version.document) } };
    });
    on(ListPolicyVersionsCommand, () => ({
      Versions: this.versions.map(({ id }) => ({ VersionId: id, IsDefaultVersion: id === this.default })),
    }));
    on(CreatePolicyVersionCommand, ({ PolicyDocument = "" }) => ({
      PolicyVersion: { VersionId: this.write(PolicyDocument) },
    }));
    on(DeletePolicyVersionCommand, ({ VersionId }) => {
      const at = this.versions.findIndex(({ id }) => id === VersionId);
      if (at < 0) throw fault("NoSuchEntity");
      this.versions.splice(at, 1);
      return {};
    });
  }

  private keysOf(userName = ""): LeakedKey[] {
    const keys = this.users[userName];
    if (keys === undefined) throw fault("NoSuchEntity");
    return keys;
  }
}

export function userIdOf(userName: string): string {
  return `AIDA${userName
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, "")
    .padEnd(16, "X")
    .slice(0, 16)}`;
}

export function fault(name: string): IAMServiceException {
  return new IAMServiceException({ name, message: name, $fault: "client", $metadata: {} });
}
