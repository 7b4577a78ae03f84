#!/usr/bin/env bats
# What is left when a call of the system fails, or the program is killed:
#   a sample of the points that a recording run meets (memory, files, SQLite, processes, threads), each
#   failing once or for ever; SIGKILL at some moments. After each: an exit status of the table with a word
#   on standard error, logbooks and files whole, nobody and nothing left, and the next run does the same
#   as if nothing had happened. "make soak" strikes more of the points, as many as its time allows.
#   Two at once; memory that is short; a clock that is set back; a station that vanishes.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash
load icecast.bash
load ../faults/faults.bash

setup_file() {
  station_environment
  faults_prepare "$BATS_FILE_TMPDIR/faults"
}

setup() {
  station_environment
  F=$BATS_FILE_TMPDIR/faults
  ICECAST_PID=
  PIDS=()
  ulimit -c 0
}

teardown() {
  for pid in "${PIDS[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
  icecast_stop
}

# begin NAME ARGUMENTS…: carnet in the background; its pid in PID, what it says in $T/NAME.out and .err
begin() {
  "$CARNET" -C "$S" "${@:2}" >"$T/$1.out" 2>"$T/$1.err" 3>&- &
  PID=$!
  PIDS+=("$PID")
}

await() {
  STATUS=0
  wait "$1" || STATUS=$?
}

# sample COUNT SCENARIO…: so many points of each
sample() {
  local count=$1 offset=0 reached=0 scenario kind level n mode
  shift
  for scenario in "$@"; do
    offset=$((offset + 1))
    while read -r kind level n mode; do
      faults_try "$scenario" "$kind" "$level" "$n" "$mode"
      reached=$((reached + $(faults_reached && echo 1 || echo 0)))
    done < <(faults_sample "$scenario" "$count" "$offset")
  done
  # Threads do not always do the same in the same order: most, then, and not all.
  echo "# $reached faults of $(($# * count))"
  [ "$((reached * 4))" -ge "$(($# * count * 3))" ]
}

# by_turns SCENARIO KIND…: one call of each kind in the program, the first once, the next for ever, and so on
by_turns() {
  local scenario=$1 kind n mode=once reached=0
  shift
  faults_points "$scenario" >"$T/points"
  for kind in "$@"; do
    n=$(awk -v kind="$kind" '$1 == kind && $2 == 0 {of[++n] = $3} END {print of[int((n + 1) / 2)]}' "$T/points")
    [ -n "$n" ]
    faults_try "$scenario" "$kind" 0 "$n" "$mode"
    reached=$((reached + $(faults_reached && echo 1 || echo 0)))
    [ "$mode" = once ] && mode=ever || mode=once
  done
  echo "# $reached faults of $#"
  [ "$((reached * 4))" -ge "$(($# * 3))" ]
}

@test "a call that fails while the logbook is written: all of a change, or nothing of it" {
  sample 1 add import-pad backup restore lexicon schedule
  by_turns import-csv write fsync read sql-step
}

# bats test_tags=long
@test "more calls that fail while the logbook is written" {
  # Those of above the other way round: once for ever, for ever once.
  sample 2 add edit approve undo import-pad backup restore init prune lexicon settings user schedule
  by_turns import-csv open sql-open fsync write sql-step read
  by_turns import-pad fsync write
}

@test "a call that fails while a bulletin is made: the bulletin is whole, or it is not there" {
  sample 1 produce-cold
  by_turns produce-warm write fsync fork
}

# bats test_tags=long
@test "more calls that fail while a bulletin is made" {
  sample 2 rundown produce-cold say publish export
  by_turns produce-warm fsync write flush fork rename thread
}

