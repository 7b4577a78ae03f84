#!/bin/bash
# make fuzz: hostile input by the million. Gives SECONDS of wall time on every core, shared out evenly, to
#   - each target fuzz_NAME.c under libFuzzer, ASan and UBSan (seeds/NAME, dict/NAME.dict, what tests/data has, and
#     the corpus of earlier runs in build/fuzz/corpus/NAME);
#   - child: damaged sound files through the real limited child;
#   - speak: text that is made to abort eSpeak NG, through the real children;
#   - pump: the corpus's texts blown up to a megabyte, for readers that are slower than linear.
# A line for each says how much was run and what came of it. Anything found leaves a file in build/fuzz/found, with the
# command that runs it again, and the exit status is 1. Ctrl-C stops all.
#   tests/fuzz/run.sh SECONDS [NAME...]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:?usage: tests/fuzz/run.sh SECONDS [NAME...]}
shift
out=build/fuzz cores=$(nproc)
command -v clang >/dev/null || { echo 'fuzz: clang is missing: make tools' >&2; exit 5; }

# --- what each target is given -------------------------------------------------

# Longest input, seconds that one may take (under sanitizers, about ten times slower), memory in MiB.
limits() {
  case $1 in
    pad | csv | outside | lexicon) echo 4096 4 1024 ;;
    normalise | bulletin | transcript) echo 1500 4 1024 ;;
    calendar) echo 4096 10 1024 ;;
    sound | packets) echo 20000 10 2048 ;;
    *) echo 6000 4 1024 ;;
  esac
}

# One file for each line of written text, after a byte that names its language.
spoken_lines() {
  local language
  for language in fr en es; do
    awk -F '\t' -v to="$1/$language" -v first="$2" '/^[^#]/ { print first $1 > to NR; close(to NR); first = first }' \
      "tests/spoken/$language.tsv"
    set -- "$1" "$(tr '\140-\142' '\141-\143' <<<"$2")"
  done
}

# Committed seeds, the fixtures of tests/data, and the sample station's own files.
gather() {
  local to=$out/seeds/$1
  rm -rf "$to"
  mkdir -p "$to" "$out/corpus/$1"
  cp tests/fuzz/seeds/"$1"/* "$to"
  find tests/data -path "*/hostile-$1/*" -type f -exec cp -t "$to" {} +
  case $1 in
    pad) cp tests/data/sources/*.txt "$to" ;;
    csv) { printf 2; cat tests/data/sample/logbook.csv; } | head -c 8000 >"$to/sample" ;;
    normalise) spoken_lines "$to" '`' ;;
    script) cp scripts/*.yaml "$to" ;;
    calendar) cp tests/data/schedule/*.ics schedules/*.ics "$to" ;;
    voice) cp voices/[a-km-z]*.yaml "$to" ;;
    lexicon) for file in voices/lexicon.*.yaml; do head -40 "$file" >"$to/${file##*/}"; done ;;
    station) cp station.yaml "$to" ;;
    entry) cp tests/data/logbook/*.yaml "$to" ;;
  esac
}

# --- running -------------------------------------------------------------------

declare -A name_of=() # by process id
# shellcheck disable=SC2317 # called by the trap
stop() {
  trap - INT TERM
  kill "${!name_of[@]}" 2>/dev/null || true
  wait
  echo 'fuzz: stopped' >&2
  exit 130
}
trap stop INT TERM

start() {
  local name=$1 length timeout memory dict=()
  read -r length timeout memory <<<"$(limits "$name")"
  [ ! -f "tests/fuzz/dict/$name.dict" ] || dict=("-dict=tests/fuzz/dict/$name.dict")
  export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1
  # Slower, but it sees through json-glib, whose own leak tests/lsan.supp names.
  [ "$name" != cues ] || ASAN_OPTIONS+=:fast_unwind_on_malloc=0
  export UBSAN_OPTIONS=print_stacktrace=1
  export LSAN_OPTIONS=suppressions=tests/lsan.supp:print_suppressions=0 G_SLICE=always-malloc LC_ALL=C.UTF-8
  case $name in
    child | pump | speak) "$out/plain/$name" "$share" "$out" >"$out/log/$name" 2>&1 & ;;
    *) "$out/fuzz_$name" -max_total_time="$share" -timeout="$timeout" -rss_limit_mb="$memory" -max_len="$length" \
      -artifact_prefix="$out/found/$name-" -print_final_stats=1 -verbosity=1 "${dict[@]}" \
      "$out/corpus/$name" "$out/seeds/$name" >"$out/log/$name" 2>&1 & ;;
  esac
  name_of[$!]=$name
}

# A line a target, and for what was found how to see it again.
found=0
report() {
  local name=$1 status=$2 log=$out/log/$1 verdict=clean runs coverage
  [ "$status" = 0 ] || verdict=FOUND found=1
  case $name in
    child | pump | speak) printf '%-10s %s  %s\n' "$name" "$(tail -n 1 "$log")" "$verdict" ;;
    *) runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
      coverage=$(sed -n 's/.* cov: \([0-9]*\).*/\1/p' "$log" | tail -n 1)
      printf '%-10s %9s runs %6s branches %5s inputs  %s\n' "$name" "${runs:-?}" "$coverage" \
        "$(find "$out/corpus/$name" -type f | wc -l)" "$verdict" ;;
  esac
  [ "$status" = 0 ] && return
  { grep -E 'ERROR|SUMMARY|broken promise|refused w|^slow|piece|again' "$log" || true; } | cut -c1-300 | sed 's/^ */    /'
  case $name in
    child) sed -n "s|.*Test unit written to \(.*\)|    again: $out/plain/child \1|p" "$log" ;;
    *) sed -n "s|.*Test unit written to \(.*\)|    again: G_SLICE=always-malloc $out/fuzz_$name \1|p" "$log" ;;
  esac
}

# Waits until one has ended, and reports it.
take_one() {
  local pid status=0
  wait -n -p pid "${!name_of[@]}" || status=$?
  report "${name_of[$pid]}" "$status"
  unset "name_of[$pid]"
}

# --- the run -------------------------------------------------------------------

names=("$@")
if [ $# = 0 ]; then
  for file in tests/fuzz/fuzz_*.c; do name=${file##*/fuzz_} names+=("${name%.c}"); done
  names+=(child pump speak)
fi
mkdir -p "$out/log" "$out/found"
make --no-print-directory FUZZ=1 BUILD="$out" fuzzers >"$out/log/build" || { tail -20 "$out/log/build"; exit 5; }
make --no-print-directory BUILD="$out/plain" "$out/plain/pump" "$out/plain/child" "$out/plain/speak" >>"$out/log/build" \
  || { tail -20 "$out/log/build"; exit 5; }
share=$((seconds * cores / ${#names[@]}))
[ "$share" -ge 2 ] || share=2
echo "fuzz: ${#names[@]} targets, $share s each, $cores at a time"
for name in "${names[@]}"; do
  [ "${#name_of[@]}" -lt "$cores" ] || take_one
  case $name in child | pump | speak) ;; *) gather "$name" ;; esac
  start "$name"
done
while [ "${#name_of[@]}" -gt 0 ]; do take_one; done
exit "$found"
