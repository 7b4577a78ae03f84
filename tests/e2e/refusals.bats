#!/usr/bin/env bats
# What a person can bring about, verb by verb: files and folders that cannot be read or written to, a damaged
# edition, odd but allowed stations, an editor that fails, a terminal. Each says what it was, with its status.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash

setup_file() {
  station_environment
  S=$BATS_FILE_TMPDIR/sample
  station_new
  add --kind problem --place Kervalan "Le bac ne passera pas demain." >/dev/null
  script_short court 0:30
  carnet -q produce --script court
}

setup() {
  station_environment
  station_with_sample
  E=$(edition court)
}

# Permissions bind root too: a program of ours without its privileges.
bound() {
  printf '#!/bin/sh\nexec %s %q "$@"\n' "$1" "$CARNET" >"$T/bound"
  chmod +x "$T/bound"
  CARNET=$T/bound
}
bound_by_permissions() {
  if [ "$(id -u)" = 0 ]; then bound "setpriv --inh-caps=-all --bounding-set=-all"; fi
}

# on_terminal COLUMNS ARGUMENTS…: what it writes to a terminal so wide
on_terminal() {
  local columns=$1
  shift
  command script -qec "stty cols $columns 2>/dev/null; $(printf '%q ' "$CARNET" -C "$S" "$@")" /dev/null </dev/null
}

# --- permissions -----------------------------------------------------------------------

@test "what may not be read: each verb names the file, and changes nothing" {
  bound_by_permissions
  sums() { (cd "$S" && find . -path ./cache -prune -o -type f -not -name '*.lock' -exec cksum {} + | sort); }
  sums >"$T/before"
  chmod 000 "$S/station.yaml"
  for verb in entries doctor cache "say mot" "restore $T/b" rundown air; do
    # shellcheck disable=SC2086
    told 3 "station.yaml: Permission denied" $verb
  done
  chmod 644 "$S/station.yaml"
  chmod 000 "$S/logbook.sqlite"
  printf 'Notes du 17/03/2020\n- Qui prête une remorque ?\n' >"$T/pad.txt"
  for verb in entries asrun "show 1" "add mot" "edit 1 --title x" "approve 1" "approve --all" "undo 1" "backup $T/b" \
    "import pad $T/pad.txt" "rundown --script court"; do
    # shellcheck disable=SC2086
    told 3 "logbook.sqlite: Permission denied" $verb
  done
  run -3 --separate-stderr carnet doctor --json
  jq -e 'any(.subject == "logbook" and .level == "error")' <<<"$output"
  chmod 444 "$S/logbook.sqlite"
  run -0 --separate-stderr carnet entries
  told 3 "logbook.sqlite: " add mot
  chmod 600 "$S/logbook.sqlite"
  mv "$S/logbook.sqlite" "$S/aside"
  mkdir "$S/logbook.sqlite"
  told 3 "logbook.sqlite: Is a directory" entries
  rmdir "$S/logbook.sqlite"
  mv "$S/aside" "$S/logbook.sqlite"
  chmod 000 "$S/voices/claire.yaml"
  told 3 "claire.yaml: Permission denied" say mot
  told 3 "claire.yaml: Permission denied" voices
  told 3 "claire.yaml: Permission denied" rundown --script court
  chmod 644 "$S/voices/claire.yaml"
  chmod 000 "$S/cache/clips"
  told 3 "Permission denied" cache
  chmod 755 "$S/cache/clips"
  chmod 000 "$S/voices"
  told 3 "voices: Permission denied" voices
  run -3 --separate-stderr carnet doctor
  [[ $output == *"voices: Permission denied"* ]]
  chmod 755 "$S/voices"
  sums | diff "$T/before" -
}

