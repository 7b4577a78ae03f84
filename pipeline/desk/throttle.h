/* How often somebody may try: by name and by address, with a wait that doubles after each failure. Any thread. */
#ifndef CARNET_DESK_THROTTLE_H
#define CARNET_DESK_THROTTLE_H

#include <glib.h>

typedef struct Throttle Throttle;
/* `free_tries`: so many failures within an hour cost nothing. */
Throttle *throttle_new(guint free_tries);
void throttle_free(Throttle *throttle);
/* Seconds that `key` must still wait, 0: it may try. */
guint throttle_wait(Throttle *throttle, const char *key, gint64 now_us);
/* It failed: after the free ones the wait is 2 s, 4 s… up to 15 minutes. */
void throttle_failed(Throttle *throttle, const char *key, gint64 now_us);
void throttle_forget(Throttle *throttle, const char *key); /* it did not fail */

#endif
