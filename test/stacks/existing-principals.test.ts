import { environment } from "../builders/environment";
import { SMALL_ACCOUNT, takenOver } from "../builders/existing";
import { resourcesOf, synthesizedStack } from "../support/synthesize";

const IDS = {
  aws_iam_user: ["alice.smith", "ci-website", "backup"],
  aws_iam_user_policy: ["alice.smith:home-bucket"],
  aws_iam_user_policy_attachment: [
    "alice.smith/arn:aws:iam::aws:policy/ReadOnlyAccess",
    "alice.smith/arn:aws:iam::111122223333:policy/team/deploy",
  ],
  aws_iam_user_group_membership: ["alice.smith/auditors/developers"],
  aws_iam_user_policies_exclusive: ["alice.smith", "ci-website", "backup"],
  aws_iam_user_policy_attachments_exclusive: ["alice.smith", "ci-website", "backup"],
  aws_iam_group: ["developers", "auditors"],
  aws_iam_group_policy: ["auditors:read-buckets"],
  aws_iam_group_policy_attachment: ["developers/arn:aws:iam::aws:policy/PowerUserAccess"],
  aws_iam_group_policies_exclusive: ["developers", "auditors"],
  aws_iam_group_policy_attachments_exclusive: ["developers", "auditors"],
  aws_iam_role: ["Deployer", "web"],
  aws_iam_role_policy: ["Deployer:own"],
  aws_iam_role_policy_attachment: ["Deployer/arn:aws:iam::111122223333:policy/team/deploy"],
  aws_iam_role_policies_exclusive: ["Deployer", "web"],
  aws_iam_role_policy_attachments_exclusive: ["Deployer", "web"],
  aws_iam_instance_profile: ["web"],
  aws_iam_policy: ["arn:aws:iam::111122223333:policy/team/deploy"],
};
const stack = synthesizedStack("prod-identity", takenOver(SMALL_ACCOUNT, { imports: { resources: IDS } }));
const withPolicies = (type: string) => resourcesOf(stack, type).map(({ attributes }) => attributes);

describe("principals that the account had before", () => {
  test("keep their names and paths", () => {
    const named = ["user", "group", "role", "policy"].flatMap((kind) =>
      resourcesOf(stack, `aws_iam_${kind}`).map(({ attributes: { name, path } }) => `${kind}${path}${name}`),
    );
    expect(named.sort()).toEqual([
      "group/auditors",
      "group/developers",
      "policy/team/deploy",
      "role/team/Deployer",
      "role/web",
      "user/backup",
      "user/ci-website",
      "user/people/alice.smith",
    ]);
  });

  test("are imported with everything that hangs on them, each by the id that Terraform asks for", () => {
    const types = new Map<string, string[]>();
    for (const { to, id } of stack.json.import ?? []) {
      const [type = ""] = to.split(".");
      types.set(type, [...(types.get(type) ?? []), id]);
    }
    expect(Object.fromEntries([...types].map(([type, ids]) => [type, ids.sort()]))).toEqual(
      Object.fromEntries(Object.entries(IDS).map(([type, ids]) => [type, [...ids].sort()])),
    );
    const identities = stack.resources.filter(({ type }) => type.startsWith("aws_iam_"));
    expect(new Set(stack.json.import?.map(({ to }) => to)).size).toBe(identities.length);
  });

  test("have exclusive lists that name all that is imported, and nothing else", () => {
    for (const kind of ["user", "group", "role"]) {
      for (const attributes of withPolicies(`aws_iam_${kind}_policies_exclusive`)) {
        const own = withPolicies(`aws_iam_${kind}_policy`).filter(
          (one) => one[kind] === attributes[`${kind}_name`],
        );
        expect(attributes["policy_names"]).toHaveLength(own.length);
      }
      for (const attributes of withPolicies(`aws_iam_${kind}_policy_attachments_exclusive`)) {
        const own = withPolicies(`aws_iam_${kind}_policy_attachment`).filter(
          (one) => one[kind] === attributes[`${kind}_name`],
        );
        expect(attributes["policy_arns"]).toHaveLength(own.length);
      }
    }
  });

  test("get no default tag, and no user is destroyed together with its keys", () => {
    for (const { attributes } of stack.resources.filter(({ type }) => type.startsWith("aws_iam_"))) {
      expect(attributes["provider"]).toBe("aws.existing");
    }
    expect(stack.json.provider["aws"]?.find(({ alias }) => alias === "existing")).not.toHaveProperty(
      "default_tags",
    );
    expect(withPolicies("aws_iam_user").map(({ force_destroy }) => force_destroy)).toEqual([
      false,
      false,
      false,
    ]);
  });

  test("have what an inventory did not tell left as it is", () => {
    const [web] = withPolicies("aws_iam_role").filter(({ name }) => name === "web");
    expect(web).toMatchObject({ lifecycle: { ignore_changes: ["description", "max_session_duration"] } });
    expect(web).not.toHaveProperty("max_session_duration");
  });

  test("import nothing that the list leaves out, and nothing once the list is gone", () => {
    const only = synthesizedStack(
      "prod-identity",
      takenOver(SMALL_ACCOUNT, { imports: { resources: { aws_iam_user: ["backup"] } } }),
    );
    expect(only.json.import).toEqual([
      { to: expect.stringMatching(/^aws_iam_user\.user-backup_/), id: "backup" },
    ]);
    expect(synthesizedStack("prod-identity", takenOver()).json.import).toBeUndefined();
  });

  test("move from where the state has them, and give up other forms without destroying", () => {
    const { json } = synthesizedStack(
      "prod-identity",
      takenOver(SMALL_ACCOUNT, {
        imports: {
          resources: { aws_iam_user: ["backup"] },
          moved: { aws_iam_user: { backup: "module.users.aws_iam_user.this[0]" } },
          forgotten: ["aws_iam_group_membership.all"],
        },
      }),
    ) as unknown as { json: { moved: unknown; removed: unknown; import: unknown } };
    expect(json.import).toBeUndefined();
    expect(json.moved).toEqual([
      { from: "module.users.aws_iam_user.this[0]", to: expect.stringMatching(/^aws_iam_user\.user-backup_/) },
    ]);
    expect(json.removed).toEqual([{ from: "aws_iam_group_membership.all", lifecycle: { destroy: false } }]);
  });

  test("stand where they would stand as a device, so that becoming one moves nothing", () => {
    const before = stack.resources.find(({ attributes }) => attributes["name"] === "alice.smith");
    const after = synthesizedStack(
      "prod-identity",
      environment({ devices: { "alice.smith": { owner: "alice", roles: ["daily"] } } }),
    );
    expect(after.resources.map(({ address }) => address)).toContain(before?.address);
  });

  test("change nothing of an environment that has none", () => {
    const { json } = synthesizedStack("prod-identity", environment());
    expect(json.provider["aws"]).toHaveLength(1);
  });
});
