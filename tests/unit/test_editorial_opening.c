/* What may be heard before the rest is chosen is what the rundown then begins with. */
#include "editorial_day.h"

static const char head[] = "title: Essai\nlanguage: fr\nlength: \"3:00\"\nfit: at-most\n"
                           "voices: {presenter: claire, reader: paul}\norder:\n";

static Script *script_that_begins(const char *first) {
  g_autofree char *yaml = g_strdup_printf("%s%s  - entries: {kinds: [question, idea], most: 3, voice: reader}\n"
                                          "  - say: \"À demain.\"\n",
                                          head, first);
  return day_script_of(yaml);
}

static GPtrArray *some_day(guint count) {
  g_autoptr(GRand) random = g_rand_new_with_seed(count);
  return day_random(random, count);
}

/* A full day and an empty one: the same first items, known beforehand. */
static void assert_script_known(const Script *script, guint n) {
  for (guint count = 0; count <= 20; count += 20) {
    g_autoptr(GPtrArray) day = some_day(count);
    ComposeInput input = day_input(script, day);
    ComposeInput before = input;
    before.entries = NULL;
    g_autoptr(GPtrArray) opening = compose_opening(&before);
    g_autoptr(Rundown) rundown = compose_rundown(&input, day_measure, NULL, NULL, NULL);
    g_assert_nonnull(rundown);
    g_assert_cmpuint(opening->len, ==, n);
    for (guint i = 0; i < n; i++) {
      const RundownItem *known = opening->pdata[i], *is = rundown->items->pdata[i];
      g_assert_cmpint(is->type, ==, known->type);
      g_assert_cmpstr(is->text, ==, known->text);
      g_assert_cmpstr(is->file, ==, known->file);
      g_assert_cmpstr(is->voice, ==, known->voice);
      g_assert_cmpstr(is->language, ==, known->language);
      g_assert_cmpstr(is->title, ==, known->title);
    }
  }
}

static void assert_known(const char *firsts, guint n) {
  g_autoptr(Script) script = script_that_begins(firsts);
  assert_script_known(script, n);
}

/* A signature tune: nothing is said, all of it is known. */
static void test_jingles_alone(void) {
  g_autofree char *yaml = g_strconcat(head, "  - jingle: ouverture\n  - jingle: fermeture\n", NULL);
  g_autoptr(Script) script = day_script_of(yaml);
  assert_script_known(script, 2);
}

static void test_known_beforehand(void) {
  assert_known("  - say: \"Bonjour, il est {time}, voici {station}.\"\n", 1);
  assert_known("  - jingle: ouverture\n", 1);
  assert_known("  - jingle: ouverture\n  - jingle: virgule\n  - say: \"Bonjour.\"\n", 2);
  assert_known("  - jingle: ouverture\n  - headlines: 3\n  - jingle: virgule\n", 1);
}

static void test_not_known_beforehand(void) {
  static const char *const firsts[] = {
      "  - say: \"Bonjour, {count, plural, =0 {rien} one {une nouvelle} other {# nouvelles}}.\"\n",
      "  - headlines: 2\n",
      "",
  };
  g_autoptr(GPtrArray) day = some_day(20);
  for (guint i = 0; i < G_N_ELEMENTS(firsts); i++) {
    g_autoptr(Script) script = script_that_begins(firsts[i]);
    ComposeInput input = day_input(script, day);
    g_autoptr(GPtrArray) opening = compose_opening(&input);
    g_assert_cmpuint(opening->len, ==, 0);
  }
}

static RundownItem *item(ItemType type, gint64 entry) {
  RundownItem *made = rundown_item_new(type);
  made->entry = entry;
  return made;
}

static void test_opening_of_items(void) {
  static const struct {
    const char *types; /* j jingle, s sentence, e entry, p pause */
    guint opening;
  } cases[] = {{"", 0}, {"j", 1}, {"jjse", 2}, {"jpj", 1}, {"s", 1}, {"sse", 1}, {"e", 0}, {"es", 0}, {"ps", 0}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func((GDestroyNotify)rundown_item_free);
    for (const char *type = cases[i].types; *type != '\0'; type++)
      g_ptr_array_add(items, item(*type == 'j'   ? ITEM_JINGLE
                                  : *type == 'p' ? ITEM_PAUSE
                                                 : ITEM_SPEECH,
                                  *type == 'e' ? 7 : 0));
    g_assert_cmpuint(rundown_opening(items), ==, cases[i].opening);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/editorial/opening/known-beforehand", test_known_beforehand);
  g_test_add_func("/editorial/opening/jingles-alone", test_jingles_alone);
  g_test_add_func("/editorial/opening/not-known-beforehand", test_not_known_beforehand);
  g_test_add_func("/editorial/opening/of-items", test_opening_of_items);
  return g_test_run();
}
