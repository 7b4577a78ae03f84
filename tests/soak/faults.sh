#!/usr/bin/env bash
# Every call that a recording run meets (files, SQLite, processes, threads, memory; the program and its
# children) fails once, then for ever, as far as SECONDS go: no crash, nothing half-written, nothing lost, the
# next run as if nothing had been. Each verb's points come in an order that the printed seed repeats: first all that
# is not memory (an hour goes over it), then memory, whose thousands of places end in the same word of GLib's.
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
RANDOM=$SEED
echo "faults: seed $SEED"

# The verbs take turns, each with its points in an order that the seed repeats; recorded at its first turn.
declare -A at=()
next_point() { # SCENARIO: sets POINT, fails when all of its points are done
  local list=$FOLDER/points-$1
  [ -e "$list" ] || {
    faults_points "$1" | awk -v s="$1" '{print s, $0, "once"; print s, $0, "ever"}' >"$list.all"
    for kinds in -v ''; do
      grep $kinds -w alloc "$list.all" | shuf --random-source=<(yes "$SEED") || true
    done >"$list"
    at[$1]=0
    known=$((known + $(wc -l <"$list")))
    others=$((others + $(grep -vcw alloc "$list" || true)))
  }
  at[$1]=$((at[$1] + 1))
  POINT=$(sed -n "${at[$1]}p" "$list")
  [ -n "$POINT" ]
}

tried=0 reached=0 bad=0 known=0 others=0 left=1
begin=$((RANDOM % ${#FAULT_SCENARIOS[@]}))
scenarios=("${FAULT_SCENARIOS[@]:begin}" "${FAULT_SCENARIOS[@]:0:begin}" air)
while [ "$left" = 1 ] && { [ "$tried" = 0 ] || [ "$SECONDS" -lt "${1:-60}" ]; }; do
  left=0
  for scenario in "${scenarios[@]}"; do
    [ "$tried" = 0 ] || [ "$SECONDS" -lt "${1:-60}" ] || break
    next_point "$scenario" || continue
    left=1
    # shellcheck disable=SC2086
    faults_try $POINT || {
      bad=$((bad + 1))
      echo "faults: again with: tests/soak/faults.sh $POINT"
    }
    tried=$((tried + 1))
    reached=$((reached + $(faults_reached && echo 1 || echo 0)))
    [ $((tried % 100)) != 0 ] || echo "faults: $tried of $known tried, $bad wrong"
  done
done
echo "faults: $tried of $known tried ($others are not memory), $reached struck, $bad wrong; seed $SEED"
[ "$bad" = 0 ] && [ "$reached" -gt 0 ]
