/* Master control with a real Icecast: bulletins on a continuous and an inserted mount, what cuts what, what is taken
 * back, what an urgent one breaks into, mounts that change, and a server that is not there. */
#include "air_server.h"
#include "daemon_world.h"

typedef struct {
  World world;
  Server server;
  MasterHooks hooks;
  Master *master;
  GPtrArray *mounts; /* SlotMount: the last of each slot and mount */
  GPtrArray *items;  /* char: "entry edition mount result" */
  GPtrArray *ended;  /* char: "slot why" */
  GHashTable *gone;  /* entry ids that may not be heard */
  guint connections;
  gint64 follows_us; /* another slot begins then on the inserted mount, 0: none */
} Fixture;

static bool may_be_heard(gint64 entry, gpointer user) {
  const Fixture *fixture = user;
  return !g_hash_table_contains(fixture->gone, GINT_TO_POINTER((int)entry));
}

static void on_item(const AsRun *row, gpointer user) {
  const Fixture *fixture = user;
  g_ptr_array_add(fixture->items, g_strdup_printf("%" G_GINT64_FORMAT " %s %s %s", row->entry_id, row->edition,
                                                  row->mount, asrun_result_name(row->result)));
}

static void on_mount(const SlotMount *row, gpointer user) {
  const Fixture *fixture = user;
  SlotMount *copy = g_memdup2(row, sizeof *row);
  copy->mount = g_strdup(row->mount);
  copy->why = g_strdup(row->why);
  for (guint i = 0; i < fixture->mounts->len; i++) {
    SlotMount *known = fixture->mounts->pdata[i];
    if (known->slot == row->slot && g_str_equal(known->mount, row->mount)) {
      slot_mount_free(known);
      fixture->mounts->pdata[i] = copy;
      return;
    }
  }
  g_ptr_array_add(fixture->mounts, copy);
}

static void on_ended(const SlotRow *slot, const char *why, gpointer user) {
  const Fixture *fixture = user;
  g_ptr_array_add(fixture->ended, g_strdup_printf("%" G_GINT64_FORMAT " %s", slot->id, why ? why : ""));
}

static void on_connection(const char *mount, const ChannelMount *status, gpointer user) {
  Fixture *fixture = user;
  g_assert_nonnull(mount);
  fixture->connections += status->state == MOUNT_ON_AIR;
}

static char *yaml(unsigned port, const char *mounts) {
  return g_strdup_printf("name: Essai\nlanguage: fr\nzone: Europe/Paris\n"
                         "icecast: {host: 127.0.0.1, port: %u, password-file: icecast.password}\nmounts:\n%s"
                         "run: {listen: no}\n",
                         port, mounts);
}

#define MOUNT_A "  - {mount: /a.mp3, format: mp3, bitrate: 64, mode: continuous}\n"
#define MOUNT_B "  - {mount: /b.opus, format: opus, bitrate: 64}\n"

static void begin(Fixture *fixture, unsigned port) {
  g_autofree char *text = yaml(port, MOUNT_A MOUNT_B);
  world_begin(&fixture->world, text);
  fixture->mounts = g_ptr_array_new_with_free_func((GDestroyNotify)slot_mount_free);
  fixture->items = g_ptr_array_new_with_free_func(g_free);
  fixture->ended = g_ptr_array_new_with_free_func(g_free);
  fixture->gone = g_hash_table_new(NULL, NULL);
  fixture->hooks = (MasterHooks){{may_be_heard, on_item, on_mount, fixture}, on_ended, NULL, on_connection};
  fixture->master = master_new(&fixture->hooks);
  g_autoptr(GError) error = NULL;
  g_assert_true(master_set_station(fixture->master, fixture->world.station, &error));
  g_assert_no_error(error);
}

static void setup(Fixture *fixture, gconstpointer data) {
  (void)data;
  *fixture = (Fixture){0};
  fixture->server = server_start();
  begin(fixture, fixture->server.port);
}

static void end(Fixture *fixture) {
  master_free(fixture->master);
  master_free(NULL);
  airing_free(NULL);
  channel_free(NULL);
  g_ptr_array_unref(fixture->mounts);
  g_ptr_array_unref(fixture->items);
  g_ptr_array_unref(fixture->ended);
  g_hash_table_unref(fixture->gone);
  world_end(&fixture->world);
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  end(fixture);
  server_stop(&fixture->server);
}

