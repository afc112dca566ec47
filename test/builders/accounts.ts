import { type AccountInventory, INVENTORY_FORMAT, type UserCredentials } from "../../src/aws/inventory";

/** Made-up accounts as one finds them: what grew in years, with what services and other tools left there. */
export interface MadeAccount {
  readonly inventory: AccountInventory;
  /** What an import has to leave out. */
  readonly owned: number;
}

const ACCOUNT = "111122223333";
const BASE = `arn:aws:iam::${ACCOUNT}`;
type Json = Record<string, unknown>;

const allow = (Action: string | string[], Resource: string | string[] = "*", Condition?: Json) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource, ...(Condition && { Condition }) }],
});
const trust = (Principal: unknown, Condition?: Json) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...(Condition && { Condition }) }],
});
const github = (repository: string) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: `${BASE}:oidc-provider/token.actions.githubusercontent.com` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
        StringLike: { "token.actions.githubusercontent.com:sub": `repo:${repository}:*` },
      },
    },
  ],
});

interface UserOptions {
  readonly path?: string;
  readonly groups?: readonly string[];
  readonly policies?: readonly string[];
  readonly inline?: Readonly<Record<string, object>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly boundary?: string;
  readonly password?: boolean;
  readonly mfa?: boolean;
  readonly keys?: number;
  readonly service?: string;
}

/** Writes an inventory as the API would: documents are URL-encoded JSON. */
class AccountBuilder {
  private readonly users: Json[] = [];
  private readonly groups: Json[] = [];
  private readonly roles: Json[] = [];
  private readonly policies: Json[] = [];
  private readonly credentials: Record<string, UserCredentials> = {};
  private readonly uses: Record<string, { date: string; service: string; region: string }[]> = {};
  private owned = 0;

  user(name: string, options: UserOptions = {}): this {
    const path = options.path ?? "/";
    this.users.push({
      ...this.named("User", name, path),
      GroupList: [...(options.groups ?? [])],
      ...attached(options.policies),
      UserPolicyList: inline(options.inline),
      ...(options.boundary !== undefined && {
        PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: options.boundary },
      }),
      Tags: tags(options.tags),
    });
    const keys = options.keys ?? 0;
    this.credentials[name] = {
      loginProfile: { value: options.password === true ? { createDate: "2021-04-01T08:00:00Z" } : null },
      accessKeys: {
        value: Array.from({ length: keys }, (_, index) => ({
          maskedId: `****AB0${index}`,
          status: "Active",
          createDate: "2022-01-01T00:00:00Z",
        })),
      },
      mfaDevices: { value: options.mfa === true ? [`${BASE}:mfa/${name}`] : [] },
      sshPublicKeys: { value: [] },
      serviceSpecificCredentials: { value: [] },
      signingCertificates: { value: [] },
    };
    if (options.service !== undefined)
      this.uses[name] = [{ date: "2026-11-20T10:00:00Z", service: options.service, region: "eu-central-1" }];
    return this;
  }

  group(
    name: string,
    policies: readonly string[] = [],
    inlined: Readonly<Record<string, object>> = {},
  ): this {
    this.groups.push({
      ...this.named("Group", name, "/"),
      ...attached(policies),
      GroupPolicyList: inline(inlined),
    });
    return this;
  }

  role(
    name: string,
    document: object,
    {
      path = "/",
      policies,
      inlined,
      profile,
      roleTags,
    }: {
      path?: string;
      policies?: readonly string[];
      inlined?: Readonly<Record<string, object>>;
      profile?: boolean;
      roleTags?: Readonly<Record<string, string>>;
    } = {},
  ): this {
    this.roles.push({
      ...this.named("Role", name, path),
      AssumeRolePolicyDocument: encoded(document),
      ...attached(policies),
      RolePolicyList: inline(inlined),
      InstanceProfileList:
        profile === true
          ? [{ InstanceProfileName: name, Path: path, Arn: `${BASE}:instance-profile${path}${name}` }]
          : [],
      Tags: tags(roleTags),
    });
    return this;
  }

  policy(name: string, document: object, path = "/"): this {
    this.policies.push({
      PolicyName: name,
      PolicyId: `ANPA${name}`,
      Arn: `${BASE}:policy${path}${name}`,
      Path: path,
      DefaultVersionId: "v2",
      PolicyVersionList: [
        { VersionId: "v1", IsDefaultVersion: false, Document: encoded(allow("*")) },
        { VersionId: "v2", IsDefaultVersion: true, Document: encoded(document) },
      ],
    });
    return this;
  }

  /** What every account has whose services were used. */
  serviceRoles(): this {
    for (const service of ["support", "trustedadvisor", "elasticloadbalancing", "autoscaling", "rds"]) {
      this.ownedRole(
        `AWSServiceRoleFor${service}`,
        `/aws-service-role/${service}.amazonaws.com/`,
        trust({ Service: `${service}.amazonaws.com` }),
      );
    }
    return this;
  }

  ownedRole(
    name: string,
    path: string,
    document: object,
    roleTags: Readonly<Record<string, string>> = {},
  ): this {
    this.owned += 1;
    return this.role(name, document, { path, roleTags });
  }

  build(): MadeAccount {
    const sessions = Object.fromEntries(this.roles.map(({ RoleName }) => [String(RoleName), 3600]));
    return {
      owned: this.owned,
      inventory: {
        format: INVENTORY_FORMAT,
        accountId: ACCOUNT,
        takenAt: "2026-11-23T12:00:00.000Z",
        authorizationDetails: {
          UserDetailList: this.users,
          GroupDetailList: this.groups,
          RoleDetailList: this.roles,
          Policies: this.policies,
        },
        users: this.credentials,
        roleSessions: { value: sessions },
        oidcProviders: { value: [{ arn: `${BASE}:oidc-provider/token.actions.githubusercontent.com` }] },
        samlProviders: { value: [] },
        passwordPolicy: { value: null },
        details: {
          roleDescriptions: { value: Object.fromEntries(Object.keys(sessions).map((name) => [name, ""])) },
          policies: {
            value: Object.fromEntries(this.policies.map(({ Arn }) => [String(Arn), { tags: {} }])),
          },
          oidcProviders: { value: {} },
          samlProviders: { value: {} },
          alias: { value: null },
          passwordLastUsed: { value: {} },
          keysLastUsed: { value: this.uses },
        },
        summary: { value: { AccountAccessKeysPresent: 0, AccountMFAEnabled: 1 } },
      },
    };
  }

  private named(kind: string, name: string, path: string): Json {
    return {
      [`${kind}Name`]: name,
      Path: path,
      Arn: `${BASE}:${kind.toLowerCase()}${path}${name}`,
      CreateDate: "2020-01-01T00:00:00Z",
    };
  }
}

