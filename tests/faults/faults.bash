# Runs verbs of carnet while one call of theirs fails (fault.c), and judges what is left.
# After station.bash: "load ../faults/faults.bash", or source it.
#
#   faults_prepare FOLDER          the stations that every try begins from, with what each verb leaves undisturbed
#   faults_points SCENARIO         "KIND LEVEL N", a line a point: what a recording run has met
#   faults_try SCENARIO KIND LEVEL N MODE      one fault; tells what is wrong, and fails
#   faults_reached                 whether the last try came to its point
#   faults_sample SCENARIO COUNT OFFSET        some of the points, the same ones each time
#   faults_kill SCENARIO THOUSANDTHS           SIGKILL at that moment of the verb, and the same judgement;
#                                  KILLED is 1 when the verb had not ended yet
#
# A scenario's verb is in fault_verb, the station that it starts from in fault_station.
# shellcheck shell=bash disable=SC2034,SC2154

# All but "air", which needs an Icecast.
FAULT_SCENARIOS=(add edit approve undo import-pad import-csv rundown produce-cold produce-warm backup restore say prune init
  publish export lexicon settings user schedule)
FAULT_PATIENCE=60

# In $S; $F is what faults_prepare was given.
fault_verb() {
  case $1 in
    add) carnet add --approve 'La fontaine coule de nouveau.' ;;
    edit) carnet edit 2 --title 'Le pain du samedi' --priority high ;;
    approve) carnet approve 3 ;;
    undo) carnet undo 2 ;;
    import-pad) carnet import pad "$F/pad.txt" ;;
    import-csv) carnet import csv "$F/table.csv" --trust-status ;;
    rundown) carnet rundown --script court ;;
    produce-*) carnet produce --script court ;;
    backup) carnet backup "$S/copie.sqlite" ;;
    restore) carnet restore "$S/kept.sqlite" ;;
    say) carnet say 'Bonjour à toutes et tous.' -o "$S/bonjour.wav" ;;
    prune) carnet cache --prune --older-than 0 ;;
    init) carnet init "$S/neuve" ;;
    publish) carnet publish ;;
    export) carnet export "$SAMPLE_DAY-court" --to "$S/ailleurs" ;;
    lexicon) carnet lexicon add Kerfaout --say kerfaoute ;;
    settings) carnet settings set name 'Radio du port' ;;
    user) carnet user add mona editor ;;
    schedule) carnet schedule add 'every weekday 12:00' --script court ;;
    air) carnet air "$SAMPLE_DAY-court" ;;
  esac
}

fault_station() {
  case $1 in
    rundown | produce-cold | say) echo cold ;;
    produce-warm) echo warm ;;
    prune | publish | export) echo made ;;
    air) echo onair ;;
    *) echo small ;;
  esac
}

# cold: three entries, nothing spoken; warm: spoken; made: an edition too; small: without jingles,
# quick to copy, and a backup with an entry less.
faults_prepare() {
  F=$1
  mkdir -p "$F/tmp"
  S=$F/cold
  station_new
  printf 'title: Court, {date}\nlanguage: fr\nlength: "0:30"\nfit: at-most\nvoices: {presenter: claire}\norder:\n%s\n%s\n%s\n' \
    '  - jingle: virgule' '  - say: "Voici le carnet."' '  - entries: {most: 3}' | script court
  add --kind idea 'Un four à pain sur la place.' >/dev/null
  add --kind question 'Qui a la clef du moulin ?' >/dev/null
  cp "$S/logbook.sqlite" "$F/kept.sqlite"
  carnet add --kind problem 'Le pont de bois est glissant.' >/dev/null
  cp -a "$F/cold" "$F/small"
  rm -r "$F/small/voices/jingles"
  mv "$F/kept.sqlite" "$F/small"
  cp -a "$F/cold" "$F/made"
  S=$F/made
  carnet -q produce --script court
  mkdir "$S/ailleurs"
  cp -a "$F/made" "$F/warm"
  rm -r "$F/warm/editions"
  { echo 'key;date;statut;texte'; for i in 1 2 3 4; do echo "k$i;2020-03-16;approved;Nouvelle numéro $i du marché."; done; } >"$F/table.csv"
  printf '%s\n' 'Réunion du 16 mars 2020' '' '- Ilda : le lavoir est ouvert' '  - Tano : d accord' '- Que faire du vieux puits ?' \
    >"$F/pad.txt"
}

# For the scenario "air": the made station, on the Icecast at ICECAST_PORT.
faults_prepare_air() {
  cp -a "$F/made" "$F/onair"
  sed -i "s/^  port: .*/  port: $ICECAST_PORT/" "$F/onair/station.yaml"
  (umask 077 && echo "$ICECAST_PASSWORD" >"$F/onair/icecast.password")
}

