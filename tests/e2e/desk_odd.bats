#!/usr/bin/env bats
# The desk and what is odd: a logbook that takes no writes, folders that are files, rundowns that a person wrote, requests
# that are right but unusual, more work than it takes at once.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash
load desk.bash

setup() {
  station_environment
  station_new
  only_wav
  script_short midi 1:00
  desk_start
  join "$CODE" admin
}

teardown() { desk_stop; }

@test "a logbook that takes no change of a table: each change is refused as a whole, and what was there is there" {
  local n
  for n in un deux; do carnet -q add "Le marché de Kervalan, $n." >/dev/null; done
  somebody editor
  code() { as admin -X POST "$B/api/users/2/reset" | head -1 | jq -r .code; }
  python3 - "$B" "$T" "$S/logbook.sqlite" "$PASSWORD" "$(code)" <<'P'
import json, sqlite3, sys, urllib.error, urllib.parse, urllib.request
base, folder, logbook, password, code = sys.argv[1:]
def session():
    line = [l for l in open(folder + "/admin.jar") if "\tcarnet\t" in l][0]
    return {"Cookie": "carnet=" + line.split("\t")[-1].strip(), "X-CSRF-Token": open(folder + "/admin.csrf").read().strip()}
def ask(path, form, accept="application/json", heads=None):
    request = urllib.request.Request(base + path, data=urllib.parse.urlencode(form).encode(), headers={**(session() if heads is None else heads), "Accept": accept})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
nobody = {}
changes = {
    "entries": [("/api/entries", {"text": "neuf"}), ("/api/entries/1", {"text": "autre"}), ("/api/entries/1/status", {"status": "approved"}),
                ("/api/entries/1/merge", {"into": 2})],
    "revisions": [("/api/entries", {"text": "neuf"}), ("/api/entries/1", {"text": "autre"})],
    "users": [("/api/users", {"name": "x", "role": "editor"}), ("/api/users/2", {"role": "producer"}), ("/api/users/2", {"active": "no"}),
              ("/api/password", {"password": password, "new": "un autre mot de passe"}), ("/api/join", {"code": code, "name": "editor", "password": "un autre mot de passe"})],
    "invitations": [("/api/users", {"name": "x", "role": "editor"}), ("/api/users/2/reset", {}), ("/api/join", {"code": code, "name": "editor", "password": "un autre mot de passe"})],
    "logins": [("/api/tokens", {"name": "t"}), ("/api/logout-everywhere", {}), ("/api/logout", {}), ("/api/login", {"name": "admin", "password": password})],
}
store = sqlite3.connect(logbook, timeout=20, isolation_level=None)
def dump(but=("audit", "logins")):
    tables = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if name not in but and not name.startswith("sqlite_")]
    return {table: store.execute(f"SELECT * FROM {table}").fetchall() for table in tables if "fts" not in table}
n = 0
for table, asked in changes.items():
    for kind in ("INSERT", "UPDATE", "DELETE"):
        store.execute(f"CREATE TRIGGER no_{kind} BEFORE {kind} ON {table} BEGIN SELECT RAISE(ABORT, 'the disk says no'); END")
    before = dump()
    for path, form in asked:
        for accept in ("application/json", "text/html"):
            heads = nobody if path in ("/api/join", "/api/login") else None
            status, body = ask(path, form, accept, heads)
            assert status >= 400, (table, path, status, body)
            n += 1
    now = dump()
    for kind in before:
        if kind != "users":
            assert before[kind] == now[kind], (table, kind)
    for kind in ("INSERT", "UPDATE", "DELETE"):
        store.execute(f"DROP TRIGGER no_{kind}")
# What is noted of who did what cannot be: the change itself stands.
store.execute("CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'the disk says no'); END")
assert ask("/api/entries/1/status", {"status": "approved"})[0] == 200
store.execute("DROP TRIGGER no_audit")
print(n, "refused")
P
  carnet show 1 --json | jq -e '.status == "approved" and (.text | test("un"))'
  [ "$(sqlite3 "$S/logbook.sqlite" 'PRAGMA integrity_check')" = ok ]
  log_in admin
  [ "$(as admin "$B/api/me" | tail -1)" = 200 ]
}

