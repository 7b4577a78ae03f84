/* What continuous mounts hear between bulletins: pieces that are made, the last one before a slot made to length, recent
 * bulletins, what may not be heard any more, and what cannot be made. This program is its own renderer (daemon_world.h);
 * there is no server: a channel goes on by the clock. */
#include "air_server.h"
#include "daemon/filler.h"
#include "daemon/report.h"
#include "daemon_world.h"

#define PIECE_S 30

typedef struct {
  World world;
  MasterHooks master_hooks;
  FillerHooks hooks;
  Master *master;
  Keeper *keeper;
  Renderer *renderer;
  Filler *filler;
  bool may;
} Fixture;

static bool may_be_heard(gint64 entry, gpointer user) {
  const Fixture *fixture = user;
  g_assert_cmpint(entry, ==, 5);
  return fixture->may;
}

static void tell(const char *key, const char *text, gpointer user) {
  (void)user;
  report_once(key, text);
}

static guint n_told(void) {
  return report_alarms()->len;
}

static void tell_slot(const SlotRow *slot, bool trouble, const char *text, gpointer user) {
  (void)slot;
  (void)trouble;
  (void)text;
  (void)user;
}

static void no_item(const AsRun *row, gpointer user) {
  (void)row;
  (void)user;
}

static void no_mount(const SlotMount *row, gpointer user) {
  (void)row;
  (void)user;
}

static void no_end(const SlotRow *slot, const char *why, gpointer user) {
  (void)slot;
  (void)why;
  (void)user;
}

static void no_connection(const char *mount, const ChannelMount *status, gpointer user) {
  (void)mount;
  (void)status;
  (void)user;
}

static void set_station(Fixture *fixture, const char *run) {
  unsigned port;
  close(listen_free(&port));
  g_autofree char *text = g_strdup_printf("name: Essai\nlanguage: fr\nzone: Europe/Paris\n"
                                          "icecast: {host: 127.0.0.1, port: %u, password-file: icecast.password}\n"
                                          "mounts: [{mount: /a.mp3, format: mp3, bitrate: 64, mode: continuous}]\n"
                                          "run: {listen: no, %s}\n",
                                          port, run);
  if (fixture->world.folder)
    world_station(&fixture->world, text);
  else
    world_begin(&fixture->world, text);
}

static void setup(Fixture *fixture, gconstpointer run) {
  static const KeeperLimits limits = {.ahead_us = 0, .late_us = 0};
  *fixture = (Fixture){.may = true};
  set_station(fixture, run);
  const gint64 entries[PIECE_S] = {0};
  world_edition(&fixture->world, "made", entries, PIECE_S);
  report_start(fixture->world.station->zone, true);
  fixture->master_hooks = (MasterHooks){{may_be_heard, no_item, no_mount, fixture}, no_end, NULL, no_connection};
  fixture->hooks = (FillerHooks){may_be_heard, tell, fixture};
  fixture->master = master_new(&fixture->master_hooks);
  g_assert_true(master_set_station(fixture->master, fixture->world.station, NULL));
  fixture->renderer = renderer_new(fixture->world.folder);
  fixture->keeper = keeper_new(fixture->world.store, &limits, &(KeeperActs){.tell = tell_slot});
  fixture->filler =
      filler_new(fixture->world.store, fixture->keeper, fixture->master, fixture->renderer, &fixture->hooks);
  filler_set_station(fixture->filler, fixture->world.station, clock_now_us());
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  renderer_free(fixture->renderer);
  renderer_free(NULL);
  master_free(fixture->master);
  master_free(NULL);
  filler_free(fixture->filler);
  filler_free(NULL);
  keeper_free(fixture->keeper);
  keeper_free(NULL);
  report_end();
  world_end(&fixture->world);
}

static Channel *channel_of(const Fixture *fixture) {
  return master_continuous(fixture->master, 0);
}

static void step(const Fixture *fixture, gint64 now_us) {
  renderer_step(fixture->renderer);
  master_step(fixture->master);
  filler_step(fixture->filler, now_us);
  g_usleep(5000);
}

static bool is_filled_within(const Fixture *fixture, int steps) {
  Channel *channel = channel_of(fixture);
  gint64 was = channel_end(channel);
  for (int i = 0; i < steps; i++) {
    step(fixture, clock_now_us());
    if (channel_end(channel) > was)
      return true;
  }
  return false;
}

