#!/usr/bin/env bats
# From the logbook to a finished bulletin, measured by ffmpeg, mp3val, opusinfo, jq and sqlite3:
#   length, loudness, peak, silence, tags, cover, chapters, cues, transcript; the same twice;
#   a corrected entry; a rundown edited, locked, broken, made again; what is never heard;
#   urgent first; who is named; nothing twice; an empty day; every shipped script; every format;
#   a station at -23 LUFS; a real meeting pad.

bats_require_minimum_version 1.5.0
load trace.bash
load station.bash
load icecast.bash

setup_file() {
  station_environment
  station_prepare_sample
  # The same in ninety seconds and as WAV alone, for what is made again and again.
  sed 's/^length: .*/length: "1:30"/' "$S/scripts/midi.yaml" >"$S/scripts/bref.yaml"
  cp "$S/station.yaml" "$BATS_FILE_TMPDIR/station.yaml"
  only_wav
  carnet -q produce --script bref
  cp "$BATS_FILE_TMPDIR/station.yaml" "$S/station.yaml"
}

setup() {
  station_environment
  case $BATS_TEST_DESCRIPTION in
    sample:*) station_with_sample ;;
    *) station_new ;;
  esac
}

rundown_json() { carnet rundown --script "$1" --json 2>/dev/null; }

