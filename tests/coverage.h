/* Read before every source of a coverage build (Makefile, COVERAGE=1): a child that ends by _exit tells what it ran
 * first, which only exit does of itself. A child that a signal or a limit ends tells nothing. */
#ifndef CARNET_TESTS_COVERAGE_H
#define CARNET_TESTS_COVERAGE_H

#include <unistd.h>

void __gcov_dump(void);

#define _exit(status) (__gcov_dump(), _exit(status))

#endif
