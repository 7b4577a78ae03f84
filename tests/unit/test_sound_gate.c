/* The gate lets finished files through and holds back the bad ones, with every reason. */
#include "base/error.h"
#include "base/files.h"
#include "base/wav.h"
#include "sound/gate.h"

#include <math.h>
#include <string.h>
#include <time.h>

static char *folder;

static char *make_file(const char *arguments, const char *name) {
  g_autofree char *path = g_build_filename(folder, name, NULL);
  g_autofree char *line = g_strdup_printf("ffmpeg -nostdin -v error -y %s %s", arguments, path);
  g_auto(GStrv) argv = g_strsplit(line, " ", -1);
  g_autoptr(GError) error = NULL;
  gint status = 0;
  g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error(error);
  g_assert_cmpint(status, ==, 0);
  return g_steal_pointer(&path);
}

/* Six seconds of stereo at 48 kHz, -16.0 LUFS: a sine of 0.158 on both channels. */
#define SECONDS 6
#define GOOD "-f lavfi -i aevalsrc=0.158*sin(2*PI*1000*t)|0.158*sin(2*PI*1000*t):s=48000:d=6"

static GateLimits usual_limits(void) {
  return (GateLimits){
      .frames = SECONDS * FRAME_RATE,
      .frames_tolerance = 0,
      .target_lufs = -16.0,
      .tolerance_lu = 0.5,
      .peak_dbtp = -1.0,
      .max_silence_frames = 2 * FRAME_RATE,
  };
}

static const struct {
  const char *name, *arguments;
  double lufs; /* LAME turns down by up to 0.45 dB under 320 kbit/s (its "scale" of 0.95) */
} encodings[] = {
    {"good.mp3", GOOD " -b:a 128k", -16.45},
    {"good.opus", GOOD " -c:a libopus -b:a 64k", -16.0},
    {"good.flac", GOOD, -16.0},
    {"good.wav", GOOD, -16.0},
    {"good.m4a", GOOD " -c:a aac -b:a 128k", -16.0},
};

static void test_good_files(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(encodings); i++) {
    g_autofree char *path = make_file(encodings[i].arguments, encodings[i].name);
    GateLimits limits = usual_limits();
    limits.target_lufs = encodings[i].lufs;
    limits.tolerance_lu = 0.15;
    GateReport report;
    g_autoptr(GError) error = NULL;
    bool ok = gate_check(path, &limits, &report, &error);
    g_assert_no_error(error);
    g_assert_true(ok);
    g_test_message("%s: %" G_GINT64_FORMAT " frames, %.2f LUFS, %.2f dBTP", encodings[i].name, report.frames,
                   report.integrated_lufs, report.true_peak_dbtp);
    g_assert_cmpint(report.frames, ==, SECONDS * FRAME_RATE);
    g_assert_cmpfloat_with_epsilon(report.integrated_lufs, encodings[i].lufs, 0.15);
    g_assert_cmpfloat_with_epsilon(report.true_peak_dbtp, encodings[i].lufs, 0.5);
    g_assert_cmpint(report.longest_silence_frames, <, 100);
  }
}

/* Runs the gate on a bad file; every one of `words` ("a|b") is in the message. */
static GateReport assert_held(const char *path, const GateLimits *limits, const char *words) {
  GateReport report;
  g_autoptr(GError) error = NULL;
  g_assert_false(gate_check(path, limits, &report, &error));
  g_test_message("%s", error->message);
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_autofree char *name = g_path_get_basename(path);
  g_assert_true(g_str_has_prefix(error->message, name));
  g_auto(GStrv) each = g_strsplit(words, "|", -1);
  for (char **word = each; *word != NULL; word++) {
    g_assert_nonnull(strstr(error->message, *word));
  }
  return report;
}

static void test_wrong_length(void) {
  GateLimits limits = usual_limits();
  g_autofree char *mp3 = make_file(GOOD " -b:a 128k", "length.mp3");
  limits.frames += 1;
  GateReport report = assert_held(mp3, &limits, "length 6.000 s");
  g_assert_cmpint(report.frames, ==, SECONDS * FRAME_RATE);
  limits.frames_tolerance = 1;
  g_assert_true(gate_check(mp3, &limits, NULL, NULL));
}

static void test_too_loud(void) {
  GateLimits limits = usual_limits();
  g_autofree char *loud = make_file(GOOD " -af volume=15.9dB -c:a pcm_f32le", "loud.wav");
  GateReport report = assert_held(loud, &limits, "loudness -0.1 LUFS|true peak -0.1");
  g_assert_cmpfloat_with_epsilon(report.integrated_lufs, -0.1, 0.1);
  limits.tolerance_lu = 0.0; /* the loudness does not matter: the peak still does */
  assert_held(loud, &limits, "true peak");
  g_autofree char *quiet = make_file(GOOD " -af volume=-3dB", "quiet.flac");
  limits = usual_limits();
  assert_held(quiet, &limits, "loudness -19.0 LUFS, -16.0 ±0.5 wanted");
  limits.tolerance_lu = 0.0;
  g_assert_true(gate_check(quiet, &limits, NULL, NULL));
}

