/* A spoken text cut into the phrases that are spoken one by one, where a reader
 * breathes: a sentence (ICU), or, where it is long, its clauses: after , ; or :,
 * and in a part that is too long for one breath before a word that opens a
 * clause ("parce que", "and") or a group ("pour", "with"). Never inside a number
 * or a name, nor inside a piece of spoken.h. Each becomes a mark of the clip. */
#ifndef CARNET_SPEECH_PHRASES_H
#define CARNET_SPEECH_PHRASES_H

#include <glib.h>

typedef struct {
  guint32 offset, length; /* bytes of the spoken text */
  guint32 pause_ms;       /* silence after it, when another follows */
  guint32 rate_percent;   /* of the voice's rate: 100 */
  guint32 continues;      /* its sentence goes on: the voice must not fall */
} Phrase;

/* Returns an array of Phrase (g_array_unref), in order, none empty, none with words of more than 400 bytes but for a piece. Where only a
 * breath is taken the pause is two thirds of a clause's. */
GArray *phrases_of(const char *spoken, const char *language, guint sentence_pause_ms, guint clause_pause_ms);
/* The first `sentences` of them are read at `percent` of the voice's rate. */
void phrases_slow(GArray *phrases, guint sentences, guint percent);
/* What is left when a phrase could not be spoken: letters, digits and full
 * stops, short words, few repeats. Returns (g_free). */
char *phrase_simplified(const char *text, gsize nbytes);
/* `spoken` cut after a sentence so that it is at most `max_bytes`. Returns (g_free). */
char *phrases_cut(const char *spoken, const char *language, gsize max_bytes);

#endif
