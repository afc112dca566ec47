import { IAMClient } from "@aws-sdk/client-iam";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { mockClient } from "aws-sdk-client-mock";
import { respondHandler } from "../../../lambda/respond/respond-handler";
import { DRILL_SOURCE, drillDetail } from "../../../src/detection/drill";
import { readSessionCutoff, sessionCutoffDocument } from "../../../src/policies/session-cutoff-policy";
import { CASES, SCOPE } from "../../fixtures/detection/cases";
import { FakeResponseIam, fault, type LeakedKey, userIdOf } from "../../support/fake-response-iam";
import { VirtualTime } from "../../support/virtual-time";

const iamMock = mockClient(IAMClient);
const sns = mockClient(SNSClient);

/** What a cold start of the function takes at worst: download, boot, loading the code. */
const COLD_START_MS = 3_000;
/** Seconds of the function in the stack. */
const TIMEOUT_MS = 55_000;
const HAPPENED = "2026-11-25T03:34:56Z";
const KEY = "AKIAIOSFODNN7EXAMPLE";
const OTHER_KEY = "AKIAI44QH8DHBEXAMPLE";

const key = (
  id: string,
  status: LeakedKey["status"] = "Active",
  createDate = new Date("2026-10-01T00:00:00Z"),
) => ({
  id,
  status,
  createDate,
});

/** The account, the clock and the function; a process of it, which may be started anew. */
function accountOf(
  users: Readonly<Record<string, LeakedKey[]>>,
  options: { readonly oneByOne?: boolean; readonly publish?: () => unknown } = {},
) {
  iamMock.reset();
  sns.reset();
  const time = new VirtualTime(HAPPENED);
  const iam = new FakeResponseIam(users);
  iam.mount(iamMock);
  sns.on(PublishCommand).callsFake(options.publish ?? (() => ({ MessageId: "1" })));
  const newProcess = () =>
    respondHandler({
      iam: new IAMClient({ region: "us-east-1" }),
      sns: new SNSClient({ region: "us-east-1" }),
      variables: {
        ENVIRONMENT: "personal",
        TOPIC_ARN: "arn:aws:sns:ap-northeast-1:111122223333:baseline-detection",
        DETECTION_SCOPE: JSON.stringify(SCOPE),
        CUTOFF_POLICY_ARN: "arn:aws:iam::111122223333:policy/baseline/baseline-session-cutoff",
        ONE_BY_ONE: String(options.oneByOne ?? true),
      },
      now: time.now,
      sleep: time.sleep,
    });
  let handler = newProcess();
  return {
    iam,
    time,
    restart: () => {
      handler = newProcess();
    },
    /** Invokes the function, cold; what it takes is what the account sees. */
    send: async (event: unknown) => {
      time.advance(COLD_START_MS);
      const end = time.now().getTime() + TIMEOUT_MS;
      return handler(event, {
        awsRequestId: "run-1",
        getRemainingTimeInMillis: () => end - time.now().getTime(),
      });
    },
    elapsedMs: () => time.now().getTime() - Date.parse(HAPPENED),
    cut: () => readSessionCutoff(iam.document),
    told: () => sns.commandCalls(PublishCommand).map(({ args: [{ input }] }) => input),
  };
}

const leaked = (entities: readonly string[], time = HAPPENED) => ({
  version: "0",
  id: "7c1b2d0e-0000-4000-8000-000000000001",
  source: "aws.health",
  "detail-type": "AWS Health Event",
  account: SCOPE.accountId,
  region: "us-east-1",
  time,
  detail: {
    service: "RISK",
    eventTypeCode: "AWS_RISK_CREDENTIALS_EXPOSED",
    affectedEntities: entities.map((entityValue) => ({ entityValue })),
  },
});
const quarantined = CASES["quarantine-attached"].told[0];

let output: string[] = [];
let spies: jest.SpyInstance[] = [];
beforeEach(() => {
  output = [];
  spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, "write").mockImplementation((chunk) => {
      output.push(String(chunk));
      return true;
    }),
  );
  for (const method of ["log", "info", "warn", "error"] as const)
    spies.push(jest.spyOn(console, method).mockImplementation((...words) => output.push(words.join(" "))));
});
afterEach(() => {
  for (const spy of spies) spy.mockRestore();
});

