/* The day's candidates out of any number of entries, in a few milliseconds.
 *
 * Only indexes are walked, each in the order wanted and no further than the
 * limit; entries are fetched by id once they are chosen. A day has two parts:
 *   those that never expire: entries_by_expiry at expires_us = 0 is in order of rank;
 *   those that expire later than now: the same index finds them among any
 *   number of expired ones, and they are sorted. When they are many, sorting
 *   would cost more than walking entries_by_rank and passing over the expired.
 * The indexes are named in the SQL (INDEXED BY), so that a plan cannot change
 * with the data. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "logbook/entries.h"
#include "logbook/entry_row.h"

#include <string.h>

#define SORT_AT_MOST 4000 /* living entries of one day that are sorted rather than walked */

/* What orders an entry: its index key. */
typedef struct {
  gint64 id, priority, endorsements, created_us;
  char date[11];
} Rank;

typedef struct {
  Store *store;
  gint64 now_us;
  guint limit;
  GArray *ranks; /* Rank */
} Search;

#define RANK_COLUMNS "id, priority, endorsements, created_us, date"
#define RANK_ORDER " ORDER BY priority DESC, endorsements DESC, created_us DESC, id LIMIT ?4"

static const char sql_never_expiring[] = "SELECT " RANK_COLUMNS " FROM entries INDEXED BY entries_by_expiry"
                                         " WHERE status = ?1 AND date = ?2 AND expires_us = 0 AND ?3 = ?3" RANK_ORDER;
static const char sql_living[] = "SELECT " RANK_COLUMNS " FROM entries INDEXED BY entries_by_expiry"
                                 " WHERE status = ?1 AND date = ?2 AND expires_us > ?3" RANK_ORDER;
static const char sql_living_many[] = "SELECT " RANK_COLUMNS " FROM entries INDEXED BY entries_by_rank"
                                      " WHERE status = ?1 AND date = ?2 AND expires_us > ?3" RANK_ORDER;
static const char sql_expired[] = "SELECT " RANK_COLUMNS " FROM entries INDEXED BY entries_by_rank"
                                  " WHERE status = ?1 AND date = ?2 AND expires_us BETWEEN 1 AND ?3" RANK_ORDER;
static const char sql_any[] = "SELECT " RANK_COLUMNS " FROM entries INDEXED BY entries_by_rank"
                              " WHERE status = ?1 AND date = ?2 AND ?3 = ?3" RANK_ORDER;
static const char sql_count_living[] = "SELECT count(*) FROM (SELECT 1 FROM entries INDEXED BY entries_by_expiry"
                                       " WHERE status = ?1 AND date = ?2 AND expires_us > ?3 LIMIT ?4)";

/* Highest priority, most endorsements, latest day, latest written. */
static int compare_ranks(gconstpointer a, gconstpointer b) {
  const Rank *x = a, *y = b;
  const gint64 pairs[][2] = {{y->priority, x->priority},
                             {y->endorsements, x->endorsements},
                             {strcmp(y->date, x->date), 0},
                             {y->created_us, x->created_us},
                             {x->id, y->id}};
  for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++)
    if (pairs[i][0] != pairs[i][1])
      return pairs[i][0] < pairs[i][1] ? -1 : 1;
  return 0;
}

static sqlite3_stmt *prepare(Search *search, const char *sql, EntryStatus status, const char *day, guint limit,
                             GError **error) {
  sqlite3_stmt *stmt = sql_prepare(search->store, sql, error);
  if (stmt == NULL)
    return NULL;
  sql_bind_text(stmt, 1, entry_status_name(status));
  sql_bind_text(stmt, 2, day);
  sql_bind_int(stmt, 3, search->now_us);
  sql_bind_int(stmt, 4, limit);
  return stmt;
}

static bool add_ranks(Search *search, const char *sql, EntryStatus status, const char *day, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = prepare(search, sql, status, day, search->limit, error);
  bool row = true;
  while (stmt != NULL && sql_step(search->store, stmt, &row, error)) {
    if (!row)
      return true;
    Rank rank = {.id = sqlite3_column_int64(stmt, 0),
                 .priority = sqlite3_column_int64(stmt, 1),
                 .endorsements = sqlite3_column_int64(stmt, 2),
                 .created_us = sqlite3_column_int64(stmt, 3)};
    g_strlcpy(rank.date, (const char *)sqlite3_column_text(stmt, 4), sizeof rank.date);
    g_array_append_val(search->ranks, rank);
  }
  return false;
}

static bool add_approved(Search *search, const char *day, GError **error) {
  g_autoptr(sqlite3_stmt) count = prepare(search, sql_count_living, STATUS_APPROVED, day, SORT_AT_MOST + 1, error);
  bool row = false;
  if (count == NULL || !sql_step(search->store, count, &row, error))
    return false;
  bool many = sqlite3_column_int(count, 0) > SORT_AT_MOST;
  return add_ranks(search, sql_never_expiring, STATUS_APPROVED, day, error) &&
         add_ranks(search, many ? sql_living_many : sql_living, STATUS_APPROVED, day, error);
}

static bool add_others(Search *search, const char *day, GError **error) {
  if (!add_ranks(search, sql_expired, STATUS_APPROVED, day, error))
    return false;
  for (int status = 0; status < STATUS_COUNT; status++)
    if (status != STATUS_APPROVED && !add_ranks(search, sql_any, (EntryStatus)status, day, error))
      return false;
  return true;
}

/* Adds to `entries` the best of each day's, days merged. */
static bool fetch_best(Search *search, const char *from, const char *until,
                       bool (*add_day)(Search *search, const char *day, GError **error), GPtrArray *entries,
                       GError **error) {
  g_array_set_size(search->ranks, 0);
  g_autofree char *day = g_strdup(from);
  while (strcmp(day, until) <= 0) {
    if (!add_day(search, day, error))
      return false;
    if (strcmp(day, until) == 0) /* after the last day there is comes the same (base/clock.h) */
      break;
    char *next = day_add(day, 1);
    g_free(day);
    day = next;
  }
  g_array_sort(search->ranks, compare_ranks);
  for (guint i = 0; i < MIN(search->ranks->len, search->limit); i++) {
    Entry *entry = entries_get(search->store, g_array_index(search->ranks, Rank, i).id, error);
    if (entry == NULL)
      return false;
    g_ptr_array_add(entries, entry);
  }
  return true;
}

/* One look at the logbook for all of it: what others write meanwhile is not half seen, and the file is
 * locked once, not for each entry (measured: half of the time). Inside a transaction there is one already. */
static bool search_all(Search *search, const char *from, const char *until, bool with_others, GPtrArray *entries,
                       GError **error) {
  bool own = sqlite3_get_autocommit(search->store->db) != 0;
  if (own && !sql_exec(search->store, "BEGIN", error))
    return false;
  bool ok = fetch_best(search, from, until, add_approved, entries, error) &&
            (!with_others || fetch_best(search, from, until, add_others, entries, error));
  if (own)
    store_rollback(search->store); /* nothing was written */
  return ok;
}

GPtrArray *entries_candidates(Store *store, const char *date_from, const char *date_until, gint64 now_us, guint limit,
                              bool with_others, GError **error) {
  if (!day_check(date_from, error) || !day_check(date_until, error))
    return NULL;
  g_autoptr(GArray) ranks = g_array_new(FALSE, FALSE, sizeof(Rank));
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
  Search search = {.store = store, .now_us = now_us, .limit = limit, .ranks = ranks};
  return search_all(&search, date_from, date_until, with_others, entries, error) ? g_steal_pointer(&entries) : NULL;
}
