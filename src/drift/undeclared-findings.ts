import type { Severity } from "../findings/severity";
import { grantsOf } from "../iam/comparison/grant";
import type { Policy } from "../iam/graph";
import { holdsAdministratorRights } from "../review/rules/role-trust";
import { atomsText, weightOf, worse } from "../review/weight";
import type { DriftFinding, DriftWording } from "./drift-finding";
import { undeclaredRemedy } from "./remedies";
import { trailOfUndeclared } from "./trails";
import type { CredentialKind, UndeclaredFact } from "./undeclared-fact";

export function undeclaredFinding(fact: UndeclaredFact, wording: DriftWording): DriftFinding {
  const [severity, message] = judge(fact);
  return {
    rule: fact.kind,
    severity,
    address: fact.address,
    message,
    remedy: undeclaredRemedy(fact, wording),
    environment: wording.environment,
    trail: trailOfUndeclared(fact),
    ...("items" in fact && { evidence: fact.items }),
  };
}

function judge(fact: UndeclaredFact): readonly [Severity, string] {
  switch (fact.kind) {
    case "undeclared-user": {
      const { user, keys } = fact;
      const admin = holdsAdministratorRights(user);
      const rights = rightsOf([user, ...user.groups].flatMap(({ policies }) => policies));
      const with_ = keys === 0 ? "" : ` with ${keys} access key${keys === 1 ? "" : "s"}`;
      return [
        admin ? "critical" : "high",
        `User ${user.name} (path ${user.path})${with_} is declared nowhere; ${rights}.`,
      ];
    }
    case "undeclared-group": {
      const { severity, text } = weighed(fact.group.policies);
      return [worse(severity, "medium"), `Group ${fact.group.name} is declared nowhere; ${text}.`];
    }
    case "undeclared-role": {
      const { role, assumers } = fact;
      const { severity, text } = weighed(role.policies);
      const who = assumers.length === 0 ? "" : ` ${assumers.slice(0, 5).join(", ")} may assume it;`;
      return [
        worse(severity, "medium"),
        `Role ${role.name} (path ${role.path}) is declared nowhere;${who} ${text}.`,
      ];
    }
    case "undeclared-policy":
      return ["low", `Policy ${fact.policy.name} lies below the baseline's path and is declared nowhere.`];
    case "undeclared-identity-provider":
      return [
        "high",
        `Identity provider ${fact.address} is declared nowhere: whoever holds it can sign in to roles that trust it.`,
      ];
    default:
      return credential(fact);
  }
}

const WORDS: Readonly<Record<CredentialKind, readonly [what: string, severity: Severity, why: string]>> = {
  "undeclared-password": [
    "a password",
    "high",
    "the console needs no key, and the nightly run ends no password",
  ],
  "undeclared-access-key": ["access keys", "high", "nothing declares the user, so no rule ends its keys"],
  "undeclared-ssh-key": ["SSH public keys", "medium", "they open CodeCommit without an access key"],
  "undeclared-service-credential": [
    "service-specific credentials",
    "high",
    "they are passwords for a service, and no rule ends them",
  ],
  "undeclared-signing-certificate": [
    "signing certificates",
    "medium",
    "they sign requests, and no rule ends them",
  ],
  "undeclared-mfa-device": [
    "an MFA device that self-service does not enrol",
    "medium",
    "whoever holds it passes for the user's second factor",
  ],
};

function credential(
  fact: Extract<UndeclaredFact, { readonly items: readonly string[] }>,
): readonly [Severity, string] {
  const [what, severity, why] = WORDS[fact.kind];
  if (fact.userName === "root")
    return ["critical", "The root user has an access key, which nothing can limit."];
  const count = fact.items.length;
  const found = fact.kind === "undeclared-access-key" ? `${count} access key${count === 1 ? "" : "s"}` : what;
  return [
    fact.isActive ? severity : "low",
    `User ${fact.userName} has ${found} (${fact.items.slice(0, 4).join("; ")}): ${why}.`,
  ];
}

function weighed(policies: readonly Policy[]): { readonly severity: Severity; readonly text: string } {
  const allows = policies.flatMap(({ document }) =>
    "unknown" in document ? [] : grantsOf(document).filter(({ effect }) => effect === "Allow"),
  );
  const { severity } = weightOf(allows);
  return { severity, text: rightsOf(policies) };
}

function rightsOf(policies: readonly Policy[]): string {
  const unknown = policies.some(({ document }) => "unknown" in document);
  const allows = policies.flatMap(({ document }) =>
    "unknown" in document ? [] : grantsOf(document).filter(({ effect }) => effect === "Allow"),
  );
  if (allows.length === 0)
    return unknown ? "what its policies allow is not known" : "it may do nothing by itself";
  const { isAdministrator } = weightOf(allows);
  return isAdministrator
    ? `it has administrator rights: ${atomsText(allows)}`
    : `it may do ${atomsText(allows)}`;
}
