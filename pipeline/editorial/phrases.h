/* How an entry is said: what comes before its words (kind, place, who, by its
 * own attribution), after them (how many agree), its name on screens and in
 * chapters, and its headline. One table for each language (phrases.c); a
 * language without a table borrows English's shape without its words. Entries have their language here. */
#ifndef CARNET_EDITORIAL_PHRASES_H
#define CARNET_EDITORIAL_PHRASES_H

#include "logbook/entry.h"

#include <stdbool.h>

/* Columns of a title on screens. */
#define PHRASES_TITLE_COLUMNS 60

/* What the previous entry left in the ear, so that the next one varies. Zero at first. */
typedef struct {
  const char *place; /* place just named, or NULL (borrowed from the entry) */
  guint variant;     /* template just used */
  EntryKind kind;
  guint since_agreed; /* entries since agreements were told */
  guint answers;      /* answers said one after the other */
  bool any;           /* one was said before */
  guint headline; /* how many sentences open the entry just said: its introduction's and its headline; 0: it is one */
} PhraseMemory;

/* "À Port-Aurelle : le marché rouvre. 4 personnes sont d'accord." An answer
 * (`is_reply`: its parent was just heard) is introduced as one. Updates
 * `memory`. Returns (g_free). */
char *phrase_entry(const Entry *entry, bool is_urgent, bool is_reply, PhraseMemory *memory);
/* What comes before a recorded sound: the same without the entry's words; "" when there is nothing to say. Returns (g_free). */
char *phrase_intro(const Entry *entry, bool is_urgent, bool is_reply, PhraseMemory *memory);
/* The entry's words alone, as one paragraph: title (unless the text's first sentence says
 * it) and text, without a label of its kind ("Alerte : …"). Returns (g_free). */
char *phrase_words(const Entry *entry);
/* Bytes of the first sentence of `text`, all of them when nothing ends it. */
gsize phrase_first_sentence(const char *text);
/* Is there a colon in the first sentence? An introduction before it then ends with a full stop. */
bool phrase_opens_with_colon(const char *words);
/* Does the beginning of `words` hold a word of `template` ("Une ressource : recenser des ressources")? */
bool phrase_repeats(const char *template, const char *words);
/* Name on screens: its title or its first words, never its author's name. Returns (g_free). */
char *phrase_title(const Entry *entry);
/* A short whole sentence for the headlines, or NULL when its words cannot be
 * shortened without harm, or would name its author against the entry's wish. Returns (g_free). */
char *phrase_headline(const Entry *entry);
/* Does the headline stand on its own feet: a title, or a text that begins like a sentence? */
bool phrase_headline_is_clean(const Entry *entry);
/* "à Port-Aurelle", "au Havre", "in Kervalan". Returns (g_free). */
char *phrase_where(const char *place, const char *language);
/* The sentence of a day without entries, for a script that gives none. Borrowed. */
const char *phrase_quiet(const char *language);

#endif
