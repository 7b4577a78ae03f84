/* eSpeak NG says a text, and we hear it: samples, and when each word begins. In a speaking child alone, whose voice is set:
 * any text may abort the library. */
#ifndef CARNET_SPEECH_HEARING_H
#define CARNET_SPEECH_HEARING_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
  gint64 sample; /* from the first that was heard */
  guint place;   /* of the text: characters from 0 */
} WordStart;

/* `phonemes`: "[[…]]" in it are sounds. Returns the samples (gint16, g_array_unref), or NULL: the library failed, or went on
 * beyond `most` samples. Appends to `starts` (may be NULL) as the library tells them: not each word has one. */
GArray *hearing_say(const char *text, bool phonemes, guint most, GArray *starts);

#endif
