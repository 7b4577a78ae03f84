# A desk of a station, and who asks it. "load station.bash", "load desk.bash".
# shellcheck shell=bash disable=SC2034

# desk_start [ARGUMENT…]: on a port that is free. B is its address, CODE the one-time code of a first visit.
desk_start() {
  : >"$T/desk.log"
  "$CARNET" -C "$S" desk --port 0 "$@" >"$T/desk.log" 2>"$T/desk.err" 3>&- &
  DESK=$!
  local i
  for i in $(seq 200); do
    B=$(sed -n 's|^the desk: \(http://.*\)/$|\1|p' "$T/desk.log")
    [ -z "$B" ] || break
    sleep 0.05
  done
  [ -n "$B" ] || { cat "$T/desk.err"; false; }
  CODE=$(sed -n 's/^first visit: the one-time code is //p' "$T/desk.log")
}

desk_stop() {
  [ -z "${DESK:-}" ] || kill "$DESK" 2>/dev/null || true
  [ -z "${DESK:-}" ] || wait "$DESK" || true
  DESK=
}

PASSWORD='un mot de passe assez long'

# join CODE NAME: chooses PASSWORD; the session is in $T/NAME.jar, its word in $T/NAME.csrf.
join() {
  curl -sf -c "$T/$2.jar" -H 'Accept: application/json' --data-urlencode "code=$1" --data-urlencode "name=$2" \
    --data-urlencode "password=$PASSWORD" "$B/api/join" | jq -r .csrf >"$T/$2.csrf"
}

# log_in NAME [PASSWORD]
log_in() {
  curl -s -c "$T/$1.jar" -H 'Accept: application/json' --data-urlencode "name=$1" --data-urlencode "password=${2:-$PASSWORD}" \
    "$B/api/login" | jq -r .csrf >"$T/$1.csrf"
}

# as NAME CURL-ARGUMENT…: in his session. The answer's body is printed, then its status on a line of its own.
as() {
  local name=$1
  shift
  curl -s -b "$T/$name.jar" -H 'Accept-Language: en' -H "X-CSRF-Token: $(<"$T/$name.csrf")" -w '\n%{http_code}\n' "$@"
}

# status CURL-ARGUMENT…: of the answer alone
status() { curl -s -o /dev/null -w '%{http_code}' "$@"; }

# somebody ROLE: a user of that name and role, logged in
somebody() {
  local code
  code=$(as admin -d "name=$1&role=$1" "$B/api/users" | head -1 | jq -r .code)
  join "$code" "$1"
}

# job NUMBER: waits until it has ended; its state is printed
job() {
  local i state
  for i in $(seq 600); do
    state=$(as admin "$B/api/jobs/$1" | head -1 | jq -r .state)
    [ "$state" = running ] || break
    sleep 0.1
  done
  echo "$state"
}
