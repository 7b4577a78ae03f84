/* The publisher: what it runs "carnet publish" for, in which order, and that nothing is published twice or unheard. This
 * program is its own carnet: it writes down what it was asked, and refuses when FOLDER/refuse is there. */
#include "daemon/publisher.h"
#include "daemon/report.h"
#include "daemon_world.h"

#include <stdio.h>
#include <string.h>

#define NOW_US (G_GINT64_CONSTANT(1800000000) * US_PER_SECOND)
#define HOUR_US (3600 * US_PER_SECOND)

static const char yaml[] = "name: Essai\nlanguage: fr\nzone: Europe/Paris\npodcast: {automatic: true}\n";

typedef struct {
  World world;
  Publisher *publisher;
} Fixture;

static void setup(Fixture *fixture, gconstpointer data) {
  world_begin(&fixture->world, data ? data : yaml);
  report_start(fixture->world.station->zone, true);
  fixture->publisher = publisher_new(fixture->world.store);
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  publisher_free(fixture->publisher);
  report_end();
  world_end(&fixture->world);
}

/* FOLDER/asked: a line for each run. Returns (g_free). */
static char *asked(const Fixture *fixture) {
  g_autofree char *path = g_build_filename(fixture->world.folder, "asked", NULL);
  char *text = NULL;
  return g_file_get_contents(path, &text, NULL, NULL) ? text : g_strdup("");
}

/* Until it has run `n` times, and once more: more than that is never asked. */
static void run_until(Fixture *fixture, guint n) {
  for (guint i = 0; i < 5000; i++) {
    publisher_step(fixture->publisher, fixture->world.station);
    g_autofree char *text = asked(fixture);
    guint lines = 0;
    for (const char *at = text; (at = strchr(at, '\n')); at++)
      lines++;
    if (lines == n)
      return;
    g_assert_cmpuint(lines, <, n);
    g_usleep(2000);
  }
  g_assert_not_reached();
}

/* A slot that is over, `hours` ago, of which `frames` were sent. */
static void add_slot(const Fixture *fixture, const char *script, const char *occurrence, gint64 hours, gint64 frames) {
  static const char *const mounts[] = {"/a.mp3", NULL};
  SlotRow plan = {.start_us = NOW_US - hours * HOUR_US,
                  .occurrence = (char *)occurrence,
                  .script = (char *)script,
                  .title = (char *)"t",
                  .priority = 5};
  Store *store = fixture->world.store;
  g_autoptr(GError) error = NULL;
  gint64 id = slots_plan(store, &plan, "2027-01-15", "0800", NOW_US, &error);
  g_assert_no_error(error);
  g_assert_true(slots_set_state(store, id, SLOT_READY, NULL, NOW_US, NULL));
  g_assert_true(slots_claim(store, id, mounts, FRAME_RATE, NOW_US, NULL));
  SlotMount row = {.slot = id,
                   .mount = (char *)mounts[0],
                   .state = SLOT_DONE,
                   .started_us = frames > 0 ? plan.start_us : 0,
                   .ended_us = plan.start_us,
                   .sent_frames = frames,
                   .planned_frames = FRAME_RATE,
                   .heard_frames = -1};
  g_assert_true(slots_tell_mount(store, &row, &error));
  g_assert_true(slots_set_state(store, id, SLOT_DONE, NULL, NOW_US, &error));
  g_assert_no_error(error);
}

static void test_heard(Fixture *fixture, gconstpointer data) {
  (void)data;
  add_slot(fixture, "midi", "a", 3, FRAME_RATE);
  add_slot(fixture, "soir", "b", 2, 0);
  add_slot(fixture, "alerte", "urgent:1:0", 1, FRAME_RATE);
  add_slot(fixture, "vieux", "c", 24 * 5, FRAME_RATE);
  publisher_catch_up(fixture->publisher, fixture->world.station, NOW_US);
  publisher_catch_up(fixture->publisher, fixture->world.station, NOW_US); /* and again: nothing twice */
  run_until(fixture, 2);
  run_until(fixture, 2);
  g_autofree char *text = asked(fixture);
  g_assert_cmpstr(text, ==, "2027-01-15-midi\n--refresh\n");
}

