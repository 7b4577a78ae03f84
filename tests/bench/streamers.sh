#!/usr/bin/env bash
# What a mount costs others: streamers.sh [MOUNTS [SECONDS]]
#
# The same MP3 file to MOUNTS (50) of a real Icecast, by ezstream (a process a mount, as it is made), by one ffmpeg with as
# many outputs (-c copy), and by one liquidsoap that copies what is encoded (%audio.copy). Over SECONDS (20), once all are
# on the air, for each a line
#   NAME CPU_PERCENT_OF_A_CORE KIB_OF_PROPORTIONAL_MEMORY     a mount
# Those that are not installed are left out (make tools). With CARNET in the environment, which makes the file.
set -euo pipefail
: "${CARNET:?}"
mounts=${1:-50} seconds=${2:-20}
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../e2e/icecast.bash"
export LC_ALL=C.UTF-8
work=$(mktemp -d)
chmod 755 "$work"
PIDS=()
finish() {
  [ ${#PIDS[@]} = 0 ] || kill -KILL "${PIDS[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  icecast_stop
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP
icecast_start "$work/icecast"
ffmpeg -nostdin -v error -f lavfi -i 'anoisesrc=d=600:c=pink:r=48000:a=0.2' -ac 2 -b:a 128k "$work/sound.mp3"
url() { echo "icecast://source:$ICECAST_PASSWORD@127.0.0.1:$ICECAST_PORT/$1.mp3"; }

start_ezstream() {
  local i
  for i in $(seq "$mounts"); do
    cat >"$work/ez$i.xml" <<XML
<ezstream>
  <servers><server><hostname>127.0.0.1</hostname><port>$ICECAST_PORT</port><password>$ICECAST_PASSWORD</password></server></servers>
  <streams><stream><mountpoint>/e$i.mp3</mountpoint><format>MP3</format></stream></streams>
  <intakes><intake><type>file</type><filename>$work/sound.mp3</filename></intake></intakes>
</ezstream>
XML
    chmod 600 "$work/ez$i.xml"
    ezstream -c "$work/ez$i.xml" >/dev/null 2>&1 &
    PIDS+=($!)
  done
}

start_ffmpeg() {
  local i outputs=()
  for i in $(seq "$mounts"); do outputs+=(-map 0:a -c copy -content_type audio/mpeg -f mp3 "$(url "f$i")"); done
  ffmpeg -nostdin -v error -re -stream_loop -1 -i "$work/sound.mp3" "${outputs[@]}" >/dev/null 2>&1 &
  PIDS+=($!)
}

start_liquidsoap() {
  local i
  {
    printf 'settings.init.allow_root.set(true)\nsettings.log.stdout.set(true)\ns = single("%s")\n' "$work/sound.mp3"
    for i in $(seq "$mounts"); do
      printf 'output.icecast(%%ffmpeg(format="mp3", %%audio.copy), host="127.0.0.1", port=%s, password="%s", mount="/l%s.mp3", s)\n' \
        "$ICECAST_PORT" "$ICECAST_PASSWORD" "$i"
    done
  } >"$work/all.liq"
  liquidsoap "$work/all.liq" >"$work/liquidsoap.log" 2>&1 &
  PIDS+=($!)
}

sources() { curl -sf -u admin:gardien "http://127.0.0.1:$ICECAST_PORT/admin/listmounts" | grep -o '<source mount=' | wc -l; }
# Nanoseconds on a processor so far, of all threads: a tick is more than some of these use.
spent_ns() { for pid in "${PIDS[@]}"; do cat /proc/"$pid"/task/*/schedstat; done | awk '{n += $1} END {printf "%.0f", n}'; }
pss_kib() { for pid in "${PIDS[@]}"; do cat "/proc/$pid/smaps_rollup"; done | awk '$1 == "Pss:" {n += $2} END {print n}'; }

for name in ezstream ffmpeg liquidsoap; do
  command -v $name >/dev/null || { echo "streamers.sh: no $name here: make tools" >&2; continue; }
  start_$name
  for _ in $(seq 300); do
    [ "$(sources)" -lt "$mounts" ] || break
    sleep 0.1
  done
  if [ "$(sources)" -lt "$mounts" ]; then
    echo "streamers.sh: $name has $(sources) of $mounts on the air" >&2
  else
    sleep 3
    before=$(spent_ns)
    sleep "$seconds"
    awk -v name=$name -v t=$(($(spent_ns) - before)) -v s="$seconds" -v n="$mounts" -v k="$(pss_kib)" \
      'BEGIN {printf "%s %.4f %.1f\n", name, 100 * t / 1e9 / s / n, k / n}'
  fi
  kill "${PIDS[@]}" 2>/dev/null || true
  wait "${PIDS[@]}" 2>/dev/null || true
  PIDS=()
  until [ "$(sources)" = 0 ]; do sleep 0.2; done
done
