/* A disk that fails at the moment when a copy takes its place: the logbook that was there is there, whole, and nothing
 * is left beside it. */
#include "kernel_without.h"
#include "logbook/schema.h"
#include "logbook/sql.h"
#include "logbook_fixture.h"

#include <errno.h>
#include <string.h>

static Logbook *here; /* of the test that runs */
static char *copy;

#define WITHOUT(...)                                                                                                   \
  (const Refusal[]) {                                                                                                  \
    __VA_ARGS__, {                                                                                                     \
      NULL, 0, ALWAYS, 0, 0                                                                                            \
    }                                                                                                                  \
  }

static void exec_on_file(const char *path, const char *sql) {
  sqlite3 *db = NULL;
  g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
  g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close(db);
}

/* A logbook of one entry, and a backup of it when it had none. */
static void prepare(Logbook *logbook) {
  g_autoptr(GError) error = NULL;
  here = logbook;
  copy = g_build_filename(logbook->folder, "copie.sqlite", NULL);
  g_assert_true(store_backup(logbook->store, copy, &error));
  g_assert_no_error(error);
  add_entry(logbook, sample_entry("2026-11-23", "toujours là"));
  g_clear_pointer(&logbook->store, store_free);
}

static void assert_as_before(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Store) store = store_open(here->path, false, &error);
  g_assert_no_error(error);
  g_assert_true(store_check(store, &error));
  g_autoptr(Entry) entry = entries_get(store, 1, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(entry->text, ==, "toujours là");
  guint n = 0;
  g_autoptr(GDir) dir = g_dir_open(here->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name(dir)) != NULL; n++)
    g_assert_true(g_str_equal(name, "logbook.sqlite") || g_str_equal(name, "copie.sqlite"));
  g_assert_cmpuint(n, ==, 2);
  g_free(copy);
}

static void assert_failed(const GError *error, const char *words) {
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
  g_assert_nonnull(strstr(error->message, words));
}

static void not_restored(void) {
  g_autoptr(GError) error = NULL;
  g_assert_false(store_restore(here->path, copy, &error));
  assert_failed(error, "Input/output error");
}

static void test_restore(Logbook *logbook, gconstpointer data) {
  (void)data;
  static const struct {
    Refusal refusals[4];
  } rows[] = {
      {{{"fsync", EIO, ALWAYS, 0, 0},
        {NULL, 0, ALWAYS, 0, 0}}}, /* the copy, after the present one has its second name */
      {{{"link", EIO, ALWAYS, 0, 0}, {"linkat", EIO, ALWAYS, 0, 0}, {NULL, 0, ALWAYS, 0, 0}}},
      {{{"rename", EIO, ALWAYS, 0, 0},
        {"renameat", EIO, ALWAYS, 0, 0},
        {"renameat2", EIO, ALWAYS, 0, 0},
        {NULL, 0, ALWAYS, 0, 0}}},
  };
  prepare(logbook);
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    run_without(rows[i].refusals, not_restored);
  assert_as_before();
}

static void not_backed_up(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Store) store = store_open(here->path, false, &error);
  g_assert_no_error(error);
  g_autofree char *other = g_strconcat(copy, "-2", NULL);
  g_assert_false(store_backup(store, other, &error));
  assert_failed(error, "Input/output error");
}

static void test_backup(Logbook *logbook, gconstpointer data) {
  (void)data;
  prepare(logbook);
  run_without(WITHOUT({"fsync", EIO, ALWAYS, 0, 0}), not_backed_up);
  assert_as_before();
}

/* Without a copy of what was, nothing is migrated. */
static void not_migrated(void) {
  g_autoptr(GError) error = NULL;
  g_assert_null(store_open(here->path, false, &error));
  assert_failed(error, "Input/output error");
}

static void test_migration(Logbook *logbook, gconstpointer data) {
  (void)data;
  prepare(logbook);
  exec_on_file(logbook->path, "PRAGMA user_version = 0");
  run_without(WITHOUT({"fsync", EIO, ALWAYS, 0, 0}), not_migrated);
  g_autofree char *marks = g_strdup_printf("PRAGMA user_version = %d", schema_version());
  exec_on_file(logbook->path, marks);
  assert_as_before();
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  if (can_refuse_calls()) {
    logbook_test("/logbook/kernel/restore", test_restore);
    logbook_test("/logbook/kernel/backup", test_backup);
    logbook_test("/logbook/kernel/migration", test_migration);
  } else {
    g_test_message("this machine has no seccomp filters: what they refuse is not tested");
  }
  return g_test_run();
}
