import {
  GetAccessKeyLastUsedCommand,
  type IAMClientResolvedConfig,
  IAMServiceException,
  ListAccessKeysCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  NoSuchEntityException,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import type { AwsStub } from "aws-sdk-client-mock";

export interface FakeKey {
  readonly accessKeyId: string;
  status: "Active" | "Inactive";
  readonly createDate: Date;
  readonly lastUsed?: Date;
}

export interface FakeUser {
  /** Renaming keeps the user's id. */
  userName: string;
  path: string;
  /** @default one of its own */
  readonly userId?: string;
  readonly keys: FakeKey[];
  readonly tags?: Readonly<Record<string, string>>;
}

export interface FakeCall {
  readonly command: string;
  readonly userName?: string | undefined;
  readonly accessKeyId?: string | undefined;
  readonly status?: string | undefined;
  readonly pathPrefix?: string | undefined;
  /** Whether it asks for a further page. */
  readonly goesOn: boolean;
}

export interface FakeIamOptions {
  /** Users in one page of ListUsers. */
  readonly userPage?: number;
  /** Keys in one page of ListAccessKeys. */
  readonly keyPage?: number;
  /** Called before every call: throw to let it fail, change the account to surprise the caller. */
  readonly before?: (call: FakeCall, account: FakeIam) => void | Promise<void>;
}

/** An account with users and keys behind aws-sdk-client-mock: with pages, unlike the emulator, and with faults. */
export class FakeIam {
  readonly calls: FakeCall[] = [];
  /** A marker names a place in the account's order, which a user that is deleted meanwhile does not move. */
  private readonly placeOf: ReadonlyMap<FakeUser, number>;

  constructor(
    readonly users: FakeUser[],
    private readonly options: FakeIamOptions = {},
  ) {
    this.placeOf = new Map(users.map((user, place) => [user, place]));
  }

  /** Every key of the account, by user. */
  keyOf(userName: string, index = 0): FakeKey {
    const key = this.users.find((user) => user.userName === userName)?.keys[index];
    if (key === undefined) throw new Error(`no key ${index} of ${userName}`);
    return key;
  }

  count(command: string): number {
    return this.calls.filter((call) => call.command === command).length;
  }

  mount(mock: AwsStub<ServiceInputTypes, ServiceOutputTypes, IAMClientResolvedConfig>): void {
    const { userPage = 100, keyPage = 100 } = this.options;
    const stub = mock as unknown as {
      on(command: unknown): { callsFake(answer: (input: Record<string, unknown>) => unknown): void };
    };
    const answer = (command: { readonly name: string }, reply: (input: Record<string, unknown>) => unknown) =>
      stub.on(command).callsFake(async (input) => {
        const call: FakeCall = {
          command: command.name.replace(/Command$/, ""),
          userName: input["UserName"] as string | undefined,
          accessKeyId: input["AccessKeyId"] as string | undefined,
          status: input["Status"] as string | undefined,
          pathPrefix: input["PathPrefix"] as string | undefined,
          goesOn: input["Marker"] !== undefined,
        };
        this.calls.push(call);
        await this.options.before?.(call, this);
        return reply(input);
      });

    answer(ListUsersCommand, ({ PathPrefix, Marker }) => {
      const under = this.users.filter((user) => user.path.startsWith(String(PathPrefix ?? "/")));
      const { items, ...rest } = page(under, Marker, userPage, (user) => this.placeOf.get(user) ?? 0);
      return {
        Users: items.map((user) => ({
          UserName: user.userName,
          Path: user.path,
          UserId: user.userId ?? `AIDATEST${String(this.placeOf.get(user) ?? 0).padStart(12, "0")}`,
        })),
        ...rest,
      };
    });
    answer(ListAccessKeysCommand, ({ UserName, Marker }) => {
      const { keys } = this.user(UserName);
      const { items, ...rest } = page(keys, Marker, keyPage, (key) => keys.indexOf(key));
      return {
        AccessKeyMetadata: items.map((key) => ({
          UserName,
          AccessKeyId: key.accessKeyId,
          Status: key.status,
          CreateDate: key.createDate,
        })),
        ...rest,
      };
    });
    answer(GetAccessKeyLastUsedCommand, ({ AccessKeyId }) => {
      const key = this.users.flatMap((user) => user.keys).find((each) => each.accessKeyId === AccessKeyId);
      if (key === undefined) throw noSuchEntity();
      return { AccessKeyLastUsed: { LastUsedDate: key.lastUsed, Region: "N/A", ServiceName: "N/A" } };
    });
    answer(ListUserTagsCommand, ({ UserName }) => ({
      Tags: Object.entries(this.user(UserName).tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
      IsTruncated: false,
    }));
    answer(UpdateAccessKeyCommand, ({ UserName, AccessKeyId, Status }) => {
      const key = this.user(UserName).keys.find((each) => each.accessKeyId === AccessKeyId);
      if (key === undefined) throw noSuchEntity();
      key.status = Status as FakeKey["status"];
      return {};
    });
  }

  private user(userName: unknown): FakeUser {
    const user = this.users.find((each) => each.userName === userName);
    if (user === undefined) throw noSuchEntity();
    return user;
  }
}

function page<Item>(items: readonly Item[], marker: unknown, size: number, placeOf: (item: Item) => number) {
  const left = items.filter((item) => placeOf(item) >= Number(marker ?? 0));
  const next = left[size];
  return {
    items: left.slice(0, size),
    IsTruncated: next !== undefined,
    ...(next === undefined ? {} : { Marker: String(placeOf(next)) }),
  };
}

export function noSuchEntity(): Error {
  return new NoSuchEntityException({ message: "The user with that name cannot be found.", $metadata: {} });
}

/** An error as IAM words it: with the key's id and the caller's ARN. */
export function accessDenied(accessKeyId: string): Error {
  return new IAMServiceException({
    name: "AccessDenied",
    $fault: "client",
    $metadata: {},
    message: `User: arn:aws:sts::111122223333:assumed-role/hygiene/run is not authorized to perform: iam:UpdateAccessKey on resource: access key ${accessKeyId}`,
  });
}

let serial = 0;

/** A key; ids are all different, in their last four characters too. */
export function fakeKey(overrides: Partial<FakeKey> = {}): FakeKey {
  serial += 1;
  const accessKeyId = `AKIATEST${serial.toString(36).toUpperCase().padStart(12, "0")}`;
  return { accessKeyId, status: "Active", createDate: new Date("2026-11-01T00:00:00Z"), ...overrides };
}

/** A device user with one active key. */
export function fakeUser(userName: string, overrides: Partial<FakeUser> = {}): FakeUser {
  return { userName, path: "/baseline/device/", keys: [fakeKey()], ...overrides };
}
