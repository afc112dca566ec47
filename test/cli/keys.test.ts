import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListUserTagsCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { reactivateKey } from "../../src/cli/keys/reactivate-key";
import { REACTIVATION_TAGS } from "../../src/credentials/reactivation";
import type { Environment, EnvironmentInput } from "../../src/environment/environment";
import { repositoryUserName } from "../../src/environment/iam-names";
import { dailyAt } from "../../src/environment/schedule";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { device, environment, NOW } from "../builders/environment";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "../support/emulator";
import { type Project, projectOf } from "./project";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(60_000);

/** The emulator dates keys by the real clock, so the command has to look at it too. */
const now = () => new Date();

const keyRules: EnvironmentInput["keyRules"] = {
  schedule: dailyAt("00:00", "Asia/Tokyo"),
  dryRun: false,
  rules: { nightly: { appliesTo: { path: "device" }, nightly: true, reason: "keys are for the day" } },
  reactivation: { maxHours: 48 },
};

const home: EnvironmentInput = environment({
  name: "home",
  accountId: EMULATOR_ACCOUNT_ID,
  devices: { laptop: device(), desk: device({ owner: "ben" }) },
  breakGlass: { emergency: { owner: "anna", roles: ["daily"] } },
  keyRules,
  recovery: "break-glass-user",
});
const elsewhere: EnvironmentInput = environment({
  name: "elsewhere",
  accountId: "444455556666",
  devices: { tablet: device() },
});

let emulator: Emulator;
let iam: IAMClient;
let project: Project;
const before = { ...process.env };

beforeAll(async () => {
  emulator = await startEmulator({ managedPolicies: false });
  Object.assign(process.env, emulator.environment);
  iam = new IAMClient(emulator.client);
  project = projectOf([home, elsewhere], now);
});
beforeEach(async () => {
  await emulator.reset();
});
afterAll(async () => {
  project?.remove();
  iam?.destroy();
  await emulator?.stop();
  process.env = before;
});

async function user(userName: string, path: string, ...statuses: ("Active" | "Inactive")[]) {
  await iam.send(new CreateUserCommand({ UserName: userName, Path: path }));
  const ids: string[] = [];
  for (const Status of statuses) {
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: userName }));
    const AccessKeyId = AccessKey?.AccessKeyId ?? "";
    if (Status === "Inactive") {
      await iam.send(new UpdateAccessKeyCommand({ UserName: userName, AccessKeyId, Status }));
    }
    ids.push(AccessKeyId);
  }
  return ids;
}

async function statuses(userName: string) {
  const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName: userName }));
  return (AccessKeyMetadata ?? []).map(({ Status }) => Status);
}

async function tags(userName: string) {
  const { Tags } = await iam.send(new ListUserTagsCommand({ UserName: userName }));
  return Object.fromEntries((Tags ?? []).map(({ Key, Value }) => [Key, Value]));
}

