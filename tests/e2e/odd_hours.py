"""Slots of four years in eight zones, held against Python's zoneinfo: an implementation that is not ours.

odd_hours.py write FOLDER     calendars of daily rules at times that clocks skip and repeat, a file a zone
odd_hours.py check FOLDER     reads `carnet schedule --json` on standard input; each slot must be where the rule of
                              schedules/README.md puts it, and none may be missing or one too many
"""
import json
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

ZONES = ["Europe/Paris", "Indian/Reunion", "America/Guadeloupe", "Pacific/Noumea", "America/Miquelon",
         "Australia/Lord_Howe", "America/New_York", "Africa/Casablanca"]
TIMES = [(0, 0), (2, 15), (2, 30), (12, 0)]
FIRST, DAYS = date(2026, 1, 1), 1461


def write(folder):
    for n, zone in enumerate(ZONES):
        with open(f"{folder}/zone{n}.ics", "w", newline="\r\n") as file:
            print("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN", file=file)
            for hour, minute in TIMES:
                print(f"BEGIN:VEVENT\nUID:{zone}-{hour}-{minute}\nDTSTAMP:20260101T000000Z\n"
                      f"DTSTART;TZID={zone}:20251230T{hour:02}{minute:02}00\nRRULE:FREQ=DAILY\n"
                      f"SUMMARY:{zone} {hour:02}:{minute:02}\nX-CARNET-SCRIPT:flash\n"
                      f"PRIORITY:{n + 1}\nX-CARNET-MOUNTS:/{n}-{hour}-{minute}\nEND:VEVENT", file=file)
            print("END:VCALENDAR", file=file)


def instant(zone, wall):
    """The first of two; the first instant after a gap, found minute by minute."""
    there = wall.replace(tzinfo=zone, fold=0).astimezone(timezone.utc)
    while there.astimezone(zone).replace(tzinfo=None) != wall:
        wall += timedelta(minutes=1)
        there = wall.replace(tzinfo=zone, fold=0).astimezone(timezone.utc)
    return there


def check():
    first = datetime.combine(FIRST, datetime.min.time(), timezone.utc)
    last = first + timedelta(days=DAYS)
    wanted = set()
    for name in ZONES:
        zone = ZoneInfo(name)
        for day in range(-2, DAYS + 2):
            for hour, minute in TIMES:
                start = instant(zone, datetime.combine(FIRST + timedelta(days=day), datetime.min.time())
                                + timedelta(hours=hour, minutes=minute))
                if first <= start < last:
                    wanted.add((f"{name} {hour:02}:{minute:02}", start.strftime("%Y-%m-%dT%H:%M:%SZ")))
    there = [(slot["title"], slot["start"]) for slot in json.load(sys.stdin)]
    missing, more = wanted - set(there), set(there) - wanted
    for title, start in sorted(missing)[:10]:
        print("missing:", title, start)
    for title, start in sorted(more)[:10]:
        print("too many:", title, start)
    print(f"{len(there)} slots, {len(missing)} missing, {len(more)} too many")
    sys.exit(1 if missing or more or len(there) != len(wanted) else 0)


write(sys.argv[2]) if sys.argv[1] == "write" else check()
