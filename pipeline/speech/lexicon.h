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

/* What becomes of a word (a run of letters and digits) that the lexicon does
 * not know: writes it, or returns false to keep it as it is. */
typedef bool (*LexiconOther)(const char *word, gsize nbytes, GString *out, gpointer user);
/* lexicon_apply that hands every unknown word to `other` in the same pass, so
 * that what the lexicon says is never changed again. Returns (g_free). */
char *lexicon_walk(const Lexicon *lexicon, const char *text, LexiconOther other, gpointer user);

#endif
