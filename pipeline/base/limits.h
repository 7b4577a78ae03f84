/* setrlimit for children, shared by nursery.c and child.c. */
#ifndef CARNET_BASE_LIMITS_H
#define CARNET_BASE_LIMITS_H

#include "base/nursery.h"

/* In a child, after fork: applies `limits`; no core dump; ends with its parent.
 * Async-signal-safe. */
void limits_apply(const NurseryLimits *limits);
/* Says how a child ended by a signal or a limit, for a message: "crashed
 * (SIGABRT)", "used too much processor time". Returns (g_free); NULL when it exited. */
char *limits_ending(int wait_status);

#endif
