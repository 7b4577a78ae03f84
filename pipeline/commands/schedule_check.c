/* carnet schedule check: what is wrong in the calendars, over the year to come. */
#include "commands/output.h"
#include "commands/schedule.h"

#include <stdio.h>

#define DAYS 366

static bool run(Session *session, int argc, char **argv, GError **error);

const Command command_schedule_check = {
    .name = "schedule check",
    .group = N_("The bulletin"),
    .summary = N_("Find what is wrong in the calendars"),
    .usage = "",
    .help = N_("Reads the calendars over the year to come and tells, by file and line, events that cannot be\n"
               "slots, scripts and mounts that are not there, and slots that meet: the higher priority goes first\n"
               "(1 is the highest), of two alike the later start. Exit status 3 when something must be corrected.\n\n"
               "Example:\n"
               "  carnet schedule check"),
    .run = run,
};

/* Those that are wrong, or those that are not; how many. */
static guint print_notes(const Week *week, bool errors) {
  guint printed = 0;
  for (guint i = 0; i < week->notes->len; i++) {
    const CalendarNote *note = week->notes->pdata[i];
    if (note->is_error != errors)
      continue;
    printed++;
    g_autofree char *line = style_text(stdout, errors ? STYLE_BAD : STYLE_WARN, errors ? _("wrong") : _("note"));
    printf("%s  %s\n", line, note->text);
  }
  return printed;
}

static bool run(Session *session, int argc, char **argv, GError **error) {
  if (!command_parse(&command_schedule_check, NULL, argc, argv, 0, 0, NULL, error))
    return false;
  const Station *station = session_station(session, error);
  g_autofree char *today = station ? session_day(session, NULL, error) : NULL;
  if (!today)
    return false;
  g_autoptr(ScheduleScripts) scripts = schedule_scripts_new(station);
  g_autoptr(Week) week = schedule_week(station, scripts, today, DAYS, error);
  if (!week)
    return false;
  guint wrong = print_notes(week, true);
  print_notes(week, false);
  printf(ngettext("%u slot in the year to come\n", "%u slots in the year to come\n", week->slots->len),
         week->slots->len);
  if (wrong > 0)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                ngettext("%u thing to correct in the calendars", "%u things to correct in the calendars", wrong),
                wrong);
  return wrong == 0;
}
