#!/usr/bin/env bash
# SIGKILL at random moments of what writes: imports, bulletins, backups, the air. After each: the logbook is
# whole, no entry that was acknowledged is lost, no file is half-written, nobody is left, and the next run
# does the same as if nothing had been. Then a logbook of a gigabyte: verbs in little memory, killed too.
#
#   tests/soak/kills.sh SECONDS [SEED]
set -euo pipefail
ulimit -c 0
source "$(dirname "$0")/soak.bash"
source "$(dirname "$0")/../faults/faults.bash"
soak_folder kills
faults_prepare "$FOLDER/stations"
icecast_start "$FOLDER/icecast"
faults_prepare_air

SEED=${2:-$RANDOM}
RANDOM=$SEED
total_s=${1:-60}
echo "kills: seed $SEED"

# Imports long enough to be met in the middle of each of their steps.
for i in $(seq 3000); do echo "n$i;2020-03-16;approved;Barque numéro $i du port."; done >>"$F/table.csv"
for i in $(seq 300); do printf -- '- Ilda : la barque numéro %d est à quai\n  - Tano : d accord\n' "$i"; done >>"$F/pad.txt"

# A gigabyte of logbook: entries of a kilobyte by SQL, some in the verbs' reach. (Only when there is time and disk.)
big_logbook() {
  local kb
  S=$FOLDER/big
  cp -a "$F/cold" "$S"
  sqlite3 "$S/logbook.sqlite" "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
    INSERT INTO entries (date, kind, text, language, attribution, status, priority, expires_us, endorsements, created_us, changed_us)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 430000)
    SELECT date('2010-01-01', (i % 3500) || ' days'), 'idea', 'Ligne ' || i || ' ' || hex(randomblob(950)), 'fr', 'none', 'approved', 1, 0, 0,
      1262304000000000 + i, 1262304000000000 + i FROM n;" >/dev/null
  echo "kills: a logbook of $(($(stat -c %s "$S/logbook.sqlite") >> 20)) MiB"
  local verb
  for verb in 'add --approve Bonjour' 'entries --limit 5' 'entries --search Bonjour' 'show 400000' 'rundown --script court' \
    "import csv $F/table.csv --trust-status"; do
    # shellcheck disable=SC2086
    /usr/bin/time -f '%e %U %M' -o "$FOLDER/time" "$CARNET" -C "$S" $verb >/dev/null 2>"$FOLDER/err" || {
      echo "kills: $verb on it: $(cat "$FOLDER/err")"
      return 1
    }
    kb=$(awk '{print $3}' "$FOLDER/time")
    echo "kills: $verb: $(awk '{print $1 " s, " $2 " s of processor"}' "$FOLDER/time"), $((kb >> 10)) MiB"
    [ "$kb" -lt 307200 ] || return 1
  done
  "$CARNET" -C "$S" add --approve 'Tué au milieu.' >/dev/null & # killed in a large file
  sleep 0.0$((RANDOM % 9 + 1))
  kill -KILL $! 2>/dev/null || true
  wait $! 2>/dev/null || true
  "$CARNET" -C "$S" entries --limit 1 >/dev/null
  [ "$(sqlite3 "$S/logbook.sqlite" 'PRAGMA quick_check')" = ok ] || return 1
  rm -rf "$S"
}

bad=0
if [ "$total_s" -ge 120 ] && [ "$(df --output=avail -k "$FOLDER" | tail -1)" -gt 6000000 ]; then
  big_logbook || bad=$((bad + 1))
else
  echo 'kills: no logbook of a gigabyte: it wants 120 seconds and 6 GB of disk'
fi

killed=0 struck=0
scenarios=(import-csv import-pad produce-cold produce-warm import-csv produce-cold backup restore add init say air)
while [ "$struck" = 0 ] || [ "$SECONDS" -lt "$total_s" ]; do
  scenario=${scenarios[RANDOM % ${#scenarios[@]}]}
  moment=$((RANDOM % 1100))
  faults_kill "$scenario" "$moment" || bad=$((bad + 1))
  killed=$((killed + 1))
  struck=$((struck + KILLED))
  [ $((killed % 50)) != 0 ] || echo "kills: $killed, $struck before the end, $bad wrong"
done
echo "kills: $killed moments, $struck of them before the end, $bad wrong; seed $SEED"
[ "$bad" = 0 ]
