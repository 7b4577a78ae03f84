#!/usr/bin/env bats
# On the air, by the whole program, against a real Icecast with real listeners:
#   what a listener receives is what was mixed, on MP3 and Opus; titles are seen;
#   Icecast killed and started again in the middle; a wrong password; Ctrl-C;
#   an edition that was never rendered; what the as-run log says of each;
#   the mounts are free at once afterwards.

bats_require_minimum_version 1.5.0
load trace.bash
load icecast.bash

environment() {
  CARNET=${CARNET:-$BATS_TEST_DIRNAME/../../build/carnet}
  export LC_ALL=C.UTF-8 NO_COLOR=1
}

# A station and its bulletin, made once; each case has a copy.
setup_file() {
  cc -std=c17 -O2 -o "$BATS_FILE_TMPDIR/correlate" "$BATS_TEST_DIRNAME/../tools/correlate.c" -lm
  environment
  S=$BATS_FILE_TMPDIR/made
  "$CARNET" init "$S"
  cat >"$S/scripts/court.yaml" <<'YAML'
title: Le carnet, en court
language: fr
length: "0:30"
fit: at-most
voices: {presenter: claire}
order:
  - jingle: ouverture
  - say: "Bonjour à toutes et à tous, ici la radio du port, avec les nouvelles du carnet de bord."
  - say: "Ce matin, le marché de Kervalan a ouvert à neuf heures, et le bac de la rivière a repris son service."
  - say: "Voilà, c'était le carnet de bord. À demain, à la même heure, et prenez soin de vous."
YAML
  produce
}

