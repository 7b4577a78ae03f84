/* Words: placeholders and plurals, how an entry is said, headlines, titles,
 * near-duplicates. */
#include "editorial_day.h"

#include "editorial/phrases.h"
#include "editorial/similar.h"
#include "editorial/wording.h"

static const WordingValues FRENCH = {"fr", "mardi 17 mars 2026", "12 heures 5", "Radio du Port", "Kervalan", 1};

static void test_wording(void) {
  static const struct {
    const char *wording;
    gint64 count;
    const char *filled;
  } CASES[] = {
      {"Nous sommes {date}, à {station}.", 1, "Nous sommes mardi 17 mars 2026, à Radio du Port."},
      {"{time} l'heure, d'{place}, {count}", 3, "12 heures 5 l'heure, d'Kervalan, 3"},
      {"{count, plural, one {une nouvelle} other {# nouvelles}}", 0, "une nouvelle"},
      {"{count, plural, one {une nouvelle} other {# nouvelles}}", 1, "une nouvelle"},
      {"{count, plural, one {une nouvelle} other {# nouvelles}}", 2, "2 nouvelles"},
      {"{count,plural,=0{rien}one{une}other{#, à {place}}}!", 0, "rien!"},
      {"{count,plural,=0{rien}one{une}other{#, à {place}}}!", 7, "7, à Kervalan!"},
      {"{ count , plural , other {#} } # ", 5, "5 # "},
      {"", 1, ""},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    WordingValues values = FRENCH;
    values.count = CASES[i].count;
    g_assert_null(wording_problem(CASES[i].wording));
    g_autofree char *filled = wording_fill(CASES[i].wording, &values);
    g_assert_cmpstr(filled, ==, CASES[i].filled);
  }
  WordingValues english = FRENCH;
  english.language = "en";
  english.count = 0;
  g_autofree char *zero = wording_fill("{count, plural, one {one story} other {# stories}}", &english);
  g_assert_cmpstr(zero, ==, "0 stories"); /* English has no singular zero, French has */
}

static void test_wording_problems(void) {
  /* clang-format off */
  static const char *const WRONG[] = {"{author}", "{", "}", "{}", "{date", "{count, plural, one {a}}", "{count, plural}",
                                      "{count, select, a {b}}", "{date, plural, other {a}}",
                                      "{count, plural, lots {a} other {b}}", "{count, plural, other {a}",
                                      "{count, plural, other a}", "{count, plural, =x {a} other {b}}"};
  /* clang-format on */
  for (gsize i = 0; i < G_N_ELEMENTS(WRONG); i++) {
    g_autofree char *problem = wording_problem(WRONG[i]);
    g_assert_nonnull(problem);
    g_autofree char *filled = wording_fill(WRONG[i], &FRENCH);
    g_assert_cmpstr(filled, ==, WRONG[i]);
  }
  g_autofree char *deep = g_strdup("a");
  for (int i = 0; i < 300; i++) {
    char *deeper = g_strdup_printf("{count, plural, other {%s}}", deep);
    g_free(deep);
    deep = deeper;
  }
  g_autofree char *problem = wording_problem(deep);
  g_assert_nonnull(problem);
}

/* What is written between braces in an entry means nothing. */
static void test_entries_are_not_wording(void) {
  g_autoptr(Script) script = day_script("flash");
  g_autoptr(GPtrArray) day = day_new();
  g_ptr_array_add(day,
                  day_entry(1, KIND_IDEA, "{station}", "Le code {date} {count, plural, other {#}} {x} n'est pas lu."));
  ComposeInput input = day_input(script, day);
  g_autoptr(Rundown) rundown = compose_rundown(&input, day_measure, NULL, NULL, NULL);
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = rundown->items->pdata[i];
    if (item->entry == 1)
      g_assert_nonnull(strstr(item->text, "{date} {count, plural, other {#}} {x}"));
  }
}

static void test_where(void) {
  static const struct {
    const char *place, *language, *where;
  } CASES[] = {{"Port-Aurelle", "fr", "à Port-Aurelle"},
               {"Le Guerzit", "fr", "au Guerzit"},
               {"Les Sables", "fr", "aux Sables"},
               {"La Roche-Morin", "fr", "à La Roche-Morin"},
               {"Bretagne", "fr", "en Bretagne"},
               {"quartier du Port", "fr", "quartier du Port"},
               {"Le Havre", "fr", "au Havre"},
               {"le Havre", "fr", "au Havre"},
               {"la Roche-Morin", "fr", "à la Roche-Morin"},
               {"Finistère", "fr", "dans le Finistère"},
               {"L'Île-aux-Pies", "fr", "à L'Île-aux-Pies"},
               {"le bourg", "fr", "au bourg"},
               {"Le Guerzit", "en", "in Le Guerzit"},
               {"Kervalan", "es-MX", "en Kervalan"},
               {"Kervalan", "br", "Kervalan"}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autofree char *where = phrase_where(CASES[i].place, CASES[i].language);
    g_assert_cmpstr(where, ==, CASES[i].where);
  }
}

