/**
 * The nightly run at IAM's limit of 5,000 users, beside the same job done the plain way, over the emulator:
 * `node --import tsx bench/deactivation.ts [users]`. Wall time, calls against the least possible number, peak memory.
 *
 * Each way runs in a process of its own, from one bundled file, as Lambda would run it. The emulator answers in about
 * 2 ms, IAM takes tens of them: the calls decide, so they are also given as the time they would take at 60 ms each.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { buildSync } from "esbuild";
import type { ResolvedKeyRules } from "../src/credentials/resolved-key-rules";
import { forEachBounded } from "../src/credentials/run/bounded";
import { bundleLambda } from "../src/lambda-bundle/lambda-build";
import { type Emulator, startEmulator } from "../test/support/emulator";

const ROOT = join(__dirname, "..");
const USERS = Number(process.argv[2] ?? 5_000);
const IAM_LATENCY_MS = 60;

const RULES: ResolvedKeyRules = {
  version: 1,
  managedPaths: ["/baseline/ci/", "/baseline/device/"],
  exemptPaths: ["/baseline/break-glass/", "/baseline/device/lab/"],
  rules: [
    { name: "ci", reason: "rotation", paths: ["/baseline/ci/"], maxAgeDays: 90, unusedDays: 45 },
    { name: "device", reason: "keys are for the day", paths: ["/baseline/device/"], nightly: true },
  ],
};

interface SeededKey {
  readonly userName: string;
  readonly accessKeyId: string;
}

interface Seeded {
  /** Active keys that the rules end. */
  readonly ended: readonly SeededKey[];
  readonly keys: number;
  /** Users whose keys have to be listed: in reach of a rule. */
  readonly covered: number;
}

/** Seven keys to five users; 1 in 5 users is a repository's, 1 in 50 exempt, 1 in 7 keys inactive. */
async function seed(emulator: Emulator): Promise<Seeded> {
  const iam = new IAMClient(emulator.client);
  const ended: SeededKey[] = [];
  let keys = 0;
  let covered = 0;
  const users = Array.from({ length: USERS }, (_, index) => index);
  await forEachBounded(
    users,
    8,
    () => true,
    async (index) => {
      const path =
        index % 5 === 0 ? "/baseline/ci/" : index % 50 === 1 ? "/baseline/device/lab/" : "/baseline/device/";
      const userName = `user-${index}`;
      await iam.send(new CreateUserCommand({ UserName: userName, Path: path }));
      if (path !== "/baseline/device/lab/") covered += 1;
      for (let slot = 0; slot < (index % 5 < 2 ? 2 : 1); slot += 1) {
        const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: userName }));
        const accessKeyId = AccessKey?.AccessKeyId ?? "";
        keys += 1;
        if (keys % 7 === 0) await setStatus(iam, { userName, accessKeyId }, "Inactive");
        else if (path === "/baseline/device/") ended.push({ userName, accessKeyId });
      }
    },
  );
  iam.destroy();
  return { ended, keys, covered };
}

async function setStatus(
  iam: IAMClient,
  { userName, accessKeyId }: SeededKey,
  status: "Active" | "Inactive",
) {
  await iam.send(
    new UpdateAccessKeyCommand({ UserName: userName, AccessKeyId: accessKeyId, Status: status }),
  );
}

interface Measured {
  readonly seconds: number;
  readonly calls: Readonly<Record<string, number>>;
  readonly peakMegabytes: number;
  /** Heap in use at the end, after a collection. */
  readonly liveMegabytes: number;
  readonly result: unknown;
}

/**
 * Runs `exports.handler` of a file in a process of its own, with the heap limits that Lambda's runtime sets for 128 MB;
 * counts its requests by action and measures its memory, Node.js included.
 */
