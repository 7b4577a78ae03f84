/* Urgent entries: made and heard at once, heard again, changed, taken back, expired, refused by the voices; a store that
 * fails under the keeper and under them. This program is its own renderer (daemon_world.h). */
#include "air_descriptors.h"
#include "daemon/urgent.h"
#include "daemon_world.h"
#include "logbook/entries.h"

#define NOW_US (G_GINT64_CONSTANT(1800000000) * US_PER_SECOND)
#define YAML                                                                                                           \
  "name: Essai\nlanguage: fr\nzone: Europe/Paris\nmounts: [{mount: /a.mp3, format: mp3, bitrate: 64}]\n"               \
  "run: {urgent: alerte, urgent-every: \"5:00\"}\n"

typedef struct {
  World world;
  Keeper *keeper;
  Renderer *renderer;
  UrgentHooks hooks;
  Urgent *urgent;
  GPtrArray *told;
  GArray *ended; /* gint64: slots */
  gint64 now_us;
} Fixture;

static void tell(bool trouble, const char *text, gpointer user) {
  const Fixture *fixture = user;
  g_assert_true(trouble);
  g_ptr_array_add(fixture->told, g_strdup(text));
}

static void end(gint64 slot, const char *why, gpointer user) {
  const Fixture *fixture = user;
  g_assert_nonnull(why);
  g_array_append_val(fixture->ended, slot);
}

static void tell_slot(const SlotRow *slot, bool trouble, const char *text, gpointer user) {
  (void)slot;
  (void)trouble;
  (void)text;
  (void)user;
}

static void open_urgent(Fixture *fixture) {
  static const KeeperLimits limits = {.ahead_us = 60 * US_PER_SECOND, .late_us = 60 * US_PER_SECOND};
  fixture->renderer = renderer_new(fixture->world.folder);
  fixture->keeper = keeper_new(fixture->world.store, &limits, &(KeeperActs){.tell = tell_slot});
  fixture->urgent = urgent_new(fixture->world.store, fixture->keeper, fixture->renderer, &fixture->hooks);
}

static void setup(Fixture *fixture, gconstpointer data) {
  (void)data;
  *fixture = (Fixture){.now_us = NOW_US};
  clock_set(NOW_US);
  world_begin(&fixture->world, YAML);
  world_edition(&fixture->world, "made", (const gint64[]){0}, 1);
  fixture->told = g_ptr_array_new_with_free_func(g_free);
  fixture->ended = g_array_new(FALSE, FALSE, sizeof(gint64));
  fixture->hooks = (UrgentHooks){end, tell, fixture};
  open_urgent(fixture);
}

static void close_urgent(Fixture *fixture) {
  g_clear_pointer(&fixture->urgent, urgent_free);
  g_clear_pointer(&fixture->renderer, renderer_free);
  g_clear_pointer(&fixture->keeper, keeper_free);
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  close_urgent(fixture);
  urgent_free(NULL);
  g_ptr_array_unref(fixture->told);
  g_array_unref(fixture->ended);
  world_end(&fixture->world);
  clock_set(0);
}

static gint64 add(const Fixture *fixture, const char *text, gint64 expires_us) {
  g_autofree char *day = zone_day(fixture->world.station->zone, fixture->now_us);
  g_autoptr(Entry) entry = entry_new();
  entry->date = g_steal_pointer(&day);
  entry->text = g_strdup(text);
  entry->language = g_strdup("fr");
  entry->status = STATUS_APPROVED;
  entry->priority = PRIORITY_URGENT;
  entry->expires_us = expires_us;
  g_autoptr(GError) error = NULL;
  gint64 id = entries_add(fixture->world.store, entry, "test", &error);
  g_assert_no_error(error);
  return id;
}

static void change(const Fixture *fixture, gint64 id, EntryStatus status, const char *text) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Entry) entry = entries_get(fixture->world.store, id, &error);
  g_free(entry->text);
  entry->text = g_strdup(text);
  entry->status = status;
  g_assert_true(entries_update(fixture->world.store, entry, "test", &error));
}

static guint look_for(Fixture *fixture, guint n, int times) {
  guint found = 0;
  for (int i = 0; i < times; i++) {
    g_autoptr(GError) error = NULL;
    renderer_step(fixture->renderer);
    g_assert_true(urgent_look(fixture->urgent, fixture->world.station, fixture->now_us, &error));
    g_assert_no_error(error);
    g_autoptr(GPtrArray) slots = slots_list(fixture->world.store, 0, G_MAXINT64, NULL);
    found = slots->len;
    if (found == n && i > 20)
      break;
    g_usleep(5000);
  }
  return found;
}

/* Looks until the number of slots is `n`, however slow the machine. */
static guint look(Fixture *fixture, guint n) {
  return look_for(fixture, n, 3000);
}

static void pass(Fixture *fixture, gint64 seconds) {
  fixture->now_us += seconds * US_PER_SECOND;
  clock_set(fixture->now_us);
}

static SlotRow *last_slot(const Fixture *fixture) {
  return slots_last_like(fixture->world.store, "urgent:", NULL);
}