static void run_ms(const Fixture *fixture, int ms) {
  for (gint64 until_us = clock_monotonic_us() + ms * 1000; clock_monotonic_us() < until_us; g_usleep(10000))
    master_step(fixture->master);
}

static void run_until_ended(const Fixture *fixture, guint n) {
  for (int i = 0; i < 2000 && fixture->ended->len < n; i++)
    run_ms(fixture, 10);
  g_assert_cmpuint(fixture->ended->len, ==, n);
}

static void run_until_connected(const Fixture *fixture, const char *mount) {
  for (int i = 0; i < 1000; i++) {
    ChannelMount status;
    run_ms(fixture, 10);
    master_status(fixture->master, mount, &status);
    g_free(status.message);
    if (status.state == MOUNT_ON_AIR)
      return;
  }
  g_assert_not_reached();
}

static void run_until_heard(Fixture *fixture, gint64 slot, const char *title) {
  const RundownItem *item = NULL;
  for (guint i = 0; i < 1000 && !(item && g_str_equal(item->title, title)); i++) {
    run_ms(fixture, 10);
    const SlotRow *on_air = master_on_air(fixture->master, "/a.mp3", &item);
    g_assert_true(!on_air || on_air->id == slot);
    item = on_air ? item : NULL;
  }
  g_assert_nonnull(item);
}

static const SlotMount *told(const Fixture *fixture, gint64 slot, const char *mount) {
  for (guint i = 0; i < fixture->mounts->len; i++) {
    const SlotMount *row = fixture->mounts->pdata[i];
    if (row->slot == slot && g_str_equal(row->mount, mount))
      return row;
  }
  return NULL;
}

static guint count_items(const Fixture *fixture, const char *line) {
  guint n = 0;
  for (guint i = 0; i < fixture->items->len; i++)
    n += g_str_equal(fixture->items->pdata[i], line);
  return n;
}

static SlotRow slot_of(gint64 id, char *edition, gint64 start_us) {
  return (SlotRow){.id = id, .start_us = start_us, .occurrence = "x", .script = "s", .edition = edition, .priority = 5};
}

/* Lays it where it may be heard. */
static void air(const Fixture *fixture, const SlotRow *slot, bool at_once) {
  const char *why = NULL;
  g_auto(GStrv) mounts = master_mounts(fixture->master, slot, slot->start_us, &why);
  g_assert_nonnull(mounts);
  g_autoptr(GError) error = NULL;
  g_assert_true(master_air(fixture->master, slot, (const char *const *)mounts, slot->start_us, at_once, &error));
  g_assert_no_error(error);
}

#define ENTRIES(...) ((const gint64[]){__VA_ARGS__})

/* Slot 7, of three seconds and two entries: on its time, whole, each entry once. */
static void was_aired(const Fixture *fixture, const char *mount, gint64 start_us) {
  const SlotMount *row = told(fixture, 7, mount);
  g_assert_cmpint(row->state, ==, SLOT_DONE);
  g_assert_null(row->why);
  g_assert_cmpint(ABS(row->started_us - start_us), <, 200000);
  g_assert_cmpint(ABS(row->sent_frames - 3 * FRAME_RATE), <, FRAME_RATE / 4);
  g_autofree char *first = g_strdup_printf("1 e %s aired", mount), *second = g_strdup_printf("2 e %s aired", mount);
  g_assert_cmpuint(count_items(fixture, first), ==, 1);
  g_assert_cmpuint(count_items(fixture, second), ==, 1);
}

static void test_bulletin(Fixture *fixture, gconstpointer data) {
  (void)data;
  world_edition(&fixture->world, "e", ENTRIES(1, 2, 0), 3);
  run_until_connected(fixture, "/a.mp3");
  SlotRow slot = slot_of(7, "e", clock_now_us() + 1500000);
  air(fixture, &slot, false);
  run_until_heard(fixture, 7, "e 1");
  g_assert_null(master_on_air(fixture->master, "/none.mp3", NULL));
  run_until_ended(fixture, 1);
  g_assert_cmpstr(fixture->ended->pdata[0], ==, "7 ");
  was_aired(fixture, "/a.mp3", slot.start_us);
  was_aired(fixture, "/b.opus", slot.start_us);
  /* The inserted mount is closed again, the continuous one is not. */
  ChannelMount status;
  run_ms(fixture, 300);
  master_status(fixture->master, "/b.opus", &status);
  g_assert_cmpint(status.state, ==, MOUNT_WAITING);
  g_free(status.message);
  g_assert_nonnull(master_continuous(fixture->master, 0));
  g_assert_null(master_continuous(fixture->master, 1));
}

