/* Copies of the whole logbook. A live SQLite file is never copied as a file:
 * SQLite's backup API reads it under its locks, and the copy is checked before
 * it gets its name. */
#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "logbook/schema.h"
#include "logbook/sql.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define COPY_WAIT_MS 10000
#define COPY_RETRY_MS 50
#define KEPT_SUFFIX "before-restore"

char *store_spare_name(const char *path, const char *suffix) {
  char *name = g_strdup_printf("%s.%s", path, suffix);
  for (guint n = 2; g_file_test(name, G_FILE_TEST_EXISTS); n++) {
    g_free(name);
    name = g_strdup_printf("%s.%s-%u", path, suffix, n);
  }
  return name;
}

/* SQLite file format, section 1.3: magic at 0, application_id at 68, big-endian. */
bool store_is_logbook(const char *path) {
  guint8 head[100] = {0};
  FILE *file = fopen(path, "rbe");
  if (file == NULL)
    return false;
  gsize got = fread(head, 1, sizeof head, file);
  (void)fclose(file);
  guint32 application = (guint32)head[68] << 24 | (guint32)head[69] << 16 | (guint32)head[70] << 8 | head[71];
  return got == sizeof head && memcmp(head, "SQLite format 3", 16) == 0 && application == SCHEMA_APPLICATION_ID;
}

bool store_copy(Store *from, Store *to, GError **error) {
  sqlite3_backup *copy = sqlite3_backup_init(to->db, "main", from->db, "main");
  if (copy == NULL)
    return sql_fail(to, sqlite3_errcode(to->db), error);
  int rc = sqlite3_backup_step(copy, -1);
  for (guint waited = 0; (rc == SQLITE_BUSY || rc == SQLITE_LOCKED) && waited < COPY_WAIT_MS; waited += COPY_RETRY_MS) {
    g_usleep(COPY_RETRY_MS * 1000);
    rc = sqlite3_backup_step(copy, -1);
  }
  sqlite3_backup_finish(copy);
  return rc == SQLITE_DONE || sql_fail((rc & 0xff) == SQLITE_BUSY || rc == SQLITE_LOCKED ? from : to, rc, error);
}

/* The draft holds a whole logbook of a version that we know. */
static bool check_copy(Store *copy, GError **error) {
  gint64 version = 0;
  if (!sql_number(copy, "PRAGMA user_version", &version, error))
    return false;
  if (version > schema_version()) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("made by a newer carnet (version %" PRId64 " of the logbook; this program knows %d)"), version,
                schema_version());
    return false;
  }
  return store_check(copy, error);
}

/* Copies `from` to a draft of `path` and checks the draft, which is not committed yet. */
static FileDraft *copy_to_draft(Store *from, const char *path, bool check, GError **error) {
  g_autoptr(FileDraft) draft = file_draft_new(path, 0600, error);
  if (draft == NULL)
    return NULL;
  g_autoptr(Store) copy = store_connect(file_draft_path(draft), SQLITE_OPEN_READWRITE, error);
  if (copy == NULL)
    return NULL;
  if (store_copy(from, copy, error) && (!check || check_copy(copy, error)))
    return g_steal_pointer(&draft);
  g_autofree char *journal = g_strconcat(file_draft_path(draft), "-journal", NULL);
  g_unlink(journal);
  return NULL;
}

bool store_copy_to_file(Store *store, const char *path, GError **error) {
  g_autoptr(FileDraft) draft = copy_to_draft(store, path, false, error);
  return draft != NULL && file_draft_commit(draft, error);
}

/* --- backup ----------------------------------------------------------------- */

