/* A rundown that stands, and what could still be changed in it: entries that wait, and the one that would go first. Pure,
 * as composing is: the same `input` (compose.h) with which it was, or would be, composed. */
#ifndef CARNET_EDITORIAL_AMEND_H
#define CARNET_EDITORIAL_AMEND_H

#include "editorial/compose.h"

/* The entries that may be heard and are not in the rundown, best first, `most` at the most. Returns Explanation*
 * (g_ptr_array_unref); `why` says its merits. */
GPtrArray *amend_proposals(const ComposeInput *input, const Rundown *rundown, guint most);
/* How an entry is heard on its own, not measured: itself, and before it what introduces it, and a pause. Returns RundownItem* (g_ptr_array_unref), or NULL:
 * it may not be heard in this bulletin. */
GPtrArray *amend_items(const ComposeInput *input, gint64 entry);
/* The first of the items that belong to the one at `index`: of a sound, its introduction; else itself. */
guint amend_first_of(const Rundown *rundown, guint index);
/* The entry of the rundown that would be left out first, should another grow; 0: none would. */
gint64 amend_first_out(const ComposeInput *input, const Rundown *rundown);

#endif
