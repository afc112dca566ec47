import {
  CreateAccessKeyCommand,
  CreateVirtualMFADeviceCommand,
  ListMFADevicesCommand,
  ListVirtualMFADevicesCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { type DeviceEmulation, deviceEmulation, SUFFIX } from "../support/device-emulation";
import { EMULATOR_ACCOUNT_ID } from "../support/emulator";

jest.setTimeout(120_000);

// the app reads the code from the picture; here it gets what the picture says
jest.mock("qrcode", () => ({
  toString: async (url: string) => {
    world.talk.url = url;
    return "<the QR code>";
  },
}));

let world: DeviceEmulation;
const own = { ...process.env };

beforeAll(async () => {
  world = await deviceEmulation();
});
beforeEach(async () => {
  await world.reset();
  expect((await world.baseline("device", "config", "laptop", "--write")).code).toBe(0);
});
afterAll(async () => {
  await world?.stop();
  process.env = own;
});

const onboard = (...more: readonly string[]) => world.baseline("device", "onboard", "laptop", ...more);

/** Runs with a session of a role in place of the account's own credentials. */
async function actingAs(roleName: string, work: () => Promise<void>) {
  const sts = new STSClient(world.emulator.client);
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${EMULATOR_ACCOUNT_ID}:role/baseline/${roleName}-${SUFFIX}`,
      RoleSessionName: "desk",
    }),
  );
  sts.destroy();
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials?.SessionToken,
  });
  try {
    await work();
  } finally {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY });
    delete process.env["AWS_SESSION_TOKEN"];
  }
}

describe("onboarding a device", () => {
  test("leads from the user to a session of each role, with three codes", async () => {
    const { code, result, progress } = await onboard("--yes");
    expect({ code, progress }).toMatchObject({ code: 0 });
    for (const role of ["daily", "admin"]) {
      expect(result).toContain(`arn:aws:sts::${EMULATOR_ACCOUNT_ID}:assumed-role/${role}-${SUFFIX}/laptop`);
    }
    expect(world.talk.codes).toHaveLength(3);
    expect(new Set(world.talk.codes).size).toBe(3);
    const { MFADevices } = await world.iam.send(new ListMFADevicesCommand({ UserName: "laptop" }));
    expect(MFADevices?.map(({ SerialNumber }) => SerialNumber)).toEqual([
      `arn:aws:iam::${EMULATOR_ACCOUNT_ID}:mfa/laptop`,
    ]);
    // the first key was rotated away: one is left, and it is the one in the key store
    const keys = await world.keys();
    expect(keys.map(({ id }) => id)).toEqual([world.vault().keys["dev"]?.id]);
    expect(progress).toContain("device.key-deleted");
  });

  test("takes less than five minutes of a person with codes", async () => {
    const start = world.talk.time;
    await onboard("--yes");
    expect((world.talk.time - start) / 1000).toBeLessThan(300);
  });

  test("shows neither a secret nor the seed nor a whole key id, whatever is looked at", async () => {
    await onboard("--yes");
    const seen = world.seen();
    const seed = new URL(world.talk.url ?? "").searchParams.get("secret") ?? "";
    expect(seed).toMatch(/^[A-Z2-7]{16,}$/);
    const secrets = [seed, ...Object.values(world.vault().keys).flatMap(({ id, secret }) => [id, secret])];
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(10);
      expect(seen).not.toContain(secret);
    }
    expect(seen).toContain("<the QR code>");
  });

  test("never gives a secret to a program as an argument, and none of the caller's credentials at all", async () => {
    await onboard("--yes");
    const { calls, keys } = world.vault();
    expect(calls.length).toBeGreaterThan(2);
    for (const { argv, inherited } of calls) {
      expect(argv.join(" ")).not.toContain(keys["dev"]?.secret);
      expect(inherited).toBeNull();
    }
  });

  test("shows the seed where it is asked for, to the terminal alone", async () => {
    const { result, progress } = await onboard("--yes", "--show-seed");
    const seed = new URL(world.talk.url ?? "").searchParams.get("secret") ?? "";
    expect(world.talk.shown.join("\n")).toContain(seed);
    expect(result + progress).not.toContain(seed);
  });

  test("tells the steps and changes nothing without --yes", async () => {
    const { code, result } = await onboard("--format", "json");
    expect(code).toBe(2);
    expect(
      JSON.parse(result).steps.map(({ step, state }: { step: string; state: string }) => [step, state]),
    ).toEqual([
      ["user", "done"],
      ["key", "to-do"],
      ["mfa", "to-do"],
      ["session", "to-do"],
      ["rotation", "to-do"],
      ["roles", "to-do"],
    ]);
    expect(await world.keys()).toEqual([]);
  });

  test("waits for the next code and counts down", async () => {
    await onboard("--yes");
    expect(world.talk.shown.filter((text) => text.startsWith("The next code in")).length).toBeGreaterThan(10);
  });
});

describe("an onboarding that was broken off", () => {
  test("after the key goes on with the MFA device", async () => {
    process.env["FAKE_VAULT_FAILS"] = "nothing";
    const { AccessKey } = await world.iam.send(new CreateAccessKeyCommand({ UserName: "laptop" }));
    await vaultHolds(AccessKey?.AccessKeyId, AccessKey?.SecretAccessKey);
    const { code } = await onboard("--yes");
    expect(code).toBe(0);
    expect(await world.keys()).toHaveLength(1);
  });

  test("after an MFA device was made and not enrolled makes another, as the seed is lost", async () => {
    await world.iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "laptop" }));
    const { code, progress } = await onboard("--yes");
    expect({ code, progress }).toMatchObject({
      code: 0,
      progress: expect.stringContaining("device.mfa-deleted"),
    });
    const { VirtualMFADevices } = await world.iam.send(new ListVirtualMFADevicesCommand({}));
    expect(VirtualMFADevices).toHaveLength(1);
  });

  test("is done where it is done: a second run makes no key and no device", async () => {
    await onboard("--yes");
    const keys = await world.keys();
    const asked = world.talk.codes.length;
    const { code, progress } = await onboard("--yes");
    expect(code).toBe(0);
    expect(await world.keys()).toEqual(keys);
    expect(progress).not.toMatch(/key-made|mfa-made/);
    // one for the session that looks through the roles
    expect(world.talk.codes.length - asked).toBe(1);
  });

  test("with a key that nobody holds is refused, and goes on with --replace-key", async () => {
    await world.iam.send(new CreateAccessKeyCommand({ UserName: "laptop" }));
    const refused = await onboard("--yes");
    expect(refused).toMatchObject({
      code: 1,
      progress: expect.stringMatching(/never used .*--replace-key.*nothing was changed/),
    });
    expect(await world.keys()).toHaveLength(1);
    expect((await onboard("--yes", "--replace-key")).code).toBe(0);
    expect(await world.keys()).toHaveLength(1);
  });
});

describe("onboarding refuses, and leaves everything as it was,", () => {
  test("where the key store does not take the key", async () => {
    process.env["FAKE_VAULT_FAILS"] = "add";
    const { code, progress } = await onboard("--yes");
    expect(code).toBe(1);
    expect(progress).toMatch(/aws-vault add dev: expected exit code 0/);
    expect(await world.keys()).toEqual([]);
  });

  test("where the profiles are not written yet, which aws-vault would make its own of", async () => {
    const { code, progress } = await world.baseline("device", "onboard", "desk", "--yes");
    expect({ code, progress }).toMatchObject({
      code: 1,
      progress: expect.stringMatching(/device config desk .*--write/),
    });
  });

  test("where there is no user yet", async () => {
    await world.baseline("device", "config", "desk", "--write", "--prefix", "desk-");
    const { code, progress } = await world.baseline("device", "onboard", "desk", "--yes");
    expect({ code, progress }).toMatchObject({
      code: 1,
      progress: expect.stringMatching(/no IAM user desk yet: deploy the identity stack first/),
    });
  });

  test("where nobody is at the terminal", async () => {
    world.talk.present = false;
    const { code, progress } = await onboard("--yes");
    expect({ code, progress }).toMatchObject({
      code: 1,
      progress: expect.stringContaining("somebody at a terminal"),
    });
    expect(await world.keys()).toEqual([]);
  });

  test("where there is no aws-vault", async () => {
    const { PATH } = process.env;
    process.env["PATH"] = "/nowhere";
    const { code, progress } = await onboard("--yes");
    process.env["PATH"] = PATH;
    expect({ code, progress }).toMatchObject({
      code: 1,
      progress: expect.stringMatching(/aws-vault: expected the program, got none on the PATH/),
    });
    expect(await world.keys()).toEqual([]);
  });

  test("where the caller's role may not make keys of others, by the policies that are declared", async () => {
    await actingAs("daily", async () => {
      const { code, progress } = await onboard("--yes");
      expect({ code, progress }).toMatchObject({
        code: 1,
        progress: expect.stringMatching(
          /step key: iam:ListAccessKeys .*will be refused: .*nothing was changed/,
        ),
      });
      const told = await onboard("--format", "json");
      expect(JSON.parse(told.result).steps[1].permission.answer).toBe("denied");
    });
    expect(await world.keys()).toEqual([]);
  });

  test("where both ways are asked for", async () => {
    expect((await onboard("--yes", "--dry-run")).progress).toMatch(/leave one out/);
    expect((await onboard("--pipe", "cat", "--to", "aws-vault")).progress).toMatch(
      /--pipe: expected with --to pipe/,
    );
    expect((await onboard("--write")).progress).toMatch(/--write: expected with device config/);
  });
});

describe("an administrator's role", () => {
  test("is known to be allowed", async () => {
    await actingAs("admin", async () => {
      const { result } = await onboard("--format", "json");
      const steps: { step: string; permission?: { answer: string; because?: string } }[] =
        JSON.parse(result).steps;
      expect(
        steps.filter(({ permission }) => permission !== undefined && permission.answer !== "allowed"),
      ).toEqual([]);
    });
  });
});

describe("handing a key to a pipe", () => {
  test("gives it to the command's standard input and to nothing else", async () => {
    const { code, result, progress } = await onboard("--yes", "--pipe", `cat > ${world.home}/taken.json`);
    expect({ code, progress }).toMatchObject({ code: 0 });
    const taken = require("node:fs").readFileSync(`${world.home}/taken.json`, "utf8") as string;
    const { SecretAccessKey } = JSON.parse(taken) as { SecretAccessKey: string };
    expect(SecretAccessKey.length).toBeGreaterThan(20);
    expect(result + progress + world.seen()).not.toContain(SecretAccessKey);
  });
});

/** Puts a key into the fake store, as an earlier run did. */
async function vaultHolds(id: string | undefined, secret: string | undefined) {
  require("node:fs").writeFileSync(
    `${world.home}/vault.json`,
    JSON.stringify({ keys: { dev: { id, secret } }, calls: [] }),
  );
}
