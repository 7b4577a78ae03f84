#!/usr/bin/env bash
# exact.sh SECONDS: random bulletins for so long, two at a time, their second copies made by a program that clang built
# when gcc built the first (and the other way round): every property of tests/exact/check.py, on both compilers.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
seconds=${1:-60}
export CARNET=${CARNET:-$here/../build/carnet} TOOLS=${TOOLS:-$here/../build/tools}
said=$(mktemp)
set -m # each loop below is a process group of its own, which ends whole
stop() {
  local pid
  for pid in $(jobs -p); do kill -TERM -- "-$pid" 2>/dev/null || true; done
  wait
  rm -f "$said"
}
trap stop EXIT
trap 'exit 130' INT TERM

compilers="one compiler"
compiler=$(readelf -p .comment "$CARNET" | grep -q clang && echo gcc || echo clang)
if command -v "$compiler" >/dev/null; then
  make -s -C "$here/.." CC="$compiler" BUILD=build/soak-"$compiler" build/soak-"$compiler"/carnet >/dev/null 2>&1
  export CARNET_OTHER=$here/../build/soak-$compiler/carnet
  compilers="both compilers"
else
  echo "exact: $compiler is not installed (make tools), so the two compilers are NOT compared"
fi

SECONDS=0 # bash's clock: building is not counted
# bulletins SEED: every second one from there, as long as there is time.
bulletins() {
  local seed
  for ((seed = $1; SECONDS < seconds; seed += 2)); do
    bash "$here/exact/run.sh" 1 "$seed" | tee -a "$said" | grep -v '^exact:' || true
  done
}

first=$((RANDOM * 32768 + RANDOM))
bulletins "$first" &
bulletins $((first + 1)) &
wait
made=$(grep -c '^exact:' "$said" || true)
failed=$(grep -c '^exact:.*, 1 failed' "$said" || true)
echo "exact: $made bulletins from seed $first, $failed failed, $compilers"
[ "$made" -gt 0 ] && [ "$failed" = 0 ]
