#!/usr/bin/env bats
# Calendars that are kept elsewhere: a CalDAV collection (a real Radicale, with a password), a file on a web server with
# its ETag, webcal; what is unreachable, refused or no calendar leaves the last copy.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash

setup() {
  station_environment
  station_new
  rm -f "$S"/schedules/*.ics
  PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
}

teardown() {
  [ -z "${SERVER:-}" ] || { kill "$SERVER" 2>/dev/null && wait "$SERVER" 2>/dev/null; } || true
}

# calendar YAML: station.yaml fetches it
calendar() { printf 'calendars:\n  - %s\n' "$@" >>"$S/station.yaml"; }

event() { # UID DTSTART
  printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//\r\nBEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20200301T000000Z\r\nDTSTART:%s\r\nSUMMARY:midi\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' "$@"
}

answers() { for _ in $(seq 200); do ! curl -s -o /dev/null "http://127.0.0.1:$PORT/" || return 0; sleep 0.05; done; return 1; }

radicale_start() {
  echo 'radio:secret' >"$T/users"
  radicale --server-hosts "127.0.0.1:$PORT" --auth-type htpasswd --auth-htpasswd-filename "$T/users" \
    --auth-htpasswd-encryption plain --storage-filesystem-folder "$T/radicale" >"$T/radicale.log" 2>&1 3>&- &
  SERVER=$!
  answers
}

dav() { curl -sf -u radio:secret "$@"; }

@test "a CalDAV collection: what editors plan there is planned here" {
  radicale_start
  url=http://127.0.0.1:$PORT/radio/antenne/
  dav -X MKCALENDAR "$url"
  event un 20200317T120000Z | dav -X PUT --data-binary @- -H 'Content-Type: text/calendar' "${url}un.ics"
  event deux 20200318T120000Z | dav -X PUT --data-binary @- -H 'Content-Type: text/calendar' "${url}deux.ics"
  calendar "{name: mairie, url: \"$url\", user: radio, password-file: radicale.password}"
  told 3 'no password for the calendar' schedule fetch
  (umask 077 && echo secret >"$S/radicale.password")
  run -0 carnet schedule fetch
  [ "$output" = 'mairie: fetched' ]
  [ "$(carnet schedule --json | jq 'length')" = 2 ]
  # Offline, the copy serves; what is deleted there is deleted here.
  dav -X DELETE "${url}deux.ics"
  kill "$SERVER" && wait "$SERVER" || true
  told 4 "127.0.0.1:$PORT" schedule fetch
  [ "$(carnet schedule --json | jq 'length')" = 2 ]
  radicale_start
  carnet -q schedule fetch
  [ "$(carnet schedule --json | jq -r '.[].start')" = 2020-03-17T12:00:00Z ]
  echo faux >"$S/radicale.password"
  told 3 'refused (401)' schedule fetch
  # A calendar that station.yaml names no more is gone.
  sed -i '/^calendars:/,$d' "$S/station.yaml"
  carnet -q schedule fetch
  [ "$(carnet schedule --json | jq 'length')" = 0 ]
}

@test "a file on the web is fetched when it has changed, and only a calendar takes its place" {
  cat >"$T/server.py" <<'P'
import hashlib, http.server, sys
folder = sys.argv[2]
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/moved.ics":
            self.send_response(302); self.send_header("Location", "/cal.ics"); self.end_headers(); return
        try: body = open(folder + self.path, "rb").read()
        except OSError: self.send_error(404); return
        tag = '"%s"' % hashlib.sha1(body).hexdigest()
        same = self.headers.get("If-None-Match") == tag
        self.send_response(304 if same else 200); self.send_header("ETag", tag); self.end_headers()
        if not same: self.wfile.write(body)
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
P
  mkdir "$T/www"
  python3 "$T/server.py" "$PORT" "$T/www" 2>"$T/access" 3>&- &
  SERVER=$!
  answers
  event un 20200317T120000Z >"$T/www/cal.ics"
  calendar "{name: commune, url: \"http://127.0.0.1:$PORT/moved.ics\"}"
  [ "$(carnet schedule fetch)" = 'commune: fetched' ]
  [ "$(carnet schedule fetch)" = 'commune: unchanged' ]
  event un 20200319T120000Z >"$T/www/cal.ics"
  [ "$(carnet schedule fetch)" = 'commune: fetched' ]
  [ "$(carnet schedule --json | jq -r '.[].start')" = 2020-03-19T12:00:00Z ]
  echo '<html>Log in first</html>' >"$T/www/cal.ics"
  told 3 'this is no calendar' schedule fetch
  rm "$T/www/cal.ics"
  told 3 'answers 404' schedule fetch
  truncate -s 9M "$T/www/cal.ics"
  told 3 'longer than 8 MiB' schedule fetch
  [ "$(carnet schedule --json | jq -r '.[].start')" = 2020-03-19T12:00:00Z ]
}

@test "settings that cannot be meant are told at their place" {
  good=$(<"$S/station.yaml")
  while IFS='|' read -r words yaml; do
    printf '%s\n' "$good" >"$S/station.yaml"
    calendar "$yaml"
    told 3 "$words" schedule fetch
    [[ $stderr == *station.yaml:* ]]
  done <<'LINES'
letters without accents|{name: "a/b", url: "https://x.example/a.ics"}
begins with https|{name: a, url: "ftp://x.example/a.ics"}
in the clear|{name: a, url: "http://x.example/a/", user: u, password-file: p}
in the clear|{name: a, url: "http://127.0.0.1.x.example/a/", user: u, password-file: p}
go together|{name: a, url: "https://x.example/a/", user: u}
LINES
}
