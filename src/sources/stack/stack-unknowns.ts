import { blocks, isRecord, type JsonRecord } from "../resource/json-shape";
import { UnknownValue } from "../resource/unknown-parts";

/** What a stack holds beside resources that has a say in the account, and is not read here. */
export function stackUnknowns(stack: JsonRecord): readonly UnknownValue[] {
  return [
    ...named(stack["module"]).map(
      ([name]) =>
        new UnknownValue(`module.${name}`, "a module is read from a plan, not from the stack that calls it"),
    ),
    ...named(stack["action"]).flatMap(([type, actions]) =>
      named(actions).map(
        ([name]) =>
          new UnknownValue(`action.${type}.${name}`, "an apply may run it: what it does is not in the stack"),
      ),
    ),
  ];
}

/** Addresses in `removed` blocks whose resources Terraform forgets and leaves in the account. */
export function forgottenAddresses(stack: JsonRecord): readonly string[] {
  return blocks(stack["removed"]).flatMap(({ from, lifecycle }) => {
    const isKept = blocks(lifecycle).some(({ destroy }) => destroy === false || destroy === "false");
    return isKept && typeof from === "string" ? [from.replace(/^\$\{(.*)\}$/s, "$1").trim()] : [];
  });
}

/** `from` names a resource with all its instances, or a module with all its resources. */
export function isAt(address: string, from: string): boolean {
  return address === from || address.startsWith(`${from}[`) || address.startsWith(`${from}.`);
}

function named(value: unknown): readonly (readonly [string, unknown])[] {
  return (Array.isArray(value) ? value : [value])
    .filter(isRecord)
    .flatMap((block) => Object.entries(block).filter(([name]) => name !== "//"));
}
