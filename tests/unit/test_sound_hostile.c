/* Hostile bytes for sound/: see hostile.h. Run from the repository's root. */
#include "hostile.h"

#define FUZZ_INCLUDED
#include "../fuzz/fuzz_cover.c"
#include "../fuzz/fuzz_wav.c"
#include "../fuzz/fuzz_sound.c"

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  hostile_add("sound", "cover", fuzz_cover);
  hostile_add("sound", "wav", fuzz_wav);
  hostile_add("sound", "sound", fuzz_sound);
  return g_test_run();
}
