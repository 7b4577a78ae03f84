/* The file itself: versions, damage, crashes, two processes, backups. */
#include "logbook/schema.h"
#include "logbook/sql.h"
#include "logbook_fixture.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void exec_on_file(const char *path, const char *sql) {
  sqlite3 *db = NULL;
  g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
  g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close(db);
}

static void close_store(Logbook *logbook) {
  g_clear_pointer(&logbook->store, store_free);
}

static void open_store(Logbook *logbook) {
  g_autoptr(GError) error = NULL;
  logbook->store = store_open(logbook->path, false, &error);
  g_assert_no_error(error);
}

static void assert_refused(const char *path, const char *said) {
  g_autoptr(GError) error = NULL;
  g_assert_null(store_open(path, false, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_nonnull(strstr(error->message, said));
  g_assert_true(g_str_has_prefix(error->message, path));
}

static gint64 number(Logbook *logbook, const char *sql) {
  g_autoptr(GError) error = NULL;
  gint64 value = -1;
  sql_number(logbook->store, sql, &value, &error);
  g_assert_no_error(error);
  return value;
}

static void test_settings(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(sqlite3_stmt) mode = sql_prepare(logbook->store, "PRAGMA journal_mode", NULL);
  g_assert_cmpint(sqlite3_step(mode), ==, SQLITE_ROW);
  g_assert_cmpstr((const char *)sqlite3_column_text(mode, 0), ==, "delete");
  g_assert_cmpint(number(logbook, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint(number(logbook, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint(number(logbook, "PRAGMA user_version"), ==, schema_version());
  g_assert_cmpint(number(logbook, "SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
                                  " AND NOT strict AND name NOT LIKE 'sqlite_%'"),
                  ==, 0);
}

/* Somebody puts a backup in its place: what is open goes on with that, and what it held stays usable. */
static void test_replaced(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autofree char *copy = g_build_filename(logbook->folder, "copy.sqlite", NULL);
  g_autoptr(Store) other = store_open(logbook->path, false, &error);
  add_entry(logbook, sample_entry("2020-03-17", "kept"));
  g_assert_true(store_backup(logbook->store, copy, &error));
  add_entry(logbook, sample_entry("2020-03-17", "gone"));
  g_autoptr(sqlite3_stmt) held = sql_prepare(other, "SELECT count(*) FROM entries", &error);
  g_assert_true(store_restore(logbook->path, copy, &error));
  g_assert_cmpint(sqlite3_step(held), ==, SQLITE_ROW); /* of the file that was there */
  g_assert_cmpint(sqlite3_column_int(held, 0), ==, 2);
  sqlite3_reset(held);
  g_assert_cmpint(add_entry(logbook, sample_entry("2020-03-17", "new")), ==, 2);
  g_autoptr(Entry) entry = entries_get(other, 2, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(entry->text, ==, "new");
  g_clear_pointer(&held, sqlite3_finalize);
  close_store(logbook);
  open_store(logbook);
  g_assert_cmpint(number(logbook, "SELECT count(*) FROM entries"), ==, 2);
  g_assert_true(store_check(logbook->store, &error));
}

/* It holds names: nobody else on the machine reads it. */
static void test_file_is_private(Logbook *logbook, gconstpointer data) {
  (void)data;
  GStatBuf status;
  g_assert_cmpint(g_stat(logbook->path, &status), ==, 0);
  g_assert_cmpint(status.st_mode & 0777, ==, 0600);
}

static void test_missing_is_refused(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autofree char *path = g_build_filename(logbook->folder, "none.sqlite", NULL);
  assert_refused(path, "no logbook");
  g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

/* A path that a person can mend is no fault of the system's: INPUT, as of every other file. */
static void test_of_the_wrong_sort(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autofree char *inside = g_build_filename(logbook->path, "logbook.sqlite", NULL);
  g_assert_null(store_open(logbook->folder, false, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_true(g_str_has_suffix(error->message, ": Is a directory"));
  g_clear_error(&error);
  g_assert_null(store_open(inside, true, &error)); /* below a file */
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
}

static void test_newer_is_refused(Logbook *logbook, gconstpointer data) {
  (void)data;
  close_store(logbook);
  exec_on_file(logbook->path, "PRAGMA user_version = 99");
  assert_refused(logbook->path, "newer carnet (version 99");
}

static void test_foreign_file_is_refused(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autofree char *path = g_build_filename(logbook->folder, "recipes.sqlite", NULL);
  exec_on_file(path, "CREATE TABLE soups(name)");
  assert_refused(path, "not a logbook");
}

/* A file as the first version of the program made it. */
static char *make_old_file(Logbook *logbook) {
  char *path = g_build_filename(logbook->folder, "old.sqlite", NULL);
  g_autofree char *sql = g_strdup_printf(
      "%s INSERT INTO entries(date, kind, text, language, attribution, status, priority, expires_us, endorsements,"
      " created_us, changed_us) VALUES ('2026-11-22', 'idea', 'gardée', 'fr', 'place', 'approved', 0, 0, 2, 5, 5);"
      " PRAGMA application_id = %d; PRAGMA user_version = 1;",
      schema_steps[0], SCHEMA_APPLICATION_ID);
  exec_on_file(path, sql);
  return path;
}

static void test_older_is_backed_up_and_migrated(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = make_old_file(logbook);
  g_autoptr(Store) store = store_open(path, false, &error);
  g_assert_no_error(error);
  g_autoptr(Entry) entry = entries_get(store, 1, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(entry->text, ==, "gardée");
  gint64 value = 0;
  g_assert_true(sql_number(store, "PRAGMA user_version", &value, &error));
  g_assert_cmpint(value, ==, schema_version());
  g_assert_true(store_check(store, &error));
  g_autofree char *backup = g_strconcat(path, ".v1-backup", NULL);
  g_autoptr(Store) kept = store_connect(backup, SQLITE_OPEN_READWRITE, &error);
  g_assert_no_error(error);
  g_assert_true(sql_number(kept, "PRAGMA user_version", &value, &error));
  g_assert_cmpint(value, ==, 1);
  g_assert_true(sql_number(kept, "SELECT count(*) FROM entries", &value, &error));
  g_assert_cmpint(value, ==, 1);
}

/* user_version 0 on a logbook (somebody's tool lost it): mended, with a backup, and nothing lost. */
static void test_version_zero(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 id = add_entry(logbook, sample_entry("2026-11-23", "toujours là"));
  close_store(logbook);
  exec_on_file(logbook->path, "PRAGMA user_version = 0");
  open_store(logbook);
  g_autoptr(Entry) entry = get_entry(logbook, id);
  g_assert_cmpstr(entry->text, ==, "toujours là");
  g_autofree char *backup = g_strconcat(logbook->path, ".v0-backup", NULL);
  g_assert_true(store_is_logbook(backup));
}

static void test_failed_migration_changes_nothing(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = make_old_file(logbook);
  exec_on_file(path, "CREATE TABLE heard(other)"); /* the second step's index does not fit this */
  g_assert_null(store_open(path, false, &error));
  g_assert_nonnull(error);
  exec_on_file(path, "DROP TABLE heard; INSERT INTO entries_search(entries_search) VALUES ('integrity-check')");
  g_autoptr(GError) second = NULL;
  g_autoptr(Store) store = store_open(path, false, &second);
  g_assert_no_error(second);
  g_assert_true(store_check(store, NULL));
  g_autofree char *backup = g_strconcat(path, ".v1-backup-2", NULL);
  g_assert_true(store_is_logbook(backup)); /* the first backup was not overwritten */
}

static void test_damaged_is_refused(Logbook *logbook, gconstpointer data) {
  (void)data;
  static const char noise[] = "this is not a database, it is a text that somebody saved under its name: "
                              "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789";
  close_store(logbook);
  g_assert_true(g_file_set_contents(logbook->path, noise, -1, NULL));
  assert_refused(logbook->path, "carnet restore");
}

static void test_truncated_is_refused(Logbook *logbook, gconstpointer data) {
  (void)data;
  add_entry(logbook, sample_entry("2026-11-23", "coupée"));
  close_store(logbook);
  g_assert_cmpint(truncate(logbook->path, 8192), ==, 0);
  assert_refused(logbook->path, "carnet restore");
}

static void test_damage_inside_is_found(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  add_entry(logbook, sample_entry("2026-11-23", "marée"));
  g_assert_true(store_check(logbook->store, &error));
  close_store(logbook);
  exec_on_file(logbook->path, "DELETE FROM entries_search_data WHERE id > 10");
  open_store(logbook);
  g_assert_false(store_check(logbook->store, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
}

static void test_nothing_is_deleted(Logbook *logbook, gconstpointer data) {
  (void)data;
  add_entry(logbook, sample_entry("2026-11-23", "reste"));
  static const char *const attempts[] = {"DELETE FROM entries", "DELETE FROM revisions",
                                         "UPDATE revisions SET who = 'x'"};
  for (gsize i = 0; i < G_N_ELEMENTS(attempts); i++)
    g_assert_false(sql_exec(logbook->store, attempts[i], NULL));
  g_assert_cmpint(number(logbook, "SELECT count(*) FROM entries"), ==, 1);
}

/* --- two processes ---------------------------------------------------------- */

/* A writer that fills the file beyond its cache (so that pages are already
 * overwritten) and is killed before it commits. */
static void write_and_die(const char *path) {
  Store *store = store_open(path, false, NULL);
  if (store == NULL || !sql_exec(store, "PRAGMA cache_size = 5", NULL) || !store_begin(store, NULL))
    _exit(1);
  sql_exec(store, "UPDATE entries SET text = replace(hex(zeroblob(2000)), '00', 'x'), title = 'half'", NULL);
  raise(SIGKILL);
}

static void test_killed_in_mid_transaction(Logbook *logbook, gconstpointer data) {
  (void)data;
  for (int i = 0; i < 200; i++)
    add_entry(logbook, sample_entry("2026-11-23", "avant la coupure"));
  close_store(logbook);
  pid_t child = fork();
  if (child == 0)
    write_and_die(logbook->path);
  int status = 0;
  g_assert_cmpint(waitpid(child, &status, 0), ==, child);
  g_assert_true(WIFSIGNALED(status));
  g_autofree char *journal = g_strconcat(logbook->path, "-journal", NULL);
  g_assert_true(g_file_test(journal, G_FILE_TEST_EXISTS)); /* else the test proves nothing */
  open_store(logbook);
  g_assert_true(store_check(logbook->store, NULL));
  g_assert_cmpint(number(logbook, "SELECT count(*) FROM entries WHERE text = 'avant la coupure' AND title IS NULL"), ==,
                  200);
}

static void hold_lock(const char *path, int ready_fd) {
  Store *store = store_open(path, false, NULL);
  if (store == NULL || !store_begin(store, NULL) || write(ready_fd, "x", 1) != 1)
    _exit(1);
  g_usleep(400 * 1000);
  _exit(store_commit(store, NULL) ? 0 : 1);
}

static void test_busy_waits(Logbook *logbook, gconstpointer data) {
  (void)data;
  int ready[2];
  char byte;
  close_store(logbook);
  g_assert_cmpint(pipe(ready), ==, 0);
  pid_t child = fork();
  if (child == 0)
    hold_lock(logbook->path, ready[1]);
  g_assert_cmpint(read(ready[0], &byte, 1), ==, 1);
  open_store(logbook);
  gint64 from_us = g_get_monotonic_time();
  add_entry(logbook, sample_entry("2026-11-23", "après l'attente"));
  g_assert_cmpint(g_get_monotonic_time() - from_us, >, 200 * 1000);
  int status = 1;
  g_assert_cmpint(waitpid(child, &status, 0), ==, child);
  g_assert_cmpint(status, ==, 0);
  close(ready[0]);
  close(ready[1]);
}

static void test_busy_for_long_is_again(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autoptr(Store) other = store_open(logbook->path, false, &error);
  g_assert_no_error(error);
  sqlite3_busy_timeout(other->db, 50);
  g_assert_true(store_begin(logbook->store, &error));
  g_assert_false(store_begin(other, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN);
  store_rollback(logbook->store);
}

static void test_not_across_fork(Logbook *logbook, gconstpointer data) {
  (void)data;
  pid_t child = fork();
  if (child == 0) {
    g_autoptr(GError) error = NULL;
    bool refused =
        !sql_exec(logbook->store, "SELECT 1", &error) && g_error_matches(error, CARNET_ERROR, CARNET_ERROR_BUG);
    _exit(refused ? 0 : 1);
  }
  int status = 1;
  g_assert_cmpint(waitpid(child, &status, 0), ==, child);
  g_assert_cmpint(status, ==, 0);
}

/* --- backup and restore ----------------------------------------------------- */

static void test_backup_and_restore(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autofree char *backup = g_build_filename(logbook->folder, "copie.sqlite", NULL);
  gint64 id = add_entry(logbook, sample_entry("2026-11-23", "sauvegardée"));
  g_assert_true(store_backup(logbook->store, backup, &error));
  g_assert_true(store_backup(logbook->store, backup, &error)); /* replaces its own */
  gint64 later = add_entry(logbook, sample_entry("2026-11-23", "plus tard"));
  close_store(logbook);
  g_assert_true(store_restore(logbook->path, backup, &error));
  g_assert_no_error(error);
  open_store(logbook);
  g_autoptr(Entry) entry = get_entry(logbook, id);
  g_assert_cmpstr(entry->text, ==, "sauvegardée");
  g_assert_null(entries_get(logbook->store, later, NULL));
  g_autofree char *kept = g_strconcat(logbook->path, ".before-restore", NULL);
  g_autoptr(Store) before = store_open(kept, false, &error);
  g_assert_no_error(error);
  g_autoptr(Entry) still = entries_get(before, later, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(still->text, ==, "plus tard");
}

static void test_backup_spares_other_files(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autofree char *letter = g_build_filename(logbook->folder, "lettre.txt", NULL);
  g_assert_true(g_file_set_contents(letter, "chère amie", -1, NULL));
  const char *const targets[] = {letter, logbook->path, logbook->folder};
  for (gsize i = 0; i < G_N_ELEMENTS(targets); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(store_backup(logbook->store, targets[i], &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  }
  g_autofree char *content = NULL;
  g_assert_true(g_file_get_contents(letter, &content, NULL, NULL));
  g_assert_cmpstr(content, ==, "chère amie");
}

static void test_bad_backup_is_not_restored(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autofree char *backup = g_build_filename(logbook->folder, "copie.sqlite", NULL);
  gint64 id = add_entry(logbook, sample_entry("2026-11-23", "la bonne"));
  g_assert_true(store_backup(logbook->store, backup, &error));
  close_store(logbook);
  exec_on_file(backup, "DELETE FROM entries_search_data WHERE id > 10");
  g_assert_false(store_restore(logbook->path, backup, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_clear_error(&error);
  exec_on_file(backup, "PRAGMA user_version = 99");
  g_assert_false(store_restore(logbook->path, backup, &error));
  g_assert_nonnull(strstr(error->message, "newer"));
  g_clear_error(&error);
  g_assert_true(g_file_set_contents(backup, "noise", -1, NULL));
  g_assert_false(store_restore(logbook->path, backup, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  open_store(logbook);
  g_autoptr(Entry) entry = get_entry(logbook, id);
  g_assert_cmpstr(entry->text, ==, "la bonne");
  g_autoptr(GDir) dir = g_dir_open(logbook->folder, 0, NULL);
  for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir))
    g_assert_true(*name != '.'); /* no draft left behind */
}

static void test_restore_over_a_damaged_file_with_a_journal(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autofree char *backup = g_build_filename(logbook->folder, "copie.sqlite", NULL);
  g_autofree char *journal = g_strconcat(logbook->path, "-journal", NULL);
  gint64 id = add_entry(logbook, sample_entry("2026-11-23", "intacte"));
  g_assert_true(store_backup(logbook->store, backup, &error));
  close_store(logbook);
  g_autofree char *noise = g_strnfill(9000, 'n');
  g_assert_true(g_file_set_contents(logbook->path, noise, -1, NULL));
  g_assert_true(g_file_set_contents(journal, noise, -1, NULL));
  g_assert_true(store_restore(logbook->path, backup, &error));
  g_assert_no_error(error);
  g_assert_false(g_file_test(journal, G_FILE_TEST_EXISTS));
  open_store(logbook);
  g_autoptr(Entry) entry = get_entry(logbook, id);
  g_assert_cmpstr(entry->text, ==, "intacte");
  g_assert_true(store_check(logbook->store, NULL));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  logbook_test("/logbook/store/settings", test_settings);
  logbook_test("/logbook/store/replaced", test_replaced);
  logbook_test("/logbook/store/private", test_file_is_private);
  logbook_test("/logbook/store/missing", test_missing_is_refused);
  logbook_test("/logbook/store/wrong-sort", test_of_the_wrong_sort);
  logbook_test("/logbook/store/newer", test_newer_is_refused);
  logbook_test("/logbook/store/foreign", test_foreign_file_is_refused);
  logbook_test("/logbook/store/older", test_older_is_backed_up_and_migrated);
  logbook_test("/logbook/store/version-zero", test_version_zero);
  logbook_test("/logbook/store/failed-migration", test_failed_migration_changes_nothing);
  logbook_test("/logbook/store/damaged", test_damaged_is_refused);
  logbook_test("/logbook/store/truncated", test_truncated_is_refused);
  logbook_test("/logbook/store/damage-inside", test_damage_inside_is_found);
  logbook_test("/logbook/store/nothing-deleted", test_nothing_is_deleted);
  logbook_test("/logbook/store/killed", test_killed_in_mid_transaction);
  logbook_test("/logbook/store/busy-waits", test_busy_waits);
  logbook_test("/logbook/store/busy-again", test_busy_for_long_is_again);
  logbook_test("/logbook/store/fork", test_not_across_fork);
  logbook_test("/logbook/store/backup-restore", test_backup_and_restore);
  logbook_test("/logbook/store/backup-spares", test_backup_spares_other_files);
  logbook_test("/logbook/store/bad-backup", test_bad_backup_is_not_restored);
  logbook_test("/logbook/store/restore-over-damaged", test_restore_over_a_damaged_file_with_a_journal);
  return g_test_run();
}
