#!/usr/bin/env bats
# The podcast as others meet it: two feed readers, a podcast program whose download breaks off, a browser, curl's ranges.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash
load icecast.bash

setup_file() {
  station_environment
  S=$BATS_FILE_TMPDIR/station
  station_new
  export PORT
  PORT=$(icecast_free_port)
  for language in fr en; do
    local name=short
    [ $language = en ] || name=court
    cat >"$S/scripts/$name.yaml" <<YAML
title: $([ $language = fr ] && echo "Le carnet, en court" || echo "The logbook, in short")
language: $language
length: "1:00"
fit: at-most
least: "0:05"
repeat: true
voices: {presenter: $([ $language = fr ] && echo claire || echo emma), reader: $([ $language = fr ] && echo paul || echo emma)}
order:
  - say: "$([ $language = fr ] && echo 'Bonjour à toutes et à tous.' || echo 'Good morning to all.')"
  - entries: {most: 5}
    voice: reader
  - say: "$([ $language = fr ] && echo 'À demain.' || echo 'Until tomorrow.')"
YAML
  done
  carnet -q add --approve --title "Le marché" "Le marché de Kervalan ouvre à neuf heures. Voir https://example.org/marche?a=1&b=2" >/dev/null
  carnet -q add --approve --title "La passerelle" "La passerelle du canal est fermée à 14h30 <jusqu'à> demain & après." >/dev/null
  carnet -q add --approve --title "Le four" "Le four à pain s'allume samedi matin, apportez votre pâte." >/dev/null
  sed -i "/^mounts:/i podcast: {url: 'http://127.0.0.1:$PORT/', title: \"Le carnet d'Aurelle & environs\", email: radio@example.org, license: CC-BY-4.0, license-url: 'https://creativecommons.org/licenses/by/4.0/', hub: 'https://hub.example/', location: Kervalan, geo: 'geo:48.39,-4.48', people: [{name: N. Riou}], trailer: sounds/annonce.mp3, stream: 'http://127.0.0.1:9/bulletin.mp3'}" "$S/station.yaml"
  sed -i "s/^  port: .*/  port: 9/" "$S/station.yaml"
  echo "run: {listen: no, site-port: $PORT}" >>"$S/station.yaml"
  printf 'nobody\n' >"$S/icecast.password" && chmod 600 "$S/icecast.password"
  ffmpeg -nostdin -v error -f lavfi -i sine=frequency=440:duration=2 -b:a 64k "$S/sounds/annonce.mp3"
  carnet -q produce --script short
  carnet -q produce --script court
  carnet -q publish 2020-03-17-short 2020-03-17-court 2>/dev/null
  CARNET_NOW= "$CARNET" -C "$S" run >"$BATS_FILE_TMPDIR/run.log" 2>&1 3>&- &
  echo $! >"$BATS_FILE_TMPDIR/pid"
  local i
  for i in $(seq 100); do
    ! curl -sf -o /dev/null "http://127.0.0.1:$PORT/index.html" || break
    sleep 0.1
  done
}

teardown_file() { kill "$(<"$BATS_FILE_TMPDIR/pid")" 2>/dev/null || true; }

setup() {
  station_environment
  S=$BATS_FILE_TMPDIR/station
  E=2020-03-17-court
  ROOT=http://127.0.0.1:$PORT/
  PAGES=$REPO/tests/pages
}

needs_npm() { [ -e "$PAGES/node_modules/.ready" ] || skip "npm's packages are not there: \"make test\" asks for them"; }

@test "two feed readers of others read every field back" {
  needs_npm
  run node "$PAGES/read_feed.cjs" "$S/public/feed.xml" "$ROOT" "$E" <"$S/podcast/$E.json"
  echo "$output"
  [ "$output" = '2 episodes read back' ]
  # What is heard live, too.
  cp -a "$S" "$T/live"
  sed -i "s|podcast: {|podcast: {automatic: yes, |" "$T/live/station.yaml"
  sqlite3 "$T/live/logbook.sqlite" "INSERT INTO slots (start_us, occurrence, script, edition, priority, title, state, changed_us)
    VALUES ($(date -d "$CARNET_NOW" +%s)000000, 'x', 'court', '2020-03-17-court@1100', 5, 'Le midi', 'on-air', 0)"
  "$CARNET" -q -C "$T/live" publish --refresh 2>/dev/null
  LIVE=http://127.0.0.1:9/bulletin.mp3 node "$PAGES/read_feed.cjs" "$T/live/public/feed.xml" "$ROOT" "$E" <"$S/podcast/$E.json"
}

# podget_at RATE: as its user has it, and wget never faster than that
podget_at() {
  HOME=$T podget -d "$T/config" --create-config podgetrc >/dev/null || true
  sed -i "s|^DIR_LIBRARY=.*|DIR_LIBRARY=$T/library|; s|^WGET_BASEOPTS=.*|WGET_BASEOPTS=\"-c -nH --limit-rate=$1 --server-response --append-output=$T/wget.log\"|; s|^MOST_RECENT=.*|MOST_RECENT=1|" "$T/config/podgetrc"
  HOME=$T TMPDIR=$T exec setsid --wait podget -v -d "$T/config"
}