setup() {
  # Real servers in real time: a machine that stands still for a second may lose a mount. Once more, then.
  BATS_TEST_RETRIES=1
  environment
  S=$BATS_TEST_TMPDIR/station
  icecast_start "$BATS_TEST_TMPDIR/icecast"
  rm -rf "$S"
  cp -a "$BATS_FILE_TMPDIR/made" "$S"
  EDITION=$(echo "$S"/editions/*-court)
  sed -i "s/^  port: .*/  port: $ICECAST_PORT/" "$S/station.yaml"
  password ouvre-toi
}

teardown() {
  [ -z "${AIR:-}" ] || kill -KILL "$AIR" 2>/dev/null || true
  [ -z "${LISTENERS:-}" ] || kill -KILL $LISTENERS 2>/dev/null || true
  icecast_stop
}

password() {
  rm -f "$S/icecast.password"
  (umask 077 && printf '%s\n' "$1" >"$S/icecast.password")
}

produce() { "$CARNET" -q -C "$S" produce --script court; }

# Nothing was spoken nor mixed.
never_rendered() { rm -rf "$S/editions" "$S/cache"; }

# listen MOUNT FILE [CURL OPTION…]: from the moment the mount exists to its end
listen() {
  local url=http://127.0.0.1:$ICECAST_PORT$1 file=$2
  shift 2
  (
    for _ in $(seq 1000); do
      curl -sf -m 90 "$@" -o "$file" "$url" && exit
      [ ! -s "$file" ] || exit 0
      sleep 0.02
    done
  ) 3>&- &
  LISTENERS="${LISTENERS:-} $!"
}

air_begin() {
  "$CARNET" -C "$S" air --script court >"$BATS_TEST_TMPDIR/air.out" 2>&1 3>&- &
  AIR=$!
}

# Sets STATUS.
air_wait() {
  STATUS=0
  wait "$AIR" || STATUS=$?
  AIR=
  cat "$BATS_TEST_TMPDIR/air.out"
}

await_mount() {
  local i
  for i in $(seq 200); do
    curl -s "http://127.0.0.1:$ICECAST_PORT/status-json.xsl" | grep -q "$1" && return 0
    sleep 0.05
  done
  return 1
}

mount_is_free() {
  [ "$(curl -s -m 1 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$ICECAST_PORT$1")" = 404 ]
}

samples() {
  ffmpeg -v error -y -i "$1" -ac 1 -ar 48000 -f f32le "$2"
}

# same_sound REFERENCE RECEIVED: correlation above 0.99, all of it there
same_sound() {
  samples "$1" "$BATS_TEST_TMPDIR/reference.f32"
  samples "$2" "$BATS_TEST_TMPDIR/received.f32"
  run -0 "$BATS_FILE_TMPDIR/correlate" "$BATS_TEST_TMPDIR/reference.f32" "$BATS_TEST_TMPDIR/received.f32"
  echo "correlation, lag in ms, covered: $output"
  awk '{exit !($1 > 0.99 && $3 > 0.998)}' <<<"$output"
}

asrun() { # JQ FILTER
  "$CARNET" -C "$S" asrun --json | jq -e "$1"
}

@test "air: listeners of both mounts receive what was mixed, and the log says so" {
  "$CARNET" -C "$S" doctor --json | jq -e 'any(.[]; .what == "reachable" and .level == "ok")'
  listen /bulletin.mp3 "$BATS_TEST_TMPDIR/got.mp3"
  listen /bulletin.opus "$BATS_TEST_TMPDIR/got.opus"
  air_begin
  air_wait
  [ "$STATUS" = 0 ]
  mount_is_free /bulletin.mp3
  mount_is_free /bulletin.opus
  wait $LISTENERS
  same_sound "$EDITION/bulletin.mp3" "$BATS_TEST_TMPDIR/got.mp3"
  same_sound "$EDITION/bulletin.opus" "$BATS_TEST_TMPDIR/got.opus"
  run -0 opusinfo "$BATS_TEST_TMPDIR/got.opus"
  [[ $output != *WARNING* ]]
  [ "$(grep -c 'Opus stream' <<<"$output")" -le 2 ] # one logical stream: no join where players stall
  asrun 'length > 0 and all(.result == "aired")'
  asrun '[.[].mount] | unique == ["/bulletin.mp3", "/bulletin.opus"]'
}

@test "air: an edition that was never rendered goes on the air while it is made" {
  never_rendered
  listen /bulletin.mp3 "$BATS_TEST_TMPDIR/got.mp3"
  air_begin
  air_wait
  [ "$STATUS" = 0 ]
  wait $LISTENERS
  EDITION=$(echo "$S"/editions/*-court)
  same_sound "$EDITION/bulletin.mp3" "$BATS_TEST_TMPDIR/got.mp3"
  asrun 'length > 0 and all(.result == "aired")'
}

@test "air: an entry taken back after it was rendered is not heard" {
  entry=$("$CARNET" -C "$S" add --approve --place Kervalan "Le bac ne passera pas demain.")
  sed -i -e 's/0:30/0:45/' -e '/bac de la rivière/c\  - entries: {most: 3}' "$S/scripts/court.yaml"
  produce
  jq -e "any(.items[]; .entry == $entry)" "$EDITION/cues.json"
  "$CARNET" -C "$S" withdraw "$entry"
  air_begin
  air_wait
  [ "$STATUS" = 0 ]
  [[ "$(<"$BATS_TEST_TMPDIR/air.out")" == *"entry $entry was taken back"* ]]
  asrun "length > 0 and all(.entry != $entry)"
}

# bats test_tags=long
@test "air: a listener of the MP3 mount sees the titles" {
  listen /bulletin.mp3 "$BATS_TEST_TMPDIR/icy.mp3" -H 'Icy-MetaData: 1'
  air_begin
  await_mount bulletin.mp3
  # What it is called, for want of a description in station.yaml.
  curl -s "http://127.0.0.1:$ICECAST_PORT/status-json.xsl" |
    jq -e '[.icestats.source] | flatten | all(.server_description == "Le carnet, en court")'
  air_wait
  [ "$STATUS" = 0 ]
  wait $LISTENERS
  run -0 grep -a -o "StreamTitle='[^;]*';" "$BATS_TEST_TMPDIR/icy.mp3"
  [[ ${#lines[@]} -ge 1 ]]
  [[ $output != *"StreamTitle='';"* || ${#lines[@]} -ge 2 ]]
}

@test "air: Icecast killed and started again in the middle: back by itself, and live" {
  air_begin
  await_mount bulletin.mp3
  sleep 4
  icecast_stop
  sleep 2
  icecast_start "$BATS_TEST_TMPDIR/icecast" "$ICECAST_PORT"
  listen /bulletin.mp3 "$BATS_TEST_TMPDIR/after.mp3" -H 'Icy-MetaData: 1'
  air_wait
  [ "$STATUS" = 0 ]
  wait $LISTENERS
  grep -a -q StreamTitle "$BATS_TEST_TMPDIR/after.mp3" # told again
  mount_is_free /bulletin.mp3
  [ "$(stat -c %s "$BATS_TEST_TMPDIR/after.mp3")" -lt "$(stat -c %s "$EDITION/bulletin.mp3")" ] # no backlog
  asrun 'any(.result != "aired") and any(.result == "aired")'
  asrun 'all(.sent_frames <= .planned_frames)'
}

@test "air: without a password nothing is said of going on the air" {
  rm "$S/icecast.password"
  run --separate-stderr "$CARNET" -C "$S" air --script court
  [ "$status" = 3 ]
  [ -z "$output" ]
  [[ $stderr == *"no Icecast password"*icecast.password* ]]
}

# bats test_tags=long
@test "air: an edited rundown that holds what was taken back is aired as written, and told" {
  never_rendered
  entry=$("$CARNET" -C "$S" add --approve --place Kervalan "Le bac ne passera pas demain.")
  sed -i -e 's/0:30/0:45/' -e '/jingle: ouverture/d' -e '/bac de la rivière/c\  - entries: {most: 3}' "$S/scripts/court.yaml"
  "$CARNET" -q -C "$S" rundown --script court >/dev/null
  sed -i 's/le carnet de bord. À demain/le carnet de bord. À bientôt/' "$S"/editions/*-court/rundown.yaml
  "$CARNET" -C "$S" withdraw "$entry"
  air_begin
  await_mount bulletin.mp3
  sleep 1
  kill -INT "$AIR"
  air_wait
  [[ "$(<"$BATS_TEST_TMPDIR/air.out")" == *"entry $entry was taken back"*"--again"* ]]
}

@test "air: a wrong password is told once, not tried again and again, and nothing is logged as aired" {
  password sesame
  run --separate-stderr timeout 10 "$CARNET" -C "$S" air --script court
  echo "$status $stderr"
  [ "$status" = 3 ]
  [[ $stderr == *401* ]]
  [[ $stderr != *sesame* ]]
  # libshout asks once without the password, then once with it.
  [ "$(grep -c '"SOURCE /bulletin.mp3' "$BATS_TEST_TMPDIR/icecast/icecast.log")" -le 2 ]
  asrun 'all(.result == "missed")'
}

@test "air: no server: try again later" {
  icecast_stop
  run --separate-stderr timeout -s INT 2 "$CARNET" -C "$S" air --script court
  [[ $stderr == *"Connection refused"* ]]
}

@test "air: Ctrl-C ends cleanly: the mounts are free, the log is true" {
  listen /bulletin.mp3 "$BATS_TEST_TMPDIR/got.mp3"
  air_begin
  await_mount bulletin.mp3
  sleep 3
  kill -INT "$AIR"
  local began=$SECONDS
  air_wait
  [ "$STATUS" = 4 ]
  [ $((SECONDS - began)) -le 15 ] # it does not try again for long
  mount_is_free /bulletin.mp3
  mount_is_free /bulletin.opus
  wait $LISTENERS
  asrun 'length > 0 and any(.result != "aired")'
  asrun 'all(.sent_frames <= .planned_frames)'
}

# hold_logbook SECONDS: another program has the logbook for itself; returns once it has
hold_logbook() {
  python3 - "$S/logbook.sqlite" "$1" "$BATS_TEST_TMPDIR/held" 3>&- <<'PYTHON' &
import sqlite3, sys, time
logbook = sqlite3.connect(sys.argv[1], isolation_level=None)
logbook.execute("BEGIN EXCLUSIVE")
open(sys.argv[3], "w").close()
time.sleep(float(sys.argv[2]))
PYTHON
  HOLDER=$!
  for _ in $(seq 200); do
    [ ! -e "$BATS_TEST_TMPDIR/held" ] || return 0
    sleep 0.05
  done
  return 1
}

# bats test_tags=long
@test "air: a logbook that another program holds holds neither the sound nor, afterwards, the log" {
  listen /bulletin.mp3 "$BATS_TEST_TMPDIR/got.mp3"
  air_begin
  await_mount bulletin.mp3
  hold_logbook 14 # longer than SQLite waits: a write fails and is tried again
  air_wait
  wait "$HOLDER"
  [ "$STATUS" = 0 ]
  [[ "$(<"$BATS_TEST_TMPDIR/air.out")" != *"not complete"* ]]
  wait $LISTENERS
  same_sound "$EDITION/bulletin.mp3" "$BATS_TEST_TMPDIR/got.mp3"
  asrun 'group_by(.mount) | length == 2 and (.[0] | length) == (.[1] | length)'
  asrun 'length > 0 and all(.result == "aired")'
}

# bats test_tags=long
@test "air: Ctrl-C while another program holds the logbook: every row is kept" {
  air_begin
  await_mount bulletin.mp3
  sleep 1
  hold_logbook 3
  kill -INT "$AIR"
  air_wait
  wait "$HOLDER"
  [ "$STATUS" = 4 ]
  asrun 'group_by(.mount) | length == 2 and (.[0] | length) == (.[1] | length)'
  asrun 'any(.result != "aired")'
}
