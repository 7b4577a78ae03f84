#!/usr/bin/env bats
# The verbs of the logbook, as a volunteer types them: add, entries, show, edit,
# approve, reject, withdraw, undo, backup, restore, asrun; their exit statuses,
# their JSON, and hostile or damaged input. No network.

load trace.bash

setup() {
  root="$BATS_TEST_DIRNAME/../.."
  CARNET=$(realpath "${CARNET:-$root/build/carnet}")
  data="$root/tests/data/logbook"
  work=$(mktemp -d)
  S="$work/station"
  export LANG=C.UTF-8 LC_ALL=C.UTF-8 LANGUAGE= CARNET_USER=test NO_COLOR=1
  unset CARNET_STATION EDITOR VISUAL
  "$CARNET" -q init "$S"
}

teardown() {
  rm -rf "$work"
}

carnet() { "$CARNET" -C "$S" "$@"; }
field() { carnet show "$1" --json | jq -r "$2"; }

@test "add prints a number, and the entry has every key" {
  run carnet add --kind problème --place Kervalan --author "Maëlle Kervadec" --link https://aurelle.example/pont \
    --priority high --date 2020-03-17 --expires "2020-03-20 18:00" --title "Le pont" "Le pont est fermé."
  [ "$status" -eq 0 ]
  [ "$output" = 1 ]
  keys=$(carnet entries --json | jq -r '.[0] | keys | join(" ")')
  for key in id date kind title text language place author attribution status priority expires endorsements source \
    links parent; do
    [[ " $keys " == *" $key "* ]]
  done
  carnet entries --json | jq -e '.[0] | .kind == "problem" and .place == "Kervalan" and .attribution == "place"
    and .status == "pending" and .priority == "high" and .source == null and .parent == null
    and .links == ["https://aurelle.example/pont"] and .date == "2020-03-17" and .endorsements == 0
    and (.expires | startswith("2020-03-20T"))'
}

@test "add reads standard input, joins words, and can approve" {
  printf 'Première ligne.\r\nDeuxième.\n' | carnet add -
  [ "$(field 1 .text)" = $'Première ligne.\nDeuxième.' ]
  carnet add --approve La marée monte
  [ "$(field 2 .text)" = "La marée monte" ]
  [ "$(field 2 .status)" = approved ]
  [ "$(carnet add --json --status draft Brouillon | jq -r .status)" = draft ]
}

@test "wrong values are refused, say why, and leave nothing" {
  run carnet add --kind rumeur "texte"
  [ "$status" -eq 2 ]
  run carnet add
  [ "$status" -eq 2 ]
  run carnet add --date 2020-02-30 "texte"
  [ "$status" -eq 3 ]
  run carnet add --parent 99 "texte"
  [ "$status" -eq 3 ]
  [[ "$output" == *99* ]]
  run carnet add "   "
  [ "$status" -eq 3 ]
  run carnet show 1
  [ "$status" -eq 3 ]
  run carnet show x
  [ "$status" -eq 2 ]
  [ "$(carnet entries --json)" = "[]" ]
}

@test "a recorded sound is a name in the folder sounds, nothing else" {
  printf x > "$S/sounds/houle.wav"
  carnet add --sound houle.wav "La houle."
  [ "$(field 1 .sound)" = houle.wav ]
  for name in ../station.yaml /etc/passwd .hidden missing.wav; do
    run carnet add --sound "$name" "texte"
    [ "$status" -eq 3 ]
  done
}

@test "hostile text is data: on the terminal, in JSON, in a search" {
  carnet add $'rouge \033[31m et \u202e envers; DROP TABLE entries; -- <speak> [[a]] $(id) `id`'
  run carnet entries
  [ "$status" -eq 0 ]
  [[ "$output" != *$'\033'* ]]
  [[ "$output" != *$'\u202e'* ]]
  [[ "$(carnet show 1)" != *$'\033'* ]]
  carnet entries --json | jq -e 'length == 1'
  run carnet entries --search '"; DROP TABLE entries; -- OR * NEAR(' --json
  [ "$status" -eq 0 ]
  [ "$(carnet entries --search 'envers drop' --json | jq length)" -eq 1 ]
}

