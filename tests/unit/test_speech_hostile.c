/* Hostile bytes for speech/: see hostile.h. Run from the repository's root. */
#include "hostile.h"

#define FUZZ_INCLUDED
#include "../fuzz/fuzz_normalise.c"
#include "../fuzz/fuzz_lexicon.c"
#include "../fuzz/fuzz_voice.c"
#include "../fuzz/fuzz_engine.c"

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  hostile_add("speech", "normalise", fuzz_normalise);
  hostile_add("speech", "lexicon", fuzz_lexicon);
  hostile_add("speech", "voice", fuzz_voice);
  hostile_add("speech", "engine", fuzz_engine);
  return g_test_run();
}
