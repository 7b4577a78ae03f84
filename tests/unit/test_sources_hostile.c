/* Hostile bytes for sources/: see hostile.h. Run from the repository's root. */
#include "hostile.h"

#define FUZZ_INCLUDED
#include "../fuzz/fuzz_pad.c"
#include "../fuzz/fuzz_csv.c"

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  hostile_add("sources", "pad", fuzz_pad);
  hostile_add("sources", "csv", fuzz_csv);
  return g_test_run();
}
