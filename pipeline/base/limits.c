#include "base/limits.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void limit(__rlimit_resource_t resource, rlim_t soft, rlim_t hard) {
  struct rlimit both = {soft, hard};
  setrlimit(resource, &both);
}

/* A sanitizer maps terabytes: an address-space limit means nothing there. */
#if defined(__SANITIZE_ADDRESS__)
#define SHADOW_MEMORY 1
#elif defined(__has_feature)
#define SHADOW_MEMORY __has_feature(address_sanitizer)
#else
#define SHADOW_MEMORY 0
#endif

/* From /proc/self/statm's first number (pages). */
guint64 limits_address_space(void) {
  char text[64] = "";
  int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  ssize_t n = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;
  if (fd >= 0)
    close(fd);
  text[n > 0 ? n : 0] = '\0';
  return (guint64)strtoul(text, NULL, 10) * (guint64)sysconf(_SC_PAGESIZE);
}

void limits_apply(const NurseryLimits *limits, guint64 has_bytes) {
  rlim_t most_memory = (rlim_t)(has_bytes + limits->memory_bytes);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  limit(RLIMIT_CORE, 0, 0);
  if (limits->memory_bytes && !SHADOW_MEMORY)
    limit(RLIMIT_AS, most_memory, most_memory);
  if (limits->output_bytes)
    limit(RLIMIT_FSIZE, (rlim_t)limits->output_bytes, (rlim_t)limits->output_bytes);
  /* At the hard limit the kernel sends SIGKILL, which says nothing: SIGXCPU comes a second before. */
  if (limits->cpu_seconds)
    limit(RLIMIT_CPU, (rlim_t)limits->cpu_seconds, (rlim_t)limits->cpu_seconds + 1);
  if (limits->open_files)
    limit(RLIMIT_NOFILE, (rlim_t)limits->open_files, (rlim_t)limits->open_files);
  if (limits->alone)
    limit(RLIMIT_NPROC, 0, 0); /* the kernel does not hold root to it */
}

/* Without close_range (before Linux 5.9, or under an old sandbox) one after another. */
void limits_close_from(int first, bool on_exec) {
  if (syscall(SYS_close_range, (unsigned)first, ~0U, on_exec ? CLOSE_RANGE_CLOEXEC : 0) == 0)
    return;
  struct rlimit most = {.rlim_cur = 1024};
  getrlimit(RLIMIT_NOFILE, &most);
  for (int fd = first; fd < (int)MIN(most.rlim_cur, 65536); fd++) {
    if (on_exec)
      (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    else
      close(fd);
  }
}

void limits_reset_signals(void) {
  struct sigaction plain = {.sa_handler = SIG_DFL};
  sigset_t none;
  for (int number = 1; number < NSIG; number++)
    sigaction(number, &plain, NULL);
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

int limits_wait(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0)
    if (errno != EINTR)
      return 255 << 8; /* somebody else reaped it: how it ended is lost, which is no success */
  return status;
}

bool limits_has_ended(pid_t pid) {
  siginfo_t info = {0};
  return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == pid;
}

char *limits_ending(int wait_status) {
  if (!WIFSIGNALED(wait_status))
    return NULL;
  const char *name = sigabbrev_np(WTERMSIG(wait_status));
  switch (WTERMSIG(wait_status)) {
    case SIGXCPU:
      return g_strdup(_("used too much processor time"));
    case SIGXFSZ:
      return g_strdup(_("wrote too much"));
    default:
      return name ? g_strdup_printf(_("crashed (SIG%s)"), name)
                  : g_strdup_printf(_("crashed (signal %d)"), WTERMSIG(wait_status));
  }
}
