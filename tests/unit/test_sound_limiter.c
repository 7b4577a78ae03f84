/* The limiter: nothing over the ceiling, nothing touched under it, nothing moved. */
#include "base/wav.h"
#include "sound/limiter.h"

#include <ebur128.h>
#include <math.h>
#include <string.h>

/* Runs `frames` of `in` through a limiter in calls of `step`. Returns the sound (g_free). */
static float *limit(const float *in, gint64 frames, gint64 step, double ceiling_dbtp) {
  g_autoptr(Limiter) limiter = limiter_new(ceiling_dbtp);
  float *out = g_new0(float, (gsize)(frames + 2 * LIMITER_EXTRA_FRAMES + step) * 2);
  gint64 done = 0;
  for (gint64 at = 0; at < frames; at += step) {
    done += limiter_process(limiter, in + 2 * at, MIN(step, frames - at), out + 2 * done);
  }
  done += limiter_finish(limiter, out + 2 * done);
  g_assert_cmpint(done, ==, frames);
  return out;
}

static void assert_same(const float *a, const float *b, gint64 frames) {
  g_assert_cmpint(memcmp(a, b, sizeof(float) * 2 * (gsize)frames), ==, 0);
}

static double true_peak_db(const float *sound, gint64 frames) {
  ebur128_state *state = ebur128_init(2, FRAME_RATE, EBUR128_MODE_TRUE_PEAK);
  g_assert_cmpint(ebur128_add_frames_float(state, sound, (size_t)frames), ==, EBUR128_SUCCESS);
  double left = 0.0, right = 0.0;
  ebur128_true_peak(state, 0, &left);
  ebur128_true_peak(state, 1, &right);
  ebur128_destroy(&state);
  return 20.0 * log10(MAX(left, right) + 1e-12);
}

typedef enum { QUARTER_RATE, NOISE, SQUARE, IMPULSES, BURSTS, HIGH_TONE, CLASH } Hostile;

static float hostile_sample(Hostile kind, gint64 i, GRand *random) {
  double t = (double)i / FRAME_RATE;
  switch (kind) {
    case QUARTER_RATE: /* the classic: samples at 0.9, the curve at 1.27 */
      return (float)(1.27 * sin(G_PI_2 * (double)i + G_PI_4));
    case NOISE:
      return (float)g_rand_double_range(random, -2.0, 2.0);
    case SQUARE:
      return sin(2.0 * G_PI * 997.0 * t) > 0.0 ? 1.5f : -1.5f;
    case IMPULSES:
      return i % 4801 == 0 ? 4.0f : 0.0f;
    case BURSTS: /* silence, then full at once */
      return i / 9600 % 2 == 1 ? (float)(3.0 * sin(2.0 * G_PI * 440.0 * t)) : 0.0f;
    case HIGH_TONE:
      return (float)(2.0 * sin(2.0 * G_PI * 17000.0 * t + 0.3));
    case CLASH:
    default:
      return (float)(sin(2.0 * G_PI * 60.0 * t) + sin(2.0 * G_PI * 7000.0 * t) + 0.5 * sin(2.0 * G_PI * 11025.0 * t));
  }
}

static void test_ceiling(void) {
  const gint64 frames = 96000;
  for (Hostile kind = QUARTER_RATE; kind <= CLASH; kind++) {
    g_autoptr(GRand) random = g_rand_new_with_seed(42);
    g_autofree float *in = g_new(float, (gsize)frames * 2);
    for (gint64 i = 0; i < frames; i++) {
      in[2 * i] = hostile_sample(kind, i, random);
      in[2 * i + 1] = kind == IMPULSES ? 0.1f : hostile_sample(kind, i, random);
    }
    g_assert_cmpfloat(true_peak_db(in, frames), >, 1.0);
    g_autofree float *out = limit(in, frames, 4800, -2.0);
    double peak = true_peak_db(out, frames);
    g_test_message("hostile %d: %.2f dBTP", (int)kind, peak);
    g_assert_cmpfloat(peak, <=, -1.9);
    g_assert_cmpfloat(peak, >=, kind == IMPULSES ? -20.0 : -4.0); /* and not simply made silent */
  }
}

