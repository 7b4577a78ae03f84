#!/usr/bin/env bats
# The reader's language: under a French locale people read French (help, errors,
# tables, doctor), under C.UTF-8 English; programs (--json), files and the air
# get the same bytes in both. And po/fr.po holds every message. No network.

load trace.bash
load station.bash
bats_require_minimum_version 1.5.0

NBSP=$'\xc2\xa0'

setup() {
  station_environment
}

in_french() { LC_ALL=fr_FR.UTF-8 "$@"; }

verbs() { "$CARNET" help | sed -n 's/^  \([a-z]*\)   *[A-Z].*/\1/p'; }

# Lines said the same in both, but for blank ones and commands to type.
same_lines() { # FILE FILE
  comm -12 <(sort -u "$1") <(sort -u "$2") | grep -vE '^ *$|^  carnet |^  [A-Z]+=' || true
}

# aligned: descriptions of standard input's rows begin in one column
aligned() {
  perl -CSD -ne 'if (/^(  \S.*?  +)(?=\S)/) { $n{length $1}++ } END { print "# columns: ", join(" ", sort keys %n), "\n";
    exit !(keys %n == 1) }'
}

# same_bytes NAME COMMAND…: standard output does not depend on the locale
same_bytes() {
  local name=$1
  shift
  "$@" >"$T/$name.en" 2>/dev/null
  in_french "$@" >"$T/$name.fr" 2>/dev/null
  echo "# $name: $(wc -c <"$T/$name.en") bytes"
  [ -s "$T/$name.en" ]
  cmp "$T/$name.en" "$T/$name.fr"
}

small_station() {
  station_new
  add --kind problem --place Kervalan --endorsements 3 --title "Le pont" "Le pont est fermé jusqu'à lundi."
  add --kind alert --priority urgent --place Port-Aurelle "L'eau est coupée ce soir à 20h."
  add --language en --kind question "Who has a spare bicycle?"
  add --date 2020-03-16 "Une note d'hier, pour $(printf 'dire %.0s' {1..300})la même chose."
  script_short court 0:40
}

@test "the French locale is there" {
  locale -a | grep -qix 'fr_FR.utf-\?8'
}

@test "po/fr.po holds every message of the sources, none of them doubtful" {
  make -s -C "$REPO" BUILD="$T/po" "$T/po/carnet.pot"
  [ "$(grep -c '^msgid ' "$T/po/carnet.pot")" -gt 500 ]
  msgcmp "$REPO/po/fr.po" "$T/po/carnet.pot"
  run msgfmt --check --statistics -o /dev/null "$REPO/po/fr.po"
  echo "$output"
  [ "$status" -eq 0 ]
  [[ "$output" != *fuzzy* && "$output" != *untranslated* ]]
  # no message is cut at a macro, as xgettext does with G_GINT64_FORMAT
  run ! grep -nE '^msgid "([^"]|\\")*%"$' "$T/po/carnet.pot"
  # neither dates nor places of this machine
  run ! grep -nE "POT-Creation-Date|$REPO" "$T/po/carnet.pot" "$REPO/po/fr.po"
}

@test "French is set as French: no-break spaces, curly apostrophes" {
  # lines of commands to type apart
  sed 's/\\n/\n/g' <(msgattrib --no-wrap "$REPO/po/fr.po" | sed -n '/^msgstr/,/^$/p') >"$T/said"
  run grep -nP "^(?!  |\"  ).*( [:;?!](?![-_])|« | »|\p{L}'\p{L})" "$T/said"
  echo "$output"
  [ "$status" -eq 1 ]
}

@test "help in both languages, its columns straight" {
  "$CARNET" help >"$T/en"
  in_french "$CARNET" help >"$T/fr"
  grep -q 'Put a bulletin on the air' "$T/en"
  grep -q 'Mettre un bulletin à l’antenne' "$T/fr"
  [ -z "$(same_lines "$T/en" "$T/fr" | tee /dev/stderr)" ]
  [ "$(verbs | wc -l)" -ge 18 ]
  grep -E '^  [a-z]+  ' "$T/en" | aligned
  grep -E '^  [a-z]+  ' "$T/fr" | aligned
}

@test "every verb's help in both languages, its columns straight" {
  for verb in $(verbs); do
    echo "# $verb"
    "$CARNET" "$verb" --help >"$T/en"
    in_french "$CARNET" "$verb" --help >"$T/fr"
    [ "$(wc -l <"$T/en")" -gt 5 ]
    grep -q 'Show this help' "$T/en"
    grep -q 'Afficher cette aide' "$T/fr"
    [ -z "$(same_lines "$T/en" "$T/fr" | tee /dev/stderr)" ]
    grep -E '^  -' "$T/en" | aligned
    grep -E '^  -' "$T/fr" | aligned
  done
}

