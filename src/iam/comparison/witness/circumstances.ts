import type { AccessRequest } from "../../request";
import { addressOutside, addressRange, addressWithin } from "../address-range";
import type { Clause } from "../clause";
import { concrete, foreignTo } from "./concrete";

/** Values of condition keys, by key in lower case; `"absent"`: the request does not carry the key. */
export type Circumstances = ReadonlyMap<string, readonly string[] | "absent">;

/** Keys that follow from who asks: no circumstance changes them. */
const OF_THE_CALLER =
  /^aws:(?:username|userid|principalarn|principalaccount|principaltype|principalisawsservice|principalservicename|principalorgid)$/;

/** Values with which a clause holds, or with which it does not; nothing where none can be told. */
export function valuesFor(clause: Clause, holds: boolean): readonly string[] | "absent" | undefined {
  const { parsed, values, key } = clause;
  if (parsed === undefined || OF_THE_CALLER.test(key)) return undefined;
  const { comparison } = parsed;
  if (comparison.type === "null") {
    const mustBeAbsent = values.some((value) => value.toLowerCase() === "true");
    return mustBeAbsent === holds ? "absent" : [present(key)];
  }
  const wantsMatch = holds !== parsed.negated;
  if (wantsMatch) {
    const match = matching(clause);
    return match === undefined ? undefined : [match];
  }
  const other = differing(clause);
  return other === undefined ? undefined : [other];
}

/** Any value of a key that only has to be there. */
function present(key: string): string {
  if (/(?:present|viaawsservice|securetransport)$/.test(key)) return "true";
  if (/age$/.test(key)) return "60";
  if (/sourceip$/.test(key)) return "192.0.2.77";
  return foreignTo([]);
}

/** A value that one of the clause's values matches. */
function matching({ parsed, values }: Clause): string | undefined {
  const [first] = values;
  if (first === undefined || parsed === undefined) return undefined;
  const { comparison } = parsed;
  switch (comparison.type) {
    case "string":
      return comparison.wildcards
        ? concrete(first)
        : concrete(first.replace(/[*?]/g, (sign) => `\${${sign}}`));
    case "arn":
      return concrete(first);
    case "ip": {
      const range = addressRange(first);
      return range === undefined ? undefined : addressWithin(range, []);
    }
    case "number":
      return shifted(Number(first), comparison.order, 1, String);
    case "date":
      return shifted(dateOf(first), comparison.order, 86_400_000, (time) => new Date(time).toISOString());
    default:
      return first;
  }
}

/** A value that none of the clause's values matches. */
function differing({ parsed, values }: Clause): string | undefined {
  if (parsed === undefined) return undefined;
  const { comparison } = parsed;
  switch (comparison.type) {
    case "string":
    case "arn":
      return foreignTo(values);
    case "boolean":
      return values.some((value) => value.toLowerCase() === "true") ? "false" : "true";
    case "ip":
      return addressOutside(
        "ipv4",
        values.flatMap((value) => addressRange(value) ?? []),
      );
    case "number":
      return shifted(Number(values[0]), opposite(comparison.order), 1, String);
    case "date":
      return shifted(dateOf(values[0] ?? ""), opposite(comparison.order), 86_400_000, (time) =>
        new Date(time).toISOString(),
      );
    default:
      return undefined;
  }
}

type Order = "=" | "<" | "<=" | ">" | ">=" | "!=";

function shifted(
  value: number,
  order: Order,
  by: number,
  write: (value: number) => string,
): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (order === "<") return write(value - by);
  return write(order === ">" || order === "!=" ? value + by : value);
}

function opposite(order: Order): Order {
  const opposites = { "=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<" } as const;
  return opposites[order];
}

function dateOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

/** Both together; nothing where they contradict each other. */
export function joined(left: Circumstances, right: Circumstances): Circumstances | undefined {
  const both = new Map(left);
  for (const [key, values] of right) {
    const there = both.get(key);
    if (there !== undefined && JSON.stringify(there) !== JSON.stringify(values)) return undefined;
    both.set(key, values);
  }
  return both;
}

/** Circumstances in which all of these clauses hold, or the first of them does not. */
export function circumstancesOf(clauses: readonly Clause[], holds: boolean): Circumstances | undefined {
  let all: Circumstances | undefined = new Map();
  for (const clause of clauses) {
    const values = valuesFor(clause, holds);
    if (values === undefined) {
      if (holds && !OF_THE_CALLER.test(clause.key)) return undefined;
      continue;
    }
    all = all === undefined ? undefined : joined(all, new Map([[clause.key, values]]));
    if (!holds) break;
  }
  return all;
}

/** The parts of a request that carry them. Keys that are mentioned and have no value are certainly absent. */
export function requestOf(
  circumstances: Circumstances,
  mentioned: Iterable<string>,
): Omit<AccessRequest, "principal" | "action" | "resource"> {
  const value = (key: string) => {
    const values = circumstances.get(key);
    return values === undefined || values === "absent" ? undefined : values[0];
  };
  const [age, mfa] = [value("aws:multifactorauthage"), value("aws:multifactorauthpresent")];
  const [ip, vpc, endpoint] = [value("aws:sourceip"), value("aws:sourcevpc"), value("aws:sourcevpce")];
  const isInVpc =
    vpc !== undefined || endpoint !== undefined || circumstances.get("aws:sourceip") === "absent";
  const context = [...circumstances].filter(([key, values]) => values !== "absent" && !CARRIED.has(key));
  const stated = new Set([...context.map(([key]) => key), ...CARRIED]);
  const absentContext = [...new Set(mentioned)].filter((key) => !stated.has(key) && !OF_THE_CALLER.test(key));
  return {
    credentials:
      mfa === "true" || (mfa === undefined && age !== undefined)
        ? { kind: "session-token", mfaAgeSeconds: Math.max(0, Math.floor(Number(age ?? 60))) }
        : mfa === "false"
          ? { kind: "session-token" }
          : { kind: "long-term-key" },
    network: isInVpc
      ? { vpc: vpc ?? "vpc-0a1b2c3d4e5f60718", ...(endpoint !== undefined && { vpcEndpoint: endpoint }) }
      : { sourceIp: ip ?? "192.0.2.77" },
    ...(value("aws:viaawsservice") === "true" && { viaAwsService: true }),
    ...(context.length > 0 && {
      context: Object.fromEntries(context.map(([key, values]) => [key, values as readonly string[]])),
    }),
    ...(absentContext.length > 0 && { absentContext }),
  };
}

/** Keys that credentials and network carry. */
const CARRIED: ReadonlySet<string> = new Set([
  "aws:multifactorauthage",
  "aws:multifactorauthpresent",
  "aws:sourceip",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:viaawsservice",
]);
