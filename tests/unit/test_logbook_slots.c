/* Slots: planned once however often the calendars are read, claimed once whatever happens, and settled after a stop. */
#include "logbook_fixture.h"

#include "logbook/slots.h"
#include "logbook/sql.h"

#include <string.h>

#define HOUR_US (G_GINT64_CONSTANT(3600) * 1000000)

static SlotRow plan_of(const char *occurrence, gint64 start_us, const char *script) {
  return (SlotRow){.start_us = start_us,
                   .occurrence = (char *)occurrence,
                   .script = (char *)script,
                   .priority = 5,
                   .title = (char *)"Le carnet"};
}

static gint64 plan(Logbook *logbook, const char *occurrence, gint64 start_us, const char *script, const char *hhmm) {
  g_autoptr(GError) error = NULL;
  SlotRow row = plan_of(occurrence, start_us, script);
  gint64 id = slots_plan(logbook->store, &row, "2026-11-29", hhmm, 1, &error);
  g_assert_no_error(error);
  g_assert_cmpint(id, >, 0);
  return id;
}

static SlotRow *get(Logbook *logbook, gint64 id) {
  g_autoptr(GPtrArray) rows = slots_list(logbook->store, 0, G_MAXINT64, NULL);
  for (guint i = 0; i < rows->len; i++)
    if (((SlotRow *)rows->pdata[i])->id == id)
      return slot_row_copy(rows->pdata[i]);
  return NULL;
}

static void set(Logbook *logbook, gint64 id, SlotState state) {
  g_assert_true(slots_set_state(logbook->store, id, state, NULL, 7, NULL));
}

static void test_planned_once(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 noon = plan(logbook, "a@1", 12 * HOUR_US, "midi", "1200");
  g_assert_cmpint(plan(logbook, "a@1", 12 * HOUR_US, "midi", "1200"), ==, noon);
  /* Another calendar has it too. */
  g_assert_cmpint(plan(logbook, "b@1", 12 * HOUR_US, "midi", "1200"), ==, noon);
  gint64 evening = plan(logbook, "c@1", 18 * HOUR_US, "midi", "1800");
  gint64 flash = plan(logbook, "d@1", 12 * HOUR_US, "flash", "1200");
  g_autoptr(SlotRow) first = get(logbook, noon), second = get(logbook, evening), third = get(logbook, flash);
  g_assert_cmpstr(first->edition, ==, "2026-11-29-midi");
  g_assert_cmpstr(second->edition, ==, "2026-11-29-midi@1800");
  g_assert_cmpstr(third->edition, ==, "2026-11-29-flash");
  /* An hour that comes twice. */
  g_autoptr(SlotRow) again = get(logbook, plan(logbook, "e@1", 19 * HOUR_US, "midi", "1800"));
  g_assert_cmpstr(again->edition, ==, "2026-11-29-midi@1800-2");
}

static void test_moved(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 id = plan(logbook, "a@1", 12 * HOUR_US, "midi", "1200");
  set(logbook, id, SLOT_READY);
  g_assert_cmpint(plan(logbook, "a@1", 13 * HOUR_US, "midi", "1300"), ==, id);
  g_autoptr(SlotRow) moved = get(logbook, id);
  g_assert_cmpint(moved->start_us, ==, 13 * HOUR_US);
  g_assert_cmpint(moved->state, ==, SLOT_READY);
  /* Another script needs another bulletin. */
  plan(logbook, "a@1", 13 * HOUR_US, "soir", "1300");
  g_autoptr(SlotRow) other = get(logbook, id);
  g_assert_cmpint(other->state, ==, SLOT_PLANNED);
  g_assert_cmpstr(other->edition, ==, "2026-11-29-soir");
  /* What is claimed stays. */
  set(logbook, id, SLOT_ON_AIR);
  plan(logbook, "a@1", 14 * HOUR_US, "flash", "1400");
  g_autoptr(SlotRow) stays = get(logbook, id);
  g_assert_cmpstr(stays->script, ==, "soir");
  g_assert_cmpint(stays->start_us, ==, 13 * HOUR_US);
}

