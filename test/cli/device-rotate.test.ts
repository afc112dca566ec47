import { writeFileSync } from "node:fs";
import { CreateAccessKeyCommand, UpdateAccessKeyCommand } from "@aws-sdk/client-iam";
import { dailyAt } from "../../src/environment/schedule";
import { type DeviceEmulation, devEnvironment, deviceEmulation } from "../support/device-emulation";

jest.setTimeout(120_000);

let world: DeviceEmulation;
const own = { ...process.env };

beforeAll(async () => {
  world = await deviceEmulation(
    devEnvironment({
      keyRules: {
        schedule: dailyAt("00:00", "Asia/Tokyo"),
        rules: { old: { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "CIS 2.12" } },
      },
      recovery: { root: { acknowledgeRootRecovery: true } },
    }),
  );
});
beforeEach(async () => {
  await world.reset();
  // far from the nightly run
  world.talk.time = Date.parse(`${new Date(world.talk.time).toISOString().slice(0, 10)}T06:00:00Z`);
  expect((await world.baseline("device", "config", "laptop", "--write")).code).toBe(0);
});
afterAll(async () => {
  await world?.stop();
  process.env = own;
});

const rotate = (...more: readonly string[]) => world.baseline("device", "rotate", "laptop", ...more);

async function makeKey() {
  const { AccessKey } = await world.iam.send(new CreateAccessKeyCommand({ UserName: "laptop" }));
  return { id: AccessKey?.AccessKeyId ?? "", secret: AccessKey?.SecretAccessKey ?? "" };
}

function hold(key: { readonly id: string; readonly secret: string }) {
  writeFileSync(`${world.home}/vault.json`, JSON.stringify({ keys: { dev: key }, calls: [] }));
}

describe("rotating the key of a device", () => {
  test("makes a key, hands it over, tries it with the next code, and deletes the old one", async () => {
    const old = await makeKey();
    hold(old);
    const { code, progress } = await rotate();
    expect({ code, progress }).toMatchObject({ code: 0 });
    const held = world.vault().keys["dev"];
    expect(held?.id).not.toBe(old.id);
    expect(await world.keys()).toEqual([{ id: held?.id, status: "Active" }]);
    expect(world.talk.codes).toHaveLength(2);
    expect(world.talk.codes[0]).not.toBe(world.talk.codes[1]);
    expect(world.seen()).not.toContain(held?.secret);
    expect(world.seen()).not.toContain(held?.id);
  });

  test("goes on where the old key was left", async () => {
    const old = await makeKey();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const fresh = await makeKey();
    hold(fresh);
    const { code, result } = await rotate();
    expect({ code, result }).toMatchObject({ code: 0, result: expect.stringContaining("broken off") });
    expect(await world.keys()).toEqual([{ id: fresh.id, status: "Active" }]);
    expect(old.id).not.toBe(fresh.id);
  });

  test("takes away a key whose secret was lost, and rotates", async () => {
    const old = await makeKey();
    hold(old);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const lost = await makeKey();
    const { code } = await rotate();
    expect(code).toBe(0);
    const ids = (await world.keys()).map(({ id }) => id);
    expect(ids).toEqual([world.vault().keys["dev"]?.id]);
    expect(ids).not.toContain(lost.id);
    expect(ids).not.toContain(old.id);
  });

  test("tells what it would do and does nothing in a dry run", async () => {
    const old = await makeKey();
    hold(old);
    const { code, result } = await rotate("--dry-run");
    expect({ code, result }).toMatchObject({
      code: 2,
      result: expect.stringContaining("nothing was changed"),
    });
    expect((await world.keys()).map(({ id }) => id)).toEqual([old.id]);
    expect(world.vault().keys["dev"]).toEqual(old);
  });
});

describe("a rotation refuses, with the old key in place,", () => {
  test.each([
    ["ten minutes before the run that ends keys", "14:50:00Z", 1],
    ["ten minutes after it began", "15:10:00Z", 1],
    ["and not twenty minutes before it", "14:40:00Z", 0],
  ])("%s", async (_when, time, code) => {
    hold(await makeKey());
    world.talk.time = Date.parse(`${new Date(world.talk.time).toISOString().slice(0, 10)}T${time}`);
    const outcome = await rotate();
    expect(outcome.code).toBe(code);
    if (code === 1) {
      expect(outcome.progress).toMatch(/00:00 Asia\/Tokyo.*--despite-run/);
      expect(world.talk.codes).toEqual([]);
      expect((await rotate("--despite-run")).code).toBe(0);
    }
  });

  test("where the key store does not take the new key, which goes again", async () => {
    const old = await makeKey();
    hold(old);
    process.env["FAKE_VAULT_FAILS"] = "add";
    const { code, progress } = await rotate();
    expect({ code, progress }).toMatchObject({
      code: 1,
      progress: expect.stringContaining("aws-vault add dev"),
    });
    expect((await world.keys()).map(({ id }) => id)).toEqual([old.id]);
    expect(world.vault().keys["dev"]).toEqual(old);
  });

  test("where no key is held", async () => {
    const { code, progress } = await rotate();
    expect(code).toBe(1);
    expect(progress.trim().split("\n")).toHaveLength(1);
  });

  test("where the key is another user's", async () => {
    hold({ id: process.env["AWS_ACCESS_KEY_ID"] ?? "", secret: "test" });
    const { code, progress } = await rotate();
    expect({ code, progress }).toMatchObject({
      code: 1,
      progress: expect.stringMatching(/expected the key of .*laptop, got that of/),
    });
  });

  test("where the key is inactive", async () => {
    const old = await makeKey();
    hold(old);
    await world.iam.send(
      new UpdateAccessKeyCommand({ UserName: "laptop", AccessKeyId: old.id, Status: "Inactive" }),
    );
    const { code, progress } = await rotate();
    expect({ code, progress }).toMatchObject({
      code: 1,
      progress: expect.stringContaining("expected an active key"),
    });
  });
});
