/* Laying out: what is heard in which order, in which words, with which silences. */
#include "editorial_day.h"

#define HEAD "title: t\nlanguage: fr\nlength: \"2:00\"\nfit: at-most\nvoices: {presenter: claire, alerts: marc}\n"

static Rundown *compose(const char *yaml, GPtrArray *day) {
  g_autoptr(Script) script = day_script_of(yaml);
  ComposeInput input = day_input(script, day);
  g_autoptr(GError) error = NULL;
  Rundown *rundown = compose_rundown(&input, day_measure, NULL, NULL, &error);
  g_assert_no_error(error);
  return rundown;
}

/* What is heard as one line: a letter for each item (jingle, sound, pause), its words for speech. Returns (g_free). */
static char *shape(const Rundown *rundown) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = rundown->items->pdata[i];
    g_string_append(out, i > 0 ? "|" : "");
    if (item->type == ITEM_SPEECH)
      g_string_append(out, item->text);
    else if (item->type == ITEM_PAUSE)
      g_string_append_printf(out, "%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, item->least_frames * 1000 / FRAME_RATE,
                             item->most_frames * 1000 / FRAME_RATE);
    else
      g_string_append_printf(out, "[%s]", item->file);
  }
  return g_string_free(g_steal_pointer(&out), FALSE);
}

static void assert_shape(const char *yaml, GPtrArray *day, const char *wanted) {
  g_autoptr(Rundown) rundown = compose(yaml, day);
  g_autofree char *got = shape(rundown);
  g_assert_cmpstr(got, ==, wanted);
}

static GPtrArray *day_of(const char *text) {
  GPtrArray *day = day_new();
  if (text != NULL)
    g_ptr_array_add(day, day_entry(3, KIND_QUESTION, NULL, text));
  return day;
}

/* Milliseconds: the shorter before and after music, the longer between entries, none beside a silence. */
static void test_silences(void) {
  g_autoptr(GPtrArray) day = day_of("Qui a une pompe ?");
  Entry *second = day_entry(6, KIND_IDEA, NULL, "Une lanterne sur la jetée.");
  g_ptr_array_add(day, second);
  assert_shape(
      HEAD "pauses: {least: 0.5, most: 3}\norder:\n  - jingle: a\n  - jingle: b\n  - say: Bonjour.\n"
           "  - say: Voici le carnet.\n  - entries: {}\n  - jingle: c\n  - say: Au revoir.\n  - pause: 2\n"
           "  - say: À demain.\n  - sound: d.wav\n",
      day,
      "[a]|[b]|250-250|Bonjour.|450-450|Voici le carnet.|450-450|On s'interroge : Qui a une pompe ?|500-3000|"
      "Une idée : Une lanterne sur la jetée.|400-400|[c]|250-250|Au revoir.|2000-2000|À demain.|500-2000|[d.wav]");
}

/* How many sentences open each entry: its headline and what introduces it; none when it is but one sentence. A
 * headline of the opening is one in whole. */
static void test_headline_sentences(void) {
  static const struct {
    const char *title, *text;
    gint64 headline;
  } rows[] = {
      {NULL, "Qui a une pompe ?", 0},
      {NULL, "Qui a une pompe ? La cave de la halle est inondée.", 1},
      {"La cave de la halle est inondée", "Qui a une pompe ?", 0},     /* the title is told in the same sentence */
      {NULL, "Attention : la cave est inondée. Qui a une pompe ?", 2}, /* its introduction ends with a full stop */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GPtrArray) day = day_new();
    g_ptr_array_add(day, day_entry(3, KIND_QUESTION, rows[i].title, rows[i].text));
    g_autoptr(Rundown) rundown = compose(HEAD "order:\n  - headlines: 1\n  - say: Voici.\n  - entries: {}\n", day);
    for (guint k = 0; k < rundown->items->len; k++) {
      const RundownItem *item = rundown->items->pdata[k];
      bool is_words = item->type == ITEM_SPEECH, is_own = is_words && strcmp(item->text, "Voici.") == 0;
      g_test_message("%s %" G_GINT64_FORMAT, item->text, item->headline);
      if (is_words)
        g_assert_cmpint(item->headline, ==, item->entry != 0 ? rows[i].headline : is_own ? 0 : 1);
    }
  }
}