/* `opening`: which of the three; the one before it was just used. */
static char *said(Entry *entry, Attribution attribution, guint opening) {
  PhraseMemory memory = {.any = true, .kind = entry->kind, .variant = (opening + 2) % 3};
  entry->attribution = attribution;
  return phrase_entry(entry, false, false, &memory);
}

static void test_attribution(void) {
  g_autoptr(Entry) entry = day_entry(3, KIND_ANNOUNCEMENT, "Le Guerzit", "Le marché rouvre");
  entry->author = g_strdup("Maryvonne Le Bihan-Doré");
  g_autofree char *place = said(entry, ATTRIBUTION_PLACE, 0), *none = said(entry, ATTRIBUTION_NONE, 0);
  g_autofree char *first = said(entry, ATTRIBUTION_FIRST_NAME, 0), *full = said(entry, ATTRIBUTION_FULL, 0);
  g_assert_cmpstr(place, ==, "Au Guerzit : Le marché rouvre.");
  g_assert_null(strstr(none, "Guerzit"));
  g_assert_null(strstr(none, "Maryvonne"));
  g_assert_cmpstr(first, ==, "Maryvonne, au Guerzit : Le marché rouvre.");
  g_assert_cmpstr(full, ==, "Maryvonne Le Bihan-Doré, au Guerzit : Le marché rouvre.");
  g_autofree char *verb = said(entry, ATTRIBUTION_FIRST_NAME, 1);
  g_assert_cmpstr(verb, ==, "Maryvonne, au Guerzit, annonce : Le marché rouvre.");
  g_clear_pointer(&entry->place, g_free);
  g_autofree char *alone = said(entry, ATTRIBUTION_FIRST_NAME, 1);
  g_assert_cmpstr(alone, ==, "Maryvonne annonce : Le marché rouvre.");
}

/* Whatever the kind, the language and the neighbours, a name is said only when it may be. */
static void test_never_a_name(void) {
  static const char *const TAGS[] = {"fr", "en", "es", "br"};
  PhraseMemory memory = {0};
  for (guint i = 0; i < 2 * KIND_COUNT * 4; i++) {
    g_autoptr(Entry) entry = day_entry(i, (EntryKind)(i % KIND_COUNT), i % 3 == 0 ? NULL : "Kervalan", "Voilà.");
    g_free(entry->language);
    entry->language = g_strdup(TAGS[i % 4]);
    entry->author = g_strdup("Zénobie Quillivic");
    entry->attribution = i % 2 == 0 ? ATTRIBUTION_NONE : ATTRIBUTION_PLACE;
    memory.place = NULL;
    g_autofree char *text = phrase_entry(entry, i % 5 == 0, i % 7 == 0, &memory);
    g_assert_null(strstr(text, "Zénobie"));
    g_assert_null(strstr(text, "Quillivic"));
    g_assert_null(strchr(text, '{'));
    g_assert_true(g_str_has_suffix(text, "Voilà."));
    if (i % 2 == 0)
      g_assert_null(strstr(text, "Kervalan"));
  }
}

/* Where an entry stands in the logbook is not heard. */
static void test_number_is_not_heard(void) {
  for (gint64 id = 1; id < 5; id++) {
    PhraseMemory memory = {0}, other = {0};
    g_autoptr(Entry) first = day_entry(1, KIND_QUESTION, "Kervalan", "Qui vient ?");
    g_autoptr(Entry) later = day_entry(id, KIND_QUESTION, "Kervalan", "Qui vient ?");
    g_autofree char *a = phrase_entry(first, false, false, &memory), *b = phrase_entry(later, false, false, &other);
    g_assert_cmpstr(a, ==, b);
  }
}

