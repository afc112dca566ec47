import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { type ITerraformDependable, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { AccountAlias } from "../constructs/account-alias";
import { AccountPasswordPolicy } from "../constructs/account-password-policy";
import { AssumableRole } from "../constructs/assumable-role";
import { BreakGlassUser } from "../constructs/break-glass-user";
import { DeviceUser } from "../constructs/device-user";
import { GithubOidcProvider } from "../constructs/github-oidc-provider";
import { ManagedPolicy } from "../constructs/managed-policy";
import { OidcProvider } from "../constructs/oidc-provider";
import type { PasswordlessUser } from "../constructs/passwordless-user";
import { PermissionGroup } from "../constructs/permission-group";
import { RepositoryUser } from "../constructs/repository-user";
import { RoleSuffix } from "../constructs/role-suffix";
import { SamlProvider } from "../constructs/saml-provider";
import { breakGlassGroupName } from "../environment/account-names";
import { quotasOf } from "../environment/account-quotas";
import { IamArns } from "../environment/arns";
import { assumeGroups, assumeGroupsOf } from "../environment/assume-groups";
import { groupsOfDevice } from "../environment/device-groups";
import type { Environment } from "../environment/environment";
import { importsOf } from "../environment/existing/imports";
import { isRoleOfPeople } from "../environment/human-roles";
import { breakGlassThatAssume, devicesThatAssume } from "../environment/role-references";
import type { Role } from "../environment/roles";
import {
  assumeGroupPolicy,
  assumeRolesPolicy,
  boundaryPolicy,
  ciGroupPolicy,
  FULL_GUARD,
  guardPolicy,
  type NamedPolicy,
  rolePolicy,
  selfServicePolicy,
  sessionCutoffPolicy,
} from "../policies/environment-policies";
import { GITHUB_ISSUER } from "../policies/github-trust";
import { roleTrust } from "../policies/role-trust";
import { AccountStack } from "./account-stack";
import { addExistingPrincipals } from "./existing-principals";
import { importExisting } from "./import-existing";
import { managedPolicyParts } from "./managed-policy-parts";

/** Users, groups, policies and roles of one environment: `<environment>-identity`. */
export class IdentityStack extends AccountStack {
  private readonly arns: IamArns;
  private readonly policies = new Map<string, ManagedPolicy>();
  private readonly groups = new Map<string, PermissionGroup>();
  private readonly users = new Map<string, PasswordlessUser>();
  private readonly roleArns: Record<string, string> = {};
  private readonly githubProvider: GithubOidcProvider | undefined;
  /** By their names in the environment, with the kind before. */
  private readonly providers = new Map<string, ITerraformDependable>();

  /** @param all every environment, this one included: roles are assumed across them. */
  constructor(
    scope: Construct,
    environment: Environment,
    private readonly all: readonly Environment[],
  ) {
    super(scope, environment, "identity");
    this.arns = new IamArns(environment);
    this.githubProvider = this.addAccountSettings();
    this.addIdentityProviders();
    this.addGroups();
    this.addUsers();
    this.addRoles();
    this.addExisting();
    this.addOutputs();
  }

  private addAccountSettings(): GithubOidcProvider | undefined {
    const { passwordPolicy, alias, githubOidcProvider } = this.environment.account;
    if (passwordPolicy) new AccountPasswordPolicy(this, "password-policy", passwordPolicy);
    if (alias) new AccountAlias(this, "account-alias", { alias: alias.name, import: alias.import });
    if (!githubOidcProvider) return undefined;
    const importArn = githubOidcProvider.import ? this.arns.oidcProvider(GITHUB_ISSUER) : undefined;
    return new GithubOidcProvider(this, "github-oidc-provider", { importArn });
  }

  private addIdentityProviders(): void {
    const { saml, oidc } = this.environment.identityProviders;
    for (const [providerName, { metadata, import: existing }] of Object.entries(saml)) {
      const importArn = existing ? this.arns.samlProvider(providerName) : undefined;
      const made = new SamlProvider(this, `saml-${providerName}`, { providerName, metadata, importArn });
      this.providers.set(`saml ${providerName}`, made.provider);
    }
    for (const [name, { url, audiences, import: existing }] of Object.entries(oidc)) {
      const importArn = existing ? this.arns.oidcProvider(url.replace(/^https:\/\//, "")) : undefined;
      const made = new OidcProvider(this, `oidc-${name}`, { url, audiences, importArn });
      this.providers.set(`oidc ${name}`, made.provider);
    }
  }

  private addGroups(): void {
    const { environment } = this;
    for (const [name, group] of Object.entries(environment.developerGroups)) {
      this.addGroup(
        name,
        {
          "self-service": this.managed(selfServicePolicy(environment, "device", group.allowSelfReactivation)),
          guard: this.managed(guardPolicy(environment, group.guard)),
          ...this.cutoff(),
        },
        assumeRolesPolicy(environment, this.all, name),
      );
    }
    for (const group of assumeGroups(environment, this.all)) {
      this.addGroup(group.name, {}, assumeGroupPolicy(environment, group));
    }
    if (Object.keys(environment.breakGlass).length > 0) {
      this.addGroup(breakGlassGroupName(environment), {
        "self-service": this.managed(selfServicePolicy(environment, "breakGlass", true)),
        guard: this.managed(guardPolicy(environment, FULL_GUARD)),
        ...this.cutoff(),
      });
    }
    for (const [name, group] of Object.entries(environment.ciGroups)) {
      const policies = { ...this.managedByName(group.managedPolicies), ...this.cutoff() };
      this.addGroup(name, policies, ciGroupPolicy(environment, name));
    }
  }

  private addGroup(
    groupName: string,
    managedPolicies: Readonly<Record<string, ManagedPolicy | string>>,
    inlinePolicy?: NamedPolicy,
  ): void {
    const path = this.arns.paths.root;
    this.groups.set(
      groupName,
      new PermissionGroup(this, `group-${groupName}`, { groupName, path, managedPolicies, inlinePolicy }),
    );
  }

  private addUsers(): void {
    const { environment } = this;
    const { paths } = this.arns;
    for (const [userName, device] of Object.entries(environment.devices)) {
      const groupNames = this.groupReferences([
        ...groupsOfDevice(environment, device),
        ...assumeGroupsOf(environment, this.all, userName),
      ]);
      const { owner, tags } = device;
      const user = new DeviceUser(this, `device-${userName}`, {
        userName,
        owner,
        tags,
        groupNames,
        path: paths.device,
      });
      this.users.set(userName, user.identity);
    }
    for (const [userName, { owner }] of Object.entries(environment.breakGlass)) {
      const groupNames = this.groupReferences([breakGlassGroupName(environment)]);
      const user = new BreakGlassUser(this, `break-glass-${userName}`, {
        userName,
        owner,
        groupNames,
        path: paths.breakGlass,
      });
      this.users.set(userName, user.identity);
    }
    for (const [repository, { owner, groups }] of Object.entries(environment.repositories)) {
      const groupNames = this.groupReferences(groups);
      const id = `repository-${repository.replace("/", ".")}`;
      const user = new RepositoryUser(this, id, { repository, owner, groupNames, path: paths.ci });
      this.users.set(user.identity.userName, user.identity);
    }
  }

  /** References in the order of the names: the order in which a person lists groups means nothing. */
  private groupReferences(names: readonly string[]): readonly string[] {
    return [...names].sort().flatMap((name) => this.groups.get(name)?.name ?? []);
  }

  private addRoles(): void {
    const { environment } = this;
    const roles = Object.entries(environment.roles);
    if (roles.length === 0) return;
    if (environment.roleSuffix === undefined) new RandomProvider(this, "random");
    const suffix = new RoleSuffix(this, "suffix", { fixed: environment.roleSuffix }).value;
    for (const [name, role] of roles) {
      const boundary = boundaryPolicy(environment, name, role);
      new AssumableRole(this, `role-${name}`, {
        roleName: `${name}-${suffix}`,
        path: this.arns.paths.root,
        trust: roleTrust(environment, this.all, name, role),
        trusts: this.trustedHere(name, role),
        maxTrustCharacters: quotasOf(environment).trustPolicyCharacters,
        maxManagedPolicies: quotasOf(environment).managedPoliciesPerRole,
        managedPolicyArns: this.managedByName(role.managedPolicies),
        managedPolicies: isRoleOfPeople(environment, this.all, name, role) ? this.cutoff() : {},
        inlinePolicy: rolePolicy(environment, role),
        permissionsBoundary: boundary ? this.managed(boundary) : this.boundaryArn(role),
        maxSessionDuration: role.maxSessionDuration,
        description: role.description,
        instanceProfile: role.service?.instanceProfile ?? role.service?.principal.startsWith("ec2.") ?? false,
        tags: role.tags,
      });
      // computed, not the provider's attribute: only the suffix is unknown until apply
      this.roleArns[name] = this.arns.role(`${name}-${suffix}`);
    }
  }

  /** What this stack makes and the trust policy names: IAM refuses principals that do not exist yet. */
  private trustedHere(name: string, role: Role) {
    const devices = devicesThatAssume([this.environment], { environment: this.environment.name, role: name });
    const users = [...devices.map((device) => device.name), ...breakGlassThatAssume(this.environment, name)];
    return [
      ...users.sort().flatMap((user) => this.users.get(user)?.user ?? []),
      ...(role.github && this.githubProvider ? [this.githubProvider.provider] : []),
      ...[role.saml && `saml ${role.saml.provider}`, role.oidc && `oidc ${role.oidc.provider}`].flatMap(
        (key) => (key === undefined ? undefined : this.providers.get(key)) ?? [],
      ),
    ];
  }

  private boundaryArn({ permissionsBoundary }: Role): string | undefined {
    return typeof permissionsBoundary === "string" ? this.arns.managedPolicy(permissionsBoundary) : undefined;
  }

  private managedByName(policies: readonly string[]): Readonly<Record<string, string>> {
    return managedPolicyParts(this.arns, policies);
  }

  private addExisting(): void {
    const { environment } = this;
    const { existing } = environment;
    if (Object.values(existing).some((record) => Object.keys(record).length > 0)) {
      const groups = new Map([...this.groups].map(([name, group]) => [name, group.name]));
      const provider = this.providerWithoutDefaultTags();
      addExistingPrincipals({ stack: this, environment, provider, groups });
    }
    importExisting(this, this.arns, importsOf(environment));
  }

  /** The policy that denies sessions, for whoever can have some that a response ends. */
  private cutoff(): Readonly<Record<string, ManagedPolicy>> {
    if (this.environment.respond === undefined) return {};
    return { "session-cutoff": this.managed(sessionCutoffPolicy(this.environment), true) };
  }

  /** One managed policy for all who carry the same. */
  private managed({ name, document }: NamedPolicy, ignoreDocument = false): ManagedPolicy {
    const made = this.policies.get(name);
    if (made !== undefined) return made;
    const policy = new ManagedPolicy(this, `policy-${name}`, {
      policyName: name,
      path: this.arns.paths.root,
      arn: this.arns.policy(name),
      document,
      ignoreDocument,
    });
    this.policies.set(name, policy);
    return policy;
  }

  private addOutputs(): void {
    const users = [...this.users.values()];
    // repository users have no self-service, so no MFA device either
    const people = users.filter(({ path }) => path !== this.arns.paths.ci);
    const byName = (whose: readonly PasswordlessUser[], value: (user: PasswordlessUser) => string) =>
      Object.fromEntries(whose.map((user) => [user.userName, value(user)]));
    const outputs: [name: string, description: string, value: Record<string, string>][] = [
      ["role_arns", "ARNs of the roles, by their names without suffix", this.roleArns],
      [
        "user_arns",
        "ARNs of the users, by their names",
        byName(users, ({ path, userName }) => this.arns.user(path, userName)),
      ],
      [
        "mfa_serials",
        "Serial numbers of the MFA devices that device and break-glass users enrol, by the users' names",
        byName(people, ({ userName }) => this.arns.mfa(userName)),
      ],
    ];
    for (const [name, description, value] of outputs) new TerraformOutput(this, name, { description, value });
  }
}
