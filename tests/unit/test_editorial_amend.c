/* A rundown that stands: what is kept when it is chosen anew, what waits, what would go first. */
#include "editorial_day.h"

#include "editorial/amend.h"
#include "editorial/rundown_file.h"

#define YAML                                                                                                           \
  "title: t\nlanguage: fr\nlength: \"0:40\"\nfit: at-most\nvoices: {presenter: claire}\norder:\n"                      \
  "  - entries: {kinds: [question, alert, announcement], most: 3}\n  - entries: {kinds: [idea], least: 1}\n"

/* Nine things that differ; the higher the number, the more people say so. */
static GPtrArray *nine(void) {
  static const char *const texts[] = {
      "Le marché ouvre sous la halle dès huit heures.",     "Qui prête une échelle pour le toit du lavoir ?",
      "La navette du port passe toutes les vingt minutes.", "Un atelier répare les vélos devant la poste.",
      "Les graines du jardin partagé attendent preneur.",   "On cherche des lampes pour la fête des phares.",
      "Une voisine propose de lire le journal aux aînés.",  "Le concert de samedi est reporté après la pluie.",
      "Et si la mairie prêtait sa salle aux lycéens ?"};
  GPtrArray *day = day_new();
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    Entry *entry = day_entry(i + 1, i == 8 ? KIND_IDEA : KIND_QUESTION, NULL, texts[i]);
    entry->endorsements = i;
    g_ptr_array_add(day, entry);
  }
  return day;
}

static Rundown *compose(const Script *script, GPtrArray *day, const GPtrArray *kept, GHashTable *heard) {
  g_autoptr(GError) error = NULL;
  ComposeInput input = day_input(script, day);
  input.kept = kept;
  input.heard = heard;
  Rundown *rundown = compose_rundown(&input, day_measure, NULL, NULL, &error);
  g_assert_no_error(error);
  return rundown;
}

static RundownItem *find(const Rundown *rundown, gint64 entry) {
  for (guint i = 0; i < rundown->items->len; i++)
    if (((RundownItem *)rundown->items->pdata[i])->entry == entry)
      return rundown->items->pdata[i];
  return NULL;
}

static RundownItem *keep(gint64 entry, const char *text) {
  RundownItem *item = rundown_item_new(ITEM_SPEECH);
  item->entry = entry;
  item->kept = true;
  item->text = g_strdup(text);
  item->spoken = g_strdup("said before");
  item->language = g_strdup("fr");
  item->voice = g_strdup("luc");
  item->frames = 7;
  return item;
}

static GPtrArray *items_new(void) {
  return g_ptr_array_new_with_free_func((GDestroyNotify)rundown_item_free);
}

/* The least wanted of all stays in, with its own words and voice; said anew, but where a person wrote how. */
static void test_kept_stays(void) {
  g_autoptr(Script) script = day_script_of(YAML);
  g_autoptr(GPtrArray) day = nine(), kept = items_new();
  g_autoptr(Rundown) before = compose(script, day, NULL, NULL);
  g_assert_null(find(before, 1));
  g_ptr_array_add(kept, keep(1, "Le marché, comme je le dis."));
  g_ptr_array_add(kept, keep(2, "L'échelle."));
  ((RundownItem *)kept->pdata[1])->own_spoken = true;
  g_autoptr(Rundown) rundown = compose(script, day, kept, NULL);
  const RundownItem *first = find(rundown, 1), *second = find(rundown, 2);
  g_assert_cmpstr(first->text, ==, "Le marché, comme je le dis.");
  g_assert_cmpstr(first->voice, ==, "luc");
  g_assert_true(first->kept);
  g_assert_cmpstr(first->spoken, ==, "le marché, comme je le dis."); /* by day_measure */
  g_assert_cmpint(first->frames, >, 7);
  g_assert_true(second->own_spoken);
  g_assert_cmpuint(g_strv_length(rundown->warnings), ==, 0);
}

/* A recording that cannot be heard any more: the entry is read instead. */
static bool measure_but_lost(GPtrArray *items, gpointer user, GError **error) {
  day_measure(items, user, error);
  for (guint i = 0; i < items->len; i++)
    if (g_strcmp0(((RundownItem *)items->pdata[i])->file, "lost.wav") == 0)
      ((RundownItem *)items->pdata[i])->frames = 0;
  return true;
}

