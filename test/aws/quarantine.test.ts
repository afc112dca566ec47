import {
  IAMClient,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
} from "@aws-sdk/client-iam";
import { mockClient } from "aws-sdk-client-mock";
import { askQuarantined } from "../../src/aws/other-credentials";
import { quarantineReader } from "../../src/aws/quarantine";
import { quarantinePolicy } from "../../src/iam/quarantine";
import { accessDenied, noSuchEntity } from "../support/fake-iam";

const iam = mockClient(IAMClient);
const client = new IAMClient({ region: "us-east-1" });
const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;

beforeEach(() => iam.reset());

test.each([
  [arn("AWSCompromisedKeyQuarantine"), "AWSCompromisedKeyQuarantine"],
  [arn("AWSCompromisedKeyQuarantineV3"), "AWSCompromisedKeyQuarantineV3"],
  [arn("AWSCompromisedKeyQuarantineV12"), "AWSCompromisedKeyQuarantineV12"],
  ["arn:aws-cn:iam::aws:policy/AWSCompromisedKeyQuarantineV2", "AWSCompromisedKeyQuarantineV2"],
  ["arn:aws:iam::111122223333:policy/AWSCompromisedKeyQuarantineV3", undefined],
  [arn("AWSCompromisedKeyQuarantineReader"), undefined],
  ["", undefined],
])("the quarantine policy in %s is %s", (policy, name) => {
  expect(quarantinePolicy(policy)).toBe(name);
});

describe("whether a user is quarantined", () => {
  test("is told from any page of its policies", async () => {
    iam
      .on(ListAttachedUserPoliciesCommand)
      .resolvesOnce({
        AttachedPolicies: [{ PolicyArn: arn("ReadOnlyAccess") }],
        IsTruncated: true,
        Marker: "2",
      })
      .resolvesOnce({ AttachedPolicies: [{ PolicyArn: arn("AWSCompromisedKeyQuarantineV3") }] });
    expect(await quarantineReader(client).quarantineOf("work")).toBe("AWSCompromisedKeyQuarantineV3");
  });

  test("is not so for a user without policies, or one who is gone", async () => {
    iam.on(ListAttachedUserPoliciesCommand).resolves({ AttachedPolicies: [] });
    expect(await quarantineReader(client).quarantineOf("work")).toBeUndefined();
    iam.on(ListAttachedUserPoliciesCommand).rejects(noSuchEntity());
    expect(await quarantineReader(client).quarantineOf("work")).toBeUndefined();
  });

  test("is an error where IAM does not say", async () => {
    iam.on(ListAttachedUserPoliciesCommand).rejects(accessDenied("k"));
    await expect(quarantineReader(client).quarantineOf("work")).rejects.toThrow();
  });
});

describe("who is quarantined", () => {
  test("is asked for every version that there is, also one that is newer than this code", async () => {
    const held: Readonly<Record<string, string>> = { "": "old", V3: "work", V4: "home" };
    iam.on(ListEntitiesForPolicyCommand).callsFake(({ PolicyArn }: { PolicyArn: string }) => {
      const version = PolicyArn.replace(arn("AWSCompromisedKeyQuarantine"), "");
      const user = held[version];
      if (user === undefined) throw noSuchEntity();
      return { PolicyUsers: [{ UserName: user }], IsTruncated: false };
    });
    expect(await askQuarantined(client, "aws")).toEqual({
      quarantined: {
        old: "AWSCompromisedKeyQuarantine",
        work: "AWSCompromisedKeyQuarantineV3",
        home: "AWSCompromisedKeyQuarantineV4",
      },
    });
  });

  test("is not known where IAM does not answer", async () => {
    iam.on(ListEntitiesForPolicyCommand).rejects(accessDenied("k"));
    const { quarantined, quarantineNotAsked } = await askQuarantined(client, "aws");
    expect(quarantined).toBeUndefined();
    expect(quarantineNotAsked).toContain("ListEntitiesForPolicy");
  });
});
