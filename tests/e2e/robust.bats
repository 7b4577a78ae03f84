#!/usr/bin/env bats
# What must not break a bulletin, or must be told with its place:
#   produce killed at some moments, Ctrl-C; corrupt and missing jingles, voices, lexicons; broken
#   YAML of each kind; the strings that abort eSpeak; hostile text; two at once; a read-only station, a
#   full disk, a vanished folder; a newer and a damaged logbook; the clock and the locale; odd paths.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash

setup_file() {
  station_environment
  S=$BATS_FILE_TMPDIR/sample
  station_new
  only_wav
  carnet -q import csv "$REPO/tests/data/sample/logbook.csv" --trust-status >/dev/null
  carnet -q produce --script flash
  cp -a "$(edition flash)" "$BATS_FILE_TMPDIR/good"
}

setup() {
  station_environment
  MOUNTED=
  PIDS=()
}

teardown() {
  for pid in "${PIDS[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
  [ -z "$MOUNTED" ] || umount "$MOUNTED"
}

# begin ARGUMENTS…: carnet in the background; its pid in PID. Signals are as a terminal has them.
begin() {
  env --default-signal=INT "$CARNET" -C "$S" "$@" >"$T/begun.out" 2>"$T/begun.err" 3>&- &
  PID=$!
  PIDS+=("$PID")
}

# Sets STATUS.
await() {
  STATUS=0
  wait "$1" || STATUS=$?
}

# until_true COMMAND…: half a minute at most
until_true() {
  for _ in $(seq 600); do
    "$@" && return 0
    sleep 0.05
  done
  return 1
}

nobody_is_left() { ! pgrep -f -- "-C $S " >/dev/null; }

# The sounds that are there are whole ones: the last good, or the new, which are the same here.
whole_or_absent() {
  local file
  for file in bulletin.wav transcript.vtt chapters.json cues.json; do
    [ ! -e "$(edition flash)/$file" ] || cmp "$(edition flash)/$file" "$BATS_FILE_TMPDIR/good/$file"
  done
}

is_good() { diff -r --exclude=.lock "$(edition flash)" "$BATS_FILE_TMPDIR/good"; }

# refused PATTERN: produce ends with status 3, tells PATTERN, and the last good bulletin stays
refused() {
  local script=${2:-flash}
  run -3 --separate-stderr carnet produce --script "$script"
  echo "$stderr"
  [[ $stderr =~ $1 ]]
  [[ $stderr != *$'\e'* ]]
  is_good
  nothing_half_written
}

# a station in a small disk of its own, or on this one, closed
station_on_tmpfs() { # SIZE
  [ "$(id -u)" = 0 ] || skip "needs root: a small disk to fill"
  mkdir -p "$S"
  mount -t tmpfs -o "size=$1" tmpfs "$S" 2>/dev/null || skip "this machine lets nobody mount a tmpfs"
  MOUNTED=$S
  cp -a "$BATS_FILE_TMPDIR/sample/." "$S"
}

# --- stopped ---------------------------------------------------------------------------

# produce_killed TIMES (a thousand: tests/soak/kills.sh)
produce_killed() {
  station_with_sample
  local i
  for i in $(seq "$1"); do
    [ $((i % 2)) -ne 0 ] || rm -rf "$S/cache"
    [ $((i % 3)) -ne 0 ] || rm -rf "$(edition flash)"
    begin produce --script flash
    sleep "$((RANDOM % 2)).$((RANDOM % 900 + 100))" &
    nap=$!
    wait -n "$PID" "$nap" || true
    kill -KILL "$PID" 2>/dev/null || true
    wait "$PID" 2>/dev/null || true
    kill "$nap" 2>/dev/null || true
    whole_or_absent
  done
  until_true nobody_is_left # its children go with it
  carnet -q produce --script flash
  is_good
  nothing_half_written
  run -0 carnet entries --json --limit 1
}

@test "produce killed at some moments: nothing half made is seen, and the next run works" { produce_killed 3; }

# bats test_tags=long
@test "produce killed at a dozen moments" { produce_killed 12; }

@test "Ctrl-C: it ends by itself, cleans up, keeps the last good bulletin" {
  station_with_sample
  rm -rf "$S/cache"
  begin produce --script flash
  until_true test -d "$S/cache/clips"
  kill -INT "$PID"
  await "$PID"
  cat "$T/begun.err"
  [ "$STATUS" = 4 ]
  until_true nobody_is_left
  is_good
  nothing_half_written
  carnet -q produce --script flash
  is_good
}

