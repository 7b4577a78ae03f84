#include "web/descriptors.h"

#include <fcntl.h>
#include <glib.h>
#include <sys/resource.h>
#include <unistd.h>

#define FIRST 1024

static gint is_reserved; /* atomic */

bool descriptors_reserve(unsigned n) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
    return false;
  rlim_t wanted = FIRST + n;
  if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < wanted) {
    limit.rlim_cur = wanted;
    if ((limit.rlim_max != RLIM_INFINITY && limit.rlim_max < wanted) || setrlimit(RLIMIT_NOFILE, &limit) != 0)
      return false;
  }
  g_atomic_int_set(&is_reserved, 1);
  return true;
}

int descriptor_move(int fd) {
  int moved = g_atomic_int_get(&is_reserved) ? fcntl(fd, F_DUPFD_CLOEXEC, FIRST) : -1;
  if (moved < 0)
    return fd;
  close(fd);
  return moved;
}
