import type { Schedule } from "../../environment/schedule";
import type { Acceptance } from "../../findings/acceptance";
import { Refusal } from "../../findings/refusal";
import { MAX_EVENT_BYTES, MAX_VARIABLE_BYTES } from "../pack-key-rules";
import { FUNCTION_SETTINGS_INVALID, KeyRulesError, readKeyRules } from "../parse-key-rules";
import type { ResolvedKeyRules } from "../resolved-key-rules";
import type { AuditedRoot, DeclaredUser, Neighbour, UserKind } from "./audit-input";

/** What the audit of one environment compares the account with: JSON-serialisable, resolved at synthesis. */
export interface AuditScope {
  /** Format of this object. */
  readonly version: 1;
  /** IAM user names that the environment declares, by kind. They live under the path of their kind. */
  readonly users: Readonly<Record<UserKind, readonly string[]>>;
  /** IAM paths by kind, with slashes at both ends. */
  readonly paths: Readonly<Record<UserKind, string>>;
  /** Other environments in the same account. */
  readonly neighbours?: readonly Neighbour[];
  /** Absent: this audit also judges root, server certificates and strangers. */
  readonly inCharge?: false;
  /** Exceptions of the neighbours: what is told once, by the audit in charge, may be accepted by any of them. */
  readonly neighbourAcceptances?: readonly Acceptance[];
  /** Absent: as in {@link AuditInput}. */
  readonly root?: AuditedRoot;
  /** Absent: the environment has no key rules. */
  readonly keyRules?: ResolvedKeyRules;
  /** When the run that deactivates starts. Absent: there is none, or it only runs dry. */
  readonly nightly?: Schedule;
  readonly acceptances: readonly Acceptance[];
}

/** Stands in the variable where the scope is too large for it and comes with each event. */
export const SCOPE_IN_EVENT = "event";

/** A value that should be an audit scope and is none. */
export class AuditScopeError extends Refusal {
  override readonly name = "AuditScopeError";

  constructor(message: string, options?: ErrorOptions) {
    super(FUNCTION_SETTINGS_INVALID, message, options);
  }
}

const KINDS = ["device", "ci", "break-glass"] as const satisfies readonly UserKind[];
const PATH = /^\/(?:[\x21-\x2e\x30-\x7e]+\/)+$/;

/** The declared users one by one, as `AuditInput` wants them. */
export function declaredUsers({ users, paths }: AuditScope): DeclaredUser[] {
  return KINDS.flatMap((kind) => users[kind].map((userName) => ({ userName, path: paths[kind], kind })));
}

/**
 * Puts the scope where it fits: into the variable `AUDIT_SCOPE`, or into the input of the schedule as `{"audit": …}`.
 *
 * @throws RangeError where even the event is too small: some 8,000 users
 */
export function packAuditScope(scope: AuditScope): { readonly variable: string; readonly event?: string } {
  const json = JSON.stringify(scope);
  if (Buffer.byteLength(json) <= MAX_VARIABLE_BYTES) return { variable: json };
  const event = JSON.stringify({ audit: scope });
  const size = Buffer.byteLength(event);
  if (size > MAX_EVENT_BYTES) {
    throw new RangeError(
      `audit: at most ${MAX_EVENT_BYTES} bytes of users, rules and acceptances, got ${size}`,
    );
  }
  return { variable: SCOPE_IN_EVENT, event };
}

/**
 * The scope as the function finds it. A variable that holds one wins over any event.
 *
 * @param variable value of `AUDIT_SCOPE`
 * @throws AuditScopeError naming the first wrong part
 */
export function unpackAuditScope(variable: string | undefined, event: unknown): AuditScope {
  if (variable === undefined || variable === "") {
    throw new AuditScopeError("AUDIT_SCOPE: expected an audit scope, got nothing; deploy again");
  }
  if (variable !== SCOPE_IN_EVENT) return readScope(parseJson(variable), "AUDIT_SCOPE");
  return readScope(asFields(event, "event")["audit"], "event.audit");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AuditScopeError("AUDIT_SCOPE: expected JSON, got something else; deploy again");
  }
}