static void test_kept_sound(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Script) script = day_script_of(YAML);
  g_autoptr(GPtrArray) day = nine(), kept = items_new();
  for (gint64 id = 1; id <= 2; id++) {
    RundownItem *item = rundown_item_new(ITEM_SOUND);
    item->entry = id;
    item->file = g_strdup(id == 1 ? "lost.wav" : "desk-own.wav");
    g_ptr_array_add(kept, item);
  }
  ComposeInput input = day_input(script, day);
  input.kept = kept;
  g_autoptr(Rundown) rundown = compose_rundown(&input, measure_but_lost, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpint(find(rundown, 1)->type, ==, ITEM_SPEECH);
  g_assert_cmpint(find(rundown, 2)->type, ==, ITEM_SOUND);
  g_assert_cmpstr(find(rundown, 2)->file, ==, "desk-own.wav");
}

/* What may not be heard is not, kept or not: told, and why. What was heard before is again. */
static void test_kept_out(void) {
  g_autoptr(Script) script = day_script_of(YAML);
  g_autoptr(GPtrArray) day = nine(), kept = items_new();
  g_autoptr(GHashTable) heard = g_hash_table_new(g_int64_hash, g_int64_equal);
  ((Entry *)day->pdata[0])->status = STATUS_WITHDRAWN;
  g_hash_table_insert(heard, &((Entry *)day->pdata[1])->id, (gpointer) "2026-03-17-matin");
  g_ptr_array_add(kept, keep(1, "Le marché."));
  g_ptr_array_add(kept, keep(2, "L'échelle."));
  g_ptr_array_add(kept, keep(77, "Nulle part."));
  g_autoptr(Rundown) rundown = compose(script, day, kept, heard);
  g_assert_null(find(rundown, 1));
  g_assert_nonnull(find(rundown, 2));
  g_assert_cmpuint(g_strv_length(rundown->warnings), ==, 2);
  g_assert_cmpstr(rundown->warnings[0], ==, "entry 1 was to be kept, but is not in: not approved (withdrawn)");
  g_assert_cmpstr(rundown->warnings[1], ==, "entry 77 was to be kept, but is not in: it may not be heard any more");
}

/* Too long: what is kept goes after all others, but it goes. */
static void test_kept_too_long(void) {
  g_autoptr(Script) script = day_script_of(YAML);
  g_autoptr(GPtrArray) day = nine(), kept = items_new();
  g_autofree char *long_text = g_strnfill(14 * 22, 'a');
  for (gint64 id = 1; id <= 3; id++)
    g_ptr_array_add(kept, keep(id, long_text));
  g_autoptr(Rundown) rundown = compose(script, day, kept, NULL);
  int n = (find(rundown, 1) != NULL) + (find(rundown, 2) != NULL) + (find(rundown, 3) != NULL);
  g_assert_cmpint(n, ==, 1);
  g_assert_cmpint(rundown->frames, <=, rundown->slot_frames);
  g_assert_cmpuint(g_strv_length(rundown->warnings), >=, 2);
}

/* An entry that was changed since stays in, and is said as it is now: a name that was taken back is not aired. */
static void test_kept_old(void) {
  g_autoptr(Script) script = day_script_of(YAML);
  g_autoptr(GPtrArray) day = nine(), kept = items_new();
  Entry *first = day->pdata[0], *second = day->pdata[1];
  g_ptr_array_add(kept, keep(1, "Le marché, dit Anne Riou."));
  g_ptr_array_add(kept, keep(2, "L'échelle, dit Anne Riou."));
  ((RundownItem *)kept->pdata[0])->kept_sum = kept_sum_of(first);
  ((RundownItem *)kept->pdata[1])->kept_sum = kept_sum_of(second);
  first->author = g_strdup("Anne Riou");
  first->attribution = ATTRIBUTION_NONE;
  g_autoptr(Rundown) rundown = compose(script, day, kept, NULL);
  g_assert_null(strstr(find(rundown, 1)->text, "Anne"));
  g_autofree char *now = kept_sum_of(first);
  g_assert_cmpstr(find(rundown, 1)->kept_sum, ==, now); /* and stays so from now on */
  g_assert_cmpstr(find(rundown, 2)->text, ==, "L'échelle, dit Anne Riou.");
  g_assert_cmpstr(rundown->warnings[0], ==, "entry 1 was changed since it was locked: it is said anew");
}

