#include "logbook/store.h"

#include "base/error.h"
#include "base/i18n.h"
#include "logbook/schema.h"
#include "logbook/sql.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_MS 10000

static void finalize(gpointer stmt) {
  sqlite3_finalize(stmt);
}

static void leave(gpointer data) {
  Left *left = data;
  g_hash_table_unref(left->kept);
  sqlite3_close_v2(left->db); /* once the last statement is gone */
}

static void remember_file(Store *store) {
  struct stat status;
  bool is_there = stat(store->path, &status) == 0;
  store->device = is_there ? status.st_dev : 0;
  store->inode = is_there ? status.st_ino : 0;
}

Store *store_connect(const char *path, int flags, GError **error) {
  g_autoptr(Store) store = g_new0(Store, 1);
  store->path = g_strdup(path);
  store->owner = getpid();
  store->kept = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, finalize);
  store->left = g_array_new(FALSE, FALSE, sizeof(Left));
  g_array_set_clear_func(store->left, leave);
  store->patience_ms = BUSY_MS;
  remember_file(
      store); /* before it is opened: one that is replaced in between is followed once too often, and not never */
  int rc = sqlite3_open_v2(path, &store->db, flags, NULL);
  if (rc != SQLITE_OK) {
    sql_fail(store, rc, error);
    return NULL;
  }
  sqlite3_extended_result_codes(store->db, 1);
  sqlite3_busy_timeout(store->db, BUSY_MS);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  /* A long import is one transaction. Its pages stay in memory (up to 64 MB) and so do the
   * copies by which one statement could be taken back: the disk is waited for once. */
  if (!sql_exec(store,
                "PRAGMA foreign_keys = ON; PRAGMA cache_spill = 16384; PRAGMA temp_store = MEMORY;"
                "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;",
                error))
    return NULL;
  return g_steal_pointer(&store);
}

void store_set_patience(Store *store, guint ms) {
  store->patience_ms = ms;
  sqlite3_busy_timeout(store->db, (int)ms);
}

void store_free(Store *store) {
  if (store == NULL)
    return;
  if (store->owner == getpid()) {
    g_hash_table_unref(store->kept);
    sqlite3_close(store->db);
    g_array_unref(store->left);
  }
  g_free(store->path);
  g_free(store);
}

/* --- versions --------------------------------------------------------------- */

/* The file's user_version; refuses a file that is not a logbook, or that a newer program made. */
static bool read_version(Store *store, gint64 *version, GError **error) {
  gint64 application = 0, tables = 0;
  if (!sql_number(store, "PRAGMA application_id", &application, error) ||
      !sql_number(store, "SELECT count(*) FROM sqlite_master", &tables, error) ||
      !sql_number(store, "PRAGMA user_version", version, error))
    return false;
  if (application != SCHEMA_APPLICATION_ID && (application != 0 || tables != 0 || *version != 0)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: an SQLite file, but not a logbook of carnet"),
                store->path);
    return false;
  }
  if (*version > schema_version()) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("%s: made by a newer carnet (version %" PRId64 " of the logbook; this program knows %d): "
                  "use the newer program, or put an older backup in its place with \"carnet restore FILE\""),
                store->path, *version, schema_version());
    return false;
  }
  return true;
}

/* Keeps the file as it is as PATH.vN-backup. The copy is made through a second
 * connection: SQLite does not copy from one that holds the write lock. */
static bool backup_before_migration(Store *store, gint64 version, GError **error) {
  g_autofree char *suffix = g_strdup_printf("v%" PRId64 "-backup", version);
  g_autofree char *path = store_spare_name(store->path, suffix);
  g_autoptr(Store) reader = store_connect(store->path, SQLITE_OPEN_READWRITE, error);
  return reader != NULL && store_copy_to_file(reader, path, error);
}

static bool run_steps(Store *store, gint64 version, GError **error) {
  for (gint64 step = version; step < schema_version(); step++)
    if (!sql_exec(store, schema_steps[step], error))
      return false;
  g_autofree char *marks =
      g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d;", SCHEMA_APPLICATION_ID, schema_version());
  return sql_exec(store, marks, error);
}

