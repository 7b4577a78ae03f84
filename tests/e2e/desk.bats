#!/usr/bin/env bats
# The editors' desk by its API and its forms: who may what, what comes from elsewhere, what two do at once, what is hostile.
# In a browser: desk_browser.bats.

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

@test "a first visit: a code that is good once makes the first user" {
  [[ $CODE =~ ^[2-9A-HJ-NP-TV-Z]{4}(-[2-9A-HJ-NP-TV-Z]{4}){2}$ ]]
  as admin "$B/api/me" | head -1 | jq -e '.name == "admin" and .role == "admin" and (.csrf | length > 20)'
  [ "$(status -H 'Accept: application/json' -d "code=$CODE&name=second&password=$PASSWORD" "$B/api/join")" = 422 ]
  desk_stop
  desk_start
  [ -z "$CODE" ] # there is a user: nobody needs one
  [ "$(as admin "$B/api/me" | tail -1)" = 200 ] # a session outlives the desk
  carnet user list --json | jq -e 'length == 1 and .[0].joined'
  [ "$(stat -c %a "$S/logbook.sqlite")" = 600 ]
  run ! grep -aq "$PASSWORD" "$S/logbook.sqlite"
  run ! grep -aqF "$(sed -n 's/.*\tcarnet\t//p' "$T/admin.jar")" "$S/logbook.sqlite"
}

@test "a second desk of the station takes nothing from the first: neither what people send to it nor its one-time code" {
  desk_stop
  rm "$S"/logbook.sqlite*
  desk_start
  touch "$S/.desk-import-now.txt"
  run -4 --separate-stderr carnet desk --port "${B##*:}" # somebody listens there
  [ -e "$S/.desk-import-now.txt" ]
  run -124 timeout 3 "$CARNET" -C "$S" desk --port 0 # elsewhere it is served
  [[ $output == *'the desk: http'* && $output != *'first visit'* ]]
  [ -e "$S/.desk-import-now.txt" ]
  join "$CODE" admin
  [ "$(as admin "$B/api/me" | tail -1)" = 200 ]
}

@test "who may what: every address of the API, for every role, by session and by token" {
  local role
  for role in contributor editor producer; do somebody $role; done
  curl -s "$B/api/openapi.json" >"$T/api.json"
  python3 - "$B" "$T" <<'P'
import json, sys, urllib.request, urllib.error, urllib.parse
base, folder = sys.argv[1:]
api = json.load(open(folder + "/api.json"))
assert api["openapi"].startswith("3.1")
order = ["nobody", "contributor", "editor", "producer", "admin"]
tokens = {"nobody": None}
def ask(method, path, headers, body=None):
    request = urllib.request.Request(base + path, method=method, headers={"Accept": "application/json", **headers},
                                     data=body if method == "POST" else None)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read(200 if "events" in path else -1) if "events" not in path else b""
    except urllib.error.HTTPError as error:
        return error.code, error.read()
def session(role):
    lines = [l for l in open(f"{folder}/{role}.jar") if "\tcarnet\t" in l]
    return {"Cookie": "carnet=" + lines[0].split("\t")[-1].strip(), "X-CSRF-Token": open(f"{folder}/{role}.csrf").read().strip()}
for role in order[1:]:
    status, body = ask("POST", "/api/tokens", session(role), b"name=test")
    assert status == 200, (role, status, body)
    tokens[role] = json.loads(body)["token"]
n = 0
for path, methods in api["paths"].items():
    for method, operation in methods.items():
        least = order.index(operation["x-role"])
        if path in ("/api/logout", "/api/logout-everywhere", "/api/login", "/api/join", "/api/password"):
            continue # by themselves, below
        its = path.replace("{id}", "999").replace("{job}", "999").replace("{edition}", "none").replace("{file}", "none")
        its += "?script=none" if "rundown" in path else ""
        for i, role in enumerate(order):
            ways = [{"Authorization": "Bearer " + tokens[role]}, session(role)] if i else [{}, {"Authorization": "Bearer x"}, {"Cookie": "carnet=x"}]
            for way in ways:
                if path == "/api/tokens" and i and "Authorization" in way:
                    continue # a token makes no other, below
                status, body = ask(method.upper(), its, way, b"x=1")
                n += 1
                refused = status in (401, 403)
                assert refused == (i < least), (method, path, role, status, body)
                if refused:
                    assert status == (401 if i == 0 else 403), (path, role, status)
            # A session alone changes nothing: its word must come with it.
            if i and method == "post" and least > 0:
                status, body = ask("POST", its, {"Cookie": session(role)["Cookie"]}, b"x=1")
                assert status == 403, (path, role, status)
        status, body = ask("DELETE", its, {"Authorization": "Bearer " + tokens["admin"]})
        assert status == 405, (path, status)
status, body = ask("POST", "/api/tokens", {"Authorization": "Bearer " + tokens["admin"]}, b"name=more")
assert status == 403, status
print(n, "asked")
assert n > 250
P
  for page in logbook entries/1 import rundown read schedule air podcast station account; do
    [ "$(status "$B/$page")" = 303 ] # to the log-in
  done
  for page in import rundown air station; do [ "$(as contributor "$B/$page" | tail -1)" = 403 ]; done
  [ "$(as producer "$B/station" | tail -1)" = 403 ]
  [ "$(as admin "$B/station" | tail -1)" = 200 ]
}

@test "a change that a page elsewhere asks for, or under another name, is refused" {
  local word=text=x
  for head in 'Origin: https://evil.example' 'Origin: null' "Origin: $B.evil.example" 'Sec-Fetch-Site: cross-site' 'Sec-Fetch-Site: same-site'; do
    [ "$(as admin -H "$head" -d $word "$B/api/entries" | tail -1)" = 403 ]
    [ "$(status -H "$head" -d "name=admin&password=$PASSWORD" "$B/api/login")" = 403 ]
  done
  [ "$(status -H 'Host: evil.example' "$B/api/openapi.json")" = 403 ] # a name of theirs that leads here
  [ "$(status -H "Host: 127.0.0.1.evil.example" "$B/login")" = 403 ]
  [ "$(as admin -H "Origin: $B" -H 'Sec-Fetch-Site: same-origin' -d $word "$B/api/entries" | tail -1)" = 201 ]
  echo "$(<"$T/admin.csrf")x" >"$T/admin.csrf"
  [ "$(as admin -d $word "$B/api/entries" | tail -1)" = 403 ]
  # By its address of the world, behind a proxy: a cookie for TLS alone.
  desk_stop
  echo 'desk: {url: "https://desk.example", proxy: yes}' >>"$S/station.yaml"
  desk_start
  curl -si -H 'Host: desk.example' -H 'Origin: https://desk.example' -d "name=admin&password=$PASSWORD" "$B/api/login" | grep -qi 'set-cookie:.*; Secure'
}

@test "a session is never one that somebody else chose, and ends" {
  local before
  before=$(sed -n 's/.*\tcarnet\t//p' "$T/admin.jar")
  curl -si -b "carnet=chosen-by-somebody" -d "name=admin&password=$PASSWORD" "$B/api/login" >"$T/answer"
  grep -qi '^set-cookie: carnet=[A-Za-z0-9_-]\{43\}; Path=/; HttpOnly; SameSite=Lax' "$T/answer"
  run ! grep -q chosen-by-somebody "$T/answer"
  [ "$(status -b carnet=chosen-by-somebody "$B/api/me")" = 401 ]
  as admin -X POST "$B/api/logout" >/dev/null
  [ "$(status -b "carnet=$before" "$B/api/me")" = 401 ]
  # Two browsers; everywhere means everywhere.
  log_in admin
  cp "$T/admin.jar" "$T/other.jar"
  cp "$T/admin.csrf" "$T/other.csrf"
  log_in admin
  as admin -X POST "$B/api/logout-everywhere" >/dev/null
  [ "$(as other "$B/api/me" | tail -1)" = 401 ]
  # Another password ends the others' sessions, and not this one.
  log_in admin
  cp "$T/admin.jar" "$T/other.jar"
  cp "$T/admin.csrf" "$T/other.csrf"
  log_in admin
  [ "$(as admin -d 'password=wrong&new=un autre mot de passe' "$B/api/password" | tail -1)" = 422 ]
  [ "$(as admin --data-urlencode "password=$PASSWORD" -d 'new=court' "$B/api/password" | tail -1)" = 422 ]
  [ "$(as admin --data-urlencode "password=$PASSWORD" -d 'new=un autre mot de passe' "$B/api/password" | tail -1)" = 200 ]
  [ "$(as admin "$B/api/me" | tail -1)" = 200 ]
  [ "$(as other "$B/api/me" | tail -1)" = 401 ]
  # Idle for eight hours.
  desk_stop
  CARNET_NOW=${SAMPLE_DAY}T20:30:00Z desk_start
  [ "$(as admin "$B/api/me" | tail -1)" = 401 ]
}

