#include "logbook/asrun.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/wav.h"
#include "logbook/sql.h"

#include <string.h>

static const char *const result_names[] = {N_("aired"), N_("partial"), N_("missed")};

const char *asrun_result_name(AsRunResult result) {
  return result_names[result];
}

AsRunResult asrun_judge(gint64 sent_frames, gint64 planned_frames) {
  if (sent_frames <= 0)
    return ASRUN_MISSED;
  return sent_frames + FRAME_RATE / 10 >= planned_frames ? ASRUN_AIRED : ASRUN_PARTIAL;
}

void asrun_free(AsRun *row) {
  if (row == NULL)
    return;
  g_free(row->edition);
  g_free(row->mount);
  g_free(row->title);
  g_free(row);
}

#define ASRUN_COLUMNS "edition, mount, item, title, entry_id, start_us, end_us, sent_frames, planned_frames, result"

static const char sql_add[] = "INSERT INTO asrun(" ASRUN_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
static const char sql_of_edition[] =
    "SELECT " ASRUN_COLUMNS " FROM asrun WHERE edition = ?1 ORDER BY start_us, id LIMIT ?2";
static const char sql_of_all[] = "SELECT " ASRUN_COLUMNS " FROM asrun WHERE ?1 IS NULL ORDER BY start_us, id LIMIT ?2";

bool asrun_add(Store *store, const AsRun *row, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, sql_add, error);
  if (stmt == NULL)
    return false;
  sql_bind_text(stmt, 1, row->edition);
  sql_bind_text(stmt, 2, row->mount);
  sql_bind_int(stmt, 3, row->item);
  sql_bind_text(stmt, 4, row->title);
  if (row->entry_id != 0)
    sql_bind_int(stmt, 5, row->entry_id);
  sql_bind_int(stmt, 6, row->start_us);
  sql_bind_int(stmt, 7, row->end_us);
  sql_bind_int(stmt, 8, row->sent_frames);
  sql_bind_int(stmt, 9, row->planned_frames);
  sql_bind_text(stmt, 10, asrun_result_name(row->result));
  return sql_run(store, stmt, error);
}

static AsRun *read_row(sqlite3_stmt *stmt) {
  AsRun *row = g_new0(AsRun, 1);
  row->edition = sql_text(stmt, 0);
  row->mount = sql_text(stmt, 1);
  row->item = (guint)sqlite3_column_int64(stmt, 2);
  row->title = sql_text(stmt, 3);
  row->entry_id = sqlite3_column_int64(stmt, 4);
  row->start_us = sqlite3_column_int64(stmt, 5);
  row->end_us = sqlite3_column_int64(stmt, 6);
  row->sent_frames = sqlite3_column_int64(stmt, 7);
  row->planned_frames = sqlite3_column_int64(stmt, 8);
  const char *result = (const char *)sqlite3_column_text(stmt, 9);
  while (row->result < ASRUN_MISSED && strcmp(result_names[row->result], result) != 0)
    row->result++;
  return row;
}

GPtrArray *asrun_list(Store *store, const char *edition, guint limit, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, edition != NULL ? sql_of_edition : sql_of_all, error);
  if (stmt == NULL)
    return NULL;
  sql_bind_text(stmt, 1, edition);
  sql_bind_int(stmt, 2, limit > 0 ? (gint64)limit : -1);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)asrun_free);
  bool row = true;
  while (sql_step(store, stmt, &row, error)) {
    if (!row)
      return g_steal_pointer(&rows);
    g_ptr_array_add(rows, read_row(stmt));
  }
  return NULL;
}

GHashTable *asrun_heard(Store *store, const char *date_from, const char *date_until, const char *except_edition,
                        GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store,
                                             "SELECT entry_id, edition FROM heard INDEXED BY heard_by_date"
                                             " WHERE date BETWEEN ?1 AND ?2 AND edition IS NOT ?3"
                                             " ORDER BY entry_id, edition",
                                             error);
  if (stmt == NULL)
    return NULL;
  sql_bind_text(stmt, 1, date_from);
  sql_bind_text(stmt, 2, date_until);
  sql_bind_text(stmt, 3, except_edition);
  g_autoptr(GHashTable) heard = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  bool row = true;
  while (sql_step(store, stmt, &row, error)) {
    if (!row)
      return g_steal_pointer(&heard);
    gint64 *id = g_new(gint64, 1);
    *id = sqlite3_column_int64(stmt, 0);
    g_hash_table_replace(heard, id, sql_text(stmt, 1));
  }
  return NULL;
}
