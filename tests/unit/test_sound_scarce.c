/* libav's own allocations fail, each size in its turn (av_max_alloc refuses what is larger): every verb answers with an
 * error that names the file and leaves nothing behind, or has done its work; and afterwards it works. */
#include "base/error.h"
#include "base/files.h"
#include "sound/decode.h"
#include "sound/picture.h"
#include "sound/polish.h"
#include "sound/programme.h"
#include "sound/thumbnail.h"
#include "sound_material.h"

#include <glib/gstdio.h>
#include <limits.h>
#include <string.h>

#define STEP 1.3 /* from one size to the next */

static char *folder, *wav, *cover, *drawn;

typedef bool (*Verb)(GError **error);

static bool make_thumbnail(GError **error) {
  g_autoptr(GBytes) small = thumbnail_make(cover, error);
  return small != NULL;
}

static bool draw_picture(GError **error) {
  return picture_write(wav, drawn, error);
}

static bool decode_all(GError **error) {
  g_autoptr(SoundFile) file = sound_file_open(wav, error);
  const AVFrame *frame = NULL;
  bool ok = file != NULL;
  for (bool more = ok; ok && more; more = frame != NULL)
    ok = sound_file_next(file, &frame, error);
  return ok;
}

static bool check_polish(GError **error) {
  return polish_check("highpass=f=90, equalizer=f=320:t=q:w=1:g=-3, acompressor=threshold=0.05:ratio=2", error);
}

/* Mixer, encoders and monitors in their threads. */
static bool encode_all(GError **error) {
  static const ProgrammeOptions options = {.target_lufs = -16.0, .ceiling_dbtp = -2.0};
  static const SoundFormat formats[] = {FORMAT_MP3, FORMAT_OPUS, FORMAT_FLAC, FORMAT_AAC};
  g_autofree char *paths[G_N_ELEMENTS(formats)] = {NULL};
  Encoding encodings[G_N_ELEMENTS(formats)];
  for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
    g_autofree char *name = g_strdup_printf("b.%s", sound_format_extension(formats[i]));
    paths[i] = g_build_filename(folder, name, NULL);
    encodings[i] = (Encoding){.format = formats[i], .path = paths[i]};
  }
  g_autoptr(Timeline) timeline = timeline_new();
  material_add(timeline, wav, 0, FRAME_RATE, 0.0, true);
  timeline_close(timeline, FRAME_RATE, 0);
  g_autoptr(Programme) programme =
      programme_start(timeline, encodings, G_N_ELEMENTS(formats), &options, NULL, NULL, error);
  ProgrammeTags tags = {.title = (char *)"t", .cover = cover, .loudness_lufs = -16.0};
  if (programme)
    programme_set_tags(programme, &tags);
  bool ok = programme && programme_wait(programme, error) && programme_publish(programme, error);
  g_clear_pointer(&programme, programme_free); /* its drafts go before the paths */
  for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
    if (ok)
      g_unlink(paths[i]);
    g_free(g_steal_pointer(&paths[i]));
  }
  return ok;
}

static void test_scarce(gconstpointer data) {
  Verb verb = *(const Verb *)data;
  g_autoptr(GError) none = NULL;
  g_assert_true(verb(&none)); /* what is opened once is open */
  g_assert_no_error(none);
  guint n_failed = 0, n_done = 0;
  for (double nbytes = 16; nbytes < (1 << 26); nbytes *= STEP) {
    g_autoptr(GError) error = NULL;
    av_max_alloc((size_t)nbytes);
    bool ok = verb(&error);
    av_max_alloc(INT_MAX);
    g_assert_true(ok == (error == NULL));
    n_failed += ok ? 0 : 1;
    n_done += ok ? 1 : 0;
    g_assert_cmpuint(n_done > 0 && !ok, ==, 0); /* what has enough once, has enough */
  }
  g_assert_cmpuint(n_failed, >, 5);
  g_assert_cmpuint(n_done, >, 0);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name(dir));)
    g_assert_false(*name == '.');
  g_assert_true(verb(&none));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  static const Verb verbs[] = {make_thumbnail, draw_picture, decode_all, encode_all, check_polish};
  folder = g_dir_make_tmp("carnet-scarce-XXXXXX", NULL);
  wav = material_wav(folder, "speech.wav", 2, 2 * FRAME_RATE, material_speech);
  drawn = g_build_filename(folder, "drawn.png", NULL);
  cover = g_build_filename(folder, "cover.png", NULL);
  g_autoptr(GError) error = NULL;
  picture_write(wav, cover, &error); /* a picture as good as any */
  g_assert_no_error(error);
  g_test_add_data_func("/sound/scarce/thumbnail", &verbs[0], test_scarce);
  g_test_add_data_func("/sound/scarce/picture", &verbs[1], test_scarce);
  g_test_add_data_func("/sound/scarce/decode", &verbs[2], test_scarce);
  g_test_add_data_func("/sound/scarce/encode", &verbs[3], test_scarce);
  g_test_add_data_func("/sound/scarce/polish", &verbs[4], test_scarce);
  int status = g_test_run();
  folder_remove(folder, NULL);
  g_free(folder);
  g_free(wav);
  g_free(cover);
  g_free(drawn);
  return status;
}