static void test_neighbours_differ(void) {
  PhraseMemory memory = {0};
  g_autoptr(Entry) one = day_entry(1, KIND_QUESTION, "Kervalan", "Qui vient ?");
  g_autoptr(Entry) two = day_entry(4, KIND_QUESTION, "Kervalan", "Qui part ?");
  g_autoptr(Entry) three = day_entry(7, KIND_QUESTION, NULL, "Qui reste ?");
  one->endorsements = two->endorsements = 5;
  g_autofree char *a = phrase_entry(one, false, false, &memory), *b = phrase_entry(two, false, false, &memory);
  g_autofree char *c = phrase_entry(three, false, false, &memory);
  g_assert_nonnull(strstr(a, "5 personnes se posent la même question."));
  g_assert_cmpstr(b, ==, "Toujours à Kervalan : Qui part ?"); /* agreements are told sparingly */
  g_assert_true(g_str_has_suffix(c, " : Qui reste ?"));
}

/* A long thread does not say "in reply" each time. */
static void test_answers_vary(void) {
  PhraseMemory memory = {0};
  g_autoptr(GHashTable) heard = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (gint64 id = 1; id <= 6; id++) {
    g_autoptr(Entry) entry = day_entry(id, KIND_IDEA, NULL, "Voilà.");
    char *text = phrase_entry(entry, false, true, &memory);
    g_assert_true(g_str_has_prefix(text, "En réponse") == (id == 1));
    g_hash_table_add(heard, text);
  }
  g_assert_cmpuint(g_hash_table_size(heard), >=, 5);
}

static void test_own_kind_is_not_said_twice(void) {
  PhraseMemory memory = {0};
  g_autoptr(Entry) entry = day_entry(3, KIND_QUESTION, "Kervalan", "Question : qui a la clé ?");
  g_autofree char *text = phrase_entry(entry, false, false, &memory);
  g_assert_cmpstr(text, ==, "Une question, à Kervalan : Qui a la clé ?");
}

/* One colon is enough, a title is not said twice, a note has a subject, an introduction has words of its own. */
static void test_introductions(void) {
  static const struct {
    EntryKind kind;
    const char *place, *title, *text, *said;
  } CASES[] = {
      {KIND_ALERT, "Le Havre", "L'eau est à bouillir", "Alerte : l'eau est à bouillir jusqu'à mardi.",
       "Attention, au Havre : L'eau est à bouillir jusqu'à mardi."},
      {KIND_PROBLEM, "Kervalan", NULL, "La classe est bloquée à 9h30 : trop de monde.",
       "Un souci, à Kervalan. La classe est bloquée à 9h30 : trop de monde."},
      {KIND_PROBLEM, "Kervalan", NULL, "ne sait pas où poser le vélo",
       "Quelqu'un, à Kervalan, ne sait pas où poser le vélo."},
      {KIND_PROBLEM, NULL, NULL, "cherche une salle. Le soir : de préférence.",
       "Quelqu'un cherche une salle. Le soir : de préférence."},
      {KIND_RESOURCE, NULL, NULL, "recenser des ressources sur un tableau",
       "À partager : recenser des ressources sur un tableau."},
      {KIND_EXPERIENCE, NULL, NULL, "conseillère de formation au bourg",
       "Noté au carnet : conseillère de formation au bourg."},
      {KIND_ANNOUNCEMENT, NULL, "Le marché change", "Il se tient sur le quai.",
       "À noter : Le marché change. Il se tient sur le quai."},
      {KIND_IDEA, NULL, NULL, "Un four : un vrai.", "Une idée. Un four : un vrai."},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    PhraseMemory memory = {.any = true, .kind = CASES[i].kind, .variant = 2}; /* the first opening follows the third */
    g_autoptr(Entry) entry = day_entry(3, CASES[i].kind, CASES[i].place, CASES[i].text);
    entry->title = g_strdup(CASES[i].title);
    g_autofree char *text = phrase_entry(entry, false, false, &memory);
    g_assert_cmpstr(text, ==, CASES[i].said);
  }
}

