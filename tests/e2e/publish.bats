#!/usr/bin/env bats
# carnet publish: feeds that strict readers take, addresses that all answer, guids that stay, corrections, what is taken
# back, what is too old, nothing written twice, a kill at any moment, hostile words in pages.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash

setup_file() {
  station_environment
  S=$BATS_FILE_TMPDIR/sample
  station_new
  cat >"$S/scripts/court.yaml" <<'YAML'
title: Le carnet, en court
language: fr
length: "1:00"
fit: at-most
least: "0:05"
voices: {presenter: claire}
order:
  - say: "Bonjour à toutes et à tous."
  - entries: {most: 5}
  - say: "À demain."
YAML
  carnet -q add --approve "Le marché de Kervalan ouvre à neuf heures. Voir https://example.org/marche?a=1&b=2" >/dev/null
  carnet -q add --approve --kind question "Qui a retrouvé un parapluie <rouge> & une clé ?" >/dev/null
  carnet -q produce --script court
}

setup() {
  station_environment
  cp -a "$BATS_FILE_TMPDIR/sample" "$S"
  sed -i '/^mounts:/i podcast: {url: "https://radio.example/carnet", email: radio@example.org, license: CC-BY-4.0, license-url: "https://creativecommons.org/licenses/by/4.0/"}' "$S/station.yaml"
  E=2020-03-17-court
}

teardown() { [ -z "${HUB:-}" ] || kill "$HUB" 2>/dev/null || true; }

feed() { xmllint --noout "$S/public/feed.xml" && /usr/bin/python3 - "$S/public/${2:-feed.xml}" "$1" <<'P'
import sys, xml.etree.ElementTree as ET
ns = {"itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd", "podcast": "https://podcastindex.org/namespace/1.0",
      "atom": "http://www.w3.org/2005/Atom", "content": "http://purl.org/rss/1.0/modules/content/"}
channel = ET.parse(sys.argv[1]).getroot().find("channel")
items = channel.findall("item")
print(eval(sys.argv[2]))
P
}

# Every address in the feeds and pages below the station's own is a file that is there.
all_answer() {
  /usr/bin/python3 - "$S/public" <<'P'
import html.parser, os, re, sys, urllib.parse, xml.etree.ElementTree as ET
root = sys.argv[1]
def there(path): assert os.path.isfile(os.path.join(root, urllib.parse.unquote(path))), path
for folder, _, names in os.walk(root):
    for name in names:
        path = os.path.join(folder, name)
        if name.endswith(".xml"):
            for element in ET.parse(path).iter():
                for value in list(element.attrib.values()) + [element.text or ""]:
                    if value.startswith("https://radio.example/carnet/"):
                        there(value.removeprefix("https://radio.example/carnet/") or "index.html")
        if name.endswith(".html"):
            class Links(html.parser.HTMLParser):
                def handle_starttag(self, tag, attributes):
                    for key, value in attributes:
                        if key in ("href", "src") and not re.match(r"[a-z]+:|#", value):
                            there(os.path.relpath(os.path.join(folder, value.split("#")[0]), root))
            Links().feed(open(path, encoding="utf-8").read())
P
}

@test "a feed with all that directories ask for, and addresses that answer" {
  run -0 --separate-stderr carnet publish
  [[ $output == *"1 episode"*"file://"* ]]
  [ -z "$stderr" ]
  all_answer
  [ "$(feed 'channel.find("atom:link", ns).get("href")')" = 'https://radio.example/carnet/feed.xml' ]
  [ "$(feed 'channel.find("podcast:guid", ns).text')" = "$(/usr/bin/python3 -c 'import uuid; print(uuid.uuid5(uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6"), "radio.example/carnet/feed.xml"))')" ]
  [ "$(feed 'channel.find("itunes:owner/itunes:email", ns).text')" = radio@example.org ]
  [ "$(feed 'items[0].find("guid").get("isPermaLink")')" = false ]
  feed 'items[0].find("pubDate").text' | grep -q '^Tue, 17 Mar 2020 1[01]:00:00 +0000$' # its day's noon
  [ "$(LC_ALL=fr_FR.UTF-8 feed 'len(items)')" = 1 ]
  local mp3
  mp3=$S/public/$(feed 'items[0].find("enclosure").get("url")' | sed 's|https://radio.example/carnet/||')
  [ "$(stat -c %s "$mp3")" = "$(feed 'items[0].find("enclosure").get("length")')" ]
  cmp "$mp3" "$S/editions/$E/bulletin.mp3"
  cmp "$S/public/episodes/$E.vtt" "$S/editions/$E/words.vtt"
  sed 's/<[0-9:.]*>//g' "$S/editions/$E/words.vtt" | cmp - "$S/editions/$E/transcript.vtt"
  cmp "$S/public/episodes/$E.chapters.json" "$S/editions/$E/chapters.json"
  jq -e '.version == "1.0.0" and (.segments | length > 3)' "$S/public/episodes/$E.transcript.json"
  [ "$(ffprobe -v error -show_entries stream=codec_name -of csv=p=0 "$S/public/episodes/$E.srt")" = subrip ]
  feed 'items[0].find("content:encoded", ns).text' | grep -qF 'https://example.org/marche?a=1&amp;b=2'
  feed 'channel.find("title").text' feed-court.xml | grep -q 'court'
}