/* Until something is laid, however slow the machine. */
static bool is_filled(const Fixture *fixture) {
  return is_filled_within(fixture, 6000);
}

static bool stays_silent(const Fixture *fixture) {
  return !is_filled_within(fixture, 200);
}

static bool exists(const Fixture *fixture, const char *suffix) {
  g_autofree char *folder = g_build_filename(fixture->world.folder, "editions", NULL);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));)
    if (g_str_has_suffix(name, suffix))
      return true;
  return false;
}

static gint64 left(const Fixture *fixture) {
  return channel_end(channel_of(fixture)) - channel_head(channel_of(fixture));
}

static void assert_about(gint64 frames, double seconds) {
  g_assert_cmpfloat((double)frames / FRAME_RATE, >, seconds - 2);
  g_assert_cmpfloat((double)frames / FRAME_RATE, <, seconds + 1);
}

static void test_pieces(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_assert_true(is_filled(fixture));
  assert_about(left(fixture), PIECE_S);
  for (int i = 0; i < 100; i++)
    step(fixture, clock_now_us());
  assert_about(left(fixture), PIECE_S); /* the next one is laid when this one ends */
  g_assert_true(exists(fixture, "-un"));
  for (int i = 0; i < 6000 && !exists(fixture, "-deux"); i++) /* it is being made */
    step(fixture, clock_now_us());
  g_assert_true(exists(fixture, "-deux"));
  g_assert_cmpuint(n_told(), ==, 0);
  /* The next day they are made anew; until then the old ones are heard. */
  g_autofree char *tomorrow = zone_day(fixture->world.station->zone, clock_now_us() + 24 * 3600 * US_PER_SECOND);
  g_autofree char *wanted = g_strconcat(tomorrow, "-un", NULL);
  for (int i = 0; i < 6000 && !exists(fixture, wanted); i++)
    step(fixture, clock_now_us() + 24 * 3600 * US_PER_SECOND);
  g_assert_true(exists(fixture, wanted));
  /* One that starts again has what was made before. */
  g_clear_pointer(&fixture->filler, filler_free);
  renderer_free(fixture->renderer);
  fixture->renderer = renderer_new(fixture->world.folder);
  world_write(&fixture->world, "refuse", "");
  fixture->filler =
      filler_new(fixture->world.store, fixture->keeper, fixture->master, fixture->renderer, &fixture->hooks);
  filler_set_station(fixture->filler, fixture->world.station, clock_now_us());
  channel_cut(channel_of(fixture), channel_head(channel_of(fixture)) + FRAME_RATE);
  g_assert_true(is_filled(fixture));
}

/* A slot that begins `seconds` after `frame`. Returns its id. */
static gint64 add_slot(const Fixture *fixture, gint64 frame, double seconds) {
  static int n;
  g_autofree char *occurrence = g_strdup_printf("x%d", n++);
  Channel *channel = channel_of(fixture);
  gint64 at_us = clock_now_us() + frames_to_us(frame - channel_frame_at(channel, clock_now_us()));
  SlotRow row = {.start_us = at_us + (gint64)(seconds * 1e6),
                 .occurrence = occurrence,
                 .script = "s",
                 .edition = "made",
                 .priority = 5};
  g_autoptr(GError) error = NULL;
  gint64 id = keeper_add_ready(fixture->keeper, &row, clock_now_us(), &error);
  g_assert_no_error(error);
  return id;
}

/* What is left before a slot, when no whole piece has room in it, is made to length, and fills it to the frame. */
static void test_tail(Fixture *fixture, gconstpointer data) {
  (void)data;
  Channel *channel = channel_of(fixture);
  gint64 head = channel_head(channel);
  gint64 slot = add_slot(fixture, head, PIECE_S + 25);
  g_assert_true(is_filled(fixture)); /* a whole piece, and then 25 s are left */
  assert_about(left(fixture), PIECE_S);
  for (int i = 0; i < 6000 && !exists(fixture, "-un@0"); i++)
    step(fixture, clock_now_us());
  g_assert_true(exists(fixture, "-un@0"));
  for (int i = 0; i < 100; i++)
    step(fixture, clock_now_us());
  /* The clock stands still for no test: the piece is cut, and the slot moved to where the tail fits. */
  gint64 tail = head + (PIECE_S + 25) * FRAME_RATE - channel_end(channel);
  gint64 cut = channel_head(channel) + FRAME_RATE / 2;
  channel_cut(channel, cut);
  g_assert_true(keeper_drop(fixture->keeper, slot, "moved", clock_now_us(), NULL));
  add_slot(fixture, cut, (double)tail / FRAME_RATE);
  g_assert_true(is_filled(fixture));
  g_assert_cmpint(ABS(channel_end(channel) - (cut + tail)), <, FRAME_RATE / 4);
  /* Less than a second before a slot is left silent. */
  channel_cut(channel, channel_head(channel) + FRAME_RATE / 2);
  add_slot(fixture, channel_end(channel), 0.9);
  gint64 end = channel_end(channel);
  for (int i = 0; i < 40; i++)
    step(fixture, clock_now_us());
  g_assert_cmpint(channel_end(channel), ==, end);
}

