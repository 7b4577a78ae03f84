/* Limits and ends of children, shared by nursery.c and child.c. */
#ifndef CARNET_BASE_LIMITS_H
#define CARNET_BASE_LIMITS_H

#include "base/nursery.h"

#include <sys/types.h>

/* Address space that this process has now, in bytes. Async-signal-safe. */
guint64 limits_address_space(void);
/* In a child, after fork: applies `limits`, memory on top of `has_bytes`; no
 * core dump; ends with its parent. Async-signal-safe. */
void limits_apply(const NurseryLimits *limits, guint64 has_bytes);
/* Closes every descriptor from `first` on, or only when another program is
 * executed. Async-signal-safe. */
void limits_close_from(int first, bool on_exec);
/* In a child, after fork: every signal as a new program expects it, none
 * blocked. Async-signal-safe. */
void limits_reset_signals(void);
/* Waits for a child and returns its wait status. */
int limits_wait(pid_t pid);
/* True when a child has ended; it is not reaped, so its number and its group's are still its own. */
bool limits_has_ended(pid_t pid);
/* Says how a child ended by a signal or a limit, for a message: "crashed
 * (SIGABRT)", "used too much processor time". Returns (g_free); NULL when it exited. */
char *limits_ending(int wait_status);

#endif
