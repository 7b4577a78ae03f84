/* Written text → what a reader says. Rules are const tables, one file for each
 * language (rules_fr.c, rules_en.c, rules_es.c), applied in a visible order:
 * common clean-up, then the language's rules, then the lexicon, then tidying. */
#ifndef CARNET_SPEECH_NORMALISE_H
#define CARNET_SPEECH_NORMALISE_H

#include "speech/lexicon.h"

/* Returns (g_free): clean UTF-8 without markup, addresses or control
 * characters; "" when nothing is left to say. Linear in time; at most 20 times
 * longer than `text`. `lexicon` may be NULL. */
char *normalise_text(const char *text, const char *language, const Lexicon *lexicon);

#endif