static void test_forgotten(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 kept = plan(logbook, "a@1", 1 * HOUR_US, "midi", "0100"),
         gone = plan(logbook, "a@2", 2 * HOUR_US, "midi", "2");
  gint64 aired = plan(logbook, "a@3", 3 * HOUR_US, "midi", "3"), later = plan(logbook, "a@4", 9 * HOUR_US, "midi", "9");
  gint64 urgent = plan(logbook, "urgent:4:1", 2 * HOUR_US, "alerte", "2");
  set(logbook, aired, SLOT_DONE);
  g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_array_append_val(ids, kept);
  g_assert_true(slots_forget(logbook->store, 0, 5 * HOUR_US, ids, NULL));
  const gint64 there[] = {kept, aired, later, urgent};
  for (gsize i = 0; i < G_N_ELEMENTS(there); i++) {
    g_autoptr(SlotRow) row = get(logbook, there[i]);
    g_assert_nonnull(row);
  }
  g_assert_null(get(logbook, gone));
}

static void test_claimed_once(Logbook *logbook, gconstpointer data) {
  (void)data;
  static const char *const mounts[] = {"/a.mp3", "/b.opus", NULL};
  g_autoptr(GError) error = NULL;
  gint64 id = plan(logbook, "a@1", 12 * HOUR_US, "midi", "1200");
  g_assert_false(slots_claim(logbook->store, id, mounts, 480, 5, &error)); /* it is not ready */
  g_clear_error(&error);
  set(logbook, id, SLOT_READY);
  g_assert_true(slots_claim(logbook->store, id, mounts, 480, 5, &error));
  g_assert_false(slots_claim(logbook->store, id, mounts, 480, 5, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_clear_error(&error);
  /* Even if somebody sets it back: its mounts have been claimed. */
  set(logbook, id, SLOT_READY);
  g_assert_false(slots_claim(logbook->store, id, mounts, 480, 5, &error));
  g_autoptr(SlotRow) row = get(logbook, id);
  g_assert_cmpint(row->state, ==, SLOT_READY);
}

static void test_mounts(Logbook *logbook, gconstpointer data) {
  (void)data;
  static const char *const mounts[] = {"/b.opus", "/a.mp3", NULL};
  gint64 id = plan(logbook, "a@1", 12 * HOUR_US, "midi", "1200");
  set(logbook, id, SLOT_READY);
  g_assert_true(slots_claim(logbook->store, id, mounts, 480, 5, NULL));
  SlotMount told = {.slot = id, .mount = (char *)"/a.mp3", .state = SLOT_ON_AIR, .started_us = 9, .heard_frames = -1};
  g_assert_true(slots_tell_mount(logbook->store, &told, NULL));
  g_autoptr(SlotRow) row = get(logbook, id);
  g_assert_cmpint(row->state, ==, SLOT_ON_AIR);
  told.state = SLOT_DONE;
  told.ended_us = 11;
  told.sent_frames = 480;
  told.why = (char *)"cut off";
  g_assert_true(slots_tell_mount(logbook->store, &told, NULL));
  g_autoptr(GPtrArray) rows = slots_mounts(logbook->store, id, NULL);
  g_assert_cmpuint(rows->len, ==, 2);
  const SlotMount *a = rows->pdata[0], *b = rows->pdata[1];
  g_assert_cmpstr(a->mount, ==, "/a.mp3");
  g_assert_cmpint(a->state, ==, SLOT_DONE);
  g_assert_cmpint(a->sent_frames, ==, 480);
  g_assert_cmpint(a->ended_us, ==, 11);
  g_assert_cmpstr(a->why, ==, "cut off");
  g_assert_cmpint(b->state, ==, SLOT_CLAIMED);
  g_assert_cmpint(b->heard_frames, ==, -1);
}

static void test_settled(Logbook *logbook, gconstpointer data) {
  (void)data;
  static const char *const mounts[] = {"/a.mp3", NULL};
  gint64 ids[4], last_us = -1;
  g_assert_true(slots_last_us(logbook->store, &last_us, NULL));
  g_assert_cmpint(last_us, ==, 0);
  for (gint64 i = 0; i < 4; i++) {
    g_autofree char *occurrence = g_strdup_printf("a@%d", (int)i);
    ids[i] = plan(logbook, occurrence, (1 + i) * HOUR_US, "midi", "1");
    set(logbook, ids[i], i == 0 ? SLOT_RENDERING : SLOT_READY);
  }
  g_assert_true(slots_claim(logbook->store, ids[1], mounts, 480, 5, NULL));
  g_assert_true(slots_claim(logbook->store, ids[2], mounts, 480, 5, NULL));
  SlotMount told = {.slot = ids[2], .mount = (char *)"/a.mp3", .state = SLOT_ON_AIR, .started_us = 9};
  g_assert_true(slots_tell_mount(logbook->store, &told, NULL));
  guint n = 0;
  g_assert_true(slots_settle(logbook->store, 20, &n, NULL));
  g_assert_cmpuint(n, ==, 2);
  static const SlotState wanted[] = {SLOT_PLANNED, SLOT_UNKNOWN, SLOT_UNKNOWN, SLOT_READY};
  for (guint i = 0; i < 4; i++) {
    g_autoptr(SlotRow) row = get(logbook, ids[i]);
    g_assert_cmpint(row->state, ==, wanted[i]);
  }
  g_autoptr(GPtrArray) rows = slots_mounts(logbook->store, ids[2], NULL), waiting = slots_waiting(logbook->store, NULL);
  g_assert_cmpint(((const SlotMount *)rows->pdata[0])->state, ==, SLOT_UNKNOWN);
  g_assert_cmpuint(waiting->len, ==, 2);
  g_assert_true(slots_last_us(logbook->store, &last_us, NULL));
  g_assert_cmpint(last_us, ==, 20);
  g_autoptr(SlotRow) last = slots_last_like(logbook->store, "a@", NULL);
  g_assert_cmpint(last->id, ==, ids[3]);
  g_assert_null(slots_last_like(logbook->store, "b@", NULL));
}

/* A store that refuses: an error each time, and nothing half done. */
static void test_failures(Logbook *logbook, gconstpointer data) {
  (void)data;
  static const char *const mounts[] = {"/a.mp3", NULL};
  static const char *const breaks[] = {"ALTER TABLE slot_mounts RENAME TO elsewhere_mounts",
                                       "ALTER TABLE slots RENAME TO elsewhere"};
  gint64 id = plan(logbook, "a@1", 12 * HOUR_US, "midi", "1200"), last;
  set(logbook, id, SLOT_READY);
  SlotRow row = plan_of("a@2", HOUR_US, "midi");
  SlotMount told = {.slot = id, .mount = (char *)"/a.mp3", .state = SLOT_DONE};
  g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(gint64));
  for (gsize i = 0; i < G_N_ELEMENTS(breaks); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_true(sql_exec(logbook->store, breaks[i], NULL));
    g_assert_false(slots_claim(logbook->store, id, mounts, 1, 1, &error));
    g_assert_nonnull(error);
    g_assert_false(slots_tell_mount(logbook->store, &told, NULL));
    g_assert_false(slots_settle(logbook->store, 1, NULL, NULL));
    g_assert_null(slots_mounts(logbook->store, id, NULL));
  }
  g_autoptr(GError) error = NULL;
  g_assert_cmpint(slots_plan(logbook->store, &row, "d", "h", 1, &error), ==, 0);
  g_assert_nonnull(error);
  g_assert_false(slots_forget(logbook->store, 0, 1, none, NULL));
  g_assert_null(slots_list(logbook->store, 0, 1, NULL));
  g_assert_null(slots_waiting(logbook->store, NULL));
  g_assert_null(slots_last_like(logbook->store, "a", NULL));
  g_assert_false(slots_last_us(logbook->store, &last, NULL));
  g_assert_false(slots_set_state(logbook->store, id, SLOT_DONE, NULL, 1, NULL));
  slot_row_free(NULL);
  slot_mount_free(NULL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
#define ADD(name, test) g_test_add("/slots/" name, Logbook, NULL, logbook_setup, test, logbook_teardown)
  ADD("planned-once", test_planned_once);
  ADD("moved", test_moved);
  ADD("forgotten", test_forgotten);
  ADD("claimed-once", test_claimed_once);
  ADD("mounts", test_mounts);
  ADD("settled", test_settled);
  ADD("failures", test_failures);
  return g_test_run();
}