function readScope(value: unknown, where: string): AuditScope {
  const fields = asFields(value, where);
  const known = [
    "version",
    "users",
    "paths",
    "neighbours",
    "inCharge",
    "neighbourAcceptances",
    "root",
    "keyRules",
    "nightly",
    "acceptances",
  ];
  const unknown = Object.keys(fields).find((key) => !known.includes(key));
  if (unknown !== undefined) throw wrong(where, known.join(", "), unknown);
  if (fields["version"] !== 1) throw wrong(`${where}.version`, "1", fields["version"]);
  const users = asFields(fields["users"], `${where}.users`);
  const byKind = <Value>(read: (kind: UserKind) => Value) =>
    Object.fromEntries(KINDS.map((kind) => [kind, read(kind)])) as Record<UserKind, Value>;
  return {
    version: 1,
    users: byKind((kind) => readNames(users[kind], `${where}.users.${kind}`)),
    paths: readPaths(fields["paths"], `${where}.paths`),
    acceptances: readEach(fields["acceptances"], `${where}.acceptances`, readAcceptance),
    ...(fields["neighbours"] !== undefined && {
      neighbours: readEach(fields["neighbours"], `${where}.neighbours`, readNeighbour),
    }),
    ...(fields["inCharge"] !== undefined && { inCharge: readFalse(fields["inCharge"], `${where}.inCharge`) }),
    ...(fields["neighbourAcceptances"] !== undefined && {
      neighbourAcceptances: readEach(
        fields["neighbourAcceptances"],
        `${where}.neighbourAcceptances`,
        readAcceptance,
      ),
    }),
    ...(fields["root"] !== undefined && { root: readRoot(fields["root"], `${where}.root`) }),
    ...(fields["keyRules"] === undefined
      ? {}
      : { keyRules: keyRules(fields["keyRules"], `${where}.keyRules`) }),
    ...(fields["nightly"] === undefined
      ? {}
      : { nightly: readSchedule(fields["nightly"], `${where}.nightly`) }),
  };
}

function keyRules(value: unknown, where: string): ResolvedKeyRules {
  try {
    return readKeyRules(value, where);
  } catch (error) {
    if (error instanceof KeyRulesError) throw new AuditScopeError(error.message);
    throw error;
  }
}

function readSchedule(value: unknown, where: string): Schedule {
  const { cron, timeZone } = asFields(value, where);
  return {
    cron: readText(cron, /^cron\(.+\)$/, `${where}.cron`, "a cron expression"),
    timeZone: readText(timeZone, /./, `${where}.timeZone`, "the name of a time zone"),
  };
}

function readPaths(value: unknown, where: string): Readonly<Record<UserKind, string>> {
  const paths = asFields(value, where);
  return Object.fromEntries(
    KINDS.map((kind) => [kind, readText(paths[kind], PATH, `${where}.${kind}`, "an IAM path other than /")]),
  ) as Record<UserKind, string>;
}

function readNeighbour(value: unknown, where: string): Neighbour {
  const { root, paths, audited } = asFields(value, where);
  if (typeof audited !== "boolean") throw wrong(`${where}.audited`, "true or false", audited);
  return {
    root: readText(root, PATH, `${where}.root`, "an IAM path other than /"),
    paths: readPaths(paths, `${where}.paths`),
    audited,
  };
}

function readRoot(value: unknown, where: string): AuditedRoot {
  const { credentials, usedWithinDays, acknowledgedUses } = asFields(value, where);
  if (credentials !== "own" && credentials !== "central")
    throw wrong(`${where}.credentials`, '"own" or "central"', credentials);
  if (typeof usedWithinDays !== "number" || !(usedWithinDays >= 1))
    throw wrong(`${where}.usedWithinDays`, "a number of days", usedWithinDays);
  return {
    credentials,
    usedWithinDays,
    acknowledgedUses: readEach(acknowledgedUses, `${where}.acknowledgedUses`, (each, at) => {
      const { until, reason } = asFields(each, at);
      return {
        until: readText(until, /^\d{4}-\d{2}-\d{2}/, `${at}.until`, "a day or a moment"),
        reason: readText(reason, /./, `${at}.reason`, "a reason"),
      };
    }),
  };
}

function readFalse(value: unknown, where: string): false {
  if (value !== false) throw wrong(where, "false, or nothing", value);
  return value;
}

function readEach<Entry>(
  value: unknown,
  where: string,
  read: (value: unknown, where: string) => Entry,
): readonly Entry[] {
  return readList(value, where).map((each, index) => read(each, `${where}[${index}]`));
}

function readAcceptance(value: unknown, where: string): Acceptance {
  const { finding, subject, reason, expires } = asFields(value, where);
  return {
    finding: readText(finding, /./, `${where}.finding`, "the id of a rule"),
    subject: readText(subject, /./, `${where}.subject`, "the address of a finding"),
    reason: readText(reason, /./, `${where}.reason`, "a reason"),
    expires: readText(expires, /^\d{4}-\d{2}-\d{2}$/, `${where}.expires`, "a day, YYYY-MM-DD"),
  };
}

function readNames(value: unknown, where: string): readonly string[] {
  return readList(value, where).map((name, index) =>
    readText(name, /./, `${where}[${index}]`, "an IAM user name"),
  );
}

function readList(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(where, "a list", value);
  return value;
}

function readText(value: unknown, form: RegExp, where: string, expected: string): string {
  if (typeof value !== "string" || !form.test(value)) throw wrong(where, expected, value);
  return value;
}

function asFields(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrong(where, "an object", value);
  return value as Readonly<Record<string, unknown>>;
}

function wrong(where: string, expected: string, got: unknown): AuditScopeError {
  const shown = got === undefined ? "nothing" : (JSON.stringify(got) ?? typeof got).slice(0, 60);
  return new AuditScopeError(`${where}: expected ${expected}, got ${shown}; deploy again`);
}
