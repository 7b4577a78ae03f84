#!/usr/bin/env bats
# Every option of every verb once: what it takes, what it refuses and with which words, what an empty value
# takes away; and the failures of each verb that an ordinary day brings (no such file, no such number, no room).

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash

setup() {
  station_environment
  station_new
}

# refused STATUS WORDS VERB…: it fails so, says so, and says nothing else on standard output
refused() {
  local status_wanted=$1 words=$2
  shift 2
  run --separate-stderr carnet "$@"
  echo "# $* -> $status: $stderr"
  [ "$status" = "$status_wanted" ] && [[ $stderr == *"$words"* ]] && [ -z "$output" ]
}

@test "add and edit: each option is taken" {
  : >"$S/sounds/cloche.flac" || { mkdir -p "$S/sounds" && : >"$S/sounds/cloche.flac"; }
  carnet -q add "Qui prête une remorque ?"
  carnet -q add "Moi." --kind experience --title Remorque --language fr --place Kervalan --place-id insee:34057 \
    --author "Anne Riou" --attribution first-name --priority high --expires "2020-03-18 12:00" --date yesterday \
    --link https://aurelle.example/a --link https://aurelle.example/b --link '' --parent 1 --sound cloche.flac --status approved \
    --endorsements 3
  carnet show 2 --json | jq -e '.kind == "experience" and .title == "Remorque" and .place_id == "insee:34057"
    and .attribution == "first-name" and .priority == "high" and .date == "2020-03-16" and .parent == 1
    and .sound == "cloche.flac" and .status == "approved" and .endorsements == 3 and (.links | length) == 2'
  # An empty value takes away.
  carnet -q edit 2 --title '' --place '' --place-id '' --author '' --expires '' --link '' --parent '' --sound '' --endorsements ''
  carnet show 2 --json | jq -e '[.title, .place, .place_id, .author, .expires, .parent, .sound]
    | all(. == null or . == 0 or . == "")'
  carnet edit 2 --title '' # and nothing changes twice
}

@test "add and edit: each wrong value is refused by name" {
  carnet -q add "Qui prête une remorque ?"
  local option value
  while read -r option value; do
    refused 2 "--$option" add un mot "--$option=$value"
    refused 2 "--$option" edit 1 "--$option=$value"
  done <<'LIST'
kind poème
attribution tout
priority extrême
status fini
endorsements -1
endorsements beaucoup
LIST
  refused 2 "" add un mot --parent abc
  refused 3 "" add un mot --parent 99
  refused 3 "--expires" add un mot --expires demain
  refused 3 "--sound" add un mot --sound rien.flac
  refused 3 "--sound" add un mot --sound ../station.yaml
  refused 3 "" add un mot --language '!!'
  run carnet add un mot --date 2020-02-30
  [ "$status" != 0 ]
  run carnet add $'\001\002\003\004'
  [ "$status" != 0 ]
  refused 2 "" edit
  refused 2 "" edit abc --title x
  refused 3 "" edit 99 --title x
  run carnet edit 1 --file "$T/none"
  [ "$status" = 3 ]
  [ "$(carnet entries --json | jq length)" = 1 ]
}

@test "entries: filters one by one" {
  carnet -q add "Qui prête une remorque ?" --place Kervalan --priority urgent
  carnet -q add --approve --kind idea "Un bac de nuit" --date yesterday
  [ "$(carnet entries --json --date today | jq length)" = 1 ]
  [ "$(carnet entries --json --date yesterday | jq length)" = 1 ]
  [ "$(carnet entries --json --from 2020-03-17 --until today | jq length)" = 1 ]
  [ "$(carnet entries --json --kind idea --status approved | jq length)" = 1 ]
  [ "$(carnet entries --json --place KERVALAN --priority urgent | jq length)" = 1 ]
  [ "$(carnet entries --json --search 'bac nuit' --limit 1 | jq length)" = 1 ]
  [ "$(carnet entries --json --source pad | jq length)" = 0 ]
  refused 2 "--kind" entries --kind poème
  refused 2 "--status" entries --status fini
  refused 2 "--priority" entries --priority extrême
  refused 2 "" entries --limit -3
  run carnet entries --date 2020-02-30
  [ "$status" != 0 ]
  run carnet entries --from un-jour
  [ "$status" != 0 ]
  refused 2 "" entries mot
  run carnet entries --place Morzac
  [ "$status" = 0 ]
}

