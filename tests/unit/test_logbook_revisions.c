/* The history of an entry, and undo after undo. */
#include "logbook/revisions.h"
#include "logbook_fixture.h"

static void edit_text(Logbook *logbook, gint64 id, const char *text) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Entry) entry = get_entry(logbook, id);
  g_free(entry->text);
  entry->text = g_strdup(text);
  g_assert_true(entries_update(logbook->store, entry, "anaïs", &error));
}

static void assert_text(Logbook *logbook, gint64 id, const char *text) {
  g_autoptr(Entry) entry = get_entry(logbook, id);
  g_assert_cmpstr(entry->text, ==, text);
}

static void undo(Logbook *logbook, gint64 id) {
  g_autoptr(GError) error = NULL;
  g_assert_true(revisions_undo(logbook->store, id, "yann", &error));
  g_assert_no_error(error);
}

static void assert_nothing_left(Logbook *logbook, gint64 id) {
  g_autoptr(GError) error = NULL;
  g_assert_false(revisions_undo(logbook->store, id, "yann", &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
}

static void test_history_says_who_and_what(Logbook *logbook, gconstpointer data) {
  (void)data;
  static const char *const want[][2] = {{"test", "add"}, {"anaïs", "edit text"}, {"léo", "approve"}, {"yann", "undo"}};
  gint64 id = add_entry(logbook, sample_entry("2026-11-23", "un"));
  edit_text(logbook, id, "deux");
  edit_text(logbook, id, "deux"); /* no change, no revision */
  EntryFilter all = ENTRY_FILTER_ALL;
  g_assert_cmpint(entries_set_status(logbook->store, &all, STATUS_APPROVED, "léo", NULL), ==, 1);
  undo(logbook, id);
  g_autoptr(GPtrArray) history = revisions_of(logbook->store, id, NULL);
  g_assert_cmpuint(history->len, ==, G_N_ELEMENTS(want));
  for (guint i = 0; i < history->len; i++) {
    const Revision *revision = history->pdata[i];
    g_assert_cmpstr(revision->who, ==, want[i][0]);
    g_assert_cmpstr(revision->what, ==, want[i][1]);
    g_assert_cmpint(revision->entry_id, ==, id);
    g_assert_cmpint(revision->at_us, >, 0);
  }
  const Revision *first = history->pdata[0], *last = history->pdata[3];
  g_assert_cmpstr(first->entry->text, ==, "un");
  g_assert_cmpint(last->entry->status, ==, STATUS_PENDING);
}

static void test_undo_goes_on_back(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 id = add_entry(logbook, sample_entry("2026-11-23", "un"));
  edit_text(logbook, id, "deux");
  edit_text(logbook, id, "trois");
  undo(logbook, id);
  assert_text(logbook, id, "deux");
  undo(logbook, id);
  assert_text(logbook, id, "un");
  undo(logbook, id);
  g_autoptr(Entry) entry = get_entry(logbook, id);
  g_assert_cmpint(entry->status, ==, STATUS_WITHDRAWN);
  assert_nothing_left(logbook, id);
}

/* A change made after an undo is taken back to what the undo left, and from there further back. */
static void test_edit_after_undo(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 id = add_entry(logbook, sample_entry("2026-11-23", "un"));
  edit_text(logbook, id, "deux");
  edit_text(logbook, id, "trois");
  undo(logbook, id); /* deux */
  edit_text(logbook, id, "quatre");
  undo(logbook, id);
  assert_text(logbook, id, "deux");
  undo(logbook, id);
  assert_text(logbook, id, "un");
}

static void test_approve_after_the_adding_was_undone(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 id = add_entry(logbook, sample_entry("2026-11-23", "un"));
  undo(logbook, id);
  g_autoptr(Entry) entry = get_entry(logbook, id);
  entry->status = STATUS_APPROVED;
  g_assert_true(entries_update(logbook->store, entry, "anaïs", NULL));
  undo(logbook, id);
  g_autoptr(Entry) back = get_entry(logbook, id);
  g_assert_cmpint(back->status, ==, STATUS_WITHDRAWN);
  assert_nothing_left(logbook, id);
}

static void test_undo_one_of_a_bulk_approval(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 first = add_entry(logbook, sample_entry("2026-11-23", "un"));
  gint64 second = add_entry(logbook, sample_entry("2026-11-23", "deux"));
  EntryFilter all = ENTRY_FILTER_ALL;
  g_assert_cmpint(entries_set_status(logbook->store, &all, STATUS_APPROVED, "léo", NULL), ==, 2);
  undo(logbook, first);
  g_autoptr(Entry) taken_back = get_entry(logbook, first);
  g_autoptr(Entry) untouched = get_entry(logbook, second);
  g_assert_cmpint(taken_back->status, ==, STATUS_PENDING);
  g_assert_cmpint(untouched->status, ==, STATUS_APPROVED);
}

static void test_unknown_entry(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  assert_nothing_left(logbook, 404);
  g_assert_null(revisions_of(logbook->store, 404, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
}

static void test_undo_brings_back_every_field(Logbook *logbook, gconstpointer data) {
  (void)data;
  static char *links[] = {"https://aurelle.example/a", NULL};
  Entry *entry = sample_entry("2026-11-23", "Une \"ligne\"\net l’autre");
  entry->links = g_strdupv(links);
  entry->expires_us = G_GINT64_CONSTANT(1795435200123456);
  entry->place = g_strdup("Kervalan");
  gint64 id = add_entry(logbook, entry);
  g_autoptr(Entry) before = get_entry(logbook, id);
  g_autoptr(Entry) changed = sample_entry("2026-11-22", "autre");
  changed->id = id;
  g_assert_true(entries_update(logbook->store, changed, "anaïs", NULL));
  undo(logbook, id);
  g_autoptr(Entry) after = get_entry(logbook, id);
  g_assert_true(entry_equal(before, after));
  g_assert_cmpint(after->created_us, ==, before->created_us);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  logbook_test("/logbook/revisions/history", test_history_says_who_and_what);
  logbook_test("/logbook/revisions/undo-undo", test_undo_goes_on_back);
  logbook_test("/logbook/revisions/edit-after-undo", test_edit_after_undo);
  logbook_test("/logbook/revisions/approve-after-undo", test_approve_after_the_adding_was_undone);
  logbook_test("/logbook/revisions/bulk", test_undo_one_of_a_bulk_approval);
  logbook_test("/logbook/revisions/unknown", test_unknown_entry);
  logbook_test("/logbook/revisions/every-field", test_undo_brings_back_every_field);
  return g_test_run();
}