@test "two at once on one edition: one waits for the other" {
  station_with_sample
  rm -rf "$S/cache" "$(edition flash)"
  begin produce --script flash
  first=$PID
  begin produce --script flash
  await "$first"
  [ "$STATUS" = 0 ]
  await "$PID"
  [ "$STATUS" = 0 ]
  is_good
  nothing_half_written
}

@test "produce while a thousand entries are imported: both are whole" {
  station_with_sample
  seq 1000 | sed 's/.*/k&;2020-03-10;Nouvelle numéro &./; 1i key;date;texte' >"$T/many.csv"
  begin import csv "$T/many.csv"
  carnet -q produce --script flash
  await "$PID"
  [ "$STATUS" = 0 ]
  is_good
  [ "$(carnet entries --json --date 2020-03-10 | jq length)" = 1000 ]
}

# --- files of the station that are wrong --------------------------------------------------

@test "a corrupt jingle is named, and the last good bulletin stays" {
  station_with_sample
  head -c 20000 /dev/urandom >"$S/voices/jingles/ouverture.flac"
  refused 'ouverture\.flac'
  : >"$S/voices/jingles/ouverture.flac"
  refused 'ouverture\.flac'
  printf 'not a sound\n' >"$S/voices/jingles/ouverture.flac"
  refused 'ouverture\.flac'
  # A playlist that would open other files is not a sound either.
  printf '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n' >"$S/voices/jingles/ouverture.flac"
  refused 'ouverture\.flac'
  rm "$S/voices/jingles/ouverture.flac"
  mkfifo "$S/voices/jingles/ouverture.flac"
  refused 'ouverture'
}

@test "a jingle in which nothing is heard is a silence that was asked for" {
  station_new
  only_wav
  ffmpeg -v error -nostdin -f lavfi -i anullsrc=r=48000 -t 4 "$S/voices/jingles/muet.wav"
  printf 'title: Muet\nlanguage: fr\nlength: "1:00"\nfit: at-most\nvoices: {presenter: claire}\norder:\n' | script muet
  printf '  - say: "Bonjour."\n  - jingle: muet\n  - pause: 2\n  - jingle: muet\n  - say: "Au revoir."\n' >>"$S/scripts/muet.yaml"
  carnet -q produce --script muet
  measure "$(edition muet)/bulletin.wav"
  awk -v s="$SILENCE" 'BEGIN {exit !(s > 9.5)}'
}

@test "a loudness that the voice's peaks leave no room for: refused, with what to do" {
  station_new
  only_wav
  sed -i 's/^loudness: .*/loudness: -8/' "$S/station.yaml"
  sed -i 's/^polish: .*/polish: ""/' "$S/voices/claire.yaml"
  script_short court
  run --separate-stderr carnet produce --script court
  echo "$status: $stderr"
  [ "$status" != 0 ]
  [[ $stderr == *"leave no room for more"* ]]
}

@test "a missing jingle, bed, voice, lexicon or script is named" {
  station_with_sample
  mv "$S/voices/jingles/fermeture.flac" "$T/"
  refused 'fermeture'
  mv "$T/fermeture.flac" "$S/voices/jingles/"
  mv "$S/voices/jingles/nappe.flac" "$T/"
  refused 'nappe'
  mv "$T/nappe.flac" "$S/voices/jingles/"
  mv "$S/voices/claire.yaml" "$T/"
  refused 'claire'
  mv "$T/claire.yaml" "$S/voices/"
  refused 'matines' matines
  refused '\.\./station|station' ../station
  carnet -q produce --script flash
  is_good
}

