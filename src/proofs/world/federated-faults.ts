import { ACCOUNT_ACCESS } from "../../environment/account-access";
import type { Role } from "../../iam/graph";
import type { AccessRequest, Network } from "../../iam/request";
import { WITH_MFA } from "./credential-samples";
import type {
  Expectation,
  ExpectedOidcTrust,
  ExpectedPermissionSetTrust,
  ExpectedRole,
  ExpectedSamlTrust,
} from "./expectation";
import { networkSamples } from "./network-samples";
import { subjectOf } from "./subject";
import type { TrustFault } from "./trust-faults";
import { isPossible, type Of, type World } from "./world";

type Claims = Readonly<Record<string, string>>;

/** A hash as Identity Center puts it behind a permission set's name. */
const HASH = "0123456789abcdef";
const ANYWHERE: Network = { sourceIp: "192.0.2.77" };

/**
 * Everybody who comes by federation and is not whom the role declares: other tokens, other assertions, other permission
 * sets, and the declared ones from elsewhere. Whether there was a second factor is for the identity provider: no request
 * tells, so no proof asks for it, and the report says so.
 */
export function federatedFaults(world: World, role: Role, declared: Of<ExpectedRole>): readonly TrustFault[] {
  const { expected, expectation } = declared;
  const refused = (request: AccessRequest, what: string, remedy: string): readonly TrustFault[] => {
    const decision = world.ask(request);
    if (!isPossible(decision)) return [];
    return [{ message: `${subjectOf(role)} is assumed with ${what}`, remedy, request, decision }];
  };
  return [
    ...(expected.oidc === undefined
      ? []
      : first(
          foreignTokens(expected.oidc).map(
            ([what, claims]) =>
              () =>
                refused(
                  tokenRequest(
                    role,
                    expected.oidc?.providerArn ?? "",
                    "sts:AssumeRoleWithWebIdentity",
                    claims,
                    ANYWHERE,
                  ),
                  `${what}: subject "${claims["sub"] ?? "(none)"}"`,
                  "compare aud and sub of the provider's tokens with exactly the declared values",
                ),
          ),
        )),
    ...(expected.saml === undefined
      ? []
      : first(
          foreignAssertions(expected, expected.saml, expectation).map(
            ([what, claims, network]) =>
              () =>
                refused(
                  tokenRequest(
                    role,
                    expected.saml?.providerArn ?? "",
                    "sts:AssumeRoleWithSAML",
                    claims,
                    network,
                  ),
                  what,
                  "compare SAML:aud with AWS's sign-in pages, and keep subjects and networks as declared",
                ),
          ),
        )),
    ...(expected.accountAccess === undefined
      ? []
      : first(
          foreignApplications(expected.accountAccess).map(
            ([what, context]) =>
              () =>
                refused(
                  {
                    principal: ACCOUNT_ACCESS,
                    credentials: { kind: "service" },
                    network: "none",
                    action: "sts:AssumeRole",
                    resource: role.arn,
                    context,
                    absentContext: SOURCE_KEYS.filter((key) => context[key] === undefined),
                  },
                  what,
                  "compare aws:SourceArn with the application of account access manager, and aws:SourceAccount with its account",
                ),
          ),
        )),
    ...(expected.permissionSet === undefined
      ? []
      : first(
          foreignRoles(expected, expected.permissionSet, expectation).map(
            ([what, principal, network]) =>
              () =>
                refused(
                  {
                    principal,
                    credentials: principal.includes(":user/")
                      ? WITH_MFA
                      : { kind: "role-session", sessionName: "somebody@example.com" },
                    network,
                    action: "sts:AssumeRole",
                    resource: role.arn,
                  },
                  what,
                  "compare aws:PrincipalArn by ArnLike with the permission set's role, its hash by its length",
                ),
          ),
        )),
  ];
}

/** One counterexample of each way in is enough. */
function first(attempts: readonly (() => readonly TrustFault[])[]): readonly TrustFault[] {
  for (const attempt of attempts) {
    const [fault] = attempt();
    if (fault !== undefined) return [fault];
  }
  return [];
}

function tokenRequest(
  role: Role,
  principal: string,
  action: string,
  claims: Claims,
  network: Network,
): AccessRequest {
  return { principal, credentials: { kind: "web-identity", claims }, network, action, resource: role.arn };
}

