/* Who reads a language when nobody is named, and the lexicon of a language. */
#ifndef CARNET_COMMANDS_READER_H
#define CARNET_COMMANDS_READER_H

#include "base/station.h"
#include "speech/lexicon.h"
#include "speech/voice.h"

/* The name of the voice. Constant. */
const char *reader_usual_voice(const char *language);
/* The station's voice of that name. Returns (voice_free), or NULL with INPUT. */
Voice *reader_voice(const Station *station, const char *name, GError **error);
/* STATION/voices/lexicon.LANG.yaml; "fr-CA" has that of "fr". Returns (g_free). */
char *reader_lexicon_path(const Station *station, const char *language);
/* An empty one when there is none. Returns (lexicon_free), or NULL. */
Lexicon *reader_lexicon(const Station *station, const char *language, GError **error);
/* `text` as this voice says it by itself: with what the lexicon has for the voice, and first mentions in full.
 * Returns (g_free). */
char *reader_says(const Voice *voice, const char *text, const char *language, const Lexicon *lexicon);

#endif
