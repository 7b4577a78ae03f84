#!/usr/bin/env bats
# Random bulletins (tests/exact): hostile sounds, odd lengths, every format, edited rundowns. Each is held against what
# was planned, measured and compared by tests/exact/check.py: lengths, places, joins, silence, loudness, peaks, the same
# bytes again. Here short ones; "tests/exact/run.sh 100" and "make soak" make as many as one wants.

load trace.bash
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

@test "random bulletin 313: what is planned, mixed and decoded is the same, no hole, as loud as asked, the same bytes again" {
  exact 313
}

# bats test_tags=long
@test "random bulletins 301 and 308" { exact 301 308; }
