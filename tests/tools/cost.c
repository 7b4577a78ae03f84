/* What a command costs: cost COMMAND…  →  "WALL_S CPU_S PEAK_MIB DISK_MIB WRITTEN_MIB", on standard output.
 *
 * CPU is the command's and that of all it waited for; PEAK is the largest resident
 * set among these processes (wait4). DISK is what they gave to the disk, less what
 * was deleted before it got there; WRITTEN what they handed to write(2), pipes and
 * terminals included (proc(5), /proc/PID/io, which Linux adds up over all that were
 * waited for). The command's own output goes to standard error; its exit status is ours. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  double disk_mib, written_mib;
} Written;

static double now_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t) {
  return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* Ours and that of the children that we have waited for; zeros where the kernel does not count. */
static Written written(void) {
  FILE *file = fopen("/proc/self/io", "re");
  double disk = 0, cancelled = 0, all = 0, value = 0;
  char name[40];
  while (file && fscanf(file, "%39[^:]: %lf ", name, &value) == 2) {
    disk = strcmp(name, "write_bytes") == 0 ? value : disk;
    cancelled = strcmp(name, "cancelled_write_bytes") == 0 ? value : cancelled;
    all = strcmp(name, "wchar") == 0 ? value : all;
  }
  if (file)
    fclose(file);
  return (Written){(disk - cancelled) / (1 << 20), all / (1 << 20)};
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
  Written io = written();
  printf("%.3f %.3f %.1f %.2f %.2f\n", now_s() - start_s, seconds(usage.ru_utime) + seconds(usage.ru_stime),
         (double)usage.ru_maxrss / 1024, io.disk_mib, io.written_mib);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
