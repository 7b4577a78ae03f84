#include "air/backoff.h"

static void test_grows_to_its_most(void) {
  static const gint64 expected_us[] = {1000000, 2000000, 4000000, 8000000, 8000000, 8000000};
  Backoff backoff = {0};
  for (guint i = 0; i < G_N_ELEMENTS(expected_us); i++)
    g_assert_cmpint(backoff_next_us(&backoff, 0.5), ==, expected_us[i]);
}

static void test_jitter_stays_within_bounds(void) {
  for (guint failures = 0; failures < 100; failures++) {
    gint64 least = G_MAXINT64, most = 0;
    for (int i = 0; i < 100; i++) {
      Backoff backoff = {.failures = failures};
      gint64 wait_us = backoff_next_us(&backoff, i / 100.0);
      least = MIN(least, wait_us);
      most = MAX(most, wait_us);
    }
    g_assert_cmpint(least, >=, BACKOFF_LEAST_US);
    g_assert_cmpint(most, <=, BACKOFF_MOST_US);
    g_assert_cmpint(most - least, >=, 200000); /* two mounts do not knock together */
  }
}

static void test_does_not_overflow(void) {
  Backoff backoff = {.failures = G_MAXUINT};
  g_assert_cmpint(backoff_next_us(&backoff, 0.999), ==, BACKOFF_MOST_US);
  g_assert_cmpuint(backoff.failures, ==, G_MAXUINT);
}

static void test_begins_anew_after_success(void) {
  Backoff backoff = {.failures = 9};
  backoff.failures = 0;
  g_assert_cmpint(backoff_next_us(&backoff, 0.5), ==, BACKOFF_LEAST_US);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/air/backoff/grows", test_grows_to_its_most);
  g_test_add_func("/air/backoff/jitter", test_jitter_stays_within_bounds);
  g_test_add_func("/air/backoff/overflow", test_does_not_overflow);
  g_test_add_func("/air/backoff/anew", test_begins_anew_after_success);
  return g_test_run();
}
