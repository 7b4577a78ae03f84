/* The lexicon: words and sigles as the station says them (voices/lexicon.LANG.yaml;
 * its format by example: voices/README.md). */
#ifndef CARNET_SPEECH_LEXICON_H
#define CARNET_SPEECH_LEXICON_H

#include <glib.h>
#include <stdbool.h>

/* One entry of the file. */
typedef struct {
  char *word;             /* NFC, plain apostrophe */
  char *say;              /* a respelling; NULL: `ipa`, `language`, spelled or as any other word */
  char *ipa;              /* or NULL; known to ipa.h */
  char *language;         /* the words are spoken by it (BCP 47), or NULL */
  char *first;            /* said in full the first time, without its article; or NULL */
  char *voice;            /* holds for this voice alone, NULL: for all */
  char **before, **after; /* holds before (after) one of these: see lexicon_context.h; NULL: everywhere */
  bool exact;             /* capitals as they are written */
  bool spell;             /* letter by letter */
  unsigned index;         /* in the file, from 0 */
} LexiconEntry;

typedef struct Lexicon Lexicon;
/* A file that is not there is an empty lexicon; one that is wrong is INPUT at
 * its line and column. Returns (free with lexicon_free), or NULL. */
Lexicon *lexicon_load(const char *path, GError **error);
/* The same from memory; `path` is for messages, and its name tells the language. */
Lexicon *lexicon_parse(const char *path, GBytes *text, GError **error);
void lexicon_free(Lexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lexicon, lexicon_free)
/* NULL is an empty lexicon. */
guint lexicon_count(const Lexicon *lexicon);
/* Borrowed, in the file's order. */
const LexiconEntry *lexicon_entry(const Lexicon *lexicon, guint index);
/* The line of each entry in the file, from 1. Returns (g_free), NULL when there are none. */
unsigned *lexicon_lines(const Lexicon *lexicon);
/* The entry that holds just where `entry` (of another lexicon) would: its word, capitals, voice and context. NULL:
 * none. Borrowed. */
const LexiconEntry *lexicon_twin(const Lexicon *lexicon, const LexiconEntry *entry);
/* The entry that stands for `word` wherever it stands and whoever speaks, NULL: none. Borrowed. */
const LexiconEntry *lexicon_find(const Lexicon *lexicon, const char *word);

/* Where a text is said. */
typedef struct {
  const char *voice;     /* who speaks; NULL: nobody who has entries of their own */
  GHashTable *mentioned; /* set of words (char*, g_free) that were said in full before; those that
                            are now are added. NULL: nothing is said in full */
} LexiconUse;

/* Says a word (a run of letters and digits) in a way of its own, or returns false to keep it as it is. */
typedef bool (*LexiconSay)(const char *word, gsize nbytes, GString *out, gpointer user);
typedef struct {
  LexiconSay other; /* what the lexicon does not know; may be NULL */
  LexiconSay spell; /* a sigle, letter by letter; may be NULL */
  gpointer user;
} LexiconSayers;

/* `text` (a line) with each whole word or sigle that the lexicon knows replaced, in one
 * pass: what the lexicon says is never changed again. Linear in `text`. IPA and
 * languages are in the normaliser's signs (spoken.h). All but `text` may be NULL. Returns (g_free). */
char *lexicon_walk(const Lexicon *lexicon, const char *text, const LexiconUse *use, const LexiconSayers *sayers);
/* The same without anything around it. Returns (g_free). */
char *lexicon_apply(const Lexicon *lexicon, const char *text);

#endif