describe("a leaked key", () => {
  test("ends: every key of the user Inactive, its sessions denied, people told", async () => {
    const account = accountOf({
      work: [key(KEY), key(OTHER_KEY, "Inactive")],
      home: [key("AKIAHOMEHOMEHOMEHOME")],
    });
    expect(await account.send(leaked(["work"]))).toEqual({ kind: "responded", users: 1, told: 1 });
    expect(account.iam.users["work"]?.map(({ status }) => status)).toEqual(["Inactive", "Inactive"]);
    expect(account.iam.users["home"]?.[0]?.status).toBe("Active");
    expect(account.cut()).toEqual([
      { userName: "work", userId: userIdOf("work"), before: new Date("2026-11-25T03:35:59Z") },
    ]);
    expect(account.told()).toMatchObject([
      {
        Subject: "[personal] critical: keys and sessions of work ended",
        Message: expect.stringMatching(
          /^Response for user work \(device of \w+\), because AWS Health: AWS_RISK_CREDENTIALS_EXPOSED\.\n\nAccess key \*\*\*\*MPLE: set to Inactive\.\nAccess key \*\*\*\*MPLE: was Inactive already\.\nSessions: those of this user, in roles too, that began before 2026-11-25 12:35:59 \(Asia\/Tokyo\) are denied everything\.[\s\S]*baseline respond work --lift[\s\S]*leaked-key\.md$/,
        ),
      },
    ]);
  });

  test.each([
    ["a user's ARN", "arn:aws:iam::111122223333:user/baseline/device/work"],
    ["the key's id, whose user IAM tells", KEY],
  ])("is found by %s", async (_what, entity) => {
    const account = accountOf({ work: [key(KEY)] });
    await account.send(leaked([entity]));
    expect(account.iam.users["work"]?.[0]?.status).toBe("Inactive");
  });

  test("of a user that AWS has quarantined ends, too", async () => {
    const account = accountOf({ work: [key(KEY)] });
    expect(await account.send(quarantined)).toMatchObject({ kind: "responded", users: 1 });
    expect(account.iam.users["work"]?.[0]?.status).toBe("Inactive");
  });

  test("ends by a person's call of the function", async () => {
    const account = accountOf({ work: [key(KEY)] });
    await account.send({ respond: { user: "work", reason: "laptop was stolen" } });
    expect(account.iam.users["work"]?.[0]?.status).toBe("Inactive");
    expect(account.told()[0]?.Message).toContain("because laptop was stolen");
  });

  test("of nobody is told, as root or a user who is gone may be meant", async () => {
    const account = accountOf({});
    await account.send(leaked(["AKIAROOTROOTROOTROOT"]));
    expect(account.told()).toMatchObject([{ Subject: expect.stringContaining("nobody's keys were ended") }]);
  });

  test("of a user who is gone leaves no session in roles", async () => {
    const account = accountOf({});
    await account.send(leaked(["work"]));
    expect(account.cut()).toMatchObject([{ userName: "work" }]);
    expect(account.told()[0]?.Message).toContain("there is no user work any more");
  });

  test("cuts everybody's sessions where roles do not tell whose theirs are", async () => {
    const account = accountOf({ work: [key(KEY)] }, { oneByOne: false });
    await account.send(leaked(["work"]));
    expect(account.cut()).toEqual([{ before: new Date("2026-11-25T03:35:59Z") }]);
    expect(account.told()[0]?.Message).toContain("of everybody in the environment");
  });

  test("of a drill is ended for real, and called a drill", async () => {
    const account = accountOf({ work: [key(KEY)] });
    const drill = {
      source: DRILL_SOURCE,
      "detail-type": "AWS Health Event",
      time: HAPPENED,
      detail: drillDetail(SCOPE, "work", "d-1"),
    };
    await account.send(drill);
    expect(account.iam.users["work"]?.[0]?.status).toBe("Inactive");
    expect(account.told()[0]?.Subject).toContain("(drill)");
  });

  test.each([
    ["an event of something else", CASES["root-used"].told[0]],
    ["a person's words in an event of the bus", { source: "x.y", respond: { user: "work" } }],
    [
      "a drill of another environment",
      {
        source: DRILL_SOURCE,
        "detail-type": "AWS Health Event",
        detail: { ...drillDetail(SCOPE, "work", "d"), drill: "444455556666/baseline" },
      },
    ],
    [
      "a quarantine that was refused",
      { ...quarantined, detail: { ...(quarantined?.["detail"] as object), errorCode: "AccessDenied" } },
    ],
    ["nothing", null],
  ])("is not: %s", async (_what, event) => {
    const account = accountOf({ work: [key(KEY)] });
    expect(await account.send(event)).toEqual({ kind: "nothing" });
    expect(account.iam.calls).toEqual([]);
  });
});

