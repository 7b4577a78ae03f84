#include "base/priority.h"

#include <sys/resource.h>
#include <unistd.h>

void priority_stand_back(int steps) {
  const id_t thread = (id_t)gettid();
  /* A kernel that refuses costs some time, and nothing else. */
  (void)setpriority(PRIO_PROCESS, thread, getpriority(PRIO_PROCESS, thread) + steps);
}
