/* The as-run log's own thread: what it is given is written, in order, by the time
 * it ends; what it cannot write is told. */
#include "base/error.h"
#include "base/files.h"
#include "commands/air_log.h"
#include "logbook/sql.h"

#include <string.h>

typedef struct {
  char *folder, *path;
} Station;

static void set_up(Station *station, gconstpointer data) {
  (void)data;
  station->folder = g_dir_make_tmp("carnet-air-log-XXXXXX", NULL);
  station->path = g_build_filename(station->folder, "logbook.sqlite", NULL);
  Store *store = store_open(station->path, true, NULL);
  g_assert_nonnull(store);
  store_free(store);
}

static void tear_down(Station *station, gconstpointer data) {
  (void)data;
  g_assert_true(folder_remove(station->folder, NULL));
  g_free(station->folder);
  g_free(station->path);
}

static void add_row(AirLog *log, guint item) {
  const AsRun row = {.edition = (char *)"2026-11-23-midi", .mount = (char *)"/a.mp3", .item = item, .start_us = item};
  air_log_add(log, &row);
}

static void add_rows(AirLog *log, guint n) {
  for (guint i = 0; i < n; i++)
    add_row(log, i);
}

static guint count_rows(const char *path) {
  g_autoptr(GError) error = NULL;
  Store *store = store_open(path, false, &error);
  g_assert_no_error(error);
  g_autoptr(GPtrArray) rows = asrun_list(store, NULL, 0, &error);
  g_assert_no_error(error);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpuint(((const AsRun *)rows->pdata[i])->item, ==, i);
  store_free(store);
  return rows->len;
}

static void test_written(Station *station, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  AirLog *log = air_log_start(station->path);
  add_rows(log, 50);
  g_assert_true(air_log_end(log, &error));
  g_assert_no_error(error);
  g_assert_cmpuint(count_rows(station->path), ==, 50);
  g_assert_true(air_log_end(NULL, &error)); /* none was begun */
  AirLog *idle = air_log_start(station->path);
  g_assert_true(air_log_end(idle, &error));
}

/* The thread waits for the rows of one item after the other; each is there long before the end. */
static void wait_for_rows(const char *path, guint n) {
  for (int i = 0; i < 1000 && count_rows(path) < n; i++)
    g_usleep(5000);
  g_assert_cmpuint(count_rows(path), ==, n);
}

/* The disk that spoils the logbook while it is on the air: said at the end, and what was written before is what it was. */
static void test_spoilt(Station *station, gconstpointer data) {
  (void)data;
  AirLog *log = air_log_start(station->path);
  add_row(log, 0);
  wait_for_rows(station->path, 1);
  add_row(log, 1);
  wait_for_rows(station->path, 2);
  g_autofree char *good = NULL;
  gsize nbytes;
  g_assert_true(g_file_get_contents(station->path, &good, &nbytes, NULL));
  g_autofree char *bad = g_memdup2(good, nbytes);
  memset(bad, 'x', 100);
  FILE *file = fopen(station->path, "r+"); /* the same file, which the thread has open */
  g_assert_true(fwrite(bad, 1, nbytes, file) == nbytes && fclose(file) == 0);
  add_row(log, 2);
  g_autoptr(GError) error = NULL;
  g_assert_false(air_log_end(log, &error));
  g_test_message("%s", error->message);
  g_assert_nonnull(strstr(error->message, "not a database"));
  g_assert_true(g_file_set_contents(station->path, good, (gssize)nbytes, NULL));
  g_assert_cmpuint(count_rows(station->path), ==, 2);
}

/* No logbook, no table, or somebody holds it: said at the end, and nothing is half-written. */
static void test_not_written(Station *station, gconstpointer data) {
  (void)data;
  g_autofree char *nowhere = g_build_filename(station->folder, "no", "such", "logbook.sqlite", NULL);
  g_autoptr(GError) missing = NULL;
  AirLog *log = air_log_start(nowhere);
  add_rows(log, 2);
  g_assert_false(air_log_end(log, &missing));
  g_assert_nonnull(missing);
  Store *store = store_open(station->path, true, NULL);
  g_assert_true(sql_exec(store,
                         "CREATE TRIGGER second BEFORE INSERT ON asrun WHEN new.item = 1"
                         " BEGIN SELECT RAISE(ABORT, 'no second row'); END",
                         NULL));
  g_autoptr(GError) refused = NULL;
  log = air_log_start(station->path);
  add_rows(log, 3);
  g_assert_false(air_log_end(log, &refused));
  g_assert_nonnull(strstr(refused->message, "no second row"));
  g_assert_cmpuint(count_rows(station->path), <=, 1); /* the first too, unless it was written before the second came */
  store_free(store);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/air-log/written", Station, NULL, set_up, test_written, tear_down);
  g_test_add("/air-log/spoilt", Station, NULL, set_up, test_spoilt, tear_down);
  g_test_add("/air-log/not-written", Station, NULL, set_up, test_not_written, tear_down);
  return g_test_run();
}
