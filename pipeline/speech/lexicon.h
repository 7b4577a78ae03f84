/* The lexicon: words and sigles as the station says them (voices/lexicon.LANG.yaml). */
#ifndef CARNET_SPEECH_LEXICON_H
#define CARNET_SPEECH_LEXICON_H

#include <glib.h>
#include <stdbool.h>

typedef struct Lexicon Lexicon;
/* A file that is not there is an empty lexicon; one that is wrong is INPUT at
 * its line. Returns (free with lexicon_free), or NULL. */
Lexicon *lexicon_load(const char *path, GError **error);
void lexicon_free(Lexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lexicon, lexicon_free)
guint lexicon_count(const Lexicon *lexicon);
/* `text` with each whole word or sigle that the lexicon knows replaced. `lexicon` may be NULL. Returns (g_free). */
char *lexicon_apply(const Lexicon *lexicon, const char *text);

#endif
