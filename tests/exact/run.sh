#!/usr/bin/env bash
# run.sh COUNT [SEED [SIZE]]: COUNT random bulletins from SEED on, made and measured (check.py says what must hold).
# SIZE is short (5 s to 2 minutes, or what the script's own sentences need), tiny, or long (10 minutes to an hour); by
# default every twentieth is long. A failure tells its seed: "check.py SEED SIZE" makes the same bulletin again.
# CARNET_OTHER is the same program made by another compiler: the second copy of each bulletin is made by it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
count=${1:?usage: run.sh COUNT [SEED [SIZE]]}
seed=${2:-$((RANDOM * 32768 + RANDOM))}
size=${3:-}
failed=0
for ((i = seed; i < seed + count; i++)); do
  this=${size:-$( ((i % 20 == 19)) && echo long || echo short)}
  python3 "$here/check.py" "$i" "$this" || failed=$((failed + 1))
done
echo "exact: $count bulletins from seed $seed, $failed failed"
[ "$failed" = 0 ]