describe("the same news again", () => {
  test("changes nothing and tells nobody", async () => {
    const account = accountOf({ work: [key(KEY)] });
    await account.send(leaked(["work"]));
    const before = account.cut();
    expect(await account.send(leaked(["work"]))).toEqual({ kind: "responded", users: 1, told: 0 });
    expect(account.cut()).toEqual(before);
  });

  test("an hour later leaves the new key and the new sessions alone", async () => {
    const account = accountOf({ work: [key(KEY)] });
    await account.send(leaked(["work"]));
    account.time.advance(3_600_000);
    account.iam.users["work"]?.push(key("AKIANEWKEYNEWKEYNEWK", "Active", account.time.now()));
    const before = account.cut();
    account.restart();
    await account.send(leaked(["work"]));
    expect(account.iam.users["work"]?.map(({ status }) => status)).toEqual(["Inactive", "Active"]);
    expect(account.cut()).toEqual(before);
  });

  test("that is later news is acted on: the new key leaked, too", async () => {
    const account = accountOf({ work: [key(KEY)] });
    await account.send(leaked(["work"]));
    account.time.advance(3_600_000);
    account.iam.users["work"]?.push(key("AKIANEWKEYNEWKEYNEWK", "Active", account.time.now()));
    await account.send(leaked(["work"], account.time.now().toISOString()));
    expect(account.iam.users["work"]?.map(({ status }) => status)).toEqual(["Inactive", "Inactive"]);
    expect(account.cut()?.[0]?.before.toISOString()).toBe("2026-11-25T04:36:02.000Z");
  });

  test("out of order: the quarantine is handled before the leak that caused it", async () => {
    const account = accountOf({ work: [key(KEY)] });
    await account.send(quarantined);
    const before = account.cut();
    expect(await account.send(leaked(["work"], "2026-11-25T03:34:50Z"))).toMatchObject({ kind: "responded" });
    expect(account.cut()).toEqual(before);
  });
});

