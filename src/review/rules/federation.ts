import type { Severity } from "../../findings/severity";
import type { AccessGraph, DeclaredCredential } from "../../iam/graph";
import { shownName } from "../principal-names";
import { type Draft, listed } from "../review-finding";

interface Graphs {
  readonly before: AccessGraph;
  readonly after: AccessGraph;
  readonly isNew: boolean;
}

const CREDENTIALS: Readonly<Record<string, readonly [what: string, severity: Severity]>> = {
  aws_iam_user_login_profile: ["a password, whose secret is in the state", "critical"],
  aws_iam_access_key: ["an access key, whose secret is in the state", "critical"],
  aws_iam_user_ssh_key: ["an SSH key for CodeCommit", "high"],
  aws_iam_service_specific_credential: ["service credentials, whose password is in the state", "critical"],
  aws_iam_signing_certificate: ["a signing certificate", "high"],
  aws_iam_virtual_mfa_device: ["an MFA device, whose seed is in the state", "high"],
  aws_iam_server_certificate: ["a server certificate, whose private key is in the state", "medium"],
};

/** Passwords and keys that Terraform makes or activates. */
export function credentialDrafts({ before, after }: Graphs): readonly Draft[] {
  const was = new Map((before.credentials ?? []).map((one) => [one.address, one]));
  return (after.credentials ?? []).flatMap((one): Draft[] => {
    const old = was.get(one.address);
    const isSame = old !== undefined && old.userName === one.userName && old.status === one.status;
    if (isSame || (old !== undefined && one.status === "Inactive")) return [];
    const [what, severity] = CREDENTIALS[one.type] ?? ["a credential", "high" as const];
    return [
      {
        rule: "credential-created",
        severity,
        category: "credentials",
        address: one.address,
        subjects: [subject(one)],
        predicate:
          old === undefined ? `gets ${what}, made by Terraform` : `gets ${what}, activated by Terraform`,
        remedy: "Remove the resource: people make keys themselves, and nobody has a password.",
      },
    ];
  });
}

function subject({ userName, type }: DeclaredCredential): string {
  return userName === "" ? type : `user ${shownName(userName)}`;
}

/** Identity providers: whose tokens an account takes. */
export function federationDrafts({ before, after, isNew }: Graphs): readonly Draft[] {
  const was = new Map(
    before.oidcProviders.flatMap((one) => [[one.arn, one] as const, [one.address, one] as const]),
  );
  const drafts = after.oidcProviders.flatMap((one): Draft[] => {
    const old = was.get(one.arn) ?? was.get(one.address);
    const base = { category: "access", address: one.address, subjects: [] } as const;
    if (old === undefined || old.url !== one.url) {
      return [
        {
          ...base,
          rule: "identity-provider-added",
          severity: isNew ? "info" : "high",
          predicate: `the account takes tokens of ${shownName(one.url)} from now on (audience ${listed(one.clientIds)})`,
          remedy: "Make sure that every role that trusts it asks for audience and subject exactly.",
          isNote: isNew,
        },
      ];
    }
    const more = one.clientIds.filter((id) => !old.clientIds.includes(id));
    return more.length === 0
      ? []
      : [
          {
            ...base,
            rule: "audience-added",
            severity: "high",
            predicate: `identity provider ${one.url} accepts the further audience ${listed(more)}`,
            remedy: "Keep the one audience that the roles ask for.",
            evidence: more.map((id) => `+ client_id_list: ${id}`),
          },
        ];
  });
  const saml = new Set((before.samlProviders ?? []).map(({ address }) => address));
  return [
    ...drafts,
    ...(after.samlProviders ?? []).flatMap(({ address, name }): Draft[] =>
      saml.has(address)
        ? []
        : [
            {
              rule: "identity-provider-added",
              severity: "high",
              category: "access",
              address,
              subjects: [],
              predicate: `the account takes SAML assertions of ${shownName(name)} from now on`,
              remedy: "Make sure that it is meant: this baseline has no federation of people.",
            },
          ],
    ),
  ];
}