@test "podget subscribes; its download breaks off, and goes on where it was" {
  mkdir "$T/config"
  printf '%sfeed-court.xml Radio Carnet\n' "$ROOT" >"$T/config/serverlist"
  local mp3 size pid part= i
  mp3=$(ls "$S"/public/media/*court*.mp3) size=$(stat -c %s "$mp3")
  podget_at 40k >"$T/first.log" 2>&1 3>&- &
  pid=$!
  for i in $(seq 100); do
    part=$(find "$T/library" -name '*.mp3*' -size +10k 2>/dev/null | head -1)
    [ -z "$part" ] || break
    sleep 0.1
  done
  for i in $(pgrep -f "podget -v -d $T/config"); do kill -KILL -- "-$(ps -o pgid= -p "$i" | tr -d ' ')" 2>/dev/null || true; done
  wait "$pid" || true
  cat "$T/first.log"
  [ -n "$part" ]
  [ "$(stat -c %s "$part")" -lt "$size" ]
  rm -rf "$T/podget"
  (podget_at 100m) >"$T/second.log" 2>&1 || { cat "$T/second.log"; false; }
  cat "$T/second.log" "$T/wget.log"
  cmp "$mp3" "$(find "$T/library" -name '*.mp3*' -type f | head -1)"
  grep -q "206 Partial Content" "$T/wget.log"
}

@test "a browser: phone and desktop, light and dark, both languages, with and without JavaScript, axe on each page" {
  needs_npm
  run node "$PAGES/browse.cjs" "$ROOT" "$S/public" "$E" 2020-03-17-short
  echo "$output"
  [ "$status" = 0 ]
}

@test "curl's ranges: parts, ends, several, none; changed meanwhile; types, tags, sizes, gzip" {
  local mp3 url
  mp3=$(ls "$S"/public/media/*court*.mp3)
  url=${ROOT}media/$(basename "$mp3")
  local range
  for range in 0-0 0-99 100-199 1000- -500; do
    curl -sf -r "$range" -o "$T/part" -D "$T/head" "$url"
    grep -q '^HTTP/1.1 206' "$T/head"
    python3 - "$mp3" "$T/part" "$T/head" <<'P'
import re, sys
whole, part, head = (open(name, "rb").read() for name in sys.argv[1:])
first, last, of = map(int, re.search(rb"Content-Range: bytes (\d+)-(\d+)/(\d+)", head).groups())
assert part == whole[first:last + 1] and of == len(whole) and len(part) == last - first + 1
P
  done
  curl -s -r 999999999- -D "$T/head" -o /dev/null "$url"
  grep -q '^HTTP/1.1 416' "$T/head"
  grep -qi "^Content-Range: bytes \*/$(stat -c %s "$mp3")" "$T/head"
  curl -s -r 0-9,20-29 -D "$T/head" -o "$T/part" "$url" # several: all of it
  grep -q '^HTTP/1.1 200' "$T/head"
  cmp "$mp3" "$T/part"
  curl -s -r 0-9 -H 'If-Range: "another"' -o "$T/part" "$url"
  cmp "$mp3" "$T/part"
  curl -sI "$url" >"$T/head"
  grep -qi '^Content-Type: audio/mpeg' "$T/head"
  grep -qi '^Accept-Ranges: bytes' "$T/head"
  grep -qi "^Content-Length: $(stat -c %s "$mp3")" "$T/head"
  local tag
  tag=$(sed -n 's/^ETag: \(.*\)\r$/\1/Ip' "$T/head")
  [ "$(curl -s -o /dev/null -w '%{http_code}' -H "If-None-Match: $tag" "$url")" = 304 ]
  curl -s -r 5-9 -H "If-Range: $tag" -D "$T/head" -o /dev/null "$url"
  grep -q '^HTTP/1.1 206' "$T/head"
  local file type
  while read -r file type; do
    curl -sfI "$ROOT$file" >"$T/head"
    grep -qi "^Content-Type: $type" "$T/head"
    grep -qi '^Access-Control-Allow-Origin: \*' "$T/head"
    grep -qi '^Last-Modified: ' "$T/head"
    curl -sf --compressed "$ROOT$file" | cmp - "$S/public/$file"
  done <<LIST
feed.xml application/rss+xml
episodes/$E.vtt text/vtt
episodes/$E.srt application/x-subrip
episodes/$E.chapters.json application/json+chapters
episodes/$E.transcript.json application/json
episodes/$E.html text/html
site.css text/css
site.js text/javascript
cover.jpg image/jpeg
LIST
  curl -sf -H 'Accept-Encoding: gzip' -D "$T/head" -o /dev/null "${ROOT}feed.xml"
  grep -qi '^Content-Encoding: gzip' "$T/head"
}

@test "ffprobe reads the chapters; the sound, the transcript and the chapters agree to 50 ms" {
  local mp3
  mp3=$(ls "$S"/public/media/*court*.mp3)
  ffprobe -v error -show_chapters -of json "$mp3" >"$T/chapters.json"
  jq -e --slurpfile public "$S/public/episodes/$E.chapters.json" '
    [.chapters[] | {title: .tags.title, at: (.start_time | tonumber)}] as $found |
    [$public[0].chapters[] | {title, at: .startTime}] as $told |
    ($found | length) == ($told | length) and ([$found, $told] | transpose | all(.[0].title == .[1].title and (.[0].at - .[1].at | fabs < 0.05)))' "$T/chapters.json"
  # Before each entry there is a pause: the sound that comes after it begins where the transcript says.
  ffmpeg -nostdin -nostats -i "$mp3" -af silencedetect=noise=-50dB:d=0.25 -f null - 2>&1 | sed -n 's/.*silence_end: \([0-9.]*\).*/\1/p' >"$T/begins"
  python3 - "$T/begins" "$S/public/episodes/$E.transcript.json" <<'P'
import json, sys
begins = [0.0] + [float(line) for line in open(sys.argv[1])]
segments = json.load(open(sys.argv[2]))["segments"]
after_pause = [s for a, s in zip(segments, segments[1:]) if s["startTime"] > a["endTime"] + 0.1]
assert len(after_pause) >= 3, segments
for segment in after_pause:
    nearest = min(begins, key=lambda at: abs(at - segment["startTime"]))
    assert abs(nearest - segment["startTime"]) < 0.05, (segment, nearest)
P
}