@test "YAML that is wrong is told by file, line and column" {
  station_with_sample
  broken() { # FILE SED-EDIT WHERE
    cp "$S/$1" "$T/kept"
    sed -i "$2" "$S/$1"
    refute cmp -s "$S/$1" "$T/kept"
    refused "$(basename "$1" | sed 's/\./\\./g'):$3"
    cp "$T/kept" "$S/$1"
  }
  broken station.yaml '2s/^name/nom/' '2:1: .*"nom"'
  broken station.yaml 's/^loudness: .*/loudness: loud/' '[0-9]+:[0-9]+'
  broken station.yaml 's|^zone: .*|zone: Europe/Atlantis|' '[0-9]+:[0-9]+'
  broken station.yaml 's/also: .wav./also: [mp4]/' '[0-9]+:[0-9]+'
  broken scripts/flash.yaml 's/^length: .*/length: "1:75"/' '[0-9]+:[0-9]+'
  broken scripts/flash.yaml 's/^  - jingle: ouverture/  - jingel: ouverture/' '[0-9]+:5: .*"jingel"'
  broken scripts/flash.yaml 's/{station}/{statoin}/' '[0-9]+:[0-9]+: .*statoin'
  broken scripts/flash.yaml 's/^order:/order: [/' '[0-9]+:[0-9]+'
  broken scripts/flash.yaml 's/^voices: .*/voices: claire/' '[0-9]+:[0-9]+'
  broken voices/claire.yaml 's/^rate: .*/rate: fast/' '[0-9]+:[0-9]+'
  broken voices/claire.yaml 's/^engine: .*/engine: festival/' '[0-9]+:[0-9]+'
  broken voices/claire.yaml 's|^polish: .*|polish: "amovie=/etc/passwd"|' ' .*polish.*amovie'
  broken voices/lexicon.fr.yaml '$a\  - [' '[0-9]+:[0-9]+'
  broken voices/lexicon.fr.yaml '$a\\xff\xfe' '[0-9]+:[0-9]+'
  carnet -q produce --script flash
  is_good
}

# --- text ------------------------------------------------------------------------------------

@test "the strings that abort eSpeak: the bulletin goes out" {
  station_new
  only_wav
  script_short tout 10:00
  add --kind question "$(printf "s'%.0s" {1..80})" >/dev/null
  add --kind problem "$(printf 'A.%.0s' {1..100})" >/dev/null
  add --kind idea -l en "$(printf "s'%.0s" {1..220})" >/dev/null
  add --kind resource "$(printf '%.0s.' {1..3000})" >/dev/null
  add --kind experience "$(printf '9%.0s' {1..3000})" >/dev/null
  add --kind feeling "Le dernier mot est entendu." >/dev/null
  run -0 --separate-stderr carnet produce --script tout --json
  jq .frames <<<"$output" >"$T/frames"
  carnet rundown --script tout --json >"$T/rundown.json" 2>/dev/null
  is_bulletin "$(edition tout)/bulletin.wav" "$(<"$T/frames")" -16 "$T/rundown.json"
  transcript tout | grep -q 'Le dernier mot est entendu'
}

@test "hostile text is only text: on the terminal, to the voice, to the filters, to a shell" {
  station_new
  only_wav
  script_short tout 10:00
  mkdir "$T/cwd"
  cd "$T/cwd"
  add --kind question 'Le pain <speak><audio src="/etc/passwd"/><break time="300s"/></speak> cuit.' >/dev/null
  add --kind problem 'Le lait [[t_u_S]] bout [[_^_]] ici.' >/dev/null
  add --kind idea "Le sel volume=0,aevalsrc=0:d=9[out];[in]anull,amovie=/etc/passwd 'x'\\:y." >/dev/null
  add --kind resource 'Le miel $(touch pwned) ; touch pwned | `touch pwned` && touch pwned.' >/dev/null
  add --kind experience "$(printf 'Le thé \033[31mrouge\033[0m \033]0;pwned\007\033[2J\b\b fume.')" >/dev/null
  add --kind feeling "$(printf 'Le riz \u202edetourné\u202c \u2066isolé\u2069 \ufeff\u200b gonfle.')" >/dev/null
  add --kind announcement '🎉🎊 👩‍👩‍👧 🇫🇷' >/dev/null
  add --kind alert 'Le vin {date} {count, plural, other {#}} {{station}} %s%n%1$s coule --> WEBVTT.' >/dev/null
  add --kind question "$(printf 'Le zèle z\u0325\u0300\u0301\u0302\u0303%.0s' {1..40})" >/dev/null
  head -c 1000000 /dev/zero | tr '\0' 'a' | add --kind experience - >/dev/null
  seq 20000 | sed 's/.*/Le grand marché de la place reprend bientôt ici./' | tr '\n' ' ' | add --kind idea --title Long - >/dev/null
  run -0 --separate-stderr carnet produce --script tout --also flac
  is_printable <<<"$output$stderr"
  carnet rundown --script tout --json >"$T/rundown.json" 2>/dev/null
  is_bulletin "$(edition tout)/bulletin.wav" "$(jq .frames "$T/rundown.json")" -16 "$T/rundown.json"
  for word in pain lait sel miel thé riz vin zèle; do
    jq -e --arg word "Le $word" '[.items[] | select((.text // "") | contains($word))] | length == 1' "$T/rundown.json"
  done
  # Said as words: no tag, no phoneme brackets, no control reaches the voice.
  jq -e '[.items[].spoken // ""] | all(test("[<\\[{\u0000-\u001f]") | not)' "$T/rundown.json"
  # In the transcript "<" is a character, and "-->" does not begin a cue.
  refute grep -E '<(speak|audio)' "$(edition tout)/transcript.vtt"
  [ "$(grep -c -- '-->' "$(edition tout)/transcript.vtt")" = "$(grep -cE '^[0-9:.]+ --> [0-9:.]+$' "$(edition tout)/transcript.vtt")" ]
  for verb in 'entries' 'rundown --script tout' 'rundown --script tout --explain' 'show 5' 'show 6 --history' \
    'entries --json' 'entries --search rouge'; do
    # shellcheck disable=SC2086
    carnet $verb >"$T/out" 2>&1
    is_printable <"$T/out"
  done
  [ -z "$(ls -A "$T/cwd")" ]
  [ -z "$(find "$S" -name pwned)" ]
  # What is too long for any bulletin is said.
  carnet rundown --script tout --explain --json 2>/dev/null |
    jq -e '[.candidates[] | select(.in == false and (.why | test("too long")))] | length == 2'
}

