/* Hostile bytes for what joins two rooms: see hostile.h. Run from the repository's root. */
#include "hostile.h"

#define FUZZ_INCLUDED
#include "../fuzz/fuzz_entry.c"
#include "../fuzz/fuzz_packets.c"
#include "../fuzz/fuzz_request.c"

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  hostile_add("logbook", "entry", fuzz_entry);
  hostile_add("air", "packets", fuzz_packets);
  hostile_add("desk", "request", fuzz_request);
  return g_test_run();
}
