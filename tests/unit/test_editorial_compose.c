/* From a script and a day to a rundown that meets its clock. */
#include "editorial_day.h"

#include "base/error.h"
#include "editorial/rundown_file.h"

static Rundown *compose(const Script *script, GPtrArray *day, GPtrArray **explanations) {
  ComposeInput input = day_input(script, day);
  g_autoptr(GError) error = NULL;
  Rundown *rundown = compose_rundown(&input, day_measure, NULL, explanations, &error);
  g_assert_no_error(error);
  return rundown;
}

/* Nothing overlaps, nothing is missing, every pause is within its bounds. */
static void check_sound(const Rundown *rundown) {
  gint64 at = 0;
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = rundown->items->pdata[i];
    g_assert_cmpint(item->start_frame, ==, at);
    g_assert_cmpint(item->frames, >=, 0);
    if (item->type == ITEM_PAUSE) {
      g_assert_cmpint(item->frames, >=, item->least_frames);
      g_assert_cmpint(item->frames, <=, item->most_frames);
    } else {
      g_assert_cmpint(item->frames, >, 0);
      g_assert_nonnull(item->title);
    }
    at += item->frames;
  }
  g_assert_cmpint(rundown->frames, ==, at);
}

static guint count_entries(const Rundown *rundown) {
  guint n = 0;
  for (guint i = 0; i < rundown->items->len; i++)
    n += ((const RundownItem *)rundown->items->pdata[i])->entry != 0;
  return n;
}

static const Entry *find_entry(GPtrArray *day, gint64 id) {
  for (guint i = 0; i < day->len; i++)
    if (((const Entry *)day->pdata[i])->id == id)
      return day->pdata[i];
  return NULL;
}

static int index_of(const Rundown *rundown, gint64 entry) {
  for (guint i = 0; i < rundown->items->len; i++)
    if (((const RundownItem *)rundown->items->pdata[i])->entry == entry)
      return (int)i;
  return -1;
}

static bool warns(const Rundown *rundown, const char *words) {
  for (guint i = 0; rundown->warnings[i] != NULL; i++)
    if (strstr(rundown->warnings[i], words) != NULL)
      return true;
  return false;
}

static const char *why(GPtrArray *explanations, gint64 entry) {
  for (guint i = 0; i < explanations->len; i++) {
    const Explanation *explanation = explanations->pdata[i];
    if (explanation->entry == entry)
      return explanation->why;
  }
  return NULL;
}

/* Once urgent entries have been heard, no other urgent one follows an ordinary one. */
static void check_urgent_first(const Rundown *rundown, GPtrArray *day) {
  bool ordinary = false;
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = rundown->items->pdata[i];
    if (item->entry == 0)
      continue;
    bool urgent = find_entry(day, item->entry)->priority == PRIORITY_URGENT;
    g_assert_false(urgent && ordinary);
    ordinary = ordinary || !urgent;
  }
}

static void exact_at_any_number(const char *name, guint from, guint until) {
  g_autoptr(Script) script = day_script(name);
  g_autoptr(GRand) random = g_rand_new_with_seed(1789);
  for (guint n = from; n <= until; n++) {
    g_autoptr(GPtrArray) day = day_random(random, n);
    g_autoptr(Rundown) rundown = compose(script, day, NULL);
    check_sound(rundown);
    if (rundown->frames != rundown->slot_frames)
      g_test_message("%s with %u entries: %s", name, n, rundown->warnings[0]);
    g_assert_cmpint(rundown->frames, ==, rundown->slot_frames);
  }
}

static void test_midi_is_exact(void) {
  exact_at_any_number("midi", 14, 60);
}

static void test_noon_is_exact(void) {
  exact_at_any_number("noon", 14, 60);
}

static void test_soir_is_exact(void) {
  exact_at_any_number("soir", 25, 60);
}

static void test_flash_is_at_most(void) {
  g_autoptr(Script) script = day_script("flash");
  g_autoptr(GRand) random = g_rand_new_with_seed(1848);
  for (guint n = 0; n <= 30; n++) {
    g_autoptr(GPtrArray) day = day_random(random, n);
    g_autoptr(Rundown) rundown = compose(script, day, NULL);
    check_sound(rundown);
    g_assert_cmpint(rundown->frames, <=, rundown->slot_frames);
    if (n >= 10)
      g_assert_cmpuint(count_entries(rundown), >=, 1);
  }
}

