/* carnet schedule fetch: the calendars that are kept elsewhere, copied into schedules/. */
#include "commands/schedule.h"

#include "base/files.h"
#include "commands/output.h"
#include "schedule/calendar.h"
#include "schedule/remote.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define PREFIX "remote-"
#define TAG_MOST 1000

static bool run(Session *session, int argc, char **argv, GError **error);

const Command command_schedule_fetch = {
    .name = "schedule fetch",
    .group = N_("The bulletin"),
    .summary = N_("Get the calendars that are kept elsewhere"),
    .usage = "",
    .help = N_("Copies each calendar of station.yaml's \"calendars\" to schedules/remote-NAME.ics: a file on\n"
               "the web (https, webcal) or a CalDAV collection. One that cannot be had keeps its last copy.\n"
               "\"carnet run\" does this every five minutes."),
    .run = run,
};

typedef enum { FETCH_SAME, FETCH_NEW, FETCH_FAILED } Fetched;

/* Returns (g_free), or NULL. */
static char *last_tag(const char *path) {
  g_autoptr(GBytes) bytes = file_read(path, TAG_MOST, NULL);
  gsize n = 0;
  const char *data = bytes ? g_bytes_get_data(bytes, &n) : NULL;
  return data ? g_strstrip(g_strndup(data, n)) : NULL;
}

/* What is no calendar must not take the place of one. */
static bool check(const Station *station, const char *name, GBytes *text, GError **error) {
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func((GDestroyNotify)calendar_note_free);
  g_autoptr(Calendar) calendar = calendar_parse(name, text, station->zone, notes, error);
  return calendar != NULL;
}

/* The copy first: a tag without it would keep it away for ever. */
static bool keep(const char *path, const char *tag_path, GBytes *text, const char *tag, GError **error) {
  gsize nbytes;
  const char *data = g_bytes_get_data(text, &nbytes);
  g_autoptr(GBytes) there = file_read(path, CALENDAR_MAX_BYTES, NULL);
  if (there && g_bytes_equal(there, text)) /* a collection tells no tag: what is the same is not written again */
    return true;
  g_unlink(tag_path);
  return file_write(path, data, (gssize)nbytes, 0644, error) && (!tag || file_write(tag_path, tag, -1, 0644, error));
}

static Fetched fetch(const Station *station, const StationCalendar *calendar, GError **error) {
  g_autofree char *file = g_strdup_printf(PREFIX "%s.ics", calendar->name);
  g_autofree char *tag_file = g_strdup_printf("." PREFIX "%s.etag", calendar->name);
  g_autofree char *path = station_path(station, "schedules", file, NULL);
  g_autofree char *tag_path = station_path(station, "schedules", tag_file, NULL);
  g_autofree char *folder = station_path(station, "schedules", NULL);
  bool has_copy = g_file_test(path, G_FILE_TEST_IS_REGULAR);
  g_autofree char *tag = has_copy ? last_tag(tag_path) : NULL, *new_tag = NULL;
  char *password = NULL;
  if (calendar->user &&
      !(password = station_secret(station, calendar->password_file, _("no password for the calendar: "), error)))
    return FETCH_FAILED;
  g_autoptr(GBytes) text = NULL;
  RemoteCalendar remote = {calendar->url, calendar->user, password};
  bool ok = remote_fetch(&remote, tag, &text, &new_tag, error);
  if (password)
    explicit_bzero(password, strlen(password));
  g_free(password);
  if (ok && !text)
    return FETCH_SAME;
  ok = ok && check(station, calendar->url, text, error) && folder_make(folder, error) &&
       keep(path, tag_path, text, new_tag, error);
  return ok ? FETCH_NEW : FETCH_FAILED;
}

/* Copies of calendars that station.yaml does not name any more. */
static void remove_others(const Station *station) {
  g_autofree char *folder = station_path(station, "schedules", NULL);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *file; dir && (file = g_dir_read_name(dir));) {
    bool wanted = !g_str_has_prefix(file, PREFIX) || !g_str_has_suffix(file, ".ics");
    for (guint i = 0; i < station->n_calendars && !wanted; i++) {
      g_autofree char *its = g_strdup_printf(PREFIX "%s.ics", station->calendars[i].name);
      wanted = strcmp(file, its) == 0;
    }
    g_autofree char *path = wanted ? NULL : g_build_filename(folder, file, NULL);
    if (path)
      g_unlink(path);
  }
}

/* All are tried; the first failure is the verb's. */
static bool fetch_all(const Session *session, const Station *station, GError **error) {
  bool ok = true;
  for (guint i = 0; i < station->n_calendars; i++) {
    const StationCalendar *calendar = &station->calendars[i];
    g_autoptr(GError) why = NULL;
    Fetched fetched = fetch(station, calendar, &why);
    if (fetched == FETCH_FAILED && ok)
      g_propagate_error(error, g_steal_pointer(&why));
    else if (fetched == FETCH_FAILED)
      print_warning("%s", why->message);
    else if (!session->quiet)
      printf("%s: %s\n", calendar->name, fetched == FETCH_SAME ? _("unchanged") : _("fetched"));
    ok = ok && fetched != FETCH_FAILED;
  }
  return ok;
}

static bool run(Session *session, int argc, char **argv, GError **error) {
  if (!command_parse(&command_schedule_fetch, NULL, argc, argv, 0, 0, NULL, error))
    return false;
  const Station *station = session_station(session, error);
  if (!station)
    return false;
  remove_others(station);
  return fetch_all(session, station, error);
}