async function measure(file: string, environment: Readonly<Record<string, string>>): Promise<Measured> {
  const script = `
    const calls = {};
    const write = require("node:http").ClientRequest.prototype.end;
    require("node:http").ClientRequest.prototype.end = function (body, ...rest) {
      const action = /Action=(\\w+)/.exec(String(body ?? ""))?.[1] ?? "other";
      calls[action] = (calls[action] ?? 0) + 1;
      return write.call(this, body, ...rest);
    };
    const log = console.log;
    process.stdout.write = () => true;
    process.stderr.write = () => true;
    const { handler } = require(${JSON.stringify(file)});
    const start = process.hrtime.bigint();
    const context = { awsRequestId: "bench", getRemainingTimeInMillis: () => 900_000 };
    handler({}, context).catch((error) => String(error)).then((result) => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      const peakMegabytes = process.resourceUsage().maxRSS / 1024;
      globalThis.gc();
      const liveMegabytes = process.memoryUsage().heapUsed / 1048576;
      require("node:fs").writeFileSync(3, JSON.stringify({ seconds, calls, peakMegabytes, liveMegabytes, result }));
      process.exit(0);
    });`;
  const out = `${file}.json`;
  await promisify(execFile)(
    "/bin/sh",
    [
      "-c",
      `"${process.execPath}" --expose-gc --max-semi-space-size=6 --max-old-space-size=115 -e "$SCRIPT" 3> "${out}"`,
    ],
    { env: { ...environment, SCRIPT: script } },
  );
  return JSON.parse(readFileSync(out, "utf8")) as Measured;
}

function print(
  name: string,
  { seconds, calls, peakMegabytes, liveMegabytes, result }: Measured,
  least: number,
  atOnce: number,
): void {
  const made = Object.values(calls).reduce((sum, count) => sum + count, 0);
  const onAws = (made * IAM_LATENCY_MS) / 1000 / atOnce;
  console.log(
    `${name}: ${seconds.toFixed(1)} s, ${made} calls (${(made / least).toFixed(2)} x the least, ${least}), peak ${peakMegabytes.toFixed(0)} MB, live heap ${liveMegabytes.toFixed(0)} MB`,
  );
  console.log(`  ${JSON.stringify(calls)}`);
  console.log(`  at ${IAM_LATENCY_MS} ms a call, ${atOnce} at a time: ${onAws.toFixed(0)} s`);
  console.log(`  ${JSON.stringify(result)}`);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-deactivation-"));
  const emulator = await startEmulator({ managedPolicies: false });
  try {
    const ours = join(folder, "ours.js");
    writeFileSync(ours, bundleLambda(ROOT, "deactivate-access-keys").code);
    const plain = join(folder, "plain.js");
    buildSync({
      entryPoints: [join(ROOT, "bench", "deactivation-plain.ts")],
      bundle: true,
      platform: "node",
      format: "cjs",
      outfile: plain,
      logLevel: "silent",
    });
    console.log(`bundle: ${statSync(ours).size} bytes`);

    const started = Date.now();
    const { ended, keys, covered } = await seed(emulator);
    console.log(
      `${USERS} users, ${keys} keys, ${ended.length} to deactivate (made in ${((Date.now() - started) / 1000).toFixed(0)} s)`,
    );

    const sns = new SNSClient(emulator.client);
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "bench" }));
    sns.destroy();
    const environment = {
      ...emulator.environment,
      ENVIRONMENT: "bench",
      TOPIC_ARN: TopicArn,
      KEY_RULES: JSON.stringify(RULES),
      DRY_RUN: "false",
    };
    // One list per path (the emulator gives all users on one page), the keys of every user in reach, one update per key
    // to end; then, for the second look, the keys of every user that was changed; one notification.
    const changed = new Set(ended.map(({ userName }) => userName)).size;
    const least = RULES.managedPaths.length + covered + ended.length + changed + 1;
    const run = await measure(ours, environment);
    print("this project (with the second look and its wait of 30 s)", run, least, 2);

    const iam = new IAMClient(emulator.client);
    await forEachBounded(
      ended,
      8,
      () => true,
      (key) => setStatus(iam, key, "Active"),
    );
    iam.destroy();
    print("the plain way (no second look)", await measure(plain, environment), least - changed - 1, 1);
  } finally {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
