/* What a child must not be able to do, tried for real. Each attack is a
 * function that returns 0 when it got through, else errno; the same function
 * is run without a sandbox first, so that a refusal is the sandbox's. */
#ifndef CARNET_TEST_BASE_ATTACKS_H
#define CARNET_TEST_BASE_ATTACKS_H

#include "base_folder.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/io_uring.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* A station with its secrets, two servers that listen, and a process to be fallen upon. */
typedef struct {
  char *folder, *station, *logbook, *password, *outside, *unix_path;
  int tcp, local, abstract;
  in_port_t tcp_port;
  struct sockaddr_un abstract_name;
  pid_t victim;
  char secret[16]; /* in the victim's memory, at the same address as in ours */
} Target;

static Target target;

static int listen_on(int family, const void *address, socklen_t nbytes) {
  int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint(fd, >=, 0);
  g_assert_cmpint(bind(fd, address, nbytes), ==, 0);
  g_assert_cmpint(listen(fd, 8), ==, 0);
  return fd;
}

static void target_listen(void) {
  struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t nbytes = sizeof any;
  target.tcp = listen_on(AF_INET, &any, sizeof any);
  g_assert_cmpint(getsockname(target.tcp, (struct sockaddr *)&any, &nbytes), ==, 0);
  target.tcp_port = any.sin_port;
  struct sockaddr_un path = {.sun_family = AF_UNIX};
  g_strlcpy(path.sun_path, target.unix_path, sizeof path.sun_path);
  target.local = listen_on(AF_UNIX, &path, sizeof path);
  target.abstract_name.sun_family = AF_UNIX;
  g_snprintf(target.abstract_name.sun_path + 1, sizeof target.abstract_name.sun_path - 1, "carnet-%d", (int)getpid());
  target.abstract = listen_on(AF_UNIX, &target.abstract_name, sizeof target.abstract_name);
}

static void target_new(void) {
  target.folder = folder_of_test();
  target.station = g_build_filename(target.folder, "station", NULL);
  target.logbook = g_build_filename(target.station, "logbook.sqlite", NULL);
  target.password = g_build_filename(target.station, "icecast.password", NULL);
  target.outside = g_build_filename(target.folder, "outside", NULL);
  target.unix_path = g_build_filename(target.folder, "socket", NULL);
  g_assert_cmpint(g_mkdir(target.station, 0700), ==, 0);
  g_assert_true(file_write(target.logbook, "entries", 7, 0600, NULL));
  g_assert_true(file_write(target.password, "hackme", 6, 0600, NULL));
  g_strlcpy(target.secret, "in memory", sizeof target.secret);
  target_listen();
  target.victim = fork();
  if (target.victim == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;)
      pause();
  }
}

static void target_free(void) {
  kill(target.victim, SIGKILL);
  g_assert_cmpint(waitpid(target.victim, NULL, 0), ==, target.victim);
  close(target.tcp);
  close(target.local);
  close(target.abstract);
  remove_folder(target.folder);
  g_free(target.station);
  g_free(target.logbook);
  g_free(target.password);
  g_free(target.outside);
  g_free(target.unix_path);
}

/* --- the attacks ------------------------------------------------------------------ */

static int outcome(bool ok) {
  return ok ? 0 : errno ? errno : EIO;
}

static int read_a_byte(const char *path) {
  char byte;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  bool ok = fd >= 0 && read(fd, &byte, 1) == 1;
  int result = outcome(ok);
  if (fd >= 0)
    close(fd);
  return result;
}

static int read_logbook(void) {
  return read_a_byte(target.logbook);
}

static int read_password(void) {
  return read_a_byte(target.password);
}

static int read_accounts(void) {
  return read_a_byte("/etc/passwd");
}

static int read_environment_of_other(void) {
  g_autofree char *path = g_strdup_printf("/proc/%d/environ", (int)target.victim);
  return read_a_byte(path);
}

