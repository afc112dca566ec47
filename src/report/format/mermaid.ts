import { redact } from "../../findings/mask";
import { printable } from "../../findings/printable";
import type { AccessReport, Assumer, EnvironmentAccess } from "../access-report";
import { labelIn } from "../labels";
import { rightsLines } from "../rights";
import { abbreviated, distinct } from "../shown";
import { conditionsMark } from "../words";

/**
 * The report as a Mermaid flowchart: people, devices, groups with their guards, roles, and what they reach. GitHub
 * renders it in Markdown.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function formatAccessMermaid(report: AccessReport): string {
  const lines = report.environments.flatMap((environment, index) => chart(environment, `e${index}`));
  return ["flowchart LR", ...lines.map((line) => `  ${line}`), ...STYLES.map((line) => `  ${line}`), ""].join(
    "\n",
  );
}

const STYLES = [
  "classDef admin stroke:#b42318,stroke-width:2px",
  "classDef guard stroke:#067647,stroke-dasharray:4 3",
  "classDef quiet stroke-dasharray:2 3",
];

function chart(environment: EnvironmentAccess, prefix: string): readonly string[] {
  const ids = new Map<string, string>();
  const id = (kind: string, name: string) => {
    const key = `${kind} ${name}`;
    const present = ids.get(key) ?? `${prefix}${kind}${ids.size}`;
    ids.set(key, present);
    return present;
  };
  const nodes: string[] = [];
  const edges: string[] = [];
  for (const user of environment.users) {
    const names = abbreviated(user.names, 4).join(", ");
    const node = id("user", user.arns.join(" "));
    nodes.push(`${node}["${label(`${user.kind}: ${names}`)}"]`);
    for (const owner of user.kind === "ci" ? user.repositories : distinct(user.owners)) {
      const person = id("owner", owner);
      nodes.push(`${person}(["${label(owner)}"])`);
      edges.push(`${person} --> ${node}`);
    }
    for (const group of user.groups) edges.push(`${node} --> ${id("group", group)}`);
    for (const reached of user.mayBecome) {
      const how = conditionsMark(reached.conditions) || "no condition";
      const arrow = reached.answer === "unknown" ? "-.->" : "==>";
      edges.push(
        `${node} ${arrow}|"${label(reached.answer === "unknown" ? "not known" : how)}"| ${id("role", reached.arn)}`,
      );
      if (reached.environment !== environment.name) {
        nodes.push(`${id("role", reached.arn)}{{"${label(`${reached.environment}/${reached.name}`)}"}}`);
      }
    }
  }
  for (const group of environment.groups) {
    const guard = [
      ...(group.guardParts.mfa ? ["MFA"] : []),
      ...(group.guardParts.networks ? ["networks"] : []),
    ];
    const text = guard.length > 0 ? `${group.name}, guarded: ${guard.join(", ")}` : group.name;
    nodes.push(`${id("group", group.name)}[/"${label(text)}"/]${guard.length > 0 ? ":::guard" : ""}`);
  }
  for (const role of environment.roles) {
    const node = id("role", role.arn);
    nodes.push(
      `${node}{{"${label(labelIn(environment, role))}"}}${role.administrator === "yes" ? ":::admin" : ""}`,
    );
    const rights =
      role.administrator === "yes"
        ? ["everything"]
        : rightsLines(role.capabilities, role.accountId).map(({ text }) => text);
    const reach = id("reach", role.arn);
    nodes.push(
      `${reach}["${label(rights.length === 0 ? "nothing" : abbreviated(rights, 4).join("; "))}"]:::quiet`,
    );
    edges.push(`${node} --> ${reach}`);
    for (const assumer of role.assumedBy.filter(isOutside)) {
      const outside = id("outside", assumer.name);
      nodes.push(`${outside}(["${label(assumer.name)}"])`);
      edges.push(
        assumer.answer === "unknown" ? `${outside} -.->|"not known"| ${node}` : `${outside} ==> ${node}`,
      );
    }
  }
  return [`subgraph ${prefix}["${label(environment.name)}"]`, ...distinct(nodes), "end", ...distinct(edges)];
}

function isOutside({ kind }: Assumer): boolean {
  return kind !== "user" && kind !== "role";
}

/** Text in a quoted label: what could end the quotes, start markup or a link becomes an entity. */
function label(text: string): string {
  return [...printable(redact(text))]
    .map((character) =>
      /[\p{L}\p{N} .,:/@+=*_-]/u.test(character) ? character : `#${character.codePointAt(0)};`,
    )
    .join("")
    .replace(/@/g, "#64;");
}
