/* The as-run log: rows are what was given, and a log that cannot be written or read says so. */
#include "logbook_fixture.h"

#include "logbook/asrun.h"
#include "logbook/sql.h"

static AsRun row_of(gint64 entry_id, guint item, AsRunResult result) {
  return (AsRun){.edition = (char *)"2026-11-23-midi",
                 .mount = (char *)"/bulletin.mp3",
                 .item = item,
                 .title = (char *)"Le four",
                 .entry_id = entry_id,
                 .start_us = 1000 + item,
                 .end_us = 2000 + item,
                 .sent_frames = result == ASRUN_MISSED ? 0 : 480,
                 .planned_frames = 960,
                 .result = result};
}

static void test_round_trip(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  gint64 id = add_entry(logbook, sample_entry("2026-11-23", "Le four est ouvert."));
  for (guint i = 0; i <= ASRUN_MISSED; i++) {
    AsRun row = row_of(i == 0 ? 0 : id, i, (AsRunResult)i);
    g_assert_true(asrun_add(logbook->store, &row, &error));
  }
  g_autoptr(GPtrArray) rows = asrun_list(logbook->store, "2026-11-23-midi", 0, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(rows->len, ==, ASRUN_MISSED + 1);
  for (guint i = 0; i < rows->len; i++) {
    const AsRun *got = rows->pdata[i];
    AsRun wanted = row_of(i == 0 ? 0 : id, i, (AsRunResult)i);
    g_assert_cmpstr(got->edition, ==, wanted.edition);
    g_assert_cmpstr(got->mount, ==, wanted.mount);
    g_assert_cmpstr(got->title, ==, wanted.title);
    g_assert_cmpuint(got->item, ==, wanted.item);
    g_assert_cmpint(got->entry_id, ==, wanted.entry_id);
    g_assert_cmpint(got->start_us, ==, wanted.start_us);
    g_assert_cmpint(got->end_us, ==, wanted.end_us);
    g_assert_cmpint(got->sent_frames, ==, wanted.sent_frames);
    g_assert_cmpint(got->planned_frames, ==, wanted.planned_frames);
    g_assert_cmpint(got->result, ==, wanted.result);
  }
  asrun_free(NULL);
}

/* SQLite asks it now and then whether to go on. */
static int stop(void *user) {
  (void)user;
  return 1;
}

/* Stopped on its way, or without its tables: an error each time, and never half a list. */
static void test_failures(Logbook *logbook, gconstpointer data) {
  (void)data;
  AsRun row = row_of(0, 0, ASRUN_AIRED);
  g_assert_true(asrun_add(logbook->store, &row, NULL));
  static const char *const BREAKS[] = {NULL, "ALTER TABLE asrun RENAME TO asrun_elsewhere",
                                       "ALTER TABLE heard RENAME TO heard_elsewhere"};
  for (gsize i = 0; i < G_N_ELEMENTS(BREAKS); i++) {
    if (BREAKS[i] == NULL)
      sqlite3_progress_handler(logbook->store->db, 1, stop, NULL);
    else
      g_assert_true(sql_exec(logbook->store, BREAKS[i], NULL));
    g_autoptr(GError) listing = NULL, asking = NULL, adding = NULL;
    if (i < 2) {
      g_assert_null(asrun_list(logbook->store, NULL, 0, &listing));
      g_assert_nonnull(listing);
      g_assert_false(asrun_add(logbook->store, &row, &adding));
      g_assert_nonnull(adding);
    }
    if (i != 1) {
      g_assert_null(asrun_heard(logbook->store, "2026-11-23", "2026-11-23", NULL, &asking));
      g_assert_nonnull(asking);
    }
    sqlite3_progress_handler(logbook->store->db, 0, NULL, NULL);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  logbook_test("/logbook/asrun/round-trip", test_round_trip);
  logbook_test("/logbook/asrun/failures", test_failures);
  return g_test_run();
}
