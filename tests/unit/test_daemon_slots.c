/* The keeper, slot by slot: what cannot be begun, made, aired or written, and what people hear of it; a slot for one mount
 * alone. */
#include "daemon/keeper.h"
#include "daemon_world.h"

#include <sqlite3.h>

#define NOW_US (G_GINT64_CONSTANT(1800000000) * US_PER_SECOND)
#define MINUTE_US (60 * US_PER_SECOND)

typedef struct {
  World world;
  Keeper *keeper;
  bool renders, airs, tells_why;
  gint64 frames;
  const char *busy; /* why no mount is free, NULL: one is */
  guint n_rendered, n_aired;
  GPtrArray *told;
} Fixture;

static bool act_render(const SlotRow *slot, gpointer user) {
  Fixture *fixture = user;
  (void)slot;
  fixture->n_rendered++;
  return fixture->renders;
}

static gint64 act_rendered(const SlotRow *slot, gpointer user) {
  const Fixture *fixture = user;
  (void)slot;
  return fixture->frames;
}

static char **act_mounts(const SlotRow *slot, gint64 at_us, const char **why, gpointer user) {
  const Fixture *fixture = user;
  (void)slot;
  (void)at_us;
  *why = fixture->busy;
  return fixture->busy ? NULL : g_strsplit("/a.mp3", " ", -1);
}

static bool act_air(const SlotRow *slot, const char *const *mounts, gint64 at_us, gpointer user, GError **error) {
  Fixture *fixture = user;
  (void)slot;
  (void)mounts;
  (void)at_us;
  fixture->n_aired++;
  if (!fixture->airs && fixture->tells_why)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, "no thread");
  return fixture->airs;
}

static void act_tell(const SlotRow *slot, bool trouble, const char *text, gpointer user) {
  const Fixture *fixture = user;
  (void)slot;
  (void)trouble;
  g_ptr_array_add(fixture->told, g_strdup(text));
}

static void setup(Fixture *fixture, gconstpointer data) {
  (void)data;
  static const KeeperLimits limits = {.ahead_us = 15 * MINUTE_US, .late_us = MINUTE_US};
  *fixture = (Fixture){.renders = true, .airs = true, .frames = FRAME_RATE};
  world_begin(&fixture->world, "name: Essai\nlanguage: fr\nzone: Europe/Paris\n");
  KeeperActs acts = {act_render, act_rendered, act_mounts, act_air, act_tell, fixture};
  fixture->keeper = keeper_new(fixture->world.store, &limits, &acts);
  fixture->told = g_ptr_array_new_with_free_func(g_free);
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  keeper_free(fixture->keeper);
  g_ptr_array_unref(fixture->told);
  world_end(&fixture->world);
}

/* A slot ten minutes after NOW_US. */
static void plan(const Fixture *fixture, char **mounts) {
  PlannedSlot slot = {.start_us = NOW_US + 10 * MINUTE_US,
                      .occurrence = "x",
                      .script = "midi",
                      .title = "t",
                      .mounts = mounts,
                      .priority = 5};
  PlannedSlot far = slot;
  far.start_us += 9000 * MINUTE_US; /* not asked for */
  far.occurrence = "y";
  g_autoptr(GPtrArray) planned = g_ptr_array_new();
  g_ptr_array_add(planned, &slot);
  g_ptr_array_add(planned, &far);
  g_autoptr(GError) error = NULL;
  g_assert_true(keeper_plan(fixture->keeper, planned, fixture->world.station->zone, NOW_US, NOW_US + 60 * MINUTE_US,
                            NOW_US, &error));
  g_assert_no_error(error);
}

static void step(const Fixture *fixture, gint64 minutes) {
  g_autoptr(GError) error = NULL;
  g_assert_true(keeper_step(fixture->keeper, NOW_US + minutes * MINUTE_US, &error));
  g_assert_no_error(error);
}