@test "errors in both languages, with the same status and place" {
  station_new
  run -2 carnet frobnicate
  [[ "$output" == *'unknown verb "frobnicate"'* ]]
  run -2 in_french carnet frobnicate
  [[ "$output" == *"verbe inconnu «${NBSP}frobnicate${NBSP}»"* ]]
  run -2 in_french carnet entries --frobnicate
  [[ "$output" == *'Option inconnue --frobnicate'*"«${NBSP}carnet entries --help${NBSP}» en dit plus"* ]]
  run -3 carnet show 4711
  [[ "$output" == *'there is no entry 4711'* ]]
  run -3 in_french carnet show 4711
  [[ "$output" == *'il n’y a pas de note 4711'* ]]
  sed -i '0,/^title:/s//titel:/' "$S/scripts/midi.yaml"
  run -3 carnet rundown --script midi
  echo "$output"
  [[ "$output" =~ midi\.yaml:([0-9]+:[0-9]+):\ unknown\ key ]]
  place=${BASH_REMATCH[1]}
  run -3 in_french carnet rundown --script midi
  echo "$output"
  [[ "$output" == *"midi.yaml:$place: clé inconnue «${NBSP}titel${NBSP}»"* ]]
}

@test "tables and states in both languages; what is shown can be typed" {
  station_new
  carnet add --kind problem --place Kervalan "Le pont est fermé." >/dev/null
  in_french carnet entries >"$T/fr"
  carnet entries >"$T/en"
  grep -q '^n° *date *genre *état *lieu *texte$' "$T/fr"
  grep -q 'problème *en attente *Kervalan' "$T/fr"
  grep -q 'problem *pending *Kervalan' "$T/en"
  [ "$(in_french carnet entries --status 'en attente' --kind problème --json | jq length)" = 1 ]
  [ "$(carnet entries --status 'en attente' --kind problème --json | jq length)" = 1 ]
  [ "$(in_french carnet approve 1)" = "1 note validée" ]
  [[ "$(in_french carnet show 1 --history)" == *validation* ]]
  [[ "$(carnet show 1 --history)" == *approve* ]]
  carnet add --approve "Encore une." --place Kervalan >/dev/null
  [ "$(in_french carnet reject 1 2)" = "2 notes écartées" ]
}

@test "a pad's guesses are explained in the reader's language" {
  station_new
  printf 'Réunion du 17 mars\n\n- Qui a un vélo à prêter ?\n- Le marché est ouvert samedi.\n' >"$T/pad.txt"
  [[ "$(carnet import pad "$T/pad.txt" --date 2020-03-17 --dry-run)" == *'question mark'*announcement* ]]
  [[ "$(in_french carnet import pad "$T/pad.txt" --date 2020-03-17 --dry-run)" == *'point d’interrogation'*annonce* ]]
}

@test "doctor in both languages" {
  station_new
  carnet doctor >"$T/en" || [ $? -eq 3 ]
  in_french carnet doctor >"$T/fr" || [ $? -eq 3 ]
  cat "$T/fr"
  grep -q 'logbook: whole' "$T/en"
  grep -q "carnet${NBSP}: intact" "$T/fr"
  grep -q 'voices/claire.yaml: speaks' "$T/en"
  grep -q "voices/claire.yaml${NBSP}: parle" "$T/fr"
  grep -q 'put it on the first line' "$T/en"
  grep -q 'mettez-le sur la première ligne' "$T/fr"
  # the names and lengths of scripts are all that both say alike
  [ -z "$(same_lines "$T/en" "$T/fr" | grep -v '^✓' | tee /dev/stderr)" ]
}

@test "JSON is the same bytes in both" {
  small_station
  same_bytes entries carnet entries --json
  same_bytes show carnet show 1 --history --json
  # the score holds how fresh an entry is, to the microsecond
  rundown() { carnet rundown --script court --explain --json | jq 'del(.candidates[].score)'; }
  same_bytes rundown rundown
  jq -e '.candidates | length >= 3 and all(.why != "")' "$T/rundown.en"
  jq -e 'any(.candidates[].why; contains("problem"))' "$T/rundown.en"
  same_bytes voices carnet voices --json
  same_bytes say carnet say --text --json "RDV à 14h30."
  same_bytes asrun carnet asrun --json
  printf '%s\n' '- Qui a un vélo à prêter ?' '- Annonce : le marché est ouvert samedi.' >"$T/pad.txt"
  same_bytes import carnet import pad "$T/pad.txt" --date 2020-03-17 --dry-run --json
  doctor() { carnet doctor --json | jq -c '.[] | select(.subject != "disk")'; }
  same_bytes doctor doctor
}

@test "the bulletin and its file do not depend on the locale" {
  small_station
  add "Jeanne Le Goff cherche un vélo." --author "Jeanne Le Goff" --attribution place
  script noon-court <<'YAML'
title: At noon, {date}
language: en
length: "3:00"
fit: at-most
voices: {presenter: emma}
order:
  - headlines: 1
  - entries: {most: 100}
YAML
  for name in court noon-court; do
    file=$(edition "$name")/rundown.yaml
    carnet -q rundown --script "$name" >/dev/null
    cp "$file" "$T/$name.en"
    before=$(stat -c %y "$file")
    in_french carnet -q rundown --script "$name" >/dev/null
    # what is heard, and how the file is explained; warnings are for whoever ran it
    diff <(sed '/^warnings:/,/^items:/d' "$T/$name.en") <(sed '/^warnings:/,/^items:/d' "$file")
    # sound made from it stays newer
    [ "$(stat -c %y "$file")" = "$before" ]
  done
  grep -q '^# Un conducteur' "$(edition court)/rundown.yaml"
  grep -q '^# A rundown' "$(edition noon-court)/rundown.yaml"
  grep -q 'is to be anonymous' "$T/noon-court.en"
  grep -q 'doit rester anonyme' "$(edition noon-court)/rundown.yaml"
}