static void test_again(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_assert_cmpuint(look(fixture, 0), ==, 0);
  gint64 id = add(fixture, "Fuite de gaz.", 0);
  g_assert_cmpuint(look(fixture, 1), ==, 1);
  g_autoptr(SlotRow) slot = last_slot(fixture);
  g_assert_true(slot_is_urgent(slot) && slot->state == SLOT_READY);
  g_assert_true(urgent_may_air(fixture->urgent, slot));
  pass(fixture, 299);
  g_assert_cmpuint(look(fixture, 1), ==, 1);
  pass(fixture, 2);
  g_assert_cmpuint(look(fixture, 2), ==, 2);
  /* A station that starts again does not begin anew. */
  close_urgent(fixture);
  open_urgent(fixture);
  g_assert_cmpuint(look(fixture, 2), ==, 2);
  pass(fixture, 301);
  g_assert_cmpuint(look(fixture, 3), ==, 3);
  /* It is said otherwise from now on. */
  change(fixture, id, STATUS_APPROVED, "Fuite de gaz, place du Port.");
  pass(fixture, 301);
  g_assert_cmpuint(look(fixture, 4), ==, 4);
  g_autoptr(SlotRow) last = last_slot(fixture);
  change(fixture, id, STATUS_WITHDRAWN, "Fuite de gaz, place du Port.");
  g_assert_cmpuint(look(fixture, 4), ==, 4);
  g_assert_false(urgent_may_air(fixture->urgent, last));
  g_assert_cmpuint(fixture->ended->len, ==, 1);
  g_assert_cmpint(g_array_index(fixture->ended, gint64, 0), ==, last->id);
  pass(fixture, 3600);
  g_assert_cmpuint(look(fixture, 4), ==, 4);
  SlotRow plain = {.occurrence = "midi@1"};
  g_assert_true(urgent_may_air(fixture->urgent, &plain));
}

/* The next time comes when it would have come, and not an hour later. */
static void test_clock_set_back(Fixture *fixture, gconstpointer data) {
  (void)data;
  add(fixture, "Fuite de gaz.", 0);
  g_assert_cmpuint(look(fixture, 1), ==, 1);
  pass(fixture, -3600);
  g_assert_cmpuint(look(fixture, 1), ==, 1);
  pass(fixture, 301);
  g_assert_cmpuint(look(fixture, 2), ==, 2);
}

static void test_expires(Fixture *fixture, gconstpointer data) {
  (void)data;
  add(fixture, "Orage.", fixture->now_us + 400 * US_PER_SECOND);
  g_assert_cmpuint(look(fixture, 1), ==, 1);
  pass(fixture, 401);
  g_assert_cmpuint(look(fixture, 1), ==, 1);
  g_autoptr(SlotRow) slot = last_slot(fixture);
  g_assert_cmpint(slot->state, ==, SLOT_MISSED);
  g_assert_cmpstr(slot->why, ==, "taken back, or expired");
}

/* What cannot be made is told, and tried again half a minute later; nobody is told of one that was taken back meanwhile. */
static void test_refused(Fixture *fixture, gconstpointer data) {
  (void)data;
  world_write(&fixture->world, "refuse", "");
  gint64 id = add(fixture, "Orage.", 0);
  g_assert_cmpuint(look_for(fixture, 1, 200), ==, 0);
  g_assert_cmpuint(fixture->told->len, ==, 1);
  g_assert_nonnull(strstr(fixture->told->pdata[0], "cannot be heard: no voice speaks"));
  g_autofree char *refuse = g_build_filename(fixture->world.folder, "refuse", NULL);
  g_unlink(refuse);
  pass(fixture, 31);
  g_assert_cmpuint(look(fixture, 1), ==, 1);
  change(fixture, id, STATUS_WITHDRAWN, "Orage.");
  look(fixture, 1);
  add(fixture, "Crue.", 0);
  g_assert_true(urgent_look(fixture->urgent, fixture->world.station, fixture->now_us, NULL)); /* it is being made */
  g_clear_pointer(&fixture->urgent, urgent_free);
  fixture->urgent = urgent_new(fixture->world.store, fixture->keeper, fixture->renderer, &fixture->hooks);
}

/* A rendering that cannot even be started is told like one that fails. */
static void test_not_started(Fixture *fixture, gconstpointer data) {
  (void)data;
  add(fixture, "Orage.", 0);
  g_assert_true(urgent_look(fixture->urgent, fixture->world.station, fixture->now_us, NULL));
  int next = fcntl(0, F_DUPFD_CLOEXEC, 3);
  close(next);
  rlim_t was = descriptors_limit((rlim_t)next);
  renderer_step(fixture->renderer);
  descriptors_limit(was);
  renderer_step(fixture->renderer);
  g_assert_cmpuint(fixture->told->len, ==, 1);
  g_assert_nonnull(strstr(fixture->told->pdata[0], "cannot be heard"));
}

