#!/usr/bin/env bash
# Playout of 500 mounts from one process, to a real Icecast: mounts.sh [MOUNTS [SECONDS]]
#
# A rendered bulletin (the bench's own: its titles change as it goes on) goes to 1 mount, then to
# MOUNTS (500); of each run, once all are on the air, the memory is read, and of the
# second the processor time over SECONDS (20). Prints
#   cpu_percent N      of one core, user and system, of carnet alone
#   kib_per_mount N    of resident memory, what one mount more costs
# With CARNET in the environment. Icecast needs a thread and a descriptor for each source.
set -euo pipefail
: "${CARNET:?}"
mounts=${1:-500} seconds=${2:-20}
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../e2e/icecast.bash"
export LC_ALL=C.UTF-8 NO_COLOR=1 CARNET_USER=bench
unset CARNET_STATION CARNET_NOW
ulimit -n 4096

work=$(mktemp -d)
chmod 755 "$work"
S=$work/station AIR=
trap '[ -z "$AIR" ] || kill -KILL $AIR 2>/dev/null || true; icecast_stop; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

"$CARNET" -q init "$S"
"$CARNET" -q -C "$S" import csv "$here/corpus.csv" --trust-status >/dev/null
cp "$here/bench.yaml" "$S/scripts/bench.yaml"
(umask 077 && printf '%s\n' "$ICECAST_PASSWORD" >"$S/icecast.password")
icecast_start "$work/icecast"
sed -i -E "s/^( *port:).*/\1 $ICECAST_PORT/" "$S/station.yaml"

mount_list() { # N
  sed -i '/^mounts:/,$d' "$S/station.yaml"
  echo 'mounts:' >>"$S/station.yaml"
  seq -f '  - {mount: /%g.mp3, format: mp3, bitrate: 128}' "$1" >>"$S/station.yaml"
}

rss_kib() { awk '$1 == "VmRSS:" {print $2}' "/proc/$AIR/status"; }
# User and system time so far, in ticks.
ticks() { awk '{print $14 + $15}' "/proc/$AIR/stat"; }

# Starts, and waits until every mount has been told to be on the air, and a while more.
on_air() { # N
  mount_list "$1"
  "$CARNET" -C "$S" air --script bench >"$work/air.log" 2>&1 &
  AIR=$!
  for _ in $(seq 600); do
    [ "$(grep -c 'on air' "$work/air.log")" -lt "$1" ] || break
    kill -0 "$AIR" || { cat "$work/air.log" >&2; exit 1; }
    sleep 0.1
  done
  [ "$(grep -c 'on air' "$work/air.log")" -ge "$1" ] || { echo "mounts.sh: not all came on the air" >&2; exit 1; }
  sleep 5
}

off_air() {
  kill -INT "$AIR"
  wait "$AIR" || true
  AIR=
}

mount_list 1
"$CARNET" -q -C "$S" produce --script bench
on_air 1
alone=$(rss_kib)
off_air
on_air "$mounts"
before=$(ticks)
sleep "$seconds"
after=$(ticks)
together=$(rss_kib)
lost=$(grep -c 'lost' "$work/air.log" || true)
off_air
[ "$lost" = 0 ] || echo "mounts.sh: $lost times a mount was lost" >&2
awk -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" -v s="$seconds" 'BEGIN {printf "cpu_percent %.2f\n", 100 * t / hz / s}'
awk -v k=$((together - alone)) -v n=$((mounts - 1)) 'BEGIN {printf "kib_per_mount %.2f\n", k / n}'
