/* The order of candidates against a plain sort, and the work it takes: only
 * indexes are walked. CARNET_TEST_ENTRIES=1000000 measures a big logbook, CARNET_TEST_STORE one that is there. */
#include "base/clock.h"
#include "logbook/sql.h"
#include "logbook_fixture.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define NOW_US G_GINT64_CONSTANT(1000000)
#define LIMIT 40
#define ASKED 1000 /* as commands/edition.c asks for */

/* Entries made in SQL: many, fast. `shape` gives priority, endorsements and expires_us from the number n. */
static void fill(Logbook *logbook, guint n, const char *shape) {
  g_autoptr(GError) error = NULL;
  g_autofree char *sql = g_strdup_printf(
      "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < %u)"
      " INSERT INTO entries(date, kind, text, language, attribution, created_us, changed_us, status, priority,"
      " endorsements, expires_us) SELECT %s FROM number",
      n, shape);
  g_assert_true(store_begin(logbook->store, &error));
  g_assert_true(sql_exec(logbook->store, sql, &error));
  g_assert_true(store_commit(logbook->store, &error));
}

#define COMMON "'idea', 'marée ' || n, 'fr', 'place', (n * 7919) % 100003, 0"
static const char mixed[] = "date('2026-11-20', '+' || (n % 3) || ' days')," COMMON
                            ", CASE n % 5 WHEN 0 THEN 'pending' WHEN 1 THEN 'withdrawn' ELSE 'approved' END"
                            ", (n % 11 = 0) + (n % 97 = 0), (n * 31) % 17"
                            ", CASE n % 4 WHEN 0 THEN 1 WHEN 1 THEN 2000000 ELSE 0 END";
static const char one_day[] = "'2026-11-20'," COMMON ", 'approved', (n % 1000 = 0), n % 50, 0";
static const char expired[] = "'2026-11-20'," COMMON ", 'approved', 2, n % 50, 1 + (n % 10 = 5) * n % 7";
static const char living[] = "'2026-11-20'," COMMON ", 'approved', 0, n % 50, 2000000 + n";

static GPtrArray *candidates(Logbook *logbook, const char *from, const char *until, bool with_others) {
  g_autoptr(GError) error = NULL;
  GPtrArray *found = entries_candidates(logbook->store, from, until, NOW_US, LIMIT, with_others, &error);
  g_assert_no_error(error);
  return found;
}

/* The same by a plain query over everything. */
static void assert_order(Logbook *logbook, GPtrArray *found, guint first, const char *where) {
  g_autofree char *sql =
      g_strdup_printf("SELECT id FROM entries WHERE date BETWEEN '2026-11-20' AND '2026-11-21' AND %s"
                      " ORDER BY priority DESC, endorsements DESC, date DESC, created_us DESC, id LIMIT %d",
                      where, LIMIT);
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(logbook->store, sql, NULL);
  guint i = first;
  for (; sqlite3_step(stmt) == SQLITE_ROW; i++)
    g_assert_cmpint(((Entry *)found->pdata[i])->id, ==, sqlite3_column_int64(stmt, 0));
  g_assert_cmpuint(i, ==, first + LIMIT);
}

static void test_order(Logbook *logbook, gconstpointer data) {
  (void)data;
  fill(logbook, 5000, mixed);
  g_autoptr(GPtrArray) found = candidates(logbook, "2026-11-20", "2026-11-21", true);
  g_assert_cmpuint(found->len, ==, 2 * LIMIT);
  assert_order(logbook, found, 0, "status = 'approved' AND (expires_us = 0 OR expires_us > 1000000)");
  assert_order(logbook, found, LIMIT, "NOT (status = 'approved' AND (expires_us = 0 OR expires_us > 1000000))");
}

static void test_many_living_are_walked_in_the_same_order(Logbook *logbook, gconstpointer data) {
  (void)data;
  fill(logbook, 9000, living); /* more than are sorted */
  g_autoptr(GPtrArray) found = candidates(logbook, "2026-11-20", "2026-11-20", false);
  assert_order(logbook, found, 0, "status = 'approved'");
}

