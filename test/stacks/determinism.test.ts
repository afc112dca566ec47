import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import type { EnvironmentInput } from "../../src/environment/environment";
import { allow } from "../../src/environment/policy-statement";
import { quotas } from "../../src/environment/quotas";
import { InvalidEnvironmentsError } from "../../src/proofs/validate-baseline";
import { ciGroup, device, environment, many, role } from "../builders/environment";
import { environments } from "../shipped";
import { shuffled } from "../support/shuffled";
import {
  policyOf,
  type Resource,
  resourcesOf,
  type SynthesizedStack,
  synthesize,
} from "../support/synthesize";

/** Two processes start, each loads cdktf: seconds on a busy machine. */
const PROCESS_TIMEOUT_MS = 60_000;
const shipped = synthesize(...environments);
const root = join(__dirname, "../..");
const textsOf = (stacks: ReadonlyMap<string, SynthesizedStack>) =>
  [...stacks.values()].map(({ text }) => text);

describe("synthesis", () => {
  test("gives the same bytes, whatever the order of the keys at every level", () => {
    const texts = textsOf(shipped);
    fc.assert(
      fc.property(shuffled(environments), (others) => {
        expect(textsOf(synthesize(...others))).toEqual(texts);
      }),
      { numRuns: 4 },
    );
  });

  test("gives the same bytes for tags, conditions and settings in another order", () => {
    const input = environment({
      tags: many(5, "tag", "x"),
      devices: { laptop: device({ tags: many(5, "own", "y") }) },
      roles: {
        daily: role({
          tags: many(5, "role", "z"),
          statements: [
            allow("s3:*", "*", {
              StringEquals: { "aws:SourceVpc": "vpc-12345678", "aws:SourceAccount": "111122223333" },
              Bool: { "aws:SecureTransport": "true" },
            }),
          ],
        }),
      },
    });
    const texts = textsOf(synthesize(input));
    fc.assert(
      fc.property(shuffled(input), (other) => expect(textsOf(synthesize(other))).toEqual(texts)),
      { numRuns: 8 },
    );
  });

  test(
    "gives the same bytes in two folders, one of them with a blank in its name",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "iam-baseline-copies-"));
      try {
        const copies = ["one", "another one"].map((name) => join(folder, name));
        const outputs = await Promise.all(copies.map(synthesizedCopy));
        const [first, second] = outputs;
        expect([...(first?.keys() ?? [])].filter((path) => path.endsWith("cdk.tf.json"))).not.toEqual([]);
        expect(second).toEqual(first);
        for (const [path, content] of first ?? []) {
          if (path.endsWith(".json")) expect(content.toString("utf8")).not.toContain(folder);
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    PROCESS_TIMEOUT_MS,
  );
});

/** Copies the project, runs main.ts there as cdktf does, and reads everything that was written. */
async function synthesizedCopy(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  mkdirSync(folder, { recursive: true });
  for (const part of [
    "main.ts",
    "package.json",
    "tsconfig.json",
    "cdktf.json",
    "src",
    "lambda",
    "environments",
  ]) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
  const { CDKTF_OUTDIR: _, ...env } = process.env;
  await promisify(execFile)(process.execPath, ["--import", "tsx", "main.ts"], { cwd: folder, env });
  const out = join(folder, "cdktf.out");
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(out, join(entry.parentPath, entry.name))).sort();
  return new Map(paths.map((path) => [path, readFileSync(join(out, path))]));
}

/** Environments of all sizes around IAM's limits. */
const anyEnvironment: fc.Arbitrary<EnvironmentInput> = fc
  .record({
    deviceNames: fc.uniqueArray(fc.stringMatching(/^[a-z][A-Za-z0-9+=,.@_-]{0,62}$/), {
      minLength: 1,
      maxLength: 40,
      selector: (name) => name.toLowerCase(),
    }),
    networks: fc.integer({ min: 1, max: 400 }),
    networksInTrust: fc.boolean(),
    resource: fc.integer({ min: 1, max: 12000 }),
    ciResource: fc.integer({ min: 1, max: 6000 }),
    namespace: fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/),
    suffix: fc.option(fc.stringMatching(/^[a-z0-9]{1,16}$/), { nil: undefined }),
    sourceIdentity: fc.boolean(),
  })
  .map((drawn) =>
    environment({
      namespace: drawn.namespace,
      devices: Object.fromEntries(drawn.deviceNames.map((name) => [name, device()])),
      repositories: {},
      allowedNetworks: Array.from(
        { length: drawn.networks },
        (_, index) => `198.51.${100 + Math.floor(index / 256)}.${index % 256}/32`,
      ),
      ciGroups: {
        deployers: ciGroup({
          statements: [allow("s3:GetObject", `arn:aws:s3:::${"x".repeat(drawn.ciResource)}`)],
        }),
      },
      roles: {
        daily: role({
          statements: [allow("s3:GetObject", `arn:aws:s3:::${"x".repeat(drawn.resource)}`)],
          trust: { networks: drawn.networksInTrust, sourceIdentity: drawn.sourceIdentity },
        }),
      },
      ...(drawn.suffix !== undefined && { roleSuffix: drawn.suffix }),
    }),
  );

describe("every environment", () => {
  test("is synthesized within IAM's limits, or refused", () => {
    const outcomes = { synthesized: 0, refused: 0 };
    fc.assert(
      fc.property(anyEnvironment, (input) => {
        let stacks: ReadonlyMap<string, SynthesizedStack>;
        try {
          stacks = synthesize(input);
        } catch (error) {
          // never a RangeError of a construct: the validation told it first, with a place
          expect(error).toBeInstanceOf(InvalidEnvironmentsError);
          outcomes.refused += 1;
          return;
        }
        outcomes.synthesized += 1;
        for (const stack of stacks.values()) expectWithinQuotas(stack);
      }),
      { numRuns: 40, seed: 20261123 },
    );
    expect(outcomes.synthesized).toBeGreaterThan(5);
    expect(outcomes.refused).toBeGreaterThan(5);
  });

  test("that ships is within IAM's limits", () => {
    for (const stack of shipped.values()) expectWithinQuotas(stack);
  });
});

function expectWithinQuotas(stack: SynthesizedStack): void {
  const limits: [type: string, attribute: string, limit: number][] = [
    ["aws_iam_policy", "policy", quotas.managedPolicyCharacters],
    ["aws_iam_group_policy", "policy", quotas.groupInlineCharacters],
    ["aws_iam_role_policy", "policy", quotas.roleInlineCharacters],
    ["aws_iam_role", "assume_role_policy", quotas.trustPolicyCharacters],
  ];
  for (const [type, attribute, limit] of limits) {
    for (const { attributes } of resourcesOf(stack, type)) {
      expect(JSON.stringify(policyOf(attributes[attribute])).length).toBeLessThanOrEqual(limit);
    }
  }
  const named = (resource: Resource) => String(resource.attributes["name"]).replace(/\$\{.*\}$/, "12345678");
  for (const type of ["aws_iam_user", "aws_iam_role"]) {
    for (const resource of resourcesOf(stack, type)) expect(named(resource).length).toBeLessThanOrEqual(64);
  }
}
