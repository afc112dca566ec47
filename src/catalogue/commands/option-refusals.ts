import { defineRefusal } from "../../findings/refusal";

export const OPTION_VALUE_INVALID = defineRefusal({
  code: "option-value-invalid",
  title: "The value of an option is not one that it takes",
  why: "A value that is guessed would answer another question than the one that was asked. Nothing was read or changed.",
  example:
    'error[option-value-invalid]: --hours: expected a number of hours, more than 0, got "soon"; write --hours 8',
  remedy: "Write it as the message says; `--help` of the command has an example.",
  since: "0.1.0",
});

export const OPTION_CONFLICT = defineRefusal({
  code: "option-conflict",
  title: "Options exclude each other, or one is missing beside another",
  why: "Of two options that contradict, neither is silently left out.",
  example: "error[option-conflict]: --yes and --dry-run: expected one of them, got both; leave one out",
  remedy: "Leave one out, or add the one that the message names.",
  since: "0.1.0",
});

export const FILE_UNWRITABLE = defineRefusal({
  code: "file-unwritable",
  title: "The file that an option names cannot be written",
  why: "The result was made, but is nowhere: a report that nobody can read must not look like success.",
  example:
    "error[file-unwritable]: --output no/such/folder.json: expected a file that can be written, got ENOENT: no such file or directory, open '~/project/no/such/folder.json'; correct the path, which starts at ~/project",
  remedy: "Correct the path, which starts at the folder that the command runs in, or the permissions.",
  since: "0.1.0",
});

export const UNKNOWN_ACTION = defineRefusal({
  code: "unknown-action",
  title: "AWS has no such action",
  why: "A misspelt action is allowed to nobody, which would read as an answer. The list of actions is a snapshot of AWS's own.",
  example: "error[unknown-action]: --action s3:GetObjct: AWS has no such action; did you mean s3:GetObject?",
  remedy:
    "Correct it as the message proposes. An action of a service that is newer than this version is refused as well.",
  since: "0.1.0",
});

export const ACCEPTANCE_INVALID = defineRefusal({
  code: "acceptance-invalid",
  title: "A file of accepted exceptions is not one",
  why: "An exception that is not understood would mute nothing, or too much.",
  example:
    'error[acceptance-invalid]: ~/project/accepted.json: 0.reason: Invalid input: expected string, received undefined; write [{"finding", "subject", "reason", "expires": "YYYY-MM-DD", "environment"?}]',
  remedy:
    'Write a list of `{"finding", "subject", "reason", "expires": "YYYY-MM-DD"}`, each with `environment` where it is meant for one.',
  since: "0.1.0",
});

export const COMMAND_LINE_INVALID = defineRefusal({
  code: "command-line-invalid",
  title: "A command, option or argument is not one that there is",
  why: "A misspelt option that is left out would change what a command does, silently.",
  example: "error[command-line-invalid]: unknown option '--formt'; did you mean --format?",
  remedy: "Correct it as the message proposes; `--help` lists what there is.",
  since: "0.1.0",
});
