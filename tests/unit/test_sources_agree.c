/* Agreements: alone, at the end, at the start; and what only looks like one. */
#include "sources/agree.h"

static void test_alone(void) {
  /* clang-format off */
  static const struct { const char *text; guint count; } rows[] = {
    {"+1", 1},        {"+ 1", 1},         {"+1 +1", 2},        {"+3", 3},       {":+1:", 1},
    {"👍👍", 2},      {"👍🏽", 1},         {"(+1)", 1},         {"d'accord", 1}, {"D’accord !", 1},
    {"d'accord avec Paul", 1},            {"100% d'accord avec Anne-Marie", 1}, {"idem", 1},
    {"ok pour tous", 1},                  {"+1 Marie", 1},     {"agreed", 1},   {"de acuerdo", 1},
    {"+33 6 12 34 56 78", 0},             {"pas d'accord", 0}, {"+1 °C", 0},    {"d'accord ?", 0},
    {"idem à Kervalan", 0},               {"ok pour mardi à 14 h", 0},          {"", 0},
    {"d'accord, et il est traduit", 0},
    {"👍️", 1},  {"++", 1},  {"+1,5", 0}, {"+1, Marie", 1}, {"+21", 0}, {"+0", 0}, {"+1%", 0}, {"+1:", 1}, {"+1 : Marie", 1},
    {"+1 +", 0}, {"+1 !", 1}, {"(+1).", 1}, {"+1 Marie, Paul", 1}, {"+2 Marie et Paul", 2},
    {"Marie +1", 0}, {"Marie Le Goff +1", 0}, {"agree with Paul", 1}, {"d'accord in Morzac", 0},
  };
  /* clang-format on */
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_test_message("%s", rows[i].text);
    g_assert_cmpuint(agree_alone(rows[i].text), ==, rows[i].count);
  }
}

static void test_trailing(void) {
  static const struct {
    const char *text, *left;
    guint count;
  } rows[] = {
      {"des gants +1", "des gants", 1},
      {"des gants (+1)(+1)", "des gants", 2},
      {"des gants. +1 +1", "des gants.", 2},
      {"des gants 👍", "des gants", 1},
      {"des gants (+1 Marie)", "des gants", 1},
      {"le bac +5", "le bac +5", 0},
      {"à J+1", "à J+1", 0},
      {"des gants", "des gants", 0},
      {"des gants – +1", "des gants", 1},
      {"des gants — +1", "des gants", 1},
      {"des gants, +1 Marie", "des gants", 1},
      {"des gants ++", "des gants", 1},
      {"des gants +1 !", "des gants", 1},
      {"+1", "", 1},
      {"un bac +1", "un bac +1", 0},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *text = g_strdup(rows[i].text);
    g_test_message("%s", rows[i].text);
    g_assert_cmpuint(agree_trailing(text), ==, rows[i].count);
    g_assert_cmpstr(text, ==, rows[i].left);
  }
}

static void test_opening(void) {
  const char *rest = NULL;
  g_assert_cmpuint(agree_leading("+1, il faudrait aussi une ardoise", &rest), ==, 1);
  g_assert_cmpstr(rest, ==, "il faudrait aussi une ardoise");
  g_assert_cmpuint(agree_leading("une ardoise +1", &rest), ==, 0);
  g_assert_cmpuint(agree_with_someone("D'accord avec Samir, il faut les former", &rest), ==, 1);
  g_assert_cmpstr(rest, ==, "il faut les former");
  g_assert_cmpuint(agree_with_someone("D'accord avec Samir", &rest), ==, 0);
  g_assert_cmpuint(agree_with_someone("d'accord, et il est traduit", &rest), ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sources/agree/alone", test_alone);
  g_test_add_func("/sources/agree/trailing", test_trailing);
  g_test_add_func("/sources/agree/opening", test_opening);
  return g_test_run();
}
