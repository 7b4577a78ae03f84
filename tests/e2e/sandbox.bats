#!/usr/bin/env bats
# What a child may do, as a station meets it: a voice's own program that attacks
# the station, the network and the machine; one that hangs, lies or dies; the
# bulletin comes out all the same. (Each attack inside the children that speak
# and decode: tests/unit/test_base_nursery.c.)
load trace.bash
load station.bash

setup() {
  station_environment
  station_new
  PORT=
}

teardown() {
  [ -z "${SERVER:-}" ] || kill "$SERVER" 2>/dev/null || true
}

# The kernel's walls, as the doctor tried them; a skip shows nothing.
needs_landlock() {
  carnet doctor --json | jq -e '.[] | select(.what | test("Landlock [0-9]+, seccomp"))' >/dev/null ||
    skip "this kernel has no Landlock or no seccomp, or forbids them here"
}

# voice NAME [MORE LINES OF YAML…]: a voice that runs standard input in a shell, then speaks.
voice() {
  local name=$1
  shift
  mkdir -p "$T/prefix/bin"
  { echo '#!/bin/bash'; cat; echo 'exec flite -voice slt -o "$1"'; } >"$T/prefix/bin/$name"
  chmod 755 "$T/prefix/bin/$name"
  printf '%s\n' "command: [$T/prefix/bin/$name, \"{out}\"]" "$@" >"$S/voices/$name.yaml"
}

# A server that counts its callers in $T/calls.
listen() {
  python3 - "$T/port" "$T/calls" <<'PY' &
import socket, sys, os
s = socket.create_server(("127.0.0.1", 0))
open(sys.argv[1] + ".new", "w").write(str(s.getsockname()[1]))
os.rename(sys.argv[1] + ".new", sys.argv[1])
while True:
    s.accept()
    open(sys.argv[2], "a").write("x")
PY
  SERVER=$!
  for _ in $(seq 100); do [ -e "$T/port" ] && break; sleep 0.05; done
  PORT=$(<"$T/port")
}

# What got through is told on the one thing that the program may write: its sound's text.
attack() {
  cat <<SH
through=
try() { name=\$1; shift; if "\$@" 2>/dev/null; then through="\$through \$name"; fi; }
peek() { read -r -n 1 _ <"\$1"; }
poke() { : >>"\$1"; }
call() { exec 3<>"/dev/tcp/127.0.0.1/$PORT"; }
try logbook peek "$S/logbook.sqlite"
try password peek "$S/icecast.password"
try station-file peek "$S/station.yaml"
try accounts peek /etc/passwd
try neighbour peek "$T/neighbour"
try logbook-write poke "$S/logbook.sqlite"
try voice-write poke "$S/voices/claire.yaml"
try outside-write poke "$T/planted"
try tmp-write poke /tmp/carnet-planted.$$
try network call
try kill kill -0 \$PPID
try chmod chmod 600 "$S/icecast.password"
try list ls "$S" >/dev/null
try secret test -n "\${CARNET_ICECAST_PASSWORD:-}"
[ -z "\$through" ] || { echo "got through:\$through" >&2; exit 9; }
SH
}

@test "a voice's program gets nowhere, and speaks" {
  command -v flite >/dev/null || skip "flite is not installed"
  needs_landlock
  listen
  echo hackme >"$S/icecast.password"
  chmod 600 "$S/icecast.password"
  echo x >"$T/neighbour"
  add "Une annonce." --kind announcement >/dev/null
  attack | voice attacker
  # The same attacks get through without the sandbox: they are real.
  run bash -c "$(attack)"
  [ "$status" = 9 ]
  for what in logbook password station-file accounts neighbour outside-write network kill list; do
    grep -qw -- "$what" <<<"$output" || { echo "$what proves nothing: $output"; false; }
  done
  rm -f "$T/planted" /tmp/carnet-planted.$$ "$T/calls"
  export CARNET_ICECAST_PASSWORD=hackme
  run carnet say "Hello." --voice attacker -o "$T/hello.wav"
  echo "$output"
  [ "$status" = 0 ]
  [ -z "$output" ] || refute grep -q "got through\|instead" <<<"$output"
  [ ! -e "$T/planted" ]
  [ ! -e "$T/calls" ]
  measure "$T/hello.wav"
  [ "$FRAMES" -gt 10000 ]
}

@test "a voice's file opens what it names, and the network" {
  command -v flite >/dev/null || skip "flite is not installed"
  needs_landlock
  listen
  mkdir "$T/models"
  echo model >"$T/models/a.bin"
  printf 'read -r _ <%q || exit 8\nexec 3<>/dev/tcp/127.0.0.1/%s || exit 9\nexec 3>&-\n' "$T/models/a.bin" "$PORT" |
    voice cloud "reads: [$T/models]" "network: yes"
  run carnet say "Hello." --voice cloud -o "$T/hello.wav"
  echo "$output"
  [ "$status" = 0 ]
  refute grep -q instead <<<"$output"
  [ -s "$T/calls" ]
  sed -i '/^reads/d' "$S/voices/cloud.yaml"
  run carnet say "Again." --voice cloud -o "$T/hello.wav"
  [ "$status" = 0 ]
  grep -q "Permission denied.*eSpeak NG speaks instead\|status 8.*eSpeak NG speaks instead" <<<"$output"
}

@test "a program that lies, dies, floods or leaves a pipe for its sound: eSpeak says it, the bulletin comes out" {
  carnet say "x" -o "$T/x.wav" >/dev/null
  local -A ways=(
    [lies]='printf "RIFF\377\377\377\177WAVEfmt \020\0\0\0\1\0\1\0\42\126\0\0\104\254\0\0\2\0\20\0data\377\377\377\177ab" >"$1"; exit 0'
    [silent]='exit 0'
    [dies]='kill -SEGV $$'
    [dies_after]='flite -voice slt -o "$1"; kill -KILL $$'
    [floods]='yes >"$1"; exit 0'
    [fifo]='mkfifo "$1"; exit 0'
    [link]='ln -s /dev/zero "$1"; exit 0'
    [spawns]='for i in $(seq 40); do sleep 60 & done; exit 3'
  )
  script_short court
  for way in "${!ways[@]}"; do
    voice "$way" <<<"${ways[$way]}"
    run carnet say "Bonjour, $way." --voice "$way" -o "$T/$way.wav"
    echo "$way: $output"
    [ "$status" = 0 ]
    grep -q "voice $way: .*eSpeak NG speaks instead" <<<"$output"
    [ -s "$T/$way.wav" ]
  done
  add "Une annonce qui doit être entendue." --kind announcement >/dev/null
  cp "$S/voices/dies.yaml" "$S/voices/claire.yaml"
  run carnet produce --script court
  echo "$output"
  [ "$status" = 0 ]
  transcript court | grep -q "Une annonce qui doit être entendue"
}
