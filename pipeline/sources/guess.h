/* Proposals from the wording: which kind, which language. Only proposals: an editor decides. */
#ifndef CARNET_SOURCES_GUESS_H
#define CARNET_SOURCES_GUESS_H

#include "logbook/entry.h"

/* The kind that the words of `text` propose. `heading` (-1: none) is the kind of the
 * section it stands in; it gives way to a question mark and to strong wording ("ne fonctionne
 * pas", "on a lancé", "recenser" by an address), and wins over weak wording.
 * `why` (never NULL) receives the reason, a static or interned string. */
EntryKind guess_kind(const char *text, const char *language, bool has_links, int heading, const char **why);
/* Kind announced by a heading ("Problèmes", "Ideas", "Preguntas"), or -1. */
int guess_heading(const char *heading);
/* "fr", "en" or "es" by common words; `fallback` when they do not tell. */
const char *guess_language(const char *text, const char *fallback);
/* The kind that an emoji before the words proposes, or -1. */
int guess_sign(gunichar sign);

#endif
