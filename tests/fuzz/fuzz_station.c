/* station.yaml. */
#include "fuzz.h"

#include "base/station.h"

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
}

FUZZ_TARGET(fuzz_station)
