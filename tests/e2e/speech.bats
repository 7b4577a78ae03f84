#!/usr/bin/env bats
# carnet say, voices and cache: the spoken form, phonemes, a WAV that other
# tools open, hostile and deadly text, the cache, a lexicon edited on the spot.

load trace.bash

setup() {
  root="$BATS_TEST_DIRNAME/../.."
  carnet="${CARNET:-$root/build/carnet}"
  station="$(mktemp -d)"
  cp -r "$root/voices" "$station/"
  printf 'name: Radio du Port\nlanguage: fr\nzone: Europe/Paris\nicecast: {host: 127.0.0.1, port: 8000}\nmounts: []\n' \
    >"$station/station.yaml"
  export LC_ALL=C.UTF-8
}

teardown() { rm -rf "$station"; }

say() { "$carnet" -C "$station" say "$@"; }

@test "say --text prints the spoken form" {
  run say --text "RDV à 14h30 à l'EHPAD, n°5 (cf. https://exemple.org/a)."
  [ "$status" -eq 0 ]
  [ "$output" = "rendez-vous à quatorze heures trente à l'épade, numéro cinq." ]
}

@test "say --ipa prints phonemes" {
  run say --ipa "authentique"
  [ "$status" -eq 0 ]
  [[ "$output" == *"otɑ̃tˈik"* ]]
}

# A wrong respelling of the lexicon, or a rule's words that eSpeak reads otherwise, shows here.
@test "what is written in two ways sounds the same" {
  local written said pairs=0
  while IFS=$'\t' read -r written said; do
    [[ "$written" == \#* ]] && continue
    run diff <(say --ipa -l fr -- "$written" | sed 's/[ ˈˌ-]//g') <(espeak-ng -v fr --ipa -q -- "$said" | sed 's/[ ˈˌ-]//g') # breaks and stress apart
    [ "$status" -eq 0 ] || { echo "$written / $said: $output"; return 1; }
    pairs=$((pairs + 1))
  done <"$root/tests/spoken/fr.alike.tsv"
  [ "$pairs" -ge 20 ]
}

# Measured on espeak-ng 1.51: what it misreads when left alone.
@test "the words that eSpeak misreads are said right" {
  while read -r word phonemes; do
    run say --ipa -l fr -- "$word"
    [ "$output" = "$phonemes" ] || { echo "$word: $output"; return 1; }
  done <<'END'
authentique otɑ̃tˈik
testament tɛstamˈɑ̃
mythe mˈit
plutôt plytˈo
bientôt bjɛ̃tˈo
fils fˈis
respect ʁɛspˈɛ
END
}

@test "say -o writes a WAV that sox opens" {
  say "Bonjour à toutes et tous." -v paul -o "$station/a.wav"
  [ "$(soxi -r "$station/a.wav")" = 48000 ]
  [ "$(soxi -c "$station/a.wav")" = 1 ]
  seconds="$(soxi -D "$station/a.wav")"
  awk -v s="$seconds" 'BEGIN { exit !(s > 0.8 && s < 4) }'
}

@test "say -o - writes to standard output, twice the same bytes" {
  say "La mairie ouvre à huit heures." -o - >"$station/a.wav"
  rm -r "$station/cache"
  say "La mairie ouvre à huit heures." -o - >"$station/b.wav"
  cmp "$station/a.wav" "$station/b.wav"
}

@test "text comes from standard input, in Latin-1 too" {
  run bash -c "printf 'Rendez-vous \\340 l\\264\\351t\\351 15h' | iconv -f latin1 -t latin1 | '$carnet' -C '$station' say --text -"
  [ "$status" -eq 0 ]
  [[ "$output" == "Rendez-vous à l'été quinze heures" ]]
}

@test "a dictionary that cannot be read is told, and no clip of what eSpeak says without it is kept" {
  local data dictionary
  bats_require_minimum_version 1.5.0
  mkdir "$station/data"
  data=$(espeak-ng --version | sed 's/.*Data at: //')
  cp -R "$data" "$station/data/espeak-ng-data"
  for dictionary in missing empty cut; do
    case $dictionary in
      missing) rm "$station/data/espeak-ng-data/fr_dict" ;;
      empty) : >"$station/data/espeak-ng-data/fr_dict" ;;
      cut) head -c 100 "$data/fr_dict" >"$station/data/espeak-ng-data/fr_dict" ;;
    esac
    ESPEAK_DATA_PATH=$station/data run --separate-stderr say 'Le lavoir est ouvert.' -o "$station/said.wav"
    echo "# $dictionary: $status $stderr"
    [ "$status" = 4 ]
    [[ $stderr == *'could not read its voice "fr'* ]]
    [ ! -e "$station/said.wav" ]
    [ -z "$(find "$station/cache" -name '*.wav')" ]
  done
  say "Le lavoir est ouvert." -o "$station/said.wav"
}

