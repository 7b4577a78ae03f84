#!/usr/bin/env bats
# Random bulletins (tests/exact): hostile sounds, odd lengths, every format, edited rundowns. Each is held against what
# was planned, measured and compared by tests/exact/check.py: lengths, places, joins, silence, loudness, peaks, the same
# bytes again. Here a few short ones, two at a time; "tests/exact/run.sh 100" and "make soak" make as many as one wants.

load station.bash

setup() { station_environment; }

# exact SEED…: side by side; what fails is told with its seed.
exact() {
  local seed pids=() status=0
  for seed in "$@"; do
    CARNET=$CARNET python3 "$REPO/tests/exact/check.py" "$seed" tiny >"$T/said-$seed" 2>&1 &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || status=1; done
  cat "$T"/said-*
  return "$status"
}

@test "random bulletins 301 and 303: planned, mixed and decoded are the same, and sounds lie where the cues say" {
  exact 301 303
}

@test "random bulletins 305 and 306: no click at a join, no hole, no silence that was not asked for" {
  exact 305 306
}

@test "random bulletins 308 and 313: as loud as asked, under -1 dBTP, the same bytes again" {
  exact 308 313
}

@test "random bulletins 3 and 4: in another order, after others, with one processor" {
  exact 3 4
}
