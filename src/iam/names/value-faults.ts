import type { ConditionOperator } from "../evaluation/condition-operators";
import { isManagedPolicyArn } from "../managed-policies";
import { arnFault } from "./arn-fault";
import type { ConditionKeyType } from "./condition-key";
import { managedPolicyFault } from "./managed-policy-fault";
import { didYouMean, type NameFault } from "./name-fault";
import { isRegion, regionNames } from "./regions";
import { isServicePrincipal, servicePrincipals } from "./service-principals";

type Fault = Omit<NameFault, "path">;
type Judge = (value: string) => Omit<NameFault, "path" | "name"> | undefined;

/** What is wrong with a value of a condition key that names something of AWS: a region, an account, a service, an ARN. */
export function valueFaults(
  key: string,
  type: ConditionKeyType | undefined,
  { comparison }: ConditionOperator,
  value: string,
  partition: string,
): readonly Fault[] {
  if (comparison.type !== "string" && comparison.type !== "arn") return [];
  if (comparison.type === "arn" || type === "arn" || key === "iam:PolicyARN" || value.startsWith("arn:"))
    return arnValueFaults(value, comparison.type === "arn", partition);
  const judge = BY_KEY[key.toLowerCase()];
  // patterns and variables are for what they stand for
  if (judge === undefined || /[*?]|\$\{/.test(value)) return [];
  const fault = judge(value);
  return fault === undefined ? [] : [{ name: value, ...fault }];
}

function arnValueFaults(value: string, mustBeArn: boolean, partition: string): readonly Fault[] {
  if (value.startsWith("${") || (!mustBeArn && !value.startsWith("arn:"))) return [];
  const fault = arnFault(value, partition);
  if (fault !== undefined) return [{ name: value, ...fault }];
  if (!isManagedPolicyArn(value) || /[*?]|\$\{/.test(value)) return [];
  const policy = managedPolicyFault(value, partition);
  return policy === undefined ? [] : [policy];
}

const region: Judge = (value) =>
  isRegion(value)
    ? undefined
    : { expected: "a region of AWS", remedy: didYouMean(value, regionNames(), "correct it"), mayBeNew: true };

const account: Judge = (value) =>
  /^\d{12}$/.test(value)
    ? undefined
    : { expected: "an account id of 12 digits", remedy: "write the account id", mayBeNew: false };

const service: Judge = (value) =>
  isServicePrincipal(value)
    ? undefined
    : {
        expected: "a service principal of AWS, such as ec2.amazonaws.com",
        remedy: didYouMean(value, servicePrincipals(), "correct it"),
        mayBeNew: true,
      };

const form =
  (pattern: RegExp, expected: string): Judge =>
  (value) =>
    pattern.test(value) ? undefined : { expected, remedy: "correct it", mayBeNew: false };

const PRINCIPAL_TYPES = ["Account", "User", "FederatedUser", "AssumedRole", "Anonymous"];

const principalType: Judge = (value) =>
  PRINCIPAL_TYPES.includes(value)
    ? undefined
    : {
        expected: `one of ${PRINCIPAL_TYPES.join(", ")}`,
        remedy: didYouMean(value, PRINCIPAL_TYPES, "use one of them"),
        mayBeNew: false,
      };

/** `s3.eu-central-1.amazonaws.com`. @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service */
const viaService: Judge = (value) => {
  const name = /^([a-z0-9.-]+)\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(value);
  const expected = "a service with its region, such as s3.eu-central-1.amazonaws.com";
  if (name === null) return { expected, remedy: "write service.region.amazonaws.com", mayBeNew: false };
  return region(name[2] ?? "") && { expected, remedy: region(name[2] ?? "")?.remedy ?? "", mayBeNew: true };
};

const BY_KEY: Readonly<Record<string, Judge>> = {
  "aws:requestedregion": region,
  "ec2:region": region,
  "aws:sourceaccount": account,
  "aws:principalaccount": account,
  "aws:resourceaccount": account,
  "aws:vpceaccount": account,
  "s3:resourceaccount": account,
  "s3:dataaccesspointaccount": account,
  "kms:calleraccount": account,
  "iam:passedtoservice": service,
  "iam:awsservicename": service,
  "aws:calledvia": service,
  "aws:calledviafirst": service,
  "aws:calledvialast": service,
  "aws:principalservicename": service,
  "aws:principalservicenameslist": service,
  "kms:viaservice": viaService,
  "aws:principaltype": principalType,
  "aws:sourcevpc": form(/^vpc-[0-9a-f]{8}(?:[0-9a-f]{9})?$/, "a VPC id, vpc- and 8 or 17 hexadecimal digits"),
  "aws:sourcevpce": form(
    /^vpce-[0-9a-f]{8}(?:[0-9a-f]{9})?$/,
    "a VPC endpoint id, vpce- and 8 or 17 hexadecimal digits",
  ),
  "aws:principalorgid": form(/^o-[a-z0-9]{10,32}$/, "an organization id, o- and 10 to 32 letters and digits"),
  "aws:resourceorgid": form(/^o-[a-z0-9]{10,32}$/, "an organization id, o- and 10 to 32 letters and digits"),
};
