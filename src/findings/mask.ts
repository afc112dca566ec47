import { mapTexts } from "./map-texts";

/** Prefixes of IAM's unique ids that tell about a key, user or role. */
const UNIQUE_ID = /\b(AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{12,}\b/g;

/**
 * `****ABCD`: an access key id as it may be printed. The whole id would name the account, because
 * `sts:GetAccessKeyInfo` answers it to anyone.
 */
export function maskAccessKeyId(accessKeyId: string): string {
  return `****${accessKeyId.slice(-4)}`;
}

/**
 * A text in which every access key, user and role id is masked: for log lines and messages of errors that others
 * wrote.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function redact(text: string): string {
  return text.replace(UNIQUE_ID, maskAccessKeyId);
}

const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;
const EMAIL = /[\w.+-]+@[\w-]+\.[\w.-]+/g;
const IPV4 =
  /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\d.]\d)|\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?\b/g;
/** Two colons at least, or one and a prefix length: `aws:SourceIp` is no address. */
const IPV6 = [
  /(?<![\w:])(?:[0-9a-f]{1,4}:[0-9a-f:]*|::[0-9a-f:]*)(?:\/\d{1,3}|(?<=:[0-9a-f:]*:[0-9a-f]*))(?![\w:])/gi,
  /(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}[0-9a-f:]*(?:\/\d{1,3})?|(?<![\w:])[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*::(?:[0-9a-f:]+)?(?:\/\d{1,3})?/gi,
];
const VPC = /vpc-[0-9a-f]{8,17}/g;

/**
 * A text for places that strangers read: account ids are twelve X, networks (home addresses are personal data), VPCs
 * and e-mail addresses are named by their kind. Names are kept: whoever names users after people masks them by naming
 * them otherwise.
 */
export function maskPrivate(text: string): string {
  const withoutNetworks = IPV6.reduce(
    (masked, pattern) => masked.replace(pattern, "(network)"),
    text.replace(EMAIL, "(e-mail)").replace(ACCOUNT, "XXXXXXXXXXXX").replace(IPV4, "(network)"),
  );
  return withoutNetworks.replace(VPC, "(vpc)");
}

/** A value in which every text is masked so, keys included. */
export function maskPrivateIn<T>(value: T): T {
  return mapTexts(value, maskPrivate);
}
