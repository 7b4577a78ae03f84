#include "logbook/entries.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "logbook/entry_row.h"
#include "logbook/schema.h"

#include <inttypes.h>
#include <string.h>

/* --- reading one ------------------------------------------------------------ */

/* The first row of `stmt`; NULL without an error when there is none. */
static Entry *read_one(Store *store, sqlite3_stmt *stmt, GError **error) {
  bool row = false;
  return sql_step(store, stmt, &row, error) && row ? entry_row_read(store, stmt, 0, error) : NULL;
}

static gpointer select_sql(gpointer where) {
  g_autofree char *columns = entry_row_select();
  return g_strdup_printf("SELECT %s FROM entries WHERE %s", columns, (const char *)where);
}

bool entries_look_up(Store *store, gint64 id, Entry **entry, GError **error) {
  static GOnce once = G_ONCE_INIT;
  *entry = NULL;
  g_autoptr(KeptStatement) stmt = sql_keep(store, g_once(&once, select_sql, (gpointer) "id = ?1"), error);
  if (stmt == NULL)
    return false;
  sql_bind_int(stmt, 1, id);
  GError *failure = NULL;
  *entry = read_one(store, stmt, &failure);
  if (failure != NULL)
    g_propagate_error(error, failure);
  return failure == NULL;
}

Entry *entries_get(Store *store, gint64 id, GError **error) {
  Entry *entry = NULL;
  if (entries_look_up(store, id, &entry, error) && entry == NULL)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("there is no entry %" PRId64), id);
  return entry;
}

Entry *entries_get_by_source(Store *store, const char *source_name, const char *source_key, GError **error) {
  static GOnce once = G_ONCE_INIT;
  const char *sql = g_once(&once, select_sql, (gpointer) "source_name = ?1 AND source_key = ?2");
  g_autoptr(KeptStatement) stmt = sql_keep(store, sql, error);
  if (stmt == NULL)
    return NULL;
  sql_bind_text(stmt, 1, source_name);
  sql_bind_text(stmt, 2, source_key);
  return read_one(store, stmt, error);
}

/* --- checks that need the store --------------------------------------------- */

/* How many of the entries above `parent` (itself included) are `id`; -1 when `parent` is not there. */
static bool look_up_parents(Store *store, gint64 parent, gint64 id, gint64 *count, GError **error) {
  static const char sql[] = "WITH RECURSIVE above(id) AS (SELECT id FROM entries WHERE id = ?1 UNION"
                            " SELECT e.parent FROM entries e JOIN above a ON e.id = a.id"
                            " WHERE e.parent IS NOT NULL)"
                            " SELECT CASE count(*) WHEN 0 THEN -1 ELSE sum(id = ?2) END FROM above";
  g_autoptr(KeptStatement) stmt = sql_keep(store, sql, error);
  bool row = false;
  if (stmt == NULL)
    return false;
  sql_bind_int(stmt, 1, parent);
  sql_bind_int(stmt, 2, id);
  if (!sql_step(store, stmt, &row, error))
    return false;
  *count = sqlite3_column_int64(stmt, 0);
  return true;
}

static bool check_parent(Store *store, const Entry *entry, GError **error) {
  gint64 count = 0;
  if (entry->parent == 0)
    return true;
  if (!look_up_parents(store, entry->parent, entry->id, &count, error))
    return false;
  if (count < 0)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("parent: there is no entry %" PRId64), entry->parent);
  else if (count > 0)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("parent: entry %" PRId64 " already answers entry %" PRId64),
                entry->parent, entry->id);
  return count == 0;
}

static bool check_source(Store *store, const Entry *entry, GError **error) {
  if (entry->source_key == NULL)
    return true;
  GError *failure = NULL;
  g_autoptr(Entry) other = entries_get_by_source(store, entry->source_name, entry->source_key, &failure);
  if (failure != NULL) {
    g_propagate_error(error, failure);
    return false;
  }
  if (other == NULL || other->id == entry->id)
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
              _("source: entry %" PRId64 " already has the key \"%s\" of \"%s\""), other->id, entry->source_key,
              entry->source_name);
  return false;
}

