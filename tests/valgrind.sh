#!/usr/bin/env bash
# Memory, on the path from the logbook to the air: each step below runs under valgrind's memcheck, with the children
# that carnet forks (speech, decoding), not the programs that it starts. An error or a leak of ours fails;
# tests/valgrind.supp names the libraries'.
#
#   CARNET=build/carnet tests/valgrind.sh      some two minutes
set -euo pipefail
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "valgrind: not installed: make tools"; exit 1; }
CARNET=$(realpath "${CARNET:-build/carnet}")
T=$(mktemp -d)
S=$T/station
export LC_ALL=C.UTF-8 NO_COLOR=1 CARNET_USER=test CARNET_NOW=2020-03-17T11:00:00Z
# shellcheck source=tests/e2e/icecast.bash
. tests/e2e/icecast.bash
trap 'icecast_stop; rm -rf "$T"' EXIT

# What memcheck said of the processes whose logs are given, a paragraph each. A forked child ends by _exit and frees
# nothing: of it, errors count, not what its parent had. Code that belongs to no file is PCRE2's, which compiles regular
# expressions and reads whole words at a text's end.
findings() { # MAIN_PID LOG…
  local main=$1 log
  shift
  for log; do
    if [ "${log##*.}" = "$main" ]; then only=''; else only='lost in loss record'; fi
    sed -n '/More than 100 errors\|will still be recorded/d; s/^==[0-9]*== \?//p' "$log" | awk -v RS= -v only="$only" \
      '(only == "" || !index($0, only)) && !/^(Thread[^\n]*\n)?[^\n]*\n +at 0x[0-9A-F]+: \?\?\?/ {print $0 "\n"}'
  done
}

# Not --error-exitcode: a child's status tells carnet how it ended. G_SLICE: GLib's pools would hide who lost what.
step() {
  local pid status=0 found
  echo "valgrind: carnet $*"
  G_SLICE=always-malloc valgrind --quiet --leak-check=full --show-leak-kinds=definite,indirect --num-callers=25 --error-limit=no \
    --suppressions=tests/valgrind.supp --log-file="$T/memcheck.%p" "$CARNET" -C "$S" -q "$@" >"$T/said" 2>&1 &
  pid=$!
  wait "$pid" || status=$?
  found=$(findings "$pid" "$T"/memcheck.*)
  rm -f "$T"/memcheck.*
  [ "$status" = 0 ] && [ -z "$found" ] && return
  failed=1
  printf '%s\n' "$found"
  [ "$status" = 0 ] || { echo "valgrind: carnet $1 ended with status $status:" && tail -5 "$T/said"; }
}

failed=0
step init "$S"
cat >"$S/scripts/court.yaml" <<'YAML'
title: Court, {date}
language: fr
length: "0:20"
fit: at-most
voices: {presenter: claire}
bed: {file: nappe, gain: -20, duck: -12}
order:
  - jingle: virgule
  - say: "Voici le carnet."
  - entries: {most: 1}
YAML
step add --approve "Le bac de Kervalan reprend mardi."
step add --kind question "Qui a la clé de la salle ?"
step edit 2 --place Port-Aurelle
step approve 2
step undo 2
step import csv tests/data/sample/logbook.csv --trust-status
step import pad tests/data/sources/agenda-and-answers.txt
step entries --search bac --json
step show 1
step produce --script court
step rundown --script court
step say "Bonjour, il est 14h30."
icecast_start "$T/icecast"
sed -i "s/^  port: .*/  port: $ICECAST_PORT/" "$S/station.yaml"
(umask 077 && echo "$ICECAST_PASSWORD" >"$S/icecast.password")
step air --script court
step asrun
step cache --prune
step backup "$T/backup.sqlite"
step restore "$T/backup.sqlite"
step doctor

[ "$failed" = 0 ] && echo "valgrind: clean"
exit "$failed"
