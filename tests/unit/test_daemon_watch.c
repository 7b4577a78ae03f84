/* What people change in a station: seen once, by its part; what is hidden, or is no file, is not. */
#include "daemon/watch.h"
#include "daemon_world.h"

static void test_parts(void) {
  World world;
  Watched watched = {0};
  world_begin(&world, "name: Essai\nlanguage: fr\nzone: Europe/Paris\n");
  world_write(&world, "scripts/midi.yaml", "a");
  g_assert_cmpuint(watch_look(&watched, world.station), !=, 0);
  g_assert_cmpuint(watch_look(&watched, world.station), ==, 0);
  world_write(&world, "scripts/midi.yaml", "ab");
  g_assert_cmpuint(watch_look(&watched, world.station), ==, WATCH_WORDING);
  world_write(&world, "schedules/a.ics", "a");
  g_assert_cmpuint(watch_look(&watched, world.station), ==, WATCH_CALENDARS);
  world_write(&world, "schedules/.a.ics.part-1", "a"); /* a draft */
  world_write(&world, "schedules/old/a.ics", "a");     /* a folder */
  g_assert_cmpuint(watch_look(&watched, world.station), ==, 0);
  world_write(&world, "voices/jingles/x.wav", "a");
  g_assert_cmpuint(watch_look(&watched, world.station), ==, WATCH_WORDING);
  world_write(&world, "station.yaml", "name: Autre\nlanguage: fr\nzone: Europe/Paris\n");
  g_assert_cmpuint(watch_look(&watched, world.station), ==, WATCH_STATION);
  g_autofree char *yaml = g_build_filename(world.folder, "station.yaml", NULL);
  g_unlink(yaml);
  g_assert_cmpuint(watch_look(&watched, world.station), ==, WATCH_STATION);
  g_assert_cmpuint(watch_look(&watched, world.station), ==, 0);
  world_end(&world);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/daemon/watch/parts", test_parts);
  return g_test_run();
}
