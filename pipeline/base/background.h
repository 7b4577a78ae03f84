/* This program once more, in the background: what may take long, or die, costs the one that waits for it nothing.
 * It ends with us (SIGTERM, then SIGKILL when we are killed), and stands back from us by some steps of nice. */
#ifndef CARNET_BASE_BACKGROUND_H
#define CARNET_BASE_BACKGROUND_H

#include <glib.h>
#include <stdbool.h>

typedef struct Background Background;

/* Starts ourselves with `arguments` (NULL ended; argv[0] is not among them; borrowed). Its standard output goes
 * nowhere. `steps` (of nice): how far it stands back. Returns (background_free), or NULL. */
Background *background_start(const char *const *arguments, int steps, GError **error);
/* Another program (found on PATH), with an environment of its own on top of ours ("NAME=value", NULL ended). */
Background *background_start_program(const char *const *argv, const char *const *environment, GError **error);
/* Ourselves again, with an environment of its own, and what it prints is kept: `most_bytes` of it at most. */
Background *background_start_heard(const char *const *arguments, const char *const *environment, gsize most_bytes,
                                   GError **error);
/* What it printed so far (borrowed). */
const GString *background_output(const Background *background);
/* Never waits. True when it has ended: then `*why` is NULL if it ended well, else what it said last (g_free). */
bool background_ended(Background *background, char **why);
/* Since its start, until now or its end. */
gint64 background_took_us(const Background *background);
/* Ends it when it still runs. */
void background_free(Background *background);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Background, background_free)

#endif
