/* Hostile bytes for base/: see hostile.h. Run from the repository's root. */
#include "hostile.h"

#define FUZZ_INCLUDED
#include "../fuzz/fuzz_outside.c"
#include "../fuzz/fuzz_station.c"

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  hostile_add("base", "outside", fuzz_outside);
  hostile_add("base", "station", fuzz_station);
  return g_test_run();
}