bool entries_check(Store *store, const Entry *entry, GError **error) {
  return entry_check(entry, error) && check_parent(store, entry, error) && check_source(store, entry, error);
}

/* --- writing ---------------------------------------------------------------- */

static gint64 add_row(Store *store, const Entry *entry, const char *who, GError **error) {
  Entry row = *entry; /* borrows the strings */
  row.id = 0;
  row.created_us = row.changed_us = clock_now_us();
  if (!entries_check(store, &row, error))
    return 0;
  gint64 id = entry_row_write(store, &row, error);
  return id != 0 && entry_row_remember(store, id, who, N_("add"), -1, error) ? id : 0;
}

gint64 entries_add(Store *store, const Entry *entry, const char *who, GError **error) {
  Change change;
  if (!change_begin(&change, store, error))
    return 0;
  gint64 id = add_row(store, entry, who, error);
  return change_end(&change, id != 0, error) ? id : 0;
}

/* The trigger makes of each INSERT a change of several tables, for which SQLite sets a savepoint,
 * at which FTS5 writes out all that it holds: without it, once for all. It is dropped and made
 * again inside the transaction: nobody else sees it gone, and a rollback brings it back. */
bool entries_add_begin(Store *store, GError **error) {
  g_return_val_if_fail(!store->adds_many && sqlite3_get_autocommit(store->db) == 0, false);
  store->adds_many = sql_number(store, "SELECT coalesce(max(id), 0) FROM entries", &store->last_indexed, error) &&
                     sql_exec(store, "DROP TRIGGER entries_search_add", error);
  return store->adds_many;
}

static bool index_added(Store *store, GError **error) {
  static const char sql[] = "INSERT INTO entries_search(rowid, title, text)"
                            " SELECT id, title, text FROM entries WHERE id > ?1";
  g_autoptr(KeptStatement) stmt = sql_keep(store, sql, error);
  if (stmt == NULL)
    return false;
  sql_bind_int(stmt, 1, store->last_indexed);
  return sql_run(store, stmt, error);
}

bool entries_add_end(Store *store, GError **error) {
  bool ok = store->adds_many && index_added(store, error) && sql_exec(store, schema_search_add, error);
  store->adds_many = store->adds_many && !ok;
  return ok;
}

/* "approve" when nothing but the status changed, else "edit text kind". Marked words: a history shows them. */
static char *describe(const Entry *entry, const char *differences) {
  static const char *const verbs[STATUS_COUNT] = {
      [STATUS_APPROVED] = N_("approve"), [STATUS_REJECTED] = N_("reject"), [STATUS_WITHDRAWN] = N_("withdraw")};
  if (strcmp(differences, "status") == 0 && verbs[entry->status] != NULL)
    return g_strdup(verbs[entry->status]);
  return g_strconcat(N_("edit"), " ", differences, NULL);
}

static bool update_row(Store *store, const Entry *entry, const char *who, bool *changed, GError **error) {
  g_autoptr(Entry) before = entries_get(store, entry->id, error);
  if (before == NULL)
    return false;
  g_autofree char *differences = entry_differences(before, entry);
  *changed = differences != NULL;
  if (!*changed)
    return true;
  Entry row = *entry; /* borrows the strings */
  row.created_us = before->created_us;
  row.changed_us = clock_now_us();
  g_autofree char *what = describe(entry, differences);
  return entries_check(store, &row, error) && entry_row_write(store, &row, error) != 0 &&
         entry_row_remember(store, row.id, who, what, -1, error);
}

bool entries_update(Store *store, const Entry *entry, const char *who, GError **error) {
  Change change;
  bool changed = false;
  if (!change_begin(&change, store, error))
    return false;
  return change_end(&change, update_row(store, entry, who, &changed, error), error);
}
