#!/usr/bin/env bash
# What "make demo" does with carnet, on a machine of MIB of memory and one processor: see
# tests/tools/within.c for how they are held. Prints, a line each, "produce_peak_mib N",
# "produce_processor_s N", "air_peak_mib N", "held_by …".
#
#   small.sh MIB SECONDS       SECONDS of air, 0: all of the demo's two minutes
set -euo pipefail
mib=$1 seconds=$2
here=$(cd "$(dirname "$0")" && pwd)
: "${CARNET:?}" "${TOOLS:?}"
# shellcheck source=tests/e2e/icecast.bash
. "$here/../e2e/icecast.bash"
work=$(mktemp -d)
trap 'icecast_stop || true; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

within() { # NAME COMMAND…
  local name=$1
  shift
  "$TOOLS/within" "$mib" "$@" | sed -E "s/^(peak_mib|processor_s)/${name}_\1/"
}

S=$work/station
"$CARNET" -q init "$S"
cp "$here/../data/sample/demo.yaml" "$S/scripts/demo.yaml"
within import "$CARNET" -q -C "$S" import csv "$here/../data/sample/logbook.csv" --trust-status
within produce "$CARNET" -q -C "$S" produce --script demo
icecast_start "$work/icecast"
sed -i -E "s/^( *port:).*/\1 $ICECAST_PORT/" "$S/station.yaml"
(umask 077 && printf '%s\n' "$ICECAST_PASSWORD" >"$S/icecast.password")
if [ "$seconds" -gt 0 ]; then
  within air timeout --foreground --signal=INT --preserve-status "$seconds" "$CARNET" -q -C "$S" air --script demo || true
else
  within air "$CARNET" -q -C "$S" air --script demo
fi