@test "a file where a folder should be, a folder where a file should be: told, and nothing else changes" {
  carnet -q add --approve "Le marché de Kervalan ouvre à neuf heures." >/dev/null
  [ "$(job "$(as admin -X POST "$B/api/rundown" | head -1 | jq .job)")" = "done" ]
  local i before
  i=$(as admin "$B/api/rundown" | head -1 | jq '[.items[].entry != null] | index(true)')
  ffmpeg -nostdin -v error -f lavfi -i sine=frequency=440:duration=1 "$T/la.wav"
  cp "$S/editions/2020-03-17-midi/rundown.yaml" "$T/rundown.yaml"
  # How it was before is kept under a name that the change makes: made once, and put back.
  as admin -d item=0 "$B/api/rundown/drop" >/dev/null
  before=$(echo "$S"/editions/2020-03-17-midi/.rundown.before-*.yaml)
  as admin -X POST "$B/api/rundown/undo" | head -1 | jq -e '.edited == false' # as it was chosen
  cmp "$T/rundown.yaml" "$S/editions/2020-03-17-midi/rundown.yaml"
  rm -f "$S"/editions/2020-03-17-midi/.rundown.before-*
  # Nothing can be kept of how it was: it is not changed.
  mkdir -p "$before/full"
  [ "$(as admin -d item=0 "$B/api/rundown/drop" | tail -1)" -ge 422 ]
  cmp "$T/rundown.yaml" "$S/editions/2020-03-17-midi/rundown.yaml"
  as admin "$B/rundown" | grep -q '<ol class="items"'
  rm -r "$before"
  [ "$(as admin -X POST "$B/api/rundown/undo" | tail -1)" = 422 ] # there is nothing to take back
  echo 'broken: [' >"$before"
  [ "$(as admin -X POST "$B/api/rundown/undo" | tail -1)" = 422 ]
  rm "$before"
  rm -rf "$S/sounds"
  : >"$S/sounds"
  [ "$(as admin -H 'Content-Type: audio/wav' --data-binary "@$T/la.wav" "$B/api/rundown/sound?item=$i" | tail -1)" -ge 422 ]
  cmp "$T/rundown.yaml" "$S/editions/2020-03-17-midi/rundown.yaml"
  [ "$(as admin -H 'Content-Type: audio/wav' --data-binary "@$T/la.wav" "$B/api/rundown/sound?item=$(jq -n "$i + 1")" | tail -1)" = 422 ] # a pause
  # A script that is a folder, jingles that are a file, no voices, no scripts.
  rm "$S/scripts/soir.yaml"
  mkdir "$S/scripts/soir.yaml"
  [ "$(as admin "$B/scripts/soir" | tail -1)" = 404 ]
  mv "$S/voices/jingles" "$T/jingles"
  : >"$S/voices/jingles"
  [ "$(as admin "$B/api/jingles" | tail -1)" = 422 ]
  as admin "$B/jingles" | grep -q 'class="bad"'
  [ "$(as admin -H 'Content-Type: audio/wav' --data-binary "@$T/la.wav" "$B/api/jingles?name=la" | tail -1)" = 422 ]
  rm "$S/voices/jingles"
  mkdir "$S/voices/jingles"
  as admin "$B/jingles" | grep -q 'class="empty"'
  cp "$REPO/README.md" "$S/voices/jingles/words.wav"
  ffmpeg -nostdin -v error -f lavfi -i 'aevalsrc=1.9*sin(2000*t):d=1' -c:a pcm_f32le "$S/voices/jingles/loud.wav"
  as admin "$B/jingles" >"$T/page"
  grep -q 'class="bad"' "$T/page"
  grep -q 'clipped' "$T/page"
  mv "$S/voices" "$T/voices"
  mv "$S/scripts" "$T/scripts"
  [ "$(as admin "$B/station" | tail -1)" = 200 ]
  [ "$(as admin "$B/rundown" | tail -1)" = 200 ] # as it was chosen; what could be in is not known
  [ "$(as admin -d 'entry=1' "$B/api/rundown/put" | tail -1)" = 422 ]
  # Whoever removes the station's folder from under it hears of it, and it is there again with it.
  mv "$S/station.yaml" "$T/station.yaml"
  [ "$(as admin "$B/logbook" | tail -1)" -ge 200 ]
  mv "$T/station.yaml" "$S/station.yaml"
  [ "$(as admin "$B/logbook" | tail -1)" = 200 ]
}

