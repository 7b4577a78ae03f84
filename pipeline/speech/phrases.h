/* A spoken text cut into the phrases that are spoken one by one: a sentence,
 * or, where it is long, its clauses. Each becomes a mark of the clip. */
#ifndef CARNET_SPEECH_PHRASES_H
#define CARNET_SPEECH_PHRASES_H

#include <glib.h>

typedef struct {
  guint32 offset, length; /* bytes of the spoken text */
  guint32 pause_ms;       /* silence after it, when another follows */
} Phrase;

/* Returns an array of Phrase (g_array_unref), in order, none empty, none longer than 400 bytes. */
GArray *phrases_of(const char *spoken, const char *language, guint sentence_pause_ms, guint clause_pause_ms);
/* What is left when a phrase could not be spoken: letters, digits and full
 * stops, short words, few repeats. Returns (g_free). */
char *phrase_simplified(const char *text, gsize nbytes);
/* `spoken` cut after a sentence so that it is at most `max_bytes`. Returns (g_free). */
char *phrases_cut(const char *spoken, const char *language, gsize max_bytes);

#endif
