import { defineRefusal, Refusal } from "../findings/refusal";

export const OUTDIR_UNWRITABLE = defineRefusal({
  code: "outdir-unwritable",
  title: "The outdir cannot be written",
  why: "The stacks were judged, and there is no place for them. What was in the outdir is as it was.",
  example:
    "error[outdir-unwritable]: cdktf.out: expected a folder that stacks can be written to, got a file; remove it, or name another folder in CDKTF_OUTDIR",
  remedy: "Make room, or name another folder in `CDKTF_OUTDIR`.",
  since: "0.2.0",
});

const REASONS: Readonly<Record<string, readonly [got: string, remedy: string]>> = {
  EEXIST: ["a file", "remove it, or name another folder in CDKTF_OUTDIR"],
  ENOTDIR: ["a file on the way there", "remove it, or name another folder in CDKTF_OUTDIR"],
  ENOENT: ["a place where none can be made", "name another folder in CDKTF_OUTDIR"],
  EISDIR: ["a folder where a file of it has to be", "remove that folder"],
  EACCES: ["one that may not be written", "change its permissions, or name another folder in CDKTF_OUTDIR"],
  EPERM: ["one that may not be written", "change its permissions, or name another folder in CDKTF_OUTDIR"],
  EROFS: ["one on a file system that is read only", "name another folder in CDKTF_OUTDIR"],
  ENOSPC: ["no space left on its disk", "make room, or name another folder in CDKTF_OUTDIR"],
  EDQUOT: ["no space left of what you may use", "make room, or name another folder in CDKTF_OUTDIR"],
};

/** The error of a file system in the words of whoever synthesizes; any other error as it is. */
export function outdirRefusal(error: unknown, outdir: string): unknown {
  const { code = "", path = "" } = (error ?? {}) as NodeJS.ErrnoException;
  const reason = REASONS[code];
  if (reason === undefined) return error;
  const [got, remedy] = reason;
  const expected = "a folder that stacks can be written to";
  // a copy names what it copies, which is nowhere near
  const inside = path.startsWith(`${outdir}/`) ? ` (${code}: ${path})` : "";
  return new Refusal(
    OUTDIR_UNWRITABLE,
    { where: outdir, expected, got: `${got}${inside}`, remedy },
    { cause: error },
  );
}
