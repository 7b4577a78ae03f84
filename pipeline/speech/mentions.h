/* What is said in full once: texts that are heard one after another, each normalised
 * once for what was said before it, however often they are asked for again. */
#ifndef CARNET_SPEECH_MENTIONS_H
#define CARNET_SPEECH_MENTIONS_H

#include "speech/lexicon.h"

/* A memory of texts, for one thread at a time. */
typedef struct Mentions Mentions;
/* Returns (free with mentions_free). */
Mentions *mentions_new(void);
void mentions_free(Mentions *mentions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mentions, mentions_free)

/* normalise_said with `use`, whose `mentioned` must not be NULL: what the text says in full is
 * added to it. A voice, a language and a lexicon belong together as long as the memory lives.
 * Borrowed from the memory. */
const char *mentions_say(Mentions *mentions, const char *text, const char *language, const Lexicon *lexicon,
                         const LexiconUse *use);

#endif
