/* Entries by a filter: the ids first, in order, then each entry by its id.
 *
 * Eight bytes an entry are held, never the texts, and no lock while the caller
 * prints: a slow reader (a pager) does not keep others from writing. */
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "logbook/entries.h"
#include "logbook/entry_row.h"

#include <string.h>

#define MAX_WORDS 64
#define SEARCH "SELECT rowid FROM entries_search WHERE entries_search MATCH ?"

static bool has_letter_or_digit(const char *word) {
  for (const char *at = word; *at != '\0'; at = g_utf8_next_char(at))
    if (g_unichar_isalnum(g_utf8_get_char(at)))
      return true;
  return false;
}

/* Each word between double quotes (doubled inside), which FTS5 takes as plain
 * text; the last one may be the beginning of a word. */
static char *search_query(const char *search, GError **error) {
  if (!g_utf8_validate(search, -1, NULL)) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("search: not valid UTF-8"));
    return NULL;
  }
  g_autofree char *squeezed = text_squeeze(search);
  g_auto(GStrv) words = g_strsplit(squeezed, " ", -1);
  g_autoptr(GString) query = g_string_new(NULL);
  guint count = 0;
  for (char **word = words; *word != NULL; word++) {
    if (!has_letter_or_digit(*word))
      continue;
    g_autoptr(GString) quoted = g_string_new(*word);
    g_string_replace(quoted, "\"", "\"\"", 0);
    g_string_append_printf(query, "%s\"%s\"", query->len > 0 ? " " : "", quoted->str);
    count++;
  }
  if (count == 0 || count > MAX_WORDS) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("search: give 1 to %d words"), MAX_WORDS);
    return NULL;
  }
  g_string_append_c(query, '*');
  return g_strdup(query->str);
}

/* So many entries are among those of `rows` (with ?1) that the first of them are soon found by going through all in their
 * order; else they are looked up, and put in order. (Of 100,000 entries with a word in each other one: 10 ms, not 53.) */
static bool is_common(Store *store, const EntryFilter *filter, const char *rows, const char *value) {
  if (value == NULL || filter->limit <= 0)
    return false;
  g_autofree char *sql = g_strdup_printf("WITH enough(n) AS (SELECT 2000 + coalesce(max(id), 0) / 50 FROM entries)"
                                         " SELECT count(*) >= (SELECT n FROM enough)"
                                         " FROM (%s LIMIT (SELECT n FROM enough))",
                                         rows);
  bool row = false;
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, sql, NULL);
  if (stmt != NULL)
    sql_bind_text(stmt, 1, value);
  return stmt != NULL && sql_step(store, stmt, &row, NULL) && row && sqlite3_column_int(stmt, 0) != 0;
}

/* The filter's parameters keep their numbers whichever of them are there. */
static char *filter_sql(const EntryFilter *filter, bool many_found, bool many_have_status) {
  const struct {
    bool is_there;
    const char *sql;
  } terms[] = {
      {filter->date_from != NULL, " AND date >= ?1"},
      {filter->date_until != NULL, " AND date <= ?2"},
      {filter->kind >= 0, " AND kind = ?3"},
      {filter->status >= 0, many_have_status ? " AND +status = ?4" : " AND status = ?4"},
      {filter->priority >= 0, " AND priority = ?5"},
      {filter->place != NULL, " AND place_folded = ?6"},
      {filter->source_name != NULL, " AND source_name = ?7"},
      {filter->search != NULL, many_found ? " AND +id IN (" SEARCH "8)" : " AND id IN (" SEARCH "8)"},
      {filter->before_date != NULL, " AND (date, id) < (?10, ?11)"},
  };
  GString *sql = g_string_new("SELECT id FROM entries WHERE TRUE");
  for (gsize i = 0; i < G_N_ELEMENTS(terms); i++)
    if (terms[i].is_there)
      g_string_append(sql, terms[i].sql);
  g_string_append(sql, filter->newest_first ? " ORDER BY date DESC, id DESC LIMIT ?9" : " ORDER BY date, id LIMIT ?9");
  return g_string_free(sql, FALSE);
}

static bool collect_ids(Store *store, sqlite3_stmt *stmt, GArray *ids, GError **error) {
  bool row = true;
  while (sql_step(store, stmt, &row, error)) {
    if (!row)
      return true;
    gint64 id = sqlite3_column_int64(stmt, 0);
    g_array_append_val(ids, id);
  }
  return false;
}