@test "approve, reject, withdraw, undo, show: numbers that are not there" {
  carnet -q add "Qui prête une remorque ?"
  local verb
  for verb in approve reject withdraw undo show; do
    refused 2 "" "$verb"
    refused 2 "abc" "$verb" abc
    refused 3 "99" "$verb" 99
  done
  carnet show 1 | grep -q remorque
  carnet -q undo 1 # its making: it is withdrawn, and kept
  carnet show 1 --json | jq -e '.status == "withdrawn"'
  run carnet approve --all --date 2020-03-01
  [ "$status" = 0 ]
}

@test "import: files that are none, wrong options, a dry run" {
  refused 2 "" import
  refused 2 "" import pad
  refused 2 "" import livre "$T/x"
  refused 3 "none.txt" import pad "$T/none.txt"
  refused 3 "" import pad "$T"
  printf 'Notes du 17 mars\n- Marie : le bac part à huit heures\n- Qui prête une remorque ?\n' >"$T/pad.txt"
  carnet import pad "$T/pad.txt" --dry-run --json | jq -e 'type == "array" or type == "object"'
  carnet import pad "$T/pad.txt" --dry-run
  [ "$(carnet entries --json | jq length)" = 0 ]
  carnet import pad "$T/pad.txt" --name pad-un --url https://aurelle.example/pad --language fr --place Kervalan --date yesterday
  carnet entries --json | jq -e 'length == 2 and all(.place == "Kervalan" and .date == "2020-03-16")'
  carnet import pad "$T/pad.txt" --name pad-un # again: nothing new
  [ "$(carnet entries --json | jq length)" = 2 ]
  printf 'text;place\nle bac;Morzac\n' >"$T/table.csv"
  refused 2 "--delimiter" import csv "$T/table.csv" --delimiter xx
  carnet import csv "$T/table.csv" --delimiter ';'
  carnet import csv "$T/table.csv" --delimiter auto --dry-run
  printf 'text\tplace\nle quai\tMorzac\n' | carnet import csv - --name table --delimiter tab
  [ "$(carnet entries --json --place Morzac | jq length)" = 2 ]
  run carnet import pad "$T/pad.txt" --date 2020-02-30
  [ "$status" != 0 ]
  run carnet import pad "$T/pad.txt" --language '!!'
  [ "$status" != 0 ]
}

@test "cache, voices, asrun, say, rundown, produce, air: wrong options and nothing there" {
  carnet cache
  carnet cache --json | jq -e .
  carnet cache --prune --older-than 0 --max 1K
  carnet cache --prune --max 1G
  refused 2 "" cache --prune --max beaucoup
  refused 2 "" cache --prune --older-than -1
  carnet cache --max 1M # without --prune it is only looked at
  carnet voices --json | jq -e 'length > 2'
  carnet voices | grep -q claire
  carnet asrun --json | jq -e 'length == 0'
  carnet asrun
  sqlite3 "$S/logbook.sqlite" "INSERT INTO asrun (edition, mount, item, title, entry_id, start_us, end_us, sent_frames, planned_frames, result)
    VALUES ('2020-03-17-midi', '/a.mp3', 0, NULL, NULL, 1584442800000000, 1584442801000000, 48000, 48000, 'aired'),
      ('2020-03-17-midi', '/a.mp3', 1, 'Le bac', 7, 1584442801000000, 1584442802000000, 24000, 48000, 'partial')"
  carnet asrun --json | jq -e '[.[].entry] == [null, 7] and .[1].title == "Le bac"'
  [[ $(carnet asrun 2020-03-17-midi) == *"12:00"*partial*"2 Le bac"* ]]
  refused 2 "" say
  refused 3 "nobody" say --voice nobody bonjour
  refused 3 "cannot write" say bonjour --output "$T/none/x.wav"
  [[ $(carnet say --text "à 14h30" --language fr) == *quatorze* ]]
  [ -n "$(carnet say --ipa bonjour)" ]
  carnet say bonjour --json --text | jq -e .
  carnet say bonjour --output - | head -c 4 | grep -q RIFF
  local verb options
  for verb in rundown produce; do
    refused 3 "nothing-there" "$verb" --script nothing-there
    refused 2 "" "$verb" mot
    run carnet "$verb" --script midi --date 2020-02-30
    [ "$status" != 0 ]
  done
  refused 3 "is not a length" produce --length soon
  refused 3 "is not a length" produce --length 0.00001 # less than a frame: nothing would be made, without a word
  # What would not be looked at is refused: the wrong day on the air, somebody's rundown put aside unasked.
  refused 2 "--date" produce --edition 2020-03-17-midi --date 2020-03-16
  refused 2 "not both" air 2020-03-17-midi --date 2020-03-16
  refused 2 "not both" air 2020-03-17-midi --script soir
  for options in "--again --settle" "--again --dry-run" "--settle -n" "--again --settle -n"; do
    # shellcheck disable=SC2086
    refused 2 "not several" rundown $options
  done
  run carnet air --script nothing-there
  [ "$status" = 3 ]
  run carnet air 2020-03-17-rien
  [ "$status" != 0 ]
}