describe("within a minute of the event, a cold start included", () => {
  /** Fails every call of these names until so long after the event. */
  const until =
    (milliseconds: number, name: string, calls: readonly string[] | "all") =>
    (account: ReturnType<typeof accountOf>) => {
      account.iam.before = async (call) => {
        await account.time.sleep(200);
        if ((calls === "all" || calls.includes(call)) && account.elapsedMs() < milliseconds)
          throw fault(name);
      };
    };

  const silent = (call: string, tries: number) => (account: ReturnType<typeof accountOf>) => {
    let left = tries;
    account.iam.before = async (name) => {
      await account.time.sleep(200);
      if (name !== call || left === 0) return;
      left -= 1;
      // what the client's limits make of silence
      await account.time.sleep(3_000);
      throw fault("TimeoutError");
    };
  };

  test.each([
    ["nothing goes wrong", () => {}],
    ["IAM throttles everything for half a minute", until(30_000, "Throttling", "all")],
    ["IAM throttles updates for half a minute", until(30_000, "Throttling", ["UpdateAccessKey"])],
    [
      "the policy cannot be written for half a minute",
      until(30_000, "ServiceFailure", ["CreatePolicyVersion"]),
    ],
    ["the policy cannot be read for half a minute", until(30_000, "ServiceFailure", ["GetPolicy"])],
    ["the user's id cannot be asked for", until(600_000, "ServiceFailure", ["GetUser"])],
    ["ListAccessKeys falls silent five times", silent("ListAccessKeys", 5)],
    ["CreatePolicyVersion falls silent five times", silent("CreatePolicyVersion", 5)],
  ])("%s", async (_what, arrange) => {
    const account = accountOf({ work: [key(KEY), key(OTHER_KEY)] });
    arrange(account);
    await account.send(leaked(["work"]));
    expect(account.iam.users["work"]?.map(({ status }) => status)).toEqual(["Inactive", "Inactive"]);
    expect(account.cut()).toHaveLength(1);
    expect(account.told()).toHaveLength(1);
    expect(account.elapsedMs()).toBeLessThanOrEqual(60_000);
  });

  test("an answer that is lost after the work was done is no loss: it is done once more", async () => {
    const account = accountOf({ work: [key(KEY)] });
    const lost = new Set<string>();
    account.iam.after = (call) => {
      if (lost.has(call)) return;
      lost.add(call);
      throw fault("ECONNRESET");
    };
    await account.send(leaked(["work"]));
    expect(account.iam.users["work"]?.[0]?.status).toBe("Inactive");
    expect(account.cut()).toHaveLength(1);
  });

  test("the keys end although the sessions cannot be denied, people hear of both, and Lambda runs it again", async () => {
    const account = accountOf({ work: [key(KEY)] });
    account.iam.before = (call) => {
      if (call === "CreatePolicyVersion") throw fault("AccessDenied");
    };
    await expect(account.send(leaked(["work"]))).rejects.toThrow("not complete");
    expect(account.iam.users["work"]?.[0]?.status).toBe("Inactive");
    expect(account.told()[0]?.Subject).toContain("NOT COMPLETE");
    expect(account.told()[0]?.Message).toMatch(
      /set to Inactive[\s\S]*Sessions: NOT DENIED \(AccessDenied[\s\S]*baseline respond work --reason/,
    );
    account.iam.before = () => {};
    await account.send(leaked(["work"]));
    expect(account.cut()).toHaveLength(1);
    expect(account.told()).toHaveLength(2);
  });

  test("the sessions are denied although a key cannot be ended, and the other key is", async () => {
    const account = accountOf({ work: [key(KEY), key(OTHER_KEY)] });
    account.iam.before = (call, { AccessKeyId }) => {
      if (call === "UpdateAccessKey" && AccessKeyId === KEY) throw fault("AccessDenied");
    };
    await expect(account.send(leaked(["work"]))).rejects.toThrow("not complete");
    expect(account.iam.users["work"]?.map(({ status }) => status)).toEqual(["Active", "Inactive"]);
    expect(account.cut()).toHaveLength(1);
    expect(account.told()[0]?.Message).toContain("STILL ACTIVE");
  });

  test("two leaks at once: both users end, in one function or in two", async () => {
    const account = accountOf({ work: [key(KEY)], home: [key(OTHER_KEY)] });
    await Promise.all([account.send(leaked(["work"])), account.send(leaked(["home"]))]);
    expect(account.cut()?.map(({ userName }) => userName)).toEqual(["home", "work"]);
    const other = accountOf({ work: [key(KEY)], home: [key(OTHER_KEY)] });
    await other.send(leaked(["work", "home"]));
    expect(other.cut()?.map(({ userName }) => userName)).toEqual(["home", "work"]);
  });

  test("what could not be told is told by the next try, though nothing is left to do", async () => {
    let fails = true;
    const account = accountOf(
      { work: [key(KEY)] },
      {
        publish: () => {
          if (fails) throw fault("InternalError");
          return { MessageId: "1" };
        },
      },
    );
    await expect(account.send(leaked(["work"]))).rejects.toThrow("InternalError");
    const tries = account.told().length;
    expect(tries).toBeGreaterThan(1);
    fails = false;
    await account.send(leaked(["work"]));
    expect(account.told()).toHaveLength(tries + 1);
  });

  test("somebody else's document in the policy is written over, and told", async () => {
    const account = accountOf({ work: [key(KEY)] });
    account.iam.write(
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
    );
    await account.send(leaked(["work"]));
    expect(account.cut()).toHaveLength(1);
    expect(account.told()[0]?.Message).toContain("held something that no response writes");
  });
});

test("everything is logged before it is done", async () => {
  const account = accountOf({ work: [key(KEY)] });
  const seen: string[] = [];
  account.iam.before = (call) => {
    if (call === "UpdateAccessKey") seen.push(String(output.some((line) => line.includes('"deactivating"'))));
    if (call === "CreatePolicyVersion")
      seen.push(String(output.some((line) => line.includes('"denying sessions"'))));
  };
  await account.send(leaked(["work"]));
  expect(seen).toEqual(["true", "true"]);
});

test("no key or user id is in any text", async () => {
  const account = accountOf({ work: [key(KEY), key(OTHER_KEY)] });
  account.iam.before = (call) => {
    if (call === "UpdateAccessKey") throw new Error(`no key ${KEY} of ${userIdOf("work")}`);
  };
  await expect(account.send(leaked([KEY]))).rejects.toThrow("not complete");
  const texts = [...output, JSON.stringify(account.told())].join("\n");
  expect(texts.length).toBeGreaterThan(500);
  expect(texts).not.toMatch(/A(KIA|SIA|IDA|ROA)[A-Z0-9]{12,}/);
});

test("refuses to start with settings that are wrong, and names each", async () => {
  const handler = respondHandler({
    iam: new IAMClient({ region: "us-east-1" }),
    sns: new SNSClient({ region: "us-east-1" }),
    variables: { ENVIRONMENT: "personal", ONE_BY_ONE: "yes" },
    now: () => new Date(),
    sleep: async () => {},
  });
  await expect(
    handler(leaked(["work"]), { awsRequestId: "x", getRemainingTimeInMillis: () => 1 }),
  ).rejects.toThrow(/TOPIC_ARN[\s\S]*CUTOFF_POLICY_ARN[\s\S]*ONE_BY_ONE[\s\S]*DETECTION_SCOPE/);
});

test("the policy as it is made denies nobody", () => {
  expect(readSessionCutoff(sessionCutoffDocument([]))).toEqual([]);
});
