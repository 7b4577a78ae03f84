#!/usr/bin/env bash
# Playout of many mounts to a real Icecast: mounts.sh [MOUNTS [SECONDS [PROCESSES]]]
#
# A rendered bulletin (the bench's own: its titles change as it goes on) goes to 1 mount, then to MOUNTS (500) from one
# process, or shared out over PROCESSES (libshout's select() takes less than 1024 descriptors in one); once all are on
# the air, the memory is read, and the processor time over SECONDS (20). Prints
#   cpu_percent N      of one core, user and system, of carnet alone
#   kib_per_mount N    of resident memory, what one mount more costs
#   connect_s N        from the start of the first process until the last mount is on the air
#   lost N             how often a mount was lost
# With CARNET in the environment. Icecast needs a thread and a descriptor for each source.
set -euo pipefail
: "${CARNET:?}"
mounts=${1:-500} seconds=${2:-20} processes=${3:-1}
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../e2e/icecast.bash"
export LC_ALL=C.UTF-8 NO_COLOR=1 CARNET_USER=bench
unset CARNET_STATION CARNET_NOW
ulimit -n 8192

work=$(mktemp -d)
chmod 755 "$work"
AIR=()
finish() {
  [ ${#AIR[@]} = 0 ] || kill -KILL "${AIR[@]}" 2>/dev/null || true
  icecast_stop
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

ICECAST_SOURCES=$((mounts + 100)) icecast_start "$work/icecast"

# A station for each process, with its share of the mounts.
S=$work/0
"$CARNET" -q init "$S"
"$CARNET" -q -C "$S" import csv "$here/corpus.csv" --trust-status >/dev/null
cp "$here/bench.yaml" "$S/scripts/bench.yaml"
(umask 077 && printf '%s\n' "$ICECAST_PASSWORD" >"$S/icecast.password")
sed -i -E "s/^( *port:).*/\1 $ICECAST_PORT/" "$S/station.yaml"

mount_list() { # STATION FROM N
  sed -i '/^mounts:/,$d' "$1/station.yaml"
  echo 'mounts:' >>"$1/station.yaml"
  seq -f '  - {mount: /%g.mp3, format: mp3, bitrate: 128}' "$2" $(($2 + $3 - 1)) >>"$1/station.yaml"
}

sum() { # FILE FIELDS…: over all processes
  local pid
  for pid in "${AIR[@]}"; do cat "/proc/$pid/$1"; done | awk "$2"
}
rss_kib() { sum status '$1 == "VmRSS:" {n += $2} END {print n}'; }
# Nanoseconds on a processor so far, of all threads.
spent_ns() {
  local pid
  for pid in "${AIR[@]}"; do cat /proc/"$pid"/task/*/schedstat; done | awk '{n += $1} END {printf "%.0f", n}'
}
on_air_yet() { cat "$work"/air.log.* | grep -c 'on air' || true; }

# Starts, and waits until every mount has been told to be on the air, and a while more.
on_air() { # MOUNTS PROCESSES
  local i began
  rm -f "$work"/air.log.*
  for i in $(seq 0 $(($2 - 1))); do mount_list "$work/$i" $((i * $1 / $2)) $(($1 / $2)); done
  began=$(date +%s%N)
  for i in $(seq 0 $(($2 - 1))); do
    "$CARNET" -C "$work/$i" air --script bench >"$work/air.log.$i" 2>&1 &
    AIR+=($!)
  done
  for _ in $(seq 1200); do
    [ "$(on_air_yet)" -lt "$1" ] || break
    kill -0 "${AIR[@]}" || { cat "$work"/air.log.* >&2; exit 1; }
    sleep 0.05
  done
  connect_s=$(awk -v ns=$(($(date +%s%N) - began)) 'BEGIN {printf "%.2f", ns / 1e9}')
  [ "$(on_air_yet)" -ge "$1" ] || { echo "mounts.sh: not all came on the air" >&2; exit 1; }
  sleep 5
}

off_air() {
  kill -INT "${AIR[@]}"
  wait "${AIR[@]}" || true
  AIR=()
}

mount_list "$S" 0 1
"$CARNET" -q -C "$S" produce --script bench
for i in $(seq $((processes - 1))); do cp -a "$S" "$work/$i"; done
on_air 1 1
alone=$(rss_kib)
off_air
on_air "$mounts" "$processes"
before=$(spent_ns)
sleep "$seconds"
after=$(spent_ns)
together=$(rss_kib)
lost=$(cat "$work"/air.log.* | grep -c 'lost' || true)
off_air
[ "$lost" = 0 ] || echo "mounts.sh: $lost times a mount was lost" >&2
awk -v t=$((after - before)) -v s="$seconds" 'BEGIN {printf "cpu_percent %.2f\n", 100 * t / 1e9 / s}'
awk -v k=$((together - alone * processes)) -v n=$((mounts - processes)) 'BEGIN {printf "kib_per_mount %.2f\n", k / n}'
printf 'connect_s %s\nlost %s\n' "$connect_s" "$lost"
