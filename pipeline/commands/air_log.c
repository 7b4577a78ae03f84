#include "commands/air_log.h"

struct AirLog {
  char *path;
  GThread *thread;
  GAsyncQueue *rows; /* AsRun*; `last` at the end */
  AsRun last;
  /* The thread's own. */
  Store *store;
  GPtrArray *waiting; /* AsRun* that are not written yet */
  GError *error;      /* why the last try failed */
};

static bool write_rows(AirLog *log, GError **error) {
  if (!log->store)
    log->store = store_open(log->path, true, error);
  if (!log->store || !store_begin(log->store, error))
    return false;
  bool ok = true;
  for (guint i = 0; i < log->waiting->len && ok; i++)
    ok = asrun_add(log->store, log->waiting->pdata[i], error);
  if (ok)
    return store_commit(log->store, error);
  store_rollback(log->store);
  return false;
}

/* Waits for a row and takes what else has come. False when the last one is among them. */
static bool take_rows(AirLog *log) {
  for (AsRun *row = g_async_queue_pop(log->rows); row; row = g_async_queue_try_pop(log->rows)) {
    if (row == &log->last)
      return false;
    g_ptr_array_add(log->waiting, row);
  }
  return true;
}

static gpointer work(gpointer data) {
  AirLog *log = data;
  for (bool more = true; more;) {
    more = take_rows(log);
    g_clear_error(&log->error);
    if (log->waiting->len > 0 && write_rows(log, &log->error))
      g_ptr_array_set_size(log->waiting, 0);
  }
  store_free(log->store);
  return NULL;
}

AirLog *air_log_start(const char *path) {
  AirLog *log = g_new0(AirLog, 1);
  log->path = g_strdup(path);
  log->rows = g_async_queue_new();
  log->waiting = g_ptr_array_new_with_free_func((GDestroyNotify)asrun_free);
  log->thread = g_thread_new("as-run log", work, log);
  return log;
}

void air_log_add(AirLog *log, const AsRun *row) {
  AsRun *copy = g_memdup2(row, sizeof *row);
  copy->edition = g_strdup(row->edition);
  copy->mount = g_strdup(row->mount);
  copy->title = g_strdup(row->title);
  g_async_queue_push(log->rows, copy);
}

bool air_log_end(AirLog *log, GError **error) {
  if (!log)
    return true;
  g_async_queue_push(log->rows, &log->last);
  g_thread_join(log->thread);
  bool ok = log->error == NULL;
  if (!ok)
    g_propagate_error(error, log->error);
  g_async_queue_unref(log->rows);
  g_ptr_array_unref(log->waiting);
  g_free(log->path);
  g_free(log);
  return ok;
}
