/* The gate lets finished files through and holds back the bad ones, with every reason. */
#include "base/error.h"
#include "base/files.h"
#include "base/wav.h"
#include "sound/gate.h"
#include "sound_tools.h"

#include <libavutil/intreadwrite.h>
#include <math.h>
#include <string.h>

static char *folder;

static char *make_file(const char *arguments, const char *name) {
  return tool_make(folder, arguments, name);
}

/* What a monitor hears of the file's packets: as if they came from its encoder. */
static Heard heard_in(const char *path) {
  AVFormatContext *input = NULL;
  g_assert_cmpint(avformat_open_input(&input, path, NULL, NULL), ==, 0);
  g_assert_cmpint(avformat_find_stream_info(input, NULL), >=, 0);
  g_autoptr(AVPacket) packet = av_packet_alloc();
  g_autoptr(Monitor) monitor = NULL;
  g_autoptr(GError) error = NULL;
  while (av_read_frame(input, packet) >= 0) {
    if (monitor == NULL) {
      const uint8_t *skip = av_packet_get_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, NULL);
      monitor = monitor_new(input->streams[0]->codecpar, skip != NULL ? (gint64)AV_RL32(skip) : 0, &error);
      g_assert_no_error(error);
    }
    g_autoptr(GBytes) bytes = g_bytes_new(packet->data, (gsize)packet->size);
    monitor_hear(monitor, bytes);
    av_packet_unref(packet);
  }
  avformat_close_input(&input);
  Heard heard;
  monitor_finish(monitor, &heard, &error);
  g_assert_no_error(error);
  return heard;
}

/* The gate on a file that holds what was heard. */
static bool check(const char *path, const GateLimits *limits, GateReport *report, GError **error) {
  Heard heard = heard_in(path);
  return gate_check(path, &heard, limits, report, error);
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
    bool ok = check(path, &limits, &report, &error);
    g_assert_no_error(error);
    g_assert_true(ok);
    g_test_message("%s: %" G_GINT64_FORMAT " frames, %.2f LUFS, %.2f dBTP", encodings[i].name, report.frames,
                   report.integrated_lufs, report.true_peak_dbtp);
    g_assert_cmpint(report.frames, ==, SECONDS * FRAME_RATE);
    g_assert_cmpfloat_with_epsilon(report.integrated_lufs, encodings[i].lufs, 0.15);
    g_assert_cmpfloat_with_epsilon(report.true_peak_dbtp, encodings[i].lufs, 0.5);
    g_assert_cmpint(report.longest_silence_frames, <, 1200); /* the padding */
  }
}

/* Runs the gate on a file that is not what was `heard`; every one of `words` ("a|b") is in the message. */
static GateReport assert_refused(const char *path, const Heard *heard, const GateLimits *limits, const char *words) {
  GateReport report;
  g_autoptr(GError) error = NULL;
  g_assert_false(gate_check(path, heard, limits, &report, &error));
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

static GateReport assert_held(const char *path, const GateLimits *limits, const char *words) {
  Heard heard = heard_in(path);
  return assert_refused(path, &heard, limits, words);
}

static void test_wrong_length(void) {
  GateLimits limits = usual_limits();
  g_autofree char *mp3 = make_file(GOOD " -b:a 128k", "length.mp3");
  limits.frames += 1;
  GateReport report = assert_held(mp3, &limits, "length 6.000 s");
  g_assert_cmpint(report.frames, ==, SECONDS * FRAME_RATE);
  limits.frames_tolerance = 1;
  g_assert_true(check(mp3, &limits, &report, NULL));
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
  g_assert_true(check(quiet, &limits, &report, NULL));
}

static void test_silence(void) {
  GateLimits limits = usual_limits();
  g_autofree char *hole = make_file(GOOD " -af volume=0:enable='between(t,1,3.5)'", "hole.flac");
  limits.tolerance_lu = 0.0;
  GateReport report = assert_held(hole, &limits, "silence of 2.5 s, at most 2.0 s");
  g_assert_cmpfloat_with_epsilon((double)report.longest_silence_frames / FRAME_RATE, 2.5, 0.05);
  limits.max_silence_frames = 3 * FRAME_RATE;
  g_assert_true(check(hole, &limits, &report, NULL));
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
    Heard heard = heard_in(whole);
    g_autofree char *name = g_strdup_printf("cut-%s", encodings[i].name);
    g_autofree char *path = cut(whole, name, 0.6);
    GateLimits limits = usual_limits();
    limits.frames_tolerance = FRAME_RATE / 10;
    assert_refused(path, &heard, &limits, "");
  }
}