@test "pages are well-formed, in the language of what they tell, small, and hostile words are words" {
  carnet -q publish
  for page in index.html archive.html "episodes/$E.html"; do
    xmllint --html --noout "$S/public/$page" 2>&1 | grep -v 'Tag \(audio\|header\|nav\|main\|footer\|section\|article\|source\|svg\|path\|details\|summary\) invalid' | grep -i 'error' && return 1
    [ "$(stat -c %s "$S/public/$page")" -lt 51200 ]
    grep -q '<html lang="fr">' "$S/public/$page"
  done
  grep -q 'parapluie &lt;rouge&gt; &amp; une clé' "$S/public/episodes/$E.html"
  run ! grep -q '<rouge>' "$S/public/episodes/$E.html"
  grep -q 'Le dernier bulletin' "$S/public/index.html"
}

@test "published again nothing is written; corrected it keeps its guid, has another address, and says so" {
  carnet -q publish
  local guid url
  guid=$(feed 'items[0].find("guid").text') url=$(feed 'items[0].find("enclosure").get("url")')
  carnet publish --json | jq -e '.written == 0 and .removed == 0 and .episodes == 1 and .feed == "https://radio.example/carnet/feed.xml"'
  carnet -q edit 1 --text "Le marché de Kervalan ouvre à dix heures." >/dev/null
  carnet -q produce --script court --again
  carnet -q publish --note "L'horaire du marché est corrigé."
  all_answer
  [ "$(feed 'items[0].find("guid").text')" = "$guid" ]
  [ "$(feed 'items[0].find("enclosure").get("url")')" != "$url" ]
  [ "$(find "$S/public/media" -name '*.mp3' | wc -l)" = 1 ]
  feed 'items[0].find("content:encoded", ns).text' | grep -q "L'horaire du marché est corrigé"
  grep -q "L'horaire du marché est corrigé" "$S/public/episodes/$E.html"
}

@test "what is taken back leaves sound, transcript and notes; an episode is retracted" {
  carnet -q publish
  carnet -q withdraw 2
  carnet -q publish "$E"
  run ! grep -rq 'parapluie' "$S/public"
  all_answer
  # Nothing that was not on the air comes in its place.
  carnet -q add --approve "La poste ferme plus tôt." >/dev/null
  carnet -q withdraw 1
  carnet -q publish "$E"
  run ! grep -rq 'poste\|Kervalan' "$S/public"
  # An encoding that is made no more still holds it, and is not published.
  cp "$S/editions/$E/bulletin.opus" "$T/old.opus"
  touch -d '2020-01-01' "$S/editions/$E/bulletin.opus"
  carnet -q publish "$E"
  [ "$(find "$S/public/media" -name '*.opus' | wc -l)" = 0 ]
  # All that is to be retracted, or nothing.
  local guid
  guid=$(feed 'items[0].find("guid").text')
  run -3 --separate-stderr carnet publish --retract "$E" --retract 2020-01-01-midi
  [[ $stderr == *'2020-01-01-midi is not published'* ]]
  [ "$(feed 'len(items)')" = 1 ]
  carnet -q publish --retract "$E"
  [ "$(feed 'len(items)')" = 0 ]
  [ -z "$(ls -A "$S/public/media")" ]
  [ ! -e "$S/public/episodes/$E.html" ]
  grep -q 'Rien n’est encore publié' "$S/public/index.html"
  # It does not come back by itself; by name, it has its guid again.
  carnet -q publish --all
  [ "$(feed 'len(items)')" = 0 ]
  carnet -q publish "$E"
  [ "$(feed 'items[0].find("guid").text')" = "$guid" ]
}