@test "what is changed after it was read is not approved; a stranger's form has nobody's rights; who knows a name locks nobody out" {
  somebody contributor
  local version
  as contributor -d 'text=Une fête au village.' "$B/api/entries" >/dev/null
  version=$(as admin "$B/api/entries/1" | head -1 | jq -r .version)
  as contributor -d 'text=Tout autre chose.' "$B/api/entries/1" >/dev/null
  [ "$(as admin -d "status=approved&version=$version" "$B/api/entries/1/status" | tail -1)" = 409 ]
  [ "$(as admin -d "version=$version" "$B/api/entries/1/undo" | tail -1)" = 409 ]
  as admin "$B/api/entries/1" | head -1 | jq -e '.status == "pending"'
  version=$(as admin "$B/logbook" | grep -o 'name="version" value="[0-9]*"' | head -1 | sed 's/.*value="//; s/"//')
  [ "$(as admin -d "status=approved&version=$version" "$B/api/entries/1/status" | tail -1)" = 200 ]
  [ "$(as contributor "$B/api/entries?before=1" | tail -1)" = 200 ]
  carnet -q add "Celle d'un autre." >/dev/null
  [ "$(as contributor "$B/api/entries?before=2" | tail -1)" = "$(as contributor "$B/api/entries?before=99" | tail -1)" ]
  echo 'desk: {contribute: yes, proxy: yes}' >>"$S/station.yaml"
  desk_stop
  desk_start
  curl -s -b "$T/admin.jar" -d 'text=Alerte&status=approved&priority=urgent' "$B/api/contribute" >/dev/null
  as admin "$B/api/entries/3" | head -1 | jq -e '.status == "pending" and .priority == "normal"'
  as admin "$B/api/audit" | head -1 | jq -e '.deeds[0] | .what == "contribute" and .who == "-"'
  for i in 1 2 3 4 5 6; do status -H 'X-Forwarded-For: 66.6.6.6' -d 'name=admin&password=wrong' "$B/api/login" >"$T/last"; done
  [ "$(<"$T/last")" = 429 ]
  [ "$(status -H 'X-Forwarded-For: 10.0.0.1' -H 'Accept: application/json' --data-urlencode "password=$PASSWORD" -d name=admin "$B/api/login")" = 200 ]
  # An IPv6 network is one place; what was typed as a name is not kept, for it may be a password.
  for i in 1 2 3 4 5 6; do status -H "X-Forwarded-For: 2001:db8::$i" -d 'name=my secret&password=wrong' "$B/api/login" >"$T/last"; done
  [ "$(<"$T/last")" = 429 ]
  run ! grep -aq 'my secret' "$S/logbook.sqlite"
  # One that is long is taken of who is known, and of nobody else.
  head -c 3000000 /dev/zero | tr '\0' a >"$T/long"
  [ "$(status --data-binary "@$T/long" "$B/api/import")" = 413 ]
  [ "$(as admin --data-urlencode "text@$T/long" -d format=pad "$B/api/import" | tail -1)" != 413 ]
  # What leads elsewhere is no way on.
  curl -s -o /dev/null -D "$T/heads" -H 'Accept: text/html' --data-urlencode "password=$PASSWORD" -d 'name=admin&next=/%09/evil.example' "$B/api/login"
  grep -qi '^location: /.$' "$T/heads"
  # Of one that was killed nothing stays: a sound, a jingle's folder, drafts of a pad and of a whole logbook.
  mkdir -p "$S/.desk-jingle-old" "$S/sounds"
  touch "$S/.desk-say-old.wav" "$S/.desk-jingle-old/jingle.wav" "$S/..desk-import-old.txt.part-123456" \
    "$S/..desk-backup-old.sqlite.part-123456" "$S/sounds/.desk-0123.wav-4.wav" "$S/sounds/..desk-0123.wav-4.wav.part-123456" \
    "$S/sounds/desk-0123.wav"
  desk_stop
  desk_start
  [ -z "$(find "$S" -name '.desk-*' -o -name '..desk-*')" ]
  [ -e "$S/sounds/desk-0123.wav" ] # that one is kept
}

@test "log-in: neither half is told, and tries are slowed down" {
  local a b
  a=$(curl -s -H 'Accept: application/json' -d 'name=admin&password=wrong' "$B/api/login")
  b=$(curl -s -H 'Accept: application/json' -d 'name=nobody&password=wrong' "$B/api/login")
  [ "$a" = "$b" ]
  for i in 1 2 3 4; do status -H 'Accept: application/json' -d 'name=admin&password=wrong' "$B/api/login" >/dev/null; done
  curl -si -H 'Accept: application/json' -d "name=admin&password=$PASSWORD" "$B/api/login" >"$T/answer"
  grep -q '^HTTP/1.1 429' "$T/answer"
  grep -qi '^retry-after: [1-9]' "$T/answer"
  as admin "$B/api/audit" | head -1 | jq -e '[.deeds[] | select(.what == "login.refused")] | length >= 5'
}

@test "people: invited, raised, locked out, reset from the machine; the last admin stays" {
  somebody editor
  as admin "$B/api/users" | head -1 | jq -e '.users | length == 2'
  [ "$(as admin -d 'name=Editor&role=editor' "$B/api/users" | tail -1)" = 422 ] # there is one
  [ "$(as admin -d 'name=x&role=king' "$B/api/users" | tail -1)" = 422 ]
  [ "$(as admin -d 'role=contributor' "$B/api/users/1" | tail -1)" = 422 ]
  [ "$(as admin -d 'active=no' "$B/api/users/1" | tail -1)" = 422 ]
  [ "$(as admin -d 'role=producer' "$B/api/users/2" | tail -1)" = 200 ]
  as editor "$B/api/me" | head -1 | jq -e '.role == "producer"' # at once
  [ "$(as admin -d 'active=no' "$B/api/users/2" | tail -1)" = 200 ]
  [ "$(as editor "$B/api/me" | tail -1)" = 401 ]
  log_in editor
  [ "$(<"$T/editor.csrf")" = null ]
  carnet user unlock editor
  run -0 --separate-stderr carnet user reset editor
  PASSWORD='une autre phrase longue' join "${output##*: }" editor
  [ "$(as editor "$B/api/me" | tail -1)" = 200 ]
  # What was forgotten, or is somebody else's by now, is good no more, before the code is used: of the only admin too.
  run -0 --separate-stderr carnet user reset admin
  [ "$(as admin "$B/api/me" | tail -1)" = 401 ]
  log_in admin
  [ "$(<"$T/admin.csrf")" = null ]
  join "${output##*: }" admin
  [ "$(as admin "$B/api/me" | head -1 | jq -r .role)" = admin ]
  run -3 --separate-stderr carnet user lock admin
  [[ $stderr == *'last admin'* ]]
  run -3 --separate-stderr carnet user reset nobody
  run -2 --separate-stderr carnet user add x king
  run -2 --separate-stderr carnet user frobnicate
  carnet user role editor editor
  carnet user list | grep -q 'editor  *editor'
}

@test "the logbook: added, found, changed, looked at, undone; two at once lose nothing" {
  somebody editor
  somebody contributor
  local one=$B/api/entries/1 version
  as editor -H 'Content-Type: application/json' -d '{"text":"Le bac part à 8h.","kind":"announcement","place":"Kervalan","links":["a"]}' "$B/api/entries" |
    head -1 | jq -e '.id == 1 and .status == "pending" and .place == "Kervalan" and .history[0].who == "editor"'
  version=$(as admin "$one" | head -1 | jq -r .version)
  [ "$(as editor --data-urlencode 'text=Le bac part à 9h.' -d "version=$version" "$one" | tail -1)" = 200 ]
  as admin --data-urlencode 'text=Le bac part à 7h.' -d "version=$version" "$one" >"$T/answer"
  [ "$(tail -1 "$T/answer")" = 409 ]
  head -1 "$T/answer" | jq -e '.entry.text == "Le bac part à 9h."' # what stands there is told
  as admin "$one" | head -1 | jq -e '.text == "Le bac part à 9h." and (.history | length == 2)'
  # As a form: what was typed is on the page again, beside what stands there.
  as admin -H 'Accept: text/html' --data-urlencode 'text=Le bac part à 7h.' -d "version=$version" "$one" >"$T/page"
  [ "$(tail -1 "$T/page")" = 409 ]
  grep -q '>Le bac part à 7h.</textarea>' "$T/page"
  grep -q 'Le bac part à 9h.' "$T/page"
  [ "$(as editor -d status=approved "$one/status" | head -1 | jq -r .status)" = approved ]
  carnet entries --status approved --json | jq -e 'length == 1'
  [ "$(as editor -X POST "$one/undo" | head -1 | jq -r .status)" = pending ]
  [ "$(as editor -d status=frobnicated "$one/status" | tail -1)" = 422 ]
  [ "$(as editor -d expires=soon "$one" | tail -1)" = 422 ]
  [ "$(as editor "$B/api/entries/77" | tail -1)" = 404 ]
  # A contributor sees and changes what is his, until an editor has looked at it, and approves nothing.
  as contributor --data-urlencode 'text=Une idée.' -d 'status=approved&priority=urgent&kind=idea' "$B/api/entries" | head -1 |
    jq -e '.id == 2 and .status == "pending" and .priority == "normal"'
  as contributor "$B/api/entries" | head -1 | jq -e '[.entries[].id] == [2]'
  [ "$(as contributor "$one" | tail -1)" = 404 ]
  [ "$(as contributor -d text=x "$one" | tail -1)" = 404 ]
  [ "$(as contributor -d text=Mieux. "$B/api/entries/2" | tail -1)" = 200 ]
  as editor -d status=approved "$B/api/entries/2/status" >/dev/null
  [ "$(as contributor -d text=Autre. "$B/api/entries/2" | tail -1)" = 403 ]
  # Filters, and pages of fifty.
  for i in $(seq 60); do echo "$i,question,Question numéro $i,Aurelle"; done | sed '1i nr,kind,text,place' >"$T/many.csv"
  carnet -q import csv "$T/many.csv" >/dev/null
  as editor "$B/api/entries?kind=question" | head -1 >"$T/first"
  jq -e '(.entries | length == 50) and .before' "$T/first"
  as editor "$B/api/entries?kind=question&before=$(jq .before "$T/first")" | head -1 | jq -e '(.entries | length == 10) and .before == null'
  as editor "$B/api/entries?search=numero+17" | head -1 | jq -e '.entries | length == 1'
  [ "$(as editor "$B/api/entries?kind=frobnicated" | tail -1)" = 400 ]
}

