/* What another program gives as a voice (speech/engine_command.h). */
#include "fuzz.h"

#include "speech/engine_command.h"

static void fuzz_engine(const guint8 *data, gsize nbytes) {
  g_autoptr(GBytes) bytes = g_bytes_new(data, nbytes);
  GError *error = NULL;
  g_autoptr(Speech) speech = wav_parse("flite", bytes, &error);
  if (speech == NULL) {
    fuzz_refused(error);
    return;
  }
  promise(speech->nsamples > 0 && speech->nsamples * 2 <= (gint64)nbytes);
  promise(speech->rate_hz >= 8000 && speech->rate_hz <= 96000);
}

FUZZ_TARGET(fuzz_engine)
