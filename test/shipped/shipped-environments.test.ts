import { validateBaseline } from "../../src/proofs/validate-baseline";
import { NOW } from "../builders/environment";
import { environments } from ".";

const valid = validateBaseline(environments, NOW);

describe("the shipped environments", () => {
  test("show one developer with devices work and home, and two repositories, with local state", () => {
    const personal = valid.find(({ name }) => name === "personal");
    expect(Object.keys(personal?.devices ?? {})).toEqual(["home", "work"]);
    expect(Object.keys(personal?.repositories ?? {})).toHaveLength(2);
    expect(Object.keys(personal?.roles ?? {})).toEqual(expect.arrayContaining(["admin", "daily"]));
    expect(personal?.backend.type).toBe("local");
  });

  test("show two accounts, whose people live in one of them", () => {
    const [dev, prod] = ["team-dev", "team-prod"].map((name) =>
      valid.find((environment) => environment.name === name),
    );
    expect(dev?.accountId).not.toBe(prod?.accountId);
    expect([dev?.backend.type, prod?.backend.type]).toEqual(["s3", "s3"]);
    expect(Object.keys(prod?.devices ?? {})).toEqual([]);
    const abroad = Object.values(dev?.devices ?? {}).flatMap(({ roles }) =>
      roles.filter((role) => role.startsWith("team-prod/")),
    );
    expect(new Set(abroad)).toEqual(new Set(["team-prod/admin", "team-prod/daily"]));
  });

  test("use only accounts, networks and addresses that are kept for documentation", () => {
    const text = JSON.stringify(valid);
    expect(new Set(text.match(/\b\d{12}\b/g))).toEqual(new Set(["111122223333", "444455556666"]));
    for (const network of valid.flatMap(({ allowedNetworks }) => allowedNetworks)) {
      expect(network).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:db8:/);
    }
    expect(text).not.toMatch(/\b(AKIA|ASIA)[A-Z0-9]{12,}/);
  });

  test("keep the guard whole for everybody", () => {
    for (const { developerGroups } of valid) {
      for (const { guard } of Object.values(developerGroups))
        expect(guard).toEqual({ mfa: true, networks: true });
    }
  });
});