@test "an entry of 1 MB goes in and comes out whole; a longer one than the limit is refused" {
  head -c 1000000 /dev/zero | tr '\0' a | carnet add - --title Longue
  [ "$(field 1 '.text | length')" -eq 1000000 ]
  carnet entries > "$work/table"
  head -c 3000000 /dev/zero | tr '\0' a > "$work/big"
  run carnet add - < "$work/big"
  [ "$status" -eq 3 ]
}

@test "entries filters" {
  carnet add --date 2020-03-16 --kind idea --place "Port-Aurelle" "Un marché couvert."
  carnet add --date 2020-03-17 --kind alert --place "PORT AURELLE" --priority urgent "L'eau est coupée à 20h."
  carnet add --date 2020-03-18 --kind idea "Des bancs."
  [ "$(carnet entries --json --date 2020-03-17 | jq length)" -eq 1 ]
  [ "$(carnet entries --json --from 2020-03-17 | jq length)" -eq 2 ]
  [ "$(carnet entries --json --until 2020-03-17 | jq length)" -eq 2 ]
  [ "$(carnet entries --json --kind idée | jq length)" -eq 2 ]
  [ "$(carnet entries --json --place port-aurelle | jq length)" -eq 2 ]
  [ "$(carnet entries --json --priority urgent | jq length)" -eq 1 ]
  [ "$(carnet entries --json --status approved | jq length)" -eq 0 ]
  [ "$(carnet entries --json --search 'MARCHE couv' | jq length)" -eq 1 ]
  [ "$(carnet entries --json --limit 2 | jq length)" -eq 2 ]
  [[ "$(carnet entries --date 2020-03-17)" == *"L'eau est coupée"* ]]
  run carnet entries --date 2020-03-17 --from 2020-03-16
  [ "$status" -eq 2 ]
}

@test "an empty filter is refused: it must not choose everything" {
  carnet add un
  for filter in --place --source --search --date --kind --status; do
    run carnet approve --all "$filter" ""
    [ "$status" -ne 0 ]
  done
  [ "$(field 1 .status)" = pending ]
}

@test "accents are taken in any locale" {
  LC_ALL=C carnet add --place Forêt "Déjà l'été"
  [ "$(field 1 .text)" = "Déjà l'été" ]
  [ "$(field 1 .place)" = Forêt ]
  LC_ALL=C carnet entries --search ete --json | jq -e 'length == 1'
}

@test "approve --all --date takes the day's pending entries and no other" {
  carnet add --date 2020-03-17 un
  carnet add --date 2020-03-17 deux
  carnet add --date 2020-03-17 --status draft brouillon
  carnet add --date 2020-03-18 lendemain
  run carnet approve --all --date 2020-03-17
  [ "$status" -eq 0 ]
  [ "$output" = "2 entries approved" ]
  [ "$(carnet entries --json --status approved | jq -c 'map(.id)')" = "[1,2]" ]
  [ "$(carnet approve --all --date 2020-03-17)" = "0 entries approved" ]
  [ "$(carnet approve 3)" = "1 entry approved" ]
}

@test "reject and withdraw; all or none of the numbers named" {
  carnet add un
  carnet add deux
  run carnet reject 1 99
  [ "$status" -eq 3 ]
  [ "$(field 1 .status)" = pending ]
  [ "$(carnet reject 1)" = "1 entry rejected" ]
  [ "$(carnet withdraw --all --status pending)" = "1 entry withdrawn" ]
  [ "$(field 2 .status)" = withdrawn ]
  run carnet withdraw --all
  [ "$status" -eq 2 ]
  run carnet approve
  [ "$status" -eq 2 ]
  run carnet approve --all 1
  [ "$status" -eq 2 ]
  run carnet approve --date 2020-03-17
  [ "$status" -eq 2 ]
}

