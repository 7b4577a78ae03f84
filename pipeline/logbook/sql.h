/* Inside the logbook only: SQLite with our errors. No other room includes this. */
#ifndef CARNET_LOGBOOK_SQL_H
#define CARNET_LOGBOOK_SQL_H

#include "logbook/store.h"

#include <sqlite3.h>
#include <sys/types.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, sqlite3_finalize)

/* A connection to a file that is no more the logbook, with statements that somebody may still hold. */
typedef struct {
  sqlite3 *db;
  GHashTable *kept;
} Left;

struct Store {
  sqlite3 *db;
  char *path;
  dev_t device; /* of the file that is open, */
  ino_t inode;  /* 0: not known */
  guint patience_ms;
  GArray *left;     /* Left */
  pid_t owner;      /* the process that opened it: a connection must not cross fork */
  GHashTable *kept; /* SQL, by its address → its statement, see sql_keep */
  bool spoiled;     /* a change failed half-way inside a transaction, which so cannot be committed */
  bool adds_many;   /* since entries_add_begin; those above this id are not in the search index: */
  gint64 last_indexed;
};

/* Sets an error from what `rc` of `store` means to a person: busy is AGAIN, a
 * damaged file INPUT, a full disk SYSTEM. Returns false. */
bool sql_fail(Store *store, int rc, GError **error);
bool sql_exec(Store *store, const char *sql, GError **error);
/* One statement. Returns (sqlite3_finalize), or NULL. */
sqlite3_stmt *sql_prepare(Store *store, const char *sql, GError **error);
/* As sql_prepare, for what is run again and again: the statement stays with the
 * store, to be used once more, and g_autoptr(KeptStatement) only lays it down. For
 * one user at a time: the same SQL is not asked for before it is laid down. `sql` is
 * known by its address: a constant, or made once. */
sqlite3_stmt *sql_keep(Store *store, const char *sql, GError **error);
typedef sqlite3_stmt KeptStatement;
void sql_lay_down(KeptStatement *stmt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KeptStatement, sql_lay_down)
/* NULL binds NULL. The text must live until the statement is finalized or bound again. */
void sql_bind_text(sqlite3_stmt *stmt, int index, const char *text);
void sql_bind_int(sqlite3_stmt *stmt, int index, gint64 value);
/* Steps; `*row` tells whether there is a row to read. */
bool sql_step(Store *store, sqlite3_stmt *stmt, bool *row, GError **error);
/* Steps a statement that returns no row. */
bool sql_run(Store *store, sqlite3_stmt *stmt, GError **error);
/* A column's text; NULL is NULL. Returns (g_free). */
char *sql_text(sqlite3_stmt *stmt, int column);
/* The one number that `sql` returns. */
bool sql_number(Store *store, const char *sql, gint64 *value, GError **error);

/* A change that is kept whole or not at all, inside a store_begin or alone. Inside
 * one, a change that is refused before it wrote leaves the rest as it is; one that
 * fails after that (the disk is full) spoils the whole, and store_commit fails. No
 * savepoint: each makes the search index write out what it holds. */
typedef struct {
  Store *store;
  bool nested;
  gint64 written; /* rows changed on this connection before */
} Change;
bool change_begin(Change *change, Store *store, GError **error);
/* Keeps the change when `ok`, else takes it back. Returns whether it was kept. */
bool change_end(Change *change, bool ok, GError **error);

/* Opens with our settings, without migrating. `flags` as for sqlite3_open_v2. */
Store *store_connect(const char *path, int flags, GError **error);
/* Has another file taken the place of the one that is open? */
bool store_is_replaced(const Store *store);
/* Goes on with that one (store_restore), unless a transaction is open. */
bool store_follow(Store *store, GError **error);
/* Copies the content of `from` over that of `to` (sqlite3_backup). */
bool store_copy(Store *from, Store *to, GError **error);
/* The file's first bytes say that it is a logbook (application_id; no lock taken). */
bool store_is_logbook(const char *path);
/* PATH.SUFFIX, or PATH.SUFFIX-2… when there is one already. Returns (g_free). */
char *store_spare_name(const char *path, const char *suffix);
/* Copies the open logbook to `path` (replaced), checked before it gets its name. */
bool store_copy_to_file(Store *store, const char *path, GError **error);

#endif
