/* A logbook in a folder of its own, for the tests of the logbook. */
#ifndef CARNET_TESTS_LOGBOOK_FIXTURE_H
#define CARNET_TESTS_LOGBOOK_FIXTURE_H

#include "base/error.h"
#include "base/files.h"
#include "logbook/entries.h"

#include <glib.h>
#include <glib/gstdio.h>

typedef struct {
  char *folder, *path;
  Store *store;
} Logbook;

static inline void logbook_setup(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  logbook->folder = g_dir_make_tmp("carnet-logbook-XXXXXX", &error);
  g_assert_no_error(error);
  logbook->path = g_build_filename(logbook->folder, "logbook.sqlite", NULL);
  logbook->store = store_open(logbook->path, true, &error);
  g_assert_no_error(error);
}

static inline void logbook_teardown(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  store_free(logbook->store);
  folder_remove(logbook->folder, &error);
  g_assert_no_error(error);
  g_free(logbook->folder);
  g_free(logbook->path);
}

static inline Entry *sample_entry(const char *date, const char *text) {
  Entry *entry = entry_new();
  entry->date = g_strdup(date);
  entry->text = g_strdup(text);
  entry->language = g_strdup("fr");
  entry->status = STATUS_PENDING;
  return entry;
}

/* Adds and frees `entry`. */
static inline gint64 add_entry(Logbook *logbook, Entry *entry) {
  g_autoptr(GError) error = NULL;
  gint64 id = entries_add(logbook->store, entry, "test", &error);
  g_assert_no_error(error);
  g_assert_cmpint(id, >, 0);
  entry_free(entry);
  return id;
}

static inline Entry *get_entry(Logbook *logbook, gint64 id) {
  g_autoptr(GError) error = NULL;
  Entry *entry = entries_get(logbook->store, id, &error);
  g_assert_no_error(error);
  return entry;
}

#define logbook_test(name, function) g_test_add(name, Logbook, NULL, logbook_setup, function, logbook_teardown)

#endif
