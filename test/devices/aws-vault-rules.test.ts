import { configBlock } from "../../src/devices/config-block";
import { holderNamed } from "../../src/devices/holder";
import { CONFIG_TARGETS } from "../../src/devices/profile";
import { profilesOf, sessionSeconds } from "../../src/devices/profiles";
import { assumedRoles } from "../../src/devices/role-arns";
import { durationSeconds, sessionVariables } from "../../src/devices/session-variables";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { device, environment, NOW, role } from "../builders/environment";

/**
 * What aws-vault does with a configuration, as its source says; the program itself is on no registry that the tests
 * reach.
 *
 * @see https://github.com/ByteNess/aws-vault/blob/main/vault/config.go (`ProfileSection`, `GetProfileConfig`,
 * `populateFromDefaults`, `GetSessionTokenDuration`)
 * @see https://github.com/go-ini/ini (the parser, with AllowNestedValues and InsensitiveKeys)
 */
const READS: ReadonlySet<string> = new Set(
  (
    "mfa_serial role_arn external_id region role_session_name duration_seconds source_profile include_profile sso_session " +
    "sso_start_url sso_region sso_account_id sso_role_name web_identity_token_file web_identity_token_process " +
    "sts_regional_endpoints endpoint_url session_tags transitive_session_tags source_identity credential_process mfa_process"
  ).split(" "),
);
/** `DefaultSessionDuration` and `DefaultChainedSessionDuration`, in seconds. */
const DEFAULTS = { alone: 3600, chained: 28_800 };

const all = validateBaseline(
  [
    environment({
      name: "dev",
      devices: { laptop: device({ roles: ["daily", "admin"] }) },
      roles: {
        daily: role({ trust: { sourceIdentity: true } }),
        admin: role({ trust: { maxMfaAgeSeconds: 900 }, maxSessionDuration: 43_200 }),
      },
      roleSuffix: "k7q2m9xd",
    }),
  ],
  NOW,
);
const holder = holderNamed(all, "laptop", undefined, "");
const roles = assumedRoles(holder, all, {}, "");

describe.each(CONFIG_TARGETS)("the block for %s, as aws-vault reads it", (target) => {
  const profiles = profilesOf(holder, roles, { target, prefix: "", credentialProcess: true });
  const lines = configBlock(holder, profiles, { target, prefix: "", version: "0.0.0", seconds: 900 }).lines;
  const settings = lines
    .filter((line) => / = /.test(line) && !line.startsWith("#"))
    .map((line) => line.split(" = "));

  test("holds no key that it does not know", () => {
    expect(settings.length).toBeGreaterThan(5);
    expect(settings.map(([key = ""]) => key).filter((key) => !READS.has(key))).toEqual([]);
  });

  test("never includes a profile, which people take for source_profile and the AWS CLI ignores", () => {
    expect(settings.map(([key]) => key)).not.toContain("include_profile");
  });

  test("has no value that its parser would cut or change: comments, quotes, line continuations", () => {
    expect(
      settings.map(([, value = ""]) => value).filter((value) => /[#;`\\]|^["']|^\s|\s$/.test(value)),
    ).toEqual([]);
  });

  test("names sections by `profile `, each once", () => {
    const sections = lines.filter((line) => line.startsWith("["));
    expect(sections.filter((line) => !/^\[profile [A-Za-z0-9+=,.@_-]+\]$/.test(line))).toEqual([]);
    expect(new Set(sections).size).toBe(sections.length);
  });
});

describe("the profiles for aws-vault", () => {
  const profiles = profilesOf(holder, roles, { target: "aws-vault", prefix: "", credentialProcess: false });
  const byName = new Map(profiles.map(({ name, settings }) => [name, Object.fromEntries(settings)]));
  const [base, ...assumed] = profiles;

  test("lead from each role to the key in one step, without a loop", () => {
    for (const { settings } of assumed) {
      const source = byName.get(Object.fromEntries(settings)["source_profile"] ?? "");
      expect(source).toBeDefined();
      expect(source).not.toHaveProperty("source_profile");
    }
  });

  test("have no role and no source on the key: `add` refuses a source, and `rotate` needs the user", () => {
    const settings = byName.get(base?.name ?? "");
    expect(settings).not.toHaveProperty("role_arn");
    expect(settings).not.toHaveProperty("source_profile");
  });

  test("share one session: the MFA device is the same in all of them", () => {
    expect(new Set([...byName.values()].map((settings) => settings["mfa_serial"]))).toEqual(
      new Set(["arn:aws:iam::111122223333:mfa/laptop"]),
    );
  });

  test("ask for an hour at most, beyond which it would leave the session out and every call would need a code", () => {
    for (const { settings } of assumed) {
      expect(Number(Object.fromEntries(settings)["duration_seconds"])).toBeLessThanOrEqual(3600);
    }
  });

  test("would outlive what the trust accepts, were it not for the variables", () => {
    const accepted = Math.min(...roles.map((one) => one.role.trust.maxMfaAgeSeconds));
    expect(DEFAULTS.chained).toBeGreaterThan(accepted);
    const set = Object.values(sessionVariables(sessionSeconds(roles))).map(durationSeconds);
    expect(set).toEqual([accepted, accepted]);
    // GetSessionToken takes nothing shorter
    expect(accepted).toBeGreaterThanOrEqual(900);
  });
});
