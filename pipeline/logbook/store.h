/* The logbook's SQLite file: opening, migrating, transactions.
 *
 * STRICT tables, foreign keys on, journal_mode=DELETE, synchronous=FULL (WAL
 * has a data-losing bug in Debian 12's SQLite). `user_version` is the schema's
 * number: an older file is backed up beside itself (logbook.sqlite.vN-backup)
 * and migrated in one transaction; a newer one is refused with what to do.
 * A connection is never carried across fork, and used by one thread. */
#ifndef CARNET_LOGBOOK_STORE_H
#define CARNET_LOGBOOK_STORE_H

#include <glib.h>
#include <stdbool.h>

typedef struct Store Store;

/* Opens (and makes, if `create`, with permissions 0600) the logbook at `path`.
 * Busy for over 10 s is AGAIN; a damaged file is INPUT and tells of `carnet
 * restore`. Returns (free with store_free), or NULL. */
Store *store_open(const char *path, bool create, GError **error);
/* Waits so long for others who hold the logbook (10 s unless told), then AGAIN. */
void store_set_patience(Store *store, guint ms);
void store_free(Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_free)

/* Everything between is kept whole or not at all (BEGIN IMMEDIATE; may not be nested). */
bool store_begin(Store *store, GError **error);
bool store_commit(Store *store, GError **error); /* false, all taken back, also when a change failed half-way */
void store_rollback(Store *store);               /* harmless when nothing is open */
/* What is read from here on, until store_rollback, is of one moment; and much quicker than each for itself. */
bool store_view(Store *store, GError **error);

/* PRAGMA integrity_check, foreign_key_check and the full-text index's own check. */
bool store_check(Store *store, GError **error);

/* Copies the open logbook to `path` by SQLite's backup API, by draft and
 * rename, then opens and checks the copy. An existing file is replaced only
 * when it is a logbook. */
bool store_backup(Store *store, const char *path, GError **error);
/* Puts `backup` in the place of the logbook at `path`: the backup is checked
 * first, the present file is kept as PATH.before-restore. A Store that is open, of this process or another, goes on
 * with the new file from its next transaction or statement on. */
bool store_restore(const char *path, const char *backup, GError **error);

#endif
