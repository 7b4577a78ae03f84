#include "daemon/watch.h"

#include "base/hash.h"

#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>

static guint64 stamp_of(const char *path) {
  GStatBuf status;
  if (g_stat(path, &status) != 0)
    return 0;
  g_autofree char *facts =
      g_strdup_printf("%s %" PRId64 " %ld %" PRId64 " %" PRIu64, path, (gint64)status.st_mtim.tv_sec,
                      status.st_mtim.tv_nsec, (gint64)status.st_size, (guint64)status.st_ino);
  return hash_bytes(facts, strlen(facts));
}

/* Of the files in a folder, in whatever order they come; hidden ones (locks, drafts) do not count. */
static guint64 stamp_of_folder(const Station *station, const char *name, const char *below) {
  g_autofree char *folder = station_path(station, name, below, NULL);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  guint64 stamp = 0;
  for (const char *file; dir && (file = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(folder, file, NULL);
    if (*file != '.' && g_file_test(path, G_FILE_TEST_IS_REGULAR))
      stamp += stamp_of(path);
  }
  return stamp;
}

guint watch_look(Watched *watched, const Station *station) {
  g_autofree char *yaml = station_path(station, "station.yaml", NULL);
  const guint64 now[WATCH_PARTS] = {
      stamp_of(yaml),
      stamp_of_folder(station, "schedules", NULL),
      stamp_of_folder(station, "scripts", NULL) + stamp_of_folder(station, "voices", NULL) +
          stamp_of_folder(station, "voices", "jingles"),
  };
  guint changed = 0;
  for (guint i = 0; i < WATCH_PARTS; i++)
    changed |= now[i] != watched->stamps[i] ? 1u << i : 0;
  memcpy(watched->stamps, now, sizeof now);
  return changed;
}
