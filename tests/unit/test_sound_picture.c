/* A picture of a sound is a PNG that another program reads, and shows what is heard where. */
#include "base/error.h"
#include "base/files.h"
#include "base/wav.h"
#include "sound/picture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

typedef struct {
  char *folder, *wav, *png;
} Fixture;

static void set_up(Fixture *f, gconstpointer data) {
  (void)data;
  f->folder = g_dir_make_tmp("carnet-picture-XXXXXX", NULL);
  f->wav = g_build_filename(f->folder, "a.wav", NULL);
  f->png = g_build_filename(f->folder, "a.png", NULL);
}

static void tear_down(Fixture *f, gconstpointer data) {
  (void)data;
  folder_remove(f->folder, NULL);
  g_free(f->folder);
  g_free(f->wav);
  g_free(f->png);
}

/* The first half a tone of 6 kHz, the second silence. */
static void write_tone(const Fixture *f, gint64 frames, guint channels) {
  g_autofree float *samples = g_new0(float, (gsize)MAX(frames, 1) * channels);
  for (gint64 i = 0; i < frames / 2; i++)
    for (guint c = 0; c < channels; c++)
      samples[(guint64)i * channels + c] = 0.5f * (float)sin(2.0 * G_PI * 6000.0 * (double)i / FRAME_RATE);
  g_autoptr(GError) error = NULL;
  wav_write(f->wav, samples, frames, channels, NULL, false, &error);
  g_assert_no_error(error);
}

/* The picture as another program decodes it: three bytes a pixel. Returns (g_free). */
static guint8 *decode(const Fixture *f) {
  g_autofree char *raw = g_build_filename(f->folder, "a.rgb", NULL);
  const char *const arguments[] = {"ffmpeg",   "-nostdin", "-v", "error",    "-y", "-i", f->png,
                                   "-pix_fmt", "rgb24",    "-f", "rawvideo", raw,  NULL};
  int status = -1;
  g_spawn_sync(NULL, (char **)(gpointer)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL);
  g_assert_cmpint(status, ==, 0);
  char *bytes = NULL;
  gsize nbytes = 0;
  g_assert_true(g_file_get_contents(raw, &bytes, &nbytes, NULL));
  g_assert_cmpuint(nbytes, ==, (gsize)PICTURE_WIDTH * PICTURE_HEIGHT * 3);
  return (guint8 *)bytes;
}

/* How light a part of the picture is, 0 to 255. */
static double light(const guint8 *pixels, int x, int y, int width, int height) {
  double sum = 0.0;
  for (int row = y; row < y + height; row++)
    for (int column = x * 3; column < (x + width) * 3; column++)
      sum += pixels[row * PICTURE_WIDTH * 3 + column];
  return sum / (3.0 * width * height);
}

/* Where the tone is: the left half, at 6 of 16 kHz; and the wave above it. */
static void test_shows(Fixture *f, gconstpointer data) {
  write_tone(f, 4 * FRAME_RATE, GPOINTER_TO_UINT(data));
  g_autoptr(GError) error = NULL;
  picture_write(f->wav, f->png, &error);
  g_assert_no_error(error);
  g_autofree guint8 *pixels = decode(f);
  double tone = light(pixels, 200, 357, 200, 5), below = light(pixels, 200, 400, 200, 40);
  double silence = light(pixels, 800, 357, 200, 5);
  g_test_message("tone %.0f, below it %.0f, silence %.0f", tone, below, silence);
  g_assert_cmpfloat(tone, >, 60.0);
  g_assert_cmpfloat(below, <, 20.0);
  g_assert_cmpfloat(silence, <, 20.0);
  g_assert_cmpfloat(light(pixels, 200, 20, 200, 100), >, 150.0);
  g_assert_cmpfloat(light(pixels, 800, 20, 200, 50), <, 20.0);
}

/* No frame, one, fewer than a window, fewer than columns, a long sound. */
static void test_lengths(Fixture *f, gconstpointer data) {
  (void)data;
  static const gint64 lengths[] = {0, 1, 500, 1100, 3000, 90 * FRAME_RATE};
  for (gsize i = 0; i < G_N_ELEMENTS(lengths); i++) {
    write_tone(f, lengths[i], 1);
    g_autoptr(GError) error = NULL;
    picture_write(f->wav, f->png, &error);
    g_assert_no_error(error);
    g_free(decode(f));
  }
}

static void test_refused(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_assert_false(picture_write(f->wav, f->png, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_clear_error(&error);
  write_tone(f, 1000, 1);
  g_autofree char *nowhere = g_build_filename(f->folder, "none", "a.png", NULL);
  g_assert_false(picture_write(f->wav, nowhere, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_false(g_file_test(f->png, G_FILE_TEST_EXISTS));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/sound/picture/shows", Fixture, GUINT_TO_POINTER(1), set_up, test_shows, tear_down);
  g_test_add("/sound/picture/shows-stereo", Fixture, GUINT_TO_POINTER(2), set_up, test_shows, tear_down);
  g_test_add("/sound/picture/lengths", Fixture, NULL, set_up, test_lengths, tear_down);
  g_test_add("/sound/picture/refused", Fixture, NULL, set_up, test_refused, tear_down);
  return g_test_run();
}
