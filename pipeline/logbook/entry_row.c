#include "logbook/entry_row.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"

#include <inttypes.h>

enum {
  COLUMN_ID,
  COLUMN_DATE,
  COLUMN_KIND,
  COLUMN_TITLE,
  COLUMN_TEXT,
  COLUMN_LANGUAGE,
  COLUMN_PLACE,
  COLUMN_PLACE_ID,
  COLUMN_AUTHOR,
  COLUMN_ATTRIBUTION,
  COLUMN_STATUS,
  COLUMN_PRIORITY,
  COLUMN_EXPIRES,
  COLUMN_ENDORSEMENTS,
  COLUMN_SOURCE_NAME,
  COLUMN_SOURCE_URL,
  COLUMN_SOURCE_KEY,
  COLUMN_LINKS,
  COLUMN_PARENT,
  COLUMN_SOUND,
  COLUMN_CREATED,
  COLUMN_CHANGED,
  COLUMN_COUNT
};
G_STATIC_ASSERT((int)COLUMN_COUNT == ENTRY_ROW_COLUMNS);

static const char *const columns[COLUMN_COUNT] = {
    "id",         "date",        "kind",   "title",    "text",       "language",     "place",       "place_id",
    "author",     "attribution", "status", "priority", "expires_us", "endorsements", "source_name", "source_url",
    "source_key", "links",       "parent", "sound",    "created_us", "changed_us",
};

/* --- the columns in SQL ----------------------------------------------------- */

char *entry_row_select(void) {
  GString *sql = g_string_new(NULL);
  for (int i = 0; i < COLUMN_COUNT; i++)
    g_string_append(g_string_append(sql, i > 0 ? ", " : ""), columns[i]);
  return g_string_free(sql, FALSE);
}

char *entry_row_to_json(void) {
  GString *sql = g_string_new("json_object(");
  for (int i = 0; i < COLUMN_COUNT; i++) {
    g_string_append(g_string_append(sql, i > 0 ? ", '" : "'"), columns[i]);
    g_string_append(g_string_append(sql, "', "), columns[i]);
  }
  g_string_append_c(sql, ')');
  return g_string_free(sql, FALSE);
}

char *entry_row_from_json(const char *column) {
  GString *sql = g_string_new(NULL);
  for (int i = 0; i < COLUMN_COUNT; i++)
    g_string_append_printf(sql, "%sjson_extract(%s, '$.%s')", i > 0 ? ", " : "", column, columns[i]);
  return g_string_free(sql, FALSE);
}

/* --- reading ---------------------------------------------------------------- */

static int read_name(sqlite3_stmt *stmt, int column, int (*parse)(const char *name)) {
  const char *name = (const char *)sqlite3_column_text(stmt, column);
  return name != NULL ? parse(name) : -1;
}

static bool read_names(Entry *entry, sqlite3_stmt *stmt, int first) {
  int kind = read_name(stmt, first + COLUMN_KIND, entry_kind_parse);
  int attribution = read_name(stmt, first + COLUMN_ATTRIBUTION, attribution_parse);
  int status = read_name(stmt, first + COLUMN_STATUS, entry_status_parse);
  int priority = sqlite3_column_int(stmt, first + COLUMN_PRIORITY);
  if (kind < 0 || attribution < 0 || status < 0 || priority < 0 || priority >= PRIORITY_COUNT)
    return false;
  entry->kind = (EntryKind)kind;
  entry->attribution = (Attribution)attribution;
  entry->status = (EntryStatus)status;
  entry->priority = (EntryPriority)priority;
  return true;
}

static void read_strings(Entry *entry, sqlite3_stmt *stmt, int first) {
  entry->date = sql_text(stmt, first + COLUMN_DATE);
  entry->title = sql_text(stmt, first + COLUMN_TITLE);
  entry->text = sql_text(stmt, first + COLUMN_TEXT);
  entry->language = sql_text(stmt, first + COLUMN_LANGUAGE);
  entry->place = sql_text(stmt, first + COLUMN_PLACE);
  entry->place_id = sql_text(stmt, first + COLUMN_PLACE_ID);
  entry->author = sql_text(stmt, first + COLUMN_AUTHOR);
  entry->source_name = sql_text(stmt, first + COLUMN_SOURCE_NAME);
  entry->source_url = sql_text(stmt, first + COLUMN_SOURCE_URL);
  entry->source_key = sql_text(stmt, first + COLUMN_SOURCE_KEY);
  entry->sound = sql_text(stmt, first + COLUMN_SOUND);
  const char *links = (const char *)sqlite3_column_text(stmt, first + COLUMN_LINKS);
  entry->links = links != NULL ? g_strsplit(links, "\n", -1) : NULL;
}

Entry *entry_row_read(Store *store, sqlite3_stmt *stmt, int first, GError **error) {
  g_autoptr(Entry) entry = entry_new();
  entry->id = sqlite3_column_int64(stmt, first + COLUMN_ID);
  if (!read_names(entry, stmt, first)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("%s: entry %" PRId64 " is damaged; put a backup in place with \"carnet restore FILE\""), store->path,
                entry->id);
    return NULL;
  }
  read_strings(entry, stmt, first);
  entry->expires_us = sqlite3_column_int64(stmt, first + COLUMN_EXPIRES);
  entry->endorsements = sqlite3_column_int64(stmt, first + COLUMN_ENDORSEMENTS);
  entry->parent = sqlite3_column_int64(stmt, first + COLUMN_PARENT);
  entry->created_us = sqlite3_column_int64(stmt, first + COLUMN_CREATED);
  entry->changed_us = sqlite3_column_int64(stmt, first + COLUMN_CHANGED);
  return g_steal_pointer(&entry);
}