# --- disk and folders --------------------------------------------------------------------------

@test "a full disk: told, nothing half written, the last good bulletin stays" {
  station_on_tmpfs 64m
  rm -rf "$S/cache"
  head -c 100M /dev/zero >"$S/filler" 2>/dev/null || true
  truncate -s -700K "$S/filler"
  run --separate-stderr carnet produce --script flash
  echo "$status: $stderr"
  [ "$status" = 5 ]
  [[ $stderr == *"No space left"* ]]
  is_good
  rm "$S/filler"
  carnet -q produce --script flash
  is_good
  nothing_half_written
}

@test "a station that cannot be written to: told, and reading it works" {
  if [ "$(id -u)" = 0 ]; then
    station_on_tmpfs 64m
    mount -o remount,ro "$S"
  else
    station_with_sample
    find "$S" -type d -exec chmod a-w {} +
  fi
  run --separate-stderr carnet produce --script flash
  echo "$status: $stderr"
  [ "$status" = 3 ] || [ "$status" = 5 ]
  [[ $stderr == *"$S"* ]]
  is_good
  run -0 carnet entries --json --limit 1
  [ "$(id -u)" = 0 ] || find "$S" -type d -exec chmod u+w {} +
}

# broken LIBRARY: a file that is none stands before it; what does not need it does not look.
broken() {
  rm -rf "${T:?}/lib"
  mkdir "$T/lib"
  : >"$T/lib/$1"
  export LD_LIBRARY_PATH=$T/lib
  run -0 carnet entries
}

@test "libraries are opened by what needs them, and by nothing else; a broken one is told" {
  station_new
  script_short court
  add "La halle ferme." >/dev/null
  for library in "libavfilter.so.$(pkg-config --modversion libavfilter | cut -d. -f1)" libespeak-ng.so.1; do
    broken "$library"
    told 5 "${library%.so*}" say "Bonjour."
    told 5 "${library%.so*}" produce --script court
    nothing_half_written
  done
  # Nor by a rundown whose clips and sounds are all there.
  unset LD_LIBRARY_PATH
  carnet rundown --script court >"$T/good"
  for library in libavfilter libavformat; do
    broken "$library.so.$(pkg-config --modversion $library | cut -d. -f1)"
    carnet rundown --script court | diff "$T/good" -
  done
  broken libmicrohttpd.so.12
  told 5 libmicrohttpd desk --port 0
  broken libshout.so.3
  (umask 077 && echo secret >"$S/icecast.password")
  sed -i 's/^  port: .*/  port: 9/' "$S/station.yaml"
  told 5 libshout air --script court
}

@test "a folder that is no station, or is gone, is told" {
  S=$T/nowhere
  run -3 --separate-stderr carnet produce
  [[ $stderr == *"$S"*"carnet init"* ]]
  [ ! -e "$S" ]
  mkdir "$S"
  run -3 --separate-stderr carnet entries
  [[ $stderr == *"carnet init"* ]]
  [ -z "$(ls -A "$S")" ]
}