static void test_empty_day(void) {
  static const char *const NAMES[] = {"midi", "flash", "soir", "noon"};
  for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++) {
    g_autoptr(Script) script = day_script(NAMES[i]);
    g_autoptr(GPtrArray) day = day_new();
    g_autoptr(Rundown) rundown = compose(script, day, NULL);
    check_sound(rundown);
    bool quiet = false;
    for (guint j = 0; j < rundown->items->len; j++) {
      const RundownItem *item = rundown->items->pdata[j];
      quiet = quiet || g_strcmp0(item->text, script->quiet) == 0;
      g_assert_cmpint(item->entry, ==, 0);
    }
    g_assert_true(quiet);
    g_assert_cmpint(rundown->frames, >=, script->least_frames);
    g_assert_cmpint(rundown->frames, <=, script->slot_frames);
    const RundownItem *last = rundown->items->pdata[rundown->items->len - 1];
    g_assert_cmpint(last->type, ==, ITEM_JINGLE);
    if (script->fit == FIT_EXACT)
      g_assert_true(warns(rundown, "too little material"));
  }
}

/* On a poor day music between sections is not heard twice in a row. */
static void test_no_two_jingles(void) {
  g_autoptr(Script) script = day_script("soir");
  g_autoptr(GPtrArray) day = day_new();
  g_ptr_array_add(day, day_entry(1, KIND_FEELING, "Kervalan", "La mer est calme ce soir."));
  g_autoptr(Rundown) rundown = compose(script, day, NULL);
  bool words = true;
  for (guint i = 0; i + 1 < rundown->items->len; i++) {
    const RundownItem *item = rundown->items->pdata[i];
    if (item->type == ITEM_JINGLE) {
      g_assert_true(words);
      words = false;
    }
    words = words || item->type == ITEM_SPEECH;
  }
  g_assert_cmpint(rundown->frames, >=, script->least_frames);
}

static void test_urgent(void) {
  g_autoptr(Script) script = day_script("midi");
  g_autoptr(GRand) random = g_rand_new_with_seed(7);
  g_autoptr(GPtrArray) day = day_random(random, 50);
  Entry *urgent =
      day_entry(900, KIND_FEELING, "Kervalan", "L'eau du bourg n'est pas potable jusqu'à demain, faites-la bouillir.");
  urgent->priority = PRIORITY_URGENT;
  g_ptr_array_add(day, urgent);
  g_autoptr(Rundown) rundown = compose(script, day, NULL);
  check_sound(rundown);
  check_urgent_first(rundown, day);
  g_assert_cmpint(index_of(rundown, 900), >=, 0);
  g_assert_cmpint(rundown->frames, ==, rundown->slot_frames);
  g_assert_true(warns(rundown, "dropped to make room for urgent entries (900)"));
  const RundownItem *item = rundown->items->pdata[index_of(rundown, 900)];
  g_assert_cmpstr(item->voice, ==, "marc");
}

/* A kind that no section takes is heard all the same when it is urgent. */
static void test_urgent_without_section(void) {
  g_autoptr(Script) script = day_script_of("title: t\nlanguage: fr\nlength: \"1:00\"\nfit: at-most\n"
                                           "voices: {presenter: claire}\norder:\n  - entries: {kinds: [question]}\n");
  g_autoptr(GPtrArray) day = day_new();
  Entry *alert = day_entry(1, KIND_ALERT, "Kervalan", "La digue cède.");
  alert->priority = PRIORITY_URGENT;
  g_ptr_array_add(day, alert);
  g_ptr_array_add(day, day_entry(2, KIND_QUESTION, "Kervalan", "Qui a une pompe ?"));
  g_ptr_array_add(day, day_entry(3, KIND_ALERT, "Kervalan", "Le phare est éteint."));
  g_autoptr(GPtrArray) explanations = NULL;
  g_autoptr(Rundown) rundown = compose(script, day, &explanations);
  g_assert_cmpint(index_of(rundown, 1), >=, 0);
  g_assert_cmpint(index_of(rundown, 1), <, index_of(rundown, 2));
  g_assert_cmpint(index_of(rundown, 3), ==, -1);
  g_assert_nonnull(strstr(why(explanations, 3), "no section"));
}

