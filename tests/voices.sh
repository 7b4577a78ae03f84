#!/usr/bin/env bash
# What the station's voices sound like, in figures: the tables of voices/README.md.
#   tests/voices.sh [VOICE…]          Markdown; all of voices/ when none is named
#   tests/voices.sh fr+klatt4 …       a voice of eSpeak's that could be one of ours, as it is
#   KEEP=DIR tests/voices.sh          the sounds that were measured are kept there: NAME.wav, NAME-before.wav
# Each voice says three sentences of the sample logbook, once with its polish and once without ("→" stands between the
# two), by the program itself; tests/tools/listen.c takes the figures and tells what they mean.
# Needs: make && make build/tools/listen.
set -euo pipefail
export LC_ALL=C.UTF-8

repo=$(cd "$(dirname "$0")/.." && pwd)
carnet=$(realpath "${CARNET:-$repo/build/carnet}")
listen=${TOOLS:-$repo/build/tools}/listen
if [ ! -x "$carnet" ] || [ ! -x "$listen" ]; then
  echo "voices.sh: make, and make build/tools/listen, come first" >&2
  exit 1
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
keep=${KEEP:-$folder/sounds}
mkdir -p "$keep"

declare -A said=(
  [fr]="La salle des fêtes est ouverte de 7 h à 21 h : eau chaude, lit de repos, soupe du jour. Comment faire les \
devoirs à quatre enfants avec un seul téléphone ? Nous avons réparé dix-sept vieux ordinateurs au fond du garage \
municipal, et les voilà repartis pour cinq ans."
  [en]="The library has put together a list of audiobooks that play on any phone, without an account. Does anyone know \
if the boat to the island still sails on Fridays? My mother's medicine is on the other side."
  [es]="Hemos traducido los carteles de la farmacia al español y al árabe. ¿Quién puede ayudar a una familia del puerto \
con los formularios de la CAF? Solo hablan español y no tienen ordenador."
)

# key NAME: of the voice's file
key() { sed -n "s/^$2: *\"\{0,1\}\([A-Za-z0-9-]*\).*/\1/p" "$folder/station/voices/$1.yaml"; }

# say VOICE FILE TEXT: prints nothing
say() { "$carnet" -C "$folder/station" -q say -l "$language" -v "$1" -o "$2" -- "$3" >/dev/null 2>&1; }

# How many vowels eSpeak says: a diphthong is one syllable, a glide none.
syllables() {
  "$carnet" -C "$folder/station" say --ipa -l "$language" -v "$1" -- "$2" |
    sed 's/aɪ\|eɪ\|ɔɪ\|aʊ\|əʊ\|oʊ\|iə\|eə\|ʊə/a/g' | grep -o '[aeiouyøœɑɒæʌəɚɛɜɪɐɔʊ]' | wc -l
}

# figure FILE NAME: of what listen told
figure() { awk -F'\t' -v name="$2" '$1 == name { print $2 }' "$1.figures"; }
between() { printf '%.*f → %.*f' "${3:-1}" "$(figure "$keep/$1-before" "$2")" "${3:-1}" "$(figure "$keep/$1" "$2")"; }

"$carnet" -q init "$folder/station"
cp "$repo"/voices/*.yaml "$folder/station/voices/"
names=("$@")
if [ $# = 0 ]; then
  names=()
  for file in "$repo"/voices/*.yaml; do
    name=$(basename "$file" .yaml)
    case $name in lexicon.*) ;; *) names+=("$name") ;; esac
  done
fi
for name in "${names[@]}"; do
  file=$folder/station/voices/$name
  [ -e "$file.yaml" ] || printf 'voice: %s\nvariant: %s\n' "${name%%+*}" "${name#*+}" >"$file.yaml"
  language=$(key "$name" voice)
  sed '/^polish:/d' "$file.yaml" >"$file-before.yaml"
  for one in "$name" "$name-before"; do
    say "$one" "$keep/$one.wav" "${said[$language]}"
    "$listen" "$keep/$one.wav" >"$keep/$one.figures"
  done
  syllables "$name" "${said[$language]}" >"$keep/$name.syllables"
done

report() {
  echo '| voice | speaks as | syllables a second | pitch, Hz | silences, ms | crest, dB | starts, ends, dBFS |'
  echo '| --- | --- | --- | --- | --- | --- | --- |'
  for name in "${names[@]}"; do
    at=$keep/$name
    printf '| %s | %s+%s | %.1f | %.0f **%.0f** %.0f | %.0f–%.0f | %s | %.0f, %.0f |\n' "$name" "$(key "$name" voice)" \
      "$(key "$name" variant)" "$(echo "$(cat "$at.syllables") $(figure "$at" seconds)" | awk '{ print $1 / $2 }')" \
      "$(figure "$at" pitch10)" "$(figure "$at" pitch50)" "$(figure "$at" pitch90)" "$(figure "$at" pause10)" \
      "$(figure "$at" pause90)" "$(between "$name" crest)" "$(figure "$at" first)" "$(figure "$at" last)"
  done
  echo
  echo '| voice, dB | below 80 Hz | presence, 2–4 kHz | buzz: vowels, 3–8 kHz | hiss: consonants, 3–8 kHz | above 11.2 kHz |'
  echo '| --- | --- | --- | --- | --- | --- |'
  for name in "${names[@]}"; do
    printf '| %s | %s | %s | %s | %s | %s |\n' "$name" "$(between "$name" 'band 0-80')" \
      "$(awk -F'\t' '/^band (2000-3000|3000-4000)\t/ { sum[FILENAME] += 10 ^ ($2 / 10) }
          END { printf "%.1f → %.1f", 4.342944819 * log(sum[ARGV[1]]), 4.342944819 * log(sum[ARGV[2]]) }' \
        "$keep/$name-before.figures" "$keep/$name.figures")" \
      "$(between "$name" buzz)" "$(between "$name" hiss)" "$(between "$name" images)"
  done
  echo
  echo '| each kilohertz from … on, dB | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 |'
  echo '| --- | --- | --- | --- | --- | --- | --- | --- | --- |'
  for name in "${names[@]}"; do
    for what in vowels consonants; do
      printf '| %s, %s |' "$name" "$what"
      for k in 7 8 9 10 11 12 13 14; do printf ' %s |' "$(between "$name" "$what $k" 0)"; done
      echo
    done
  done
  echo
  echo '| voices of one language | semitones apart | timbre apart, dB |'
  echo '| --- | --- | --- |'
  for one in "${names[@]}"; do
    for other in "${names[@]}"; do
      if [[ ! $one < $other || $(key "$one" voice) != "$(key "$other" voice)" ]]; then continue; fi
      awk -F'\t' -v names="$one, $other" '
        $1 == "pitch50" { pitch[FILENAME] = $2 }
        /^band (80|300|1000|2000|3000|4000|6000)-/ { if ($1 in level) { sum += ($2 - level[$1]) ^ 2; n++ } else level[$1] = $2 }
        END { semitones = 12 * log(pitch[ARGV[1]] / pitch[ARGV[2]]) / log(2)
          printf "| %s | %.1f | %.1f |\n", names, semitones < 0 ? -semitones : semitones, sqrt(sum / n) }' \
        "$keep/$one.figures" "$keep/$other.figures"
    done
  done
}

report | sed 's/\([| ]\)-\([0-9]\)/\1−\2/g'
