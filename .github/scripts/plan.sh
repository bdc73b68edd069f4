#!/usr/bin/env bash
# Plans the synthesized stack, changing nothing and locking nothing: plan.sh FOLDER
#   FOLDER/plan.txt    the plan, or why there is none
#   FOLDER/review.md   the output of npm run review; the output "review" is its exit code: 0 passed, 2 refused, 1 unreadable
#   exit code          0 when there is a plan; the output "exitcode" says 0 no changes, 1 no plan, 2 changes
# From the environment: TF_COMMAND, terraform (default) or tofu; BACKEND_CONFIG, lines for init's -backend-config, may be empty;
# REVIEW_ACCEPT, accepted violations, one per line: an id, a space, the reason.
set -euo pipefail
mkdir -p "$1"
results=$(cd "$1" && pwd)
tf=${TF_COMMAND:-terraform}
root=$(cd "$(dirname "$0")/../.." && pwd)
stack=cdktf.out/stacks/trailwarden
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT # the plan file may hold secrets

# The plan is untrusted text: GitHub must not run a line of it as a workflow command.
say() {
  local token=$RANDOM$RANDOM$RANDOM
  echo "::stop-commands::$token"; cat "$results"/*.md "$results/plan.txt" 2> /dev/null || true; echo "::$token::"
}
end() {
  say
  echo "exitcode=$1" >> "${GITHUB_OUTPUT:-/dev/null}"
  [ "$1" != 1 ]; exit
}
refuse() { echo "$1" > "$results/plan.txt"; end 1; }
review() {
  local code=0 accepted=() line
  local entry='^[[:space:]]*(([^#"]|"([^"\]|\\.)*")+#[a-z-]+)[[:space:]]+(.+)$' # a key in quotation marks may hold a #, too
  while IFS= read -r line; do
    if [[ $line =~ $entry ]]; then accepted+=(--accept "${BASH_REMATCH[1]}" --reason="${BASH_REMATCH[4]}")
    elif [[ $line =~ [^[:space:]] ]]; then accepted+=(--accept "$line"); fi # without a reason, which the command reports
  done <<< "${REVIEW_ACCEPT:-}"
  "$tf" -chdir="$stack" show -json "$work/tfplan" > "$work/plan.json"
  (cd "$root" && node --require tsx/cjs cli/main.ts review "$work/plan.json" "${accepted[@]}") > "$results/review.md" 2> "$work/error" || code=$?
  if [ "$code" != 0 ] && [ "$code" != 2 ]; then code=1; { echo "## The plan cannot be reviewed"; echo; sed 's/^/    /' "$work/error"; } > "$results/review.md"; fi
  echo "review=$code" >> "${GITHUB_OUTPUT:-/dev/null}"
}
run() { # what it prints is kept only where it fails
  local code=0
  "$tf" -chdir="$stack" "$@" > "$work/output" 2>&1 || code=$?
  case $code in
    0 | 2) return $code ;;
    *) cp "$work/output" "$results/plan.txt"; end 1 ;;
  esac
}

case $tf in
  terraform | tofu) ;;
  *) refuse "TF_COMMAND is \"$tf\"; allowed: terraform, tofu. Set the repository variable to one of them." ;;
esac
if [ "$(node -p 'Object.keys(JSON.parse(fs.readFileSync(process.argv[1])).terraform.backend).join()' "$stack/cdk.tf.json")" = local ]; then
  refuse 'The state is a local file, which this workflow does not have: every resource would seem to be missing. Configure stateBucket and stateRegion (docs/remote-state.md).'
fi

printf '%s\n' "${BACKEND_CONFIG:-}" > "$work/ci.tfbackend"
run init -no-color -input=false -backend-config="$work/ci.tfbackend"
run validate -no-color
changes=0
run plan -no-color -input=false -lock=false -detailed-exitcode -out="$work/tfplan" || changes=$?
"$tf" -chdir="$stack" show -no-color "$work/tfplan" > "$results/plan.txt"
review
end "$changes"
