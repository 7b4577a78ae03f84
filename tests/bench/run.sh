#!/usr/bin/env bash
# make bench: the figures of the design, measured side by side with the public
# tools in the same run. RUNS=5, or 1 with QUICK=1. Writes FOLDER/bench.json.
#
#   run.sh FOLDER      with CARNET, TOOLS and TESTS (build/tests) in the environment
set -euo pipefail
export LC_ALL=C.UTF-8 NO_COLOR=1 CARNET_USER=bench
unset CARNET_STATION CARNET_NOW CARNET_SAMPLE
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?usage: run.sh FOLDER}
: "${CARNET:?}" "${TOOLS:?}" "${TESTS:?}"
runs=5
[ -z "${QUICK:-}" ] || runs=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
S=$work/station
rows=$work/rows.jsonl
: >"$rows"

# --- rows -----------------------------------------------------------------------
# median FILE: "MEDIAN MIN MAX" of its numbers, one a line.
median() {
  sort -g "$1" | awk '{v[NR] = $1} END {print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2, v[1], v[NR]}'
}

# row WHAT UNIT TARGET SENSE FILE: SENSE is "most" or "least", or "-" for what is only told.
# The ratio is how far from the target: 1 is just there, above 1 is missed.
row() {
  local median min max ratio verdict
  read -r median min max < <(median "$5")
  ratio=$(awk -v m="$median" -v t="$3" -v s="$4" 'BEGIN {print s == "most" ? m / t : s == "least" ? t / m : 0}')
  verdict=$(awk -v r="$ratio" -v s="$4" 'BEGIN {print s == "-" ? "-" : r <= 1 ? "ok" : "missed"}')
  printf '%-52s %6s %-5s %9.2f %9.2f %9.2f %7s  %s\n' "$1" "$3" "$2" "$median" "$min" "$max" \
    "$(awk -v r="$ratio" 'BEGIN {if (r) printf "%.2f", r; else print "-"}')" "$verdict"
  jq -nc --arg what "$1" --arg unit "$2" --arg target "$3" --argjson median "$median" --argjson min "$min" \
    --argjson max "$max" --argjson ratio "$ratio" --arg verdict "$verdict" \
    '{$what, $unit, target: ($target | tonumber? // null), $median, $min, $max, $ratio, $verdict}' >>"$rows"
}

again() { rm -rf "$S/editions" "$S/cache"; }

# --- a bulletin of ten minutes: carnet, the shell pipeline, the two encoders alone ---

station() {
  "$CARNET" -q init "$S"
  "$CARNET" -q -C "$S" import csv "$here/corpus.csv" --trust-status >/dev/null
  cp "$here/bench.yaml" "$S/scripts/bench.yaml"
  sed -e 's/^length: .*/length: "5:00"/' "$here/bench.yaml" >"$S/scripts/long5.yaml"
  # An hour of the same words: more music between them.
  sed -e 's/^length: .*/length: "60:00"/' -e 's/^  - breath: .*/  - breath: {least: 2, most: 600}\n&/' \
    -e 's/most: 60}/most: 600}/' "$here/bench.yaml" >"$S/scripts/long60.yaml"
}

encoders_alone() {
  ffmpeg -nostdin -v error -y -i "$1" -map 0:a -c:a libmp3lame -b:a 128k "$work/floor.mp3" &
  local mp3=$!
  ffmpeg -nostdin -v error -y -i "$1" -map 0:a -c:a libopus -b:a 64k "$work/floor.opus"
  wait "$mp3"
}
export -f encoders_alone
export work

