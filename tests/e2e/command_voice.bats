#!/usr/bin/env bats
# A real other synthesizer as a station's voice: flite. It is heard; it is held to limits and a deadline; when it fails,
# in whichever way, eSpeak NG says the words, a note tells why, and the bulletin goes out. (Attacks: sandbox.bats.)
bats_require_minimum_version 1.5.0
load trace.bash
load station.bash

setup() {
  command -v flite >/dev/null || skip "flite is not installed"
  station_environment
  station_new
}

# voice NAME SCRIPT [MORE LINES OF YAML…]: a voice that runs the shell's SCRIPT; "$1" is the sound to be written
voice() {
  local name=$1 script=$2
  shift 2
  mkdir -p "$T/prefix/bin"
  printf '#!/bin/bash\n%s\n' "$script" >"$T/prefix/bin/$name"
  chmod 755 "$T/prefix/bin/$name"
  printf '%s\n' "command: [$T/prefix/bin/$name, \"{out}\"]" "$@" >"$S/voices/$name.yaml"
}

# heard FILE: milliseconds from the first sound to the last
heard() { "${TOOLS:-$REPO/build/tools}/listen" "$1" | awk -F'\t' '{ f[$1] = $2 } END { printf "%d\n", f["seconds"] * 1000 - f["lead"] - f["tail"] }'; }

@test "flite speaks: its sound, trimmed, at 48 kHz, through its polish; from its file or its standard output" {
  printf 'command: [flite, -voice, slt, -o, "{out}"]\n' >"$S/voices/slt.yaml"
  # (flite cannot write to a pipe: it reads back what it wrote.)
  printf 'command: [sh, -c, "flite -voice slt -o $TMPDIR/a.wav && cat $TMPDIR/a.wav"]\n' >"$S/voices/piped.yaml"
  printf 'command: [flite, -voice, slt, -o, "{out}"]\npolish: "lowpass=f=500"\n' >"$S/voices/dull.yaml"
  for name in slt piped dull; do
    run --separate-stderr carnet say -l en -v "$name" "Good morning." -o "$T/$name.wav"
    echo "$name: $output $stderr"
    [ "$status" = 0 ]
    [[ $stderr != *instead* ]]
    [ "$(soxi -r "$T/$name.wav")" = 48000 ]
  done
  # What flite says by itself, without the silence around it.
  echo "Good morning." | flite -voice slt -o "$T/raw.wav"
  local by_flite by_us
  by_flite=$(heard "$T/raw.wav") by_us=$(heard "$T/slt.wav")
  echo "$by_flite $by_us"
  [ $((by_flite - by_us)) -le 10 ]
  [ $((by_us - by_flite)) -le 10 ]
  cmp "$T/slt.wav" "$T/piped.wav"
  # The polish is heard, and eSpeak's voice is another length.
  local bright dull
  bright=$(sox "$T/slt.wav" -n sinc 3000 stat 2>&1 | awk '/RMS.*amplitude/ { print $3 }')
  dull=$(sox "$T/dull.wav" -n sinc 3000 stat 2>&1 | awk '/RMS.*amplitude/ { print $3 }')
  awk -v a="$bright" -v b="$dull" 'BEGIN { exit !(a > 5 * b) }'
  carnet say -l en -v emma "Good morning." -o "$T/emma.wav" 2>/dev/null
  [ "$(($(heard "$T/emma.wav") - by_us))" -gt 20 ]
}

@test "flite reads a bulletin, and is not asked again for what it has said" {
  voice slow 'exec flite -voice slt -o "$1"' 'polish: "highpass=f=90"'
  cp "$S/voices/slow.yaml" "$S/voices/claire.yaml"
  script_short court
  add "The market opens at eight." --kind announcement >/dev/null
  run --separate-stderr carnet produce --script court
  echo "$output $stderr"
  [ "$status" = 0 ]
  [[ $stderr != *instead* ]]
  transcript court | grep -q "The market opens at eight"
  is_loud "$(edition court)/bulletin.mp3" -16
  carnet say -l en "The market opens at eight." -v slow --json 2>/dev/null | jq -r .clip >"$T/clip"
  local before
  before=$(find "$S/cache/clips" -name '*.wav' | wc -l)
  carnet say -l en "The market opens at eight." -v slow --json 2>/dev/null | jq -r .clip | cmp - "$T/clip"
  [ "$(find "$S/cache/clips" -name '*.wav' | wc -l)" = "$before" ]
}

