/* The small cover of the pages, and the outline of a sound: made of what is good, refused of what is not. */
#include "base/error.h"
#include "base/files.h"
#include "sound/contour.h"
#include "sound/thumbnail.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

static char *path_of(const char *name) {
  return g_build_filename(folder, name, NULL);
}

/* A picture by somebody else's program: `source` is of ffmpeg's lavfi. */
static void draw(const char *name, const char *source, const char *pixels) {
  g_autofree char *path = path_of(name);
  const char *argv[] = {"ffmpeg", "-nostdin",  "-v", "error",    "-y",   "-f", "lavfi", "-i",
                        source,   "-frames:v", "1",  "-pix_fmt", pixels, path, NULL};
  int status = -1;
  g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_cmpint(status, ==, 0);
}

static void test_made(void) {
  static const char *const pictures[][3] = {
      {"square.png", "testsrc=size=600x600", "rgb24"},   {"wide.png", "testsrc=size=900x300", "rgba"},
      {"tall.jpg", "testsrc=size=300x1000", "yuvj444p"}, {"tiny.jpg", "testsrc=size=16x16", "yuvj420p"},
      {"grey.png", "testsrc=size=640x480", "gray"},      {"pale.png", "testsrc=size=640x480", "pal8"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(pictures); i++) {
    draw(pictures[i][0], pictures[i][1], pictures[i][2]);
    g_autofree char *path = path_of(pictures[i][0]);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) small = thumbnail_make(path, &error);
    g_assert_no_error(error);
    gsize n = 0;
    const guint8 *data = g_bytes_get_data(small, &n);
    g_assert_cmpuint(n, >, 200);
    g_assert_cmpuint(n, <, 20000);
    g_assert_cmpint(memcmp(data, "\xff\xd8\xff", 3), ==, 0);
    g_autoptr(GBytes) again = thumbnail_make(path, NULL);
    g_assert_true(g_bytes_equal(small, again));
  }
}

static void test_refused(void) {
  static const struct {
    const char *name, *bytes;
    gsize n;
  } wrong[] = {{"empty.jpg", "", 0},
               {"words.jpg", "this is no picture", 18},
               {"head.png", "\x89PNG\r\n\x1a\n", 8},
               {"longer.png", "\x89PNG\r\n\x1a\n and then nothing that it could be", 40},
               {"begun.jpg", "\xff\xd8\xff\xe0\0\x10JFIF", 10}};
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autofree char *path = path_of(wrong[i].name);
    g_assert_true(g_file_set_contents(path, wrong[i].bytes, (gssize)wrong[i].n, NULL));
    g_autoptr(GError) error = NULL;
    g_assert_null(thumbnail_make(path, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, wrong[i].name));
  }
  g_autofree char *none = path_of("none.jpg");
  g_assert_null(thumbnail_make(none, NULL));
}

static void test_contour(void) {
  Contour contour = {0};
  contour_end(&contour); /* of nothing */
  g_assert_null(contour.peaks);
  g_autofree float *sound = g_new0(float, 2 * CONTOUR_FRAMES);
  sound[7] = -0.5F;
  sound[2 * CONTOUR_FRAMES - 1] = 3.0F; /* over full scale */
  contour_add(&contour, sound, CONTOUR_FRAMES / 2, 2);
  contour_add(&contour, sound, CONTOUR_FRAMES / 2, 2); /* the column is full */
  contour_add(&contour, sound + CONTOUR_FRAMES, CONTOUR_FRAMES / 2, 2);
  contour_end(&contour);
  contour_end(&contour); /* once */
  g_assert_cmpuint(contour.peaks->len, ==, 2);
  g_assert_cmpuint(contour.peaks->data[0], ==, 64);
  g_assert_cmpuint(contour.peaks->data[1], ==, 127);
  contour_clear(&contour);
  contour_clear(&contour);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  folder = g_dir_make_tmp("carnet-thumbnail-XXXXXX", NULL);
  g_test_add_func("/sound/thumbnail/made", test_made);
  g_test_add_func("/sound/thumbnail/refused", test_refused);
  g_test_add_func("/sound/contour", test_contour);
  int status = g_test_run();
  folder_remove(folder, NULL);
  g_free(folder);
  return status;
}
