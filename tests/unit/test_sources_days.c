/* The date of a heading, of a first line, of a file's name. */
#include "sources/days.h"

#define TODAY "2020-04-20"

static void test_find(void) {
  static const struct {
    const char *text, *day;
    bool alone;
  } rows[] = {
      {"mardi 17 mars", "2020-03-17", true},
      {"le 17 mars 2020", "2020-03-17", true},
      {"17/03/2020", "2020-03-17", true},
      {"17.03.20", "2020-03-17", true},
      {"17/03", "2020-03-17", true},
      {"03/17/2020", "2020-03-17", true},
      {"2020-03-17", "2020-03-17", true},
      {"MERCREDI 1er AVRIL", "2020-04-01", true},
      {"March 17th, 2020", "2020-03-17", true},
      {"17 de marzo de 2020", "2020-03-17", true},
      {"Compte rendu du 17 mars", "2020-03-17", false},
      {"le 24 décembre", "2019-12-24", true}, /* the nearest past one */
      {"le 20 avril", "2020-04-20", true},    /* today is past enough */
      {"30/02/2020", NULL, false},
      {"14h30 : point presse", NULL, false},
      {"06 12 34 56 78", NULL, false},
      {"version 1.2", NULL, false},
      {"on est en mars", NULL, false},
      {"31 février", NULL, false},
      {"32 mars", NULL, false},
      {"17xe mars", NULL, false},
      {"2e mars", NULL, false},
      {"le 17 mars de 2020", "2020-03-17", true},
      {"17 de marzo del 2020", "2020-03-17", true},
      {"17th of March", "2020-03-17", true},
      {"mars 2020", NULL, false},
      {"17 mars 1492", "2020-03-17", false},
      {"29 février", "2020-02-29", true},
      {"29/02", "2020-02-29", true},
      {"29/02/2019", NULL, false},
      {"17-03", NULL, false},
      {"17/03/", "2020-03-17", true},
      {"17/03/2020a", NULL, false},
      {"17/03-2020", "2020-03-17", false},
      {"1703/2020", NULL, false},
      {"171/03/2020", NULL, false},
      {"17/031/2020", NULL, false},
      {"0/03", NULL, false},
      {"17/0", NULL, false},
      {"17/03/202", NULL, false},
      {"20200317123/1/1", NULL, false},
      {"17 mars, mardi", "2020-03-17", true},
      {"", NULL, false},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    bool alone = false;
    g_autofree char *day = days_find(rows[i].text, TODAY, &alone);
    g_test_message("%s", rows[i].text);
    g_assert_cmpstr(day, ==, rows[i].day);
    g_assert_cmpint(day != NULL && alone, ==, rows[i].alone);
  }
}

static void test_in_name(void) {
  /* clang-format off */
  static const struct { const char *name, *day; } rows[] = {
    {"pad reunion-17-mars", "2020-03-17"}, {"cr-2019-03-17", "2019-03-17"},  {"cr_17-03-2020_v2", "2020-03-17"},
    {"20200317-notes", "2020-03-17"},      {"notes_17_03_2020", "2020-03-17"}, {"pad essai-2", NULL},
    {"pad", NULL},                         {"20209999", NULL},
  };
  /* clang-format on */
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *day = days_in_name(rows[i].name, TODAY);
    g_test_message("%s", rows[i].name);
    g_assert_cmpstr(day, ==, rows[i].day);
  }
}

static void test_year_and_later(void) {
  g_assert_true(days_has_year("17 mars 2020"));
  g_assert_false(days_has_year("17 mars"));
  g_assert_false(days_has_year("0 800 130 000"));
  g_autofree char *day = days_later("2020-02-28", 2);
  g_assert_cmpstr(day, ==, "2020-03-01");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sources/days/find", test_find);
  g_test_add_func("/sources/days/in-name", test_in_name);
  g_test_add_func("/sources/days/year-and-later", test_year_and_later);
  return g_test_run();
}
