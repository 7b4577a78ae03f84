#!/usr/bin/env bats
# How it sounds: a sentence by each voice with its picture, and what instruments say of the voices of the sample station.
bats_require_minimum_version 1.5.0
load trace.bash
load station.bash

setup_file() {
  CARNET_STATION='' KEEP=$BATS_FILE_TMPDIR/figures "$BATS_TEST_DIRNAME/../voices.sh" >"$BATS_FILE_TMPDIR/report.md"
}

setup() {
  station_environment
  station_new
}

# figure VOICE[-before] NAME: of what tests/voices.sh measured
figure() { awk -F'\t' -v name="$2" '$1 == name { print $2 }' "$BATS_FILE_TMPDIR/figures/$1.figures"; }
# holds EXPRESSION: of awk
holds() { awk "BEGIN { exit !($1) }" || { echo "not so: $1 ($2)"; return 1; }; }

VOICES='claire elena emma john lucie marc paul'

@test "voices: four to five syllables a second, breaths within and pauses between sentences, no click" {
  local voice sounds=$BATS_FILE_TMPDIR/figures
  for voice in $VOICES; do
    holds "$(<"$sounds/$voice.syllables") / $(figure "$voice" seconds) > 4" "$voice is slow"
    holds "$(<"$sounds/$voice.syllables") / $(figure "$voice" seconds) < 5" "$voice is quick"
    holds "$(figure "$voice" pause90) > 400 && $(figure "$voice" pause90) < 700" "$voice's longest silences"
    holds "$(figure "$voice" first) < -90 && $(figure "$voice" last) < -90 && $(figure "$voice" edge) < -60" "$voice clicks"
    holds "$(figure "$voice" lead) < 30 && $(figure "$voice" tail) < 50" "$voice has silence around it"
  done
}

@test "voices: those of one language are told apart by their pitch" {
  local one other
  set -- claire lucie marc paul
  for one in "$@"; do
    for other in "$@"; do
      [ "$one" = "$other" ] || holds "(12 * log($(figure "$one" pitch50) / $(figure "$other" pitch50)) / log(2)) ^ 2 > 4 ^ 2" "$one, $other"
    done
  done
  holds "$(figure emma pitch50) > 1.5 * $(figure john pitch50)" "emma, john"
}

@test "voices: the polish takes rumble and buzz, is not harsh, and what it adds above 11 kHz goes on falling" {
  local voice k
  for voice in $VOICES; do
    holds "$(figure "$voice" 'band 0-80') < $(figure "$voice-before" 'band 0-80') - 1" "$voice rumbles"
    [ "$voice" = marc ] || holds "$(figure "$voice" buzz) < $(figure "$voice-before" buzz) - 1.5" "$voice buzzes"
    holds "$(figure "$voice" buzz) < -12" "$voice buzzes"
    holds "$(figure "$voice" hiss) < $(figure "$voice-before" hiss) + 4.5 && $(figure "$voice" hiss) < -16" "$voice is harsh"
    holds "$(figure "$voice" crest) < $(figure "$voice-before" crest) - 1" "$voice is uneven"
    holds "$(figure "$voice-before" images) < -50" "the resampler of $voice leaves images by itself"
    for k in 9 10 11 12 13; do # a mirror would rise from 11 on
      holds "$(figure "$voice" "vowels $((k + 1))") < $(figure "$voice" "vowels $k") - 2" "$voice, vowels, $k kHz"
      holds "$(figure "$voice" "consonants $((k + 1))") < $(figure "$voice" "consonants $k") - 2" "$voice, consonants, $k kHz"
    done
  done
}

