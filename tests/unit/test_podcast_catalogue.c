/* What is published, on a disk that refuses: nothing is half-written, and each failure names its file. */
#include "base/error.h"
#include "base/files.h"
#include "podcast/catalogue.h"

#include <glib/gstdio.h>
#include <string.h>

#define DAY_US (G_GINT64_CONSTANT(24 * 3600) * 1000000)
#define NOW_US (G_GINT64_CONSTANT(1584442800) * 1000000)

typedef struct {
  char *folder;
  Station station;
  GTimeZone *zone;
} Fixture;

static char *path_of(const Fixture *fixture, const char *name) {
  return g_build_filename(fixture->folder, name, NULL);
}

static void make_folder(const Fixture *fixture, const char *name) {
  g_autofree char *path = path_of(fixture, name);
  g_assert_true(g_mkdir_with_parents(path, 0700) == 0);
}

static void write_file(const Fixture *fixture, const char *name, const char *text) {
  g_autofree char *path = path_of(fixture, name);
  g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void setup(Fixture *fixture, gconstpointer data) {
  (void)data;
  fixture->folder = g_dir_make_tmp("carnet-catalogue-XXXXXX", NULL);
  fixture->zone = g_time_zone_new_utc();
  fixture->station = (Station){.folder = fixture->folder,
                               .name = "R",
                               .language = "fr",
                               .cover = "cover.jpg",
                               .zone = fixture->zone,
                               .podcast = {.url = "https://r.example/",
                                           .title = "R",
                                           .description = "R",
                                           .author = "R",
                                           .category = "News",
                                           .keep_days = 10,
                                           .keep_episodes = 2}};
  write_file(fixture, "cover.jpg", "picture");
  write_file(fixture, "sound.mp3", "sound");
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_assert_true(folder_remove(fixture->folder, NULL));
  g_time_zone_unref(fixture->zone);
  g_free(fixture->folder);
}

static Episode *sample(Catalogue *catalogue, const char *edition, gint64 published_us) {
  Episode *episode = episode_new();
  g_autofree char *sound = g_build_filename(catalogue->station->folder, "sound.mp3", NULL);
  gint64 nbytes;
  g_autoptr(GError) error = NULL;
  char *file = catalogue_add_media(catalogue, edition, sound, &nbytes, &error);
  g_assert_no_error(error);
  episode->guid = g_uuid_string_random();
  episode->edition = g_strdup(edition);
  episode->script = g_strdup("midi");
  episode->language = g_strdup("fr");
  episode->title = g_strdup("T");
  episode->published_us = published_us;
  episode_add_media(episode, g_strdup("audio/mpeg"), file, nbytes);
  return episode;
}

static Catalogue *open_with(const Fixture *fixture, guint n) {
  g_autoptr(GError) error = NULL;
  Catalogue *catalogue = catalogue_open(&fixture->station, &error);
  g_assert_no_error(error);
  for (guint i = 0; i < n; i++) {
    g_autofree char *edition = g_strdup_printf("2020-03-%02u-midi", 17 - i);
    g_assert_true(catalogue_put(catalogue, sample(catalogue, edition, NOW_US - (i / 2) * DAY_US), "{}", &error));
    g_assert_no_error(error);
  }
  return catalogue;
}

static void test_order(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(Catalogue) catalogue = open_with(fixture, 4);
  g_assert_true(catalogue_publish(catalogue, NULL, NULL));
  g_clear_pointer(&catalogue, catalogue_free);
  catalogue = catalogue_open(&fixture->station, NULL);
  g_assert_cmpuint(catalogue->episodes->len, ==, 4);
  g_assert_cmpstr(((Episode *)catalogue->episodes->pdata[0])->edition, ==, "2020-03-17-midi");
  g_assert_cmpstr(((Episode *)catalogue->episodes->pdata[3])->edition, ==, "2020-03-14-midi");
  ((Episode *)catalogue->episodes->pdata[3])->keep = true;
  g_assert_true(catalogue_prune(catalogue, NOW_US, NULL)); /* more than two, but what is kept */
  g_assert_cmpuint(catalogue->episodes->len, ==, 3);
  g_assert_true(catalogue_prune(catalogue, NOW_US + 20 * DAY_US, NULL));
  g_assert_cmpuint(catalogue->episodes->len, ==, 1);
  g_assert_true(catalogue_publish(catalogue, NULL, NULL));
  g_assert_cmpuint(catalogue->removed, ==, 3 * 9); /* sound, page and five texts of each */
  catalogue_free(NULL);
  episode_free(NULL);
}

/* A folder stands where a file must be written: told, and the rest is as it was. */
static void test_pages_refused(Fixture *fixture, gconstpointer data) {
  (void)data;
  static const char *const names[] = {"site.css",      "site.js",     "episodes/2020-03-17-midi.html",
                                      "archive.html",  "sitemap.xml", "index.html",
                                      "feed-midi.xml", "feed.xml"};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *name = g_build_filename("public", names[i], "in", NULL),
                    *top = g_build_filename("public", names[i], NULL);
    g_autofree char *path = path_of(fixture, top);
    g_autoptr(Catalogue) catalogue = open_with(fixture, 1);
    make_folder(fixture, name);
    g_autoptr(GError) error = NULL;
    g_assert_false(catalogue_publish(catalogue, NULL, &error));
    g_assert_nonnull(strstr(error->message, names[i]));
    g_assert_true(folder_remove(path, NULL));
  }
}

