#!/usr/bin/env bats
# The command line as a person and a script meet it: help of every verb, the table of exit
# statuses, init, doctor and its advice, --json of every verb that has it, colours only on a
# terminal that wants them, the man page, bash completion, say from text to sound.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash

setup_file() {
  station_environment
  S=$BATS_FILE_TMPDIR/sample
  station_new
  script_short court 0:20
  add --kind question --place Kervalan "À quelle heure ouvre la halle ?" >/dev/null
  carnet -q produce --script court
}

setup() {
  station_environment
  cp -a "$BATS_FILE_TMPDIR/sample" "$S"
}

verbs() { "$CARNET" help | sed -n 's/^  \([a-z]\{2,\}\)  .*/\1/p'; }

# ends STATUS ARGUMENTS…: with nothing on standard output but help, and one line "carnet: …" first on the other
ends() {
  local wanted=$1
  shift
  run --separate-stderr "$CARNET" "$@"
  echo "carnet $*: $status (not $wanted?) $stderr"
  [ "$status" = "$wanted" ]
  [[ $stderr == carnet:\ * ]]
  [[ $stderr != *$'\n\n'* ]]
}

@test "help: the program and each verb tell what they do" {
  [ "$(verbs | wc -l)" -ge 20 ]
  run -0 "$CARNET" --help
  [[ $output == usage:* ]]
  for verb in $(verbs); do
    run -0 --separate-stderr "$CARNET" "$verb" --help
    [ -z "$stderr" ]
    [[ $output == *"carnet $verb"* && ${#output} -gt 150 ]]
    # Help needs no station, and is the same both ways.
    [ "$output" = "$("$CARNET" -C /nowhere help "$verb")" ]
  done
  run -0 "$CARNET" --version
  [[ $output =~ ^carnet\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "exit statuses: 2 for a wrong command line" {
  ends 2 frobnicate
  ends 2 help frobnicate
  ends 2 --frobnicate
  ends 2
  ends 2 -C
  for verb in $(verbs); do ends 2 -C "$S" "$verb" --frobnicate; done
  for verb in produce rundown doctor voices; do ends 2 -C "$S" "$verb" too many words; done
  for verb in add show edit approve undo backup restore say import; do ends 2 -C "$S" "$verb"; done
  ends 2 -C "$S" produce --also mp7
  for time in noon 12 12:60 12:-5 -1:30 24:00 12:00x; do ends 2 -C "$S" produce "--at=$time"; done
  ends 2 -C "$S" import board x
  ends 2 -C "$S" approve --place "" # an empty filter is not "everything"
}

@test "exit statuses: 3 for what a person can mend, 5 for the system, and a message that says where" {
  ends 3 -C "$S" show 99999
  ends 3 -C "$S" produce --date 2020-02-30
  ends 3 -C "$S" produce --script nothing
  ends 3 -C "$S" import pad /nowhere/notes.txt
  [[ $stderr == *"/nowhere/notes.txt"* ]]
  ends 3 -C /nowhere doctor
  [[ $stderr == *"carnet init"* ]]
  ends 3 -C "$S" say --voice nobody "Bonjour"
  ends 3 -C "$S" air
  [[ $stderr == *icecast.password* ]]
  status=0
  carnet entries >/dev/full 2>"$T/err" || status=$?
  [ "$status" = 5 ]
  grep -q 'standard output' "$T/err"
}

@test "what a script names and is not there is told at its line, by a path as the station was named" {
  cd "$S"
  sed -i 's/presenter: claire/presenter: absent/' scripts/midi.yaml
  ends 3 produce --script midi
  [[ $stderr == *"carnet: scripts/midi.yaml:$(grep -n absent scripts/midi.yaml | cut -d: -f1):"*'"absent"'* ]]
  sed -i '0,/jingle: ouverture/s//jingle: absente/' scripts/flash.yaml
  cd ..
  ends 3 -C station produce --script flash
  [[ $stderr == *"carnet: station/scripts/flash.yaml:$(grep -n absente station/scripts/flash.yaml | cut -d: -f1):"* ]]
  sed -i 's/file: nappe/file: introuvable/' station/scripts/soir.yaml
  ends 3 -C station rundown --script soir
  [[ $stderr == *"carnet: station/scripts/soir.yaml:$(grep -n introuvable station/scripts/soir.yaml | cut -d: -f1):"* ]]
}

@test "an address in the words of a new entry is its link, and a pruned cache is empty" {
  carnet add "Le plan est sur https://exemple.org/plan, venez." >/dev/null
  [ "$(carnet entries --json | jq -c '.[-1].links')" = '["https://exemple.org/plan"]' ]
  [ "$(carnet entries --json | jq -r '.[-1].text')" = 'Le plan est sur https://exemple.org/plan, venez.' ]
  carnet say "Bonjour." -o "$T/b.wav" >/dev/null
  [ "$(carnet cache --prune --max 0 --json | jq .clips)" = 0 ]
}

@test "init makes a station, and refuses a folder that holds something" {
  ends 3 init "$S"
  mkdir -p "$T/full"
  touch "$T/full/precious"
  ends 3 init "$T/full"
  [ "$(ls -A "$T/full")" = precious ]
  ends 3 init "$T/full/precious"
  mkdir "$T/empty"
  run -0 "$CARNET" init "$T/empty"
  run -0 "$CARNET" init "$T/new/deep one"
  for file in station.yaml voices/claire.yaml voices/jingles/ouverture.flac scripts/midi.yaml schedules logbook.sqlite sounds; do
    [ -e "$T/new/deep one/$file" ]
  done
  [ "$(stat -c %a "$T/empty/logbook.sqlite")" = 600 ]
  # The folder may also be named by the environment, or be this one.
  CARNET_STATION="$T/new/deep one" run -0 "$CARNET" entries
  cd "$T/empty"
  run -0 "$CARNET" entries
}

@test "doctor: a good station is well; a broken one is told, part by part, with what to do" {
  run -0 --separate-stderr carnet doctor
  [[ $output == *"voices/claire.yaml: "* && $output == *"scripts/midi.yaml: 5:00"* ]]
  run -0 --separate-stderr carnet doctor --json
  jq -e 'length > 10 and all(.level == "ok" or (.level == "warning")) and all(.subject != "" and .what != "")' <<<"$output"

  rm "$S/voices/jingles/virgule.flac"
  sed -i 's/^rate: .*/rate: fast/' "$S/voices/paul.yaml"
  sed -i 's/^  - headlines/  - headlinez/' "$S/scripts/noon.yaml"
  sed -i 's/^voice: .*/voice: zz-nowhere/' "$S/voices/marc.yaml"
  echo sesame >"$S/icecast.password" && chmod 644 "$S/icecast.password"
  dd if=/dev/urandom of="$S/logbook.sqlite" bs=4096 seek=1 count=8 conv=notrunc status=none
  run -3 --separate-stderr carnet doctor --json
  echo "$output"
  for subject in scripts/midi.yaml scripts/soir.yaml scripts/noon.yaml voices/paul.yaml voices/marc.yaml logbook; do
    jq -e --arg s "$subject" 'any(.subject == $s and .level == "error" and (.mend | length > 10))' <<<"$output"
  done
  jq -e 'any(.level == "ok" and .subject == "voices/claire.yaml")' <<<"$output"
  jq -e 'any(.level == "warning" and (.what | test("chmod 600")))' <<<"$output"
  [[ $output$stderr != *sesame* ]]
  run -3 --separate-stderr carnet doctor
  [[ $output == *"noon.yaml:"[0-9]*":5: "*headlinez* ]]
}

@test "--json is JSON, and all there is on standard output" {
  printf 'Notes du 17/03/2020\n\n- Il manque des masques\n' >"$T/pad.txt"
  cases=('doctor' 'add Bonjour' "import pad $T/pad.txt --dry-run" "import pad $T/pad.txt" 'entries' 'entries --search zzz'
    'show 1' 'show 1 --history' 'rundown --script court' 'rundown --script court --explain --again' 'produce --script court'
    'publish' "export --to $T" 'asrun' 'schedule' 'say --text Bonjour' 'say Bonjour' 'voices' 'lexicon list' 'lexicon check Bonjour' 'cache' 'user list' 'jingles' 'settings' "downloads /dev/null")
  for line in "${cases[@]}"; do
    # shellcheck disable=SC2086
    run -0 --separate-stderr carnet $line --json
    echo "$line: $output"
    jq -e . <<<"$output" >/dev/null
  done
  # Every verb that offers it is in the list above.
  for verb in $(verbs); do
    # (status asks a station that runs: run.bats)
    if [ "$verb" != status ] && "$CARNET" "$verb" --help | grep -q -- '--json'; then
      printf '%s\n' "${cases[@]}" | grep -q "^$verb\b"
    fi
  done
}

# on_terminal ENVIRONMENT… -- ARGUMENTS…: what carnet writes to a terminal
on_terminal() {
  local settings=()
  while [ "$1" != -- ]; do
    settings+=("$1")
    shift
  done
  shift
  env -u NO_COLOR TERM=xterm "${settings[@]}" script -qec "$(printf '%q ' "$CARNET" -C "$S" "$@")" /dev/null </dev/null
}

@test "colours and progress on a terminal alone, and not where NO_COLOR asks for none" {
  type -P script >/dev/null || skip "no script(1) here to make a terminal with"
  rm -rf "$S/cache"
  [[ $(on_terminal -- produce --script court) == *$'\e['* ]]
  [[ $(on_terminal -- doctor) == *$'\e['* ]]
  for line in doctor entries 'produce --script court' help frobnicate; do
    # shellcheck disable=SC2086
    on_terminal NO_COLOR=1 -- $line >"$T/out" || true
    refute grep -P '\e\[[0-9;]*m' "$T/out"
    # Not a terminal: no escape at all, no rewritten line.
    # shellcheck disable=SC2086
    env -u NO_COLOR TERM=xterm "$CARNET" -C "$S" $line >"$T/out" 2>&1 || true
    [ -s "$T/out" ]
    is_printable <"$T/out"
  done
}

@test "the man page names every verb and every exit status" {
  page=$REPO/pipeline/man/carnet.1
  man -l -P cat "$page" >"$T/page" 2>"$T/complaints"
  [ ! -s "$T/complaints" ]
  col -b <"$T/page" >"$T/plain"
  for verb in $(verbs); do grep -qE "(^|[ ,|])$verb([ ,|]|\$)" "$T/plain"; done
  for status in 0 2 3 4 5 70; do grep -qE "^[[:space:]]+${status}[[:space:]]+[a-z]" "$T/plain"; done
  grep -q CARNET_STATION "$T/plain"
}

@test "bash completes verbs, options, scripts, voices and editions" {
  complete_words() { # WORDS…: the last one is being typed
    bash --norc --noprofile -c '
      . "$1/pipeline/man/carnet.bash"; shift
      complete -p carnet >/dev/null
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _carnet; printf "%s\n" "${COMPREPLY[@]}"' - "$REPO" "$@"
  }
  for verb in $(verbs); do complete_words "$CARNET" "${verb:0:2}" | grep -qx -- "$verb"; done
  complete_words "$CARNET" -C "$S" pro | grep -qx produce
  complete_words "$CARNET" -C "$S" produce --al | grep -qx -- --also
  complete_words "$CARNET" -C "$S" produce --script m | grep -qx midi
  complete_words "$CARNET" -C "$S" say --voice cl | grep -qx claire
  [ "$(complete_words "$CARNET" -C "$S" say --voice lex | grep -c lexicon)" = 0 ]
  complete_words "$CARNET" -C "$S" air 2020 | grep -qx 2020-03-17-court
  complete_words "$CARNET" add --kind ques | grep -qx question
  complete_words "$CARNET" -C "$S" lexicon ch | grep -qx check
  complete_words "$CARNET" -C "$S" lexicon add --sp | grep -qx -- --spell
}

@test "say: a text becomes a sound, its words and its phonemes" {
  run -0 --separate-stderr carnet say "Rendez-vous à 14h30." -o "$T/rdv.wav"
  [ "$(soxi -r "$T/rdv.wav")" = 48000 ]
  awk -v s="$(soxi -D "$T/rdv.wav")" 'BEGIN {exit !(s > 1 && s < 6)}'
  [ "$(carnet say --text 'Rendez-vous à 14h30.')" = 'Rendez-vous à quatorze heures trente.' ]
  [[ $(carnet say --ipa 'plutôt') == *plyt* ]]
  echo 'Bonjour à tous.' | carnet say - -o - 2>/dev/null >"$T/piped.wav"
  carnet say 'Bonjour à tous.' -o "$T/named.wav" 2>/dev/null
  cmp "$T/piped.wav" "$T/named.wav"
  carnet say 'Good morning.' --voice emma -o "$T/emma.wav" 2>/dev/null
  carnet say 'Good morning.' --voice claire -o "$T/claire.wav" 2>/dev/null
  refute cmp -s "$T/emma.wav" "$T/claire.wav"
  # An edit of a voice takes effect at once.
  sed -i 's/^rate: .*/rate: 100/' "$S/voices/claire.yaml"
  carnet say 'Rendez-vous à 14h30.' -o "$T/slow.wav" 2>/dev/null
  awk -v a="$(soxi -D "$T/rdv.wav")" -v b="$(soxi -D "$T/slow.wav")" 'BEGIN {exit !(b > a * 1.1)}'
}
