/* The keeper through a simulated year: a daily bulletin, one in the odd hours of the year, bulletins that fail, crashes,
 * sleep, and a clock that is set. Nothing is aired twice on a mount, and nothing is lost without a word. */
#include "base/clock.h"
#include "base/files.h"
#include "daemon/agenda.h"
#include "daemon/keeper.h"

#include <glib/gstdio.h>
#include <string.h>

#define MINUTE_US (60 * US_PER_SECOND)
#define DAY_US (24 * 60 * MINUTE_US)
#define RENDER_US (40 * US_PER_SECOND)
#define AIR_US (60 * US_PER_SECOND)
#define HORIZON_US (36 * 60 * MINUTE_US)

static const KeeperLimits limits = {.ahead_us = 15 * MINUTE_US, .late_us = 10 * MINUTE_US};

/* What goes on outside the keeper. */
typedef struct {
  gint64 slot, end_us;
  bool fails;
} Job;

typedef struct {
  char *folder, *logbook;
  Station *station;
  Store *store;
  Keeper *keeper;
  Agenda *agenda;
  GRand *random;
  gint64 now_us, since_us, agenda_us;
  GArray *renders, *airings; /* Job */
  GHashTable *aired;         /* occurrence → how often it went on the air */
  GHashTable *made;          /* edition → is there */
  GHashTable *wanted;        /* occurrence: all that the calendars ever asked for */
  guint crashes, late;
  bool busy;      /* another bulletin is on the air */
  gint64 busy_us; /* until then */
} World;

/* --- what the keeper asks for ----------------------------------------------------------- */

static bool act_render(const SlotRow *slot, gpointer user) {
  World *world = user;
  Job job = {slot->id, world->now_us + RENDER_US, g_rand_int_range(world->random, 0, 20) == 0};
  g_array_append_val(world->renders, job);
  return true;
}

static gint64 act_rendered(const SlotRow *slot, gpointer user) {
  const World *world = user;
  return g_hash_table_contains(world->made, slot->edition) ? 48000 * 60 : 0;
}

static char **act_mounts(const SlotRow *slot, gint64 at_us, const char **why, gpointer user) {
  const World *world = user;
  (void)slot;
  (void)at_us;
  *why = "busy";
  return world->busy ? NULL : g_strsplit("/a.mp3 /b.opus", " ", -1);
}

static bool act_air(const SlotRow *slot, const char *const *mounts, gint64 at_us, gpointer user, GError **error) {
  World *world = user;
  (void)mounts;
  (void)error;
  guint n = GPOINTER_TO_UINT(g_hash_table_lookup(world->aired, slot->occurrence));
  g_hash_table_replace(world->aired, g_strdup(slot->occurrence), GUINT_TO_POINTER(n + 1));
  g_assert_cmpint(at_us, >=, slot->start_us);
  g_assert_cmpint(at_us, <=, slot->start_us + limits.late_us);
  world->late += at_us > slot->start_us + MINUTE_US;
  Job job = {slot->id, at_us + AIR_US, g_rand_int_range(world->random, 0, 50) == 0};
  g_array_append_val(world->airings, job);
  return true;
}

static void act_tell(const SlotRow *slot, bool trouble, const char *text, gpointer user) {
  (void)slot;
  (void)user;
  g_assert_true(text && *text);
  (void)trouble;
}

/* --- the world ---------------------------------------------------------------------------- */

