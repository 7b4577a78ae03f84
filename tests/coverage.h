/* Read before every source of a coverage build (Makefile, COVERAGE=1): a child that ends by _exit tells what it ran
 * first, which only exit does of itself. A child that a signal or a limit ends tells nothing; a limit on the size of
 * files, which a test set, is lifted, or the counters of all who share the file would be spoilt. */
#ifndef CARNET_TESTS_COVERAGE_H
#define CARNET_TESTS_COVERAGE_H

#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <unistd.h>

#define COVERAGE_ROOM ((rlim_t)1 << 20) /* bytes: more than any file of counters */

#define COVERAGE_PATIENCE_S 5

void __gcov_dump(void);

__attribute__((destructor)) static bool coverage_has_room(void) {
  struct rlimit now = {RLIM_INFINITY, RLIM_INFINITY}, none = {RLIM_INFINITY, RLIM_INFINITY};
  return (getrlimit(RLIMIT_FSIZE, &now) == 0 && now.rlim_cur >= COVERAGE_ROOM) || setrlimit(RLIMIT_FSIZE, &none) == 0;
}

static int coverage_status;

static void coverage_give_up(int signal) {
  (void)signal;
  (_exit)(coverage_status);
}

/* Out of memory while the counters are written at the end, we would wait here for ourselves, with the file locked for all
 * others: not for longer than this. */
static inline int coverage_tell(int status) {
  coverage_status = status;
  signal(SIGALRM, coverage_give_up);
  alarm(COVERAGE_PATIENCE_S);
  if (coverage_has_room())
    __gcov_dump();
  alarm(0);
  return status;
}

#define _exit(status) _exit(coverage_tell(status))

#endif
