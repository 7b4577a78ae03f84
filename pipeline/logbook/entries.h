/* Entries in the store. Every change leaves a revision (see revisions.h);
 * nothing is ever deleted. `who` is the name that the revision carries. */
#ifndef CARNET_LOGBOOK_ENTRIES_H
#define CARNET_LOGBOOK_ENTRIES_H

#include "logbook/entry.h"
#include "logbook/store.h"

/* Adds `entry` (borrowed; its id, created_us and changed_us are not read).
 * A second entry of the same source_name and source_key is INPUT.
 * Returns the new id, or 0. */
gint64 entries_add(Store *store, const Entry *entry, const char *who, GError **error);
/* Between these two, inside a store_begin, the search index does not hear of what
 * entries_add adds: it takes all of it at the end, at once (alone, each costs it as
 * much as everything else). Only entries_add may come between; a store_commit
 * without the end fails. */
bool entries_add_begin(Store *store, GError **error);
bool entries_add_end(Store *store, GError **error);
/* entry_check, and what needs the store: the parent exists and does not answer
 * this one, no other entry has the same source_name and source_key. */
bool entries_check(Store *store, const Entry *entry, GError **error);
/* Replaces the entry of `entry->id` when anything differs (no revision otherwise). */
bool entries_update(Store *store, const Entry *entry, const char *who, GError **error);
/* `*entry` (entry_free) is NULL when there is none. */
bool entries_look_up(Store *store, gint64 id, Entry **entry, GError **error);
/* INPUT when there is none. Returns (entry_free), or NULL. */
Entry *entries_get(Store *store, gint64 id, GError **error);
/* NULL without an error when there is none. */
Entry *entries_get_by_source(Store *store, const char *source_name, const char *source_key, GError **error);

/* What to list; zero or NULL (-1 for the enums) leaves a filter out. */
typedef struct {
  const char *date_from, *date_until; /* both included */
  int kind, status, priority;         /* -1: any */
  const char *place;                  /* compared without case and accents */
  const char *source_name;
  const char *search; /* words, all must be there; never FTS syntax */
  gint64 limit;       /* 0: no limit */
  bool newest_first;  /* else by date, then id */
  const char
      *before_date; /* newest first: only what comes after the entry of this day and number; NULL: from the start */
  gint64 before_id;
} EntryFilter;
#define ENTRY_FILTER_ALL ((EntryFilter){.kind = -1, .status = -1, .priority = -1})

/* Calls `visit` for each, by date then id; stops when it returns false. */
typedef bool (*EntryVisitor)(const Entry *entry, gpointer user);
bool entries_each(Store *store, const EntryFilter *filter, EntryVisitor visit, gpointer user, GError **error);
/* Returns an array of Entry* (g_ptr_array_unref frees all), or NULL. */
GPtrArray *entries_find(Store *store, const EntryFilter *filter, GError **error);
/* Sets the status of all that match, in one transaction. Returns how many changed, -1 on failure. */
gint64 entries_set_status(Store *store, const EntryFilter *filter, EntryStatus status, const char *who, GError **error);

/* The urgent ones that may be heard at `now_us`: approved, not expired, and of one that never expires its day is
 * `from_day` or later (an alert of long ago that nobody has withdrawn is no alert). By id. Returns an array of Entry*,
 * or NULL. */
GPtrArray *entries_urgent(Store *store, const char *from_day, gint64 now_us, GError **error);

/* The candidates for a bulletin: entries of the days given, best first by
 * priority, endorsements and freshness (an index gives this order, so 1,000,000
 * entries cost no more than a hundred), approved and not expired at `now_us`,
 * at most `limit`. `with_others` adds those that are not approved or have
 * expired, after them, in the same order and at most `limit` again (for
 * `--explain`). Among equals the latest day, then the latest written, then the
 * lowest id comes first. Returns an array of Entry*, or NULL. */
GPtrArray *entries_candidates(Store *store, const char *date_from, const char *date_until, gint64 now_us, guint limit,
                              bool with_others, GError **error);

#endif
