/* The station's door for "carnet status": answers, and what happens when nobody answers, or says too much. And what the
 * station says of itself. */
#include "air_descriptors.h"
#include "base_folder.h"

#include "daemon/control.h"
#include "daemon/report.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
  char *folder, *answer;
} Fixture;

static void setup(Fixture *fixture, gconstpointer data) {
  (void)data;
  fixture->folder = folder_of_test();
  fixture->answer = g_strdup("{\"a\": 1}\n");
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_free(fixture->answer);
  remove_folder(fixture->folder);
}

static char *answer(const char *order, gpointer user) {
  g_assert_true(*order == '\0' || strcmp(order, "status") == 0); /* "": who says nothing is told all the same */
  const Fixture *fixture = user;
  return g_strdup(fixture->answer);
}

static gpointer ask(gpointer data) {
  const Fixture *fixture = data;
  return control_ask(fixture->folder, NULL);
}

static void test_answer(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  Control *control = control_new(fixture->folder, &error);
  g_assert_no_error(error);
  control_wait(control, 1, answer, fixture); /* nobody asks */
  GThread *asking = g_thread_new("asking", ask, fixture);
  control_wait(control, 5000, answer, fixture);
  g_autofree char *text = g_thread_join(asking);
  g_assert_cmpstr(text, ==, fixture->answer);
  /* A long one, in pieces. */
  g_free(fixture->answer);
  fixture->answer = g_strnfill(900000, 'x');
  asking = g_thread_new("asking", ask, fixture);
  control_wait(control, 5000, answer, fixture);
  g_autofree char *all = g_thread_join(asking);
  g_assert_cmpstr(all, ==, fixture->answer);
  control_free(control);
  control_free(NULL);
  g_assert_cmpuint(count_files(fixture->folder), ==, 0);
}

/* A killed run's socket is in the way of nobody; a folder in its place is. */
static void test_leftover(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename(fixture->folder, ".run.sock", NULL);
  g_assert_true(g_file_set_contents(path, "", 0, NULL));
  Control *control = control_new(fixture->folder, &error);
  g_assert_no_error(error);
  control_free(control);
  g_assert_true(g_mkdir(path, 0700) == 0);
  g_assert_null(control_new(fixture->folder, &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, ".run.sock");
  g_rmdir(path);
  g_assert_null(control_new("/nonexistent", &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "/nonexistent");
}

static void test_nobody(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_assert_null(control_ask(fixture->folder, &error));
  assert_failed(&error, CARNET_ERROR_AGAIN, "carnet run");
  g_assert_null(control_ask("/nonexistent", &error));
  g_assert_nonnull(error);
}

/* A door that takes the call, and then says nothing, too much, or half of it. */
static int false_door(const Fixture *fixture) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  g_snprintf(address.sun_path, sizeof address.sun_path, "%s/.run.sock", fixture->folder);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_true(bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 4) == 0);
  return fd;
}

static void test_mute(Fixture *fixture, gconstpointer data) {
  (void)data;
  int fd = false_door(fixture);
  g_autoptr(GError) error = NULL;
  g_assert_null(control_ask(fixture->folder, &error));
  assert_failed(&error, CARNET_ERROR_AGAIN, "does not answer");
  close(fd);
}

static void test_flood(Fixture *fixture, gconstpointer data) {
  (void)data;
  int fd = false_door(fixture);
  pid_t pid = fork();
  if (pid == 0) {
    char bytes[4096] = "x";
    signal(SIGPIPE, SIG_IGN);
    for (int client = accept(fd, NULL, NULL); client >= 0 && write(client, bytes, sizeof bytes) > 0;)
      continue;
    _exit(0);
  }
  g_autoptr(GError) error = NULL;
  g_assert_null(control_ask(fixture->folder, &error));
  assert_failed(&error, CARNET_ERROR_AGAIN, "does not answer");
  kill(pid, SIGKILL);
  waitpid(pid, NULL, 0);
  close(fd);
}

