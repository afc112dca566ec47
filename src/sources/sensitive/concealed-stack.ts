import { isRecord, type JsonRecord } from "../resource/json-shape";
import { SensitiveTexts } from "../resource/sensitive-texts";
import { isSensitiveAttribute, isSensitiveName } from "./sensitive-names";

/**
 * A synthesized stack without secrets that somebody wrote into it: attributes that the provider's schema marks, defaults
 * of variables and values of outputs that are declared sensitive, credentials of providers. References are no secrets:
 * `${random_password.db.result}` stays.
 */
export function concealedStack(stack: unknown, texts = new SensitiveTexts()): unknown {
  if (!isRecord(stack)) return stack;
  const concealer = new StackConcealer(texts);
  const parts: Record<string, unknown> = {
    resource: concealer.typed(stack["resource"]),
    data: concealer.typed(stack["data"]),
    ephemeral: concealer.typed(stack["ephemeral"]),
    action: concealer.typed(stack["action"]),
    provider: concealer.providers(stack["provider"]),
    variable: concealer.declared(stack["variable"], "default"),
    output: concealer.declared(stack["output"], "value"),
  };
  const present = Object.entries(parts).filter(([name]) => stack[name] !== undefined);
  return { ...stack, ...Object.fromEntries(present) };
}

class StackConcealer {
  constructor(private readonly texts: SensitiveTexts) {}

  /** `resource`, `data` and their kind: type, name, body. */
  typed(value: unknown): unknown {
    return eachBlock(value, (types) =>
      mapEntries(types, (type, named) =>
        eachBlock(named, (names) =>
          mapEntries(names, (_name, bodies) => eachBlock(bodies, (body) => this.body(type, body, true))),
        ),
      ),
    );
  }

  providers(value: unknown): unknown {
    return eachBlock(value, (providers) =>
      mapEntries(providers, (_name, bodies) =>
        eachBlock(bodies, (body) => this.body("provider", body, false)),
      ),
    );
  }

  /** Variables and outputs, which say themselves that they are sensitive. */
  declared(value: unknown, attribute: "default" | "value"): unknown {
    return eachBlock(value, (named) =>
      mapEntries(named, (_name, bodies) =>
        eachBlock(bodies, (body) =>
          body["sensitive"] === true && body[attribute] !== undefined
            ? { ...body, [attribute]: this.hidden(body[attribute]) }
            : body,
        ),
      ),
    );
  }

  private body(type: string, body: JsonRecord, isTop: boolean): JsonRecord {
    return mapEntries(body, (name, item) => {
      const isSecret = isTop ? isSensitiveAttribute(type, name) : isSensitiveName(type, name);
      if (isSecret || (type === "provider" && name === "access_key")) return this.hidden(item);
      return typeof item === "object" ? eachBlock(item, (inner) => this.body(type, inner, false)) : item;
    });
  }

  private hidden(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.hidden(item));
    if (isRecord(value)) return mapEntries(value, (_name, item) => this.hidden(item));
    if (typeof value !== "string") return typeof value === "number" ? this.texts.marker(value) : value;
    return value === "" || isReference(value) ? value : this.texts.marker(value);
  }
}

/** An expression that holds no text of its own. */
function isReference(text: string): boolean {
  return /^\$\{[^"{}]*\}$/.test(text);
}

/** What does not change is not copied. */
function eachBlock(value: unknown, change: (block: JsonRecord) => JsonRecord): unknown {
  if (!Array.isArray(value)) return isRecord(value) ? change(value) : value;
  const changed = value.map((item: unknown) => (isRecord(item) ? change(item) : item));
  return changed.some((item, index) => item !== value[index]) ? changed : value;
}

function mapEntries(value: JsonRecord, change: (key: string, item: unknown) => unknown): JsonRecord {
  let copy: Record<string, unknown> | undefined;
  for (const [key, item] of Object.entries(value)) {
    const changed = change(key, item);
    if (changed === item) continue;
    copy ??= { ...value };
    copy[key] = changed;
  }
  return copy ?? value;
}