@test "a rundown that a person wrote: items with little in them are shown, read, moved, locked" {
  mkdir -p "$S/editions/2020-03-17-midi" "$S/sounds"
  ffmpeg -nostdin -v error -f lavfi -i sine=frequency=440:duration=1 "$S/sounds/la.wav"
  carnet -q add --approve "Qui a retrouvé un parapluie ?" >/dev/null
  cat >"$S/editions/2020-03-17-midi/rundown.yaml" <<'YAML'
title: Essai
script: midi
date: 2020-03-17
language: fr
fit: exact
slot_frames: 48000
locked: true
items:
  - {type: speech, spoken: "Sans texte.", voice: claire}
  - {type: sound, file: la, title: La, entry: 3}
  - {type: jingle, file: virgule}
  - {type: pause, frames: 96000}
  - {type: speech, text: "Avec <titre> & signes.", voice: claire, title: "Un <titre>", entry: 1, keep: yes}
YAML
  as admin "$B/rundown" >"$T/page"
  grep -q 'Unlock' "$T/page"
  grep -q 'class="length over"' "$T/page"
  grep -q '<span>locked</span>' "$T/page"
  grep -q 'Un &lt;titre&gt;' "$T/page"
  as admin "$B/read" | grep -q 'Sans texte'
  [ "$(as admin -d 'item=1&text=x' "$B/api/rundown/words" | tail -1)" = 422 ] # nobody speaks there
  [ "$(as admin -d 'item=2&voice=claire' "$B/api/rundown/voice" | tail -1)" = 422 ]
  [ "$(as admin -d 'item=4&text=%20' "$B/api/rundown/words" | tail -1)" = 422 ]
  [ "$(as admin -d 'item=0&to=x' "$B/api/rundown/move" | tail -1)" = 400 ]
  [ "$(as admin -d 'item=x' "$B/api/rundown/drop" | tail -1)" = 400 ]
  [ "$(as admin -d 'item=-1' "$B/api/rundown/drop" | tail -1)" -ge 400 ]
  as admin -d 'item=4&to=99' "$B/api/rundown/move" | head -1 | jq -e '.items[4].entry == 1'
  as admin -d 'item=4&spoken=Dit+autrement.' "$B/api/rundown/words" | head -1 | jq -e '.items[4].spoken == "Dit autrement."'
  as admin -d 'item=4&keep=no' "$B/api/rundown/keep" | head -1 | jq -e '.items[4].keep == null'
  as admin -d 'item=4' "$B/api/rundown/drop" >/dev/null
  as admin -d 'item=1' "$B/api/rundown/drop" >/dev/null
  # No entry is in it: one that comes is the last of all.
  as admin -d 'entry=1' "$B/api/rundown/put" | head -1 | jq -e '.items[-1].entry == 1'
  as admin -d 'locked=no' "$B/api/rundown/lock" | head -1 | jq -e '.locked == false'
  as admin "$B/read?date=2020-03-18" | tail -1 | grep -qx 404
  as admin "$B/read?date=x" | tail -1 | grep -qx 422
  # What was made is odd as well.
  for file in cues.json waveform.json; do echo '{' >"$S/editions/2020-03-17-midi/$file"; done
  [ "$(as admin "$B/rundown" | tail -1)" = 200 ]
}

@test "the last that is heard of a bulletin stays in it: a rundown of nothing could not be read again" {
  local rundown=$S/editions/2020-03-17-midi/rundown.yaml
  mkdir -p "${rundown%/*}"
  cat >"$rundown" <<'YAML'
title: Essai
script: midi
date: 2020-03-17
language: fr
fit: at-most
slot_frames: 480000
items:
  - {type: speech, text: "Voici le carnet.", voice: claire}
  - {type: pause, frames: 48000}
  - {type: speech, text: "À demain.", voice: claire}
YAML
  [ "$(as admin -d item=0 "$B/api/rundown/drop" | tail -1)" = 200 ]
  cp "$rundown" "$T/rundown.yaml"
  [ "$(as admin -d item=1 "$B/api/rundown/drop" | tail -1)" = 422 ] # nothing but a pause would be left
  cmp "$T/rundown.yaml" "$rundown"
  as admin "$B/api/rundown" | head -1 | jq -e '.items | length == 2'
  as admin -X POST "$B/api/rundown/undo" | head -1 | jq -e '.items | length == 3'
}