const encoded = (document: object) => encodeURIComponent(JSON.stringify(document));
const awsPolicy = (name: string) => (name.startsWith("arn:") ? name : `arn:aws:iam::aws:policy/${name}`);
const attached = (policies: readonly string[] = []) => ({
  AttachedManagedPolicies: policies.map((name) => ({
    PolicyName: name.slice(name.lastIndexOf("/") + 1),
    PolicyArn: awsPolicy(name),
  })),
});
const inline = (documents: Readonly<Record<string, object>> = {}) =>
  Object.entries(documents).map(([PolicyName, document]) => ({
    PolicyName,
    PolicyDocument: encoded(document),
  }));
const tags = (given: Readonly<Record<string, string>> = {}) =>
  Object.entries(given).map(([Key, Value]) => ({ Key, Value }));

/** A dozen people with passwords, admins by their own attachment, one key for CI, a bucket for everything. */
export function startUp(): MadeAccount {
  const made = new AccountBuilder()
    .serviceRoles()
    .group("Admins", ["AdministratorAccess"])
    .group("Developers", ["PowerUserAccess", "IAMReadOnlyAccess"])
    .policy("s3-assets", allow(["s3:PutObject", "s3:GetObject"], "arn:aws:s3:::assets/*"))
    .user("mona", { groups: ["Admins"], password: true, mfa: true, keys: 1 })
    .user("raj", { policies: ["AdministratorAccess"], password: true, keys: 2 })
    .user("github-actions", {
      keys: 1,
      tags: { repository: "octo/website" },
      policies: [`${BASE}:policy/s3-assets`],
    })
    .user("ses-smtp-user.20210401-101112", {
      keys: 1,
      inline: { AmazonSesSendingAccess: allow("ses:SendRawEmail") },
    })
    .role("ec2-web", trust({ Service: "ec2.amazonaws.com" }), {
      policies: ["AmazonS3ReadOnlyAccess"],
      profile: true,
    })
    .role("lambda-basic", trust({ Service: "lambda.amazonaws.com" }), {
      path: "/service-role/",
      policies: ["service-role/AWSLambdaBasicExecutionRole"],
    })
    .role("OrganizationAccountAccessRole", trust({ AWS: "arn:aws:iam::444455556666:root" }), {
      policies: ["AdministratorAccess"],
    })
    .role(
      "datadog",
      trust({ AWS: "arn:aws:iam::464622532012:root" }, { StringEquals: { "sts:ExternalId": "abc" } }),
      {
        inlined: { read: allow(["cloudwatch:Get*", "cloudwatch:List*", "ec2:Describe*"]) },
      },
    );
  for (const name of ["lea", "tom", "ines", "yuki", "olu", "pia"])
    made.user(name, { groups: ["Developers"], password: true, keys: 1 });
  return made.build();
}

