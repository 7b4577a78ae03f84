/* All calendars of a folder together: what is aired when. */
#ifndef CARNET_SCHEDULE_WEEK_H
#define CARNET_SCHEDULE_WEEK_H

#include "schedule/expand.h"

typedef struct {
  GPtrArray *slots; /* PlannedSlot, by start; at one instant by priority; the same script once on its mounts */
  GPtrArray *notes; /* CalendarNote */
} Week;

/* Reads FOLDER's *.ics, each of which is named "`shown`/NAME.ics" in messages, and gives the slots from `from_us` until
 * before `until_us`. A folder that is not there holds no calendar; a file that cannot be read or is no calendar is told
 * in `notes`, and the others go on. Returns (week_free), or NULL. */
Week *week_read(const char *folder, const char *shown, GTimeZone *zone, gint64 from_us, gint64 until_us,
                ScriptFind find, gpointer user, GError **error);
void week_free(Week *week);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Week, week_free)

/* How long a script's bulletin lasts. */
typedef gint64 (*ScriptLength)(const char *script, gpointer user);
/* Notes slots that would be on one mount at once (the higher priority goes first, of two alike the later start): two
 * events that meet are told once, with the first time and how often. */
void week_overlaps(Week *week, GTimeZone *zone, ScriptLength length_us, gpointer user);

#endif
