import { parsePolicyDocument } from "../../iam/policy-syntax";
import { locationOf } from "../schema-violations";
import { declaredStatements } from "./declared-statements";
import { type EnvironmentRule, environmentFile } from "./rule";

/** IAM would take every statement as it is written: told here by file and key, before a policy is made of them. */
export const statementsAreAccepted: EnvironmentRule = (environment) =>
  declaredStatements(environment).flatMap(({ at, statements }) =>
    statements.flatMap((statement, index) => {
      const location = locationOf(environmentFile(environment.name), [...at, index]);
      const document = { Version: "2012-10-17", Statement: [statement] };
      const parsed = parsePolicyDocument(document, "identity", location);
      if (parsed.ok) return [];
      return parsed.problems.map((problem) => ({
        ...problem,
        location: problem.location.replace(`${location}: Statement[0]`, () => location),
      }));
    }),
  );
