#include "logbook/sql.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/profile.h"

#include <unistd.h>

/* A folder in its place, a file that is closed to us, no descriptor left: errno tells, where SQLite went so far. */
static void set_closed(Store *store, GError **error) {
  int errnum = sqlite3_system_errno(store->db);
  if (errnum != 0)
    carnet_error_set_errno(error, errnum, "%s", store->path);
  else
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, "%s: %s", store->path, sqlite3_errmsg(store->db));
}

bool sql_fail(Store *store, int rc, GError **error) {
  switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN,
                  _("%s: another process is writing in the logbook; try again"), store->path);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                  _("%s: damaged, or not a logbook (%s); put a backup in its place with \"carnet restore FILE\""),
                  store->path, sqlite3_errstr(rc & 0xff));
      break;
    case SQLITE_CANTOPEN:
      set_closed(store, error);
      break;
    case SQLITE_READONLY: /* for us, or since it was opened */
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s: %s", store->path, sqlite3_errmsg(store->db));
      break;
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_CONSTRAINT: /* all that a person can give was checked before */
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_BUG, "%s: %s", store->path, sqlite3_errmsg(store->db));
      break;
    default:
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, "%s: %s", store->path, sqlite3_errmsg(store->db));
  }
  return false;
}

static bool is_ours(Store *store, GError **error) {
  if (store->owner == getpid())
    return store_follow(store, error);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_BUG, "%s: opened by another process", store->path);
  return false;
}

bool sql_exec(Store *store, const char *sql, GError **error) {
  PROFILE_HERE(PROFILE_STORE);
  if (!is_ours(store, error))
    return false;
  int rc = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
  return rc == SQLITE_OK || sql_fail(store, rc, error);
}

sqlite3_stmt *sql_prepare(Store *store, const char *sql, GError **error) {
  if (!is_ours(store, error))
    return NULL;
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
  if (rc != SQLITE_OK)
    sql_fail(store, rc, error);
  return stmt;
}

sqlite3_stmt *sql_keep(Store *store, const char *sql, GError **error) {
  if (!is_ours(store, error))
    return NULL;
  sqlite3_stmt *stmt = g_hash_table_lookup(store->kept, sql);
  if (stmt != NULL)
    return stmt;
  int rc = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
  if (rc != SQLITE_OK)
    sql_fail(store, rc, error);
  else
    g_hash_table_insert(store->kept, (gpointer)sql, stmt);
  return stmt;
}

void sql_lay_down(KeptStatement *stmt) {
  sqlite3_reset(stmt);
  sqlite3_clear_bindings(stmt); /* the texts are the caller's, and may go */
}

void sql_bind_text(sqlite3_stmt *stmt, int index, const char *text) {
  sqlite3_bind_text(stmt, index, text, -1, SQLITE_STATIC);
}

void sql_bind_int(sqlite3_stmt *stmt, int index, gint64 value) {
  sqlite3_bind_int64(stmt, index, value);
}

bool sql_step(Store *store, sqlite3_stmt *stmt, bool *row, GError **error) {
  PROFILE_HERE(PROFILE_STORE);
  int rc = sqlite3_step(stmt);
  *row = rc == SQLITE_ROW;
  return rc == SQLITE_ROW || rc == SQLITE_DONE || sql_fail(store, rc, error);
}

bool sql_run(Store *store, sqlite3_stmt *stmt, GError **error) {
  bool row = false;
  return sql_step(store, stmt, &row, error);
}

char *sql_text(sqlite3_stmt *stmt, int column) {
  return g_strdup((const char *)sqlite3_column_text(stmt, column));
}

bool sql_number(Store *store, const char *sql, gint64 *value, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, sql, error);
  bool row = false;
  if (stmt == NULL || !sql_step(store, stmt, &row, error))
    return false;
  *value = row ? sqlite3_column_int64(stmt, 0) : 0;
  return true;
}

bool change_begin(Change *change, Store *store, GError **error) {
  change->store = store;
  change->nested = sqlite3_get_autocommit(store->db) == 0;
  change->written = sqlite3_total_changes64(store->db);
  return change->nested || store_begin(store, error);
}

bool change_end(Change *change, bool ok, GError **error) {
  Store *store = change->store;
  if (change->nested) {
    store->spoiled = store->spoiled || (!ok && sqlite3_total_changes64(store->db) != change->written);
    return ok;
  }
  if (ok)
    return store_commit(store, error);
  store_rollback(store);
  return false;
}
