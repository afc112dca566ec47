import { s3 } from "../../src/environment/backend";
import type { EnvironmentInput } from "../../src/environment/environment";
import { repositoryUserName } from "../../src/environment/iam-names";
import { allow } from "../../src/environment/policy-statement";
import { ciGroup, device, environment, role } from "../builders/environment";
import { environments } from "../shipped";
import {
  policyOf,
  type Resource,
  resourcesOf,
  type SynthesizedStack,
  stackOf,
  synthesize,
  synthesizedStack,
} from "../support/synthesize";

const stacks = synthesize(...environments);
const identityStacks = environments.map(({ name }) => [name, stackOf(stacks, `${name}-identity`)] as const);
const inputOf = (name: string): EnvironmentInput =>
  environments.find((input) => input.name === name) ?? environment();

const byPath = (stack: SynthesizedStack, part: string) =>
  resourcesOf(stack, "aws_iam_user").filter(({ attributes }) => String(attributes["path"]).endsWith(part));
/** Resources that refer to another one. */
const referringTo = (stack: SynthesizedStack, address: string): readonly Resource[] =>
  stack.resources.filter(({ attributes }) => JSON.stringify(attributes).includes(`\${${address}.`));
/** What a group, user or role name refers to. */
const target = (reference: unknown) => /^\$\{(.+)\.name\}$/.exec(String(reference))?.[1];
const userNames = ({ devices = {}, breakGlass = {}, repositories = {} }: EnvironmentInput) =>
  [
    ...Object.keys(devices),
    ...Object.keys(breakGlass),
    ...Object.keys(repositories).map(repositoryUserName),
  ].sort();

