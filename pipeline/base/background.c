#include "base/background.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAID_MOST 4096               /* of its standard error, the end is kept */
#define GRACE_US (US_PER_SECOND / 2) /* between SIGTERM and SIGKILL */

struct Background {
  pid_t pid; /* 0: it has ended */
  int said_fd, output_fd;
  GString *said, *output;
  gsize most_bytes;
  int status;
  gint64 start_us, took_us;
};

typedef struct {
  int steps;
  pid_t parent;
} Setup;

/* In the child, between fork and exec: nothing but system calls. */
static void set_up(gpointer data) {
  const Setup *setup = data;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != setup->parent)
    _exit(1);
  setpgid(0, 0);
  if (nice(setup->steps) == -1) {
    /* as it is, then */
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

/* `most_bytes` of its output are kept; 0: it goes nowhere. */
static Background *start(const char *const *argv, char **environment, int steps, gsize most_bytes, GError **error) {
  g_autoptr(Background) background = g_new0(Background, 1);
  background->said_fd = -1;
  background->output_fd = -1;
  background->said = g_string_new("");
  background->output = g_string_new("");
  background->most_bytes = most_bytes;
  background->start_us = clock_monotonic_us();
  Setup setup = {steps, getpid()};
  g_autoptr(GError) why = NULL;
  /* No /dev/null for us to open: GLib gives the child its own. */
  GSpawnFlags flags =
      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH | (most_bytes == 0 ? G_SPAWN_STDOUT_TO_DEV_NULL : 0);
  if (!g_spawn_async_with_pipes(NULL, (char **)argv, environment, flags, set_up, &setup, &background->pid, NULL,
                                most_bytes > 0 ? &background->output_fd : NULL, &background->said_fd, &why)) {
    bool missing = g_error_matches(why, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT);
    g_set_error(error, CARNET_ERROR, missing ? CARNET_ERROR_INPUT : CARNET_ERROR_SYSTEM, "%s", why->message);
    return NULL;
  }
  fcntl(background->said_fd, F_SETFL, O_NONBLOCK);
  if (background->output_fd >= 0)
    fcntl(background->output_fd, F_SETFL, O_NONBLOCK);
  return g_steal_pointer(&background);
}

/* Returns (g_ptr_array_unref): borrows `arguments`. */
static GPtrArray *ourselves(const char *const *arguments) {
  GPtrArray *argv = g_ptr_array_new();
  g_ptr_array_add(argv, (gpointer) "/proc/self/exe");
  for (; *arguments; arguments++)
    g_ptr_array_add(argv, (gpointer)*arguments);
  g_ptr_array_add(argv, NULL);
  return argv;
}

/* Without the password, which they read for themselves; and it goes on where our clock stands. */
static char **its_environment(void) {
  char **environment = g_environ_unsetenv(g_get_environ(), "CARNET_ICECAST_PASSWORD");
  if (g_environ_getenv(environment, "CARNET_NOW")) {
    g_autofree char *now = instant_format(clock_now_us());
    environment = g_environ_setenv(environment, "CARNET_NOW", now, TRUE);
  }
  return environment;
}

static char **with(char **environment, const char *const *more) {
  for (; *more; more++) {
    const char *equals = strchr(*more, '=');
    g_autofree char *name = g_strndup(*more, (gsize)(equals - *more));
    environment = g_environ_setenv(environment, name, equals + 1, TRUE);
  }
  return environment;
}

Background *background_start(const char *const *arguments, int steps, GError **error) {
  g_autoptr(GPtrArray) argv = ourselves(arguments);
  g_auto(GStrv) environment = its_environment();
  return start((const char *const *)argv->pdata, environment, steps, 0, error);
}

Background *background_start_heard(const char *const *arguments, const char *const *environment, gsize most_bytes,
                                   GError **error) {
  g_autoptr(GPtrArray) argv = ourselves(arguments);
  g_auto(GStrv) all = with(its_environment(), environment);
  return start((const char *const *)argv->pdata, all, 0, most_bytes, error);
}

Background *background_start_program(const char *const *argv, const char *const *environment, GError **error) {
  g_auto(GStrv) all = with(g_environ_unsetenv(g_get_environ(), "CARNET_ICECAST_PASSWORD"), environment);
  return start(argv, all, 0, 0, error);
}

const GString *background_output(const Background *background) {
  return background->output;
}

static void listen_to(Background *background) {
  char bytes[4096];
  for (ssize_t n; background->output_fd >= 0 && (n = read(background->output_fd, bytes, sizeof bytes)) > 0;)
    g_string_append_len(
        background->output, bytes,
        (gssize)MIN((gsize)n, background->most_bytes - MIN(background->most_bytes, background->output->len)));
  for (ssize_t n; background->said_fd >= 0 && (n = read(background->said_fd, bytes, sizeof bytes)) > 0;) {
    g_string_append_len(background->said, bytes, n);
    if (background->said->len > SAID_MOST)
      g_string_erase(background->said, 0, (gssize)(background->said->len - SAID_MOST));
  }
}

/* The last line that says something, without our own name before it. Returns (g_free). */
static char *last_words(const Background *background) {
  g_auto(GStrv) lines = g_strsplit(background->said->str, "\n", -1);
  const char *last = NULL;
  for (guint i = 0; lines[i]; i++)
    last = *g_strstrip(lines[i]) ? lines[i] : last;
  if (!last && WIFSIGNALED(background->status))
    return g_strdup_printf(_("ended by signal %d"), WTERMSIG(background->status));
  if (!last)
    return g_strdup_printf(_("ended with status %d"), WEXITSTATUS(background->status));
  g_autofree char *valid = text_printable(last);
  return g_strdup(g_str_has_prefix(valid, "carnet: ") ? valid + strlen("carnet: ") : valid);
}

bool background_ended(Background *background, char **why) {
  *why = NULL;
  listen_to(background);
  if (background->pid) {
    pid_t pid = waitpid(background->pid, &background->status, WNOHANG);
    if (pid == 0 || (pid < 0 && errno == EINTR))
      return false;
    background->pid = 0;
    background->took_us = clock_monotonic_us() - background->start_us;
    listen_to(background);
  }
  bool good = WIFEXITED(background->status) && WEXITSTATUS(background->status) == 0;
  *why = good ? NULL : last_words(background);
  return true;
}

gint64 background_took_us(const Background *background) {
  return background->pid ? clock_monotonic_us() - background->start_us : background->took_us;
}

/* Its own children end with its group. */
static void end(Background *background) {
  kill(background->pid, SIGTERM);
  for (gint64 until_us = clock_monotonic_us() + GRACE_US; clock_monotonic_us() < until_us; g_usleep(2000))
    if (waitpid(background->pid, &background->status, WNOHANG) == background->pid) {
      background->pid = 0;
      return;
    }
  kill(-background->pid, SIGKILL);
  waitpid(background->pid, &background->status, 0);
  background->pid = 0;
}

void background_free(Background *background) {
  if (!background)
    return;
  if (background->pid)
    end(background);
  if (background->said_fd >= 0)
    close(background->said_fd);
  if (background->output_fd >= 0)
    close(background->output_fd);
  g_string_free(background->said, TRUE);
  g_string_free(background->output, TRUE);
  g_free(background);
}