/* A script without pauses has none: not between entries, not around music, not before the end. */
static void test_no_silences(void) {
  g_autoptr(GPtrArray) day = day_of("Qui a une pompe ?");
  assert_shape(HEAD
               "pauses: {least: 0, most: 0}\nclose: {least: 0, most: 0}\norder:\n  - say: Bonjour.\n  - jingle: a\n"
               "  - entries: {}\n  - say: Au revoir.\n",
               day, "Bonjour.|[a]|On s'interroge : Qui a une pompe ?|Au revoir.");
}

/* Around a section that stays empty music is heard once, and a pause once; the close comes before the last music. */
static void test_separators(void) {
  static const char yaml[] =
      HEAD "pauses: {least: 0, most: 0}\norder:\n  - say: Bonjour.\n  - jingle: a\n  - breath: {least: 1, most: 4}\n"
           "  - entries: {kinds: [idea]}\n  - sound: b.wav\n  - entries: {kinds: [question]}\n  - jingle: z\n";
  g_autoptr(GPtrArray) questions = day_of("Qui a une pompe ?");
  assert_shape(yaml, questions, "Bonjour.|[a]|1000-4000|On s'interroge : Qui a une pompe ?|500-2000|[z]");
  g_autoptr(GPtrArray) both = day_of("Qui a une pompe ?");
  g_ptr_array_add(both, day_entry(6, KIND_IDEA, NULL, "Une lanterne."));
  assert_shape(
      yaml, both,
      "Bonjour.|[a]|1000-4000|Une idée : Une lanterne.|[b.wav]|On s'interroge : Qui a une pompe ?|500-2000|[z]");
}

/* Music that follows the last words waits for nobody. */
static void test_ends_in_silence(void) {
  g_autoptr(GPtrArray) day = day_of("Qui a une pompe ?");
  assert_shape(HEAD "order:\n  - entries: {}\n  - jingle: a\n  - pause: 1\n", day,
               "On s'interroge : Qui a une pompe ?|400-400|[a]|1000-1000|500-2000");
}

/* Nothing but music: the jingles that open are not those that close. */
static void test_music_alone(void) {
  g_autoptr(GPtrArray) day = day_of(NULL);
  assert_shape(HEAD "order:\n  - sound: a.wav\n  - jingle: b\n", day, "[a.wav]|[b]|500-2000");
}

/* On an empty day its sentence stands where the first section would; without a section there is none. */
static void test_quiet(void) {
  g_autoptr(GPtrArray) day = day_of(NULL);
  assert_shape(HEAD
               "quiet: Rien ce soir à {place}.\norder:\n  - say: Bonjour.\n  - entries: {lead: Voici., empty: Vide.}\n"
               "  - say: Fin.\n",
               day, "Bonjour.|450-450|Rien ce soir à Radio du Port.|450-450|Fin.|500-2000");
  assert_shape(HEAD "order:\n  - say: Bonjour.\n", day, "Bonjour.|500-2000");
  g_autoptr(Rundown) usual = compose(HEAD "order:\n  - entries: {}\n", day);
  const RundownItem *item = usual->items->pdata[0];
  g_assert_true(g_str_has_prefix(item->text, "Le carnet est calme aujourd'hui"));
}

/* `lead` before what there is, `empty` instead of what there is not; {place} is the section's own. */
static void test_leads(void) {
  g_autoptr(GPtrArray) day = day_of("Qui a une pompe ?");
  Entry *hidden = day_entry(6, KIND_IDEA, "La Roche-Morin", "Une lanterne.");
  hidden->attribution = ATTRIBUTION_NONE;
  hidden->endorsements = 9; /* the first of all, and its place may not be said */
  g_ptr_array_add(day, hidden);
  Entry *placed = day_entry(9, KIND_IDEA, "Kervalan", "Un four pour tous.");
  g_ptr_array_add(day, placed);
  static const char yaml[] =
      HEAD "pauses: {least: 0, most: 0}\nclose: {least: 0, most: 0}\norder:\n  - say: \"{place}, {count}.\"\n"
           "  - entries: {kinds: [idea], lead: \"Idées de {place}.\"}\n"
           "  - entries: {kinds: [question], lead: \"Questions de {place}.\"}\n"
           "  - entries: {kinds: [problem], empty: \"Tout va bien à {place}.\"}\n"
           "  - entries: {kinds: [alert]}\n  - say: \"{place}\"\n";
  assert_shape(yaml, day,
               "Kervalan, 3.|Idées de Kervalan.|Une proposition : Une lanterne. 9 personnes sont d'accord.|"
               "Une idée, à Kervalan : Un four pour tous.|"
               "Questions de Radio du Port.|On s'interroge : Qui a une pompe ?|Tout va bien à Kervalan.|Kervalan");
}

