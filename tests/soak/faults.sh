#!/usr/bin/env bash
# Every call that a recording run meets (memory, files, SQLite, processes, threads; the program and its
# children) fails once, then for ever, as far as SECONDS go: no crash, nothing half-written, nothing lost, the
# next run as if nothing had been. It begins at a random place of the list, which is printed.
#
#   tests/soak/faults.sh SECONDS [SEED]
#   tests/soak/faults.sh SCENARIO KIND LEVEL N once|ever       one of them again
#
# CARNET and TOOLS are build/carnet and build/tools unless they are given.
set -euo pipefail
ulimit -c 0
source "$(dirname "$0")/soak.bash"
source "$(dirname "$0")/../faults/faults.bash"
soak_folder faults
faults_prepare "$FOLDER/stations"
icecast_start "$FOLDER/icecast"
faults_prepare_air

if [ $# = 5 ]; then
  faults_try "$@" && echo "well: $*, status and words:" && head -3 "$F/err"
  exit
fi

SEED=${2:-$RANDOM}
until_s=$((SECONDS + ${1:-60}))
for scenario in "${FAULT_SCENARIOS[@]}" air; do
  faults_points "$scenario" | awk -v s="$scenario" '{print s, $0, "once"; print s, $0, "ever"}'
done >"$FOLDER/points"
total=$(wc -l <"$FOLDER/points")
echo "faults: $total of them ($(cut -d' ' -f2 "$FOLDER/points" | sort -u | wc -l) kinds of call, $((${#FAULT_SCENARIOS[@]} + 1)) verbs); seed $SEED"
# Each verb and kind has its turn early: a shuffle that the seed repeats.
shuf --random-source=<(yes "$SEED") "$FOLDER/points" >"$FOLDER/order"

tried=0 reached=0 bad=0
while read -r point; do
  [ "$SECONDS" -lt "$until_s" ] || break
  # shellcheck disable=SC2086
  faults_try $point || {
    bad=$((bad + 1))
    echo "faults: again with: tests/soak/faults.sh $point"
  }
  tried=$((tried + 1))
  reached=$((reached + $(faults_reached && echo 1 || echo 0)))
  [ $((tried % 100)) != 0 ] || echo "faults: $tried of $total tried, $bad wrong"
done <"$FOLDER/order"
echo "faults: $tried of $total tried, $reached struck, $bad wrong; seed $SEED"
[ "$bad" = 0 ] && [ "$tried" -gt 0 ]
