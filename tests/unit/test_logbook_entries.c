/* Adding, changing, filtering and searching entries, and the as-run log. */
#include "base/clock.h"
#include "logbook/asrun.h"
#include "logbook_fixture.h"

#include <sqlite3.h>
#include <string.h>

#define NOW_US (G_GINT64_CONSTANT(1795435200) * US_PER_SECOND)

static guint count(Logbook *logbook, EntryFilter filter) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) found = entries_find(logbook->store, &filter, &error);
  g_assert_no_error(error);
  return found->len;
}

static EntryFilter searching(const char *words) {
  EntryFilter filter = ENTRY_FILTER_ALL;
  filter.search = words;
  return filter;
}

static void test_round_trip(Logbook *logbook, gconstpointer data) {
  (void)data;
  static char *links[] = {"https://aurelle.example/a?b=1&c=\"2\"", "https://aurelle.example/é", NULL};
  g_autoptr(Entry) entry = sample_entry("2026-11-23", "Deux lignes,\nune \"tabulation\"\t; et l'apostrophe ’ d'ici 🌊");
  gint64 parent = add_entry(logbook, sample_entry("2026-11-23", "parent"));
  entry->title = g_strdup("Titre");
  entry->place = g_strdup("Saint-Maudez-sur-Aurelle");
  entry->place_id = g_strdup("osm:node/42");
  entry->author = g_strdup("Maëlle Kervadec");
  entry->attribution = ATTRIBUTION_FIRST_NAME;
  entry->priority = PRIORITY_URGENT;
  entry->expires_us = NOW_US;
  entry->endorsements = 12;
  entry->source_name = g_strdup("pad quai");
  entry->source_url = g_strdup("https://aurelle.example/pad");
  entry->source_key = g_strdup("k");
  entry->links = g_strdupv(links);
  entry->parent = parent;
  entry->sound = g_strdup("houle.flac");
  clock_set(NOW_US);
  gint64 id = add_entry(logbook, entry_copy(entry));
  clock_set(0);
  g_autoptr(Entry) stored = get_entry(logbook, id);
  g_assert_true(entry_equal(entry, stored));
  g_assert_cmpint(stored->created_us, ==, NOW_US);
  g_assert_cmpint(stored->changed_us, ==, NOW_US);
}

static void test_one_entry_for_one_source_key(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autoptr(Entry) entry = sample_entry("2026-11-23", "une fois");
  entry->source_name = g_strdup("pad quai");
  entry->source_key = g_strdup("k");
  gint64 id = add_entry(logbook, entry_copy(entry));
  g_assert_cmpint(entries_add(logbook->store, entry, "test", &error), ==, 0);
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_clear_error(&error);
  g_autoptr(Entry) found = entries_get_by_source(logbook->store, "pad quai", "k", &error);
  g_assert_cmpint(found->id, ==, id);
  g_assert_null(entries_get_by_source(logbook->store, "pad quai", "other", &error));
  g_assert_no_error(error);
}

