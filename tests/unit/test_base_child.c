/* Other programs: missing, failing, hanging, flooding, deaf, with children of their own. */
#include "base/child.h"

#include "base_folder.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>

static const NurseryLimits usual = {.deadline_ms = 20000};
static const SandboxRights program = {.programs = true};

/* `script` is the test's own text, for sh: the programs under test must be short. */
static char *run_sh(const char *script, GBytes *input, const NurseryLimits *limits, GError **error) {
  const char *argv[] = {"sh", "-c", script, NULL};
  g_autoptr(GBytes) output = NULL;
  if (!child_run(argv, input, limits, &program, &output, error))
    return NULL;
  gsize nbytes;
  const char *data = g_bytes_get_data(output, &nbytes);
  return g_strndup(data ? data : "", nbytes);
}

static void test_answers(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) input = g_bytes_new_static("bonjour", 7);
  g_autofree char *echo = run_sh("cat; echo trouble >&2", input, &usual, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(echo, ==, "bonjour");
  g_autofree char *none = run_sh("cat", NULL, &usual, &error);
  g_assert_cmpstr(none, ==, "");
  const char *quiet[] = {"true", NULL};
  g_assert_true(child_run(quiet, NULL, &usual, &program, NULL, &error));
  const char *literal[] = {"printf", "%s", "$(id); `id` | x", NULL};
  g_autoptr(GBytes) output = NULL, wanted = g_bytes_new_static("$(id); `id` | x", 15);
  g_assert_true(child_run(literal, NULL, &usual, &program, &output, &error));
  g_assert_true(g_bytes_equal(output, wanted));
}

static void test_failures(void) {
  g_autoptr(GError) error = NULL;
  const char *missing[] = {"carnet-no-such-program", NULL};
  g_assert_false(child_run(missing, NULL, &usual, &program, NULL, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "carnet-no-such-program: no such program");
  g_assert_null(run_sh("echo one >&2; echo 'the \033[1mreason' >&2; exit 9", NULL, &usual, &error));
  g_assert_cmpstr(error->message, ==, "sh: ended with status 9: the \\x1B[1mreason");
  assert_failed(&error, CARNET_ERROR_SYSTEM, "status 9");
  g_assert_null(run_sh("echo dying >&2; kill -SEGV $$", NULL, &usual, &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "sh: crashed (SIGSEGV): dying");
}

/* Neither a program nor a script whose interpreter is there. */
static void test_not_a_program(void) {
  char *folder = folder_of_test();
  g_autofree char *path = g_build_filename(folder, "voice", NULL);
  g_autoptr(GError) error = NULL;
  g_assert_true(file_write(path, "\x01\x02", 2, 0755, NULL));
  g_assert_cmpint(g_chmod(path, 0755), ==, 0);
  const char *argv[] = {path, NULL};
  SandboxRights rights = {.reads = argv, .programs = true};
  g_assert_false(child_run(argv, NULL, &usual, &rights, NULL, &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "voice: ");
  g_assert_true(file_write(path, "#!/no/such/interpreter\n", -1, 0755, NULL));
  g_assert_false(child_run(argv, NULL, &usual, &rights, NULL, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "voice: No such file");
  remove_folder(folder);
}

static void test_limits(void) {
  g_autoptr(GError) error = NULL;
  NurseryLimits brief = {.deadline_ms = 200};
  g_assert_null(run_sh("sleep 60", NULL, &brief, &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "took more than 0.2 s");
  g_assert_null(run_sh("exec >&- 2>&-; sleep 60", NULL, &brief, &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "took more than 0.2 s");
  NurseryLimits little = {.deadline_ms = 20000, .output_bytes = 100000};
  g_assert_null(run_sh("yes", NULL, &little, &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "wrote too much");
  NurseryLimits lazy = {.deadline_ms = 20000, .cpu_seconds = 1};
  g_assert_null(run_sh("while :; do :; done", NULL, &lazy, &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "processor time");
}

static void test_errors_flood(void) {
  g_autoptr(GError) error = NULL;
  g_assert_null(run_sh("yes x | head -c 3000000 >&2; echo the end >&2; exit 1", NULL, &usual, &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "status 1: the end");
}

/* An input larger than a pipe, to a program that reads none of it: no hang, no SIGPIPE. */
static void test_deaf(void) {
  g_autoptr(GError) error = NULL;
  gsize nbytes = 10u << 20;
  g_autoptr(GBytes) input = g_bytes_new_take(g_malloc0(nbytes), nbytes);
  g_autofree char *answer = run_sh("exec <&-; sleep 0.2; echo done", input, &usual, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(answer, ==, "done\n");
  g_autofree char *wc = run_sh("wc -c", input, &usual, &error);
  g_assert_cmpint((int)strtol(wc, NULL, 10), ==, (int)nbytes);
  g_autoptr(GBytes) output = NULL;
  const char *cat[] = {"cat", NULL};
  g_assert_true(child_run(cat, input, &usual, &program, &output, &error));
  g_assert_true(g_bytes_equal(input, output));
  sigset_t pending;
  sigpending(&pending);
  g_assert_false(sigismember(&pending, SIGPIPE));
}

/* What a program leaves running holds its pipes: it does not hold us, and ends. */
static void test_left_behind(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = run_sh("sleep 60 & echo $!", NULL, &usual, &error);
  g_assert_no_error(error);
  pid_t left = (pid_t)strtol(answer, NULL, 10);
  bool is_gone = false;
  for (int i = 0; i < 100 && !is_gone; i++) {
    g_autofree char *path = g_strdup_printf("/proc/%d/cmdline", (int)left);
    g_autofree char *line = NULL;
    is_gone = !g_file_get_contents(path, &line, NULL, NULL) || strcmp(line, "sleep") != 0; /* a zombie has no line */
    g_usleep(10000);
  }
  g_assert_true(is_gone);
  g_autofree char *noisy = run_sh("yes & echo here", NULL, &usual, &error); /* it does not write for ever */
  g_assert_no_error(error);
  g_assert_nonnull(strstr(noisy, "here\n"));
  g_autofree char *escaped = run_sh("setsid sleep 3 & echo here", NULL, &usual, &error);
  g_assert_cmpstr(escaped, ==, "here\n");
}

static void test_environment(void) {
  g_autoptr(GError) error = NULL;
  g_setenv("CARNET_ICECAST_PASSWORD", "secret", TRUE);
  g_autofree char *environment = run_sh("env", NULL, &usual, &error);
  g_assert_null(strstr(environment, "secret"));
  g_assert_nonnull(strstr(environment, "PATH="));
  g_autofree char *open_ones = run_sh("exec ls /proc/self/fd", NULL, &usual, &error);
  g_assert_cmpstr(open_ones, ==, "0\n1\n2\n3\n"); /* the fourth is the folder that ls reads */
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/child/answers", test_answers);
  g_test_add_func("/child/failures", test_failures);
  g_test_add_func("/child/not-a-program", test_not_a_program);
  g_test_add_func("/child/limits", test_limits);
  g_test_add_func("/child/errors-flood", test_errors_flood);
  g_test_add_func("/child/deaf", test_deaf);
  g_test_add_func("/child/left-behind", test_left_behind);
  g_test_add_func("/child/environment", test_environment);
  return g_test_run();
}
