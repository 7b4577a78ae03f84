#!/usr/bin/env bash
# The unit tests that do more of the same when they are given the time: a year, a megabyte, more rounds.
# Each run has a seed of its own (printed when it fails).
#
#   tests/soak/slow.sh SECONDS
set -euo pipefail
cd "$(dirname "$0")/../.."
end=$((SECONDS + ${1:-60}))
runs=0
mapfile -t names < <(grep -l g_test_slow tests/unit/*.c | sed 's|.*/||; s|\.c$||')
until [ "$runs" -gt 0 ] && [ "$SECONDS" -ge "$end" ]; do
  for name in "${names[@]}"; do
    said=$("${TESTS:-build/tests}/$name" -m slow --tap) || { grep -E -A 20 '^(not ok|Bail out|# random seed)' <<<"$said"; exit 1; }
  done
  runs=$((runs + 1))
done
echo "$runs times ${#names[@]} programs, with -m slow: clean"