static void test_parents_are_real_and_not_circular(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autoptr(Entry) orphan = sample_entry("2026-11-23", "orpheline");
  orphan->parent = 99;
  g_assert_cmpint(entries_add(logbook->store, orphan, "test", &error), ==, 0);
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_clear_error(&error);
  gint64 first = add_entry(logbook, sample_entry("2026-11-23", "question"));
  orphan->parent = first;
  gint64 second = entries_add(logbook->store, orphan, "test", NULL);
  g_autoptr(Entry) circle = get_entry(logbook, first);
  circle->parent = second;
  g_assert_false(entries_update(logbook->store, circle, "test", &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
}

static void test_a_failed_add_leaves_nothing(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autoptr(Entry) bad = sample_entry("2026-02-30", "jour impossible");
  g_assert_true(store_begin(logbook->store, &error));
  gint64 kept = add_entry(logbook, sample_entry("2026-11-23", "gardée"));
  g_assert_cmpint(entries_add(logbook->store, bad, "test", &error), ==, 0);
  g_clear_error(&error);
  g_assert_true(store_commit(logbook->store, &error)); /* the outer change lives on */
  g_autoptr(Entry) entry = get_entry(logbook, kept);
  g_assert_cmpstr(entry->text, ==, "gardée");
  g_assert_cmpuint(count(logbook, ENTRY_FILTER_ALL), ==, 1);
}

static void execute(const char *path, const char *sql) {
  sqlite3 *db = NULL;
  g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
  g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close(db);
}

/* The entry is written, its revision is not: nothing of such a transaction is kept. */
static void test_a_change_that_fails_half_way_spoils_the_whole(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autoptr(Entry) entry = sample_entry("2026-11-23", "à demi");
  execute(logbook->path, "CREATE TRIGGER fault BEFORE INSERT ON revisions WHEN new.who = 'fault' BEGIN"
                         " SELECT RAISE(ABORT, 'fault'); END");
  g_assert_cmpint(entries_add(logbook->store, entry, "fault", NULL), ==, 0); /* alone */
  g_assert_cmpuint(count(logbook, ENTRY_FILTER_ALL), ==, 0);
  g_assert_true(store_begin(logbook->store, NULL));
  add_entry(logbook, sample_entry("2026-11-23", "entière"));
  g_assert_cmpint(entries_add(logbook->store, entry, "fault", NULL), ==, 0);
  g_assert_false(store_commit(logbook->store, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
  g_assert_cmpuint(count(logbook, ENTRY_FILTER_ALL), ==, 0);
  add_entry(logbook, sample_entry("2026-11-23", "ensuite")); /* the next change is not touched by it */
  g_assert_cmpuint(count(logbook, ENTRY_FILTER_ALL), ==, 1);
  execute(logbook->path, "DROP TRIGGER fault");
}

static void test_rollback(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_assert_true(store_begin(logbook->store, NULL));
  add_entry(logbook, sample_entry("2026-11-23", "reprise"));
  store_rollback(logbook->store);
  store_rollback(logbook->store);
  g_assert_cmpuint(count(logbook, ENTRY_FILTER_ALL), ==, 0);
}

static void test_filters(Logbook *logbook, gconstpointer data) {
  (void)data;
  static const char *const days[] = {"2026-11-21", "2026-11-22", "2026-11-23"};
  for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
    Entry *entry = sample_entry(days[i], "texte");
    entry->kind = i == 0 ? KIND_ALERT : KIND_IDEA;
    entry->place = g_strdup(i == 1 ? "VILLENEUVE D'AURELLE" : "Villeneuve-d'Aurélle");
    entry->priority = i == 2 ? PRIORITY_HIGH : PRIORITY_NORMAL;
    add_entry(logbook, entry);
  }
  EntryFilter all = ENTRY_FILTER_ALL;
  EntryFilter days_filter = all, kind = all, status = all, priority = all, place = all, limit = all, source = all;
  days_filter.date_from = "2026-11-22";
  days_filter.date_until = "2026-11-23";
  kind.kind = KIND_ALERT;
  status.status = STATUS_APPROVED;
  priority.priority = PRIORITY_HIGH;
  place.place = "villeneuve d’aurelle";
  limit.limit = 2;
  source.source_name = "pad";
  g_assert_cmpuint(count(logbook, days_filter), ==, 2);
  g_assert_cmpuint(count(logbook, kind), ==, 1);
  g_assert_cmpuint(count(logbook, status), ==, 0);
  g_assert_cmpuint(count(logbook, priority), ==, 1);
  g_assert_cmpuint(count(logbook, place), ==, 3);
  g_assert_cmpuint(count(logbook, limit), ==, 2);
  g_assert_cmpuint(count(logbook, source), ==, 0);
}

static void test_order_is_by_day_then_id(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 late = add_entry(logbook, sample_entry("2026-11-23", "b"));
  gint64 early = add_entry(logbook, sample_entry("2026-11-21", "a"));
  gint64 last = add_entry(logbook, sample_entry("2026-11-23", "c"));
  const gint64 want[] = {early, late, last};
  EntryFilter filter = ENTRY_FILTER_ALL;
  g_autoptr(GPtrArray) found = entries_find(logbook->store, &filter, NULL);
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpint(((Entry *)found->pdata[i])->id, ==, want[i]);
}

static void test_search_words(Logbook *logbook, gconstpointer data) {
  (void)data;
  Entry *entry = sample_entry("2026-11-23", "La marée haute a noyé l’escalier du quai.");
  entry->title = g_strdup("Grande Marée");
  gint64 id = add_entry(logbook, entry);
  add_entry(logbook, sample_entry("2026-11-23", "Le marché déménage."));
  g_assert_cmpuint(count(logbook, searching("maree")), ==, 1);
  g_assert_cmpuint(count(logbook, searching("MARÉE escalier")), ==, 1);
  g_assert_cmpuint(count(logbook, searching("haute mar")), ==, 1); /* the last word may be a beginning */
  g_assert_cmpuint(count(logbook, searching("mar")), ==, 2);
  g_assert_cmpuint(count(logbook, searching("marée marché")), ==, 0); /* all words */
  g_assert_cmpuint(count(logbook, searching("grande")), ==, 1);       /* the title too */
  g_autoptr(Entry) changed = get_entry(logbook, id);
  g_free(changed->text);
  changed->text = g_strdup("La passerelle est ouverte.");
  g_assert_true(entries_update(logbook->store, changed, "test", NULL));
  g_assert_cmpuint(count(logbook, searching("escalier")), ==, 0);
  g_assert_cmpuint(count(logbook, searching("passerelle")), ==, 1);
  g_assert_true(store_check(logbook->store, NULL));
}

/* FTS5's own syntax must be plain words: no row, or the row that holds them, and never a syntax error. */
static void test_search_is_never_syntax(Logbook *logbook, gconstpointer data) {
  (void)data;
  /* clang-format off */
  static const char *const hostile[] = {
      "quai OR marché", "quai NOT bac", "title : quai", "\"quai", "quai\"*", "NEAR(quai bac)", "quai AND", "(quai",
      "^quai", "-quai", "{title text} : quai", "quai + bac", "'; DROP TABLE entries; --", "quai\\", "*quai"};
  /* clang-format on */
  add_entry(logbook, sample_entry("2026-11-23", "le quai"));
  for (gsize i = 0; i < G_N_ELEMENTS(hostile); i++)
    g_assert_cmpuint(count(logbook, searching(hostile[i])), <=, 1);
  g_assert_cmpuint(count(logbook, searching("quai OR marché")), ==, 0);
  g_assert_cmpuint(count(logbook, searching("(quai")), ==, 1);
  static const char *const empty[] = {"", " ", "!?", "\"\"", "\xff"};
  for (gsize i = 0; i < G_N_ELEMENTS(empty); i++) {
    g_autoptr(GError) error = NULL;
    EntryFilter filter = searching(empty[i]);
    g_assert_null(entries_find(logbook->store, &filter, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  }
}

static void test_text_of_the_largest_size(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autofree char *text = g_strnfill(ENTRY_MAX_TEXT, 'a');
  gint64 id = add_entry(logbook, sample_entry("2026-11-23", text));
  g_autoptr(Entry) entry = get_entry(logbook, id);
  g_assert_cmpuint(strlen(entry->text), ==, ENTRY_MAX_TEXT);
}

static void test_set_status_of_many(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  for (int i = 0; i < 5; i++)
    add_entry(logbook, sample_entry(i < 3 ? "2026-11-23" : "2026-11-22", "texte"));
  EntryFilter filter = ENTRY_FILTER_ALL;
  filter.date_from = filter.date_until = "2026-11-23";
  g_assert_cmpint(entries_set_status(logbook->store, &filter, STATUS_APPROVED, "test", &error), ==, 3);
  g_assert_cmpint(entries_set_status(logbook->store, &filter, STATUS_APPROVED, "test", &error), ==, 0);
  EntryFilter approved = ENTRY_FILTER_ALL;
  approved.status = STATUS_APPROVED;
  g_assert_cmpuint(count(logbook, approved), ==, 3);
}

/* A visitor may take its time, and others write meanwhile. */
static bool write_elsewhere(const Entry *entry, gpointer user) {
  g_autoptr(GError) error = NULL;
  Logbook *logbook = user;
  g_autoptr(Store) other = store_open(logbook->path, false, &error);
  g_autoptr(Entry) more = sample_entry("2026-11-24", "pendant la lecture");
  g_assert_cmpint(entries_add(other, more, "other", &error), >, 0);
  g_assert_no_error(error);
  return entry->id < 2;
}

static void test_reading_holds_no_lock(Logbook *logbook, gconstpointer data) {
  (void)data;
  for (int i = 0; i < 3; i++)
    add_entry(logbook, sample_entry("2026-11-23", "texte"));
  EntryFilter filter = ENTRY_FILTER_ALL;
  g_assert_true(entries_each(logbook->store, &filter, write_elsewhere, logbook, NULL));
  g_assert_cmpuint(count(logbook, ENTRY_FILTER_ALL), ==, 5); /* stopped at the second */
}

/* --- as-run ----------------------------------------------------------------- */

static void air(Logbook *logbook, const char *edition, const char *mount, gint64 entry_id, AsRunResult result) {
  g_autoptr(GError) error = NULL;
  AsRun row = {.edition = (char *)edition,
               .mount = (char *)mount,
               .item = 2,
               .title = (char *)"Le bac",
               .entry_id = entry_id,
               .start_us = NOW_US,
               .end_us = NOW_US + 5,
               .sent_frames = 4,
               .planned_frames = 5,
               .result = result};
  g_assert_true(asrun_add(logbook->store, &row, &error));
}

static void test_asrun_list(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  air(logbook, "2026-11-23-midi", "/b.mp3", 0, ASRUN_AIRED);
  air(logbook, "2026-11-23-midi", "/b.opus", 404, ASRUN_MISSED); /* a rundown may name a wrong id */
  air(logbook, "2026-11-23-soir", "/b.mp3", 0, ASRUN_PARTIAL);
  g_autoptr(GPtrArray) rows = asrun_list(logbook->store, "2026-11-23-midi", 0, &error);
  g_assert_cmpuint(rows->len, ==, 2);
  const AsRun *row = rows->pdata[1];
  g_assert_cmpstr(row->mount, ==, "/b.opus");
  g_assert_cmpstr(asrun_result_name(row->result), ==, "missed");
  g_assert_cmpint(row->entry_id, ==, 404);
  g_assert_cmpint(row->sent_frames, ==, 4);
  g_autoptr(GPtrArray) all = asrun_list(logbook->store, NULL, 2, &error);
  g_assert_cmpuint(all->len, ==, 2);
}

static void test_heard(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  gint64 aired = add_entry(logbook, sample_entry("2026-11-23", "a"));
  gint64 partial = add_entry(logbook, sample_entry("2026-11-23", "b"));
  gint64 missed = add_entry(logbook, sample_entry("2026-11-23", "c"));
  gint64 other_day = add_entry(logbook, sample_entry("2026-11-20", "d"));
  air(logbook, "2026-11-23-midi", "/b.mp3", aired, ASRUN_AIRED);
  air(logbook, "2026-11-23-midi", "/b.opus", aired, ASRUN_AIRED);
  air(logbook, "2026-11-23-midi", "/b.mp3", partial, ASRUN_PARTIAL);
  air(logbook, "2026-11-23-midi", "/b.mp3", missed, ASRUN_MISSED);
  air(logbook, "2026-11-20-soir", "/b.mp3", other_day, ASRUN_AIRED);
  g_autoptr(GHashTable) heard = asrun_heard(logbook->store, "2026-11-23", "2026-11-23", NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(g_hash_table_size(heard), ==, 2);
  g_assert_cmpstr(g_hash_table_lookup(heard, &aired), ==, "2026-11-23-midi");
  g_autoptr(GHashTable) except = asrun_heard(logbook->store, "2026-11-23", "2026-11-23", "2026-11-23-midi", &error);
  g_assert_cmpuint(g_hash_table_size(except), ==, 0);
  g_autoptr(Entry) moved = get_entry(logbook, other_day); /* an entry whose day is corrected stays heard */
  g_free(moved->date);
  moved->date = g_strdup("2026-11-23");
  g_assert_true(entries_update(logbook->store, moved, "test", &error));
  g_autoptr(GHashTable) after = asrun_heard(logbook->store, "2026-11-23", "2026-11-23", NULL, &error);
  g_assert_cmpuint(g_hash_table_size(after), ==, 3);
}

/* Many at once: they are found by their words afterwards, and whatever happens the index goes on. */
static void test_many(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  Store *store = logbook->store;
  add_entry(logbook, sample_entry("2026-11-23", "la navette d'hier"));
  g_assert_true(store_begin(store, &error) && entries_add_begin(store, &error));
  gint64 id = add_entry(logbook, sample_entry("2026-11-23", "la navette du marché"));
  add_entry(logbook, sample_entry("2026-11-23", "le pain"));
  g_assert_true(entries_add_end(store, &error));
  Entry *later = get_entry(logbook, id);
  g_free(later->text);
  later->text = g_strdup("le vélo du marché");
  g_assert_true(entries_update(store, later, "test", &error) && store_commit(store, &error));
  entry_free(later);
  add_entry(logbook, sample_entry("2026-11-24", "une navette encore"));
  g_assert_cmpint(count(logbook, searching("navette")), ==, 2);
  g_assert_cmpint(count(logbook, searching("marché vélo")), ==, 1);
  g_assert_true(store_check(store, &error));
}

static void test_many_broken_off(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  Store *store = logbook->store;
  g_assert_true(store_begin(store, &error) && entries_add_begin(store, &error));
  add_entry(logbook, sample_entry("2026-11-23", "la navette"));
  store_rollback(store);
  g_assert_true(store_begin(store, &error) && entries_add_begin(store, &error));
  add_entry(logbook, sample_entry("2026-11-23", "la navette"));
  g_assert_false(store_commit(store, &error)); /* the end was forgotten */
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_BUG);
  g_clear_error(&error);
  add_entry(logbook, sample_entry("2026-11-23", "la navette du soir"));
  g_assert_cmpint(count(logbook, searching("navette")), ==, 1);
  g_assert_true(store_check(store, &error));
}

/* What very many have in common, and what few have: the first of them are the same as of the whole list. */
static void first_are_the_same(Store *store, EntryFilter filter, guint n) {
  g_autoptr(GError) error = NULL;
  filter.newest_first = true;
  g_autoptr(GPtrArray) whole = entries_find(store, &filter, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(whole->len, ==, n);
  filter.limit = 20;
  g_autoptr(GPtrArray) first = entries_find(store, &filter, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(first->len, ==, MIN(n, 20));
  for (guint i = 0; i < first->len; i++)
    g_assert_cmpint(((const Entry *)first->pdata[i])->id, ==, ((const Entry *)whole->pdata[i])->id);
}

static void test_common(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  const guint n = 2200;
  g_assert_true(store_begin(logbook->store, &error));
  for (guint i = 0; i < n; i++) {
    g_autofree char *date = g_strdup_printf("2020-%02u-%02u", 1 + i * 7 % 12, 1 + i % 28);
    g_autofree char *text = g_strdup_printf("Le marché numéro %u%s", i, i % 100 == 0 ? ", avec un parapluie" : "");
    g_autoptr(Entry) entry = sample_entry(date, text);
    entry->status = i % 500 == 0 ? STATUS_REJECTED : STATUS_APPROVED;
    g_assert_true(entries_add(logbook->store, entry, "test", &error));
  }
  g_assert_true(store_commit(logbook->store, &error));
  EntryFilter filter = ENTRY_FILTER_ALL;
  filter.search = "marché";
  first_are_the_same(logbook->store, filter, n);
  filter.status = STATUS_REJECTED;
  first_are_the_same(logbook->store, filter, 5);
  filter.search = "parapluie";
  first_are_the_same(logbook->store, filter, 5);
  filter.status = STATUS_APPROVED;
  first_are_the_same(logbook->store, filter, 17);
  filter.search = NULL;
  first_are_the_same(logbook->store, filter, n - 5);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  logbook_test("/logbook/entries/round-trip", test_round_trip);
  logbook_test("/logbook/entries/source-key", test_one_entry_for_one_source_key);
  logbook_test("/logbook/entries/parents", test_parents_are_real_and_not_circular);
  logbook_test("/logbook/entries/failed-add", test_a_failed_add_leaves_nothing);
  logbook_test("/logbook/entries/failed-half-way", test_a_change_that_fails_half_way_spoils_the_whole);
  logbook_test("/logbook/entries/rollback", test_rollback);
  logbook_test("/logbook/entries/filters", test_filters);
  logbook_test("/logbook/entries/order", test_order_is_by_day_then_id);
  logbook_test("/logbook/entries/search", test_search_words);
  logbook_test("/logbook/entries/search-hostile", test_search_is_never_syntax);
  logbook_test("/logbook/entries/largest-text", test_text_of_the_largest_size);
  logbook_test("/logbook/entries/set-status", test_set_status_of_many);
  logbook_test("/logbook/entries/no-lock", test_reading_holds_no_lock);
  logbook_test("/logbook/entries/many", test_many);
  logbook_test("/logbook/entries/many-broken-off", test_many_broken_off);
  logbook_test("/logbook/asrun/list", test_asrun_list);
  logbook_test("/logbook/asrun/heard", test_heard);
  g_test_add("/logbook/entries/common", Logbook, NULL, logbook_setup, test_common, logbook_teardown);
  return g_test_run();
}
