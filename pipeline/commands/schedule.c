/* carnet schedule: the coming week out of the calendars; its other verbs are schedule_add.c and schedule_check.c. */
#include "commands/schedule.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/output.h"
#include "commands/schedule_commands.h"
#include "schedule/write.h"

#include <stdio.h>
#include <string.h>

#define DAYS_USUAL 7
#define DAYS_MOST 4000
#define SHOWN_MOST 62

static bool run(Session *session, int argc, char **argv, GError **error);

const Command command_schedule = {
    .name = "schedule",
    .group = N_("The bulletin"),
    .summary = N_("Show what is planned, and plan it"),
    .usage = N_("[check|add|cancel|fetch …]"),
    .help = N_("Reads the calendars in schedules/ (*.ics) and shows the slots of the coming week: planned,\n"
               "ready (its sound is made), on-air, done or missed. schedules/README.md tells what a calendar\n"
               "may hold.\n\n"
               "  carnet schedule                              the coming week\n"
               "  carnet schedule --from 2026-12-24 --days 1   another day\n"
               "  carnet schedule --ics > semaine.ics          the same for a calendar program\n"
               "  carnet schedule check                        what is wrong in the calendars\n"
               "  carnet schedule add \"every weekday 12:00\" --script midi\n"
               "  carnet schedule cancel \"2026-12-25 12:00\"    that one is not aired\n"
               "  carnet schedule fetch                        copy the calendars kept elsewhere\n\n"
               "\"carnet schedule add --help\" tells of one of them."),
    .run = run,
};

/* --- as a table ------------------------------------------------------------------------ */

typedef struct {
  const Station *station;
  Store *store;
  ScheduleScripts *scripts;
} Teller;

static const char *state_of(const Teller *teller, const PlannedSlot *slot, GError **error) {
  gint64 length_us = schedule_script_length(slot->script, teller->scripts);
  return schedule_state(teller->station, teller->store, slot, length_us, error);
}

/* "Mon 30 Nov" in the reader's language, and "12:00". */
static char *local_time(const Station *station, gint64 instant_us, const char *format) {
  g_autoptr(GDateTime) local = zone_time(station->zone, instant_us);
  return g_date_time_format(local, format);
}

static bool print_table(const Teller *teller, const Week *week, GError **error) {
  const char *headings[] = {_("day"), _("time"), _("length"), _("script"), _("state"), _("mounts"), _("title"), NULL};
  g_autoptr(Table) table = table_new(headings);
  g_autofree char *last = NULL;
  bool ok = true;
  for (guint i = 0; ok && i < week->slots->len; i++) {
    const PlannedSlot *slot = week->slots->pdata[i];
    g_autofree char *day = local_time(teller->station, slot->start_us, "%a %Y-%m-%d");
    g_autofree char *time = local_time(teller->station, slot->start_us, "%H:%M");
    g_autofree char *length = duration_format(schedule_script_length(slot->script, teller->scripts), false);
    g_autofree char *mounts = slot->mounts ? g_strjoinv(" ", slot->mounts) : g_strdup(_("all"));
    const char *state = state_of(teller, slot, error);
    ok = state != NULL;
    const char *cells[] = {g_strcmp0(day, last) == 0 ? "" : day,
                           time,
                           length,
                           slot->script,
                           ok ? _(state) : "",
                           mounts,
                           slot->title,
                           NULL};
    table_add(table, cells);
    g_free(last);
    last = g_steal_pointer(&day);
  }
  if (ok && week->slots->len > 0)
    table_print(table, stdout);
  else if (ok)
    printf("%s\n", _("nothing is planned (carnet schedule add \"every weekday 12:00\" --script midi)"));
  return ok;
}

/* --- for programs ---------------------------------------------------------------------- */

static void json_mounts(JsonBuilder *builder, char *const *mounts) {
  json_builder_set_member_name(builder, "mounts");
  if (!mounts) {
    json_builder_add_null_value(builder);
    return;
  }
  json_builder_begin_array(builder);
  for (; *mounts; mounts++)
    json_builder_add_string_value(builder, *mounts);
  json_builder_end_array(builder);
}

