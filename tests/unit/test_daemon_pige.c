/* The pige's folder and what is swept from it: what is old, the oldest of what is too much, and nothing else. */
#include "base_folder.h"

#include "base/clock.h"
#include "daemon/pige.h"

#include <glib/gstdio.h>
#include <unistd.h>
#include <utime.h>

#define DAY_S (24 * 3600)
#define NOW_S G_GINT64_CONSTANT(1800000000)

typedef struct {
  char *folder;
  Station station;
} Fixture;

static void setup(Fixture *fixture, gconstpointer data) {
  (void)data;
  fixture->folder = folder_of_test();
  fixture->station = (Station){.folder = fixture->folder, .run = {.pige_days = 2, .pige_megabytes = 10}};
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  remove_folder(fixture->folder);
}

static void keep(const Fixture *fixture, const char *mount, const char *name, gsize nbytes, gint64 age_s) {
  g_autofree char *folder = g_build_filename(fixture->folder, "pige", mount, NULL);
  g_autofree char *path = g_build_filename(folder, name, NULL), *zeros = g_malloc0(nbytes);
  g_assert_true(g_mkdir_with_parents(folder, 0700) == 0);
  g_assert_true(g_file_set_contents(path, zeros, (gssize)nbytes, NULL));
  struct utimbuf times = {(time_t)(NOW_S - age_s), (time_t)(NOW_S - age_s)};
  g_assert_true(g_utime(path, &times) == 0);
}

static bool is_kept(const Fixture *fixture, const char *mount, const char *name) {
  g_autofree char *path = g_build_filename(fixture->folder, "pige", mount, name, NULL);
  return g_file_test(path, G_FILE_TEST_EXISTS);
}

static void test_folder(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *folder = pige_folder(&fixture->station, "/radio/midi.mp3");
  g_autofree char *wanted = g_build_filename(fixture->folder, "pige", "radio-midi.mp3", NULL);
  g_assert_cmpstr(folder, ==, wanted);
  fixture->station.run.pige_days = 0;
  g_assert_null(pige_folder(&fixture->station, "/radio.mp3"));
}

static void test_old(Fixture *fixture, gconstpointer data) {
  (void)data;
  keep(fixture, "a.mp3", "old.mp3", 10, 2 * DAY_S + 1);
  keep(fixture, "a.mp3", "young.mp3", 10, 2 * DAY_S - 1);
  keep(fixture, "gone.opus", "old.opus", 10, 3 * DAY_S); /* of a mount that is no more */
  keep(fixture, "a.mp3", "notes.txt", 10, 30 * DAY_S);   /* not ours */
  pige_sweep(&fixture->station, NOW_S * US_PER_SECOND);
  g_assert_false(is_kept(fixture, "a.mp3", "old.mp3"));
  g_assert_false(is_kept(fixture, "gone.opus", "old.opus"));
  g_assert_true(is_kept(fixture, "a.mp3", "young.mp3"));
  g_assert_true(is_kept(fixture, "a.mp3", "notes.txt"));
}

static void test_much(Fixture *fixture, gconstpointer data) {
  (void)data;
  keep(fixture, "a.mp3", "1.mp3", 4000000, 3000);
  keep(fixture, "b.mp3", "2.mp3", 4000000, 2000);
  keep(fixture, "a.mp3", "3.mp3", 4000000, 1000);
  keep(fixture, "a.mp3", "4.mp3", 2000000, 1000);
  pige_sweep(&fixture->station, NOW_S * US_PER_SECOND);
  g_assert_false(is_kept(fixture, "a.mp3", "1.mp3"));
  g_assert_true(is_kept(fixture, "b.mp3", "2.mp3"));
  g_assert_true(is_kept(fixture, "a.mp3", "3.mp3"));
  g_assert_true(is_kept(fixture, "a.mp3", "4.mp3"));
}

/* What somebody has switched off is left; a station that has never kept anything has nothing to sweep. */
static void test_nothing(Fixture *fixture, gconstpointer data) {
  (void)data;
  pige_sweep(&fixture->station, NOW_S * US_PER_SECOND);
  keep(fixture, "a.mp3", "old.mp3", 10, 9 * DAY_S);
  fixture->station.run.pige_days = 0;
  pige_sweep(&fixture->station, NOW_S * US_PER_SECOND);
  g_assert_true(is_kept(fixture, "a.mp3", "old.mp3"));
}

/* Folders that look like recordings, files that look like mounts, and a link to what is elsewhere: left alone. */
static void test_strange(Fixture *fixture, gconstpointer data) {
  (void)data;
  keep(fixture, "a.mp3", "old.mp3", 10, 9 * DAY_S);
  g_autofree char *folder = g_build_filename(fixture->folder, "pige", "a.mp3", "folder.opus", NULL);
  g_autofree char *file = g_build_filename(fixture->folder, "pige", "b.mp3", NULL);
  g_autofree char *elsewhere = g_build_filename(fixture->folder, "elsewhere.mp3", NULL);
  g_autofree char *link = g_build_filename(fixture->folder, "pige", "a.mp3", "link.mp3", NULL);
  g_assert_true(g_mkdir(folder, 0700) == 0);
  g_assert_true(g_file_set_contents(file, "x", 1, NULL) && g_file_set_contents(elsewhere, "x", 1, NULL));
  g_assert_true(symlink(elsewhere, link) == 0);
  pige_sweep(&fixture->station, (NOW_S + 900 * (gint64)DAY_S) * US_PER_SECOND);
  g_assert_false(is_kept(fixture, "a.mp3", "old.mp3"));
  g_assert_true(is_kept(fixture, "a.mp3", "folder.opus"));
  g_assert_true(g_file_test(file, G_FILE_TEST_EXISTS) && g_file_test(elsewhere, G_FILE_TEST_EXISTS));
  g_assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/daemon/pige/folder", Fixture, NULL, setup, test_folder, teardown);
  g_test_add("/daemon/pige/old", Fixture, NULL, setup, test_old, teardown);
  g_test_add("/daemon/pige/much", Fixture, NULL, setup, test_much, teardown);
  g_test_add("/daemon/pige/nothing", Fixture, NULL, setup, test_nothing, teardown);
  g_test_add("/daemon/pige/strange", Fixture, NULL, setup, test_strange, teardown);
  return g_test_run();
}
