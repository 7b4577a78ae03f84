#!/usr/bin/env python3
"""Fifty editors at the desk of a station that is on the air: desk.py SECONDS

A station of "carnet run" with its desk and two continuous mounts goes on the air of a real Icecast, through a proxy that
notes when each byte came. Its logbook holds 20,000 entries. After a while alone, fifty editors read pages, search, add,
change and approve entries for SECONDS. Prints, a line each: "ahead_alone MS", "ahead_busy MS" (by how much the least ahead of
its time any packet was, against the first: less than nothing is late), "answers N" (a second), "page MS", "change MS"
(median), "page95 MS", "change95 MS". With CARNET in the environment.
"""
import http.client
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from start import HERE, Proxy, bare_station

ALONE_S, EDITORS, ENTRIES = 12, 50, 20000
BYTES_PER_S = 64000 / 8
PASSWORD = "un mot de passe assez long"


def make_station(folder, carnet, port, desk):
    bare_station(folder, carnet, port, f"""mounts:
  - {{mount: /a.mp3, format: mp3, bitrate: 64, mode: continuous}}
  - {{mount: /b.mp3, format: mp3, bitrate: 64, mode: continuous}}
run: {{listen: no, filler: [attente]}}
desk: {{port: {desk}}}""")
    words = "marché four école bac pont mairie samedi matin ouvert fermé voisin clé salle projet radio carnet port".split()
    with open(f"{folder}/many.csv", "w", encoding="utf-8") as out:
        out.write("nr,kind,place,text\n")
        for i in range(ENTRIES):
            out.write(f"{i},idea,Lieu {i % 50},{' '.join(random.choices(words, k=14))} {i}\n")
    subprocess.run([carnet, "-q", "-C", folder, "import", "csv", f"{folder}/many.csv"], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


class Editor(threading.Thread):
    """One browser: pages mostly, a change now and then."""

    def __init__(self, port, cookie, csrf, until):
        super().__init__()
        self.port, self.until, self.pages, self.changes = port, until, [], []
        self.heads = {"Cookie": cookie, "X-CSRF-Token": csrf, "Accept": "application/json",
                      "Content-Type": "application/x-www-form-urlencoded"}

    def ask(self, method, path, values=None):
        from_s = time.time()
        body = urllib.parse.urlencode(values) if values else None
        self.line.request(method, path, body, self.heads)
        answer = self.line.getresponse()
        text = answer.read()
        if answer.status >= 500:
            raise RuntimeError(f"{path}: {answer.status} {text[:200]}")
        (self.pages if method == "GET" else self.changes).append(1000 * (time.time() - from_s))
        return text

    def run(self):
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while time.time() < self.until:
            choice = random.random()
            if choice < 0.5:
                self.ask("GET", "/logbook")
            elif choice < 0.7:
                self.ask("GET", "/api/entries?search=" + random.choice(["pont+ouvert", "cle", "radio+port"]))
            elif choice < 0.9:
                self.ask("GET", f"/api/entries/{random.randint(1, ENTRIES)}")
            elif choice < 0.95:
                self.ask("POST", "/api/entries", {"text": "Une nouvelle entrée, tapée à la main."})
            else:
                self.ask("POST", f"/api/entries/{random.randint(1, ENTRIES)}/status", {"status": random.choice(["approved", "rejected"])})
            time.sleep(random.uniform(0.2, 1.0)) # somebody reads


def least_ahead(proxy, from_s, until_s):
    """How far ahead of its time the stream is, at its worst, in ms; against its start."""
    worst = None
    for stream in proxy.sent:
        times = [(start, when) for start, when in stream["times"] if start > 2000]
        if not times:
            continue
        first_byte, first_s = times[0]
        for (start, when), (_, after) in zip(times, times[1:]):
            if from_s <= after <= until_s: # just before the next one comes
                ahead = (start - first_byte) / BYTES_PER_S - (after - first_s)
                worst = ahead if worst is None else min(worst, ahead)
    return 1000 * worst if worst is not None else float("nan")


def first_user(log, port):
    for _ in range(300):
        text = open(log, encoding="utf-8").read()
        if "one-time code is " in text:
            break
        time.sleep(0.1)
    code = text.split("one-time code is ")[1].split()[0]
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("POST", "/api/join", urllib.parse.urlencode({"code": code, "name": "bench", "password": PASSWORD}),
                 {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"})
    answer = line.getresponse()
    return answer.getheader("Set-Cookie").split(";")[0], json.loads(answer.read())["csrf"]


def of(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(part * len(values)))] if values else float("nan")


def main(seconds):
    work = tempfile.mkdtemp()
    os.chmod(work, 0o755)
    carnet = os.environ["CARNET"]
    bash = (f'set -eu; source {HERE}/../e2e/icecast.bash; icecast_start {work}/icecast >&2; echo $ICECAST_PORT $(icecast_free_port); '
            f'read -r _ || true; icecast_stop')
    icecast = subprocess.Popen(["bash", "-c", bash], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    run = None
    try:
        port, desk = map(int, icecast.stdout.readline().split())
        proxy, station, log = Proxy(port), f"{work}/station", f"{work}/run.log"
        make_station(station, carnet, proxy.port, desk)
        with open(log, "w", encoding="utf-8") as out:
            run = subprocess.Popen([carnet, "-C", station, "run"], stdout=out, stderr=out, env={**os.environ, "LC_ALL": "C.UTF-8"})
        cookie, csrf = first_user(log, desk)
        while len([s for s in proxy.sent if len(s["bytes"]) > 20000]) < 2:
            time.sleep(0.1)
        time.sleep(3) # what is sent at once at the start
        alone = time.time()
        time.sleep(ALONE_S)
        busy = time.time()
        editors = [Editor(desk, cookie, csrf, busy + seconds) for _ in range(EDITORS)]
        for editor in editors:
            editor.start()
        for editor in editors:
            editor.join()
        end = time.time()
        pages, changes = [ms for e in editors for ms in e.pages], [ms for e in editors for ms in e.changes]
        print(f"ahead_alone {least_ahead(proxy, alone, busy):.0f}")
        print(f"ahead_busy {least_ahead(proxy, busy, end):.0f}")
        print(f"answers {(len(pages) + len(changes)) / (end - busy):.1f}")
        print(f"page {of(pages, 0.5):.1f}\npage95 {of(pages, 0.95):.1f}\nchange {of(changes, 0.5):.1f}\nchange95 {of(changes, 0.95):.1f}")
    finally:
        if run and run.poll() is None:
            run.terminate()
            run.wait()
        icecast.stdin.close()
        icecast.wait()
        shutil.rmtree(work)


if __name__ == "__main__":
    main(int(sys.argv[1]))