static GArray *find_ids(Store *store, const EntryFilter *filter, GError **error) {
  g_autofree char *query = filter->search != NULL ? search_query(filter->search, error) : NULL;
  if (filter->search != NULL && query == NULL)
    return NULL;
  g_autofree char *place = filter->place != NULL ? text_fold(filter->place) : NULL;
  const char *status = filter->status >= 0 ? entry_status_name((EntryStatus)filter->status) : NULL;
  bool many_found = is_common(store, filter, SEARCH "1", query);
  bool many_have_status = is_common(store, filter, "SELECT 1 FROM entries WHERE status = ?1", status);
  g_autofree char *sql = filter_sql(filter, many_found, many_have_status);
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, sql, error);
  if (stmt == NULL)
    return NULL;
  sql_bind_text(stmt, 1, filter->date_from);
  sql_bind_text(stmt, 2, filter->date_until);
  sql_bind_text(stmt, 3, filter->kind >= 0 ? entry_kind_name((EntryKind)filter->kind) : NULL);
  sql_bind_text(stmt, 4, status);
  sql_bind_int(stmt, 5, filter->priority);
  sql_bind_text(stmt, 6, place);
  sql_bind_text(stmt, 7, filter->source_name);
  sql_bind_text(stmt, 8, query);
  sql_bind_int(stmt, 9, filter->limit > 0 ? filter->limit : -1);
  sql_bind_text(stmt, 10, filter->before_date);
  sql_bind_int(stmt, 11, filter->before_id);
  g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
  return collect_ids(store, stmt, ids, error) ? g_steal_pointer(&ids) : NULL;
}

bool entries_each(Store *store, const EntryFilter *filter, EntryVisitor visit, gpointer user, GError **error) {
  g_autoptr(GArray) ids = find_ids(store, filter, error);
  if (ids == NULL)
    return false;
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr(Entry) entry = entries_get(store, g_array_index(ids, gint64, i), error);
    if (entry == NULL)
      return false;
    if (!visit(entry, user))
      break;
  }
  return true;
}

static bool keep_copy(const Entry *entry, gpointer user) {
  g_ptr_array_add(user, entry_copy(entry));
  return true;
}

GPtrArray *entries_find(Store *store, const EntryFilter *filter, GError **error) {
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
  return entries_each(store, filter, keep_copy, found, error) ? g_steal_pointer(&found) : NULL;
}

static gint64 set_each(Store *store, const EntryFilter *filter, EntryStatus status, const char *who, GError **error) {
  g_autoptr(GArray) ids = find_ids(store, filter, error);
  if (ids == NULL)
    return -1;
  gint64 changed = 0;
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr(Entry) entry = entries_get(store, g_array_index(ids, gint64, i), error);
    if (entry == NULL)
      return -1;
    if (entry->status == status)
      continue;
    entry->status = status;
    if (!entries_update(store, entry, who, error))
      return -1;
    changed++;
  }
  return changed;
}

gint64 entries_set_status(Store *store, const EntryFilter *filter, EntryStatus status, const char *who,
                          GError **error) {
  Change change;
  if (!change_begin(&change, store, error))
    return -1;
  gint64 changed = set_each(store, filter, status, who, error);
  return change_end(&change, changed >= 0, error) ? changed : -1;
}

GPtrArray *entries_urgent(Store *store, const char *from_day, gint64 now_us, GError **error) {
  g_autofree char *columns = entry_row_select();
  g_autofree char *sql = g_strdup_printf("SELECT %s FROM entries INDEXED BY entries_urgent"
                                         " WHERE priority = 2 AND status = 'approved'"
                                         " AND (expires_us > ?1 OR (expires_us = 0 AND date >= ?2)) ORDER BY id",
                                         columns);
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, sql, error);
  if (stmt == NULL)
    return NULL;
  sql_bind_int(stmt, 1, now_us);
  sql_bind_text(stmt, 2, from_day);
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
  for (bool row = true; sql_step(store, stmt, &row, error);) {
    if (!row)
      return g_steal_pointer(&entries);
    Entry *entry = entry_row_read(store, stmt, 0, error);
    if (entry == NULL)
      return NULL;
    g_ptr_array_add(entries, entry);
  }
  return NULL;
}