/* Nobody knows how the entry was: its words stand, and a name in them is told. */
static void test_kept_names(void) {
  g_autoptr(Script) script = day_script_of(YAML);
  g_autoptr(GPtrArray) day = nine(), kept = items_new();
  ((Entry *)day->pdata[0])->attribution = ATTRIBUTION_NONE;
  ((Entry *)day->pdata[0])->author = g_strdup("Anne Riou");
  g_ptr_array_add(kept, keep(1, "Le marché ouvre, dit Anne Riou."));
  g_autoptr(Rundown) rundown = compose(script, day, kept, NULL);
  g_autofree char *warnings = g_strjoinv("\n", rundown->warnings);
  g_assert_nonnull(strstr(warnings, "Riou"));
}

/* A voice that is there no more is the script's; a recording keeps its introduction, words need none. */
static void test_kept_pieces(void) {
  g_autoptr(Script) script = day_script_of(YAML);
  g_autoptr(GPtrArray) day = nine(), kept = items_new();
  for (guint i = 0; i < 3; i++)
    ((Entry *)day->pdata[i])->place = g_strdup("Kervalan");
  ((Entry *)day->pdata[1])->sound = g_strdup("echelle.wav");
  ((Entry *)day->pdata[2])->sound = g_strdup("navette.wav");
  g_ptr_array_add(kept, keep(1, "Le marché."));
  g_clear_pointer(&((RundownItem *)kept->pdata[0])->voice, g_free);
  g_ptr_array_add(kept, keep(2, "L'échelle, en mots."));
  RundownItem *sound = rundown_item_new(ITEM_SOUND);
  sound->entry = 3;
  sound->file = g_strdup("autre.wav");
  g_ptr_array_add(kept, sound);
  g_autoptr(Rundown) rundown = compose(script, day, kept, NULL);
  g_assert_cmpstr(find(rundown, 1)->voice, ==, "claire");
  g_assert_cmpint(find(rundown, 2)->type, ==, ITEM_SPEECH);
  g_assert_cmpstr(find(rundown, 3)->file, ==, "autre.wav");
  guint introductions = 0;
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = rundown->items->pdata[i];
    introductions += item->type == ITEM_SPEECH && item->entry == 0;
  }
  g_assert_cmpuint(introductions, ==, 1);
}

#define HEADLINES                                                                                                      \
  "title: t\nlanguage: fr\nlength: \"1:30\"\nfit: at-most\nvoices: {presenter: claire}\norder:\n"                      \
  "  - headlines: 9\n  - entries: {most: 9}\n"

/* No headline says what a person has corrected. */
static void test_kept_headlines(void) {
  g_autoptr(Script) script = day_script_of(HEADLINES);
  g_autoptr(GPtrArray) day = day_new(), kept = items_new();
  g_ptr_array_add(day, day_entry(1, KIND_ANNOUNCEMENT, NULL, "Le pont est fermé jusqu'à vendredi soir."));
  g_ptr_array_add(day, day_entry(2, KIND_ANNOUNCEMENT, NULL, "La piscine rouvre samedi matin."));
  g_ptr_array_add(day, day_entry(3, KIND_ANNOUNCEMENT, NULL, NULL));
  ((Entry *)day->pdata[2])->title = g_strdup("Un concert gratuit dimanche");
  g_ptr_array_add(kept, keep(1, "Le pont est ouvert."));
  g_ptr_array_add(kept, keep(2, "Bonne nouvelle : La piscine rouvre samedi matin."));
  g_ptr_array_add(kept, keep(3, "Le concert."));
  g_autoptr(Rundown) rundown = compose(script, day, kept, NULL);
  guint headlines = 0;
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = rundown->items->pdata[i];
    g_assert_null(item->text != NULL ? strstr(item->text, "fermé") : NULL);
    headlines += item->entry == 0 && item->text != NULL && strstr(item->text, "piscine") != NULL;
  }
  g_assert_cmpuint(headlines, ==, 1);
  g_clear_pointer(&((RundownItem *)kept->pdata[1])->text, g_free);
  ((RundownItem *)kept->pdata[1])->type = ITEM_SOUND;
  ((RundownItem *)kept->pdata[1])->file = g_strdup("piscine.wav");
  g_autoptr(Rundown) recorded = compose(script, day, kept, NULL);
  g_assert_cmpint(find(recorded, 2)->type, ==, ITEM_SOUND);
  /* The entry is another since: it is said as it is now, and its headline may be. */
  ((RundownItem *)kept->pdata[0])->kept_sum = g_strdup("another");
  g_autoptr(Rundown) anew = compose(script, day, kept, NULL);
  g_assert_nonnull(strstr(find(anew, 1)->text, "fermé"));
}

