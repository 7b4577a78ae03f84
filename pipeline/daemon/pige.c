#include "daemon/pige.h"

#include "base/clock.h"

#include <glib/gstdio.h>
#include <string.h>

#define DAY_S (24 * 3600)

typedef struct {
  char *path;
  gint64 changed_s, nbytes;
} Recording;

static void recording_free(gpointer data) {
  Recording *recording = data;
  g_free(recording->path);
  g_free(recording);
}

/* "/radio/midi.mp3" is pige/radio-midi.mp3/. */
char *pige_folder(const Station *station, const char *mount) {
  if (station->run.pige_days == 0)
    return NULL;
  g_autofree char *name = g_strdelimit(g_strdup(mount + 1), "/", '-');
  return station_path(station, "pige", name, NULL);
}

static void list_folder(const char *folder, GPtrArray *recordings) {
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    GStatBuf status;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    bool is_ours = g_str_has_suffix(name, ".mp3") || g_str_has_suffix(name, ".opus");
    if (!is_ours || g_lstat(path, &status) != 0 || !S_ISREG(status.st_mode))
      continue;
    Recording *recording = g_new(Recording, 1);
    *recording = (Recording){g_steal_pointer(&path), status.st_mtim.tv_sec, status.st_size};
    g_ptr_array_add(recordings, recording);
  }
}

static int newest_first(gconstpointer a, gconstpointer b) {
  const Recording *x = *(Recording *const *)a, *y = *(Recording *const *)b;
  return x->changed_s != y->changed_s ? (x->changed_s < y->changed_s ? 1 : -1) : strcmp(y->path, x->path);
}

/* Every mount's, those of mounts that are no more among them. */
void pige_sweep(const Station *station, gint64 now_us) {
  if (station->run.pige_days == 0) /* what somebody has switched off is not removed behind his back */
    return;
  g_autofree char *top = station_path(station, "pige", NULL);
  g_autoptr(GDir) dir = g_dir_open(top, 0, NULL);
  g_autoptr(GPtrArray) recordings = g_ptr_array_new_with_free_func(recording_free);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    g_autofree char *folder = g_build_filename(top, name, NULL);
    list_folder(folder, recordings);
  }
  g_ptr_array_sort(recordings, newest_first);
  gint64 oldest_s = now_us / US_PER_SECOND - (gint64)station->run.pige_days * DAY_S;
  gint64 room = (gint64)station->run.pige_megabytes * 1000000;
  for (guint i = 0; i < recordings->len; i++) {
    const Recording *recording = recordings->pdata[i];
    room -= recording->nbytes;
    if (recording->changed_s < oldest_s || room < 0)
      g_unlink(recording->path);
  }
}
