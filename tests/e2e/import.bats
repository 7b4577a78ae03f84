#!/usr/bin/env bats
# Exercises: carnet import — twice, edited, dry run, encodings, refusals, hostile names, CSV.

load trace.bash

setup() {
  CARNET="${CARNET:-build/carnet}"
  CARNET="$(realpath "$CARNET")"
  T="$(mktemp -d)"
  S="$T/station"
  "$CARNET" init "$S" >/dev/null
  printf 'Notes du 17/03/2020\n\n- Anne (Kervalan) : il manque des masques +1\n  - Paul : on peut en coudre\n- Faire appel à la radio\n' >"$T/pad.txt"
}

teardown() {
  rm -rf "$T"
}

carnet() { "$CARNET" -C "$S" "$@"; }

@test "a pad becomes pending entries; importing it twice changes nothing" {
  run carnet import pad "$T/pad.txt"
  [ "$status" -eq 0 ]
  [[ "$(carnet import pad "$T/pad.txt" --json | jq -c '[.added,.updated,.unchanged]')" == "[0,0,3]" ]]
  carnet entries --json --date 2020-03-17 >"$T/out.json"
  [ "$(jq length "$T/out.json")" -eq 3 ]
  [ "$(jq -r '.[0] | [.text,.author,.place,.endorsements,.status,.kind] | join("|")' "$T/out.json")" = "il manque des masques|Anne|Kervalan|1|pending|problem" ]
  [ "$(jq -r '.[1].parent' "$T/out.json")" = "$(jq -r '.[0].id' "$T/out.json")" ]
}

@test "a list of addresses without end: the first thousand are kept, and the line where the others begin is told" {
  { echo '- Des adresses utiles pour le lavoir.'; seq -f '  - http://a.example/%.0f' 3000; } >"$T/pad.txt"
  run carnet import pad "$T/pad.txt"
  [ "$status" = 0 ]
  [[ $output == *'line 1002: more than 1000 addresses under one thought'* ]]
  [ "$(grep -c 'more than' <<<"$output")" = 1 ]
  [ "$(carnet show 1 --json | jq '.links | length')" = 1000 ]
  { printf -- '- Voir '; seq -f 'http://b.example/%.0f' 3000 | paste -sd ' '; } >"$T/line.txt"
  carnet import pad "$T/line.txt"
  [ "$(carnet show 2 --json | jq '.links | length')" = 3000 ]
}

