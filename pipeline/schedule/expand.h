/* The slots of a calendar within a time. */
#ifndef CARNET_SCHEDULE_EXPAND_H
#define CARNET_SCHEDULE_EXPAND_H

#include "schedule/calendar.h"

#define EXPAND_MOST_SLOTS 600000 /* of one event: a slot each minute for a year */

/* The script that a name of a calendar means: X-CARNET-SCRIPT, a category, a summary. Returns (g_free), or NULL. */
typedef char *(*ScriptFind)(const char *name, gpointer user);

/* Adds the slots (PlannedSlot) from `from_us` until before `until_us`, in no order, each instant of an event once. What
 * is wrong with a rule or a name is told in `notes`, once an event, and its event left out. */
void calendar_slots(const Calendar *calendar, gint64 from_us, gint64 until_us, ScriptFind find, gpointer user,
                    GPtrArray *slots, GPtrArray *notes);

#endif
