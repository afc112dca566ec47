import { defineDetection } from "../detection";
import { declaredWords, userWords } from "../event/words";
import { callsOf } from "../pattern/fragments";

const WORDS: Readonly<Record<string, string>> = {
  CreateServiceSpecificCredential: "a service-specific credential",
  ResetServiceSpecificCredential: "a new service-specific credential",
  UploadSSHPublicKey: "an SSH public key",
  UploadSigningCertificate: "a signing certificate",
};

export const CREDENTIAL_MADE = defineDetection({
  id: "credential-made",
  title: "A user got a credential that no rule ends",
  severity: "high",
  place: "global",
  why: "Service-specific credentials (CodeCommit, Bedrock and CloudWatch API keys), SSH keys and signing certificates live on when access keys are deactivated, and ask for no MFA.",
  example: {
    told: "Somebody makes an API key for Amazon Bedrock for user work.",
    notTold: "User work makes an access key, which the key rules reach.",
  },
  reference: {
    title: "CreateServiceSpecificCredential",
    url: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html",
  },
  since: "0.2.0",
  pattern: () => callsOf("iam", Object.keys(WORDS)),
  judge: (event, scope) => {
    const name = event.parameter("userName") ?? event.actor.userName;
    const service = event.parameter("serviceName");
    const declared = declaredWords(name, scope);
    return {
      what: `made ${WORDS[event.name] ?? "a credential"}${service === undefined ? "" : ` for ${service}`} of ${name === undefined ? "a user" : userWords(name, scope)}`,
      subject: `${event.name} ${name ?? "?"}`,
      ...(declared !== undefined && { declared }),
    };
  },
});
