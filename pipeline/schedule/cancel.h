/* One occurrence of an event taken out of a calendar's text, all else kept byte for byte (RFC 5545). */
#ifndef CARNET_SCHEDULE_CANCEL_H
#define CARNET_SCHEDULE_CANCEL_H

#include <glib.h>

/* `calendar` without the occurrence that begins at `start_us`, of the event whose BEGIN:VEVENT is at `line` (from 1): one
 * that comes again gets an EXDATE (3.8.5.1), in UTC, one that does not, or stands in place of another, is told as cancelled
 * (STATUS, 3.8.1.11). Returns (g_free), or NULL with INPUT: there is no such event at that line. */
char *calendar_without(const char *calendar, guint line, gint64 start_us, GError **error);

#endif
