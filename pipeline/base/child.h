/* Another program, run with limits and few rights: no shell, ever. */
#ifndef CARNET_BASE_CHILD_H
#define CARNET_BASE_CHILD_H

#include "base/nursery.h"
#include "base/sandbox.h"

#include <glib.h>
#include <stdbool.h>

/* Runs `argv` (found on PATH; borrowed) with `input` on its standard input
 * (NULL: empty), in its own process group, under `limits`, with `rights` (of
 * which `programs` must be set; argv[0] must be readable by them) and a small
 * environment (PATH, LANG, LC_ALL, HOME, TMPDIR). `output` (may be NULL)
 * receives its standard output (g_bytes_unref).
 * A program that is missing is INPUT; one that fails, hangs or floods is
 * SYSTEM with the last line of its standard error; the group is killed. */
bool child_run(const char *const *argv, GBytes *input, const NurseryLimits *limits, const SandboxRights *rights,
               GBytes **output, GError **error);

#endif
