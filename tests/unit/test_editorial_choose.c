/* Choosing: who may be heard, in which order of merit, and why. */
#include "editorial_day.h"

#include "editorial/choose.h"

/* Kervalan's evening: everything but ideas is taken. */
#define YAML                                                                                                           \
  "title: t\nlanguage: fr\nlength: \"1:00\"\nvoices: {presenter: claire}\norder:\n"                                    \
  "  - entries: {kinds: [question, problem, experience, resource, feeling, announcement, alert]}\n"

static const Candidate *rank_of(const GPtrArray *ranked, gint64 id, guint *rank) {
  for (guint i = 0; i < ranked->len; i++) {
    const Candidate *candidate = ranked->pdata[i];
    if (candidate->entry->id == id) {
      if (rank != NULL)
        *rank = i;
      return candidate;
    }
  }
  g_assert_not_reached();
}

static void assert_order(const GPtrArray *ranked, const gint64 *ids, guint n) {
  for (guint i = 0; i < n; i++) {
    guint rank;
    rank_of(ranked, ids[i], &rank);
    g_assert_cmpuint(rank, ==, i);
  }
}

static GPtrArray *rank(const char *yaml, GPtrArray *day, GHashTable *heard) {
  g_autoptr(Script) script = day_script_of(yaml);
  ComposeInput input = day_input(script, day);
  input.heard = heard;
  return choose_rank(&input);
}

static void test_exclusions(void) {
  g_autoptr(GPtrArray) day = day_new();
  for (gint64 id = 1; id <= 8; id++) {
    g_autofree char *text = g_strdup_printf("Nouvelle %" G_GINT64_FORMAT " du bourg.", id);
    g_ptr_array_add(day, day_entry(id, KIND_QUESTION, "Kervalan", text));
  }
  Entry **entry = (Entry **)day->pdata;
  entry[0]->status = STATUS_WITHDRAWN;
  entry[1]->expires_us = NOW_US; /* to the very instant */
  entry[2]->expires_us = NOW_US + 1;
  entry[3]->kind = KIND_IDEA;
  g_clear_pointer(&entry[4]->text, g_free);
  entry[5]->text[0] = '\0';
  entry[5]->title = g_strdup(" \t");
  g_clear_pointer(&entry[6]->text, g_free);
  entry[6]->title = g_strdup("Le bac est réparé");
  g_clear_pointer(&entry[7]->text, g_free);
  entry[7]->sound = g_strdup("bac.wav");
  g_autoptr(GPtrArray) ranked = rank(YAML, day, NULL);
  static const char *const OUT[] = {"not approved (withdrawn)",
                                    "expired",
                                    NULL,
                                    "no section of the script takes the kind \"idea\"",
                                    "nothing is written in it",
                                    "nothing is written in it",
                                    NULL,
                                    NULL};
  for (guint i = 0; i < day->len; i++) {
    guint at;
    g_assert_cmpstr(rank_of(ranked, i + 1, &at)->out, ==, OUT[i]);
    g_assert_cmpint(at >= 3, ==, OUT[i] != NULL); /* those that are out come last */
  }
}

static void test_no_section(void) {
  static const char *const SCRIPTS[] = {
      "title: t\nlanguage: fr\nlength: \"1:00\"\nvoices: {presenter: claire}\norder:\n  - say: Bonjour.\n",
      "title: t\nlanguage: fr\nlength: \"1:00\"\nvoices: {presenter: claire}\norder:\n  - entries: {most: 0}\n"};
  for (gsize i = 0; i < G_N_ELEMENTS(SCRIPTS); i++) {
    g_autoptr(GPtrArray) day = day_new();
    g_ptr_array_add(day, day_entry(1, KIND_ALERT, NULL, "La digue cède."));
    ((Entry *)day->pdata[0])->priority = PRIORITY_URGENT;
    g_autoptr(GPtrArray) ranked = rank(SCRIPTS[i], day, NULL);
    g_assert_cmpstr(rank_of(ranked, 1, NULL)->out, ==, "the script has no section for entries");
  }
}

