import { blocks, entries } from "./json-blocks";

/** What a stack says besides its resources and data sources, by key. */
export function stackSettings(json: unknown): readonly (readonly [key: string, value: unknown])[] {
  const [root = {}] = blocks(json);
  const list: (readonly [string, unknown])[] = [];
  for (const [name, bodies] of entries(root["provider"])) {
    for (const body of blocks(bodies)) {
      const alias = body["alias"] === undefined ? "" : `.${String(body["alias"])}`;
      list.push([`provider.${name}${alias}`, body]);
    }
  }
  for (const block of blocks(root["terraform"])) {
    for (const [key, value] of entries(block)) {
      if (key === "backend") {
        for (const [type, body] of entries(value)) list.push(["backend", { type, body }]);
      } else if (key === "required_providers") {
        for (const [name, body] of entries(value)) list.push([`required_providers.${name}`, body]);
      } else list.push([`terraform.${key}`, value]);
    }
  }
  for (const kind of ["module", "output", "variable", "locals", "check"]) {
    const singular = kind === "locals" ? "local" : kind;
    for (const [name, body] of entries(root[kind])) list.push([`${singular}.${name}`, body]);
  }
  for (const kind of ["ephemeral", "action", "list"]) {
    for (const [type, named] of entries(root[kind])) {
      for (const [name, body] of entries(named)) list.push([`${kind}.${type}.${name}`, body]);
    }
  }
  for (const body of blocks(root["removed"])) list.push([`removed.${reference(body["from"])}`, body]);
  for (const body of blocks(root["import"])) list.push([`import.${reference(body["to"])}`, body]);
  for (const kind of Object.keys(root).filter((key) => !KNOWN.has(key))) list.push([kind, root[kind]]);
  return list;
}

const KNOWN: ReadonlySet<string> = new Set([
  ...["//", "provider", "terraform", "resource", "data", "module", "output", "variable", "locals", "check"],
  ...["ephemeral", "action", "list", "removed", "import", "moved"],
]);

/** New addresses by old ones. */
export function movedIn(json: unknown): readonly (readonly [from: string, to: string])[] {
  const [root = {}] = blocks(json);
  return blocks(root["moved"]).map(({ from, to }) => [reference(from), reference(to)] as const);
}

/** A reference as cdktf may write it, in a template or bare. */
function reference(value: unknown): string {
  return String(value)
    .replace(/^\$\{(.*)\}$/s, "$1")
    .trim();
}
