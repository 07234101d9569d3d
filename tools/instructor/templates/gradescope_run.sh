#!/usr/bin/env bash
# Gradescope runs this for each submission: from submission/ to results/results.json, which is always there and always
# valid, even when the grader itself fails.
set -u
at=${AUTOGRADER:-/autograder}
results=$at/results/results.json
mkdir -p "$at/results"
rm -f "$results"
"$at/source/workbook/gradbook" grade --one "$at/submission" --results "$results" --allow-level process --no-mistakes --seed {{{seed}}}{{#release}} --release {{{release}}}{{/release}} \
  >"$at/results/grader.log" 2>&1
status=$?
tail -n 20 "$at/results/grader.log"
[ -s "$results" ] && exit 0

# What failed is the grader, not the submission; the number alone cannot say so, the text does
cat >"$results" <<END
{
  "score": 0,
  "output": "The grader itself failed (exit status $status), so this is no result of your work. Your instructor has to start it again.",
  "visibility": "visible",
  "extra_data": {"state": "infrastructure", "exit_status": $status}
}
END
