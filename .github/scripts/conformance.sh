#!/usr/bin/env bash
# Holds the engine against event-ruler on 300,000 random pairs. The report, which begins with the seed, goes to the log and to the
# run's summary; the smallest pairs that the two disagree about stand in an annotation too. Needs Java 17, which GitHub's runners have.
set -euo pipefail
cd "$(dirname "$0")/../.."
report=$(mktemp)
trap 'rm -f "$report"' EXIT

status=0
npm run --silent conformance -- --pairs 300000 2>&1 | tee "$report" || status=$?

{ echo '```'; cat "$report"; echo '```'; } >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
if [ "$status" != 0 ]; then
  found=$(sed -n '/^DISAGREEMENTS/,$p' "$report")
  # One line, as annotations are written.
  text=${found:-$(tail -n 20 "$report")}
  text=${text//'%'/%25}
  text=${text//$'\r'/%0D}
  echo "::error title=The engine disagrees with event-ruler::${text//$'\n'/%0A}"
fi
exit "$status"
