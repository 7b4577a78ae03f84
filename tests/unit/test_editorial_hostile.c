/* Hostile bytes for editorial/: see hostile.h. Run from the repository's root. */
#include "hostile.h"

#define FUZZ_INCLUDED
#include "../fuzz/fuzz_script.c"
#include "../fuzz/fuzz_rundown.c"
#include "../fuzz/fuzz_bulletin.c"

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  hostile_add("editorial", "script", fuzz_script);
  hostile_add("editorial", "rundown", fuzz_rundown);
  hostile_add("editorial", "bulletin", fuzz_bulletin);
  return g_test_run();
}
