/* The notation of a spoken text: plain words, and pieces that are said otherwise.
 *
 *   Le {plutôt|/plyto/} de l'{open data|en}.
 *
 * `{WORDS|/IPA/}`: said so, in the sounds of the language around it;
 * `{WORDS|TAG}`: said by that language (BCP 47). It is what a person reads and
 * may write in a rundown's `spoken`; what is not well formed is plain text.
 *
 * Text from outside never becomes a piece: braces and bars are dropped by
 * tidy_line, and inside the normaliser the signs are private-use characters,
 * which clean_text takes out of what comes in. Nor does it become phonemes: the
 * IPA of a piece is translated by a table (ipa.h), and what the table does not
 * have is said as the piece's words. */
#ifndef CARNET_SPEECH_SPOKEN_H
#define CARNET_SPEECH_SPOKEN_H

#include <glib.h>
#include <stdbool.h>

/* The signs while the normaliser works: U+E000, U+E001, U+E002. */
#define SPOKEN_OPEN "\356\200\200"
#define SPOKEN_BAR "\356\200\201"
#define SPOKEN_CLOSE "\356\200\202"

/* Into the text and borrowed from it: lengths, not NULs. */
typedef struct {
  const char *words;
  gsize nbytes;
  const char *how; /* "en", "/plyto/"; NULL: plain words */
  gsize how_nbytes;
} SpokenPiece;

/* The next piece of a spoken text, which `*p` moves behind. False at its end. */
bool spoken_next(const char **p, SpokenPiece *piece);
/* The piece's IPA without its slashes, or its language's tag. Returns (g_free), or NULL. */
char *spoken_ipa(const SpokenPiece *piece);
char *spoken_language(const SpokenPiece *piece);

/* Bytes of the piece that begins at `p` with SPOKEN_OPEN, 0: none does. */
gsize spoken_length(const char *p);
/* SPOKEN_OPEN, _BAR and _CLOSE → braces and bar, in place. */
void spoken_write(GString *text);
/* Appends a piece in the normaliser's signs; of `words` only what can be read. */
void spoken_append(GString *out, const char *words, gsize nbytes, const char *how);

/* The words alone: for other programs that speak, and for what is shown. Returns (g_free). */
char *spoken_plain(const char *spoken);
/* The text as it is cut into phrases: the words alone, a piece's in one (its spaces and signs are
 * hyphens). `*places` (guint32, one for each byte and the end; g_array_unref) tells where each byte
 * is in `spoken`: none lies inside a piece but those of its first. Returns (g_free). */
char *spoken_outline(const char *spoken, GArray **places);

/* The names by which eSpeak NG calls the sounds of `words` in another language, to stand between
 * "[[" and "]]", or NULL when it does not speak it. Returns (g_free). */
typedef char *(*SpokenForeign)(const char *words, const char *language, gpointer user);
/* What eSpeak NG is given for a phrase: words without brackets, and "[[…]]" for each piece whose
 * sounds are known (the IPA that the table has, what `foreign` knows; it may be NULL); `*phonemes`
 * tells whether there is one. Any other piece is its words. `voice` is eSpeak's ("fr", "fr+f2").
 * `places` (guint32, may be NULL) gets where each byte of it comes from in the phrase: of sounds, where the piece begins.
 * Returns (g_free). */
char *spoken_for_espeak(const char *phrase, const char *voice, SpokenForeign foreign, gpointer user, bool *phonemes,
                        GArray *places);

#endif
