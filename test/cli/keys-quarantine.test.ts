import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { keyRecoveryRole } from "../../src/environment/role-presets";
import { dailyAt } from "../../src/environment/schedule";
import { device, environment, role } from "../builders/environment";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "../support/emulator";
import { type Project, projectOf } from "./project";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(60_000);

const QUARANTINE = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2";

/** The emulator has AWS's own policies here, which takes it some seconds to load. */
describe("a user whom AWS has quarantined", () => {
  let emulator: Emulator;
  let iam: IAMClient;
  let project: Project;
  const before = { ...process.env };

  beforeAll(async () => {
    emulator = await startEmulator({ managedPolicies: true });
    Object.assign(process.env, emulator.environment);
    iam = new IAMClient(emulator.client);
    const home = environment({
      name: "home",
      accountId: EMULATOR_ACCOUNT_ID,
      devices: { laptop: device({ roles: ["daily", "back"] }), desk: device({ roles: ["daily", "back"] }) },
      roles: { daily: role(), back: keyRecoveryRole() },
      keyRules: {
        schedule: dailyAt("00:00", "Asia/Tokyo"),
        rules: { age: { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "short-lived" } },
        lastKeyStays: true,
      },
      recovery: "second-device",
    });
    project = projectOf([home], () => new Date());
    for (const UserName of ["laptop", "desk"]) {
      await iam.send(new CreateUserCommand({ UserName, Path: "/baseline/device/" }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      const AccessKeyId = AccessKey?.AccessKeyId;
      await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: "Inactive" }));
    }
    await iam.send(new AttachUserPolicyCommand({ UserName: "laptop", PolicyArn: QUARANTINE }));
  });
  afterAll(async () => {
    project?.remove();
    iam?.destroy();
    await emulator?.stop();
    process.env = before;
  });

  test("is named by keys list", async () => {
    const { code, result } = await project.baseline("keys", "list");
    expect(code).toBe(0);
    expect(result).toContain("quarantined by AWS: user laptop (AWSCompromisedKeyQuarantineV2)");
    expect(result).not.toContain("quarantined by AWS: user desk");
  });

  test("is critical in the audit", async () => {
    const { code, result } = await project.baseline("audit", "--format", "json");
    expect(code).toBe(2);
    expect(JSON.parse(result).findings).toContainEqual(
      expect.objectContaining({ rule: "user-quarantined", severity: "critical", address: "user/laptop" }),
    );
  });

  test("gets no key back without --despite-quarantine", async () => {
    const reactivate = ["keys", "reactivate", "laptop", "--reason", "it is mine"];
    const refused = await project.baseline(...reactivate);
    expect(refused.code).toBe(1);
    expect(refused.progress).toContain("write --despite-quarantine");
    expect((await project.baseline(...reactivate, "--despite-quarantine")).code).toBe(0);
  });
});
