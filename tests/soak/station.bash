# A station that runs by itself, for the soak and for the tests of it: a bulletin of some seconds every so often, each of
# another script, so that what a server's playlist log says of a title is said of one slot. Source me after soak.bash or
# with S, T and ICECAST_PORT set.
# shellcheck shell=bash disable=SC2034

STATION_SCRIPTS=10

# station_make RUN-SETTINGS: an empty one at $S, with a continuous mount /a.mp3 and an inserted one /b.mp3
station_make() {
  local i
  "$CARNET" -q init "$S"
  rm -f "$S"/schedules/*.ics "$S"/scripts/{midi,flash,soir,noon}.yaml
  (umask 077 && echo "$ICECAST_PASSWORD" >"$S/icecast.password")
  cat >"$S/station.yaml" <<YAML
name: Radio d'Aurelle
language: fr
zone: Europe/Paris
icecast: {host: 127.0.0.1, port: $ICECAST_PORT, password-file: icecast.password}
mounts:
  - {mount: /a.mp3, format: mp3, bitrate: 64, mode: continuous}
  - {mount: /b.mp3, format: mp3, bitrate: 64}
run: {$1}
YAML
  for i in $(seq 0 $((STATION_SCRIPTS - 1))); do
    cat >"$S/scripts/s$i.yaml" <<YAML
title: Bulletin s$i
language: fr
length: "0:10"
fit: at-most
least: "0:01"
voices: {presenter: claire}
order:
  - say: "Ici la radio du port, bulletin numéro $i."
YAML
  done
}

# station_slots FROM EVERY N: N slots, every so many seconds, from the instant FROM (seconds since 1970) on
station_slots() {
  local i at
  {
    printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//carnet//test\r\n'
    for i in $(seq 0 $(($3 - 1))); do
      at=$(($1 + i * $2))
      printf 'BEGIN:VEVENT\r\nUID:n%d\r\nDTSTAMP:20200101T000000Z\r\nDTSTART:%(%Y%m%dT%H%M%SZ)T\r\nX-CARNET-SCRIPT:s%d\r\nEND:VEVENT\r\n' \
        "$i" "$at" $((i % STATION_SCRIPTS))
    done
    printf 'END:VCALENDAR\r\n'
  } >"$S/schedules/.t.ics"
  mv "$S/schedules/.t.ics" "$S/schedules/t.ics"
}

station_sql() { sqlite3 -separator '|' -cmd '.timeout 10000' "$S/logbook.sqlite" "$1"; }

# station_judge PLAYLIST UNTIL LATE: what the slots say became of them, against what the server heard (titles by mount and
# second): none aired twice on a mount, none that was missed heard, none without a word. Prints a line of counts.
station_judge() {
  station_sql "SELECT id, start_us / 1000000, script, state, coalesce(why, '') FROM slots WHERE occurrence NOT LIKE 'urgent:%'" >"$T/slots"
  python3 - "$1" "$2" "$3" "$T/slots" "$S/schedules/t.ics" <<'P'
import calendar, collections, re, sys, time
playlist, until, late, slots, ics = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5]
heard = []
for line in open(playlist, encoding="utf-8", errors="replace"):
    stamp, mount, _, title = line.rstrip("\n").split("|", 3)
    found = re.search(r"Bulletin (s\d+)", title)
    if found:
        heard.append((calendar.timegm(time.strptime(stamp[:20], "%d/%b/%Y:%H:%M:%S")), mount, found[1]))
rows = [line.rstrip("\n").split("|", 4) for line in open(slots, encoding="utf-8")]
bad, counts, used = [], collections.Counter(), set()
known = {(int(start), script) for _, start, script, _, _ in rows}
for _, start, script, state, why in rows:
    start = int(start)
    if start + late > until:
        continue
    counts[state] += 1
    if state not in ("done", "missed", "failed", "unknown"):
        bad.append(f"{script} at {start} is {state} for ever")
    if state != "done" and not why:
        bad.append(f"{script} at {start} is {state} without a word")
    for mount in ("/a.mp3", "/b.mp3"):
        at = [i for i, (when, m, s) in enumerate(heard) if s == script and m == mount and start - 2 <= when <= start + late + 5]
        used.update(at)
        if len(at) > 1:
            bad.append(f"{script} at {start} was aired {len(at)} times on {mount}")
        if at and state in ("missed", "failed"):
            bad.append(f"{script} at {start} is {state}, and was aired on {mount}")
for block in open(ics).read().split("BEGIN:VEVENT")[1:]:
    start = calendar.timegm(time.strptime(re.search(r"DTSTART:(\S+)", block)[1], "%Y%m%dT%H%M%SZ"))
    if start + late <= until and (start, re.search(r"SCRIPT:(\S+)", block)[1]) not in known:
        bad.append(f"the slot at {start} is lost")
bad += [f"heard, and nobody's: {heard[i]}" for i in range(len(heard)) if i not in used and heard[i][0] + late < until]
print("slots: " + ", ".join(f"{n} {state}" for state, n in sorted(counts.items())) + f"; {len(heard)} times heard; {len(bad)} wrong")
print("\n".join(bad[:20]), end="\n" if bad else "")
sys.exit(1 if bad else 0)
P
}
