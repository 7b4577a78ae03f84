/* Inside the logbook only: an entry as a row, and as the JSON of a revision.
 * One table of columns makes both, so that they cannot drift apart. */
#ifndef CARNET_LOGBOOK_ENTRY_ROW_H
#define CARNET_LOGBOOK_ENTRY_ROW_H

#include "logbook/entry.h"
#include "logbook/sql.h"

#define ENTRY_ROW_COLUMNS 22

/* "id, date, kind, …". Returns (g_free). */
char *entry_row_select(void);
/* "json_object('id', id, 'date', date, …)". Returns (g_free). */
char *entry_row_to_json(void);
/* The same columns out of the JSON in `column`: "json_extract(COLUMN, '$.id'), …". Returns (g_free). */
char *entry_row_from_json(const char *column);
/* Reads the columns from `first` on. Returns (entry_free), or NULL with INPUT
 * when a name in the row is unknown. */
Entry *entry_row_read(Store *store, sqlite3_stmt *stmt, int first, GError **error);
/* Writes the entry's row: a new one when `entry->id` is 0. Returns its id, or 0. */
gint64 entry_row_write(Store *store, const Entry *entry, GError **error);
/* Leaves a revision with the row of `id` as it is now; `restores` < 0: not an undo. */
bool entry_row_remember(Store *store, gint64 id, const char *who, const char *what, gint64 restores, GError **error);

#endif