/* It breaks in where an item ends, and the bulletin goes on after it. Another urgent one does not break into it. */
static void test_urgent(Fixture *fixture, gconstpointer data) {
  (void)data;
  world_edition(&fixture->world, "e", ENTRIES(1, 2, 3), 3);
  world_edition(&fixture->world, "u", ENTRIES(9), 1);
  run_until_connected(fixture, "/a.mp3");
  SlotRow slot = slot_of(7, "e", clock_now_us() + 1000000);
  air(fixture, &slot, false);
  run_ms(fixture, 1200);
  SlotRow urgent = slot_of(8, "u", clock_now_us());
  urgent.occurrence = "urgent:9:1";
  air(fixture, &urgent, true);
  const char *why = NULL;
  SlotRow other = urgent, plain = slot_of(10, "e", clock_now_us());
  other.id = 9;
  run_ms(fixture, 900); /* now it is what is heard */
  g_assert_null(master_mounts(fixture->master, &other, clock_now_us(), &why));
  g_assert_cmpstr(why, ==, "another bulletin was on the air");
  g_assert_null(master_mounts(fixture->master, &plain, clock_now_us(), &why));
  run_until_ended(fixture, 2);
  g_assert_cmpint(told(fixture, 7, "/a.mp3")->state, ==, SLOT_DONE);
  g_assert_cmpint(told(fixture, 8, "/a.mp3")->state, ==, SLOT_DONE);
  g_assert_cmpint(told(fixture, 8, "/b.opus")->state, ==, SLOT_DONE);
  g_assert_cmpint(ABS(told(fixture, 7, "/a.mp3")->sent_frames - 3 * FRAME_RATE), <, FRAME_RATE / 2);
  g_assert_cmpint(told(fixture, 7, "/a.mp3")->ended_us, >, told(fixture, 8, "/a.mp3")->ended_us);
  g_assert_cmpuint(count_items(fixture, "3 e /a.mp3 aired"), ==, 1);
}

/* An urgent message that is taken back, or ended, while it is heard: the bulletin that it broke into goes on at once. And
 * what waits behind an item that is taken back is heard. */
static void test_urgent_is_cut(Fixture *fixture, gconstpointer data) {
  const char *how = data;
  world_edition(&fixture->world, "e", ENTRIES(1, 2, 3), 3);
  world_edition(&fixture->world, "u", ENTRIES(9, 10, 11), 3);
  run_until_connected(fixture, "/a.mp3");
  SlotRow slot = slot_of(7, "e", clock_now_us() + 1000000);
  air(fixture, &slot, false);
  run_ms(fixture, 1200);
  SlotRow urgent = slot_of(8, "u", clock_now_us());
  urgent.occurrence = "urgent:9:1";
  air(fixture, &urgent, true);
  bool is_behind = strcmp(how, "behind") == 0, is_waiting = strcmp(how, "waiting") == 0;
  run_ms(fixture, is_behind || is_waiting ? 100 : 900);
  for (int id = 9; id <= 11 && !is_behind; id++)
    g_hash_table_add(fixture->gone, GINT_TO_POINTER(id));
  if (is_behind)
    g_hash_table_add(fixture->gone, GINT_TO_POINTER(1)); /* that is heard, and the message behind it */
  if (is_waiting || strcmp(how, "ended") == 0)
    master_end(fixture->master, 8, "by hand");
  else
    master_take_back(fixture->master);
  run_until_ended(fixture, 2);
  g_assert_cmpint(told(fixture, 7, "/a.mp3")->state, ==, SLOT_DONE);
  if (is_waiting) /* what is heard before it is not cut */
    g_assert_cmpuint(count_items(fixture, "1 e /a.mp3 aired"), ==, 1);
  g_assert_cmpuint(count_items(fixture, "2 e /a.mp3 aired"), ==, 1);
  g_assert_cmpuint(count_items(fixture, "3 e /a.mp3 aired"), ==, 1);
  g_assert_cmpuint(count_items(fixture, "11 u /a.mp3 aired"), ==, is_behind ? 1 : 0);
}

