import { nearestName } from "../../findings/nearest-name";
import { type ArnType, arnServices, arnTypesOf } from "./arn-types";
import { globsOverlap } from "./globs-overlap";
import { isRegion, partitionOfRegion, partitions, regionNames } from "./regions";

/** What is wrong with an ARN, and what to do. */
export interface ArnFault {
  readonly expected: string;
  readonly remedy: string;
  /** Whether AWS may have it by now: a service, a region, a type of resource. */
  readonly mayBeNew: boolean;
}

const FORM = "arn:partition:service:region:account:resource";
/** Who owns what AWS offers to every account. */
const AWS_OWNED = [
  "aws",
  "aws-managed",
  "aws-marketplace",
  "aws-marketplace-catalog",
  "amazon",
  "cloudfront",
  "partner",
  "third-party",
];

/** Services whose resources for every account name none: `arn:aws:ssm:eu-central-1::document/AWS-RunShellScript`. */
const WITHOUT_ACCOUNT = ["ssm", "resource-explorer-2"];

/**
 * What keeps an ARN, or a pattern of ARNs, from ever being one of this partition: its form, a partition, service, region
 * or account that is none, a part that ARNs of the service do not have, a misspelt type of resource. Whether the
 * resource exists is not looked at. Policy variables may stand for anything.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function arnFault(written: string, partition: string): ArnFault | undefined {
  const arn = written.replace(/\$\{[^}]*\}/g, "*");
  if (arn === "*") return undefined;
  const parts = arn.split(":");
  const nothing = /(?:^|[:/])(undefined|null|NaN|\[object Object\])(?=$|[:/])/.exec(arn)?.[1];
  if (parts[0] === "arn" && nothing !== undefined) {
    return {
      expected: "an ARN whose every part was written",
      remedy: `"${nothing}" is what JavaScript writes where a value is missing: write the value`,
      mayBeNew: true,
    };
  }
  if (parts[0] !== "arn") {
    return { expected: `an ARN (${FORM}) or "*"`, remedy: "write the whole ARN", mayBeNew: false };
  }
  // a wildcard at the end may take the parts that are missing
  const isShort = parts.length < 6;
  if (isShort && !arn.endsWith("*")) {
    return { expected: `an ARN of six parts (${FORM})`, remedy: shortRemedy(parts), mayBeNew: false };
  }
  const part = (position: number) => (position < parts.length ? (parts[position] ?? "") : "*");
  const types = arnTypesOf(part(2));
  return (
    partitionFault(part(1), partition) ??
    serviceFault(part(2)) ??
    regionFault(part(3), partition) ??
    accountFault(part(4), isShort && parts.length === 5, parts) ??
    typeFault(
      { region: part(3), account: part(4), resource: isShort ? "*" : parts.slice(5).join(":") },
      types,
    )
  );
}

function shortRemedy([, , service, region]: readonly string[]): string {
  return service === "s3" && region === ""
    ? "an ARN of S3 has three colons before the bucket: arn:aws:s3:::bucket/*"
    : "write an empty part for what the service leaves out";
}

function partitionFault(written: string, own: string): ArnFault | undefined {
  if (globsOverlap(written, own)) return undefined;
  const nearest = nearestName(written, partitions());
  const known = partitions().some((name) => globsOverlap(written, name));
  return {
    expected: `an ARN of partition ${own}, the one of the environment's region`,
    remedy:
      known || nearest === undefined || nearest === own
        ? `write arn:${own}:...`
        : `did you mean "${nearest}"?`,
    mayBeNew: false,
  };
}

function serviceFault(written: string): ArnFault | undefined {
  if (arnTypesOf(written).length > 0) return undefined;
  if (arnServices().some((service) => globsOverlap(written, service))) return undefined;
  return {
    expected: "an ARN that names a service of AWS",
    remedy: didYouMean(written, arnServices()),
    mayBeNew: true,
  };
}

function regionFault(written: string, partition: string): ArnFault | undefined {
  if (written === "" || regionNames(partition).some((region) => globsOverlap(written, region)))
    return undefined;
  if (isRegion(written)) {
    return {
      expected: `an ARN in a region of partition ${partition}`,
      remedy: `${written} is one of ${partitionOfRegion(written)}: write a region of this partition`,
      mayBeNew: false,
    };
  }
  return {
    expected: `an ARN whose region is one of partition ${partition}`,
    remedy: didYouMean(written, regionNames(partition)),
    mayBeNew: true,
  };
}

function accountFault(written: string, isLast: boolean, parts: readonly string[]): ArnFault | undefined {
  const ids = /^\d{12}$/;
  const reach = isLast ? (written.split("*")[0] ?? "") : written;
  const fits = isLast
    ? /^\d{0,12}$/.test(reach) || AWS_OWNED.some((owner) => owner.startsWith(reach))
    : written === "" ||
      ids.test(written) ||
      AWS_OWNED.some((owner) => globsOverlap(written, owner)) ||
      (/[*?]/.test(written) && globsOverlap(written, "????????????") && /^[\d*?]+$/.test(written));
  if (fits) return undefined;
  if (isLast)
    return { expected: `an ARN of six parts (${FORM})`, remedy: shortRemedy(parts), mayBeNew: false };
  return {
    expected: "an ARN whose account is 12 digits, or empty where the service leaves it out",
    remedy: /^\d+$/.test(written) ? `${written.length} digits are no account id` : "write the account id",
    mayBeNew: false,
  };
}

type Parts = Pick<ArnType, "region" | "account" | "resource">;

/** Judges by the types of resource that the service has; a service without any, and a type that is not near one, pass. */
function typeFault(arn: Parts, types: readonly ArnType[]): ArnFault | undefined {
  const like = types.filter(({ resource }) => globsOverlap(arn.resource, resource));
  if (like.length === 0) return misspeltType(arn.resource, types);
  const fits = (part: "region" | "account") => (type: ArnType) =>
    globsOverlap(arn[part], type[part]) &&
    (arn[part] !== "" || type[part] === "" || (part === "account" && WITHOUT_ACCOUNT.includes(type.service)));
  const [example] = like;
  const shown = example === undefined ? "" : `: ${example.written}`;
  for (const part of ["region", "account"] as const) {
    if (like.some(fits(part))) continue;
    return arn[part] === ""
      ? {
          expected: `an ARN with ${article(part)}${shown}`,
          remedy: `write ${article(part)} or * between the colons`,
          mayBeNew: true,
        }
      : {
          expected: `an ARN without ${article(part)}${shown}`,
          remedy: `leave the ${part} empty`,
          mayBeNew: true,
        };
  }
  return undefined;
}

