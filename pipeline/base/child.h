/* Another program, run with limits: no shell, ever. */
#ifndef CARNET_BASE_CHILD_H
#define CARNET_BASE_CHILD_H

#include "base/nursery.h"

#include <glib.h>
#include <stdbool.h>

/* Runs `argv` (found on PATH; borrowed) with `input` on its standard input
 * (NULL: empty), in its own process group, under `limits`, with a small
 * environment (PATH, LANG, HOME). `output` (may be NULL) receives its standard output (g_bytes_unref).
 * A program that is missing is INPUT; one that fails, hangs or floods is
 * SYSTEM with the last line of its standard error; the group is killed. */
bool child_run(const char *const *argv, GBytes *input, const NurseryLimits *limits, GBytes **output, GError **error);

#endif