/* Borrowed until the next call. */
static const SlotRow *row(const Fixture *fixture) {
  static GPtrArray *rows;
  if (rows)
    g_ptr_array_unref(rows);
  rows = slots_list(fixture->world.store, 0, G_MAXINT64, NULL);
  g_assert_cmpuint(rows->len, ==, 1);
  return rows->pdata[0];
}

static void expect(const Fixture *fixture, SlotState state, const char *why) {
  g_assert_cmpint(row(fixture)->state, ==, state);
  g_assert_cmpstr(row(fixture)->why, ==, why);
}

/* Rendered, and ready. */
static void make(const Fixture *fixture) {
  step(fixture, 0);
  keeper_rendered(fixture->keeper, row(fixture)->id, NULL, MINUTE_US, NOW_US);
  expect(fixture, SLOT_READY, NULL);
}

static void test_one_mount(Fixture *fixture, gconstpointer data) {
  (void)data;
  plan(fixture, (char *[]){"/b.opus", NULL});
  g_assert_null(keeper_next(fixture->keeper, "/a.mp3", NOW_US));
  g_assert_nonnull(keeper_next(fixture->keeper, "/b.opus", NOW_US));
  g_assert_null(keeper_next(fixture->keeper, "/b.opus", NOW_US + 11 * MINUTE_US));
}

/* A rendering that cannot be begun is tried again later; the slot fails when none ever was good. */
static void test_not_begun(Fixture *fixture, gconstpointer data) {
  (void)data;
  plan(fixture, NULL);
  fixture->renders = false;
  step(fixture, 0);
  step(fixture, 0);
  g_assert_cmpuint(fixture->n_rendered, ==, 1);
  step(fixture, 1);
  g_assert_cmpuint(fixture->n_rendered, ==, 2);
  step(fixture, 12);
  expect(fixture, SLOT_MISSED, "its bulletin was not made in time");
}

static void test_not_made(Fixture *fixture, gconstpointer data) {
  (void)data;
  plan(fixture, NULL);
  step(fixture, 0);
  fixture->frames = 0;
  keeper_rendered(fixture->keeper, row(fixture)->id, "no voice", 0, NOW_US);
  expect(fixture, SLOT_PLANNED, "no voice");
  g_assert_cmpstr(fixture->told->pdata[0], ==, "not made: no voice");
  step(fixture, 12);
  expect(fixture, SLOT_FAILED, "no voice");
  keeper_rendered(fixture->keeper, row(fixture)->id, NULL, 1, NOW_US); /* too late */
  expect(fixture, SLOT_FAILED, "no voice");
}

