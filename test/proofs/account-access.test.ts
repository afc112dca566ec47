import type { EnvironmentInput } from "../../src/environment/environment";
import { evaluate } from "../../src/iam/evaluate";
import type { AccessGraph } from "../../src/iam/graph";
import { graphOfStacks } from "../../src/proofs/prove-stacks";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { accessReport } from "../../src/report/build-report";
import { formatAccessTable } from "../../src/report/format/table";
import { environment, NOW, role } from "../builders/environment";
import { synthesize } from "../support/synthesize";
import { proven, type StackJson, told } from "./proven";

jest.setTimeout(120_000);

/** People of IAM Identity Center who come by account access manager: its service, for one application. */

const OWNER = "444455556666";
const APPLICATION = `arn:aws:account-access:eu-central-1:${OWNER}:application/apl-0a1b2c3d4e5f`;
const ROLE = "arn:aws:iam::111122223333:role/baseline/people-k7q2m9xd";

const of = (sourceArns: readonly string[] | undefined): EnvironmentInput =>
  environment({
    name: "prod",
    roleSuffix: "k7q2m9xd",
    roles: {
      daily: role(),
      people: role({
        service: { principal: "account-access.amazonaws.com", ...(sourceArns && { sourceArns }) },
      }),
    },
  });

let graph: AccessGraph;
beforeAll(() => {
  graph = graphOfStacks(
    [...synthesize(of([APPLICATION]))].map(([name, { json }]) => ({ name, configuration: json })),
  );
});

test("holds every proof, and says whose MFA it is", () => {
  const report = proven(of([APPLICATION]));
  expect(told(report.broken)).toEqual([]);
  const said = report.declared.filter(({ message }) => message.includes("account access manager"));
  expect(said.map(({ subject }) => subject)).toEqual(["role/people"]);
  expect(said[0]?.message).toContain("MFA is Identity Center's to ask");
});

test.each<[what: string, action: string, context: Readonly<Record<string, string>>, effect: string]>([
  ["its application", "sts:AssumeRole", { arn: APPLICATION, account: OWNER }, "Allowed"],
  ["its application, with tags", "sts:TagSession", { arn: APPLICATION, account: OWNER }, "Allowed"],
  ["its application, with a context", "sts:SetContext", { arn: APPLICATION, account: OWNER }, "Allowed"],
  ["another application", "sts:AssumeRole", { arn: `${APPLICATION}x`, account: OWNER }, "ImplicitlyDenied"],
  [
    "another organization",
    "sts:AssumeRole",
    { arn: APPLICATION.replace(OWNER, "999999999999"), account: "999999999999" },
    "ImplicitlyDenied",
  ],
  [
    "the role's own account",
    "sts:AssumeRole",
    { arn: APPLICATION, account: "111122223333" },
    "ImplicitlyDenied",
  ],
])("the service for %s: %s", (_what, action, { arn = "", account = "" }, effect) => {
  const decision = evaluate(
    {
      principal: "account-access.amazonaws.com",
      credentials: { kind: "service" },
      network: "none",
      action,
      resource: ROLE,
      context: { "aws:SourceArn": arn, "aws:SourceAccount": account },
    },
    graph,
  );
  expect(decision.effect).toBe(effect);
});

type Conditions = Record<string, Record<string, unknown>>;

test.each<[what: string, edit: (condition: Conditions) => void]>([
  [
    "both conditions dropped",
    (condition) => {
      for (const key of Object.keys(condition)) delete condition[key];
    },
  ],
  [
    "any application",
    (condition) => {
      condition["ArnLike"] = {
        "aws:SourceArn": `arn:aws:account-access:eu-central-1:${OWNER}:application/*`,
      };
    },
  ],
  [
    "any organization",
    (condition) => {
      delete condition["StringEquals"];
      condition["ArnLike"] = { "aws:SourceArn": APPLICATION.replace(OWNER, "*") };
    },
  ],
])("a trust that is opened breaks a proof: %s", (_what, edit) => {
  const open = (stack: StackJson) => {
    const body = Object.values(stack.resource["aws_iam_role"] ?? {}).find(
      (one) => one["name"] === "people-k7q2m9xd",
    );
    const document = JSON.parse(String(body?.["assume_role_policy"])) as {
      Statement: { Condition: Conditions }[];
    };
    const [statement] = document.Statement;
    if (body === undefined || statement === undefined) throw new Error("no role");
    edit(statement.Condition);
    body["assume_role_policy"] = JSON.stringify(document);
  };
  expect(told(proven(of([APPLICATION]), open).broken).join()).toContain("role/people-k7q2m9xd");
});

test.each<[what: string, sourceArns: readonly string[] | undefined, got: RegExp]>([
  ["no application", undefined, /roles\.people\.service\.sourceArns: .*got none/],
  [
    "any application",
    [`arn:aws:account-access:eu-central-1:${OWNER}:application/*`],
    /without wildcards, got/,
  ],
  [
    "another ARN",
    [`arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071`],
    /the application of account access manager/,
  ],
  [
    "applications of two accounts",
    [APPLICATION, APPLICATION.replace(OWNER, "111122223333")],
    /of one account/,
  ],
])("refuses %s", (_what, sourceArns, message) => {
  expect(() => validateBaseline([of(sourceArns)], NOW)).toThrow(message);
});

test("access tells people, and not a role of a service", () => {
  const report = accessReport([{ environment: "prod", graph }]);
  const [, people] = formatAccessTable(report, { width: 140 }).split(/^Roles - /m);
  const [roles = "", ofServices = ""] = (people ?? "").split(/^Roles of AWS services/m);
  expect(roles).toContain("people of IAM Identity Center");
  expect(ofServices.split(/^What each/m)[0]).not.toContain("people-");
});
