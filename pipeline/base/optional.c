#include "base/optional.h"

#include "base/error.h"
#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

bool optional_is_missing(const char *path) {
  struct stat status;
  return lstat(path, &status) != 0 && errno == ENOENT;
}

bool optional_read_text(const char *path, gsize max_bytes, char **text, GError **error) {
  bool is_there = !optional_is_missing(path);
  *text = is_there ? file_read_text(path, max_bytes, error) : NULL;
  return *text || !is_there;
}

static gint by_bytes(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *optional_names(const char *folder, const char *ending, GError **error) {
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  if (optional_is_missing(folder))
    return g_steal_pointer(&names);
  DIR *dir = opendir(folder);
  const struct dirent *entry = NULL;
  for (errno = dir ? 0 : errno; dir && (entry = readdir(dir)); errno = 0)
    if (*entry->d_name != '.' && g_str_has_suffix(entry->d_name, ending))
      g_ptr_array_add(names, g_strdup(entry->d_name));
  int why = errno;
  if (dir)
    closedir(dir);
  if (why) {
    carnet_error_set_errno(error, why, "%s", folder);
    return NULL;
  }
  g_ptr_array_sort(names, by_bytes);
  return g_steal_pointer(&names);
}
