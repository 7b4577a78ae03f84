/* The few words before a colon: is it a person, which name, which place? (See speaker.h.) */
#ifndef CARNET_SOURCES_PERSON_H
#define CARNET_SOURCES_PERSON_H

#include <glib.h>
#include <stdbool.h>

/* Longest part that can be a speaker, bytes. */
#define PERSON_MAX_BYTES 180

typedef struct {
  char *author, *place; /* NULL: none */
  guint words;          /* of the name */
  bool sure;            /* a known given name, or someone of the pad */
  bool says;            /* a verb of speech followed ("Marie demande :") */
  bool answers;         /* that verb was "répond" */
} Person;

/* `known` (may be NULL) holds folded names and initials as keys. True when `part` is a person. */
bool person_read(const char *part, gsize nbytes, GHashTable *known, Person *person);
/* One word that could be a name: a capital, and neither a common noun nor an organisation. */
bool person_may_be(const char *part, gsize nbytes);
void person_clear(Person *person);
/* The place inside "infirmière à Kervalan", "Kervalan, DGS"; `bare`: a lone name is a place.
 * Returns (g_free) or NULL. */
char *person_place(const char *detail, bool bare);

#endif
