import { defineRule } from "../../../findings/rule";
import type { UserRule } from "../audit-rule";

export const ADDITIONAL_CREDENTIALS = defineRule({
  id: "additional-credentials",
  area: "audit",
  title: "A user has more credentials than the report has columns for",
  severities: ["high"],
  why: "The report shows two keys and two certificates. What it does not show is judged by nobody.",
  example: {
    before: "credential report: additional_credentials_info names further ones",
    after: "no_information",
  },
  remedy:
    "List them with aws iam list-access-keys and list-signing-certificates, and delete what nobody needs.",
  reference: {
    title: "IAM User Guide: credential reports",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html",
  },
  since: "0.1.0",
});

export const additionalCredentials: UserRule = {
  declaration: ADDITIONAL_CREDENTIALS,
  judge({ row }) {
    const info = row.additionalCredentialsInfo ?? "";
    if (["", "N/A", "no_information", "not_supported"].includes(info)) return [];
    return [
      {
        severity: "high",
        message: `The user has more credentials than the two keys and certificates of the report: ${info}`,
        remedy: ADDITIONAL_CREDENTIALS.remedy,
      },
    ];
  },
};