/* One bit on the way to the disk, in the middle of the sound. */
static void test_one_bit(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(encodings); i++) {
    g_autofree char *path = make_file(encodings[i].arguments, encodings[i].name);
    Heard heard = heard_in(path);
    g_autofree char *content = NULL;
    gsize nbytes = 0;
    g_assert_true(g_file_get_contents(path, &content, &nbytes, NULL));
    content[nbytes / 2] ^= 1;
    g_assert_true(g_file_set_contents(path, content, (gssize)nbytes, NULL));
    GateLimits limits = usual_limits();
    assert_refused(path, &heard, &limits, "damaged");
  }
}

static void test_not_sound(void) {
  GateLimits limits = usual_limits();
  Heard heard = {.nbytes = 1};
  g_autofree char *text = g_build_filename(folder, "text.mp3", NULL);
  g_assert_true(g_file_set_contents(text, "pas du son", -1, NULL));
  assert_refused(text, &heard, &limits, "not a sound file");
  g_autofree char *empty = g_build_filename(folder, "empty.mp3", NULL);
  g_assert_true(g_file_set_contents(empty, "", 0, NULL));
  assert_refused(empty, &heard, &limits, "empty");
  g_autofree char *missing = g_build_filename(folder, "missing.mp3", NULL);
  assert_refused(missing, &heard, &limits, "No such file");
  assert_refused(folder, &heard, &limits, "not a file");
}

/* A packet that no decoder takes is told at the end, and whoever encodes is not held up. */
static void test_packets_of_noise(void) {
  g_autofree char *path = make_file(GOOD " -c:a libopus", "noise.opus");
  AVFormatContext *input = NULL;
  g_autoptr(GError) error = NULL;
  g_assert_cmpint(avformat_open_input(&input, path, NULL, NULL), ==, 0);
  g_autoptr(Monitor) monitor = monitor_new(input->streams[0]->codecpar, 312, &error);
  avformat_close_input(&input);
  g_assert_no_error(error);
  g_autoptr(GBytes) noise = g_bytes_new_static("\xff\xff\xff\xff\xff\xff\xff\xff", 8);
  for (guint i = 0; i < 100000; i++) { /* three times what the queue holds */
    monitor_hear(monitor, noise);
  }
  Heard heard;
  g_assert_false(monitor_finish(monitor, &heard, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
}

static void test_nothing_heard(void) {
  g_autofree char *path = make_file(GOOD, "nothing.flac");
  AVFormatContext *input = NULL;
  g_autoptr(GError) error = NULL;
  g_assert_cmpint(avformat_open_input(&input, path, NULL, NULL), ==, 0);
  g_autoptr(Monitor) monitor = monitor_new(input->streams[0]->codecpar, 0, &error);
  avformat_close_input(&input);
  Heard heard;
  g_assert_false(monitor_finish(monitor, &heard, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
}

/* The hour at which outside sounds are refused is no limit for what we made. */
static void test_longer_than_an_hour(void) {
  g_autofree char *path = make_file("-f lavfi -i sine=f=1000:r=8000:d=3700", "long.flac");
  GateLimits limits = usual_limits();
  limits.frames = (gint64)3700 * FRAME_RATE;
  limits.tolerance_lu = 0.0;
  GateReport report;
  g_autoptr(GError) error = NULL;
  bool ok = check(path, &limits, &report, &error);
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
  if (g_test_slow())
    g_test_add_func("/sound/gate/longer-than-an-hour", test_longer_than_an_hour);
  g_test_add_func("/sound/gate/one-bit", test_one_bit);
  g_test_add_func("/sound/gate/packets-of-noise", test_packets_of_noise);
  g_test_add_func("/sound/gate/nothing-heard", test_nothing_heard);
  int status = g_test_run();
  g_assert_true(folder_remove(folder, NULL));
  g_free(folder);
  return status;
}
