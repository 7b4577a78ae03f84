/* The people that a pad has named so far: its participants and those who spoke. */
#ifndef CARNET_SOURCES_PEOPLE_H
#define CARNET_SOURCES_PEOPLE_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
  GHashTable *known;  /* folded names, given names, initials → place ("" unknown, "?" several) */
  GHashTable *places; /* folded names of the places that somebody speaks from, a set */
} People;

People *people_new(void);
void people_free(People *people);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(People, people_free)
/* Remembers a name, its given name and its initials, and where they are (`place` may be NULL). */
void people_learn(People *people, const char *name, const char *place);
/* Where the pad says that `author` is (borrowed); NULL when it does not, or says two places. */
const char *people_place(const People *people, const char *author);
/* Somebody of this pad is in the place of this name. */
bool people_speak_from(const People *people, const char *place);
/* Remembers the name that opens a line of a list of participants ("Marie Le Goff, infirmière"). */
void people_learn_participant(People *people, const char *line);
/* The same for each of "Anne (maire, Kervalan), Paul et Luc". */
void people_learn_participants(People *people, const char *names);
/* "MB = Maëlle Berthou, JK = Jules Kerdoncuff": the initials and the names. */
void people_learn_key(People *people, const char *line);

#endif
