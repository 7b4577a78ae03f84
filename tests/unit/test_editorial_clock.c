/* Meeting the clock when it is hard: what cannot be measured or heard, what
 * nearly fits, what cannot be reached, and a rundown that was edited. */
#include "editorial_day.h"

#include "base/error.h"

#define YAML(length, fit, order)                                                                                       \
  "title: t\nlanguage: fr\nlength: \"" length "\"\nfit: " fit "\nvoices: {presenter: claire}\n" order

/* A reader to whom things happen. */
typedef struct {
  guint calls, fails_at; /* the call that fails, from 1; 0: none */
  const char *silent;    /* words in which there is nothing to hear, or a sound that cannot be read */
  gint64 every;          /* what everything lasts; 0: as day_measure has it */
  const char *drawled;   /* words that last 20 s */
} Reader;

static bool read_aloud(GPtrArray *items, gpointer user, GError **error) {
  Reader *reader = user;
  day_measure(items, NULL, error);
  for (guint i = 0; i < items->len; i++) {
    RundownItem *item = items->pdata[i];
    if (reader->every > 0)
      item->frames = reader->every;
    if (reader->drawled != NULL && item->type == ITEM_SPEECH && strstr(item->text, reader->drawled) != NULL)
      item->frames = 20 * FRAME_RATE;
    if (reader->silent != NULL && strstr(item->type == ITEM_SPEECH ? item->text : item->file, reader->silent) != NULL)
      item->frames = 0;
  }
  if (++reader->calls != reader->fails_at)
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, "the voice is lost");
  return false;
}

static bool warns(const Rundown *rundown, const char *words) {
  for (guint i = 0; rundown->warnings[i] != NULL; i++)
    if (strstr(rundown->warnings[i], words) != NULL)
      return true;
  return false;
}

static const char *why(const GPtrArray *explanations, gint64 entry) {
  for (guint i = 0; i < explanations->len; i++)
    if (((const Explanation *)explanations->pdata[i])->entry == entry)
      return ((const Explanation *)explanations->pdata[i])->why;
  g_assert_not_reached();
}

static const RundownItem *heard(const Rundown *rundown, gint64 entry) {
  for (guint i = 0; i < rundown->items->len; i++)
    if (((const RundownItem *)rundown->items->pdata[i])->entry == entry)
      return rundown->items->pdata[i];
  return NULL;
}

static GPtrArray *random_day(guint count) {
  g_autoptr(GRand) random = g_rand_new_with_seed(1871);
  return day_random(random, count);
}

/* Whichever call fails, its error comes back as it was, and nothing else. */
static void test_measure_fails(void) {
  g_autoptr(Script) script = day_script("soir");
  g_autoptr(GPtrArray) day = random_day(60);
  ComposeInput input = day_input(script, day);
  guint failed = 0;
  for (guint at = 1;; at++, failed++) {
    Reader reader = {.fails_at = at};
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) explanations = NULL;
    g_autoptr(Rundown) rundown = compose_rundown(&input, read_aloud, &reader, &explanations, &error);
    if (rundown != NULL)
      break;
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
    g_assert_cmpstr(error->message, ==, "the voice is lost");
    g_assert_null(explanations);
  }
  g_assert_cmpuint(failed, >=, 2); /* the first, and one between two rounds */
}

/* What has nothing to hear in it is left out; a sound that cannot be read is told by its text. */
static void test_nothing_to_hear(void) {
  g_autoptr(Script) script = day_script_of(YAML("2:00", "at-most", "order:\n  - entries: {}\n"));
  g_autoptr(GPtrArray) day = day_new();
  g_ptr_array_add(day, day_entry(1, KIND_RESOURCE, NULL, "muet"));
  for (gint64 id = 2; id <= 3; id++) {
    Entry *recorded = day_entry(id, KIND_EXPERIENCE, NULL, id == 2 ? "Le chant du port, ce matin." : "");
    recorded->sound = g_strdup_printf("muet-%" G_GINT64_FORMAT ".wav", id);
    g_ptr_array_add(day, recorded);
  }
  g_ptr_array_add(day, day_entry(4, KIND_IDEA, NULL, "Une lanterne sur la jetée."));
  ComposeInput input = day_input(script, day);
  Reader reader = {.silent = "muet"};
  g_autoptr(GPtrArray) explanations = NULL;
  g_autoptr(Rundown) rundown = compose_rundown(&input, read_aloud, &reader, &explanations, NULL);
  g_assert_cmpstr(why(explanations, 1), ==, "nothing in it can be said aloud");
  g_assert_cmpstr(why(explanations, 3), ==, "nothing in it can be said aloud");
  g_assert_null(heard(rundown, 1));
  g_assert_null(heard(rundown, 3));
  g_assert_cmpint(heard(rundown, 2)->type, ==, ITEM_SPEECH);
  g_assert_nonnull(strstr(heard(rundown, 2)->text, "Le chant du port, ce matin."));
  g_assert_nonnull(heard(rundown, 4));
}

