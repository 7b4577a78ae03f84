#!/usr/bin/env bash
# A station left running: a bulletin every 2 minutes on a continuous and an inserted mount, filler between, while Icecast is
# killed and begun again, the calendar is edited (one slot moved, one cancelled), an urgent entry breaks in, is repeated and
# taken back, and the clock is set 40 seconds forward. At the end the as-run log must match what listeners recorded, frame
# by frame: what it says was sent is in the recordings, once; what it says was not is not there.
#
#   tests/soak/station.sh MINUTES [FOLDER]    10 at least; FOLDER keeps all of it
set -euo pipefail
source "$(dirname "$0")/soak.bash"
soak_folder station
[ -z "${2:-}" ] || { rm -rf "$FOLDER"; FOLDER=$2; mkdir -p "$FOLDER"; S=$FOLDER/station T=$FOLDER; }
[ -z "${2:-}" ] || soak_end() { icecast_stop; for pid in $(jobs -p); do kill -KILL "$pid" 2>/dev/null || true; done; }
chmod 755 "$FOLDER" # Icecast is another user when we are root
unset CARNET_NOW
source "$(dirname "$0")/station.bash"
minutes=${1:?usage: station.sh MINUTES [FOLDER]}
STATION_SCRIPTS=$((minutes / 2 + 2))
icecast_start "$FOLDER/icecast"
station_make 'ahead: "1:30", late: "0:50", filler: [musique], urgent: alerte, urgent-every: "1:00"'
for i in $(seq 0 $((STATION_SCRIPTS - 1))); do
  sed -i "s/length: .*/length: \"0:30\"/; s/^  - say:.*/  - say: \"Voici le bulletin numéro $i, avec $((i * 7 + 3)) nouvelles. \
Le bac numéro $((i + 100)) part à $((i % 24)) heures, et la mairie a reçu $((i * 131 + 17)) lettres. À bientôt pour le numéro $((i + 1)).\"/" \
    "$S/scripts/s$i.yaml"
done
cat >"$S/scripts/musique.yaml" <<'YAML'
title: "{station}"
language: fr
length: "0:40"
fit: exact
least: "0:05"
voices: {presenter: claire}
bed: {file: nappe, gain: -10}
close: {least: 1, most: 600}
order:
  - say: "Vous écoutez {station}."
YAML

# listen MOUNT: from now on, a file for each connection
listen() {
  local n=0
  while :; do
    n=$((n + 1))
    curl -sfN -o "$FOLDER/heard${1//\//-}.$n" "http://127.0.0.1:$ICECAST_PORT$1" || true
    sleep 0.1
  done
}
say() { printf 'station: %3d s: %s\n' "$SECONDS" "$*"; }

first=$(($(date +%s) + 100))
station_slots "$first" 120 $((minutes / 2))
cp "$S/schedules/t.ics" "$FOLDER/planned.ics"
total=$((minutes * 60)) step_at=$((minutes * 60 * 8 / 10))
FAULT_STATE=$FOLDER/state FAULT_CLOCK=$step_at:40 LD_PRELOAD=$(soak_preload) "$CARNET" -C "$S" run >"$FOLDER/run.log" 2>&1 &
RUN=$!
listen /a.mp3 &
listen /b.mp3 &
until grep -q '/a.mp3: is heard' "$FOLDER/run.log"; do sleep 0.2; done
begin_kib=$(awk '$1 == "VmRSS:" {print $2}' "/proc/$RUN/status") begin_fds=$(find "/proc/$RUN/fd" -mindepth 1 | wc -l)
say 'is heard'

wait_until() { while [ "$SECONDS" -lt "$1" ] && kill -0 "$RUN" 2>/dev/null; do sleep 0.2; done; }

wait_until $((total * 2 / 10))
say 'Icecast is killed'
port=$ICECAST_PORT
{ icecast_stop; } 2>/dev/null
sleep 4
icecast_start "$FOLDER/icecast" "$port"
say 'and is there again'

wait_until $((total * 4 / 10))
say 'the calendar is edited: the next slot but one moves by 30 seconds, the one after it is cancelled'
station_moved=$(python3 - "$S/schedules/t.ics" "$(date +%s)" <<'P'
import calendar, re, sys, time
path, now = sys.argv[1], int(sys.argv[2])
text = open(path, newline="").read()
head, *events = text.split("BEGIN:VEVENT")
start = lambda e: calendar.timegm(time.strptime(re.search(r"DTSTART:(\S+)", e)[1], "%Y%m%dT%H%M%SZ"))
coming = [i for i, e in enumerate(events) if start(e) > now + 20]
moved, gone = coming[1], coming[2]
was = re.search(r"DTSTART:(\S+)", events[moved])[1]
events[moved] = events[moved].replace(was, time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(start(events[moved]) + 30)))
print(re.search(r"SCRIPT:(\S+)", events[moved])[1], re.search(r"SCRIPT:(\S+)", events[gone])[1])
events[gone] = events[gone].replace("END:VEVENT", "STATUS:CANCELLED\r\nEND:VEVENT")
open(path, "w", newline="").write("BEGIN:VEVENT".join([head] + events))
P
)
say "moved and cancelled: $station_moved"