@test "an edition's folder that vanishes meanwhile is an error, not a crash" {
  station_with_sample
  rm -rf "$S/cache"
  begin produce --script flash
  until_true test -d "$S/cache/clips"
  mv "$S/editions" "$T/gone" # at once: what is written meanwhile is in the way of removing it
  await "$PID"
  cat "$T/begun.err"
  [ "$STATUS" = 0 ] || [ "$STATUS" = 3 ] || [ "$STATUS" = 5 ]
  [ "$STATUS" = 0 ] || grep -q "editions" "$T/begun.err"
  carnet -q produce --script flash
  is_good
}

@test "a logbook of a newer version, or damaged, is refused and left alone" {
  station_with_sample
  cp "$S/logbook.sqlite" "$T/kept.sqlite"
  sqlite3 "$S/logbook.sqlite" 'PRAGMA user_version = 99'
  refused 'logbook\.sqlite.*newer'
  [ "$(sqlite3 "$S/logbook.sqlite" 'PRAGMA user_version')" = 99 ]
  for damage in 'dd if=/dev/urandom of=FILE bs=4096 seek=1 count=8 conv=notrunc' 'truncate -s 20000 FILE' \
    'dd if=/dev/urandom of=FILE bs=100 count=1 conv=notrunc'; do
    cp "$T/kept.sqlite" "$S/logbook.sqlite"
    eval "${damage//FILE/"'$S/logbook.sqlite'"}" 2>/dev/null
    cp "$S/logbook.sqlite" "$T/damaged"
    refused 'logbook\.sqlite.*carnet restore'
    cmp "$T/damaged" "$S/logbook.sqlite"
  done
}

# --- clock, locale, paths ---------------------------------------------------------------------

@test "CARNET_NOW is the clock, in the station's zone; one that cannot be read is told" {
  station_new
  # A quarter to midnight in London is a new year in Paris.
  CARNET_NOW=2020-12-31T23:45:00Z "$CARNET" -C "$S" add "Bonne année." >/dev/null
  [ "$(carnet show 1 --json | jq -r .date)" = 2021-01-01 ]
  TZ=America/New_York CARNET_NOW=2020-03-17T22:59:00Z "$CARNET" -C "$S" add "Bonne nuit." >/dev/null
  [ "$(carnet show 2 --json | jq -r .date)" = 2020-03-17 ]
  CARNET_NOW=2020-03-17T22:59:00Z "$CARNET" -q -C "$S" produce --script flash
  [ -s "$(edition flash)/bulletin.mp3" ]
  CARNET_NOW=yesterday run --separate-stderr "$CARNET" -C "$S" add "Bonjour."
  [[ $stderr == *CARNET_NOW*yesterday* ]]
}

# bats test_tags=long
@test "the locale changes the messages, never the bulletin" {
  station_with_sample
  local locales=(C C.UTF-8) name
  if locale -a | grep -qi 'fr_FR.utf'; then locales+=(fr_FR.UTF-8); else echo "# no fr_FR.UTF-8 here"; fi
  for name in "${locales[@]}"; do
    rm -rf "$S/editions" "$S/cache"
    LC_ALL=$name "$CARNET" -C "$S" produce --script flash --json >"$T/out.json"
    is_good
    jq -e '.files[0].loudness_lufs < -15' "$T/out.json"
    LC_ALL=$name "$CARNET" -C "$S" say --text 'À 9h30, 1,5 km' >"$T/$name.say"
    cmp "$T/C.say" "$T/$name.say"
    LC_ALL=$name "$CARNET" -C "$S" add "Été à l'œuvre ($name)" >"$T/id"
    [ "$(carnet show "$(<"$T/id")" --json | jq -r .text)" = "Été à l'œuvre ($name)" ]
  done
}

@test "a station whose path has blanks, accents, quotes and signs" {
  S="$T/Ma \"radio\" d'été — [à], 100 %: \$HOME; 🎙"
  station_with_sample
  rm -rf "$S/cache" "$S/editions"
  carnet -q produce --script flash
  is_good
  carnet backup "$T/copie de l'été.sqlite" >/dev/null
  carnet say "Bonjour" -o "$T/à dire.wav" >/dev/null 2>&1
  [ -s "$T/à dire.wav" ]
  cd "$S"
  run -0 "$CARNET" produce --script flash
}