/* A sentence that comes out empty is not said: no place, and a station without a name. */
static void test_empty_sentence(void) {
  g_autoptr(GPtrArray) day = day_of("Qui a une pompe ?");
  g_autoptr(Script) script = day_script_of(HEAD "order:\n  - say: \"{place}\"\n  - entries: {}\n");
  ComposeInput input = day_input(script, day);
  input.station_name = "";
  g_autoptr(Rundown) rundown = compose_rundown(&input, day_measure, NULL, NULL, NULL);
  g_autofree char *got = shape(rundown);
  g_assert_cmpstr(got, ==, "On s'interroge : Qui a une pompe ?|500-2000");
}

/* The lead once, before the first headline; a day whose headlines cannot be told has none. */
static void test_headlines(void) {
  static const char yaml[] = HEAD "pauses: {least: 0, most: 0}\nclose: {least: 0, most: 0}\norder:\n"
                                  "  - headlines: 2\n    lead: Les titres.\n  - headlines: 1\n  - entries: {}\n";
  g_autoptr(GPtrArray) day = day_of("La pompe est en panne.");
  Entry *english = day_entry(6, KIND_IDEA, NULL, "We could share a van.");
  g_free(english->language);
  english->language = g_strdup("en");
  g_ptr_array_add(day, english); /* no headline in another language */
  Entry *note = day_entry(9, KIND_FEELING, NULL, "la mer est calme.");
  note->endorsements = 9;
  g_ptr_array_add(day, note); /* one that begins in small letters goes last */
  g_autoptr(Rundown) rundown = compose(yaml, day);
  g_autofree char *got = shape(rundown);
  g_assert_true(g_str_has_prefix(got, "Les titres.|La pompe est en panne.|La mer est calme.|La pompe est en panne.|"));
  g_autoptr(GPtrArray) none = day_of("bcp de monde = bruit");
  g_autoptr(Rundown) untold = compose(yaml, none);
  g_assert_cmpint(((const RundownItem *)untold->items->pdata[0])->entry, ==, 3);
}

/* Alerts have a voice of their own; so has whoever speaks another language. */
static void test_voices(void) {
  static const char yaml[] =
      "title: t\nlanguage: fr\nlength: \"2:00\"\nfit: at-most\nvoices: {presenter: claire, "
      "alerts: marc, en: emma}\norder:\n  - entries: {kinds: [alert]}\n  - entries: {voice: paul}\n";
  g_autoptr(GPtrArray) day = day_of("Qui a une pompe ?");
  g_ptr_array_add(day, day_entry(6, KIND_ALERT, NULL, "La digue cède."));
  Entry *english = day_entry(9, KIND_IDEA, NULL, "We could share a van.");
  g_free(english->language);
  english->language = g_strdup("en-GB");
  g_ptr_array_add(day, english);
  g_autoptr(Rundown) rundown = compose(yaml, day);
  static const struct {
    gint64 entry;
    const char *voice;
  } VOICES[] = {{3, "paul"}, {6, "marc"}, {9, "emma"}};
  guint n = 0;
  for (guint i = 0; i < rundown->items->len; i++)
    for (gsize j = 0; j < G_N_ELEMENTS(VOICES); j++) {
      const RundownItem *item = rundown->items->pdata[i];
      if (item->entry != VOICES[j].entry)
        continue;
      g_assert_cmpstr(item->voice, ==, VOICES[j].voice);
      n++;
    }
  g_assert_cmpuint(n, ==, G_N_ELEMENTS(VOICES));
}

/* A recorded sound is introduced, unless there is nothing to say before it. */
static void test_recorded(void) {
  static const char yaml[] = HEAD "pauses: {least: 0, most: 0}\nclose: {least: 0, most: 0}\norder:\n  - entries: {}\n";
  g_autoptr(GPtrArray) day = day_of("Retour du port, au petit matin.");
  Entry *entry = day->pdata[0];
  entry->kind = KIND_EXPERIENCE;
  entry->sound = g_strdup("port.wav");
  assert_shape(yaml, day, "[port.wav]"); /* it says its kind itself */
  g_free(entry->text);
  entry->text = g_strdup("Le port, au petit matin.");
  assert_shape(yaml, day, "On nous raconte : |[port.wav]");
}

