#!/usr/bin/env bash
# Reviews two synthesized outdirs with this checkout's code, which is the base's:
#   review-sides.sh BASE HEAD TEXT
# Findings do not fail the step unless FAIL_ON names a severity; what could not be told always does.
set -euo pipefail
if [[ $# -ne 3 ]]; then
  echo "usage: review-sides.sh BASE HEAD TEXT" >&2
  exit 1
fi
mkdir -p "$(dirname "$3")"
base=$(cd "$1" && pwd)
head=$(cd "$2" && pwd)
text=$(cd "$(dirname "$3")" && pwd)/$(basename "$3")
cd "$(dirname "$0")/../.."

status=0
npm run --silent baseline -- review --base "$base" --head "$head" --project . --mask \
  --format markdown --output "$text" --fail-on "${FAIL_ON:-low}" || status=$?
case "$status" in
  0 | 2) cat "$text" >>"${GITHUB_STEP_SUMMARY:-/dev/null}" ;;
  *)
    rm -f "$text"
    echo "error: the review could not tell what changes, exit code $status" >&2
    exit 1
    ;;
esac
if [[ "$status" -eq 2 && -n "${FAIL_ON:-}" ]]; then
  echo "error: there are findings of severity $FAIL_ON or worse" >&2
  exit 1
fi