@test "backup, restore, init, doctor: where they cannot" {
  refused 2 "" backup
  refused 2 "" restore
  refused 3 "" restore "$T/none"
  run carnet backup "$T/none/copie.sqlite"
  [ "$status" != 0 ]
  [ -z "$(carnet -q backup "$T/copie.sqlite")" ]
  [ -z "$(carnet -q restore "$T/copie.sqlite")" ]
  [[ $(carnet restore "$T/copie.sqlite") == *"is the logbook now"* ]]
  run carnet backup "$T/copie.sqlite" # it is there
  echo "text" >"$T/text"
  run carnet restore "$T/text"
  [ "$status" = 3 ]
  [ "$(carnet entries --json | jq length)" = 0 ]
  run "$CARNET" init "$T/text"
  [ "$status" != 0 ]
  run "$CARNET" init "$T/text/below"
  [ "$status" != 0 ]
  run "$CARNET" -C "$T/none" entries
  [ "$status" = 3 ]
  run "$CARNET" -C "$T/none" doctor
  [ "$status" != 0 ]
}

@test "approve, reject, withdraw: any filter wants --all, and --all takes any filter" {
  carnet -q add "Qui prête une remorque ?" --place Kervalan
  local filter
  for filter in "--date today" "--from today" "--until today" "--kind idea" "--status draft" "--place Morzac" \
    "--source pad" "--search bac" "--priority high" "--limit 1"; do
    # shellcheck disable=SC2086
    refused 2 "filters go with --all" approve $filter
  done
  refused 2 "--date does not go" entries --date today --until today
  [[ $(carnet withdraw --all --place kervalan) == *"1 entry"* ]]
}

@test "entries: a list of thousands is several tables, one array" {
  { echo text && seq -f 'la remarque %.0f' 2001; } | carnet -q import csv - >/dev/null
  [ "$(carnet entries | grep -c '^id ')" = 2 ]
  [ "$(carnet entries --json | jq length)" = 2001 ]
  for form in --json ''; do # it stops at the first line that cannot be written
    status=0
    # shellcheck disable=SC2086
    carnet entries $form >/dev/full 2>"$T/err" || status=$?
    [ "$status" = 5 ]
    grep -q "standard output" "$T/err"
  done
  carnet entries | head -1 | grep -q '^id '
}

@test "init: a sample that is named, one that is not there" {
  CARNET_SAMPLE=$S "$CARNET" -q init "$T/twin"
  diff -r "$S/scripts" "$T/twin/scripts"
  run env "CARNET_SAMPLE=$T/none" "$CARNET" init "$T/other"
  [ "$status" != 0 ]
  [[ $output == *"$T/none"* ]]
  [ ! -e "$T/other" ]
  cp "$CARNET" "$T/carnet"
  run "$T/carnet" init "$T/other"
  [ "$status" = 5 ]
  [[ $output == *"sample station is missing"* ]]
  [ ! -e "$T/other" ]
}

