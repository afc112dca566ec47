import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCredentialReport } from "../../../src/credentials/parse-credential-report";
import { parseKeyRules } from "../../../src/credentials/parse-key-rules";
import { readInventory } from "../../../src/drift/read-inventory";
import { allow } from "../../../src/environment/policy-statement";
import { packageRoot } from "../../../src/lambda-bundle/package-root";
import { requireProofs } from "../../../src/proofs/prove-stacks";
import { validateBaseline } from "../../../src/proofs/validate-baseline";
import { answerQuestion } from "../../../src/report/question";
import { graphFromAuthorizationDetails } from "../../../src/sources/account/graph-from-authorization-details";
import { graphFromPlan } from "../../../src/sources/plan/graph-from-plan";
import { graphFromStackDirectory } from "../../../src/sources/stack/graph-from-stack-directory";
import { accessGraph, attached, role, user } from "../../builders/access-graph";
import { ciGroup, environment, NOW } from "../../builders/environment";
import { synthesize } from "../../support/synthesize";
import { printed, type Raised } from "./raise";

const recorded = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, "../../fixtures/terraform", name), "utf8"));

const trusting = attached({ Version: "2012-10-17", Statement: [] }, { kind: "trust", name: "trust" });
const world = [
  { environment: "prod", graph: accessGraph({ users: [user()], roles: [role({ trust: trusting })] }) },
];
const asked = (principal: string, mfa?: { readonly ageSeconds: number }) =>
  printed(() => answerQuestion({ principal, actions: ["s3:GetObject"], ...(mfa && { mfa }) }, world));

function broken(): unknown {
  const careless = environment({
    ciGroups: { deployers: ciGroup({ statements: [allow("iam:CreateUser", "*")] }) },
  });
  const stacks = [...synthesize(careless)].map(([name, { json }]) => ({ name, configuration: json }));
  return requireProofs(stacks, validateBaseline([careless], NOW), NOW);
}

/** What cannot be read as what it should be, by code. */
export const RAISED_BY_SOURCES: Readonly<Record<string, Raised>> = {
  "source-invalid": () => printed(() => graphFromPlan(recorded("state.json"), { file: "plan.json" })),
  "source-format-unknown": () =>
    printed(() => graphFromPlan({ format_version: "2.0", planned_values: {} }, { file: "plan.json" })),
  "source-incomplete": () =>
    printed(() =>
      graphFromAuthorizationDetails({ UserDetailList: [], IsTruncated: true }, { file: "details.json" }),
    ),
  "plan-failed": () =>
    printed(() =>
      graphFromPlan({ format_version: "1.2", planned_values: {}, errored: true }, { file: "plan.json" }),
    ),
  "stacks-missing": () => printed(() => [...graphFromStackDirectory("/nowhere/cdktf.out")]),
  "account-ambiguous": () => printed(() => readInventory({ UserDetailList: [] }, "inventory.json")),
  "credential-report-invalid": () => printed(() => parseCredentialReport("")),
  "function-settings-invalid": () => printed(() => parseKeyRules("{", "KEY_RULES")),
  "function-zip-missing": () => printed(() => packageRoot(["/nowhere"])),
  "proof-broken": async () => (await printed(broken)).split("\n").slice(0, 6).join("\n"),
  "question-invalid": () => asked("daily", { ageSeconds: 60 }),
  "unknown-principal": () => asked("laptp"),
};
