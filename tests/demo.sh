#!/usr/bin/env bash
# make demo: from a sample logbook to the air, on this machine, in about three minutes.
# Everything that it starts it stops, also on Ctrl-C; what it made stays in the folder given.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
kept=${1:?usage: demo.sh FOLDER}
: "${CARNET:=$here/../build/carnet}"
export TZ=Europe/Paris

# shellcheck source=e2e/icecast.bash
. "$here/e2e/icecast.bash"

work=$(mktemp -d)
air_pid=
desk_pid=
cleanup() {
  trap - EXIT INT TERM HUP
  if [ -n "$desk_pid" ]; then kill -TERM "$desk_pid" 2>/dev/null || true; wait "$desk_pid" 2>/dev/null || true; fi
  if [ -n "$air_pid" ]; then kill -INT "$air_pid" 2>/dev/null || true; wait "$air_pid" 2>/dev/null || true; fi
  icecast_stop || true
  rm -rf "$work"
}
trap cleanup EXIT
trap 'cleanup; exit 130' INT
trap 'cleanup; exit 143' TERM HUP

step() { printf '\n== %s\n' "$*"; }

station=$work/station
"$CARNET" -q init "$station"
cp "$here/data/sample/demo.yaml" "$station/scripts/demo.yaml"

step 'the logbook: a week of a small territory'
"$CARNET" -C "$station" import csv "$here/data/sample/logbook.csv" --trust-status
"$CARNET" -C "$station" entries --date today

step 'the bulletin: chosen, read aloud, mixed, encoded, checked'
"$CARNET" -C "$station" produce --script demo

rm -rf "$kept"
mkdir -p "$kept"
cp -r "$station"/editions/*/. "$kept/"
rm -f "$kept/.lock"

step 'on the air: a private Icecast on this machine'
icecast_start "$work/icecast"
sed -i -E "s/^( *port:).*/\1 $ICECAST_PORT/" "$station/station.yaml"
(umask 077 && printf '%s\n' "$ICECAST_PASSWORD" >"$station/icecast.password")
printf 'listen:  http://127.0.0.1:%s/bulletin.mp3\n' "$ICECAST_PORT"
printf '         http://127.0.0.1:%s/bulletin.opus\n' "$ICECAST_PORT"
printf 'files:   %s/bulletin.mp3  bulletin.opus  rundown.yaml  transcript.vtt  chapters.json\n' "$kept"
# The editors' desk beside it: its address, and the code by which you become its first user.
"$CARNET" -C "$station" desk --port 0 >"$work/desk.log" &
desk_pid=$!
for _ in $(seq 100); do
  if grep -q code "$work/desk.log"; then break; fi
  sleep 0.1
done
sed 's/^the desk: /desk:    /; s/^first visit: /         /' "$work/desk.log"
printf '(two minutes; Ctrl-C ends it)\n'

# In the background with wait, so that Ctrl-C reaches this script at once.
"$CARNET" -C "$station" air --script demo &
air_pid=$!
status=0
wait "$air_pid" || status=$?
air_pid=
[ "$status" = 0 ] || exit "$status"

step 'what each mount really got'
"$CARNET" -C "$station" asrun
"$CARNET" -C "$station" asrun --json >"$kept/asrun.json"
step 'the podcast: pages, feed, transcripts, plain files'
"$CARNET" -C "$station" -q publish 2>/dev/null
rm -rf "$kept/public"
cp -r "$station/public" "$kept/"
printf 'open:    file://%s/public/index.html\n' "$(cd "$kept" && pwd)"

cp -r "$station" "$kept/station"
printf '\nDone. The bulletin is in %s\nThe desk again: %s -C %s/station desk\n' "$kept" "${CARNET#"$PWD"/}" "$kept"