static void test_empty_day_and_bad_day(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) none = candidates(logbook, "2026-11-20", "2026-11-21", true);
  g_assert_cmpuint(none->len, ==, 0);
  g_autoptr(GPtrArray) last =
      entries_candidates(logbook->store, "9999-12-30", "9999-12-31", NOW_US, LIMIT, true, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(last->len, ==, 0); /* after the last day there is no other */
  g_assert_null(entries_candidates(logbook->store, "hier", "2026-11-21", NOW_US, LIMIT, false, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
}

/* What SQLite says it will do for each statement that runs, seen through its trace. */
static int keep_statement(unsigned event, void *user, void *stmt, void *text) {
  (void)event;
  (void)text;
  g_ptr_array_add(user, g_strdup(sqlite3_sql(stmt)));
  return 0;
}

static void test_plans_walk_indexes_only(Logbook *logbook, gconstpointer data) {
  (void)data;
  fill(logbook, 9000, living);
  fill(logbook, 100, mixed);
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func(g_free);
  sqlite3_trace_v2(logbook->store->db, SQLITE_TRACE_STMT, keep_statement, statements);
  g_autoptr(GPtrArray) found = candidates(logbook, "2026-11-20", "2026-11-21", true);
  sqlite3_trace_v2(logbook->store->db, 0, NULL, NULL);
  g_assert_cmpuint(found->len, >, LIMIT); /* the others too */
  guint walks = 0;
  for (guint i = 0; i < statements->len; i++) {
    g_autofree char *sql = g_strconcat("EXPLAIN QUERY PLAN ", statements->pdata[i], NULL);
    g_autoptr(sqlite3_stmt) plan = sql_prepare(logbook->store, sql, NULL);
    while (sqlite3_step(plan) == SQLITE_ROW) {
      const char *detail = (const char *)sqlite3_column_text(plan, 3);
      bool by_id = strstr(detail, "INTEGER PRIMARY KEY") != NULL;
      bool sorts_few = strstr(detail, "TEMP B-TREE") != NULL && strstr(sql, "INDEXED BY entries_by_expiry") != NULL;
      bool subquery = g_str_has_prefix(detail, "SCAN (subquery") || g_str_has_prefix(detail, "CO-ROUTINE");
      g_assert_true(by_id || sorts_few || subquery || strstr(detail, "USING COVERING INDEX") != NULL);
      walks += strstr(detail, "USING COVERING INDEX entries_by_rank (status=? AND date=?") != NULL;
    }
  }
  g_assert_cmpuint(walks, >=, 2);
}

/* A logbook of CARNET_TEST_ENTRIES in the three shapes that cost most. */
static void test_speed(Logbook *logbook, gconstpointer data) {
  const char *wanted = g_getenv("CARNET_TEST_ENTRIES");
  guint n = wanted != NULL ? (guint)atoi(wanted) : g_test_slow() ? 50000 : 5000;
  fill(logbook, n, data);
  g_ptr_array_unref(candidates(logbook, "2026-11-20", "2026-11-22", false)); /* the file is in memory then */
  gint64 from_us = g_get_monotonic_time();
  g_autoptr(GPtrArray) found = candidates(logbook, "2026-11-20", "2026-11-22", false);
  gint64 spent_us = g_get_monotonic_time() - from_us;
  g_test_message("%u entries: %u candidates in %" G_GINT64_FORMAT " us", n, found->len, spent_us);
}

/* Of the logbook CARNET_TEST_STORE, as make bench keeps it; opened anew each time, as the program does. */
static void test_speed_of_store(void) {
  const char *path = g_getenv("CARNET_TEST_STORE"), *runs = g_getenv("CARNET_TEST_RUNS");
  for (int i = 0; i < (runs != NULL ? atoi(runs) : 1); i++) {
    g_autoptr(GError) error = NULL;
    gint64 from_us = g_get_monotonic_time();
    g_autoptr(Store) store = store_open(path, false, &error);
    g_assert_no_error(error);
    GPtrArray *first = entries_candidates(store, "2026-11-20", "2026-11-22", NOW_US, ASKED, false, &error);
    gint64 opened_us = g_get_monotonic_time();
    GPtrArray *found = entries_candidates(store, "2026-11-20", "2026-11-22", NOW_US, ASKED, false, &error);
    gint64 done_us = g_get_monotonic_time();
    g_assert_no_error(error);
    g_ptr_array_unref(first);
    g_test_message("opened and chosen from in %" G_GINT64_FORMAT " us", opened_us - from_us);
    g_test_message("%u candidates in %" G_GINT64_FORMAT " us", found->len, done_us - opened_us);
    g_ptr_array_unref(found);
  }
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  g_test_message("a peak of %ld KiB", usage.ru_maxrss);
}

static void speed_test(const char *name, const char *shape) {
  g_test_add(name, Logbook, shape, logbook_setup, test_speed, logbook_teardown);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  logbook_test("/logbook/candidates/order", test_order);
  logbook_test("/logbook/candidates/many-living", test_many_living_are_walked_in_the_same_order);
  logbook_test("/logbook/candidates/empty", test_empty_day_and_bad_day);
  logbook_test("/logbook/candidates/plans", test_plans_walk_indexes_only);
  speed_test("/logbook/candidates/speed-mixed", mixed);
  speed_test("/logbook/candidates/speed-one-day", one_day);
  speed_test("/logbook/candidates/speed-expired", expired);
  speed_test("/logbook/candidates/speed-living", living);
  if (g_getenv("CARNET_TEST_STORE") != NULL) /* tests/bench/store.sh makes one */
    g_test_add_func("/logbook/candidates/speed-of-store", test_speed_of_store);
  return g_test_run();
}
