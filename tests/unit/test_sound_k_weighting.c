/* The filter against the Recommendation's own table, and against libebur128 at other rates. */
#include "sound/k_weighting.h"

#include <ebur128.h>
#include <math.h>

/* ITU-R BS.1770-5, annex 1, tables 1 and 2: 48 kHz. */
static void test_recommendation(void) {
  KWeighting filter;
  k_weighting_init(&filter, 2, 48000);
  const struct {
    double found, printed;
  } table[] = {
      {filter.shelf.b0, 1.53512485958697},
      {filter.shelf.b1, -2.69169618940638},
      {filter.shelf.b2, 1.19839281085285},
      {filter.shelf.a1, -1.69065929318241},
      {filter.shelf.a2, 0.73248077421585},
      {filter.high_pass.b0, 1.0},
      {filter.high_pass.b1, -2.0},
      {filter.high_pass.b2, 1.0},
      {filter.high_pass.a1, -1.99004745483398},
      {filter.high_pass.a2, 0.99007225036621},
  };
  for (guint i = 0; i < G_N_ELEMENTS(table); i++)
    g_assert_cmpfloat_with_epsilon(table[i].found, table[i].printed, 1e-12);
}

static float *noise(guint frames, guint channels) {
  g_autoptr(GRand) random = g_rand_new_with_seed(1770);
  float *samples = g_new(float, (gsize)frames *channels);
  for (guint i = 0; i < frames * channels; i++)
    samples[i] = (float)g_rand_double_range(random, -0.5, 0.5);
  return samples;
}

/* Mean energy as libebur128's momentary window of `frames` tells it. */
static double by_libebur128(const float *samples, guint frames, guint channels, guint rate_hz) {
  ebur128_state *state = ebur128_init(channels, rate_hz, EBUR128_MODE_M);
  double lufs = 0.0;
  if (channels == 1)
    ebur128_set_channel(state, 0, EBUR128_DUAL_MONO);
  g_assert_cmpint(ebur128_add_frames_float(state, samples, frames), ==, EBUR128_SUCCESS);
  g_assert_cmpint(ebur128_loudness_window(state, 1000UL * frames / rate_hz, &lufs), ==, EBUR128_SUCCESS);
  ebur128_destroy(&state);
  return lufs;
}

static void test_as_libebur128(void) {
  static const guint rates[] = {8000, 11025, 16000, 22050, 32000, 44100, 48000, 96000, 192000};
  for (guint i = 0; i < G_N_ELEMENTS(rates); i++) {
    for (guint channels = 1; channels <= 2; channels++) {
      guint frames = rates[i] / 5 * 2; /* 400 ms: all that a momentary window holds */
      g_autofree float *samples = noise(frames, channels);
      KWeighting filter;
      k_weighting_init(&filter, channels, rates[i]);
      double energy = 0.0;
      for (guint at = 0; at < frames; at += frames / 8) /* in pieces: nothing is lost between two */
        energy += k_weighting_add(&filter, samples + (gsize)at * channels, MIN(frames / 8, frames - at));
      double lufs = -0.691 + 10.0 * log10(energy / frames);
      g_assert_cmpfloat_with_epsilon(lufs, by_libebur128(samples, frames, channels, rates[i]), 1e-6);
    }
  }
}

/* One channel is heard on both sides. */
static void test_one_channel(void) {
  g_autofree float *mono = noise(4800, 1);
  g_autofree float *stereo = g_new(float, 9600);
  for (guint i = 0; i < 4800; i++)
    stereo[2 * i] = stereo[2 * i + 1] = mono[i];
  KWeighting one, two;
  k_weighting_init(&one, 1, 48000);
  k_weighting_init(&two, 2, 48000);
  g_assert_cmpfloat(k_weighting_add(&one, mono, 4800), ==, k_weighting_add(&two, stereo, 4800));
}

/* After a sound the memory dies away to nothing, and never to denormal numbers. */
static void test_silence_after_sound(void) {
  g_autofree float *sound = noise(4800, 2);
  g_autofree float *silence = g_new0(float, 9600);
  KWeighting filter;
  k_weighting_init(&filter, 2, 48000);
  g_assert_cmpfloat(k_weighting_add(&filter, sound, 4800), >, 1.0);
  double last = 1.0;
  for (guint i = 0; i < 100 && last > 0.0; i++) {
    last = k_weighting_add(&filter, silence, 4800);
    for (int lane = 0; lane < 2; lane++) {
      int kind = fpclassify(filter.memory.y2[lane]);
      g_assert_true(kind == FP_ZERO || kind == FP_NORMAL);
    }
  }
  g_assert_cmpfloat(last, ==, 0.0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sound/k-weighting/recommendation", test_recommendation);
  g_test_add_func("/sound/k-weighting/as-libebur128", test_as_libebur128);
  g_test_add_func("/sound/k-weighting/one-channel", test_one_channel);
  g_test_add_func("/sound/k-weighting/silence-after-sound", test_silence_after_sound);
  return g_test_run();
}
