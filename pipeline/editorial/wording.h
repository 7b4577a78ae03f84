/* Wording: a script's own sentences, with named placeholders and plurals.
 *
 *   {date} {time} {station} {count} {place}
 *   {count, plural, =0 {rien} one {une nouvelle} other {# nouvelles}}
 *
 * The syntax is the part of ICU MessageFormat that a bulletin needs; the
 * categories are CLDR's for the language, "#" is the number, a branch may hold
 * placeholders. An apostrophe is only an apostrophe. Texts of entries never
 * come here: braces in them mean nothing. */
#ifndef CARNET_EDITORIAL_WORDING_H
#define CARNET_EDITORIAL_WORDING_H

#include <glib.h>
#include <stdbool.h>

/* What the placeholders stand for; strings are borrowed, none is NULL. */
typedef struct {
  const char *language;
  const char *date, *time, *station, *place;
  gint64 count;
} WordingValues;

/* NULL when `wording` can be filled, else what is wrong with it (g_free). */
char *wording_problem(const char *wording);
/* Does it say how many entries there are, or where they come from ({count}, {place})? */
bool wording_tells_entries(const char *wording);
/* `wording` with every placeholder filled; what cannot be filled stays as it
 * is written (see wording_problem). Returns (g_free). */
char *wording_fill(const char *wording, const WordingValues *values);

#endif
