#!/usr/bin/env bats
# Calendars: as programs write them, what is wrong by file and line, the odd hours of the year against Python's zoneinfo,
# slots said in words, states out of the as-run log, for a calendar program and back.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash
load icecast.bash

setup() {
  station_environment
  station_new
  rm -f "$S"/schedules/*.ics
}

calendars() { for name in "$@"; do cp "$REPO/tests/data/schedule/$name.ics" "$S/schedules/"; done; }

# event LINES…: one event of its own calendar, on standard output
event() {
  printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20200101T000000Z\r\n' "$RANDOM$RANDOM"
  printf '%s\r\n' "$@" 'END:VEVENT' 'END:VCALENDAR'
}

@test "the sample station's week" {
  cp "$REPO"/schedules/*.ics "$S/schedules/"
  printf 'no script\n' | tee "$S/scripts/.midi.yaml.swp" "$S/scripts/.hidden.yaml" >"$S/scripts/notes.txt"
  run -0 --separate-stderr carnet schedule --from 2026-03-02
  [ "$(grep -c planned <<<"$output")" = 10 ]
  [[ $output == *"2026-03-02  12:00  5:00"*"midi"*"18:30  10:00"*"soir"* ]]
  [ -z "$stderr" ]
  CARNET_NOW=2026-03-02T08:00:00Z "$CARNET" -C "$S" doctor --json |
    jq -e 'any(.subject == "calendars" and .level == "ok" and .what == "10 slots this week")'
  carnet schedule --from 2026-03-02 --json |
    jq -e 'length == 10 and .[0].start == "2026-03-02T11:00:00Z" and .[0].local == "2026-03-02T12:00:00+01:00"
      and .[0].state == "planned" and .[0].mounts == null and .[0].length_us == 300000000
      and .[0].file == "schedules/semaine.ics" and .[0].line == 22'
}

@test "Nextcloud, Thunderbird, Google, Apple, Outlook: as they are" {
  calendars nextcloud thunderbird google apple outlook
  carnet -q schedule --from 2026-03-02 --json | jq -r '.[] | "\(.start) \(.script) \(.file)"' >"$T/slots"
  diff "$T/slots" - <<'SLOTS'
2026-03-02T06:00:00Z flash schedules/outlook.ics
2026-03-02T07:00:00Z flash schedules/google.ics
2026-03-02T11:00:00Z midi schedules/nextcloud.ics
2026-03-02T17:30:00Z soir schedules/thunderbird.ics
2026-03-03T11:00:00Z midi schedules/nextcloud.ics
2026-03-03T17:30:00Z soir schedules/thunderbird.ics
2026-03-05T12:00:00Z midi schedules/nextcloud.ics
2026-03-05T17:30:00Z soir schedules/thunderbird.ics
2026-03-06T11:00:00Z midi schedules/nextcloud.ics
2026-03-06T17:30:00Z soir schedules/thunderbird.ics
2026-03-08T10:00:00Z noon schedules/apple.ics
SLOTS
  run -0 --separate-stderr carnet schedule --from 2026-03-02 --json
  [[ $stderr == *"schedules/thunderbird.ics:38: it lasts all day"* ]]
}

@test "what is wrong is told by file and line, and the other events go on" {
  calendars wrong
  CARNET_NOW=2026-03-01T00:00:00Z run -3 --separate-stderr "$CARNET" -C "$S" schedule check
  echo "$output"
  grep -q 'wrong.ics:6: the rule asks for more than one slot a minute' <<<"$output"
  grep -q 'wrong.ics:23: unknown time zone "Europe/Atlantis"' <<<"$output"
  grep -q 'wrong.ics:29: there is no script "nuit"' <<<"$output"
  grep -q 'the station has no mount "/nowhere.mp3"' <<<"$output"
  grep -q '^2 slots in the year to come' <<<"$output"
  [[ $stderr == *"things to correct"* ]]
  CARNET_NOW=2026-03-01T00:00:00Z "$CARNET" -C "$S" doctor --json |
    jq -e 'any(.subject == "calendars" and .level == "warning" and (.what | startswith("schedules/wrong.ics:")))'
  echo 'nothing' >"$S/schedules/no.ics"
  CARNET_NOW=2026-03-01T00:00:00Z run -3 --separate-stderr "$CARNET" -C "$S" schedule check
  grep -q 'schedules/no.ics: this is no calendar' <<<"$output"
}

# bats test_tags=long
@test "four years in eight zones, against Python's zoneinfo" {
  sed -i 's/^zone: .*/zone: UTC/' "$S/station.yaml"
  python3 "$REPO/tests/e2e/odd_hours.py" write "$S/schedules"
  carnet -q schedule --from 2026-01-01 --days 1461 --json 2>/dev/null >"$T/slots.json"
  python3 "$REPO/tests/e2e/odd_hours.py" check "$S/schedules" <"$T/slots.json"
}

