#!/usr/bin/env bats
# carnet settings: station.yaml changed a value at a time, whatever a person has written around it.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash

setup() {
  station_environment
  station_new
}

@test "a setting is shown, set and taken back; comments and order stay" {
  cp "$S/station.yaml" "$T/before"
  carnet settings >"$T/table"
  grep -q "^name  *Radio d'Aurelle " "$T/table"
  grep -q '^run.late  *10:00 ' "$T/table"
  carnet -q settings set loudness -23
  diff "$T/before" "$S/station.yaml" >"$T/diff" || true
  grep -qx '> loudness: -23            # LUFS of every bulletin: .*' "$T/diff"
  [ "$(grep -c '^[<>]' "$T/diff")" = 2 ]
  carnet -q settings set loudness -16
  carnet -q settings set podcast.title 'Le carnet: "jour #1"'
  carnet settings --json | jq -e '[.[] | select(.value)] | map({(.key): .value}) | add | .["podcast.title"] == "Le carnet: \"jour #1\"" and .loudness == "-16"'
  carnet -q settings set podcast.description $'Deux\nlignes'
  carnet settings --json | jq -e 'any(.[]; .value == "Deux\nlignes")'
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
  for case in name language zone; do
    run -3 --separate-stderr carnet settings unset $case
    [[ $stderr == *"$case: a station has one"* ]]
  done
  run -3 --separate-stderr carnet settings set run.late 5h
  [[ $stderr == 'carnet: run.late: "5h" is not a length'* ]]
  run -3 carnet settings set podcast.title $'a\e[31mb'
  run -3 carnet settings set run.urgent alert
  run -2 carnet settings set name
  run -2 carnet settings unset name x
  run -2 carnet settings name
  cmp "$T/before" "$S/station.yaml"
  printf 'name: [\n' >"$S/station.yaml"
  run -3 carnet settings set name x
  [ "$(<"$S/station.yaml")" = 'name: [' ]
}

@test "what people write: oui and non, a comma, a file from another editor, a link" {
  carnet -q settings set loudness -16,5
  carnet -q settings set podcast.title -- '- le carnet -'
  carnet -q settings set podcast.author '-x-'
  carnet -q settings set run.listen non
  carnet settings --json | jq -e 'map({(.key): .value}) | add | .loudness == "-16.5" and .["podcast.title"] == "- le carnet -" and .["podcast.author"] == "-x-" and .["run.listen"] == "no"'
  # One is on, by another word for it: it can be switched off.
  printf 'desk: {contribute: 1}\n' >>"$S/station.yaml"
  carnet settings | grep -q '^desk.contribute  *yes'
  carnet -q settings set desk.contribute no
  grep -q '^desk: {contribute: no}' "$S/station.yaml"
  # A byte order mark, lines of Windows; a file that is but a link.
  sed -i '1s/^/\xEF\xBB\xBF/; s/$/\r/' "$S/station.yaml"
  mv "$S/station.yaml" "$T/shared.yaml"
  ln -s "$T/shared.yaml" "$S/station.yaml"
  cp "$T/shared.yaml" "$T/before"
  carnet -q settings set name Autre
  carnet -q settings unset podcast.author
  [ -L "$S/station.yaml" ]
  diff "$T/before" "$T/shared.yaml" >"$T/diff" || true
  [ "$(grep -c '^[<>]' "$T/diff")" = 4 ]
  head -c 3 "$T/shared.yaml" | cmp - <(printf '\xEF\xBB\xBF')
  # A description on several lines is left as it is by a form that sends it again.
  printf 'name: Radio X\nlanguage: fr\nzone: Europe/Paris\npodcast:\n  description: | # for all\n    Une.\n    Deux.\n' >"$T/shared.yaml"
  [[ $(carnet settings set podcast.description $'Une.\r\nDeux.\r\n') == *already* ]]
}

@test "two at once: each has its way; a disk that is full leaves the file as it was; its permissions stay" {
  chmod 600 "$S/station.yaml"
  local n
  for n in $(seq 8); do carnet -q settings set podcast.keep-days "$n" & done
  for n in $(seq 8); do carnet -q settings set run.recent "$n" & done
  wait
  carnet settings --json | jq -e '[.[] | select(.key == "podcast.keep-days" or .key == "run.recent") | .value] | all(test("^[1-8]$"))'
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
