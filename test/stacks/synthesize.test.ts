import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Aspects, TerraformOutput, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { addBaseline } from "../../src/stacks/baseline";
import { renderStack } from "../../src/stacks/render-stack";
import { synthesize } from "../../src/stacks/synthesize";
import { environments as shipped } from "../shipped";

const outdir = mkdtempSync(join(tmpdir(), "synthesize-"));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

const stackFile = (name: string) => join(outdir, "stacks", name, "cdk.tf.json");

function oneStack(name: string, value: string) {
  return (app: App) => {
    const stack = new TerraformStack(app, name);
    new TerraformOutput(stack, "said", { value });
  };
}

test("what is checked is what is written", () => {
  const checked: unknown[] = [];
  synthesize({
    outdir,
    build: oneStack("first", "one"),
    check: (stacks) => checked.push(...stacks),
  });
  const written: unknown = JSON.parse(readFileSync(stackFile("first"), "utf8"));
  expect(checked).toEqual([{ name: "first", configuration: written }]);
});

test("where the check throws, stacks stay as they were and new ones do not appear", () => {
  synthesize({ outdir, build: oneStack("second", "before"), check: () => undefined });
  const before = readFileSync(stackFile("second"), "utf8");
  const refused = () =>
    synthesize({
      outdir,
      build: (app) => {
        oneStack("second", "after")(app);
        oneStack("third", "new")(app);
      },
      check: () => {
        throw new Error("a proof does not hold");
      },
    });
  expect(refused).toThrow("a proof does not hold");
  expect(readFileSync(stackFile("second"), "utf8")).toBe(before);
  expect(existsSync(stackFile("third"))).toBe(false);
});

test("a stack that is gone leaves the outdir, and other folders stay", () => {
  synthesize({ outdir, build: oneStack("gone", "one"), check: () => undefined });
  mkdirSync(join(outdir, "stacks", "notes"), { recursive: true });
  synthesize({ outdir, build: oneStack("kept", "one"), check: () => undefined });
  expect(existsSync(stackFile("gone"))).toBe(false);
  expect(existsSync(stackFile("kept"))).toBe(true);
  expect(existsSync(join(outdir, "stacks", "notes"))).toBe(true);
});

test("an aspect is visited once, and what it adds is checked and written", () => {
  let visits = 0;
  const checked: unknown[] = [];
  synthesize({
    outdir,
    build: (app) => {
      oneStack("fourth", "one")(app);
      Aspects.of(app.node.findChild("fourth")).add({
        visit: (node: IConstruct) => {
          if (!TerraformStack.isStack(node)) return;
          visits += 1;
          node.addOverride("output.said.description", "by the aspect");
        },
      });
    },
    check: (stacks) => checked.push(stacks[0]?.configuration),
  });
  expect(visits).toBe(1);
  expect(checked).toMatchObject([{ output: { said: { description: "by the aspect" } } }]);
  expect(readFileSync(stackFile("fourth"), "utf8")).toContain("by the aspect");
});

test("errors keep their stacks after a synthesis", () => {
  synthesize({ outdir, build: oneStack("fifth", "one"), check: () => undefined });
  const error: { stack?: string } = {};
  Error.captureStackTrace(error);
  expect(error.stack).toContain("synthesize.test");
});

test("what is rendered in one pass is what cdktf renders", () => {
  const compared: string[] = [];
  const environments = validateBaseline(shipped, new Date("2026-11-23T00:00:00Z"));
  const app = new App({ outdir });
  addBaseline(app, environments);
  for (const stack of app.node.findAll().filter((node) => TerraformStack.isStack(node))) {
    expect(renderStack(stack)).toEqual(stack.toTerraform());
    compared.push(stack.node.id);
  }
  expect(compared).toContain("team-prod-identity");
});