# each_call KIND VERB…: the verb once for each of its calls of KIND, which fails; then as if nothing had been
each_call() {
  local kind=$1 n=1 asan
  shift
  asan=$(ldd "$CARNET" | awk '/libasan/ {print $3}')
  while :; do
    STATUS=0
    env LD_PRELOAD="${asan:+$asan }$TOOLS/fault.so" FAULT_STATE="$T/state" FAULT="$kind:0:$n:once" \
      "$CARNET" -C "$S" "$@" >"$T/out" 2>"$T/err" || STATUS=$?
    grep -aq '^failed' "$T/state" || break
    echo "# $*: $kind $n: $STATUS, $(<"$T/err")"
    [[ $STATUS =~ ^(3|4|5)$ ]]
    grep -q '^carnet: .*logbook.sqlite' "$T/err"
    cmp "$S/logbook.sqlite" "$T/before"
    n=$((n + 1))
  done
  [ "$STATUS" = 0 ]
  [ "$n" -gt 1 ]
  cp "$T/before" "$S/logbook.sqlite"
}

# bats test_tags=long
@test "each call of SQLite's in turn: told, and the logbook is byte for byte what it was" {
  S=$T/station
  cp -a "$F/small" "$S"
  cp "$S/logbook.sqlite" "$T/before"
  for verb in "add mot" "show 1 --history" "undo 2" "edit 2 --title x" "approve 2 3" "approve --all" "entries --json" \
    "import pad $F/pad.txt"; do
    # shellcheck disable=SC2086
    each_call sql-prepare $verb
    # shellcheck disable=SC2086
    each_call sql-exec $verb
  done
}

@test "a call that fails on the air: it is told, and the edition stays as it was" {
  icecast_start "$T/icecast"
  faults_prepare_air
  faults_try air sql-exec 0 4 ever
  faults_reached
}

# killed_at THOUSANDTHS…
killed_at() {
  local moment scenario
  for moment in "$@"; do
    for scenario in import-csv import-pad backup restore init say; do faults_kill "$scenario" "$moment"; done
  done
}

@test "killed while it imports, copies, restores or makes a station" { killed_at 500; }

# bats test_tags=long
@test "killed earlier and later" { killed_at 200 350 650 800; }

# --- memory ------------------------------------------------------------------------------

# The least room, in kilobytes, in which the program begins: its libraries alone take most of it.
least_room() {
  local room
  for room in $(seq 60000 10000 2000000); do
    (ulimit -v "$room" && "$CARNET" --version >/dev/null 2>&1) && break
  done
  echo "$room"
}

@test "out of memory is said in a word, with status 5, and the logbook is as it was" {
  ldd "$CARNET" | grep -q libasan && skip "a sanitizer maps terabytes"
  S=$T/station
  cp -a "$F/small" "$S"
  seq 20000 | sed 's/.*/k&;2020-03-16;La barque numéro & est à quai./; 1i key;date;texte' >"$T/many.csv"
  room=$(least_room)
  STATUS=0
  (ulimit -v $((room + 8000)) && carnet import csv "$T/many.csv") 2>"$T/err" || STATUS=$?
  echo "$room kB: $STATUS, $(<"$T/err")"
  [ "$STATUS" = 5 ]
  grep -q '^carnet: out of memory' "$T/err"
  [ "$(carnet entries --json | jq length)" = 3 ]
}

# --- no room on the disk ---------------------------------------------------------------------

@test "no file may grow: told by its name, all of an import or nothing of it" {
  S=$T/station
  cp -a "$F/small" "$S"
  seq 2000 | sed 's/.*/k&;2020-03-16;La barque numéro & est à quai./; 1i key;date;texte' >"$T/many.csv"
  STATUS=0
  (ulimit -f 256 && carnet import csv "$T/many.csv") 2>"$T/err" || STATUS=$?
  echo "$STATUS: $(<"$T/err")"
  [ "$STATUS" = 5 ]
  grep -q '^carnet: .*logbook.sqlite' "$T/err"
  [ "$(sqlite3 "$S/logbook.sqlite" 'PRAGMA integrity_check')" = ok ]
  [ "$(carnet entries --json | jq length)" = 3 ]
  S=$T/bulletin
  cp -a "$F/warm" "$S"
  (ulimit -f 270 && carnet produce --script court) 2>"$T/err" || STATUS=$?
  echo "$STATUS: $(<"$T/err")"
  [ "$STATUS" = 5 ]
  grep -q '^carnet: .*bulletin' "$T/err"
  nothing_half_written
  carnet -q produce --script court
  cmp "$(edition court)/bulletin.mp3" "$F/made/editions/$SAMPLE_DAY-court/bulletin.mp3"
}

