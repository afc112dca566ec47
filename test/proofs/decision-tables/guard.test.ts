import { credentials, effectOf, networkOf, people } from "./shipped";

type Target = "own user" | "own MFA device" | "nothing" | "a bucket";

/** What every person's user may do: credentials x action x network. */
const TABLE: readonly (readonly [
  credential: string,
  action: string,
  target: Target,
  network: string,
  effect: string,
])[] = [
  // enrolling works without MFA, from allowed networks only
  ["long-term key", "iam:CreateVirtualMFADevice", "own MFA device", "allowed IPv4", "Allowed"],
  ["long-term key", "iam:EnableMFADevice", "own user", "allowed IPv4", "Allowed"],
  ["long-term key", "iam:EnableMFADevice", "own user", "allowed IPv6", "Allowed"],
  ["long-term key", "iam:ResyncMFADevice", "own user", "allowed IPv4", "Allowed"],
  ["long-term key", "iam:ListVirtualMFADevices", "nothing", "allowed IPv4", "Allowed"],
  ["long-term key", "sts:GetSessionToken", "nothing", "allowed IPv4", "Allowed"],
  ["long-term key", "iam:EnableMFADevice", "own user", "other IPv4", "ExplicitlyDenied"],
  ["long-term key", "iam:EnableMFADevice", "own user", "nowhere", "ExplicitlyDenied"],
  // everything else needs MFA
  ["long-term key", "iam:CreateAccessKey", "own user", "allowed IPv4", "ExplicitlyDenied"],
  ["long-term key", "iam:DeactivateMFADevice", "own user", "allowed IPv4", "ExplicitlyDenied"],
  ["long-term key", "s3:GetObject", "a bucket", "allowed IPv4", "ExplicitlyDenied"],
  ["session without MFA", "iam:CreateAccessKey", "own user", "allowed IPv4", "ExplicitlyDenied"],
  ["session without MFA", "s3:GetObject", "a bucket", "allowed IPv4", "ExplicitlyDenied"],
  ["session with MFA", "iam:CreateAccessKey", "own user", "allowed IPv4", "Allowed"],
  ["session with MFA", "iam:CreateAccessKey", "own user", "allowed IPv6", "Allowed"],
  ["session with MFA", "iam:DeleteAccessKey", "own user", "allowed IPv4", "Allowed"],
  ["session with MFA", "iam:DeactivateMFADevice", "own user", "allowed IPv4", "Allowed"],
  ["session with MFA", "iam:DeleteVirtualMFADevice", "own MFA device", "allowed IPv4", "Allowed"],
  // and nothing but self-service is allowed with it
  ["session with MFA", "s3:GetObject", "a bucket", "allowed IPv4", "ImplicitlyDenied"],
  ["session with MFA", "iam:AttachUserPolicy", "own user", "allowed IPv4", "ImplicitlyDenied"],
  ["session with MFA", "iam:CreateLoginProfile", "own user", "allowed IPv4", "ImplicitlyDenied"],
  ["session with MFA", "iam:ListUsers", "nothing", "allowed IPv4", "ImplicitlyDenied"],
  // networks
  ["session with MFA", "iam:CreateAccessKey", "own user", "other IPv4", "ExplicitlyDenied"],
  ["session with MFA", "iam:CreateAccessKey", "own user", "next IPv4", "ExplicitlyDenied"],
  ["session with MFA", "iam:CreateAccessKey", "own user", "other IPv6", "ExplicitlyDenied"],
  ["session with MFA", "iam:CreateAccessKey", "own user", "foreign VPC", "ExplicitlyDenied"],
  ["session with MFA", "iam:CreateAccessKey", "own user", "nowhere", "ExplicitlyDenied"],
  // federation tokens carry no MFA and outlive the key
  ["long-term key", "sts:GetFederationToken", "nothing", "allowed IPv4", "ExplicitlyDenied"],
  ["session with MFA", "sts:GetFederationToken", "nothing", "allowed IPv4", "ExplicitlyDenied"],
];

describe.each(people)("%s", (_name, environment, arn) => {
  const account = arn.split(":").slice(0, 5).join(":");
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  const targets: Readonly<Record<Target, string>> = {
    "own user": arn,
    "own MFA device": `${account}:mfa/${name}`,
    nothing: "*",
    "a bucket": "arn:aws:s3:::bucket/key",
  };
  const ask = (
    credential: string,
    action: string,
    resource: string,
    network: string,
    viaAwsService = false,
  ) =>
    effectOf({
      principal: arn,
      credentials: credentials[credential] ?? { kind: "long-term-key" },
      network: networkOf(environment, network),
      action,
      resource,
      viaAwsService,
    });

  test.each(TABLE)("%s, %s on %s from %s: %s", (credential, action, target, network, effect) => {
    expect(ask(credential, action, targets[target], network)).toBe(effect);
  });

  test("a service that acts for the user is not refused for its own address", () => {
    expect(ask("session with MFA", "iam:ListAccessKeys", arn, "other IPv4", true)).toBe("Allowed");
  });

  const directory = arn.slice(0, arn.lastIndexOf("/") + 1);
  const others: [who: string, arn: string][] = [
    ["a user whose name ends with its own", `${directory}x-${name}`],
    ["a user whose name begins with its own", `${directory}${name}-x`],
    ["a user whose name is a part of its own", `${directory}${name.slice(1)}`],
    ["a user of its name in another path", `${account}:user/elsewhere/${name}`],
    ["a user of its name without a path", `${account}:user/${name}`],
    ...people
      .filter(([, , other]) => other !== arn)
      .map(([other, , otherArn]) => [`user ${other}`, otherArn] as [string, string]),
  ];
  test.each(others)("refuses its keys and MFA on %s", (_who, other) => {
    const actions = [
      "iam:CreateAccessKey",
      "iam:UpdateAccessKey",
      "iam:EnableMFADevice",
      "iam:DeactivateMFADevice",
    ];
    const effects = actions.map((action) => ask("session with MFA", action, other, "allowed IPv4"));
    expect(new Set(effects)).toEqual(new Set(["ImplicitlyDenied"]));
  });

  test.each([`x-${name}`, `${name}-x`, name.slice(1)])("refuses the MFA device %s", (device) => {
    expect(
      ask("long-term key", "iam:CreateVirtualMFADevice", `${account}:mfa/${device}`, "allowed IPv4"),
    ).toBe("ImplicitlyDenied");
  });
});
