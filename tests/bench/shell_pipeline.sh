#!/usr/bin/env bash
# A bulletin by the public tools alone, as somebody at home in them would write it:
# each item spoken by espeak-ng, put in a row with jingles and pauses, over a bed
# that ducks, two-pass loudnorm, MP3 and Opus encoded at the same time. The voices'
# polish is left out: this does less than carnet, never more.
#
#   shell_pipeline.sh RUNDOWN.json STATION OUT      (what "carnet rundown --json" printed)
set -euo pipefail
rundown=$1 station=$2 out=$3
mkdir -p "$out"
export station out

ff() { ffmpeg -nostdin -hide_banner -v error -y "$@"; }

voice_key() { sed -n "s/^$2: *\([^ #]*\).*/\1/p" "$station/voices/$1.yaml"; }

speak() { # NUMBER VOICE TEXT
  espeak-ng -v "$(voice_key "$2" voice)+$(voice_key "$2" variant)" -s "$(voice_key "$2" rate)" \
    -p "$(voice_key "$2" pitch)" -g "$(voice_key "$2" word-gap)" -w "$out/$1.wav" --stdin <<<"$3"
}
export -f voice_key speak

# As many synthesizers at once as there are processors.
jq -r '.items | to_entries[] | select(.value.type == "speech") | [.key, .value.voice, .value.spoken] | join("\u0001"), "\u0000"' \
  "$rundown" | tr -d '\n' | xargs -0 -P "$(nproc)" -I{} bash -c 'IFS=$'"'\1'"' read -r n v t <<<"$1"; speak "$n" "$v" "$t"' _ {}

inputs=() labels= n=0
while IFS=$'\t' read -r key type file seconds; do
  case $type in
    speech) inputs+=(-i "$out/$key.wav") ;;
    pause) inputs+=(-f lavfi -t "$seconds" -i anullsrc=r=48000:cl=stereo) ;;
    *) inputs+=(-i "$station/voices/jingles/$file.flac") ;;
  esac
  labels+="[$n:a]"
  n=$((n + 1))
done < <(jq -r '.items | to_entries[] | [.key, .value.type, .value.file // "-", .value.frames / 48000] | @tsv' "$rundown")
forms=$(for i in $(seq 0 $((n - 1))); do printf '[%d:a]aresample=48000,aformat=channel_layouts=stereo[s%d];' "$i" "$i"; done)
joined=$(for i in $(seq 0 $((n - 1))); do printf '[s%d]' "$i"; done)
ff "${inputs[@]}" -filter_complex "$forms${joined}concat=n=$n:v=0:a=1" "$out/speech.wav"

ff -i "$out/speech.wav" -stream_loop -1 -i "$station/voices/jingles/nappe.flac" -filter_complex \
  '[0:a]asplit[voice][key];[1:a]aresample=48000,volume=-10dB[bed];
   [bed][key]sidechaincompress=threshold=0.02:ratio=8:attack=50:release=600[ducked];
   [voice][ducked]amix=inputs=2:duration=first:normalize=0' "$out/mix.wav"

target=I=-16:TP=-1.5:LRA=11
measured=$(ffmpeg -nostdin -hide_banner -i "$out/mix.wav" -af "loudnorm=$target:print_format=json" -f null - 2>&1 |
  sed -n '/^{/,/^}/p' | jq -r '"measured_I=\(.input_i):measured_TP=\(.input_tp):measured_LRA=\(.input_lra):measured_thresh=\(.input_thresh):offset=\(.target_offset)"')
ff -i "$out/mix.wav" -af "loudnorm=$target:$measured:linear=true,aresample=48000,aformat=channel_layouts=stereo" "$out/final.wav"

ff -i "$out/final.wav" -c:a libmp3lame -b:a 128k "$out/bulletin.mp3" &
mp3=$!
ff -i "$out/final.wav" -c:a libopus -b:a 64k "$out/bulletin.opus"
wait "$mp3"
