/* Calendars that are kept elsewhere: a file on the web (RFC 5545 by HTTP, with its ETag), or a CalDAV collection
 * (RFC 4791), whose address ends with a "/". */
#ifndef CARNET_SCHEDULE_REMOTE_H
#define CARNET_SCHEDULE_REMOTE_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
  const char *url;             /* https, http, webcal (which is https) */
  const char *user, *password; /* NULL: none */
} RemoteCalendar;

/* Gets it. `tag`: what the last one had (NULL: there is none); when it has not changed, `*text` stays NULL and that is
 * success. Else `*text` (g_bytes_unref) is iCalendar, of a collection all of its objects one after another, and
 * `*new_tag` (g_free; may be NULL) what to ask with next time. Unreachable is AGAIN; refused, or no calendar, is INPUT.
 * Waits for 30 s at most. */
bool remote_fetch(const RemoteCalendar *calendar, const char *tag, GBytes **text, char **new_tag, GError **error);

/* The objects in a server's answer to our REPORT (a multistatus, RFC 4918 and 4791), one after another. For the tests
 * too: it comes from outside. Returns (g_bytes_unref), or NULL with INPUT. */
GBytes *remote_objects(const char *name, const char *xml, gsize nbytes, GError **error);

#endif
