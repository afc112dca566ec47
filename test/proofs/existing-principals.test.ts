import type { EnvironmentInput } from "../../src/environment/environment";
import { takenOver, trusting } from "../builders/existing";
import { proven, told } from "./proven";

type Existing = NonNullable<EnvironmentInput["existing"]>;

const brokenOf = (existing: Existing, difference: Partial<EnvironmentInput> = {}) =>
  told(proven(takenOver(existing, difference)).broken);
const ALLOW_ALL = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const self = (more: readonly object[] = []) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::site/*" }, ...more],
});

describe("what the proofs ask of principals that the account had before", () => {
  test("a user of nobody's device that may do nothing breaks nothing", () => {
    expect(brokenOf({ users: { backup: { as: "other" } } })).toEqual([]);
  });

  test("a person's device is held to the guard and to looking after its own key", () => {
    const broken = brokenOf({ users: { anna: { as: "device", managedPolicies: ["ReadOnlyAccess"] } } });
    expect(broken).toEqual(
      [
        "people-can-work",
        "users-act-on-themselves",
        "users-are-declared",
        "users-need-mfa",
        "users-only-self-service",
      ].map((proof) => `${proof} user/anna`),
    );
  });

  test("a network that somebody lists is part of that guard", () => {
    const anna: Existing = { users: { anna: { as: "device" } } };
    expect(brokenOf(anna)).not.toContain("users-stay-in-networks user/anna");
    expect(brokenOf(anna, { allowedNetworks: ["203.0.113.0/24"] })).toContain(
      "users-stay-in-networks user/anna",
    );
  });

  test("a user with administrator rights is told, of whatever kind", () => {
    for (const as of ["device", "other"] as const) {
      expect(brokenOf({ users: { anna: { as, inlinePolicies: { all: ALLOW_ALL } } } }).join()).toContain(
        "administrator",
      );
    }
  });

  test("a role that names who may assume it is as declared; one that lets in an account is told", () => {
    const user = "arn:aws:iam::111122223333:user/anna";
    const roles = (principal: unknown): Existing => ({
      users: { anna: { as: "other" } },
      roles: { web: { trust: trusting(principal), inlinePolicies: { own: self() } } },
    });
    expect(brokenOf(roles({ Service: "ec2.amazonaws.com" }))).toEqual([]);
    expect(brokenOf(roles({ AWS: user })).join()).not.toContain("does not declare");
    expect(brokenOf(roles({ AWS: "arn:aws:iam::999988887777:root" })).length).toBeGreaterThan(0);
    expect(brokenOf(roles("*")).length).toBeGreaterThan(0);
  });

  test("nobody decided that an existing group has no guard: it is not told as declared", () => {
    expect(proven(takenOver({ groups: { developers: { as: "developers" } } })).declared).toEqual([]);
  });
});
