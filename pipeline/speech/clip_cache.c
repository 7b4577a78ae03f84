/* The clips that nobody asked for lately are removed. */
#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "speech/clips.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  char *path;
  gint64 used_us, nbytes;
} CachedClip;

static void cached_clip_clear(gpointer data) {
  CachedClip *cached = data;
  g_free(cached->path);
}

static gint compare_oldest_first(gconstpointer a, gconstpointer b) {
  const CachedClip *x = a, *y = b;
  return x->used_us < y->used_us ? -1 : x->used_us > y->used_us ? 1 : strcmp(x->path, y->path);
}

/* Adds the clips of one "xx" folder; a missing one is an empty one. */
static bool list_folder(const char *folder, GArray *clips, GError **error) {
  DIR *dir = opendir(folder);
  if (!dir && errno != ENOENT && errno != ENOTDIR) {
    carnet_error_set_errno(error, errno, "%s", folder);
    return false;
  }
  for (struct dirent *item; dir && (item = readdir(dir));) {
    struct stat status;
    if (!g_str_has_suffix(item->d_name, ".wav") || item->d_name[0] == '.' ||
        fstatat(dirfd(dir), item->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(status.st_mode)) {
      continue;
    }
    CachedClip cached = {g_build_filename(folder, item->d_name, NULL),
                         (gint64)status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000,
                         (gint64)status.st_size};
    g_array_append_val(clips, cached);
  }
  if (dir) {
    closedir(dir);
  }
  return true;
}

static GArray *list_clips(const char *cache_folder, GError **error) {
  g_autoptr(GArray) clips = g_array_new(FALSE, FALSE, sizeof(CachedClip));
  g_array_set_clear_func(clips, cached_clip_clear);
  for (guint i = 0; i < 256; i++) {
    g_autofree char *folder = g_strdup_printf("%s/clips/%02x", cache_folder, i);
    if (!list_folder(folder, clips, error)) {
      return NULL;
    }
  }
  g_array_sort(clips, compare_oldest_first);
  return g_steal_pointer(&clips);
}

gint64 clips_size(const char *cache_folder, guint *count, GError **error) {
  g_autoptr(GArray) clips = list_clips(cache_folder, error);
  if (!clips) {
    return -1;
  }
  gint64 nbytes = 0;
  for (guint i = 0; i < clips->len; i++) {
    nbytes += g_array_index(clips, CachedClip, i).nbytes;
  }
  if (count) {
    *count = clips->len;
  }
  return nbytes;
}

gint64 clips_prune(const char *cache_folder, gint64 older_than_us, gint64 max_bytes, guint *removed, GError **error) {
  g_autoptr(GArray) clips = list_clips(cache_folder, error);
  if (!clips) {
    return -1;
  }
  gint64 kept = 0, freed = 0, oldest_us = g_get_real_time() - older_than_us;
  guint n = 0;
  for (guint i = 0; i < clips->len; i++) {
    kept += g_array_index(clips, CachedClip, i).nbytes;
  }
  for (guint i = 0; i < clips->len; i++) {
    const CachedClip *cached = &g_array_index(clips, CachedClip, i);
    bool too_old = cached->used_us < oldest_us;
    bool too_much = max_bytes > 0 && kept > max_bytes;
    if (!too_old && !too_much) {
      break; /* the rest was used later still */
    }
    if (unlink(cached->path) != 0 && errno != ENOENT) {
      carnet_error_set_errno(error, errno, "%s", cached->path);
      return -1;
    }
    kept -= cached->nbytes;
    freed += cached->nbytes;
    n++;
  }
  if (removed) {
    *removed = n;
  }
  return freed;
}