@test "what may not be written to" {
  bound_by_permissions
  mkdir "$T/ro"
  chmod 555 "$S/cache" "$S/cache/clips" "$S"/editions/* "$S/editions" "$S" "$T/ro"
  told 3 "2020-03-17-flash: Permission denied" produce --script flash
  told 3 "2020-03-18-court: Permission denied" rundown --script court --date 2020-03-18
  told 3 "court" produce --script court
  told 3 "cache/clips" say mot
  chmod 755 "$S/cache/clips" "$S/cache"
  told 3 "$T/ro" say mot -o "$T/ro/x.wav"
  told 3 "$T/ro" backup "$T/ro/copy"
  told 3 "$T/ro" init "$T/ro/station"
  run --separate-stderr carnet doctor --json
  jq -e 'any(.subject == "disk" and .level == "warning" and (.mend | length > 10))' <<<"$output"
  chmod 755 "$S/cache" "$S/cache/clips" "$S"/editions/* "$S/editions" "$S"
}

# --- a damaged edition ------------------------------------------------------------------

@test "an edited and a locked rundown in every verb that reads one" {
  sed -i 's/^    text: "Voici le carnet\./    text: "Voilà le carnet./' "$E/rundown.yaml"
  cp "$E/rundown.yaml" "$T/mine"
  run -0 --separate-stderr carnet rundown --script court
  [[ $output == *"edited by hand"* ]]
  told 0 "nothing was chosen" rundown --script court --explain
  carnet rundown --script court --json --explain | jq -e '.edited and .candidates == []'
  cmp "$T/mine" "$E/rundown.yaml"
  carnet withdraw 1
  sed -i 's/^locked: false/locked: true/' "$E/rundown.yaml"
  carnet rundown --script court --json | jq -e '.locked and (.warnings | length == 1)'
  told 0 "is kept as" rundown --script court --again
  [ -e "$E/rundown.yaml.edited" ]
  # One that cannot be read may be somebody's work too.
  echo 'items: [' >"$E/rundown.yaml"
  told 3 "rundown.yaml:" rundown --script court
  told 3 "rundown.yaml:" produce --script court
  # Where somebody's work went is said, however quiet the verb.
  told 0 "is kept as" -q rundown --script court --again
  [ "$(<"$E/rundown.yaml.edited")" = 'items: [' ]
  # It cannot be put aside where a folder lies.
  echo 'items: [' >"$E/rundown.yaml"
  rm "$E/rundown.yaml.edited"
  mkdir "$E/rundown.yaml.edited"
  told 3 "rundown.yaml.edited" rundown --script court --again
}

@test "a damaged clip is spoken again; a cache that is none is told" {
  find "$S/cache" -name '*.wav' -exec truncate -s 60 {} +
  carnet produce --script court --json | jq -e '.clips_spoken > 0 and .apologies == 0'
  rm -rf "$S/cache"
  echo >"$S/cache"
  told 3 "Not a directory" produce --script court
  told 3 "Not a directory" say mot
  run -3 --separate-stderr carnet doctor --json
  jq -e 'any(.subject == "studio" and .level == "error")' <<<"$output"
}

@test "air: what is missing is told before anything is heard" {
  told 3 "icecast.password" air
  told 3 "icecast.password" air 2020-03-17-court
  mv "$S/editions" "$T/editions"
  told 3 "icecast.password" air
  [ -d "$S/editions/2020-03-17-midi" ] # none was made: that of today
  rm -r "$S/editions"
  mv "$T/editions" "$S/editions"
  cp -a "$E" "$S/editions/mine" # no edition's name
  touch "$S/editions/mine/cues.json"
  told 3 "icecast.password" air
  rm -r "$S/editions/mine"
  # Of two made in one second it is the later one.
  cp -a "$E" "$S/editions/2020-03-17-neant"
  cp -a "$E" "$S/editions/2020-03-17-rien"
  touch -d '2030-01-01 10:00:00.3' "$S/editions/2020-03-17-neant/cues.json"
  touch -d '2030-01-01 10:00:00.1' "$S/editions/2020-03-17-rien/cues.json"
  told 3 "neant" air
  touch -d '2030-01-01 10:00:00.5' "$S/editions/2020-03-17-rien/cues.json"
  told 3 "rien" air
  rm -r "$S"/editions/2020-03-17-{neant,rien}
  for name in court 2020-03-17 2020-03-17- 2020-03-17xcourt 2020-13-17-court; do told 2 "$name" air "$name"; done
  told 3 "2020-02-30" air --date 2020-02-30
  install -m 600 /dev/stdin "$S/icecast.password" <<<sesame
  sed -i '/^mounts:/,/^$/d' "$S/station.yaml"
  told 3 "no mounts" air
  run -0 --separate-stderr carnet doctor --json
  jq -e 'any(.subject == "mounts" and .level == "warning") and any(.subject == "password" and .level == "ok")' <<<"$output"
}

# on_air_for_nobody ARGUMENT…: `carnet air`, until it has said that nobody is there, however slow the machine is
on_air_for_nobody() {
  "$CARNET" "$@" >"$T/said" 2>&1 3>&- &
  local pid=$! i
  for i in $(seq 600); do
    ! grep -q 'Connection refused' "$T/said" || break
    sleep 0.1
  done
  kill -INT "$pid"
  wait "$pid" || true
  output=$(<"$T/said")
}

@test "air: damaged cues are made anew, a file that cannot be read is told" {
  install -m 600 /dev/stdin "$S/icecast.password" <<<sesame
  sed -i 's/port: 8000/port: 1/' "$S/station.yaml"
  rm "$E/bulletin.opus"
  mkdir "$E/bulletin.opus"
  touch -d 2030-01-01 "$E/bulletin.opus"
  told 3 "bulletin.opus" air
  rmdir "$E/bulletin.opus"
  carnet -q produce --script court
  # The one made last is meant, whatever lies beside it.
  mkdir "$S/editions/2020-03-16-vide"
  cp -a "$E" "$S/editions/2020-03-16-vieux"
  cp -a "$E" "$S/editions/2020-03-15-vieux"
  touch -d 2020-01-01 "$S/editions/2020-03-15-vieux/cues.json"
  touch -d 2020-01-01 "$S/editions/2020-03-16-vieux/cues.json"
  echo '{' >"$E/cues.json"
  on_air_for_nobody -C "$S" air
  [[ $output == *"2020-03-17-court on http://127.0.0.1:1"* && $output == *"Connection refused"* ]]
  carnet -q produce --script court
  rm "$E/bulletin.opus"
  on_air_for_nobody -q -C "$S" air --script court
  [[ $output == *"Connection refused"* && $output != *"on http"* ]]
}

# --- sounds that are not what they should be -----------------------------------------------

@test "recorded sounds: one that is good is heard, one that is damaged is read from its text" {
  ffmpeg -nostdin -loglevel error -f lavfi -i sine=440:d=1 "$S/sounds/cloche.flac"
  echo 'no sound' >"$S/sounds/cassee.flac"
  add --sound cloche.flac "La cloche de l'école sonne à midi." >/dev/null
  entry=$(add --sound cassee.flac "La sirène du port est essayée ce soir.")
  add "https://aurelle.example/plan" >/dev/null # nothing to say
  add --expires "2020-03-17 12:30" "Le bac ne passera pas demain." >/dev/null
  sed -i '/^order:/a\  - sound: cloche' "$S/scripts/court.yaml"
  told 0 "entry $entry: its recorded sound cannot be used, its text is read" rundown --script court
  [[ $output == *sirène* ]]
  sed -i '/^  - sound: cloche/s/cloche/nulle/' "$S/scripts/court.yaml"
  told 3 'court.yaml:8:12: no file "nulle"' rundown --script court
}

# --- odd stations --------------------------------------------------------------------------

@test "produce: without mounts, several of one format, silent sounds, wrong formats" {
  carnet produce --script court --also 'flac, mp3' --json | jq -e '[.files[].format] == ["mp3", "opus", "flac"]'
  told 2 '"mp7"' produce --also flac,mp7
  sed -i 's/^cover: .*//; s/^# also: .*/also: [wav, flac]/; s/^  - {mount: .bulletin.opus.*/  - {mount: \/low.mp3, format: mp3, bitrate: 64}/' "$S/station.yaml"
  carnet produce --script court --also wav,flac --json | jq -e '[.files[].path | sub(".*/"; "")]
    == ["bulletin.mp3", "bulletin-64.mp3", "bulletin.wav", "bulletin.flac"]'
  sed -i '/^mounts:/,/^$/d' "$S/station.yaml"
  run -0 --separate-stderr carnet produce --script court --also mp3
  [[ $output == *bulletin.mp3* && -z $stderr ]]
  # Silence has no loudness to bring anywhere: as a jingle it is heard as it is, as a bed it is refused.
  ffmpeg -nostdin -loglevel error -f lavfi -i anullsrc=r=48000 -t 1 "$S/voices/jingles/silence.flac"
  script_short rien 0:30 'bed: {file: silence}'
  told 3 '"silence" is silent' produce --script rien
  printf 'title: Rien\nlanguage: fr\nlength: "0:10"\nbed: {file: nappe}\nfit: at-most\nvoices: {presenter: claire}\norder:\n  - jingle: silence\n' | script muet
  carnet produce --script muet --json | jq -e '.frames > 48000 and .clips_spoken == 0'
}

