import { parseConditionOperator } from "../../iam/evaluation/condition-operators";
import { isRecord, type JsonRecord } from "../resource/json-shape";
import type { SensitiveTexts } from "../resource/sensitive-texts";
import { isConditionKeyOfAws, isWordOfAws } from "./policy-vocabulary";

/** Texts that the file shows elsewhere without a mark: to hide them here would hide nothing. */
export type IsShown = (text: string) => boolean;

/** Conditions on how recent MFA was: their numbers say nothing of anybody. */
const AGE = /^aws:multifactorauthage$/i;
/** The caller chooses which one it gives, so that what it is need not be known to tell who gets in. */
const EXTERNAL_ID = /^sts:externalid$/i;

/**
 * A policy document that is sensitive as a whole, with AWS's own words as they are and everything else concealed: what
 * it allows can still be judged, whatever hinges on a concealed part is not known, and nothing of it is shown.
 *
 * @returns undefined for what is no policy document
 */
export function concealedDocument(
  value: unknown,
  texts: SensitiveTexts,
  isShown: IsShown,
): JsonRecord | undefined {
  if (!isRecord(value) || value["Statement"] === undefined) return undefined;
  const concealer = new DocumentConcealer(texts, isShown);
  const { Version: version, Statement: statement } = value;
  return {
    ...(version === "2012-10-17" || version === "2008-10-17" ? { Version: version } : {}),
    ...(value["Id"] === undefined ? {} : { Id: texts.marker(value["Id"]) }),
    Statement: Array.isArray(statement)
      ? statement.map((one) => concealer.statement(one))
      : concealer.statement(statement),
  };
}

class DocumentConcealer {
  constructor(
    private readonly texts: SensitiveTexts,
    private readonly isShown: IsShown,
  ) {}

  statement(value: unknown): unknown {
    if (!isRecord(value)) return this.text(value);
    const entries = Object.entries(value).map(([element, content]): readonly [string, unknown] => {
      switch (element) {
        case "Effect":
          return [element, content === "Allow" || content === "Deny" ? content : this.text(content)];
        case "Action":
        case "NotAction":
        case "Resource":
        case "NotResource":
          return [element, this.values(content)];
        case "Principal":
        case "NotPrincipal":
          return [element, this.principals(content)];
        case "Condition":
          return [element, this.conditions(content)];
        case "Sid":
          return [element, this.texts.marker(content)];
        default:
          return [this.texts.marker(element), this.texts.marker(content)];
      }
    });
    return Object.fromEntries(entries);
  }

  private principals(value: unknown): unknown {
    if (!isRecord(value)) return this.values(value);
    return Object.fromEntries(
      Object.entries(value).map(([type, names]) => [
        ["AWS", "Service", "Federated", "CanonicalUser"].includes(type) ? type : this.texts.marker(type),
        this.values(names),
      ]),
    );
  }

  private conditions(value: unknown): unknown {
    if (!isRecord(value)) return this.text(value);
    return Object.fromEntries(
      Object.entries(value).map(([operator, keys]) => [
        parseConditionOperator(operator) === undefined ? this.texts.marker(operator) : operator,
        isRecord(keys)
          ? Object.fromEntries(Object.entries(keys).map((entry) => this.condition(entry)))
          : this.text(keys),
      ]),
    );
  }

  private condition([key, values]: readonly [string, unknown]): readonly [string, unknown] {
    const shownKey = isConditionKeyOfAws(key) || this.isShown(key) ? key : this.texts.marker(key);
    if (AGE.test(key)) return [shownKey, values];
    if (EXTERNAL_ID.test(key)) {
      const concealed = (value: unknown) => this.texts.marker(value, "external id");
      return [shownKey, Array.isArray(values) ? values.map(concealed) : concealed(values)];
    }
    return [shownKey, this.values(values)];
  }

  private values(value: unknown): unknown {
    return Array.isArray(value) ? value.map((item) => this.text(item)) : this.text(value);
  }

  private text(value: unknown): unknown {
    if (typeof value === "boolean" || value === null || value === undefined) return value;
    if (typeof value === "string" && (isWordOfAws(value) || this.isShown(value))) return value;
    return this.texts.marker(value);
  }
}
