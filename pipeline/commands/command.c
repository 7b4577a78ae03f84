#include "commands/command.h"

#include "base/clock.h"
#include "base/text.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#define AIR_WAIT_MS 5000 /* one that is just ending may end */

/* --- arguments --------------------------------------------------------------- */

static char *usage_line(const Command *command) {
  return g_strdup_printf("carnet %s %s", command->name, *command->usage ? _(command->usage) : "");
}

static bool check_count(const Command *command, guint n, int least, int most, GError **error) {
  if (n >= (guint)least && (most < 0 || n <= (guint)most))
    return true;
  g_autofree char *usage = usage_line(command);
  g_strchomp(usage);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("%s\nusage: %s\n\"carnet %s --help\" tells more"),
              n < (guint)least ? _("an argument is missing") : _("too many arguments"), usage, command->name);
  return false;
}

/* Arguments are taken as bytes, whatever the locale (a fresh machine has none),
 * and must be UTF-8, unless they name a file. */
static bool refuse_bytes(const char *argument, GError **error) {
  g_autofree char *shown = text_printable(argument);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("\"%s\" is not UTF-8 text"), shown);
  return false;
}

static bool wants_json(const GOptionEntry *entries) {
  for (const GOptionEntry *entry = entries; entry && entry->long_name; entry++)
    if (strcmp(entry->long_name, "json") == 0)
      return *(const gboolean *)entry->arg_data;
  return false;
}

bool command_parse(const Command *command, const GOptionEntry *entries, int argc, char **argv, int least, int most,
                   char ***arguments, GError **error) {
  g_autoptr(GOptionContext) context = g_option_context_new(*command->usage ? _(command->usage) : NULL);
  gboolean wants_help = FALSE;
  char **rest = NULL;
  const GOptionEntry common[] = {
      {"help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, N_("Show this help"), NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, NULL},
      G_OPTION_ENTRY_NULL,
  };
  g_autofree char *summary = g_strdup_printf("%s.", _(command->summary));
  g_option_context_set_summary(context, summary);
  g_option_context_set_description(context, _(command->help));
  g_option_context_set_help_enabled(context, FALSE);
  g_option_context_set_translation_domain(context, "carnet");
  if (entries)
    g_option_context_add_main_entries(context, entries, "carnet");
  g_option_context_add_main_entries(context, common, "carnet");
  g_autofree char *program = g_strdup_printf("carnet %s", command->name);
  g_set_prgname(program);
  g_autoptr(GError) why = NULL;
  bool ok = g_option_context_parse(context, &argc, &argv, &why);
  for (guint i = 0; ok && rest && rest[i]; i++)
    if (!g_utf8_validate(rest[i], -1, NULL) && !g_file_test(rest[i], G_FILE_TEST_EXISTS))
      ok = refuse_bytes(rest[i], error);
  if (!ok && why)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("%s\n\"carnet %s --help\" tells more"), why->message,
                command->name);
  if (ok && wants_help) {
    g_autofree char *help = g_option_context_get_help(context, TRUE, NULL);
    fputs(help, stdout);
    ok = false;
  } else if (ok) {
    ok = check_count(command, rest ? g_strv_length(rest) : 0, least, most, error);
  }
  if (ok && wants_json(entries))
    i18n_for_programs();
  if (ok && arguments)
    *arguments = rest ? g_steal_pointer(&rest) : g_new0(char *, 1);
  g_strfreev(rest);
  return ok;
}

/* --- the session ------------------------------------------------------------- */

const Station *session_station(Session *session, GError **error) {
  if (session->station)
    return session->station;
  g_autofree char *path = g_build_filename(session->folder, "station.yaml", NULL);
  if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("no station here (%s is missing): make one with \"carnet init FOLDER\", then name it with \"carnet "
                  "-C FOLDER\""),
                path);
    return NULL;
  }
  session->station = station_load(session->folder, error);
  return session->station;
}

char *session_logbook(const Session *session) {
  return station_path(session->station, "logbook.sqlite", NULL);
}

Store *session_store(Session *session, GError **error) {
  if (session->store)
    return session->store;
  const Station *station = session_station(session, error);
  if (!station)
    return NULL;
  g_autofree char *path = session_logbook(session);
  session->store = store_open(path, true, error);
  return session->store;
}

FileLock *session_take_air(Session *session, GError **error) {
  const Station *station = session_station(session, error);
  g_autofree char *path = station ? station_path(station, ".air.lock", NULL) : NULL;
  return path ? file_lock_take(path, AIR_WAIT_MS, error) : NULL;
}

const char *session_who(void) {
  const char *who = g_getenv("CARNET_USER");
  return who && *who ? who : g_get_user_name();
}

char *session_day(Session *session, const char *text, GError **error) {
  const Station *station = session_station(session, error);
  if (!station)
    return NULL;
  if (!text)
    return zone_day(station->zone, clock_now_us());
  return day_parse(text, station->zone, clock_now_us(), error);
}

/* --- signals ----------------------------------------------------------------- */

static volatile sig_atomic_t interrupted;

static void on_signal(int number) {
  /* The second one is for somebody in a hurry. */
  if (interrupted)
    signal(number, SIG_DFL);
  interrupted = 1;
}

void session_catch_signals(void) {
  static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
  struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
  for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
    sigaction(numbers[i], &action, NULL);
}

bool session_interrupted(void) {
  return interrupted != 0;
}
