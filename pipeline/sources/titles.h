/* The wording of a pad's own furniture: titles, lists of people, sections, sign-offs. `folded`: text_fold's form. */
#ifndef CARNET_SOURCES_TITLES_H
#define CARNET_SOURCES_TITLES_H

#include <glib.h>
#include <stdbool.h>

/* The line opens a list of people: "Participant.e.s", "Présents : A, B", "Étaient là A, B". Where the names
 * of this line begin ("" when they follow below), or NULL. */
const char *title_of_participants(const char *text);
/* "MB = Maëlle Berthou, JK = Jules Kerdoncuff": a key to initials. */
bool title_is_key(const char *text);
/* It begins as the title of a meeting's notes does. */
bool title_of_meeting(const char *folded);
/* "Lieu : visio", "Animation : Marie": about the meeting, above the first thought. */
bool title_about_meeting(const char *text);
/* "Ordre du jour": what follows is what was to be spoken of, not what was said. */
bool title_of_agenda(const char *text);
/* "Tour de table", "À faire", "Divers": a section whatever stands below. */
bool title_of_section(const char *text);
/* All in capitals, as headings of minutes are. */
bool title_in_capitals(const char *text);
/* "Bonjour à toutes,", "Bien cordialement": of the letter, not of the meeting. */
bool title_is_greeting(const char *text);
/* "La séance est levée à 16h15." */
bool title_is_procedure(const char *text);
bool title_is_farewell(const char *text);

#endif
