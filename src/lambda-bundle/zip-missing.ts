import { defineRefusal } from "../findings/refusal";

export const FUNCTION_ZIP_MISSING = defineRefusal({
  code: "function-zip-missing",
  title: "The zip of a Lambda function is neither there nor can it be built",
  why: "A checkout builds the zips from its sources with its own packages; an installed package brings them. Without one the plan would carry another function, or none.",
  example:
    "error[function-zip-missing]: the zips of the Lambda functions are part of the package iam-baseline, which is neither above nor in a node_modules folder above /nowhere; run synthesis in the project that depends on it",
  remedy: "Run `npm ci` in the checkout, or install the package again.",
  since: "0.1.0",
});
