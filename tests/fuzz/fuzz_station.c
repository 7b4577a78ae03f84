/* station.yaml. */
#include "fuzz.h"

#include "base/station.h"
#include "base/yaml_edit.h"

/* A folder whose station.yaml is the file in memory. */
static const char *station_folder(const char *file) {
  static char folder[] = "/tmp/carnet-fuzz-XXXXXX";
  static bool made;
  g_autofree char *link = NULL;
  if (!made) {
    promise(g_mkdtemp(folder) != NULL);
    made = true;
  }
  link = g_build_filename(folder, "station.yaml", NULL);
  unlink(link);
  promise(symlink(file, link) == 0);
  return folder;
}

static void forget_folder(const char *folder) {
  g_autofree char *link = g_build_filename(folder, "station.yaml", NULL);
  unlink(link);
}

/* A setting that is changed in it: the station loads with it, and with all else as it was. */
static void change_setting(const Station *station, const guint8 *data, gsize nbytes) {
  g_autofree char *text = g_strndup((const char *)data, nbytes);
  g_autofree char *changed = yaml_edit(text, "run.late", "7:00", NULL);
  g_autofree char *named = changed ? yaml_edit(changed, "podcast.title", station->name, NULL) : NULL;
  if (!named)
    return;
  GError *error = NULL;
  g_autoptr(GBytes) bytes = g_bytes_new(named, strlen(named));
  g_autoptr(Station) after = station_parse(station->folder, "station.yaml", bytes, &error);
  promise(after != NULL && after->run.late_us == 7 * 60 * G_USEC_PER_SEC);
  promise(strcmp(after->podcast.title, station->name) == 0 && strcmp(after->name, station->name) == 0);
  promise(after->n_mounts == station->n_mounts && after->run.ahead_us == station->run.ahead_us);
}

static void fuzz_station(const guint8 *data, gsize nbytes) {
  GError *error = NULL;
  const char *folder = station_folder(fuzz_file(data, nbytes));
  g_autoptr(Station) station = station_load(folder, &error);
  forget_folder(folder);
  if (station == NULL) {
    fuzz_refused(error);
    return;
  }
  promise(station->name != NULL && station->zone != NULL && station->icecast.port <= 65535);
  for (guint i = 0; i < station->n_mounts; i++)
    promise(station->mounts[i].mount[0] == '/' && station->mounts[i].format < FORMAT_COUNT);
  g_autofree char *path = station_find(station, "sounds", station->name, (const char *const[]){".wav", NULL}, &error);
  promise(path == NULL);
  g_clear_error(&error);
  change_setting(station, data, nbytes);
}

FUZZ_TARGET(fuzz_station)
