/* The furniture of a pad: which lines are titles, lists of people, sections, greetings; and which only look so. */
#include "sources/titles.h"

static void test_participants(void) {
  static const struct {
    const char *text, *names; /* NULL: no list of people */
  } rows[] = {
      {"Participants :", ""},
      {"Présents : Anne, Paul", "Anne, Paul"},
      {"Participant.e.s", ""},
      {"Liste des participants 3 :", ""},
      {"Étaient présents Anne, Paul et moi", "Anne, Paul et moi"},
      {"Il y avait Jean-Yves, Marguerite, et Driss", "Jean-Yves, Marguerite, et Driss"},
      {"There were Anne, and Paul", "Anne, and Paul"},
      {"Nous étions Anne, moi", "Anne, moi"},
      {"Étaient présents Anne, des voisins", NULL},
      {"Étaient présents douze", NULL},
      {"Il y avait du monde", NULL},
      {"Présents.", NULL},
      {"Là", NULL},
      {"Nom | Lieu", ""},
      {"Participants | Lieu", ""},
      {"Sujet | Lieu", NULL},
      {"Un très long début de ligne de tableau, vraiment | Lieu", NULL},
      {"Les participants ont longuement parlé de la fermeture du quai et du bac :", NULL},
      {"Le bac (Kervalan)", NULL},
      {"Présents (Kervalan)", ""},
      {"", NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_test_message("%s", rows[i].text);
    g_assert_cmpstr(title_of_participants(rows[i].text), ==, rows[i].names);
  }
}

typedef struct {
  const char *text;
  bool is;
} Row;

static void check(bool (*asked)(const char *text), const Row *rows, guint count) {
  for (guint i = 0; i < count; i++) {
    g_test_message("%s", rows[i].text);
    g_assert_cmpint(asked(rows[i].text), ==, rows[i].is);
  }
}
#define CHECK(asked, ...) check(asked, (const Row[]){__VA_ARGS__}, G_N_ELEMENTS(((const Row[]){__VA_ARGS__})))

static void test_titles(void) {
  CHECK(title_is_key, {"MB = Maëlle Berthou, JK = Jules Kerdoncuff", true}, {"MB=Maëlle", true}, {"MB = maëlle", false},
        {"MB Maëlle", false}, {"ABCDE = Maëlle", false}, {"mb = Maëlle", false}, {"", false});
  CHECK(title_of_meeting, {"reunion du quai", true}, {"reunion", true}, {"reunions", false}, {"le quai", false});
  CHECK(title_about_meeting, {"Lieu : visio", true}, {"Prise de notes : Anne", true}, {"Le bac : mardi", false},
        {"Lieu", false}, {"Un lieu dont le nom n'en finit vraiment pas : x", false});
  CHECK(title_of_agenda, {"Ordre du jour", true}, {"1. ODJ", true}, {"Ordre", false},
        {"L'ordre du jour de la réunion prochaine sera envoyé à chacun lundi", false});
  CHECK(title_in_capitals, {"LE BAC", true}, {"Le bac", false}, {"LE", false}, {"12", false},
        {"A B C D E F G H I J K L", false});
  CHECK(title_is_greeting, {"Bonjour à toutes,", true}, {"Bonjour à toutes", false}, {"Bonjours,", false},
        {"Bonjour,", true});
  CHECK(title_is_procedure, {"La séance est levée à 16h15.", true}, {"Le bac est levé.", false});
  CHECK(title_is_farewell, {"Bien cordialement", true}, {"Le bac", false});
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/titles/participants", test_participants);
  g_test_add_func("/titles/others", test_titles);
  return g_test_run();
}
