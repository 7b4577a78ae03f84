#!/usr/bin/env bash
# SIGKILL to "carnet run", at random moments and at its edges (instead of its Nth write, fsync, rename or SQLite step):
# no slot is aired twice on a mount, none is lost without a word (by the server's own playlist log), and the logbook is
# whole. A slot every 6 seconds.
#
#   tests/soak/station_kills.sh SECONDS [SEED] [KILLS]     until the seconds are over, or so many kills
set -euo pipefail
ulimit -c 0
source "$(dirname "$0")/soak.bash"
soak_folder station-kills
chmod 755 "$FOLDER" # Icecast is another user when we are root
unset CARNET_NOW
source "$(dirname "$0")/station.bash"
icecast_start "$FOLDER/icecast"

total_s=${1:-60} SEED=${2:-$RANDOM} most=${3:-1000000}
RANDOM=$SEED
late_s=8
echo "station: seed $SEED"
station_make "ahead: \"1:00\", late: \"0:0$late_s\", listen: no"
station_slots $(($(date +%s) + 8)) 6 $((total_s / 6 + 3))

edges=(sql-step sql-step sql-step sql-step write fsync rename open sql-exec unlink lock)
killed=0 by_itself=0
while [ "$SECONDS" -lt "$total_s" ] && [ "$killed" -lt "$most" ]; do
  edge=
  if [ $((RANDOM % 2)) = 0 ]; then
    edge=${edges[RANDOM % ${#edges[@]}]}:0:$((RANDOM % (1 << (RANDOM % 12 + 1)) + 1)):kill
    FAULT=$edge FAULT_STATE=$FOLDER/state LD_PRELOAD=$(soak_preload) "$CARNET" -C "$S" -q run >>"$FOLDER/run.log" 2>&1 &
  else
    "$CARNET" -C "$S" -q run >>"$FOLDER/run.log" 2>&1 &
  fi
  run=$!
  status=0
  {
    sleep "$((RANDOM % 10 < 8 ? RANDOM % 4 : RANDOM % 15)).$((RANDOM % 10))" # some bulletins are heard whole
    kill -KILL "$run" || by_itself=$((by_itself + 1))
    wait "$run" || status=$?
  } 2>/dev/null
  [ "$status" = 137 ] || {
    echo "station: ended with status $status by itself (edge: ${edge:-none})"
    tail -5 "$FOLDER/run.log"
    exit 1
  }
  killed=$((killed + 1))
  [ "$(station_sql 'PRAGMA integrity_check' 2>&1)" = ok ] || {
    echo "station: the logbook is damaged after $killed kills (edge: ${edge:-none})"
    exit 1
  }
  [ $((killed % 50)) != 0 ] || echo "station: $killed killed"
done

# Left alone, it settles what is in doubt, within two seconds, and goes on.
"$CARNET" -C "$S" run >>"$FOLDER/run.log" 2>&1 &
run=$!
sleep 2
doubtful=$(station_sql "SELECT count(*) FROM slots WHERE state IN ('claimed', 'on-air') AND start_us < $(date +%s)000000 - 9000000")
sleep 12
until=$(date +%s)
kill -TERM "$run"
wait "$run"
status=0
station_judge "$FOLDER/icecast/playlist.log" "$until" "$late_s" || status=1
[ "$doubtful" = 0 ] || { echo "$doubtful slots are still in doubt after two seconds"; status=1; }
# What nobody was killed over must not have been told as damage.
! grep -i 'damaged\|malformed\|corrupt' "$FOLDER/run.log" || status=1
echo "station: $killed kills ($by_itself at an edge), integrity ok, status $status; seed $SEED"
exit "$status"