/** Clients by path, freelancers by e-mail, one role for each client and environment. */
export function agency(clients = 12): MadeAccount {
  const made = new AccountBuilder()
    .serviceRoles()
    .group("everyone", [], { self: allow(["iam:ChangePassword", "iam:GetUser"]) });
  for (let client = 1; client <= clients; client += 1) {
    const path = `/clients/c${client}/`;
    made
      .policy(
        `c${client}-deploy`,
        allow(
          ["s3:*", "cloudfront:CreateInvalidation"],
          [`arn:aws:s3:::c${client}`, `arn:aws:s3:::c${client}/*`],
        ),
        path,
      )
      .group(`c${client}-team`, [`${BASE}:policy${path}c${client}-deploy`])
      .user(`c${client}-ci`, {
        path,
        keys: 1,
        tags: { repo: `https://github.com/agency/c${client}.git` },
        groups: [],
      })
      .user(`dev${client}@agency.example`, {
        groups: ["everyone", `c${client}-team`],
        password: client % 3 === 0,
        mfa: client % 2 === 0,
        keys: 1,
      })
      .role(`c${client}-deploy`, github(`agency/c${client}`), {
        path,
        policies: [`${BASE}:policy${path}c${client}-deploy`],
      })
      .role(`c${client}-staff`, trust({ AWS: `${BASE}:user/dev${client}@agency.example` }), {
        path,
        policies: ["ReadOnlyAccess"],
      });
  }
  made.ownedRole("cdk-hnb659fds-deploy-role-111122223333-eu-central-1", "/", trust({ AWS: `${BASE}:root` }));
  made.ownedRole("client-stack-LambdaRole-1ABC", "/", trust({ Service: "lambda.amazonaws.com" }), {
    "aws:cloudformation:stack-name": "client-stack",
  });
  return made.build();
}

/** Many users, roles and policies, an Identity Center, Control Tower, StackSets. */
export function enterprise({ users = 500, roles = 200, policies = 300 } = {}): MadeAccount {
  const made = new AccountBuilder().serviceRoles();
  const teams = Math.max(1, Math.floor(users / 20));
  for (let index = 1; index <= policies; index += 1) {
    made.policy(
      `app-${index}`,
      {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Read",
            Effect: "Allow",
            Action: ["s3:GetObject", "s3:ListBucket"],
            Resource: [`arn:aws:s3:::app-${index}`, `arn:aws:s3:::app-${index}/*`],
          },
          {
            Sid: "Table",
            Effect: "Allow",
            Action: "dynamodb:GetItem",
            Resource: `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/app-${index}`,
          },
        ],
      },
      "/apps/",
    );
  }
  for (let team = 1; team <= teams; team += 1) {
    made.group(`team-${team}`, ["ReadOnlyAccess", `${BASE}:policy/apps/app-${((team * 7) % policies) + 1}`]);
  }
  for (let index = 1; index <= users; index += 1) {
    const team = (index % teams) + 1;
    if (index % 5 === 0)
      made.user(`svc-app-${index}`, {
        path: "/services/",
        keys: 1,
        service: "s3",
        policies: [`${BASE}:policy/apps/app-${(index % policies) + 1}`],
      });
    else
      made.user(`person${index}`, {
        path: "/people/",
        groups: [`team-${team}`],
        password: index % 2 === 0,
        mfa: index % 4 === 0,
        keys: 1,
        tags: { owner: `person${index}@corp.example`, CostCenter: String(team) },
      });
  }
  for (let index = 1; index <= roles; index += 1) {
    const policiesOf = [`${BASE}:policy/apps/app-${((index * 3) % policies) + 1}`];
    if (index % 4 === 0)
      made.role(`irsa-${index}`, github(`corp/app-${index}`), { path: "/ci/", policies: policiesOf });
    else if (index % 4 === 1)
      made.role(`ec2-${index}`, trust({ Service: "ec2.amazonaws.com" }), {
        policies: policiesOf,
        profile: true,
      });
    else
      made.role(`task-${index}`, trust({ Service: "ecs-tasks.amazonaws.com" }), {
        policies: policiesOf,
        inlined: { logs: allow(["logs:CreateLogStream", "logs:PutLogEvents"]) },
      });
  }
  for (const name of [
    "AWSReservedSSO_AdministratorAccess_0123456789abcdef",
    "AWSReservedSSO_ReadOnly_fedcba9876543210",
  ]) {
    made.ownedRole(
      name,
      "/aws-reserved/sso.amazonaws.com/eu-central-1/",
      trust({ Federated: `${BASE}:saml-provider/AWSSSO_x_DO_NOT_DELETE` }),
    );
  }
  made.ownedRole("AWSControlTowerExecution", "/", trust({ AWS: "arn:aws:iam::444455556666:root" }));
  made.ownedRole("aws-controltower-ConfigRecorderRole", "/", trust({ Service: "config.amazonaws.com" }));
  made.ownedRole(
    "stacksets-exec-0123456789abcdef",
    "/",
    trust({
      AWS: "arn:aws:iam::444455556666:role/aws-service-role/stacksets.cloudformation.amazonaws.com/AWSServiceRoleForCloudFormationStackSetsOrgAdmin",
    }),
  );
  return made.build();
}
