#!/usr/bin/env bash
# A bulletin by the public tools alone, doing what carnet does, as somebody at home in
# them would write it. Prints what each step took, a line each: "STEP SECONDS".
#
#   speak    each text by espeak-ng, as many at once as there are processors; then its
#            voice's polish, 48 kHz and its loudness, in one ffmpeg; jingles and bed are
#            measured among them
#   mix      all in a row, each at its own level, over the bed, which ducks; as long as planned
#   measure  loudnorm, first pass
#   level    loudnorm, second pass
#   encode   MP3 and Opus, at the same time
#   check    both files decoded at the same time: loudness, true peak, silence
#
#   shell_pipeline.sh RUNDOWN.json STATION OUT      (what "carnet rundown --json" printed)
set -euo pipefail
export LC_ALL=C.UTF-8
export rundown=$1 station=$2 out=$3 target=-16
mkdir -p "$out"

ff() { ffmpeg -nostdin -hide_banner -y "$@"; }

begun=${EPOCHREALTIME/./}
step() { # NAME: what has passed since the last one
  local now=${EPOCHREALTIME/./}
  printf '%s %d.%03d\n' "$1" $(((now - begun) / 1000000)) $(((now - begun) / 1000 % 1000))
  begun=$now
}

voice_key() { sed -nE "s/^$2: *(\"([^\"]*)\"|([^ #]*)).*/\2\3/p" "$station/voices/$1.yaml"; }

# The gain that brings a sound to the target, from ebur128's summary on standard input.
# Too short or silent (-70 LUFS): as it is.
gain() { awk -v t="$target" -v more="${1:-0}" '$1 == "I:" {i = $2} END {if (i == "") exit 1; printf "%.2f", (i <= -69 ? 0 : t - i) + more}'; }

speak() { # KEY VOICE TEXT
  local polish
  espeak-ng -v "$(voice_key "$2" voice)+$(voice_key "$2" variant)" -s "$(voice_key "$2" rate)" \
    -p "$(voice_key "$2" pitch)" -g "$(voice_key "$2" word-gap)" \
    -w "$out/$1.raw.wav" --stdin <<<"$3"
  polish=$(voice_key "$2" polish)
  ff -i "$out/$1.raw.wav" -af "${polish:+$polish,}aresample=48000,ebur128=dualmono=true:framelog=verbose" "$out/$1.wav" 2>&1 |
    gain "$(voice_key "$2" level)" >"$out/$1.gain"
}

measure() { # NAME: a jingle, or the bed
  ff -i "$station/voices/jingles/$1.flac" -af ebur128=framelog=verbose -f null - 2>&1 | gain >"$out/$1.gain"
}

prepare() { # TYPE KEY VOICE TEXT
  if [ "$1" = speech ]; then speak "$2" "$3" "$4"; else measure "$2"; fi
}
export -f ff voice_key gain speak measure prepare

jq -j '([.items | to_entries[] | select(.value.type == "speech") | ["speech", .key, .value.voice, .value.spoken]] +
        [([.items[] | select(.type == "jingle") | .file] + ["nappe"] | unique)[] | ["sound", ., "-", "-"]])[] |
       map(tostring) | join("\u0001") + "\u0000"' "$rundown" |
  xargs -0 -P "$(nproc)" -I{} bash -euo pipefail -c 'IFS=$'"'\1'"' read -r type key voice text <<<"$1"; prepare "$type" "$key" "$voice" "$text"' _ {}
step speak

inputs=() forms='' labels='' n=0
while IFS=$'\t' read -r key type file seconds; do
  case $type in
    pause) inputs+=(-f lavfi -t "$seconds" -i anullsrc=r=48000:cl=stereo) level=0 ;;
    speech) inputs+=(-i "$out/$key.wav") level=$(<"$out/$key.gain") ;;
    *) inputs+=(-i "$station/voices/jingles/$file.flac") level=$(<"$out/$file.gain") ;;
  esac
  forms+="[$n:a]volume=${level}dB,aresample=48000,aformat=channel_layouts=stereo[s$n];"
  labels+="[s$n]"
  n=$((n + 1))
done < <(jq -r '.items | to_entries[] | [.key, .value.type, .value.file // "-", .value.frames / 48000] | @tsv' "$rundown")
length=$(jq '.frames / 48000' "$rundown")
bed=$(awk -v g="$(<"$out/nappe.gain")" 'BEGIN {print g - 10}')
ff -v error "${inputs[@]}" -stream_loop -1 -i "$station/voices/jingles/nappe.flac" -filter_complex \
  "$forms${labels}concat=n=$n:v=0:a=1,asplit[voice][key];[$n:a]aresample=48000,volume=${bed}dB[bed];
   [bed][key]sidechaincompress=threshold=0.02:ratio=8:attack=50:release=600[ducked];
   [voice][ducked]amix=inputs=2:duration=first:normalize=0" -t "$length" "$out/mix.wav"
step mix

form=I=$target:TP=-1.5:LRA=11
measured=$(ff -i "$out/mix.wav" -af "loudnorm=$form:print_format=json" -f null - 2>&1 | sed -n '/^{/,/^}/p' |
  jq -r '"measured_I=\(.input_i):measured_TP=\(.input_tp):measured_LRA=\(.input_lra):measured_thresh=\(.input_thresh):offset=\(.target_offset)"')
step measure
ff -v error -i "$out/mix.wav" -af "loudnorm=$form:$measured:linear=true,aresample=48000,aformat=channel_layouts=stereo" "$out/final.wav"
step level

ff -v error -i "$out/final.wav" -c:a libmp3lame -b:a 128k "$out/bulletin.mp3" &
ff -v error -i "$out/final.wav" -c:a libopus -b:a 64k "$out/bulletin.opus"
wait $!
step encode

check() { ff -i "$1" -af ebur128=peak=true:framelog=verbose,silencedetect=n=-60dB:d=2 -f null - 2>"$1.measures"; }
check "$out/bulletin.mp3" &
check "$out/bulletin.opus"
wait $!
for file in "$out"/bulletin.{mp3,opus}; do
  awk '$1 == "I:" {i = $2} $1 == "Peak:" {peak = $2} END {exit !(i > -17 && i < -15 && peak <= -0.5)}' "$file.measures" ||
    { printf '%s: not at its loudness\n' "$file" >&2; exit 1; }
done
step check