@test "jingles and a bed that are no sounds are told; a signature tune alone needs no bed" {
  install -m 600 /dev/stdin "$S/icecast.password" <<<sesame
  sed -i 's/port: 8000/port: 1/' "$S/station.yaml"
  printf 'une lettre' >"$S/voices/jingles/lettre.flac"
  order='fit: at-most\nvoices: {presenter: claire}\norder:\n'
  printf 'title: Essai\nlanguage: fr\nlength: "0:30"\n%b  - jingle: lettre\n  - say: Bonjour.\n' "$order" | script rate
  printf 'title: Essai\nlanguage: fr\nlength: "0:30"\nbed: {file: lettre}\n%b  - say: Bonjour.\n' "$order" | script fond
  printf 'title: Essai\nlanguage: fr\nlength: "0:30"\nbed: {file: nappe}\n%b  - jingle: ouverture\n  - jingle: fermeture\n' "$order" |
    script indicatif
  for verb in produce air; do told 3 "lettre.flac: not a sound file" "$verb" --script rate; done
  told 3 "bed: " produce --script fond
  [[ $stderr == *"lettre.flac: not a sound file"* ]]
  [ ! -e "$(edition rate)/bulletin.mp3" ]
  [ ! -e "$(edition fond)/bulletin.mp3" ]
  carnet produce --script indicatif --json | jq -e '.frames > 48000 and .clips_spoken == 0'
}

