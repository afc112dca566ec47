import type { EnvironmentAccess, UserAccess } from "../access-report";
import { rightsLines } from "../rights";
import { abbreviated, enumeration } from "../shown";
import { conditionsMark, networksText } from "../words";
import { arranged } from "./arrangement";
import { peopleLane } from "./people-of";
import type { CiRow, Picture } from "./picture";
import { serviceRows } from "./service-rows";

export function pictureOf(environment: EnvironmentAccess): Picture {
  const { name, accountIds, allowedNetworks, users } = environment;
  const people = users.filter(({ kind }) => kind !== "ci");
  return {
    title: name,
    subtitle: [
      `account${accountIds.length === 1 ? "" : "s"} ${accountIds.join(", ") || "not known"}`,
      ...(allowedNetworks.length > 0
        ? [`allowed networks ${abbreviated(allowedNetworks, 4).join(", ")}`]
        : []),
    ].join("   \u00b7   "),
    description: describe(environment),
    people: arranged(peopleLane(people, environment)),
    ci: users.filter(({ kind }) => kind === "ci").map((user) => ciRow(user, environment)),
    services: serviceRows(environment),
  };
}

function ciRow(user: UserAccess, environment: EnvironmentAccess): CiRow {
  const { names, repositories, groups, guardedTo, capabilities, mayBecome, accountId } = user;
  const isAnywhere = guardedTo.conditions.some(({ networks }) => networks === undefined);
  const from = guardedTo.conditions.map((one) => networksText(one, environment)).join(" or ");
  return {
    repositories: abbreviated(repositories, 3).join(", "),
    groups: groups.join(" + ") || "no group",
    users: abbreviated(names, 3).join(", "),
    isStack: names.length > 1,
    from: { text: `from ${from || "nowhere"}`, isWeak: isAnywhere },
    reach: [
      ...abbreviated(
        rightsLines(capabilities, accountId).map(({ text }) => text),
        4,
      ),
      ...mayBecome.map(({ name }) => `become ${name}`),
    ],
  };
}

function describe({ users, roles }: EnvironmentAccess): string {
  const sentences = users.map(({ names, mayBecome, groups }) => {
    const who = enumeration(abbreviated(names, 4));
    const become = mayBecome.map(
      ({ name, conditions }) => `${name} (${conditionsMark(conditions) || "no condition"})`,
    );
    const may = become.length === 0 ? "becomes no role" : `may become ${enumeration(become)}`;
    return `${who}, in ${enumeration(groups) || "no group"}, ${may}.`;
  });
  const admins = roles.filter(({ administrator }) => administrator === "yes").map(({ name }) => name);
  const last =
    admins.length === 0 ? "No role is an administrator's." : `Administrator: ${enumeration(admins)}.`;
  return [...abbreviated(sentences, 30), last].join(" ");
}
