/* What is left of a line when its parts are taken out, and the hour that an export glued to its end. */
#include "sources/remains.h"

static void test_time(void) {
  static const struct {
    const char *text, *left, *time;
  } rows[] = {
      {"il faut l'étoffer.12.11", "il faut l'étoffer.", "12.11"},
      {"c'est fait !9:05", "c'est fait !", "9:05"},
      {"à venir ?23:59", "à venir ?", "23:59"},
      {"(à venir)10:32", "(à venir)", "10:32"},
      {"à venir…10:32", "à venir…", "10:32"},
      {"on verra demain10.32", "on verra demain", "10.32"},
      {"on verra demain 10:32", "on verra demain 10:32", NULL},
      {"rendez-vous à 10:32", "rendez-vous à 10:32", NULL},
      {"on verra demain24:00", "on verra demain24:00", NULL},
      {"on verra demain10:60", "on verra demain10:60", NULL},
      {"on verra demain1032", "on verra demain1032", NULL},
      {"on verra demain10:3", "on verra demain10:3", NULL},
      {"on verra demain1:2:3", "on verra demain1:2:3", NULL},
      {"la RD12.11", "la RD12.11", NULL},
      {"ab12.11", "ab12.11", NULL},
      {"aB.12.11", "aB.", "12.11"},
      {"12.11", "12.11", NULL},
      {"fini.", "fini.", NULL},
      {"", "", NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *text = g_strdup(rows[i].text);
    g_autofree char *time = remains_take_time(text);
    g_test_message("%s", rows[i].text);
    g_assert_cmpstr(text, ==, rows[i].left);
    g_assert_cmpstr(time, ==, rows[i].time);
  }
}

static void test_words(void) {
  g_assert_true(remains_words("… 3"));
  g_assert_true(remains_words("« à »"));
  g_assert_false(remains_words("… – ( )"));
  g_assert_false(remains_words(""));
}

static void test_pointers(void) {
  static const struct {
    const char *text;
    bool points;
  } rows[] = {
      {"(cf texte ci-dessus)", true},
      {"voir plus haut", true},
      {"cf le mail de lundi", true},
      {"cf le mail de lundi dernier, où tout est dit en long", false},
      {"(cf le mail de lundi dernier, où tout est dit en long)", true},
      {"(voir le mail)", true},
      {"(see the mail)", true},
      {"(ver el correo)", true},
      {"(voirie fermée)", false},
      {"(voir le mail", false},
      {"voir le mail", false},
      {"RAS", true},
      {"néant", true},
      {"", false},
      {"le bac reprend mardi", false},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_test_message("%s", rows[i].text);
    g_assert_cmpint(remains_pointer(rows[i].text), ==, rows[i].points);
  }
  g_autofree char *endless = g_strnfill(200, 'a');
  g_assert_false(remains_pointer(endless));
  g_assert_true(remains_bare_pointer("Lien :"));
  g_assert_false(remains_bare_pointer("le bac"));
  g_assert_false(remains_bare_pointer("voir le très long document"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/remains/time", test_time);
  g_test_add_func("/remains/words", test_words);
  g_test_add_func("/remains/pointers", test_pointers);
  return g_test_run();
}
