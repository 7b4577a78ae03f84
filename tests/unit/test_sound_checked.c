/* A programme is checked before it is published: what the gate refuses, tags that never come, a place that is taken. */
#include "base/error.h"
#include "sound/programme.h"
#include "sound_material.h"

#include <glib/gstdio.h>

#define SECOND ((gint64)FRAME_RATE)

static const ProgrammeOptions plain = {.target_lufs = -16.0, .ceiling_dbtp = -2.0};
static const GateLimits limits = {
    .frames = 4 * SECOND, .frames_tolerance = 0, .peak_dbtp = 0.0, .max_silence_frames = 10 * SECOND};

static Timeline *speech_of(const char *folder, gint64 seconds) {
  g_autofree char *speech = material_wav(folder, "speech.wav", 1, 2 * SECOND, material_speech);
  Timeline *timeline = timeline_new();
  for (gint64 at = 0; at < seconds; at += 2) {
    material_add(timeline, speech, at * SECOND, 2 * SECOND, 0.0, true);
  }
  timeline_close(timeline, seconds * SECOND, 0);
  return timeline;
}

static void test_checked(void) {
  char *folder = material_folder();
  g_autofree char *wav = g_build_filename(folder, "b.wav", NULL), *mp3 = g_build_filename(folder, "b.mp3", NULL);
  const Encoding encodings[] = {{FORMAT_WAV, 0, wav, NULL}, {FORMAT_MP3, 0, mp3, NULL}};
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) timeline = speech_of(folder, 4);
  g_autoptr(Programme) programme = programme_start(timeline, encodings, 2, &plain, NULL, NULL, &error);
  g_assert_true(programme_wait_mixed(programme, &error));
  for (guint i = 0; i < 2; i++) {
    GateReport report;
    bool good = programme_check(programme, i, &limits, &report, &error);
    g_assert_no_error(error);
    g_assert_true(good);
    g_assert_cmpint(report.frames, ==, 4 * SECOND);
  }
  g_assert_true(programme_publish(programme, &error));
  g_autofree char *bytes = NULL;
  gsize nbytes = 0;
  g_assert_true(g_file_get_contents(wav, &bytes, &nbytes, NULL));
  const char *bext = memmem(bytes, MIN(nbytes, 4096), "bext", 4);
  g_assert_cmpint(bext[8 + 346], ==, 2); /* the version that has the loudness fields */
  material_remove(folder);
}

static void test_refused(void) {
  char *folder = material_folder();
  g_autofree char *wav = g_build_filename(folder, "b.wav", NULL);
  const Encoding encoding = {FORMAT_WAV, 0, wav, NULL};
  GateLimits wrong = limits;
  wrong.frames = 5 * SECOND;
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) timeline = speech_of(folder, 4);
  Programme *programme = programme_start(timeline, &encoding, 1, &plain, NULL, NULL, &error);
  g_assert_true(programme_wait(programme, &error));
  GateReport report;
  g_assert_false(programme_check(programme, 0, &wrong, &report, &error));
  g_assert_nonnull(error);
  programme_free(programme);
  g_assert_false(g_file_test(wav, G_FILE_TEST_EXISTS));
  material_remove(folder);
}

/* A programme that failed fails its check with the same reason. */
static void test_failed(void) {
  char *folder = material_folder();
  g_autofree char *wav = g_build_filename(folder, "b.wav", NULL);
  const Encoding encoding = {FORMAT_WAV, 0, wav, NULL};
  g_autoptr(GError) error = NULL, why = g_error_new(CARNET_ERROR, CARNET_ERROR_INPUT, "no such voice");
  g_autoptr(Timeline) timeline = timeline_new();
  timeline_fail(timeline, why);
  Programme *programme = programme_start(timeline, &encoding, 1, &plain, NULL, NULL, &error);
  GateReport report;
  g_assert_false(programme_check(programme, 0, &limits, &report, &error));
  g_assert_cmpstr(error->message, ==, "no such voice");
  programme_free(programme);
  material_remove(folder);
}

/* The place is taken by a folder: nothing is published, nothing else is left. */
static void test_place_taken(void) {
  char *folder = material_folder();
  g_autofree char *wav = g_build_filename(folder, "b.wav", NULL), *inner = g_build_filename(wav, "x", NULL);
  const Encoding encoding = {FORMAT_WAV, 0, wav, NULL};
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) timeline = speech_of(folder, 2);
  Programme *programme = programme_start(timeline, &encoding, 1, &plain, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_true(folder_make(inner, NULL));
  g_assert_false(programme_publish(programme, &error));
  g_assert_nonnull(strstr(error->message, wav));
  programme_free(programme);
  g_assert_true(g_file_test(inner, G_FILE_TEST_IS_DIR));
  material_remove(folder);
}

/* More is held than may be, and the tags never come: let go, it ends at once. */
static void test_tags_never_come(void) {
  char *folder = material_folder();
  g_autofree char *wav = g_build_filename(folder, "b.wav", NULL);
  const Encoding encoding = {FORMAT_WAV, 0, wav, NULL};
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) timeline = speech_of(folder, 1200);
  Programme *programme = programme_start(timeline, &encoding, 1, &plain, NULL, NULL, &error);
  g_assert_no_error(error);
  g_usleep(300000);
  g_assert_cmpint(programme_frames(programme), <, 1200 * SECOND);
  programme_free(programme);
  g_assert_false(g_file_test(wav, G_FILE_TEST_EXISTS));
  material_remove(folder);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sound/checked/good", test_checked);
  g_test_add_func("/sound/checked/refused", test_refused);
  g_test_add_func("/sound/checked/failed", test_failed);
  g_test_add_func("/sound/checked/place-taken", test_place_taken);
  g_test_add_func("/sound/checked/tags-never-come", test_tags_never_come);
  return g_test_run();
}
