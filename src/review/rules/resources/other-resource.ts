import type { Draft } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";
import { OTHER_RESOURCE_CHANGED } from "./other-resource-changed";
import { RESOURCE_NOT_JUDGED } from "./resource-not-judged";
import { GRAPH_TYPES } from "./resource-types";

/** Types that hold access and that the access graph does not read. */
const HOLDING_ACCESS =
  /^aws_(?:iam_|organizations_|ssoadmin_|identitystore_|rolesanywhere_|ram_|lambda_invocation|s3_bucket_acl|kms_grant|kms_key|kms_external|cognito_identity_|lambda_function_url|lambda_alias|secretsmanager_secret|ssm_|eks_(?:access|pod)|vpc_endpoint|apigatewayv2|api_gateway|s3_access_point|s3control|sts_|account_|opensearch|dynamodb_resource|ecr_|cloudformation_|codebuild_|ec2_|instance$|launch_template|sfn_|glue_|datapipeline)/;

/** Resources of other providers that hold no access and run nothing. */
const QUIET = /^(?:random_|time_|null_resource$|terraform_data$|archive_file$|local_)/;

/** A resource that no rule knows: ordinary, or one that can mean access. */
export function otherResource({ address, type }: RawResource, what: string): Draft {
  const isForeign = !type.startsWith("aws_") && !QUIET.test(type);
  const canMeanAccess = isForeign || (HOLDING_ACCESS.test(type) && !GRAPH_TYPES.test(type));
  return {
    rule: canMeanAccess ? RESOURCE_NOT_JUDGED : OTHER_RESOURCE_CHANGED,
    severity: canMeanAccess ? "medium" : "info",
    category: canMeanAccess ? "unknown" : "terraform",
    address,
    subjects: [],
    predicate: `${address} ${what}${canMeanAccess ? ", which can mean access that this review does not judge" : ""}`,
    isNote: !canMeanAccess,
  };
}
