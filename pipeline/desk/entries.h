/* The logbook as the desk shows it: which entries are asked for, who may see and change which. Inside desk/ only. */
#ifndef CARNET_DESK_ENTRIES_H
#define CARNET_DESK_ENTRIES_H

#include "desk/visit.h"
#include "logbook/entries.h"

#define ENTRIES_A_PAGE 50

/* What is asked for, the latest first, a page and one more; a contributor finds his own alone.
 * Returns an array of Entry* (g_ptr_array_unref), or NULL. */
GPtrArray *desk_entries(const Visit *visit, GError **error);
/* The entry of "id", if this user may see it; else NULL with INPUT, as if there were none. Returns (entry_free). */
Entry *desk_entry(const Visit *visit, GError **error);
/* May he change it? A contributor his own, while nobody has looked at it. */
bool desk_may_change(const Visit *visit, const Entry *entry);
/* The source of what this user adds; NULL: none is written. Returns (g_free). */
char *desk_source(const Visit *visit);
/* An entry of today, of this user, that waits; in no logbook yet. Returns (entry_free). */
Entry *desk_new_entry(const Visit *visit);
/* Sets what was given on `entry`; what only an editor may say is left out for others. */
bool desk_apply(const Visit *visit, Entry *entry, GError **error);

#endif
