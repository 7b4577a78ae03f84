#!/usr/bin/env bash
# Everything goes wrong, for SECONDS: the air (air.sh, which mostly waits) beside the faults, the kills and the
# random bulletins, which share the time one after another. Prints what they do, then a line for each; fails when one of them does. Ctrl-C stops all.
#
#   tests/soak/run.sh SECONDS
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
total=${1:-60}
logs=$(mktemp -d "${TMPDIR:-/tmp}/carnet-soak.XXXXXX")
pids=()

stop() {
  local pid
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  wait
  rm -rf "$logs"
}
trap stop EXIT
trap 'exit 130' INT TERM

# part NAME SECONDS: in the background, with its name before each line
part() {
  (
    trap 'kill -TERM "$child" 2>/dev/null; wait; exit 130' TERM INT
    bash "$here/$1.sh" "$2" > >(tee "$logs/$1") 2>&1 &
    child=$!
    status=0
    wait "$child" || status=$?
    echo "$status" >"$logs/$1.status"
  ) &
  pids+=($!)
}

part air "$total"
for name in faults kills exact; do
  part "$name" $((total / 3))
  wait "${pids[-1]}"
done
wait "${pids[0]}"

failed=0
echo
printf '%-8s %-7s %s\n' part status 'last word'
for name in air faults kills exact; do
  status=$(cat "$logs/$name.status" 2>/dev/null || echo none)
  printf '%-8s %-7s %s\n' "$name" "$status" "$(tail -n 1 "$logs/$name" 2>/dev/null)"
  [ "$status" = 0 ] || failed=1
done
exit "$failed"
