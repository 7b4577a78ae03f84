#!/usr/bin/env bats
# carnet settings: station.yaml changed a value at a time, whatever a person has written around it.

bats_require_minimum_version 1.5.0
load station.bash

setup() {
  station_environment
  station_new
}

@test "a setting is shown, set and taken back; comments and order stay" {
  cp "$S/station.yaml" "$T/before"
  carnet settings >"$T/table"
  grep -q "^name  *Radio d'Aurelle " "$T/table" && grep -q '^run.late  *10:00 ' "$T/table"
  carnet -q settings set loudness -23
  diff "$T/before" "$S/station.yaml" >"$T/diff" || true
  grep -qx '> loudness: -23            # LUFS of every bulletin: .*' "$T/diff" && [ "$(grep -c '^[<>]' "$T/diff")" = 2 ]
  carnet -q settings set loudness -16
  carnet -q settings set podcast.title 'Le carnet: "jour #1"'
  carnet settings --json | jq -e '[.settings[] | select(.value)] | map({(.key): .value}) | add | .["podcast.title"] == "Le carnet: \"jour #1\"" and .loudness == "-16"'
  carnet -q settings set podcast.description $'Deux\nlignes'
  carnet settings --json | jq -e 'any(.settings[]; .value == "Deux\nlignes")'
  [[ $(carnet settings set podcast.title 'Le carnet: "jour #1"') == *already* ]]
  carnet -q settings unset podcast.title
  carnet -q settings unset podcast.description
  carnet -q settings unset podcast.description
  cmp "$T/before" "$S/station.yaml"
}

@test "what the station would not load with is refused, and nothing is written" {
  cp "$S/station.yaml" "$T/before"
  local case
  for case in 'loudness loud' 'loudness -99' 'zone Mars/Ici' 'language Klingon' 'run.late 5h' 'run.pige-days -3' 'podcast.email nobody' \
    'podcast.url ftp://x' 'run.listen perhaps' 'icecast.host elsewhere' 'run.hook /bin/sh' 'podcast.send x' 'cover /etc/passwd' 'x y'; do
    # shellcheck disable=SC2086
    run -3 --separate-stderr carnet settings set $case
    [ -n "$stderr" ]
  done
  run -3 --separate-stderr carnet settings unset name
  [[ $stderr == *'"name"'* ]]
  run -2 carnet settings set name
  run -2 carnet settings unset name x
  run -2 carnet settings name
  cmp "$T/before" "$S/station.yaml"
  printf 'name: [\n' >"$S/station.yaml"
  run -3 carnet settings set name x
  [ "$(cat "$S/station.yaml")" = 'name: [' ]
}

@test "two at once: each has its way; a disk that is full leaves the file as it was; its permissions stay" {
  chmod 600 "$S/station.yaml"
  local n
  for n in $(seq 8); do carnet -q settings set podcast.keep-days "$n" & done
  for n in $(seq 8); do carnet -q settings set run.recent "$n" & done
  wait
  carnet settings --json | jq -e '[.settings[] | select(.key == "podcast.keep-days" or .key == "run.recent") | .value] | all(test("^[1-8]$"))'
  [ "$(stat -c %a "$S/station.yaml")" = 600 ]
  cp "$S/station.yaml" "$T/before"
  if [ "$(id -u)" != 0 ]; then chmod a-w "$S"; else chattr +i "$S/station.yaml" 2>/dev/null || skip "root, and no chattr here"; fi
  run carnet settings set name Autre
  chmod u+w "$S"
  chattr -i "$S/station.yaml" 2>/dev/null || true
  [ "$status" != 0 ]
  cmp "$T/before" "$S/station.yaml"
  [ -z "$(find "$S" -maxdepth 1 -name '.station.yaml.part*')" ]
}
