#include "base/limits.h"

#include "base/i18n.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void limit(__rlimit_resource_t resource, rlim_t value) {
  struct rlimit both = {value, value};
  setrlimit(resource, &both);
}

#if defined(__SANITIZE_ADDRESS__)
#define SHADOW_MEMORY 1 /* the sanitizer maps terabytes: an address-space limit means nothing */
#else
#define SHADOW_MEMORY 0
#endif

/* Address space in use now, from /proc/self/statm's first number (pages). */
static rlim_t address_space_now(void) {
  char text[64] = "";
  int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  ssize_t n = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;
  if (fd >= 0)
    close(fd);
  text[n > 0 ? n : 0] = '\0';
  return (rlim_t)strtoul(text, NULL, 10) * (rlim_t)sysconf(_SC_PAGESIZE);
}

void limits_apply(const NurseryLimits *limits) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  limit(RLIMIT_CORE, 0);
  if (limits->memory_bytes && !SHADOW_MEMORY)
    limit(RLIMIT_AS, address_space_now() + (rlim_t)limits->memory_bytes);
  if (limits->output_bytes)
    limit(RLIMIT_FSIZE, (rlim_t)limits->output_bytes);
  if (limits->cpu_seconds)
    limit(RLIMIT_CPU, (rlim_t)limits->cpu_seconds);
  if (limits->open_files)
    limit(RLIMIT_NOFILE, (rlim_t)limits->open_files);
}

char *limits_ending(int wait_status) {
  if (!WIFSIGNALED(wait_status))
    return NULL;
  switch (WTERMSIG(wait_status)) {
  case SIGXCPU:
    return g_strdup(_("used too much processor time"));
  case SIGXFSZ:
    return g_strdup(_("wrote too much"));
  default:
    return g_strdup_printf(_("crashed (SIG%s)"), sigabbrev_np(WTERMSIG(wait_status)));
  }
}
