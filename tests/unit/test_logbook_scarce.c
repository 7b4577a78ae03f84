/* A disk that fills up, no more files, names that are too long, files that somebody damaged: each verb of the whole
 * logbook fails with an error and leaves it as it was, or does its work. */
#include "logbook/revisions.h"
#include "logbook/schema.h"
#include "logbook/sql.h"
#include "logbook_fixture.h"
#include "scarce.h"

#include <string.h>

typedef bool (*Verb)(Logbook *logbook, const char *backup, GError **error);

static void exec_on_file(const char *path, const char *sql) {
  sqlite3 *db = NULL;
  g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
  g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close(db);
}

static bool migrate(Logbook *logbook, const char *backup, GError **error) {
  (void)backup;
  g_autoptr(Store) store = store_open(logbook->path, false, error);
  return store != NULL;
}

static bool backup(Logbook *logbook, const char *backup, GError **error) {
  g_autoptr(Store) store = store_connect(logbook->path, SQLITE_OPEN_READWRITE, error);
  g_autofree char *another = g_strconcat(backup, "-2", NULL);
  return store != NULL && store_backup(store, another, error);
}

static bool restore(Logbook *logbook, const char *backup, GError **error) {
  return store_restore(logbook->path, backup, error);
}

static bool check(Logbook *logbook, const char *backup, GError **error) {
  (void)backup;
  g_autoptr(Store) store = store_connect(logbook->path, SQLITE_OPEN_READWRITE, error);
  return store != NULL && store_check(store, error);
}

static bool create(Logbook *logbook, const char *backup, GError **error) {
  (void)backup;
  g_autofree char *path = g_build_filename(logbook->folder, "neuf.sqlite", NULL);
  g_autoptr(Store) store = store_open(path, true, error);
  return store != NULL;
}

static const Verb verbs[] = {migrate, backup, restore, check, create};

/* A logbook of version 0, which asks to be migrated, and a backup of it. */
static char *prepare(Logbook *logbook) {
  char *copy = g_build_filename(logbook->folder, "copie.sqlite", NULL);
  g_autoptr(GError) error = NULL;
  add_entry(logbook, sample_entry("2026-11-23", "toujours là"));
  g_assert_true(store_backup(logbook->store, copy, &error));
  g_assert_no_error(error);
  g_clear_pointer(&logbook->store, store_free);
  return copy;
}

static void assert_whole(Logbook *logbook) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Store) store = store_open(logbook->path, false, &error);
  g_assert_no_error(error);
  g_assert_true(store_check(store, &error));
  g_autoptr(Entry) entry = entries_get(store, 1, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(entry->text, ==, "toujours là");
}

/* Whether the verb went through with so little. */
static bool try_with(Logbook *logbook, Verb verb, const char *copy, bool files, gsize n) {
  g_autoptr(GError) error = NULL;
  if (verb == migrate)
    exec_on_file(logbook->path, "PRAGMA user_version = 0");
  Scarcity scarcity = files ? scarce_files((unsigned)n) : scarce_bytes(n);
  bool ok = verb(logbook, copy, &error);
  plenty(&scarcity);
  g_assert_true(ok == (error == NULL));
  assert_whole(logbook);
  return ok;
}

static void test_files(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autofree char *copy = prepare(logbook);
  for (guint v = 0; v < G_N_ELEMENTS(verbs); v++) {
    gsize n = 0;
    while (!try_with(logbook, verbs[v], copy, true, n))
      g_assert_cmpuint(n++, <, 40);
    g_assert_cmpuint(n, >, 0);
  }
}

static void test_bytes(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autofree char *copy = prepare(logbook);
  for (guint v = 0; v < G_N_ELEMENTS(verbs); v++) {
    gsize n = 0;
    while (!try_with(logbook, verbs[v], copy, false, n))
      g_assert_cmpuint(n += 20480, <, 1u << 20);
    g_test_message("verb %u: %zu bytes", v, n);
  }
}

/* What a tool other than ours wrote into the rows. */
static void test_damaged_rows(Logbook *logbook, gconstpointer data) {
  (void)data;
  static const char *const wrong[] = {"kind = 'zzz'", "attribution = 'zzz'", "status = 'zzz'", "priority = 9",
                                      "priority = -1"};
  g_autofree char *copy = prepare(logbook);
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_true(store_restore(logbook->path, copy, &error));
    g_autofree char *sql = g_strdup_printf("PRAGMA ignore_check_constraints = ON; UPDATE entries SET %s", wrong[i]);
    exec_on_file(logbook->path, sql);
    g_autoptr(Store) store = store_open(logbook->path, false, &error);
    g_assert_no_error(error);
    g_assert_null(entries_get(store, 1, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, "entry 1 is damaged"));
  }
}