@test "a slot in words: written as plain iCalendar, which is kept byte for byte" {
  run -0 carnet schedule add "every weekday 12:30" --script midi
  [[ $output == "midi is planned, from 2020-03-17 12:30 on (FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR), in schedules/station.ics" ]]
  cp "$S/schedules/station.ics" "$T/before.ics"
  carnet schedule add le dernier vendredi du mois à 20h --script soir --mount /bulletin.mp3 --priority 2 --title "Veillée, très longue, pour être pliée au milieu d'un mot accentué : éééééééé"
  diff <(head -n -1 "$T/before.ics") <(head -n "$(($(wc -l <"$T/before.ics") - 1))" "$S/schedules/station.ics")
  refute grep -qv $'\r$' "$S/schedules/station.ics"
  carnet schedule --days 14 --json | jq -e 'length == 11 and (map(select(.script == "soir")) | length == 1
    and .[0].start == "2020-03-27T19:00:00Z" and .[0].mounts == ["/bulletin.mp3"] and .[0].priority == 2
    and (.[0].title | startswith("Veillée, très longue")))'
  for words in "every banana 12:00" "every day" "12:00" "every day 25:00" "every day 12:00 until 2020-03-16"; do told 3 carnet: schedule add "$words" --script midi; done
  told 2 "--script" schedule add "every day 12:00"
  told 3 nuit schedule add "every day 12:00" --script nuit
  told 3 /nowhere schedule add "every day 12:00" --script midi --mount /nowhere
  told 2 "--priority" schedule add "every day 12:00" --script midi --priority 10
  told 2 "none of check, add" schedule remove
  told 2 "--days" schedule --days 0
  told 2 "not both" schedule --json --ics
  [ -z "$(carnet -q schedule add "every day 12:00" --script midi)" ]
  [ -z "$(carnet -q schedule add "2026-12-24 18:00" --script midi)" ]
  printf 'nothing' >"$S/schedules/station.ics"
  told 3 "station.ics: this is no calendar" schedule add "every day 12:00" --script midi
  [ "$(<"$S/schedules/station.ics")" = nothing ]
}

@test "one slot is taken out: of a rule, alone, and of no calendar that is kept elsewhere" {
  carnet -q schedule add "every weekday 12:00" --script midi
  carnet -q schedule add "2020-03-19 18:00" --script midi
  starts() { carnet schedule --json | jq -c '[.[].start[0:16]]'; }
  [ "$(starts)" = '["2020-03-18T11:00","2020-03-19T11:00","2020-03-19T17:00","2020-03-20T11:00","2020-03-23T11:00"]' ]
  run -0 --separate-stderr carnet schedule cancel 2020-03-19 12:00
  [[ $output == *'midi is not aired on 2020-03-19 12:00 any more (schedules/station.ics)'* ]]
  carnet -q schedule cancel 2020-03-19 18:00 --script midi
  carnet -q schedule cancel 2020-03-23T11:00:00Z
  [ "$(starts)" = '["2020-03-18T11:00","2020-03-20T11:00"]' ]
  grep -q '^EXDATE:20200319T110000Z' "$S/schedules/station.ics"
  [ "$(grep -c $'\r$' "$S/schedules/station.ics")" = "$(wc -l <"$S/schedules/station.ics")" ]
  carnet -q schedule cancel 2020-03-20 12:00 --to "2020-03-20 17:30"
  [ "$(starts)" = '["2020-03-18T11:00","2020-03-20T16:30"]' ]
  run -3 --separate-stderr carnet schedule cancel 2020-03-18 12:00 --to "every day 9:00"
  run -3 --separate-stderr carnet schedule cancel 2020-03-18 12:00 --to "whenever"
  # Out of another calendar into our own.
  mv "$S/schedules/station.ics" "$S/schedules/other.ics"
  carnet -q schedule cancel 2020-03-20 17:30 --to "2020-03-20 19:30"
  [ "$(starts)" = '["2020-03-18T11:00","2020-03-20T18:30"]' ]
  grep -q 20200320T193000 "$S/schedules/station.ics"
  # The own one is on a share that is away.
  rm "$S/schedules/station.ics"
  ln -s nowhere "$S/schedules/station.ics"
  run -3 --separate-stderr carnet schedule add "2020-03-20 19:00" --script midi
  [[ $stderr == *station.ics* ]]
  cp "$S/schedules/other.ics" "$T/other.ics"
  run -3 --separate-stderr carnet schedule cancel 2020-03-18 12:00 --to "2020-03-20 19:45"
  [[ $stderr == *station.ics* ]]
  [ "$(readlink "$S/schedules/station.ics")" = nowhere ]
  cmp "$S/schedules/other.ics" "$T/other.ics"
  rm "$S/schedules/station.ics"
  mv "$S/schedules/other.ics" "$S/schedules/station.ics"
  run -3 --separate-stderr carnet schedule cancel 2020-03-19 12:00
  [[ $stderr == *'no slot begins then'* ]]
  run -3 --separate-stderr carnet schedule cancel soon
  run -2 --separate-stderr carnet schedule cancel
  mv "$S/schedules/station.ics" "$S/schedules/remote-mairie.ics"
  run -3 --separate-stderr carnet schedule cancel 2020-03-18 12:00
  [[ $stderr == *'kept elsewhere'* ]]
  sed 's/^UID:.*/UID:other\r/; s/midi/soir/g' "$S/schedules/remote-mairie.ics" >"$S/schedules/b.ics"
  run -3 --separate-stderr carnet schedule cancel 2020-03-18 12:00
  [[ $stderr == *'--script NAME'* ]]
}

