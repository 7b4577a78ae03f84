#!/usr/bin/env bats
# The lexicon as it is heard in a bulletin, and the verbs that keep it: carnet lexicon list, add, test, check.

bats_require_minimum_version 1.5.0
load station.bash

setup() {
  station_environment
  station_new
}

lexicon() { cat >"$S/voices/lexicon.${1:-fr}.yaml"; }
spoken() { carnet rundown --script "$1" --json | jq -r '.items[] | select(.spoken) | .spoken'; }

@test "a first mention is in full once, in the bulletin's order, and every time the same" {
  lexicon <<'END'
- {word: CCAS, spell: yes, first: "le CCAS, centre communal d'action sociale"}
END
  script_short court
  add "Le CCAS de Kervalan ouvre à dix heures."
  add "Qui peut porter des paniers pour le CCAS, à vélo, jeudi ?"
  add "Merci au CCAS : ma voisine a reçu son pain, et des nouvelles."
  spoken court >"$T/one"
  cat "$T/one"
  [ "$(grep -c 'centre communal' "$T/one")" = 1 ]
  [ "$(grep -c 'cé cé a esse' "$T/one")" = 3 ]
  grep -n 'cé cé a esse' "$T/one" | head -n 1 | grep -q 'centre communal'
  cp "$(edition court)/rundown.yaml" "$T/rundown.yaml"
  rm -r "$S/cache" "$S/editions"
  taskset 1 "$CARNET" -C "$S" rundown --script court --json | jq -r '.items[] | select(.spoken) | .spoken' | cmp - "$T/one"
  cmp "$(edition court)/rundown.yaml" "$T/rundown.yaml"
  carnet -q produce --script court # and the gate finds the planned length
}

@test "a rundown that a person edited keeps its own words, and names what follows in short" {
  lexicon <<'END'
- {word: CCAS, spell: yes, first: "le CCAS, centre communal d'action sociale"}
END
  script_short court
  add "Le CCAS de Kervalan ouvre à dix heures."
  add "Le CCAS de Port-Aurelle ferme à midi."
  carnet -q rundown --script court
  local file
  file=$(edition court)/rundown.yaml
  sed -i 's/^\( *spoken: .*\)centre communal d.action sociale/\1maison commune/; s/ferme à midi/ferme à treize heures/' "$file"
  grep -q 'maison commune' "$file"
  spoken court >"$T/said"
  cat "$T/said"
  grep -q 'maison commune' "$T/said"
  [ "$(grep -c 'centre communal' "$T/said")" = 0 ]
}

@test "the notation is kept in a rundown, and a program that speaks gets plain words" {
  lexicon <<'END'
- {word: plutôt, ipa: plyto}
- {word: open data, language: en}
END
  script_short court
  add "Voici plutôt de l'open data {mot|/plyto/} [[k@t]]."
  spoken court | grep -F "Voici {plutôt|/plyto/} de l'{open data|en}, mot, plyto, k t."
  carnet -q produce --script court
  transcript court | grep -F "Voici plutôt de l’open data" || transcript court | grep -F "Voici plutôt de l'open data"
  refute grep -F '{plut' "$(edition court)/transcript.vtt"
  cat >"$S/voices/ecoute.yaml" <<'END'
command: [sh, -c, "cat >&2; exit 1"]
END
  run carnet say -v ecoute -l fr "Voici plutôt de l'open data."
  [ "$status" = 0 ]
  [[ $output == *"Voici plutôt de l'open data."* ]]
}