@test "doctor: each finding, with what to do" {
  finds() { # STATUS SUBJECT LEVEL
    run --separate-stderr carnet doctor --json
    echo "# $1 $2 $3: $status $(jq -c '.[] | select(.level != "ok")' <<<"$output")"
    [ "$status" = "$1" ]
    jq -e --arg s "$2" --arg l "$3" 'any(.subject == $s and .level == $l)' <<<"$output" >/dev/null
  }
  sed -i 's/host: 127.0.0.1/host: no-such-host.invalid/' "$S/station.yaml"
  finds 3 "icecast no-such-host.invalid:8000" error
  sed -i 's/host: no-such-host.invalid/host: 127.0.0.1/' "$S/station.yaml"
  CARNET_NOW=1999-12-31T00:00:00Z finds 3 clock error
  echo '{}' >"$S/voices/lexicon.fr.yaml"
  run --separate-stderr carnet doctor --json
  jq -e 'any(.subject == "voices/lexicon.fr.yaml" and .level != "ok")' <<<"$output"
  echo '- [' >"$S/voices/lexicon.fr.yaml"
  finds 3 voices/lexicon.fr.yaml error
  printf 'command: [' >"$S/voices/.draft.yaml" # not a voice: an editor's
  printf 'title: Bruit\nlanguage: fr\nlength: "0:30"\nvoices: {presenter: claire}\norder:\n  - sound: mer.flac\n' |
    script bruit
  finds 3 scripts/bruit.yaml error
  [[ $output != *draft* ]]
  rm "$S/scripts/bruit.yaml" "$S/voices/jingles/nappe.flac"
  finds 3 scripts/soir.yaml error
  rm "$S"/scripts/*.yaml
  finds 3 scripts error
  rm -r "$S/voices"
  finds 3 voices error
  told 3 "voices: No such file" voices
}

# --- the logbook ---------------------------------------------------------------------------------

# An editor of ours on a terminal: what it does, in shell, to the file "$1"; the entry is number 1
edit_with() { # PROGRAM [ENVIRONMENT…]
  printf '#!/bin/sh\n%s\n' "$1" >"$T/editor"
  chmod +x "$T/editor"
  shift
  run env CARNET_NOW=${SAMPLE_DAY}T10:30:00Z "EDITOR=$T/editor" "TMPDIR=$T" "$@" \
    script -qec "'$CARNET' -C '$S' edit 1" /dev/null </dev/null
  echo "# $status: $output"
}

@test "edit in an editor: one that fails, that is none, that comes too late" {
  edit_with true
  [ "$status" = 0 ]
  edit_with 'exit 1'
  [ "$status" = 3 ]
  [[ $output == *"the editor"*failed* ]]
  edit_with true "VISUAL=$T/no-such-editor"
  [ "$status" = 3 ]
  [[ $output == *no-such-editor*failed* ]]
  edit_with true 'VISUAL="open'
  [ "$status" = 3 ]
  [[ $output == *'"open'*failed* ]]
  edit_with true VISUAL= "TMPDIR=$T/none"
  [ "$status" = 3 ]
  [[ $output == *"$T/none"* ]]
  mkdir "$T/none"
  ln -s "$(type -P true)" "$T/none/editor"
  edit_with true VISUAL= EDITOR= "PATH=$T/none:$PATH"
  [ "$status" = 0 ]
  edit_with 'rm "$1"'
  [ "$status" = 3 ]
  [[ $output != *"is kept"* ]]
  [ -z "$(find "$T" -maxdepth 1 -name 'carnet-entry-*')" ]
  # Somebody else's change meanwhile is not undone; what was typed is kept.
  edit_with "sed -i 's/demain/ce soir/' \"\$1\"; CARNET_NOW=${SAMPLE_DAY}T10:20:00Z '$CARNET' -C '$S' edit 1 --title Bac"
  [ "$status" = 3 ]
  [[ $output == *"somebody else"*"--file"* ]]
  grep -q 'ce soir' "$T"/carnet-entry-*.yaml
  carnet edit 1 --file "$T"/carnet-entry-*.yaml
  carnet show 1 --json | jq -e '.text | test("ce soir")'
  # What a block of YAML would not give back is written as a string; links one by one.
  for text in $'un\n\ndeux' $'priv\xee\x80\x80' 'un: [deux] # trois'; do
    carnet edit 1 --text "$text"
    carnet show 1 --json | jq .text >"$T/before"
    edit_with 'sed -i "s/^priority:.*/priority: high/" "$1"'
    [ "$status" = 0 ]
    carnet show 1 --json | jq .text | cmp - "$T/before"
  done
  carnet edit 1 --text $'ligne\n  en retrait' --link https://aurelle.example/a --expires 2020-04-01
  [[ $(carnet show 1) == *"link: https://aurelle.example/a"* ]]
  before=$(carnet show 1 --json)
  edit_with 'echo >>"$1"'
  [ "$status" = 0 ]
  [ "$(carnet show 1 --json)" = "$before" ]
  carnet edit 1 --text $'un signe\u2028invisible'
  before=$(carnet show 1 --json)
  edit_with 'echo >>"$1"'
  [ "$(carnet show 1 --json)" = "$before" ]
  run env -u VISUAL -u EDITOR "PATH=$T/none:$PATH" script -qec "'$CARNET' -C '$S' edit 1" /dev/null </dev/null
  [ "$status" = 0 ]
  run command script -qec "'$CARNET' -C '$S' edit 1 >/dev/null" /dev/null </dev/null
  [ "$status" = 2 ]
  [[ $output == *"say what to change"* ]]
  told 3 ":1:8: a list is meant" edit 1 --file <(printf 'links: {a: b}\n')
  told 3 ":1:7: text: missing" edit 1 --file <(printf 'text: ""\n')
}