/* An answer finds its seat beside its question, or, where that section is full, in one of its own kind. */
static void test_answers(void) {
  g_autoptr(GPtrArray) day = day_of("Qui a une échelle ?");
  Entry *answer = day_entry(6, KIND_RESOURCE, NULL, "La mienne est à la cale.");
  answer->parent = 3;
  g_ptr_array_add(day, answer);
  static const char *const LATER = "  - say: Et aussi.\n  - entries: {kinds: [resource]}\n";
  g_autofree char *beside = g_strconcat(
      HEAD
      "pauses: {least: 0, most: 0}\nclose: {least: 0, most: 0}\norder:\n  - entries: {kinds: [question], most: 2}\n",
      LATER, NULL);
  assert_shape(beside, day, "On s'interroge : Qui a une échelle ?|En réponse : La mienne est à la cale.|Et aussi.");
  g_autofree char *full = g_strconcat(
      HEAD
      "pauses: {least: 0, most: 0}\nclose: {least: 0, most: 0}\norder:\n  - entries: {kinds: [question], most: 1}\n",
      LATER, NULL);
  assert_shape(full, day, "On s'interroge : Qui a une échelle ?|Et aussi.|Bon à savoir : La mienne est à la cale.");
}

/* The sentence that opens a bulletin whoever is chosen; not one that tells how many they are, or from where. */
static void test_opening(void) {
  static const struct {
    const char *title, *order, *text;
  } CASES[] = {
      {"t", "  - say: Bonjour, nous sommes {date}.\n  - entries: {}\n", "Bonjour, nous sommes mardi 17 mars 2026."},
      {"Le carnet, {date}", "  - say: Bonjour.\n  - entries: {}\n", "Bonjour."},
      {"t", "  - entries: {}\n", NULL},
      {"t", "  - say: \"{ count } nouvelles.\"\n  - entries: {}\n", NULL},
      {"t", "  - say: \"Bonjour de {place}.\"\n  - entries: {}\n", NULL},
      {"De {place}", "  - say: Bonjour.\n  - entries: {}\n", NULL},
      {"t", "  - say: \"{station}\"\n  - entries: {}\n", NULL}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autofree char *yaml = g_strdup_printf("title: \"%s\"\nlanguage: fr\nlength: \"2:00\"\nfit: at-most\n"
                                            "voices: {presenter: claire}\norder:\n%s",
                                            CASES[i].title, CASES[i].order);
    g_autoptr(Script) script = day_script_of(yaml);
    g_autoptr(GPtrArray) day = day_of("Qui a une pompe ?");
    ((Entry *)day->pdata[0])->place = g_strdup("Kervalan");
    ComposeInput input = day_input(script, day);
    input.station_name = "";
    g_autoptr(GPtrArray) items = compose_opening(&input);
    const RundownItem *opening = items->len == 0 ? NULL : items->pdata[0];
    g_assert_cmpstr(opening == NULL ? NULL : opening->text, ==, CASES[i].text);
    g_autoptr(Rundown) rundown = compose_rundown(&input, day_measure, NULL, NULL, NULL);
    const RundownItem *first = rundown->items->pdata[0];
    if (opening != NULL) {
      g_assert_cmpstr(first->text, ==, opening->text);
      g_assert_cmpstr(first->title, ==, opening->title);
      g_assert_cmpstr(first->voice, ==, opening->voice);
    }
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/layout/silences", test_silences);
  g_test_add_func("/layout/headline-sentences", test_headline_sentences);
  g_test_add_func("/layout/no-silences", test_no_silences);
  g_test_add_func("/layout/separators", test_separators);
  g_test_add_func("/layout/ends-in-silence", test_ends_in_silence);
  g_test_add_func("/layout/music-alone", test_music_alone);
  g_test_add_func("/layout/quiet", test_quiet);
  g_test_add_func("/layout/leads", test_leads);
  g_test_add_func("/layout/empty-sentence", test_empty_sentence);
  g_test_add_func("/layout/headlines", test_headlines);
  g_test_add_func("/layout/voices", test_voices);
  g_test_add_func("/layout/recorded", test_recorded);
  g_test_add_func("/layout/opening", test_opening);
  g_test_add_func("/layout/answers", test_answers);
  return g_test_run();
}
