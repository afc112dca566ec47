import { UNKNOWN_PART } from "../../iam/graph";
import { shown } from "../shown";

const GITHUB = "token.actions.githubusercontent.com";
const COGNITO = "cognito-identity.amazonaws.com";

/** An identity provider as people call it. */
export function providerName(url: string): string {
  if (url.includes(UNKNOWN_PART)) return "an identity provider that is known after apply";
  if (url === GITHUB) return "GitHub";
  if (/^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/id\//.test(url)) return `EKS cluster ${url}`;
  return url === COGNITO ? "Cognito" : url;
}

/** Whoever a token of the provider names: the statement asks for no subject. */
export function anySubject(url: string, provider = url): string {
  if (url === GITHUB) return "any repository of GitHub";
  if (url === "saml")
    return `everybody whom SAML provider ${shown(provider.split(":saml-provider/")[1] ?? "")} signs in`;
  if (url.includes(UNKNOWN_PART)) return providerName(url);
  return `${providerName(url)} any subject`;
}

/** A subject with its provider: `GitHub repo:octo/website:ref:refs/heads/main`. */
export function subjectName(url: string, subject: string): string {
  return url === "saml" ? `SAML subject ${shown(subject)}` : `${providerName(url)} ${shown(subject)}`;
}