# What a scenario is judged by, "DIGEST  NAME" a line: every file that is the same in each run, of a logbook its
# rows without their instants, of calendars and feeds all but the random names and instants in them. The cache and what a
# feed remembers of its making are left out: they may be there or not.
fault_state() { # FOLDER
  (
    cd "$1" || exit
    for file in *.sqlite neuve/logbook.sqlite; do
      [ ! -s "$file" ] || printf '%s  %s\n' "$(fault_rows "$file" | sha256sum | cut -c 1-64)" "$file"
    done
    for file in schedules/*.ics podcast/*.json public/*.xml; do
      [ ! -e "$file" ] || printf '%s  %s\n' "$(sed 's/[0-9a-f]\{8\}-[0-9a-f-]\{27\}//g; s/^DTSTAMP:.*//' "$file" | sha256sum | cut -c 1-64)" "$file"
    done
    find . -type f ! -name '*.sqlite' ! -name '*.ics' ! -path './podcast/*.json' ! -path './public/*.xml' ! -name '*.lock' \
      ! -path '*.part-*' ! -name '*-journal' ! -name .made ! -path './cache/*' -print0 | sort -z | xargs -0 -r sha256sum
  )
}

fault_rows() {
  sqlite3 "$1" 'SELECT id, date, kind, title, text, status, priority, place, source_key, endorsements FROM entries ORDER BY id;
    SELECT entry_id, who, what, restores FROM revisions ORDER BY id; SELECT name, role FROM users ORDER BY name'
}

# fault_reference SCENARIO: its states before and after, made once
fault_reference() {
  REFERENCE=$F/reference-$1
  [ ! -e "$REFERENCE.after" ] || return 0
  S=$F/run-reference
  rm -rf "$S"
  cp -a "$F/$(fault_station "$1")" "$S"
  fault_state "$S" >"$REFERENCE.before"
  if [ "$1" = air ]; then # it changes nothing of this, in the real time of its programme
    echo 9000 >"$REFERENCE.ms"
    cp "$REFERENCE.before" "$REFERENCE.after"
    return
  fi
  local began_ns
  began_ns=$(date +%s%N)
  fault_verb "$1" >"$F/out" 2>&1 || {
    echo "undisturbed, $1 fails: $(<"$F/out")"
    return 1
  }
  echo $((($(date +%s%N) - began_ns) / 1000000)) >"$REFERENCE.ms"
  fault_state "$S" >"$REFERENCE.after"
}

# A recording run, undisturbed, made once: it takes ten times as long. The first call from each place in the program.
faults_points() {
  [ -e "$F/points-$1" ] || {
    S=$F/recorded
    rm -rf "$S"
    cp -a "$F/$(fault_station "$1")" "$S"
    CARNET=$(fault_wrapper) FAULT_STATE=$F/state FAULT_RECORD=1 fault_verb "$1" >/dev/null 2>&1
    fault_told | awk '$1 == "point" {print $2, $3, $4}' | sort -u -k1,1 -k2,2n -k3,3n >"$F/points-$1"
  }
  cat "$F/points-$1"
}

# One point of each kind and level, and of these every so many: never a random choice.
faults_sample() {
  faults_points "$1" | awk -v count="$2" -v offset="$3" '
    {key = $1 " " $2; if (!(key in n)) keys[++k] = key; of[key, ++n[key]] = $3}
    END {
      for (i = 0; i < count && i < k; i++) {
        key = keys[(offset * 7 + int(i * k / count)) % k + 1]
        print key, of[key, int((n[key] + 1) / 2)], (i + offset) % 2 ? "ever" : "once"
      }
    }'
}

# The program with the library before it, in a script, so that nothing else is touched. AddressSanitizer
# wants to be the first library.
fault_wrapper() {
  [ -e "$F/carnet" ] || {
    local asan
    asan=$(ldd "$CARNET" | awk '/libasan/ {print $3}')
    printf '#!/bin/sh\nexec timeout -k 5 %d env LD_PRELOAD="%s" TMPDIR=%s G_SLICE=always-malloc "%s" "$@"\n' \
      "$FAULT_PATIENCE" "${asan:+$asan }$TOOLS/fault.so" "$F/tmp" "$CARNET" >"$F/carnet"
    chmod +x "$F/carnet"
  }
  echo "$F/carnet"
}

# The program, which leaves its number where it can be killed by it.
fault_victim() {
  [ -e "$F/victim" ] || {
    printf '#!/bin/sh\necho $$ >%s\nTMPDIR=%s exec "%s" "$@"\n' "$F/pid" "$F/tmp" "$CARNET" >"$F/victim"
    chmod +x "$F/victim"
  }
  echo "$F/victim"
}

# What the library wrote: the points, or the fault and the stack that it struck.
fault_told() { head -c 1048576 "$F/state" | tr -d '\0'; }

faults_reached() { fault_told | grep -q '^failed'; }

