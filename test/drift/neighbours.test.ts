import { judgeDrift } from "../../src/drift/judge-drift";
import { policyDocument } from "../../src/iam/policy-document";
import { graphFromState } from "../../src/sources/state/graph-from-state";
import { ACCOUNT, accessGraph } from "../builders/access-graph";
import { accountInventory, credentials, roleDetails, userDetails } from "../builders/account-inventory";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const byEc2 = policyDocument({
  Effect: "Allow",
  Principal: { Service: "ec2.amazonaws.com" },
  Action: "sts:AssumeRole",
});
const resource = (type: string, values: Readonly<Record<string, unknown>>) => ({
  address: `${type}.x`,
  mode: "managed",
  type,
  name: "x",
  values,
});

/** What another team's Terraform holds: a role, a user with a password, and a provider. */
const state = {
  format_version: "1.0",
  terraform_version: "1.11.4",
  values: {
    root_module: {
      resources: [
        resource("aws_iam_role", {
          arn: `arn:aws:iam::${ACCOUNT}:role/team-runner`,
          name: "team-runner",
          path: "/",
          assume_role_policy: JSON.stringify(byEc2),
        }),
        resource("aws_iam_user", {
          arn: `arn:aws:iam::${ACCOUNT}:user/team-admin`,
          name: "team-admin",
          path: "/",
        }),
        resource("aws_iam_user_login_profile", { user: "team-admin" }),
        resource("aws_iam_openid_connect_provider", {
          arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/login.example.net`,
          url: "login.example.net",
          client_id_list: ["x"],
        }),
      ],
    },
  },
};
const inventory = accountInventory(
  {
    users: [userDetails("team-admin")],
    roles: [roleDetails("team-runner", byEc2, { attached: [ADMINISTRATOR] })],
  },
  {
    users: {
      "team-admin": credentials({
        loginProfile: { value: {} },
        mfaDevices: { value: [`arn:aws:iam::${ACCOUNT}:mfa/whatever`] },
      }),
    },
    oidcProviders: { value: [{ arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/login.example.net` }] },
  },
);
const rules = (others: Parameters<typeof judgeDrift>[0]["others"]) =>
  judgeDrift({
    environment: "prod",
    plans: [],
    withoutPlan: [{ stack: "prod-identity", graph: accessGraph() }],
    others: others ?? [],
    inventory,
  }).findings.map(({ rule, address }) => `${rule} ${address}`);

test("what another team's state holds is no stranger", () => {
  expect(rules([graphFromState(state)])).toEqual([]);
});

test("without the state all of it is told", () => {
  expect(rules([])).toEqual([
    "undeclared-user user/team-admin",
    "undeclared-role role/team-runner",
    "undeclared-identity-provider oidc-provider/login.example.net",
    "undeclared-password user/team-admin",
  ]);
});