/* A station without a script for it: they wait for a bulletin. */
static void test_not_wanted(Fixture *fixture, gconstpointer data) {
  (void)data;
  world_station(&fixture->world, "name: Essai\nlanguage: fr\nzone: Europe/Paris\n");
  add(fixture, "Orage.", 0);
  g_assert_cmpuint(look_for(fixture, 1, 200), ==, 0);
}

/* --- a store that fails ------------------------------------------------------------------------ */

static void sql(const Fixture *fixture, const char *statement) {
  const char *argv[] = {"sqlite3", fixture->world.logbook, statement, NULL};
  int status = -1;
  g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL);
  g_assert_cmpint(status, ==, 0);
}

#define assert_fails(call)                                                                                             \
  do {                                                                                                                 \
    g_autoptr(GError) failure = NULL;                                                                                  \
    GError **error = &failure;                                                                                         \
    g_assert_false(call);                                                                                              \
    g_assert_nonnull(failure);                                                                                         \
  } while (0)

static void test_store_fails(Fixture *fixture, gconstpointer data) {
  (void)data;
  gint64 since_us;
  add(fixture, "Orage.", 0);
  g_assert_cmpuint(look(fixture, 1), ==, 1);
  g_autoptr(SlotRow) slot = last_slot(fixture);
  g_autoptr(GPtrArray) planned = g_ptr_array_new();
  GTimeZone *zone = fixture->world.station->zone;
  sql(fixture, "ALTER TABLE slots RENAME TO gone");
  assert_fails(keeper_start(fixture->keeper, fixture->now_us, &since_us, error));
  assert_fails(keeper_plan(fixture->keeper, planned, zone, 0, G_MAXINT64, fixture->now_us, error));
  assert_fails(keeper_add_ready(fixture->keeper, slot, fixture->now_us, error));
  close_urgent(fixture);
  open_urgent(fixture);
  assert_fails(urgent_look(fixture->urgent, fixture->world.station, fixture->now_us, error));
  assert_fails(keeper_step(fixture->keeper, fixture->now_us, error));
  g_assert_null(keeper_next(fixture->keeper, "/a.mp3", fixture->now_us));
  keeper_rendered(fixture->keeper, slot->id, NULL, 1, fixture->now_us); /* nobody knows it any more */
  sql(fixture, "ALTER TABLE gone RENAME TO slots; ALTER TABLE slot_mounts RENAME TO gone");
  assert_fails(keeper_ended(fixture->keeper, slot->id, NULL, fixture->now_us, error));
  sql(fixture, "ALTER TABLE gone RENAME TO slot_mounts; ALTER TABLE entries RENAME TO gone");
  assert_fails(urgent_look(fixture->urgent, fixture->world.station, fixture->now_us, error));
}

/* It can be read, and not be written. */
static void test_store_is_locked(Fixture *fixture, gconstpointer data) {
  (void)data;
  gint64 id = add(fixture, "Orage.", 0);
  g_assert_cmpuint(look(fixture, 1), ==, 1);
  sql(fixture, "CREATE TRIGGER no1 BEFORE UPDATE ON slots BEGIN SELECT RAISE(ABORT, 'locked'); END;"
               "CREATE TRIGGER no2 BEFORE INSERT ON slots BEGIN SELECT RAISE(ABORT, 'locked'); END;"
               "CREATE TRIGGER no3 BEFORE INSERT ON slot_mounts BEGIN SELECT RAISE(ABORT, 'locked'); END;");
  g_autoptr(SlotRow) slot = last_slot(fixture);
  assert_fails(keeper_drop(fixture->keeper, slot->id, "no", fixture->now_us, error));
  g_assert_true(keeper_drop(fixture->keeper, 4711, "no", fixture->now_us, NULL)); /* none of ours */
  pass(fixture, 301);
  assert_fails(urgent_look(fixture->urgent, fixture->world.station, fixture->now_us, error));
  change(fixture, id, STATUS_WITHDRAWN, "Orage.");
  assert_fails(urgent_look(fixture->urgent, fixture->world.station, fixture->now_us, error));
  sql(fixture, "DROP TRIGGER no1; DROP TRIGGER no2");
}

int main(int argc, char **argv) {
  int status;
  if (world_renders(argc, argv, &status))
    return status;
  g_test_init(&argc, &argv, NULL);
  g_test_add("/daemon/urgent/again", Fixture, NULL, setup, test_again, teardown);
  g_test_add("/daemon/urgent/clock-set-back", Fixture, NULL, setup, test_clock_set_back, teardown);
  g_test_add("/daemon/urgent/expires", Fixture, NULL, setup, test_expires, teardown);
  g_test_add("/daemon/urgent/refused", Fixture, NULL, setup, test_refused, teardown);
  g_test_add("/daemon/urgent/not-started", Fixture, NULL, setup, test_not_started, teardown);
  g_test_add("/daemon/urgent/not-wanted", Fixture, NULL, setup, test_not_wanted, teardown);
  g_test_add("/daemon/urgent/store-fails", Fixture, NULL, setup, test_store_fails, teardown);
  g_test_add("/daemon/urgent/store-is-locked", Fixture, NULL, setup, test_store_is_locked, teardown);
  return g_test_run();
}
