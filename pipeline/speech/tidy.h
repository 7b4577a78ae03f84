/* The last steps of the normaliser: words that remain as written, and the
 * guard that lets only what a voice can read go on. */
#ifndef CARNET_SPEECH_TIDY_H
#define CARNET_SPEECH_TIDY_H

#include "speech/rules.h"

/* Says a word that the lexicon does not know: a sigle letter by letter
 * (CLIC, S.N.C.F.), long capitals as a word (URGENT), letters from digits
 * ("RN12"). Returns false when it stays as it is. */
bool tidy_word(const RuleSet *set, const char *word, gsize nbytes, GString *out);

/* One line → letters, marks, digits, apostrophes, hyphens inside words,
 * spaces and . , ; : ! ? alone, punctuation well placed; the same word at most
 * eight times in a row. Appends to `out`, closing what is there by a full stop. */
void tidy_line(const char *text, GString *out);

#endif
