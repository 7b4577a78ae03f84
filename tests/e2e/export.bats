#!/usr/bin/env bats
# carnet export: what a partner's automation finds in the folder that it watches.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash

setup_file() {
  station_environment
  S=$BATS_FILE_TMPDIR/made
  station_new
  cat >"$S/scripts/court.yaml" <<'YAML'
title: Le carnet, en court
language: fr
length: "0:30"
fit: at-most
least: "0:05"
bed: {file: nappe, gain: -13, duck: -10}
voices: {presenter: claire}
order:
  - jingle: virgule
  - entries: {most: 5}
  - say: "À demain."
YAML
  carnet -q add --approve "Le marché de Kervalan ouvre à neuf heures, et la mairie à dix." >/dev/null
  carnet -q produce --script court
}

setup() {
  station_environment
  cp -a "$BATS_FILE_TMPDIR/made" "$S"
  E=2020-03-17-court
  mkdir "$T/drop"
}

levels() { ffmpeg -nostdin -nostats -i "$1" -af ebur128=peak=true -f null - 2>&1 | sed -n 's/^ *I: *\(-[0-9.]*\) LUFS$/\1/p' | tail -1; }

@test "a broadcast WAV of exactly its length, at its own loudness, whole or not there; the edition stays as it is" {
  local before
  before=$(find "$S/editions/$E" -type f ! -name '.*' -printf '%p %s %T@\n' | sort)
  (until [ -e "$T/end" ]; do ls "$T/drop"; done >"$T/seen") 3>&- &
  local watcher=$!
  run --separate-stderr carnet export --to "$T/drop" --length 1:00 --loudness -23 --json
  : >"$T/end"
  [ "$status" = 0 ] || { echo "$stderr"; false; }
  wait "$watcher"
  [ -z "$(grep -vx "$E.wav" "$T/seen")" ]
  jq -e --arg path "$T/drop/$E.wav" '.path == $path and .frames == 2880000 and (.loudness_lufs + 23 | fabs < 0.5)' <<<"$output"
  [ "$(ls -A "$T/drop")" = "$E.wav" ]
  [ "$(find "$S/editions/$E" -type f ! -name '.*' -printf '%p %s %T@\n' | sort)" = "$before" ]
  [ "$(ffprobe -v error -show_entries stream=duration_ts,sample_rate,bits_per_raw_sample -of csv=p=0 "$T/drop/$E.wav")" = 48000,2880000,24 ]
  awk -v lufs="$(levels "$T/drop/$E.wav")" 'BEGIN { exit lufs < -23.5 || lufs > -22.5 }'
  # EBU Tech 3285: version 2, with the loudness that was measured; the bed does not play on in what fills it up.
  python3 - "$T/drop/$E.wav" <<'P'
import struct, sys
data = open(sys.argv[1], "rb").read()
at = data.index(b"bext") + 8
originator, date = data[at + 256:at + 288].rstrip(b"\0"), data[at + 320:at + 330]
version, = struct.unpack_from("<H", data, at + 346)
loudness, span, peak, momentary, short = struct.unpack_from("<5h", data, at + 412)
assert version == 2 and originator == b"Radio d'Aurelle" and date == b"2020-03-17", (version, originator, date)
assert abs(loudness + 2300) < 50 and peak < -100 and momentary >= loudness and short >= loudness, (loudness, peak)
P
  ffmpeg -nostdin -nostats -i "$T/drop/$E.wav" -af silencedetect=-90dB:20 -f null - 2>&1 | grep -q 'silence_end: 60'
}

@test "FLAC and MP3 with tags, under the name that the other side wants" {
  carnet -q export "$E" --to "$T/drop" --format flac --name 'CARNET_{date}_{script}'
  [[ $(carnet export "$E" --to "$T/drop" --format mp3 --name 'CARNET.mp3') == *"$T/drop/CARNET.mp3"*LUFS* ]]
  [ "$(ls -A "$T/drop")" = "$(printf 'CARNET.mp3\nCARNET_2020-03-17_court.flac')" ]
  for file in "$T"/drop/*; do
    ffprobe -v error -show_entries format_tags -of json "$file" |
      jq -e '.format.tags | with_entries(.key |= ascii_downcase) | .title == "Le carnet, en court" and .artist == "Radio d'"'"'Aurelle" and .date == "2020-03-17"'
  done
}

@test "what cannot be exported tells why, and leaves nothing" {
  run -2 --separate-stderr carnet export
  [[ $stderr == *'--to'* ]]
  run -3 --separate-stderr carnet export --to "$T/drop" --length 0:02
  [[ $stderr == *'longer than 0:02'* ]]
  run -2 --separate-stderr carnet export --to "$T/drop" --loudness loud
  run -2 --separate-stderr carnet export --to "$T/drop" --loudness -200
  run -2 --separate-stderr carnet export --to "$T/drop" --loudness 5
  run -2 --separate-stderr carnet export --to "$T/drop" --loudness -23x
  run -2 --separate-stderr carnet export --to "$T/drop" --loudness nan
  run -2 --separate-stderr carnet export --to "$T/drop" --format ogg
  run -2 --separate-stderr carnet export --to "$T/drop" --name ../x
  run -2 --separate-stderr carnet export --to "$T/drop" --name .x
  run -2 --separate-stderr carnet export --to "$T/drop" --name a/x
  local length
  for length in soon 0:00.00001; do # less than a frame is none either
    run -3 --separate-stderr carnet export --to "$T/drop" --length "$length"
    [[ $stderr == *"\"$length\" is not a length"* ]]
  done
  run -3 --separate-stderr carnet export --to "$T/nowhere"
  [[ $stderr == *nowhere* ]]
  run -3 --separate-stderr carnet export 2020-03-18-court --to "$T/drop"
  [[ $stderr == *'carnet produce'* ]]
  [ ! -e "$S/editions/2020-03-18-court" ]
  run -2 --separate-stderr carnet export frobnicate --to "$T/drop"
  carnet -q withdraw 1
  run -3 --separate-stderr carnet export --to "$T/drop"
  [[ $stderr == *'taken back'* ]]
  rm -r "$S/editions/$E"
  run -3 --separate-stderr carnet export --to "$T/drop"
  [[ $stderr == *'carnet produce'* ]]
  [ -z "$(ls -A "$T/drop")" ]
}