static void test_cover(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(Catalogue) catalogue = open_with(fixture, 1);
  make_folder(fixture, "public/cover.jpg/in"); /* pages without a picture are better than none */
  g_assert_true(catalogue_publish(catalogue, NULL, NULL));
  g_assert_nonnull(catalogue->cover_why);
  fixture->station.cover = "none";
  g_assert_true(catalogue_publish(catalogue, NULL, NULL));
  g_assert_nonnull(strstr(catalogue->cover_why->message, "none"));
  write_file(fixture, "picture", "x");
  fixture->station.cover = "picture"; /* no ending */
  g_assert_true(catalogue_publish(catalogue, NULL, NULL));
  g_assert_no_error(catalogue->cover_why);
  fixture->station.cover = NULL;
  fixture->station.podcast.url = "";
  g_assert_true(catalogue_publish(catalogue, NULL, NULL));
}

static GBytes *no_icon(const char *path, GError **error) {
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, "%s", path);
  return NULL;
}

static GBytes *some_icon(const char *path, GError **error) {
  (void)error;
  return g_bytes_new(path, strlen(path));
}

static bool shows(const Fixture *fixture, const char *page, const char *picture) {
  g_autofree char *path = path_of(fixture, page), *text = NULL;
  g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
  return strstr(text, picture) != NULL;
}

/* A small picture that could not be made, and can the next time: pages that stood show it then. */
static void test_icon(Fixture *fixture, gconstpointer data) {
  (void)data;
  static const char *const pages[] = {"public/archive-2020-03.html", "public/episodes/2020-03-17-midi.html",
                                      "public/index.html"};
  g_autoptr(Catalogue) catalogue = open_with(fixture, 1);
  g_assert_true(catalogue_publish(catalogue, no_icon, NULL));
  for (guint i = 0; i < G_N_ELEMENTS(pages); i++)
    g_assert_false(shows(fixture, pages[i], "cover-small.jpg"));
  g_assert_true(catalogue_publish(catalogue, some_icon, NULL));
  for (guint i = 0; i < G_N_ELEMENTS(pages); i++)
    g_assert_true(shows(fixture, pages[i], "cover-small.jpg"));
}

#define assert_fails(call, words)                                                                                      \
  do {                                                                                                                 \
    g_autoptr(GError) failure = NULL;                                                                                  \
    GError **error = &failure;                                                                                         \
    g_assert_false(call);                                                                                              \
    g_assert_nonnull(strstr(failure->message, words));                                                                 \
  } while (0)

