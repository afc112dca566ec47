import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { environmentInputType } from "../../scripts/reference/environment-input-type";
import { environmentReference } from "../../scripts/reference/environment-reference";
import type { JsonSchema } from "../../scripts/reference/json-schema";
import { environmentSchema } from "../../src/environment/environment";

const schema = z.toJSONSchema(environmentSchema, { io: "input" }) as JsonSchema;
const committed = (file: string) => readFileSync(join(__dirname, "..", "..", file), "utf8");

test("the committed reference says what the schema says (npm run docs)", () => {
  expect(committed("docs/environment-reference.md")).toBe(environmentReference(schema));
});

test("the committed input type is the schema's (npm run docs)", () => {
  expect(committed("src/environment/environment-input.generated.ts")).toBe(environmentInputType(schema));
});

test("every key of an environment is described", () => {
  const undescribed = Object.entries(schema.properties ?? {}).filter(([, property]) => !property.description);
  expect(undescribed).toEqual([]);
});
