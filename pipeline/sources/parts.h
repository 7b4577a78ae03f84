/* The parts of a line that the forms of speech are told by: words, colon, person. Shared by speaker.c and forms.c. */
#ifndef CARNET_SOURCES_PARTS_H
#define CARNET_SOURCES_PARTS_H

#include "sources/speaker.h"

/* The word at `p` (g_free), and where the next one begins. */
char *parts_word(const char *p, const char **next);
bool parts_is_capital(const char *p);
/* Past the blanks and colons at `p`. */
const char *parts_skip(const char *p);
/* The colon that ends a speaker's part, outside parentheses; NULL when a sentence comes first. */
const char *parts_colon(const char *text);
/* The folded name is nobody's: "anonyme", "inconnu". */
bool parts_is_nobody(const char *folded);
/* The first `n` bytes of `from` are a person: fills author (NULL: an anonymous one), place and `rest` of the speaker. */
bool parts_take_person(const char *from, gsize n, const People *people, const char *rest, Speaker *speaker);

#endif
