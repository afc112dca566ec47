/**
 * Writes what the environment schema says for people and for editors: `docs/environment-reference.md` and the input
 * type with its documentation, `src/environment/environment-input.generated.ts`. With `--check` it writes nothing and
 * fails where a file is out of date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { environmentSchema } from "../src/environment/environment";
import { environmentInputType } from "./reference/environment-input-type";
import { environmentReference } from "./reference/environment-reference";
import type { JsonSchema } from "./reference/json-schema";

const schema = z.toJSONSchema(environmentSchema, { io: "input" }) as JsonSchema;
const root = join(__dirname, "..");
const files = {
  "docs/environment-reference.md": environmentReference(schema),
  "src/environment/environment-input.generated.ts": environmentInputType(schema),
};

for (const [name, text] of Object.entries(files)) {
  const path = join(root, name);
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    console.error(`${name} is out of date; run: npm run docs`);
    process.exitCode = 1;
  }
}
