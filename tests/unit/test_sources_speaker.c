/* Who speaks at the start of a line, from where, and what is left to say; and sentences that name nobody. */
#include "sources_rows.h"

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

/* Roles, organisations, places, verbs of speech, labels, brackets, signatures: who, from where, and what is said. */
static void test_more_forms(void) {
  static const Row rows[] = {
      {"Yvonne Pennec (retraitée de la poste à Kervalan) : j'ai peur", "Yvonne Pennec", "Kervalan", "j'ai peur"},
      {"Yvonne Pennec, de l'association des parents, Kervalan : bonjour", "Yvonne Pennec", "Kervalan", "bonjour"},
      {"Yvonne Pennec, maire de La Roche-Morin : bonjour", "Yvonne Pennec", "La Roche-Morin", "bonjour"},
      {"Yvonne Pennec, élue à L'Aurelle : bonjour", "Yvonne Pennec", "L'Aurelle", "bonjour"},
      {"Yvonne Pennec, du pays d'Aurelle : bonjour", "Yvonne Pennec", "pays d'Aurelle", "bonjour"},
      {"Yvonne Pennec, habitante d'Aurelle : bonjour", "Yvonne Pennec", "Aurelle", "bonjour"},
      {"Yvonne Pennec, habitante d’Aurelle : bonjour", "Yvonne Pennec", "Aurelle", "bonjour"},
      {"Yvonne Pennec, mairie de Saint-Maudez : bonjour", "Yvonne Pennec", "Saint-Maudez", "bonjour"},
      {"Yvonne Pennec, mairie Saint Maudez : bonjour", "Yvonne Pennec", NULL, "bonjour"},
      {"Yvonne Pennec, collectif du quai : bonjour", "Yvonne Pennec", NULL, "bonjour"},
      {"Yvonne Pennec / Paul Abgrall : bonjour", "Yvonne Pennec / Paul Abgrall", NULL, "bonjour"},
      {"Yvonne Pennec et Paul Abgrall : bonjour", "Yvonne Pennec et Paul Abgrall", NULL, "bonjour"},
      {"Yvonne Pennec & Paul : bonjour", "Yvonne Pennec & Paul", NULL, "bonjour"},
      {"Yvonne Pennec - infirmière - Morzac : bonjour", "Yvonne Pennec", "Morzac", "bonjour"},
      {"Yvonne Pennec – Morzac : bonjour", "Yvonne Pennec", "Morzac", "bonjour"},
      {"DGS, Yvonne Pennec : bonjour", "Yvonne Pennec", NULL, "bonjour"},
      {"Maire de Morzac : bonjour", NULL, NULL, "Maire de Morzac : bonjour"},
      {"Le maire : bonjour", NULL, NULL, "Le maire : bonjour"},
      {"La directrice (Yvonne Pennec) : bonjour", NULL, NULL, "La directrice (Yvonne Pennec) : bonjour"},
      {"Adjoint (Paul Abgrall, Morzac) : bonjour", NULL, NULL, "Adjoint (Paul Abgrall, Morzac) : bonjour"},
      {"Y. Pennec : bonjour", "Y. Pennec", NULL, "bonjour"},
      {"Y Pennec : bonjour", "Y Pennec", NULL, "bonjour"},
      {"Mme Y. Pennec : bonjour", "Mme Y. Pennec", NULL, "bonjour"},
      {"Mme de Kerguelen : bonjour", "Mme", "Kerguelen", "bonjour"},
      {"Docteur Pennec : bonjour", "Docteur Pennec", NULL, "bonjour"},
      {"Dr. Pennec (Morzac) : bonjour", "Dr. Pennec", "Morzac", "bonjour"},
      {"Jean de La Roche : bonjour", "Jean", "La Roche", "bonjour"},
      {"Jean-Paul : bonjour", "Jean-Paul", NULL, "bonjour"},
      {"PENNEC Yvonne (Morzac) : bonjour", "PENNEC Yvonne", "Morzac", "bonjour"},
      {"PENNEC : bonjour", NULL, NULL, "PENNEC : bonjour"},
      {"Pierre : bonjour", "Pierre", NULL, "bonjour"},
      {"Yvonne demande : qui vient ?", "Yvonne", NULL, "qui vient ?"},
      {"Yvonne répond : personne", "Yvonne", NULL, "personne"},
      {"Yvonne Pennec propose : un bac", "Yvonne Pennec", NULL, "un bac"},
      {"Yvonne Pennec (Morzac) demande : qui vient ?", "Yvonne Pennec", "Morzac", "qui vient ?"},
      {"Yvonne Pennec propose qu'on déplace le bac", NULL, NULL, "Yvonne Pennec propose qu'on déplace le bac"},
      {"Yvonne Pennec propose de déplacer le bac", "Yvonne Pennec", NULL, "déplacer le bac"},
      {"Yvonne Pennec demande si le bac part", NULL, NULL, "Yvonne Pennec demande si le bac part"},
      {"Yvonne dit que le bac part", "Yvonne", NULL, "le bac part"},
      {"Yvonne pense que le bac part", "Yvonne", NULL, "le bac part"},
      {"Selon Yvonne, le bac part", NULL, NULL, "Selon Yvonne, le bac part"},
      {"Question d'Yvonne : qui vient ?", "Yvonne", NULL, "qui vient ?"},
      {"Question (Yvonne) : qui vient ?", NULL, NULL, "Question (Yvonne) : qui vient ?"},
      {"Question de Yvonne Pennec (Morzac) : qui vient ?", "Yvonne Pennec", "Morzac", "qui vient ?"},
      {"Réponse de Paul : moi", "Paul", NULL, "moi"},
      {"Question YP : qui vient ?", "YP", NULL, "qui vient ?"},
      {"Question XQ : qui vient ?", "XQ", NULL, "qui vient ?"},
      {"Question - XQ : qui vient ?", "XQ", NULL, "qui vient ?"},
      {"Remarque Marie Le Goff : il pleut", "Marie Le Goff", NULL, "il pleut"},
      {"Idée : un bac de nuit", NULL, NULL, "un bac de nuit"},
      {"Problème : Marie : le bac", "Marie", NULL, "le bac"},
      {"Q : qui vient ?", NULL, NULL, "qui vient ?"},
      {"R : moi", NULL, NULL, "moi"},
      {"Marie Le Goff, Kervalan le bac est parti", NULL, NULL, "Marie Le Goff, Kervalan le bac est parti"},
      {"Marie Le Goff infirmière à Morzac le bac est parti", NULL, NULL,
       "Marie Le Goff infirmière à Morzac le bac est parti"},
      {"Marie Le Goff. Le bac est parti", NULL, NULL, "Marie Le Goff. Le bac est parti"},
      {"Marie Le Goff - le bac est parti", "Marie Le Goff", NULL, "le bac est parti"},
      {"Marie Le Goff – le bac est parti", "Marie Le Goff", NULL, "le bac est parti"},
      {"Loeiz - Kervalan - le bac est parti", "Loeiz", NULL, "Kervalan - le bac est parti"},
      {"Loeiz → le bac est parti", "Loeiz", NULL, "le bac est parti"},
      {"<Marie> le bac est parti", "Marie", NULL, "le bac est parti"},
      {"[10:32] Marie : le bac est parti", "Marie", NULL, "le bac est parti"},
      {"10h32 Marie : le bac est parti", NULL, NULL, "10h32 Marie : le bac est parti"},
      {"10:32:05 Marie : le bac est parti", "Marie", NULL, "le bac est parti"},
      {"[Loeiz, Kervalan] le bac est parti", "Loeiz", "Kervalan", "le bac est parti"},
      {"(Marie) le bac est parti", NULL, NULL, "(Marie) le bac est parti"},
      {"@Marie Le Goff : le bac est parti", "Marie Le Goff", NULL, "le bac est parti"},
      {"@Chidi tu peux vérifier ?", NULL, NULL, "tu peux vérifier ?"},
      {"@chidi", NULL, NULL, "@chidi"},
      {"Le bac est parti — Marie Le Goff", "Marie Le Goff", NULL, "Le bac est parti"},
      {"Le bac est parti – Marie", "Marie", NULL, "Le bac est parti"},
      {"Le bac est parti - Chidi", NULL, NULL, "Le bac est parti - Chidi"},
      {"Le bac est parti (Marie, Morzac)", "Marie", "Morzac", "Le bac est parti"},
      {"Le bac est parti (Yvonne Pennec, infirmière à Morzac)", "Yvonne Pennec", "Morzac", "Le bac est parti"},
      {"Le bac est parti. (Marie)", "Marie", NULL, "Le bac est parti."},
      {"Le bac est parti, Marie", NULL, NULL, "Le bac est parti, Marie"},
      {"Le bac est parti (mardi)", NULL, NULL, "Le bac est parti (mardi)"},
      {"? : le bac", NULL, NULL, "le bac"},
      {"Quelqu'un : le bac", NULL, NULL, "le bac"},
      {"Une habitante de Morzac : le bac", NULL, NULL, "Une habitante de Morzac : le bac"},
      {"Un parent : le bac", NULL, NULL, "Un parent : le bac"},
      {"Les parents : le bac", NULL, NULL, "Les parents : le bac"},
      {"Tous : le bac", NULL, NULL, "Tous : le bac"},
      {"Mardi : le bac", NULL, NULL, "Mardi : le bac"},
      {"Note : le bac", NULL, NULL, "Note : le bac"},
      {"NB : le bac", NULL, NULL, "NB : le bac"},
      {"Attention : le bac", NULL, NULL, "Attention : le bac"},
      {"https://aurelle.example : le bac", NULL, NULL, "https://aurelle.example : le bac"},
      {"Horaires : 10h : départ", NULL, NULL, "Horaires : 10h : départ"},
      {"Marie: le bac", "Marie", NULL, "le bac"},
      {"Marie :le bac", "Marie", NULL, "le bac"},
      {"Marie ; le bac", NULL, NULL, "Marie ; le bac"},
      {"Marie (Kervalan)(Morzac) : le bac", "Marie", "Kervalan", "le bac"},
      {"Marie ( : le bac", NULL, NULL, "Marie ( : le bac"},
      {"Marie (Kervalan : le bac", NULL, NULL, "Marie (Kervalan : le bac"},
      {": le bac", NULL, NULL, ": le bac"},
      {"M. : le bac", NULL, NULL, "M. : le bac"},
      {"Saint-Maudez : le bac", NULL, NULL, "Saint-Maudez : le bac"},
      {"Morzac (mairie) : le bac", NULL, NULL, "Morzac (mairie) : le bac"},
      {"Asso Les Mains Vertes (Yvonne) : le bac", NULL, NULL, "Asso Les Mains Vertes (Yvonne) : le bac"},
      {"Yvonne Pennec (asso Les Mains Vertes) : le bac", "Yvonne Pennec", NULL, "le bac"},
      {"Yvonne Pennec (ARS) : le bac", "Yvonne Pennec", NULL, "le bac"},
      {"Yvonne Pennec (06 00 00 00 00) : le bac", "Yvonne Pennec", NULL, "le bac"},
      {"Yvonne Pennec (en visio) : le bac", "Yvonne Pennec", NULL, "le bac"},
      {"Yvonne Pennec (absente) : le bac", "Yvonne Pennec", NULL, "le bac"},
      {"Yvonne Pennec (Port-Aurelle, 3e adjointe) : le bac", "Yvonne Pennec", "Port-Aurelle", "le bac"},
      {"Yvonne Pennec, 3e adjointe, Port-Aurelle : le bac", "Yvonne Pennec", "Port-Aurelle", "le bac"},
      {"Yvonne Pennec, Port-Aurelle, présidente de l'asso du quai : le bac", "Yvonne Pennec", "Port-Aurelle", "le bac"},
      {"Yvonne Pennec (gymnase de Morzac) : le bac", "Yvonne Pennec", "Morzac", "le bac"},
      {"Yvonne Pennec (La Roche-Morin) : le bac", "Yvonne Pennec", "La Roche-Morin", "le bac"},
      {"Yvonne Pennec (le port) : le bac", "Yvonne Pennec", NULL, "le bac"},
      {"Yvonne Pennec (St Maudez) : le bac", "Yvonne Pennec", NULL, "le bac"},
      {"Yvonne Pennec (Le Bourg) : le bac", "Yvonne Pennec", "Le Bourg", "le bac"},
      {"Yvonne Pennec (pays d'Aurelle) : le bac", "Yvonne Pennec", "pays d'Aurelle", "le bac"},
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
  g_test_add_func("/speaker/more-forms", test_more_forms);
  g_test_add_func("/sources/speaker/forms", test_forms);
  g_test_add_func("/sources/speaker/nobody", test_nobody);
  g_test_add_func("/sources/speaker/next", test_next);
  g_test_add_func("/sources/speaker/place", test_place);
  return g_test_run();
}
