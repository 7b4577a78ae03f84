#!/usr/bin/env bash
# The sources without running them: clang-format, cppcheck, clang-tidy, shellcheck. Silent but for findings, any of
# which fails. What each looks for, and what is left out for which reason: .clang-format, .clang-tidy, tests/cppcheck.txt.
#
#   tests/lint.sh            everything (the slowest, clang-tidy, takes two minutes of processor time)
#   tests/lint.sh FILE.c …   these C files
set -euo pipefail
cd "$(dirname "$0")/.."

for tool in clang-format cppcheck clang-tidy shellcheck; do
  command -v "$tool" >/dev/null || { echo "lint: $tool is not installed: make tools"; exit 1; }
done
status=0

if [ $# -gt 0 ]; then
  c=("$@") sources=("$@") scripts=()
else
  mapfile -t c < <(find pipeline tests voices -name '*.[ch]' | sort)
  mapfile -t sources < <(find pipeline -name '*.c' | sort)
  mapfile -t scripts < <(find tests pipeline .ci -name '*.sh' -o -name '*.bash' -o -name '*.bats' -o -path .ci/run -o -path tests/run)
fi

echo "lint: clang-format, ${#c[@]} files"
clang-format --dry-run -Werror "${c[@]}" || status=1

echo "lint: cppcheck, ${#sources[@]} files"
cppcheck --quiet --error-exitcode=1 -j "$(nproc)" --std=c11 --language=c --enable=warning,performance,portability \
  --library=gnu,posix,gtk '-DG_DEFINE_QUARK(a,b)=' '-DG_GNUC_PRINTF(a,b)=' -D_GNU_SOURCE -Ipipeline \
  --suppressions-list=tests/cppcheck.txt --inline-suppr "${sources[@]}" || status=1

# The compiler's flags are the Makefile's own. A file a process: several in one confuse the analyzer's va_list.
echo "lint: clang-tidy, ${#sources[@]} files"
mapfile -d '' -t flags < <(make --no-print-directory --silent --eval 'flags:; @printf "%s\0" $(ALL_CFLAGS)' flags)
printf '%s\n' "${sources[@]}" | xargs -P "$(nproc)" -I{} clang-tidy --quiet {} -- "${flags[@]}" 2>/dev/null || status=1

# In the midst of a bats test the first half of "a && b" fails nothing.
if awk 'FNR == 1 {inside = 0} /^@test / {inside = 1} /^}/ {inside = 0}
  inside && /^ +(\[\[? .*\]|grep .*|jq .*|cmp .*) && (\[|grep |jq |cmp |refute )/ && !/\|\|/ {
    print FILENAME ":" FNR ":" $0; bad = 1} END {exit !bad}' tests/e2e/*.bats; then
  echo 'lint: one a line'
  status=1
fi

# Two threads must not share what these functions keep for all; setlocale is called before there are threads.
if grep -nwE '(strtok|localtime|gmtime|ctime|asctime|strerror|rand|tmpnam|putenv)' "${sources[@]}" | grep -E '\b[a-z]+\('; then
  echo "lint: not for threads"
  status=1
fi

if [ "${#scripts[@]}" -gt 0 ]; then
  echo "lint: shellcheck, ${#scripts[@]} scripts"
  # Not asked: what bats reads and sets (SC2034, SC2154), French apostrophes (SC1112), "LANGUAGE= command" (SC1007).
  shellcheck --severity=warning --exclude=SC2034,SC2154,SC1112,SC1007 "${scripts[@]}" || status=1
fi
exit "$status"