/* Somebody who asks, and does not read: he is left, and the station goes on. */
static void test_deaf(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  Control *control = control_new(fixture->folder, &error);
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  g_snprintf(address.sun_path, sizeof address.sun_path, "%s/.run.sock", fixture->folder);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_true(connect(fd, (struct sockaddr *)&address, sizeof address) == 0);
  g_free(fixture->answer);
  fixture->answer = g_strnfill(8000000, 'x');
  gint64 from_us = g_get_monotonic_time();
  control_wait(control, 5000, answer, fixture);
  g_assert_cmpint(g_get_monotonic_time() - from_us, <, 4000000);
  close(fd);
  /* One who has hung up. */
  fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_true(connect(fd, (struct sockaddr *)&address, sizeof address) == 0);
  close(fd);
  control_wait(control, 5000, answer, fixture);
  control_free(control);
}

/* A station that has no descriptor left says so, and leaves none open. */
static void test_no_descriptors(Fixture *fixture, gconstpointer data) {
  (void)data;
  int next = fcntl(0, F_DUPFD_CLOEXEC, 3);
  close(next);
  for (int more = 0; more < 2; more++) {
    g_autoptr(GError) error = NULL;
    rlim_t was = descriptors_limit((rlim_t)(next + more));
    g_assert_null(control_new(fixture->folder, &error));
    g_assert_null(control_ask(fixture->folder, NULL));
    descriptors_limit(was);
    g_assert_nonnull(error);
  }
  int same = fcntl(0, F_DUPFD_CLOEXEC, 3);
  g_assert_cmpint(same, ==, next);
  close(same);
}

/* --- what it says ------------------------------------------------------------------------ */

static void test_report(void) {
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
  report_start(zone, true);
  report_start(zone, true); /* again, with another zone: what is kept stays */
  g_assert_cmpuint(report_alarms()->len, ==, 0);
  report_say(false, "%s", "un");
  g_assert_cmpuint(report_alarms()->len, ==, 0);
  report_once("disk", "full");
  report_once("disk", "full");
  g_assert_cmpuint(report_alarms()->len, ==, 1);
  report_once("disk", NULL);
  report_once("disk", "full");
  report_once("disk", "fuller");
  g_assert_cmpuint(report_alarms()->len, ==, 3);
  for (int i = 0; i < 30; i++)
    report_say(true, "n %d", i);
  g_assert_cmpuint(report_alarms()->len, ==, 20);
  g_assert_cmpstr(((ReportLine *)report_alarms()->pdata[0])->text, ==, "n 10");
  report_end();
  g_setenv("JOURNAL_STREAM", "1:2", TRUE);
  report_start(zone, false);
  g_test_trap_subprocess("/daemon/report/journal/inside", 0, 0);
  g_test_trap_assert_stderr("*<6>un\n*<4>deux*");
  report_end();
  g_unsetenv("JOURNAL_STREAM");
}

static void test_report_inside(void) {
  if (!g_test_subprocess())
    return;
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
  report_start(zone, false);
  report_say(false, "un");
  report_say(true, "deux");
  report_end();
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/daemon/control/answer", Fixture, NULL, setup, test_answer, teardown);
  g_test_add("/daemon/control/leftover", Fixture, NULL, setup, test_leftover, teardown);
  g_test_add("/daemon/control/nobody", Fixture, NULL, setup, test_nobody, teardown);
  g_test_add("/daemon/control/mute", Fixture, NULL, setup, test_mute, teardown);
  g_test_add("/daemon/control/flood", Fixture, NULL, setup, test_flood, teardown);
  g_test_add("/daemon/control/deaf", Fixture, NULL, setup, test_deaf, teardown);
  g_test_add("/daemon/control/no-descriptors", Fixture, NULL, setup, test_no_descriptors, teardown);
  g_test_add_func("/daemon/report/journal", test_report);
  g_test_add_func("/daemon/report/journal/inside", test_report_inside);
  return g_test_run();
}
