import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { environment, NOW } from "../builders/environment";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "../support/emulator";
import { type Project, projectOf } from "./project";

jest.setTimeout(120_000);

const before = { ...process.env };
let project: Project;
afterEach(() => {
  project?.remove();
  process.env = { ...before };
});

type Found = readonly {
  readonly environment: string;
  readonly checks: readonly {
    readonly id: string;
    readonly results: readonly { readonly state: string; readonly message: string }[];
  }[];
}[];
const of = (text: string, id: string) =>
  (JSON.parse(text) as Found)[0]?.checks.find((check) => check.id === id)?.results ?? [];

describe("doctor without credentials", () => {
  test("checks what needs none, tells the rest as not checked, and finds a lock", async () => {
    project = projectOf([environment({ name: "home" })], () => NOW);
    mkdirSync(join(project.directory, "state"));
    writeFileSync(join(project.directory, "state", "home-identity.tfstate"), "{}");
    writeFileSync(
      join(project.directory, "state", ".home-identity.tfstate.lock.info"),
      JSON.stringify({ Who: "ben@desk", Created: "2026-11-23T10:00:00Z" }),
    );
    const { code, result } = await project.baseline("doctor", "home", "--offline", "--format", "json");
    expect(code).toBe(2);
    expect(of(result, "account").map(({ state }) => state)).toEqual(["not-checked"]);
    expect(of(result, "programs").some(({ message }) => message.startsWith("Node.js"))).toBe(true);
    expect(
      of(result, "state")
        .map(({ message }) => message)
        .join(),
    ).toContain("locked: ben@desk since 2026-11-23T10:00:00Z");
  });

  test("shows only what is to do, and names what was not checked", async () => {
    project = projectOf([environment({ name: "home" })], () => NOW);
    const { result } = await project.baseline("doctor", "--offline");
    expect(result).toMatch(/Environment home/);
    expect(result).toMatch(/not checked: Account: --offline/);
    expect(result).not.toContain("│ well");
  });

  test("refuses an environment that is not there", async () => {
    project = projectOf([environment({ name: "home" })], () => NOW);
    expect((await project.baseline("doctor", "hme")).code).toBe(1);
  });
});

describe("doctor with credentials", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ managedPolicies: false });
    const iam = new IAMClient(emulator.client);
    await iam.send(new CreateUserCommand({ UserName: "laptop", Path: "/baseline/device/" }));
    await iam.send(new CreateAccessKeyCommand({ UserName: "laptop" }));
    iam.destroy();
  });
  afterAll(() => emulator?.stop());

  test("judges keys and MFA of the account, and masks ids", async () => {
    Object.assign(process.env, emulator.environment);
    project = projectOf([environment({ name: "home", accountId: EMULATOR_ACCOUNT_ID })], () => new Date());
    const { code, result } = await project.baseline("doctor", "home", "--format", "json");
    expect(code).toBe(2);
    expect(of(result, "account").map(({ state }) => state)).toEqual(["ok"]);
    expect(of(result, "mfa")).toMatchObject([
      { state: "problem", message: expect.stringContaining("laptop") },
    ]);
    expect(result).not.toMatch(/AKIA[A-Z0-9]{12}/);
  });

  test("asks nothing more of another account", async () => {
    Object.assign(process.env, emulator.environment);
    project = projectOf([environment({ name: "home" })], () => new Date());
    const { result } = await project.baseline("doctor", "home", "--format", "json");
    expect(of(result, "account").map(({ state }) => state)).toEqual(["problem"]);
    expect(of(result, "mfa")).toMatchObject([
      { state: "not-checked", message: expect.stringContaining("another account") },
    ]);
  });
});
