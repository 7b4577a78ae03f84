#include "commands/station_commands.h"

#include "base/clock.h"
#include "base/json.h"
#include "commands/output.h"
#include "daemon/control.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#define WATCH_US US_PER_SECOND

static bool run_status(Session *session, int argc, char **argv, GError **error);

const Command command_status = {
    .name = "status",
    .group = N_("The station"),
    .summary = N_("Show what is on the air and what is next"),
    .usage = "",
    .help = N_("Asks the running station (carnet run) for each mount's state, what is heard on it, the\n"
               "next bulletins and the last alarms. Without a running station it ends with status 4.\n\n"
               "Examples:\n"
               "  carnet status\n"
               "  carnet status --watch"),
    .run = run_status,
};

static const char *text_of(JsonObject *object, const char *name) {
  const char *text = json_object_get_string_member_with_default(object, name, NULL);
  return text ? text : "";
}

/* "12:00:05" of today, else with its day. Returns (g_free). */
static char *local_time(const Station *station, const char *instant) {
  gint64 at_us = *instant ? instant_parse(instant, NULL, NULL) : 0;
  if (!at_us)
    return g_strdup("");
  g_autofree char *today = zone_day(station->zone, clock_now_us()), *day = zone_day(station->zone, at_us);
  g_autoptr(GDateTime) local = zone_time(station->zone, at_us);
  return g_date_time_format(local, g_str_equal(today, day) ? "%H:%M:%S" : "%Y-%m-%d %H:%M");
}

static char *connection_text(const char *state) {
  Style style = g_str_equal(state, "on-air")                                  ? STYLE_GOOD
                : g_str_equal(state, "lost") || g_str_equal(state, "refused") ? STYLE_BAD
                                                                              : STYLE_PLAIN;
  return style_text(stdout, style, state);
}

static void print_mounts(JsonArray *mounts) {
  for (guint i = 0; i < json_array_get_length(mounts); i++) {
    JsonObject *mount = json_array_get_object_element(mounts, i);
    g_autofree char *connection = connection_text(text_of(mount, "connection"));
    const char *edition = text_of(mount, "edition"), *message = text_of(mount, "message");
    const char *audible = text_of(mount, "audible");
    gint64 n = json_object_get_int_member_with_default(mount, "listeners", -1);
    printf("  %s  %s", text_of(mount, "mount"), connection);
    if (*audible)
      printf("  %s", _(audible));
    if (n >= 0) {
      printf("  ");
      printf(ngettext("%" PRId64 " listener", "%" PRId64 " listeners", (gulong)n), n);
    }
    if (*edition)
      printf("  %s: %s", edition, text_of(mount, "title"));
    printf("%s%s\n", *message ? "  " : "", message);
  }
}

static void print_next(const Station *station, JsonArray *next) {
  printf("%s\n", _("next:"));
  if (json_array_get_length(next) == 0)
    printf("  %s\n", _("nothing is planned"));
  for (guint i = 0; i < json_array_get_length(next); i++) {
    JsonObject *slot = json_array_get_object_element(next, i);
    g_autofree char *start = local_time(station, text_of(slot, "start"));
    const char *why = text_of(slot, "why");
    printf("  %s  %s  %s%s%s\n", start, text_of(slot, "script"), _(text_of(slot, "state")), *why ? ": " : "", why);
  }
}

static void print_alarms(const Station *station, JsonArray *alarms) {
  guint n = json_array_get_length(alarms), first = n > 5 ? n - 5 : 0;
  if (n > 0)
    printf("%s\n", _("last alarms:"));
  for (guint i = first; i < n; i++) {
    JsonObject *alarm = json_array_get_object_element(alarms, i);
    g_autofree char *at = local_time(station, text_of(alarm, "at"));
    printf("  %s  %s\n", at, text_of(alarm, "text"));
  }
}

static bool print_status(const Station *station, const char *text, GError **error) {
  g_autoptr(JsonNode) node = json_parse("status", text, -1, error);
  if (!node)
    return false;
  JsonObject *status = json_node_get_object(node);
  g_autofree char *name = style_text(stdout, STYLE_BOLD, text_of(status, "station"));
  g_autofree char *now = local_time(station, text_of(status, "now"));
  printf("%s  %s\n", name, now);
  print_mounts(json_object_get_array_member(status, "mounts"));
  print_next(station, json_object_get_array_member(status, "next"));
  print_alarms(station, json_object_get_array_member(status, "alarms"));
  return true;
}

static bool show_once(const Station *station, bool as_json, GError **error) {
  g_autofree char *text = control_ask(station->folder, error);
  if (!text)
    return false;
  if (!as_json)
    return print_status(station, text, error);
  puts(text);
  return true;
}

/* The screen is cleared on a terminal alone (ECMA-48: cursor home, erase). */
static bool watch(const Station *station, GError **error) {
  session_catch_signals();
  bool ok = true;
  while (ok && !session_interrupted()) {
    if (isatty(STDOUT_FILENO))
      fputs("\033[H\033[2J", stdout);
    ok = show_once(station, false, error);
    fflush(stdout);
    g_usleep((gulong)WATCH_US);
  }
  return ok;
}

static bool run_status(Session *session, int argc, char **argv, GError **error) {
  gboolean as_json = FALSE, watches = FALSE;
  const GOptionEntry rows[] = {{"watch", 'w', 0, G_OPTION_ARG_NONE, &watches, N_("Show it again each second"), NULL},
                               {"json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL},
                               G_OPTION_ENTRY_NULL};
  if (!command_parse(&command_status, rows, argc, argv, 0, 0, NULL, error))
    return false;
  if (as_json && watches) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("--json or --watch, not both"));
    return false;
  }
  const Station *station = session_station(session, error);
  if (!station)
    return false;
  return watches ? watch(station, error) : show_once(station, as_json, error);
}
