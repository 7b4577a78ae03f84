/* Numbers, dates and plurals as ICU 72 says them. */
#include "base/language.h"

#include <string.h>

/* Takes `text`. */
static void assert_said(char *text, const char *wanted) {
  g_assert_cmpstr(text, ==, wanted);
  g_free(text);
}

static void test_numbers(void) {
  assert_said(language_cardinal("fr", 21), "vingt-et-un");
  assert_said(language_cardinal("fr", -80), "moins quatre-vingts");
  assert_said(language_cardinal("fr", 0), "zéro");
  assert_said(language_cardinal("en", 1234), "one thousand two hundred thirty-four");
  assert_said(language_cardinal("es", 100), "cien");
  assert_said(language_cardinal("fr", G_GINT64_CONSTANT(9007199254740993)), "9007199254740993");
  assert_said(language_cardinal("fr", G_MININT64), "-9223372036854775808");
  assert_said(language_cardinal("zz", 3), "three");
  assert_said(language_ordinal("fr", 1, true), "première");
  assert_said(language_ordinal("fr", 1, false), "premier");
  assert_said(language_ordinal("fr", 75, false), "soixante-quinzième");
  assert_said(language_ordinal("en", 21, true), "twenty-first");
  assert_said(language_ordinal("es", 1, true), "primera");
}

static void test_decimals(void) {
  assert_said(language_decimal("fr", "12.5"), "douze virgule cinq");
  assert_said(language_decimal("fr", "12.50"), "douze virgule cinq");
  assert_said(language_decimal("en", "0.05"), "zero point zero five");
  assert_said(language_decimal("fr", "-3"), "moins trois");
  static const char *const not_plain[] = {"", "1e3", "0x10", "nan", "inf", "1,5", "1.", ".5", "--1", "12 ", "abc"};
  for (gsize i = 0; i < G_N_ELEMENTS(not_plain); i++)
    assert_said(language_decimal("fr", not_plain[i]), not_plain[i]);
}

static void test_dates(void) {
  assert_said(language_date("fr", 2020, 3, 17), "mardi 17 mars 2020");
  assert_said(language_date("fr-FR", 2020, 3, 1), "dimanche 1er mars 2020");
  assert_said(language_date("fr", 2020, 12, 11), "vendredi 11 décembre 2020");
  assert_said(language_date("en", 2020, 3, 17), "Tuesday 17 March 2020");
  assert_said(language_date("es", 2020, 3, 1), "domingo 1 de marzo de 2020");
  assert_said(language_date("zz", 2020, 3, 1), "Sunday, March 1, 2020");
  assert_said(language_date("frp", 2020, 3, 1), "Sunday, March 1, 2020"); /* not French */
  assert_said(language_date("fr", 2020, 2, 30), "2020-02-30");
  assert_said(language_date("fr", 2020, 13, 1), "2020-13-01");
  assert_said(language_date("fr", 2020, 0, 1), "2020-00-01");
  assert_said(language_date("fr", 2020, 3, 0), "2020-03-00");
  assert_said(language_date("fr", 2020, 3, 32), "2020-03-32");
  assert_said(language_date("fr", 0, 3, 1), "0000-03-01");
  assert_said(language_date("fr", 10000, 3, 1), "10000-03-01");
}

static void test_times(void) {
  assert_said(language_time("fr", 12, 5), "12 heures 5");
  assert_said(language_time("fr", 1, 0), "1 heure");
  assert_said(language_time("fr", 0, 30), "0 heure 30");
  assert_said(language_time("es", 15, 5), "15:05");
  g_autofree char *english = language_time("en", 15, 5);
  g_assert_true(g_str_has_prefix(english, "3:05") && g_str_has_suffix(english, "PM"));
}

static void test_plurals(void) {
  g_assert_cmpstr(language_plural("fr", 0), ==, "one");
  g_assert_cmpstr(language_plural("fr", 1), ==, "one");
  g_assert_cmpstr(language_plural("fr", 2), ==, "other");
  g_assert_cmpstr(language_plural("en", 0), ==, "other");
  g_assert_cmpstr(language_plural("en", 1), ==, "one");
  g_assert_cmpstr(language_plural("zz", 1), ==, "other");
  g_assert_cmpstr(language_plural("ar", 2), ==, "two");
}

static void test_known(void) {
  static const char *const known[] = {"fr", "en", "es", "br", "fr-FR", "frp", "FR"};
  static const char *const unknown[] = {"", "zz", "fr_FR", "fr; rm", "french!", "fr-", "12"};
  for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
    g_assert_true(language_is_known(known[i]));
  for (gsize i = 0; i < G_N_ELEMENTS(unknown); i++)
    g_assert_false(language_is_known(unknown[i]));
}

static gpointer speak(gpointer unused) {
  for (int i = 0; i < 200; i++) {
    assert_said(language_cardinal("fr", 21), "vingt-et-un");
    assert_said(language_ordinal("fr", 1, i % 2 == 0), i % 2 == 0 ? "première" : "premier");
  }
  return unused;
}

/* One spell-out of a language serves every thread: a rule set chosen by one must not reach another. */
static void test_threads(void) {
  GThread *threads[4];
  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new("speak", speak, NULL);
  for (int i = 0; i < 4; i++)
    g_thread_join(threads[i]);
}

static void test_same(void) {
  static const char *const SAME[][2] = {{"fr", "fr"}, {"fr-CA", "FR"}, {"pt_BR", "pt-PT"}},
                           *const OTHER[][2] = {{"fr", "frp"}, {"frp", "fr"}, {"fr", NULL}, {NULL, "fr"}, {"en", "fr"}};
  for (gsize i = 0; i < G_N_ELEMENTS(SAME); i++)
    g_assert_true(language_same(SAME[i][0], SAME[i][1]));
  for (gsize i = 0; i < G_N_ELEMENTS(OTHER); i++)
    g_assert_false(language_same(OTHER[i][0], OTHER[i][1]));
}

/* A tag that is longer than any, which ICU would not survive, is like none. */
static void test_no_language(void) {
  g_autofree char *tag = g_strnfill(400, 'x');
  g_autofree char *number = language_cardinal(tag, 12), *day = language_date(tag, 2020, 3, 17),
                  *time = language_time(tag, 14, 5);
  g_autofree char *root_number = language_cardinal("", 12), *root_day = language_date("", 2020, 3, 17),
                  *root_time = language_time("", 14, 5);
  g_assert_cmpstr(number, ==, root_number);
  g_assert_cmpstr(day, ==, root_day);
  g_assert_cmpstr(time, ==, root_time);
  g_assert_nonnull(strstr(time, "05"));
  g_assert_cmpstr(language_plural(tag, 1), ==, "other");
  g_assert_false(language_is_known(tag));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/language/numbers", test_numbers);
  g_test_add_func("/language/decimals", test_decimals);
  g_test_add_func("/language/dates", test_dates);
  g_test_add_func("/language/times", test_times);
  g_test_add_func("/language/plurals", test_plurals);
  g_test_add_func("/language/known", test_known);
  g_test_add_func("/language/same", test_same);
  g_test_add_func("/language/no-language", test_no_language);
  g_test_add_func("/language/threads", test_threads);
  return g_test_run();
}