/* An entry that has a title or a sound alone is an entry like another. */
static void test_without_text(void) {
  g_autoptr(Script) script = day_script_of(YAML("2:00", "at-most", "order:\n  - entries: {}\n"));
  g_autoptr(GPtrArray) day = day_new();
  Entry *titled = day_entry(1, KIND_ANNOUNCEMENT, NULL, NULL), *recorded = day_entry(2, KIND_EXPERIENCE, NULL, NULL);
  titled->title = g_strdup("Le marché rouvre");
  recorded->sound = g_strdup("chant.wav");
  g_ptr_array_add(day, titled);
  g_ptr_array_add(day, recorded);
  ComposeInput input = day_input(script, day);
  g_autoptr(GPtrArray) explanations = NULL;
  g_autoptr(Rundown) rundown = compose_rundown(&input, day_measure, NULL, &explanations, NULL);
  g_assert_nonnull(strstr(heard(rundown, 1)->text, "Le marché rouvre."));
  g_assert_cmpint(heard(rundown, 2)->type, ==, ITEM_SOUND);
  for (guint i = 0; i < explanations->len; i++) {
    const Explanation *explanation = explanations->pdata[i];
    g_assert_cmpstr(explanation->title, ==, explanation->entry == 1 ? "Le marché rouvre" : "");
  }
}

/* Too much by a little, many times: after some tries the pauses take the rest. */
static void test_near_misses(void) {
  g_autoptr(Script) script =
      day_script_of(YAML("5:00", "exact", "pauses: {least: 1, most: 4}\norder:\n  - entries: {}\n"));
  g_autoptr(GPtrArray) day = random_day(400);
  ComposeInput input = day_input(script, day);
  Reader reader = {0};
  g_autoptr(Rundown) rundown = compose_rundown(&input, read_aloud, &reader, NULL, NULL);
  g_assert_cmpint(rundown->frames, ==, rundown->slot_frames);
  g_assert_cmpuint(reader.calls, <=, 60);
}

/* Short when said alone, long beside each other: so many are dropped that no more are tried, and it comes to an end
 * within its slot. */
static void test_many_misses(void) {
  g_autoptr(Script) script =
      day_script_of(YAML("5:00", "exact", "pauses: {least: 1, most: 4}\norder:\n  - entries: {}\n"));
  g_autoptr(GPtrArray) day = random_day(400);
  ComposeInput input = day_input(script, day);
  for (guint i = 0; i < day->len; i++) {
    Entry *entry = day->pdata[i];
    g_free(entry->place);
    entry->place = g_strdup("Kervalan");
    entry->kind = KIND_IDEA;
  }
  Reader reader = {.every = FRAME_RATE, .drawled = "Toujours à Kervalan"};
  g_autoptr(GPtrArray) explanations = NULL;
  g_autoptr(Rundown) rundown = compose_rundown(&input, read_aloud, &reader, &explanations, NULL);
  g_assert_cmpint(rundown->frames, <=, rundown->slot_frames);
  guint dropped = 0;
  for (guint i = 0; i < explanations->len; i++)
    dropped += strstr(((const Explanation *)explanations->pdata[i])->why, "no time left") != NULL;
  g_assert_cmpuint(dropped, >, 24);
}

/* Urgent entries that push many out: a dozen are named. */
static void test_many_dropped(void) {
  g_autoptr(Script) script = day_script_of(YAML("2:00", "at-most", "order:\n  - entries: {}\n"));
  g_autoptr(GPtrArray) day = random_day(60);
  for (guint i = 0; i < 3; i++) {
    Entry *urgent = day->pdata[i];
    g_free(urgent->text);
    urgent->text = g_strnfill(470, (char)('a' + i));
    urgent->priority = PRIORITY_URGENT;
  }
  for (guint i = 3; i < day->len; i++)
    ((Entry *)day->pdata[i])->text[20] = '\0';
  for (guint i = 3; i < day->len; i++) {
    Entry *entry = day->pdata[i];
    g_autofree char *valid = g_utf8_make_valid(entry->text, -1);
    g_free(entry->text);
    entry->text = g_strdup_printf("%s %u", valid, i);
  }
  ComposeInput input = day_input(script, day);
  g_autoptr(Rundown) rundown = compose_rundown(&input, day_measure, NULL, NULL, NULL);
  for (guint i = 0; rundown->warnings[i] != NULL; i++) {
    if (!g_str_has_prefix(rundown->warnings[i], "dropped to make room for urgent entries ("))
      continue;
    g_auto(GStrv) ids = g_strsplit(strstr(rundown->warnings[i], "entries ") + 1, "entries ", 2);
    g_auto(GStrv) named = g_strsplit(ids[1], ", ", -1);
    g_assert_cmpuint(g_strv_length(named), ==, 12);
    g_assert_true(g_str_has_suffix(rundown->warnings[i], "…"));
    return;
  }
  g_assert_not_reached();
}