static void test_media(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(Catalogue) catalogue = open_with(fixture, 0);
  g_autofree char *none = path_of(fixture, "none.mp3"), *empty = path_of(fixture, "empty.mp3");
  g_autofree char *plain = path_of(fixture, "plain");
  gint64 nbytes;
  write_file(fixture, "empty.mp3", "");
  write_file(fixture, "plain", "sound");
  assert_fails(catalogue_add_media(catalogue, "e", none, &nbytes, error), "none.mp3");
  assert_fails(catalogue_add_media(catalogue, "e", empty, &nbytes, error), "empty.mp3");
  write_file(fixture, "public", "no folder");
  assert_fails(catalogue_add_media(catalogue, "e", plain, &nbytes, error), "public");
  g_autofree char *public = path_of(fixture, "public");
  g_unlink(public);
  g_autofree char *file = catalogue_add_media(catalogue, "e", plain, &nbytes, NULL);
  g_autofree char *again = catalogue_add_media(catalogue, "e", plain, &nbytes, NULL);
  g_assert_cmpstr(file, ==, again);
  g_assert_cmpuint(catalogue->written, ==, 1);
}

static void test_records(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(Catalogue) catalogue = open_with(fixture, 1);
  make_folder(fixture, "podcast/2020-03-18-midi.json");
  Episode *other = sample(catalogue, "2020-03-18-midi", NOW_US);
  assert_fails(catalogue_put(catalogue, other, "{}", error), "2020-03-18-midi.json");
  make_folder(fixture, "public/episodes/2020-03-19-midi.vtt/in");
  Episode *third = sample(catalogue, "2020-03-19-midi", NOW_US);
  assert_fails(catalogue_put(catalogue, third, "{}", error), "2020-03-19-midi.vtt");
  assert_fails(catalogue_take_out(catalogue, "2020-03-20-midi", error), "2020-03-20-midi is not published");
  g_autofree char *guid = NULL;
  g_assert_true(catalogue_gone(catalogue, "2020-03-17-midi", &guid, NULL));
  g_assert_null(guid);
  make_folder(fixture, "podcast/.gone-2020-03-17-midi/in");
  assert_fails(catalogue_take_out(catalogue, "2020-03-17-midi", error), "gone-2020-03-17-midi");
  assert_fails(catalogue_gone(catalogue, "2020-03-17-midi", &guid, error), "gone-2020-03-17-midi");
  g_assert_true(catalogue_was_taken_out(&fixture->station, "2020-03-17-midi"));
  g_autofree char *gone = path_of(fixture, "podcast/.gone-2020-03-17-midi");
  g_assert_true(folder_remove(gone, NULL));
  write_file(fixture, "podcast/.gone-2020-03-17-midi", "no guid");
  assert_fails(catalogue_gone(catalogue, "2020-03-17-midi", &guid, error), "not a guid");
  g_autofree char *record = path_of(fixture, "podcast/2020-03-17-midi.json");
  g_unlink(record);
  make_folder(fixture, "podcast/2020-03-17-midi.json/in");
  assert_fails(catalogue_take_out(catalogue, "2020-03-17-midi", error), "2020-03-17-midi.json");
  assert_fails(catalogue_open(&fixture->station, error), "2020-03-1");
  g_autofree char *folder = path_of(fixture, "podcast");
  g_assert_true(folder_remove(folder, NULL));
  write_file(fixture, "podcast", "no folder");
  assert_fails(catalogue_open(&fixture->station, error), "podcast");
  g_autofree char *public = path_of(fixture, "public");
  g_assert_true(folder_remove(public, NULL));
  write_file(fixture, "public", "no folder");
  assert_fails(catalogue_publish(catalogue, NULL, error), "public");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/podcast/catalogue/order", Fixture, NULL, setup, test_order, teardown);
  g_test_add("/podcast/catalogue/pages-refused", Fixture, NULL, setup, test_pages_refused, teardown);
  g_test_add("/podcast/catalogue/cover", Fixture, NULL, setup, test_cover, teardown);
  g_test_add("/podcast/catalogue/icon", Fixture, NULL, setup, test_icon, teardown);
  g_test_add("/podcast/catalogue/media", Fixture, NULL, setup, test_media, teardown);
  g_test_add("/podcast/catalogue/records", Fixture, NULL, setup, test_records, teardown);
  return g_test_run();
}
