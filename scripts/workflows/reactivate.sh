#!/usr/bin/env bash
# Reactivates one key of one user for some hours. What was typed was checked before (reactivation.mjs), and is checked
# again by the command against the environment.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${ENVIRONMENT:?}" "${USER_NAME:?}" "${REASON:?}" "${HOURS:?}"

arguments=(--environment "$ENVIRONMENT" --reason "$REASON" --hours "$HOURS" --format markdown)
if [[ -n "${KEY:-}" ]]; then
  arguments+=(--key "$KEY")
fi
npm run --silent baseline -- keys reactivate "$USER_NAME" "${arguments[@]}" | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
