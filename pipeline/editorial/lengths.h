/* What lasts how long: asks the caller's measure once for each thing that is
 * heard, and remembers. Inside editorial only. */
#ifndef CARNET_EDITORIAL_LENGTHS_H
#define CARNET_EDITORIAL_LENGTHS_H

#include "editorial/compose.h"

typedef struct Lengths Lengths;
/* `are_said`: items come with `spoken`, which two of the same text need not share. */
Lengths *lengths_new(MeasureItems measure, bool are_said, gpointer user);
void lengths_free(Lengths *lengths);

/* Has those of `items` (RundownItem*) measured that were never heard, all at
 * once; fails as the measure does. */
bool lengths_ask(Lengths *lengths, const GPtrArray *items, GError **error);
/* Sets `frames` and `spoken` of each item, all of which were asked for; pauses stay as they are. */
void lengths_apply(const Lengths *lengths, GPtrArray *items);
/* All of `items` together; what was not asked for counts nothing. */
gint64 lengths_sum(const Lengths *lengths, const GPtrArray *items);
/* What an entry may last before it is measured. */
gint64 lengths_guess(const Entry *entry);

#endif