static void test_short_gap(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_assert_true(is_filled(fixture));
  channel_cut(channel_of(fixture), channel_head(channel_of(fixture)) + FRAME_RATE / 2);
  add_slot(fixture, channel_end(channel_of(fixture)), 10);
  g_assert_true(is_filled(fixture));
  assert_about(left(fixture), 10);
}

/* A bulletin of today is heard again, as long as all of it may be. */
static void test_recent(Fixture *fixture, gconstpointer data) {
  (void)data;
  gint64 entries[12] = {0};
  entries[3] = 5;
  world_edition(&fixture->world, "midi", entries, G_N_ELEMENTS(entries));
  SlotRow row = {.start_us = clock_now_us() - 3600 * US_PER_SECOND, .occurrence = "y", .script = "s", .priority = 5};
  row.edition = "midi";
  gint64 id = keeper_add_ready(fixture->keeper, &row, clock_now_us(), NULL);
  g_assert_true(stays_silent(fixture)); /* there is no other filler, and it was not heard yet */
  g_assert_true(slots_set_state(fixture->world.store, id, SLOT_DONE, NULL, clock_now_us(), NULL));
  g_assert_true(is_filled(fixture));
  assert_about(left(fixture), 12);
  channel_cut(channel_of(fixture), channel_head(channel_of(fixture)) + FRAME_RATE / 2);
  fixture->may = false;
  g_assert_true(stays_silent(fixture));
  fixture->may = true;
  g_assert_true(is_filled(fixture));
  /* Its sound has gone: it is told. */
  g_autofree char *sound = g_build_filename(fixture->world.folder, "editions", "midi", "bulletin.mp3", NULL);
  g_unlink(sound);
  channel_cut(channel_of(fixture), channel_head(channel_of(fixture)) + FRAME_RATE / 2);
  g_assert_true(stays_silent(fixture));
  g_assert_cmpuint(n_told(), >, 0);
}

static void test_refused(Fixture *fixture, gconstpointer data) {
  (void)data;
  world_write(&fixture->world, "refuse", "");
  g_assert_true(stays_silent(fixture));
  for (int i = 0; i < 6000 && n_told() < 2; i++)
    step(fixture, clock_now_us());
  g_assert_cmpuint(n_told(), ==, 2);
  const ReportLine *line = report_alarms()->pdata[0];
  g_assert_nonnull(strstr(line->text, "\"un\" is not made: no voice speaks"));
  /* Each minute anew; it is told once. */
  for (int i = 0; i < 200; i++)
    step(fixture, clock_now_us() + 61 * US_PER_SECOND);
  g_assert_cmpuint(n_told(), ==, 2);
  g_autofree char *refuse = g_build_filename(fixture->world.folder, "refuse", NULL);
  g_unlink(refuse);
  for (int i = 0; i < 6000 && !exists(fixture, "-un"); i++)
    step(fixture, clock_now_us() + 61 * US_PER_SECOND);
  g_assert_true(is_filled(fixture));
}

/* Scripts that stay keep their piece; a station without filler hears nothing. */
static void test_another_station(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_assert_true(is_filled(fixture));
  world_write(&fixture->world, "refuse", "");
  set_station(fixture, "filler: [trois, un]");
  filler_set_station(fixture->filler, fixture->world.station, clock_now_us());
  channel_cut(channel_of(fixture), channel_head(channel_of(fixture)) + FRAME_RATE / 2);
  g_assert_true(is_filled(fixture));
  set_station(fixture, "filler: []");
  filler_set_station(fixture->filler, fixture->world.station, clock_now_us());
  channel_cut(channel_of(fixture), channel_head(channel_of(fixture)) + FRAME_RATE / 2);
  g_assert_true(stays_silent(fixture));
}