@test "two that add at once: both are planned" {
  carnet schedule add "every day 13:00" --script midi >/dev/null &
  carnet schedule add "every day 18:00" --script soir >/dev/null &
  wait
  carnet schedule --days 1 --json | jq -e 'length == 2'
}

@test "slots that meet are told once, with who goes first" {
  event 'DTSTART:20200317T120000' 'RRULE:FREQ=DAILY' 'SUMMARY:midi' >"$S/schedules/a.ics"
  event 'DTSTART:20200317T120200' 'RRULE:FREQ=DAILY' 'SUMMARY:Flash' >"$S/schedules/b.ics"
  run -0 --separate-stderr carnet schedule
  [ "$(grep -c 'still on the air' <<<"$stderr")" = 1 ]
  [[ $stderr == *"schedules/a.ics:4: 2020-03-17 12:00 midi is still on the air at 2020-03-17 12:02 flash (schedules/b.ics:4), and 6 times more: flash goes first"* ]]
  sed -i 's/^SUMMARY:midi/PRIORITY:1\r\nSUMMARY:midi/' "$S/schedules/a.ics"
  run -0 --separate-stderr carnet schedule
  [[ $stderr == *"midi goes first"* ]]
}

@test "as a calendar, and read again: the same slots" {
  calendars nextcloud apple
  carnet -q schedule --from 2026-03-01 --days 20 --json | jq '[.[] | {start, script, title, priority, length_us}]' >"$T/before"
  carnet -q schedule --from 2026-03-01 --days 20 --ics >"$T/week.ics"
  rm "$S"/schedules/*.ics
  cp "$T/week.ics" "$S/schedules/"
  carnet -q schedule --from 2026-03-01 --days 20 --json | jq '[.[] | {start, script, title, priority, length_us}]' | diff "$T/before" -
}

@test "a slot's state: planned, ready, on-air, done, missed" {
  icecast_start "$T/icecast"
  sed -i "s/^  port: .*/  port: $ICECAST_PORT/; /opus/d" "$S/station.yaml"
  (umask 077 && echo "$ICECAST_PASSWORD" >"$S/icecast.password")
  script_short court 0:30
  add "La halle ferme." >/dev/null
  # 12:00 in Paris is 11:00 in UTC, the pinned now
  carnet schedule add "2020-03-17 12:00" --script court >/dev/null
  state() { CARNET_NOW=$1 "$CARNET" -q -C "$S" schedule --json | jq -r '.[0].state'; }
  [ "$(state 2020-03-17T10:59:00Z)" = planned ]
  carnet -q produce --script court
  [ "$(state 2020-03-17T10:59:00Z)" = ready ]
  [ "$(state 2020-03-17T12:00:00Z)" = missed ]
  carnet -q air --script court 3>&-
  icecast_stop
  [ "$(state 2020-03-17T11:00:10Z)" = on-air ]
  [ "$(state 2020-03-17T12:00:00Z)" = 'done' ]
}

@test "no calendar: what to do is said; a folder that is not there is none" {
  run -0 carnet schedule
  [[ $output == *"carnet schedule add"* ]]
  rm -r "$S/schedules"
  [ "$(carnet schedule --json)" = "[]" ]
  ln -s nowhere "$S/schedules" # a share that is away is no empty folder
  run -3 --separate-stderr carnet schedule check
  [[ $stderr$output == *schedules* ]]
  run --separate-stderr carnet schedule
  [[ $stderr == *schedules* ]]
  rm "$S/schedules"
  carnet schedule add "every day 13:00" --script midi
  [ "$(carnet schedule --json | jq length)" = 7 ]
}