describe("reactivating a key", () => {
  const validated = () => validateBaseline([home], NOW)[0] as Environment;
  const key = { accessKeyId: "AKIAEXAMPLEEXAMPLE77", status: "Inactive", createDate: NOW } as const;
  const request = {
    userName: "laptop",
    reason: "demo",
    hours: undefined,
    lastFour: undefined,
    despiteQuarantine: false,
    by: "arn",
  };

  function account(
    failing?: "tag" | "activate",
    quarantineOf: () => Promise<string | undefined> = async () => undefined,
  ) {
    const calls: string[] = [];
    const act = (name: "tag" | "activate") => async () => {
      calls.push(name);
      if (name === failing) throw new Error("AccessDenied on AKIAEXAMPLEEXAMPLE77");
    };
    const never = () => {
      throw new Error("the role of the reactivate workflow may not ask this");
    };
    const iam = {
      listUsers: never,
      lastUsed: never,
      listTags: never,
      deactivate: never,
      listAccessKeys: async () => [key],
      tag: act("tag"),
      activate: act("activate"),
      quarantineOf,
    };
    return { calls, iam };
  }
  const nothing = () => {};

  describe("of a user whom AWS has quarantined", () => {
    const quarantined = async () => "AWSCompromisedKeyQuarantineV3";
    const unknown = async () => {
      throw new Error("AccessDenied");
    };

    test.each([
      ["is refused", quarantined, "AWSCompromisedKeyQuarantineV3"],
      ["is refused where nobody knows whether it is one", unknown, "--despite-quarantine"],
    ])("%s, and nothing is changed", async (_what, quarantineOf, message) => {
      const { iam, calls } = account(undefined, quarantineOf);
      await expect(reactivateKey(iam, validated(), request, NOW, nothing)).rejects.toThrow(message);
      expect(calls).toEqual([]);
    });

    test.each([
      ["quarantined", quarantined, "AWSCompromisedKeyQuarantineV3"],
      ["perhaps quarantined", unknown, "not known"],
    ])("goes on where it is meant, and the log says so: %s", async (_what, quarantineOf, despite) => {
      const { iam, calls } = account(undefined, quarantineOf);
      const logged: unknown[] = [];
      const meant = { ...request, despiteQuarantine: true };
      await reactivateKey(iam, validated(), meant, NOW, (_event, fields) => logged.push(fields));
      expect(calls).toEqual(["tag", "activate"]);
      expect(logged).toContainEqual(expect.objectContaining({ despiteQuarantine: despite }));
    });
  });

  test("writes the tags before it sets the key to Active, and asks no more than the workflow's role may", async () => {
    const { iam, calls } = account();
    const done = await reactivateKey(iam, validated(), request, NOW, nothing);
    expect(calls).toEqual(["tag", "activate"]);
    expect(done.until).toEqual(new Date(NOW.getTime() + 8 * 3_600_000));
  });

  test("leaves the key alone where the tags could not be written", async () => {
    const { iam, calls } = account("tag");
    await expect(reactivateKey(iam, validated(), request, NOW, nothing)).rejects.toThrow(/not touched/);
    expect(calls).toEqual(["tag"]);
  });

  test("says what was done where the key could not be set to Active, without its id", async () => {
    const { iam } = account("activate");
    const refusal = reactivateKey(iam, validated(), request, NOW, nothing);
    await expect(refusal).rejects.toThrow(/\*\*\*\*LE77 .* was not set to Active; the tags are written/);
    await expect(refusal).rejects.not.toThrow(/AKIA/);
  });

  test.each([
    // the run starts at 15:00 UTC, three hours from now
    [
      "that ends before the next run is told to hold until that run",
      2,
      /^until the next run, .*ends before it/,
      false,
    ],
    [
      "that outlives the next run is told to be kept by it",
      4,
      /^until 2026-11-23T16:00:00.000Z: the next run/,
      true,
    ],
  ])("for a time %s", async (_what, hours, holds, honouredByNextRun) => {
    const done = await reactivateKey(account().iam, validated(), { ...request, hours }, NOW, nothing);
    expect(done).toMatchObject({ holds: expect.stringMatching(holds), honouredByNextRun });
  });

  test("without tags, where the environment honours no exception, holds until the next run", async () => {
    const { reactivation: _, ...rules } = keyRules ?? {};
    const [strict] = validateBaseline([{ ...home, keyRules: rules as typeof keyRules }], NOW);
    const { iam, calls } = account();
    const done = await reactivateKey(iam, strict as Environment, request, NOW, nothing);
    expect(calls).toEqual(["activate"]);
    expect(done.holds).toMatch(/^until the next run, 2026-11-24 00:00 Asia\/Tokyo \(2026-11-23T15:00:00Z\)/);
  });
});

