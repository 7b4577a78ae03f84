/* Plain iCalendar: lines are folded at 75 bytes and end in CR LF (RFC 5545, 3.1). */
#ifndef CARNET_SCHEDULE_WRITE_H
#define CARNET_SCHEDULE_WRITE_H

#include "schedule/week.h"
#include "schedule/words.h"

/* `calendar` (the text of an .ics, kept byte for byte; NULL: a new one) with one event more, its times floating, so in
 * the station's zone. `mounts` NULL: all; `priority` 0: none. Returns (g_free), or NULL with INPUT when `calendar` is
 * none. */
char *calendar_with(const char *calendar, const SlotWords *words, const char *script, char *const *mounts, int priority,
                    const char *title, gint64 now_us, GError **error);
/* The slots as a calendar of single events, in UTC. Returns (g_free). */
char *week_text(const Week *week, ScriptLength length_us, gpointer user, gint64 now_us);

#endif
