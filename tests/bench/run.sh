#!/usr/bin/env bash
# make bench: the figures of the design, measured side by side with the public tools in
# the same run, and where the processor's time goes. Writes FOLDER/bench.json.
#
#   run.sh [--quick] [--runs N] [--only SECTION,…] FOLDER
#   run.sh --markdown FOLDER          bench.json of the last run as a table
#   run.sh --into FILE FOLDER         puts that table between the lines "figures" of FILE (tests/README.md)
#
# CARNET, TOOLS and TESTS in the environment name the program and the folders of
# tests/tools and tests/unit as built. --quick: one run, in about a minute; what is
# linear is shorter, and what takes long to set up is left out.
set -euo pipefail
export LC_ALL=C.UTF-8 NO_COLOR=1 CARNET_USER=bench
unset CARNET_STATION CARNET_NOW CARNET_SAMPLE CARNET_PROFILE
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/bench/rows.sh
. "$here/rows.sh"

quick=false runs=5 only=
while [ $# -gt 1 ]; do
  case $1 in
    --quick) quick=true runs=1 ;;
    --runs) runs=$2 && shift ;;
    --only) only=,$2, && shift ;;
    --markdown) markdown "$2/bench.json" && exit ;;
    --into) markdown "$3/bench.json" | insert "$2" && exit ;;
    *) break ;;
  esac
  shift
