/* How an entry is introduced and named, case by case: words that say their kind
 * themselves, answers, names, headlines that cannot be, titles without words. */
#include "editorial_day.h"

#include "editorial/phrases.h"
#include "editorial/similar.h"
#include "editorial/wording.h"

static Entry *entry_of(EntryKind kind, const char *language, const char *title, const char *text) {
  Entry *entry = day_entry(1, kind, NULL, text);
  g_free(entry->language);
  entry->language = g_strdup(language);
  entry->title = g_strdup(title);
  return entry;
}

/* The entry's own words: a label goes, a title that the text says goes, a full stop closes. */
static void test_words(void) {
  static const struct {
    EntryKind kind;
    const char *title, *text, *words;
  } CASES[] = {
      {KIND_ALERT, NULL, "Alerte : la digue cède", "La digue cède."},
      {KIND_ALERT, NULL, "Alerte :la digue cède", "Alerte :la digue cède."},
      {KIND_ALERT, NULL, "Alerte : :", "Alerte : :"},
      {KIND_ALERT, NULL, "Idée : fermer la digue", "Idée : fermer la digue."}, /* the label of another kind */
      {KIND_ALERT, NULL, "La digue qui protège le bourg de la mer cède : partez.",
       "La digue qui protège le bourg de la mer cède : partez."},
      {KIND_ALERT, "Attention : la digue", "", "La digue."},
      {KIND_IDEA, NULL, NULL, ""},
      {KIND_IDEA, "Un four", NULL, "Un four."},
      {KIND_IDEA, "Un four à pain", "Le pain sort du four à midi !", "Le pain sort du four à midi !"},
      {KIND_IDEA, "Les fours ouverts", "Le four est ouvert. Venez !", "Les fours ouverts. Le four est ouvert. Venez !"},
      {KIND_IDEA, "Le four ouvert", "Un four, 3.5 m de large, est ouvert", "Un four, 3.5 m de large, est ouvert."},
      {KIND_IDEA, "À", "Un four", "À. Un four."}, /* too short a title to be found again */
      {KIND_IDEA, NULL, "Un four ?", "Un four ?"},
      {KIND_IDEA, NULL, "Un four…", "Un four…"},
      {KIND_IDEA, NULL, "Un four ;", "Un four ;"},
      {KIND_IDEA, NULL, "Un four à À", "Un four à À."},
      {KIND_IDEA, NULL, "Elle a dit : « un four ! »", "Elle a dit : « un four ! »"},
      {KIND_IDEA, NULL, "« un four »", "« un four »."},
      {KIND_IDEA, NULL, "\"\"", "\"\"."},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Entry) entry = entry_of(CASES[i].kind, "fr", CASES[i].title, CASES[i].text);
    g_autofree char *words = phrase_words(entry);
    g_assert_cmpstr(words, ==, CASES[i].words);
  }
  g_assert_true(phrase_opens_with_colon("Un four : le nôtre. Fin."));
  g_assert_false(phrase_opens_with_colon("À 12:30, un four. Le nôtre : fin."));
}

