#include "base/i18n.h"

#include <locale.h>
#include <string.h>

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

/* Languages of the catalogues, and of the sources. They live as long as the program: a thread may hold one. */
static locale_t locale_of(const char *language) {
  static const struct { const char *language, *locale; } names[] = {{"fr", "fr_FR.UTF-8"}, {"en", "C.UTF-8"}};
  static locale_t locales[G_N_ELEMENTS(names)];
  static gsize is_made;
  if (g_once_init_enter(&is_made)) {
    g_unsetenv("LANGUAGE"); /* it would go before any of them */
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
      locales[i] = newlocale(LC_MESSAGES_MASK | LC_CTYPE_MASK, names[i].locale, (locale_t)0);
    g_once_init_leave(&is_made, 1);
  }
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (strcmp(names[i].language, language) == 0)
      return locales[i];
  return (locale_t)0;
}

void i18n_speak(const char *language) {
  locale_t locale = language ? locale_of(language) : (locale_t)0;
  uselocale(locale ? locale : LC_GLOBAL_LOCALE);
}