/* Every name in an anonymous text is told, in one warning. */
static void test_names_told(void) {
  g_autoptr(Script) script = day_script_of(YAML("2:00", "at-most", "order:\n  - entries: {}\n"));
  g_autoptr(GPtrArray) day = day_new();
  g_ptr_array_add(day, day_entry(7, KIND_IDEA, NULL, "Demander à Mme Kerbrat ou à Gwendal pour la clé."));
  ComposeInput input = day_input(script, day);
  g_autoptr(Rundown) rundown = compose_rundown(&input, day_measure, NULL, NULL, NULL);
  g_assert_true(
      warns(rundown, "entry 7 is to be anonymous, but its text seems to hold names (\"Mme Kerbrat\", \"Gwendal\")"));
}

/* When all that is left is too long, the headlines go before the last entry of a section does not. */
static void test_headlines_go(void) {
  g_autoptr(Script) script = day_script_of(YAML("0:30", "at-most", "order:\n  - headlines: 3\n  - entries: {}\n"));
  g_autoptr(GPtrArray) day = day_new();
  Entry *urgent = day_entry(1, KIND_ALERT, "Kervalan", "L'eau du bourg est à faire bouillir.");
  urgent->priority = PRIORITY_URGENT;
  g_ptr_array_add(day, urgent);
  g_ptr_array_add(day, day_entry(2, KIND_IDEA, "Kervalan", "Une lanterne sur la jetée."));
  ComposeInput input = day_input(script, day);
  Reader reader = {.every = 20 * FRAME_RATE};
  g_autoptr(GPtrArray) explanations = NULL;
  g_autoptr(Rundown) rundown = compose_rundown(&input, read_aloud, &reader, &explanations, NULL);
  g_assert_nonnull(heard(rundown, 1));
  g_assert_null(heard(rundown, 2));
  g_assert_true(warns(rundown, "the headlines were left out"));
  g_assert_true(g_str_has_prefix(why(explanations, 2), "no time left (20.0 s, "));
}