describe.each(identityStacks)("the identity stack of %s", (name, stack) => {
  const input = inputOf(name);
  const users = resourcesOf(stack, "aws_iam_user");

  test("has the addresses that it had", () => {
    expect(stack.resources.map(({ address }) => address)).toMatchSnapshot();
  });

  test("has every declared user, one to one", () => {
    expect(users.map(({ attributes }) => attributes["name"]).sort()).toEqual(userNames(input));
  });

  test("has four resources for each user and no more", () => {
    for (const user of users) {
      expect([user, ...referringTo(stack, user.address)].map(({ type }) => type).sort()).toEqual([
        "aws_iam_user",
        "aws_iam_user_group_membership",
        "aws_iam_user_policies_exclusive",
        "aws_iam_user_policy_attachments_exclusive",
      ]);
    }
  });

  test("gives no user anything of its own, and shows in a plan what somebody attached", () => {
    for (const user of users) {
      const exclusive = referringTo(stack, user.address).filter(({ type }) => type.endsWith("_exclusive"));
      expect(
        exclusive.map(({ attributes }) => attributes["policy_names"] ?? attributes["policy_arns"]),
      ).toEqual([[], []]);
    }
  });

  test("has no password, no access key and no attachment to users or to everybody", () => {
    const types = new Set([...stacks.values()].flatMap(({ resources }) => resources.map(({ type }) => type)));
    for (const type of [
      "aws_iam_access_key",
      "aws_iam_user_login_profile",
      "aws_iam_user_policy",
      "aws_iam_user_policy_attachment",
      "aws_iam_policy_attachment",
      "aws_iam_group_membership",
    ]) {
      expect(types).not.toContain(type);
    }
  });

  test("can destroy devices and repositories whatever keys they have, and no break-glass user", () => {
    for (const { attributes } of [...byPath(stack, "/device/"), ...byPath(stack, "/ci/")]) {
      expect(attributes).toMatchObject({ force_destroy: true });
      expect(attributes).not.toHaveProperty("lifecycle");
    }
    for (const { attributes } of byPath(stack, "/break-glass/")) {
      expect(attributes).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
    }
  });

  test("names the owner of every user", () => {
    const { devices = {}, breakGlass = {}, repositories = {} } = input;
    const owners = new Map([
      ...Object.entries({ ...devices, ...breakGlass }).map(([user, { owner }]) => [user, owner] as const),
      ...Object.entries(repositories).map(
        ([repository, { owner }]) =>
          [repositoryUserName(repository), owner ?? repository.split("/")[0]] as const,
      ),
    ]);
    for (const { attributes } of users) {
      expect(attributes["tags"]).toMatchObject({ owner: owners.get(String(attributes["name"])) });
    }
  });

  test("puts every user under the path of its kind", () => {
    const root = `/${input.namespace ?? "baseline"}/`;
    expect(byPath(stack, `${root}device/`)).toHaveLength(Object.keys(input.devices ?? {}).length);
    expect(byPath(stack, `${root}break-glass/`)).toHaveLength(Object.keys(input.breakGlass ?? {}).length);
    expect(byPath(stack, `${root}ci/`)).toHaveLength(Object.keys(input.repositories ?? {}).length);
  });

  test("pins the provider to the account and tags everything", () => {
    expect(stack.json.provider["aws"]).toEqual([
      {
        region: input.region,
        allowed_account_ids: [input.accountId],
        default_tags: [{ tags: { ...input.tags, environment: name, "managed-by": "iam-baseline" } }],
        ignore_tags: [{ key_prefixes: ["baseline:keep-active-"] }],
      },
    ]);
  });

  const attached = (group: Resource) =>
    resourcesOf(stack, "aws_iam_group_policy_attachment")
      .filter(({ attributes }) => target(attributes["group"]) === group.address)
      .map(({ attributes }) => String(attributes["policy_arn"]).split("/").at(-1));
  const groupNamed = (groupName: string) => {
    const group = resourcesOf(stack, "aws_iam_group").find(
      ({ attributes }) => attributes["name"] === groupName,
    );
    if (group === undefined) throw new Error(`no group ${groupName}`);
    return group;
  };
  const people = (namespace: string) => [
    ...Object.keys(
      input.developerGroups ?? (Object.keys(input.devices ?? {}).length > 0 ? { developers: {} } : {}),
    ),
    ...(Object.keys(input.breakGlass ?? {}).length > 0 ? [`${namespace}-break-glass`] : []),
  ];

  test("attaches the guard and self-service to every group of people", () => {
    const namespace = input.namespace ?? "baseline";
    for (const group of people(namespace)) {
      expect(attached(groupNamed(group)).sort()).toEqual([
        expect.stringMatching(new RegExp(`^${namespace}-guard`)),
        expect.stringMatching(new RegExp(`^${namespace}-self-service`)),
      ]);
    }
    expect(people(namespace).length).toBeGreaterThan(0);
  });

  test("attaches neither to a CI group or a role", () => {
    for (const group of Object.keys(input.ciGroups ?? {})) {
      expect(attached(groupNamed(group)).join()).not.toMatch(/guard|self-service/);
    }
    for (const type of ["aws_iam_role_policy_attachment", "aws_iam_role"]) {
      for (const { attributes } of resourcesOf(stack, type)) {
        expect(`${attributes["policy_arn"]} ${attributes["permissions_boundary"]}`).not.toMatch(
          /guard|self-service/,
        );
      }
    }
  });

  test("lists exactly the attached policies in every exclusive resource of groups and roles", () => {
    for (const kind of ["group", "role"]) {
      const owners = resourcesOf(stack, `aws_iam_${kind}`);
      const exclusive = (type: string, list: string) =>
        new Map(
          resourcesOf(stack, `aws_iam_${kind}_${type}_exclusive`).map(({ attributes }) => [
            target(attributes[`${kind}_name`]),
            attributes[list] as string[],
          ]),
        );
      const attachments = exclusive("policy_attachments", "policy_arns");
      const inline = exclusive("policies", "policy_names");
      for (const { address } of owners) {
        const count = (type: string) =>
          resourcesOf(stack, type).filter(({ attributes }) => target(attributes[kind]) === address).length;
        expect(attachments.get(address)).toHaveLength(count(`aws_iam_${kind}_policy_attachment`));
        expect(inline.get(address)).toHaveLength(count(`aws_iam_${kind}_policy`));
      }
    }
  });

  /** Users that list a role, as ARNs, with whether this stack makes them. */
  const trusted = (roleName: string) =>
    environments.flatMap((other) => {
      const arn = (kind: string, user: string) =>
        `arn:aws:iam::${other.accountId}:user/${other.namespace ?? "baseline"}/${kind}/${user}`;
      const lists = ([, { roles = [] }]: readonly [string, { roles?: readonly string[] | undefined }]) =>
        roles.includes(`${name}/${roleName}`) || (other.name === name && roles.includes(roleName));
      return [
        ...Object.entries(other.devices ?? {})
          .filter(lists)
          .map(([user]) => arn("device", user)),
        ...Object.entries(other.breakGlass ?? {})
          .filter(lists)
          .map(([user]) => arn("break-glass", user)),
      ];
    });
  const roleNames = Object.keys(input.roles ?? {});

  test.each(roleNames)(
    "trusts with %s exactly the users that list it, by ARN, after they exist",
    (roleName) => {
      const resource = resourcesOf(stack, "aws_iam_role").find(({ attributes }) =>
        String(attributes["name"]).startsWith(`${roleName}-`),
      );
      const text = String(resource?.attributes["assume_role_policy"]);
      expect(text.replaceAll("$${", "")).not.toContain("${");
      const listed = policyOf(text).Statement.flatMap(
        ({ Principal }) => (Principal as { AWS?: string | string[] }).AWS ?? [],
      );
      expect(listed).toEqual(trusted(roleName).sort());
      const arnOf = ({ attributes: { path, name } }: Resource) =>
        `arn:aws:iam::${input.accountId}:user${path}${name}`;
      const made = users.filter((user) => listed.includes(arnOf(user))).map(({ address }) => address);
      const dependsOn = (resource?.attributes["depends_on"] ?? []) as string[];
      expect(dependsOn.filter((address) => address.startsWith("aws_iam_user."))).toEqual(made.sort());
    },
  );

  test("holds no token but references to names, and the random end of role names", () => {
    const references = [...stack.text.replaceAll("$${", "").matchAll(/\$\{([^}]*)\}/g)].map(
      ([, reference = ""]) => reference,
    );
    const random = references.filter((reference) => reference.startsWith("random_string."));
    const others = references.filter((reference) => !reference.startsWith("random_string."));
    for (const reference of others)
      expect(reference).toMatch(/^aws_iam_[a-z_]+\.[A-Za-z0-9_-]+\.(name|policy_arn)$/);
    for (const reference of random)
      expect(reference).toMatch(/^random_string\.suffix_random_[0-9A-F]{8}\.result$/);
    expect(random.length > 0).toBe(input.roleSuffix === undefined);
  });

  test("escapes the variables of IAM from Terraform", () => {
    expect(stack.text).not.toMatch(/(?<!\$)\$\{aws:/);
    expect(stack.text).not.toMatch(/(?<!%)%\{/);
    expect(stack.text).toContain("/$${aws:username}");
  });

  test("outputs ARNs and serial numbers, and nothing secret", () => {
    const account = `arn:aws:iam::${input.accountId}:`;
    const { mfa_serials, role_arns, user_arns, ...others } = stack.json.output ?? {};
    expect(others).toEqual({});
    expect(Object.keys(user_arns?.value ?? {}).sort()).toEqual(userNames(input));
    expect(Object.keys(role_arns?.value ?? {}).sort()).toEqual([...roleNames].sort());
    expect(Object.keys(mfa_serials?.value ?? {}).sort()).toEqual(
      [...Object.keys(input.devices ?? {}), ...Object.keys(input.breakGlass ?? {})].sort(),
    );
    for (const output of [mfa_serials, role_arns, user_arns]) {
      expect(output?.sensitive).toBeUndefined();
      for (const arn of Object.values(output?.value ?? {})) expect(arn).toMatch(new RegExp(`^${account}`));
    }
  });
});

describe("the two sides of roles in another account", () => {
  const dev = stackOf(stacks, "team-dev-identity");
  const prod = stackOf(stacks, "team-prod-identity");

  test("allow here exactly the roles that each device lists, and only to it", () => {
    const allowed = resourcesOf(dev, "aws_iam_group_policy")
      .filter(({ attributes }) => attributes["name"] === "team-assume-roles")
      .flatMap(({ attributes }) => policyOf(attributes["policy"]).Statement);
    for (const statement of allowed)
      expect(statement).toMatchObject({ Effect: "Allow", Action: "sts:AssumeRole" });
    const grants = allowed.map(({ Resource, Condition }) => [
      [Resource].flat(),
      [
        (Condition as { ArnEquals: Record<string, string> } | undefined)?.ArnEquals["aws:PrincipalArn"] ??
          "every member",
      ].flat(),
    ]);
    const role = (name: string) => `arn:aws:iam::444455556666:role/team/${name}-k7q2m9xd`;
    const user = (name: string) => `arn:aws:iam::111122223333:user/team/device/${name}`;
    expect(grants).toEqual([
      [[role("admin")], [user("anna-laptop")]],
      [[role("daily")], [user("anna-laptop"), user("ben-laptop")]],
      [[role("admin"), role("daily")], ["every member"]],
    ]);
    const roleArns = Object.values(prod.json.output?.["role_arns"]?.value ?? {});
    for (const [roles = []] of grants) expect(roleArns).toEqual(expect.arrayContaining(roles));
  });

  test("need nothing here for roles of the same account", () => {
    const personal = stackOf(stacks, "personal-identity");
    expect(personal.text).not.toContain("assume-roles");
  });

  test("need a fixed suffix, so that no role name is random", () => {
    expect(resourcesOf(prod, "random_string")).toEqual([]);
    expect(prod.json.provider).not.toHaveProperty("random");
    expect(resourcesOf(dev, "random_string")).toMatchObject([
      { attributes: { length: 8, special: false, upper: false } },
    ]);
  });
});

describe("names that Terraform's ids cannot hold", () => {
  const names = [
    "a.b",
    "ab",
    "a+b",
    "a=b",
    "a@b",
    "a,b",
    "a_b",
    "a-b",
    "Default",
    "Resource",
    "suffix",
    "aws",
    "random",
    "1",
    "-",
  ];
  const stack = synthesizedStack(
    "prod-identity",
    environment({
      devices: Object.fromEntries(names.map((name) => [name, device({ roles: names.map((n) => `r${n}`) })])),
      roles: Object.fromEntries([
        ...names.map((name) => [`r${name}`, role()]),
        ["suffix", role({ service: { principal: "ec2.amazonaws.com" } })],
      ]),
      developerGroups: { developers: {} },
      ciGroups: Object.fromEntries(names.map((name) => [`g${name}`, ciGroup()])),
      breakGlass: { "e.x": { owner: "anna" }, ex: { owner: "anna" } },
      repositories: {
        "octo/a.b": { groups: ["ga.b"] },
        "octo/ab": { groups: ["gab"] },
        "octo/a-b": { groups: ["ga-b"] },
        "octo-a/b": { groups: ["ga-b"] },
      },
    }),
  );
  const namesOf = (type: string) =>
    resourcesOf(stack, type).map(({ attributes }) => String(attributes["name"]));

  test("survive one to one as users", () => {
    expect(namesOf("aws_iam_user").sort()).toEqual(
      [...names, "e.x", "ex", "octo.a.b", "octo.ab", "octo.a-b", "octo-a.b"].sort(),
    );
    expect(resourcesOf(stack, "aws_iam_user_group_membership")).toHaveLength(names.length + 6);
  });

  test("survive one to one as groups", () => {
    expect(namesOf("aws_iam_group").sort()).toEqual(
      [...names.map((name) => `g${name}`), "developers", "baseline-break-glass"].sort(),
    );
  });

  test("survive one to one as roles, whatever their relation to the suffix", () => {
    expect(
      namesOf("aws_iam_role")
        .map((name) => name.replace(/-\$\{.*$/, ""))
        .sort(),
    ).toEqual([...names.map((name) => `r${name}`), "suffix"].sort());
  });
});

describe("what an environment may add", () => {
  const input = environment({
    allowedVpcs: ["vpc-0a1b2c3d"],
    tags: { team: "platform" },
    developerGroups: {
      developers: { guard: { mfa: true, networks: false }, allowSelfReactivation: false },
      full: {},
    },
    devices: { laptop: device({ groups: ["full", "developers"], tags: { serial: "A1" } }) },
    breakGlass: { emergency: { owner: "anna", roles: ["daily"] } },
    roles: {
      daily: role({
        description: "100% ${safe} %{text}",
        managedPolicies: [
          "ReadOnlyAccess",
          "job-function/ViewOnlyAccess",
          "arn:aws:iam::111122223333:policy/ReadOnlyAccess",
        ],
        permissionsBoundary: [allow("s3:*", "*")],
        maxSessionDuration: 7200,
        tags: { use: "everyday" },
        trust: { maxMfaAgeSeconds: 900, sourceIdentity: true },
      }),
      capped: role({
        permissionsBoundary: "PowerUserAccess",
        service: { principal: "ecs-tasks.amazonaws.com" },
      }),
      server: role({ service: { principal: "ec2.amazonaws.com" } }),
      bare: role({ service: { principal: "ec2.amazonaws.com", instanceProfile: false } }),
      function: role({ service: { principal: "lambda.amazonaws.com", sourceAccount: true } }),
      partner: role({ trust: { externalId: "abc", externalUsers: ["arn:aws:iam::999999999999:user/bob"] } }),
      deployer: role({ github: { repository: "octo/website", branch: "main" } }),
    },
    account: {
      passwordPolicy: { import: true, maxAgeDays: 90 },
      alias: { name: "octo-prod", import: true },
      githubOidcProvider: { import: true },
    },
    roleSuffix: "x1",
  });
  const stack = synthesizedStack("prod-identity", input);
  const roleNamed = (name: string) => {
    const found = resourcesOf(stack, "aws_iam_role").find(
      ({ attributes }) => attributes["name"] === `${name}-x1`,
    );
    if (found === undefined) throw new Error(`no role ${name}`);
    return found;
  };
  const trustOf = (name: string) => policyOf(roleNamed(name).attributes["assume_role_policy"]).Statement;

  test("imports what the account has already, once each", () => {
    expect(stack.json.import?.map(({ to, id }) => [to.split(".")[0], id]).sort()).toEqual([
      ["aws_iam_account_alias", "octo-prod"],
      ["aws_iam_account_password_policy", "iam-account-password-policy"],
      [
        "aws_iam_openid_connect_provider",
        "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
      ],
    ]);
    const addresses = stack.resources.map(({ address }) => address);
    for (const { to } of stack.json.import ?? []) expect(addresses).toContain(to);
  });

  test("imports nothing where nothing is said", () => {
    for (const [, shipped] of identityStacks) expect(shipped.json).not.toHaveProperty("import");
  });

  test("makes one policy for groups with the same guard, and another for less of it", () => {
    const names = resourcesOf(stack, "aws_iam_policy").map(({ attributes }) => attributes["name"]);
    expect(names.sort()).toEqual([
      "baseline-boundary-daily",
      "baseline-guard",
      "baseline-guard-mfa",
      "baseline-self-service",
      "baseline-self-service-break-glass",
      "baseline-self-service-without-reactivation",
    ]);
  });

  test("attaches every managed policy of a role, also two of one name", () => {
    const attached = resourcesOf(stack, "aws_iam_role_policy_attachment").map(
      ({ attributes }) => attributes["policy_arn"],
    );
    expect(attached.sort()).toEqual([
      "arn:aws:iam::111122223333:policy/ReadOnlyAccess",
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    ]);
  });

  test("bounds a role by a policy made here, after it exists, or by one of AWS", () => {
    const { attributes } = roleNamed("daily");
    expect(attributes["permissions_boundary"]).toBe(
      "arn:aws:iam::111122223333:policy/baseline/baseline-boundary-daily",
    );
    expect(attributes["depends_on"]).toContainEqual(
      expect.stringMatching(/^aws_iam_policy\.policy-baseline-boundary-daily_/),
    );
    expect(roleNamed("capped").attributes["permissions_boundary"]).toBe(
      "arn:aws:iam::aws:policy/PowerUserAccess",
    );
  });

  test("keeps a description's text from Terraform's templates", () => {
    expect(roleNamed("daily").attributes["description"]).toBe("100% $${safe} %%{text}");
  });

  test("sets session, tags and the age of MFA", () => {
    expect(roleNamed("daily").attributes).toMatchObject({
      max_session_duration: 7200,
      tags: { use: "everyday" },
    });
    expect(roleNamed("capped").attributes).toMatchObject({ max_session_duration: 3600 });
    expect(trustOf("daily")[0]?.["Condition"]).toMatchObject({
      NumericLessThanEquals: { "aws:MultiFactorAuthAge": "900" },
    });
    const laptop = resourcesOf(stack, "aws_iam_user").find(
      ({ attributes }) => attributes["name"] === "laptop",
    );
    expect(laptop?.attributes["tags"]).toEqual({ owner: "anna", serial: "A1" });
  });

  test("trusts from networks and from VPCs in two statements", () => {
    expect(trustOf("daily").map(({ Sid }) => Sid)).toEqual([
      "AllowListedUsersWithRecentMfaFromAllowedNetworks",
      "AllowListedUsersWithRecentMfaFromAllowedVpcs",
    ]);
  });

  test("makes an instance profile for EC2, unless told not to", () => {
    const profiles = resourcesOf(stack, "aws_iam_instance_profile").map(({ attributes }) =>
      target(attributes["role"]),
    );
    expect(profiles).toEqual([roleNamed("server").address]);
  });

  test.each([
    ["server", undefined],
    ["bare", undefined],
    ["capped", { StringEquals: { "aws:SourceAccount": "111122223333" } }],
    ["function", { StringEquals: { "aws:SourceAccount": "111122223333" } }],
  ])("%s asks a service for the account: %j", (name, condition) => {
    expect(trustOf(name)[0]?.["Condition"]).toEqual(condition);
  });

  test("trusts external users in statements of their own, with the external id", () => {
    const statements = trustOf("partner");
    expect(statements.map(({ Sid }) => Sid)).toEqual([
      "AllowListedUsersWithRecentMfaFromAllowedNetworksExternal",
      "AllowListedUsersWithRecentMfaFromAllowedVpcsExternal",
    ]);
    for (const { Principal, Condition } of statements) {
      expect(Principal).toEqual({ AWS: ["arn:aws:iam::999999999999:user/bob"] });
      expect(Condition).toMatchObject({ StringEquals: { "sts:ExternalId": "abc" } });
    }
  });

  test("trusts GitHub after its provider exists", () => {
    expect(roleNamed("deployer").attributes["depends_on"]).toEqual([
      expect.stringMatching(/^aws_iam_openid_connect_provider\./),
    ]);
    expect(resourcesOf(stack, "aws_iam_openid_connect_provider")).toMatchObject([
      {
        attributes: {
          url: "https://token.actions.githubusercontent.com",
          client_id_list: ["sts.amazonaws.com"],
        },
      },
    ]);
  });

  test("sets the password policy", () => {
    expect(resourcesOf(stack, "aws_iam_account_password_policy")).toMatchObject([
      {
        attributes: {
          minimum_password_length: 14,
          password_reuse_prevention: 24,
          max_password_age: 90,
          require_symbols: true,
        },
      },
    ]);
  });
});

test("another partition has its own ARNs", () => {
  const stack = synthesizedStack("prod-identity", environment({ region: "cn-north-1" }));
  expect(stack.text).toContain("arn:aws-cn:iam::111122223333:user/baseline/device/laptop");
  expect(stack.text).not.toMatch(/arn:aws:iam/);
});

describe("where the state is kept", () => {
  test("a local backend leads from the stack's folder back to the project, on every machine", () => {
    const stack = synthesizedStack(
      "prod-identity",
      environment({ backend: { type: "local", directory: "kept/here" } }),
    );
    const { path } = stack.json.terraform.backend["local"] ?? {};
    expect(path).toMatch(/^(\.\.\/)+.*kept\/here\/prod-identity\.tfstate$/);
  });

  test("an S3 backend is encrypted, locked, pinned to the account, with a key for each stack", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234";
    const backend = s3({ bucket: "octo-state", region: "eu-west-1", keyPrefix: "iam/", kmsKeyArn });
    expect(synthesizedStack("prod-identity", environment({ backend })).json.terraform.backend).toEqual({
      s3: {
        bucket: "octo-state",
        region: "eu-west-1",
        key: "iam/prod/identity.tfstate",
        encrypt: true,
        use_lockfile: true,
        allowed_account_ids: ["111122223333"],
        kms_key_id: kmsKeyArn,
      },
    });
  });

  test("no two stacks share a state", () => {
    const places = [...stacks.values()].map(({ json }) => JSON.stringify(json.terraform.backend));
    expect(new Set(places).size).toBe(stacks.size);
  });
});
