import type { EnvironmentAccess } from "../access-report";
import type { CredentialFacts } from "../account-facts";
import { cell, type DocumentCell, type Line, line, type Section } from "../document";

/** What an inventory tells of an account beside its policies; none for what Terraform says. */
export function accountSections(environment: EnvironmentAccess): readonly Section[] {
  const { account } = environment;
  if (account === undefined) return [];
  return [credentialsSection(account.credentials), undeclaredSection(environment)];
}

function credentialsSection(credentials: readonly CredentialFacts[]): Section {
  return {
    title: "Credentials",
    caption: "what the users of the account can sign with",
    columns: ["user", "password", "access keys", "MFA devices", "others"],
    rows: credentials.map(({ user, hasPassword, activeKeys, inactiveKeys = 0, mfaDevices, others }) => [
      [line(user, "name")],
      [known(hasPassword, (has) => (has ? line("yes", "weak") : line("no", "quiet")))],
      [known(activeKeys, (active) => keysLine(active, inactiveKeys))],
      [known(mfaDevices, (count) => (count === 0 ? line("none", "weak") : line(String(count))))],
      others.length === 0 ? cell("") : others.map((text) => line(text, "weak")),
    ]),
    otherwise: "the source does not tell of any",
  };
}

function known<T>(value: T | undefined, text: (value: T) => Line): Line {
  return value === undefined ? line("not known", "open") : text(value);
}

function keysLine(active: number, inactive: number): Line {
  const texts = [
    ...(active > 0 ? [`${active} active`] : []),
    ...(inactive > 0 ? [`${inactive} inactive`] : []),
  ];
  return texts.length === 0 ? line("none", "quiet") : line(texts.join(", "));
}

function undeclaredSection({ account }: EnvironmentAccess): Section {
  const undeclared = account?.undeclared ?? [];
  const rows: readonly (readonly DocumentCell[])[] =
    "reason" in undeclared
      ? [[[line("not known", "open")], cell(""), cell(undeclared.reason)]]
      : undeclared.map(({ kind, name, createdAt, madeBy }) => [
          [line(`${kind} ${name}`, "name")],
          cell(createdAt === undefined ? "not known" : createdAt.slice(0, 10)),
          [madeBy === undefined ? line("not known", "open") : line(madeBy)],
        ]);
  return {
    title: "In no stack",
    caption: "what exists in the account and no stack declares",
    columns: ["what", "since", "made by"],
    rows,
    otherwise: "nothing",
  };
}