/* Who and where come before the words, by attribution and by what was said just before. */
static void test_introductions(void) {
  static const struct {
    const char *language;
    Attribution attribution;
    const char *place, *text;
    bool is_urgent, is_reply;
    const char *intro;
  } CASES[] = {
      {"fr", ATTRIBUTION_PLACE, NULL, "Question : qui a la clé ?", false, false, "On s'interroge : "},
      {"fr", ATTRIBUTION_PLACE, NULL, "Questions pour la mairie : qui a la clé ?", false, false, ""},
      {"fr", ATTRIBUTION_PLACE, "Kervalan", "Questions pour la mairie, ce soir.", false, false, "À Kervalan : "},
      {"fr", ATTRIBUTION_FIRST_NAME, NULL, "cherche une échelle", false, false, "Maryvonne "},
      {"fr", ATTRIBUTION_FULL, "Kervalan", "cherche une échelle", false, false, "Maryvonne Tréguer, à Kervalan, "},
      {"fr", ATTRIBUTION_PLACE, "Kervalan", "cherche une échelle", true, false, "Important, à Kervalan : "},
      {"fr", ATTRIBUTION_PLACE, NULL, "Une échelle.", true, false, "Important : "},
      {"fr", ATTRIBUTION_FULL, NULL, "Une échelle ?", true, false, "Maryvonne Tréguer demande : "},
      {"fr", ATTRIBUTION_FIRST_NAME, NULL, "Une échelle ?", false, true, "Maryvonne répond : "},
      {"fr", ATTRIBUTION_PLACE, "Kervalan", "Une échelle ?", false, true, "En réponse, à Kervalan : "},
      {"fr", ATTRIBUTION_PLACE, NULL, "On se demande, on s'interroge : une question.", false, false,
       "On s'interroge. "},                                                     /* every template would repeat a word */
      {"fr", ATTRIBUTION_PLACE, NULL, NULL, false, false, "On s'interroge : "}, /* a recorded sound */
      {"en", ATTRIBUTION_PLACE, "Kervalan", "question about the ladder", false, false, "In Kervalan: "},
      {"br", ATTRIBUTION_FULL, "Kervalan", "Ur skeul?", false, false, "Maryvonne Tréguer: "},
      {"br", ATTRIBUTION_PLACE, "Kervalan", "Ur skeul?", false, false, "Kervalan: "},
      {"br", ATTRIBUTION_NONE, "Kervalan", "Ur skeul?", false, false, ""},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Entry) entry = entry_of(KIND_QUESTION, CASES[i].language, NULL, CASES[i].text);
    entry->place = g_strdup(CASES[i].place);
    entry->author = g_strdup("Maryvonne Tréguer");
    entry->attribution = CASES[i].attribution;
    PhraseMemory memory = {0};
    g_autofree char *intro = phrase_intro(entry, CASES[i].is_urgent, CASES[i].is_reply, &memory);
    g_assert_cmpstr(intro, ==, CASES[i].intro);
  }
}

/* An empty title is none; one that is written makes no rough note of the text. */
static void test_rough(void) {
  static const char *const CASES[][2] = {{NULL, "Quelqu'un "}, {"", "Quelqu'un "}, {"Échelle", "On s'interroge : "}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Entry) entry = entry_of(KIND_QUESTION, "fr", CASES[i][0], "cherche une échelle");
    PhraseMemory memory = {0};
    g_autofree char *intro = phrase_intro(entry, false, false, &memory);
    g_assert_cmpstr(intro, ==, CASES[i][1]);
  }
}

/* A name alone now and then, with its verb else; the place is not said again. */
static void test_named(void) {
  PhraseMemory memory = {0};
  g_autoptr(GHashTable) intros = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (int i = 0; i < 3; i++) {
    g_autoptr(Entry) entry = entry_of(KIND_IDEA, "fr", NULL, "Un four.");
    entry->place = g_strdup("Kervalan");
    entry->author = g_strdup("Maryvonne Tréguer");
    entry->attribution = ATTRIBUTION_FIRST_NAME;
    char *intro = phrase_intro(entry, false, false, &memory);
    g_assert_cmpint(strstr(intro, "Kervalan") != NULL, ==, i == 0);
    memory.place = "Kervalan"; /* the entry goes, what was heard stays */
    g_hash_table_add(intros, intro);
  }
  g_assert_true(g_hash_table_contains(intros, "Maryvonne propose : ") || g_hash_table_contains(intros, "Maryvonne : "));
}

/* A long thread, each from its place or from where the one before came. */
static void test_thread(void) {
  static const struct {
    const char *place, *holds;
  } CASES[] = {{"Kervalan", "En réponse, à Kervalan : "},
               {"Kervalan", "Toujours à Kervalan : "},
               {"Kervalan", "On ajoute : "},
               {NULL, " : "},
               {"Le Guerzit", "Une voix encore, au Guerzit : "},
               {NULL, " : "},
               {NULL, "Autre réponse : "}};
  PhraseMemory memory = {0};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Entry) entry = entry_of(KIND_IDEA, "fr", NULL, "Un four.");
    entry->place = g_strdup(CASES[i].place);
    g_autofree char *intro = phrase_intro(entry, false, true, &memory);
    memory.place = CASES[i].place;
    if (strstr(intro, CASES[i].holds) == NULL)
      g_error("answer %zu: \"%s\", not \"%s\"", i + 1, intro, CASES[i].holds);
  }
}