/* The introduction of a sound goes with it; nothing else does. */
static void test_first_of(void) {
  g_autoptr(Rundown) rundown = rundown_new();
  static const struct {
    ItemType type;
    gint64 entry;
    const char *title;
  } rows[] = {{ITEM_SOUND, 9, "Le bac"},   {ITEM_PAUSE, 0, NULL},        {ITEM_SPEECH, 0, "Le lavoir"},
              {ITEM_PAUSE, 0, NULL},       {ITEM_SOUND, 1, "Le lavoir"}, {ITEM_PAUSE, 0, NULL},
              {ITEM_SPEECH, 2, "Le quai"}, {ITEM_SOUND, 3, "Le quai"},   {ITEM_JINGLE, 0, "Le port"},
              {ITEM_SOUND, 4, "Le port"},  {ITEM_SPEECH, 0, "Autre"},    {ITEM_SOUND, 5, "Le phare"},
              {ITEM_SPEECH, 0, NULL},      {ITEM_SOUND, 6, NULL},        {ITEM_SPEECH, 0, "Fin"},
              {ITEM_SOUND, 0, "Fin"},      {ITEM_SPEECH, 7, "Fin"}};
  static const guint first[] = {0, 0, 2, 2, 2, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    RundownItem *item = rundown_item_new(rows[i].type);
    item->entry = rows[i].entry;
    item->title = g_strdup(rows[i].title);
    g_ptr_array_add(rundown->items, item);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    if (rows[i].type != ITEM_PAUSE)
      g_assert_cmpuint(amend_first_of(rundown, (guint)i), ==, first[i]);
}

/* In the file it is "keep: true" of an entry's item; no edit by itself. */
static void test_kept_in_file(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Script) script = day_script_of(YAML);
  g_autoptr(GPtrArray) day = nine(), kept = items_new();
  g_ptr_array_add(kept, keep(1, "Le marché."));
  g_autoptr(Rundown) rundown = compose(script, day, kept, NULL);
  find(rundown, 1)->kept_sum = g_strdup("0123abcd");
  g_autofree char *text = rundown_format(rundown);
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  g_autoptr(Rundown) again = rundown_parse("r.yaml", bytes, &error);
  g_assert_no_error(error);
  g_assert_false(again->edited);
  g_assert_true(find(again, 1)->kept);
  g_assert_cmpstr(find(again, 1)->kept_sum, ==, "0123abcd");
  g_assert_false(find(again, 9)->kept);
  find(again, 1)->kept = false;
  g_assert_true(rundown_sounds_like(rundown, again));
  static const char WORDS[] =
      "title: t\nscript: s\ndate: 2026-03-17\nlanguage: fr\nfit: exact\nslot_frames: 48000\nitems:\n"
      "  - {type: speech, text: Oui., voice: claire, keep: yes}\n";
  g_autoptr(GBytes) words = g_bytes_new_static(WORDS, strlen(WORDS));
  g_autoptr(Rundown) of_no_entry = rundown_parse("r.yaml", words, &error);
  g_assert_no_error(error);
  g_assert_false(((RundownItem *)of_no_entry->items->pdata[0])->kept);
}

/* Best first, without what is in, what may not be heard, and what says the same. */
static void test_proposals(void) {
  g_autoptr(Script) script = day_script_of(YAML);
  g_autoptr(GPtrArray) day = nine();
  ComposeInput input = day_input(script, day);
  g_autoptr(Rundown) rundown = compose(script, day, NULL, NULL);
  ((Entry *)day->pdata[3])->status = STATUS_REJECTED;
  g_autoptr(GPtrArray) proposals = amend_proposals(&input, rundown, 3);
  g_assert_cmpuint(proposals->len, ==, 3);
  gint64 last = 10;
  for (guint i = 0; i < proposals->len; i++) {
    const Explanation *proposal = proposals->pdata[i];
    g_assert_null(find(rundown, proposal->entry));
    g_assert_cmpint(proposal->entry, !=, 4);
    g_assert_cmpint(proposal->entry, <, last);
    g_assert_nonnull(proposal->title);
    g_assert_nonnull(strstr(proposal->why, "question"));
    last = proposal->entry;
  }
  /* One that says what another says that is in, and which more people say. */
  Entry *same = day_entry(20, KIND_QUESTION, NULL, ((Entry *)day->pdata[7])->text);
  same->endorsements = 50;
  g_ptr_array_add(day, same);
  g_assert_nonnull(find(rundown, 8));
  g_autoptr(GPtrArray) all = amend_proposals(&input, rundown, 100);
  for (guint i = 0; i < all->len; i++)
    g_assert_cmpint(((Explanation *)all->pdata[i])->entry, !=, 20);
  g_assert_cmpuint(all->len, >, 3);
  g_assert_cmpuint(all->len, <, 9);
}

