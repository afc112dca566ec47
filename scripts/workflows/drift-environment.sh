#!/usr/bin/env bash
# Looks for drift of one environment and keeps what was found for the job that writes the issue:
#   drift-environment.sh ENVIRONMENT RESULT
# RESULT/status is the exit code of `baseline drift`, RESULT/report.md what it found. Exits 0 on 0 and on 2; whatever else
# is a failure of this step, never "no drift".
set -euo pipefail
if [[ $# -ne 2 ]]; then
  echo "usage: drift-environment.sh ENVIRONMENT RESULT" >&2
  exit 1
fi
if [[ ! "$1" =~ ^[a-z0-9][a-z0-9-]{1,31}$ ]]; then
  echo "error: expected the name of an environment, got something else" >&2
  exit 1
fi
mkdir -p "$2"
result=$(cd "$2" && pwd)
cd "$(dirname "$0")/../.."

if [[ -f terraform.lock.hcl ]]; then
  node scripts/workflows/stack-lock.mjs cdktf.out terraform.lock.hcl
fi

status=0
npm run --silent baseline -- drift "$1" --format markdown --mask >"$result/report.md" || status=$?
echo "$status" >"$result/status"
cat "$result/report.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
case "$status" in
  0 | 2) exit 0 ;;
  *)
    echo "error: $1: could not be read, exit code $status; this is not \"no drift\"" >&2
    exit 1
    ;;
esac