/* What is heard in another section does not fill the one that wants some. */
static void test_least_of_its_own(void) {
  g_autoptr(Script) script = day_script_of("title: t\nlanguage: fr\nlength: \"0:23\"\nfit: at-most\n"
                                           "voices: {presenter: claire}\norder:\n"
                                           "  - entries: {kinds: [problem], most: 3}\n  - entries: {least: 2}\n");
  static const char *const texts[] = {"Le four de la place fume trop.",   "Une marche du quai est cassée.",
                                      "La cloche ne sonne plus midi.",    "Ouvrir un atelier pour les vélos.",
                                      "Peindre les volets de la mairie.", "Semer du blé derrière l'école."};
  g_autoptr(GPtrArray) day = day_new();
  for (gint64 id = 1; id <= 6; id++) {
    Entry *entry = day_entry(id, id <= 3 ? KIND_PROBLEM : KIND_IDEA, DAY_PLACES[id - 1], texts[id - 1]);
    entry->endorsements = 20 - 3 * id;
    g_ptr_array_add(day, entry);
  }
  g_autoptr(Rundown) rundown = compose(script, day, NULL);
  g_assert_cmpuint(count_entries(rundown), ==, 3);
  g_assert_cmpint(index_of(rundown, 1), >=, 0);
  g_assert_cmpint(index_of(rundown, 4), >, index_of(rundown, 1));
  g_assert_cmpint(index_of(rundown, 5), >, index_of(rundown, 4));
  g_assert_false(warns(rundown, "wants at least"));
}

static void test_a_book_is_out(void) {
  g_autoptr(Script) script = day_script("soir");
  g_autoptr(GRand) random = g_rand_new_with_seed(3);
  g_autoptr(GPtrArray) day = day_random(random, 30);
  g_autofree char *book = g_strnfill(1 << 20, 'a');
  g_ptr_array_add(day, day_entry(800, KIND_QUESTION, "Kervalan", book));
  Entry *urgent = day_entry(801, KIND_ALERT, "Kervalan", book);
  urgent->priority = PRIORITY_URGENT;
  g_ptr_array_add(day, urgent);
  g_autofree char *long_text = day_words(random, 900);
  g_ptr_array_add(day, day_entry(802, KIND_IDEA, "Kervalan", long_text));
  g_autoptr(GPtrArray) explanations = NULL;
  g_autoptr(Rundown) rundown = compose(script, day, &explanations);
  g_assert_cmpint(rundown->frames, ==, rundown->slot_frames);
  g_assert_nonnull(strstr(why(explanations, 800), "too long"));
  g_assert_nonnull(strstr(why(explanations, 802), "too long"));
  g_assert_true(warns(rundown, "urgent entry 801 is not in"));
  g_assert_cmpuint(count_entries(rundown), >, 15);
}