done
[ $# = 1 ] || { sed -n '5,8s/^# *//p' "$0" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
: "${CARNET:?}" "${TOOLS:?}" "${TESTS:?}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
S=$work/station
rows=$work/rows.jsonl
: >"$rows"
errors=$folder/bench.log # what the commands said
: >"$errors"

cost() { "$TOOLS/cost" "$@" 2>>"$errors"; }
# As a command of its own, after the measured runs: the profile's clock is not in the figures.
profiled() { CARNET_PROFILE=1 "$@" >/dev/null 2>"$work/profile" || true; }
ratios() { paste "$1" "$2" | awk '$2 > 0 {print $1 / $2}'; }
again() { rm -rf "$S/editions" "$S/cache"; }
wants() { [ -z "$only" ] || [[ $only == *,$1,* ]]; }

# --- the station: 27 entries of the sample kind for ten minutes ----------------------

minutes=10
$quick && minutes=3

station() {
  "$CARNET" -q init "$S"
  head -n $((1 + minutes * 27 / 10)) "$here/corpus.csv" >"$work/corpus.csv"
  "$CARNET" -q -C "$S" import csv "$work/corpus.csv" --trust-status >/dev/null
  sed -e "s/^length: .*/length: \"$minutes:00\"/" "$here/bench.yaml" >"$S/scripts/bench.yaml"
  sed -e '/^  - jingle: ouverture/d' "$S/scripts/bench.yaml" >"$S/scripts/spoken.yaml"
}

# --- first sound ---------------------------------------------------------------------

first_sound() {
  local i port first request
  heading 'First sound on Icecast, of an edition never rendered'
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  sed -i -E "s/^( *port:).*/\1 $port/" "$S/station.yaml"
  (umask 077 && echo secret >"$S/icecast.password")
  for i in $(seq "$runs"); do
    cost "$CARNET" --version | awk '{print $1 * 1000}' >>"$work/start"
    cost ffmpeg -version | awk '{print $1 * 1000}' >>"$work/start.ffmpeg"
    again
    if read -r first request < <("$TOOLS/first_sound" "$port" .mp3 "$CARNET" -q -C "$S" air --script bench 2>>"$errors"); then
      echo "$first" >>"$work/first" && echo "$request" >>"$work/request"
    fi
    again
    "$TOOLS/first_sound" "$port" .mp3 "$CARNET" -q -C "$S" air --script spoken 2>>"$errors" |
      awk '{print $1}' >>"$work/spoken"
  done
  row 'a script that opens with a jingle' ms 300 most "$work/first"
  row '  of it until the first request to the server' ms - - "$work/request"
  row '  starting the program (carnet --version)' ms 80 most "$work/start"
  row '  the same of ffmpeg (ffmpeg -version)' ms - - "$work/start.ffmpeg"
  ratios "$work/start" "$work/first" | awk '{print 100 * $1}' >"$work/share"
  row '  share of starting in first sound' % - - "$work/share"
  row 'a script that opens with spoken words' ms 300 most "$work/spoken"
  again
  profiled "$TOOLS/first_sound" "$port" .mp3 "$CARNET" -q -C "$S" air --script bench
  profile 'first sound' "$work/profile"
}

# --- a bulletin: carnet, the shell pipeline, the two encoders alone --------------------

encoders_alone() {
  ffmpeg -nostdin -v error -y -i "$1" -map 0:a -c:a libmp3lame -b:a 128k "$work/floor.mp3" &
  local mp3=$!
  ffmpeg -nostdin -v error -y -i "$1" -map 0:a -c:a libopus -b:a 64k "$work/floor.opus"
  wait "$mp3"
}
export -f encoders_alone
export work

# keep NAME COST: the columns of tests/tools/cost, each in a file of its own.
keep() {
  local names=(wall cpu peak disk written) i=0 value
  for value in $2; do
    echo "$value" >>"$work/$1.${names[i]}"
    i=$((i + 1))
  done
}

# mean COST COST: of each column
mean() {
  printf '%s\n' "$@" | awk '{for (i = 1; i <= NF; i++) sum[i] += $i} END {for (i = 1; i <= NF; i++) printf "%g ", sum[i] / NR}'
}

# The encoders alone just before and just after carnet: a machine's speed changes within a minute.
production() {
  local i step before
  heading "$minutes minutes: $((minutes * 27 / 10)) entries, bed, ducking, jingles, MP3 128k + Opus 64k"
  "$CARNET" -q -C "$S" produce --script bench --also wav
  "$CARNET" -C "$S" rundown --script bench --json >"$work/rundown.json"
  cp "$S"/editions/*-bench/bulletin.wav "$work/mix.wav"
  for i in $(seq "$runs"); do
    again
    before=$(cost bash -c "encoders_alone $work/mix.wav")
    keep carnet "$(cost "$CARNET" -q -C "$S" produce --script bench)"
    keep floor "$(mean "$before" "$(cost bash -c "encoders_alone $work/mix.wav")")"
    keep shell "$(cost bash -c '"$@" >"$0"' "$work/steps" "$here/shell_pipeline.sh" "$work/rundown.json" "$S" "$work/shell")"
    while read -r step seconds; do echo "$seconds" >>"$work/step.$step"; done <"$work/steps"
  done
  row 'carnet produce' s - - "$work/carnet.wall"
  row 'espeak-ng + ffmpeg (shell_pipeline.sh)' s - - "$work/shell.wall"
  for step in speak mix measure level encode check; do
    row "  $step" s - - "$work/step.$step"
  done
  row 'the two encoders alone, at the same time' s - - "$work/floor.wall"
  ratios "$work/shell.wall" "$work/carnet.wall" >"$work/faster"
  ratios "$work/carnet.wall" "$work/floor.wall" >"$work/above"
  ratios "$work/shell.wall" "$work/floor.wall" >"$work/bound"
  row 'carnet, times faster than espeak-ng + ffmpeg' x 6.5 least "$work/faster"
  row '  the bound: the encoders alone, times faster than that' x - - "$work/bound"
  row 'carnet, times the two encoders alone' x 1.15 most "$work/above"

  heading 'The same in processor time'
  row 'carnet produce' s - - "$work/carnet.cpu"
  row 'espeak-ng + ffmpeg' s - - "$work/shell.cpu"
  row 'the two encoders alone' s - - "$work/floor.cpu"
  ratios "$work/shell.cpu" "$work/carnet.cpu" >"$work/faster.cpu"
  ratios "$work/carnet.cpu" "$work/floor.cpu" >"$work/above.cpu"
  row 'carnet, times less than espeak-ng + ffmpeg' x - - "$work/faster.cpu"
  row 'carnet, times the two encoders alone' x - - "$work/above.cpu"
  ratios <(awk -v n="$(nproc)" '{print $1 / n}' "$work/carnet.cpu") "$work/floor.wall" >"$work/even"
  row "  the bound: its work shared evenly by $(nproc) processors" x - - "$work/even"

  heading 'Energy'
  awk -v m="$minutes" '{print $1 / m}' "$work/carnet.cpu" >"$work/energy"
  row 'processor seconds a minute of bulletin' s - - "$work/energy"
  row 'written to the disk, nothing in the cache' MiB - - "$work/carnet.disk"
  row 'the same by espeak-ng + ffmpeg' MiB - - "$work/shell.disk"
}

# The greatest share of the processor that is not an encoder's.
shares() {
  local i
  heading 'Where the processor time of a production goes'
  for i in $(seq "$runs"); do
    again
    profiled "$CARNET" -q -C "$S" produce --script bench
    cp "$work/profile" "$work/profile.$i"
    sed -nE 's/^profile: ([a-z0-9-]+) +[0-9.]+ s +([0-9.]+) %.*/\1 \2/p' "$work/profile" | grep -v '^encode-' |
      awk '{print $2}' | sort -gr | head -1 >>"$work/greatest"
    sed -nE 's/^profile: normalise +[0-9.]+ s +([0-9.]+) %.*/\1/p' "$work/profile" >>"$work/normalise"
  done
  if $quick; then # what a short bulletin has to prepare weighs more
    row 'the greatest part that is not an encoder' % - - "$work/greatest"
  else
    row 'the greatest part that is not an encoder' % 10 most "$work/greatest"
  fi
  row '  the normaliser and the lexicon' % 2 most "$work/normalise"
  profile production "$work"/profile.[0-9]*
}

# One entry's words change: everything else comes from the cache.
correction() {
  local i id
  heading 'A corrected entry'
  again
  "$CARNET" -q -C "$S" produce --script bench
  id=$(jq '[.items[].entry // empty] | first' "$work/rundown.json")
  for i in $(seq "$runs"); do
    "$CARNET" -q -C "$S" edit "$id" --text "Correction numéro $i : la navette de Kervalan part à huit heures moins le quart, devant la mairie." >/dev/null
    keep corrected "$(cost "$CARNET" -q -C "$S" produce --script bench)"
    "$CARNET" -q -C "$S" edit "$id" --text "Nouvelle correction, $i fois : la navette de Kervalan part à sept heures et demie." >/dev/null
    CARNET_PROFILE=1 "$CARNET" -q -C "$S" produce --script bench --json 2>"$work/profile" | jq .clips_spoken >>"$work/spoken_again"
  done
  row 'clips spoken again' '' 1 exactly "$work/spoken_again"
  row 'time' s - - "$work/corrected.wall"
  row 'processor time' s - - "$work/corrected.cpu"
  row 'written to the disk' MiB - - "$work/corrected.disk"
  profile 'corrected entry' "$work/profile"
}

# --- memory and length -------------------------------------------------------------------

# long_station MINUTES: a station with words for so long, two entries and a half a minute.
long_station() {
  local long=$work/long$1 kind
  rm -rf "$long"
  "$CARNET" -q init "$long"
  awk -v n=$((2 * $1 + $1 / 2)) -f "$here/corpus.awk" >"$work/long.csv"
  "$CARNET" -q -C "$long" import csv "$work/long.csv" --trust-status >/dev/null
  sed -e "s/^length: .*/length: \"$(($1 / 60)):$(printf %02d $(($1 % 60))):00\"/" -e '/^order:/q' "$here/bench.yaml" >"$long/scripts/long.yaml"
  {
    printf '  - jingle: ouverture\n  - say: "Bonjour. Voici le carnet de bord de {station}."\n'
    for kind in announcement question problem experience resource idea feeling alert; do
      printf '  - entries: {kinds: [%s], most: 200, voice: reader}\n  - breath: {least: 2, most: 600}\n' "$kind"
    done
    printf '  - say: "À bientôt."\n  - jingle: fermeture\n'
  } >>"$long/scripts/long.yaml"
}

lengths() {
  local length i all=(5 10 30 60 360)
  heading 'Cost and length: processor seconds and memory of a bulletin full of words'
  for length in "${all[@]}"; do
    long_station "$length"
    for i in $(seq $((length > 10 ? 1 : runs))); do # a long one once: it takes long, and varies little
      rm -rf "$work/long$length"/{editions,cache}
      keep "long$length" "$(cost "$CARNET" -q -C "$work/long$length" produce --script long)"
    done
    rm -rf "$work/long$length"
    awk -v m="$length" '{print $1 / m}' "$work/long$length.cpu" >"$work/minute$length"
    row "$length minutes: processor time a minute" s - - "$work/minute$length"
    case $length in
      5 | 60) row "$length minutes: peak memory" MiB 80 most "$work/long$length.peak" ;;
      *) row "$length minutes: peak memory" MiB - - "$work/long$length.peak" ;;
    esac
  done
  ratios "$work/long60.peak" <(median "$work/long5.peak") >"$work/same"
  row 'memory of 60 minutes, times that of 5' x 1.05 most "$work/same"
  ratios <(median "$work/minute${all[-1]}" | cut -d' ' -f1) <(median "$work/minute10" | cut -d' ' -f1) >"$work/linear"
  row "a minute of ${all[-1]} minutes, times a minute of 10" x 1.1 most "$work/linear"
}

