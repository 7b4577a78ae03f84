/* What a command costs: cost COMMAND…  →  "WALL_S CPU_S PEAK_MIB", on standard output.
 *
 * CPU is the command's and that of all it waited for; PEAK is the largest resident
 * set among these processes (wait4). The command's own output goes to standard
 * error; its exit status is ours. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t) {
  return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: cost COMMAND...\n");
    return 2;
  }
  double start_s = now_s();
  pid_t pid = fork();
  if (pid == 0) {
    dup2(STDERR_FILENO, STDOUT_FILENO);
    execvp(argv[1], argv + 1);
    perror(argv[1]);
    _exit(127);
  }
  int status = 0;
  struct rusage usage;
  if (pid < 0 || wait4(pid, &status, 0, &usage) < 0) {
    perror("cost");
    return 1;
  }
  printf("%.3f %.3f %.1f\n", now_s() - start_s, seconds(usage.ru_utime) + seconds(usage.ru_stime),
         (double)usage.ru_maxrss / 1024);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