/* A section that takes nothing is passed over for the next one of the kind. */
static void test_closed_section(void) {
  g_autoptr(Script) script = day_script_of("title: t\nlanguage: fr\nlength: \"1:00\"\nvoices: {presenter: claire}\n"
                                           "order:\n  - entries: {most: 0}\n  - entries: {}\n");
  g_assert_cmpint(choose_block(script, KIND_IDEA), ==, 1);
}

static void test_already_heard(void) {
  g_autoptr(GPtrArray) day = day_new();
  g_ptr_array_add(day, day_entry(1, KIND_QUESTION, NULL, "Qui a une pompe ?"));
  gint64 id = 1;
  g_autoptr(GHashTable) heard = g_hash_table_new(g_int64_hash, g_int64_equal);
  g_hash_table_insert(heard, &id, (gpointer) "2026-03-16-soir");
  g_autoptr(GPtrArray) once = rank(YAML, day, heard);
  g_assert_cmpstr(rank_of(once, 1, NULL)->out, ==, "already heard in 2026-03-16-soir");
  g_autoptr(GPtrArray) again = rank("repeat: true\n" YAML, day, heard);
  g_assert_null(rank_of(again, 1, NULL)->out);
}

/* Forty characters a second for a minute; a recorded sound is not read. */
static void test_too_long(void) {
  g_autofree char *just = g_strnfill(2400, 'a'), *over = g_strnfill(2401, 'b');
  g_autoptr(GPtrArray) day = day_new();
  g_ptr_array_add(day, day_entry(1, KIND_QUESTION, NULL, just));
  g_ptr_array_add(day, day_entry(2, KIND_QUESTION, NULL, over));
  Entry *recorded = day_entry(3, KIND_EXPERIENCE, NULL, over);
  recorded->sound = g_strdup("chant.wav");
  g_ptr_array_add(day, recorded);
  g_autoptr(GPtrArray) ranked = rank(YAML, day, NULL);
  g_assert_null(rank_of(ranked, 1, NULL)->out);
  g_assert_cmpstr(rank_of(ranked, 2, NULL)->out, ==, "too long for the whole bulletin (2401 characters)");
  g_assert_true(rank_of(ranked, 2, NULL)->crowded_out);
  g_assert_null(rank_of(ranked, 3, NULL)->out);
}