@test "a form that is refused comes back as it was sent: what another editor wrote meanwhile is not overwritten unseen" {
  somebody editor
  local one=$B/api/entries/1 version
  mine() { as admin -H 'Accept: text/html' -d text=Mine "$@" "$one"; }
  as admin -d text=First "$B/api/entries" >/dev/null
  version=$(as admin "$one" | head -1 | jq -r .version)
  mine -d "expires=soon&date=tomorrow-ish&version=$version" >"$T/page" # nobody else yet: told, with what was typed
  [ "$(tail -1 "$T/page")" = 422 ]
  for typed in 'name="expires" value="soon"' 'name="date" value="tomorrow-ish"' "name=\"version\" value=\"$version\""; do
    grep -q "$typed" "$T/page"
  done
  [ "$(as editor -d "text=Theirs&version=$version" "$one" | tail -1)" = 200 ]
  mine -d "expires=soon&version=$version" >"$T/page"
  [ "$(tail -1 "$T/page")" = 409 ]
  for seen in '>Mine</textarea>' '>Theirs</p>' 'name="expires" value="soon"'; do grep -q "$seen" "$T/page"; done
  [ "$(as admin -d "text=Mine&expires=soon&version=$version" "$one" | tail -1)" = 409 ]
  as admin "$one" | head -1 | jq -e '.text == "Theirs"'
}

@test "what was typed comes back when it cannot be taken, of an editor and of a stranger: wrong, too often, or the logbook is busy" {
  local holder i asked=()
  as admin -d text=First "$B/api/entries" >/dev/null
  echo 'desk: {contribute: yes}' >>"$S/station.yaml"
  sleep 1.1
  form() { as admin -H 'Accept: text/html' "$@"; }
  # typed STATUS FILE: it came back with that status, and says why
  typed() { [ "$(tail -1 "$2")" = "$1" ] && grep -q 'class="bad"' "$2" && grep -q 'name="place" value="Kervalan"' "$2"; }
  form -d 'text=&kind=idea&place=Kervalan' "$B/api/contribute" >"$T/page"
  typed 422 "$T/page"
  grep -q '<option value="idea" selected' "$T/page"
  run ! grep -q 'name="csrf"' "$T/page" # it is a stranger's
  # Held by another program for longer than one waits.
  python3 - "$S/logbook.sqlite" "$T" <<'P' 3>&- &
import os, sqlite3, sys, time
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("BEGIN IMMEDIATE")
open(sys.argv[2] + "/held", "w").close()
while not os.path.exists(sys.argv[2] + "/enough"):
    time.sleep(0.05)
P
  holder=$!
  for i in $(seq 200); do [ ! -e "$T/held" ] || break; sleep 0.05; done
  for i in contribute entries entries/1; do
    form -d 'text=Mine&place=Kervalan' "$B/api/$i" >"$T/page.${i//\//}" 3>&- &
    asked+=($!)
  done
  wait "${asked[@]}"
  touch "$T/enough"
  wait "$holder"
  for i in contribute entries entries1; do
    typed 503 "$T/page.$i"
    grep -q '>Mine</textarea>' "$T/page.$i"
  done
  for i in 1 2 3 4 5 6; do form -d 'text=Mine&place=Kervalan' "$B/api/contribute" >"$T/page"; done
  typed 429 "$T/page"
  grep -q '>Mine</textarea>' "$T/page"
}

# import CURL-ARGUMENT…: of more than is taken of anybody; its status
import() {
  [ -e "$T/pad.txt" ] || for i in $(seq 4000); do echo "- Une nouvelle du village, numéro $i."; done >"$T/pad.txt"
  status -H 'Accept: application/json' --data-urlencode "text@$T/pad.txt" -d format=pad "$@" "$B/api/import"
}

@test "what is long is taken of who may send it, though it is the first that he asks; and of nobody else" {
  local token other
  token=$(as admin -d name=daily "$B/api/tokens" | head -1 | jq -r .token)
  [ "$(import -H "Authorization: Bearer $token")" = 200 ]
  other=$(as admin -d name=another "$B/api/tokens" | head -1 | jq -r .token)
  desk_stop
  desk_start
  [ "$(import -H "Authorization: Bearer $other")" = 200 ]
  [ "$(import -b "$T/admin.jar" -H "X-CSRF-Token: $(<"$T/admin.csrf")")" = 200 ]
  [ "$(import)" = 413 ]
  [ "$(import -H 'Authorization: Bearer x')" = 413 ]
  log_in admin
  [ "$(import -b "$T/admin.jar" -H "X-CSRF-Token: $(<"$T/admin.csrf")")" = 200 ]
}

# bats test_tags=long
@test "a token that was taken back, by whomever, is nobody's before long: what is long is not taken of it" {
  local token i
  token=$(as admin -d name=daily "$B/api/tokens" | head -1 | jq -r .token)
  sqlite3 "$S/logbook.sqlite" "DELETE FROM logins WHERE name = 'daily'" # as another desk would
  [ "$(import -H "Authorization: Bearer $token")" = 401 ]
  for i in $(seq 60); do
    [ "$(import -H "Authorization: Bearer $token")" != 413 ] || break
    sleep 0.5
  done
  [ "$(import -H "Authorization: Bearer $token")" = 413 ]
}

