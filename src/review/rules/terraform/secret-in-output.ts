import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { SettingChange } from "./setting-change";
import { settingDraft, settingText } from "./setting-draft";

export const SECRET_IN_OUTPUT = defineRule({
  id: "secret-in-output",
  area: "review",
  title: "An output hands out the secret of a credential",
  severities: ["high"],
  why: "Outputs are in the state, in the log of every apply, and readable by every stack that reads the state.",
  example: { before: "no output", after: "output x { value = aws_iam_access_key.k.secret }" },
  remedy: "Confirm that it is meant.",
  reference: {
    title: "Terraform: sensitive data in state",
    url: "https://developer.hashicorp.com/terraform/language/state/sensitive-data",
  },
  since: "0.1.0",
});

/** References to secrets that credentials of Terraform hold, or that data sources reveal. */
const SECRET =
  /aws_iam_(?:access_key|user_login_profile|service_specific_credential|virtual_mfa_device)\.[^}]*\.(?:secret|ses_smtp_password_v4|password|service_password|base_32_string_seed|qr_code_png)\b|\bdata\.aws_(?:ecr_authorization_token|redshift\w*credentials|secretsmanager_\w+|kms_secrets?|ssm_parameters?\w*|eks_cluster_auth)\./;

export function holdsSecret(value: unknown): boolean {
  return SECRET.test(JSON.stringify(value) ?? "");
}

export function secretInOutput(change: SettingChange): Draft {
  return settingDraft(change, {
    rule: SECRET_IN_OUTPUT,
    severity: "high",
    predicate: `${settingText(change)} hands out the secret of a credential`,
  });
}
