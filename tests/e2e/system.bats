#!/usr/bin/env bats
# What a station is run with: the systemd unit (is it well written, how tight is it, does everything work within it) and
# the sample configuration of Icecast, whose listeners are brought over to a bulletin and back.

bats_require_minimum_version 1.5.0
load trace.bash
load icecast.bash

setup() {
  CARNET=$(realpath "${CARNET:-$BATS_TEST_DIRNAME/../../build/carnet}")
  TOOLS=$(realpath "${TOOLS:-$BATS_TEST_DIRNAME/../../build/tools}")
  SYSTEM=$(realpath "$BATS_TEST_DIRNAME/../../pipeline/system")
  export LC_ALL=C.UTF-8 NO_COLOR=1 TZ=UTC
  unset CARNET_NOW CARNET_STATION NOTIFY_SOCKET WATCHDOG_USEC JOURNAL_STREAM
  T=$BATS_TEST_TMPDIR
  S=$T/station
}

teardown() {
  [ -z "${PIDS:-}" ] || kill -KILL $PIDS 2>/dev/null || true
  icecast_stop
}

until_true() { # SECONDS COMMAND…
  local i n=$(($1 * 10))
  shift
  for i in $(seq "$n"); do
    ! "$@" || return 0
    sleep 0.1
  done
  return 1
}

