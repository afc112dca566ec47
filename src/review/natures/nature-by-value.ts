import type { Nature } from "./nature";

/** A policy or a role, whatever the name of the attribute says. */
export function grantingNature(value: unknown): Nature | undefined {
  return firstOf(value, (text) => {
    if (/^\s*\{[\s\S]*"Statement"\s*:/.test(text) || POLICY_ARN.test(text)) return "policy";
    return /^arn:[^:]*:iam::[^:]*:(?:role|instance-profile)\//.test(text) ? "role" : undefined;
  });
}

export const POLICY_ARN = /^arn:[^:]*:iam::[^:]*:policy\//;

/** What a value is, wherever it stands: nothing where it says nothing. */
export function natureByValue(value: unknown): Nature | undefined {
  return firstOf(value, plainNature);
}

/** The whole internet, wherever it stands. */
export function isAnyNetwork(value: unknown): boolean {
  return [value].flat().some((item) => item === "0.0.0.0/0" || item === "::/0");
}

function firstOf(value: unknown, natureOf: (text: string) => Nature | undefined): Nature | undefined {
  if (Array.isArray(value)) {
    for (const item of value) {
      const nature = firstOf(item, natureOf);
      if (nature !== undefined) return nature;
    }
    return undefined;
  }
  return typeof value === "string" ? natureOf(value) : undefined;
}

function plainNature(value: string): Nature | undefined {
  if (/^arn:[^:]*:(?:iam|sts)::[^:]*:(?:root|user\/|group\/)/.test(value)) return "principal";
  if (/^(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}$|^[\da-f:]+::?[\da-f]*\/\d{1,3}$/i.test(value)) return "network";
  if (/^arn:[^:]*:kms:/.test(value)) return "encryption";
  if (/^arn:[^:]*:[^:]+:[^:]*:\d{12}:/.test(value) || /^https?:\/\//i.test(value)) return "endpoint";
  return undefined;
}
