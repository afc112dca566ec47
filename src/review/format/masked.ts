const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;
const IPV4 = /\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?\b/g;
const IPV6 =
  /(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}[0-9a-f:]*(?:\/\d{1,3})?|(?<![\w:])[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*::(?:[0-9a-f:]+)?(?:\/\d{1,3})?/gi;
const EMAIL = /[\w.+-]+@[\w-]+\.[\w.-]+/g;

/** A text without account ids, networks (home addresses are personal data) and e-mail addresses. */
export function masked(text: string): string {
  return text
    .replace(EMAIL, "(e-mail)")
    .replace(ACCOUNT, "XXXXXXXXXXXX")
    .replace(IPV4, "(network)")
    .replace(IPV6, "(network)");
}
