import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../lambda-bundle/package-root";
import type { Versions } from "./project-files";

/** What this version was tested with. A published manifest names ranges of them; a project pins. */
const SHARED: Readonly<Record<string, string>> = {
  "@cdktf/provider-aws": "21.22.1",
  "@cdktf/provider-random": "12.0.1",
  cdktf: "0.21.0",
  constructs: "10.8.1",
};

/** What a new project pins: this version, and the tools that it was tested with. */
export function pinnedVersions(baseline: string): Versions {
  const manifest = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as {
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
  };
  const pinned = (name: string, otherwise: string) =>
    manifest.dependencies?.[name] ?? manifest.devDependencies?.[name] ?? otherwise;
  return {
    baseline,
    cdktfCli: pinned("cdktf-cli", "0.21.0"),
    shared: Object.fromEntries(Object.entries(SHARED).map(([name, tested]) => [name, pinned(name, tested)])),
    tsx: pinned("tsx", "4.23.15"),
    typescript: pinned("typescript", "7.0.2"),
    typesNode: pinned("@types/node", "20.19.43"),
  };
}