static int list_station(void) {
  int fd = open(target.station, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return outcome(fd >= 0 && close(fd) == 0);
}

static int write_logbook(void) {
  int fd = open(target.logbook, O_WRONLY | O_APPEND | O_CLOEXEC);
  return outcome(fd >= 0 && write(fd, "x", 1) == 1 && close(fd) == 0);
}

static int write_outside(void) {
  int fd = open(target.outside, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  return outcome(fd >= 0 && close(fd) == 0);
}

static int empty_logbook(void) {
  return outcome(truncate(target.logbook, 7) == 0); /* to the length that it has: the right is the same */
}

static int open_password_to_all(void) {
  return outcome(chmod(target.password, 0600) == 0); /* the mode that it has */
}

static int make_folder(void) {
  g_autofree char *path = g_build_filename(target.station, "x", NULL);
  return outcome(g_mkdir(path, 0700) == 0 && rmdir(path) == 0);
}

static int move_logbook(void) {
  g_autofree char *path = g_strconcat(target.logbook, ".moved", NULL);
  return outcome(rename(target.logbook, path) == 0 && rename(path, target.logbook) == 0);
}

static int link_to_password(void) {
  g_autofree char *path = g_strconcat(target.password, ".link", NULL);
  return outcome(link(target.password, path) == 0 && unlink(path) == 0);
}

static int connect_to(int family, const void *address, socklen_t nbytes) {
  int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int result = outcome(fd >= 0 && connect(fd, address, nbytes) == 0);
  if (fd >= 0)
    close(fd);
  return result;
}

static int connect_by_tcp(void) {
  struct sockaddr_in there = {
      .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = target.tcp_port};
  return connect_to(AF_INET, &there, sizeof there);
}

static int connect_by_path(void) {
  struct sockaddr_un there = {.sun_family = AF_UNIX};
  g_strlcpy(there.sun_path, target.unix_path, sizeof there.sun_path);
  return connect_to(AF_UNIX, &there, sizeof there);
}

static int connect_by_abstract_name(void) {
  return connect_to(AF_UNIX, &target.abstract_name, sizeof target.abstract_name);
}

static int send_a_datagram(void) {
  struct sockaddr_in there = {
      .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = target.tcp_port};
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  return outcome(fd >= 0 && sendto(fd, "x", 1, 0, (struct sockaddr *)&there, sizeof there) == 1);
}

static int wait_for_calls(void) {
  struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  return outcome(fd >= 0 && bind(fd, (struct sockaddr *)&any, sizeof any) == 0 && listen(fd, 1) == 0);
}

static int signal_victim(void) {
  return outcome(kill(target.victim, 0) == 0);
}

static int signal_victims_thread(void) {
  return outcome(syscall(SYS_tgkill, target.victim, target.victim, 0) == 0);
}

static int queue_signal(void) {
  union sigval none = {0};
  return outcome(sigqueue(target.victim, 0, none) == 0);
}

static int trace_victim(void) {
  long seized = ptrace(PTRACE_SEIZE, target.victim, NULL, NULL);
  return outcome(seized == 0);
}

static int read_victims_memory(void) {
  char copy[sizeof target.secret];
  struct iovec here = {copy, sizeof copy}, there = {target.secret, sizeof copy};
  return outcome(process_vm_readv(target.victim, &here, 1, &there, 1, 0) == sizeof copy);
}

static int open_victims_memory(void) {
  g_autofree char *path = g_strdup_printf("/proc/%d/mem", (int)target.victim);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  return outcome(fd >= 0 && close(fd) == 0);
}

static int share_memory(void) {
  int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
  return outcome(id >= 0 && shmctl(id, IPC_RMID, NULL) == 0);
}

static int go_by_io_uring(void) {
  struct io_uring_params params = {0};
  int fd = (int)syscall(SYS_io_uring_setup, 2, &params);
  return outcome(fd >= 0 && close(fd) == 0);
}

static int make_namespace(void) {
  return outcome(unshare(CLONE_NEWUSER) == 0);
}

/* The shell ends with 0 itself: then it was executed. */
static int execute_shell(void) {
  execl("/bin/sh", "sh", "-c", "exit 0", NULL);
  return outcome(false);
}

typedef enum { WALL_LANDLOCK, WALL_SECCOMP } Wall;

/* The wall that is enough alone. */
static const struct {
  const char *name;
  int (*run)(void);
  Wall wall;
} attacks[] = {
    {"read the logbook", read_logbook, WALL_LANDLOCK},
    {"read icecast.password", read_password, WALL_LANDLOCK},
    {"read /etc/passwd", read_accounts, WALL_LANDLOCK},
    {"read another's environment", read_environment_of_other, WALL_LANDLOCK},
    {"list the station's folder", list_station, WALL_LANDLOCK},
    {"write in the logbook", write_logbook, WALL_SECCOMP},
    {"make a file outside", write_outside, WALL_SECCOMP},
    {"cut the logbook", empty_logbook, WALL_SECCOMP},
    {"change the password's mode", open_password_to_all, WALL_SECCOMP},
    {"make a folder", make_folder, WALL_SECCOMP},
    {"move the logbook", move_logbook, WALL_SECCOMP},
    {"link to the password", link_to_password, WALL_SECCOMP},
    {"connect by TCP", connect_by_tcp, WALL_SECCOMP},
    {"connect to a path", connect_by_path, WALL_SECCOMP},
    {"connect to an abstract name", connect_by_abstract_name, WALL_SECCOMP},
    {"send a datagram", send_a_datagram, WALL_SECCOMP},
    {"listen", wait_for_calls, WALL_SECCOMP},
    {"trace another process", trace_victim, WALL_SECCOMP},
    {"read another's memory", read_victims_memory, WALL_SECCOMP},
    {"open another's memory", open_victims_memory, WALL_LANDLOCK},
    {"share memory", share_memory, WALL_SECCOMP},
    {"go by io_uring", go_by_io_uring, WALL_SECCOMP},
    {"make a namespace", make_namespace, WALL_SECCOMP},
    {"execute a shell", execute_shell, WALL_SECCOMP},
};

/* Only where a job is entered: a nursery must signal its children. */
static const struct {
  const char *name;
  int (*run)(void);
} job_attacks[] = {
    {"signal another process", signal_victim},
    {"signal its thread", signal_victims_thread},
    {"queue it a signal", queue_signal},
};

#endif
