/* What the verbs of `carnet schedule` share. */
#ifndef CARNET_COMMANDS_SCHEDULE_H
#define CARNET_COMMANDS_SCHEDULE_H

#include "commands/command.h"
#include "schedule/week.h"

extern const Command command_schedule_check, command_schedule_add, command_schedule_fetch, command_schedule_cancel;

#define SCHEDULE_OWN_CALENDAR "station.ics" /* in schedules/: what `carnet schedule` itself plans */

/* What is known of a station's scripts while its calendars are read: each is opened once. */
typedef struct ScheduleScripts ScheduleScripts;
ScheduleScripts *schedule_scripts_new(const Station *station);
void schedule_scripts_free(ScheduleScripts *scripts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ScheduleScripts, schedule_scripts_free)
/* A ScriptFind: by the file's name ("midi"), else by what a title says before its date ("Le carnet de midi"); capitals
 * and accents do not count. */
char *schedule_script_find(const char *name, gpointer scripts);
/* A ScriptLength; 0 when the script cannot be read. */
gint64 schedule_script_length(const char *script, gpointer scripts);

bool schedule_has_mount(const Station *station, const char *mount);

/* The slots of `days` days from `from` (a local day, borrowed), with notes of all that is wrong, of mounts that the
 * station has not, of slots that meet. Returns (week_free), or NULL. */
Week *schedule_week(const Station *station, ScheduleScripts *scripts, const char *from, guint days, GError **error);

/* What happens to the slots of a local day in which the clock changes, as a sentence. Returns (g_free), or NULL: it does
 * not. */
char *schedule_clock_change(const Station *station, const char *day);

/* The state that `carnet run` gave it (logbook/slots.h), else, of a station that is run by hand: "planned", "ready" (its sound is made), "on-air", "done" (a mount took it), "missed". Borrowed; N_()ed. */
const char *schedule_state(const Station *station, Store *store, const PlannedSlot *slot, gint64 length_us,
                           GError **error);

#endif
