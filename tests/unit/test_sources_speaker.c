/* Who speaks at the start of a line, from where, and what is left to say; and sentences that name nobody. */
#include "sources/speaker.h"

typedef struct {
  const char *text, *author, *place, *rest; /* author NULL: nobody, and the text stays whole */
} Row;

static void check(const Row *rows, guint count) {
  g_autoptr(People) people = people_new();
  people_learn_participants(people, "Marie Le Goff, Loeiz (Kervalan), Chidi et Tanguy");
  people_learn_key(people, "XQ = Xavier Quintric");
  for (guint i = 0; i < count; i++) {
    Speaker speaker = {.kind = -1};
    const char *end = NULL;
    speaker_read(rows[i].text, people, &speaker, &end);
    g_autofree char *rest = end != NULL ? g_strndup(speaker.rest, (gsize)(end - speaker.rest)) : g_strdup(speaker.rest);
    g_test_message("%s", rows[i].text);
    g_assert_cmpstr(speaker.author, ==, rows[i].author);
    g_assert_cmpstr(speaker.place, ==, rows[i].place);
    g_assert_cmpstr(rest, ==, rows[i].rest);
    speaker_clear(&speaker);
  }
}

static void test_forms(void) {
  static const Row rows[] = {
      {"Marie : bonjour", "Marie", NULL, "bonjour"},
      {"Marie (Saint-Maudez-sur-Aurelle) : bonjour", "Marie", "Saint-Maudez-sur-Aurelle", "bonjour"},
      {"Olivier Cariou. (Morzac) bonjour", "Olivier Cariou", "Morzac", "bonjour"},
      {"Gildas (Morzac). bonjour", "Gildas", "Morzac", "bonjour"},
      {"Marie (Morzac) on manque de gants", "Marie", "Morzac", "on manque de gants"},
      {"Yvonne Pennec, retraitée, Kervalan : j'ai peur", "Yvonne Pennec", "Kervalan", "j'ai peur"},
      {"Odile Riou, infirmière à Morzac : bonjour", "Odile Riou", "Morzac", "bonjour"},
      {"Karim Nedjar (INET) : bonjour", "Karim Nedjar", NULL, "bonjour"},
      {"Chidi – bonjour", "Chidi", NULL, "bonjour"},
      {"M. TANGUY : bonjour", "M. TANGUY", NULL, "bonjour"},
      {"ABGRALL Paul : bonjour", "ABGRALL Paul", NULL, "bonjour"},
      {"XQ: bonjour", "XQ", NULL, "bonjour"},
      {"[Marie] bonjour", "Marie", NULL, "bonjour"},
      {"@marie : bonjour", "marie", NULL, "bonjour"},
      {"10:32 Marie: bonjour", "Marie", NULL, "bonjour"},
      {"Mme Le Goff rappelle que les écoles ferment", "Mme Le Goff", NULL, "les écoles ferment"},
      {"Loeiz nous a dit que le pont ferme", "Loeiz", NULL, "le pont ferme"},
      {"Loeiz demande comment venir", "Loeiz", NULL, "comment venir"},
      {"Kassim : nous avons les clés", "Kassim", NULL, "nous avons les clés"},
      {"Le pont ferme ce soir [Marie]", "Marie", NULL, "Le pont ferme ce soir"},
      {"Le pont ferme ce soir. Marie", "Marie", NULL, "Le pont ferme ce soir."},
      {"Le pont ferme ce soir (Marie)", "Marie", NULL, "Le pont ferme ce soir"},
      {"Loeiz (en réponse à Marie) : non, lundi", "Loeiz", NULL, "non, lundi"},
      {"Remarque de Marie : il pleut", "Marie", NULL, "il pleut"},
  };
  check(rows, G_N_ELEMENTS(rows));
}

static void test_nobody(void) {
  static const Row rows[] = {
      {"Trois besoins : des bras, des camions", NULL, NULL, "Trois besoins : des bras, des camions"},
      {"14h30 : point presse", NULL, NULL, "14h30 : point presse"},
      {"Bus n° 12 : supprimé", NULL, NULL, "Bus n° 12 : supprimé"},
      {"L’Agence régionale de santé : rien", NULL, NULL, "L’Agence régionale de santé : rien"},
      {"Le pont est fermé : passez par Morzac", NULL, NULL, "Le pont est fermé : passez par Morzac"},
      {"Loeiz (Morzac) est malade", NULL, NULL, "Loeiz (Morzac) est malade"},
      {"Doctolib : créneaux pleins", NULL, NULL, "Doctolib : créneaux pleins"},
      {"Maire-adjointe : on débloque 5 000 euros", NULL, NULL, "Maire-adjointe : on débloque 5 000 euros"},
      {"Anonyme : je n'en peux plus", NULL, NULL, "je n'en peux plus"},
      {"??? : d'où vient cette consigne", NULL, NULL, "d'où vient cette consigne"},
      {"@Marie peux-tu vérifier ?", NULL, NULL, "peux-tu vérifier ?"},
      {"", NULL, NULL, ""},
  };
  check(rows, G_N_ELEMENTS(rows));
}

static void test_next(void) {
  g_autoptr(People) people = people_new();
  people_learn_participants(people, "Marie, Erwan");
  bool answers = false;
  g_assert_cmpstr(speaker_next("on manque de gants. Erwan : moi j'en ai", people, &answers), ==, "Erwan : moi j'en ai");
  g_assert_false(answers);
  g_assert_cmpstr(speaker_next("Faut-il venir ? → oui, à midi", people, &answers), ==, " oui, à midi");
  g_assert_true(answers);
  g_assert_null(speaker_next("on manque de gants. Erwan en a.", people, &answers));
  g_assert_null(speaker_next("M. Erwan : moi j'en ai", people, &answers));
}

static void test_place(void) {
  g_autoptr(People) people = people_new();
  people_learn(people, "Mona", "Kervalan");
  g_autofree char *ends = g_strdup("pas de garde d'enfants (Kervalan)");
  g_autofree char *opens = g_strdup("Kervalan : 200 repas");
  g_autofree char *unheard = g_strdup("pas de garde (Morzac)");
  g_autofree char *first = speaker_take_place(ends, people);
  g_autofree char *second = speaker_take_place(opens, people);
  g_assert_cmpstr(first, ==, "Kervalan");
  g_assert_cmpstr(ends, ==, "pas de garde d'enfants");
  g_assert_cmpstr(second, ==, "Kervalan");
  g_assert_cmpstr(opens, ==, "200 repas");
  g_assert_null(speaker_take_place(unheard, people));
  g_assert_cmpstr(unheard, ==, "pas de garde (Morzac)");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sources/speaker/forms", test_forms);
  g_test_add_func("/sources/speaker/nobody", test_nobody);
  g_test_add_func("/sources/speaker/next", test_next);
  g_test_add_func("/sources/speaker/place", test_place);
  return g_test_run();
}
