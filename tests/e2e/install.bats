#!/usr/bin/env bats
# make install into a folder of its own, as a package does: the binary, the sample station, the man
# page, the completion. The installed program makes a station from its own share, and a bulletin.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash

setup() {
  station_environment
  D=$T/root
  # The program under test is the one installed, as it is (-o: not built anew).
  local build
  build=$(dirname "$CARNET")
  make -s -o "$build/carnet" -C "$REPO" install BUILD="$build" PREFIX=/usr DESTDIR="$D" >"$T/make.log" 2>&1 || {
    cat "$T/make.log"
    return 1
  }
}

@test "what is installed is whole, and nothing else is written" {
  [ "$(stat -c %a "$D/usr/bin/carnet")" = 755 ]
  cmp "$CARNET" "$D/usr/bin/carnet"
  for file in share/man/man1/carnet.1 share/bash-completion/completions/carnet share/carnet/station/station.yaml \
    share/carnet/station/voices/claire.yaml share/carnet/station/voices/jingles/ouverture.flac \
    share/carnet/station/scripts/midi.yaml share/carnet/station/schedules; do
    [ -e "$D/usr/$file" ]
  done
  [ "$(ls -A "$D")" = usr ]
  [ "$(ls -A "$D/usr" | sort | xargs)" = "bin lib share" ]
  cmp "$REPO/pipeline/system/icecast.xml" "$D/usr/share/doc/carnet/icecast.xml"
  [ -e "$D/usr/lib/sysusers.d/carnet.conf" ]
  grep -q '^ExecStart=/usr/bin/carnet ' "$D/usr/lib/systemd/system/carnet@.service"
  [ -z "$(find "$D" -type f \( -name '*.sqlite*' -o -name '*.password' \))" ]
  [ -z "$(find "$D" -name '*.[ch]')" ] # the music's score stays with the sources
  for file in $(cd "$REPO" && git ls-files station.yaml voices scripts schedules 2>/dev/null | grep -v '\.[ch]$'); do
    cmp "$REPO/$file" "$D/usr/share/carnet/station/$file"
  done
  make -s -C "$REPO" uninstall PREFIX=/usr DESTDIR="$D"
  [ -z "$(find "$D" -type f)" ]
}

@test "the installed program makes a station and its flash, away from the sources" {
  CARNET=$D/usr/bin/carnet
  cd /
  S=$T/station
  station_new
  diff -r --exclude=README.md "$D/usr/share/carnet/station/voices" "$S/voices"
  add --kind announcement --place Kervalan "La halle ouvre à 9h." >/dev/null
  carnet -q produce --script flash
  carnet rundown --script flash --json >"$T/rundown.json" 2>/dev/null
  is_bulletin "$(edition flash)/bulletin.mp3" "$(jq .frames "$T/rundown.json")" -16 "$T/rundown.json"
  transcript flash | grep -q 'La halle ouvre'
  run -0 carnet doctor
}
