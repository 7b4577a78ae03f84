/* How long to wait before the next attempt: 1 s, 2, 4, 8, 8… each shaken by
 * ±25 % so that many mounts do not knock on a server all at once. At most 8 s,
 * with the 6 s of a handshake that hangs: back within 15 s of its mending. Pure. */
#ifndef CARNET_AIR_BACKOFF_H
#define CARNET_AIR_BACKOFF_H

#include <glib.h>

#define BACKOFF_LEAST_US G_GINT64_CONSTANT(1000000)
#define BACKOFF_MOST_US G_GINT64_CONSTANT(8000000)

typedef struct {
  guint failures; /* in a row; zero it after a success that lasted */
} Backoff;

/* Counts one failure more and returns the wait, within the bounds above.
 * `chance` is in [0, 1): g_random_double(), or a test's own number. */
gint64 backoff_next_us(Backoff *backoff, double chance);

#endif