@test "what is kept of an entry that cannot be read is refused: nobody could tell later that it is another" {
  local rundown=$S/editions/2020-03-17-midi/rundown.yaml
  mkdir -p "${rundown%/*}"
  carnet -q add --approve "Qui a retrouvé un parapluie ?" >/dev/null
  cat >"$rundown" <<'YAML'
title: Essai
script: midi
date: 2020-03-17
language: fr
fit: at-most
slot_frames: 480000
items:
  - {type: speech, text: "Qui a retrouvé un parapluie ?", voice: claire, entry: 1}
YAML
  cp "$rundown" "$T/rundown.yaml"
  sqlite3 "$S/logbook.sqlite" "PRAGMA ignore_check_constraints = 1; UPDATE entries SET kind = 'gone'"
  as admin -d 'item=0&keep=yes' "$B/api/rundown/keep" >"$T/answer"
  [ "$(tail -1 "$T/answer")" = 422 ]
  grep -q 'entry 1 is damaged' "$T/answer"
  cmp "$T/rundown.yaml" "$rundown"
  sqlite3 "$S/logbook.sqlite" "UPDATE entries SET kind = 'question'"
  as admin -d 'item=0&keep=yes' "$B/api/rundown/keep" | head -1 | jq -e '.items[0].keep'
  grep -q 'keep_sum: ' "$rundown"
}