describe("keys list", () => {
  test("tells every key of the managed users and what the next run does to it, without a whole key id", async () => {
    const [active = ""] = await user("laptop", "/baseline/device/", "Active");
    const [inactive = ""] = await user("octo.website", "/baseline/ci/", "Inactive");
    await user("emergency", "/baseline/break-glass/", "Active");
    await user("stray", "/baseline/device/", "Active");
    await user("stranger", "/", "Active");
    const { code, result, progress } = await project.baseline("keys", "list", "home", "--format", "json");
    const [list] = JSON.parse(result);
    expect(code).toBe(0);
    expect(list.keys).toMatchObject([
      {
        userName: "emergency",
        kind: "break-glass",
        decision: "keep",
        because: expect.stringContaining("exempt"),
      },
      {
        userName: "laptop",
        kind: "device",
        key: `****${active.slice(-4)}`,
        status: "Active",
        decision: "deactivate",
      },
      {
        userName: "octo.website",
        key: `****${inactive.slice(-4)}`,
        status: "Inactive",
        inactiveDaysAtMost: 0,
      },
      { userName: "stray", kind: "undeclared", decision: "deactivate" },
    ]);
    expect(result + progress).not.toContain(active);
  });

  test("tells when the next run starts, in its zone and in UTC", async () => {
    await user("laptop", "/baseline/device/", "Active");
    const { result } = await project.baseline("keys", "list", "home");
    expect(result).toMatch(/Next run: \d{4}-\d\d-\d\d 00:00 Asia\/Tokyo \(\d{4}-\d\d-\d\dT15:00:00Z\)/);
  });

  test("without a name lists the environments of the account, and says which it left out", async () => {
    const { code, result, progress } = await project.baseline("keys", "list");
    expect(code).toBe(0);
    expect(result).toContain("environment home");
    expect(result).not.toContain("elsewhere");
    expect(progress).toContain("environment elsewhere (account 444455556666)");
  });

  test("refuses an environment of another account, and names both accounts", async () => {
    const { code, result, progress } = await project.baseline("keys", "list", "elsewhere");
    expect(code).toBe(1);
    expect(result).toBe("");
    expect(progress).toContain("444455556666");
    expect(progress).toContain(EMULATOR_ACCOUNT_ID);
  });
});

describe("keys deactivate", () => {
  test.each([[["--dry-run"]], [[]]])(
    "with %j changes nothing, and says by exit code 2 that it would",
    async (flags) => {
      await user("laptop", "/baseline/device/", "Active", "Inactive");
      const { code, result } = await project.baseline("keys", "deactivate", "home", ...flags);
      expect(code).toBe(2);
      expect(result).toContain("would be deactivated");
      expect(result).toContain("rule nightly, every night: keys are for the day");
      expect(await statuses("laptop")).toEqual(["Active", "Inactive"]);
    },
  );

  test("with --yes deactivates what the rules end and nothing else", async () => {
    await user("laptop", "/baseline/device/", "Active", "Active");
    await user("emergency", "/baseline/break-glass/", "Active");
    await user("octo.website", "/baseline/ci/", "Active");
    const { code, result, progress } = await project.baseline(
      "keys",
      "deactivate",
      "home",
      "--yes",
      "--no-wait",
    );
    expect(code).toBe(0);
    expect(result).toContain("2 deactivated");
    expect(result).toContain("Not looked at again");
    expect(progress).toMatch(/event=keys\.user .*userName=laptop/);
    expect(await statuses("laptop")).toEqual(["Inactive", "Inactive"]);
    expect(await statuses("emergency")).toEqual(["Active"]);
    expect(await statuses("octo.website")).toEqual(["Active"]);
  });

  test("fails where the managed path holds nobody", async () => {
    expect((await project.baseline("keys", "deactivate", "home", "--dry-run")).code).toBe(1);
  });

  test("refuses --yes beside --dry-run", async () => {
    await user("laptop", "/baseline/device/", "Active");
    const { code } = await project.baseline("keys", "deactivate", "home", "--yes", "--dry-run");
    expect(code).toBe(1);
    expect(await statuses("laptop")).toEqual(["Active"]);
  });
});

