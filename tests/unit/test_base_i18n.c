/* The user's locale is for what people read: figures in files and in what other programs say keep to C's. */
#include "base/i18n.h"

#include <glib.h>
#include <locale.h>
#include <string.h>

static void test_figures(void) {
  g_setenv("LC_ALL", "fr_FR.UTF-8", TRUE); /* where the machine has it */
  i18n_start();
  g_autofree char *half = g_strdup_printf("%.1f", 0.5);
  g_assert_cmpstr(half, ==, "0.5");
  g_assert_cmpstr(_("no such message of ours"), ==, "no such message of ours");
}

static void test_programs(void) {
  g_setenv("LC_ALL", "C.UTF-8", TRUE);
  i18n_start();
  i18n_for_programs();
  g_assert_cmpstr(setlocale(LC_MESSAGES, NULL), ==, "C");
  g_assert_cmpstr(setlocale(LC_CTYPE, NULL), ==, "C.UTF-8"); /* text stays UTF-8 */
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/i18n/figures", test_figures);
  g_test_add_func("/i18n/programs", test_programs);
  return g_test_run();
}
