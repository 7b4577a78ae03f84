/* carnet schedule add: a slot more, in a calendar of the station's own; what is there stays byte for byte. */
#include "base/clock.h"
#include "base/files.h"
#include "base/optional.h"
#include "commands/output.h"
#include "commands/schedule.h"
#include "schedule/write.h"

#include <stdio.h>

#define LOCK_WAIT_MS 10000

static bool run(Session *session, int argc, char **argv, GError **error);

const Command command_schedule_add = {
    .name = "schedule add",
    .group = N_("The bulletin"),
    .summary = N_("Plan a slot"),
    .usage = N_("WHEN --script NAME"),
    .help = N_("Adds an event to schedules/station.ics, in plain iCalendar: any calendar program can change it\n"
               "afterwards. Times are the station's.\n\n"
               "Examples:\n"
               "  carnet schedule add \"every weekday 12:00\" --script midi\n"
               "  carnet schedule add \"Mondays and Thursdays 18:30 until 2027-06-30\" --script soir\n"
               "  carnet schedule add \"first Sunday of the month 10:00\" --script noon --mount /bulletin.mp3\n"
               "  carnet schedule add \"every 2 hours\" --script flash --priority 3\n"
               "  carnet schedule add \"2026-12-24 18:00\" --script soir --title \"Veillée\""),
    .run = run,
};

typedef struct {
  char *script, *title;
  char **mounts;
  int priority;
} Options;

static void options_clear(Options *options) {
  g_free(options->script);
  g_free(options->title);
  g_strfreev(options->mounts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static bool check(const Station *station, Options *options, GError **error) {
  if (!options->script || options->priority < 0 || options->priority > SLOT_PRIORITY_LEAST) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_USAGE,
                        options->script ? _("--priority is 1 (highest) to 9") : _("which bulletin? --script NAME"));
    return false;
  }
  static const char *const extensions[] = {"yaml", NULL};
  g_autofree char *path = station_find(station, "scripts", options->script, extensions, error);
  bool ok = path != NULL;
  for (guint i = 0; ok && options->mounts && options->mounts[i]; i++) {
    ok = schedule_has_mount(station, options->mounts[i]);
    if (!ok)
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("the station has no mount \"%s\""), options->mounts[i]);
  }
  return ok;
}

/* The file as it is, then its own end: two that add at once wait for each other. */
static bool add(const Station *station, const SlotWords *words, const Options *options, GError **error) {
  g_autofree char *folder = station_path(station, "schedules", NULL);
  g_autofree char *path = g_build_filename(folder, SCHEDULE_OWN_CALENDAR, NULL);
  g_autofree char *lock_path = g_build_filename(folder, ".station.lock", NULL);
  g_autoptr(FileLock) lock = folder_make(folder, error) ? file_lock_take(lock_path, LOCK_WAIT_MS, error) : NULL;
  if (!lock)
    return false;
  g_autofree char *old = NULL; /* as it is, to the byte */
  if (!optional_read_text(path, CALENDAR_MAX_BYTES, &old, error))
    return false;
  g_autofree char *text = calendar_with(old, words, options->script, options->mounts, options->priority,
                                        options->title ? options->title : options->script, clock_now_us(), error);
  if (!text)
    g_prefix_error(error, "%s: ", path);
  return text && file_write(path, text, -1, 0644, error);
}

static char *first_time(const SlotWords *words) {
  const char *s = words->start; /* 20261130T120000 */
  return g_strdup_printf("%.4s-%.2s-%.2s %.2s:%.2s", s, s + 4, s + 6, s + 9, s + 11);
}

static bool run(Session *session, int argc, char **argv, GError **error) {
  g_auto(Options) options = {0};
  g_auto(GStrv) arguments = NULL;
  const GOptionEntry rows[] = {
      {"script", 's', 0, G_OPTION_ARG_STRING, &options.script, N_("The bulletin's script"), N_("NAME")},
      {"title", 't', 0, G_OPTION_ARG_STRING, &options.title, N_("What people read in their calendar"), N_("TEXT")},
      {"mount", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.mounts, N_("Only this mount (may be repeated)"), N_("MOUNT")},
      {"priority", 0, 0, G_OPTION_ARG_INT, &options.priority, N_("1 (highest) to 9, when slots meet"), "N"},
      G_OPTION_ENTRY_NULL};
  if (!command_parse(&command_schedule_add, rows, argc, argv, 1, -1, &arguments, error))
    return false;
  const Station *station = session_station(session, error);
  g_auto(SlotWords) words = {0};
  g_autofree char *when = g_strjoinv(" ", arguments);
  if (!station || !check(station, &options, error) ||
      !slot_words_read(when, station->zone, clock_now_us(), &words, error) || !add(station, &words, &options, error))
    return false;
  g_autofree char *first = first_time(&words);
  if (!session->quiet && words.rule)
    printf(_("%s is planned, from %s on (%s), in schedules/%s\n"), options.script, first, words.rule,
           SCHEDULE_OWN_CALENDAR);
  else if (!session->quiet)
    printf(_("%s is planned for %s, in schedules/%s\n"), options.script, first, SCHEDULE_OWN_CALENDAR);
  return true;
}
