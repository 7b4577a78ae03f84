#!/usr/bin/env bats
# On the air, with everything against it: one broadcast to 15 mounts, each with a
# way of its own to a real Icecast, and each way with a fault of its own, all at
# once (tests/tools/fault_proxy.c). Listeners that know the programme
# (tests/tools/hear.c) say what was heard:
#   back on the air by itself, and live; old sound is never replayed;
#   a name that is not known and then is, an address that changes, a resolver that hangs;
#   the one mount without a fault is not disturbed; no descriptor is lost;
#   the as-run log claims what was heard; Ctrl-C in the midst of all of it.
# And TLS: a good certificate, and three that must not be trusted.
# tests/soak/air.sh does this for long, in random order.

bats_require_minimum_version 1.5.0
load trace.bash
load icecast.bash
load trouble.bash

setup() {
  REPO=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  CARNET=$(realpath "${CARNET:-$REPO/build/carnet}")
  TOOLS=${TOOLS:-$REPO/build/tools}
  export LC_ALL=C.UTF-8 NO_COLOR=1
  T=$BATS_TEST_TMPDIR
  S=$T/station
  export CARNET_TEST_HOSTS=$T/hosts
  cc -shared -fPIC -o "$T/resolver.so" "$REPO/tests/preload/resolver.c"
}

teardown() {
  [ -z "${AIR:-}" ] || kill -KILL "$AIR" 2>/dev/null || true
  [ -z "${SERVERS:-}" ] || kill -KILL $SERVERS 2>/dev/null || true
  listeners_stop
  [ -z "${PROXY:-}" ] || kill -KILL "$PROXY" 2>/dev/null || true
  icecast_stop
  [ -z "${OPEN:-}" ] || rm -rf "$OPEN"
}

air_begin() {
  ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0" LD_PRELOAD=$T/resolver.so \
    "$CARNET" -C "$S" air --script bruit >"$T/air.out" 2>&1 3>&- &
  AIR=$!
}

# until_true SECONDS COMMAND…: false when it does not come true
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.1
  done
}

mount_is_free() {
  [ "$(curl -s -m 1 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$ICECAST_PORT$1")" = 404 ]
}

count_of() { ls "/proc/$AIR/$1" | wc -l; }

# on_air TIMES MOUNT…: each was told so often to be on the air
on_air() {
  local times=$1 i
  shift
  for i; do [ "$(grep -cs "/$i\.mp3: on air" "$T/air.out")" -ge "$times" ] || return 1; done
}

@test "air: each fault alone, all at once: back by itself, live, and the log is true; then Ctrl-C" {
  # By number. What stands still for less than 10 s is not left; the last name is not known from the start.
  local faults=(none frozen drain killed mute reset 401 403 404 415 web garbage nodns moved nodns) ways=() i
  station_of_noise 60
  icecast_start "$T/icecast"
  proxy_start "$T" "$ICECAST_PORT" 15 hosts="$T/hosts"
  for i in {0..14}; do ways+=("door$i.test:${DOORS[$i]}"); done
  mounts_at "${ways[@]}"
  produce_noise
  fault 14 nodns
  listeners_start "$T" 15
  air_begin
  until_true 15 on_air 1 {0..13}
  sleep 1.5
  descriptors=$(count_of fd)

  for i in {1..13}; do fault "$i" "${faults[$i]}"; done
  sleep 3
  for i in {1..14}; do fault "$i" none; done
  ended=$(date +%s.%N)
  until_true 15 on_air 2 {3..13}
  until_true 5 on_air 1 14
  sleep 2
  [ "$(count_of fd)" -le $((descriptors + 6)) ] # one mount more, and questions that are just being asked

  for i in {1..14}; do fault "$i" "${faults[$i]}"; done
  sleep 1.5
  kill -INT "$AIR"
  local began=$SECONDS status=0
  wait "$AIR" || status=$?
  AIR=
  cat "$T/air.out"
  [ "$status" = 4 ]
  [ $((SECONDS - began)) -le 15 ]
  listeners_stop

  truth "$T" 15 >"$T/truth"
  for i in {0..14}; do
    echo "${faults[$i]}: mount, claimed, heard, heard late: $(sed -n $((i + 1))p "$T/truth");" \
      "back after $(back_after "$T/heard.$i" "$ended") s"
    awk -v back="$(back_after "$T/heard.$i" "$ended")" 'BEGIN {exit !(back != "never" && back <= 15)}'
  done
  # Undisturbed is undisturbed: one stretch, all of it.
  [ "$(wc -l <"$T/heard.0")" = 1 ]
  awk 'NR == 1 {d = $2 - $3; exit !(d < 0.5 && d > -0.5)}' "$T/truth"
  # Two outages each: what was in the kernel's buffers then had been sent, and was not heard.
  awk '{d = $2 - $3 - $4; if (d > 4 || d < -1 || $4 > 2) {print "not true: " $0; bad = 1}} END {exit bad}' "$T/truth"
}