/* What is published, or was taken out, stays so. */
static void test_settled(Fixture *fixture, gconstpointer data) {
  (void)data;
  world_write(&fixture->world, "podcast/2027-01-15-midi.json", "{}");
  world_write(&fixture->world, "podcast/.gone-2027-01-15-soir", "");
  add_slot(fixture, "midi", "a", 3, FRAME_RATE);
  add_slot(fixture, "soir", "b", 2, FRAME_RATE);
  publisher_catch_up(fixture->publisher, fixture->world.station, NOW_US);
  run_until(fixture, 1);
  g_autofree char *text = asked(fixture);
  g_assert_cmpstr(text, ==, "--refresh\n");
}

/* One that was begun may have looked before what is told now: it is done once more. */
static void test_while_it_runs(Fixture *fixture, gconstpointer data) {
  (void)data;
  publisher_refresh(fixture->publisher, fixture->world.station);
  publisher_step(fixture->publisher, fixture->world.station);
  publisher_refresh(fixture->publisher, fixture->world.station);
  publisher_refresh(fixture->publisher, fixture->world.station);
  run_until(fixture, 2);
  g_autofree char *text = asked(fixture);
  g_assert_cmpstr(text, ==, "--refresh\n--refresh\n");
}

/* A run that failed is told, and not tried again at once. */
static void test_refused(Fixture *fixture, gconstpointer data) {
  (void)data;
  world_write(&fixture->world, "refuse", "");
  publisher_refresh(fixture->publisher, fixture->world.station);
  run_until(fixture, 1);
  for (guint i = 0; i < 5000 && report_alarms()->len == 0; i++) {
    publisher_step(fixture->publisher, fixture->world.station);
    g_usleep(2000);
  }
  g_assert_cmpuint(report_alarms()->len, ==, 1);
  const ReportLine *line = report_alarms()->pdata[0];
  g_assert_nonnull(strstr(line->text, "no room for it"));
  for (guint i = 0; i < 50; i++)
    publisher_step(fixture->publisher, fixture->world.station);
  run_until(fixture, 1);
}

static void test_by_hand(Fixture *fixture, gconstpointer data) {
  (void)data;
  add_slot(fixture, "midi", "a", 3, FRAME_RATE);
  publisher_catch_up(fixture->publisher, fixture->world.station, NOW_US);
  for (guint i = 0; i < 20; i++)
    publisher_step(fixture->publisher, fixture->world.station);
  run_until(fixture, 0);
}

/* "-C FOLDER -q publish WHAT" */
static int act_as_carnet(char **argv) {
  g_autofree char *path = g_build_filename(argv[2], "asked", NULL), *refuse = g_build_filename(argv[2], "refuse", NULL);
  FILE *file = fopen(path, "a");
  if (!file || fprintf(file, "%s\n", argv[5]) < 0 || fclose(file) != 0)
    return 5;
  if (!g_file_test(refuse, G_FILE_TEST_EXISTS))
    return 0;
  fputs("carnet: no room for it\n", stderr);
  return 5;
}

int main(int argc, char **argv) {
  if (argc == 6 && strcmp(argv[1], "-C") == 0)
    return act_as_carnet(argv);
  g_test_init(&argc, &argv, NULL);
  g_test_add("/daemon/publisher/heard", Fixture, NULL, setup, test_heard, teardown);
  g_test_add("/daemon/publisher/settled", Fixture, NULL, setup, test_settled, teardown);
  g_test_add("/daemon/publisher/while-it-runs", Fixture, NULL, setup, test_while_it_runs, teardown);
  g_test_add("/daemon/publisher/refused", Fixture, NULL, setup, test_refused, teardown);
  g_test_add("/daemon/publisher/by-hand", Fixture, "name: Essai\nlanguage: fr\nzone: Europe/Paris\n", setup,
             test_by_hand, teardown);
  return g_test_run();
}
