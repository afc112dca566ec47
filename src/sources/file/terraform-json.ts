import { Refusal } from "../../findings/refusal";
import { FILE_NOT_JSON, JSON_KEY_TWICE } from "../resource/source-refusals";
import { decodedText } from "./decoded-text";
import { repeatedKey } from "./repeated-key";

/**
 * Parses a file that Terraform, OpenTofu or cdktf wrote, in UTF-8 or UTF-16. A line that a wrapper puts before the JSON
 * (`setup-terraform` writes `[command]...`) and what it writes behind it are left out.
 *
 * @param file how errors name it
 * @throws Refusal that says what the file is instead
 */
export function terraformJson(bytes: Uint8Array, file: string): unknown {
  const text = decodedText(bytes);
  const written = text === undefined ? undefined : withoutWrapper(text);
  const value = written === undefined ? undefined : parsed(written);
  if (written === undefined || value === undefined) {
    const { got, remedy = REMEDY } = whatItIs(bytes, text);
    throw new Refusal(FILE_NOT_JSON, { where: file, expected: EXPECTED, got, remedy });
  }
  const repeated = repeatedKey(written);
  if (repeated !== undefined) {
    throw new Refusal(JSON_KEY_TWICE, {
      where: `${file}:${repeated.line}`,
      expected: "each key once",
      got: `${repeated.path.join(".")} twice`,
      remedy: "synthesize again, or remove one of the two",
    });
  }
  return value.json;
}

const EXPECTED = "the JSON of terraform show -json";
const REMEDY = "write it again with terraform show -json, standard output only";

function parsed(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** @see https://github.com/hashicorp/setup-terraform: with `terraform_wrapper` the command is echoed before its output */
const WRAPPER_LINES = /^(?:(?:\[command\]|::)[^\n]*\r?\n)+(?=\s*[{[])/;
const WRAPPER_END = /(?<=[}\]])\s*(?:\r?\n::[^\n]*)+\s*$/;

function withoutWrapper(text: string): string {
  return text
    .replace(/^\uFEFF/, "")
    .replace(WRAPPER_LINES, "")
    .replace(WRAPPER_END, "");
}

interface Found {
  readonly got: string;
  readonly remedy?: string;
}

/** What a file that is no JSON is, as far as its beginning tells. */
function whatItIs(bytes: Uint8Array, text: string | undefined): Found {
  const [first, second] = bytes;
  if (text?.trim() === "") return { got: "an empty file" };
  if (first === 0x50 && second === 0x4b) {
    return {
      got: "a saved plan, which is no JSON",
      remedy: "write it with terraform show -json PLANFILE > FILE",
    };
  }
  if (first === 0x1f && second === 0x8b) return { got: "a file that gzip packed", remedy: "unpack it first" };
  if (text === undefined) return { got: "bytes that are no text", remedy: REMEDY };
  if (/^\s*\{"@level"/.test(text)) {
    return {
      got: "the log of terraform plan -json",
      remedy: "save the plan with -out=PLANFILE, and give the output of terraform show -json PLANFILE",
    };
  }
  if (/Terraform (?:used|will perform)|OpenTofu (?:used|will perform)|^No changes\./m.test(text)) {
    return {
      got: "the plan as people read it",
      remedy: "write it with terraform show -json PLANFILE > FILE",
    };
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with this one
  if (/^\s*\u001b\[/.test(text)) return { got: "a log with colours", remedy: REMEDY };
  if (/^\s*[{[]/.test(text))
    return { got: "JSON that is cut off or has something behind it", remedy: REMEDY };
  // nothing of it is quoted: whoever gives the wrong file may give one with secrets
  return { got: /[{[]/.test(text) ? "other text before the JSON" : "text that is no JSON", remedy: REMEDY };
}
