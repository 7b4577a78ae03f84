/* Written text → what a reader says. Rules are const tables, one file for each
 * language (rules_fr.c, rules_en.c, rules_es.c), applied in a visible order:
 * common clean-up (clean.h), addresses and signs (rules_common.c), the language's
 * rules, the lexicon (with sigles it does not know spelled), tidying (tidy.h).
 * What it says for what is written: tests/spoken/LANG.tsv. */
#ifndef CARNET_SPEECH_NORMALISE_H
#define CARNET_SPEECH_NORMALISE_H

#include "speech/lexicon.h"

/* Returns (g_free): clean UTF-8 without markup, addresses or control
 * characters; "" when nothing is left to say. Linear in time; at most 20 times
 * longer than `text`, of which no more than the first 64 KiB (without markup) are
 * said: a clip holds less. The last line gets no full stop that it did not have.
 * `lexicon` may be NULL. */
char *normalise_text(const char *text, const char *language, const Lexicon *lexicon);
/* The same as it is said by a voice in a place of a bulletin (`use`, may be NULL);
 * what the lexicon marks is in the notation of spoken.h. */
char *normalise_said(const char *text, const char *language, const Lexicon *lexicon, const LexiconUse *use);
/* Is told of each word that neither a rule nor the lexicon knows (a run of letters and digits, borrowed),
 * and of those that the rules made, in the order they are said. */
typedef void (*WordSeen)(const char *word, gsize nbytes, gpointer user);
char *normalise_watched(const char *text, const char *language, const Lexicon *lexicon, const LexiconUse *use,
                        WordSeen seen, gpointer user);

#endif
