#!/usr/bin/env bash
# Gradescope runs this once, as root, when it makes the autograder's image: it installs what the grader needs and builds
# it ahead, so that no submission waits for that.
set -eu
at=${AUTOGRADER:-/autograder}
"$at/source/workbook/gradbook" check --workbook "$at/source/workbook" >/dev/null || [ $? -eq 1 ]