static void test_fixed_parts_too_long(void) {
  g_autoptr(Script) script = day_script_of("title: t\nlanguage: fr\nlength: \"0:10\"\nvoices: {presenter: claire}\n"
                                           "order:\n  - jingle: ouverture\n  - entries: {}\n  - jingle: fermeture\n");
  g_autoptr(GPtrArray) day = day_new();
  ComposeInput input = day_input(script, day);
  g_autoptr(GError) error = NULL;
  g_assert_null(compose_rundown(&input, day_measure, NULL, NULL, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_test_message("%s", error->message);
  g_assert_nonnull(strstr(error->message, "0:10"));
}

static void test_reasons(void) {
  g_autoptr(Script) script = day_script("midi");
  g_autoptr(GPtrArray) day = day_new();
  for (gint64 id = 1; id <= 6; id++) {
    g_autofree char *text = g_strdup_printf("Texte %s de la journée.", DAY_WORDS[id]);
    g_ptr_array_add(day, day_entry(id, KIND_QUESTION, "Kervalan", text));
  }
  ((Entry *)day->pdata[0])->status = STATUS_PENDING;
  ((Entry *)day->pdata[1])->expires_us = NOW_US;
  Entry *twin = entry_copy(day->pdata[5]);
  twin->id = 7;
  twin->endorsements = 9;
  g_ptr_array_add(day, twin);
  gint64 heard_id = 3;
  g_autoptr(GHashTable) heard = g_hash_table_new(g_int64_hash, g_int64_equal);
  g_hash_table_insert(heard, &heard_id, (gpointer) "2026-03-16-soir");
  ComposeInput input = day_input(script, day);
  input.heard = heard;
  g_autoptr(GPtrArray) explanations = NULL;
  g_autoptr(Rundown) rundown = compose_rundown(&input, day_measure, NULL, &explanations, NULL);
  g_assert_nonnull(rundown);
  g_assert_cmpuint(explanations->len, ==, 7);
  g_assert_nonnull(strstr(why(explanations, 1), "pending"));
  g_assert_nonnull(strstr(why(explanations, 2), "expired"));
  g_assert_nonnull(strstr(why(explanations, 3), "2026-03-16-soir"));
  g_assert_cmpstr(why(explanations, 6), ==, "near-duplicate of 7");
  g_assert_nonnull(strstr(why(explanations, 7), "9 endorsements"));
  g_assert_true(((Explanation *)explanations->pdata[0])->is_in);
  for (gint64 id = 1; id <= 3; id++)
    g_assert_cmpint(index_of(rundown, id), ==, -1);
  script->repeat = true;
  g_autoptr(Rundown) again = compose_rundown(&input, day_measure, NULL, NULL, NULL);
  g_assert_cmpint(index_of(again, 3), >=, 0);
}

static void test_answers_follow(void) {
  g_autoptr(Script) script = day_script("soir");
  g_autoptr(GRand) random = g_rand_new_with_seed(11);
  g_autoptr(GPtrArray) day = day_random(random, 20);
  Entry *parent = day_entry(500, KIND_QUESTION, "Kervalan", "Qui a une échelle de six mètres ?");
  Entry *reply = day_entry(501, KIND_RESOURCE, "Port-Aurelle", "La mienne est à la cale, prenez-la.");
  Entry *second = day_entry(502, KIND_FEELING, "Le Guerzit", "Merci, elle est parfaite.");
  Entry *circle = day_entry(503, KIND_IDEA, NULL, "Et pourquoi pas une corde à nœuds ?");
  reply->parent = 500;
  reply->endorsements = 40;
  second->parent = 501;
  circle->parent = 503;
  g_ptr_array_add(day, parent);
  g_ptr_array_add(day, reply);
  g_ptr_array_add(day, second);
  g_ptr_array_add(day, circle);
  g_autoptr(Rundown) rundown = compose(script, day, NULL);
  int at = index_of(rundown, 500);
  g_assert_cmpint(at, >=, 0);
  g_assert_cmpint(index_of(rundown, 501), ==, at + 2); /* a pause between */
  g_assert_cmpint(index_of(rundown, 502), ==, at + 4);
  g_assert_cmpint(index_of(rundown, 503), >=, 0);
  const RundownItem *item = rundown->items->pdata[at + 2];
  g_assert_true(g_str_has_prefix(item->text, "En réponse, à Port-Aurelle : "));
}

static void test_languages_and_sounds(void) {
  g_autoptr(Script) script = day_script("soir");
  g_autoptr(GRand) random = g_rand_new_with_seed(12);
  g_autoptr(GPtrArray) day = day_random(random, 12);
  Entry *english = day_entry(600, KIND_IDEA, "Kervalan", "Could we share a van on Fridays?");
  g_free(english->language);
  english->language = g_strdup("en");
  Entry *recorded = day_entry(601, KIND_EXPERIENCE, "Kervalan", "Le chant du port.");
  recorded->sound = g_strdup("chant.wav");
  Entry *untagged = day_entry(602, KIND_IDEA, "Kervalan", "Une lanterne sur la jetée.");
  g_clear_pointer(&untagged->language, g_free);
  g_ptr_array_add(day, english);
  g_ptr_array_add(day, recorded);
  g_ptr_array_add(day, untagged);
  g_autoptr(Rundown) rundown = compose(script, day, NULL);
  const RundownItem *item = rundown->items->pdata[index_of(rundown, 600)];
  g_assert_cmpstr(item->voice, ==, "emma");
  g_assert_cmpstr(item->language, ==, "en");
  g_assert_nonnull(strstr(item->text, "Kervalan"));
  item = rundown->items->pdata[index_of(rundown, 601)];
  g_assert_cmpint(item->type, ==, ITEM_SOUND);
  g_assert_cmpstr(item->file, ==, "chant.wav");
  item = rundown->items->pdata[index_of(rundown, 602)];
  g_assert_cmpstr(item->language, ==, "fr");
}

/* Random scripts' bounds and days: what must always hold. */
static void test_properties(void) {
  guint32 seed = g_test_rand_int() & 0x7fffffff;
  g_test_message("seed %u", seed);
  g_autoptr(GRand) random = g_rand_new_with_seed(seed);
  static const char *const NAMES[] = {"midi", "flash", "soir", "noon"};
  for (int round = 0; round < (g_test_slow() ? 120 : 15); round++) {
    g_autoptr(Script) script = day_script(NAMES[g_rand_int_range(random, 0, 4)]);
    script->slot_frames = g_rand_int_range(random, 50, 900) * FRAME_RATE;
    script->least_frames = MIN(script->least_frames, script->slot_frames);
    script->pause_most_frames = script->pause_least_frames + g_rand_int_range(random, 0, 3 * FRAME_RATE);
    g_autoptr(GPtrArray) day = day_random(random, (guint)g_rand_int_range(random, 0, 90));
    for (guint i = 0; i < day->len; i++)
      if (g_rand_int_range(random, 0, 12) == 0)
        ((Entry *)day->pdata[i])->priority = PRIORITY_URGENT;
    ComposeInput input = day_input(script, day);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) explanations = NULL;
    g_autoptr(Rundown) rundown = compose_rundown(&input, day_measure, NULL, &explanations, &error);
    if (rundown == NULL) {
      g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
      continue;
    }
    check_sound(rundown);
    check_urgent_first(rundown, day);
    g_assert_cmpint(rundown->frames, <=, script->slot_frames);
    g_assert_cmpint(rundown->frames, >=, script->least_frames);
    g_assert_cmpuint(explanations->len, ==, day->len);
    if (script->fit == FIT_EXACT && rundown->frames < script->slot_frames)
      g_assert_true(warns(rundown, "too little material"));
    g_autoptr(Rundown) again = compose_rundown(&input, day_measure, NULL, NULL, NULL);
    g_autofree char *one = rundown_format(rundown), *two = rundown_format(again);
    g_assert_cmpstr(one, ==, two);
  }
}

static void test_a_thousand(void) {
  g_autoptr(Script) script = day_script("soir");
  g_autoptr(GRand) random = g_rand_new_with_seed(5);
  g_autoptr(GPtrArray) day = day_random(random, 1000);
  guint calls = 0;
  ComposeInput input = day_input(script, day);
  g_autoptr(Rundown) rundown = compose_rundown(&input, day_measure, &calls, NULL, NULL);
  g_assert_cmpint(rundown->frames, ==, rundown->slot_frames);
  g_assert_cmpuint(calls, <=, 40);
  g_test_message("%u calls", calls);
}

/* Of the items that are heard, the first that names a place says more of it. */
static bool say_once(GPtrArray *items, gpointer user, GError **error) {
  (void)user, (void)error;
  bool was_named = false;
  for (guint i = 0; i < items->len; i++) {
    RundownItem *item = items->pdata[i];
    bool names = item->type == ITEM_SPEECH && strstr(item->text, "Kervalan");
    if (item->type == ITEM_SPEECH)
      item->spoken = g_strconcat(item->text, names && !was_named ? ", commune du Pays d'Aurelle" : "", NULL);
    was_named |= names;
  }
  return true;
}

static gint64 said_frames(const RundownItem *item) {
  return 12345 + g_utf8_strlen(item->spoken, -1) * FRAME_RATE / 14;
}

static bool measure_said(GPtrArray *items, gpointer user, GError **error) {
  (void)user, (void)error;
  for (guint i = 0; i < items->len; i++) {
    RundownItem *item = items->pdata[i];
    item->frames = item->type == ITEM_SPEECH ? said_frames(item) : FRAME_RATE * 6;
  }
  return true;
}

/* What is said hangs on what was said before: the lengths are those of the words that are heard, and the slot is met. */
static void test_first_mention(void) {
  g_autoptr(Script) script = day_script("midi");
  for (guint32 seed = 1; seed < 20; seed++) {
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    g_autoptr(GPtrArray) day = day_random(random, 40);
    ComposeInput input = day_input(script, day);
    input.say = say_once;
    g_autoptr(Rundown) rundown = compose_rundown(&input, measure_said, NULL, NULL, NULL);
    g_assert_cmpint(rundown->frames, ==, rundown->slot_frames);
    guint full = 0, named = 0;
    for (guint i = 0; i < rundown->items->len; i++) {
      const RundownItem *item = rundown->items->pdata[i];
      bool names = item->type == ITEM_SPEECH && strstr(item->text, "Kervalan");
      bool is_full = names && strstr(item->spoken, "commune du Pays d'Aurelle");
      g_assert_true(is_full == (names && named == 0));
      named += names ? 1 : 0;
      full += is_full ? 1 : 0;
      if (item->type == ITEM_SPEECH)
        g_assert_cmpint(item->frames, ==, said_frames(item));
    }
    g_assert_cmpuint(full, ==, named > 0 ? 1 : 0);
  }
}

static bool say_nothing(GPtrArray *items, gpointer user, GError **error) {
  (void)items, (void)user;
  g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, "voices/lexicon.fr.yaml:2:1: no");
  return false;
}