/* The logbook is somebody else's at the moment when a rendering ends: it is made once more. */
static void test_ended_unheard_of(Fixture *fixture, gconstpointer data) {
  (void)data;
  plan(fixture, NULL);
  step(fixture, 0);
  gint64 id = row(fixture)->id;
  sqlite3 *other = NULL;
  g_assert_cmpint(sqlite3_open(fixture->world.logbook, &other), ==, SQLITE_OK);
  g_assert_cmpint(sqlite3_exec(other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);
  store_set_patience(fixture->world.store, 0);
  keeper_rendered(fixture->keeper, id, NULL, MINUTE_US, NOW_US);
  g_assert_cmpint(sqlite3_close(other), ==, SQLITE_OK);
  step(fixture, 1);
  g_assert_cmpuint(fixture->n_rendered, ==, 2);
  keeper_rendered(fixture->keeper, id, NULL, MINUTE_US, NOW_US);
  expect(fixture, SLOT_READY, NULL);
}

/* The logbook is somebody else's when an airing ends: what became of it is written once it can be. */
static void test_told_later(Fixture *fixture, gconstpointer data) {
  bool is_stopped = data != NULL;
  plan(fixture, NULL);
  make(fixture);
  step(fixture, 10);
  gint64 id = row(fixture)->id;
  expect(fixture, SLOT_CLAIMED, NULL);
  SlotMount mount = {.slot = id, .mount = "/a.mp3", .state = SLOT_DONE, .sent_frames = 48000, .heard_frames = -1};
  sqlite3 *other = NULL;
  g_assert_cmpint(sqlite3_open(fixture->world.logbook, &other), ==, SQLITE_OK);
  g_assert_cmpint(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  store_set_patience(fixture->world.store, 0);
  g_assert_false(keeper_mount(fixture->keeper, &mount, NULL));
  g_assert_false(keeper_ended(fixture->keeper, id, NULL, NOW_US, NULL));
  g_assert_false(keeper_step(fixture->keeper, NOW_US + 11 * MINUTE_US, NULL));
  expect(fixture, SLOT_CLAIMED, NULL);
  g_assert_cmpint(sqlite3_close(other), ==, SQLITE_OK);
  if (is_stopped)
    g_clear_pointer(&fixture->keeper, keeper_free);
  else
    step(fixture, 11);
  expect(fixture, SLOT_DONE, NULL);
  g_autoptr(GPtrArray) mounts = slots_mounts(fixture->world.store, id, NULL);
  g_assert_cmpint(((const SlotMount *)mounts->pdata[0])->sent_frames, ==, 48000);
}

/* What somebody ordered is asked for by no calendar, and stays when these change. */
static void test_by_hand(Fixture *fixture, gconstpointer data) {
  (void)data;
  SlotRow slot = {.start_us = NOW_US + MINUTE_US,
                  .occurrence = SLOT_BY_HAND "2020-03-17-midi:1",
                  .script = "midi",
                  .edition = "2020-03-17-midi",
                  .title = "t",
                  .priority = 5};
  g_autoptr(GError) error = NULL;
  g_assert_true(keeper_add_ready(fixture->keeper, &slot, NOW_US, &error));
  g_autoptr(GPtrArray) nothing = g_ptr_array_new();
  g_assert_true(keeper_plan(fixture->keeper, nothing, fixture->world.station->zone, NOW_US, NOW_US + 60 * MINUTE_US,
                            NOW_US, &error));
  g_assert_no_error(error);
  expect(fixture, SLOT_READY, NULL);
}

/* The last good one is kept when the newest is not. */
static void test_older_is_kept(Fixture *fixture, gconstpointer data) {
  (void)data;
  plan(fixture, NULL);
  make(fixture);
  keeper_changed(fixture->keeper);
  step(fixture, 1);
  g_assert_cmpuint(fixture->n_rendered, ==, 2);
  keeper_rendered(fixture->keeper, row(fixture)->id, "no voice", 0, NOW_US);
  g_assert_nonnull(strstr(fixture->told->pdata[0], "the one before is kept"));
  step(fixture, 10);
  g_assert_cmpuint(fixture->n_aired, ==, 1);
  expect(fixture, SLOT_CLAIMED, NULL);
  step(fixture, 11); /* it is master control's now */
  g_assert_true(keeper_ended(fixture->keeper, row(fixture)->id, NULL, NOW_US, NULL));
  expect(fixture, SLOT_FAILED, "no mount took it");
}

static void test_removed(Fixture *fixture, gconstpointer data) {
  (void)data;
  plan(fixture, NULL);
  make(fixture);
  fixture->frames = 0; /* somebody has removed the edition: it is made again */
  step(fixture, 10);
  expect(fixture, SLOT_PLANNED, NULL);
  g_assert_cmpuint(fixture->n_aired, ==, 0);
}

static void test_busy(Fixture *fixture, gconstpointer data) {
  (void)data;
  plan(fixture, NULL);
  make(fixture);
  fixture->busy = "another bulletin was on the air";
  step(fixture, 10);
  expect(fixture, SLOT_READY, NULL);
  step(fixture, 12);
  expect(fixture, SLOT_MISSED, "another bulletin was on the air");
}

static void test_asleep(Fixture *fixture, gconstpointer data) {
  (void)data;
  plan(fixture, NULL);
  make(fixture);
  step(fixture, 12);
  expect(fixture, SLOT_MISSED, "the station was not running");
}

static void test_not_aired(Fixture *fixture, gconstpointer data) {
  fixture->tells_why = data != NULL;
  plan(fixture, NULL);
  make(fixture);
  fixture->airs = false;
  step(fixture, 10);
  expect(fixture, SLOT_FAILED, data ? "no thread" : "");
}

static void refuse(const Fixture *fixture, const char *when) {
  g_autofree char *statement =
      g_strdup_printf("CREATE TRIGGER no BEFORE %s BEGIN SELECT RAISE(ABORT, 'full'); END;", when);
  const char *argv[] = {"sqlite3", fixture->world.logbook, statement, NULL};
  int status = -1;
  g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL);
  g_assert_cmpint(status, ==, 0);
}

/* A store that does not take the state: nothing is begun that it does not know of. */
static void test_store(Fixture *fixture, gconstpointer when) {
  plan(fixture, NULL);
  bool of_mounts = strstr(when, "slot_mounts") != NULL;
  if (of_mounts)
    make(fixture);
  refuse(fixture, when);
  g_autoptr(GError) error = NULL;
  g_assert_false(keeper_step(fixture->keeper, NOW_US + (of_mounts ? 10 : 0) * MINUTE_US, &error));
  g_assert_nonnull(error);
  g_assert_cmpuint(of_mounts ? fixture->n_aired : fixture->n_rendered, ==, 0);
}

static void test_plan_fails(Fixture *fixture, gconstpointer data) {
  (void)data;
  refuse(fixture, "INSERT ON slots");
  PlannedSlot slot = {.start_us = NOW_US + MINUTE_US, .occurrence = "x", .script = "midi", .title = "t", .priority = 5};
  g_autoptr(GPtrArray) planned = g_ptr_array_new();
  g_ptr_array_add(planned, &slot);
  g_autoptr(GError) error = NULL;
  g_assert_false(keeper_plan(fixture->keeper, planned, fixture->world.station->zone, NOW_US, NOW_US + 60 * MINUTE_US,
                             NOW_US, &error));
  g_assert_nonnull(error);
  SlotRow ready = {.start_us = NOW_US, .occurrence = "urgent:1:1", .script = "s", .edition = "e", .priority = 1};
  g_assert_cmpint(keeper_add_ready(fixture->keeper, &ready, NOW_US, NULL), ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/daemon/slots/one-mount", Fixture, NULL, setup, test_one_mount, teardown);
  g_test_add("/daemon/slots/not-begun", Fixture, NULL, setup, test_not_begun, teardown);
  g_test_add("/daemon/slots/not-made", Fixture, NULL, setup, test_not_made, teardown);
  g_test_add("/daemon/slots/ended-unheard-of", Fixture, NULL, setup, test_ended_unheard_of, teardown);
  g_test_add("/daemon/slots/told-later", Fixture, NULL, setup, test_told_later, teardown);
  g_test_add("/daemon/slots/told-at-the-end", Fixture, "stopped", setup, test_told_later, teardown);
  g_test_add("/daemon/slots/by-hand", Fixture, NULL, setup, test_by_hand, teardown);
  g_test_add("/daemon/slots/older-is-kept", Fixture, NULL, setup, test_older_is_kept, teardown);
  g_test_add("/daemon/slots/removed", Fixture, NULL, setup, test_removed, teardown);
  g_test_add("/daemon/slots/busy", Fixture, NULL, setup, test_busy, teardown);
  g_test_add("/daemon/slots/asleep", Fixture, NULL, setup, test_asleep, teardown);
  g_test_add("/daemon/slots/not-aired", Fixture, NULL, setup, test_not_aired, teardown);
  g_test_add("/daemon/slots/not-aired-and-why", Fixture, "why", setup, test_not_aired, teardown);
  g_test_add("/daemon/slots/store/state", Fixture, "UPDATE ON slots", setup, test_store, teardown);
  g_test_add("/daemon/slots/store/claim", Fixture, "INSERT ON slot_mounts", setup, test_store, teardown);
  g_test_add("/daemon/slots/store/plan", Fixture, NULL, setup, test_plan_fails, teardown);
  return g_test_run();
}