/* A script that is too long by itself says so, whoever waits to be heard: with the sentence of an empty day, 61 s. */
static void test_script_too_long(void) {
  g_autoptr(Script) script =
      day_script_of(YAML("0:30", "exact", "order:\n  - say: Bonjour.\n  - say: Encore.\n  - entries: {}\n"));
  g_autoptr(GPtrArray) day = random_day(9);
  ((Entry *)day->pdata[4])->priority = PRIORITY_URGENT;
  ComposeInput input = day_input(script, day);
  Reader reader = {.every = 20 * FRAME_RATE};
  g_autoptr(GError) error = NULL;
  g_assert_null(compose_rundown(&input, read_aloud, &reader, NULL, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_cmpstr(error->message, ==,
                  "script essai: its own sentences, jingles and shortest pauses last 1:01, its length is 0:30: make it "
                  "longer or shorten them");
}

/* An empty day is as long as the script's `least` asks, by the bed before the end; without a pause to
 * stretch, or with words after the last one, it is as long as it is. */
static void test_least(void) {
  static const struct {
    const char *order;
    bool reached;
  } CASES[] = {{"order:\n  - say: Bonjour.\n  - entries: {}\n  - jingle: a\n", true},
               {"close: {least: 0, most: 0}\norder:\n  - say: Bonjour.\n  - pause: 1\n  - say: Fin.\n", false},
               {"close: {least: 0, most: 0}\norder:\n  - jingle: a\n", false}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
    for (int fit = 0; fit < 2; fit++) {
      g_autofree char *yaml =
          g_strconcat("least: \"0:50\"\n", fit == 0 ? YAML("1:00", "exact", "") : YAML("1:00", "at-most", ""),
                      CASES[i].order, NULL);
      g_autoptr(Script) script = day_script_of(yaml);
      g_autoptr(GPtrArray) day = day_new();
      ComposeInput input = day_input(script, day);
      Reader reader = {.every = 5 * FRAME_RATE};
      g_autoptr(Rundown) rundown = compose_rundown(&input, read_aloud, &reader, NULL, NULL);
      g_assert_cmpint(rundown->frames == script->least_frames, ==, CASES[i].reached);
      g_assert_cmpint(rundown->frames, <=, script->least_frames);
      g_assert_cmpint(warns(rundown, "too little material"), ==, fit == 0);
    }
}

/* `least` as long as the slot: the bed alone fills it, and there is nothing to warn of. */
static void test_least_is_all(void) {
  g_autoptr(Script) script =
      day_script_of("least: \"1:00\"\n" YAML("1:00", "exact", "order:\n  - say: Bonjour.\n  - jingle: a\n"));
  g_autoptr(GPtrArray) day = day_new();
  ComposeInput input = day_input(script, day);
  g_autoptr(Rundown) rundown = compose_rundown(&input, day_measure, NULL, NULL, NULL);
  g_assert_cmpint(rundown->frames, ==, script->slot_frames);
  g_assert_cmpstr(rundown->warnings[0], ==, NULL);
}

/* Sections that cannot have their least say what they wanted. */
static void test_missing(void) {
  g_autoptr(Script) script =
      day_script_of(YAML("2:00", "at-most", "order:\n  - entries: {kinds: [idea, alert], least: 2}\n"));
  g_autoptr(GPtrArray) day = day_new();
  g_ptr_array_add(day, day_entry(1, KIND_IDEA, NULL, "Une lanterne sur la jetée."));
  ComposeInput input = day_input(script, day);
  g_autoptr(Rundown) rundown = compose_rundown(&input, day_measure, NULL, NULL, NULL);
  g_assert_true(warns(rundown, "item 1 of the script wants at least 2 entries (idea, alert), 1 found or fitting"));
}

/* --- a rundown that a person edited --- */

static Rundown *edited(RundownFit fit, gint64 slot_seconds, gint64 speech_seconds) {
  Rundown *rundown = rundown_new();
  rundown->fit = fit;
  rundown->slot_frames = slot_seconds * FRAME_RATE;
  RundownItem *speech = rundown_item_new(ITEM_SPEECH), *pause = rundown_item_new(ITEM_PAUSE);
  speech->frames = speech_seconds * FRAME_RATE;
  pause->frames = 3 * FRAME_RATE;
  pause->least_frames = 1 * FRAME_RATE;
  pause->most_frames = 4 * FRAME_RATE;
  g_ptr_array_add(rundown->items, speech);
  g_ptr_array_add(rundown->items, pause);
  return rundown;
}

static void test_refit(void) {
  static const struct {
    RundownFit fit;
    gint64 slot, speech, pause;
    const char *warning;
  } CASES[] = {
      {FIT_EXACT, 10, 7, 3, NULL},
      {FIT_EXACT, 10, 6, 4, NULL},
      {FIT_EXACT, 10, 5, 4, "too little material: 0:01 missing of 0:10, so the bulletin ends early, at 0:09"},
      {FIT_EXACT, 10, 12, 1, "too long: 0:03 over its length of 0:10"},
      {FIT_AT_MOST, 10, 5, 3, NULL}, /* it may be shorter: its pauses stand */
      {FIT_AT_MOST, 10, 8, 2, NULL},
      {FIT_AT_MOST, 10, 11, 1, "too long: 0:02 over its length of 0:10"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Rundown) rundown = edited(CASES[i].fit, CASES[i].slot, CASES[i].speech);
    compose_refit(rundown);
    const RundownItem *pause = rundown->items->pdata[1];
    g_assert_cmpint(pause->frames, ==, CASES[i].pause * FRAME_RATE);
    g_assert_cmpint(pause->start_frame, ==, CASES[i].speech * FRAME_RATE);
    g_assert_cmpint(rundown->frames, ==, (CASES[i].speech + CASES[i].pause) * FRAME_RATE);
    g_assert_cmpint(rundown->warnings[0] != NULL, ==, CASES[i].warning != NULL);
    if (CASES[i].warning != NULL)
      g_assert_true(g_str_has_prefix(rundown->warnings[0], CASES[i].warning));
  }
}

static void test_free_nothing(void) {
  explanation_free(NULL);
  script_free(NULL);
  rundown_free(NULL);
  rundown_item_free(NULL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/clock/measure-fails", test_measure_fails);
  g_test_add_func("/clock/nothing-to-hear", test_nothing_to_hear);
  g_test_add_func("/clock/without-text", test_without_text);
  g_test_add_func("/clock/near-misses", test_near_misses);
  g_test_add_func("/clock/many-misses", test_many_misses);
  g_test_add_func("/clock/many-dropped", test_many_dropped);
  g_test_add_func("/clock/names-told", test_names_told);
  g_test_add_func("/clock/headlines-go", test_headlines_go);
  g_test_add_func("/clock/script-too-long", test_script_too_long);
  g_test_add_func("/clock/least", test_least);
  g_test_add_func("/clock/least-is-all", test_least_is_all);
  g_test_add_func("/clock/missing", test_missing);
  g_test_add_func("/clock/refit", test_refit);
  g_test_add_func("/clock/free-nothing", test_free_nothing);
  return g_test_run();
}
