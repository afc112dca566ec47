import { defineRefusal } from "../../findings/refusal";

export const FILE_UNREADABLE = defineRefusal({
  code: "file-unreadable",
  title: "A file cannot be read",
  why: "What could not be read was not judged: nothing is said about it, least of all that it is clean.",
  example:
    "error[file-unreadable]: plan.json: expected a file that can be read, got ENOENT: no such file or directory, open '~/project/plan.json'; correct the path, which starts at ~/project",
  remedy: "Correct the path, which starts at the folder that the command runs in, or the permissions.",
  since: "0.1.0",
});

export const FILE_NOT_JSON = defineRefusal({
  code: "file-not-json",
  title: "A file is no JSON",
  why: "A saved plan is binary, and a file that was cut off or edited by hand may look whole.",
  example:
    "error[file-not-json]: plan.bin: expected the JSON of terraform show -json, got a saved plan, which is no JSON; write it with terraform show -json PLANFILE > FILE",
  remedy: "Give the output of `terraform show -json`, or write the file again.",
  since: "0.1.0",
});

export const JSON_KEY_TWICE = defineRefusal({
  code: "json-key-twice",
  title: "A JSON object has one key twice",
  why: "Terraform refuses it, or takes both: whoever reads one of the two judges something else than is applied.",
  example:
    "error[json-key-twice]: plan.json:1: expected each key once, got resource.aws_iam_role.admin twice; synthesize again, or remove one of the two",
  remedy: "Synthesize or write the file again; merge the two values where somebody wrote it by hand.",
  since: "0.2.0",
});

export const SOURCE_INVALID = defineRefusal({
  code: "source-invalid",
  title: "A file is not the plan, state, stack or inventory that was asked for",
  why: "The kinds are told apart by their keys. One that was taken for another would look empty, and so clean.",
  example:
    "error[source-invalid]: plan.json: a plan with planned_values and resource_changes, got an object with the keys format_version, terraform_version, values; this is a state: read it as one, or make a plan",
  remedy:
    "Give the file to the option of its kind, or write it again with the command that the message names.",
  since: "0.1.0",
});

export const SOURCE_FORMAT_UNKNOWN = defineRefusal({
  code: "source-format-unknown",
  title: "A file has a format that this version does not know",
  why: "Another major version may mean something else by the same words.",
  example:
    'error[source-format-unknown]: plan.json: format_version: a format of "1.x", got "2.0"; update this tool, or write the file with a Terraform that it knows',
  remedy: "Update this tool, or write the file with a version that it knows.",
  since: "0.1.0",
});

export const TERRAFORM_TOO_OLD = defineRefusal({
  code: "terraform-too-old",
  title: "A file was written by Terraform 0.x",
  why: "Terraform 0.12 to 0.15 wrote relative addresses and other marks: a resource could be taken for another one.",
  example:
    'error[terraform-too-old]: plan.json: terraform_version: Terraform 1.0 or later, or OpenTofu, got "0.12.31"; upgrade Terraform and write the file again: plans of 0.x mean something else by the same words',
  remedy: "Upgrade to Terraform 1.0 or later, or to OpenTofu, and write the file again.",
  since: "0.2.0",
});

export const RESOURCE_TWICE = defineRefusal({
  code: "resource-twice",
  title: "A stack declares one resource twice",
  why: "Terraform takes neither. Whoever reads one of the two judges what is never applied.",
  example:
    "error[resource-twice]: ~/project/cdktf.out/stacks/prod-identity/cdk.tf.json: each resource once, got aws_iam_role.admin twice; remove one of the two: Terraform takes none",
  remedy: "Synthesize again, or remove one of the two.",
  since: "0.2.0",
});

export const STACK_FILES_BESIDE = defineRefusal({
  code: "stack-files-beside",
  title: "Beside a synthesized stack stand further files that Terraform reads",
  why: "Terraform merges every `*.tf`, `*.tf.json`, override and `*.auto.tfvars` file of a folder. They are not read here: what they add, change or give to variables would be missing.",
  example:
    "error[stack-files-beside]: ~/project/cdktf.out/stacks/prod-identity: cdk.tf.json alone, got override.tf.json beside it; remove it, or give a plan (--from-plan, --plan), which has all of it",
  remedy: "Remove the file, or put what it holds into the stack; or judge a plan, which has all of it.",
  since: "0.2.0",
});

export const SOURCE_INCOMPLETE = defineRefusal({
  code: "source-incomplete",
  title: "A file holds only a part of the answer",
  why: "Of a page among several, everything on the other pages would be told as missing.",
  example:
    "error[source-incomplete]: details.json: IsTruncated: every page of the answer, got one page of several; read on with the Marker until IsTruncated is false, and join the lists",
  remedy:
    "Read on with the marker until `IsTruncated` is false, and join the lists; the AWS command line does so by itself.",
  since: "0.1.0",
});

export const PLAN_FAILED = defineRefusal({
  code: "plan-failed",
  title: "A plan failed half-way",
  why: "What Terraform did not come to is in no plan. A failed plan is never one without changes.",
  example:
    "error[plan-failed]: plan.json: errored: a plan that Terraform finished, got one that failed half-way; read the error of terraform plan, repair it and plan again: a failed plan is never no change",
  remedy: "Read the error of `terraform plan`, repair it and plan again.",
  since: "0.1.0",
});

export const STACKS_MISSING = defineRefusal({
  code: "stacks-missing",
  title: "There are no synthesized stacks to read",
  why: "Nothing was synthesized yet, or the folder is another one.",
  example:
    "error[stacks-missing]: /nowhere/cdktf.out: a folder with stacks/NAME/cdk.tf.json, got no such folder; synthesize first, and give the outdir (cdktf.out by default)",
  remedy: "Synthesize first (`npm run synth`), and give the outdir, which is `cdktf.out` by default.",
  since: "0.1.0",
});

export const ACCOUNT_AMBIGUOUS = defineRefusal({
  code: "account-ambiguous",
  title: "An inventory is not of exactly one account",
  why: "What exists is compared with what one account declares. Of two accounts, everything of the other would be told as undeclared.",
  example:
    "error[account-ambiguous]: inventory.json: the users, groups, roles and policies of one account, got an object with the keys UserDetailList; give a file that baseline drift --save-inventory wrote, or the output of aws iam get-account-authorization-details",
  remedy: "Take the inventory of one account.",
  since: "0.1.0",
});
