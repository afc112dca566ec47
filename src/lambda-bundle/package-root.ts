import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Refusal } from "../findings/refusal";
import { FUNCTION_ZIP_MISSING } from "./zip-missing";

const PACKAGE_NAME = "iam-baseline";

/**
 * Folder of this package: the checkout, or `node_modules/iam-baseline` of whoever installed it. Looked for from the
 * running file upwards, then from the working directory upwards, so that it is also found by an app that a bundler
 * made into one file elsewhere.
 *
 * @throws when neither search meets the package.
 */
export function packageRoot(startingPoints: readonly string[] = defaultStartingPoints()): string {
  for (const start of startingPoints) {
    for (let folder = start; ; folder = dirname(folder)) {
      if (isPackage(folder)) return folder;
      const installed = join(folder, "node_modules", PACKAGE_NAME);
      if (isPackage(installed)) return installed;
      if (dirname(folder) === folder) break;
    }
  }
  throw new Refusal(
    FUNCTION_ZIP_MISSING,
    `the zips of the Lambda functions are part of the package ${PACKAGE_NAME}, which is neither above nor in a ` +
      `node_modules folder above ${startingPoints.join(" or ")}; run synthesis in the project that depends on it`,
  );
}

function defaultStartingPoints(): readonly string[] {
  // A bundle in the module format has no __dirname.
  return typeof __dirname === "string" ? [__dirname, process.cwd()] : [process.cwd()];
}

function isPackage(folder: string): boolean {
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest)) return false;
  return (JSON.parse(readFileSync(manifest, "utf8")) as { name?: unknown }).name === PACKAGE_NAME;
}
