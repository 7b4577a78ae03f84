# What the parts of the soak share. Source me first.
# shellcheck shell=bash disable=SC2034

SECONDS=0 # bash's clock, which a variable of the environment would set
BATS_TEST_DIRNAME=$(cd "$(dirname "${BASH_SOURCE[0]}")/../e2e" && pwd)
TOOLS=${TOOLS:-$BATS_TEST_DIRNAME/../../build/tools}

# The library of faults, to be loaded before the program's; AddressSanitizer's wants to be the first.
soak_preload() {
  local asan
  asan=$(ldd "$CARNET" | awk '/libasan/ {print $3}')
  echo "${asan:+$asan }$TOOLS/fault.so"
}

# soak_folder NAME: FOLDER, which goes when the script ends, however it ends; and the environment of the
# end-to-end tests, with their helpers.
soak_folder() {
  FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/carnet-soak-$1.XXXXXX")
  BATS_TEST_TMPDIR=$FOLDER
  trap 'soak_end' EXIT
  trap 'exit 130' INT TERM
  source "$BATS_TEST_DIRNAME/station.bash"
  source "$BATS_TEST_DIRNAME/icecast.bash"
  station_environment
}

soak_end() {
  local pid
  icecast_stop
  for pid in $(jobs -p); do kill -KILL "$pid" 2>/dev/null || true; done
  rm -rf "$FOLDER"
}
