/* A small text from a server that we stream to, by libavformat's own HTTP and TLS. Blocking: for helper threads. */
#ifndef CARNET_SOUND_FETCH_H
#define CARNET_SOUND_FETCH_H

#include <glib.h>
#include <stdbool.h>

/* What stands at `url` (http:, https:), `most` bytes at most; gives up when the server says nothing for `timeout_us`, or
 * when `stop` (of `user`) answers otherwise than 0. Returns (g_free), or NULL: AGAIN. */
char *fetch_text(const char *url, gsize most, gint64 timeout_us, int (*stop)(void *user), void *user, GError **error);

#endif
