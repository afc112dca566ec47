import { defineRefusal } from "../findings/refusal";

export const FOLDER_NOT_EMPTY = defineRefusal({
  code: "folder-not-empty",
  title: "A new project would overwrite files",
  why: "`init` writes a project as a whole, and never over something that is there.",
  example:
    "error[folder-not-empty]: init: expected an empty folder, got one with package.json; name a new one: iam-baseline init FOLDER",
  remedy: "Name a new folder, or empty this one.",
  since: "0.2.0",
});

export const ANSWER_MISSING = defineRefusal({
  code: "answer-missing",
  title: "A new project needs more answers",
  why: "Without a terminal nothing can be asked, and a guessed account or network would be deployed.",
  example:
    "error[answer-missing]: init: expected --account, got none; write --account 111122223333, or run it in a terminal",
  remedy: "Give what is missing as options, or run it in a terminal.",
  since: "0.2.0",
});
