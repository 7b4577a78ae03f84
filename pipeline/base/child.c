#include "base/child.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define STDERR_KEPT 1024

/* The three pipes' ends that stay with us, and what has passed through them. */
typedef struct {
  pid_t pid;
  int in, out, err;
  const char *input;
  gsize input_left, most_output;
  GByteArray *output;
  GString *errors;
  gint64 until_us;
  bool timed_out, flooded;
} Run;

static void close_end(int *fd) {
  if (*fd >= 0)
    close(*fd);
  *fd = -1;
}

static G_GNUC_NORETURN void exec_child(const char *program, const char *const *argv, char **environment,
                                       const int pipes[3][2], const NurseryLimits *limits, int failure_fd) {
  setpgid(0, 0);
  dup2(pipes[0][0], STDIN_FILENO);
  dup2(pipes[1][1], STDOUT_FILENO);
  dup2(pipes[2][1], STDERR_FILENO);
  signal(SIGPIPE, SIG_DFL);
  limits_apply(limits);
  execve(program, (char *const *)argv, environment);
  int errnum = errno;
  ssize_t told = write(failure_fd, &errnum, sizeof errnum);
  _exit(told == sizeof errnum ? 127 : 126);
}

static char **small_environment(void) {
  static const char *const kept[] = {"PATH", "LANG", "LC_ALL", "HOME", "TMPDIR"};
  char **environment = g_new0(char *, G_N_ELEMENTS(kept) + 1);
  guint n = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(kept); i++)
    if (g_getenv(kept[i]))
      environment[n++] = g_strdup_printf("%s=%s", kept[i], g_getenv(kept[i]));
  return environment;
}

static void take_errors(Run *run) {
  char block[4096];
  ssize_t n = read(run->err, block, sizeof block);
  if (n > 0) {
    g_string_append_len(run->errors, block, n);
    if (run->errors->len > STDERR_KEPT)
      g_string_erase(run->errors, 0, (gssize)(run->errors->len - STDERR_KEPT));
  } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
    close_end(&run->err);
  }
}

static void take_output(Run *run) {
  guint8 block[65536];
  ssize_t n = read(run->out, block, sizeof block);
  if (n > 0) {
    g_byte_array_append(run->output, block, (guint)n);
    run->flooded = run->most_output && run->output->len > run->most_output;
  } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
    close_end(&run->out);
  }
}

static void give_input(Run *run) {
  ssize_t n = run->input_left ? write(run->in, run->input, run->input_left) : 0;
  if (n > 0) {
    run->input += n;
    run->input_left -= (gsize)n;
  }
  /* A program may stop reading before the end (EPIPE): its answer decides. */
  if (run->input_left == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
    close_end(&run->in);
}

/* Moves bytes until the child has closed its ends, floods, or time is up. */
static void converse(Run *run) {
  while ((run->out >= 0 || run->err >= 0) && !run->flooded) {
    gint64 left_us = run->until_us - g_get_monotonic_time();
    if (left_us <= 0) {
      run->timed_out = true;
      return;
    }
    struct pollfd ends[3] = {{run->in, POLLOUT, 0}, {run->out, POLLIN, 0}, {run->err, POLLIN, 0}};
    if (poll(ends, 3, (int)(left_us / 1000) + 1) <= 0)
      continue;
    if (ends[0].revents)
      give_input(run);
    if (ends[1].revents)
      take_output(run);
    if (ends[2].revents)
      take_errors(run);
  }
}

/* A child may close its outputs and linger: the deadline holds for that too. */
static int reap(Run *run) {
  int status = 0;
  for (;;) {
    pid_t pid = waitpid(run->pid, &status, WNOHANG);
    if (pid == run->pid || (pid < 0 && errno != EINTR))
      break;
    if (run->flooded || run->timed_out || g_get_monotonic_time() >= run->until_us) {
      run->timed_out = !run->flooded;
      kill(-run->pid, SIGKILL);
      waitpid(run->pid, &status, 0);
      break;
    }
    g_usleep(2000);
  }
  kill(-run->pid, SIGKILL); /* whatever it left behind in its group */
  return status;
}

static bool judge(const Run *run, int status, const char *name, guint deadline_ms, GError **error) {
  g_autofree char *how = limits_ending(status);
  g_strchomp(run->errors->str);
  const char *line = strrchr(run->errors->str, '\n');
  g_autofree char *words = text_printable(line ? line + 1 : run->errors->str);
  if (run->flooded)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("%s: wrote too much"), name);
  else if (run->timed_out)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("%s: took more than %.0f s"), name, deadline_ms / 1000.0);
  else if (how)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, "%s: %s", name, how);
  else if (WEXITSTATUS(status) != 0)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("%s: ended with status %d%s%s"), name, WEXITSTATUS(status),
                *words ? ": " : "", words);
  else
    return true;
  return false;
}

static bool make_pipes(int pipes[4][2], GError **error) {
  for (int i = 0; i < 4; i++)
    if (pipe2(pipes[i], O_CLOEXEC) != 0) {
      carnet_error_set_errno(error, errno, "pipe");
      return false;
    }
  return true;
}

/* Starts the program; learns through the fourth pipe when exec failed. */
static bool start(Run *run, const char *program, const char *const *argv, const NurseryLimits *limits, GError **error) {
  int pipes[4][2] = {{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
  g_auto(GStrv) environment = small_environment();
  bool ok = make_pipes(pipes, error);
  run->pid = ok ? fork() : -1;
  if (run->pid == 0)
    exec_child(program, argv, environment, (const int(*)[2])pipes, limits, pipes[3][1]);
  if (ok && run->pid < 0)
    carnet_error_set_errno(error, errno, "fork");
  close_end(&pipes[0][0]);
  close_end(&pipes[1][1]);
  close_end(&pipes[2][1]);
  close_end(&pipes[3][1]);
  run->in = pipes[0][1];
  run->out = pipes[1][0];
  run->err = pipes[2][0];
  int errnum = 0;
  if (run->pid > 0 && read(pipes[3][0], &errnum, sizeof errnum) == sizeof errnum) {
    waitpid(run->pid, NULL, 0);
    carnet_error_set_errno(error, errnum, "%s", argv[0]);
    run->pid = -1;
  }
  close_end(&pipes[3][0]);
  for (int *fd = &run->in; ok && fd <= &run->err; fd++)
    (void)fcntl(*fd, F_SETFL, O_NONBLOCK);
  return run->pid > 0;
}

bool child_run(const char *const *argv, GBytes *input, const NurseryLimits *limits, GBytes **output, GError **error) {
  g_autofree char *program = g_find_program_in_path(argv[0]);
  if (!program) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: no such program; is it installed?"), argv[0]);
    return false;
  }
  Run run = {.in = -1, .out = -1, .err = -1, .most_output = limits->output_bytes};
  if (input)
    run.input = g_bytes_get_data(input, &run.input_left);
  run.output = g_byte_array_new();
  run.errors = g_string_new(NULL);
  run.until_us = g_get_monotonic_time() + (gint64)limits->deadline_ms * 1000;
  bool ok = start(&run, program, argv, limits, error);
  if (ok) {
    converse(&run);
    ok = judge(&run, reap(&run), argv[0], limits->deadline_ms, error);
  }
  close_end(&run.in);
  close_end(&run.out);
  close_end(&run.err);
  if (ok && output)
    *output = g_byte_array_free_to_bytes(g_steal_pointer(&run.output));
  if (run.output)
    g_byte_array_unref(run.output);
  g_string_free(run.errors, TRUE);
  return ok;
}