static void test_items(void) {
  g_autoptr(Script) script = day_script_of(YAML);
  g_autoptr(GPtrArray) day = nine();
  ComposeInput input = day_input(script, day);
  ((Entry *)day->pdata[1])->sound = g_strdup("echelle.wav");
  ((Entry *)day->pdata[1])->place = g_strdup("Kervalan");
  ((Entry *)day->pdata[2])->status = STATUS_PENDING;
  g_autoptr(GPtrArray) one = amend_items(&input, 1), two = amend_items(&input, 2);
  g_assert_cmpuint(one->len, ==, 1);
  g_assert_cmpint(((RundownItem *)one->pdata[0])->entry, ==, 1);
  g_assert_cmpstr(((RundownItem *)one->pdata[0])->voice, ==, "claire");
  g_assert_cmpuint(two->len, ==, 3); /* words and a pause before its sound */
  g_assert_cmpint(((RundownItem *)two->pdata[1])->type, ==, ITEM_PAUSE);
  g_assert_cmpstr(((RundownItem *)two->pdata[2])->file, ==, "echelle.wav");
  g_assert_null(amend_items(&input, 3));
  g_assert_null(amend_items(&input, 77));
}

static Rundown *rundown_with(const gint64 *entries, guint n) {
  Rundown *rundown = rundown_new();
  for (guint i = 0; i < n; i++) {
    RundownItem *item = rundown_item_new(ITEM_SPEECH);
    item->entry = entries[i];
    g_ptr_array_add(rundown->items, item);
  }
  return rundown;
}

static void test_first_out(void) {
  g_autoptr(Script) script = day_script_of(YAML);
  g_autoptr(GPtrArray) day = nine();
  ComposeInput input = day_input(script, day);
  g_autoptr(Rundown) none = rundown_new();
  g_assert_cmpint(amend_first_out(&input, none), ==, 0);
  g_autoptr(Rundown) some = rundown_with((const gint64[]){0, 5, 8, 9}, 4);
  g_assert_cmpint(amend_first_out(&input, some), ==, 5);
  ((RundownItem *)some->items->pdata[1])->kept = true;
  g_assert_cmpint(amend_first_out(&input, some), ==, 8);
  ((Entry *)day->pdata[7])->priority = PRIORITY_URGENT;
  g_assert_cmpint(amend_first_out(&input, some), ==, 9); /* though its section wants one */
  g_autoptr(Rundown) last = rundown_with((const gint64[]){8}, 1);
  g_assert_cmpint(amend_first_out(&input, last), ==, 8);
  /* More than the sections have seats for: a person put them in. */
  g_autoptr(Rundown) many = rundown_with((const gint64[]){1, 2, 3, 4, 5, 9}, 6);
  g_assert_cmpint(amend_first_out(&input, many), ==, 1);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/editorial/amend/kept-stays", test_kept_stays);
  g_test_add_func("/editorial/amend/kept-sound", test_kept_sound);
  g_test_add_func("/editorial/amend/kept-out", test_kept_out);
  g_test_add_func("/editorial/amend/kept-too-long", test_kept_too_long);
  g_test_add_func("/editorial/amend/kept-old", test_kept_old);
  g_test_add_func("/editorial/amend/kept-names", test_kept_names);
  g_test_add_func("/editorial/amend/kept-pieces", test_kept_pieces);
  g_test_add_func("/editorial/amend/kept-headlines", test_kept_headlines);
  g_test_add_func("/editorial/amend/first-of", test_first_of);
  g_test_add_func("/editorial/amend/kept-in-file", test_kept_in_file);
  g_test_add_func("/editorial/amend/proposals", test_proposals);
  g_test_add_func("/editorial/amend/items", test_items);
  g_test_add_func("/editorial/amend/first-out", test_first_out);
  return g_test_run();
}
