import type { AccountInventory, Answer, InventoryOidcProvider, UserCredentials } from "../../aws/inventory";
import type { AccessGraph, Unknown } from "../../iam/graph";
import { UnknownValue } from "../resource/unknown-parts";
import { graphFromAuthorizationDetails } from "./graph-from-authorization-details";

/**
 * What an account holds, as `access --live` and `drift` read it. Whatever was not asked, or not answered, is in
 * `unknowns` with its reason; so is what no inventory of IAM holds and can deny or allow more.
 *
 * @throws AccessSourceError when the authorization details are something else
 */
export function graphFromInventory(inventory: AccountInventory, file = "inventory"): AccessGraph {
  const { authorizationDetails, accountId, roleSessions } = inventory;
  const graph = graphFromAuthorizationDetails(authorizationDetails, {
    file: `${file}: authorizationDetails`,
  });
  const sessions = "value" in roleSessions ? roleSessions.value : {};
  return {
    ...graph,
    roles: graph.roles.map((role) => ({
      ...role,
      maxSessionDuration: sessions[role.name] ?? role.maxSessionDuration,
    })),
    oidcProviders: valuesOf(inventory.oidcProviders).map(({ arn }) => ({
      arn,
      url: arn.split(":oidc-provider/")[1] ?? arn,
      // ListOpenIDConnectProviders does not tell its audiences
      clientIds: [],
      accountId,
      address: "",
    })),
    samlProviders: valuesOf(inventory.samlProviders).map(({ arn }) => ({
      arn,
      name: arn.split(":saml-provider/")[1] ?? arn,
      accountId,
      address: "",
    })),
    unknowns: [...graph.unknowns, ...unanswered(inventory), ...NEVER_HELD],
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
const NEVER_HELD: readonly Unknown[] = [
  new UnknownValue(
    "service and resource control policies, policies of resources, session policies",
    "an inventory of IAM does not hold them: some can deny more than is told here, some allow more",
  ),
];

const CREDENTIALS: Readonly<Record<keyof UserCredentials, string>> = {
  loginProfile: "passwords",
  accessKeys: "access keys",
  mfaDevices: "MFA devices",
  sshPublicKeys: "SSH keys",
  serviceSpecificCredentials: "service-specific credentials",
  signingCertificates: "signing certificates",
};

function unanswered(inventory: AccountInventory): readonly Unknown[] {
  const questions: readonly (readonly [what: string, answer: Answer<unknown>])[] = [
    ["longest sessions of roles", inventory.roleSessions],
    ["OpenID Connect providers", inventory.oidcProviders],
    ["SAML providers", inventory.samlProviders],
    ...Object.entries(inventory.users).flatMap(([name, credentials]) =>
      Object.entries(CREDENTIALS).map(
        ([kind, what]) => [`${what} of user ${name}`, credentials[kind as keyof UserCredentials]] as const,
      ),
    ),
  ];
  const open = questions.flatMap(([what, answer]) =>
    "notChecked" in answer ? [new UnknownValue(what, answer.notChecked)] : [],
  );
  if (inventory.notAsked === undefined) return open;
  return [...open, new UnknownValue("passwords, keys and MFA devices of users", inventory.notAsked)];
}

function valuesOf(answer: Answer<readonly InventoryOidcProvider[]>): readonly InventoryOidcProvider[] {
  return "value" in answer ? answer.value : [];
}
