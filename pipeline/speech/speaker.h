/* The speaker: eSpeak NG in a nursery's children (the only caller of libespeak-ng). */
#ifndef CARNET_SPEECH_SPEAKER_H
#define CARNET_SPEECH_SPEAKER_H

#include "speech/clips.h"

/* Raw speech. */
typedef struct {
  gint16 *samples; /* mono */
  gint64 nsamples;
  guint rate_hz;
  GArray *marks;    /* ClipMark, with `frame` counted in samples */
  guint simplified; /* phrases of which only the simplified text could be spoken */
} Speech;
void speech_free(Speech *speech);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Speech, speech_free)

/* Speaks `spoken`, its first `headline` sentences at the voice's headline rate. A phrase that kills the synthesizer is tried once more with
 * simplified text; one that fails even so fails the whole (SYSTEM). AGAIN: the
 * voice could not be read, or nothing is heard of the text. Thread-safe.
 * Returns (speech_free), or NULL. */
Speech *speaker_speak(NurseryPool *speakers, const Voice *voice, const char *spoken, const char *language,
                      guint headline, GError **error);

#endif
