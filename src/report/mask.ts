import { mapTexts } from "./map-texts";

/**
 * A value in which account ids are twelve X and networks `(network)`, in every text: for places that strangers read.
 * Names are kept: whoever names users after people masks them by naming them otherwise.
 */
export function masked<T>(value: T): T {
  return mapTexts(value, maskText);
}

const ACCOUNT = /(?<![0-9])[0-9]{12}(?![0-9])/g;
const IPV4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\d.]\d)/g;
const IPV6 =
  /(?<![\w:])(?:[0-9a-f]{1,4}:[0-9a-f:]*|::[0-9a-f:]*)(?:\/\d{1,3}|(?<=:[0-9a-f:]*:[0-9a-f]*))(?![\w:])/gi;
const VPC = /vpc-[0-9a-f]{8,17}/g;

function maskText(text: string): string {
  return text
    .replace(ACCOUNT, "XXXXXXXXXXXX")
    .replace(IPV4, "(network)")
    .replace(IPV6, "(network)")
    .replace(VPC, "(vpc)");
}
