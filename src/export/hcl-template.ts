/** A piece of a Terraform template: text, or an interpolation with its braces. */
type Piece = { readonly text: string } | { readonly expression: string };

/** Splits what Terraform's JSON syntax takes for a template: `$${` and `%%{` stay text, `${...}` is an expression. */
function piecesOf(template: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let text = "";
  for (let position = 0; position < template.length; ) {
    const three = template.slice(position, position + 3);
    if (three === "$${" || three === "%%{") {
      text += three;
      position += 3;
    } else if (three.startsWith("${") || three.startsWith("%{")) {
      const end = closingBrace(template, position + 2);
      if (text !== "") pieces.push({ text });
      text = "";
      pieces.push({ expression: template.slice(position, end + 1) });
      position = end + 1;
    } else {
      text += template[position];
      position += 1;
    }
  }
  if (text !== "") pieces.push({ text });
  return pieces;
}

/** The brace that closes an interpolation; strings and braces within are passed over. */
function closingBrace(template: string, from: number): number {
  let depth = 0;
  for (let position = from; position < template.length; position += 1) {
    const character = template[position];
    if (character === "\\") position += 1;
    else if (character === '"') {
      position += 1;
      while (position < template.length && template[position] !== '"')
        position += template[position] === "\\" ? 2 : 1;
    } else if (character === "{") depth += 1;
    else if (character === "}") {
      if (depth === 0) return position;
      depth -= 1;
    }
  }
  return template.length - 1;
}

/**
 * A string of Terraform's JSON syntax in its native syntax: a reference alone becomes an expression, anything else a quoted
 * template with the same meaning.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
export function hclString(template: string): string {
  const pieces = piecesOf(template);
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && "expression" in only && only.expression.startsWith("${")) {
    return only.expression.slice(2, -1).trim();
  }
  return `"${pieces.map((piece) => ("text" in piece ? escaped(piece.text) : piece.expression)).join("")}"`;
}

/** Whether a string is text alone, without an expression. */
export function isPlain(template: string): boolean {
  return piecesOf(template).every((piece) => "text" in piece);
}

function escaped(text: string): string {
  return [...text].map((character) => ESCAPES[character] ?? control(character)).join("");
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** Control characters and ends of lines that editors do not show, by their numbers. */
function control(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const isHidden = code < 0x20 || code === 0x7f || code === 0x2028 || code === 0x2029;
  return isHidden ? `\\u${code.toString(16).padStart(4, "0")}` : character;
}
