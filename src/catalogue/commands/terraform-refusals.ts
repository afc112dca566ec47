import { defineRefusal } from "../../findings/refusal";

export const TERRAFORM_FAILED = defineRefusal({
  code: "terraform-failed",
  title: "Terraform could not be run, or said that something is wrong",
  why: "Without its plan nothing is known of the account, which is never to be taken for no drift or for an applied plan.",
  example:
    "error[terraform-failed]: ~/project/plan: terraform show failed with 1: Error: Failed to read plan from plan file",
  remedy:
    "Read Terraform's own words in the message. `TERRAFORM_BINARY_NAME` names another program, such as `tofu`.",
  since: "0.1.0",
});

export const PLAN_NOT_REVIEWED = defineRefusal({
  code: "plan-not-reviewed",
  title: "The saved plan is not the one that was reviewed",
  why: "What people approved is the review of one plan, which its digest names. Between review and apply the account, the code or the file may have changed.",
  example:
    "error[plan-not-reviewed]: ~/project/plan: expected the reviewed plan sha256:0000000000000000000000000000000000000000000000000000000000000000, got sha256:c4b1815a4f4ae03eeb6fd2e756fe1d7d178f3705a68ebe99cca7c1ac97474adb; nothing was applied: review this plan, or apply the one that was reviewed",
  remedy: "Review this plan, or apply the one that was reviewed.",
  since: "0.1.0",
});

export const FILE_NOT_REVIEWED = defineRefusal({
  code: "file-not-reviewed",
  title: "A file that the plan uploads is not the one that was reviewed",
  why: "A plan names archives of functions by their path and their hash. Terraform uploads whatever lies at the path when it applies, and does not look at the hash.",
  example:
    "error[file-not-reviewed]: ~/project/assets/deactivate-access-keys.zip: expected the content that aws_lambda_function.f was planned with, got another one; nothing was applied: synthesize again, and review the new plan",
  remedy: "Synthesize again from the reviewed commit, plan, and review the new plan.",
  since: "0.2.0",
});

export const QUARANTINE_TAKEN_AWAY = defineRefusal({
  code: "quarantine-taken-away",
  title: "The plan would take a quarantine of AWS's away from a user",
  why: "AWS found an access key of the user where others read it. An apply removes whatever nobody declares, the quarantine too, and the key works again.",
  example:
    "error[quarantine-taken-away]: ~/project/plan: expected a plan that leaves quarantines of AWS's in place, got one that takes AWSCompromisedKeyQuarantineV3 away from user work; nothing was applied: end the key first (baseline respond work), or write --despite-quarantine",
  remedy: "End the key and its sessions, delete the key, detach the policy by hand, and plan again.",
  since: "0.2.0",
});
