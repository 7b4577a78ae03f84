/* What stands around a word of the lexicon: the patterns of `before:` and `after:`.
 *
 *   les            a word (its small letters; "l'" is one too)
 *   de la          words in a row
 *   *ment  anti*   a word that ends, begins so; * alone is any word
 *   .              a pause: punctuation, or where the text begins or ends
 *   ne ...         up to six words may stand between, without a pause
 */
#ifndef CARNET_SPEECH_LEXICON_CONTEXT_H
#define CARNET_SPEECH_LEXICON_CONTEXT_H

#include <glib.h>
#include <stdbool.h>

bool context_is_word_character(gunichar c);
/* What is wrong with a pattern (translated, borrowed), NULL when nothing is. */
const char *context_check(const char *pattern);
/* Does one of `patterns` (small letters) stand right after `p`, or right before `p` in `text`? */
bool context_follows(char *const *patterns, const char *p);
bool context_precedes(char *const *patterns, const char *text, const char *p);

#endif
