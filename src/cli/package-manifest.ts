import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../lambda-bundle/package-root";

/** What commands tell of this package. */
export interface PackageManifest {
  readonly version: string;
  /** Where the project is at home. */
  readonly homepage: string;
}

/** The package.json of this package. */
export function packageManifest(): PackageManifest {
  return JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as PackageManifest;
}
