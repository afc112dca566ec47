import { nearestName } from "../../findings/nearest-name";
import { actionsDate, actionsOfService, expandActions, isKnownAction, servicePrefixes } from "../actions";
import { isMentionedByAws, isServiceMentionedByAws } from "./mentioned-by-aws";
import { didYouMean, type NameFault } from "./name-fault";

/** What is wrong with an action, or a pattern of actions, of a statement: nothing that AWS has is called so. */
export function actionFault(written: string): Omit<NameFault, "path"> | undefined {
  const [prefix = "", name] = written.split(":");
  // the form is for the syntax to judge
  if (name === undefined || prefix === "*") return undefined;
  const service = prefix.toLowerCase();
  if (!servicePrefixes().includes(service)) {
    if (isServiceMentionedByAws(service)) return undefined;
    return fault(written, `a service of AWS (list of ${actionsDate})`, otherService(service, name));
  }
  const isPattern = /[*?]/.test(name);
  const known = isPattern ? expandActions(written).length > 0 : isKnownAction(written);
  if (known || isMentionedByAws(written)) return undefined;
  return fault(
    written,
    isPattern
      ? `a pattern that an action of ${service} matches (list of ${actionsDate})`
      : `an action of ${service} (list of ${actionsDate})`,
    nearAction(service, name),
  );
}

const fault = (name: string, expected: string, remedy: string) => ({
  name,
  expected,
  remedy,
  mayBeNew: true,
});

function nearAction(service: string, name: string): string {
  const [plain = ""] = name.split(/[*?]/);
  const names = actionsOfService(service).map((action) => action.slice(service.length + 1));
  const nearest = plain === name ? nearestName(plain, names) : nearestName(plain, beginnings(names, plain));
  const rest = name.slice(plain.length);
  if (nearest !== undefined && nearest.toLowerCase() !== plain.toLowerCase())
    return `did you mean "${service}:${nearest}${rest}"?`;
  return "correct it";
}

/** What the names begin with, a word more or less: the verb alone first, as it is what patterns are made of. */
function beginnings(names: readonly string[], plain: string): readonly string[] {
  const words = plain.match(/[A-Z][a-z0-9]*|[a-z0-9]+/g)?.length ?? 1;
  const cut = (count: number) =>
    names.map((name) => /^(?:[A-Z][a-z0-9]*)+/.exec(name)?.[0] && firstWords(name, count));
  return [...new Set([words, words + 1].flatMap(cut))].filter(
    (name) => name !== undefined && name !== "",
  ) as string[];
}

const firstWords = (name: string, count: number) =>
  (name.match(/[A-Z][a-z0-9]*/g) ?? []).slice(0, count).join("");

/** A few services that have the action: more say nothing of which one is meant. */
const FEW = 3;

/** Another service that has the action, else one whose name is near. */
function otherService(service: string, name: string): string {
  const near = nearestName(service, servicePrefixes());
  if (near !== undefined && isKnownAction(`${near}:${name}`)) return `did you mean "${near}:${name}"?`;
  const having = /[*?]/.test(name)
    ? []
    : servicePrefixes().filter((prefix) => isKnownAction(`${prefix}:${name}`));
  if (having.length > 0 && having.length <= FEW)
    return `did you mean ${having.map((prefix) => `"${prefix}:${name}"`).join(" or ")}?`;
  return didYouMean(service, servicePrefixes(), "correct the service");
}