# The whole demo of "make demo", in the memory and with the one processor of a small machine.
small() {
  heading 'The demo on a small machine: 256 MiB, one processor'
  if "$here/small.sh" 256 "$(if $quick; then echo 5; else echo 0; fi)" >"$work/small" 2>>"$errors"; then
    sed -n 's/^held_by //p' "$work/small" | sort -u | sed 's/^/  held by: /'
    sed -n 's/^produce_peak_mib //p' "$work/small" >"$work/small.produce"
    sed -n 's/^air_peak_mib //p' "$work/small" >"$work/small.air"
    sed -n 's/^produce_processor_s //p' "$work/small" >"$work/small.cpu"
  fi
  touch "$work"/small.{produce,air,cpu}
  row 'produce: peak memory of all its processes' MiB 256 most "$work/small.produce"
  row 'produce: processor time of two minutes of bulletin' s - - "$work/small.cpu"
  row 'air, two mounts: peak memory of all its processes' MiB 256 most "$work/small.air"
}

# --- the logbook ---------------------------------------------------------------------------

# The query of the choice alone, as the test measures it, out of a logbook kept between runs.
choosing() {
  local n most
  heading 'Choosing the highlights'
  while read -r n most; do
    "$here/store.sh" "$n" "$folder/bench-stores" 2>>"$errors"
    CARNET_TEST_STORE=$folder/bench-stores/$n.sqlite CARNET_TEST_RUNS=$((runs > 1 ? runs : 3)) \
      "$TESTS/test_logbook_candidates" --tap -p /logbook/candidates/speed-of-store >"$work/choosing"
    sed -n 's/.* candidates in \([0-9]*\) us.*/\1/p' "$work/choosing" | awk '{print $1 / 1000}' >"$work/choosing.$n"
    sed -n 's/.* opened and chosen from in \([0-9]*\) us.*/\1/p' "$work/choosing" | awk '{print $1 / 1000}' >"$work/opening.$n"
    sed -n 's/.* peak of \([0-9]*\) KiB.*/\1/p' "$work/choosing" | awk '{print $1 / 1024}' >"$work/choosing.peak"
    row "out of $n entries" ms "$most" most "$work/choosing.$n"
    row '  the first time, with opening the logbook' ms - - "$work/opening.$n"
    row '  peak memory' MiB - - "$work/choosing.peak"
  done <<<$'1000000 20\n10000000 40'
  cp "$folder/bench-stores/1000000.sqlite" "$S/logbook.sqlite"
  profiled "$CARNET" -q -C "$S" rundown --script bench --date 2026-11-22
  profile 'choosing, and a rundown' "$work/profile"
}

