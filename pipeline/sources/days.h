/* Dates as people write them in a heading. */
#ifndef CARNET_SOURCES_DAYS_H
#define CARNET_SOURCES_DAYS_H

#include <glib.h>
#include <stdbool.h>

/* The first date in `text`: "17 mars", "mardi 17 mars 2020", "1er avril",
 * "March 17", "17 de marzo", "17/03", "17-03-2020", "17.03.20", "2020-03-17".
 * Without a year it is the nearest past one seen from `today` (today counts).
 * `alone` (may be NULL): nothing but the date, a weekday and signs is there.
 * Returns "YYYY-MM-DD" (g_free), or NULL when there is none. */
char *days_find(const char *text, const char *today, bool *alone);
/* The day `count` days after `day` (YYYY-MM-DD, valid); g_free. */
char *days_later(const char *day, guint count);
/* A year stands in the text: its date is sure. */
bool days_has_year(const char *text);
/* The day in the name of a file ("cr-2020-03-17", "reunion_20200317", "notes 17 mars"); g_free, NULL when none. */
char *days_in_name(const char *name, const char *today);

#endif
