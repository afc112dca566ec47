import { CreateUserCommand, GetPolicyCommand, IAMClient, ListUsersCommand } from "@aws-sdk/client-iam";
import { type Emulator, startEmulator } from "./emulator";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(60_000);

describe("the emulator of the tests", () => {
  let emulator: Emulator;
  let iam: IAMClient;
  beforeAll(async () => {
    emulator = await startEmulator();
    iam = new IAMClient(emulator.client);
  });
  afterAll(async () => {
    iam?.destroy();
    await emulator?.stop();
  });

  test("keeps what is created until it is reset", async () => {
    await iam.send(new CreateUserCommand({ UserName: "laptop", Path: "/baseline/device/" }));
    const { Users } = await iam.send(new ListUsersCommand({}));
    expect(Users?.map((user) => user.Arn)).toEqual(["arn:aws:iam::123456789012:user/baseline/device/laptop"]);
    await emulator.reset();
    expect((await iam.send(new ListUsersCommand({}))).Users).toEqual([]);
  });

  test("knows the AWS managed policies", async () => {
    const { Policy } = await iam.send(
      new GetPolicyCommand({ PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
    );
    expect(Policy?.PolicyName).toBe("AdministratorAccess");
  });
});