static void test_cannot_be_said(void) {
  g_autoptr(Script) script = day_script("midi");
  g_autoptr(GPtrArray) day = day_new();
  ComposeInput input = day_input(script, day);
  input.say = say_nothing;
  g_autoptr(GError) error = NULL;
  g_assert_null(compose_rundown(&input, measure_said, NULL, NULL, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
}

static void test_names_warn(void) {
  g_autoptr(Script) script = day_script("midi");
  g_autoptr(GPtrArray) day = day_new();
  g_ptr_array_add(day, day_entry(41, KIND_QUESTION, "Kervalan", "Il faut demander à Mme Kerbrat pour la clé."));
  g_ptr_array_add(day, day_entry(42, KIND_QUESTION, "Kervalan", "Il faut demander à la mairie pour la barque."));
  g_autoptr(Rundown) rundown = compose(script, day, NULL);
  g_assert_true(warns(rundown, "entry 41 "));
  g_assert_false(warns(rundown, "entry 42 "));
}

static void test_refit(void) {
  g_autoptr(Script) script = day_script("midi");
  g_autoptr(GRand) random = g_rand_new_with_seed(21);
  g_autoptr(GPtrArray) day = day_random(random, 40);
  g_autoptr(Rundown) rundown = compose(script, day, NULL);
  for (guint i = 0; i < rundown->items->len; i++) {
    RundownItem *item = rundown->items->pdata[i];
    if (item->entry != 0) {
      item->frames -= FRAME_RATE; /* a shorter sentence */
      break;
    }
  }
  compose_refit(rundown);
  check_sound(rundown);
  g_assert_cmpint(rundown->frames, ==, rundown->slot_frames);
  ((RundownItem *)rundown->items->pdata[0])->frames += FRAME_RATE * 600;
  compose_refit(rundown);
  g_assert_true(warns(rundown, "too long"));
  /* What was said before is said no more; other warnings stay. */
  rundown_add_warning(rundown, "something else");
  ((RundownItem *)rundown->items->pdata[0])->frames = 0;
  g_ptr_array_set_size(rundown->items, 3);
  compose_refit(rundown);
  compose_refit(rundown);
  g_assert_false(warns(rundown, "too long"));
  g_assert_true(warns(rundown, "too little") && warns(rundown, "something else"));
  guint n = 0;
  for (guint i = 0; rundown->warnings[i]; i++)
    n += g_str_has_prefix(rundown->warnings[i], "too little") ? 1 : 0;
  g_assert_cmpuint(n, ==, 1);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/compose/midi-is-exact", test_midi_is_exact);
  g_test_add_func("/compose/noon-is-exact", test_noon_is_exact);
  g_test_add_func("/compose/soir-is-exact", test_soir_is_exact);
  g_test_add_func("/compose/flash-is-at-most", test_flash_is_at_most);
  g_test_add_func("/compose/empty-day", test_empty_day);
  g_test_add_func("/compose/no-two-jingles", test_no_two_jingles);
  g_test_add_func("/compose/urgent", test_urgent);
  g_test_add_func("/compose/urgent-without-section", test_urgent_without_section);
  g_test_add_func("/compose/least-of-its-own", test_least_of_its_own);
  g_test_add_func("/compose/a-book-is-out", test_a_book_is_out);
  g_test_add_func("/compose/fixed-parts-too-long", test_fixed_parts_too_long);
  g_test_add_func("/compose/reasons", test_reasons);
  g_test_add_func("/compose/answers-follow", test_answers_follow);
  g_test_add_func("/compose/languages-and-sounds", test_languages_and_sounds);
  g_test_add_func("/compose/properties", test_properties);
  g_test_add_func("/compose/a-thousand", test_a_thousand);
  g_test_add_func("/compose/first-mention", test_first_mention);
  g_test_add_func("/compose/cannot-be-said", test_cannot_be_said);
  g_test_add_func("/compose/names-warn", test_names_warn);
  g_test_add_func("/compose/refit", test_refit);
  return g_test_run();
}
