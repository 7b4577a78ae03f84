/* rundown.yaml: a rundown as a file made to be read and edited by a person.
 *
 * It opens with a comment that says how; the key `made` holds a digest of the
 * content as it was made, so that an edit is noticed and never overwritten. */
#ifndef CARNET_EDITORIAL_RUNDOWN_FILE_H
#define CARNET_EDITORIAL_RUNDOWN_FILE_H

#include "editorial/rundown.h"

/* The file's text. Returns (g_free). */
char *rundown_format(const Rundown *rundown);
/* Reads and checks; sets `edited`. Errors are PATH:LINE:COLUMN, INPUT.
 * Returns (rundown_free), or NULL. */
Rundown *rundown_load(const char *path, GError **error);
Rundown *rundown_parse(const char *path, GBytes *text, GError **error);

#endif