describe("keys reactivate", () => {
  const reactivate = (...argv: string[]) => project.baseline("keys", "reactivate", ...argv);

  test("sets the only key to Active, with tags that say which, until when and why", async () => {
    const [id = ""] = await user("laptop", "/baseline/device/", "Inactive");
    const { code, result } = await reactivate("laptop", "--reason", "demo in Tokyo", "--hours", "48");
    expect(code).toBe(0);
    expect(await statuses("laptop")).toEqual(["Active"]);
    expect(await tags("laptop")).toEqual({
      [REACTIVATION_TAGS.key]: id.slice(-4),
      [REACTIVATION_TAGS.until]: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      [REACTIVATION_TAGS.reason]: "demo in Tokyo",
    });
    expect(result).toMatch(/until .*: the next run, .* Asia\/Tokyo \(.*\), keeps it/);
  });

  test("is honoured by the run that comes next", async () => {
    await user("laptop", "/baseline/device/", "Inactive");
    await reactivate("laptop", "--reason", "demo", "--hours", "48");
    const { code, result } = await project.baseline("keys", "deactivate", "home", "--yes", "--no-wait");
    expect(code).toBe(0);
    expect(result).toContain("1 kept for now");
    expect(await statuses("laptop")).toEqual(["Active"]);
  });

  test("logs who did what, and why, as a line of JSON where the result is JSON", async () => {
    const [id = ""] = await user("laptop", "/baseline/device/", "Inactive");
    const { result, progress } = await reactivate("laptop", "--reason", "demo", "--format", "json");
    const events = progress
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events).toMatchObject([
      { event: "keys.tagged", userName: "laptop", environment: "home" },
      {
        event: "keys.reactivated",
        reason: "demo",
        key: `****${id.slice(-4)}`,
        by: expect.stringContaining("arn:"),
      },
    ]);
    expect(result + progress).not.toContain(id);
  });

  test("changes one key of several, the one that is named", async () => {
    const [, second = ""] = await user("laptop", "/baseline/device/", "Inactive", "Inactive");
    const { code } = await reactivate("laptop", "--reason", "demo", "--key", second.slice(-4));
    expect(code).toBe(0);
    expect(await statuses("laptop")).toEqual(["Inactive", "Active"]);
  });

  test("refuses a name that two environments declare, until it is said whose", async () => {
    const { code, progress } = await reactivate("octo/website", "--reason", "release");
    expect(code).toBe(1);
    expect(progress).toContain("--environment");
  });

  test("knows a repository by its own name", async () => {
    const userName = repositoryUserName("octo/website");
    await user(userName, "/baseline/ci/", "Inactive");
    expect((await reactivate("octo/website", "--reason", "release", "--environment", "home")).code).toBe(0);
    expect(await statuses(userName)).toEqual(["Active"]);
  });

  describe("refuses, and changes nothing:", () => {
    beforeEach(async () => {
      await user("laptop", "/baseline/device/", "Inactive", "Inactive");
      await user("desk", "/baseline/device/", "Inactive");
      await user("emergency", "/baseline/break-glass/", "Inactive");
      await user("stray", "/baseline/device/", "Inactive");
    });

    test.each([
      ["several keys and none chosen", ["laptop", "--reason", "demo"], "--key ABCD"],
      ["a key that the user does not have", ["laptop", "--reason", "demo", "--key", "ZZ99"], "0 that fit"],
      ["no reason", ["desk"], "--reason"],
      ["an empty reason", ["desk", "--reason", " "], "--reason"],
      ["a reason that no tag can hold", ["desk", "--reason", "<now>"], "reason"],
      ["more hours than the environment allows", ["desk", "--reason", "demo", "--hours", "49"], "at most 48"],
      ["no hours at all", ["desk", "--reason", "demo", "--hours", "0"], "more than 0"],
      ["hours that are no number", ["desk", "--reason", "demo", "--hours", "long"], "--hours"],
      ["a break-glass user", ["emergency", "--reason", "demo"], "break-glass"],
      ["an undeclared user", ["stray", "--reason", "demo"], "declares"],
      ["two users at once", ["desk", "laptop", "--reason", "demo"], "one user"],
      ["a user of another account", ["tablet", "--reason", "demo"], "444455556666"],
      ["an option of another action", ["desk", "--reason", "demo", "--yes"], "--yes"],
    ])("%s", async (_what, argv, told) => {
      const { code, progress } = await reactivate(...argv);
      expect(code).toBe(1);
      expect(progress).toContain(told);
      for (const name of ["laptop", "desk", "emergency", "stray"]) {
        expect(await statuses(name)).not.toContain("Active");
        expect(await tags(name)).toEqual({});
      }
    });
  });
});
