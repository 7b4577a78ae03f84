#!/usr/bin/env python3
"""When the sound of a slot comes to the server's door: start.py SLOTS

A station of "carnet run" with a continuous and an inserted mount, and a bulletin every 4 seconds. What it sends goes to
a real Icecast through a proxy that notes when each byte came; afterwards the first packets of each slot's edition are
looked up in it. Prints, in milliseconds after the planned instant (before it: negative), a line for each start:
"MOUNT MILLISECONDS". With CARNET in the environment.
"""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
EVERY_S, SCRIPTS, BEFORE_S = 4, 15, 25
BITRATES = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]


def frames(data):
    """MPEG-1 layer III frames at 48 kHz (ISO 11172-3)."""
    if data[:3] == b"ID3":
        data = data[10 + sum((b & 127) << s for b, s in zip(data[6:10], (21, 14, 7, 0))):]
    at = 0
    while at + 4 <= len(data):
        if data[at] == 0xFF and data[at + 1] & 0xFE == 0xFA and 0 < data[at + 2] >> 4 < 15:
            n = 144000 * BITRATES[data[at + 2] >> 4] // 48000 + (data[at + 2] >> 1 & 1)
            yield data[at:at + n]
            at += n
        else:
            at += 1


class Proxy:
    """Passes on what comes; keeps what a source sent, and when."""

    def __init__(self, port):
        self.to, self.sent = port, []
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listening.accept()
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client):
        try:
            server = socket.create_connection(("127.0.0.1", self.to))
        except OSError:
            client.close()
            return
        threading.Thread(target=self.back, args=(server, client), daemon=True).start()
        stream = {"bytes": bytearray(), "times": [], "head": b""}
        self.sent.append(stream)
        while True:
            try:
                data = client.recv(65536)
            except OSError:
                data = b""
            if not data:
                break
            stream["times"].append((len(stream["bytes"]), time.time()))
            stream["bytes"] += data
            try:
                server.sendall(data)
            except OSError:
                break
        for each in server, client:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()

    @staticmethod
    def back(server, client):
        try:
            while data := server.recv(65536):
                client.sendall(data)
        except OSError:
            pass


def write(path, text, mode=0o644):
    with open(path, "w", encoding="utf-8") as out:
        os.fchmod(out.fileno(), mode)
        out.write(text)


def bare_station(folder, carnet, port, more):
    """One without a calendar, that airs by Icecast at a port."""
    subprocess.run([carnet, "-q", "init", folder], check=True)
    shutil.rmtree(f"{folder}/schedules")
    os.mkdir(f"{folder}/schedules")
    write(f"{folder}/icecast.password", "ouvre-toi\n", 0o600)
    write(f"{folder}/station.yaml", f"""name: Essai
language: fr
zone: Europe/Paris
icecast: {{host: 127.0.0.1, port: {port}, password-file: icecast.password}}
{more}
""")


def make_station(folder, carnet, port, first, slots):
    bare_station(folder, carnet, port, """mounts:
  - {mount: /a.mp3, format: mp3, bitrate: 64, mode: continuous}
  - {mount: /b.mp3, format: mp3, bitrate: 64}
run: {ahead: "0:20", listen: no, filler: [attente]}""")
    os.makedirs(f"{folder}/sounds", exist_ok=True)
    for i in range(SCRIPTS): # no two alike, from the first packet on
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", f"anoisesrc=d=2:c=pink:r=48000:a=0.2:seed={i}",
                        "-ac", "1", f"{folder}/sounds/n{i}.wav"], check=True)
        write(f"{folder}/scripts/s{i}.yaml", f"""title: n{i}
language: fr
length: "0:05"
fit: at-most
least: "0:01"
voices: {{presenter: claire}}
order: [{{sound: n{i}.wav}}]
""")
    events = ""
    for n in range(slots):
        at = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(first + n * EVERY_S))
        events += (f"BEGIN:VEVENT\r\nUID:n{n}\r\nDTSTAMP:20200101T000000Z\r\nDTSTART:{at}\r\n"
                   f"X-CARNET-SCRIPT:s{n % SCRIPTS}\r\nEND:VEVENT\r\n")
    write(f"{folder}/schedules/t.ics", f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//carnet//bench\r\n{events}END:VCALENDAR\r\n")


def time_of(stream, offset):
    """When the byte at an offset came."""
    before = [when for start, when in stream["times"] if start <= offset]
    return before[-1]


def starts(proxy, station, rows):
    """(mount, ms) for each slot and mount."""
    everything = {}
    for name in os.listdir(f"{station}/editions"):
        path = f"{station}/editions/{name}/bulletin.mp3"
        if os.path.exists(path):
            everything[name] = list(frames(open(path, "rb").read()))
    for row in rows:
        at_us, edition, mount = int(row[0]), row[1], row[2]
        best = None
        for stream in proxy.sent:
            if mount.encode() not in stream["bytes"][:200]:
                continue
            # The first that begins after the instant: of a continuous stream, whose packets (24 ms) lie where they lie, one
            # that the instant falls into comes with what is before it.
            for key in everything.get(edition, [])[2:6]:
                found = stream["bytes"].find(key)
                while found >= 0:
                    ms = 1000 * (time_of(stream, found) - at_us / 1e6)
                    if abs(ms) < 2000 and (best is None or ms < best):
                        best = ms
                    found = stream["bytes"].find(key, found + 1)
                if best is not None:
                    break
        yield mount, best


def main(slots):
    work = tempfile.mkdtemp()
    os.chmod(work, 0o755)
    carnet = os.environ["CARNET"]
    bash = (f'set -eu; source {HERE}/../e2e/icecast.bash; icecast_start {work}/icecast >&2; echo $ICECAST_PORT; '
            f'read -r _ || true; icecast_stop')
    icecast = subprocess.Popen(["bash", "-c", bash], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    run = None
    try:
        proxy = Proxy(int(icecast.stdout.readline()))
        station = f"{work}/station"
        first = int(time.time()) + BEFORE_S
        make_station(station, carnet, proxy.port, first, slots)
        run = subprocess.Popen([carnet, "-q", "-C", station, "run"])
        time.sleep(first + slots * EVERY_S + 3 - time.time())
        run.terminate()
        run.wait()
        query = ("SELECT start_us, edition, mount FROM slots JOIN slot_mounts ON slot = id WHERE slot_mounts.state = 'done'")
        text = subprocess.run(["sqlite3", "-separator", " ", f"{station}/logbook.sqlite", query], capture_output=True, text=True, check=True)
        rows = [line.split() for line in text.stdout.splitlines()]
        lost = 0
        for mount, ms in starts(proxy, station, rows):
            lost += ms is None
            if ms is not None:
                print(mount, f"{ms:.1f}")
        if lost or len(rows) < 2 * slots:
            print(f"start.py: of {2 * slots} starts {len(rows)} were done, {lost} of these were not found", file=sys.stderr)
    finally:
        if run and run.poll() is None:
            run.kill()
        icecast.stdin.close()
        icecast.wait()
        shutil.rmtree(work)


if __name__ == "__main__":
    main(int(sys.argv[1]))