static void assert_not_whole(Logbook *logbook, const char *said) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Store) store = store_open(logbook->path, false, &error);
  g_assert_no_error(error);
  g_assert_false(store_check(store, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_nonnull(strstr(error->message, said));
}

static void test_damaged_file(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autofree char *copy = prepare(logbook);
  exec_on_file(logbook->path, "PRAGMA foreign_keys = OFF; UPDATE entries SET parent = 999");
  assert_not_whole(logbook, "a reference leads nowhere");
  g_autoptr(GError) error = NULL;
  g_assert_true(store_restore(logbook->path, copy, &error));
  exec_on_file(logbook->path,
               "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE type = 'index' AND sql != ''");
  assert_not_whole(logbook, "never used");
}

static void test_not_logbooks(Logbook *logbook, gconstpointer data) {
  (void)data;
  static const char *const made[] = {"PRAGMA user_version = 3", "CREATE TABLE letters(a)", "PRAGMA application_id = 7"};
  for (guint i = 0; i < G_N_ELEMENTS(made); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_strdup_printf("%s/autre-%u.sqlite", logbook->folder, i);
    exec_on_file(path, made[i]);
    g_assert_false(store_is_logbook(path));
    g_assert_null(store_open(path, true, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, "not a logbook"));
    g_clear_error(&error);
    g_assert_false(store_restore(logbook->path, path, &error));
    g_assert_nonnull(strstr(error->message, "not a backup"));
  }
  g_assert_false(store_is_logbook("/nowhere/at/all"));
}

/* Backups that are not there, that are the logbook itself, that take an empty file's place. */
static void test_backups(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autofree char *copy = prepare(logbook), *empty = g_build_filename(logbook->folder, "vide", NULL),
                  *missing = g_build_filename(logbook->folder, "rien", NULL);
  g_assert_false(store_restore(logbook->path, missing, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_clear_error(&error);
  g_assert_false(store_restore(logbook->path, logbook->path, &error));
  g_assert_nonnull(strstr(error->message, "not a backup"));
  g_clear_error(&error);
  g_assert_true(g_file_set_contents(empty, "", 0, NULL));
  g_autoptr(Store) store = store_open(logbook->path, false, &error);
  g_assert_true(store_backup(store, empty, &error) && store_is_logbook(empty));
  g_clear_pointer(&store, store_free);
  g_assert_cmpint(g_unlink(logbook->path), ==, 0);
  g_assert_true(store_restore(logbook->path, empty, &error)); /* nothing to keep */
  assert_whole(logbook);
}

/* A restore that was stopped when the present logbook had its second name and nothing was replaced: done again. */
static void test_restore_again(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autofree char *copy = prepare(logbook), *kept = g_strconcat(logbook->path, ".before-restore", NULL),
                  *second = g_strconcat(kept, "-2", NULL);
  g_assert_cmpint(link(logbook->path, kept), ==, 0);
  g_assert_true(store_restore(logbook->path, copy, &error));
  g_assert_no_error(error);
  g_assert_true(store_is_logbook(kept));
  g_assert_false(g_file_test(second, G_FILE_TEST_EXISTS));
  assert_whole(logbook);
}

/* A name that leaves no room for the kept one's, and a folder where the kept journal is to be: nothing is replaced. */
static void test_cannot_keep(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autofree char *copy = prepare(logbook), *name = g_strnfill(245, 'l'),
                  *path = g_build_filename(logbook->folder, name, NULL);
  g_assert_cmpint(g_rename(logbook->path, path), ==, 0);
  g_assert_false(store_restore(path, copy, &error));
  g_assert_nonnull(error);
  g_clear_error(&error);
  g_assert_cmpint(g_rename(path, logbook->path), ==, 0);
  assert_whole(logbook);
  g_autofree char *journal = g_strconcat(logbook->path, "-journal", NULL),
                  *kept = g_strconcat(logbook->path, ".before-restore", NULL),
                  *in_its_way = g_strconcat(kept, "-journal", NULL);
  g_assert_true(g_file_set_contents(journal, "of a crash", -1, NULL));
  g_assert_cmpint(g_mkdir(in_its_way, 0755), ==, 0);
  exec_on_file(logbook->path, "PRAGMA user_version");
  g_assert_true(g_file_set_contents(journal, "of a crash", -1, NULL));
  bool ok = store_restore(logbook->path, copy, &error);
  g_assert_true(ok == (error == NULL));
  g_assert_true(ok || !g_file_test(kept, G_FILE_TEST_EXISTS));
  assert_whole(logbook);
}

int main(int argc, char **argv) {
  if (g_file_test("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv("TMPDIR", "/dev/shm", TRUE); /* nothing here is killed: no need to wait for a disk */
  g_test_init(&argc, &argv, NULL);
  logbook_test("/logbook/scarce/files", test_files);
  logbook_test("/logbook/scarce/bytes", test_bytes);
  logbook_test("/logbook/scarce/damaged-rows", test_damaged_rows);
  logbook_test("/logbook/scarce/damaged-file", test_damaged_file);
  logbook_test("/logbook/scarce/not-logbooks", test_not_logbooks);
  logbook_test("/logbook/scarce/backups", test_backups);
  logbook_test("/logbook/scarce/restore-again", test_restore_again);
  logbook_test("/logbook/scarce/cannot-keep", test_cannot_keep);
  return g_test_run();
}
