/* IPA → the names by which eSpeak NG 1.51 calls its sounds (docs/phonemes.md of
 * eSpeak NG; its "[[…]]"). Only what the language's table has: a person's
 * spelling of a sound, never eSpeak's own notation. */
#ifndef CARNET_SPEECH_IPA_H
#define CARNET_SPEECH_IPA_H

#include <glib.h>
#include <stdbool.h>

/* "plyto" → "p|l|y|t|'o". `language` begins with two letters that have a table
 * (fr, en, es). A syllable without ˈ gets its stress where the language puts it.
 * On failure `*wrong` (may be NULL) is where `ipa` has what the table has not,
 * or NULL when the language has no table. Returns (g_free), or NULL. */
char *ipa_to_espeak(const char *ipa, const char *language, const char **wrong);

#endif