wait_until $((total * 6 / 10))
id=$("$CARNET" -q -C "$S" add --approve --priority urgent --kind alert "La rue du Port est fermée jusqu'à ce soir, passez par les quais.")
say 'an urgent entry'
wait_until $((total * 6 / 10 + 90))
"$CARNET" -q -C "$S" withdraw "$id"
say 'and taken back'

wait_until $((step_at + 2))
say 'the clock was set 40 seconds forward'
wait_until $((total + 20))
end_kib=$(awk '$1 == "VmRSS:" {print $2}' "/proc/$RUN/status") end_fds=$(find "/proc/$RUN/fd" -mindepth 1 | wc -l)
sleep 13 # the own listeners' latency
kill -TERM "$RUN"
wait "$RUN"
sleep 1
say "ended; memory $begin_kib KiB at the start, $end_kib at the end, descriptors $begin_fds and $end_fds"

"$CARNET" -C "$S" asrun --date today --json >"$FOLDER/asrun.json"
"$CARNET" -C "$S" asrun --date today
python3 - "$FOLDER" "$S" "$station_moved" <<'P'
import collections, glob, json, os, re, sys
folder, station, (moved, cancelled) = sys.argv[1], sys.argv[2], sys.argv[3].split()
BITRATES = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]

def frames(data):
    """The MPEG-1 layer III frames at 48 kHz (ISO 11172-3), without tags."""
    at = 0
    while at + 4 <= len(data):
        if data[at] == 0xFF and data[at + 1] & 0xFE == 0xFA and data[at + 2] >> 2 & 3 == 1 and 0 < data[at + 2] >> 4 < 15:
            n = 144000 * BITRATES[data[at + 2] >> 4] // 48000 + (data[at + 2] >> 1 & 1)
            if at + n <= len(data):
                yield data[at:at + n]
            at += n
        else:
            at += 1

def tagless(data):
    if data[:3] == b"ID3":
        data = data[10 + sum((b & 127) << s for b, s in zip(data[6:10], (21, 14, 7, 0))):]
    return data

recorded = {mount: collections.Counter(f for path in glob.glob(f"{folder}/heard-{mount[1:]}.*") for f in frames(open(path, "rb").read()))
            for mount in ("/a.mp3", "/b.mp3")}
editions = {name: list(frames(tagless(open(f"{station}/editions/{name}/bulletin.mp3", "rb").read())))
            for name in os.listdir(f"{station}/editions") if os.path.exists(f"{station}/editions/{name}/bulletin.mp3")}
everywhere = collections.Counter(f for fs in editions.values() for f in fs)
own = {name: [f for f in fs if everywhere[f] == 1] for name, fs in editions.items()}
rows, bad = json.load(open(f"{folder}/asrun.json")), []
claimed, times = collections.Counter(), collections.Counter()
for row in rows:
    if row["mount"]:
        claimed[row["mount"], row["edition"]] += row["sent_frames"] / max(row["planned_frames"], 1)
        times[row["mount"], row["edition"]] += 1
scripts = {row["script"] for row in rows}
print(f"{'mount':8} {'edition':28} {'times':>5} {'sent':>7} {'recorded':>9}")
for (mount, edition), share in sorted(claimed.items()):
    mine = own[edition]
    got = sum(recorded[mount][f] for f in mine) / len(mine)
    most = max(recorded[mount][f] for f in mine)
    wrong = abs(got - share) > 0.02 * times[mount, edition] + 0.01 or most > times[mount, edition]
    print(f"{mount:8} {edition:28} {times[mount, edition]:5} {share:7.1%} {got:9.1%}{'  WRONG' if wrong else ''}")
    lost = [i for i, f in enumerate(mine) if recorded[mount][f] < times[mount, edition]]
    bad += [(mount, edition, f"packets that were recorded less often, of {len(mine)}: {lost[:3]}…{lost[-3:]}")] if wrong else []
for name in own: # what the log does not know was not heard
    for mount in recorded:
        filler = "musique" in name
        if not filler and (mount, name) not in claimed and sum(recorded[mount][f] for f in own[name]) > 0:
            bad.append((mount, name, "heard, and not in the log"))
states = collections.Counter(row["state"] for row in rows)
print(dict(states))
if cancelled in scripts: bad.append(f"{cancelled} was cancelled, and aired")
if moved not in scripts: bad.append(f"{moved} was moved, and not aired")
if states["done"] < 2 * (len(open(f"{folder}/planned.ics").read().split("BEGIN:VEVENT")) - 1) - 8: bad.append("too few were aired")
if not any("alerte" in row["edition"] for row in rows): bad.append("nothing urgent")
heard = [row["heard_frames"] / row["sent_frames"] for row in rows if row["heard_frames"] is not None and row["sent_frames"]]
late = sorted(abs(int(row["started"][17:19]) - int(row["planned"][17:19])) % 60 for row in rows if row["started"])
print(f"own listener: {min(heard):.1%} of what was sent at worst, in {len(heard)} of {len(rows)} rows")
print(f"station: {len(claimed)} airings compared, {len(bad)} wrong")
for b in bad: print(" ", b)
sys.exit(1 if bad else 0)
P
[ "$end_kib" -le $((begin_kib + 16384)) ] || { echo 'station: memory grew'; exit 1; }
[ "$end_fds" -le $((begin_fds + 2)) ] || { echo 'station: descriptors were left open'; exit 1; }
