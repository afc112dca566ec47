import ipaddr from "ipaddr.js";
import type { AnythingBut, Condition, Operator } from "./pattern";
import { wildcardExpression } from "./wildcard";

/** Whether one value of an event meets one condition. `exists` asks nothing of a value: it is judged by the field. */
export function meets(value: unknown, condition: Condition): boolean {
  if (typeof condition !== "object" || condition === null) return value === condition;
  return meetsOperator(value, condition);
}

function meetsOperator(value: unknown, operator: Operator): boolean {
  if ("exists" in operator) return operator.exists;
  if ("numeric" in operator) return typeof value === "number" && inRange(value, operator.numeric);
  if ("anything-but" in operator) return isAnythingBut(value, operator["anything-but"]);
  if (typeof value !== "string") return false;
  if ("prefix" in operator) return begins(value, operator.prefix);
  if ("suffix" in operator) return ends(value, operator.suffix);
  if ("equals-ignore-case" in operator) return sameLetters(value, operator["equals-ignore-case"]);
  if ("wildcard" in operator) return wildcardExpression(operator.wildcard)?.test(value) ?? false;
  return inCidr(value, operator.cidr);
}

type Part = string | { readonly "equals-ignore-case": string };

function begins(value: string, prefix: Part): boolean {
  if (typeof prefix === "string") return value.startsWith(prefix);
  const text = prefix["equals-ignore-case"];
  return sameLetters(value.slice(0, text.length), text);
}

function ends(value: string, suffix: Part): boolean {
  if (typeof suffix === "string") return value.endsWith(suffix);
  const text = suffix["equals-ignore-case"];
  return text === "" || sameLetters(value.slice(-text.length), text);
}

function sameLetters(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** Texts and numbers only: true, false and null are not compared, and never anything. */
function isAnythingBut(value: unknown, but: AnythingBut): boolean {
  if (typeof value !== "string" && typeof value !== "number") return false;
  if (typeof but === "string" || typeof but === "number") return value !== but;
  if (isList(but)) return !but.includes(value);
  const [kind = "", texts] = Object.entries(but)[0] ?? [];
  const list: readonly string[] = typeof texts === "string" ? [texts] : (texts ?? []);
  return !list.some((text) => meets(value, { [kind]: text } as Operator));
}

function isList(but: AnythingBut): but is readonly (string | number)[] {
  return Array.isArray(but);
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

/** `[">", 0, "<=", 5]`: comparisons in pairs, all of which hold. */
function inRange(value: number, comparisons: readonly (string | number)[]): boolean {
  for (let index = 0; index < comparisons.length; index += 2) {
    const holds = COMPARISONS[String(comparisons[index])];
    if (holds === undefined || !holds(value, Number(comparisons[index + 1]))) return false;
  }
  return comparisons.length > 0;
}

function inCidr(value: string, cidr: string): boolean {
  if (!ipaddr.isValid(value) || !ipaddr.isValidCIDR(cidr)) return false;
  const address = ipaddr.parse(value);
  const [network, bits] = ipaddr.parseCIDR(cidr);
  return address.kind() === network.kind() && address.match(network, bits);
}