@test "edit by options, history, undo after undo" {
  carnet add --title Un "Le texte."
  carnet edit 1 --text "Le texte corrigé." --kind question
  carnet edit 1 --title ""
  [ "$(field 1 '.title')" = null ]
  carnet undo 1
  [ "$(field 1 .title)" = Un ]
  carnet undo 1
  [ "$(field 1 .text)" = "Le texte." ]
  carnet undo 1
  [ "$(field 1 .status)" = withdrawn ]
  run carnet undo 1
  [ "$status" -eq 3 ]
  [ "$(carnet show 1 --json --history | jq -r '.history | map(.what) | join(", ")')" = \
    "add, edit text kind, edit title, undo, undo, undo" ]
  [ "$(carnet show 1 --json --history | jq -r '.history[0].who')" = test ]
  [[ "$(carnet show 1 --history)" == *"edit text kind"* ]]
  run carnet edit 1 < /dev/null
  [ "$status" -eq 2 ]
}

@test "edit from a file: what it names changes, errors have a place" {
  carnet add --place Kervalan "Avant."
  carnet edit 1 --file "$data/entry-good.yaml"
  carnet show 1 --json | jq -e '.title == "Passerelle" and .place == "Kervalan"
    and .text == "La passerelle est rouverte.\n\nElle ferme à 20h." and .links == ["https://aurelle.example/passerelle"]'
  echo 'title: Pont' | carnet edit 1 --file -
  [ "$(field 1 '.links[0]')" = https://aurelle.example/passerelle ]
  echo 'links: []' | carnet edit 1 --file -
  carnet show 1 --json | jq -e '.links == [] and .title == "Pont"'
  carnet edit 1 --file "$data/entry-good.yaml"
  run carnet edit 1 --file "$data/entry-unknown-key.yaml"
  [ "$status" -eq 3 ]
  [[ "$output" == *"entry-unknown-key.yaml:3:"* ]]
  run carnet edit 1 --file "$data/entry-impossible-day.yaml"
  [ "$status" -eq 3 ]
  [[ "$output" == *"entry-impossible-day.yaml:4:"* ]]
  [ "$(field 1 .title)" = Passerelle ]
}

# A command on a terminal (util-linux's script), with EDITOR being a small program of ours.
on_terminal() { EDITOR="$1" TMPDIR="$work" script -qec "'$CARNET' -C '$S' edit 1" "$work/typescript" < /dev/null; }

@test "edit in an editor: the file as shown changes nothing, a change is taken, a mistake loses nothing" {
  printf 'Une ligne « à guillemets » : "deux" # trois\n\n- quatre\n' | carnet add - --title 'Deux: points'
  before=$(carnet show 1 --json)
  printf '#!/bin/sh\necho "" >> "$1"\n' > "$work/blank"
  printf '#!/bin/sh\nsed -i "s/quatre/cinq/" "$1"\n' > "$work/good"
  printf '#!/bin/sh\nsed -i "s/^kind:.*/kind: rumeur/; s/cinq/six/" "$1"\n' > "$work/bad"
  chmod +x "$work"/blank "$work"/good "$work"/bad
  on_terminal "$work/blank"
  [ "$(carnet show 1 --json)" = "$before" ]
  on_terminal "$work/good"
  [[ "$(field 1 .text)" == *"- cinq" ]]
  [ -z "$(find "$work" -maxdepth 1 -name 'carnet-entry-*')" ]
  run on_terminal "$work/bad"
  [[ "$output" == *":3:"*rumeur* ]]
  grep -q "six" "$work"/carnet-entry-*.yaml
  [[ "$(field 1 .text)" == *"- cinq" ]]
}

# Somebody else has the logbook for a second, and withdraws entry 1 in it.
holding() {
  python3 - "$S/logbook.sqlite" "$work/held" <<'END' &
import pathlib, sqlite3, sys, time
logbook = sqlite3.connect(sys.argv[1], isolation_level=None)
logbook.execute("BEGIN IMMEDIATE")
logbook.execute("UPDATE entries SET status = 'withdrawn', changed_us = changed_us + 1 WHERE id = 1")
pathlib.Path(sys.argv[2]).touch()
time.sleep(1)
logbook.execute("COMMIT")
END
  until [ -e "$work/held" ]; do sleep 0.02; done
}

@test "edit: what somebody else changes while the file is written stays" {
  carnet add --approve "Le texte."
  { sleep 1; echo 'title: "T"'; } | carnet edit 1 --file - &
  editing=$!
  sleep 0.5
  carnet withdraw 1
  wait "$editing"
  [ "$(field 1 '.status + " " + .title')" = "withdrawn T" ]
}

@test "edit: nobody comes between reading the entry and writing it" {
  carnet add --approve "Le texte."
  holding
  carnet edit 1 --title T
  wait
  [ "$(field 1 '.status + " " + .title')" = "withdrawn T" ]
}

@test "edit in an editor: nobody comes between looking and writing" {
  carnet add --approve "Le texte."
  printf '#!/bin/sh\ntouch "%s"\nuntil [ -e "%s" ]; do sleep 0.02; done\nsed -i "s/texte/mot/" "$1"\n' \
    "$work/opened" "$work/held" > "$work/slow"
  chmod +x "$work/slow"
  (until [ -e "$work/opened" ]; do sleep 0.02; done; holding; wait) &
  run on_terminal "$work/slow"
  wait
  [[ "$output" == *"changed by somebody else meanwhile"* ]]
  [ "$(field 1 '.status + " " + .text')" = "withdrawn Le texte." ]
}

@test "edit in an editor: whatever its text is, an entry left as it is shown stays as it is" {
  texts=('  en retrait' $'une\n  deux' $'un\ttab' $'ligne\n\n\nautre' '- [a, b]: {c}' "'\"%&*!|>" $'fin\n' ':' '---' '…' $'\u00a0x')
  printf '#!/bin/sh\necho "# lu" >> "$1"\n' > "$work/read"
  chmod +x "$work/read"
  carnet add x
  for text in "${texts[@]}"; do
    carnet edit 1 --text "$text"
    before=$(carnet show 1 --json)
    on_terminal "$work/read"
    [ "$(carnet show 1 --json)" = "$before" ] || { echo "changed: $text"; return 1; }
  done
}

@test "backup and restore" {
  carnet add un
  carnet backup "$work/copie.sqlite"
  carnet add deux
  carnet restore "$work/copie.sqlite"
  [ "$(carnet entries --json | jq length)" -eq 1 ]
  [ -f "$S/logbook.sqlite.before-restore" ]
  printf 'une lettre' > "$work/lettre"
  run carnet backup "$work/lettre"
  [ "$status" -eq 3 ]
  [ "$(<"$work/lettre")" = "une lettre" ]
  run carnet restore "$work/lettre"
  [ "$status" -eq 3 ]
  [ "$(carnet entries --json | jq length)" -eq 1 ]
}

@test "a damaged logbook is refused, and restore mends it; a newer one is refused" {
  carnet add un
  carnet backup "$work/copie.sqlite"
  printf 'x%.0s' {1..2000} > "$S/logbook.sqlite"
  run carnet entries
  [ "$status" -eq 3 ]
  [[ "$output" == *"carnet restore"* ]]
  carnet restore "$work/copie.sqlite"
  [ "$(carnet entries --json | jq length)" -eq 1 ]
  sqlite3 "$S/logbook.sqlite" 'PRAGMA user_version = 99'
  run carnet entries
  [ "$status" -eq 3 ]
  [[ "$output" == *newer* ]]
}

@test "two writers at once both succeed" {
  for i in 1 2 3 4 5 6 7 8; do carnet add "entrée $i" > /dev/null & done
  wait
  [ "$(carnet entries --json | jq length)" -eq 8 ]
  [ "$(sqlite3 "$S/logbook.sqlite" 'PRAGMA integrity_check')" = ok ]
}

@test "asrun of an empty log" {
  [ "$(carnet asrun --json)" = "[]" ]
  run carnet asrun 2020-03-17-soir
  [ "$status" -eq 0 ]
}

@test "every verb has help" {
  for verb in add entries show edit approve reject withdraw undo backup restore asrun; do
    run carnet "$verb" --help
    [ "$status" -eq 0 ]
    [[ "$output" == *"carnet $verb"* ]]
  done
}