@test "requests that are right but unusual: languages, hosts, proxies, values of every kind" {
  page() { curl -s -b "$T/admin.jar" "$@"; }
  page -b "$T/admin.jar" -H 'Cookie: language=fr' -H 'Accept-Language: en' "$B/logbook" >"$T/page"
  carnet=$(awk '$6 == "carnet" { print $7 }' "$T/admin.jar")
  curl -s -H "Cookie: carnet=$carnet; language=fr" -H 'Accept-Language: en' "$B/logbook" | grep -q 'lang="fr"'
  curl -s -H "Cookie: carnet=$carnet; language=en" -H 'Accept-Language: fr' "$B/logbook" | grep -q 'lang="en"'
  curl -s -H "Cookie: carnet=$carnet; language=xx" -H 'Accept-Language: de, en;q=0.5' "$B/logbook" | grep -q 'lang="en"'
  curl -s -H "Cookie: carnet=$carnet" -H 'Accept-Language: de' "$B/logbook" | grep -q 'lang="fr"' # the station's
  local host
  for host in localhost 127.0.0.1 '[::1]' localhost:1 'LOCALHOST:8420'; do [ "$(status -H "Host: $host" "$B/login")" = 200 ]; done
  for host in localhost:x localhost.evil.example evil.example ''; do [ "$(status -H "Host: $host" "$B/login")" = 403 ] || [ "$(status -H "Host: $host" "$B/login")" = 400 ]; done
  [ "$(as admin -H 'Sec-Fetch-Site: none' -d text=a "$B/api/entries" | tail -1)" = 201 ]
  [ "$(as admin -H 'Sec-Fetch-Site: same-origin' -d text=b "$B/api/entries" | tail -1)" = 201 ]
  [ "$(as admin -H 'Sec-Fetch-Site: cross-site' -d text=c "$B/api/entries" | tail -1)" = 403 ]
  json() { as admin -H 'Content-Type: application/json' -d "$1" "$B/api/entries" | tail -1; }
  [ "$(json '{"text": "a", "links": ["https://a.example", "https://b.example"], "place": null, "title": 12, "urgent": true}')" = 201 ]
  [ "$(json '{"text": ["une", "deux"]}')" = 201 ]
  [ "$(json '{"text": "x", "id": 7}')" = 201 ]
  for body in '{"text": 1e99}' '{"text": {}}' '{"text": [[]]}' '{"text": ["a", null]}' '{"text": [true]}' 'null' '{"text": 0.5}'; do
    [ "$(json "$body")" = 400 ]
  done
  [ "$(as admin -H 'Content-Type: text/plain' -d 'text=plain' "$B/api/entries" | tail -1)" -ge 200 ]
  [ "$(as admin -X DELETE "$B/api/entries" | tail -1)" = 405 ]
  [ "$(status -X POST "$B/logbook")" = 405 ]
  # A way back that is ours is taken, and only that.
  for where in '/logbook' '/logbook?status=pending' '//evil' '/a\b' '/a b' 'logbook' ''; do
    as admin -H 'Accept: text/html' -o /dev/null -D "$T/heads" -d status=pending --data-urlencode "back=$where" "$B/api/entries/1/status" >/dev/null
    grep -qi '^location: /' "$T/heads"
    run ! grep -qi '^location: //' "$T/heads"
  done
  # Behind a proxy the last address that it saw is the client's.
  desk_stop
  echo 'desk: {proxy: yes, url: "https://desk.example"}' >>"$S/station.yaml"
  desk_start
  [ "$(status -H 'Host: desk.example' "$B/login")" = 200 ]
  [ "$(status -H 'Host: other.example' "$B/login")" = 403 ]
  for n in 1 2 3 4 5 6 7; do
    curl -s -o /dev/null -H 'Host: desk.example' -H "X-Forwarded-For: 203.0.113.$n, 198.51.100.7" -d "name=admin&password=x$n" "$B/api/login"
  done
  [ "$(status -H 'Host: desk.example' -H 'X-Forwarded-For: 203.0.113.9, 198.51.100.7' -d 'name=admin&password=y' "$B/api/login")" = 429 ]
  for address in '2001:db8::1' 'fe80::1%eth0' 'no address at all'; do
    [ "$(status -H 'Host: desk.example' -H "X-Forwarded-For: $address" -d 'name=somebody&password=y' "$B/api/login")" = 401 ]
  done
  curl -si -H 'Host: desk.example' -H 'X-Forwarded-For: 203.0.113.200' --data-urlencode "password=$PASSWORD" -d name=admin "$B/api/login" >"$T/heads" || true
  grep -qi '^set-cookie: .*secure' "$T/heads" || grep -q ' 429' "$T/heads"
}

@test "only the heads are asked for: nothing follows them, also of what is packed or a stream" {
  mkdir -p "$S/editions/2020-03-17-midi"
  { echo WEBVTT; head -c 4000 /dev/zero | tr '\0' a; } >"$S/editions/2020-03-17-midi/transcript.vtt"
  python3 - "$B" "$T/admin.jar" <<'P'
import socket, sys
base, jar = sys.argv[1:]
cookie = [line.split("\t")[-1].strip() for line in open(jar) if "\tcarnet\t" in line][0]
def ask(method, path, more=""):
    line = socket.create_connection(("127.0.0.1", int(base.rsplit(":", 1)[1])), 20)
    request = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: carnet={cookie}\r\nAccept-Encoding: gzip\r\n{more}\r\n"
    line.sendall(request.encode())
    line.settimeout(1)
    answer = b""
    try:
        while more := line.recv(65536):
            answer += more
    except TimeoutError:
        pass
    print(method, path, answer[:40], answer.split(b"\r\n\r\n", 1)[1][:40])
    return answer.split(b"\r\n\r\n", 1)
transcript = "/api/editions/2020-03-17-midi/transcript.vtt"
heads, body = ask("GET", transcript)
assert b"Content-Encoding: gzip" in heads and body
for path in (transcript, "/api/events", "/static/desk.js", "/logbook"):
    heads, body = ask("HEAD", path)
    assert heads.startswith(b"HTTP/1.1 200 ") and body == b"", (path, heads, body)
P
}

@test "who is locked out while logged in is out at once; a token goes with its scope; a code of a locked user is none" {
  local code
  somebody editor
  code=$(as admin -X POST "$B/api/users/2/reset" | head -1 | jq -r .code)
  as admin -d active=no "$B/api/users/2" >/dev/null
  [ "$(as editor "$B/api/me" | tail -1)" = 401 ]
  [ "$(status --data-urlencode "code=$code" -d "name=editor&password=un nouveau mot de passe" "$B/api/join")" = 422 ]
  as admin "$B/station" | grep -q 'Let in'
  as admin -d active=yes "$B/api/users/2" >/dev/null
  [ "$(as admin -d role=contributor "$B/api/users/1" | tail -1)" = 422 ] # the last admin
  log_in editor
  [ "$(as editor "$B/api/me" | tail -1)" = 401 ] || [ "$(as editor "$B/api/me" | tail -1)" = 200 ]
  [ "$(as admin -d 'name=t&scope=everything' "$B/api/tokens" | tail -1)" -ge 200 ]
  [ "$(as admin -d 'name=x&role=' "$B/api/users" | tail -1)" = 422 ]
  [ "$(as admin -d 'name=&role=editor' "$B/api/users" | tail -1)" = 422 ]
  [ "$(as admin "$B/api/users/x" | tail -1)" = 405 ]
  [ "$(as admin -d role=editor "$B/api/users/x" | tail -1)" = 400 ]
  [ "$(as admin -d "password=wrong&new=un autre mot de passe" "$B/api/password" | tail -1)" = 422 ] ||
    [ "$(as admin -d "password=wrong&new=un autre mot de passe" "$B/api/password" | tail -1)" = 403 ]
  [ "$(as admin --data-urlencode "password=$PASSWORD" -d "new=court" "$B/api/password" | tail -1)" = 422 ]
}

@test "more work than it takes at once waits or is told to come again; what was done long ago is forgotten" {
  local day n job last refused=0
  printf 'command: [sleep, "2"]\n' >"$S/voices/lente.yaml"
  printf 'title: Lent\nlanguage: fr\nlength: "1:00"\nfit: at-most\nvoices: {presenter: lente}\norder:\n  - say: "Nous sommes {date}."\n' | script lent
  for n in $(seq 10 39); do
    day=2020-$((n / 28 + 1))-$((n % 28 + 1))
    day=$(date -d "$day" +%F)
    as admin -d "script=lent&date=$day" "$B/api/rundown" >"$T/said"
    [ "$(tail -1 "$T/said")" = 202 ] || { refused=$((refused + 1)) && continue; }
    job=$(head -1 "$T/said" | jq .job) last=$day
  done
  [ "$refused" -gt 0 ]
  # The same that waits already is one job, however much waits.
  [ "$(as admin -d "script=lent&date=$last" "$B/api/rundown" | head -1 | jq .job)" = "$job" ]
}

# bats test_tags=long
@test "before anybody is there, after many were, and what an editor sees but may not" {
  local page n token digest
  desk_stop
  rm "$S/logbook.sqlite"
  desk_start
  curl -s -H 'Accept-Language: en' "$B/join" | grep -q 'A new desk'
  curl -s -H 'Accept-Language: en' "$B/login" >"$T/page"
  [ "$(status "$B/")" = 303 ]
  join "$CODE" admin
  curl -s -H 'Accept-Language: en' "$B/join" | grep -q 'Choose a password'
  somebody editor
  somebody contributor
  carnet -q add --approve --endorsements 3 --kind question --place Kervalan "Qui a retrouvé un parapluie rouge au lavoir ?" >/dev/null
  carnet -q add --kind question --status draft "Qui a trouvé un parapluie rouge au lavoir ?" >/dev/null
  printf 'nr,kind,text,place\n1,question,"Qui prête une échelle pour le toit du lavoir ?",Aurelle\n' >"$T/table.csv"
  carnet -q import csv --name tableau "$T/table.csv" >/dev/null
  as contributor -d 'text=La mienne.' "$B/api/entries" >/dev/null
  carnet -q edit 1 --title 'Un parapluie' --place ''
  # Two slots in a day, one whose script is not there, one that is over; a calendar that cannot be read.
  carnet -q schedule add "every day 10:00" --script midi
  carnet -q schedule add "every day 18:00" --script midi
  printf 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x' >"$S/schedules/broken.ics"
  for who in editor contributor admin; do
    for page in logbook 'logbook?source=tableau' 'logbook?done=saved&before=3' entries/1 entries/2 entries/3 entries/4 schedule air podcast rundown account import; do
      as $who -H 'Accept: text/html' "$B/$page" >"$T/page"
      [[ $(tail -1 "$T/page") =~ ^(200|303|403|404|422)$ ]] || { echo "$who $page $(tail -1 "$T/page")"; false; }
    done
  done
  as editor "$B/schedule" >"$T/page"
  grep -q 'class="warn"' "$T/page"
  run ! grep -q '/api/schedule/cancel' "$T/page"
  as editor "$B/entries/1" | grep -q 'tableau\|title'
  as editor "$B/entries/3" | grep -q tableau
  as admin -d status=approved "$B/api/entries/4/status" >/dev/null
  as contributor "$B/logbook" | grep -q '>See<' # his own, which he may not change any more
  as admin "$B/api/schedule" | head -1 | jq -e '.notes | length > 0'
  # Of several tokens one goes, by its own digest and no other's.
  for n in un deux trois; do as editor -d "name=$n" "$B/api/tokens" >/dev/null; done
  digest=$(as editor "$B/account" | grep -o 'name="digest" value="[0-9a-f]*"' | tail -1 | sed 's/.*value="//; s/"//')
  [ "$(as admin -d "digest=$digest" "$B/api/tokens/revoke" | tail -1)" = 422 ] # somebody else's
  [ "$(as editor -d digest= "$B/api/tokens/revoke" | tail -1)" = 422 ]
  [ "$(as editor -d "digest=$digest" "$B/api/tokens/revoke" | tail -1)" = 200 ]
  [ "$(status -H 'Authorization: Basic eA==' "$B/api/me")" = 401 ]
  token=$(as editor -d name=quatre "$B/api/tokens" | head -1 | jq -r .token)
  curl -s -H "Authorization: Bearer $token" "$B/api/me" | jq -e '.name == "editor" and .csrf == null'
  # Words to say and words to teach, with little told.
  [ "$(as editor -d text=- "$B/api/say" | tail -1)" = 422 ]
  [ "$(as editor -d 'text=Bonjour' -o "$T/say.wav" "$B/api/say" | tail -1)" = 200 ]
  [ "$(as editor -d 'text=Good morning&language=en' -o "$T/say.wav" "$B/api/say" | tail -1)" = 200 ]
  [ "$(as editor -d 'word=Aurelle&say=%20' "$B/api/lexicon" | tail -1)" = 422 ]
  [ "$(as editor -d 'word=Guerzit&say=gairzit&language=fr' "$B/api/lexicon" | tail -1)" = 200 ]
  [ "$(as editor -d 'word=Guerzit&say=gairzite&language=fr' "$B/api/lexicon" | tail -1)" = 422 ] # it is there
  [ "$(as admin -d 'when=every day 12:00&script=' "$B/api/schedule" | tail -1)" = 422 ]
  [ "$(as editor --data-urlencode "text@$T/table.csv" -d 'format=csv&source=autre&date=2020-03-10&write=yes' "$B/api/import" | tail -1)" = 200 ]
  [ "$(as editor -d 'text=x&format=pad&date=nonsense' "$B/api/import" | tail -1)" = 422 ]
  as editor -H 'Accept: text/html' -d 'text=[]&format=csv' "$B/api/import" | grep -q 'class="bad"'
  for page in 'api/rundown?edition=..' "api/rundown?edition=2020-03-17-$(printf 'a%.0s' $(seq 300))" 'api/rundown?edition=2020-03-17-a/b' 'api/rundown?edition=2020-03-17-a..b' \
    'rundown?script=..' 'api/editions/.x/cues.json' 'api/editions/2020-03-17-midi/rundown.yaml'; do
    [ "$(as editor "$B/$page" | tail -1)" -ge 400 ]
  done
  [ "$(status -H 'Accept-Encoding: identity' "$B/static/desk.js")" = 200 ]
  [ "$(status -H 'If-None-Match: "other"' "$B/static/desk.js")" = 200 ]
  [ "$(status "$B/static/recorder.txt")" = 404 ]
  # Files that are none of ours beside those that are; a table of hundreds is shown in part.
  for n in .hidden.yaml notes.txt $'\xff.yaml' lexicon.xx.yaml; do : >"$S/scripts/$n" && : >"$S/voices/$n"; done
  : >"$S/voices/jingles/.hidden.wav"
  : >"$S/voices/jingles/"$'\xff.wav'
  for page in station rundown jingles; do
    as admin -H 'Accept: text/html' "$B/$page" >"$T/page"
    tail -1 "$T/page" | grep -qx 200
    run ! grep -qF .hidden. "$T/page"
  done
  (echo text && seq -f 'Ligne numéro %g du cahier.' 300) >"$T/long.csv"
  as editor -H 'Accept: text/html' --data-urlencode "text@$T/long.csv" -d format=csv "$B/api/import" >"$T/page"
  grep -q '300 entries would be made' "$T/page"
  [ "$(grep -o '<p class="text">' "$T/page" | wc -l)" = 200 ]
  # A station that speaks English, asked by somebody who says nothing of it.
  sed -i 's/^language: .*/language: en/' "$S/station.yaml"
  sleep 1.1
  curl -s -H 'Accept-Language: de' "$B/login" | grep -q 'lang="en"'
}

@test "numbers that are none, values of every kind, what is said twice, a station's file that is gone" {
  local path digest
  carnet -q add --approve "Le marché de Kervalan ouvre à neuf heures." >/dev/null
  carnet -q add "Le four s'allume." >/dev/null
  carnet -q reject 2
  for path in entries/abc/merge entries/abc/status entries/1/merge users/abc users/abc/reset users/99 users/99/reset rundown/move rundown/keep \
    rundown/words 'rundown/undo' lexicon say entries/99999999999999999999/status; do
    case $(as admin -d 'x=1' "$B/api/$path" | tail -1) in 40[04] | 422) ;; *) echo "$path"; false ;; esac
  done
  [ "$(as admin -d into=2 "$B/api/entries/1/merge" | tail -1)" = 422 ] # rejected
  for path in jobs/0 jobs/abc jobs/99999999999 'rundown/explain?script=../x' 'rundown?script=../x' 'editions/..%2fx/making' \
    'editions/.x/bulletin.mp3' sounds/nothing.wav; do
    case $(as admin "$B/api/$path" | tail -1) in 40[04] | 422) ;; *) echo "$path"; false ;; esac
  done
  # JSON: what is true, a number, nothing; what the path says stands, whatever the body does.
  send() { as admin -H 'Content-Type: application/json' -d "$1" "$B/api/$2"; }
  [ "$(send '{"text": "Par un programme.", "urgent": true, "endorsements": 3, "place": null}' entries | tail -1)" = 201 ]
  [ "$(send '{"id": 2, "text": "Le marché ouvre."}' entries/1 | tail -1)" = 200 ]
  carnet show 1 --json | jq -e '.text == "Le marché ouvre."'
  [ "$(as admin -d 'text=Encore.' "$B/api/entries/1?id=2" | tail -1)" = 200 ]
  carnet show 1 --json | jq -e '.text == "Encore."'
  for path in '{"text": [1]}' '[1]' '{' '"x"'; do [ "$(send "$path" entries | tail -1)" != 500 ]; done
  [ "$(as admin -H 'Accept:' "$B/api/entries" | tail -1)" = 200 ]
  # A script without a version; a token that is nobody's.
  [ "$(as admin --data-urlencode "text@$S/scripts/midi.yaml" "$B/api/scripts/midi" | tail -1)" = 200 ]
  [ "$(as admin -d digest=nothing "$B/api/tokens/revoke" | tail -1)" = 422 ]
  as admin -d name=t "$B/api/tokens" >/dev/null
  digest=$(sqlite3 "$S/logbook.sqlite" "SELECT digest FROM logins WHERE name = 't'")
  [ "$(as admin -d "digest=$digest" "$B/api/tokens/revoke" | tail -1)" = 200 ]
  [ "$(as admin -d name=x -d role=editor -d active=no "$B/api/users/1" | tail -1)" = 422 ] # the last admin
  # The file that is gone: what was read of it holds, what needs it says so.
  mv "$S/station.yaml" "$T/away.yaml"
  for path in settings api/settings; do case $(as admin "$B/$path" | tail -1) in 200) echo "$path"; false ;; esac; done
  [ "$(as admin -d name=x "$B/api/settings" | tail -1)" != 200 ]
  [ "$(as admin "$B/logbook" | tail -1)" = 200 ]
  mv "$T/away.yaml" "$S/station.yaml"
  [ "$(as admin "$B/settings" | tail -1)" = 200 ]
}

