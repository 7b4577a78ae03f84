#!/usr/bin/env bats
# A short share of tests/soak/station_kills.sh: carnet run, killed at random moments and at its edges.

load trace.bash

@test "killed again and again, a station airs nothing twice and loses nothing without a word" {
  BATS_TEST_RETRIES=1 # real servers in real time
  run bash "$BATS_TEST_DIRNAME/../soak/station_kills.sh" 15 4711
  echo "$output"
  [ "$status" = 0 ]
}
