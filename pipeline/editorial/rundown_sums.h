/* What lets a changed rundown.yaml be told from one as it was made; shared by
 * rundown_format.c (writing) and rundown_file.c (reading). */
#ifndef CARNET_EDITORIAL_RUNDOWN_SUMS_H
#define CARNET_EDITORIAL_RUNDOWN_SUMS_H

#include "editorial/rundown_file.h"

#define RUNDOWN_OWN "own" /* in `as_made`: a person wrote `spoken` */

/* A short sum of one text (NULL is ""). Returns (g_free). */
char *rundown_short_sum(const char *text);
/* The digest of all that is heard. Returns (g_free). */
char *rundown_digest_of(const Rundown *rundown);
/* "exact", "at-most". */
const char *rundown_fit_name(RundownFit fit);

#endif
