const WIDTH = 100;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A comment of one line above an entry, by the entry's path: `existing.users.anna`. */
export type Comments = Readonly<Record<string, string>>;

/** A value as a person would write it in TypeScript, as biome formats it; it begins where it stands. */
export function words(value: unknown, indent: number, comments: Comments = {}, path = ""): string {
  const inline = JSON.stringify(value);
  if (value === null || typeof value !== "object") return inline;
  const margin = " ".repeat(indent + 2);
  const end = `\n${" ".repeat(indent)}`;
  if (Array.isArray(value)) {
    const short = `[${value.map((one) => flat(one)).join(", ")}]`;
    if (fits(short, indent) && !hasComment(comments, path)) return short;
    return `[${value.map((one, index) => `\n${comment(comments, `${path}[${index}]`, margin)}${margin}${words(one, indent + 2, comments, `${path}[${index}]`)},`).join("")}${end}]`;
  }
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  if (entries.length === 0) return "{}";
  const short = flat(value);
  if (fits(short, indent) && !hasComment(comments, path)) return short;
  return `{${entries
    .map(([key, one]) => {
      const at = path === "" ? key : `${path}.${key}`;
      return `\n${comment(comments, at, margin)}${margin}${keyWords(key)}: ${words(one, indent + 2, comments, at)},`;
    })
    .join("")}${end}}`;
}

/** A key of an object: in quotes where it is no identifier. */
export const keyWords = (key: string): string => (IDENTIFIER.test(key) ? key : JSON.stringify(key));

function flat(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(flat).join(", ")}]`;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return entries.length === 0
    ? "{}"
    : `{ ${entries.map(([key, one]) => `${keyWords(key)}: ${flat(one)}`).join(", ")} }`;
}

const fits = (text: string, indent: number) => text.length + indent <= WIDTH;

/** Comments are one line, whatever an account's names hold. */
function comment(comments: Comments, path: string, margin: string): string {
  const said = comments[path];
  return said === undefined ? "" : `${margin}// ${said.replace(/[\r\n\u2028\u2029]+/g, " ")}\n`;
}

const places = new WeakMap<Comments, ReadonlySet<string>>();

function hasComment(comments: Comments, path: string): boolean {
  let known = places.get(comments);
  if (known === undefined) {
    known = new Set(
      Object.keys(comments).flatMap((key) =>
        [...key.matchAll(/[.[]/g)].map(({ index }) => key.slice(0, index)),
      ),
    );
    places.set(comments, known);
  }
  return known.has(path);
}
