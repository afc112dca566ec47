import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "../findings/refusal";
import type { LambdaFunctionName } from "./function-name";
import { type BuildRecord, buildLambda, fingerprint } from "./lambda-build";
import { packageRoot } from "./package-root";
import { FUNCTION_ZIP_MISSING } from "./zip-missing";

/** A deployment package, as `aws_lambda_function` wants it. */
export interface LambdaZip {
  /** Absolute path of the zip. Copy it beside the stack (`TerraformAsset` of type FILE): a path of this machine must not reach Terraform. */
  readonly zipPath: string;
  /** `source_code_hash`: base64 of the zip's SHA-256. */
  readonly sha256Base64: string;
}

/**
 * The deployment package of a function. In a checkout it is built when it is missing or a source changed since (about
 * 0.4 s), else taken from `dist/lambda` (a few ms); an installed package brings it along.
 *
 * @throws when a source does not compile, or an installed package has no zip.
 * @see docs/decisions/0006-lambda-zips.md
 */
export function lambdaZip(name: LambdaFunctionName, root: string = packageRoot()): LambdaZip {
  const folder = join(root, "dist", "lambda");
  const zipPath = join(folder, `${name}.zip`);
  const checkout = existsSync(join(root, "lambda", name, "handler.ts"));
  if (checkout && !isFresh(root, folder, name)) buildLambda(root, name, folder);
  if (!existsSync(zipPath)) {
    throw new Refusal(
      FUNCTION_ZIP_MISSING,
      `${zipPath} is missing, and so is lambda/${name}/handler.ts to build it from; install the package again`,
    );
  }
  return { zipPath, sha256Base64: createHash("sha256").update(readFileSync(zipPath)).digest("base64") };
}

function isFresh(root: string, folder: string, name: LambdaFunctionName): boolean {
  const path = join(folder, `${name}.json`);
  if (!existsSync(path) || !existsSync(join(folder, `${name}.zip`))) return false;
  const record = JSON.parse(readFileSync(path, "utf8")) as BuildRecord;
  return record.fingerprint === fingerprint(root, record.sources);
}