static void test_transparent(void) {
  const gint64 frames = 50021;
  g_autofree float *in = g_new(float, (gsize)frames * 2);
  for (gint64 i = 0; i < frames; i++) {
    in[2 * i] = (float)(0.7 * sin(0.01 * (double)i));
    in[2 * i + 1] = (float)(0.3 * sin(0.23 * (double)i));
  }
  g_autofree float *out = limit(in, frames, 960, -2.0);
  assert_same(in, out, frames);
}

/* After a peak the gain comes back to exactly 1, and both channels move together. */
static void test_recovers_and_links(void) {
  const gint64 frames = 4 * FRAME_RATE, peak_at = 10000;
  g_autofree float *in = g_new(float, (gsize)frames * 2);
  for (gint64 i = 0; i < frames; i++) {
    in[2 * i] = (float)(0.25 * sin(0.05 * (double)i));
    in[2 * i + 1] = in[2 * i] * 0.5f;
  }
  for (gint64 i = peak_at; i < peak_at + 480; i++) {
    in[2 * i] *= 8.0f;
  }
  g_autofree float *out = limit(in, frames, 4800, -2.0);
  assert_same(in, out, 9000);
  gint64 last = frames - FRAME_RATE;
  assert_same(in + 2 * last, out + 2 * last, FRAME_RATE);
  gint64 turned_down = 0;
  for (gint64 i = peak_at - 400; i < peak_at + 9600; i++) {
    if (fabsf(in[2 * i]) > 0.01f) {
      g_assert_cmpfloat(fabs((double)(out[2 * i] / in[2 * i] - out[2 * i + 1] / in[2 * i + 1])), <, 1e-4);
      turned_down += out[2 * i + 1] / in[2 * i + 1] < 0.99f;
    }
  }
  g_assert_cmpint(turned_down, >, 1000);
}

/* The gain never jumps. */
static void test_smooth(void) {
  const gint64 frames = 96000;
  g_autofree float *in = g_new(float, (gsize)frames * 2);
  for (gint64 i = 0; i < frames; i++) {
    in[2 * i] = i > 48000 && i < 48100 ? 8.0f : 0.0f;
    in[2 * i + 1] = 0.1f; /* shows the gain */
  }
  g_autofree float *out = limit(in, frames, 4800, -2.0);
  double steepest = 0.0, least = 1.0;
  for (gint64 i = 1; i < frames; i++) {
    steepest = MAX(steepest, fabs((double)(out[2 * i + 1] - out[2 * i - 1])) / 0.1);
    least = MIN(least, (double)out[2 * i + 1] / 0.1);
  }
  g_assert_cmpfloat(least, <, 0.11);
  g_assert_cmpfloat(steepest, <, 0.012);
}

/* The cut into calls does not matter; a programme shorter than the delay is whole. */
static void test_any_cut(void) {
  for (gint64 frames = 0; frames <= 2000; frames += 1999 - 1998 * (frames < 3)) {
    g_autofree float *in = g_new0(float, (gsize)frames * 2 + 1);
    for (gint64 i = 0; i < 2 * frames; i++) {
      in[i] = (float)(1.6 * sin(0.4 * (double)i));
    }
    g_autofree float *a = limit(in, frames, 4800, -1.0);
    g_autofree float *b = limit(in, frames, 37, -1.0);
    assert_same(a, b, frames);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/limiter/ceiling", test_ceiling);
  g_test_add_func("/limiter/transparent", test_transparent);
  g_test_add_func("/limiter/recovers-and-links", test_recovers_and_links);
  g_test_add_func("/limiter/smooth", test_smooth);
  g_test_add_func("/limiter/any-cut", test_any_cut);
  return g_test_run();
}
