/* Hostile bytes for schedule/: see hostile.h. Run from the repository's root. */
#include "hostile.h"

#define FUZZ_INCLUDED
#include "../fuzz/fuzz_calendar.c"

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  hostile_add("schedule", "calendar", fuzz_calendar);
  return g_test_run();
}
