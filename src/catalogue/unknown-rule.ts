import { defineRefusal } from "../findings/refusal";

export const UNKNOWN_RULE = defineRefusal({
  code: "unknown-rule",
  title: "No rule, proof or refusal has that id",
  why: "Ids are those that findings, `accepted` entries and error messages name.",
  example:
    'explain key-to-old: expected the id of a rule or the code of a refusal, got "key-to-old"; did you mean "key-too-old"?',
  remedy: "Copy the id from the report, or run `baseline explain` for the list.",
  since: "0.2.0",
});