static bool same_file(const char *a, const char *b) {
  GStatBuf first, second;
  return g_stat(a, &first) == 0 && g_stat(b, &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

static bool may_replace(Store *store, const char *path, GError **error) {
  GStatBuf status;
  if (g_stat(path, &status) != 0)
    return true;
  if (same_file(path, store->path)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: is the logbook itself; choose another name"), path);
    return false;
  }
  if (S_ISREG(status.st_mode) && (status.st_size == 0 || store_is_logbook(path)))
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
              _("%s: is there already and is not a logbook; choose another name"), path);
  return false;
}

bool store_backup(Store *store, const char *path, GError **error) {
  if (!may_replace(store, path, error))
    return false;
  g_autoptr(FileDraft) draft = copy_to_draft(store, path, true, error);
  return draft != NULL && file_draft_commit(draft, error);
}

/* --- restore ---------------------------------------------------------------- */

/* A checked copy of `backup`, ready to take the place of `path`. */
static FileDraft *draft_of_backup(const char *path, const char *backup, GError **error) {
  if (!g_file_test(backup, G_FILE_TEST_EXISTS)) {
    carnet_error_set_errno(error, ENOENT, "%s", backup);
    return NULL;
  }
  if (!store_is_logbook(backup) || same_file(path, backup)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: not a backup of a logbook"), backup);
    return NULL;
  }
  g_autoptr(Store) from = store_connect(backup, SQLITE_OPEN_READWRITE, error);
  if (from == NULL)
    return NULL;
  GError *failure = NULL;
  FileDraft *draft = copy_to_draft(from, path, true, &failure);
  if (failure != NULL)
    g_propagate_prefixed_error(error, failure, _("%s: the backup cannot be used: "), backup);
  return draft;
}

/* Holds the present logbook, so that nobody writes while it is replaced. A
 * damaged one cannot be held, and need not be: `*held` is then NULL. */
static bool hold_present(const char *path, Store **held, GError **error) {
  g_autoptr(GError) failure = NULL;
  g_autoptr(Store) present = store_connect(path, SQLITE_OPEN_READWRITE, &failure);
  if (present != NULL && sql_exec(present, "BEGIN EXCLUSIVE", &failure)) {
    *held = g_steal_pointer(&present);
    return true;
  }
  if (!g_error_matches(failure, CARNET_ERROR, CARNET_ERROR_AGAIN))
    return true;
  g_propagate_error(error, g_steal_pointer(&failure));
  return false;
}

/* The name under which the present logbook is kept: a free one, or that of a restore which
 * was stopped before anything was replaced. */
static char *kept_name(const char *path) {
  g_autofree char *first = g_strconcat(path, ".", KEPT_SUFFIX, NULL);
  return same_file(first, path) ? g_steal_pointer(&first) : store_spare_name(path, KEPT_SUFFIX);
}

/* The present file gets a second name, `kept`; its own is then taken by the rename of
 * the draft, so that there is a logbook at every instant. A journal left by a
 * crash belongs to the old file and must not be played on the new one. */
static bool keep_present(const char *path, const char *kept, GError **error) {
  g_autofree char *journal = g_strconcat(path, "-journal", NULL);
  g_autofree char *kept_journal = g_strconcat(kept, "-journal", NULL);
  if (!same_file(path, kept) && link(path, kept) != 0) {
    carnet_error_set_errno(error, errno, "%s", kept);
    return false;
  }
  if (g_rename(journal, kept_journal) != 0 && errno != ENOENT) {
    carnet_error_set_errno(error, errno, "%s", kept_journal);
    g_unlink(kept);
    return false;
  }
  return true;
}

/* Nothing was replaced: all is as before. */
static void unkeep_present(const char *path, const char *kept) {
  g_autofree char *journal = g_strconcat(path, "-journal", NULL);
  g_autofree char *kept_journal = g_strconcat(kept, "-journal", NULL);
  g_rename(kept_journal, journal);
  g_unlink(kept);
}

bool store_restore(const char *path, const char *backup, GError **error) {
  g_autoptr(FileDraft) draft = draft_of_backup(path, backup, error);
  if (draft == NULL)
    return false;
  g_autoptr(Store) held = NULL;
  g_autofree char *kept = g_file_test(path, G_FILE_TEST_EXISTS) ? kept_name(path) : NULL;
  if (kept && (!hold_present(path, &held, error) || !keep_present(path, kept, error)))
    return false;
  bool ok = file_draft_commit(draft, error);
  if (!ok && kept && same_file(path, kept))
    unkeep_present(path, kept);
  return ok;
}
