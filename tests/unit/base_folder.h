/* A temporary folder for one test of base/, and short words for what each test asks. */
#ifndef CARNET_TESTS_BASE_FOLDER_H
#define CARNET_TESTS_BASE_FOLDER_H

#include "base/error.h"
#include "base/files.h"

#include <glib.h>
#include <string.h>

static inline char *folder_of_test(void) {
  char *folder = g_dir_make_tmp("carnet-base-XXXXXX", NULL);
  g_assert_nonnull(folder);
  return folder;
}

static inline void remove_folder(char *folder) {
  g_assert_true(folder_remove(folder, NULL));
  g_assert_false(g_file_test(folder, G_FILE_TEST_EXISTS));
  g_free(folder);
}

static inline guint count_files(const char *folder) {
  guint n = 0;
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  while (dir && g_dir_read_name(dir))
    n++;
  return n;
}

/* The error is of this kind and its message holds `words`; then it is cleared. */
static inline void assert_failed(GError **error, CarnetError kind, const char *words) {
  g_assert_error(*error, CARNET_ERROR, (int)kind);
  if (!strstr((*error)->message, words))
    g_error("\"%s\" does not hold \"%s\"", (*error)->message, words);
  g_clear_error(error);
}

#endif
