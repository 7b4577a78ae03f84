#!/usr/bin/env bash
# Everything goes wrong, for SECONDS: the air (air.sh, air_run.sh and air_tls.sh, which mostly wait, a third of the time
# each) beside the faults, the kills, the kills of a station, the random bulletins and the slow unit tests, which share
# the time one after another. Prints what they do, then a line for each; fails when one of them does. Ctrl-C stops all.
#
#   tests/soak/run.sh SECONDS
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
total=${1:-60}
logs=$(mktemp -d "${TMPDIR:-/tmp}/carnet-soak.XXXXXX")
pids=()
waiting=(air air_run air_tls)
working=(faults kills station_kills exact slow)

stop() {
  local pid
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  wait
  rm -rf "$logs"
}
trap stop EXIT
trap 'exit 130' INT TERM

# parts SECONDS NAME…: one after another, in the background, with the name before each line
parts() {
  (
    trap 'kill -TERM "$child" 2>/dev/null; wait; exit 130' TERM INT
    for name in "${@:2}"; do
      bash "$here/$name.sh" "$1" > >(tee "$logs/$name") 2>&1 &
      child=$!
      status=0
      wait "$child" || status=$?
      echo "$status" >"$logs/$name.status"
    done
  ) &
  pids+=($!)
}

parts $((total / ${#waiting[@]})) "${waiting[@]}"
parts $((total / ${#working[@]})) "${working[@]}"
wait "${pids[@]}" || true

failed=0
echo
printf '%-13s %-7s %s\n' part status 'last word'
for name in "${waiting[@]}" "${working[@]}"; do
  status=$(cat "$logs/$name.status" 2>/dev/null || echo none)
  printf '%-13s %-7s %s\n' "$name" "$status" "$(tail -n 1 "$logs/$name" 2>/dev/null)"
  [ "$status" = 0 ] || failed=1
done
exit "$failed"