# --- the program ---------------------------------------------------------------------------------

@test "a terminal that is narrow, without a size, or dumb" {
  type -P script >/dev/null || skip "no script(1) here to make a terminal with"
  for columns in 0 12 100 200; do
    on_terminal "$columns" entries >"$T/out"
    grep -q Kervalan "$T/out"
  done
  unset NO_COLOR
  TERM=dumb on_terminal 80 entries | refute grep -q $'\e'
  command script -qec "env -u TERM $(printf '%q ' "$CARNET" -C "$S" entries)" /dev/null </dev/null | refute grep -q $'\e'
  NO_COLOR='' TERM=xterm on_terminal 80 entries | grep -q $'\e'
  rm -rf "$S/cache"
  TERM=xterm on_terminal 60 -q produce --script court >"$T/out"
  [ ! -s "$T/out" ]
}

@test "before the verb; output that cannot be written; what is only for those who look for errors" {
  run -0 "$CARNET" "-C$S" --quiet entries
  run -0 "$CARNET" -h
  run -2 "$CARNET" -q
  cd "$S"
  CARNET_STATION='' run -0 "$CARNET" entries
  for verb in "entries --json" "entries" "say mot -o -" help; do
    status=0
    # shellcheck disable=SC2086
    carnet $verb >/dev/full 2>"$T/err" || status=$?
    [ "$status" = 5 ]
    grep -q "standard output" "$T/err"
  done
  G_MESSAGES_DEBUG=all run -0 carnet entries
  for size in 5x '' ' 5' 1kk 9999999999G; do told 2 "--max" cache --prune --max "$size"; done
  run -0 carnet cache --max 5
  told 2 "--older-than" cache --prune --older-than=-1
}

@test "Ctrl-C twice: it ends at once" {
  rm -rf "$S/cache"
  env --default-signal=INT "$CARNET" -C "$S" produce --script midi 2>"$T/err" 3>&- &
  pid=$!
  for _ in {1..200}; do [ -d "$S/cache/clips" ] && break || sleep 0.02; done
  kill -INT "$pid"
  sleep 0.02
  kill -INT "$pid" 2>/dev/null || true
  sleep 0.02
  kill -INT "$pid" 2>/dev/null || true
  status=0
  wait "$pid" || status=$?
  [ "$status" = 130 ] || [ "$status" = 4 ]
  for _ in {1..200}; do pgrep -f -- "-C $S " >/dev/null || break; sleep 0.05; done
  refute pgrep -f -- "-C $S "
}