/* --- writing ---------------------------------------------------------------- */

/* As many "?" as names; the last is the folded place. */
static gpointer write_sql(gpointer is_new) {
  GString *sql = g_string_new(is_new != NULL ? "INSERT INTO entries(" : "UPDATE entries SET (");
  g_autofree char *names = entry_row_select();
  g_string_append_printf(sql, "%s, place_folded) %s (", names, is_new ? "VALUES" : "=");
  for (int i = 0; i <= COLUMN_COUNT; i++)
    g_string_append(sql, i > 0 ? ", ?" : "?");
  g_string_append(sql, is_new ? ")" : ") WHERE id = ?1");
  return g_string_free(sql, FALSE);
}

static void bind_strings(sqlite3_stmt *stmt, const Entry *entry) {
  sql_bind_text(stmt, 1 + COLUMN_DATE, entry->date);
  sql_bind_text(stmt, 1 + COLUMN_KIND, entry_kind_name(entry->kind));
  sql_bind_text(stmt, 1 + COLUMN_TITLE, entry->title);
  sql_bind_text(stmt, 1 + COLUMN_TEXT, entry->text);
  sql_bind_text(stmt, 1 + COLUMN_LANGUAGE, entry->language);
  sql_bind_text(stmt, 1 + COLUMN_PLACE, entry->place);
  sql_bind_text(stmt, 1 + COLUMN_PLACE_ID, entry->place_id);
  sql_bind_text(stmt, 1 + COLUMN_AUTHOR, entry->author);
  sql_bind_text(stmt, 1 + COLUMN_ATTRIBUTION, attribution_name(entry->attribution));
  sql_bind_text(stmt, 1 + COLUMN_STATUS, entry_status_name(entry->status));
  sql_bind_text(stmt, 1 + COLUMN_SOURCE_NAME, entry->source_name);
  sql_bind_text(stmt, 1 + COLUMN_SOURCE_URL, entry->source_url);
  sql_bind_text(stmt, 1 + COLUMN_SOURCE_KEY, entry->source_key);
  sql_bind_text(stmt, 1 + COLUMN_SOUND, entry->sound);
}

/* An id of 0 stays unbound (NULL): SQLite gives the next one; so does no parent. */
static void bind_numbers(sqlite3_stmt *stmt, const Entry *entry) {
  if (entry->id != 0)
    sql_bind_int(stmt, 1 + COLUMN_ID, entry->id);
  if (entry->parent != 0)
    sql_bind_int(stmt, 1 + COLUMN_PARENT, entry->parent);
  sql_bind_int(stmt, 1 + COLUMN_PRIORITY, (gint64)entry->priority);
  sql_bind_int(stmt, 1 + COLUMN_EXPIRES, entry->expires_us);
  sql_bind_int(stmt, 1 + COLUMN_ENDORSEMENTS, entry->endorsements);
  sql_bind_int(stmt, 1 + COLUMN_CREATED, entry->created_us);
  sql_bind_int(stmt, 1 + COLUMN_CHANGED, entry->changed_us);
}

gint64 entry_row_write(Store *store, const Entry *entry, GError **error) {
  static GOnce insert = G_ONCE_INIT, update = G_ONCE_INIT;
  bool has_links = entry->links != NULL && entry->links[0] != NULL;
  g_autofree char *links = has_links ? g_strjoinv("\n", entry->links) : NULL;
  g_autofree char *folded = entry->place != NULL ? text_fold(entry->place) : NULL;
  const char *sql =
      entry->id == 0 ? g_once(&insert, write_sql, GINT_TO_POINTER(true)) : g_once(&update, write_sql, NULL);
  g_autoptr(KeptStatement) stmt = sql_keep(store, sql, error);
  if (stmt == NULL)
    return 0;
  bind_strings(stmt, entry);
  bind_numbers(stmt, entry);
  sql_bind_text(stmt, 1 + COLUMN_LINKS, links);
  sql_bind_text(stmt, 1 + COLUMN_COUNT, folded);
  if (!sql_run(store, stmt, error))
    return 0;
  return entry->id != 0 ? entry->id : sqlite3_last_insert_rowid(store->db);
}

static gpointer remember_sql(G_GNUC_UNUSED gpointer unused) {
  g_autofree char *json = entry_row_to_json();
  return g_strdup_printf("INSERT INTO revisions(entry_id, at_us, who, what, restores, content)"
                         " SELECT id, ?2, ?3, ?4, ?5, %s FROM entries WHERE id = ?1",
                         json);
}

bool entry_row_remember(Store *store, gint64 id, const char *who, const char *what, gint64 restores, GError **error) {
  static GOnce once = G_ONCE_INIT;
  const char *sql = g_once(&once, remember_sql, NULL);
  g_autoptr(KeptStatement) stmt = sql_keep(store, sql, error);
  if (stmt == NULL)
    return false;
  sql_bind_int(stmt, 1, id);
  sql_bind_int(stmt, 2, clock_now_us());
  sql_bind_text(stmt, 3, who);
  sql_bind_text(stmt, 4, what);
  if (restores >= 0)
    sql_bind_int(stmt, 5, restores);
  return sql_run(store, stmt, error);
}
