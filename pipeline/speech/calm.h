/* CAPITALS that are neither a sigle nor a name: who writes so shouts, and is read like anybody else. Inside speech/ only. */
#ifndef CARNET_SPEECH_CALM_H
#define CARNET_SPEECH_CALM_H

#include "speech/lexicon.h"

/* "ATTENTION TRAVAUX RUE DU PORT" and "ROAD CLOSED: Oven Lane" in small letters; what the lexicon knows, and what can only
 * be spelled, stays. `lexicon` may be NULL. Returns (g_free). */
char *calm_text(const char *text, const Lexicon *lexicon);

#define MOST_LETTERS_OF_A_SIGLE 5

/* Whether a word of so many capitals, nothing else, is read as a word: it is longer than a sigle, or as long and has the
 * sounds of a word ("TABLE", no "CNFPT"). */
bool calm_reads_as_word(const char *word, gsize nbytes, guint capitals);

#endif
