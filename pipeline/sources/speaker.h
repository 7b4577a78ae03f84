/* Who is speaking at the start of a line: "Name (place) :", "Name, role :", "Remarque MB …".
 *
 * Conservative: a sentence that is taken for a speaker loses its first words,
 * so a lone unknown word is a speaker only with other evidence (its place, its
 * role, the pad's list of participants). Organisations and roles are left out
 * of author and place. */
#ifndef CARNET_SOURCES_SPEAKER_H
#define CARNET_SOURCES_SPEAKER_H

#include "sources/people.h"

typedef struct {
  char *author;     /* as written; NULL: nobody is named */
  char *place;      /* or NULL */
  int kind;         /* of a label ("Question :"), or -1 */
  const char *why;  /* static: which label; NULL */
  bool answers;     /* "Réponse :": it answers the line before it */
  const char *rest; /* what is said, inside the text that was read */
} Speaker;

/* Reads the start (and a signature at the end: then `*end` is set to where the
 * text ends, else NULL). Always fills `speaker`; true when author or kind was found. */
bool speaker_read(const char *text, const People *people, Speaker *speaker, const char **end);
/* "Réseau santé (Marie Le Goff) : …" → "Réseau santé : …", Marie Le Goff in `speaker`.
 * Returns the text without the name (g_free), or NULL when no person is in such a place. */
char *speaker_take_topic(const char *text, const People *people, Speaker *speaker);
/* Where, inside one line, the next one begins: after "? →" (then `*answers`), or after an end of
 * sentence when somebody sure is named before a colon. NULL: the line is one thought. */
const char *speaker_next(const char *text, const People *people, bool *answers);
/* "… (Rennes)", "Rennes : …" with no speaker: cuts the name of a place from which somebody of the pad speaks
 * off `text` (in place), and returns it (g_free), or NULL. */
char *speaker_take_place(char *text, const People *people);
void speaker_clear(Speaker *speaker);
/* The line begins as a person's name does (for lists of participants). */
bool speaker_is_name(const char *text, const People *people);

#endif
