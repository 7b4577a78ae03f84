# What bats keeps of each command, to tell the line of one that fails: ten times cheaper than its own, which took
# most of the time of a loop in a test (bats 1.8: a quarter of a millisecond a command). What is told is the same.
# shellcheck shell=bash disable=SC2034
bats_debug_trap() {
  if [[ $1 != "$BATS_ROOT"/lib* && $1 != */trace.bash && -z ${BATS_INTERRUPTED+x}${BATS_TIMED_OUT+x} ]]; then
    local IFS=' '
    TRACE_BEFORE=$TRACE
    TRACE="${BASH_LINENO[*]}|${BASH_SOURCE[*]}|${FUNCNAME[*]}"
  fi
}
bats_error_trap() {
  bats_check_status_from_trap
  local IFS=' '
  if [[ -z $BATS_DEBUG_LAST_STACK_TRACE_IS_VALID && $TRACE == "${BASH_LINENO[*]}|${BASH_SOURCE[*]}|"* ]]; then
    TRACE=$TRACE_BEFORE
  fi
  BATS_DEBUG_LAST_STACK_TRACE_IS_VALID=1
}
bats_get_failure_stack_trace() {
  local -n frames=$1
  local i trace=${TRACE_BEFORE:-} lines names files
  [ -z "${BATS_DEBUG_LAST_STACK_TRACE_IS_VALID:-}" ] || trace=$TRACE
  local IFS=' |'
  IFS='|' read -r lines files names <<<"$trace"
  read -ra lines <<<"$lines"
  read -ra files <<<"$files"
  read -ra names <<<"$names"
  frames=()
  for ((i = 1; i < ${#names[@]}; i++)); do
    frames+=("${lines[i - 1]} ${names[i]} ${files[i]}")
    case ${names[i]} in "${BATS_TEST_NAME-}" | setup | teardown | setup_file | teardown_file) break ;; esac
  done
}

# "run --separate-stderr" has mktemp make a file each time: of a test one is enough.
mktemp() {
  if [[ $1 == */separate-stderr-XXXXXX ]]; then
    local file=${1%-XXXXXX}
    : >"$file"
    echo "$file"
  else
    command mktemp "$@"
  fi
}