production() {
  local i carnet shell shell_cpu floor floor_cpu rest
  "$CARNET" -q -C "$S" produce --script bench --also wav
  "$CARNET" -C "$S" rundown --script bench --json >"$work/rundown.json"
  cp "$S"/editions/*-bench/bulletin.wav "$work/mix.wav"
  for i in $(seq "$runs"); do
    again
    read -r carnet rest < <("$TOOLS/cost" "$CARNET" -q -C "$S" produce --script bench)
    read -r shell shell_cpu _ < <("$TOOLS/cost" "$here/shell_pipeline.sh" "$work/rundown.json" "$S" "$work/shell")
    read -r floor floor_cpu _ < <("$TOOLS/cost" bash -c "encoders_alone $work/mix.wav")
    echo "$carnet" >>"$work/carnet"
    echo "${rest% *}" >>"$work/processor"
    echo "$shell" >>"$work/shell.s"
    echo "$floor" >>"$work/floor.s"
    echo "$shell_cpu" >>"$work/shell.cpu"
    echo "$floor_cpu" >>"$work/floor.cpu"
    awk -v c="$carnet" -v s="$shell" -v f="$floor" 'BEGIN {print s / c > "/dev/stderr"; print c / f}' \
      2>>"$work/faster" >>"$work/above"
  done
  row '10 minutes: carnet produce' s - - "$work/carnet"
  row '  its processor time' s - - "$work/processor"
  row '10 minutes: espeak-ng + ffmpeg' s - - "$work/shell.s"
  row '  their processor time' s - - "$work/shell.cpu"
  row '10 minutes: the two encoders alone' s - - "$work/floor.s"
  row '  their processor time' s - - "$work/floor.cpu"
  row 'times faster than espeak-ng + ffmpeg' x 6.5 least "$work/faster"
  row 'times the two encoders alone' x 1.15 most "$work/above"
}

memory() {
  local minutes i
  for minutes in 5 60; do
    for i in $(seq $((minutes == 60 ? 1 : runs))); do # an hour once: it takes long, and varies by less than 1 MiB
      again
      "$TOOLS/cost" "$CARNET" -q -C "$S" produce --script "long$minutes" | awk '{print $3}' >>"$work/memory$minutes"
    done
    row "peak memory of rendering $minutes minutes" MiB 80 most "$work/memory$minutes"
  done
}

# --- the rest ---------------------------------------------------------------------

first_sound() {
  local port i
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  sed -i -E "s/^( *port:).*/\1 $port/" "$S/station.yaml"
  (umask 077 && echo secret >"$S/icecast.password")
  for i in $(seq "$runs"); do
    again
    "$TOOLS/first_sound" "$port" .mp3 "$CARNET" -q -C "$S" air --script bench 2>>"$work/errors" |
      awk '{print $1}' >>"$work/first"
    "$TOOLS/cost" "$CARNET" --version 2>>"$work/errors" | awk '{print $1 * 1000}' >>"$work/start"
  done
  row 'first sound of an edition never rendered' ms 300 most "$work/first"
  row 'starting the program' ms 80 most "$work/start"
}

# A million entries in two days of three: the query of the choice alone, as the test measures it.
choosing() {
  local i
  for i in $(seq "$runs"); do
    CARNET_TEST_ENTRIES=1000000 "$TESTS/test_logbook_candidates" --tap -p /logbook/candidates/speed-mixed |
      sed -n 's/.* candidates in \([0-9]*\) us.*/\1/p' | awk '{print $1 / 1000}' >>"$work/choosing"
  done
  row 'choosing out of 1,000,000 entries' ms 20 most "$work/choosing"
}

importing() {
  local i
  awk -v seed=7 'BEGIN {
    n = split("le marché reprend samedi devant la mairie et la navette passe pour les anciens du quartier avec " \
              "du pain frais au jardin partagé on cherche des bénévoles pour réparer les vélos de la salle commune", w, " ")
    m = split("Kervalan|Port-Aurelle|La Roche-Morin|Saint-Maudez-sur-Aurelle", p, "|")
    srand(seed)
    for (i = 1; i <= 10000; i++) {
      if (i % 100 == 1) { printf "# Réunion du %d/03/2020\n", 1 + i / 400; continue }
      line = "- " p[1 + int(rand() * m)] " :"
      for (k = 0; k < 14; k++) line = line " " w[1 + int(rand() * n)]
      print line " " i
    }
  }' >"$work/pad.txt"
  for i in $(seq "$runs"); do
    rm -f "$S/logbook.sqlite"
    "$TOOLS/cost" "$CARNET" -q -C "$S" import pad "$work/pad.txt" 2>>"$work/errors" | awk '{print $1}' >>"$work/import"
  done
  row 'import of a pad of 10,000 lines' s 1 most "$work/import"
}

printf '%-52s %12s %9s %9s %9s %7s\n' "$runs run(s) on $(nproc) processors, $(date -u +%F)" target median min max ratio
station
first_sound
production
memory
importing
choosing
mkdir -p "$folder"
jq -s --arg date "$(date -u +%FT%TZ)" --arg runs "$runs" --arg processors "$(nproc)" \
  --arg machine "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" \
  '{$date, runs: ($runs | tonumber), processors: ($processors | tonumber), $machine, rows: .}' "$rows" >"$folder/bench.json"
printf '%s\n' "$folder/bench.json"