static void test_taken_back(Fixture *fixture, gconstpointer data) {
  (void)data;
  world_edition(&fixture->world, "e", ENTRIES(1, 2, 3), 3);
  run_until_connected(fixture, "/a.mp3");
  g_hash_table_add(fixture->gone, GINT_TO_POINTER(1)); /* before it is laid */
  SlotRow slot = slot_of(7, "e", clock_now_us() + 1000000);
  air(fixture, &slot, false);
  run_ms(fixture, 500);
  g_hash_table_add(fixture->gone, GINT_TO_POINTER(3)); /* and after it */
  master_take_back(fixture->master);
  run_until_ended(fixture, 1);
  g_assert_cmpuint(count_items(fixture, "1 e /a.mp3 aired"), ==, 0);
  g_assert_cmpuint(count_items(fixture, "2 e /a.mp3 aired"), ==, 1);
  g_assert_cmpuint(count_items(fixture, "3 e /a.mp3 aired"), ==, 0);
  g_assert_cmpint(ABS(told(fixture, 7, "/a.mp3")->sent_frames - FRAME_RATE), <, FRAME_RATE / 2);
}

/* The later of two that are alike cuts; one that is less urgent waits; one is ended by hand. */
static void test_what_cuts_what(Fixture *fixture, gconstpointer data) {
  (void)data;
  world_edition(&fixture->world, "e", ENTRIES(1, 2, 3, 4), 4);
  world_edition(&fixture->world, "f", ENTRIES(5, 6, 7), 3);
  run_until_connected(fixture, "/a.mp3");
  SlotRow first = slot_of(1, "e", clock_now_us() + 1000000), second = slot_of(2, "f", first.start_us + 2000000);
  SlotRow low = second;
  low.priority = 9;
  air(fixture, &first, false);
  const char *why = NULL;
  g_assert_null(master_mounts(fixture->master, &low, second.start_us, &why));
  SlotRow nowhere = second;
  nowhere.mounts = (char *[]){"/none.mp3", NULL};
  g_assert_null(master_mounts(fixture->master, &nowhere, second.start_us, &why));
  g_assert_cmpstr(why, ==, "the station has no such mount");
  air(fixture, &second, false);
  run_ms(fixture, 4500);
  master_end(fixture->master, 2, "by hand");
  master_end(fixture->master, 99, "nobody");
  run_until_ended(fixture, 2);
  g_assert_cmpuint(count_items(fixture, "1 e /a.mp3 aired"), ==, 1);
  g_assert_cmpuint(count_items(fixture, "4 e /a.mp3 aired"), ==, 0);
  g_assert_cmpuint(count_items(fixture, "7 f /a.mp3 aired"), ==, 0);
  g_assert_cmpstr(told(fixture, 1, "/a.mp3")->why, ==, "cut off by the next bulletin");
  g_assert_cmpstr(told(fixture, 2, "/a.mp3")->why, ==, "by hand");
}

