/* The voice that eSpeak NG speaks with, and the sounds of another language's words in the midst of it. In a speaking
 * child alone: what is set stays set, and any text may abort the library. */
#ifndef CARNET_SPEECH_ESPEAK_VOICE_H
#define CARNET_SPEECH_ESPEAK_VOICE_H

#include <glib.h>
#include <stdbool.h>

/* By eSpeak's name or a language, with a variant: "fr", "en-gb+f2". Its rate and pitch are the voice's own afterwards.
 * INPUT: there is no such voice or variant; AGAIN: its file could not be read. */
bool espeak_voice_set(const char *voice, GError **error);

/* What is known of the foreign words of a text. Zeroed: nothing. */
typedef struct {
  char *home;        /* the language to come back to; NULL: no way back is known */
  GHashTable *known; /* "en\nopen data" → "_^_en 'oU|p|@|n d|'eI|t|@ _^_fr" */
} Foreign;
void foreign_clear(Foreign *foreign);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Foreign, foreign_clear)
/* Asks for the sounds of each piece of `text` (spoken.h) that is of another language than the voice that is set.
 * Returns true when another voice is set now. Once. */
bool foreign_learn(Foreign *foreign, const char *text);
/* A SpokenForeign; `user` is the Foreign. */
char *foreign_find(const char *words, const char *language, gpointer user);

#endif