/* A piece's sound has gone: it is told once, and made again. */
static void test_sound_gone(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_assert_true(is_filled(fixture));
  g_autofree char *day = zone_day(fixture->world.station->zone, clock_now_us()), *name = g_strconcat(day, "-un", NULL);
  g_autofree char *sound = g_build_filename(fixture->world.folder, "editions", name, "bulletin.mp3", NULL);
  g_unlink(sound);
  channel_cut(channel_of(fixture), channel_head(channel_of(fixture)) + FRAME_RATE / 2);
  g_assert_true(stays_silent(fixture));
  g_assert_cmpuint(n_told(), ==, 1);
  for (int i = 0; i < 6000 && !g_file_test(sound, G_FILE_TEST_EXISTS); i++)
    step(fixture, clock_now_us() + 61 * US_PER_SECOND);
  g_assert_true(is_filled(fixture));
  g_assert_cmpuint(n_told(), ==, 1);
}

/* The length of the day's "un" on the disk, 0: it is not there. */
static gint64 frames_made(const Fixture *fixture) {
  g_autofree char *day = zone_day(fixture->world.station->zone, clock_now_us()), *name = g_strconcat(day, "-un", NULL);
  g_autofree char *path = g_build_filename(fixture->world.folder, "editions", name, "cues.json", NULL);
  g_autoptr(Rundown) cues = cues_load(path, NULL);
  return cues ? cues->frames : 0;
}

/* What changes while a piece is being made has it made once more: it is as long as it was made last. */
static void test_changed_meanwhile(Fixture *fixture, gconstpointer data) {
  (void)data;
  const gint64 entries[12] = {0};
  filler_set_station(fixture->filler, fixture->world.station, clock_now_us());
  renderer_step(fixture->renderer); /* the first of two begins */
  for (int i = 0; i < 6000 && !exists(fixture, "-un"); i++)
    g_usleep(5000);
  world_edition(&fixture->world, "made", entries, G_N_ELEMENTS(entries));
  for (int i = 0; i < 6000 && frames_made(fixture) != 12 * FRAME_RATE; i++)
    step(fixture, clock_now_us());
  for (int i = 0; i < 100; i++)
    step(fixture, clock_now_us());
  channel_cut(channel_of(fixture), channel_head(channel_of(fixture)) + FRAME_RATE / 2);
  g_assert_true(is_filled(fixture));
  assert_about(left(fixture), 12);
}

/* The first script's rendering is not taken for that of another one, which stands in its place now. */
static void test_other_list(Fixture *fixture, gconstpointer data) {
  (void)data;
  set_station(fixture, "filler: [trois]");
  filler_set_station(fixture->filler, fixture->world.station, clock_now_us());
  g_assert_true(is_filled(fixture));
  g_assert_true(exists(fixture, "-trois"));
}

int main(int argc, char **argv) {
  int status;
  if (world_renders(argc, argv, &status))
    return status;
  g_test_init(&argc, &argv, NULL);
  g_test_add("/daemon/filler/pieces", Fixture, "filler: [un, deux]", setup, test_pieces, teardown);
  g_test_add("/daemon/filler/tail", Fixture, "filler: [un]", setup, test_tail, teardown);
  g_test_add("/daemon/filler/short-gap", Fixture, "filler: [un]", setup, test_short_gap, teardown);
  g_test_add("/daemon/filler/recent", Fixture, "recent: 2", setup, test_recent, teardown);
  g_test_add("/daemon/filler/refused", Fixture, "filler: [un, deux]", setup, test_refused, teardown);
  g_test_add("/daemon/filler/another-station", Fixture, "filler: [un, deux]", setup, test_another_station, teardown);
  g_test_add("/daemon/filler/sound-gone", Fixture, "filler: [un]", setup, test_sound_gone, teardown);
  g_test_add("/daemon/filler/changed-meanwhile", Fixture, "filler: [un]", setup, test_changed_meanwhile, teardown);
  g_test_add("/daemon/filler/other-list", Fixture, "filler: [un, deux]", setup, test_other_list, teardown);
  return g_test_run();
}