# bats test_tags=long
@test "air: a resolver that hangs while a healthy server is heard: the connection stays" {
  station_of_noise 60
  icecast_start "$T/icecast"
  echo 'radio.test 127.0.0.1' >"$T/hosts"
  mounts_at "radio.test:$ICECAST_PORT"
  produce_noise
  listeners_start "$T" 1
  air_begin
  until_true 15 on_air 1 0
  echo 'radio.test hangs' >"$T/hosts"
  sleep 24 # it is asked each 8 s, and left when it has not answered for 10 s
  kill -INT "$AIR"
  wait "$AIR" || true
  AIR=
  cat "$T/air.out"
  listeners_stop
  on_air 1 0
  [ "$(grep -c ': lost' "$T/air.out")" = 0 ]
  [ "$(wc -l <"$T/heard.0")" = 1 ]
}

@test "air: TLS: a good certificate is heard; one self-signed, for another name or expired gets no password" {
  local name ways=()
  certificate good radio.test
  certificate unknown radio.test
  certificate elsewhere ailleurs.test
  certificate expired radio.test -startdate 20200101000000Z -enddate 20200201000000Z
  station_of_noise 5
  # As root Icecast becomes nobody before it reads its certificate; bats' own folder is closed to him.
  OPEN=$(mktemp -d)
  chmod 755 "$OPEN"
  install -m 644 "$T/good.pem" "$OPEN/icecast.pem"
  icecast_start "$OPEN"
  ways=("radio.test:$ICECAST_TLS_PORT")
  for name in unknown elsewhere expired; do
    tls_server "$name"
    ways+=("radio.test:$PORT")
  done
  echo 'radio.test 127.0.0.1' >"$T/hosts"
  mounts_at "${ways[@]}"
  # Trusted: all but the unknown one. So the others are refused for their name and their date alone.
  trusting good elsewhere expired
  produce_noise
  listeners_start "$T" 4
  air_begin
  local status=0
  wait "$AIR" || status=$?
  AIR=
  cat "$T/air.out"
  [ "$status" = 0 ]
  # Icecast 2.4 keeps the mount of a TLS source that says good-bye: ours must not.
  until_true 3 mount_is_free /0.mp3
  listeners_stop
  truth "$T" 4 | tee "$T/truth"
  awk 'NR == 1 {exit !($2 > 4.9 && $3 > 4.8)}' "$T/truth"
  for name in 1 2 3; do
    grep -qi "/$name\.mp3: lost: .*certificate" "$T/air.out"
    awk -v n="$name" '$1 == n {exit !($2 == 0 && $3 == 0)}' "$T/truth"
  done
  [ ! -s "$T/unknown.told" ]
  [ ! -s "$T/elsewhere.told" ]
  [ ! -s "$T/expired.told" ]
}

# bats test_tags=long
@test "air: TLS: a connection that is lost is back, and stays; its neighbour does not notice" {
  certificate good door0.test,door1.test,door2.test,door3.test
  local ways=() times door i ended
  station_of_noise 40
  OPEN=$(mktemp -d)
  chmod 755 "$OPEN"
  install -m 644 "$T/good.pem" "$OPEN/icecast.pem"
  icecast_start "$OPEN"
  proxy_start "$T" "$ICECAST_TLS_PORT" 4 hosts="$T/hosts"
  for i in {0..3}; do ways+=("door$i.test:${DOORS[$i]}"); done
  mounts_at "${ways[@]}"
  trusting good
  produce_noise
  listeners_start "$T" 4
  air_begin
  until_true 15 on_air 1 {0..3}
  sleep 1.5
  # Twice, for what OpenSSL keeps of a connection that is lost ended all later ones.
  for times in 2 3; do
    for door in 0 1 2; do fault $door reset; done
    sleep 1
    for door in 0 1 2; do
      fault $door none
      sleep 0.4
    done
    ended=$(date +%s.%N)
    until_true 15 on_air "$times" {0..2}
    sleep 3
  done
  kill -INT "$AIR"
  wait "$AIR" || true
  AIR=
  cat "$T/air.out"
  listeners_stop
  for i in {0..2}; do
    [ "$(grep -c "/$i\.mp3: on air" "$T/air.out")" = 3 ]
    awk -v back="$(back_after "$T/heard.$i" "$ended")" 'BEGIN {exit !(back != "never" && back <= 15)}'
  done
  [ "$(wc -l <"$T/heard.3")" = 1 ]
  truth "$T" 4 | tee "$T/truth"
  awk '{d = $2 - $3 - $4; if (d > 4 || d < -1) bad = 1} END {exit bad}' "$T/truth"
}
