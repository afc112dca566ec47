import { defineRefusal } from "../../findings/refusal";

export const CREDENTIALS_MISSING = defineRefusal({
  code: "credentials-missing",
  title: "There are no AWS credentials that work",
  why: "The command asks IAM with whatever the SDK finds: a profile, aws-vault, a job's role. Nothing was asked or changed.",
  example:
    "error[credentials-missing]: expected AWS credentials of environment home (account 111122223333), got none that work (CredentialsProviderError: Could not load credentials from any providers); run the command through aws-vault exec PROFILE -- ..., or set AWS_PROFILE",
  remedy: "Run the command through `aws-vault exec PROFILE -- ...`, or set `AWS_PROFILE`.",
  since: "0.1.0",
});

export const ACCOUNT_MISMATCH = defineRefusal({
  code: "account-mismatch",
  title: "Credentials or files are of another account than the environment's",
  why: "Judged by the wrong environment, everything in the account would be told as undeclared. Nothing was asked or changed.",
  example:
    "error[account-mismatch]: expected credentials of environment home (account 111122223333), got those of account 444455556666 (arn:aws:sts::444455556666:assumed-role/daily-k7q2m9xw/anna); nothing was asked or changed. Use a profile of the right account (aws-vault exec PROFILE -- ...)",
  remedy: "Use a profile or files of the right account, or name the environment of that account.",
  since: "0.1.0",
});

export const PROJECT_MISSING = defineRefusal({
  code: "project-missing",
  title: "There is no project in this folder",
  why: "Environments are read from `environments/index.ts` of the folder that the command runs in.",
  example:
    "error[project-missing]: ~/project: a project has a file environments/index.ts that exports `environments`, got none; run the command in the project's folder",
  remedy: "Run the command in the project's folder.",
  since: "0.1.0",
});
