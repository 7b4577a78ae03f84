/* carnet downloads: how often each episode was fetched, by the web server's own log. */
#include "commands/bulletin_commands.h"

#include "base/json.h"
#include "commands/output.h"
#include "podcast/catalogue.h"
#include "podcast/downloads.h"

#include <stdio.h>
#include <string.h>

static bool run(Session *session, int argc, char **argv, GError **error);

const Command command_downloads = {
    .name = "downloads",
    .group = N_("The bulletin"),
    .summary = N_("Count the podcast's downloads in the web server's log"),
    .usage = N_("[LOG…]"),
    .help =
        N_("Reads access logs of Apache, nginx or Caddy (also packed, .gz; - is the standard input): those named,\n"
           "else the one that station.yaml names (podcast: {log: …}). One address and program count once a day for an\n"
           "episode, when they got a minute of it; robots do not count. Nothing of a listener is kept.\n\n"
           "  carnet downloads\n"
           "  carnet downloads /var/log/nginx/access.log /var/log/nginx/access.log.2.gz --json"),
    .run = run,
};

static void print_table(const Catalogue *catalogue, const Downloads *downloads) {
  const char *headings[] = {_("edition"), _("downloads"), _("title"), NULL};
  g_autoptr(Table) table = table_new(headings);
  guint sum = 0;
  for (guint i = 0; i < catalogue->episodes->len; i++) {
    const Episode *episode = catalogue->episodes->pdata[i];
    guint n = downloads_of(downloads, episode);
    g_autofree char *number = g_strdup_printf("%u", n);
    const char *cells[] = {episode->edition, number, episode->title, NULL};
    table_add(table, cells);
    sum += n;
  }
  table_print(table, stdout);
  printf(ngettext("\n%u download\n", "\n%u downloads\n", sum), sum);
}

static void add_days(JsonBuilder *builder, const Downloads *downloads, const Episode *episode) {
  g_autoptr(GPtrArray) days = downloads_days(downloads, episode);
  json_builder_set_member_name(builder, "days");
  json_builder_begin_object(builder);
  for (guint i = 0; i < days->len; i++)
    json_add_int(builder, days->pdata[i], downloads_on(downloads, episode, days->pdata[i]));
  json_builder_end_object(builder);
}

static void print_json(const Catalogue *catalogue, const Downloads *downloads) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_array(builder);
  for (guint i = 0; i < catalogue->episodes->len; i++) {
    const Episode *episode = catalogue->episodes->pdata[i];
    json_builder_begin_object(builder);
    json_add_string(builder, "edition", episode->edition);
    json_add_string(builder, "title", episode->title);
    json_add_int(builder, "downloads", downloads_of(downloads, episode));
    add_days(builder, downloads, episode);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  g_autofree char *text = json_text(builder, true);
  puts(text);
}

/* The one of station.yaml, below the station when it is not absolute. */
static char **own_log(const Station *station, GError **error) {
  const char *log = station->podcast.log;
  if (!log) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE,
                _("which log? Name the web server's, or write it in station.yaml: podcast: {log: /var/log/…}"));
    return NULL;
  }
  char **logs = g_new0(char *, 2);
  logs[0] = g_path_is_absolute(log) ? g_strdup(log) : station_path(station, log, NULL);
  return logs;
}

static bool run(Session *session, int argc, char **argv, GError **error) {
  gboolean as_json = FALSE;
  const GOptionEntry rows[] = {{"json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL},
                               G_OPTION_ENTRY_NULL};
  g_auto(GStrv) logs = NULL;
  if (!command_parse(&command_downloads, rows, argc, argv, 0, -1, &logs, error))
    return false;
  const Station *station = session_station(session, error);
  if (!station)
    return false;
  if (!logs || !logs[0]) {
    g_strfreev(logs);
    logs = own_log(station, error);
  }
  g_autoptr(Catalogue) catalogue = logs ? catalogue_open(station, error) : NULL;
  if (!catalogue)
    return false;
  g_autoptr(Downloads) downloads = downloads_new(catalogue->episodes);
  for (char **log = logs; *log; log++)
    if (!downloads_add_log(downloads, *log, error))
      return false;
  if (as_json)
    print_json(catalogue, downloads);
  else
    print_table(catalogue, downloads);
  return true;
}
