#!/usr/bin/env bats
# What became of a day (carnet asrun --date) and what goes on now (carnet status), as tables, CSV and JSON, for people and
# for those who ask for proof; calendars' verbs used wrongly.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash

setup() {
  station_environment
  station_new
  rm -f "$S"/schedules/*.ics
}

sql() { sqlite3 -bail "$S/logbook.sqlite" "$1"; }

# One slot of each end, on the sample day: aired, cut, in doubt, missed before it was laid, failed on all mounts.
slots_of_the_day() {
  sql "INSERT INTO slots VALUES
    (1, 1584442800000000, 'a', 'midi', '2020-03-17-midi', NULL, 5, 'Le carnet', 'done', NULL, 1),
    (2, 1584446400000000, 'b', 'flash', '2020-03-17-flash', '/bulletin.mp3', 5, 'Le flash, \"court\"', 'done', NULL, 1),
    (3, 1584450000000000, 'c', 'midi', '2020-03-17-midi@1400', NULL, 5, '', 'unknown', 'the station stopped', 1),
    (4, 1584453600000000, 'd', 'soir', '2020-03-17-soir', NULL, 5, '', 'missed', 'not made in time', 1),
    (5, 1584457200000000, 'e', 'soir', '2020-03-17-soir@1600', NULL, 5, '', 'failed', 'no mount took it', 1);
    INSERT INTO slot_mounts VALUES
    (1, '/bulletin.mp3', 'done', 1584442800020000, 1584443100000000, 14400000, 14400000, 14391000, NULL),
    (1, '/bulletin.opus', 'done', 1584442800000000, 1584443000000000, 9600000, 14400000, -1, 'the server went, \"away\"'),
    (2, '/bulletin.mp3', 'done', 1584446400000000, 1584446460000000, 2880000, 2880000, 0, NULL),
    (3, '/bulletin.mp3', 'unknown', 0, 0, 0, 2880000, -1, NULL),
    (5, '/bulletin.mp3', 'missed', 0, 0, 0, 2880000, -1, 'connection refused');"
}

@test "a day's slots, for people" {
  slots_of_the_day
  run -0 --separate-stderr carnet asrun --date 2020-03-17
  echo "$output"
  [ "$(wc -l <<<"$output")" = 7 ]
  [[ $output == *'12:00'*'midi'*'/bulletin.mp3'*'done'*'12:00:00'*'12:05:00'*'5:00'*'100%'*'100%'* ]]
  [[ $output == *'/bulletin.opus'*'67%'* ]]
  [[ $output == *'missed'*'not made in time'* ]]
  [[ $output == *'missed'*'connection refused'* ]]
  [[ $output == *'unknown'*'the station stopped'* ]]
  run -0 --separate-stderr carnet asrun --date 2020-03-18
  [ "$(wc -l <<<"$output")" -le 1 ]
}

@test "a day's slots, for who asks for proof: CSV that a spreadsheet reads, JSON" {
  slots_of_the_day
  carnet asrun --date 2020-03-17 --csv >"$T/day.csv"
  cat "$T/day.csv"
  python3 - "$T/day.csv" <<'P'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")))
assert len(rows) == 6, rows
assert [r["state"] for r in rows] == ["done", "done", "done", "unknown", "missed", "missed"], rows
assert rows[1]["why"] == 'the server went, "away"', rows[1]
assert rows[0]["planned"] == "2020-03-17T11:00:00Z" or "2020-03-17T11:00:00Z" in rows[0].values(), rows[0]
assert len({tuple(r) for r in rows}) == 1 and None not in rows[0]
P
  carnet asrun --date 2020-03-17 --json | tee "$T/day.json" |
    jq -e 'length == 6 and .[0].mount == "/bulletin.mp3" and .[0].heard_frames == 14391000 and .[1].heard_frames == null
      and .[4].mount == null and .[4].state == "missed" and .[4].why == "not made in time"
      and .[5].why == "connection refused" and .[0].started == "2020-03-17T11:00:00Z"' || { cat "$T/day.json"; false; }
  [ "$(carnet asrun --date 2020-03-19 --json)" = '[]' ]
  [ "$(carnet asrun --date 2020-03-19 --csv | wc -l)" = 1 ]
}

@test "a day is asked for as it should be" {
  run -2 --separate-stderr carnet asrun 2020-03-17-midi --date 2020-03-17
  run -2 --separate-stderr carnet asrun --csv
  run -2 --separate-stderr carnet asrun --date 2020-03-17 --csv --json
  run -3 --separate-stderr carnet asrun --date 2020-02-30
  [[ $stderr == *2020-02-30* ]]
  printf 'not a database, but long enough to be looked at: %0200d' 1 >"$S/logbook.sqlite"
  run --separate-stderr carnet asrun --date 2020-03-17
  [ "$status" != 0 ]
  run -3 --separate-stderr "$CARNET" -C "$T/none" asrun --date 2020-03-17
}

# station_answers FILE: what "carnet run" would answer, once
station_answers() {
  python3 - "$S/.run.sock" "$1" 3>&- <<'P' &
import os, socket, sys
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
s.listen(4)
for _ in range(3):
    c, _ = s.accept()
    assert c.recv(100) == b"status\n"
    c.sendall(open(sys.argv[2], "rb").read())
    c.close()
P
  STATIONS="${STATIONS:-} $!"
  until [ -S "$S/.run.sock" ]; do sleep 0.02; done
}

teardown() { [ -z "${STATIONS:-}" ] || kill $STATIONS 2>/dev/null || true; }

@test "status: each mount, what is next, the last alarms" {
  cat >"$T/status.json" <<'J'
{"station": "Radio", "process": 1, "now": "2020-03-17T11:00:00Z", "mounts": [
  {"mount": "/a.mp3", "connection": "on-air", "message": null, "audible": "audible", "edition": "2020-03-17-midi", "title": "À la une", "listeners": 1},
  {"mount": "/b.mp3", "connection": "refused", "message": "the password is wrong", "audible": null, "edition": null, "title": null, "listeners": null},
  {"mount": "/c.mp3", "connection": "lost", "message": "connection refused", "audible": "unheard", "edition": null, "title": null, "listeners": 12},
  {"mount": "/d.mp3", "connection": "waiting", "message": null, "audible": null, "edition": null, "title": null}],
 "next": [{"start": "2020-03-17T17:30:00Z", "script": "soir", "edition": "e", "state": "planned", "why": null},
  {"start": "2020-03-18T11:00:00Z", "script": "midi", "edition": "e", "state": "ready", "why": "a voice failed"},
  {"start": null, "script": "x", "edition": "e", "state": "planned", "why": null}],
 "alarms": [{"at": "2020-03-17T10:00:00Z", "text": "one"}, {"at": "2020-03-17T10:01:00Z", "text": "two"},
  {"at": "2020-03-17T10:02:00Z", "text": "three"}, {"at": "2020-03-17T10:03:00Z", "text": "four"},
  {"at": "2020-03-17T10:04:00Z", "text": "five"}, {"at": "2020-03-17T10:05:00Z", "text": "six"}]}
J
  station_answers "$T/status.json"
  run -0 --separate-stderr carnet status
  echo "$output"
  [[ $output == *'/a.mp3  on-air  audible  1 listener  2020-03-17-midi: À la une'* ]]
  [[ $output == *'/b.mp3  refused  the password is wrong'* ]]
  [[ $output == *'/c.mp3  lost  unheard  12 listeners  connection refused'* ]]
  [[ $output == *'18:30:00  soir  planned'*'2020-03-18 12:00  midi  ready: a voice failed'* ]]
  [[ $output == *'two'*'six'* && $output != *' one'* ]]
  carnet status --json | jq -e '.mounts | length == 4'
  printf '{"station": "Radio", "now": "2020-03-17T11:00:00Z", "mounts": [], "next": [], "alarms": []}' >"$T/status.json"
  [[ $(LANGUAGE=fr LC_ALL=fr_FR.UTF-8 carnet status) == *'rien'* ]]
}

@test "status: watched on a terminal until Ctrl-C; without a station, and with one that talks nonsense" {
  run -2 --separate-stderr carnet status --json --watch
  run -4 --separate-stderr carnet status --watch
  run -4 --separate-stderr carnet status --json
  run -3 --separate-stderr "$CARNET" -C "$T/none" status
  echo 'nonsense' >"$T/status.json"
  station_answers "$T/status.json"
  run --separate-stderr carnet status
  [ "$status" = 3 ]
  kill %1 2>/dev/null || true
  rm -f "$S/.run.sock"
  printf '{"station": "Radio", "now": "2020-03-17T11:00:00Z", "mounts": [], "next": [], "alarms": []}' >"$T/status.json"
  station_answers "$T/status.json"
  python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])' timeout -s INT 1.5 "$CARNET" -C "$S" status --watch \
    >"$T/typescript" </dev/null || true
  grep -q $'\033\[H\033\[2J' "$T/typescript"
  [ "$(grep -c Radio "$T/typescript")" -ge 2 ]
}

@test "schedule: used wrongly, empty, with and without a store that can be read" {
  run -2 --separate-stderr carnet schedule --json --ics
  run -2 --separate-stderr carnet schedule --days 0
  run -2 --separate-stderr carnet schedule --days 100000
  run -2 --separate-stderr carnet schedule frobnicate
  [[ $stderr == *frobnicate* ]]
  run -3 --separate-stderr carnet schedule --from 2020-02-30
  run -2 --separate-stderr carnet schedule check extra
  run -2 --separate-stderr carnet schedule fetch extra
  run -2 --separate-stderr carnet schedule add
  run -2 --separate-stderr carnet schedule add "every day 12:00"
  run -2 --separate-stderr carnet schedule add "every day 12:00" --script midi --priority 12
  run -3 --separate-stderr carnet schedule add "every day 12:00" --script nobody
  run -3 --separate-stderr carnet schedule add "when the cat comes" --script midi
  for verb in 'schedule' 'schedule check' 'schedule fetch' 'schedule add "every day" --script midi'; do
    eval "run -3 --separate-stderr '$CARNET' -C '$T/none' $verb"
  done
  run -0 --separate-stderr carnet schedule
  [ "$(carnet schedule --json)" = '[]' ]
  run -0 --separate-stderr carnet schedule check
  run -0 --separate-stderr carnet schedule fetch
  carnet -q schedule add "2020-03-17 18:00" --script midi --mount /bulletin.mp3
  run -0 --separate-stderr carnet schedule
  [[ $output == *'/bulletin.mp3'* ]]
  # What the station made of it is the slot's state.
  sql "INSERT INTO slots SELECT 1, 1584464400000000, 'x', 'midi', '2020-03-17-midi', NULL, 5, '', 'missed', 'late', 1"
  carnet schedule --json | jq -e '.[0].state == "missed"'
}
