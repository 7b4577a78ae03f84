#include "base/i18n.h"

#include <locale.h>

/* Beside the program in its build folder, or where "make install" puts them. */
static char *catalogues(void) {
  g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
  g_autofree char *folder = program ? g_path_get_dirname(program) : g_strdup(".");
  char *beside = g_build_filename(folder, "locale", NULL);
  if (g_file_test(beside, G_FILE_TEST_IS_DIR))
    return beside;
  g_free(beside);
  return g_build_filename(folder, "..", "share", "locale", NULL);
}

void i18n_start(void) {
  setlocale(LC_ALL, "");
  /* Numbers in YAML, JSON and filter chains are written with a point. */
  setlocale(LC_NUMERIC, "C");
  g_autofree char *folder = catalogues();
  bindtextdomain("carnet", folder);
  bind_textdomain_codeset("carnet", "UTF-8");
  textdomain("carnet");
}

void i18n_for_programs(void) {
  setlocale(LC_MESSAGES, "C"); /* LANGUAGE does not count under this one */
}