# The news of tests/spoken/breaths.fr.txt: what is cut where is told by build/tests/test_speech_phrases.
# bats test_tags=long
@test "fifteen news by four voices: no clip begins or ends with a click or with silence; breaths are shorter than pauses" {
  local line voice n=0 names=(claire lucie marc paul) F
  while read -r line; do
    [[ $line != \#* ]] || continue
    n=$((n + 1))
    [ $((n % 2)) = 0 ] || continue
    voice=${names[n / 2 % 4]}
    carnet -q say -v "$voice" -o "$T/news.wav" -- "${line// \/ / }" >/dev/null 2>&1
    F=$T/news.figures
    "${TOOLS:-$REPO/build/tools}/listen" "$T/news.wav" >"$F"
    awk -F'\t' '{ f[$1] = $2 }
      END { exit !(f["first"] < -80 && f["last"] < -80 && f["edge"] < -60 && f["lead"] < 15 && f["tail"] > 5 && f["tail"] < 31 && f["pause90"] < 400) }' "$F" ||
      { echo "$voice: $line"; cat "$F"; return 1; }
  done <"$REPO/tests/spoken/breaths.fr.txt"
  [ "$n" -ge 30 ]
}

@test "between two entries there is more silence than between two sentences" {
  script_short court
  for text in "Le marché rouvre samedi." "La piscine ferme à midi." "Une conteuse vient au bourg."; do add "$text" --kind announcement >/dev/null; done
  carnet -q produce --script court
  local sentence
  for script in "$S"/scripts/*.yaml; do # at the least that a script allows, the clips' own margins of 40 ms counted
    sentence=$(sed -n 's/^pauses: {least: \([0-9.]*\),.*/\1/p' "$script")
    holds "${sentence:-0.5} + 0.04 > 0.5" "$script"
  done
  jq -e '[.items as $i | range(1; $i | length - 1) | select($i[.].type == "pause" and $i[. - 1].entry and $i[. + 1].entry) | $i[.].frames]
    | length == 2 and all(. > 24000)' "$(edition court)/cues.json"
}

@test "voices lists them with a sentence in their language" {
  run --separate-stderr carnet voices
  [ "$status" = 0 ]
  [[ $output == *claire*"Ce samedi"* && $output == *john*"This Saturday"* && $output == *elena*"Este sábado"* ]]
  [[ $stderr == *"--sample DIR"* ]]
  carnet voices --json | jq -e 'all(.sample != "" and (has("sound") | not)) and (map(.language) | unique == ["en", "es", "fr"])'
}

@test "voices --sample writes a sentence by each, as say would, and a picture" {
  local voice sentence
  run --separate-stderr carnet voices --sample "$T/out" --json
  [ "$status" = 0 ]
  jq -e 'length == 7 and all(.seconds > 3 and .seconds < 15)' <<<"$output"
  for voice in $VOICES; do
    sentence=$(jq -r --arg name "$voice" '.[] | select(.name == $name) | .sample' <<<"$output")
    [ "$(jq -r --arg name "$voice" '.[] | select(.name == $name) | .picture' <<<"$output")" = "$T/out/$voice.png" ]
    carnet say "$sentence" -v "$voice" -o "$T/said.wav" 2>/dev/null
    cmp "$T/said.wav" "$T/out/$voice.wav"
    [ "$(ffprobe -v error -show_entries stream=codec_name,width,height -of csv=p=0 "$T/out/$voice.png")" = png,1200,520 ]
  done
  refute cmp -s "$T/out/claire.png" "$T/out/marc.png"
  # again, over what is there: the same bytes
  cp -r "$T/out" "$T/first"
  echo old >"$T/out/claire.png"
  run -0 carnet voices --sample "$T/out"
  [[ $output == *"$T/out/claire.wav"* ]]
  diff -r "$T/first" "$T/out"
}

# bats test_tags=long
@test "voices --sample: a voice that fails is told, the others go on" {
  echo 'engine: [' >"$S/voices/broken.yaml"
  told 3 "broken.yaml:2:1" voices --sample "$T/out"
  [ ! -e "$T/out/broken.wav" ]
  [ -s "$T/out/paul.png" ]
  printf 'command: [/bin/false]\n' >"$S/voices/faux.yaml"
  printf 'voice: zz-nowhere\n' >"$S/voices/nowhere.yaml"
  told 3 "3 voices failed" voices --sample "$T/all" --json
  [[ $stderr == *"faux"*"eSpeak NG speaks instead"* && $stderr == *"voice faux: it could not say"* ]]
  [[ $stderr == *broken.yaml* && $stderr == *zz-nowhere* ]]
  jq -e '(map(select(.error)) | length == 3) and (map(select(.sound)) | length == 7)' <<<"$output"
  [ ! -e "$T/all/faux.wav" ]
  [ ! -e "$T/all/nowhere.png" ]
  [ -s "$T/all/marc.wav" ]
  # listed all the same, and told
  told 3 "broken.yaml:2:1" voices
  [[ $output == *claire* ]]
}

@test "voices --sample: a folder that cannot be written, a file in its place" {
  echo file >"$T/file"
  told 3 "$T/file" voices --sample "$T/file"
  [ "$(<"$T/file")" = file ]
  told 2 "" voices --sample
}

# bats test_tags=long
@test "voices --sample: Ctrl-C leaves nothing half-written" {
  printf 'command: [sleep, 3]\n' >"$S/voices/aaa.yaml"
  "$CARNET" -C "$S" voices --sample "$T/out" >"$T/said" 2>&1 &
  local pid=$! status_of=0
  for _ in $(seq 200); do [ -d "$T/out" ] && break; sleep 0.05; done
  kill -INT "$pid"
  wait "$pid" || status_of=$?
  cat "$T/said"
  [ "$status_of" = 4 ]
  grep -q interrupted "$T/said"
  [ -z "$(ls -A "$T/out")" ]
}
