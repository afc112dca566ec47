import { type Control, excepted } from "./control";

/**
 * What Checkov 3 finds in the stacks of an environment that has every part, and why it stays so. Any other finding is a
 * mistake: of the baseline's, or of this list.
 *
 * @see https://www.checkov.io/5.Policy%20Index/terraform.html
 */
export const CHECKOV_FINDINGS: readonly Control[] = [
  excepted(
    "CKV_AWS_273",
    "no IAM users",
    "One IAM user for each device and each repository is the idea: see CIS 2.19.",
    "users-are-declared",
  ),
  excepted(
    "CKV_AWS_274",
    "AdministratorAccess is attached to nothing",
    "The role with `administrator: true`: see CIS 2.14.",
    "administrator-paths",
  ),
  excepted(
    "CKV_AWS_26",
    "topics are encrypted",
    "CloudWatch cannot publish to a topic under `alias/aws/sns`, and a key of one's own costs; no secret and no key id is in a message.",
  ),
  excepted("CKV_AWS_50", "X-Ray traces functions", "Runs of some seconds whose every step is in their log."),
  excepted(
    "CKV_AWS_117",
    "functions are in a VPC",
    "They call IAM, SNS and SQS alone; a VPC would add a NAT gateway that can fail, and nothing that it keeps out.",
  ),
  excepted(
    "CKV_AWS_158",
    "logs are encrypted by a key of one's own",
    "CloudWatch Logs encrypts them; every id in them is masked.",
  ),
  excepted(
    "CKV_AWS_173",
    "variables of functions are encrypted by a key of one's own",
    "Lambda encrypts them; they hold names and ARNs, no secret.",
  ),
  excepted(
    "CKV_AWS_272",
    "code of functions is signed",
    "`codeSigningConfigArn` asks for it. Without it the zip's bytes are in the plan as `source_code_hash`, built from the reviewed sources, and drift tells of others.",
  ),
  excepted(
    "CKV_AWS_297",
    "schedules are encrypted by a key of one's own",
    "EventBridge Scheduler encrypts them; their input holds names.",
  ),
  excepted(
    "CKV_AWS_18",
    "buckets log who reads them",
    "A log of the log's bucket; object-level events of the trail's bucket are the organization's to ask for.",
  ),
  excepted(
    "CKV_AWS_144",
    "buckets are replicated to another region",
    "Records are kept once; validation tells where one is missing.",
  ),
  excepted(
    "CKV_AWS_145",
    "buckets are encrypted by a key of one's own",
    "S3 encrypts them; CloudTrail and AWS Config write without a further grant.",
  ),
  excepted(
    "CKV2_AWS_62",
    "buckets send notifications",
    "Nobody acts on an object's arrival: the events themselves are on the bus.",
  ),
  excepted("CKV_AWS_35", "the trail is encrypted by a key of one's own", "As its bucket."),
  excepted(
    "CKV_AWS_252",
    "the trail tells a topic of each file",
    "The rules on the bus tell of what matters.",
  ),
  excepted(
    "CKV2_AWS_10",
    "the trail writes to CloudWatch Logs",
    "The rules on the bus read the same events, without a charge by volume.",
  ),
  excepted(
    "CKV_AWS_9",
    "passwords expire within 90 days",
    "`account.passwordPolicy.maxAgeDays` asks for it; without it passwords stay, as NIST SP 800-63B advises. No user has one.",
    "password-enabled",
  ),
  excepted(
    "CKV_AWS_45",
    "no secret in variables of functions",
    "What the check takes for a secret is a long name in `DETECTION_SCOPE` or an ARN: variables hold names alone, and nothing of the baseline knows a secret.",
  ),
  excepted(
    "CKV_AWS_116",
    "functions have a dead-letter queue",
    "Failed invocations go to an on-failure destination, which tells the error with the event; the check looks for the older setting.",
  ),
  excepted(
    "CKV2_AWS_3",
    "GuardDuty is on for the organization",
    "`detection.guardDuty` is the home region's detector of one account; an organization's is the organization's.",
  ),
  excepted(
    "CKV2_AWS_45",
    "AWS Config records everything",
    "It records IAM, which is what the rules here are about; everything costs by item.",
  ),
  excepted("CKV2_AWS_48", "AWS Config may record everything", "As CKV2_AWS_45."),
];