/** Tokens made from the declared ones, each with one thing that is another's. */
function foreignTokens(oidc: ExpectedOidcTrust): readonly (readonly [what: string, claims: Claims])[] {
  return oidc.accepted.flatMap((sub) => {
    const good = { aud: oidc.audience, sub };
    const parts = sub.split(":");
    const changed = parts.slice(0, -1).map((part, index) => {
      const other = [...parts];
      other[index] = `${part}x`;
      return ["a token of another subject", { ...good, sub: other.join(":") }] as const;
    });
    const last = oidc.accepted.length > 0 && !/^\{[0-9a-f-]{36}\}$/.test(parts.at(-1) ?? "");
    return [
      ...changed,
      ...(last ? [["a token whose subject only begins the same", { ...good, sub: `${sub}x` }] as const] : []),
      ["a token of another project", { ...good, sub: `x${sub}` }],
      ["a token for another audience", { ...good, aud: "https://example.com/someone-else" }],
      ["a token without audience", { sub }],
      ["a token without subject", { aud: oidc.audience }],
    ] as const;
  });
}

function foreignAssertions(
  expected: ExpectedRole,
  { audiences, subjects }: ExpectedSamlTrust,
  expectation: Expectation,
): readonly (readonly [what: string, claims: Claims, network: Network])[] {
  const { inside, outside } = networkSamples(expectation, []);
  const [home = "none"] = inside;
  const good: Claims = { aud: audiences[0] ?? "", sub: subjects?.[0] ?? "somebody", sub_type: "persistent" };
  return [
    ["an assertion for another service", { ...good, aud: "https://example.com/saml" }, home],
    ["an assertion without audience", { sub: good["sub"] ?? "" }, home],
    ...(subjects === undefined
      ? []
      : [["an assertion of somebody else", { ...good, sub: `${good["sub"]}x` }, home] as const]),
    ...(expected.networks
      ? outside.map((network) => ["an assertion given in elsewhere", good, network] as const)
      : []),
  ];
}

const SOURCE_KEYS = ["aws:SourceArn", "aws:SourceAccount"];

/** What account access manager says of whom it acts for, each with one thing that is another's. */
function foreignApplications(
  applications: readonly string[],
): readonly (readonly [what: string, context: Readonly<Record<string, string>>])[] {
  return [
    ["account access manager that says nothing of its application", {}],
    ...applications.flatMap((arn) => {
      const owner = arn.split(":")[4] ?? "";
      const foreign = arn.replace(`:${owner}:`, ":999999999999:");
      return [
        [
          "another application of account access manager",
          { "aws:SourceArn": `${arn}x`, "aws:SourceAccount": owner },
        ],
        [
          "account access manager of another organization",
          { "aws:SourceArn": foreign, "aws:SourceAccount": "999999999999" },
        ],
      ] as const;
    }),
  ];
}

function foreignRoles(
  expected: ExpectedRole,
  { name, roleRoot, region }: ExpectedPermissionSetTrust,
  expectation: Expectation,
): readonly (readonly [what: string, principal: string, network: Network])[] {
  const { inside, outside } = networkSamples(expectation, []);
  const [home = "none"] = inside;
  const place = region === undefined || region === "us-east-1" ? roleRoot : `${roleRoot}${region}/`;
  const account = roleRoot.slice(0, roleRoot.indexOf("role/"));
  const own = `${place}AWSReservedSSO_${name}_${HASH}`;
  return [
    [
      "a session of a permission set whose name begins the same",
      `${place}AWSReservedSSO_${name}_Admin_${HASH}`,
      home,
    ],
    [
      "a session of a permission set whose name ends the same",
      `${place}AWSReservedSSO_Other${name}_${HASH}`,
      home,
    ],
    ["a session of another permission set", `${place}AWSReservedSSO_AdministratorAccess_${HASH}`, home],
    [
      "a session of a role that somebody called like one",
      `${account}role/AWSReservedSSO_${name}_${HASH}`,
      home,
    ],
    ["a user of the account", `${account}user/somebody`, home],
    ["a role of another account", own.replace(/::\d{12}:/, "::999999999999:"), home],
    ...(region === undefined
      ? []
      : [
          [
            "a session of another home region",
            `${roleRoot}xx-else-9/AWSReservedSSO_${name}_${HASH}`,
            home,
          ] as const,
        ]),
    ...(expected.networks ? outside.map((network) => ["it from elsewhere", own, network] as const) : []),
  ];
}