static void test_headlines(void) {
  static const struct {
    const char *title, *text, *headline;
  } CASES[] = {
      {"Le marché rouvre", "Samedi, le marché rouvre sur la place.", "Le marché rouvre."},
      {NULL, "le marché rouvre samedi. Venez nombreux.", "Le marché rouvre samedi."},
      {NULL, "Qui a une échelle ?", "Qui a une échelle ?"},
      {NULL,
       "Le marché de la place rouvre samedi, avec les pêcheurs du port, les maraîchers de la vallée et les "
       "potiers qui viennent pour la première fois de loin",
       "Le marché de la place rouvre samedi, avec les pêcheurs du port."},
      {NULL,
       "Oui, sans virgule utile ce texte continue encore et encore sans jamais s'arrêter ni reprendre son souffle "
       "avant la toute fin de la page",
       NULL},
      {NULL,
       "Le coût (matériel, temps passé, transport des bénévoles de la vallée) reste notre plus grand souci pour "
       "cette année et la suivante",
       NULL},                                        /* two words are no thought */
      {NULL, "ne sait pas où poser le vélo.", NULL}, /* who? */
      {NULL, "Ce sont des défis à relever.", NULL},  /* what? */
      {NULL, "Vélos interdits = on marche.", NULL},
      {NULL, "Il faut bcp de bras.", NULL},
      {NULL, "La clé est chez JF.", NULL},
      {NULL, "Il manque des blouses à l'EHPAD.", "Il manque des blouses à l'EHPAD."},
      {NULL, "besoin de bras pour la fête.", NULL}, /* a note */
      {NULL,
       "Réseau des jardins : un enjeu pour tous les quartiers de la ville, et pour les communes qui voudront bien "
       "nous rejoindre",
       NULL}, /* a heading */
      {NULL,
       "Nous avons livré les premiers paniers : vingt foyers, quarante kilomètres de route, une crevaison, et onze "
       "tasses de café",
       "Nous avons livré les premiers paniers."},
      {NULL,
       "Si la mer monte encore cette nuit, il faudra remonter toutes les barques de la cale jusqu'au hangar du "
       "quai des Brumes",
       NULL},
      {NULL, "Demander la clé à Mme Kerbrat.", NULL},
      {NULL, "http://example.org/a", NULL},
      {NULL, "", NULL},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Entry) entry = day_entry(1, KIND_IDEA, NULL, CASES[i].text);
    entry->title = g_strdup(CASES[i].title);
    g_autofree char *headline = phrase_headline(entry);
    g_assert_cmpstr(headline, ==, CASES[i].headline);
  }
}

static void test_titles(void) {
  g_autoptr(Entry) entry =
      day_entry(1, KIND_QUESTION, "Kervalan",
                "Gildas demande si la navette du soir attend le dernier bac quand la mer est forte");
  entry->author = g_strdup("Gildas Morvan-Huet");
  g_autofree char *hidden = phrase_title(entry);
  g_assert_null(strstr(hidden, "Gildas"));
  g_assert_nonnull(strstr(hidden, "Kervalan"));
  entry->attribution = ATTRIBUTION_FULL;
  g_autofree char *shown = phrase_title(entry);
  g_assert_cmpstr(shown, ==, "Gildas demande si la navette du soir attend le dernier bac…");
  g_assert_cmpint(g_utf8_strlen(shown, -1), <=, 60);
  g_free(entry->text);
  entry->text = g_strnfill(500, 'z');
  g_autofree char *one_word = phrase_title(entry);
  g_assert_cmpint(g_utf8_strlen(one_word, -1), <=, 60);
}

static double likeness(const char *one, const char *two) {
  g_autoptr(Shingles) a = shingles_new(one), b = shingles_new(two);
  return shingles_likeness(a, b);
}

static void test_similar(void) {
  const char *text = "Le bus du marché ne passera pas demain à Kervalan";
  g_assert_cmpfloat(likeness(text, text), ==, 1);
  g_assert_cmpfloat(likeness(text, "le bus du MARCHE ne passera pas demain, à Kervalan !"), ==, 1);
  g_assert_cmpfloat(likeness(text, "Attention : le bus du marché ne passera pas demain à Kervalan"), >=, SIMILAR_SAME);
  g_assert_cmpfloat(likeness(text, "Qui a une échelle de six mètres pour la salle ?"), <, SIMILAR_SAME);
  g_assert_cmpfloat(
      likeness("La ligne 2 ne passera pas demain à Kervalan", "La ligne 3 ne passera pas demain à Kervalan"), ==, 0);
  g_assert_cmpfloat(likeness("", ""), ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/words/wording", test_wording);
  g_test_add_func("/words/wording-problems", test_wording_problems);
  g_test_add_func("/words/entries-are-not-wording", test_entries_are_not_wording);
  g_test_add_func("/words/where", test_where);
  g_test_add_func("/words/attribution", test_attribution);
  g_test_add_func("/words/never-a-name", test_never_a_name);
  g_test_add_func("/words/number-is-not-heard", test_number_is_not_heard);
  g_test_add_func("/words/neighbours-differ", test_neighbours_differ);
  g_test_add_func("/words/answers-vary", test_answers_vary);
  g_test_add_func("/words/own-kind-is-not-said-twice", test_own_kind_is_not_said_twice);
  g_test_add_func("/words/introductions", test_introductions);
  g_test_add_func("/words/headlines", test_headlines);
  g_test_add_func("/words/titles", test_titles);
  g_test_add_func("/words/similar", test_similar);
  return g_test_run();
}