static char *slot_json(const Teller *teller, const PlannedSlot *slot, GError **error) {
  const char *state = state_of(teller, slot, error);
  if (!state)
    return NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new();
  g_autofree char *start = instant_format(slot->start_us);
  g_autofree char *local = local_time(teller->station, slot->start_us, "%Y-%m-%dT%H:%M:%S%:z");
  json_builder_begin_object(builder);
  json_add_string(builder, "start", start);
  json_add_string(builder, "local", local);
  json_add_string(builder, "script", slot->script);
  json_add_string(builder, "state", state);
  json_mounts(builder, slot->mounts);
  json_add_int(builder, "priority", slot->priority);
  json_add_int(builder, "length_us", schedule_script_length(slot->script, teller->scripts));
  json_add_string(builder, "title", slot->title);
  json_add_string(builder, "occurrence", slot->occurrence);
  json_add_string(builder, "file", slot->file);
  json_add_int(builder, "line", slot->line);
  json_builder_end_object(builder);
  return json_text(builder, false);
}

static bool print_json(const Teller *teller, const Week *week, GError **error) {
  bool ok = true;
  for (guint i = 0; ok && i < week->slots->len; i++) {
    g_autofree char *json = slot_json(teller, week->slots->pdata[i], error);
    ok = json != NULL;
    if (ok)
      printf("%s%s", i > 0 ? ",\n" : "[\n", json);
  }
  if (ok)
    puts(week->slots->len > 0 ? "\n]" : "[]");
  return ok;
}

/* --- the verb --------------------------------------------------------------------------- */

static void print_notes(const Session *session, const Week *week) {
  for (guint i = 0; i < week->notes->len; i++) {
    const CalendarNote *note = week->notes->pdata[i];
    if (note->is_error)
      print_warning("%s", note->text);
    else
      print_note(session->quiet, "%s", note->text);
  }
}

/* Of the days that one looks at; a year is read by programs. */
static void print_clock_changes(const Session *session, const char *from, int days) {
  for (int i = 0; i < MIN(days, SHOWN_MOST); i++) {
    g_autofree char *day = day_add(from, i), *text = schedule_clock_change(session->station, day);
    if (text)
      print_note(session->quiet, "%s: %s", day, text);
  }
}

typedef struct {
  char *from;
  int days;
  gboolean as_json, as_ics;
} Options;

static bool show(Session *session, const Options *options, GError **error) {
  const Station *station = session_station(session, error);
  Store *store = station ? session_store(session, error) : NULL;
  g_autofree char *from = store ? session_day(session, options->from, error) : NULL;
  if (!from)
    return false;
  g_autoptr(ScheduleScripts) scripts = schedule_scripts_new(station);
  g_autoptr(Week) week = schedule_week(station, scripts, from, (guint)options->days, error);
  if (!week)
    return false;
  Teller teller = {station, store, scripts};
  print_notes(session, week);
  print_clock_changes(session, from, options->days);
  if (options->as_ics) {
    g_autofree char *ics = week_text(week, schedule_script_length, scripts, clock_now_us());
    return fputs(ics, stdout) >= 0;
  }
  return options->as_json ? print_json(&teller, week, error) : print_table(&teller, week, error);
}

static const struct {
  const char *name;
  const Command *command;
} verbs[] = {
    {"check", &command_schedule_check},
    {"add", &command_schedule_add},
    {"fetch", &command_schedule_fetch},
    {"cancel", &command_schedule_cancel},
};

static bool run(Session *session, int argc, char **argv, GError **error) {
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS(verbs); i++)
    if (strcmp(argv[1], verbs[i].name) == 0)
      return verbs[i].command->run(session, argc - 1, argv + 1, error);
  g_autofree char *from = NULL;
  Options options = {.days = DAYS_USUAL};
  const GOptionEntry rows[] = {{"from", 0, 0, G_OPTION_ARG_STRING, &from, N_("First day (today)"), N_("DAY")},
                               {"days", 0, 0, G_OPTION_ARG_INT, &options.days, N_("How many days (7)"), "N"},
                               {"json", 0, 0, G_OPTION_ARG_NONE, &options.as_json, N_("Print JSON"), NULL},
                               {"ics", 0, 0, G_OPTION_ARG_NONE, &options.as_ics, N_("Print iCalendar"), NULL},
                               G_OPTION_ENTRY_NULL};
  g_auto(GStrv) arguments = NULL;
  if (!command_parse(&command_schedule, rows, argc, argv, 0, 1, &arguments, error))
    return false;
  options.from = from;
  if (arguments && arguments[0]) {
    g_autofree char *shown = text_printable(arguments[0]);
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("\"%s\" is none of check, add, cancel, fetch"), shown);
    return false;
  }
  if (options.days < 1 || options.days > DAYS_MOST || (options.as_json && options.as_ics)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE,
                options.as_json && options.as_ics ? _("--json or --ics, not both") : _("--days is 1 to %d"), DAYS_MOST);
    return false;
  }
  return show(session, &options, error);
}
