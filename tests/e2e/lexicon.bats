#!/usr/bin/env bats
# The lexicon as it is heard in a bulletin, and the verbs that keep it: carnet lexicon list, add, test, check.

bats_require_minimum_version 1.5.0
load trace.bash
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

@test "a bulletin's voices have entries of their own" {
  lexicon <<'END'
- {word: Kervalan, say: quervalane, voice: claire}
- {word: Kervalan, say: quère valanne, voice: paul}
END
  script_short court
  add "La navette de Kervalan part à dix heures."
  spoken court | grep -F "La navette de quervalane part à dix heures."
  sed -i 's/presenter: claire/presenter: paul/' "$S/scripts/court.yaml"
  carnet rundown --script court --again --json | jq -r '.items[].spoken // ""' | grep -F "La navette de quère valanne part"
  [ "$(carnet say --text -v paul "À Kervalan")" = "À quère valanne" ]
  [ "$(carnet say --text -v lucie "À Kervalan")" = "À Kervalan" ]
}

@test "what a person writes as spoken may hold the notation, and is shown without" {
  script_short court
  add "Le CCAS de Kervalan ouvre à dix heures."
  carnet -q rundown --script court
  local file
  file=$(edition court)/rundown.yaml
  cat >>"$file" <<'END'
  - type: speech
    spoken: "Et {plutôt|/plyto/} de l'{open data|en} {que|/[[k@t]]/} {rien|../x}."
    language: fr
    voice: claire
END
  carnet -q produce --script court
  spoken court | grep -F "Et {plutôt|/plyto/} de l'{open data|en} {que|/[[k@t]]/} {rien|../x}."
  transcript court | grep -F "Et plutôt de l'open data que rien."
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

# --- the verbs -----------------------------------------------------------------------

@test "list: entries with their lines, by word and language" {
  lexicon <<'END'
# a comment
- {word: EHPAD, say: épade}

- word: Framapad
  say: frama pade
  voice: paul
END
  lexicon en <<<'- {word: mairie, say: mayree}'
  run -0 carnet lexicon list
  [[ $output == *"fr:2"*EHPAD*'say "épade"'* && $output == *"fr:4"*Framapad*"voice paul"* && $output == *en:1*mairie* ]]
  run -0 carnet lexicon list FRAMA --language fr
  [ "$(wc -l <<<"$output")" = 2 ]
  carnet lexicon list --json | jq -e 'map(select(.lexicon != "es")) | map(.lexicon + ":" + (.line | tostring) + " " + .word)
    == ["en:1 mairie", "fr:2 EHPAD", "fr:4 Framapad"]'
  carnet lexicon list --language fr --json | jq -e '.[1].voice == "paul" and .[0].case and (.[1].case | not)'
  carnet lexicon list rien --json | jq -e '. == []'
  told 2 --language lexicon list --language ../x
  told 2 "list, add, test, check" lexicon effacer
  told 2 "argument is missing" lexicon
}

@test "add: a line more, all else byte for byte, and what is heard before and after" {
  printf '# ours\r\n- {word: EHPAD, say: épade}   # read as a word\n\n# the end, without a newline' | lexicon
  chmod 640 "$S/voices/lexicon.fr.yaml"
  cp "$S/voices/lexicon.fr.yaml" "$T/before"
  run -0 carnet lexicon add plutôt --ipa plyto
  [[ $output == *"voices/lexicon.fr.yaml:5: plutôt  ["*"] → [plytˈo]"* ]]
  head -c "$(wc -c <"$T/before")" "$S/voices/lexicon.fr.yaml" | cmp - "$T/before"
  [ "$(tail -n 1 "$S/voices/lexicon.fr.yaml")" = '- {word: "plutôt", ipa: "plyto"}' ]
  [ "$(stat -c %a "$S/voices/lexicon.fr.yaml")" = 640 ]
  carnet -q lexicon add "open data" --language en >/dev/null
  carnet -q lexicon add CCAS --spell --first "le CCAS, centre communal d'action sociale" >/dev/null
  carnet -q lexicon add Zoom --say zoume --case sensitive >/dev/null
  carnet -q lexicon add Kervalan --say "quère valanne" --voice paul >/dev/null
  [ "$(carnet say --text -l fr "Le CCAS, plutôt que l'open data, Zoom et zoom")" = \
    "Le cé cé a esse, centre communal d'action sociale, {plutôt|/plyto/} que l'{open data|en}, zoume et zoom" ]
  # Into another language's, which is not there yet.
  carnet -q lexicon add kayak --spell --lexicon-language nl >/dev/null
  carnet lexicon list --language nl --json | jq -e '.[0].word == "kayak" and .[0].spell'
  # What was so already is told.
  run --separate-stderr carnet lexicon add chat --say chat
  [[ $status = 0 && $stderr == *"said so already"* ]]
}

@test "add: refused, and the file stays as it is" {
  lexicon <<'END'
- {word: EHPAD, say: épade}
- {word: plutôt, ipa: plyto}
END
  cp "$S/voices/lexicon.fr.yaml" "$T/before"
  told 3 'lexicon.fr.yaml:2: "plutôt" is there already' lexicon add Plutôt --say plutau
  told 3 'lexicon.fr.yaml:1: "EHPAD" is there already' lexicon add EHPAD --spell
  told 3 '"q" is no sound' lexicon add mot --ipa 'q'
  told 3 '"xx!" is no language' lexicon add mot --language 'xx!'
  told 3 '"zz" is no language' lexicon add mot --language zz
  told 3 'a word begins with' lexicon add '!' --say x
  told 3 'too short' lexicon add '' --say x
  told 3 nobody lexicon add mot --say x --voice nobody
  told 2 'how is it said' lexicon add mot
  told 2 'one of them' lexicon add mot --say a --ipa plyto
  told 2 'one of them' lexicon add mot --spell --language en
  told 2 any lexicon add mot --spell --case maybe
  told 2 --lexicon-language lexicon add mot --spell --lexicon-language ../fr
  told 2 'argument is missing' lexicon add --spell
  told 2 'too many' lexicon add un mot --spell
  cmp "$S/voices/lexicon.fr.yaml" "$T/before"
}

# bats test_tags=long
@test "add: nothing of what is given becomes YAML, an escape or a sound" {
  lexicon <<<'- {word: EHPAD, say: épade}'
  local values=($'a\nb' $'a\n- {word: b, say: c}' $'\e[31mrouge' $'\u202erouge' $'\x01' '{b|/plyto/}' 'a|en' $'\xee\x80\x80a' $'\u2028a')
  local value
  for value in "${values[@]}"; do
    run --separate-stderr carnet lexicon add mot --say "$value"
    is_printable <<<"$output$stderr"
    run --separate-stderr carnet lexicon add "x$value" --say mot
    is_printable <<<"$output$stderr"
  done
  for value in 'a", language: "en' "a' # b" 'a: b' 'a], [word: c' '&x' '*x' '!!int 3' '%TAG' '@a' '`id`' '$(touch pwned)' '[[k@t]]' '- a' '? a' 'null' 'yes' '3.5' '\n' '\x41' 'a\'; do
    carnet lexicon add "mot $((++n))" --say "$value" >/dev/null
    carnet lexicon add "m$n $value" --spell >/dev/null
    carnet lexicon list --json | jq -e --arg word "mot $n" --arg say "$value" 'any(.word == $word and .say == $say)'
    carnet lexicon list --json | jq -e --arg word "m$n $value" 'any(.word == $word and .spell)'
    is_printable <<<"$(carnet say --text -l fr "mot $n")"
  done
  [ ! -e pwned ]
  # A line an entry: the ones that were refused left nothing.
  [ "$(grep -c '^- {word: ' "$S/voices/lexicon.fr.yaml")" = "$(wc -l <"$S/voices/lexicon.fr.yaml")" ]
  ! carnet say --text -l fr "mot 12" | grep -F '['
}

# bats test_tags=long
@test "add: a file with a mistake is shown at its line, and not made longer" {
  printf -- '- {word: a, say: b}\n- {wrod: c, say: d}\n' | lexicon
  cp "$S/voices/lexicon.fr.yaml" "$T/before"
  told 3 "voices/lexicon.fr.yaml:2:" lexicon add mot --spell
  told 3 "voices/lexicon.fr.yaml:2:" lexicon test
  told 3 "voices/lexicon.fr.yaml:2:" lexicon list
  told 3 "voices/lexicon.fr.yaml:2:" lexicon check "Un mot"
  cmp "$S/voices/lexicon.fr.yaml" "$T/before"
  # A list between brackets takes no line at its end.
  printf '[{word: a, say: b}]\n' | lexicon
  told 3 "voices/lexicon.fr.yaml:2:" lexicon add mot --spell
  # Comments alone, and nothing at all, take one.
  printf '# ours\n' | lexicon
  carnet lexicon add mot --spell
  : | lexicon
  carnet lexicon add mot --spell
  nothing_half_written
}

@test "add: a folder that cannot be written is a failure that says so" {
  [ "$(id -u)" != 0 ] || command -v setpriv >/dev/null || skip "root writes everywhere, and no setpriv to be nobody"
  lexicon <<<'- {word: EHPAD, say: épade}'
  touch "$S/voices/.lexicon.lock"
  chmod 755 "$T" "$S" "$BATS_RUN_TMPDIR" "$BATS_FILE_TMPDIR" 2>/dev/null || true
  chmod a+rX -R "$S"
  chmod 555 "$S/voices"
  local be=()
  [ "$(id -u)" != 0 ] || be=(setpriv --reuid 65534 --regid 65534 --clear-groups)
  run --separate-stderr "${be[@]}" "$CARNET" -C "$S" lexicon add mot --spell
  chmod 755 "$S/voices"
  echo "# $status: $stderr"
  [ "$status" != 0 ]
  [ "$status" -lt 70 ]
  [[ $stderr == *voices* || $stderr == *"no station here"* ]]
  [ "$(wc -l <"$S/voices/lexicon.fr.yaml")" = 1 ]
}

@test "a lexicon on a share that is away: told, and the link stays" {
  rm "$S/voices/lexicon.fr.yaml"
  ln -s nowhere "$S/voices/lexicon.fr.yaml"
  told 3 'lexicon.fr.yaml' lexicon add Kerfaout --say kerfaoute
  told 3 'lexicon.fr.yaml' say --text 'Le CCAS est ouvert.'
  [ "$(readlink "$S/voices/lexicon.fr.yaml")" = nowhere ]
}

@test "add: two at once, and both are kept" {
  lexicon <<<'- {word: EHPAD, say: épade}'
  local i pids=()
  for i in 1 2 3 4 5 6; do
    carnet -q lexicon add "mot$i" --say "mot numéro $i" >/dev/null &
    pids+=($!)
  done
  wait "${pids[@]}"
  [ "$(carnet lexicon list mot --language fr --json | jq 'map(.word) | sort == ["mot1", "mot2", "mot3", "mot4", "mot5", "mot6"]')" = true ]
  nothing_half_written
}

@test "test: what each entry changes, and what changes nothing" {
  lexicon <<'END'
- {word: EHPAD, say: épade}
- {word: CCAS, spell: yes}
- {word: fils, say: fil, before: [électriques]}
END
  run -0 --separate-stderr carnet lexicon test --language fr
  [[ $output == *fr:1*EHPAD*epˈad* && $output == *fr:2*CCAS*"changes nothing"* && $output == *fr:3*fils*before* ]]
  [[ $stderr == *"1 entry of 3 changes nothing"* ]]
  run -0 --separate-stderr carnet lexicon test ehpad
  [ "$(wc -l <<<"$output")" = 2 ]
  told 3 '"zut" is not in the lexicon' lexicon test EHPAD zut
}

@test "check: each doubt with its reason, its place, what is heard and the line to type" {
  run --separate-stderr carnet lexicon check "Un briefing à l'ENSA, sur mon truPhone : B2B, xqz, Fañch, Kermarc'h."
  echo "$output"
  [ "$status" = 3 ]
  [[ $stderr == *"words may be misread"* ]]
  [[ $output == *ENSA*"the lexicon does not know"*"line 1, column "*"eSpeak NG says ["*"carnet lexicon add ENSA --spell"* ]]
  [[ $output == *'carnet lexicon add truPhone --say "tru phone"'* && $output == *'carnet lexicon add "Kermarc'"'"'h" --say'* ]]
  [[ $output != *briefing$'  '* ]] # eSpeak says it in English by itself
  run --separate-stderr carnet lexicon check "Un briefing à l'ENSA" --json
  [ "$status" = 3 ]
  jq -e 'length == 1 and .[0].word == "ENSA" and .[0].reason == "sigle" and .[0].line == 1 and .[0].column == 17
    and .[0].remedy == "--spell" and (.[0].ipa | length > 3) and .[0].times == 1' <<<"$output"
  # The lines that it gives settle it.
  carnet lexicon check "L'ENSA, un truPhone" | sed -n 's/^ *carnet lexicon add/lexicon add/p' >"$T/lines" || true
  [ "$(wc -l <"$T/lines")" = 2 ]
  while read -r line; do eval "carnet $line"; done <"$T/lines"
  run -0 carnet lexicon check "L'ENSA, un truPhone"
  [ -z "$output" ]
  carnet lexicon check --json "Rien." | jq -e '. == []'
}

@test "check: standard input, a day's entries, what was taken back is left out" {
  printf 'Une ligne.\r\nUn truPhone \xe0 la mairie.\n' >"$T/latin1"
  run carnet lexicon check - <"$T/latin1"
  [[ $status = 3 && $output == *"line 2, column 4"* ]]
  add --title "Un truPhone perdu" "Il est à la mairie." --place Kervalan
  carnet -q add "Un OpenMachin"
  carnet -q reject 2
  add --date yesterday "Un OpenTruc"
  add --language en-GB "An truPhone, a naïve meeting"
  run carnet lexicon check --date today
  # By the lexicon of the entry's language.
  [[ $output == *'carnet lexicon add truPhone --say "tru phone"'$'\n'* ]]
  [[ $output == *'carnet lexicon add truPhone --say "tru phone" --lexicon-language en'* ]]
  [[ $status = 3 && $output == *"entry 1: Un truPhone perdu"* && $output != *OpenMachin* && $output != *OpenTruc* ]]
  told 2 "what is checked" lexicon check
  told 2 "what is checked" lexicon check texte --date today
  told 2 "" lexicon check un texte
  told 3 "is not a day" lexicon check --date demain-peut-être
  printf '\0\1' >"$T/binary"
  run carnet lexicon check - <"$T/binary"
  [ "$status" = 3 ]
}

@test "check: hostile text is only text" {
  run --separate-stderr carnet lexicon check $'\e[31mtruPhone\e[0m $(touch pwned)B2B `id` [[k@t]] {truPhone|en} \u202eOpenTruc'
  [ "$status" = 3 ]
  is_printable <<<"$output$stderr"
  [ ! -e pwned ]
  run carnet lexicon check -l 'zz;touch pwned' "un truPhone"
  [[ $output == *'--lexicon-language zz'* && $output != *touch* ]]
  head -c 300000 /dev/urandom | base64 -w 50 >"$T/noise"
  run timeout 120 "$CARNET" -C "$S" lexicon check - <"$T/noise"
  [ "$status" = 3 ]
  is_printable <<<"$output"
}

# --- done when --------------------------------------------------------------------------

# What a reader would not say: anything but words, their apostrophes and hyphens, and pauses;
# a piece of the lexicon's is {words|/sounds/} or {words|language}.
only_what_is_said() {
  ! sed -E 's#\{([^{|}]+)\|(/[^{|}/]+/|[a-z]+(-[A-Za-z0-9]+)*)\}#\1#g' | grep -nP "[^\p{L}\p{M}0-9 .,;:!?'-]"
}

# say_texts: each line of $T/texts (language, text) as it is said, nothing that nobody says
say_texts() {
  local language
  for language in $(cut -f1 "$T/texts" | sort -u); do
    awk -F'\t' -v language="$language" '$1 == language { print $2 }' "$T/texts" >"$T/of_$language"
    carnet say --text -l "$language" - <"$T/of_$language" >"$T/said"
    [ $(($(wc -c <"$T/said") * 2)) -gt "$(wc -c <"$T/of_$language")" ]
    only_what_is_said <"$T/said"
  done
}

@test "the seven days of the sample, read aloud: nothing is left to settle, nothing that nobody says" {
  carnet -q import csv "$REPO/tests/data/sample/logbook.csv" --trust-status >/dev/null
  local days=0 day
  for day in $(carnet entries --json | jq -r '.[].date' | sort -u); do
    run carnet lexicon check --date "$day"
    echo "$day: $output"
    [ "$status" = 0 ]
    days=$((days + 1))
  done
  [ "$days" = 7 ]
  carnet entries --json | jq -r '.[] | [.language, .text] | @tsv' >"$T/texts"
  [ "$(wc -l <"$T/texts")" = 69 ]
  say_texts
}

@test "a real meeting pad, read aloud: nothing is left to settle, nothing that nobody says" {
  pad=$REPO/../shared/pads/reunion-17-mars.txt
  [ -e "$pad" ] || skip "no ../shared/pads beside this checkout"
  carnet -q import pad "$pad" --date 2020-03-17
  run carnet lexicon check --date 2020-03-17
  [ "$status" = 0 ]
  carnet entries --json | jq -r '.[] | [.language // "fr", .text] | @tsv' >"$T/texts"
  [ "$(wc -l <"$T/texts")" -gt 20 ]
  say_texts
}
