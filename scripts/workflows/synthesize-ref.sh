#!/usr/bin/env bash
# Synthesizes the stacks of one revision with the code and the packages of that revision:
#   synthesize-ref.sh REVISION OUTDIR
# In a worktree of its own, which is removed at the end. No package runs an install script.
set -euo pipefail

if [[ $# -ne 2 ]]; then
  echo "usage: synthesize-ref.sh REVISION OUTDIR" >&2
  exit 1
fi
revision=$(git rev-parse --verify --quiet --end-of-options "$1^{commit}") || {
  echo "error: $1: expected a revision of this repository, got none; fetch it first" >&2
  exit 1
}
mkdir -p "$2"
outdir=$(cd "$2" && pwd)
if [[ -n $(ls -A "$outdir") ]]; then
  echo "error: $2: expected an empty folder, got files; a stack of another run would be reviewed as this one's" >&2
  exit 1
fi

worktree=$(mktemp -d)
trap 'git worktree remove --force "$worktree/code" 2>/dev/null || true; rm -rf "$worktree"' EXIT
git worktree add --quiet --detach "$worktree/code" "$revision"
cd "$worktree/code"
if [[ ! -f package-lock.json ]]; then
  echo "error: $1: expected a package-lock.json, got none; it is not a revision of this project" >&2
  exit 1
fi
npm ci --ignore-scripts --no-audit --no-fund >&2
CDKTF_OUTDIR=cdktf.out npm run --silent synth >&2
if [[ ! -f cdktf.out/manifest.json ]]; then
  echo "error: $1: expected cdktf.out/manifest.json from npm run synth, got none" >&2
  exit 1
fi
# paths in stacks lead from their folder below the project: only what was written moves
cp -R cdktf.out/. "$outdir/"
echo "synthesized $revision"
