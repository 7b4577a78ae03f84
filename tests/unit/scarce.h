/* Less than a verb needs: a file may only be so long, or only so many be open. The limits are soft and this process's
 * own: they are lowered for the time of a call and put back, so that the test can look at what was left behind. */
#ifndef CARNET_TESTS_SCARCE_H
#define CARNET_TESTS_SCARCE_H

#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct {
  int resource;
  struct rlimit before;
} Scarcity;

static inline Scarcity scarce(int resource, rlim_t most) {
  Scarcity scarcity = {.resource = resource};
  signal(SIGXFSZ, SIG_IGN); /* the write fails with EFBIG, as a full disk's with ENOSPC */
  g_assert_cmpint(getrlimit((__rlimit_resource_t)resource, &scarcity.before), ==, 0);
  struct rlimit less = {MIN(most, scarcity.before.rlim_max), scarcity.before.rlim_max};
  g_assert_cmpint(setrlimit((__rlimit_resource_t)resource, &less), ==, 0);
  return scarcity;
}

/* Files of at most `nbytes`. */
static inline Scarcity scarce_bytes(gsize nbytes) {
  return scarce(RLIMIT_FSIZE, nbytes);
}

/* `more` files beside those that are open. */
static inline Scarcity scarce_files(unsigned more) {
  int next = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  g_assert_cmpint(next, >=, 0);
  close(next);
  return scarce(RLIMIT_NOFILE, (rlim_t)next + more);
}

static inline void plenty(const Scarcity *scarcity) {
  g_assert_cmpint(setrlimit((__rlimit_resource_t)scarcity->resource, &scarcity->before), ==, 0);
}

#endif
