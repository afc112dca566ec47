import type { AccountImport } from "./import-account";

/** One table of the report: rows for people, with what stands around them. */
export interface ReportSection {
  readonly title: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** Share of the principals that a person could move that an environment expresses, in percent, rounded down. */
export function expressedPercent({ found, draft: { leftOut, unmanaged } }: AccountImport): number {
  const all = Object.values(found).reduce((sum, count) => sum + count, 0) - leftOut.length;
  return all === 0 ? 100 : Math.floor(((all - unmanaged.length) / all) * 100);
}

/** What an import found, in words. */
export function importReport(done: AccountImport, written: readonly string[]): readonly ReportSection[] {
  const { draft, steps, credentials, otherwise, found, declared, accountId, name } = done;
  const counts = Object.entries(found).map(([kind, count]) => `${count} ${kind}`);
  const sections: readonly ReportSection[] = [
    {
      title: `Import of account ${accountId} into environments/${name}.ts`,
      facts: [
        ["Found", counts.join(", ")],
        ...(declared > 0 ? [["Declared already", String(declared)] as const] : []),
        ["Expressed", `${expressedPercent(done)} % of those that no service owns`],
        ["Left out", `${draft.leftOut.length}, which a service or another tool owns`],
        ["Not managed", String(draft.unmanaged.length + otherwise.length)],
        ["First plan", `${importsIn(done)} imports; it must destroy and replace nothing`],
      ],
      head: ["Principal", "Becomes", "Why"],
      rows: principalRows(done),
      notes: [
        "as, owner and repository of users are proposals: correct them in the file.",
        ...(name !== "" && done.isNew
          ? ["allowedNetworks is empty: no proof asks where people work from, until it lists their networks."]
          : []),
      ],
    },
    section("Left out: a service or another tool owns it", ["What", "Why"], draft.leftOut.map(row)),
    section(
      "Not managed",
      ["What", "Why"],
      [
        ...[...draft.unmanaged, ...otherwise].map(row),
        ...draft.memberships.map((one) => [
          one,
          "nobody declares the group: the membership stays, and no plan shows it",
        ]),
      ],
    ),
    section(
      "States of others: what they let go of before the first apply",
      ["State", "What"],
      (done.released ?? []).flatMap(({ file, removed, stateRm, kept }) => [
        [file, `${removed.length} removed blocks, without destroying`],
        ...stateRm.map((address) => [file, `terraform state rm '${address}'`]),
        ...kept.map(({ address, reason }) => [file, `${address} stays: ${reason}`]),
      ]),
    ),
    section(
      "Never imported: credentials",
      ["User", "Has"],
      credentials.map(({ user, what }) => [user, what]),
    ),
    {
      ...section(
        "What your account breaks today, the worst first",
        ["Step", "Whose", "Finding", "Smallest step that mends it, and what is so"],
        steps.map(({ order, subject, proof, findings, broken, more, step }) => [
          String(order),
          subject,
          findings.length === 1 ? (findings[0] ?? proof) : `${proof} (${findings.length} ways)`,
          `${step}. ${broken}${more > 0 ? ` (and ${more} more)` : ""}`,
        ]),
      ),
      notes:
        steps.length === 0
          ? ["Nothing: every proof holds."]
          : [`Each has an entry in accepted until ${done.accepted[0]?.expires}: take out what you mend.`],
    },
    {
      ...section(
        "Files",
        ["File"],
        written.map((file) => [file]),
      ),
      notes: written.length === 0 ? ["Nothing was written."] : nextSteps(done),
    },
  ];
  return sections.filter(({ rows, notes, facts }) => rows.length + notes.length + facts.length > 0);
}

function section(title: string, head: readonly string[], rows: ReportSection["rows"]): ReportSection {
  return { title, facts: [], head, rows, notes: [] };
}

const row = ({
  kind,
  name,
  reason,
}: {
  readonly kind: string;
  readonly name: string;
  readonly reason: string;
}) => [`${kind}/${name}`, reason];

function importsIn({ resources }: AccountImport): number {
  return Object.values(resources).reduce((sum, ids) => sum + ids.length, 0);
}

function principalRows({ draft: { existing, kinds } }: AccountImport): readonly (readonly string[])[] {
  const { users, groups, roles, policies } = existing;
  return [
    ...Object.entries(users).map(([name, { as, repository }]) => [
      `user/${name}`,
      repository === undefined ? as : `${as} ${repository}`,
      kinds[name]?.because ?? "",
    ]),
    ...Object.entries(groups).map(([name, { as = "other" }]) => [
      `group/${name}`,
      `group of ${GROUPS[as]}`,
      "by its members",
    ]),
    ...Object.entries(roles).map(([name, { administrator }]) => [
      `role/${name}`,
      administrator === true ? "role, administrator" : "role",
      "under its own name and path",
    ]),
    ...Object.keys(policies).map((name) => [
      `policy/${name}`,
      "managed policy",
      "under its own name and path",
    ]),
  ];
}

const GROUPS = { developers: "devices", ci: "CI", other: "others" } as const;

function nextSteps({ name, isNew }: AccountImport): readonly string[] {
  return [
    `Next: read environments/${name}.ts, then synthesize and plan ${name}-identity: expect imports, nothing to destroy, nothing to replace; what changes in place is Terraform's own (force_destroy).`,
    ...(isNew
      ? [
          "Without a project around it: iam-baseline init in an empty folder, then run this again with --write there.",
        ]
      : []),
    `After the first apply delete environments/${name}.imports.ts and the two lines that name it.`,
  ];
}