faults_try() {
  local scenario=$1 verb_status=0
  fault_reference "$scenario" || return 1
  S=$F/run
  rm -rf "$S"
  cp -a "$F/$(fault_station "$scenario")" "$S"
  CARNET=$(fault_wrapper) FAULT_STATE=$F/state FAULT=$2:$3:$4:$5 fault_verb "$scenario" \
    >"$F/out" 2>"$F/err" || verb_status=$?
  fault_judge "$scenario" "$verb_status" || {
    echo "fault: scenario $scenario, kind $2, level $3, call $4, $5: status $verb_status"
    head -c 600 "$F/err"
    fault_told | head -12
    return 1
  }
}

# faults_kill SCENARIO THOUSANDTHS: SIGKILL after so much of the time that the verb takes
faults_kill() {
  local scenario=$1 verb_status=0 verb nap
  fault_reference "$scenario" || return 1
  S=$F/run
  rm -rf "$S" "$F/pid"
  cp -a "$F/$(fault_station "$scenario")" "$S"
  nap=$(($(<"$REFERENCE.ms") * $2))
  CARNET=$(fault_victim) fault_verb "$scenario" >"$F/out" 2>"$F/err" 3>&- &
  verb=$!
  sleep "$((nap / 1000000)).$(printf %06d $((nap % 1000000)))"
  KILLED=0
  [ ! -s "$F/pid" ] || ! kill -KILL "$(<"$F/pid")" 2>/dev/null || KILLED=1
  { wait "$verb" || verb_status=$?; } 2>/dev/null
  fault_judge "$scenario" "$verb_status" || {
    echo "killed: scenario $scenario, after $2 thousandths: status $verb_status"
    head -c 600 "$F/err"
    return 1
  }
}

fault_judge() { # SCENARIO STATUS
  local again=0 file
  wrong() {
    echo "wrong: $*"
    return 1
  }
  # libgcrypt, on which libraries of libavformat's stand, aborts where it cannot open a file of /proc as it is loaded.
  [[ " 0 3 4 5 137 " == *" $2 "* ]] || grep -q '^FATAL: .* in libgcrypt' "$F/err" || wrong "ended with status $2" || return 1
  [[ " 0 134 137 " == *" $2 "* ]] || grep -q '^carnet: .*[a-z]' "$F/err" || wrong 'failed without a word' || return 1
  fault_nobody_left || wrong 'a process is left' || return 1
  [ -z "$(ls -A "$F/tmp")" ] || wrong "left in TMPDIR: $(ls -A "$F/tmp")" || return 1
  for file in "$S"/*.sqlite; do
    [ ! -s "$file" ] || [ "$(sqlite3 "$file" 'PRAGMA integrity_check')" = ok ] || wrong "$file is damaged" || return 1
  done
  # What is there is whole: a file of before, or one of after. What it said was done, is.
  fault_state "$S" >"$F/after"
  if ! grep -q 'apology\|simplified\|small picture\|the cover is not' "$F/err"; then
    fault_is_between "$1" || wrong 'half done' || return 1
    [ "$2" != 0 ] && [ ! -s "$F/out" ] || [ "$1" = air ] || cmp -s "$F/after" "$REFERENCE.after" ||
      wrong 'said that it was done' || return 1
  fi
  # Again, with nothing in the way.
  cmp -s "$F/after" "$REFERENCE.after" || fault_verb "$1" >"$F/out" 2>&1 || again=$?
  [ "$again" = 0 ] || wrong "the next run: $(tail -c 300 "$F/out")" || return 1
  fault_state "$S" >"$F/after"
  diff "$REFERENCE.after" "$F/after" >"$F/diff" || wrong "the next run differs: $(head -5 "$F/diff")" || return 1
  [ -z "$(fault_left)" ] || [[ $1 == add || $1 == undo ]] || fault_verb "$1" >"$F/out" 2>&1 || true
  [ -z "$(fault_left)" ] || wrong "left behind: $(fault_left)"
}

# Drafts and journals: the next run of the same verb removes them, if the one that failed could not.
fault_left() { find "$S" -name '*.part*' -o -name '*-journal'; }

# Each file is as it was before, or as it is after; a logbook that was there is there. The pages and feeds of a
# publication that failed are those of the episodes that stand, whatever failed.
fault_is_between() { # SCENARIO
  grep -vxFf "$REFERENCE.before" "$F/after" | grep -vxFf "$REFERENCE.after" >"$F/strange" || true
  [ "$1" != publish ] || sed -i '/ \(\.\/\)\?public\/[^ ]*\(html\|js\|xml\)$/d' "$F/strange"
  grep -o '[^ ]*\.sqlite$' "$REFERENCE.before" | while read -r file; do
    [ -s "$S/$file" ] || echo "gone: $file"
  done >>"$F/strange"
  [ ! -s "$F/strange" ] || {
    cat "$F/strange"
    return 1
  }
}

# What carnet started ends with it, at once or nearly.
fault_nobody_left() {
  for _ in $(seq 100); do
    pgrep -f -- "-C $S " >/dev/null || return 0
    sleep 0.05
  done
  return 1
}