@test "downloads are counted in the web server's log, plain or packed, named or the station's own" {
  carnet -q publish $E
  local media
  media=$(cd "$S/public" && ls media/*.mp3 | head -1)
  for n in 1 1 2; do
    echo "192.0.2.$n - - [29/Nov/2026:12:00:00 +0100] \"GET /carnet/$media HTTP/1.1\" 200 10000000 \"-\" \"AntennaPod/3.4\""
  done >"$T/access.log"
  echo "192.0.2.7 - - [29/Nov/2026:12:00:00 +0100] \"GET /carnet/$media HTTP/1.1\" 200 10000000 \"-\" \"Googlebot\"" >>"$T/access.log"
  sed 's|29/Nov|30/Nov|' "$T/access.log" | gzip >"$T/access.log.2.gz"
  run carnet downloads "$T/access.log"
  [[ $output == *"$E  2 "* && $output == *"2 downloads"* ]]
  carnet downloads --json "$T/access.log" "$T/access.log.2.gz" |
    jq -e --arg e $E '.[0] == {edition: $e, title: .[0].title, downloads: 4, days: {"2026-11-29": 2, "2026-11-30": 2}}'
  carnet downloads - --json <"$T/access.log" | jq -e '.[0].downloads == 2'
  run ! grep -rq '192.0.2' "$S" # nothing of a listener is kept
  run -2 carnet downloads
  [[ $output == *"podcast: {log:"* ]]
  sed -i 's|^podcast: {|podcast: {log: access.log, |' "$S/station.yaml"
  run -3 carnet downloads
  cp "$T/access.log" "$S/access.log"
  carnet downloads --json | jq -e '.[0].downloads == 2'
  head -c 3000 /dev/urandom >"$T/broken.gz"
  run -3 carnet downloads "$T/broken.gz"
}

@test "what is too old or too much goes, but what is kept" {
  sed -i 's|podcast: {|podcast: {keep-episodes: 1, keep-days: 30, |' "$S/station.yaml"
  carnet -q publish
  cp -a "$S/editions/$E" "$S/editions/2020-03-18-court"
  CARNET_NOW=2020-03-18T11:00:00Z "$CARNET" -q -C "$S" publish 2020-03-18-court
  [ "$(feed 'len(items)')" = 1 ]
  CARNET_NOW=2020-03-18T12:00:00Z "$CARNET" -q -C "$S" publish 2020-03-18-court --keep 2020-03-18-court
  CARNET_NOW=2020-06-18T12:00:00Z "$CARNET" -q -C "$S" publish 2020-03-17-court
  [ "$(feed '[i.find("link").text for i in items]')" = "['https://radio.example/carnet/episodes/2020-03-18-court.html']" ]
}

@test "--all is every bulletin, and neither filler nor what was urgent" {
  sed -i 's|^podcast:|run: {filler: [cour]}\n&|' "$S/station.yaml"
  cp "$S/scripts/court.yaml" "$S/scripts/cour.yaml"
  cp -a "$S/editions/$E" "$S/editions/2020-03-17-cour"
  cp -a "$S/editions/$E" "$T/cour"
  cp -a "$S/editions/$E" "$S/editions/2020-03-17-court@u12"
  cp -a "$S/editions/$E" "$S/editions/2020-03-16-court"
  cp -a "$S/editions/$E" "$S/editions/.2020-03-15-court"
  mkdir "$S/editions/2020-03-14-court" # planned, not made
  carnet -q publish --all
  [ "$(feed 'sorted(i.find("link").text[-15:] for i in items)')" = "['03-16-court.html', '03-17-court.html']" ] ||
    [ "$(feed 'len(items)')" = 2 ]
  [ "$(feed 'items[0].find("link").text')" = "https://radio.example/carnet/episodes/$E.html" ] # the newest
  run -3 --separate-stderr carnet publish --keep 2020-01-01-midi
  [[ $stderr == *'is not published'* ]]
  rm -r "$S/editions"
  carnet publish --all --json | jq -e '.episodes == 2' # what is published stays
  run -3 --separate-stderr carnet publish
  [[ $stderr == *'carnet produce'* ]]
  mkdir "$S/editions"
  cp -a "$T/cour" "$S/editions/2020-03-17-cour" # filler, made last: not what is meant
  run -3 --separate-stderr carnet publish
  [[ $stderr == *'carnet produce'* ]]
  run -3 --separate-stderr carnet publish --retract "$E" --retract 2020-01-01-midi # all or none
  [ -e "$S/podcast/$E.json" ]
}

@test "what was taken back leaves also the episodes that nobody named" {
  cp -a "$S/editions/$E" "$S/editions/2020-03-16-court"
  carnet -q publish --all
  [ "$(grep -rl parapluie "$S/public/episodes" | wc -l)" -gt 4 ]
  carnet -q withdraw 2
  run -0 --separate-stderr carnet -q publish --refresh
  [ -z "$stderr" ]
  run ! grep -rq parapluie "$S/public"
  [ "$(feed 'len(items)')" = 2 ]
  # An edition that is gone cannot be made without it: the episode goes.
  rm -r "$S/editions/2020-03-16-court"
  carnet -q withdraw 1
  run -0 --separate-stderr carnet -q publish --refresh
  [[ $stderr == *'2020-03-16-court is taken out'* ]]
  run ! grep -rq Kervalan "$S/public"
  [ "$(feed 'len(items)')" = 1 ]
  all_answer
}

@test "the hub is told and the files are sent, now or by the next run" {
  mkdir "$T/elsewhere"
  sed -i "s|podcast: {|podcast: {hub: 'http://127.0.0.1:9/', send: [cp, -R, '{public}/.', '$T/elsewhere'], |" "$S/station.yaml"
  run -0 --separate-stderr carnet -q publish
  [[ $stderr == *'127.0.0.1:9'*'tells it again'* ]]
  diff -r "$S/public" "$T/elsewhere"
  # A hub that listens; a folder that is gone.
  python3 - "$T/port" >"$T/told" 2>/dev/null 3>&- <<'P' &
import http.server, sys
class Hub(http.server.BaseHTTPRequestHandler):
    busy = True  # at first
    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if not Hub.busy:
            print(text, flush=True)
        self.send_response(503 if Hub.busy else 204)
        Hub.busy = False
        self.end_headers()
server = http.server.HTTPServer(("127.0.0.1", 0), Hub)
open(sys.argv[1], "w").write(str(server.server_port))
server.serve_forever()
P
  HUB=$!
  local port
  until [ -s "$T/port" ]; do sleep 0.05; done
  port=$(<"$T/port")
  sed -i "s|http://127.0.0.1:9/|http://127.0.0.1:$port/|" "$S/station.yaml"
  run -0 --separate-stderr carnet -q publish --refresh
  [[ $stderr == *503*'tells it again'* ]]
  carnet -q publish --refresh # which changes nothing itself
  [ "$(<"$T/told")" = 'hub.mode=publish&hub.url=https%3A%2F%2Fradio.example%2Fcarnet%2Ffeed.xml&hub.topic=https%3A%2F%2Fradio.example%2Fcarnet%2Ffeed.xml' ]
  carnet -q publish # nothing new: nobody is told
  # Taken out, then an error: the next run sends it all the same.
  run -3 --separate-stderr carnet publish --retract "$E" 2020-03-16-midi
  run ! cmp "$S/public/feed.xml" "$T/elsewhere/feed.xml"
  carnet -q publish --refresh
  cmp "$S/public/feed.xml" "$T/elsewhere/feed.xml"
  carnet -q publish "$E"
  [ "$(wc -l <"$T/told")" = 3 ]
  rm -r "$T/elsewhere" # no folder
  : >"$T/elsewhere"
  run -4 --separate-stderr carnet -q publish --retract "$E"
  [[ $stderr == *'podcast.send: cp:'* ]]
  rm "$T/elsewhere"
  mkdir "$T/elsewhere"
  carnet -q publish --refresh
  kill "$HUB"
  [ "$(wc -l <"$T/told")" = 4 ] # once it was sent
  diff -r "$S/public" "$T/elsewhere"
}

@test "a podcast's guid outlives its address; place, people and a trailer are told" {
  carnet -q publish
  local guid
  guid=$(feed 'channel.find("podcast:guid", ns).text')
  ffmpeg -nostdin -v error -f lavfi -i sine=frequency=440:duration=2 -b:a 64k "$S/sounds/annonce.mp3"
  sed -i 's|https://radio.example/carnet|https://elsewhere.example/r|; s|podcast: {|podcast: {location: Kervalan, geo: "geo:48.39,-4.48", people: [{name: "N. Riou"}, {name: Paul, role: guest}], trailer: sounds/annonce.mp3, |' "$S/station.yaml"
  carnet -q publish --refresh
  [ "$(feed 'channel.find("podcast:guid", ns).text')" = "$guid" ]
  [ "$(feed '[(p.text, p.get("role")) for p in channel.findall("podcast:person", ns)]')" = "[('N. Riou', 'host'), ('Paul', 'guest')]" ]
  [ "$(feed 'channel.find("podcast:location", ns).get("geo")')" = 'geo:48.39,-4.48' ]
  feed 'channel.find("podcast:trailer", ns).get("url")' | grep -q '^https://elsewhere.example/r/media/trailer-.*\.mp3$'
  [ "$(feed 'channel.find("podcast:trailer", ns).get("length")')" = "$(stat -c %s "$S/sounds/annonce.mp3")" ]
  sed -i 's|podcast: {|podcast: {guid: 27be3919-0ffb-4482-9a99-a91481c79cfc, |' "$S/station.yaml"
  carnet -q publish --refresh
  [ "$(feed 'channel.find("podcast:guid", ns).text')" = 27be3919-0ffb-4482-9a99-a91481c79cfc ]
  local wrong
  for wrong in 's|geo:48.39,-4.48|geo:98,4|' 's|27be3919|27be391|' 's|location: Kervalan, ||' 's|role: guest|rôle: guest|'; do
    cp "$S/station.yaml" "$T/station.yaml"
    sed -i "$wrong" "$S/station.yaml"
    run -3 --separate-stderr carnet publish --refresh
    [[ $stderr == *station.yaml:* ]]
    cp "$T/station.yaml" "$S/station.yaml"
  done
}

@test "what was taken back cannot be left out: told, and the episode is taken out" {
  carnet -q publish
  carnet -q withdraw 2
  rm "$S/voices/claire.yaml"
  run -3 --separate-stderr carnet publish "$E"
  [[ $stderr == *'cannot be made again'* ]]
  [ "$(feed 'len(items)')" = 0 ]
  run ! grep -rq parapluie "$S/public"
  cp "$S/public/feed.xml" "$T/feed.xml"
  cp "$REPO/voices/claire.yaml" "$S/voices/"
  echo 'nonsense: [' >"$S/editions/$E/rundown.yaml"
  run -3 --separate-stderr carnet publish "$E"
  [[ $stderr == *rundown.yaml* ]]
  # A store that cannot tell is not a yes.
  sqlite3 "$S/logbook.sqlite" 'ALTER TABLE entries RENAME TO gone'
  run --separate-stderr carnet publish "$E"
  [ "$status" != 0 ]
  cmp "$S/public/feed.xml" "$T/feed.xml"
}

@test "an edition of an older program, without a title in its cues, and a station without an address" {
  sed -i '/^podcast:/d' "$S/station.yaml"
  sed -i 's/"title" : "Le carnet, en court",//; s/"language" : "fr",//' "$S/editions/$E/cues.json"
  touch "$S"/editions/"$E"/bulletin.*
  run -0 --separate-stderr carnet publish --json
  jq -e '.feed == null' <<<"$output"
  [[ $stderr == *'podcast: {url'* ]]
  [ "$(feed 'items[0].find("title").text')" = "$E" ]
  run -0 --separate-stderr carnet -q publish
  [ -z "$output" ]
}

# bats test_tags=long
@test "a feed of 250 episodes has pages that name each other" {
  sed -i 's|podcast: {|podcast: {hub: "http://127.0.0.1:9/", |' "$S/station.yaml"
  carnet -q publish
  python3 - "$S/podcast" "$E" <<'P'
import json, os, shutil, sys, uuid
folder, edition = sys.argv[1:]
record = open(f"{folder}/{edition}.json").read()
for n in range(1, 251):
    name = f"2019-01-01-court@{n:04}"
    other = json.loads(record.replace(edition, name))
    other["guid"] = str(uuid.uuid4())
    json.dump(other, open(f"{folder}/{name}.json", "w"))
    shutil.copy(f"{folder}/{edition}.vtt", f"{folder}/{name}.vtt")
P
  carnet publish --json | jq -e '.episodes == 251'
  [ "$(feed 'len(items)')" = 100 ]
  [ "$(feed 'len(items)' feed@3.xml)" = 51 ]
  [ "$(feed '[l.get("rel") for l in channel.findall("atom:link", ns)]' feed@2.xml)" = "['self', 'hub', 'first', 'last', 'previous', 'next']" ]
  [ "$(cat "$S"/public/feed.xml "$S"/public/feed@[0-9].xml | grep -o '<guid isPermaLink="false">[^<]*' | sort -u | wc -l)" = 251 ]
}

# bats test_tags=long
@test "killed at any moment, the feed that stands is whole and every address in it answers" {
  carnet -q publish
  local i
  for i in 1 2 3 4 5 6 7 8; do
    carnet -q edit 1 --text "Le marché de Kervalan ouvre à $i heures." >/dev/null
    carnet -q produce --script court --again
    { carnet -q publish & sleep "0.0$((i * 9 % 10))"; pkill -KILL -P $! 2>/dev/null || true; kill -KILL $! 2>/dev/null || true; wait $! 2>/dev/null || true; }
    xmllint --noout "$S/public/feed.xml"
    all_answer
  done
  carnet -q publish
  all_answer
  [ "$(find "$S/public" -name '*.part*' | wc -l)" = 0 ]
}

@test "a script with a name of its own: addresses are escaped, and answer" {
  cp "$S/scripts/court.yaml" "$S/scripts/été à deux.yaml"
  carnet -q produce --script 'été à deux'
  carnet -q publish
  [ "$(feed 'items[0].find("link").text')" = 'https://radio.example/carnet/episodes/2020-03-17-%C3%A9t%C3%A9%20%C3%A0%20deux.html' ]
  [ -f "$S/public/episodes/2020-03-17-été à deux.html" ]
  grep -q 'href="episodes/2020-03-17-%C3%A9t%C3%A9%20%C3%A0%20deux.html"' "$S/public/index.html"
  all_answer
}

@test "words or a waveform that are there and cannot be read are told, and not left out; without its cover a page says why" {
  carnet -q publish
  cp "$S/public/feed.xml" "$T/feed.xml"
  for file in words.vtt waveform.json; do
    mv "$S/editions/$E/$file" "$T/$file"
    mkdir "$S/editions/$E/$file"
    run -3 --separate-stderr carnet publish "$E"
    [[ $stderr == *"$file"* ]]
    cmp "$S/public/feed.xml" "$T/feed.xml"
    rmdir "$S/editions/$E/$file"
    carnet -q publish "$E" # an older edition has none
    mv "$T/$file" "$S/editions/$E/$file"
  done
  rm "$S/voices/cover.jpg"
  run -0 --separate-stderr carnet publish
  [[ $stderr == *'the cover is not on the pages'*cover.jpg* ]]
}

@test "what is there and cannot be read is never taken for what is not there" {
  ffmpeg -nostdin -v error -f lavfi -i sine=frequency=440:duration=2 -b:a 64k "$S/sounds/annonce.mp3"
  sed -i 's|podcast: {|podcast: {trailer: sounds/annonce.mp3, |' "$S/station.yaml"
  carnet -q publish
  # A transcript that ends between two sentences.
  cp "$S/podcast/$E.vtt" "$T/words"
  printf 'WEBVTT\n\n' >"$S/podcast/$E.vtt"
  rm "$S/podcast/.made"
  run -3 --separate-stderr carnet publish --refresh
  [[ $stderr == *"podcast/$E.vtt"* ]]
  cp "$T/words" "$S/podcast/$E.vtt"
  # What names the podcast for good.
  mv "$S/podcast/.guid-feed.xml" "$T/guid"
  mkdir "$S/podcast/.guid-feed.xml"
  run -3 --separate-stderr carnet publish --refresh
  [[ $stderr == *.guid-feed.xml* ]]
  rmdir "$S/podcast/.guid-feed.xml"
  echo 'no guid' >"$S/podcast/.guid-feed.xml"
  run -3 --separate-stderr carnet publish --refresh
  [[ $stderr == *'not a guid'* ]]
  mv "$T/guid" "$S/podcast/.guid-feed.xml"
  run -0 --separate-stderr carnet -q publish --refresh
  [ -z "$stderr" ]
  rm "$S/sounds/annonce.mp3"
  run -0 --separate-stderr carnet -q publish --refresh
  [[ $stderr == *'the trailer is not in the feeds'*annonce.mp3* ]]
  # A bulletin's outline that is no outline.
  cp "$S/editions/$E/waveform.json" "$T/waveform"
  echo '{}' >"$S/editions/$E/waveform.json"
  run -3 --separate-stderr carnet publish "$E"
  [[ $stderr == *'its waveform is damaged'* ]]
  cp "$T/waveform" "$S/editions/$E/waveform.json"
  # A page that is to go, and does not.
  cp "$S/public/episodes/$E.html" "$T/page"
  rm "$S/public/episodes/$E.html"
  mkdir "$S/public/episodes/$E.html"
  run -3 --separate-stderr carnet publish --retract "$E"
  [[ $stderr == *"episodes/$E.html"* ]]
  rmdir "$S/public/episodes/$E.html"
  cp "$T/page" "$S/public/episodes/$E.html"
  carnet -q publish --refresh
  [ ! -e "$S/public/episodes/$E.html" ]
  # Taken out, whatever its guid was.
  rm "$S/podcast/.gone-$E"
  mkdir "$S/podcast/.gone-$E"
  carnet -q publish --all
  [ "$(feed 'len(items)')" = 0 ]
  run -3 --separate-stderr carnet publish "$E"
  [[ $stderr == *".gone-$E"* ]]
  # All that stands there, of a folder that is none.
  mv "$S/editions" "$T/editions"
  : >"$S/editions"
  run -3 --separate-stderr carnet publish --all
  [[ $stderr == *editions* ]]
}

@test "an entry that is damaged may have been taken back: told, not published, sent or delivered" {
  carnet -q publish
  cp "$S/public/feed.xml" "$T/feed.xml"
  mkdir "$T/drop"
  sqlite3 "$S/logbook.sqlite" "PRAGMA ignore_check_constraints=ON; UPDATE entries SET kind = 'x', status = 'withdrawn' WHERE id = 2"
  for verb in 'publish --refresh' "publish $E" "export $E --to $T/drop"; do
    # shellcheck disable=SC2086
    run -3 --separate-stderr carnet $verb
    [[ $stderr == *'entry 2 is damaged'* ]]
  done
  cmp "$S/public/feed.xml" "$T/feed.xml"
  [ -z "$(ls -A "$T/drop")" ]
}

@test "what cannot be published tells why, and the feed stays" {
  run -3 --separate-stderr carnet publish 2020-03-16-midi
  run -2 --separate-stderr carnet publish frobnicate
  carnet -q publish
  cp "$S/public/feed.xml" "$T/feed.xml"
  rm "$S/editions/$E/bulletin.mp3" "$S/editions/$E/bulletin.opus"
  run -3 --separate-stderr carnet publish "$E"
  [[ $stderr == *'produce --edition'* ]]
  rm "$S/editions/$E/words.vtt"
  echo 'garbage' >"$S/editions/$E/transcript.vtt"
  run -3 --separate-stderr carnet publish "$E"
  cmp "$S/public/feed.xml" "$T/feed.xml"
  rm "$S/editions/$E/transcript.vtt"
  run -3 --separate-stderr carnet publish "$E"
  [[ $stderr == *transcript.vtt* ]]
  echo '{"guid": 3}' >"$S/podcast/2020-03-01-midi.json"
  run -3 --separate-stderr carnet publish
  [[ $stderr == *'2020-03-01-midi.json'* ]]
  rm "$S/podcast/2020-03-01-midi.json"
  for wrong in 's|"edition" *: *"[^"]*"|"edition" : "../../../pwn"|' 's|"script" *: *"[^"]*"|"script" : "x/../evil"|' \
    's|"published_us" *: *[0-9]*|"published_us" : 9000000000000000000|' 's|"edition" *: *"[^"]*"|"edition" : "2020-03-02-midi"|'; do
    sed "$wrong" "$S/podcast/$E.json" >"$S/podcast/2020-03-01-court.json"
    run -3 --separate-stderr carnet publish
    [[ $stderr == *'2020-03-01-court.json'* ]]
  done
  rm "$S/podcast/2020-03-01-court.json"
  sed -i 's|url: "https://radio.example/carnet"|url: "radio.example"|' "$S/station.yaml"
  run -3 --separate-stderr carnet publish
  [[ $stderr == *station.yaml:*https://* ]]
}