static void test_where(void) {
  static const char *const CASES[][3] = {
      {"harbour quarter", "en", "harbour quarter"},   {"barrio del puerto", "es", "barrio del puerto"},
      {"la Rochelle", "fr", "à la Rochelle"},         {"l’Île-aux-Pies", "fr", "à l’Île-aux-Pies"},
      {"près du port", "fr", "près du port"},         {"Chez Annick", "fr", "Chez Annick"},
      {" Port\u00a0Aurelle ", "fr", "à Port Aurelle"}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autofree char *where = phrase_where(CASES[i][0], CASES[i][1]);
    g_assert_cmpstr(where, ==, CASES[i][2]);
  }
  g_assert_true(g_str_has_prefix(phrase_quiet("br"), "The logbook is quiet"));
  g_assert_true(g_str_has_prefix(phrase_quiet("es-MX"), "El cuaderno"));
}

static void test_headlines(void) {
  static const struct {
    const char *title, *text, *headline;
  } CASES[] = {
      {NULL, NULL, NULL},
      {"", "Le four est ouvert.", "Le four est ouvert."},
      {"http://ex.org/four", "Le four est ouvert.", "Le four est ouvert."}, /* a title that cannot be said */
      {"four = pain", "Le four est ouvert.", "Le four est ouvert."},
      {"Le four de Kervalan, le fournil de La Roche-Morin, le moulin du Guerzit et la grange de Port-Aurelle sont à "
       "vous",
       "Le four est ouvert.", "Le four est ouvert."},
      {NULL, "Voir www.ex.org demain matin.", NULL},
      {NULL, "Le four ouvre www.ex.org demain.", "Le four ouvre demain."},
      {NULL, "Quel beau four !", "Quel beau four !"},
      {NULL, "Le four ouvre bientôt…", "Le four ouvre bientôt…"},
      {NULL, "Le four est à l’ADMR.", NULL}, /* who is that? */
      {NULL, "Le four est à l’EHPAD.", "Le four est à l’EHPAD."},
      {NULL, "Le four « de Kervalan est ouvert.", NULL},
      {NULL, "Le four “de Kervalan est ouvert.", NULL},
      {NULL, "Le four de Kervalan” est ouvert.", NULL},
      {NULL, "Le four de Kervalan » est ouvert.", NULL},
      {NULL, "Le four \"de Kervalan est ouvert.", NULL},
      {NULL, "Le four \"de Kervalan\" est ouvert.", "Le four \"de Kervalan\" est ouvert."},
      {NULL,
       "Le four tient 1,5 tonne de bois sec (du hêtre) et chauffe à 12:30 chaque jour de la semaine hors des fêtes du "
       "bourg",
       "Le four tient 1,5 tonne de bois sec."},
      {NULL,
       "Nous avons ouvert le four ; il y aura du pain, des galettes et des gâteaux pour tout le monde chaque samedi du "
       "mois",
       "Nous avons ouvert le four ; il y aura du pain."},
      {NULL,
       "Nous avons ouvert le four – il y aura du pain, des galettes et des gâteaux pour tout le monde chaque samedi du "
       "mois",
       "Nous avons ouvert le four – il y aura du pain."},
      {NULL,
       "Nous avons (enfin ouvert le four du village, qui dormait depuis vingt ans sous les ronces) du pain pour tout "
       "le "
       "monde chaque samedi",
       NULL}, /* before the bracket two words, within it half of one */
      {NULL,
       "Les anticonstitutionnellement incompréhensibilités électroencéphalographiques désinstitutionnalisées "
       "continuent",
       NULL},
      {NULL, "La barque de kervadec est au port.", NULL}, /* the author's name, in small letters */
      {NULL, "La barque", "La barque."},
      {NULL, "Bonjour", NULL},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Entry) entry = entry_of(KIND_IDEA, "fr", CASES[i].title, CASES[i].text);
    entry->author = g_strdup("Anne-Lise Kervadec");
    g_autofree char *headline = phrase_headline(entry);
    g_assert_cmpstr(headline, ==, CASES[i].headline);
  }
  g_autoptr(Entry) full = entry_of(KIND_IDEA, "fr", NULL, "La barque de Kervadec est au port.");
  full->author = g_strdup("Anne-Lise Kervadec");
  full->attribution = ATTRIBUTION_FULL;
  g_autofree char *named = phrase_headline(full);
  g_assert_cmpstr(named, ==, "La barque de Kervadec est au port.");
}