@test "import: parents that come later, entries that are gone, an edit that was undone" {
  printf 'Notes du 17/03/2020\n' >"$T/pad.txt"
  for i in {1..15}; do echo "- La salle numéro $i ferme à $i heures +1"; done >>"$T/pad.txt"
  carnet import pad "$T/pad.txt" --name salles
  carnet -q approve --all --source salles
  told 0 "pending again" import pad --name salles <(sed 's/numéro 3 ferme/numéro 3 est rouverte et ferme/; s/numéro 4 ferme/numéro 4 est rouverte et ferme/' "$T/pad.txt")
  id=$(carnet entries --json --source salles | jq '.[0].id')
  carnet -q undo "$id"
  carnet -q reject "$(carnet entries --json --source salles | jq '.[1].id')"
  told 0 "no longer in the source" import pad --name salles <(head -2 "$T/pad.txt")
  [[ $stderr == *", …"* ]]
  told 0 "" -q import pad --name salles <(head -2 "$T/pad.txt")
  [ -z "$stderr" ]
  for sign in '"' $'\n' xx; do told 2 "--delimiter" import csv "$T/pad.txt" --delimiter "$sign"; done
  told 3 "2020-02-30" import pad "$T/pad.txt" --date 2020-02-30
  cp "$T/pad.txt" "$T"/caf$'\xe9'
  carnet -q import pad "$T"/caf$'\xe9'
  printf -- '- Anne (Kervalan) : le bac part à huit heures\n- le quai est sec\n' >"$T/.notes"
  carnet -q import pad "$T/.notes" --place Morzac --name notes
  carnet entries --json --source notes | jq -e 'map(.place) == ["Kervalan", "Morzac"]'
  carnet -q import pad "$T/.notes"
  told 3 "" import csv <(printf 'text;kind\nun mot;poème\n') --name table
  : >"$T/empty"
  run carnet import pad "$T/empty" --json
  printf 'Notes du 17/03/2020\n' | carnet import pad - --json | jq -e '.added == 0 and .date == "2020-03-17"'
  printf 'date,text\n2020-03-16,un mot\n2020-03-17,deux mots\n' | carnet import csv - | grep -q '2020-03-16 to 2020-03-17'
}

@test "say and voices: other languages, other voices, JSON" {
  carnet say --text mot --language en-GB --json | jq -e '.voice == "emma"'
  carnet say --text mot --language zz | grep -q mot
  carnet say --text "7 h" --voice emma --json | jq -e '.language == "en"'
  carnet say --ipa mot --json | jq -e '.ipa != "" and (has("clip") | not)'
  carnet say mot --ipa --text -o "$T/x.wav" 2>"$T/err"
  [ -s "$T/x.wav" ]
  [ -s "$T/err" ]
  carnet say mot --json | jq -e '.apology == false and .frames > 0'
  head -c 5M /dev/zero | told 3 "" say -
  printf '\000\001' | told 3 "standard input" say -
  printf 'engine: command\ncommand: [/bin/false]\nvoice: fr-fr\n' >"$S/voices/faux.yaml"
  carnet say --text mot --voice faux
  told 0 "eSpeak NG speaks instead" say mot --voice faux
  told 0 "" -q say mots --voice faux
  [[ $stderr != *instead* ]]
  echo 'not a voice' >"$S/voices/.hidden.yaml"
  printf 'engine: espeak\nvoice: fr\n' >"$S/voices/nu.yaml"
  run -0 carnet voices
  [[ $output == *false* ]]
  carnet voices --json | jq -e 'any(.engine == "command")'
  told 3 "nobody" say --voice nobody mot
  echo 'engine: [' >"$S/voices/faux.yaml"
  told 3 "faux.yaml:2:1" voices
}

