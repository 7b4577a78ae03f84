#!/usr/bin/env bats
# carnet run, with a real Icecast and real listeners: a bulletin on time on a continuous and on an inserted mount, what
# is urgent at once, what is taken back left out; killed, it airs nothing twice; files that are broken; a server that
# goes away; a clock that is set back; what systemd is told.

bats_require_minimum_version 1.5.0
load trace.bash
load icecast.bash

setup() {
  BATS_TEST_RETRIES=1 # real servers in real time: a machine that stands still for a second may lose a mount
  CARNET=$(realpath "${CARNET:-$BATS_TEST_DIRNAME/../../build/carnet}")
  export LC_ALL=C.UTF-8 NO_COLOR=1 TZ=UTC
  unset CARNET_NOW CARNET_STATION NOTIFY_SOCKET WATCHDOG_USEC JOURNAL_STREAM
  T=$BATS_TEST_TMPDIR
  S=$T/station
  icecast_start "$T/icecast"
  "$CARNET" -q init "$S"
  rm -f "$S"/schedules/*.ics
  (umask 077 && echo ouvre-toi >"$S/icecast.password")
  station 'ahead: "1:00", filler: [musique], urgent: alerte, urgent-every: "0:20"'
  cat >"$S/scripts/court.yaml" <<'YAML'
title: Le carnet, en court
language: fr
length: "1:00"
fit: at-most
least: "0:05"
voices: {presenter: claire}
pauses: {least: 0.5, most: 0.5}
order:
  - say: "Bonjour à toutes et à tous, ici la radio du port."
  - entries: {most: 5}
  - say: "À demain, à la même heure."
YAML
  cat >"$S/scripts/musique.yaml" <<'YAML'
title: "{station}"
language: fr
length: "0:30"
fit: exact
least: "0:05"
voices: {presenter: claire}
bed: {file: nappe, gain: -10}
close: {least: 1, most: 600}
order:
  - say: "Vous écoutez {station}."
YAML
}

teardown() {
  [ -z "${RUN:-}" ] || kill -KILL "$RUN" 2>/dev/null || true
  [ -z "${LISTENERS:-}" ] || kill -KILL $LISTENERS 2>/dev/null || true
  icecast_stop
}

# station RUN-SETTINGS: one mount that is continuous, one that is not
station() {
  cat >"$S/station.yaml" <<YAML
name: Radio d'Aurelle
language: fr
zone: Europe/Paris
icecast: {host: 127.0.0.1, port: $ICECAST_PORT, password-file: icecast.password}
mounts:
  - {mount: /a.mp3, format: mp3, bitrate: 64, mode: continuous}
  - {mount: /b.opus, format: opus, bitrate: 64}
run: {$1}
YAML
}

# slots NAME:SECONDS…: the station's calendar, from now on
slots() {
  local slot
  {
    printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//carnet//test\r\n'
    for slot; do
      printf 'BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20200101T000000Z\r\nDTSTART:%s\r\nX-CARNET-SCRIPT:court\r\nEND:VEVENT\r\n' \
        "${slot%:*}" "$(date -u -d "+${slot#*:} seconds" +%Y%m%dT%H%M%SZ)"
    done
    printf 'END:VCALENDAR\r\n'
  } >"$S/schedules/.t.ics"
  mv "$S/schedules/.t.ics" "$S/schedules/t.ics"
}

run_start() {
  "$CARNET" -C "$S" run >>"$T/run.log" 2>&1 3>&- &
  RUN=$!
  said 'is running'
}

# run_stop: ends it as systemd does; sets MS, how long it took
run_stop() {
  local from
  from=$(date +%s%N)
  kill -TERM "$RUN"
  wait "$RUN"
  MS=$((($(date +%s%N) - from) / 1000000))
  RUN=
}

# said WORDS [SECONDS]: waits until the log has them
said() {
  local i
  for i in $(seq $((${2:-20} * 5))); do
    ! grep -qF "$1" "$T/run.log" 2>/dev/null || return 0
    sleep 0.2
  done
  cat "$T/run.log"
  return 1
}

sql() { sqlite3 -cmd '.timeout 5000' "$S/logbook.sqlite" "$1"; }

# until_sql VALUE QUERY [SECONDS]: waits until the logbook answers so
until_sql() {
  local i
  for i in $(seq $((${3:-30} * 4))); do
    [ "$(sql "$2" 2>/dev/null)" != "$1" ] || return 0
    sleep 0.25
  done
  echo "# $2 -> $(sql "$2")"
  cat "$T/run.log"
  return 1
}

# until_file WORDS FILE: waits until the file has them
until_file() {
  local i
  for i in $(seq 120); do
    ! grep -qF "$1" "$2" 2>/dev/null || return 0
    sleep 0.25
  done
  cat "$2" "$T/run.log"
  return 1
}

# desk_open: a desk beside the station; air_page prints its page of the air as an admin sees it
desk_open() {
  "$CARNET" -C "$S" desk --port 0 >"$T/desk.log" 2>&1 3>&- &
  LISTENERS="${LISTENERS:-} $!"
  until grep -q 'one-time code is' "$T/desk.log"; do sleep 0.05; done
  B=$(sed -n 's|^the desk: \(http://.*\)/$|\1|p' "$T/desk.log")
  curl -sf -o /dev/null -c "$T/jar" --data-urlencode "code=$(sed -n 's/.*one-time code is //p' "$T/desk.log")" \
    -d 'name=admin&password=un mot de passe' "$B/api/join"
}
air_page() { curl -s -b "$T/jar" -H 'Accept-Language: en' "$B/air"; }

# undamaged FILE [WORDS]: ffmpeg finds nothing wrong, but what it may say first; else what it says is printed
undamaged() {
  local said
  said=$(ffmpeg -nostdin -v error -i "$1" -f null - 2>&1)
  said=$(sed "1{/${2:-^$}/d}" <<<"$said")
  echo "$said"
  [ -z "$said" ]
}

# listen MOUNT FILE: from the moment the mount exists to its end
listen() {
  (for _ in $(seq 300); do
    curl -sfN -m 120 -o "$2" "http://127.0.0.1:$ICECAST_PORT$1" || true
    [ ! -s "$2" ] || exit 0
    sleep 0.1
  done) 3>&- &
  LISTENERS="${LISTENERS:-} $!"
}

@test "a bulletin on time, an urgent message within it, and one that is taken back" {
  "$CARNET" -q -C "$S" add --approve "Le marché de Kervalan ouvre à neuf heures."
  gone=$("$CARNET" -q -C "$S" add --approve "Le bac de la rivière est en panne jusqu'à lundi matin.")
  slots un:14
  echo 'podcast: {automatic: yes, url: "http://radio.example/", stream: "http://radio.example/a.mp3"}' >>"$S/station.yaml"
  run_start
  listen /a.mp3 "$T/a.mp3"
  listen /b.opus "$T/b.opus"
  said '/a.mp3: is heard'
  until_sql 1 "SELECT count(*) FROM slots WHERE state = 'on-air'"
  "$CARNET" -q -C "$S" withdraw "$gone"
  until_file 'liveItem status="live"' "$S/public/feed.xml"
  alert=$("$CARNET" -q -C "$S" add --approve --priority urgent --kind alert "La rue du Port est fermée.")
  "$CARNET" -C "$S" status --json >"$T/status.json"
  "$CARNET" -C "$S" status | grep -F 'a.mp3'
  until_sql 'done' "SELECT state FROM slots WHERE script = 'court'"
  # Nothing of it is heard any more once it is withdrawn, however often it was to be repeated.
  "$CARNET" -q -C "$S" withdraw "$alert"
  sleep 13 # the listeners' latency
  until_file Kervalan "$S/public/feed.xml"
  run_stop
  cat "$T/run.log"
  "$CARNET" -C "$S" asrun
  [ "$MS" -lt 15000 ] # a second; but nothing is timed on a machine that does other things
  jq -e '.station == "Radio d'"'"'Aurelle" and (.mounts | length == 2) and .mounts[0].connection == "on-air"' "$T/status.json"
  # What was taken back was never sent; the alert came within the bulletin, and that went on after it.
  [ "$(sql "SELECT count(*) FROM asrun WHERE entry_id = $gone AND result <> 'missed'")" = 0 ]
  [ "$(sql "SELECT count(*) FROM asrun WHERE entry_id = $alert AND result = 'aired'")" = 2 ]
  [ "$(sql "SELECT max(start_us) > (SELECT max(start_us) FROM asrun WHERE entry_id = $alert) FROM asrun WHERE edition LIKE '%court'")" = 1 ]
  [ "$(sql "SELECT count(*) FROM asrun WHERE result = 'partial'")" = 0 ]
  # Not before its time, on both mounts, and heard as it was sent. (How late on a busy machine is the bench's.)
  sql "SELECT mount, m.state, started_us - start_us, sent_frames, heard_frames FROM slot_mounts m JOIN slots ON id = slot"
  [ "$(sql "SELECT count(*) FROM slot_mounts m JOIN slots ON id = slot WHERE script = 'court' AND m.state = 'done'
    AND started_us - start_us BETWEEN -100000 AND 60000000 AND heard_frames > sent_frames * 0.97")" = 2 ]
  # It became an episode, without what was taken back.
  grep -q 'Kervalan' "$S"/public/episodes/*-court.html
  run ! grep -rq 'rivière' "$S/public"
  run ! grep -q 'liveItem' "$S/public/feed.xml"
  # What was aired and not published is published after a start; what is taken back then leaves.
  rm -r "$S/podcast" "$S/public"
  slots
  run_start
  until_file Kervalan "$S"/public/feed.xml
  "$CARNET" -q -C "$S" withdraw 1
  for _ in $(seq 120); do
    grep -rq Kervalan "$S/public" || break
    sleep 0.25
  done
  run_stop
  run ! grep -rq 'Kervalan' "$S/public"
  # One unbroken stream: every frame is there, none is damaged.
  wait $LISTENERS || true
  undamaged "$T/a.mp3"
  undamaged "$T/b.opus"
  mp3val "$T/a.mp3" | tee /dev/stderr | grep -q 'MPEG frames'
  [ "$(opusinfo "$T/b.opus" | grep -c 'New logical stream')" = 1 ]
}

# bats test_tags=long
@test "urgent when nothing else is on: at once on every mount, and again until it is taken back" {
  run_start
  said '/a.mp3: is heard'
  approved=$(date +%s%6N)
  id=$("$CARNET" -q -C "$S" add --approve --priority urgent --kind alert "Fuite de gaz, évitez la place.")
  until_sql 1 "SELECT count(*) FROM slots WHERE script = 'alerte' AND state IN ('claimed', 'on-air')"
  until_sql 2 "SELECT count(*) FROM slots WHERE script = 'alerte'" 40
  "$CARNET" -q -C "$S" withdraw "$id"
  until_sql 2 "SELECT count(*) FROM slots WHERE script = 'alerte' AND state IN ('done', 'missed')"
  n=$(sql "SELECT count(*) FROM asrun WHERE entry_id = $id")
  first=$(sql "SELECT min(start_us) FROM slots WHERE script = 'alerte'")
  echo "# laid $(((first - approved) / 1000)) ms after it was approved"
  [ $((first - approved)) -lt 20000000 ] # two seconds; but nothing is timed on a machine that does other things
  # The edition is there to be heard again, and is not.
  sleep 3
  [ "$(sql "SELECT count(*) FROM slots WHERE script = 'alerte'")" = 2 ]
  [ "$(sql "SELECT count(DISTINCT mount) FROM asrun WHERE entry_id = $id")" = 2 ]
  run_stop
}

# bats test_tags=long
@test "the clock is set back by an hour: the as-run log of a continuous mount goes by it from then on" {
  local asan id now
  asan=$(ldd "$CARNET" | awk '/libasan/ {print $3}')
  LD_PRELOAD="${asan:+$asan }${TOOLS:-$BATS_TEST_DIRNAME/../../build/tools}/fault.so" FAULT_STATE=$T/state FAULT_CLOCK=8:-3600 \
    "$CARNET" -C "$S" run >>"$T/run.log" 2>&1 3>&- &
  RUN=$!
  said '/a.mp3: is heard'
  sleep 9
  id=$("$CARNET" -q -C "$S" add --approve --priority urgent --kind alert "Fuite de gaz, évitez la place.")
  until_sql 2 "SELECT count(DISTINCT mount) FROM asrun WHERE entry_id = $id"
  sql "SELECT mount, start_us, end_us FROM asrun"
  now=$(($(date +%s) - 3600))
  [ "$(sql "SELECT count(*) FROM asrun WHERE start_us NOT BETWEEN $((now - 60))000000 AND ${now}000000")" = 0 ]
  run_stop
}

# bats test_tags=long
@test "killed on the air: the slot is unknown, is not aired again, and the station carries on" {
  "$CARNET" -q -C "$S" add --approve "Le marché de Kervalan ouvre à neuf heures, et la mairie à dix."
  slots un:8 deux:60
  run_start
  until_sql on-air "SELECT state FROM slots WHERE occurrence LIKE 'un%'"
  kill -KILL "$RUN"
  wait "$RUN" || true
  run_start
  until_sql unknown "SELECT state FROM slots WHERE occurrence LIKE 'un%'" 5
  [ "$(sql 'SELECT count(*) FROM slot_mounts')" = 2 ]
  [ "$(sql "SELECT count(*) FROM slot_mounts WHERE state = 'unknown'")" = 2 ]
  grep -q 'not aired again' "$T/run.log"
  # The next one is still planned, and moving it in the calendar moves it here.
  slots un:-30 deux:200
  until_sql 1 "SELECT count(*) FROM slots WHERE state IN ('planned', 'rendering', 'ready') AND start_us > $(date +%s)000000 + 150000000"
  [ "$(sql 'PRAGMA integrity_check')" = ok ]
  run_stop
}

# bats test_tags=long
@test "what is broken leaves the station as it was, and is told; two of them do not run at once" {
  slots un:300
  run_start
  until_sql 1 "SELECT count(*) FROM slots"
  run --separate-stderr "$CARNET" -C "$S" run
  [ "$status" = 4 ]
  run --separate-stderr "$CARNET" -C "$S" air --script court
  [ "$status" = 4 ]
  cp "$S/station.yaml" "$T/good.yaml"
  echo 'mounts: [' >"$S/station.yaml"
  said 'what was there before goes on'
  cp "$T/good.yaml" "$S/station.yaml"
  printf 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:un' >"$S/schedules/t.ics"
  said 'never ended'
  kill -HUP "$RUN"
  sleep 2.5
  [ "$(sql "SELECT count(*) FROM slots")" = 1 ]
  # A mount that is added is opened, and the other one is not touched.
  sed -i 's|^run:|  - {mount: /c.mp3, format: mp3, bitrate: 64, mode: continuous}\nrun:|' "$S/station.yaml"
  said '/c.mp3: connected'
  slots
  until_sql 0 "SELECT count(*) FROM slots"
  run_stop
  run --separate-stderr "$CARNET" -C "$S" status
  [ "$status" = 4 ]
  [[ $stderr == *'carnet run'* ]]
}

# bats test_tags=long
@test "the server goes away and comes back: heard, unheard, heard, and the hook is called" {
  cat >"$S/hook.sh" <<'SH'
#!/bin/sh
echo "$CARNET_MOUNT $2" >>"$(dirname "$0")/hook.log"
SH
  chmod +x "$S/hook.sh"
  station "filler: [musique], hook: [$S/hook.sh]"
  run_start
  said '/a.mp3: is heard'
  port=$ICECAST_PORT
  desk_open
  air_page >"$T/page"
  grep -q 'class="light good"><span>Sound</span><strong>audible' "$T/page"
  grep -q 'LUFS' "$T/page"
  grep -q 'Nothing is planned' "$T/page"
  icecast_stop
  said '/a.mp3: not connected'
  air_page >"$T/page"
  grep -q 'class="light bad"><span>Connection' "$T/page" # and the alarm
  grep -q 'class="warn"' "$T/page"
  said 'the server gives listeners nothing' 20
  air_page | grep -q 'class="light bad"><span>Sound'
  icecast_start "$T/icecast" "$port"
  until [ "$(grep -c '/a.mp3: is heard' "$T/run.log")" = 2 ]; do sleep 0.2; done
  run_stop
  cat "$S/hook.log"
  for state in connected disconnected unheard audible; do grep -qx "/a.mp3 $state" "$S/hook.log"; done
}

# bats test_tags=long
@test "by hand, from the desk that is in it: a bulletin at once, and no more of it; stopped, all is gone" {
  "$CARNET" -q -C "$S" add --approve "Le marché de Kervalan ouvre à neuf heures."
  "$CARNET" -q -C "$S" produce --script court
  short=$(ls "$S/editions")
  # The one that is ended by hand lasts half a minute: on a busy machine it must not be over before.
  for place in Aurelle Port-Aurelle Kervalan; do
    "$CARNET" -q -C "$S" add --approve "À $place, la bibliothèque prête des livres à la fenêtre, de dix heures à midi, tous les jours."
  done
  cp "$S/scripts/court.yaml" "$S/scripts/long.yaml"
  "$CARNET" -q -C "$S" produce --script long
  edition=${short%court}long
  run -4 --separate-stderr "$CARNET" -C "$S" order air "$edition" # nothing runs
  port=$(icecast_free_port)
  station 'listen: no'
  echo "desk: {port: $port}" >>"$S/station.yaml"
  run_start
  said 'the one-time code is'
  code=$(sed -n 's/.*one-time code is //p' "$T/run.log" | tail -1)
  B=http://127.0.0.1:$port
  csrf=$(curl -sf -c "$T/jar" -H 'Accept: application/json' --data-urlencode "code=$code" -d 'name=admin&password=un mot de passe' "$B/api/join" | jq -r .csrf)
  as() { curl -s -b "$T/jar" -H "X-CSRF-Token: $csrf" -H 'Accept: application/json' "$@"; }
  as "$B/api/status" | jq -e '.mounts | length == 2'
  run -3 --separate-stderr "$CARNET" -C "$S" order end
  [[ $stderr == *'no bulletin is on the air'* ]]
  run -3 --separate-stderr "$CARNET" -C "$S" order air 2020-01-01-court
  [[ $stderr == *'is not made'* ]]
  run -3 --separate-stderr "$CARNET" -C "$S" order air nonsense
  run -2 --separate-stderr "$CARNET" -C "$S" order end now
  run -4 --separate-stderr "$CARNET" -C "$S" restore "$S/logbook.sqlite"
  [[ $stderr == *'the station is running, stop it'* ]]
  (curl -sN -m 60 -b "$T/jar" "$B/api/events" >"$T/events" 2>/dev/null || true) 3>&- &
  as -d "edition=$edition" "$B/api/air" | jq -e '. == {}'
  until_sql 1 "SELECT count(*) FROM slots WHERE occurrence LIKE 'by hand:%' AND state = 'on-air'"
  until_file '"edition":"'"$edition"'"' "$T/events" # told to every page
  as -H 'Accept: text/html' "$B/air" >"$T/page"
  grep -q '/api/air/end' "$T/page" || { cat "$T/page" "$T/run.log"; false; }
  as -X POST "$B/api/air/end" | jq -e '. == {}'
  until_sql 1 "SELECT count(*) FROM slots WHERE occurrence LIKE 'by hand:%' AND state IN ('done', 'failed', 'missed')"
  [ "$(sql "SELECT max(sent_frames) < max(planned_frames) FROM slot_mounts")" = 1 ]
  # From the command line, to its end.
  "$CARNET" -q -C "$S" order air "$short"
  until_sql 1 "SELECT count(*) FROM slots WHERE occurrence LIKE 'by hand:%' AND state = 'done' AND id = (SELECT max(id) FROM slots)" 60
  run_stop
  [ "$MS" -lt 15000 ]
  run -4 --separate-stderr "$CARNET" -C "$S" order end
}

# bats test_tags=long
@test "figures for Prometheus, how many listen, and a recording of what went out" {
  local metrics i
  metrics=$(icecast_free_port)
  station "filler: [musique], urgent: alerte, pige-days: 2, metrics-port: $metrics"
  slots un:4000
  run_start
  listen /a.mp3 "$T/a.mp3"
  said '/a.mp3: is heard'
  "$CARNET" -q -C "$S" add --approve --priority urgent --kind alert "La rue du Port est fermée."
  until_sql 'on-air' "SELECT state FROM slots WHERE script = 'alerte'"
  for i in $(seq 150); do
    curl -sf -D "$T/head" -o "$T/metrics" "http://127.0.0.1:$metrics/metrics" || true
    ! { grep -q 'on_air{mount="/a.mp3"} 1' "$T/metrics" && grep -q 'listeners{mount="/a.mp3"} 1' "$T/metrics"; } || break
    sleep 0.1
  done
  cat "$T/metrics"
  grep -qi '^content-type: application/openmetrics-text; version=1.0.0' "$T/head"
  # Prometheus' own parser for Python, which is strict.
  /usr/bin/python3 - "$T/metrics" <<'P'
import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
families = {f.name: f for f in text_string_to_metric_families(open(sys.argv[1]).read())}
def value(name, **labels):
    return next(s.value for f in families.values() for s in f.samples if s.name == name and s.labels == labels)
assert value("carnet_mount_connected", mount="/a.mp3") == 1
assert value("carnet_mount_on_air", mount="/a.mp3") == 1
assert value("carnet_mount_listeners", mount="/a.mp3") == 1
assert value("carnet_mount_reconnections_total", mount="/a.mp3") == 0
assert value("carnet_mount_audible", mount="/a.mp3", carnet_mount_audible="audible") == 1
assert -40 < value("carnet_mount_level_lufs", mount="/a.mp3") < 0
assert sum(s.value for s in families["carnet_slots"].samples) == 2
assert value("carnet_next_slot_timestamp_seconds") > 1700000000
assert families["carnet_mount_reconnections"].type == "counter"
P
  [ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$metrics/")" = 404 ]
  [ "$(curl -s -o /dev/null -w '%{http_code}' -X POST -d x "http://127.0.0.1:$metrics/metrics")" = 405 ]
  "$CARNET" -C "$S" status | tee /dev/stderr | grep -F '/a.mp3' | grep -qF '1 listener'
  desk_open
  air_page >"$T/page"
  grep -q '1 listener' "$T/page"
  grep -q 'class="plain next"><li><time' "$T/page"
  run_stop
  # The recording is of the mount, sound for sound.
  ls -l "$S"/pige/*
  local kept=("$S"/pige/a.mp3/*.mp3)
  [ "${#kept[@]}" = 1 ]
  # Whoever comes when the stream has begun lacks what its first frame refers to.
  undamaged "${kept[0]}" 'invalid new backstep'
  mp3val "${kept[0]}" | tee /dev/stderr | grep -q 'MPEG frames'
  ls "$S"/pige/b.opus/*.opus
}

@test "what cannot be begun ends at once, and tells why" {
  chmod 644 "$S/icecast.password"
  run --separate-stderr "$CARNET" -C "$S" run
  [ "$status" = 3 ]
  [[ $stderr == *'chmod 600'* ]]
  chmod 600 "$S/icecast.password"
  mkdir "$S/.run.sock"
  run --separate-stderr "$CARNET" -C "$S" run
  [ "$status" = 5 ]
  [[ $stderr == *'.run.sock'* ]]
  rmdir "$S/.run.sock"
  printf 'not a database, but long enough to be looked at: %0200d' 1 >"$S/logbook.sqlite"
  run --separate-stderr "$CARNET" -C "$S" run
  [ "$status" = 3 ] || [ "$status" = 5 ]
  [ ! -e "$S/.run.sock" ]
}

@test "trouble while it runs is told once, and the station goes on: the hook, the port, calendars elsewhere, the store" {
  local taken
  cat >"$S/hook.sh" <<'SH'
#!/bin/sh
echo "I cannot" >&2
exit 3
SH
  chmod +x "$S/hook.sh"
  taken=$(icecast_free_port)
  python3 -m http.server --bind 127.0.0.1 "$taken" >/dev/null 2>&1 3>&- &
  LISTENERS=$!
  until curl -s -o /dev/null "http://127.0.0.1:$taken/"; do sleep 0.05; done
  station "listen: no, hook: [$S/hook.sh], metrics-port: $taken"
  printf 'calendars: [{name: loin, url: "http://127.0.0.1:1/x.ics"}]\n' >>"$S/station.yaml"
  printf 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:un' >"$S/schedules/t.ics"
  run_start
  said 'the hook: I cannot'
  said "port $taken of 127.0.0.1"
  said '127.0.0.1:1'
  said 'schedules/t.ics'
  "$CARNET" -C "$S" status --json | jq -e '.mounts[0].audible == null and .mounts[0].level_lufs == null and (.alarms | length > 2)'
  # The port is let go, and another is wanted; the hook is not there any more, when a mount changes.
  station "listen: no, hook: [$S/none.sh], metrics-port: $taken"
  sed -i 's/bitrate: 64, mode/bitrate: 96, mode/' "$S/station.yaml"
  said 'none.sh' 60 # its filler is made anew first
  kill "$LISTENERS"
  until [ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$taken/metrics")" = 200 ]; do sleep 0.1; done
  taken=$(icecast_free_port)
  station "listen: no, metrics-port: $taken, site-port: $(icecast_free_port)"
  until [ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$taken/metrics")" = 200 ]; do sleep 0.1; done
  mkdir -p "$S/public"
  echo 'bonjour' >"$S/public/index.html"
  [ "$(curl -s "http://127.0.0.1:$(sed -n 's/.*site-port: \([0-9]*\).*/\1/p' "$S/station.yaml")/")" = bonjour ]
  # A thousand who do not end asking stop nothing, keep nobody out, and leave libshout the descriptors that it can bear.
  python3 - "$(sed -n 's/.*site-port: \([0-9]*\).*/\1/p' "$S/station.yaml")" "$RUN" <<'P'
import json, os, resource, socket, sys, time, urllib.request
resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
clients = []
for _ in range(1000):
    client = socket.socket()
    client.setblocking(False)
    client.connect_ex(("127.0.0.1", int(sys.argv[1])))
    clients.append(client)
time.sleep(0.5)
for client in clients:
    try: client.send(b"GET /index.html HTTP/1.1\r\nHost: x\r\n")
    except OSError: pass
time.sleep(0.5)
numbers = [int(n) for n in os.listdir(f"/proc/{sys.argv[2]}/fd")]
assert len(numbers) > 1000 and len([n for n in numbers if n < 1024]) < 100, len(numbers)
page = urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/", timeout=10).read()
assert page == b"bonjour\n", page
json.load(urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/now.json", timeout=10))["title"]
P
  "$CARNET" -C "$S" status --json | jq -e '.mounts[0].connection == "on-air"'
  # The store fails under it; it says so once, and what it could not write is written later.
  sql 'ALTER TABLE slots RENAME TO gone'
  slots un:8
  said 'no such table'
  sleep 2.5
  [ "$(grep -c 'no such table: slots' "$T/run.log")" -lt 5 ]
  sql 'ALTER TABLE gone RENAME TO slots'
  until_sql 1 "SELECT count(*) FROM slots" 20
  sed -i 's/^title: .*/title: Autrement/' "$S/scripts/court.yaml"
  said 'were taken up'
  run_stop
}

@test "systemd is told when it is ready, that it lives, and that it stops" {
  python3 - "$T/notify" >"$T/notified" 3>&- <<'P' &
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
while True:
    text = s.recv(4096).decode()
    print(text, flush=True)
    if text == "STOPPING=1":
        break
P
  LISTENERS=$!
  until [ -S "$T/notify" ]; do sleep 0.02; done
  export NOTIFY_SOCKET=$T/notify WATCHDOG_USEC=1000000
  run_start
  sleep 1.5
  run_stop
  wait "$LISTENERS"
  sort -u "$T/notified" | tr '\n' ' '
  [ "$(sort -u "$T/notified" | tr '\n' ' ')" = 'READY=1 STOPPING=1 WATCHDOG=1 ' ]
  [ ! -e "$S/.run.sock" ]
}
