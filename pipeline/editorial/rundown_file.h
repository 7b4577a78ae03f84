/* rundown.yaml: a rundown as a file made to be read and edited by a person.
 *
 * It opens with a comment, in the bulletin's language, that says how; the key
 * `made` holds a digest of the
 * content as it was made, so that an edit is noticed and never overwritten
 * (`locked`, `keep` and the warnings are no part of it). A file written again after an
 * edit says `edited: true`.
 *
 * Each spoken item keeps `as_made`, a short sum of its `text` and of its
 * `spoken`. On reading: when only `text` was changed, `spoken` is forgotten
 * (NULL: to be made again), so that stale words are never aired; when `spoken`
 * was changed, it stands and own_spoken is true. `start_frame` is always
 * computed anew. A pause whose `frames` a person moved out of its bounds, or
 * whose bounds were deleted, is fixed. */
#ifndef CARNET_EDITORIAL_RUNDOWN_FILE_H
#define CARNET_EDITORIAL_RUNDOWN_FILE_H

#include "editorial/rundown.h"
#include "logbook/entry.h"

/* The file's text. Returns (g_free). */
char *rundown_format(const Rundown *rundown);
/* Reads and checks; sets `edited`. Errors are PATH:LINE:COLUMN, INPUT.
 * Returns (rundown_free), or NULL. */
Rundown *rundown_load(const char *path, GError **error);
Rundown *rundown_parse(const char *path, GBytes *text, GError **error);
/* Writes the file, if it is not there so already. One that sounds like `before` (what stood there; NULL: nothing does)
 * keeps its time, whatever its warnings say and in which language: files made from it are still newer than it is. */
bool rundown_save(const Rundown *rundown, const Rundown *before, const char *path, GError **error);
/* What is heard of an entry: while it is the same, what is kept of it holds. Returns (g_free). */
char *kept_sum_of(const Entry *entry);
/* The same to the ear and as a plan: only warnings, `locked`, `edited` or what is kept differ. */
bool rundown_sounds_like(const Rundown *a, const Rundown *b);

#endif
