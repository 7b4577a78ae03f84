/* A process with few descriptors left, for the tests of air/. */
#ifndef CARNET_TESTS_AIR_DESCRIPTORS_H
#define CARNET_TESTS_AIR_DESCRIPTORS_H

#include <fcntl.h>
#include <glib.h>
#include <sys/resource.h>
#include <unistd.h>

/* The limit as it was; `most` descriptors are allowed from now on. */
static inline rlim_t descriptors_limit(rlim_t most) {
  struct rlimit now;
  g_assert_true(getrlimit(RLIMIT_NOFILE, &now) == 0);
  rlim_t was = now.rlim_cur;
  now.rlim_cur = MIN(most, now.rlim_max);
  g_assert_true(setrlimit(RLIMIT_NOFILE, &now) == 0);
  return was;
}

/* Takes all below `until`. Returns (descriptors_free). */
static inline GArray *descriptors_fill(int until) {
  GArray *taken = g_array_new(FALSE, FALSE, sizeof(int));
  rlim_t was = descriptors_limit(2 * (rlim_t)until);
  for (int fd = fcntl(0, F_DUPFD_CLOEXEC, 3); fd >= 0; fd = fcntl(0, F_DUPFD_CLOEXEC, 3)) {
    g_array_append_val(taken, fd);
    if (fd >= until - 1)
      break;
  }
  descriptors_limit(MAX(was, (rlim_t)until + 24));
  return taken;
}

static inline void descriptors_free(GArray *taken) {
  for (guint i = 0; i < taken->len; i++)
    close(g_array_index(taken, int, i));
  g_array_set_size(taken, 0);
}

#endif
