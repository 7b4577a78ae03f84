/* The ducking curve: down before speech, up after it, the lower of two. */
#include "sound/duck.h"

#include <math.h>

#define ATTACK 1000
#define RELEASE 4000
#define DEPTH (-12.0)

static double gain(const GArray *speech, gint64 frame) {
  return duck_gain_db((const SpeechInterval *)(const void *)speech->data, speech->len, ATTACK, RELEASE, DEPTH, frame);
}

static GArray *intervals(void) {
  return g_array_new(FALSE, FALSE, sizeof(SpeechInterval));
}

static void test_curve(void) {
  static const struct {
    gint64 frame;
    double db;
  } rows[] = {
      {0, 0.0},        {8999, 0.0},    {9000, 0.0},     {9250, -3.0},   {9500, -6.0},
      {9999, -11.988}, {10000, -12.0}, {15000, -12.0},  {19999, -12.0}, {20000, -12.0},
      {21000, -9.0},   {22000, -6.0},  {23999, -0.003}, {24000, 0.0},   {99999, 0.0},
  };
  g_autoptr(GArray) speech = intervals();
  duck_add(speech, 10000, 20000);
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_assert_cmpfloat_with_epsilon(gain(speech, rows[i].frame), rows[i].db, 1e-9);
  }
}

static void test_nobody_speaks(void) {
  g_autoptr(GArray) speech = intervals();
  g_assert_cmpfloat(gain(speech, 0), ==, 0.0);
  duck_add(speech, 500, 500); /* nothing said */
  g_assert_cmpuint(speech->len, ==, 0);
}

static void test_merge(void) {
  g_autoptr(GArray) speech = intervals();
  duck_add(speech, 100, 900);
  duck_add(speech, 300, 400);  /* within */
  duck_add(speech, 900, 1000); /* touching */
  duck_add(speech, 950, 1200);
  duck_add(speech, 9000, 9100);
  g_assert_cmpuint(speech->len, ==, 2);
  g_assert_cmpint(g_array_index(speech, SpeechInterval, 0).end_frame, ==, 1200);
}

/* In a short silence the ways up and down meet: never a jump. */
static void test_near_speeches_and_continuity(void) {
  g_autoptr(GArray) speech = intervals();
  duck_add(speech, 5000, 6000);
  duck_add(speech, 7500, 8000);
  duck_add(speech, 30000, 31000);
  g_assert_cmpfloat_with_epsilon(gain(speech, 6500), -10.5, 1e-9); /* way up */
  g_assert_cmpfloat_with_epsilon(gain(speech, 7450), -11.4, 1e-9); /* way down */
  for (gint64 frame = 1; frame < 40000; frame++) {
    double now = gain(speech, frame);
    g_assert_cmpfloat(fabs(now - gain(speech, frame - 1)), <=, 12.0 / ATTACK + 1e-9);
    g_assert_true(now <= 0.0 && now >= DEPTH);
  }
}

static void test_steps(void) {
  SpeechInterval one = {10, 20};
  g_assert_cmpfloat(duck_gain_db(&one, 1, 0, 0, -9.0, 9), ==, 0.0);
  g_assert_cmpfloat(duck_gain_db(&one, 1, 0, 0, -9.0, 10), ==, -9.0);
  g_assert_cmpfloat(duck_gain_db(&one, 1, 0, 0, -9.0, 19), ==, -9.0);
  g_assert_cmpfloat(duck_gain_db(&one, 1, 0, 0, -9.0, 20), ==, 0.0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/duck/curve", test_curve);
  g_test_add_func("/duck/nobody-speaks", test_nobody_speaks);
  g_test_add_func("/duck/merge", test_merge);
  g_test_add_func("/duck/near-speeches", test_near_speeches_and_continuity);
  g_test_add_func("/duck/steps", test_steps);
  return g_test_run();
}