static void test_silence(void) {
  GateLimits limits = usual_limits();
  g_autofree char *hole = make_file(GOOD " -af volume=0:enable='between(t,1,3.5)'", "hole.flac");
  limits.tolerance_lu = 0.0;
  GateReport report = assert_held(hole, &limits, "silence of 2.5 s, at most 2.0 s");
  g_assert_cmpfloat_with_epsilon((double)report.longest_silence_frames / FRAME_RATE, 2.5, 0.05);
  limits.max_silence_frames = 3 * FRAME_RATE;
  g_assert_true(gate_check(hole, &limits, NULL, NULL));
  g_autofree char *silent = make_file("-f lavfi -i anullsrc=r=48000:cl=stereo -t 6 -b:a 64k", "silent.mp3");
  limits = usual_limits();
  report = assert_held(silent, &limits, "loudness -70.0|silence of 6.0 s");
  g_assert_cmpint(report.longest_silence_frames, ==, SECONDS * FRAME_RATE);
}

static char *cut(const char *path, const char *name, double keep) {
  g_autofree char *content = NULL;
  gsize nbytes = 0;
  g_assert_true(g_file_get_contents(path, &content, &nbytes, NULL));
  char *to = g_build_filename(folder, name, NULL);
  g_assert_true(g_file_set_contents(to, content, (gssize)((double)nbytes * keep), NULL));
  return to;
}

static void test_truncated(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(encodings); i++) {
    g_autofree char *whole = make_file(encodings[i].arguments, encodings[i].name);
    g_autofree char *name = g_strdup_printf("cut-%s", encodings[i].name);
    g_autofree char *path = cut(whole, name, 0.6);
    GateLimits limits = usual_limits();
    limits.frames_tolerance = FRAME_RATE / 10;
    assert_held(path, &limits, "");
  }
}

static void test_not_sound(void) {
  GateLimits limits = usual_limits();
  g_autofree char *text = g_build_filename(folder, "text.mp3", NULL);
  g_assert_true(g_file_set_contents(text, "pas du son", -1, NULL));
  assert_held(text, &limits, "not a sound file");
  g_autofree char *empty = g_build_filename(folder, "empty.mp3", NULL);
  g_assert_true(g_file_set_contents(empty, "", 0, NULL));
  assert_held(empty, &limits, "empty");
  g_autofree char *missing = g_build_filename(folder, "missing.mp3", NULL);
  assert_held(missing, &limits, "No such file");
  assert_held(folder, &limits, "not a file");
}

static void test_cost(void) {
  static const char *const files[] = {"long.mp3", "long.opus"};
  static const char *const codecs[] = {"-b:a 128k", "-c:a libopus -b:a 64k"};
  double total = 0.0;
  for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *arguments = g_strdup_printf(
        "-f lavfi -i anoisesrc=c=pink:r=48000:d=20:a=0.3 -af tremolo=f=4:d=0.9,lowpass=f=5000 -ac 2 %s", codecs[i]);
    g_autofree char *path = make_file(arguments, files[i]);
    GateLimits limits = usual_limits();
    clock_t before = clock();
    gate_check(path, &limits, NULL, NULL);
    double ms = 30.0 * 1e3 * (double)(clock() - before) / CLOCKS_PER_SEC;
    g_test_message("10 minutes of %s: %.0f ms", files[i], ms);
    total += ms;
  }
  g_test_message("together %.0f ms", total);
}

/* The hour at which outside sounds are refused is no limit for what we made. */
static void test_longer_than_an_hour(void) {
  g_autofree char *path = make_file("-f lavfi -i sine=f=1000:r=8000:d=3700", "long.flac");
  GateLimits limits = usual_limits();
  limits.frames = (gint64)3700 * FRAME_RATE;
  limits.tolerance_lu = 0.0;
  g_autoptr(GError) error = NULL;
  bool ok = gate_check(path, &limits, NULL, &error);
  g_assert_no_error(error);
  g_assert_true(ok);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  folder = g_dir_make_tmp("carnet-gate-XXXXXX", NULL);
  g_test_add_func("/sound/gate/good-files", test_good_files);
  g_test_add_func("/sound/gate/wrong-length", test_wrong_length);
  g_test_add_func("/sound/gate/too-loud", test_too_loud);
  g_test_add_func("/sound/gate/silence", test_silence);
  g_test_add_func("/sound/gate/truncated", test_truncated);
  g_test_add_func("/sound/gate/not-sound", test_not_sound);
  g_test_add_func("/sound/gate/longer-than-an-hour", test_longer_than_an_hour);
  g_test_add_func("/sound/gate/cost", test_cost);
  int status = g_test_run();
  g_assert_true(folder_remove(folder, NULL));
  g_free(folder);
  return status;
}
