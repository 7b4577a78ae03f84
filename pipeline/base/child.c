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
#include <time.h>
#include <unistd.h>

#define STDERR_KEPT 1024
#define MOST_WAIT_MS 20 /* without a byte: then we look whether it has ended */

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
                                       const int pipes[3][2], const NurseryLimits *limits, const Sandbox *sandbox,
                                       int failure_fd) {
  limits_reset_signals();
  setpgid(0, 0);
  dup2(pipes[0][0], STDIN_FILENO);
  dup2(pipes[1][1], STDOUT_FILENO);
  dup2(pipes[2][1], STDERR_FILENO);
  limits_close_from(3, true); /* what a library opened without saying so */
  limits_apply(limits, limits_address_space());
  sandbox_enter(sandbox);
  execve(program, (char *const *)argv, environment);
  int errnum = errno;
  ssize_t told = write(failure_fd, &errnum, sizeof errnum);
  (void)told; /* who reads it sees its end, at worst */
  _exit(127);
}

/* No secret is among them. What it may write in is its place for temporary files too. */
static char **small_environment(const char *writes) {
  static const char *const kept[] = {"PATH", "LANG", "LC_ALL", "HOME"};
  char **environment = g_new0(char *, G_N_ELEMENTS(kept) + 2);
  guint n = 0;
  const char *temporary = writes ? writes : g_getenv("TMPDIR");
  if (temporary)
    environment[n++] = g_strdup_printf("TMPDIR=%s", temporary);
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
  } else if (n == 0) {
    close_end(&run->err);
  }
}

static void take_output(Run *run) {
  guint8 block[65536];
  ssize_t n = read(run->out, block, sizeof block);
  if (n > 0) {
    g_byte_array_append(run->output, block, (guint)n);
    run->flooded = run->most_output && run->output->len > run->most_output;
  } else if (n == 0) {
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
  if (run->input_left == 0 || (n < 0 && errno == EPIPE))
    close_end(&run->in);
}

/* Moves what can be moved within `wait_ms`; false when nothing could. */
static bool move_bytes(Run *run, int wait_ms) {
  struct pollfd ends[3] = {{run->in, POLLOUT, 0}, {run->out, POLLIN, 0}, {run->err, POLLIN, 0}};
  if (poll(ends, 3, wait_ms) <= 0)
    return false;
  if (ends[0].revents)
    give_input(run);
  if (ends[1].revents)
    take_output(run);
  if (ends[2].revents)
    take_errors(run);
  return true;
}

/* Until the child has ended and all that it wrote is taken, it floods, or time is up. One that left a process
 * behind, which holds the pipes open, has ended all the same: what it wrote is in the pipes already. */
static void converse(Run *run) {
  bool is_over = false;
  gint64 left_us;
  while (!run->flooded && !is_over && (left_us = run->until_us - g_get_monotonic_time()) > 0) {
    bool has_ended = limits_has_ended(run->pid); /* before its pipes are looked at: nothing comes after */
    if (has_ended)
      kill(-run->pid, SIGKILL); /* what it left in its group must not go on writing */
    bool is_open = run->out >= 0 || run->err >= 0;
    int most_ms = has_ended ? 0 : is_open ? MOST_WAIT_MS : 2; /* closed: only its end is waited for */
    is_over = !move_bytes(run, (int)MIN(left_us / 1000 + 1, most_ms)) && has_ended;
  }
  run->timed_out = !run->flooded && !is_over;
  kill(run->pid, SIGKILL);  /* nothing to one that has ended and is not reaped yet */
  kill(-run->pid, SIGKILL); /* what it left in its group */
}

static bool judge(const Run *run, int status, const char *name, guint deadline_ms, GError **error) {
  g_autofree char *how = limits_ending(status);
  g_strchomp(run->errors->str);
  const char *line = strrchr(run->errors->str, '\n');
  g_autofree char *words = text_printable(line ? line + 1 : run->errors->str);
  const char *colon = *words ? ": " : "";
  if (run->flooded)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("%s: wrote too much"), name);
  else if (run->timed_out)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("%s: took more than %g s"), name, deadline_ms / 1000.0);
  else if (how)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, "%s: %s%s%s", name, how, colon, words);
  else if (WEXITSTATUS(status) != 0)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("%s: ended with status %d%s%s"), name, WEXITSTATUS(status),
                colon, words);
  else
    return true;
  return false;
}

static bool make_pipes(int pipes[4][2], GError **error) {
  int spare[3] = {-1, -1, -1};
  bool ok = true;
  /* 0, 1 and 2 may be free in a daemon: there, a pipe's end would be overwritten by dup2. */
  for (int i = 0; i < 3 && fcntl(i, F_GETFD) < 0; i++)
    spare[i] = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (int i = 0; i < 4 && ok; i++)
    ok = pipe2(pipes[i], O_CLOEXEC) == 0;
  if (!ok)
    carnet_error_set_errno(error, errno, "pipe");
  for (int i = 0; i < 3; i++)
    close_end(&spare[i]);
  return ok;
}

/* Starts the program; learns through the fourth pipe when exec failed. */
static bool start(Run *run, const char *program, const char *const *argv, const NurseryLimits *limits,
                  const SandboxRights *rights, GError **error) {
  int pipes[4][2] = {{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
  g_auto(GStrv) environment = small_environment(rights->writes);
  g_autoptr(Sandbox) sandbox = sandbox_new(rights);
  bool ok = make_pipes(pipes, error);
  run->pid = ok ? fork() : -1;
  if (run->pid == 0)
    exec_child(program, argv, environment, (const int(*)[2])pipes, limits, sandbox, pipes[3][1]);
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
  ssize_t told = 0;
  while (run->pid > 0 && (told = read(pipes[3][0], &errnum, sizeof errnum)) < 0 && errno == EINTR)
    ;
  if (told == sizeof errnum) {
    limits_wait(run->pid);
    carnet_error_set_errno(error, errnum, "%s", argv[0]);
    run->pid = -1;
  }
  close_end(&pipes[3][0]);
  for (int *fd = &run->in; ok && fd <= &run->err; fd++)
    (void)fcntl(*fd, F_SETFL, O_NONBLOCK);
  return run->pid > 0;
}

/* A program that stops reading its input would kill us by SIGPIPE, in whatever
 * thread: it is held back for this one, and forgotten when it is of our doing. */
static bool block_sigpipe(sigset_t *before) {
  sigset_t pending, one;
  sigpending(&pending);
  sigemptyset(&one);
  sigaddset(&one, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &one, before);
  return sigismember(&pending, SIGPIPE);
}

static void unblock_sigpipe(const sigset_t *before, bool was_pending) {
  static const struct timespec no_time;
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, SIGPIPE);
  while (!was_pending && sigtimedwait(&one, NULL, &no_time) < 0 && errno == EINTR)
    ;
  pthread_sigmask(SIG_SETMASK, before, NULL);
}

bool child_run(const char *const *argv, GBytes *input, const NurseryLimits *limits, const SandboxRights *rights,
               GBytes **output, GError **error) {
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
  sigset_t before;
  bool was_pending = block_sigpipe(&before);
  bool ok = start(&run, program, argv, limits, rights, error);
  if (ok) {
    converse(&run);
    ok = judge(&run, limits_wait(run.pid), argv[0], limits->deadline_ms, error);
  }
  unblock_sigpipe(&before, was_pending);
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