static void test_clean(void) {
  static const struct {
    const char *title, *text;
    bool is_clean;
  } CASES[] = {{NULL, "Le four.", true},
               {NULL, "le four.", false},
               {"four", "le four.", true},
               {"", "le four.", false},
               {NULL, NULL, false}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Entry) entry = entry_of(KIND_IDEA, "fr", CASES[i].title, CASES[i].text);
    g_assert_cmpint(phrase_headline_is_clean(entry), ==, CASES[i].is_clean);
  }
}

static void test_titles(void) {
  static const struct {
    const char *language, *place, *title, *text, *shown;
  } CASES[] = {
      {"fr", NULL, "le four", "x", "Le four"},
      {"fr", NULL, "", "le four est ouvert.", "Le four est ouvert"},
      {"fr", NULL, NULL, "Le four est ouvert...", "Le four est ouvert..."},
      {"fr", NULL, NULL, "Voir www.ex.org et https://ex.org ce soir", "Voir et ce soir"},
      {"fr", NULL, NULL, "https://ex.org", "Idée"},
      {"fr", "Kervalan", NULL, ".", "Idée, Kervalan"},
      {"es", "Kervalan", NULL, NULL, "Idea, Kervalan"},
      {"en", NULL, NULL, NULL, "Idea"},
      {"fr", NULL, NULL, "anne-lise a ouvert le four", "Idée"}, /* her name */
      {"fr", "Saint-Maudez-sur-Aurelle-le-Haut et les hameaux de la vallée d'en bas", NULL, "",
       "Idée, Saint-Maudez-sur-Aurelle-le-Haut et les hameaux de la…"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Entry) entry = entry_of(KIND_IDEA, CASES[i].language, CASES[i].title, CASES[i].text);
    entry->place = g_strdup(CASES[i].place);
    entry->author = g_strdup("Anne-Lise Kervadec");
    g_autofree char *title = phrase_title(entry);
    g_assert_cmpstr(title, ==, CASES[i].shown);
  }
}

/* --- what is said of wording and of likeness --- */

static void test_wording_problems(void) {
  static const char *const CASES[][2] = {{"{count, plural, = {a} other {b}}", "\"=\" is not a plural category"},
                                         {"{count, plural, =1x {a} other {b}}", "\"=1x\" is not a plural category"},
                                         {"{count, plural, other {a", "\"}\" is missing at the end of a plural"},
                                         {"{date, plural, other {a}}", "after \"{date,\""},
                                         {"{count, plural {a}}", "after \"{count,\""},
                                         {"{count, select, a {b}}", "after \"{count,\""}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autofree char *problem = wording_problem(CASES[i][0]);
    g_assert_true(g_str_has_prefix(problem, CASES[i][1]));
  }
  g_assert_null(wording_problem("{count, plural, other {a} one {b} other {c}}"));
}

static double likeness(const char *one, const char *two) {
  g_autoptr(Shingles) a = shingles_new(one), b = shingles_new(two);
  return shingles_likeness(a, b);
}

static void test_likeness(void) {
  g_assert_cmpfloat(likeness("le four", "le four est ouvert chaque samedi matin"), ==,
                    0); /* thrice as long is another thing */
  g_assert_cmpfloat(likeness("le four est ouvert chaque samedi matin", "le four"), ==, 0);
  g_assert_cmpfloat(likeness("le four", ""), ==, 0);
  g_assert_cmpfloat(likeness("le four 2 est ouvert", "le four est ouvert"), ==, 0);
  g_assert_cmpfloat(likeness("le four 2 est ouvert", "le four 2 est fermé"), >, 0);
  shingles_free(NULL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/phrases/words", test_words);
  g_test_add_func("/phrases/introductions", test_introductions);
  g_test_add_func("/phrases/rough", test_rough);
  g_test_add_func("/phrases/named", test_named);
  g_test_add_func("/phrases/thread", test_thread);
  g_test_add_func("/phrases/where", test_where);
  g_test_add_func("/phrases/headlines", test_headlines);
  g_test_add_func("/phrases/clean", test_clean);
  g_test_add_func("/phrases/titles", test_titles);
  g_test_add_func("/phrases/wording-problems", test_wording_problems);
  g_test_add_func("/phrases/likeness", test_likeness);
  return g_test_run();
}