/* An edition that is not there, or whose sound is not, is refused; the station that stops tells what was on the air. */
static void test_missing(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  SlotRow slot = slot_of(1, "none", clock_now_us());
  const char *const mounts[] = {"/a.mp3", "/b.opus", NULL};
  g_assert_false(master_air(fixture->master, &slot, mounts, slot.start_us, false, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_clear_error(&error);
  world_edition(&fixture->world, "e", ENTRIES(1, 2), 2);
  g_autofree char *sound = g_build_filename(fixture->world.folder, "editions", "e", "bulletin.mp3", NULL);
  g_assert_true(g_unlink(sound) == 0);
  slot.edition = "e";
  g_assert_false(master_air(fixture->master, &slot, mounts, slot.start_us, false, &error));
  g_assert_nonnull(error);
  run_ms(fixture, 100);
  world_edition(&fixture->world, "f", ENTRIES(1, 2, 3), 3);
  run_until_connected(fixture, "/a.mp3");
  SlotRow running = slot_of(2, "f", clock_now_us() + 500000);
  air(fixture, &running, false);
  run_ms(fixture, 1500);
  g_clear_pointer(&fixture->master, master_free);
  g_assert_cmpstr(fixture->ended->pdata[fixture->ended->len - 1], ==, "2 the station was stopped");
}

static void set_mounts(Fixture *fixture, const char *head, const char *mounts) {
  g_autofree char *text = g_strdup_printf("name: Essai\nlanguage: fr\nzone: Europe/Paris\n"
                                          "icecast: {host: 127.0.0.1, port: %u, password-file: icecast.password%s}\n"
                                          "mounts:\n%srun: {listen: no}\n",
                                          fixture->server.port, head, mounts);
  world_station(&fixture->world, text);
  g_autoptr(GError) error = NULL;
  g_assert_true(master_set_station(fixture->master, fixture->world.station, &error));
  g_assert_no_error(error);
}

/* Whatever changes of a mount or of its server opens it anew; nothing else does. */
static void test_changes(Fixture *fixture, gconstpointer data) {
  (void)data;
  static const struct {
    const char *head, *mounts;
    bool stays;
  } changes[] = {
      {"", MOUNT_A MOUNT_B, true},
      {"", MOUNT_A "  - {mount: /b.opus, format: opus, bitrate: 64, description: autre}\n", true},
      {"", "  - {mount: /a.mp3, format: mp3, bitrate: 64, mode: continuous, name: A}\n" MOUNT_B, false},
      {"", "  - {mount: /a.mp3, format: mp3, bitrate: 64, mode: continuous, name: A, genre: g}\n" MOUNT_B, false},
      {"",
       "  - {mount: /a.mp3, format: mp3, bitrate: 64, mode: continuous, name: A, genre: g, url: "
       "\"http://u\"}\n" MOUNT_B,
       false},
      {"", "  - {mount: /a.mp3, format: mp3, bitrate: 64, mode: continuous, description: d}\n" MOUNT_B, false},
      {"", "  - {mount: /a.mp3, format: mp3, bitrate: 64, mode: continuous, public: yes}\n" MOUNT_B, false},
      {"", "  - {mount: /a.mp3, format: mp3, bitrate: 64, mode: continuous, host: localhost}\n" MOUNT_B, false},
      {"", "  - {mount: /a.mp3, format: mp3, bitrate: 96, mode: continuous}\n" MOUNT_B, false},
      {"", "  - {mount: /a.opus, format: opus, bitrate: 96, mode: continuous}\n" MOUNT_B, false},
      {"", MOUNT_A MOUNT_B, false},
      {"", "  - {mount: /a2.mp3, format: mp3, bitrate: 64, mode: continuous}\n" MOUNT_B, false},
      {"", "  - {mount: /a2.mp3, format: mp3, bitrate: 64, mode: continuous, port: 1}\n" MOUNT_B, false},
      {"", "  - {mount: /a2.mp3, format: mp3, bitrate: 64}\n" MOUNT_A MOUNT_B, false},
      {"", MOUNT_A MOUNT_B, false},
      {"", "  - {mount: /a.mp3, format: opus, bitrate: 64, mode: continuous}\n" MOUNT_B, false},
      {"", MOUNT_A MOUNT_B, false},
      {", ca-file: none.pem", MOUNT_A MOUNT_B, false},
      {", user: source2", MOUNT_A MOUNT_B, false},
      {", tls: required", MOUNT_A MOUNT_B, false},
      {"", MOUNT_A MOUNT_B, false},
  };
  for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
    const Channel *before = master_continuous(fixture->master, 0);
    const Station *was = channel_station(before);
    set_mounts(fixture, changes[i].head, changes[i].mounts);
    Channel *after = master_continuous(fixture->master, 0);
    g_assert_nonnull(after);
    g_assert_true((channel_station(after) == was) == changes[i].stays);
  }
  /* Another password. */
  const Station *was = channel_station(master_continuous(fixture->master, 0));
  world_password(&fixture->world, "autre\n");
  set_mounts(fixture, "", MOUNT_A MOUNT_B);
  g_assert_true(channel_station(master_continuous(fixture->master, 0)) != was);
  /* None at all: what is there stays. */
  g_autofree char *password = g_build_filename(fixture->world.folder, "icecast.password", NULL);
  g_unlink(password);
  g_autoptr(GError) error = NULL;
  g_assert_false(master_set_station(fixture->master, fixture->world.station, &error));
  g_assert_nonnull(error);
  g_assert_nonnull(master_continuous(fixture->master, 0));
}

/* From MASTER_OWN_CHANNELS on, continuous mounts have one channel together. */
static void test_many(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(GString) mounts = g_string_new("");
  for (int i = 0; i < MASTER_OWN_CHANNELS + 2; i++)
    g_string_append_printf(mounts, "  - {mount: /m%d.mp3, format: mp3, bitrate: 64, mode: continuous}\n", i);
  set_mounts(fixture, "", mounts->str);
  g_assert_cmpuint(channel_n_mounts(master_continuous(fixture->master, 0)), ==, MASTER_OWN_CHANNELS + 2);
  g_assert_null(master_continuous(fixture->master, 1));
  run_until_connected(fixture, "/m9.mp3");
  run_ms(fixture, 50);
  g_assert_cmpuint(fixture->connections, >, 0);
  set_mounts(fixture, "", MOUNT_A MOUNT_B);
  g_assert_cmpuint(channel_n_mounts(master_continuous(fixture->master, 0)), ==, 1);
}

static bool follows(const char *mount, gint64 until_us, gpointer user) {
  const Fixture *fixture = user;
  g_assert_cmpstr(mount, ==, "/b.opus");
  return fixture->follows_us != 0 && fixture->follows_us <= until_us;
}

/* An inserted mount stays open for what follows at once; what comes as it ends waits until the server has let go of it. */
static void test_close_upon_each_other(Fixture *fixture, gconstpointer data) {
  (void)data;
  fixture->hooks.follows = follows;
  world_edition(&fixture->world, "e", ENTRIES(1, 2), 2);
  SlotRow first = slot_of(1, "e", clock_now_us() + 1000000), second = slot_of(2, "e", first.start_us + 3000000);
  first.mounts = second.mounts = (char *[]){"/b.opus", NULL};
  air(fixture, &first, false);
  fixture->follows_us = second.start_us;
  run_ms(fixture, 3300);
  guint before = fixture->connections;
  fixture->follows_us = 0;
  air(fixture, &second, false);
  run_ms(fixture, 2650); /* it is about to end */
  SlotRow urgent = slot_of(3, "e", clock_now_us());
  urgent.occurrence = "urgent:1:1";
  urgent.mounts = first.mounts;
  air(fixture, &urgent, true);
  run_until_ended(fixture, 3);
  g_assert_cmpint(told(fixture, 1, "/b.opus")->state, ==, SLOT_DONE);
  g_assert_cmpint(told(fixture, 2, "/b.opus")->state, ==, SLOT_DONE);
  g_assert_cmpint(ABS(told(fixture, 2, "/b.opus")->started_us - second.start_us), <, 100000);
  g_assert_cmpint(told(fixture, 3, "/b.opus")->state, ==, SLOT_DONE);
  g_assert_cmpint(told(fixture, 3, "/b.opus")->started_us, >, told(fixture, 2, "/b.opus")->ended_us);
  g_assert_cmpint(told(fixture, 3, "/b.opus")->sent_frames, >, 2 * FRAME_RATE - FRAME_RATE / 4);
  g_assert_cmpuint(before, <=, 2); /* one of /a.mp3, one of /b.opus */
}

static void test_no_server(void) {
  Fixture fixture = {0};
  unsigned port;
  close(listen_free(&port));
  begin(&fixture, port);
  world_edition(&fixture.world, "e", ENTRIES(1), 1);
  SlotRow slot = slot_of(7, "e", clock_now_us() + 200000);
  air(&fixture, &slot, false);
  run_until_ended(&fixture, 1);
  const SlotMount *row = told(&fixture, 7, "/a.mp3");
  g_assert_cmpint(row->state, ==, SLOT_MISSED);
  g_assert_nonnull(row->why);
  g_assert_cmpint(row->sent_frames, ==, 0);
  g_assert_cmpuint(count_items(&fixture, "1 e /a.mp3 missed"), ==, 1);
  end(&fixture);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  if (!server_installed())
    return 0;
  g_test_add("/daemon/master/bulletin", Fixture, NULL, setup, test_bulletin, teardown);
  g_test_add("/daemon/master/urgent", Fixture, NULL, setup, test_urgent, teardown);
  g_test_add("/daemon/master/urgent/taken-back", Fixture, "taken back", setup, test_urgent_is_cut, teardown);
  g_test_add("/daemon/master/urgent/ended", Fixture, "ended", setup, test_urgent_is_cut, teardown);
  g_test_add("/daemon/master/urgent/waiting", Fixture, "waiting", setup, test_urgent_is_cut, teardown);
  g_test_add("/daemon/master/urgent/behind", Fixture, "behind", setup, test_urgent_is_cut, teardown);
  g_test_add("/daemon/master/taken-back", Fixture, NULL, setup, test_taken_back, teardown);
  g_test_add("/daemon/master/what-cuts-what", Fixture, NULL, setup, test_what_cuts_what, teardown);
  g_test_add("/daemon/master/missing", Fixture, NULL, setup, test_missing, teardown);
  g_test_add("/daemon/master/changes", Fixture, NULL, setup, test_changes, teardown);
  g_test_add("/daemon/master/many", Fixture, NULL, setup, test_many, teardown);
  g_test_add("/daemon/master/close-upon-each-other", Fixture, NULL, setup, test_close_upon_each_other, teardown);
  g_test_add_func("/daemon/master/no-server", test_no_server);
  return g_test_run();
}
