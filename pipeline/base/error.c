#include "base/error.h"

#include <errno.h>
#include <gio/gio.h>

/* One row for each CarnetError, in its order. */
static const struct {
  int exit_status, http_status;
} kinds[] = {
    [CARNET_ERROR_USAGE] = {2, 400}, [CARNET_ERROR_INPUT] = {3, 422},
    [CARNET_ERROR_AGAIN] = {4, 503}, [CARNET_ERROR_SYSTEM] = {CARNET_EXIT_SYSTEM, 500},
    [CARNET_ERROR_BUG] = {70, 500},
};

G_DEFINE_QUARK(carnet - error, carnet_error)

static CarnetError kind_of(const GError *error) {
  if (error->domain == CARNET_ERROR && error->code >= 0 && error->code < (int)G_N_ELEMENTS(kinds))
    return (CarnetError)error->code;
  if (error->domain == G_OPTION_ERROR)
    return CARNET_ERROR_USAGE;
  if (error->domain == G_FILE_ERROR || error->domain == G_IO_ERROR || error->domain == G_SPAWN_ERROR ||
      error->domain == G_THREAD_ERROR)
    return CARNET_ERROR_SYSTEM;
  return CARNET_ERROR_BUG;
}

int carnet_error_exit_status(const GError *error) {
  return error ? kinds[kind_of(error)].exit_status : 0;
}

int carnet_error_http_status(const GError *error) {
  return error ? kinds[kind_of(error)].http_status : 200;
}

static CarnetError kind_of_errno(int errnum) {
  switch (errnum) {
    case EAGAIN:
    case EBUSY:
    case EINTR:
      return CARNET_ERROR_AGAIN;
    case ENOENT:
    case EISDIR:
    case ENOTDIR:
    case EACCES:
    case EPERM:
    case EROFS:
    case ENAMETOOLONG:
      return CARNET_ERROR_INPUT;
    default:
      return CARNET_ERROR_SYSTEM;
  }
}

void carnet_error_set_errno(GError **error, int errnum, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *what = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error(error, CARNET_ERROR, (int)kind_of_errno(errnum), "%s: %s", what, g_strerror(errnum));
}
