#!/usr/bin/env bash
# Which branches the tests take: builds in FOLDER with gcc's counters, runs the whole suite, prints a table of the rooms
# and writes FOLDER/coverage.html (with the lines), coverage.json and uncovered.txt. Fails when a room has too few, when
# a branch that must have a test or a reason (tests/uncovered.txt) has neither, and when a test fails.
#
#   tests/coverage.sh FOLDER                 everything; some ten minutes
#   tests/coverage.sh FOLDER --room ROOM     the room's unit tests alone, and what they leave out
#   tests/coverage.sh FOLDER --report        the table again, of what was run before
set -euo pipefail
cd "$(dirname "$0")/.."

folder=${1:?usage: coverage.sh FOLDER [--room ROOM | --report]}
what=${2:-all} room=${3:-}
mkdir -p "$folder/gcov"
folder=$(realpath --relative-to=. "$folder")
status=0
export GCOV_ERROR_FILE=$PWD/$folder/gcov.log # not among what a test reads

build() { make --no-print-directory COVERAGE=1 BUILD="$folder" "$@" >"$folder/build.log" 2>&1 || { tail -20 "$folder/build.log"; exit 1; }; }
forget() { find "$folder" -name '*.gcda' -delete; }

case $what in
  --report) ;;
  --room)
    units=("tests/unit/test_${room:?which room?}_"*.c)
    units=("${units[@]/#tests\/unit/$folder/tests}")
    build "${units[@]%.c}"
    forget
    prove --exec tests/run "${units[@]%.c}" || status=1
    ;;
  all)
    build all
    forget
    make --no-print-directory COVERAGE=1 LANES=2 LONG=too BUILD="$folder" check || status=1
    ;;
esac

# A branch is an edge that gcc -O0 counts, so each operand of && and || has two. Not counted: what GLib's macros add
# (the NULL that g_clear_pointer allows, an assertion that fails) and edges without source code, as of a closing brace.
gcovr --root . --filter pipeline/ --object-directory "$PWD/$folder/gcov" \
  --exclude-unreachable-branches --exclude-throw-branches \
  --exclude-branches-by-pattern '.*\b(g_clear_[a-z_]+|g_assert[a-z_]*|g_return_[a-z_]+|G_DEFINE_[A-Z_]+)\b.*' \
  --json "$folder/coverage.json" --html-details "$folder/coverage.html" "$folder/obj/$room"

python3 tests/coverage.py "$folder" "$room" || status=1
exit "$status"
