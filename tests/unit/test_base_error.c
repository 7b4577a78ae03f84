/* The five kinds, and what each becomes outside. */
#include "base_folder.h"

#include <errno.h>
#include <gio/gio.h>

static void test_statuses(void) {
  static const struct {
    CarnetError kind;
    int exit_status, http_status;
  } rows[] = {
      {CARNET_ERROR_USAGE, 2, 400},  {CARNET_ERROR_INPUT, 3, 422}, {CARNET_ERROR_AGAIN, 4, 503},
      {CARNET_ERROR_SYSTEM, 5, 500}, {CARNET_ERROR_BUG, 70, 500},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = g_error_new(CARNET_ERROR, (int)rows[i].kind, "x");
    g_assert_cmpint(carnet_error_exit_status(error), ==, rows[i].exit_status);
    g_assert_cmpint(carnet_error_http_status(error), ==, rows[i].http_status);
  }
  g_assert_cmpint(carnet_error_exit_status(NULL), ==, 0);
  g_assert_cmpint(carnet_error_http_status(NULL), ==, 200);
}

static void test_foreign(void) {
  g_autoptr(GError) option = g_error_new(G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "x");
  g_autoptr(GError) file = g_error_new(G_FILE_ERROR, G_FILE_ERROR_NOENT, "x");
  g_autoptr(GError) io = g_error_new(G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  g_autoptr(GError) odd = g_error_new(G_MARKUP_ERROR, 0, "x");
  g_autoptr(GError) beyond = g_error_new(CARNET_ERROR, 99, "x"), below = g_error_new(CARNET_ERROR, -1, "x");
  g_autoptr(GError) spawn = g_error_new(G_SPAWN_ERROR, 0, "x"), thread = g_error_new(G_THREAD_ERROR, 0, "x");
  g_assert_cmpint(carnet_error_exit_status(below), ==, 70);
  g_assert_cmpint(carnet_error_exit_status(spawn), ==, 5);
  g_assert_cmpint(carnet_error_exit_status(thread), ==, 5);
  g_assert_cmpint(carnet_error_exit_status(option), ==, 2);
  g_assert_cmpint(carnet_error_exit_status(file), ==, 5);
  g_assert_cmpint(carnet_error_exit_status(io), ==, 5);
  g_assert_cmpint(carnet_error_exit_status(odd), ==, 70);
  g_assert_cmpint(carnet_error_exit_status(beyond), ==, 70);
}

static void test_errno(void) {
  static const struct {
    int errnum;
    CarnetError kind;
  } rows[] = {
      {EAGAIN, CARNET_ERROR_AGAIN},       {EBUSY, CARNET_ERROR_AGAIN},   {EINTR, CARNET_ERROR_AGAIN},
      {ENOENT, CARNET_ERROR_INPUT},       {EACCES, CARNET_ERROR_INPUT},  {EROFS, CARNET_ERROR_INPUT},
      {ENAMETOOLONG, CARNET_ERROR_INPUT}, {ENOSPC, CARNET_ERROR_SYSTEM}, {EIO, CARNET_ERROR_SYSTEM},
      {ENOMEM, CARNET_ERROR_SYSTEM},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    carnet_error_set_errno(&error, rows[i].errnum, "%s/%d", "editions", 5);
    g_autofree char *wanted = g_strdup_printf("editions/5: %s", g_strerror(rows[i].errnum));
    g_assert_cmpstr(error->message, ==, wanted);
    assert_failed(&error, rows[i].kind, "editions/5");
  }
  carnet_error_set_errno(NULL, EIO, "nobody listens");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/error/statuses", test_statuses);
  g_test_add_func("/error/foreign", test_foreign);
  g_test_add_func("/error/errno", test_errno);
  return g_test_run();
}
