#include "logbook/revisions.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "logbook/entries.h"
#include "logbook/entry_row.h"

#include <inttypes.h>
#include <string.h>

#define BEFORE_ALL 0 /* `restores` of an undo that took the adding itself back */

void revision_free(Revision *revision) {
  if (revision == NULL)
    return;
  g_free(revision->who);
  g_free(revision->what);
  entry_free(revision->entry);
  g_free(revision);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Revision, revision_free)

/* --- reading ---------------------------------------------------------------- */

/* Columns: id, entry_id, at_us, who, what, restores, then the entry's. */
static sqlite3_stmt *prepare_select(Store *store, const char *where, GError **error) {
  g_autofree char *columns = entry_row_from_json("content");
  g_autofree char *sql =
      g_strdup_printf("SELECT id, entry_id, at_us, who, what, restores, %s FROM revisions WHERE %s", columns, where);
  return sql_prepare(store, sql, error);
}

static Revision *read_row(Store *store, sqlite3_stmt *stmt, GError **error) {
  g_autoptr(Revision) revision = g_new0(Revision, 1);
  revision->id = sqlite3_column_int64(stmt, 0);
  revision->entry_id = sqlite3_column_int64(stmt, 1);
  revision->at_us = sqlite3_column_int64(stmt, 2);
  revision->who = sql_text(stmt, 3);
  revision->what = sql_text(stmt, 4);
  revision->entry = entry_row_read(store, stmt, 6, error);
  return revision->entry != NULL ? g_steal_pointer(&revision) : NULL;
}

GPtrArray *revisions_of(Store *store, gint64 entry_id, GError **error) {
  g_autoptr(Entry) entry = entries_get(store, entry_id, error);
  g_autoptr(sqlite3_stmt) stmt = entry != NULL ? prepare_select(store, "entry_id = ?1 ORDER BY id", error) : NULL;
  if (stmt == NULL)
    return NULL;
  sql_bind_int(stmt, 1, entry_id);
  g_autoptr(GPtrArray) revisions = g_ptr_array_new_with_free_func((GDestroyNotify)revision_free);
  bool row = true;
  while (sql_step(store, stmt, &row, error)) {
    if (!row)
      return g_steal_pointer(&revisions);
    Revision *revision = read_row(store, stmt, error);
    if (revision == NULL)
      return NULL;
    g_ptr_array_add(revisions, revision);
  }
  return NULL;
}

/* --- undo -------------------------------------------------------------------
 * An undo stands where the revision stands whose content it brought back, so
 * the next undo goes on from there:
 *
 *   1 add   2 edit   3 edit   4 undo (restores 2)   5 undo (restores 1)   6 undo (restores 0: withdrawn) */

/* Where the entry stands: the latest revision, or what that one restored. BEFORE_ALL when nothing is left. */
static bool find_position(Store *store, gint64 entry_id, gint64 *position, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store,
                                             "SELECT coalesce(restores, id) FROM revisions WHERE entry_id = ?1"
                                             " ORDER BY id DESC LIMIT 1",
                                             error);
  bool row = false;
  if (stmt == NULL)
    return false;
  sql_bind_int(stmt, 1, entry_id);
  if (!sql_step(store, stmt, &row, error))
    return false;
  *position = row ? sqlite3_column_int64(stmt, 0) : BEFORE_ALL;
  return true;
}

/* What the entry was before the revision at `position`: its content, and where
 * that stands. Before the adding it is the entry as it was added, withdrawn. */
static Entry *content_before(Store *store, gint64 entry_id, gint64 position, gint64 *restores, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = prepare_select(store, "entry_id = ?1 AND id <= ?2 ORDER BY id DESC LIMIT 2", error);
  bool row = false;
  if (stmt == NULL)
    return NULL;
  sql_bind_int(stmt, 1, entry_id);
  sql_bind_int(stmt, 2, position);
  if (!sql_step(store, stmt, &row, error))
    return NULL;
  g_autoptr(Revision) at = read_row(store, stmt, error);
  if (at == NULL || !sql_step(store, stmt, &row, error))
    return NULL;
  if (!row) {
    *restores = BEFORE_ALL;
    at->entry->status = STATUS_WITHDRAWN;
    return g_steal_pointer(&at->entry);
  }
  g_autoptr(Revision) before = read_row(store, stmt, error);
  bool was_undo = sqlite3_column_type(stmt, 5) != SQLITE_NULL;
  *restores = was_undo ? sqlite3_column_int64(stmt, 5) : sqlite3_column_int64(stmt, 0);
  return before != NULL ? g_steal_pointer(&before->entry) : NULL;
}

static bool undo(Store *store, gint64 entry_id, const char *who, GError **error) {
  gint64 position = BEFORE_ALL, restores = BEFORE_ALL;
  g_autoptr(Entry) now = entries_get(store, entry_id, error);
  if (now == NULL || !find_position(store, entry_id, &position, error))
    return false;
  if (position == BEFORE_ALL) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("entry %" PRId64 ": nothing left to undo"), entry_id);
    return false;
  }
  g_autoptr(Entry) entry = content_before(store, entry_id, position, &restores, error);
  if (entry == NULL)
    return false;
  entry->changed_us = clock_now_us();
  return entries_check(store, entry, error) && entry_row_write(store, entry, error) != 0 &&
         entry_row_remember(store, entry_id, who, N_("undo"), restores, error);
}

bool revisions_undo(Store *store, gint64 entry_id, const char *who, GError **error) {
  Change change;
  if (!change_begin(&change, store, error))
    return false;
  return change_end(&change, undo(store, entry_id, who, error), error);
}

bool revisions_last(Store *store, gint64 *last, GError **error) {
  return sql_number(store, "SELECT coalesce(max(id), 0) FROM revisions", last, error);
}