importing() {
  local i
  heading 'Import of a pad of 10,000 lines'
  awk -f "$here/pad.awk" >"$work/pad.txt"
  for i in $(seq "$runs"); do
    rm -f "$S/logbook.sqlite"
    keep import "$(cost "$CARNET" -q -C "$S" import pad "$work/pad.txt")"
  done
  row 'time' s 1 most "$work/import.wall"
  row 'processor time' s - - "$work/import.cpu"
  rm -f "$S/logbook.sqlite"
  profiled "$CARNET" -q -C "$S" import pad "$work/pad.txt"
  profile import "$work/profile"
}

# --- the podcast ------------------------------------------------------------------------------

# A thousand episodes, of which one is new each time; and nothing new.
publishing() {
  local i record
  heading 'A podcast of 1,000 episodes'
  sed -i "/^mounts:/i podcast: {url: 'https://radio.example/'}" "$S/station.yaml"
  "$CARNET" -q -C "$S" produce --script bench
  "$CARNET" -q -C "$S" publish 2>>"$errors"
  python3 "$here/feed.py" "$S" 1000
  "$CARNET" -q -C "$S" publish --refresh 2>>"$errors"
  record=$(find "$S/podcast" -name '*.json' | sort | tail -1)
  for i in $(seq "$runs"); do
    sed -i "s/\"title\" *: *\"[^\"]*\"/\"title\": \"Le titre $i\"/" "$record" # its own comes first
    cost "$CARNET" -q -C "$S" publish --refresh | awk '{print $1 * 1000}' >>"$work/new.wall"
    sed -i "s/\"title\" *: *\"[^\"]*\"/\"title\": \"Un autre titre, $i\"/" "$record"
    "$CARNET" -C "$S" publish --refresh --json 2>>"$errors" | jq .written >>"$work/new.files"
    cost "$CARNET" -q -C "$S" publish --refresh | awk '{print $1 * 1000}' >>"$work/same.wall"
  done
  row 'one of them new: all that is public written' ms 200 most "$work/new.wall"
  row '  files written, of some eight thousand' '' 30 most "$work/new.files"
  row '  nothing new' ms - - "$work/same.wall"
}