# The calls that the unit allows, one a line: its own groups, opened up by systemd, without those after "~".
allowed_calls() {
  python3 - "$SYSTEM/carnet@.service" <<'P'
import functools, re, subprocess, sys

@functools.cache
def calls(name):
    if not name.startswith("@"):
        return frozenset({name})
    text = subprocess.run(["systemd-analyze", "--no-pager", "syscall-filter", name], capture_output=True, text=True, check=True).stdout
    listed = [line.strip() for line in text.splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
    return frozenset().union(*(calls(one) for one in listed))

allowed = set()
for words in re.findall(r"^SystemCallFilter=(.*)$", open(sys.argv[1]).read(), re.M):
    names = frozenset().union(*(calls(name) for name in words.lstrip("~").split()))
    allowed = allowed - names if words.startswith("~") else allowed | names
assert len(allowed) > 100, allowed
print("\n".join(sorted(allowed)))
P
}

@test "the unit: systemd finds nothing wrong with it, and what it leaves open is little" {
  command -v systemd-analyze >/dev/null || skip "no systemd here"
  mkdir -p "$T/root/usr/lib/systemd/system" "$T/root/usr/local/bin"
  cp /usr/lib/systemd/system/{basic,sysinit,shutdown,network-online,time-sync,multi-user}.target "$T/root/usr/lib/systemd/system/"
  cp "$SYSTEM/carnet@.service" "$T/root/usr/lib/systemd/system/"
  cp "$(type -P true)" "$T/root/usr/local/bin/carnet"
  mkdir -p "$T/root/bin"
  cp "$(type -P true)" "$T/root/bin/kill"
  run systemd-analyze verify --man=no --root="$T/root" carnet@essai.service
  echo "$output"
  [ "$status" = 0 ]
  [[ $output != *carnet@* ]]
  run systemd-analyze security --no-pager --offline=true --threshold=20 "$SYSTEM/carnet@.service"
  echo "$output" | tail -20
  [ "$status" = 0 ]
}

@test "the user that stations run as is one that systemd makes" {
  command -v systemd-sysusers >/dev/null || skip "no systemd here"
  mkdir -p "$T/root/etc"
  systemd-sysusers --root="$T/root" "$SYSTEM/carnet.sysusers"
  grep -q '^carnet:.*:/var/lib/carnet:' "$T/root/etc/passwd"
}

# bats test_tags=long
@test "within what the unit allows a station makes its bulletin, airs it and hears it" {
  command -v systemd-analyze >/dev/null || skip "no systemd here"
  ! ldd "$CARNET" | grep -q libasan || skip "a sanitizer looks for leaks by system calls of its own"
  allowed_calls >"$T/calls"
  # The filter holds: what it does not name is refused.
  run "$TOOLS/under_unit" "$(command -v chown)" nobody "$T" <"$T/calls"
  [ "$status" = 1 ]
  icecast_start "$T/icecast"
  "$CARNET" -q init "$S"
  rm -f "$S"/schedules/*.ics
  (umask 077 && echo ouvre-toi >"$S/icecast.password")
  cat >"$S/station.yaml" <<YAML
name: Radio d'Aurelle
language: fr
zone: Europe/Paris
icecast: {host: 127.0.0.1, port: $ICECAST_PORT, password-file: icecast.password}
mounts:
  - {mount: /a.mp3, format: mp3, bitrate: 64, mode: continuous}
run: {urgent: alerte, filler: [attente]}
YAML
  "$TOOLS/under_unit" "$CARNET" -C "$S" run <"$T/calls" >"$T/run.log" 2>&1 3>&- &
  PIDS=$!
  until_true 20 grep -q 'is running' "$T/run.log" || { cat "$T/run.log"; false; }
  "$CARNET" -q -C "$S" add --approve --priority urgent --kind alert "Fuite de gaz, évitez la place."
  until_true 30 sh -c "[ \"\$(sqlite3 -cmd '.timeout 5000' '$S/logbook.sqlite' \"SELECT state FROM slots WHERE script = 'alerte'\")\" = done ]" ||
    { cat "$T/run.log"; false; }
  until_true 20 grep -q '/a.mp3: is heard' "$T/run.log"
  kill -TERM "$PIDS"
  wait "$PIDS"
  PIDS=
  cat "$T/run.log"
  run ! grep -qi 'not permitted\|sandbox' "$T/run.log"
}

# The sample, as a user changes it: passwords, a port, folders of its own.
sample_config() {
  local owner=
  [ "$(id -u)" != 0 ] || owner='<changeowner><user>nobody</user><group>nogroup</group></changeowner>'
  sed -e "s|<port>8000</port>|<port>$ICECAST_PORT</port><bind-address>127.0.0.1</bind-address>|" \
    -e "s|change-me-source|$ICECAST_PASSWORD|; s|change-me-admin|gardien|" -e "s|/var/log/icecast2|$T/icecast|" \
    -e 's|access.log|-|; s|error.log|-|' -e "s|<chroot>0</chroot>|&$owner|" "$SYSTEM/icecast.xml" >"$T/icecast/icecast.xml"
}

# clients MOUNT: how many listen there, and what they were moved to
clients() {
  curl -sf -u admin:gardien "http://127.0.0.1:$ICECAST_PORT/admin/listclients?mount=$1" | grep -o '<Listeners>[0-9]*' | grep -o '[0-9]*$'
}

@test "the sample Icecast: a listener is brought over to the bulletin and back, on one connection" {
  ICECAST_PORT=$(icecast_free_port)
  mkdir -p "$T/icecast"
  [ "$(id -u)" != 0 ] || chmod 755 "$T" "$T/icecast"
  sample_config
  local try
  for try in 1 2 3 4 5; do ! icecast_try "$T/icecast" || break; done
  run ! grep -q 'WARN CONFIG' "$T/icecast/icecast.log" || { cat "$T/icecast/icecast.log"; false; }
  "$CARNET" -q init "$S"
  (umask 077 && echo ouvre-toi >"$S/icecast.password")
  cat >"$S/station.yaml" <<YAML
name: Radio d'Aurelle
language: fr
zone: Europe/Paris
icecast: {host: 127.0.0.1, port: $ICECAST_PORT, password-file: icecast.password}
mounts: [{mount: /antenne.mp3, format: mp3, bitrate: 128}]
YAML
  "$CARNET" -q -C "$S" add --approve "Le marché de Kervalan ouvre à neuf heures."
  "$CARNET" -q -C "$S" produce --script flash
  # Somebody else's automaton, at 300 Hz.
  ffmpeg -nostdin -v error -re -f lavfi -i 'sine=frequency=300:sample_rate=48000' -ac 2 -b:a 128k -f mp3 \
    -content_type audio/mpeg "icecast://source:ouvre-toi@127.0.0.1:$ICECAST_PORT/automate.mp3" 3>&- &
  PIDS=$!
  until_true 10 clients /automate.mp3
  curl -sfN -m 120 -o "$T/heard.mp3" "http://127.0.0.1:$ICECAST_PORT/antenne.mp3" 3>&- &
  local listener=$!
  PIDS="$PIDS $listener"
  until_true 10 test -s "$T/heard.mp3"
  "$CARNET" -q -C "$S" air --script flash
  sleep 5
  kill -0 "$listener" # the same one, still there
  kill "$listener"
  wait "$listener" || true
  [ "$(grep -c 'GET /antenne.mp3' "$T/icecast/icecast.log")" -le 1 ]
  # The tone, the bulletin without it, and the tone again.
  ffmpeg -nostdin -hide_banner -i "$T/heard.mp3" \
    -af 'bandpass=frequency=300:width_type=h:width=2,bandpass=frequency=300:width_type=h:width=2,silencedetect=noise=-40dB:duration=3' \
    -f null - 2>"$T/detected" || true
  cat "$T/detected" | grep silence_
  [ "$(grep -c silence_start "$T/detected")" -ge 1 ]
  [ "$(grep -c silence_end "$T/detected")" = "$(grep -c silence_start "$T/detected")" ]
  local from total
  from=$(grep -o 'silence_start: [0-9.]*' "$T/detected" | head -1 | cut -d' ' -f2)
  total=$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$T/heard.mp3")
  awk -v from="$from" -v total="$total" -v to="$(grep -o 'silence_end: [0-9.]*' "$T/detected" | tail -1 | cut -d' ' -f2)" \
    'BEGIN { exit !(from > 0.5 && to < total - 1) }'
}

# bats test_tags=long
@test "the sample Icecast: carnet dies, listeners hear the automaton, and are brought back, on one connection" {
  ICECAST_PORT=$(icecast_free_port)
  mkdir -p "$T/icecast"
  [ "$(id -u)" != 0 ] || chmod 755 "$T" "$T/icecast"
  sample_config
  local try listener run
  for try in 1 2 3 4 5; do ! icecast_try "$T/icecast" || break; done
  "$CARNET" -q init "$S"
  rm -f "$S"/schedules/*.ics
  (umask 077 && echo ouvre-toi >"$S/icecast.password")
  cat >"$S/station.yaml" <<YAML
name: Radio d'Aurelle
language: fr
zone: Europe/Paris
icecast: {host: 127.0.0.1, port: $ICECAST_PORT, password-file: icecast.password}
mounts: [{mount: /radio.mp3, format: mp3, bitrate: 128, mode: continuous}]
run: {listen: no, filler: [attente]}
YAML
  ffmpeg -nostdin -v error -re -f lavfi -i 'sine=frequency=300:sample_rate=48000' -ac 2 -b:a 128k -f mp3 \
    -content_type audio/mpeg "icecast://source:ouvre-toi@127.0.0.1:$ICECAST_PORT/secours.mp3" 3>&- &
  PIDS=$!
  "$CARNET" -C "$S" run >"$T/run.log" 2>&1 3>&- &
  run=$!
  PIDS="$PIDS $run"
  until_true 20 grep -q '/radio.mp3: connected' "$T/run.log"
  curl -sfN -m 120 -o "$T/heard.mp3" "http://127.0.0.1:$ICECAST_PORT/radio.mp3" 3>&- &
  listener=$!
  PIDS="$PIDS $listener"
  sleep 6
  kill -KILL "$run"
  wait "$run" || true
  sleep 6
  "$CARNET" -C "$S" run >>"$T/run.log" 2>&1 3>&- &
  run=$!
  PIDS="$PIDS $run"
  sleep 7
  kill -0 "$listener" # the same one, still there
  kill "$listener"
  wait "$listener" || true
  kill -TERM "$run"
  wait "$run"
  # The tone in the middle, and nowhere else: what is left when it is filtered out is loud before and after.
  ffmpeg -nostdin -hide_banner -i "$T/heard.mp3" \
    -af 'bandpass=frequency=300:width_type=h:width=2,bandpass=frequency=300:width_type=h:width=2,silencedetect=noise=-40dB:duration=2' \
    -f null - 2>"$T/detected" || true
  grep silence_ "$T/detected"
  local until again total
  until=$(grep -o 'silence_end: [0-9.]*' "$T/detected" | head -1 | cut -d' ' -f2)
  again=$(grep -o 'silence_start: [0-9.]*' "$T/detected" | tail -1 | cut -d' ' -f2)
  total=$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$T/heard.mp3")
  awk -v until="$until" -v again="$again" -v total="$total" 'BEGIN { exit !(until > 3 && again > until + 3 && again < total - 1.5) }'
}
