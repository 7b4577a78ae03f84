/* A command on a small machine: within MIB COMMAND…  runs it, and all that it starts,
 * on one processor and in MIB of memory. On standard output:
 *
 *   peak_mib 71.3            the most that all its processes held at one moment, looked at every 10 ms:
 *                            what each has for itself (proc(5), smaps_rollup: Pss_Anon, Pss_Shmem)
 *                            and, once, the program and its libraries
 *   held_by cgroup v2        or "cgroup v1" (the kernel refuses more); or "watching": where no group can
 *                            be made, what exceeds the limit is killed as soon as it is seen
 *   processor_s 3.21         processor time
 *
 * The command's own output goes to standard error; its exit status is ours. */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PROCESSES 8192
#define LOOK_MS 10

typedef struct {
  const char *name, *root, *limit, *swap; /* of the kernel's files; swap may be missing */
} Kind;

static const Kind kinds[] = {
    {"cgroup v2", "/sys/fs/cgroup", "memory.max", "memory.swap.max"},
    {"cgroup v1", "/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.memsw.limit_in_bytes"},
};

static char group[128]; /* the folder of ours, "" when there is none */

static bool put(const char *file, const char *text) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", group, file);
  FILE *out = fopen(path, "r+e"); /* never makes one: not every folder of that name is the kernel's */
  bool ok = out && fputs(text, out) >= 0;
  return out && fclose(out) == 0 && ok;
}

/* A group of our own with the limit, which `pid` is in; NULL where there can be none. */
static const char *hold(pid_t pid, long mib) {
  char bytes[32], number[32];
  snprintf(bytes, sizeof bytes, "%ld", mib << 20);
  snprintf(number, sizeof number, "%d", (int)pid);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    snprintf(group, sizeof group, "%s/carnet-within-%d", kinds[i].root, (int)getpid());
    if (mkdir(group, 0755) == 0) {
      bool held = put(kinds[i].limit, bytes);
      if (held && !put(kinds[i].swap, i == 0 ? "0" : bytes))
        fprintf(stderr, "within: swap is not limited\n");
      if (held && put("cgroup.procs", number))
        return kinds[i].name;
      rmdir(group);
    }
  }
  group[0] = '\0';
  return NULL;
}

/* --- watching ---------------------------------------------------------------- */

static int processes[PROCESSES], parents[PROCESSES], n_processes;

static void list_processes(void) {
  DIR *proc = opendir("/proc");
  n_processes = 0;
  for (struct dirent *entry; proc && n_processes < PROCESSES && (entry = readdir(proc)) != NULL;) {
    char path[300], line[512];
    if (!isdigit((unsigned char)entry->d_name[0]))
      continue;
    snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
    FILE *file = fopen(path, "re");
    char *end = file && fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL; /* a name may hold anything */
    if (end && sscanf(end + 1, " %*c %d", &parents[n_processes]) == 1)
      processes[n_processes++] = atoi(entry->d_name);
    if (file)
      fclose(file);
  }
  if (proc)
    closedir(proc);
}

static bool descends(int process, int from) {
  for (int depth = 0; depth < 64 && process > 1; depth++) {
    if (process == from)
      return true;
    int parent = 0;
    for (int i = 0; i < n_processes; i++)
      if (processes[i] == process)
        parent = parents[i];
    process = parent;
  }
  return false;
}

/* The sum of the lines of /proc/PROCESS/FILE that begin with one of `names`. */
static double kib_of(int process, const char *file, const char *const *names) {
  char path[64], line[256];
  double sum = 0;
  snprintf(path, sizeof path, "/proc/%d/%s", process, file);
  FILE *in = fopen(path, "re");
  while (in && fgets(line, sizeof line, in))
    for (const char *const *name = names; *name; name++)
      if (strncmp(line, *name, strlen(*name)) == 0)
        sum += atof(line + strlen(*name));
  if (in)
    fclose(in);
  return sum;
}

/* What `pid` and all below it hold; above `most_mib` (0: no matter) they are killed. */
static double look(pid_t pid, double most_mib) {
  static const char *const own[] = {"Pss_Anon:", "Pss_Shmem:", NULL}, *const mapped[] = {"RssFile:", NULL};
  double alone = 0, shared = 0;
  list_processes();
  for (int i = 0; i < n_processes; i++)
    if (descends(processes[i], pid)) {
      double files = kib_of(processes[i], "status", mapped);
      alone += kib_of(processes[i], "smaps_rollup", own);
      shared = files > shared ? files : shared;
    }
  double sum_mib = (alone + shared) / 1024;
  for (int i = 0; most_mib > 0 && sum_mib > most_mib && i < n_processes; i++)
    if (descends(processes[i], pid))
      kill(processes[i], SIGKILL);
  return sum_mib;
}

/* --- the command -------------------------------------------------------------- */

static void one_processor(void) {
  cpu_set_t may, one;
  CPU_ZERO(&one);
  sched_getaffinity(0, sizeof may, &may);
  for (size_t i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; i++)
    if (CPU_ISSET(i, &may))
      CPU_SET(i, &one);
  sched_setaffinity(0, sizeof one, &one);
}

static pid_t start(char **command, int go[2]) {
  pid_t pid = fork();
  if (pid != 0)
    return pid;
  char byte;
  close(go[1]);
  one_processor();
  dup2(STDERR_FILENO, STDOUT_FILENO);
  if (read(go[0], &byte, 1) == 1)
    execvp(command[0], command);
  perror(command[0]);
  _exit(127);
}

int main(int argc, char **argv) {
  long mib = argc > 2 ? atol(argv[1]) : 0;
  int go[2], status = 0;
  if (mib <= 0 || pipe2(go, 0) != 0) {
    fprintf(stderr, "usage: within MIB COMMAND...\n");
    return 2;
  }
  prctl(PR_SET_CHILD_SUBREAPER, 1); /* what outlives the command is found and waited for too */
  pid_t pid = start(argv + 2, go);
  const char *held = pid > 0 ? hold(pid, mib) : NULL;
  if (pid < 0 || write(go[1], "g", 1) != 1) {
    perror("within");
    return 1;
  }
  double peak_mib = 0;
  while (waitpid(pid, &status, WNOHANG) == 0) {
    double now_mib = look(pid, held ? 0 : (double)mib);
    peak_mib = now_mib > peak_mib ? now_mib : peak_mib;
    nanosleep(&(struct timespec){.tv_nsec = LOOK_MS * 1000000}, NULL);
  }
  while (wait(NULL) > 0)
    continue;
  struct rusage usage;
  getrusage(RUSAGE_CHILDREN, &usage);
  printf("peak_mib %.1f\nheld_by %s\nprocessor_s %.2f\n", peak_mib, held ? held : "watching",
         (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
             (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6);
  if (group[0] && rmdir(group) != 0)
    perror(group);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