const article = (part: "region" | "account") => (part === "account" ? "an account" : "a region");

/** `functon:` where the service has `function:`. */
function misspeltType(resource: string, types: readonly ArnType[]): ArnFault | undefined {
  const word = typeWord(resource);
  const words = types.map(({ resource: own }) => typeWord(own)).filter((known) => known !== "");
  if (word === "") return undefined;
  if (words.includes(word)) return otherForm(resource, word, types);
  const nearest = nearestName(word, words);
  if (nearest === undefined) return undefined;
  return {
    expected: "a type of resource that the service has",
    remedy: `did you mean "${nearest}"?`,
    mayBeNew: true,
  };
}

/** `function/x` where the service writes `function:x`. */
function otherForm(resource: string, word: string, types: readonly ArnType[]): ArnFault | undefined {
  const written = resource.charAt(word.length);
  const own = types.filter((type) => typeWord(type.resource) === word);
  const [example] = own;
  if (example === undefined || own.some((type) => type.resource.charAt(word.length) === written))
    return undefined;
  return {
    expected: `an ARN of the form that the service has: ${example.written}`,
    remedy: `write ${word}${example.resource.charAt(word.length)}...`,
    mayBeNew: true,
  };
}

/** What an ARN's resource begins with, up to its name: `function` of `function:api-*`. */
function typeWord(resource: string): string {
  return /^([A-Za-z0-9-]+)[/:]/.exec(resource)?.[1] ?? "";
}

function didYouMean(written: string, known: readonly string[]): string {
  const nearest = nearestName(written, known);
  return nearest === undefined ? "correct it" : `did you mean "${nearest}"?`;
}
