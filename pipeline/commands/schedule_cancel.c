/* carnet schedule cancel: one slot less, in the calendar that asks for it; what is there else stays byte for byte. */
#include "base/clock.h"
#include "base/files.h"
#include "base/optional.h"
#include "commands/output.h"
#include "commands/schedule.h"
#include "schedule/cancel.h"
#include "schedule/write.h"

#include <stdio.h>
#include <string.h>

#define LOCK_WAIT_MS 10000

static bool run(Session *session, int argc, char **argv, GError **error);

const Command command_schedule_cancel = {
    .name = "schedule cancel",
    .group = N_("The bulletin"),
    .summary = N_("Take one slot out of the calendars"),
    .usage = N_("WHEN"),
    .help = N_("The slot that begins then is not aired; others of the same event are. WHEN is the station's\n"
               "time. A calendar that is kept elsewhere is changed there.\n\n"
               "Examples:\n"
               "  carnet schedule cancel \"2026-12-25 12:00\"\n"
               "  carnet schedule cancel \"2026-12-25 12:00\" --to \"2026-12-25 18:00\"    it is moved\n"
               "  carnet schedule cancel \"2026-12-25 12:00\" --script midi    when two begin then"),
    .run = run,
};

/* The one slot that begins then. NULL with INPUT: there is none, or more than one. */
static const PlannedSlot *find(const Week *week, gint64 start_us, const char *script, GError **error) {
  const PlannedSlot *found = NULL;
  guint n = 0;
  for (guint i = 0; i < week->slots->len; i++) {
    const PlannedSlot *slot = week->slots->pdata[i];
    if (slot->start_us != start_us || (script && strcmp(slot->script, script) != 0))
      continue;
    found = slot;
    n++;
  }
  if (n == 1)
    return found;
  g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                      n == 0 ? _("no slot begins then (\"carnet schedule\" lists them)")
                             : _("several slots begin then: say which (--script NAME)"));
  return NULL;
}

static bool is_own(const PlannedSlot *slot, const char *name, GError **error) {
  if (!g_str_has_prefix(name, "remote-"))
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
              _("%s is the copy of a calendar that is kept elsewhere: change it there"), slot->file);
  return false;
}

/* The same slot at another time. */
static char *with(const char *calendar, const PlannedSlot *slot, const SlotWords *words, GError **error) {
  return calendar_with(calendar, words, slot->script, slot->mounts, slot->priority,
                       *slot->title ? slot->title : slot->script, clock_now_us(), error);
}

/* `words` NULL: it is aired at no other time. Of the station's own calendar both are one change; of another the slot is
 * planned before it is taken out: killed in between, it is aired twice rather than never. */
static bool take_out(const Station *station, const PlannedSlot *slot, const SlotWords *words, GError **error) {
  g_autofree char *name = g_path_get_basename(slot->file);
  g_autofree char *path = station_path(station, "schedules", name, NULL);
  g_autofree char *own_path = station_path(station, "schedules", SCHEDULE_OWN_CALENDAR, NULL);
  g_autofree char *lock_path = station_path(station, "schedules", ".station.lock", NULL);
  g_autoptr(FileLock) lock = is_own(slot, name, error) ? file_lock_take(lock_path, LOCK_WAIT_MS, error) : NULL;
  g_autofree char *old = lock ? file_read_text(path, CALENDAR_MAX_BYTES, error) : NULL;
  g_autofree char *text = old ? calendar_without(old, slot->line, slot->start_us, error) : NULL;
  if (!text) {
    g_prefix_error(error, "%s: ", slot->file);
    return false;
  }
  bool is_same = strcmp(name, SCHEDULE_OWN_CALENDAR) == 0;
  g_autofree char *there = NULL;
  if (words && !is_same && !optional_read_text(own_path, CALENDAR_MAX_BYTES, &there, error))
    return false;
  g_autofree char *more = words ? with(is_same ? text : there, slot, words, error) : NULL;
  if (words && !more)
    return false;
  if (is_same)
    return file_write(path, more ? more : text, -1, 0644, error);
  return (!more || file_write(own_path, more, -1, 0644, error)) && file_write(path, text, -1, 0644, error);
}

static bool read_words(const Station *station, const char *to, SlotWords *words, GError **error) {
  if (!to)
    return true;
  if (!slot_words_read(to, station->zone, clock_now_us(), words, error))
    return false;
  if (words->rule)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("--to: one time, such as \"2026-12-25 18:00\""));
  return !words->rule;
}

static bool run(Session *session, int argc, char **argv, GError **error) {
  g_auto(GStrv) words = NULL;
  g_autofree char *script = NULL, *to = NULL;
  const GOptionEntry options[] = {{"script", 's', 0, G_OPTION_ARG_STRING, &script, N_("The slot's script"), N_("NAME")},
                                  {"to", 0, 0, G_OPTION_ARG_STRING, &to, N_("Air it then instead"), N_("WHEN")},
                                  G_OPTION_ENTRY_NULL};
  if (!command_parse(&command_schedule_cancel, options, argc, argv, 1, -1, &words, error))
    return false;
  const Station *station = session_station(session, error);
  g_autofree char *when = g_strjoinv(" ", words);
  g_auto(SlotWords) instead = {0};
  gint64 start_us = station ? instant_parse(when, station->zone, error) : 0;
  if (start_us == 0 || !read_words(station, to, &instead, error))
    return false;
  g_autofree char *day = zone_day(station->zone, start_us);
  g_autoptr(ScheduleScripts) scripts = schedule_scripts_new(station);
  g_autoptr(Week) week = schedule_week(station, scripts, day, 1, error);
  const PlannedSlot *slot = week ? find(week, start_us, script, error) : NULL;
  if (!slot || !take_out(station, slot, to ? &instead : NULL, error))
    return false;
  if (!session->quiet && to)
    printf(_("%s is aired on %s instead of %s\n"), slot->script, to, when);
  else if (!session->quiet)
    printf(_("%s is not aired on %s any more (%s)\n"), slot->script, when, slot->file);
  return true;
}
