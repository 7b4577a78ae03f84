# Helpers of the end-to-end tests: a station in the test's own folder, a pinned
# clock, and measurements by tools that are not ours. "load station.bash", then:
#   setup() { station_environment; station_new; }
# shellcheck shell=bash disable=SC2034

REPO=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
SAMPLE_DAY=2020-03-17

# The program, the clock and the locale, whatever the caller's are.
station_environment() {
  CARNET=$(realpath "${CARNET:-$REPO/build/carnet}")
  T=$BATS_TEST_TMPDIR
  S=$T/station
  export CARNET_NOW=${SAMPLE_DAY}T11:00:00Z LC_ALL=C.UTF-8 NO_COLOR=1 CARNET_USER=test TZ=UTC
  unset CARNET_STATION CARNET_SAMPLE CARNET_ICECAST_PASSWORD LANGUAGE EDITOR VISUAL G_MESSAGES_DEBUG
}

# The logbook is written at ten, bulletins are made at eleven: the pinned clock
# starts anew with each process, and an entry must not be younger than now.
carnet() {
  local verb=$1 now=$CARNET_NOW
  [ "$verb" != -q ] || verb=$2
  case $verb in
    add | import | edit | approve | reject | withdraw | undo) now=${SAMPLE_DAY}T10:00:00Z ;;
  esac
  CARNET_NOW=$now "$CARNET" -C "$S" "$@"
}

# station_new: an empty one at $S.
station_new() { "$CARNET" -q init "$S"; }

# station_with_sample: a copy, made once a file, of a station that holds the
# sample logbook and has spoken its bulletin "midi" (so its clips are cached).
station_with_sample() { cp -a "$BATS_FILE_TMPDIR/sample" "$S"; }
station_prepare_sample() {
  S=$BATS_FILE_TMPDIR/sample
  station_new
  carnet -q import csv "$REPO/tests/data/sample/logbook.csv" --trust-status >/dev/null
  carnet -q produce --script midi
}

# Where the sound is not what is asked about, one encoding is enough: most of a bulletin's time is its encoders'.
only_mount() { sed -i "/^  - {mount:/{/format: $1,/!d}" "$S/station.yaml"; }
# Or none: a WAV costs a tenth of it.
only_wav() { sed -i '/^  - {mount:/d; s/^mounts:/mounts: []/; s/^# also: .*/also: [wav]/' "$S/station.yaml"; }

# edition SCRIPT: its folder, for the pinned day.
edition() { printf '%s/editions/%s-%s' "$S" "$SAMPLE_DAY" "$1"; }

# script NAME: standard input becomes scripts/NAME.yaml.
script() { cat >"$S/scripts/$1.yaml"; }

# A short script of one section, without music: quick to make.
script_short() { # NAME [LENGTH [MORE KEYS…]]
  local name=$1 length=${2:-3:00}
  shift $(($# < 2 ? $# : 2))
  {
    printf 'title: Court, {date}\nlanguage: fr\nlength: "%s"\nfit: at-most\nvoices: {presenter: claire}\n' "$length"
    printf '%s\n' "$@"
    printf 'order:\n  - say: "Voici le carnet."\n  - entries: {most: 100}\n'
  } | script "$name"
}

# add TEXT OPTIONS…: an approved entry of the pinned day; prints its number.
add() { carnet add --approve "$@"; }

transcript() { cat "$(edition "$1")/transcript.vtt"; }

# told STATUS WORDS VERB…: it ends so, and says so on standard error
told() {
  local status_wanted=$1 words=$2
  shift 2
  run --separate-stderr carnet "$@"
  echo "# $* -> $status: $output $stderr"
  [ "$status" = "$status_wanted" ] && [[ $stderr == *"$words"* ]] && [[ $stderr != *$'\e'* ]]
}

# --- measuring -------------------------------------------------------------------

# measure FILE [true]: sets FRAMES, LUFS, PEAK (dB of samples; with "true", which takes as long as all else, dBTP) and
# SILENCE (the longest below -60 dB, in seconds), of what ffmpeg decodes from it. volumedetect counts both channels.
measure() {
  local report peak=
  [ "${2:-}" != true ] || peak=peak=true:
  report=$(ffmpeg -nostdin -hide_banner -nostats -i "$1" -map 0:a -af \
    "ebur128=${peak}framelog=verbose,silencedetect=n=-60dB:d=0.1,volumedetect" \
    -f null - 2>&1)
  read -r FRAMES LUFS PEAK SILENCE < <(awk '
    /Audio:/ && !c {c = /mono/ ? 1 : 2} /Summary:/ {on = 1} on && $1 == "I:" {i = $2} on && $1 == "Peak:" {p = $2}
    / n_samples: / {n = $NF / c} / max_volume: / {if (p == "") p = $(NF - 1)} /silence_duration:/ {if ($NF > s) s = $NF}
    END {print n, i, p, s + 0}' <<<"$report")
  echo "# $(basename "$1"): $FRAMES frames, $LUFS LUFS, $PEAK dB${peak:+TP}, longest silence $SILENCE s"
}

# is_loud FILE LUFS [true]: within half a LU of it, and never above -1 dB (ffmpeg tells tenths)
is_loud() {
  measure "$1" "${3:-}"
  awk -v i="$LUFS" -v p="$PEAK" -v target="$2" 'BEGIN {exit !(i - target >= -0.5 && i - target <= 0.5 && p <= -1)}'
}

# is_bulletin FILE FRAMES LUFS RUNDOWN.JSON [true]: length, loudness, peak; no silence longer than the
# longest run of pauses, with the ends of the words around them
is_bulletin() {
  local past=$(($2 % 1152))
  is_loud "$1" "$3" "${5:-}"
  # Of an MP3 that ends 1 to 46 frames past a packet, ffmpeg cannot cut all the padding.
  if [[ $1 == *.mp3 && $past -ge 1 && $past -le 46 ]]; then
    [ "$FRAMES" = $(($2 + 47 - past)) ]
  else
    [ "$FRAMES" = "$2" ]
  fi
  jq -e --argjson silence "$SILENCE" '
    [foreach .items[] as $i (0; if $i.type == "pause" then . + $i.frames else 0 end)] | $silence <= max / 48000 + 1.5' "$4" >/dev/null
}

# No escape or other control character, no bidirectional override, in standard input.
is_printable() {
  ! LC_ALL=C.UTF-8 grep -nP '[\x00-\x08\x0b-\x1f\x7f\x{80}-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]'
}

# Nothing that a stopped run leaves behind.
nothing_half_written() {
  local strays
  strays=$(find "$S" -name '*.part*' -o -name '*.tmp' -o -name '*-journal')
  echo "$strays"
  [ -z "$strays" ]
}

# "! command" in the middle of a bats test fails nothing; this does.
refute() { if "$@"; then return 1; fi; }
