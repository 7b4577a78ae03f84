/* Hostile bytes for podcast/: see hostile.h. Run from the repository's root. */
#include "hostile.h"

#define FUZZ_INCLUDED
#include "../fuzz/fuzz_cues.c"
#include "../fuzz/fuzz_downloads.c"
#include "../fuzz/fuzz_episode.c"
#include "../fuzz/fuzz_transcript.c"

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  hostile_add("podcast", "cues", fuzz_cues);
  hostile_add("podcast", "downloads", fuzz_downloads);
  hostile_add("podcast", "episode", fuzz_episode);
  hostile_add("podcast", "transcript", fuzz_transcript);
  return g_test_run();
}