# espoken WAY…: what the program does; eSpeak NG says the bulletin, and a note tells why
espoken() {
  local way reason deadline
  local -A ways=(
    [exits]='exit 7' [dies]='kill -SEGV $$' [hangs]='exec sleep 60' [stops]='kill -STOP $$'
    [reads_nothing]='exec 0<&-; exec sleep 60' [floods]='exec cat /dev/zero >"$1"' [pours]='exec cat /dev/zero'
    [garbage]='head -c 50000 /dev/urandom >"$1"' [text]='echo "no voice today" >"$1"' [empty]=': >"$1"'
    [silent]='sox -n -r 22050 -b 16 -c 1 "$1" trim 0 1' [half]='flite -voice slt -o "$1"; truncate -s 3000 "$1"'
    [hungry]='perl -e "\$n = 9 << 30; \$x = q(x) x \$n" && exec flite -voice slt -o "$1"'
    [busy]='while :; do :; done'
  )
  local -A reasons=(
    [exits]='status 7' [hangs]='more than 1 s' [stops]='more than 1 s' [reads_nothing]='more than 1 s'
    [busy]='more than 1 s' [silent]='nothing but silence' [garbage]='no WAV file' [text]='no WAV file'
    [half]='shorter than it says' [hungry]='Out of memory'
  )
  script_short court
  add "Une annonce qui doit être entendue." --kind announcement >/dev/null
  only_wav
  carnet -q produce --script court # in eSpeak's voice
  mkdir "$T/tmp"
  export TMPDIR=$T/tmp # where a program's folder is, and must not stay
  for way in "$@"; do
    # A short one only for those that it is to end: a busy machine takes its time for the others.
    case $way in half | hungry | silent | garbage | text | empty | exits | dies) deadline=15 ;; *) deadline=1 ;; esac
    voice "$way" "${ways[$way]}" "deadline: $deadline"
    cp "$S/voices/$way.yaml" "$S/voices/claire.yaml"
    rm -rf "$(edition court)"
    run --separate-stderr carnet produce --script court
    echo "$way: $status $output $stderr"
    [ "$status" = 0 ]
    reason=${reasons[$way]:-}
    [[ $stderr == *"voice claire: "*"$reason"*"eSpeak NG speaks instead"* ]]
    transcript court | grep -q "Une annonce qui doit être entendue"
    # In eSpeak's voice as in all the other ways.
    [ -e "$T/espoken.wav" ] || { is_loud "$(edition court)/bulletin.wav" -16 && cp "$(edition court)/bulletin.wav" "$T/espoken.wav"; }
    cmp "$(edition court)/bulletin.wav" "$T/espoken.wav"
  done
  [ -z "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'carnet-voice-*' -newer "$S/station.yaml" -user "$(id -un)")" ]
}

@test "whatever the program does, eSpeak NG says the bulletin and a note tells why" { espoken exits hangs floods garbage half; }

# bats test_tags=long
@test "whatever else the program does" {
  local more=hungry # under a sanitizer, which maps terabytes, nobody's memory is limited
  if ldd "$CARNET" | grep -q libasan; then more=; fi
  espoken dies stops reads_nothing pours text empty silent busy $more
}

@test "a program that is not there, or may not be run; one that hangs has its time once a bulletin" {
  script_short court
  local texts=("Le marché rouvre samedi." "La piscine ferme à midi." "Une conteuse vient au bourg." "Le bac ne passe pas.")
  for text in "${texts[@]}"; do add "$text" --kind announcement >/dev/null; done
  printf 'command: [no-such-synthesizer, "{out}"]\n' >"$S/voices/claire.yaml"
  run --separate-stderr carnet produce --script court
  [ "$status" = 0 ]
  [[ $stderr == *"no-such-synthesizer"*"eSpeak NG speaks instead"* ]]
  voice locked 'exit 0'
  chmod 644 "$T/prefix/bin/locked"
  run --separate-stderr carnet say -v locked "Bonjour." -o "$T/a.wav"
  [ "$status" = 0 ]
  [[ $stderr == *"eSpeak NG speaks instead"* ]]
  [ -s "$T/a.wav" ]
  voice hangs 'echo x >>"'"$T"'/prefix/count"; exec sleep 60' "deadline: 1" "reads: [$T/prefix]"
  mv "$S/voices/hangs.yaml" "$S/voices/claire.yaml"
  rm -rf "$(edition court)"
  run --separate-stderr carnet produce --script court
  echo "$stderr"
  [ "$status" = 0 ]
  # asked at most once by each of the threads that speak side by side
  [ "$(grep -c 'took more than 1 s' <<<"$stderr")" -le $(($(nproc) + 1)) ]
  [[ $stderr == *"from here on"* ]]
  for text in "${texts[@]}"; do transcript court | grep -q "$text"; done
}

@test "quiet, the note is not printed, and what is said is the same" {
  printf 'command: [/bin/false]\n' >"$S/voices/faux.yaml"
  run --separate-stderr carnet -q say -v faux "Bonjour." -o "$T/a.wav"
  [ "$status" = 0 ]
  [[ $stderr != *note* && $stderr != *instead* ]]
  run --separate-stderr carnet say -v faux "Bonjour." -o "$T/b.wav"
  [[ $stderr == *"note: voice faux: "*"status 1"*"eSpeak NG speaks instead"* ]]
  cmp "$T/a.wav" "$T/b.wav"
}
