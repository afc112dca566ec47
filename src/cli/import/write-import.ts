import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { sync as writeFileAtomic } from "write-file-atomic";
import { FILE_UNWRITABLE } from "../../catalogue/commands/option-refusals";
import { reasonOf } from "../../findings/describe-error";
import { Refusal } from "../../findings/refusal";
import { withAdditions, withListedEnvironment } from "../../import/environment-additions";
import {
  environmentSource,
  importsSource,
  type Packages,
  userComments,
} from "../../import/environment-source";
import type { AccountImport } from "../../import/import-account";
import { releasedSource } from "../../import/released";
import { variableOf } from "../../import/variable-name";

/** What was written, and what a person has to write. */
export interface WrittenImport {
  /** Paths from the project's folder. */
  readonly files: readonly string[];
  readonly byHand: readonly string[];
}

/** Writes an import into a project: only what is new, and nothing where nothing is. */
export function writeImport(done: AccountImport, folder: string): WrittenImport {
  const { name } = done;
  const files: string[] = [];
  const byHand: string[] = [];
  const write = (path: string, text: string) => {
    const file = join(folder, path);
    if (existsSync(file) && readFileSync(file, "utf8") === text) return;
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileAtomic(file, text);
    } catch (cause) {
      throw new Refusal(FILE_UNWRITABLE, `--write ${file}: ${reasonOf(cause)}`, { cause });
    }
    files.push(path);
  };
  for (const one of done.released ?? []) {
    const base = basename(one.file)
      .replace(/\.(?:json|tfstate)$/g, "")
      .replace(/[^\w.-]/g, "_");
    write(`from-terraform/${base}.removed.tf`, releasedSource(one, name));
  }
  const file = `environments/${name}.ts`;
  const hasNew = Object.keys(done.resources).length > 0;
  if (done.isNew) {
    if (existsSync(join(folder, file))) {
      byHand.push(
        `${file}: it is there, and environments/index.ts does not list it; list it, and run this again`,
      );
      return { files, byHand };
    }
    write(file, environmentSource({ ...done }, packagesOf(folder)));
    listEnvironment(name, folder, write, byHand);
    write(`environments/${name}.imports.ts`, importsSource(name, importsOf(done)));
    return { files, byHand };
  }
  if (!hasNew && done.accepted.length === 0) return { files, byHand };
  const path = join(folder, file);
  const present = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  const edit =
    present === undefined
      ? ({ kind: "by-hand", because: "there is no such file" } as const)
      : withAdditions(present, {
          existing: done.draft.existing,
          comments: userComments(done.draft),
          accepted: done.accepted,
          steps: done.steps.map(({ step }) => step),
          ...(hasNew && { importsOf: name }),
        });
  if (edit.kind === "by-hand") {
    byHand.push(`${file}: ${edit.because}; add what --format json shows under existing and accepted by hand`);
    return { files, byHand };
  }
  write(file, edit.text);
  if (hasNew) write(`environments/${name}.imports.ts`, importsSource(name, importsOf(done)));
  return { files, byHand };
}

const importsOf = ({ resources, moved, forgotten }: AccountImport) => ({
  resources,
  ...(moved !== undefined && { moved }),
  ...(forgotten !== undefined && forgotten.length > 0 && { forgotten }),
});

function listEnvironment(
  name: string,
  folder: string,
  write: (path: string, text: string) => void,
  byHand: string[],
): void {
  const path = "environments/index.ts";
  const variable = variableOf(name);
  if (!existsSync(join(folder, path))) {
    write(
      path,
      `import { ${variable} } from "./${name}";\n\n/** Every environment; all of them are always synthesized together. */\nexport const environments = [${variable}];\n`,
    );
    return;
  }
  const edit = withListedEnvironment(readFileSync(join(folder, path), "utf8"), name, variable);
  if (edit.kind === "edited") write(path, edit.text);
  else byHand.push(`${path}: ${edit.because}; import ${variable} from "./${name}" and list it`);
}

/** A checkout of this project has its own sources; everybody else has the package. */
function packagesOf(folder: string): Packages {
  const manifest = join(folder, "package.json");
  const isCheckout =
    existsSync(manifest) &&
    (JSON.parse(readFileSync(manifest, "utf8")) as { name?: unknown }).name === "iam-baseline" &&
    existsSync(join(folder, "src/environment/environment.ts"));
  return isCheckout
    ? { environment: "../src/environment/environment", backend: "../src/environment/backend" }
    : { environment: "iam-baseline", backend: "iam-baseline" };
}