@test "an import is shown before it is done" {
  printf 'Réunion du 17 mars\n\n- Le four à pain s’allume samedi (Gwenn, Kervalan)\n- Question : qui a la clé de la salle ?\n' >"$T/pad.txt"
  as admin --data-urlencode "text@$T/pad.txt" -d 'format=pad&source=essai' "$B/api/import" | sed '$d' | jq -e 'length >= 2'
  [ "$(carnet entries --json | jq length)" = 0 ]
  as admin -H 'Accept: text/html' --data-urlencode "text@$T/pad.txt" -d 'format=pad&source=essai' "$B/api/import" | grep -q 'name="write" value="yes"'
  as admin --data-urlencode "text@$T/pad.txt" -d 'format=pad&source=essai&write=yes' "$B/api/import" >/dev/null
  carnet entries --json | jq -e 'length >= 2 and all(.status == "pending")'
  as admin "$B/api/entries?source=essai" | head -1 | jq -e '.entries | length >= 2'
  [ "$(as admin -d 'text=&format=pad' "$B/api/import" | tail -1)" = 422 ]
  [ "$(as admin --data-urlencode $'text=a,b\n"' -d 'format=csv' "$B/api/import" | tail -1)" = 422 ]
  [ -z "$(find "$S" -name '.desk-*')" ]
}

# bats test_tags=long
@test "a recorded sound becomes an entry: kept, listened to, described, heard in the bulletin" {
  local file
  somebody editor
  somebody contributor
  ffmpeg -nostdin -v error -f lavfi -i sine=frequency=440:duration=4 "$T/temoin.wav"
  keep() { as "$1" -H 'Content-Type: audio/wav' --data-binary "@$2" "$B/api/sounds"; }
  keep editor "$T/temoin.wav" >"$T/kept"
  [ "$(tail -1 "$T/kept")" = 201 ]
  file=$(head -1 "$T/kept" | jq -r .file)
  cmp "$T/temoin.wav" "$S/sounds/$file"
  keep editor "$T/temoin.wav" | head -1 | jq -e --arg file "$file" '.file == $file' # the same is the same
  [ "$(keep contributor "$T/temoin.wav" | tail -1)" = 403 ]
  [ "$(keep editor "$S/station.yaml" | tail -1)" = 422 ]
  printf 'RIFF and nothing' >"$T/riff.wav"
  [ "$(keep editor "$T/riff.wav" | tail -1)" = 422 ]
  [ "$(find "$S/sounds" -name 'desk-*' | wc -l)" = 1 ]
  as editor -o "$T/back.wav" "$B/api/sounds/$file" >/dev/null
  cmp "$T/temoin.wav" "$T/back.wav"
  for name in README.md ..%2fstation.yaml nothing.wav; do [ "$(as editor --path-as-is "$B/api/sounds/$name" | tail -1)" = 404 ]; done
  as editor "$B/entries/new?sound=$file" >"$T/page"
  grep -q "name=\"sound\" value=\"$file\"" "$T/page"
  grep -q "<audio controls=\"controls\" preload=\"metadata\" src=\"/api/sounds/$file\"" "$T/page"
  as editor "$B/entries/new?sound=../station.yaml" | (! grep -q 'name="sound"')
  [ "$(as contributor "$B/entries/new" | tail -1)" = 200 ]
  [ "$(as editor -d 'text=Le forgeron raconte.&kind=experience&status=approved' -d "sound=$file" "$B/api/entries" | tail -1)" = 201 ]
  carnet show 1 --json | jq -e --arg file "$file" '.sound == $file'
  [ "$(as editor -d 'text=Rien.&sound=nothing.wav' "$B/api/entries" | tail -1)" = 422 ]
  as contributor -d "text=Sans son.&sound=$file" "$B/api/entries" | head -1 | jq -e '.sound == null' # his words alone
  as editor "$B/entries/1" | grep -q "$file"
  [ "$(job "$(as admin -X POST "$B/api/rundown" | head -1 | jq .job)")" = "done" ]
  as admin "$B/api/rundown" | head -1 | jq -e --arg file "$file" 'any(.items[]; .type == "sound" and .file == $file and .frames == 192000)'
  # It is introduced; taken out or swapped, its introduction goes too; what comes has a pause after its own.
  carnet -q add --approve --kind question --place Kervalan "Qui a retrouvé un parapluie rouge ?" >/dev/null
  carnet -q edit 1 --place Kervalan --author 'Anne Riou' --attribution full
  [ "$(job "$(as admin -d again=yes "$B/api/rundown" | head -1 | jq .job)")" = "done" ]
  as admin "$B/api/rundown" | head -1 >"$T/one"
  i=$(jq '[.items[].entry == 1] | index(true)' "$T/one")
  jq -e --argjson i "$i" '[.items[:$i][] | select(.type == "speech" and (.text | test("Riou")))] | length == 1' "$T/one"
  as admin -d "item=$i" "$B/api/rundown/drop" | head -1 | jq -e 'all(.items[]; (.text // "") | test("Riou") | not)'
  as admin -d entry=1 "$B/api/rundown/put" | head -1 | jq -e '[.items[].entry == 1] | index(true) as $i | $i > 1'
  as admin "$B/api/rundown" | head -1 >"$T/two"
  i=$(jq '[.items[].entry == 1] | index(true)' "$T/two")
  jq -e --argjson i "$i" '.items[$i - 1].type == "pause" and (.items[$i - 2].text | test("Riou"))' "$T/two"
  # A file that has gone is no reason not to save; and the recording can be taken off.
  mv "$S/sounds/$file" "$T/gone"
  [ "$(as editor -d "title=Le forgeron&sound=$file" "$B/api/entries/1" | tail -1)" = 200 ]
  mv "$T/gone" "$S/sounds/$file"
  [ "$(as editor -d "sound=$file&nosound=yes" "$B/api/entries/1" | tail -1)" = 200 ]
  carnet show 1 --json | jq -e '.sound == null'
  [ "$(as editor -d "sound=$file" "$B/api/entries/1" | tail -1)" = 200 ]
  [ "$(as editor -d sound= "$B/api/entries/1" | tail -1)" = 200 ]
  carnet show 1 --json | jq -e '.sound == null'
}

@test "the bulletin: chosen, moved, dropped, its words changed, made, heard; nobody's change is lost" {
  carnet -q add --approve "Le marché de Kervalan ouvre à neuf heures." >/dev/null
  carnet -q add --approve --kind question "Qui a retrouvé un parapluie rouge ?" >/dev/null
  local made
  as admin "$B/api/rundown" | head -1 | jq -e '.made == null'
  [ "$(as admin -d item=0 "$B/api/rundown/drop" | tail -1)" = 422 ]
  [ "$(job "$(as admin -X POST "$B/api/rundown" | head -1 | jq .job)")" = "done" ]
  as admin "$B/api/rundown" | head -1 >"$T/one"
  jq -e '.edition == "2020-03-17-midi" and (.items | length > 3) and .frames > 48000' "$T/one"
  made=$(jq -r .made "$T/one")
  local first third
  first=$(jq -r '[.items[] | select(.type == "speech")][0].text' "$T/one")
  as admin -d "item=0&to=2&made=$made" "$B/api/rundown/move" | head -1 >"$T/two"
  jq -e --arg first "$first" '.edited and .items[2].text == $first' "$T/two"
  [ "$(as admin -d "item=0&made=$made" "$B/api/rundown/drop" | tail -1)" = 409 ] # it is another by now
  # The last change is taken back, and done again.
  as admin -X POST "$B/api/rundown/undo" | head -1 | jq -e --slurpfile one "$T/one" '[.items[].text] == [$one[0].items[].text]'
  as admin -X POST "$B/api/rundown/undo" | head -1 | jq -e --slurpfile two "$T/two" '[.items[].text] == [$two[0].items[].text]'
  third=$(jq '[.items[] | .entry == 1] | index(true)' "$T/two")
  [ "$(job "$(as admin -d "item=$third" --data-urlencode 'text=Le marché ouvre à dix heures.' "$B/api/rundown/words" | head -1 | jq .job)")" = "done" ]
  as admin "$B/api/rundown" | head -1 | jq -e --argjson i "$third" '.items[$i].text == "Le marché ouvre à dix heures." and (.items[$i].spoken | test("dix heures"))'
  carnet show 1 --json | jq -e '.text | test("neuf")' # the entry keeps its own
  [ "$(as admin -d "item=$third&voice=paul" "$B/api/rundown/voice" | tail -1)" = 202 ]
  [ "$(as admin -d "item=$third&voice=../../etc/passwd" "$B/api/rundown/voice" | tail -1)" = 422 ]
  [ "$(as admin -d 'item=999' "$B/api/rundown/drop" | tail -1)" = 422 ]
  [ "$(as admin -d 'script=midi' "$B/api/rundown/drop" | tail -1)" = 400 ] # which one?
  # A person's own voice in an item's place; a file that is none is refused.
  ffmpeg -nostdin -v error -f lavfi -i sine=frequency=440:duration=3 "$T/own.wav"
  as admin -H 'Content-Type: audio/wav' --data-binary "@$T/own.wav" "$B/api/rundown/sound?item=$third" | head -1 >"$T/own"
  [ "$(job "$(jq .job "$T/own")")" = "done" ]
  as admin "$B/api/rundown" | head -1 | jq -e --argjson i "$third" '.items[$i] | .type == "sound" and .frames == 144000 and (.file | test("^desk-[0-9a-f]{16}.wav$"))'
  [ "$(as admin -H 'Content-Type: audio/wav' -d 'no sound' "$B/api/rundown/sound?item=$third" | tail -1)" = 422 ]
  [ "$(as admin -d 'locked=yes' "$B/api/rundown/lock" | head -1 | jq .locked)" = true ]
  [ "$(job "$(as admin -X POST "$B/api/rundown/produce" | head -1 | jq .job)")" = "done" ]
  as admin -o "$T/heard.wav" "$B/api/editions/2020-03-17-midi/bulletin.wav" >/dev/null
  cmp "$T/heard.wav" "$S/editions/2020-03-17-midi/bulletin.wav"
  grep -q 'ouvre à dix heures' "$S/editions/2020-03-17-midi/transcript.vtt"
  for path in editions/2020-03-17-midi/rundown.yaml editions/2020-03-17-midi/..%2f..%2fstation.yaml editions/..%2f..%2fstation.yaml/bulletin.wav \
    editions/../station.yaml editions/.lock/bulletin.wav; do
    [[ $(as admin --path-as-is "$B/api/$path" | tail -1) = 404 ]]
  done
  as admin --data-urlencode 'text=RDV à 14h30' -d voice=claire -o "$T/said.wav" "$B/api/say" >/dev/null
  [ "$(ffprobe -v error -show_entries stream=sample_rate -of csv=p=0 "$T/said.wav")" -gt 8000 ]
  [ "$(as admin --data-urlencode 'word=Kervalan' --data-urlencode 'say=kèr valane' "$B/api/lexicon" | tail -1)" = 200 ]
  grep -q Kervalan "$S/voices/lexicon.fr.yaml"
}

# bats test_tags=long
@test "a bulletin is listened to while it is made: all of it, as it comes" {
  local n answer
  sed -i 's|^mounts: .*|mounts:\n  - {mount: /b.mp3, format: mp3}|; /^also:/d' "$S/station.yaml"
  script_short midi 20:00
  for n in $(seq 20); do
    echo "$n,idea,\"Nouvelle numéro $n du carnet : le marché, le bac, le four et la salle ouvrent samedi matin à neuf heures, comme toutes les semaines.\",Lieu $n"
  done | sed '1i nr,kind,text,place' >"$T/many.csv"
  carnet -q import csv "$T/many.csv" >/dev/null
  carnet -q approve --all --date "$SAMPLE_DAY" >/dev/null
  making=$B/api/editions/$SAMPLE_DAY-midi/making
  [ "$(as admin "$making" | tail -1)" = 404 ]
  answer=$(as admin -d script=midi "$B/api/rundown/produce" | head -1 | jq .job)
  for n in $(seq 600); do
    as admin "$B/rundown?script=midi" | grep -q "<source src=\"/api/editions/$SAMPLE_DAY-midi/making\" type=\"audio/mpeg\"" && break
    sleep 0.05
  done
  [ "$(as admin -o "$T/got.mp3" "$making" | tail -1)" = 200 ] # to its end
  [ "$(job "$answer")" = "done" ]
  made=$(edition midi)/bulletin.mp3
  [ "$(head -c 3 "$made")" = ID3 ] # no cover: a browser would wait for all of it
  [ "$(head -c 3 "$T/got.mp3")" != ID3 ]
  tail -c "$(stat -c %s "$T/got.mp3")" "$made" >"$T/sound.mp3"
  [ "$(cmp -l "$T/got.mp3" "$T/sound.mp3" | wc -l)" -lt 400 ] # the table of its head is written at its end
  [ "$(stat -c %s "$T/got.mp3")" -gt 500000 ]
  ffmpeg -nostdin -v error -xerror -i "$T/got.mp3" -f null -
  [ "$(as admin "$making" | tail -1)" = 404 ]
  as admin "$B/rundown?script=midi" | grep -q 'bulletin.mp3'
}

# bats test_tags=long
@test "one item is locked while the rest is chosen anew; an entry that waits takes another's place; what would go first is told" {
  local i id made page
  for i in "Le marché ouvre sous la halle." "Qui prête une échelle pour le lavoir ?" "La navette passe toutes les heures." \
    "Un atelier répare les vélos." "Les graines du jardin attendent preneur." "On cherche des lampes pour la fête." \
    "Une voisine lit le journal aux aînés." "Le concert de samedi est reporté." "La mairie prête sa salle aux lycéens."; do
    carnet -q add --approve --kind question "$i" >/dev/null
  done
  script_short midi 0:20
  [ "$(job "$(as admin -X POST "$B/api/rundown" | head -1 | jq .job)")" = "done" ]
  as admin "$B/api/rundown" | head -1 >"$T/one"
  # Another takes the place of the first that is in; that one waits now.
  i=$(jq '[.items[].entry != null] | index(true)' "$T/one")
  id=$(jq ".items[$i].entry" "$T/one")
  as admin "$B/rundown" >"$T/page"
  grep -q 'goes first if another grows' "$T/page"
  local other
  other=$(grep -o 'name="entry" value="[0-9]*"' "$T/page" | tail -1 | tr -dc 0-9)
  jq -e --argjson other "$other" '[.items[].entry] | index($other) == null' "$T/one"
  made=$(jq -r .made "$T/one")
  as admin -d "item=$i&entry=$other&made=$made" "$B/api/rundown/put" | head -1 >"$T/two"
  jq -e --argjson i "$i" --argjson other "$other" '.items[$i].entry == $other and .edited' "$T/two"
  [ "$(job "$(jq .job "$T/two")")" = "done" ]
  as admin "$B/api/rundown" | head -1 | jq -e --argjson i "$i" '.items[$i].frames > 24000'
  as admin "$B/rundown?swap=$i" | grep -q "<option value=\"$i\" selected"
  as admin "$B/rundown" | grep -q "name=\"entry\" value=\"$id\""
  [ "$(as admin -d "item=$i&entry=$id&made=$made" "$B/api/rundown/put" | tail -1)" = 409 ]
  [ "$(as admin -d "entry=$other" "$B/api/rundown/put" | tail -1)" = 422 ] # it is in
  [ "$(as admin -d "item=0&entry=$id" "$B/api/rundown/put" | tail -1)" = 422 ] # a jingle, or the greeting
  [ "$(as admin -d "entry=9999" "$B/api/rundown/put" | tail -1)" = 422 ]
  [ "$(as admin -d "entry=x" "$B/api/rundown/put" | tail -1)" = 400 ]
  # And at the end of the entries, after a pause.
  as admin -d "entry=$id" "$B/api/rundown/put" | head -1 >"$T/three"
  jq -e --argjson id "$id" '[.items[].entry] | index($id) as $at | $at != null and all(.[$at + 1:][]; . == null)' "$T/three"
  jq -e --argjson id "$id" '([.items[].entry] | index($id)) as $at | .items[$at - 1].type == "pause"' "$T/three"
  [ "$(job "$(jq .job "$T/three")")" = "done" ]
  # Locked, it stays with its own words when all the rest is chosen anew.
  [ "$(as admin -d "item=0&keep=yes" "$B/api/rundown/keep" | tail -1)" = 422 ]
  [ "$(job "$(as admin -d "item=$i" --data-urlencode 'text=Avec mes mots.' "$B/api/rundown/words" | head -1 | jq .job)")" = "done" ]
  as admin -d "item=$i&keep=yes" "$B/api/rundown/keep" | head -1 | jq -e --argjson i "$i" '.items[$i].keep'
  as admin "$B/rundown" | grep -q '<span>locked</span>'
  [ "$(job "$(as admin -d again=yes "$B/api/rundown" | head -1 | jq .job)")" = "done" ]
  as admin "$B/api/rundown" | head -1 >"$T/four"
  jq -e --argjson other "$other" '.edited == false and ([.items[] | select(.keep)] | length == 1 and .[0].entry == $other and .[0].text == "Avec mes mots.")' "$T/four"
  # What is locked is not an edit: the station goes on choosing the rest, and a bulletin that is made stays made.
  [ "$(job "$(as admin -X POST "$B/api/rundown/produce" | head -1 | jq .job)")" = "done" ]
  # Undone is the last change, not what was chosen since.
  [ "$(as admin -X POST "$B/api/rundown/undo" | tail -1)" = 422 ]
  # Why each is in, also of one that somebody edited: nothing is written by asking.
  cp "$S/editions/2020-03-17-midi/rundown.yaml" "$T/rundown.yaml"
  as admin "$B/api/rundown/explain" | sed '$d' | jq -e '.candidates | length == 9'
  cmp "$T/rundown.yaml" "$S/editions/2020-03-17-midi/rundown.yaml"
  # The entry is another since: it stays in, and is said as it is now.
  carnet -q edit "$other" --text 'Autrement, et pour tous.'
  [ "$(job "$(as admin -d again=yes "$B/api/rundown" | head -1 | jq .job)")" = "done" ]
  as admin "$B/api/rundown" | head -1 >"$T/four"
  jq -e --argjson other "$other" 'any(.items[]; .entry == $other and (.text | test("Autrement"))) and (.warnings | any(test("a changé depuis son verrouillage")))' "$T/four"
  [ "$(job "$(as admin -X POST "$B/api/rundown/produce" | head -1 | jq .job)")" = "done" ]
  i=$(jq '[.items[].keep] | index(true)' "$T/four")
  as admin -d "item=$i&keep=no" "$B/api/rundown/keep" | head -1 | jq -e '.edited == false and all(.items[]; .keep != true)'
  as admin "$B/rundown" | grep -q '<audio'
}

@test "the air, the week, the podcast: told as the verbs tell them" {
  [ "$(as admin "$B/api/status" | tail -1)" = 503 ] # nothing runs
  as admin -H 'Accept: text/html' "$B/air" >"$T/air.html"
  grep -q 'does not answer' "$T/air.html"
  grep -q 'the station is not running' "$T/air.html"
  [ "$(as admin --data-urlencode 'when=every weekday 12:00' -d script=midi "$B/api/schedule" | tail -1)" = 200 ]
  as admin "$B/api/schedule" | head -1 | jq -e '.slots | length >= 4 and all(.script == "midi")'
  [ "$(as admin -d 'when=whenever&script=midi' "$B/api/schedule" | tail -1)" = 422 ]
  as admin "$B/schedule" | grep -q '<caption>Wednesday 18 March 2020'
  as admin "$B/api/episodes" | head -1 | jq -e '.episodes == []'
  [ "$(as admin -d edition=--all "$B/api/publish" | tail -1)" = 422 ]
  [ "$(job "$(as admin -d edition=2020-03-17-midi "$B/api/publish" | head -1 | jq .job)")" = failed ] # it is not made
  as admin "$B/podcast" | grep -q 'class="bad"'
  # Published, corrected with a note, its sounds found, its downloads counted.
  script_short court 1:00
  carnet -q add --approve "Le marché de Kervalan ouvre à neuf heures." >/dev/null
  carnet -q produce --script court --also mp3 2>/dev/null
  printf 'podcast: {url: "https://radio.example/carnet", email: radio@example.org, log: access.log}\n' >>"$S/station.yaml"
  sleep 1.1 # a station.yaml is looked at once a second
  [ "$(job "$(as admin -d edition=2020-03-17-court "$B/api/publish" | head -1 | jq .job)")" = "done" ]
  carnet -q edit 1 --text "Le marché de Kervalan ouvre à dix heures."
  carnet -q produce --script court --also mp3 2>/dev/null
  [ "$(job "$(as admin -d edition=2020-03-17-court --data-urlencode "note=L'heure du marché." "$B/api/publish" | head -1 | jq .job)")" = "done" ]
  grep -q "L'heure du marché" "$S/public/feed.xml"
  as admin "$B/podcast" >"$T/page"
  grep -q "L.*heure du marché" "$T/page"
  grep -q 'href="https://radio.example/carnet/media/2020-03-17-court-[0-9a-f]*.mp3"' "$T/page"
  [ "$(as admin "$B/api/downloads" | tail -1)" = 422 ] # no log yet
  as admin "$B/downloads" | grep -q 'class="warn"'
  echo "192.0.2.1 - - [29/Nov/2026:12:00:00 +0100] \"GET /carnet/$(cd "$S/public" && ls media/*.mp3 | head -1) HTTP/1.1\" 200 10000000 \"-\" \"x\"" >"$S/access.log"
  as admin "$B/api/downloads" | sed '$d' | jq -e '.[0].downloads == 1'
  as admin "$B/downloads" | grep -q '<td>1</td>'
}

@test "slots are cancelled, the calendar is read by a program, what was chosen is explained" {
  as admin --data-urlencode 'when=every weekday 12:00' -d script=midi "$B/api/schedule" >/dev/null
  [ "$(as admin -d 'start=2020-03-18T11:00:00Z&script=midi' "$B/api/schedule/cancel" | tail -1)" = 200 ]
  as admin "$B/api/schedule" | head -1 | jq -e '[.slots[].start] | index("2020-03-18T11:00:00Z") == null and length >= 3'
  [ "$(as admin -d 'start=2020-03-18T11:00:00Z&script=midi' "$B/api/schedule/cancel" | tail -1)" = 422 ]
  [ "$(as admin -d 'start=soon' "$B/api/schedule/cancel" | tail -1)" = 422 ]
  [ "$(as admin -d 'start=2020-03-19T11:00:00Z&script=midi&to=2020-03-19T18:30' "$B/api/schedule/cancel" | tail -1)" = 200 ]
  as admin "$B/api/schedule" | head -1 | jq -e '[.slots[].start] | index("2020-03-19T11:00:00Z") == null and index("2020-03-19T17:30:00Z") != null'
  # The two odd nights of the year, as they will be; also where nothing is planned.
  as admin "$B/schedule?date=2020-03-24" | grep -q 'The clock goes forward, from 02:00 to 03:00: what is planned between the two is aired at 03:00.'
  as admin "$B/schedule?date=2020-10-20" | grep -q 'The clock goes back, from 03:00 to 02:00: what is planned between the two is aired the first time.'
  run --separate-stderr carnet schedule --from 2020-03-24
  [[ $stderr == *"2020-03-29: The clock goes forward, from 02:00 to 03:00"* ]]
  run --separate-stderr carnet schedule --from 2020-03-30
  [[ $stderr != *"The clock"* ]]
  local token
  token=$(as admin -d name=all "$B/api/tokens" | head -1 | jq -r .token)
  [ "$(status "$B/api/calendar.ics?token=$token")" = 401 ] # in an address only one that is good for nothing else
  token=$(as admin -d 'name=agenda&scope=calendar' "$B/api/tokens" | head -1 | jq -r .token)
  [ "$(status -H "Authorization: Bearer $token" "$B/api/me")" = 401 ]
  curl -sf "$B/api/calendar.ics?token=$token" >"$T/week.ics"
  grep -q '^BEGIN:VEVENT' "$T/week.ics"
  [ "$(status "$B/api/calendar.ics?token=x")" = 401 ]
  [ "$(status "$B/api/users?token=$token")" = 401 ] # a token in an address is for the calendar alone
  [ "$(as admin -d digest=x "$B/api/tokens/revoke" | tail -1)" = 422 ]
  as admin "$B/account" | grep -o 'name="digest" value="[0-9a-f]*"' | tail -1 | sed 's/.*value="//; s/"//' >"$T/digest"
  [ "$(as admin -d "digest=$(<"$T/digest")" "$B/api/tokens/revoke" | tail -1)" = 200 ]
  [ "$(status "$B/api/calendar.ics?token=$token")" = 401 ]
  carnet -q add --approve "Le marché de Kervalan ouvre à neuf heures." >/dev/null
  carnet -q add --approve --expires 2020-03-16 "Une nouvelle d'hier." >/dev/null
  [ "$(as admin "$B/api/rundown/explain" | tail -1)" = 422 ] # nothing is chosen yet, and asking makes nothing
  [ ! -e "$S/editions" ] || [ -z "$(ls "$S/editions")" ]
  [ "$(job "$(as admin -X POST "$B/api/rundown" | head -1 | jq .job)")" = "done" ]
  as admin "$B/api/rundown/explain" | sed '$d' | jq -e '.candidates | any(.in) and any(.in | not)'
  as admin "$B/explain" | grep -q 'class="badge approved"'
}

@test "what keeps a station well: scripts, the doctor, a copy, near-duplicates" {
  local version script=$B/api/scripts/midi
  as admin "$B/scripts/midi" >"$T/page"
  version=$(grep -o 'name="version" value="[0-9a-f]*"' "$T/page" | sed 's/.*value="//; s/"//')
  sed 's/Voici le carnet/Voici le grand carnet/' "$S/scripts/midi.yaml" >"$T/new.yaml"
  [ "$(as admin --data-urlencode "text@$T/new.yaml" -d "version=$version" "$script" | tail -1)" = 200 ]
  cmp "$T/new.yaml" "$S/scripts/midi.yaml"
  [ "$(as admin --data-urlencode "text@$T/new.yaml" -d "version=$version" "$script" | tail -1)" = 409 ]
  as admin -d 'text=title: [' "$script" >"$T/answer" # told by line, and what is there stays
  [ "$(tail -1 "$T/answer")" = 422 ]
  head -1 "$T/answer" | jq -e '.error | test("midi.yaml:[0-9]")'
  as admin -H 'Accept: text/html' --data-urlencode 'text=title: [my words' "$script" | grep -q 'title: \[my words'
  cmp "$T/new.yaml" "$S/scripts/midi.yaml"
  for name in nothing ..%2fstation .hidden; do [ "$(as admin -d text=x "$B/api/scripts/$name" | tail -1)" = 404 ]; done
  as admin "$B/api/doctor" | sed '$d' | jq -e 'length > 5'
  as admin "$B/doctor" | grep -q 'eSpeak NG'
  as admin -o "$T/copy.sqlite" "$B/api/backup" >/dev/null
  [ "$(sqlite3 "$T/copy.sqlite" 'SELECT count(*) FROM users; PRAGMA integrity_check')" = $'1\nok' ]
  # Settings: one is changed, what a person wrote beside it stays; all or nothing; what names programs is not there.
  printf '# mine\nrun:\n  late: "8:00" # not later\n  hook: [/bin/true]\n' >>"$S/station.yaml"
  cp "$S/station.yaml" "$T/station.yaml"
  as admin "$B/settings" >"$T/page"
  grep -q '<input type="text" name="run.late" value="8:00"' "$T/page"
  run ! grep -q 'bin/true\|icecast' "$T/page"
  set_all() { as admin --data-urlencode "name=Radio #1: l'été" -d "run.late=5:00&was.run.late=8:00&peak=-1.0&was.peak=-1.0" "$@" "$B/api/settings"; }
  [ "$(set_all -d loudness=loud | tail -1)" = 422 ]
  set_all -d loudness=loud -d podcast.title=x -H 'Accept: text/html' >"$T/page" # with what was typed
  grep -q 'value="loud"' "$T/page"
  grep -q 'Loudness (LUFS): &quot;loud&quot; is not a number\|Loudness (LUFS): "loud" is not a number' "$T/page"
  grep -q 'name="podcast.title" value="x"' "$T/page"
  grep -q 'name="was.podcast.title" value=""' "$T/page"
  set_all -d podcast.geo=Brest | head -1 | jq -e '.error | test("^podcast.geo: .*geo:48.39")'
  set_all -d podcast.geo=geo:48,-4 -d podcast.location=Brest -d podcast.keep-days=abc | head -1 | jq -e '.error | test("^podcast.keep-days: ")'
  set_all -d podcast.geo=Brest -d podcast.keep-days=abc | head -1 | jq -e '.error | test("^station.yaml:")' # two are wrong
  for field in run.hook=/bin/false icecast.host=elsewhere loudnes=-23 run.urgent=nothing run.urgent=../midi; do [ "$(set_all -d $field | tail -1)" = 422 ]; done
  cmp "$S/station.yaml" "$T/station.yaml"
  [ "$(set_all -d run.urgent=alerte | tail -1)" = 200 ]
  diff "$T/station.yaml" "$S/station.yaml" >"$T/diff" || true
  [ "$(grep -c '^[<>]' "$T/diff")" = 5 ]
  grep -qx '>   late: "5:00" # not later' "$T/diff"
  grep -qx '>   urgent: alerte' "$T/diff"
  as admin "$B/settings" | grep -q '<p class="name"><a href="/">Radio #1: l.été</a>'
  # Two at once: who changed something else is not in the way; of the same thing it is told what stands there now.
  [ "$(as admin -d 'run.silence=30&was.run.silence=&run.late=8:00&was.run.late=8:00' "$B/api/settings" | tail -1)" = 200 ]
  grep -q 'late: "5:00"' "$S/station.yaml"
  grep -q 'silence: 30' "$S/station.yaml"
  as admin -d 'run.late=9:00&was.run.late=8:00&url=http://x/&was.url=' -H 'Accept: text/html' "$B/api/settings" >"$T/page"
  [ "$(tail -1 "$T/page")" = 409 ]
  grep -q 'set it to .*5:00' "$T/page"
  grep -q 'name="run.late" value="9:00"' "$T/page"
  grep -q 'name="was.run.late" value="5:00"' "$T/page"
  [ "$(as admin -d 'podcast.title=x&was.podcast.title=y' "$B/api/settings" | tail -1)" = 409 ] # y was taken out
  run ! grep -q 'url: "http' "$S/station.yaml"
  [ "$(as admin -d 'run.late=9:00&was.run.late=5:00' "$B/api/settings" | tail -1)" = 200 ]
  as admin "$B/station" | grep -q 'settings name, run.late'
  rm "$S/scripts/alerte.yaml"
  as admin "$B/settings" | grep -q '<option value="alerte" selected="selected">' # seen, though it is not there
  # Jingles: listened to, measured, and one more.
  as admin "$B/api/jingles" | sed '$d' | jq -e 'any(.[]; .name == "virgule" and .loudness_lufs < -10)'
  as admin "$B/jingles" | grep -q '<audio controls="controls" preload="none" src="/api/jingles/virgule.flac"'
  as admin -o "$T/virgule.flac" "$B/api/jingles/virgule.flac" >/dev/null
  cmp "$T/virgule.flac" "$S/voices/jingles/virgule.flac"
  for name in README.md score.h ..%2f..%2fstation.yaml nothing.flac; do [ "$(as admin --path-as-is "$B/api/jingles/$name" | tail -1)" = 404 ]; done
  ffmpeg -nostdin -v error -f lavfi -i sine=frequency=440:duration=2 "$T/la.wav"
  send() { as admin -H 'Content-Type: audio/wav' --data-binary "@$1" "$B/api/jingles?$2" | tail -1; }
  [ "$(send "$T/la.wav" name=la)" = 200 ]
  cmp "$T/la.wav" "$S/voices/jingles/la.wav"
  [ "$(send "$T/la.wav" name=virgule)" = 422 ]
  [ ! -e "$S/voices/jingles/virgule.wav" ]
  [ "$(send "$T/la.wav" 'name=virgule&replace=yes')" = 200 ]
  [ ! -e "$S/voices/jingles/virgule.flac" ]
  [ "$(send "$T/la.wav" name=../../x)" = 422 ]
  [ "$(send "$T/la.wav" name=)" = 422 ]
  [ "$(send "$S/station.yaml" name=words)" = 422 ]
  printf 'RIFF and nothing' >"$T/riff.wav"
  [ "$(send "$T/riff.wav" name=riff)" = 422 ]
  [ ! -e "$S/voices/jingles/riff.wav" ]
  [ -z "$(find "$S" -maxdepth 1 -name '.desk-jingle*')" ] # nothing is left of them
  # Two that say the same: one is withdrawn, and counts for the other.
  carnet -q add "Le marché de Kervalan ouvre à neuf heures samedi matin." >/dev/null
  carnet -q add "Samedi matin le marché de Kervalan ouvre à neuf heures." >/dev/null
  as admin "$B/entries/1" | grep -q '/api/entries/2/merge'
  [ "$(as admin -d into=1 "$B/api/entries/2/merge" | tail -1)" = 200 ]
  carnet show 1 --json | jq -e '.endorsements == 1'
  carnet show 2 --json | jq -e '.status == "withdrawn"'
  [ "$(as admin -d into=2 "$B/api/entries/1/merge" | tail -1)" = 422 ] # that one is out
  [ "$(as admin -d into=1 "$B/api/entries/1/merge" | tail -1)" = 422 ]
  [ "$(as admin -d into=99 "$B/api/entries/1/merge" | tail -1)" = 422 ]
  carnet show 1 --json | jq -e '.status == "pending"'
  [ -z "$(find "$S" -name '.desk-*')" ]
}

@test "a script that another changed meanwhile: both texts are shown, also when one's own is wrong, and nothing is overwritten unseen" {
  local script=$B/api/scripts/midi first there
  version_on() { grep -o 'name="version" value="[0-9a-f]*"' "$1" | sed 's/.*value="//; s/"//'; }
  save() { as admin -H 'Accept: text/html' --data-urlencode "text@$1" -d "version=$2" "$script" >"$T/page"; tail -1 "$T/page"; }
  as admin "$B/scripts/midi" >"$T/page"
  first=$(version_on "$T/page")
  echo 'title: [mine' >"$T/wrong.yaml"
  sed 's/Voici le carnet/Voici le mien/' "$S/scripts/midi.yaml" >"$T/mine.yaml"
  [ "$(save "$T/wrong.yaml" "$first")" = 422 ] # nobody else yet: as it was sent
  [ "$(version_on "$T/page")" = "$first" ]
  run ! grep -q 'What stands there now' "$T/page"
  sed -i 's/Voici le carnet/Voici le sien/' "$S/scripts/midi.yaml"
  cp "$S/scripts/midi.yaml" "$T/theirs.yaml"
  [ "$(save "$T/wrong.yaml" "$first")" = 409 ]
  grep -q 'title: \[mine' "$T/page"
  [ "$(save "$T/mine.yaml" "$first")" = 409 ]
  grep -q 'Voici le mien' "$T/page"
  sed -n '/What stands there now/,/<\/pre>/p' "$T/page" | grep -q 'Voici le sien'
  cmp "$T/theirs.yaml" "$S/scripts/midi.yaml"
  there=$(version_on "$T/page")
  as admin --data-urlencode "text@$T/mine.yaml" -d "version=$first" "$script" | head -1 |
    jq -e --arg there "$there" '.version == $there and (.text | test("Voici le sien"))'
  [ "$(save "$T/mine.yaml" "$there")" = 303 ] # it was seen
  cmp "$T/mine.yaml" "$S/scripts/midi.yaml"
}

@test "settings that two have changed at once: each conflict is told before it is overwritten" {
  save() { as admin -H 'Accept: text/html' -d "url=http://mine.example/&run.late=9:00&run.silence=30" "$@" "$B/api/settings" >"$T/page"; tail -1 "$T/page"; }
  was() { grep -o "name=\"was.$1\" value=\"[^\"]*\"" "$T/page" | sed 's/.*value="//; s/"//'; }
  [ "$(as admin -d 'url=http://first.example/&run.late=8:00' "$B/api/settings" | tail -1)" = 200 ]
  [ "$(as admin -d 'url=http://theirs.example/&run.late=5:00' "$B/api/settings" | tail -1)" = 200 ]
  [ "$(save -d 'was.url=http://first.example/&was.run.late=8:00&was.run.silence=')" = 409 ]
  grep -q 'set it to .*http://theirs.example/' "$T/page"
  [ "$(was url)" = http://theirs.example/ ] # it was told
  [ "$(was run.late)" = 8:00 ]              # that one was not
  grep -q 'name="run.late" value="9:00"' "$T/page"
  [ "$(save -d "was.url=$(was url)&was.run.late=$(was run.late)&was.run.silence=$(was run.silence)")" = 409 ]
  grep -q 'set it to .*5:00' "$T/page"
  [ "$(was run.late)" = 5:00 ]
  # What is wrong tells of no conflict.
  [ "$(save -d 'was.url=http://first.example/&was.run.late=8:00&was.run.silence=&name=')" = 422 ]
  [ "$(was url)" = http://first.example/ ]
  run ! grep -q 'mine.example' "$S/station.yaml"
  [ "$(save -d 'was.url=http://theirs.example/&was.run.late=5:00&was.run.silence=')" = 303 ]
  grep -q 'mine.example' "$S/station.yaml"
}

@test "a stranger's entry: off unless it is wanted, and never more than some" {
  [ "$(status "$B/contribute")" = 404 ]
  [ "$(status -d text=x "$B/api/contribute")" = 404 ]
  echo 'desk: {contribute: yes}' >>"$S/station.yaml"
  curl -si "$B/contribute" >"$T/page"
  grep -q 'HTTP/1.1 200' "$T/page"
  run ! grep -qi 'set-cookie' "$T/page"
  [ "$(status --data-urlencode 'text=Merci à la boulangère.' -d 'status=approved&author=X&priority=urgent' "$B/api/contribute")" = 200 ]
  as admin "$B/api/entries" | head -1 | jq -e '.entries[0] | .status == "pending" and .priority == "normal" and .source.name == "public form"'
  [ "$(status -d 'text=Spam&website=http://spam.example' "$B/api/contribute")" = 200 ] # a program is thanked, and not heard
  as admin "$B/api/entries" | head -1 | jq -e '.entries | length == 1'
  for i in 1 2 3 4 5 6; do status -d text=x "$B/api/contribute" >"$T/last"; done
  [ "$(<"$T/last")" = 429 ]
}

@test "hostile words are words on every page; bad bodies are refused" {
  local evil='<script>alert(1)</script>"><img src=x onerror=alert(2)> & '\''x'\'' ]]> javascript:alert(3)'
  as admin --data-urlencode "text=$evil" --data-urlencode "title=$evil" --data-urlencode "place=$evil" --data-urlencode "author=$evil" \
    -d status=approved "$B/api/entries" | tail -1 | grep -qx 201
  as admin --data-urlencode "name=$evil" "$B/api/tokens" >/dev/null
  as admin -d 'role=editor' --data-urlencode 'name=<b>x</b>' "$B/api/users" >/dev/null
  job "$(as admin -X POST "$B/api/rundown" | head -1 | jq .job)"
  local page
  for page in logbook entries/1 'rundown' read station account import air schedule podcast "logbook?search=%3Cscript%3E&place=%22%3E" 'login?next=//evil.example'; do
    as admin "$B/$page" | sed '$d' >"$T/page"
    run ! grep -Eq '<script>|<img|<b>|onerror=alert\(2\)>' "$T/page"
    [ ! -s "$T/page" ] || xmllint --html --noout "$T/page" 2>&1 | (! grep -v 'Tag .* invalid\|<\(nav\|header\|main\|section\|article\|svg\|use\|meter\|time\|details\|summary\|audio\|source\|dialog\|noscript\|meta\)\|\^' | grep -i 'error') || true
  done
  curl -s "$B/static/desk.js" >"$T/plain"
  curl -s --compressed -D "$T/heads" "$B/static/desk.js" | cmp - "$T/plain"
  grep -qi '^content-encoding: gzip' "$T/heads"
  [ "$(status -H "If-None-Match: $(sed -n 's/^[Ee][Tt]ag: //p' "$T/heads" | tr -d '\r')" "$B/static/desk.js")" = 304 ]
  [ "$(status "$B/static/nothing.js")" = 404 ]
  curl -si "$B/login" >"$T/heads"
  for head in "content-security-policy: default-src 'none'; script-src 'self'; worker-src 'self'" 'x-content-type-options: nosniff' 'referrer-policy: same-origin' 'cache-control: no-store'; do
    grep -qi "^$head" "$T/heads"
  done
  run ! grep -Eqi '<script[^>]*>[^<]|style="| on[a-z]+="' "$T/heads"
  for body in '{' '[]' '"x"' '{"text":{"a":1}}' '{"text":1.5}' '{"text":"\ud800"}'; do
    [ "$(as admin -H 'Content-Type: application/json' -d "$body" "$B/api/entries" | tail -1)" = 400 ]
  done
  [ "$(as admin -d 'text=%FF' "$B/api/entries" | tail -1)" = 400 ]
  [ "$(as admin -d 'text=%00' "$B/api/entries" | tail -1)" = 400 ]
  [ "$(as admin -d '' "$B/api/entries" | tail -1)" = 422 ]
  head -c 5000000 /dev/zero | tr '\0' a >"$T/long"
  [ "$(as admin --data-binary "@$T/long" "$B/api/entries" | tail -1)" = 413 ]
  [ "$(as admin --data-binary "@$T/long" "$B/api/logout" | tail -1)" = 413 ]
  # A way back is a page of ours.
  as admin -H 'Accept: text/html' -o /dev/null -D "$T/heads" -d 'status=pending&back=//evil.example' "$B/api/entries/1/status" >/dev/null
  run ! grep -qi 'location:.*evil' "$T/heads"
}

@test "what happens is told to all pages at once" {
  as admin -N -m 20 "$B/api/events" >"$T/events" 3>&- &
  local listener=$! i
  for i in $(seq 100); do [ ! -s "$T/events" ] || break; sleep 0.05; done
  carnet -q add "Ajoutée d'ailleurs" >/dev/null # by another process
  for i in $(seq 200); do ! grep -q 'event: logbook' "$T/events" || break; sleep 0.05; done
  kill "$listener"
  grep -A1 'event: logbook' "$T/events" | grep -q '^data: {"revision":[0-9]*}$'
  [ "$(status "$B/api/events")" = 401 ]
}

# bats test_tags=long
@test "a logbook that is broken in any of its parts: each address says that it cannot, and the desk goes on" {
  carnet -q add --approve "Le marché de Kervalan ouvre à neuf heures." >/dev/null
  job "$(as admin -X POST "$B/api/rundown" | head -1 | jq .job)"
  curl -s "$B/api/openapi.json" >"$T/api.json"
  python3 - "$B" "$T" "$S/logbook.sqlite" <<'P'
import json, sqlite3, sys, urllib.error, urllib.request
base, folder, logbook = sys.argv[1:]
api = json.load(open(folder + "/api.json"))
line = [l for l in open(folder + "/admin.jar") if "\tcarnet\t" in l][0]
session = {"Cookie": "carnet=" + line.split("\t")[-1].strip(), "X-CSRF-Token": open(folder + "/admin.csrf").read().strip()}
but = ("/api/events", "/api/logout", "/api/logout-everywhere", "/api/rundown/produce", "/api/say", "/api/lexicon", "/api/doctor", "/api/import")
paths = [(m.upper(), p) for p, ms in api["paths"].items() for m in ms if p not in but]
paths += [("GET", p) for p in "/ /login /join /contribute /account /logbook /logbook?search=a /entries/1 /import /rundown /schedule /podcast /station".split()]
def ask(method, path, accept):
    for name, value in {"id": "1", "job": "1", "edition": "2020-03-17-midi", "file": "cues.json", "script": "midi"}.items():
        path = path.replace("{" + name + "}", value)
    body = b"text=a&title=b&status=pending&into=2&name=x&role=editor&item=1&to=2&voice=claire&password=1234567890&new=12345678901&code=x"
    request = urllib.request.Request(base + path, method=method, data=body if method == "POST" else None, headers={**session, "Accept": accept})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
n = 0
store = sqlite3.connect(logbook, timeout=20, isolation_level=None)
for table in ["entries", "revisions", "audit", "invitations", "users", "logins"]:
    store.execute(f"ALTER TABLE {table} RENAME TO gone_{table}")
    for method, path in paths:
        for accept in ("application/json", "text/html"):
            status, body = ask(method, path, accept)
            n += 1
            assert 200 <= status < 600, (table, method, path, status)
    store.execute(f"ALTER TABLE gone_{table} RENAME TO {table}")
print(n, "asked")
P
  kill -0 "$DESK"
  log_in admin
  [ "$(as admin "$B/api/me" | tail -1)" = 200 ]
  [ "$(sqlite3 "$S/logbook.sqlite" 'PRAGMA integrity_check')" = ok ]
}

# bats test_tags=long
@test "every screen, in both languages, for every role, full and empty; forms that are wrong come back with what was typed" {
  somebody contributor
  somebody producer
  local page who language
  echo 'desk: {contribute: yes}' >>"$S/station.yaml"
  for language in fr en; do
    for who in contributor producer admin; do
      for page in '' account logbook 'logbook?kind=idea&status=pending&place=x' 'logbook?date=nonsense' import rundown 'rundown?script=nothing' read schedule 'schedule?date=2020-03-23' air podcast station entries/9 nothing contribute login join 'logbook?done=saved'; do
        curl -s -b "$T/$who.jar" -H "Accept-Language: $language" -H 'Accept: text/html' -o "$T/page" "$B/$page"
        [ ! -s "$T/page" ] || grep -q "lang=\"$language\"" "$T/page"
        : >"$T/page"
      done
    done
    [ $language = fr ] || break
    carnet -q add --approve --kind alert --priority urgent --expires '2020-03-18 10:00' --title Titre --author 'N. Riou' --attribution full "Une alerte." >/dev/null
    carnet -q add --expires 2020-03-16 --link https://example.org "Expirée." >/dev/null
    head -c 4000 /dev/zero | tr '\0' 'a' | carnet -q add - >/dev/null
    carnet -q produce --script midi
    carnet -q publish 2>/dev/null || true
    carnet -q schedule add "every weekday 12:00" --script midi
    as contributor -d 'text=La mienne.' "$B/api/entries" >/dev/null
  done
  as admin -H 'Accept: text/html' -d 'text=Des mots&expires=soon&kind=idea' "$B/api/entries" | grep -q 'Des mots</textarea>'
  as admin -H 'Accept: text/html' -d 'text=Des mots&expires=soon' "$B/api/entries/1" | grep -q 'Des mots</textarea>'
  as admin -H 'Accept: text/html' -d 'text=&format=pad' "$B/api/import" | grep -q 'class="bad"'
  as admin -H 'Accept: text/html' -d 'name=admin&password=x' "$B/api/login" | grep -q 'value="admin"'
  as admin -H 'Accept: text/html' -d 'name=x&password=court&code=x' "$B/api/join" | grep -q 'class="bad"'
  as admin -H 'Accept: text/html' -d 'name=machine' "$B/api/tokens" | grep -q '<code>'
  as admin -H 'Accept: text/html' -d 'name=Nolwenn&role=editor' "$B/api/users" | grep -q '<code>'
  as admin -H 'Accept: text/html' -X POST "$B/api/users/2/reset" | grep -q '<code>'
  [ "$(as admin -X POST "$B/api/users/99/reset" | tail -1)" = 422 ]
  [ "$(as admin -d role=king "$B/api/users/2" | tail -1)" = 422 ]
  [ "$(as admin -d name= "$B/api/tokens" | tail -1)" = 422 ]
  [ "$(as admin -d word= "$B/api/lexicon" | tail -1)" = 422 ]
  [ "$(as admin -d text= "$B/api/say" | tail -1)" = 422 ]
  [ "$(as admin -d text=x -d voice=nobody "$B/api/say" | tail -1)" = 422 ]
  [ "$(as admin -d when= "$B/api/schedule" | tail -1)" = 422 ]
  for page in 'api/rundown?date=nonsense' 'api/rundown?edition=../x' 'api/schedule?date=nonsense' 'api/entries?before=x' 'api/entries?before=99' \
    'rundown?date=nonsense' 'schedule?date=nonsense' 'explain?date=nonsense' 'scripts/nothing' 'entries/x' 'api/jobs/x' 'api/jobs/99'; do
    [ "$(as admin -H 'Accept: text/html' "$B/$page" | tail -1)" -ge 400 ]
  done
  echo 'broken: [' >"$S/editions/2020-03-17-midi/rundown.yaml"
  [ "$(as admin "$B/rundown" | tail -1)" = 422 ]
  [ "$(as admin -d item=0 "$B/api/rundown/drop" | tail -1)" = 422 ]
  mkdir -p "$S/podcast"
  echo 'broken: [' >"$S/podcast/2020-03-17-midi.json"
  [ "$(as admin "$B/podcast" | tail -1)" = 422 ]
  [ "$(as admin "$B/api/episodes" | tail -1)" = 422 ]
  cp "$S/station.yaml" "$T/station.yaml"
  echo 'name: [' >"$S/station.yaml" # what was there goes on
  [ "$(as admin "$B/logbook" | tail -1)" = 200 ]
  cp "$T/station.yaml" "$S/station.yaml"
}

@test "people from the command line: what is wrong, and a logbook that cannot be read" {
  local verb
  somebody editor
  carnet -q user add Nolwenn contributor >/dev/null
  carnet user lock editor
  run -0 carnet user list
  [[ $output == *'editor'*'locked out'* && $output == *'Nolwenn'*'has not come yet'* ]]
  for verb in 'add x king' 'role editor king' 'frobnicate' 'add' 'lock' 'list x' 'add a b c d'; do run -2 --separate-stderr carnet user $verb; done
  for verb in 'role nobody editor' 'lock nobody' 'reset nobody' 'add Nolwenn editor'; do run -3 --separate-stderr carnet user $verb; done
  run -2 --separate-stderr carnet desk --port 70000
  run -2 --separate-stderr carnet desk --port -5
  run -4 --separate-stderr carnet desk --port "${B##*:}" # somebody listens there
  run -3 --separate-stderr "$CARNET" -C "$T/none" desk
  run -3 --separate-stderr "$CARNET" -C "$T/none" user list
  run -3 --separate-stderr "$CARNET" -C "$T/none" order end
  for verb in 'air' 'end x' 'frobnicate' 'air a b'; do run -2 --separate-stderr carnet order $verb; done
  desk_stop
  for table in users invitations audit; do
    sqlite3 "$S/logbook.sqlite" "ALTER TABLE $table RENAME TO gone_$table"
    for verb in 'list' 'add Soizic editor' 'reset Nolwenn' 'role Nolwenn editor' 'lock Nolwenn'; do
      run --separate-stderr carnet user $verb
      [ "$status" = 0 ] || [ -n "$stderr" ]
    done
    [ $table != users ] || { run --separate-stderr carnet desk --port 0 && [ "$status" != 0 ]; }
    sqlite3 "$S/logbook.sqlite" "ALTER TABLE gone_$table RENAME TO $table"
  done
}

@test "stopped, it is gone at once, whatever is under way" {
  for i in 1 2 3; do as admin -N -m 20 "$B/api/events" >/dev/null 3>&- & done
  as admin -X POST "$B/api/rundown/produce" >/dev/null
  kill "$DESK"
  wait "$DESK"
  DESK=
  [ ! -s "$T/desk.err" ] || { cat "$T/desk.err"; false; }
  [ -z "$(pgrep -f -- "-C $S -q")" ]
}
