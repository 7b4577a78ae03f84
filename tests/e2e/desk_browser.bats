#!/usr/bin/env bats
# The editors' desk in a real browser (tests/pages/desk.cjs): an editor's day from the first visit to the air on a phone
# and at a desk, two at once, the keyboard alone, no JavaScript, axe on each screen, SIGKILL during an edit, a cold cache.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash
load icecast.bash
load desk.bash

# One station for all but the day, which begins with a first visit. Each case knows its own entries by a word of theirs.
setup_file() {
  station_environment
  T=$BATS_FILE_TMPDIR S=$BATS_FILE_TMPDIR/station
  station_new
  only_mount mp3
  printf 'desk: {contribute: yes}\npodcast: {url: "http://127.0.0.1:9/", title: Le carnet, email: radio@example.org}\n' >>"$S/station.yaml"
  rm -f "$S"/schedules/*.ics
  local name n long
  for name in midi axe deux ordre sans attente; do script_short $name 1:00; done
  long=$(printf 'Anticonstitutionnellement%.0s' 1 2 3 4 5 6)
  carnet -q add --approve --kind alert --priority urgent --title "$long" --place "$long" --author "$long" \
    "https://example.org/$long/$long" >/dev/null
  carnet -q add --approve "Le marché de Kervalan ouvre à neuf heures." >/dev/null
  for n in $(seq 60); do echo "$n,question,\"Question numéro $n : qui a retrouvé un parapluie rouge, près du lavoir, hier ?\",Aurelle"; done |
    sed '1i nr,kind,text,place' >"$T/many.csv"
  carnet -q import csv "$T/many.csv" >/dev/null
  carnet -q schedule add --script midi 'every weekday 12:00' >/dev/null
  carnet -q produce --script axe
  carnet -q publish 2020-03-17-axe 2>/dev/null
  only_wav
  desk_start
  join "$CODE" admin
  somebody editor
  export B BROWSER=$T/browser.socket
  echo "$DESK" >"$T/desk.pid"
  [ -e "$REPO/tests/pages/node_modules/.ready" ] || return 0
  node "$REPO/tests/pages/desk.cjs" "$BROWSER" >"$T/browser.log" 2>&1 3>&- &
  echo $! >"$T/browser.pid"
  for n in $(seq 400); do
    [ ! -S "$BROWSER" ] || break
    sleep 0.05
  done
}

teardown_file() {
  local file
  for file in "$BATS_FILE_TMPDIR"/*.pid; do kill "$(<"$file")" 2>/dev/null || true; done
  for file in "$BATS_FILE_TMPDIR"/*.pid; do # gone before its folder is
    while kill -0 "$(<"$file")" 2>/dev/null; do sleep 0.05; done
  done
}

setup() {
  export BATS_TEST_TIMEOUT=120
  station_environment
  S=$BATS_FILE_TMPDIR/station
  PAGES=$REPO/tests/pages
  export CARNET PASSWORD STATION=$S
}

teardown() {
  local file
  for file in "$T"/*.pid; do [ ! -e "$file" ] || kill -KILL "$(<"$file")" 2>/dev/null || true; done
  icecast_stop
}

needs_npm() { [ -e "$PAGES/node_modules/.ready" ] || skip "npm's packages are not there: \"make test\" asks for them"; }

# browser CASE [ADDRESS]
browser() {
  needs_npm
  jq -n '{root: $ARGS.positional[0], folder: $ARGS.positional[1]}
    + (env | {password: .PASSWORD, code: .CODE, jingle: .JINGLE, carnet: .CARNET, station: .STATION})' \
    --args "${2:-$B}" "$T" >"$T/given.json"
  run curl -sS --fail-with-body --unix-socket "$BROWSER" --data-binary @"$T/given.json" "http://desk/$1"
  echo "$output"
  sed -n 's/^# //p' <<<"$output" | sed 's/^/# /' >&3
  [ "$status" = 0 ]
}

# A station that runs, on a real mount, with its desk; nobody has been there.
station_on_air() { # MOUNT
  local port i
  unset CARNET_NOW
  S=$T/station
  icecast_start "$T/icecast"
  port=$(icecast_free_port)
  "$CARNET" -q init "$S"
  rm -f "$S"/schedules/*.ics
  (umask 077 && echo "$ICECAST_PASSWORD" >"$S/icecast.password")
  cat >"$S/station.yaml" <<YAML
name: Radio d'Aurelle
language: fr
zone: Europe/Paris
icecast: {host: 127.0.0.1, port: $ICECAST_PORT, password-file: icecast.password}
mounts:
  - {mount: $1, format: mp3, bitrate: 64, mode: continuous}
run: {filler: [musique], urgent: alerte}
desk: {port: $port}
YAML
  script_short midi 1:00
  script musique <<'YAML'
title: "{station}"
language: fr
length: "0:30"
fit: exact
least: "0:05"
voices: {presenter: claire}
bed: {file: nappe, gain: -10}
close: {least: 1, most: 600}
order:
  - say: "Vous écoutez {station}."
YAML
  : >"$T/run.log"
  "$CARNET" -C "$S" run >"$T/run.log" 2>&1 3>&- &
  echo $! >"$T/run.pid"
  disown
  for i in $(seq 200); do
    CODE=$(sed -n 's/.*first visit: the one-time code is //p' "$T/run.log")
    [ -z "$CODE" ] || break
    sleep 0.05
  done
  [ -n "$CODE" ] || { cat "$T/run.log"; false; }
  export CODE
  ADDRESS=http://127.0.0.1:$port
}

# What the mount gives is sound, and what was urgent was sent on it.
is_heard() { # MOUNT
  local i
  curl -sN -m 2 -o "$T/heard.mp3" "http://127.0.0.1:$ICECAST_PORT$1" || true
  [ "$(ffprobe -v error -show_entries stream=codec_name -of csv=p=0 "$T/heard.mp3")" = mp3 ]
  ffmpeg -nostdin -hide_banner -nostats -i "$T/heard.mp3" -af volumedetect -f null - 2>&1 | tee "$T/volume" >&2
  awk '/mean_volume/ {found = ($(NF - 1) > -50)} END {exit !found}' "$T/volume"
  for i in $(seq 300); do
    [ "$(sqlite3 -cmd '.timeout 5000' "$S/logbook.sqlite" "SELECT count(*) FROM slots WHERE script = 'alerte' AND state IN ('on-air', 'done')")" = 0 ] || return 0
    sleep 0.1
  done
  cat "$T/run.log"
  false
}

@test "an editor's day on a phone: the first visit, a line, a pad, approved, chosen, moved, said otherwise, made, heard, on the air" {
  needs_npm
  station_on_air /telephone.mp3
  browser phone "$ADDRESS"
  is_heard /telephone.mp3
}

# bats test_tags=long
@test "an editor's day at a desk: the same by keyboard and mouse" {
  needs_npm
  station_on_air /bureau.mp3
  browser desktop "$ADDRESS"
  is_heard /bureau.mp3
}

@test "two editors on one entry: the second has both texts before his eyes, each sees the other's change without a reload" {
  browser two
}

@test "a session that ends while somebody writes: after the log-in it is all there" {
  browser ended
}

# bats test_tags=long
@test "two editors on one bulletin: words that are being typed outlive what the other does" {
  browser two_rundown
}

# bats test_tags=long
@test "a bulletin is listened to while it is made, and plays on when it is" {
  local n
  { printf 'title: Long\nlanguage: fr\nlength: "9:00"\nfit: at-most\nvoices: {presenter: claire}\norder:\n'
    for n in $(seq 40); do printf '  - say: "Phrase numéro %d de ce long bulletin, qui dure le temps que quelqu’un écoute."\n' "$n"; done; } | script long
  sed -i 's|^mounts: .*|mounts:\n  - {mount: /b.mp3, format: mp3}|; /^also:/d' "$S/station.yaml"
  browser making
  sed -i '/^  - {mount:/d; s/^mounts:/mounts: []/; $ a also: [wav]' "$S/station.yaml"
}

@test "one item is locked and stays, another gives its place to one that waits" { browser lock_swap; }

# bats test_tags=long
@test "a jingle from the phone: refused under a name that is taken, listed and heard under its own" {
  cp "$REPO/voices/jingles/virgule.flac" "$T/virgule.flac"
  JINGLE=$T/virgule.flac browser jingle
}

# bats test_tags=long
@test "a recording from the phone becomes an entry" { JINGLE=$REPO/voices/jingles/virgule.flac browser recording; }

@test "by the keyboard alone, the logbook: ? j k a r e n / and letters switched off" {
  browser keyboard
}

# bats test_tags=long
@test "by the keyboard alone, the bulletin: Alt and an arrow move an item, the focus goes with it, p listens" {
  browser keyboard_rundown
}

# bats test_tags=long
@test "by the keyboard alone, each screen: every control is reached, and where one is can be seen" {
  browser focus
}

@test "without JavaScript: log in, import, add, change, approve, choose, make, read" {
  browser plain
}

@test "each screen on a phone, light, in French: axe finds nothing, nobody else is asked, nothing is wider than 360 pixels" {
  browser screens_on_a_phone
}

# bats test_tags=long
@test "each screen at a desk, dark, in English: axe finds nothing, nothing is wider than 1280 pixels at 200 %" {
  browser screens_at_a_desk
}

# bats test_tags=long
@test "killed during an edit and started again: it is told, and what was typed is there" {
  browser killed
}

@test "a cold cache: less than 100 KB before the logbook is seen; nobody else is asked" {
  browser cold
}