@test "strings that abort eSpeak come back as a clip" {
  for text in "$(printf "s'%.0s" {1..80})" "$(printf 'A.%.0s' {1..100})" "$(printf "s' %.0s" {1..300})"; do
    run say "$text" -o "$station/a.wav"
    [ "$status" -eq 0 ]
    [ -s "$station/a.wav" ]
  done
  # Found by tests/fuzz/speak.c, in other languages.
  local language piece times
  while read -r language piece times; do
    run say -l "$language" "$(for ((n = 0; n < times; n++)); do printf %s "$piece"; done)" -o "$station/a.wav"
    echo "$language $piece: $status $output"
    [ "$status" -eq 0 ]
    [ -s "$station/a.wav" ]
  done <<<$'es M. 303\nes .x 113\nde sh 394'
}

@test "hostile text is only text" {
  run say --text $'<audio src="/etc/passwd"/>[[k@t]] $(touch '"$station"$'/pwned) \e[31mrouge\u202e volume=10'
  [ "$status" -eq 0 ]
  [[ "$output" != *"["* && "$output" != *"<"* && "$output" != *$'\e'* && "$output" != *'$'* ]]
  [ ! -e "$station/pwned" ]
}

@test "1 MB of brackets and digits is quick" {
  head -c 1000000 /dev/urandom | tr -c '0-9.()[]' '1(.)' >"$station/big"
  run timeout 20 "$carnet" -C "$station" say -o "$station/a.wav" - <"$station/big"
  [ "$status" -eq 0 ]
}

@test "a lexicon's edit is heard at once, a wrong one is shown with its line" {
  printf -- '- {word: Kervalan, say: quère valanne}\n' >"$station/voices/lexicon.fr.yaml"
  run say --text "À Kervalan"
  [ "$output" = "À quère valanne" ]
  printf -- '- {word: a, say: b}\n- {wrod: c, say: d}\n' >"$station/voices/lexicon.fr.yaml"
  run say --text "À Kervalan"
  [ "$status" -eq 3 ]
  [[ "$output" == *"lexicon.fr.yaml:2:"* ]]
}

@test "English and Spanish have voices and rules of their own" {
  run say --text -l en "Meet at 2:30 pm"
  [ "$output" = "Meet at two thirty P M" ]
  run say --text -v elena "a las 18 h"
  [ "$output" = "a las dieciocho horas" ]
}

@test "another program speaks, and eSpeak NG when it fails" {
  command -v flite >/dev/null || skip "flite is not installed"
  printf 'command: [flite, -voice, slt, -o, "{out}"]\n' >"$station/voices/slt.yaml"
  run say -l en -v slt "Good morning." -o "$station/a.wav"
  [ "$status" -eq 0 ]
  [ -s "$station/a.wav" ]
  [[ "$output" != *instead* ]]
  printf 'command: [sh, -c, "exit 1"]\n' >"$station/voices/slt.yaml"
  run say -l en -v slt "Good morning." -o "$station/b.wav"
  [ "$status" -eq 0 ]
  [ -s "$station/b.wav" ]
  [[ "$output" == *"eSpeak NG speaks instead"* ]]
  run cmp -s "$station/a.wav" "$station/b.wav"
  [ "$status" -eq 1 ]
}

@test "an unknown voice is a clear error" {
  run say -v nobody "Bonjour"
  [ "$status" -eq 3 ]
  [[ "$output" == *nobody* ]]
}

@test "voices lists them, cache shows and prunes" {
  run "$carnet" -C "$station" voices --json
  [ "$(jq 'map(.name) | index("claire") != null' <<<"$output")" = true ]
  say "Un." >/dev/null 2>&1
  run "$carnet" -C "$station" cache --json
  [ "$(jq .clips <<<"$output")" = 1 ]
  run "$carnet" -C "$station" cache --prune --older-than 0 --json
  [ "$(jq .removed <<<"$output")" = 1 ]
  [ "$(jq .clips <<<"$output")" = 0 ]
  run "$carnet" -C "$station" cache --prune --max many
  [ "$status" -eq 2 ]
}
