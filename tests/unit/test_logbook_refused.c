/* SQLite refuses each statement in turn, and stops each one half-way in turn: the verb fails with an error, the logbook
 * stays whole and as it was (or as it was to be), and the same verb works when nothing is refused. */
#include "logbook_fixture.h"
#include "logbook/asrun.h"
#include "logbook/revisions.h"
#include "logbook/sql.h"

typedef bool (*Verb)(Store *store, GError **error);

static bool add(Store *store, GError **error) {
  g_autoptr(Entry) entry = sample_entry("2020-03-17", "Le bac de Kervalan repart.");
  entry->parent = 1;
  entry->source_name = g_strdup("pad");
  entry->source_key = g_strdup("neuf");
  return entries_add(store, entry, "test", error) != 0;
}

static bool update(Store *store, GError **error) {
  g_autoptr(Entry) entry = entries_get(store, 2, error);
  if (entry == NULL)
    return false;
  entry->endorsements++;
  return entries_update(store, entry, "test", error);
}

static bool add_many(Store *store, GError **error) {
  return store_begin(store, error) && entries_add_begin(store, error) && add(store, error) &&
         entries_add_end(store, error) && store_commit(store, error);
}

static bool by_source(Store *store, GError **error) {
  g_autoptr(Entry) entry = entries_get_by_source(store, "pad", "vieux", error);
  return entry != NULL;
}

static bool approve(Store *store, GError **error) {
  EntryFilter filter = ENTRY_FILTER_ALL;
  filter.date_from = filter.date_until = "2020-03-17";
  return entries_set_status(store, &filter, STATUS_APPROVED, "test", error) >= 0;
}

static bool search(Store *store, GError **error) {
  EntryFilter filter = ENTRY_FILTER_ALL;
  filter.search = "quai";
  g_autoptr(GPtrArray) found = entries_find(store, &filter, error);
  return found != NULL;
}

static bool candidates(Store *store, GError **error) {
  g_autoptr(GPtrArray) found = entries_candidates(store, "2020-03-16", "2020-03-17", 1, 10, true, error);
  return found != NULL;
}

static bool history(Store *store, GError **error) {
  g_autoptr(GPtrArray) found = revisions_of(store, 2, error);
  return found != NULL;
}

static bool undo(Store *store, GError **error) {
  return revisions_undo(store, 2, "test", error);
}

static bool aired(Store *store, GError **error) {
  const AsRun row = {.edition = (char *)"2020-03-17-midi", .mount = (char *)"/a.mp3", .entry_id = 1};
  return asrun_add(store, &row, error);
}

static bool heard(Store *store, GError **error) {
  g_autoptr(GPtrArray) rows = asrun_list(store, NULL, 10, error);
  return rows != NULL;
}

/* The n-th thing is refused: a statement before it begins, or one that runs. */
typedef struct {
  int left;
} Refusal;

static int refuse_statement(void *data, int action, const char *a, const char *b, const char *c, const char *d) {
  (void)a, (void)b, (void)c, (void)d;
  Refusal *refusal = data;
  bool begins = action == SQLITE_SELECT || action == SQLITE_INSERT || action == SQLITE_UPDATE ||
                action == SQLITE_DELETE || action == SQLITE_TRANSACTION || action == SQLITE_PRAGMA;
  return begins && refusal->left-- == 0 ? SQLITE_DENY : SQLITE_OK;
}

static int stop_running(void *data) {
  Refusal *refusal = data;
  return refusal->left-- == 0;
}

static void prepare(Logbook *logbook) {
  static const char *const texts[] = {"Qui prête une remorque ?", "Le quai est fermé.", "La salle est chauffée."};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    Entry *entry = sample_entry("2020-03-17", texts[i]);
    entry->source_name = g_strdup("pad");
    entry->source_key = g_strdup(i == 0 ? "vieux" : texts[i]);
    entry->expires_us = i == 2 ? 5 : 0;
    add_entry(logbook, entry);
  }
  g_autoptr(GError) error = NULL;
  g_assert_true(update(logbook->store, &error) && aired(logbook->store, &error));
  g_assert_no_error(error);
}

/* What is met half-way, what before it begins, and that within a transaction of the caller's. */
typedef enum { RUNNING, ALONE, NESTED } How;

/* Whether the verb went through without meeting its n-th refusal. */
static bool try_once(Logbook *logbook, Verb verb, int n, How how) {
  g_autoptr(GError) error = NULL;
  store_free(logbook->store); /* what it keeps prepared must be prepared again */
  logbook->store = store_open(logbook->path, false, &error);
  g_assert_no_error(error);
  Refusal refusal = {n};
  if (how == RUNNING)
    sqlite3_progress_handler(logbook->store->db, 8, stop_running, &refusal);
  else
    sqlite3_set_authorizer(logbook->store->db, refuse_statement, &refusal);
  g_assert_true(how != NESTED || store_begin(logbook->store, &error) || refusal.left < 0);
  bool ok = error == NULL && verb(logbook->store, &error);
  g_assert_true(ok == (error == NULL));
  sqlite3_progress_handler(logbook->store->db, 0, NULL, NULL);
  sqlite3_set_authorizer(logbook->store->db, NULL, NULL);
  g_assert_true(how != ALONE || ok || sqlite3_get_autocommit(logbook->store->db)); /* what it began it has ended */
  store_rollback(logbook->store);
  g_autoptr(GError) damage = NULL;
  g_assert_true(store_check(logbook->store, &damage));
  g_assert_no_error(damage);
  return refusal.left >= 0;
}

static void test_verbs(Logbook *logbook, gconstpointer data) {
  (void)data;
  static const Verb verbs[] = {add,     update, by_source, approve, search,     candidates,
                               history, undo,   aired,     heard,   store_check};
  prepare(logbook);
  for (guint i = 0; i < 2 * G_N_ELEMENTS(verbs); i++) {
    guint v = i % G_N_ELEMENTS(verbs);
    int n = 0;
    while (!try_once(logbook, verbs[v], n, i == v ? NESTED : ALONE))
      g_assert_cmpint(n++, <, 200);
    g_test_message("verb %u: %d statements", v, n);
    g_assert_cmpint(n, >, 0);
  }
}

static void test_running(Logbook *logbook, gconstpointer data) {
  (void)data;
  static const Verb verbs[] = {by_source, search, candidates, history, heard, store_check, undo, add_many, approve};
  prepare(logbook);
  for (guint v = 0; v < G_N_ELEMENTS(verbs); v++) {
    int n = 0;
    while (!try_once(logbook, verbs[v], n, RUNNING))
      g_assert_cmpint(n++, <, 1000);
    g_test_message("verb %u: %d stops", v, n);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  logbook_test("/logbook/refused/statements", test_verbs);
  logbook_test("/logbook/refused/running", test_running);
  return g_test_run();
}