static void write_file(const char *folder, const char *name, const char *text) {
  g_autofree char *path = g_build_filename(folder, name, NULL), *parent = g_path_get_dirname(path);
  g_assert_true(folder_make(parent, NULL));
  g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static const char calendar[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//carnet//test\r\n"
                               "BEGIN:VEVENT\r\nUID:noon\r\nDTSTAMP:20260101T000000Z\r\n"
                               "DTSTART;TZID=Europe/Paris:20260101T120000\r\nRRULE:FREQ=DAILY\r\n"
                               "X-CARNET-SCRIPT:midi\r\nEND:VEVENT\r\n"
                               "BEGIN:VEVENT\r\nUID:night\r\nDTSTAMP:20260101T000000Z\r\n"
                               "DTSTART;TZID=Europe/Paris:20260101T023000\r\nRRULE:FREQ=DAILY\r\n"
                               "X-CARNET-SCRIPT:midi\r\nEND:VEVENT\r\n"
                               "END:VCALENDAR\r\n";

static void open_keeper(World *world) {
  KeeperActs acts = {act_render, act_rendered, act_mounts, act_air, act_tell, world};
  g_autoptr(GError) error = NULL;
  world->store = store_open(world->logbook, true, &error);
  g_assert_no_error(error);
  world->keeper = keeper_new(world->store, &limits, &acts);
  g_assert_true(keeper_start(world->keeper, world->now_us, &world->since_us, &error));
  g_assert_no_error(error);
  world->agenda_us = 0;
}

/* What was under way in memory is gone, as with SIGKILL. */
static void crash(World *world) {
  g_clear_pointer(&world->keeper, keeper_free);
  g_clear_pointer(&world->store, store_free);
  g_array_set_size(world->renders, 0);
  g_array_set_size(world->airings, 0);
  world->crashes++;
}

static World *world_new(guint32 seed) {
  World *world = g_new0(World, 1);
  const char *memory = g_access("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir(); /* thousands of fsyncs */
  world->folder = g_strdup_printf("%s/carnet-keeper-XXXXXX", memory);
  g_assert_nonnull(g_mkdtemp(world->folder));
  write_file(world->folder, "station.yaml", "name: Essai\nlanguage: fr\nzone: Europe/Paris\n");
  write_file(world->folder, "schedules/semaine.ics", calendar);
  g_autofree char *script = NULL;
  g_assert_true(g_file_get_contents("scripts/midi.yaml", &script, NULL, NULL));
  write_file(world->folder, "scripts/midi.yaml", script);
  world->logbook = g_build_filename(world->folder, "logbook.sqlite", NULL);
  world->station = station_load(world->folder, NULL);
  g_assert_nonnull(world->station);
  world->random = g_rand_new_with_seed(seed);
  world->agenda = agenda_new();
  world->renders = g_array_new(FALSE, FALSE, sizeof(Job));
  world->airings = g_array_new(FALSE, FALSE, sizeof(Job));
  world->aired = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  world->made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  world->wanted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  world->now_us = instant_parse("2026-01-01T06:00:00Z", NULL, NULL);
  clock_set(world->now_us);
  open_keeper(world);
  return world;
}

static void world_free(World *world) {
  crash(world);
  agenda_free(world->agenda);
  g_assert_true(folder_remove(world->folder, NULL));
  station_free(world->station);
  g_rand_free(world->random);
  g_array_unref(world->renders);
  g_array_unref(world->airings);
  g_hash_table_unref(world->aired);
  g_hash_table_unref(world->made);
  g_hash_table_unref(world->wanted);
  g_free(world->folder);
  g_free(world->logbook);
  g_free(world);
  clock_set(0);
}

static void tell_note(const CalendarNote *note, gpointer user) {
  (void)user;
  g_error("%s", note->text);
}

static void plan(World *world) {
  g_autoptr(GError) error = NULL;
  gint64 from_us = world->since_us ? world->since_us : world->now_us - limits.late_us;
  gint64 until_us = world->now_us + HORIZON_US;
  g_assert_true(agenda_read(world->agenda, world->station, from_us, until_us, tell_note, world, &error));
  const GPtrArray *slots = agenda_slots(world->agenda);
  g_assert_true(keeper_plan(world->keeper, slots, world->station->zone, from_us, until_us, world->now_us, &error));
  g_assert_no_error(error);
  world->since_us = 0;
  world->agenda_us = world->now_us;
}

static const SlotRow *row_of(const GPtrArray *rows, gint64 id) {
  for (guint i = 0; i < rows->len; i++)
    if (((const SlotRow *)rows->pdata[i])->id == id)
      return rows->pdata[i];
  return NULL;
}

static void end_renders(World *world) {
  g_autoptr(GPtrArray) rows = slots_waiting(world->store, NULL);
  for (guint i = world->renders->len; i-- > 0;) {
    Job job = g_array_index(world->renders, Job, i);
    if (job.end_us > world->now_us)
      continue;
    const SlotRow *row = row_of(rows, job.slot);
    if (row && !job.fails)
      g_hash_table_add(world->made, g_strdup(row->edition));
    g_array_remove_index(world->renders, i);
    keeper_rendered(world->keeper, job.slot, job.fails ? "the synthesizer failed" : NULL, RENDER_US, world->now_us);
  }
}

static void end_airings(World *world) {
  static const char *const mounts[] = {"/a.mp3", "/b.opus"};
  for (guint i = world->airings->len; i-- > 0;) {
    Job job = g_array_index(world->airings, Job, i);
    if (job.end_us > world->now_us)
      continue;
    g_array_remove_index(world->airings, i);
    for (gsize m = 0; m < G_N_ELEMENTS(mounts); m++) {
      SlotMount row = {.slot = job.slot,
                       .mount = (char *)mounts[m],
                       .state = job.fails ? SLOT_MISSED : SLOT_DONE,
                       .sent_frames = job.fails ? 0 : 48000 * 60,
                       .planned_frames = 48000 * 60,
                       .heard_frames = -1};
      g_assert_true(keeper_mount(world->keeper, &row, NULL));
    }
    g_assert_true(keeper_ended(world->keeper, job.slot, NULL, world->now_us, NULL));
  }
}

static void remember_wanted(World *world) {
  g_autoptr(GPtrArray) rows = slots_list(world->store, world->now_us - DAY_US, world->now_us + HORIZON_US, NULL);
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add(world->wanted, g_strdup(((const SlotRow *)rows->pdata[i])->occurrence));
}

static void turn(World *world) {
  g_autoptr(GError) error = NULL;
  clock_set(world->now_us);
  if (world->since_us || ABS(world->now_us - world->agenda_us) > 6 * 60 * MINUTE_US) {
    plan(world);
    remember_wanted(world);
  }
  end_renders(world);
  end_airings(world);
  g_assert_true(keeper_step(world->keeper, world->now_us, &error));
  g_assert_no_error(error);
}

/* Long steps where nothing is near. */
static gint64 stride_us(World *world) {
  const SlotRow *next = keeper_next(world->keeper, "/a.mp3", world->now_us);
  bool quiet = world->renders->len == 0 && world->airings->len == 0;
  gint64 until_us = next ? next->start_us - limits.ahead_us - world->now_us : DAY_US;
  return quiet && until_us > 20 * MINUTE_US ? until_us - 10 * MINUTE_US : 7 * US_PER_SECOND;
}

static void misfortune(World *world) {
  switch (g_rand_int_range(world->random, 0, 4)) {
    case 0: /* killed, and back at once */
      crash(world);
      open_keeper(world);
      break;
    case 1: /* a week without power, at most */
      crash(world);
      world->now_us += (gint64)g_rand_int_range(world->random, 1, 7 * 24 * 60) * MINUTE_US;
      clock_set(world->now_us);
      open_keeper(world);
      break;
    case 2: /* the clock is set, by up to a day either way */
      world->now_us += (gint64)g_rand_int_range(world->random, -86400, 86400) * US_PER_SECOND;
      break;
    default: /* somebody holds the mounts for a while */
      world->busy = true;
      world->busy_us = world->now_us + 90 * MINUTE_US;
      break;
  }
}

/* Every slot that was ever asked for is over, and was on the air at most once. */
static void check_year(World *world, guint days) {
  g_autoptr(GPtrArray) rows = slots_list(world->store, 0, world->now_us - limits.late_us - MINUTE_US, NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  guint done = 0;
  for (guint i = 0; i < rows->len; i++) {
    const SlotRow *row = rows->pdata[i];
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(world->aired, row->occurrence));
    g_hash_table_add(seen, row->occurrence);
    g_assert_true(slot_is_over(row->state));
    g_assert_cmpuint(n, <=, 1);
    if (row->state == SLOT_DONE)
      g_assert_cmpuint(n, ==, 1);
    if (row->state == SLOT_MISSED)
      g_assert_true(n == 0 && row->why);
    done += row->state == SLOT_DONE;
  }
  g_test_message("%u slots, %u done, %u late, %u crashes", rows->len, done, world->late, world->crashes);
  g_assert_cmpuint(rows->len, >=, 2 * days - 4);
  g_assert_cmpuint(done, >, rows->len / 2);
  g_assert_cmpuint(world->crashes, >, days / 40);
}

static guint descriptors(void) {
  g_autoptr(GDir) dir = g_dir_open("/proc/self/fd", 0, NULL);
  guint n = 0;
  while (g_dir_read_name(dir))
    n++;
  return n;
}

/* The first hundred days, until after the hour that spring leaves out; the whole of it with "-m slow". */
static void test_year(void) {
  guint days = g_test_slow() ? 365 : 100;
  guint32 seed = g_test_rand_int() & 0xffff;
  g_test_message("seed %u", seed);
  World *world = world_new(seed);
  gint64 end_us = world->now_us + days * DAY_US, next_us = world->now_us + 2 * DAY_US;
  guint fds = descriptors();
  while (world->now_us < end_us) {
    turn(world);
    world->now_us += stride_us(world);
    world->busy = world->busy && world->now_us < world->busy_us;
    if (world->now_us < next_us)
      continue;
    misfortune(world);
    next_us = world->now_us + (gint64)g_rand_int_range(world->random, 1, 8 * 24 * 60) * MINUTE_US;
  }
  world->busy = false;
  for (guint i = 0; i < 400; i++) { /* what is under way ends */
    turn(world);
    world->now_us += 7 * US_PER_SECOND;
  }
  g_assert_cmpuint(descriptors(), ==, fds);
  check_year(world, days);
  g_autoptr(GError) error = NULL;
  g_assert_true(store_check(world->store, &error));
  world_free(world);
}

/* --- single things ---------------------------------------------------------------------------- */

static void go_to(World *world, const char *instant) {
  gint64 until_us = instant_parse(instant, NULL, NULL);
  for (; world->now_us < until_us; world->now_us += US_PER_SECOND)
    turn(world);
}

static SlotRow *slot_at(World *world, const char *instant) {
  gint64 at_us = instant_parse(instant, NULL, NULL);
  g_autoptr(GPtrArray) rows = slots_list(world->store, at_us, at_us + 1, NULL);
  return rows->len == 1 ? slot_row_copy(rows->pdata[0]) : NULL;
}

/* A change shortly before is taken up while there is time; later the last good one is aired. */
static void test_made_again(void) {
  World *world = world_new(1);
  world->random = (g_rand_free(world->random), g_rand_new_with_seed(3));
  go_to(world, "2026-01-01T10:50:00Z");
  g_assert_cmpuint(world->renders->len, ==, 0);
  g_autoptr(SlotRow) ready = slot_at(world, "2026-01-01T11:00:00Z");
  g_assert_cmpint(ready->state, ==, SLOT_READY);
  keeper_changed(world->keeper);
  turn(world);
  g_assert_cmpuint(world->renders->len, ==, 1);
  g_array_index(world->renders, Job, 0).fails = true;
  go_to(world, "2026-01-01T10:59:30Z");
  g_autoptr(SlotRow) still = slot_at(world, "2026-01-01T11:00:00Z");
  g_assert_cmpint(still->state, ==, SLOT_READY);
  keeper_changed(world->keeper);
  turn(world);
  g_assert_cmpuint(world->renders->len, ==, 0); /* half a minute is too short for it */
  go_to(world, "2026-01-01T11:00:01Z");
  g_autoptr(SlotRow) claimed = slot_at(world, "2026-01-01T11:00:00Z");
  g_assert_cmpint(claimed->state, ==, SLOT_CLAIMED);
  world_free(world);
}

static void test_waits_then_missed(void) {
  World *world = world_new(2);
  go_to(world, "2026-01-01T10:58:00Z");
  world->busy = true;
  go_to(world, "2026-01-01T11:05:00Z");
  g_autoptr(SlotRow) waits = slot_at(world, "2026-01-01T11:00:00Z");
  g_assert_cmpint(waits->state, ==, SLOT_READY);
  go_to(world, "2026-01-01T11:10:05Z");
  g_autoptr(SlotRow) missed = slot_at(world, "2026-01-01T11:00:00Z");
  g_assert_cmpint(missed->state, ==, SLOT_MISSED);
  g_assert_cmpstr(missed->why, ==, "busy");
  world_free(world);
}

/* Urgent: added ready, aired at once; one that is taken back before is not. */
static void test_urgent(void) {
  World *world = world_new(4);
  go_to(world, "2026-01-01T08:00:00Z");
  g_hash_table_add(world->made, g_strdup("2026-01-01-alerte@u1"));
  SlotRow row = {.start_us = world->now_us,
                 .occurrence = (char *)"urgent:1:1",
                 .script = (char *)"alerte",
                 .edition = (char *)"2026-01-01-alerte@u1",
                 .priority = 1};
  g_assert_cmpint(keeper_add_ready(world->keeper, &row, world->now_us, NULL), >, 0);
  turn(world);
  g_assert_cmpuint(world->airings->len, ==, 1);
  row.occurrence = (char *)"urgent:1:2";
  gint64 id = keeper_add_ready(world->keeper, &row, world->now_us, NULL);
  g_assert_true(keeper_drop(world->keeper, id, "taken back", world->now_us, NULL));
  turn(world);
  g_assert_cmpuint(world->airings->len, ==, 1);
  world_free(world);
}

/* A calendar that has become wrong keeps what it asked for; one that is whole again has its way. */
static void count_note(const CalendarNote *note, gpointer user) {
  guint *n = user;
  *n += note->is_error ? 1 : 0;
}

static void test_agenda_keeps(void) {
  World *world = world_new(5);
  gint64 from_us = world->now_us, until_us = from_us + DAY_US;
  guint wrong = 0;
  g_assert_true(agenda_read(world->agenda, world->station, from_us, until_us, count_note, &wrong, NULL));
  guint n = agenda_slots(world->agenda)->len;
  g_assert_cmpuint(n, >=, 2);
  write_file(world->folder, "schedules/semaine.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEV");
  g_assert_true(agenda_read(world->agenda, world->station, from_us, until_us, count_note, &wrong, NULL));
  g_assert_cmpuint(wrong, >=, 1);
  g_assert_cmpuint(agenda_slots(world->agenda)->len, ==, n);
  write_file(world->folder, "schedules/semaine.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n");
  g_assert_true(agenda_read(world->agenda, world->station, from_us, until_us, count_note, &wrong, NULL));
  g_assert_cmpuint(agenda_slots(world->agenda)->len, ==, 0);
  world_free(world);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/keeper/year", test_year);
  g_test_add_func("/keeper/made-again", test_made_again);
  g_test_add_func("/keeper/waits-then-missed", test_waits_then_missed);
  g_test_add_func("/keeper/urgent", test_urgent);
  g_test_add_func("/keeper/agenda-keeps", test_agenda_keeps);
  return g_test_run();
}