sums() { (cd "$1" && sha256sum ./*); }

# entry_heard_once SCRIPT: an entry of its rundown that no headline repeats.
entry_heard_once() {
  rundown_json "$1" | jq '([.items[] | select(.entry) | {entry, title}]) as $all
    | [$all[] | select(.title as $t | [$all[] | select(.title == $t)] | length == 1)] | last | .entry'
}

# transcript_is_whole EDITION RUNDOWN.JSON: WebVTT whose cues follow one another, within the
# programme, and that hold every word of every text
transcript_is_whole() {
  [ "$(head -1 "$1/transcript.vtt")" = WEBVTT ]
  awk -v end="$(jq .frames "$2")" '
    function ms(t, p) { split(t, p, /[:.]/); return ((p[1] * 60 + p[2]) * 60 + p[3]) * 1000 + p[4] }
    / --> / {
      if ($0 !~ /^[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9][0-9][0-9] --> [0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9][0-9][0-9]$/) exit 1
      if (ms($1) < last || ms($3) <= ms($1)) { print "# out of order: " $0; exit 1 }
      last = ms($3); n++
    }
    END { exit !(n > 0 && last * 48 <= end) }' "$1/transcript.vtt"
  diff <(sed -n 's/^<v [^>]*>//p' "$1/transcript.vtt" | sed 's/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' | tr -s ' \n' '\n\n') \
    <(jq -r '.items[] | select(.type == "speech") | .text' "$2" | tr -s ' \n' '\n\n')
}

# chapters_agree EDITION FILE: ffprobe's chapters against chapters.json, to two milliseconds
chapters_agree() {
  ffprobe -v error -show_chapters -of json "$1/$2" >"$T/probed.json"
  jq -e --slurpfile probed "$T/probed.json" '
    ($probed[0].chapters) as $p | (.chapters | length > 3 and length == ($p | length)) and
    ([.chapters, $p] | transpose | all(
      (.[0].startTime - (.[1].start_time | tonumber) | fabs) < 0.002 and
      (.[0].title == .[1].tags.title)))' "$1/chapters.json"
}

# --- the sample's noon bulletin ------------------------------------------------------

@test "sample: five minutes to the frame, at its loudness, without a hole, in MP3 and Opus" {
  rundown_json midi >"$T/rundown.json"
  for format in mp3 opus; do
    is_bulletin "$(edition midi)/bulletin.$format" 14400000 -16 "$T/rundown.json" true
  done
}

@test "sample: files are sound, tagged, with a cover, and chapters as in chapters.json" {
  E=$(edition midi)
  run -0 mp3val "$E/bulletin.mp3"
  refute grep -iE 'warning|error' <<<"$output"
  run -0 opusinfo "$E/bulletin.opus"
  refute grep -iE 'warning|error' <<<"$output"
  [[ $output == *"Playback length: 5m:00.000s"* ]]
  for format in mp3 opus; do
    ffprobe -v error -show_format -show_streams -of json "$E/bulletin.$format" >"$T/probe.json"
    jq -e '[.format.tags, .streams[].tags] | add | .title == "Le carnet de midi, mardi 17 mars 2020"
      and .artist == "Radio d'\''Aurelle" and .date == "2020-03-17" and (.language | startswith("fr"))
      and (has("REPLAYGAIN_TRACK_GAIN") or has("R128_TRACK_GAIN"))' "$T/probe.json"
    jq -e '[.streams[] | select(.disposition.attached_pic == 1)] | length == 1' "$T/probe.json"
    jq -e '.streams[0] | .channels == 2 and .sample_rate == "48000"' "$T/probe.json"
    chapters_agree "$E" "bulletin.$format"
  done
  # The titles name what is heard, and nobody.
  jq -e '.chapters | all(.title | length > 0)' "$E/chapters.json"
}

@test "sample: the cues say where each item of the rundown starts" {
  E=$(edition midi)
  jq -e '.edition == "2020-03-17-midi" and .frame_rate == 48000 and .frames == 14400000' "$E/cues.json"
  jq -e 'reduce .items[] as $i (0; if $i.start_frame == . then . + $i.frames else error("a hole") end) == 14400000' "$E/cues.json"
  diff <(jq -r '.items[] | "\(.type) \(.start_frame) \(.frames) \(.entry // 0)"' "$E/cues.json") \
    <(awk '$1 == "-" && $2 == "type:" {if (t) print t, s, f, e; t = $3; e = 0}
           $1 == "start_frame:" {s = $2} $1 == "frames:" && t {f = $2} $1 == "entry:" {e = $2} END {print t, s, f, e}' "$E/rundown.yaml")
}

@test "sample: the transcript is WebVTT and holds every word" {
  rundown_json midi >"$T/rundown.json"
  transcript_is_whole "$(edition midi)" "$T/rundown.json"
}

# bats test_tags=long
@test "sample: made again from the same logbook, every byte is the same" {
  sed -i 's/^length: .*/length: "0:30"/' "$S/scripts/flash.yaml"
  carnet -q produce --script flash
  sums "$(edition flash)" >"$T/before"
  carnet -q produce --script flash
  sums "$(edition flash)" >"$T/again"
  diff "$T/before" "$T/again"
  # Also from nothing: no cached clip, no earlier edition.
  cp "$(edition flash)/rundown.yaml" "$T/rundown.before"
  rm -rf "$S/cache" "$(edition flash)"
  carnet -q produce --script flash
  diff "$T/rundown.before" "$(edition flash)/rundown.yaml"
  sums "$(edition flash)" >"$T/afresh"
  diff "$T/before" "$T/afresh"
}

@test "sample: a corrected entry costs its own clip alone" {
  only_wav
  entry=$(entry_heard_once midi)
  carnet edit "$entry" --text "$(carnet show "$entry" --json | jq -r .text | sed 's/\.$//') aussi."
  run -0 --separate-stderr carnet produce --script midi --json
  jq -e '.clips_spoken == 1 and .clips_found > 20 and .apologies == 0 and .frames == 14400000' <<<"$output"
  transcript midi | grep -q ' aussi\.'
}

@test "sample: an edited rundown is kept, marked and rendered as written; --again puts it aside" {
  only_wav
  E=$(edition bref)
  sed -i 's/^    text: "Bonjour à toutes et à tous\./    text: "Salut la compagnie./' "$E/rundown.yaml"
  cp "$E/rundown.yaml" "$T/mine.yaml"
  carnet add --approve --priority urgent --kind alert "Le pont de Kervalan est coupé." >/dev/null
  run -0 --separate-stderr carnet produce --script bref --json
  jq -e '.frames == 4320000 and .clips_spoken == 1' <<<"$output"
  transcript bref | grep -q 'Salut la compagnie'
  refute grep -q 'Bonjour à toutes' "$E/transcript.vtt"
  refute grep -q 'Le pont de Kervalan' "$E/transcript.vtt"
  grep -q '^    text: "Salut la compagnie\.' "$E/rundown.yaml"
  measure "$E/bulletin.wav"
  [ "$FRAMES" = 4320000 ]
  rundown_json bref | jq -e .edited
  # What was taken back meanwhile is told: the words are the editor's to delete.
  entry=$(entry_heard_once bref)
  carnet withdraw "$entry" >/dev/null
  run -0 --separate-stderr carnet produce --script bref
  [[ $stderr == *"entry $entry was taken back"* ]]

  # A kept item's voice, whose file is broken: told, and the choice stays.
  cp "$S/voices/paul.yaml" "$T/paul.yaml"
  cp "$E/rundown.yaml" "$T/mine.yaml"
  echo 'engine: [' >"$S/voices/paul.yaml"
  sed -i '0,/^    voice: .*/s//    voice: paul\n    kept: true/' "$E/rundown.yaml"
  run -3 --separate-stderr carnet produce --script bref
  [[ $stderr == *paul.yaml* ]]
  cp "$T/paul.yaml" "$S/voices/"
  cp "$T/mine.yaml" "$E/rundown.yaml"
  # A cover that is not there is told, and the sound goes without.
  mv "$S/voices/cover.jpg" "$T/cover.jpg"
  run -0 --separate-stderr carnet produce --script bref --again
  [[ $stderr == *'without the cover'*cover.jpg* ]]
  mv "$T/cover.jpg" "$S/voices/"
  transcript bref | grep -q 'Bonjour à toutes'
  transcript bref | grep -q 'Le pont de Kervalan'
  grep -q 'Salut la compagnie' "$E/rundown.yaml.edited"
  rundown_json bref | jq -e '.edited == false'
}

@test "sample: a locked rundown stays as it is" {
  only_wav
  E=$(edition bref)
  sed -i 's/^locked: false/locked: true/' "$E/rundown.yaml"
  cp "$E/transcript.vtt" "$T/before.vtt"
  carnet add --approve --priority urgent --kind alert "Le pont de Kervalan est coupé." >/dev/null
  carnet -q produce --script bref
  diff "$T/before.vtt" "$E/transcript.vtt"
  rundown_json bref | jq -e .locked
}

@test "sample: a rundown broken by hand is told by line and column, and nothing is lost" {
  E=$(edition midi)
  sums "$E" | grep -v rundown >"$T/before"
  line=$(grep -n '^    voice: "claire"' "$E/rundown.yaml" | head -1 | cut -d: -f1)
  sed -i "${line}s/voice/voicee/" "$E/rundown.yaml"
  cp "$E/rundown.yaml" "$T/mine.yaml"
  run -3 --separate-stderr carnet produce --script midi
  [[ $stderr =~ rundown\.yaml:$line:[0-9]+:.*voicee ]]
  cmp "$T/mine.yaml" "$E/rundown.yaml"
  diff "$T/before" <(sums "$E" | grep -v rundown)
  # A voice that is not there, a sound outside of the station, a length of no sense.
  for edit in 's/voicee: "claire"/voice: "nobody"/' 's/voicee/voice/; s|file: "virgule"|file: "../../station"|' \
    's/voicee/voice/; s/^slot_frames: .*/slot_frames: -1/' 's/voicee/voice/; s/^items:/items: [/'; do
    sed "$edit" "$T/mine.yaml" >"$E/rundown.yaml"
    cp "$E/rundown.yaml" "$T/this.yaml"
    run -3 --separate-stderr carnet produce --script midi
    echo "$edit: $stderr"
    [ -n "$stderr" ]
    cmp "$T/this.yaml" "$E/rundown.yaml"
  done
  diff "$T/before" <(sums "$E" | grep -v rundown)
}

# bats test_tags=long
@test "sample: every format that can be asked for" {
  rundown_json flash | jq -e '.frames > 1440000 and .frames <= 2880000' # as it is shipped
  sed -i 's/^length: .*/length: "0:25"/' "$S/scripts/flash.yaml"
  carnet -q produce --script flash --also flac,wav,aac
  E=$(edition flash)
  rundown_json flash >"$T/rundown.json"
  frames=$(jq .frames "$T/rundown.json")
  [ "$frames" -gt 480000 ]
  [ "$frames" -le 1200000 ]
  for format in mp3 opus flac wav; do
    is_bulletin "$E/bulletin.$format" "$frames" -16 "$T/rundown.json" true
  done
  is_loud "$E/bulletin.m4a" -16 true
  [ $((FRAMES - frames)) -ge -2048 ] # its priming is not told by every muxer
  [ $((FRAMES - frames)) -le 2048 ]
  # EBU Tech 3285: the chunk comes with who and when.
  [ "$(head -c 4 "$E/bulletin.wav")" = RIFF ] || [ "$(head -c 4 "$E/bulletin.wav")" = RF64 ]
  head -c 4096 "$E/bulletin.wav" | grep -qa bext
  ffprobe -v error -show_entries format_tags -of json "$E/bulletin.wav" |
    jq -e '.format.tags | .encoded_by == "Radio d'\''Aurelle" and .date == "2020-03-17" and .time_reference == "0"'
  [ "$(sox --i -b "$E/bulletin.flac")" -ge 16 ]
}

# bats test_tags=long
@test "sample: noon speaks English" {
  only_mount mp3
  sed -i 's/^length: .*/length: "1:15"/' "$S/scripts/noon.yaml"
  carnet -q produce --script noon
  E=$(edition noon)
  rundown_json noon >"$T/rundown.json"
  is_bulletin "$E/bulletin.mp3" 3600000 -16 "$T/rundown.json"
  jq -e '.title == "The noon logbook, Tuesday, March 17, 2020" or .title == "The noon logbook, Tuesday 17 March 2020"' "$T/rundown.json"
  grep -q '<v emma>Good afternoon' "$E/transcript.vtt"
  # What is written in French is said by the French voice.
  jq -e '[.items[] | select(.voice == "claire")] | length > 0' "$T/rundown.json"
  ffprobe -v error -show_entries format_tags=language -of csv=p=0 "$E/bulletin.mp3" | grep -q eng
}

# bats test_tags=long
@test "sample: a station at -23 LUFS" {
  sed -i 's/^loudness: .*/loudness: -23/' "$S/station.yaml"
  sed -i 's/^length: .*/length: "0:25"/' "$S/scripts/flash.yaml"
  carnet -q produce --script flash
  for format in mp3 opus; do
    is_loud "$(edition flash)/bulletin.$format" -23 true
  done
}

# --- what is heard, and what is not ---------------------------------------------------

@test "expired, withdrawn, rejected, pending, draft and other days' entries are never heard" {
  script_short tout
  add "Le marché est ouvert." >/dev/null
  add --expires "2020-03-17 11:59" "Expiré depuis longtemps." >/dev/null # noon in Paris is past it
  carnet withdraw "$(add 'Retiré par son auteur.')" >/dev/null
  carnet reject "$(carnet add 'Refusé par la rédaction.')" >/dev/null
  carnet add "En attente de relecture." >/dev/null
  carnet add --status draft "Brouillon à finir." >/dev/null
  add --date 2020-03-16 "Nouvelle de la veille." >/dev/null
  add --date 2020-03-18 "Nouvelle du lendemain." >/dev/null
  carnet -q produce --script tout
  transcript tout | grep -q 'Le marché est ouvert'
  refute grep -riE 'expiré|retiré|refusé|attente|brouillon|veille|lendemain' "$(edition tout)" --include='*.yaml' --include='*.vtt' --include='*.json'
  # Taken back after it was aired: the next one goes without.
  carnet withdraw 1 >/dev/null
  carnet -q produce --script tout
  refute grep -q 'marché' "$(edition tout)/transcript.vtt"
}

@test "urgent entries come first, and what they push out is said" {
  script_short minute 0:30
  add --place Kervalan --endorsements 40 "Une nouvelle ordinaire, que beaucoup soutiennent, et qui prend bien quelques secondes à lire." >/dev/null
  add --priority urgent --kind alert --place Kervalan "La digue de Kervalan menace de céder : quittez les maisons du quai, sans attendre, par la route de la chapelle." >/dev/null
  add --priority urgent --kind alert --place "La Roche-Morin" "Le feu a pris au dépôt de La Roche-Morin : fermez les fenêtres, restez chez vous, n'appelez les secours que pour un danger. $(printf 'La fumée va vers le bourg. %.0s' {1..20})" >/dev/null
  carnet rundown --script minute --json >"$T/rundown.json" 2>"$T/warnings"
  cat "$T/warnings"
  jq -e '[.items[] | select(.entry) | .entry][0] == 2' "$T/rundown.json"
  jq -e '.frames <= 1440000' "$T/rundown.json"
  grep -q 'warning:.*3' "$T/warnings" # number 3 is urgent and too long: it is told
  carnet rundown --script minute --explain --json 2>/dev/null | jq -e '.candidates | length == 3 and all(.why != "")
    and any(.entry == 3 and .in == false)'
}

@test "who wrote it is said as they chose, and nowhere else" {
  script_short qui
  common=(--kind experience --place Kervalan)
  add "${common[@]}" --author "Maëlle Kervadec" --attribution none "Le facteur est passé." >/dev/null
  add "${common[@]}" --author "Yannig Trividic" "La boulangère a fait du pain de seigle." >/dev/null
  add "${common[@]}" --author "Soizic Le Floc'h" --attribution first-name "On a planté douze pommiers." >/dev/null
  add "${common[@]}" --author "Gwenolé Postic" --attribution full "Le bac traverse à la rame." >/dev/null
  carnet -q produce --script qui --also flac,wav,aac
  E=$(edition qui)
  text_of() { rundown_json qui | jq -r ".items[] | select(.entry == $1) | .text"; }
  refute grep -E 'Kervalan|Maëlle' <<<"$(text_of 1)"
  [[ $(text_of 2) == *Kervalan* ]]
  [[ $(text_of 3) == *Soizic* ]]
  [[ $(text_of 4) == *"Gwenolé Postic"* ]]
  # In no file, no tag, no chapter, no cue, encoded or not.
  refute grep -raiE 'Kervadec|Maëlle|Trividic|Yannig|Floc' "$E"
}

@test "what went on the air in one bulletin is not in the next, unless the script repeats" {
  icecast_start "$T/icecast"
  sed -i "s/^  port: .*/  port: $ICECAST_PORT/; /opus/d" "$S/station.yaml"
  (umask 077 && echo "$ICECAST_PASSWORD" >"$S/icecast.password")
  script_short matin
  script_short soiree
  script_short redite 3:00 'repeat: true'
  add "La halle ferme." >/dev/null
  status=0
  carnet -q air --script matin 3>&- || status=$?
  icecast_stop
  [ "$status" = 0 ]
  [ "$(sqlite3 "$S/logbook.sqlite" "SELECT count(*) FROM asrun WHERE entry_id = 1 AND result = 'aired'")" = 1 ]
  add "Le four à pain chauffe." >/dev/null
  for name in soiree redite matin; do carnet -q produce --script "$name"; done
  refute grep -q 'halle' "$(edition soiree)/transcript.vtt"
  transcript soiree | grep -q 'four à pain'
  transcript redite | grep -q 'halle'
  transcript matin | grep -q 'halle' # it is its own
  carnet rundown --script soiree --explain --json 2>/dev/null | jq -e '.candidates[] | select(.entry == 1) | .in == false and (.why | test("2020-03-17-matin"))'
}

# bats test_tags=long
@test "an empty day: every shipped script makes a bulletin that says so" {
  only_wav
  for name in flash midi noon soir; do
    run -0 --separate-stderr carnet produce --script "$name" --json
    echo "$output" >"$T/$name.json"
    jq -e '.frames >= 480000 and .apologies == 0' "$T/$name.json"
    rundown_json "$name" >"$T/rundown.json"
    is_bulletin "$(edition "$name")/bulletin.wav" "$(jq .frames "$T/$name.json")" -16 "$T/rundown.json"
    jq -e '[.items[] | select(.entry)] == []' "$T/rundown.json"
    refute grep -qE '[{}]|[^0-9]0 (nouvelle|stor)' "$(edition "$name")/transcript.vtt"
  done
  jq -e '.warnings | length > 0' "$T/midi.json" # it ends before its time, and says so
  grep -q 'le carnet est calme' "$(edition midi)/transcript.vtt"
  grep -q 'The logbook is quiet' "$(edition noon)/transcript.vtt"
}

# --- the real pad ----------------------------------------------------------------------

# bats test_tags=long
@test "a real meeting pad becomes ten minutes, its speakers' places and not their names" {
  pad=$REPO/../shared/pads/reunion-17-mars.txt
  [ -e "$pad" ] || skip "no ../shared/pads beside this checkout"
  only_wav
  carnet -q import pad "$pad" --date 2020-03-17
  carnet -q approve --all --date 2020-03-17
  carnet -q produce --date 2020-03-17 --script soir
  E=$(edition soir)
  rundown_json soir >"$T/rundown.json"
  is_bulletin "$E/bulletin.wav" 28800000 -16 "$T/rundown.json"
  transcript_is_whole "$E" "$T/rundown.json"
  refute grep -qiE 'http|www\.' "$E/transcript.vtt"
  jq -e '[.items[].spoken // ""] | all(test("http|www|slash"; "i") | not)' "$T/rundown.json"
  # An author's name is not in what is said of their entry, nor a participant list anywhere.
  carnet entries --date 2020-03-17 --json >"$T/entries.json"
  jq -e --slurpfile entries "$T/entries.json" '
    ($entries[0] | map({key: (.id | tostring), value: (.author // "")}) | from_entries) as $author
    | [.items[] | select(.entry) | . as $i | ($author[.entry | tostring] | split(" ")[] | select(length > 2))
       | select(. as $name | "\($i.text) \($i.title) \($i.spoken)" | contains($name)) | $i.entry] == []' "$T/rundown.json"
  refute grep -qi 'participant' "$E/transcript.vtt"
}