@test "jingles: listed with length and level; added once it was listened to, never over another unasked" {
  carnet jingles | grep -E '^ouverture +ouverture.flac +0:06.0 +-16.3 LUFS +-2.0 dBTP'
  carnet jingles --json | jq -e 'length == 5 and all(.[]; .error == null and .length > 1 and .peak_dbtp < 0)'
  ffmpeg -nostdin -v error -f lavfi -i sine=frequency=440:duration=2 "$T/la.mp3"
  cp "$T/la.mp3" "$T/virgule.mp3"
  carnet jingles add "$T/la.mp3" | grep -E 'la.mp3: 0:02.0, -[0-9.]+ LUFS, peak -[0-9.]+ dBTP'
  cmp "$T/la.mp3" "$S/voices/jingles/la.mp3"
  carnet -q jingles add --name accord "$T/la.mp3" | wc -c | grep -qx 0
  run -3 carnet jingles add "$T/virgule.mp3"
  [[ $output == *"there is a jingle \"virgule\" already"* ]]
  [ -e "$S/voices/jingles/virgule.flac" ]
  carnet -q jingles add --replace "$T/virgule.mp3" # and the one with another ending is not found in its stead
  [ ! -e "$S/voices/jingles/virgule.flac" ]
  [ -e "$S/voices/jingles/virgule.mp3" ]
  # Not when a script names the file that would go; no ending within a name.
  printf 'order:\n  - jingle: ouverture.flac\n' >"$S/scripts/nomme.yaml"
  cp "$T/la.mp3" "$T/ouverture.mp3"
  run -3 carnet jingles add --replace "$T/ouverture.mp3"
  [[ $output == *nomme.yaml* ]]
  [ -e "$S/voices/jingles/ouverture.flac" ]
  # The one that is written over keeps its name; of several with other endings each is asked after.
  cp "$S/voices/jingles/ouverture.flac" "$T/ouverture.flac"
  carnet -q jingles add --replace "$T/ouverture.flac"
  cp "$S/voices/jingles/ouverture.flac" "$S/voices/jingles/deux.flac"
  cp "$S/voices/jingles/ouverture.flac" "$S/voices/jingles/deux.wav"
  printf 'order:\n  - jingle: deux.wav\n' >"$S/scripts/nomme.yaml"
  run -3 carnet jingles add --name deux --replace "$T/la.mp3"
  [[ $output == *"nomme.yaml names deux.wav"* ]]
  [ -e "$S/voices/jingles/deux.flac" ]
  [ -e "$S/voices/jingles/deux.wav" ]
  [ ! -e "$S/voices/jingles/deux.mp3" ]
  rm "$S/voices/jingles/deux.flac" "$S/voices/jingles/deux.wav" "$S/scripts/nomme.yaml"
  ln -s nowhere "$S/scripts/perdu.yaml" # nor when one cannot be read
  run carnet jingles add --replace "$T/ouverture.mp3"
  [ "$status" != 0 ]
  [[ $output == *perdu.yaml* ]]
  [ -e "$S/voices/jingles/ouverture.flac" ]
  rm "$S/scripts/perdu.yaml"
  run -3 carnet jingles add --name ouverture.flac --replace "$T/la.mp3"
  echo 'no sound' >"$T/words.wav"
  run -3 carnet jingles add "$T/words.wav"
  [ ! -e "$S/voices/jingles/words.wav" ]
  run -3 carnet jingles add "$REPO/README.md"
  run -3 carnet jingles add --name ../x "$T/la.mp3"
  run -3 carnet jingles add "$T/nothing.wav"
  for wrong in 'add' 'sing' 'add a b' '--name x' '--replace' 'remove virgule'; do
    # shellcheck disable=SC2086
    run -2 carnet jingles $wrong
  done
  carnet jingles check "$T/la.mp3" | grep -E 'la.mp3: 0:02.0, '
  run -3 carnet jingles check "$T/words.wav"
  cp "$T/words.wav" "$S/voices/jingles/broken.wav"
  carnet jingles | grep -E '^broken +broken.wav .*not a sound file'
  carnet jingles --json | jq -e 'any(.[]; .name == "broken" and (.error | test("not a sound")))'
  rm -r "$S/voices/jingles"
  run -3 carnet jingles
  carnet -q jingles add "$T/la.mp3"
  carnet jingles --json | jq -e 'length == 1'
  rm "$S/voices/jingles/la.mp3"
  [[ $(carnet jingles) == *"carnet jingles add"* ]]
}

@test "add, show, status: bytes, standard input, what is refused as a whole" {
  add --kind problem --place Kervalan "Le bac ne passera pas demain." >/dev/null
  told 2 "UTF-8" add $'caf\xe9'
  told 3 "text" add ''
  printf '' | told 3 "" add -
  printf '\001\002\000' | told 3 "" add -
  printf '  Un mot.\n' | carnet add - --json | jq -e '.text == "Un mot." and .status == "pending"'
  CARNET_USER='' carnet add un mot >/dev/null
  for option in title place-id date parent sound expires; do
    run --separate-stderr carnet edit 1 "--$option" $'\001'
    echo "# $option: $status $stderr"
    [ "$status" != 0 ]
    [[ $stderr == *"$option"* || $stderr == *"${option//-/_}"* ]]
  done
  told 3 "link" add un mot --link $'\002'
  told 2 "--all does not go" approve 1 --all
  told 2 "filters go with --all" reject --kind idea
  told 2 "to withdraw with --all" withdraw --all
  told 2 "--date does not go" entries --date today --from today
  told 3 "--from" entries --from 2020-13-01
  told 3 "--until" entries --until 2020-99-99
  for option in place source search; do told 2 "--$option: empty" entries "--$option" ''; done
  told 3 "place" entries --place $'\001'
  carnet -q withdraw --all --kind problem
  run -0 carnet show 1 --history
  [[ $output == *"https"* || $output == *"Kervalan"* ]]
  carnet show 1 --history --json | jq -e '.history | length > 1'
  carnet add - mot >/dev/null
  [[ $(carnet approve 2) == "1 entry approved" ]]
  [[ $(carnet approve 2) == "0 entries approved" ]]
  run -0 carnet reject 2
  run -0 carnet entries
}

