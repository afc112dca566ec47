import type { AccountImport } from "../../import/import-account";
import { expressedPercent } from "../../import/import-report";
import type { WrittenImport } from "./write-import";

/** What `--format json` shows: everything, under names that stay. */
export function importJson(done: AccountImport, { files, byHand }: WrittenImport): unknown {
  const {
    name,
    accountId,
    region,
    on,
    isNew,
    draft,
    resources,
    steps,
    accepted,
    otherwise,
    credentials,
    found,
    declared,
  } = done;
  return {
    environment: name,
    accountId,
    region,
    on,
    isNew,
    found,
    declared,
    expressedPercent: expressedPercent(done),
    existing: draft.existing,
    kinds: draft.kinds,
    leftOut: draft.leftOut,
    unmanaged: [...draft.unmanaged, ...otherwise],
    memberships: draft.memberships,
    credentials,
    imports: resources,
    broken: steps,
    accepted,
    released: done.released ?? [],
    moved: done.moved ?? {},
    forgotten: done.forgotten ?? [],
    files,
    byHand,
  };
}