@test "an edited pad updates its entry, reopens an approved one, keeps an editor's change" {
  carnet import pad "$T/pad.txt" >/dev/null
  carnet approve --all --date 2020-03-17 >/dev/null
  id="$(carnet entries --json --date 2020-03-17 | jq '.[2].id')"
  carnet edit "$id" --place "La Roche-Morin" >/dev/null
  [[ "$(carnet import pad "$T/pad.txt" --json | jq -c '[.added,.updated,.unchanged]')" == "[0,0,3]" ]]
  sed -i 's/Faire appel à la radio/Faire appel à la radio du port +1/; s/^- Anne/- une ligne neuve\n- Anne/' "$T/pad.txt"
  [[ "$(carnet import pad "$T/pad.txt" --json | jq -c '[.added,.updated,.unchanged,.reopened]')" == "[1,1,2,1]" ]]
  carnet entries --json --date 2020-03-17 >"$T/out.json"
  [ "$(jq -r ".[] | select(.id==$id) | [.text,.place,.status,.endorsements] | join(\"|\")" "$T/out.json")" = "Faire appel à la radio du port|La Roche-Morin|pending|1" ]
  [[ "$(carnet import pad "$T/pad.txt" --json | jq -c '[.added,.updated,.unchanged]')" == "[0,0,4]" ]]
}

@test "lines that are gone are left alone and named" {
  carnet import pad "$T/pad.txt" >/dev/null
  sed -i '$d' "$T/pad.txt"
  run carnet import pad "$T/pad.txt"
  [ "$status" -eq 0 ]
  [[ "$output" == *"no longer in the source"* || "$output" == *"plus dans"* ]]
  [ "$(carnet entries --json --date 2020-03-17 | jq length)" -eq 3 ]
}

@test "a dry run shows a table and changes nothing" {
  run carnet import pad "$T/pad.txt" --dry-run
  [ "$status" -eq 0 ]
  [[ "$output" == *"il manque des masques"* ]]
  [ "$(carnet import pad "$T/pad.txt" --dry-run --json | jq length)" -eq 3 ]
  [ "$(carnet entries --json --date 2020-03-17 | jq length)" -eq 0 ]
}

@test "Latin-1, UTF-16 and standard input" {
  iconv -f UTF-8 -t ISO-8859-1 "$T/pad.txt" >"$T/latin.txt"
  { printf '\377\376'; iconv -f UTF-8 -t UTF-16LE "$T/pad.txt"; } >"$T/utf16.txt"
  carnet import pad "$T/latin.txt" 2>"$T/latin.err"
  carnet import pad "$T/utf16.txt" 2>"$T/utf16.err"
  carnet import pad - <"$T/pad.txt" 2>"$T/utf8.err"
  grep -q 'latin.txt: .*Latin-1' "$T/latin.err"
  grep -q 'utf16.txt: .*UTF-16' "$T/utf16.err"
  [ "$(grep -c 'Latin-1\|UTF-16' "$T/utf8.err")" -eq 0 ]
  [ "$(carnet entries --json --date 2020-03-17 | jq '[.[] | select(.text=="Faire appel à la radio")] | length')" -eq 3 ]
}

@test "empty, binary and 50 MB files are refused, and nothing is stored" {
  : >"$T/empty.txt"
  head -c 4096 /dev/urandom >"$T/binary.txt"
  printf '\0\0' >>"$T/binary.txt"
  head -c 50000000 /dev/zero | tr '\0' 'a' >"$T/huge.txt"
  for f in empty binary huge missing; do
    run carnet import pad "$T/$f.txt"
    [ "$status" -eq 3 ]
    [[ "$output" == *"$f.txt"* ]]
  done
  run carnet import board "$T/pad.txt"
  [ "$status" -eq 2 ]
}

@test "hostile file names are only names" {
  name="$T/\$(touch pwned); '\"*"$'\e[31m'".txt"
  cp "$T/pad.txt" "$name"
  run carnet import pad "$name"
  [ "$status" -eq 0 ]
  [ ! -e pwned ]
  [[ "$output" != *$'\e[31m'* ]]
}

@test "the sample logbook loads approved, every kind and reply in place" {
  run carnet import csv "$BATS_TEST_DIRNAME/../data/sample/logbook.csv" --trust-status --json
  [ "$status" -eq 0 ]
  carnet entries --json >"$T/out.json" --status approved
  [ "$(jq length "$T/out.json")" -ge 66 ]
  [ "$(jq '[.[].kind] | unique | length' "$T/out.json")" -eq 8 ]
  [ "$(jq '[.[] | select(.parent != null)] | length' "$T/out.json")" -ge 5 ]
}

@test "a CSV row with a bad value names file, line and column; nothing is stored" {
  printf 'Date;Texte;Accords\n17/03/2020;Le pain;2\n2020-02-30;Le lait;1\n' >"$T/bad.csv"
  run carnet import csv "$T/bad.csv"
  [ "$status" -eq 3 ]
  [[ "$output" == *"bad.csv:3"*"date"* ]]
  [ "$(carnet entries --json --date 2020-03-17 | jq length)" -eq 0 ]
}

@test "a pad of several days says the first and the last; a day may stand in the file's name" {
  printf 'Lundi 16 mars 2020\n- Anne : la halle ferme\n\nMardi 17 mars\n- Paul : elle rouvre\n' >"$T/jours.txt"
  run carnet import pad "$T/jours.txt"
  [ "$status" -eq 0 ]
  [[ "$output" == *"2020-03-16"*"2020-03-17"*"2 "* ]]
  [ "$(carnet import pad "$T/jours.txt" --json | jq -r '[.date,.last_date,.unchanged]|join("|")')" = "2020-03-16|2020-03-17|2" ]
  printf -- '- la halle ferme\n' >"$T/cr_2020-04-02.txt"
  [ "$(carnet import pad "$T/cr_2020-04-02.txt" --json | jq -r .date)" = 2020-04-02 ]
}
