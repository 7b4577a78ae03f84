/* The five kinds of failure, and what each becomes outside.
 *
 * Every fallible function takes `GError **error` last, leaves it untouched on
 * success, and sets it exactly once on failure. The message is complete enough
 * to print as it is: no capital at its start, no full stop at its end, the
 * place first (`scripts/midi.yaml:12:5: unknown key "voicee"`), and, where a
 * person can mend it, how. Context is added on the way up with g_prefix_error.
 */
#ifndef CARNET_BASE_ERROR_H
#define CARNET_BASE_ERROR_H

#include <glib.h>

#define CARNET_ERROR (carnet_error_quark())

typedef enum {
  CARNET_ERROR_USAGE,  /* the command line is wrong */
  CARNET_ERROR_INPUT,  /* a file, a text, a setting that a person can fix */
  CARNET_ERROR_AGAIN,  /* busy, unreachable: the same call may succeed later */
  CARNET_ERROR_SYSTEM, /* disk, memory, a child process, a library */
  CARNET_ERROR_BUG,    /* we were wrong: please report it */
} CarnetError;

GQuark carnet_error_quark(void);

#define CARNET_EXIT_SYSTEM 5 /* that of CARNET_ERROR_SYSTEM */

/* Exit status for `error` (NULL is success):
 * 0 ok, 2 usage, 3 input, 4 again, 5 system, 70 bug. An error of another
 * domain is sorted: GOption is usage, GFile and GIO-like ones are system. */
int carnet_error_exit_status(const GError *error);

/* HTTP status for the same five: 400, 422, 503, 500, 500 (200 for NULL). */
int carnet_error_http_status(const GError *error);

/* Sets `*error` from errno `errnum`: `WHAT: strerror`; EAGAIN, EBUSY, EINTR
 * are AGAIN; a path that is missing, of the wrong sort or closed to us (ENOENT,
 * EISDIR, ENOTDIR, EACCES, EPERM, EROFS, ENAMETOOLONG) is INPUT; the rest SYSTEM. */
void carnet_error_set_errno(GError **error, int errnum, const char *format, ...) G_GNUC_PRINTF(3, 4);

#endif
