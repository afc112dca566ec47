import type { DetectionScope, ScopedUser } from "./detection-scope";

type Fields = Readonly<Record<string, unknown>>;

/**
 * A detection scope as a function finds it in its settings: written by the same version of this package, so only its
 * shape is looked at.
 *
 * @throws Error naming the first wrong part
 */
export function readScope(text: string | undefined, source: string): DetectionScope {
  const fields = parsed(text, source);
  if (fields["version"] !== 1) throw wrong(`${source}.version`, "1", fields["version"]);
  const words = (name: string) => textIn(fields, name, source);
  return {
    version: 1,
    environment: words("environment"),
    partition: words("partition"),
    accountId: words("accountId"),
    region: words("region"),
    namespace: words("namespace"),
    timeZone: words("timeZone"),
    runbooks: words("runbooks"),
    networks: textsIn(fields, "networks", source),
    deploymentRoles: textsIn(fields, "deploymentRoles", source),
    ...(fields["users"] !== undefined && { users: usersIn(fields["users"], `${source}.users`) }),
  };
}

function parsed(text: string | undefined, source: string): Fields {
  try {
    const value: unknown = JSON.parse(text ?? "");
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  } catch {
    // told below
  }
  throw wrong(source, "a detection scope as JSON", text === undefined ? undefined : "something else");
}

function textIn(fields: Fields, name: string, source: string): string {
  const value = fields[name];
  if (typeof value !== "string" || value === "") throw wrong(`${source}.${name}`, "a text", value);
  return value;
}

function textsIn(fields: Fields, name: string, source: string): readonly string[] {
  const value = fields[name];
  if (!Array.isArray(value) || value.some((each) => typeof each !== "string"))
    throw wrong(`${source}.${name}`, "a list of texts", value);
  return value;
}

function usersIn(value: unknown, source: string): readonly ScopedUser[] {
  if (!Array.isArray(value)) throw wrong(source, "a list of users", value);
  return value.map((each: Fields, index) => {
    const kind = each["kind"];
    if (kind !== "device" && kind !== "ci" && kind !== "break-glass")
      throw wrong(`${source}[${index}].kind`, "device, ci or break-glass", kind);
    const owner = each["owner"];
    return {
      name: textIn(each, "name", `${source}[${index}]`),
      kind,
      ...(typeof owner === "string" && { owner }),
    };
  });
}

function wrong(where: string, expected: string, got: unknown): Error {
  const shown = got === undefined ? "nothing" : (JSON.stringify(got) ?? typeof got).slice(0, 60);
  return new Error(`${where}: expected ${expected}, got ${shown}; deploy again`);
}