@test "show: an instant beyond all calendars, which another program wrote, is left out" {
  carnet -q add mot --expires 2020-04-01
  carnet show 1 | grep -q '^expires: 2020-04-01'
  sqlite3 "$S/logbook.sqlite" "UPDATE entries SET expires_us = 9000000000000000000"
  carnet show 1 | refute grep -q '^expires:'
}

@test "every verb tells of a station.yaml that is wrong, at its place" {
  carnet -q add "Qui prête une remorque ?"
  echo 'name: [' >"$S/station.yaml"
  for verb in "add mot" "edit 1 --title x" "show 1" entries "approve 1" "undo 1" asrun "import pad $T/pad.txt" \
    rundown produce air voices cache "backup $T/b" "restore $T/b"; do
    # shellcheck disable=SC2086
    refused 3 "station.yaml:2:1: " $verb
  done
}

@test "add: what holds no text is no text, of any option" {
  for option in title language place place-id author; do
    refused 3 "--$option" add mot "--$option" $'\001'
  done
  [ "$(carnet entries --json)" = "[]" ]
}

@test "import: days in any order are told from first to last; an old file name" {
  printf 'date;texte\n2020-03-17;b\n2020-03-16;a\n2020-03-18;c\n' >"$T/$(printf 'caf\xe9.csv')"
  carnet import csv "$T/$(printf 'caf\xe9.csv')" --dry-run | grep -q 'no rule fired'
  printf 'date;texte;genre\n2020-03-17;b;idée\n' | carnet import csv - --dry-run | grep -q idea
  carnet import csv "$T/$(printf 'caf\xe9.csv')" | grep -q '2020-03-16 to 2020-03-18: 3 added'
}

@test "a rundown edited by hand: one entry twice, one that nobody wrote, one whose time is over" {
  id=$(carnet add --approve "Le four à pain est réparé." --expires "2020-03-17 18:00")
  printf 'title: Court\nlanguage: fr\nlength: "0:30"\nfit: at-most\nvoices: {presenter: claire}\norder:\n  - entries: {most: 3}\n' |
    script court
  carnet -q rundown --script court >/dev/null
  rundown=$S/editions/$SAMPLE_DAY-court/rundown.yaml
  grep -q "entry: $id" "$rundown"
  sed -i 's/four à pain/vieux four/; s/^locked: false/locked: true/' "$rundown"
  carnet rundown --script court --json 2>"$T/err" | jq -e '.edited and .locked'
  refute grep -q "no longer" "$T/err"
  carnet -q edit "$id" --expires "2020-03-17 08:00"
  carnet rundown --script court >/dev/null 2>"$T/err"
  cat "$T/err"
  grep -q "entry $id" "$T/err"
  sed -i "s/entry: $id/entry: 999/" "$rundown" # a number of nobody's is a text as any other
  carnet rundown --script court --json 2>/dev/null | jq -e .locked
}

@test "few descriptors: what cannot be opened is told, or all is well" {
  local most failed=0
  for most in {5..20}; do
    status=0
    (ulimit -n "$most" && "$CARNET" -C "$S" say mot) >/dev/null 2>"$T/err" || status=$?
    echo "# $most: $status $(<"$T/err")"
    [ "$status" = 0 ] || { [ "$status" = 5 ] && grep -q '^carnet: .' "$T/err"; }
    failed=$((failed + (status != 0)))
  done
  [ "$failed" -gt 0 ]
  [ "$status" = 0 ]
}
