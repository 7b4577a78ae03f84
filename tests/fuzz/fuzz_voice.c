/* A voice's file (voices/NAME.yaml). */
#include "fuzz.h"

#include "speech/voice.h"

static void fuzz_voice(const guint8 *data, gsize nbytes) {
  GError *error = NULL;
  g_autoptr(Voice) voice = voice_load(fuzz_file(data, nbytes), &error);
  if (voice == NULL) {
    fuzz_refused(error);
    return;
  }
  promise(voice->rate_wpm >= 80 && voice->rate_wpm <= 450 && voice->pitch <= 99 && voice->pitch_range <= 99);
  promise(strpbrk(voice->voice, "/. ") == NULL && strpbrk(voice->variant, "/. ") == NULL);
  promise(voice->engine == ENGINE_ESPEAK || (voice->command != NULL && voice->command[0] != NULL));
  promise(voice->polish != NULL && g_utf8_validate(voice->polish, -1, NULL));
}

FUZZ_TARGET(fuzz_voice)