@test "two thousand connections at once, that say nothing to the end: others are answered, and it is itself again after them" {
  [ "$(ulimit -Hn)" = unlimited ] || [ "$(ulimit -Hn)" -ge 8192 ] || skip "no more than $(ulimit -Hn) descriptors here"
  local before after
  before=$(awk '$1 == "VmRSS:" {print $2}' "/proc/$DESK/status")
  (ulimit -n 8192 && python3 - "$B" "$T/admin.jar" <<'P')
import socket, sys, urllib.request
base, jar = sys.argv[1:]
port = int(base.rsplit(":", 1)[1])
cookie = [line.split("\t")[-1].strip() for line in open(jar) if "\tcarnet\t" in line][0]
def page():
    request = urllib.request.Request(base + "/logbook", headers={"Cookie": "carnet=" + cookie})
    return urllib.request.urlopen(request, timeout=60).status
def call(n):
    line = socket.socket()
    line.bind((f"127.0.0.{2 + n // 1000}", 0))
    line.settimeout(60)
    line.connect(("127.0.0.1", port))
    line.send([b"", b"GET /logbook HTTP/1.1\r\nHost: a\r\n", b"POST /api/login HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nn="][n % 3])
    return line
lines = [call(n) for n in range(1900)]
assert page() == 200
for n in range(1900, 2300): # more than it takes: some are shut out at once, and it lives
    try:
        lines.append(call(n))
    except OSError:
        pass
for line in lines: # all are let go, by itself
    try:
        while line.recv(4096):
            pass
    except ConnectionError:
        pass
assert page() == 200
P
  after=$(awk '$1 == "VmRSS:" {print $2}' "/proc/$DESK/status")
  echo "# $before KiB, then $after"
  [ $((after - before)) -lt 65536 ]
}