# --- two at once ---------------------------------------------------------------------------

@test "two imports at once: both are in the logbook" {
  S=$T/station
  cp -a "$F/small" "$S"
  sed 's/^k/other/' "$F/table.csv" >"$T/other.csv"
  begin one import csv "$F/table.csv"
  one=$PID
  begin two import csv "$T/other.csv"
  await "$one"
  [ "$STATUS" = 0 ]
  await "$PID"
  [ "$STATUS" = 0 ]
  [ "$(carnet entries --json | jq length)" = 11 ]
}

# bats test_tags=long
@test "two on the air at once: the second says which process holds the mounts" {
  icecast_start "$T/icecast"
  faults_prepare_air
  S=$F/onair
  begin first air
  first=$PID
  for _ in $(seq 200); do
    curl -s "http://127.0.0.1:$ICECAST_PORT/status-json.xsl" | grep -q listenurl && break
    sleep 0.1
  done
  kill -STOP "$first" # it shall hold them longer than the other one waits
  begin second air
  await "$PID"
  cat "$T/second.err"
  [ "$STATUS" = 4 ]
  grep -q "process $first" "$T/second.err"
}

# --- the world around it ------------------------------------------------------------------------

@test "a clock set back by an hour in the middle of the air: the as-run log goes on" {
  icecast_start "$T/icecast"
  faults_prepare_air
  S=$F/onair
  CARNET=$(fault_wrapper) FAULT_STATE=$F/state FAULT_CLOCK=2:-3600 carnet air >/dev/null 2>"$T/err"
  carnet asrun --json | tee "$T/asrun.json"
  jq -e 'length >= 3 and all(.result == "aired") and all(.end >= .start)' "$T/asrun.json"
  jq -e 'group_by(.mount) | all([.[].start] | . == sort)' "$T/asrun.json"
  jq -e '([.[].end] | max) > ([.[].start] | min)' "$T/asrun.json"
}

@test "a clock that is set back between runs: nothing is lost" {
  S=$T/station
  cp -a "$F/made" "$S"
  # Written "tomorrow", then the clock is set back: it is still there, and undone like any other.
  id=$(CARNET_NOW=2020-03-18T10:00:00Z "$CARNET" -C "$S" add --approve --date 2020-03-17 "Écrit demain." | grep -o '[0-9]*' | head -1)
  CARNET_NOW=2020-03-17T11:00:00Z "$CARNET" -C "$S" edit "$id" --title "Corrigé la veille"
  CARNET_NOW=2020-03-17T09:00:00Z "$CARNET" -C "$S" undo "$id"
  [ "$("$CARNET" -C "$S" show "$id" --json | jq -r .title)" = null ]
  [ "$(sqlite3 "$S/logbook.sqlite" 'PRAGMA integrity_check')" = ok ]
  "$CARNET" -q -C "$S" produce --script court
  transcript court | grep -q 'demain'
}

@test "the station's folder vanishes in the middle: told, and nothing is left running" {
  S=$T/station
  cp -a "$F/cold" "$S"
  begin gone produce --script court
  for _ in $(seq 400); do
    [ -d "$S/cache/clips" ] && break
    sleep 0.02
  done
  mv "$S" "$T/elsewhere"
  await "$PID"
  cat "$T/gone.err"
  [ "$STATUS" != 0 ]
  [[ " 3 5 " == *" $STATUS "* ]]
  grep -q '^carnet: .*station' "$T/gone.err"
  fault_nobody_left
  [ "$(sqlite3 "$T/elsewhere/logbook.sqlite" 'PRAGMA integrity_check')" = ok ]
  S=$T/elsewhere
  carnet -q produce --script court
  cmp "$(edition court)/bulletin.mp3" "$F/made/editions/$SAMPLE_DAY-court/bulletin.mp3"
}