static void test_merits(void) {
  static const struct {
    const char *date;
    EntryPriority priority;
    gint64 endorsements;
    const char *place, *merits;
  } CASES[] = {
      {DAY, PRIORITY_NORMAL, 0, NULL, "question"},
      {DAY, PRIORITY_NORMAL, 1, "Kervalan", "1 endorsement; question, Kervalan"},
      {DAY, PRIORITY_HIGH, 12, NULL, "high priority; 12 endorsements; question"},
      {"2026-03-16", PRIORITY_NORMAL, 0, NULL, "1 day old; question"},
      {"2026-03-14", PRIORITY_URGENT, 0, NULL, "urgent; 3 days old; question"},
      {"2026-03-18", PRIORITY_NORMAL, 0, NULL, "question"}, /* a day that is to come is not old */
      {DAY, PRIORITY_NORMAL, G_MAXINT64, NULL, "2147483647 endorsements; question"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(GPtrArray) day = day_new();
    Entry *entry = day_entry(1, KIND_QUESTION, CASES[i].place, "Qui a une pompe ?");
    g_free(entry->date);
    entry->date = g_strdup(CASES[i].date);
    entry->priority = CASES[i].priority;
    entry->endorsements = CASES[i].endorsements;
    g_ptr_array_add(day, entry);
    g_autoptr(GPtrArray) ranked = rank(YAML, day, NULL);
    g_assert_cmpstr(rank_of(ranked, 1, NULL)->merits, ==, CASES[i].merits);
  }
}

/* Urgent before all, then high priority, then what many agree to, then what is fresh. */
static void test_order(void) {
  static const char *const WORDS[] = {"Un phare éteint.", "Des graines à donner.", "La poste ferme tôt.",
                                      "Un vélo perdu.",   "Le four du village.",   "Trois lampes en prêt."};
  g_autoptr(GPtrArray) day = day_new();
  for (gint64 id = 1; id <= 6; id++)
    g_ptr_array_add(day, day_entry(id, (EntryKind)(KIND_QUESTION + id % 3), DAY_PLACES[id - 1], WORDS[id - 1]));
  Entry **entry = (Entry **)day->pdata;
  for (int i = 0; i < 6; i++)
    entry[i]->kind = KIND_QUESTION;
  g_free(entry[0]->date); /* long ago: no older than a month counts */
  entry[0]->date = g_strdup("2020-01-01");
  g_free(entry[1]->date);
  entry[1]->date = g_strdup("2026-03-16");
  entry[2]->created_us = NOW_US + 3600 * US_PER_SECOND; /* the clock was set back */
  entry[3]->endorsements = 7;
  entry[4]->priority = PRIORITY_HIGH;
  entry[5]->priority = PRIORITY_URGENT;
  entry[5]->endorsements = -3; /* nobody can agree less than not at all */
  g_autoptr(GPtrArray) ranked = rank(YAML, day, NULL);
  assert_order(ranked, (const gint64[]){6, 5, 4, 3, 2, 1}, 6);
}

/* A date that is none is not older than the day itself. */
static void test_without_date(void) {
  g_autoptr(GPtrArray) day = day_new();
  Entry *entry = day_entry(1, KIND_QUESTION, NULL, "Qui a une pompe ?");
  g_clear_pointer(&entry->date, g_free);
  g_ptr_array_add(day, entry);
  g_autoptr(Script) script = day_script_of(YAML);
  ComposeInput input = day_input(script, day);
  g_autoptr(GPtrArray) ranked = choose_rank(&input);
  g_assert_cmpuint(ranked->len, ==, 1);
  g_assert_null(rank_of(ranked, 1, NULL)->out);
}

/* The order in which entries were written into the logbook is not heard. */
static void test_ties(void) {
  static const char *const WORDS[] = {"Une barque à repeindre.", "Deux lampes à prêter.", "Le phare est éteint."};
  gint64 first[3], second[3];
  for (int round = 0; round < 2; round++) {
    g_autoptr(GPtrArray) day = day_new();
    for (gint64 i = 0; i < 3; i++)
      g_ptr_array_add(day, day_entry(round == 0 ? i + 1 : 3 - i, KIND_QUESTION, NULL, WORDS[i]));
    g_autoptr(GPtrArray) ranked = rank(YAML, day, NULL);
    for (guint i = 0; i < 3; i++)
      (round == 0 ? first : second)[i] = ((const Candidate *)ranked->pdata[i])->entry->id;
  }
  for (int i = 0; i < 3; i++)
    g_assert_cmpint(first[i], ==, 4 - second[i]); /* the same text, whatever its id */
}

/* What says the same is heard once: the better one; by the title where there is no text. */
static void test_duplicates(void) {
  g_autoptr(GPtrArray) day = day_new();
  for (gint64 id = 1; id <= 4; id++) {
    g_ptr_array_add(day, day_entry(id, KIND_ANNOUNCEMENT, NULL, "Le marché rouvre samedi sur le quai."));
    ((Entry *)day->pdata[id - 1])->endorsements = id;
  }
  Entry **entry = (Entry **)day->pdata;
  for (int i = 2; i < 4; i++) {
    entry[i]->title = g_steal_pointer(&entry[i]->text);
    entry[i]->text = g_strdup("");
  }
  for (gint64 id = 5; id <= 6; id++) { /* two sounds without a word have nothing in common */
    Entry *sound = day_entry(id, KIND_EXPERIENCE, NULL, "");
    sound->sound = g_strdup("chant.wav");
    g_ptr_array_add(day, sound);
  }
  g_autoptr(GPtrArray) ranked = rank(YAML, day, NULL);
  for (gint64 id = 1; id <= 3; id++)
    g_assert_cmpstr(rank_of(ranked, id, NULL)->out, ==, "near-duplicate of 4");
  for (gint64 id = 4; id <= 6; id++)
    g_assert_null(rank_of(ranked, id, NULL)->out);
}

/* Two entries alike in all but their id: the older one stands. */
static void test_twins(void) {
  g_autoptr(GPtrArray) day = day_new();
  g_ptr_array_add(day, day_entry(9, KIND_QUESTION, NULL, "Qui a une pompe ?"));
  g_ptr_array_add(day, day_entry(4, KIND_QUESTION, NULL, "Qui a une pompe ?"));
  g_ptr_array_add(day, day_entry(7, KIND_QUESTION, NULL, "Qui a une pompe ?"));
  g_autoptr(GPtrArray) ranked = rank(YAML, day, NULL);
  g_assert_null(rank_of(ranked, 4, NULL)->out);
  g_assert_cmpstr(rank_of(ranked, 7, NULL)->out, ==, "near-duplicate of 4");
  g_assert_cmpstr(rank_of(ranked, 9, NULL)->out, ==, "near-duplicate of 4");
}

/* An answer follows its question; not an urgent one, nor a round of the table. */
static void test_parents(void) {
  static const struct {
    EntryPriority parent, answer;
    guint answers;
    bool follows;
  } CASES[] = {{PRIORITY_NORMAL, PRIORITY_NORMAL, 1, true},
               {PRIORITY_NORMAL, PRIORITY_HIGH, 2, true},
               {PRIORITY_URGENT, PRIORITY_NORMAL, 1, false},
               {PRIORITY_NORMAL, PRIORITY_URGENT, 1, false},
               {PRIORITY_NORMAL, PRIORITY_NORMAL, 3, false}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(GRand) random = g_rand_new_with_seed(5);
    g_autoptr(GPtrArray) day = day_new();
    Entry *question = day_entry(1, KIND_QUESTION, NULL, "Qui a une échelle de six mètres ?");
    question->priority = CASES[i].parent;
    g_ptr_array_add(day, question);
    for (gint64 id = 2; id < 2 + CASES[i].answers; id++) {
      g_autofree char *text = day_words(random, 9);
      Entry *answer = day_entry(id, KIND_RESOURCE, NULL, text);
      answer->priority = CASES[i].answer;
      answer->parent = 1;
      g_ptr_array_add(day, answer);
    }
    Entry *orphan = day_entry(90, KIND_FEELING, NULL, "Merci pour tout.");
    orphan->parent = 12345; /* deleted, or of another day */
    g_ptr_array_add(day, orphan);
    g_autoptr(GPtrArray) ranked = rank(YAML, day, NULL);
    const Candidate *parent = rank_of(ranked, 1, NULL);
    g_assert_true(rank_of(ranked, 2, NULL)->parent == (CASES[i].follows ? parent : NULL));
    g_assert_null(rank_of(ranked, 90, NULL)->parent);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/choose/exclusions", test_exclusions);
  g_test_add_func("/choose/no-section", test_no_section);
  g_test_add_func("/choose/closed-section", test_closed_section);
  g_test_add_func("/choose/already-heard", test_already_heard);
  g_test_add_func("/choose/too-long", test_too_long);
  g_test_add_func("/choose/merits", test_merits);
  g_test_add_func("/choose/order", test_order);
  g_test_add_func("/choose/without-date", test_without_date);
  g_test_add_func("/choose/ties", test_ties);
  g_test_add_func("/choose/duplicates", test_duplicates);
  g_test_add_func("/choose/twins", test_twins);
  g_test_add_func("/choose/parents", test_parents);
  return g_test_run();
}