# Fifty editors at once, while two mounts are on the air.
desk() {
  local i
  heading 'Fifty editors at the desk, two mounts on the air'
  for i in $(seq "$runs"); do
    python3 "$here/desk.py" 20 >"$work/desk" 2>>"$errors" || continue
    awk '$1 == "ahead_alone" {alone = $2} $1 == "ahead_busy" {print (alone > $2 ? alone - $2 : 0)}' "$work/desk" >>"$work/desk.late"
    for name in answers page page95 change change95; do awk -v name="$name" '$1 == name {print $2}' "$work/desk" >>"$work/desk.$name"; done
  done
  row 'the latest packet, against the air without them' ms 250 most "$work/desk.late"
  row '  answers a second' '' - - "$work/desk.answers"
  row '  a page, median' ms 50 most "$work/desk.page"
  row '  a page, p95' ms - - "$work/desk.page95"
  row '  a change, median' ms - - "$work/desk.change"
  row '  a change, p95' ms - - "$work/desk.change95"
}

# --- 500 mounts -------------------------------------------------------------------------------

mounts() {
  local i
  heading 'Playout of 500 mounts from one process'
  for i in $(seq "$runs"); do
    bash "$here/mounts.sh" 500 >>"$work/mounts" 2>>"$errors" || true
  done
  sed -n 's/^cpu_percent //p' "$work/mounts" >"$work/mounts.cpu"
  sed -n 's/^kib_per_mount //p' "$work/mounts" >"$work/mounts.kib"
  sed -n 's/^connect_s //p' "$work/mounts" >"$work/mounts.connect"
  sed -n 's/^lost //p' "$work/mounts" >"$work/mounts.lost"
  awk '{print $1 / 500}' "$work/mounts.cpu" >"$work/mounts.each"
  row 'of one processor' % 8 most "$work/mounts.cpu"
  row 'memory a mount' KiB 32 most "$work/mounts.kib"
  row 'all connected, from the start of the program' s 3 most "$work/mounts.connect"
  row '  lost while it was measured' '' 0.5 most "$work/mounts.lost"
  heading '2,000 mounts from four processes'
  bash "$here/mounts.sh" 2000 20 4 >"$work/many" 2>>"$errors" || true
  sed -n 's/^cpu_percent //p' "$work/many" | awk '{print $1 / 2000}' >"$work/many.each"
  sed -n 's/^kib_per_mount //p' "$work/many" >"$work/many.kib"
  sed -n 's/^connect_s //p' "$work/many" >"$work/many.connect"
  median "$work/mounts.each" | awk '{print $1}' >"$work/mounts.median"
  ratios "$work/many.each" "$work/mounts.median" >"$work/many.slope"
  row 'of one processor, a mount' % - - "$work/many.each"
  row '  times that of 500' x 1.1 most "$work/many.slope"
  row 'memory a mount' KiB 32 most "$work/many.kib"
  row 'all connected' s - - "$work/many.connect"
  heading 'A mount by others: 50 mounts'
  for i in $(seq "$runs"); do
    bash "$here/streamers.sh" 50 >>"$work/streamers" 2>>"$errors" || true
  done
  row 'carnet (of 500): of one processor' % - - "$work/mounts.each"
  local name
  for name in ezstream ffmpeg liquidsoap; do
    awk -v name="$name" '$1 == name {print $2}' "$work/streamers" >"$work/$name.each"
    awk -v name="$name" '$1 == name {print $3}' "$work/streamers" >"$work/$name.kib"
    row "$name: of one processor" % - - "$work/$name.each"
    row "  memory" KiB - - "$work/$name.kib"
  done
}

# --- a station that runs by itself ----------------------------------------------------------------

station_starts() {
  heading 'When a slot is heard at the door of the server (carnet run, 100 slots on two mounts)'
  python3 "$here/start.py" 100 >"$work/starts" 2>>"$errors" || true
  awk '{print ($2 < 0 ? -$2 : $2)}' "$work/starts" | sort -g >"$work/starts.off"
  awk '{v[NR] = $1} END {if (NR >= 190) print v[int(NR * 0.99 + 0.999)]}' "$work/starts.off" >"$work/starts.p99"
  row 'off the planned instant, p99' ms 50 most "$work/starts.p99"
  row '  each of them' ms - - "$work/starts.off"
}

table_head "$runs run(s), $(nproc) processors, $(date -u +%F)$(if $quick; then echo ", quick: bulletins of $minutes minutes"; fi)"
station
sections=(first_sound production shares correction small importing publishing)
$quick || sections=(first_sound production shares correction lengths small mounts station_starts choosing importing publishing desk)
for name in "${sections[@]}"; do
  if wants "$name"; then "$name"; fi
done
write_json "$folder/bench.json" "$quick" "$runs"
printf '\n%s\n' "$folder/bench.json"