/* The version is read again under the lock: another process may have been first. */
static bool migrate(Store *store, GError **error) {
  gint64 version = 0, tables = 0;
  if (!read_version(store, &version, error))
    return false;
  if (version == schema_version())
    return true;
  if (!store_begin(store, error))
    return false;
  bool ok = read_version(store, &version, error) &&
            sql_number(store, "SELECT count(*) FROM sqlite_master", &tables, error) &&
            (version == schema_version() || tables == 0 || backup_before_migration(store, version, error)) &&
            run_steps(store, version, error) && store_commit(store, error);
  if (!ok)
    store_rollback(store);
  return ok;
}

/* A new logbook is private: it holds names. Left to itself SQLite makes files that all can read. */
static void make_private_file(const char *path) {
  int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0)
    close(fd);
}

Store *store_open(const char *path, bool create, GError **error) {
  if (!create && !g_file_test(path, G_FILE_TEST_EXISTS)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: no logbook here"), path);
    return NULL;
  }
  if (create)
    make_private_file(path); /* what stands in the way, SQLite will say */
  g_autoptr(Store) store = store_connect(path, SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0), error);
  if (store == NULL || !migrate(store, error))
    return NULL;
  return g_steal_pointer(&store);
}

/* --- another file in its place ------------------------------------------------ */

bool store_is_replaced(const Store *store) {
  struct stat status;
  return store->inode != 0 && stat(store->path, &status) == 0 &&
         (status.st_ino != store->inode || status.st_dev != store->device);
}

bool store_follow(Store *store, GError **error) {
  if (sqlite3_get_autocommit(store->db) == 0 || !store_is_replaced(store))
    return true;
  g_autoptr(Store) next = store_open(store->path, false, error);
  if (next == NULL)
    return false;
  Left left = {store->db, store->kept};
  g_array_append_val(store->left, left);
  store->db = g_steal_pointer(&next->db);
  store->kept = g_steal_pointer(&next->kept);
  store->device = next->device;
  store->inode = next->inode;
  store_set_patience(store, store->patience_ms);
  next->kept = g_hash_table_new(NULL, NULL); /* for its end */
  return true;
}

/* --- transactions ----------------------------------------------------------- */

/* Who replaces the file holds it meanwhile (store_restore): only once it is ours do we know that it is still the one. */
bool store_begin(Store *store, GError **error) {
  store->spoiled = store->adds_many = false;
  while (sql_exec(store, "BEGIN IMMEDIATE", error)) {
    if (!store_is_replaced(store))
      return true;
    store_rollback(store);
  }
  return false;
}

bool store_view(Store *store, GError **error) {
  return sql_exec(store, "BEGIN", error);
}

bool store_commit(Store *store, GError **error) {
  if (store->adds_many)
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_BUG, "entries_add_begin without its end");
  else if (store->spoiled)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("%s: a change failed half-way; all of it is taken back"),
                store->path);
  else if (sql_exec(store, "COMMIT", error))
    return true;
  store_rollback(store);
  return false;
}

void store_rollback(Store *store) {
  if (sqlite3_get_autocommit(store->db) == 0)
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

/* --- checking --------------------------------------------------------------- */

static bool refuse_damaged(Store *store, const char *what, GError **error) {
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
              _("%s: damaged (%s); put a backup in its place with \"carnet restore FILE\""), store->path, what);
  return false;
}

static bool check_pages(Store *store, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, "PRAGMA integrity_check(1)", error);
  bool row = false;
  if (stmt == NULL || !sql_step(store, stmt, &row, error))
    return false;
  g_autofree char *verdict = row ? sql_text(stmt, 0) : g_strdup(_("no answer"));
  return g_strcmp0(verdict, "ok") == 0 || refuse_damaged(store, verdict, error);
}

static bool check_references(Store *store, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, "PRAGMA foreign_key_check", error);
  bool row = false;
  if (stmt == NULL || !sql_step(store, stmt, &row, error))
    return false;
  return !row || refuse_damaged(store, _("a reference leads nowhere"), error);
}

bool store_check(Store *store, GError **error) {
  if (!check_pages(store, error) || !check_references(store, error))
    return false;
  /* Rank 1 compares the index with the entries' words (FTS5, "The integrity-check Command"). */
  int rc = sqlite3_exec(store->db, "INSERT INTO entries_search(entries_search, rank) VALUES ('integrity-check', 1)",
                        NULL, NULL, NULL);
  if ((rc & 0xff) == SQLITE_CORRUPT)
    return refuse_damaged(store, _("the search index"), error);
  return rc == SQLITE_OK || sql_fail(store, rc, error);
}
