#!/bin/sh
# Makes the tests of pages and feeds ready: Debian's packages, and npm's of package.json. Where npm's cannot be had those
# tests are skipped, and say so.
set -eu
cd "$(dirname "$0")"
sh ../../pipeline/deps.sh packages.txt
[ -z "$(find node_modules/.ready -newer package-lock.json 2>/dev/null)" ] || exit 0
if npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; then
  touch node_modules/.ready
else
  echo "npm's packages cannot be had: the tests of pages will be skipped" >&2
fi
