/* Who is speaking when no colon tells it: "Name – …", "Name. (place) …", "<Name> …", "Name rappelle que …". */
#ifndef CARNET_SOURCES_FORMS_H
#define CARNET_SOURCES_FORMS_H

#include "sources/speaker.h"

/* "<Marie> …", "[Marie] …" as chats write it. */
bool forms_bracketed(const char *text, const People *people, Speaker *speaker);
/* "Anonyme : …", "??? : …", or "@Marie peux-tu…": the name goes and nobody speaks. Where the words begin, or NULL. */
const char *forms_nobody(const char *text, const People *people);
/* Every other form; true when a person was found. */
bool forms_read(const char *text, const People *people, Speaker *speaker);

#endif
