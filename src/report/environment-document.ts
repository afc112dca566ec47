import type { EnvironmentAccess } from "./access-report";
import type { AccountFacts } from "./account-facts";
import type { ReportDocument } from "./document";
import { furtherWaysSection } from "./escalations/escalations-section";
import { accountSections } from "./sections/account";
import { guardsSection } from "./sections/guards";
import { matrixSection } from "./sections/matrix";
import { ciSection, peopleSection } from "./sections/people";
import { acceptedSection, unknownSection, weaknessesSection } from "./sections/remarks";
import { rolesSection, serviceRolesSection } from "./sections/roles";

/** One environment as sections: people, CI, roles, what each may do, guards, exceptions, what is not known. */
export function environmentDocument(environment: EnvironmentAccess): ReportDocument {
  const { name, accountIds, allowedNetworks, account } = environment;
  const accounts =
    accountIds.length === 0
      ? "no account"
      : `account${accountIds.length === 1 ? "" : "s"} ${accountIds.join(", ")}`;
  return {
    title: `${name} (${accounts})`,
    notes: [
      ...(account === undefined ? [] : [asItIs(account)]),
      ...(allowedNetworks.length > 0 ? [`The allowed networks: ${allowedNetworks.join(", ")}`] : []),
    ],
    sections: [
      peopleSection(environment),
      ciSection(environment),
      rolesSection(environment),
      serviceRolesSection(environment),
      matrixSection(environment),
      furtherWaysSection(environment.waysUp),
      guardsSection(environment),
      ...accountSections(environment),
      weaknessesSection(environment),
      acceptedSection(environment),
      unknownSection(environment),
    ],
  };
}

function asItIs({ accountId, takenAt }: AccountFacts): string {
  const when = takenAt === "" ? "by a file that does not say when it was taken" : `of ${takenAt}`;
  return `Account ${accountId} as it is, ${when}: also what no stack declares`;
}
