#include "base/sandbox.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- Landlock (Linux 5.13; Documentation/userspace-api/landlock.rst) ------------------- */

/* Debian 12's header is older than its newer kernels: what it does not name. */
#define ACCESS_TRUNCATE (1ull << 14)
#define ACCESS_IOCTL_DEV (1ull << 15)
#define NET_BIND_AND_CONNECT 3ull
#define SCOPE_ABSTRACT_SOCKET_AND_SIGNAL 3ull

#define ACCESS_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define ACCESS_OF_FILES                                                                                                \
  (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE | ACCESS_TRUNCATE |       \
   ACCESS_IOCTL_DEV)
#define ACCESS_DEVICE                                                                                                  \
  (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE | ACCESS_IOCTL_DEV)
#define ACCESS_WRITE                                                                                                   \
  (ACCESS_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE | LANDLOCK_ACCESS_FS_REFER |                          \
   LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |                      \
   LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SOCK |                         \
   LANDLOCK_ACCESS_FS_MAKE_SYM)

/* A kernel takes a longer one than it knows when what it does not know is 0. */
typedef struct {
  guint64 fs, net, scoped;
} RulesetAttr;

/* What a program needs of the system that is no secret: no /etc/passwd, no home, no /run. */
static const char *const system_paths[] = {
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/opt",
    "/nix/store",
    "/gnu/store",
    "/proc",
    "/sys/devices",
    "/sys/fs/cgroup",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/ld.so.preload",
    "/etc/alternatives",
    "/etc/localtime",
    "/etc/timezone",
    "/etc/locale.alias",
    "/etc/fonts",
    "/etc/python3",
    "/etc/java",
    "/etc/perl",
    "/etc/mime.types",
    "/etc/asound.conf",
};
static const char *const network_paths[] = {
    "/etc/hosts",           "/etc/resolv.conf", "/etc/nsswitch.conf",   "/etc/gai.conf",
    "/etc/host.conf",       "/etc/services",    "/etc/protocols",       "/etc/ssl",
    "/etc/ca-certificates", "/etc/pki",         "/run/systemd/resolve", "/run/NetworkManager/resolv.conf",
    "/run/resolvconf",
};
static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};

static int landlock_abi(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version > 0 ? (int)version : 0;
}

/* All that this kernel can forbid; `network` is left to those who have it. */
static RulesetAttr handled_by(int abi, bool network) {
  guint64 fs = (1ull << 13) - 1; /* the thirteen of the first version */
  fs |= abi >= 2 ? LANDLOCK_ACCESS_FS_REFER : 0;
  fs |= abi >= 3 ? ACCESS_TRUNCATE : 0;
  fs |= abi >= 5 ? ACCESS_IOCTL_DEV : 0;
  return (RulesetAttr){
      .fs = fs,
      .net = abi >= 4 && !network ? NET_BIND_AND_CONNECT : 0,
      .scoped = abi >= 6 ? SCOPE_ABSTRACT_SOCKET_AND_SIGNAL : 0,
  };
}

typedef struct {
  int fd;
  guint64 handled;
  char *hides; /* resolved; may be NULL */
} Ruleset;

static void add_rule(const Ruleset *ruleset, const char *path, guint64 access) {
  int fd = open(path, O_PATH | O_CLOEXEC);
  struct stat status;
  if (fd >= 0 && fstat(fd, &status) == 0) {
    guint64 possible = S_ISDIR(status.st_mode) ? ruleset->handled : ruleset->handled & ACCESS_OF_FILES;
    struct landlock_path_beneath_attr rule = {.allowed_access = access & possible, .parent_fd = fd};
    (void)syscall(SYS_landlock_add_rule, ruleset->fd, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  }
  if (fd >= 0)
    close(fd);
}

static bool is_at_or_below(const char *path, const char *folder) {
  gsize n = strlen(folder);
  return strncmp(path, folder, n) == 0 && (path[n] == '\0' || path[n] == '/' || n == 1);
}

/* A folder above the hidden one is allowed entry by entry, all but that one. */
static void allow(const Ruleset *ruleset, const char *path, guint64 access) {
  g_autofree char *real = realpath(path, NULL);
  if (!real)
    return;
  if (!ruleset->hides || !is_at_or_below(ruleset->hides, real)) {
    add_rule(ruleset, real, access);
    return;
  }
  g_autoptr(GDir) dir = strcmp(ruleset->hides, real) != 0 ? g_dir_open(real, 0, NULL) : NULL;
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    g_autofree char *entry = g_build_filename(real, name, NULL);
    if (!g_file_test(entry, G_FILE_TEST_IS_SYMLINK)) /* it leads where `reads` may, or may not, */
      allow(ruleset, entry, access);
  }
}

static void allow_programs(const Ruleset *ruleset, bool network) {
  guint64 access = ACCESS_READ | LANDLOCK_ACCESS_FS_EXECUTE;
  for (gsize i = 0; i < G_N_ELEMENTS(system_paths); i++)
    allow(ruleset, system_paths[i], access);
  for (gsize i = 0; network && i < G_N_ELEMENTS(network_paths); i++)
    allow(ruleset, network_paths[i], ACCESS_READ);
  for (gsize i = 0; i < G_N_ELEMENTS(devices); i++)
    add_rule(ruleset, devices[i], ACCESS_DEVICE);
}

/* The descriptor of a ruleset; -1: this kernel has none. */
static int ruleset_of(const SandboxRights *rights) {
  int abi = landlock_abi();
  RulesetAttr attr = handled_by(abi, rights->network);
  int fd = abi > 0 ? (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0) : -1;
  if (fd < 0)
    return -1;
  g_autofree char *hides = rights->hides ? realpath(rights->hides, NULL) : NULL;
  Ruleset ruleset = {fd, attr.fs, hides};
  guint64 access = ACCESS_READ | (rights->programs ? LANDLOCK_ACCESS_FS_EXECUTE : 0);
  for (const char *const *path = rights->reads; path && *path; path++)
    allow(&ruleset, *path, access);
  if (rights->writes)
    add_rule(&ruleset, rights->writes, ACCESS_WRITE);
  if (rights->programs)
    allow_programs(&ruleset, rights->network);
#ifdef CARNET_COVERAGE /* tests/coverage.sh: a child's counters */
  add_rule(&ruleset, CARNET_COVERAGE, ACCESS_WRITE);
#endif
  return fd;
}

/* --- seccomp ----------------------------------------------------------------------------- */

enum {
  FOR_ALL = 1,      /* speaking, decoding, programs */
  FOR_STRICT = 2,   /* speaking and decoding: nothing is opened for writing, executed or connected */
  FOR_OFFLINE = 4,  /* all but a program that may use the network */
  FOR_PROGRAMS = 8, /* they have no job of their own to enter */
  FOR_JOB = 16,
  FOR_CHILDLESS = 32,
};

/* By name: libseccomp knows the numbers, and leaves out what a machine does not have. */
/* clang-format off */
static const struct {
  const char *name;
  unsigned when;
} forbidden[] = {
  /* the network */
  {"socket", FOR_OFFLINE}, {"connect", FOR_OFFLINE}, {"bind", FOR_OFFLINE}, {"socketpair", FOR_STRICT},
  {"listen", FOR_ALL}, {"accept", FOR_ALL}, {"accept4", FOR_ALL},
  /* other processes */
  {"ptrace", FOR_ALL}, {"process_vm_readv", FOR_ALL}, {"process_vm_writev", FOR_ALL}, {"process_madvise", FOR_ALL},
  {"process_mrelease", FOR_ALL}, {"kcmp", FOR_ALL}, {"pidfd_getfd", FOR_ALL}, {"pidfd_send_signal", FOR_ALL},
  {"migrate_pages", FOR_ALL}, {"move_pages", FOR_ALL},
  {"setsid", FOR_PROGRAMS | FOR_JOB}, {"setpgid", FOR_PROGRAMS | FOR_JOB}, /* what leaves its group outlives it */
  {"kill", FOR_JOB}, {"tkill", FOR_JOB}, {"rt_sigqueueinfo", FOR_JOB}, {"rt_tgsigqueueinfo", FOR_JOB},
  {"fork", FOR_CHILDLESS}, {"vfork", FOR_CHILDLESS}, {"clone", FOR_CHILDLESS}, {"clone3", FOR_CHILDLESS},
  /* other programs */
  {"execve", FOR_STRICT}, {"execveat", FOR_STRICT},
  /* ways round the other calls */
  {"io_uring_setup", FOR_ALL}, {"io_uring_enter", FOR_ALL}, {"io_uring_register", FOR_ALL},
  {"bpf", FOR_ALL}, {"perf_event_open", FOR_ALL}, {"userfaultfd", FOR_ALL}, {"modify_ldt", FOR_ALL},
  {"add_key", FOR_ALL}, {"keyctl", FOR_ALL}, {"request_key", FOR_ALL},
  {"name_to_handle_at", FOR_ALL}, {"open_by_handle_at", FOR_ALL},
  {"shmget", FOR_ALL}, {"shmat", FOR_ALL}, {"shmctl", FOR_ALL}, {"msgget", FOR_ALL}, {"msgsnd", FOR_ALL},
  {"msgrcv", FOR_ALL}, {"msgctl", FOR_ALL}, {"semget", FOR_ALL}, {"semop", FOR_ALL}, {"semctl", FOR_ALL},
  {"mq_open", FOR_ALL}, {"mq_unlink", FOR_ALL},
  /* the machine */
  {"mount", FOR_ALL}, {"umount", FOR_ALL}, {"umount2", FOR_ALL}, {"pivot_root", FOR_ALL}, {"chroot", FOR_ALL},
  {"move_mount", FOR_ALL}, {"open_tree", FOR_ALL}, {"fsopen", FOR_ALL}, {"fsconfig", FOR_ALL}, {"fsmount", FOR_ALL},
  {"fspick", FOR_ALL}, {"mount_setattr", FOR_ALL}, {"unshare", FOR_ALL}, {"setns", FOR_ALL},
  {"swapon", FOR_ALL}, {"swapoff", FOR_ALL}, {"reboot", FOR_ALL}, {"kexec_load", FOR_ALL},
  {"kexec_file_load", FOR_ALL}, {"init_module", FOR_ALL}, {"finit_module", FOR_ALL}, {"delete_module", FOR_ALL},
  {"quotactl", FOR_ALL}, {"quotactl_fd", FOR_ALL}, {"acct", FOR_ALL}, {"syslog", FOR_ALL},
  {"sethostname", FOR_ALL}, {"setdomainname", FOR_ALL}, {"iopl", FOR_ALL}, {"ioperm", FOR_ALL},
  {"settimeofday", FOR_ALL}, {"stime", FOR_ALL}, {"clock_settime", FOR_ALL}, {"clock_adjtime", FOR_ALL},
  {"adjtimex", FOR_ALL}, {"vhangup", FOR_ALL},
  /* what Landlock does not see */
  {"chmod", FOR_ALL}, {"fchmodat", FOR_ALL}, {"fchmodat2", FOR_ALL}, {"chown", FOR_ALL}, {"lchown", FOR_ALL},
  {"fchownat", FOR_ALL}, {"setxattr", FOR_ALL}, {"lsetxattr", FOR_ALL}, {"removexattr", FOR_ALL},
  {"lremovexattr", FOR_ALL}, {"fchmod", FOR_STRICT}, {"fchown", FOR_STRICT}, {"fsetxattr", FOR_STRICT},
  {"fremovexattr", FOR_STRICT}, {"utime", FOR_STRICT}, {"utimes", FOR_STRICT}, {"futimesat", FOR_STRICT},
  {"utimensat", FOR_STRICT},
  /* what Landlock sees where there is one */
  {"creat", FOR_STRICT}, {"truncate", FOR_STRICT}, {"unlink", FOR_STRICT}, {"unlinkat", FOR_STRICT},
  {"rename", FOR_STRICT}, {"renameat", FOR_STRICT}, {"renameat2", FOR_STRICT}, {"link", FOR_STRICT},
  {"linkat", FOR_STRICT}, {"symlink", FOR_STRICT}, {"symlinkat", FOR_STRICT}, {"mkdir", FOR_STRICT},
  {"mkdirat", FOR_STRICT}, {"rmdir", FOR_STRICT}, {"mknod", FOR_STRICT}, {"mknodat", FOR_STRICT},
};
/* clang-format on */

#define EVERYBODY 0xffffffffu /* kill(-1) */
#define OWN_PID 0x7ffffff0u   /* stands in the job's filter for a number known only in the job */

static const uint32_t refuse = SCMP_ACT_ERRNO(EPERM);

static void forbid(scmp_filter_ctx filter, const char *name, struct scmp_arg_cmp when) {
  int number = seccomp_syscall_resolve_name(name);
  if (number != __NR_SCMP_ERROR)
    (void)seccomp_rule_add(filter, refuse, number, 1, when);
}

/* Numbers of processes are 32 bits; what a register holds above them is chance. */
static void forbid_signals_to(scmp_filter_ctx filter, guint32 pid) {
  static const char *const calls[] = {"kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"};
  for (gsize i = 0; i < G_N_ELEMENTS(calls); i++)
    forbid(filter, calls[i], SCMP_A0(SCMP_CMP_MASKED_EQ, 0xffffffffu, pid));
}

static void forbid_opening_to_write(scmp_filter_ctx filter) {
#ifdef CARNET_COVERAGE
  return;
#endif
  static const unsigned flags[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};
  for (gsize i = 0; i < G_N_ELEMENTS(flags); i++) {
    forbid(filter, "open", SCMP_A1(SCMP_CMP_MASKED_EQ, flags[i], flags[i]));
    forbid(filter, "openat", SCMP_A2(SCMP_CMP_MASKED_EQ, flags[i], flags[i]));
  }
}

/* Calls whose flags lie in memory, where a filter cannot look: libc does without. */
static void pretend_missing(scmp_filter_ctx filter, const char *name) {
  int number = seccomp_syscall_resolve_name(name);
  if (number != __NR_SCMP_ERROR)
    (void)seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), number, 0);
}

static void forbid_by_argument(scmp_filter_ctx filter, unsigned when) {
  forbid(filter, "clone", SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER));
  if (!(when & FOR_CHILDLESS))
    pretend_missing(filter, "clone3");
  if (when & FOR_JOB) {
    forbid(filter, "tgkill", SCMP_A0(SCMP_CMP_NE, OWN_PID, 0));
    return;
  }
  forbid_signals_to(filter, (guint32)getpid());
  forbid_signals_to(filter, (guint32)getppid());
  forbid_signals_to(filter, (guint32)-getpgrp());
  forbid_signals_to(filter, EVERYBODY);
  if (when & FOR_STRICT) {
    forbid_opening_to_write(filter);
    pretend_missing(filter, "openat2");
  }
  if (!(when & FOR_OFFLINE)) { /* local services are not the network; raw packets are not for clients */
    forbid(filter, "socket", SCMP_A0(SCMP_CMP_EQ, AF_UNIX, 0));
    forbid(filter, "socket", SCMP_A0(SCMP_CMP_GT, AF_NETLINK, 0));
  }
}

/* The kernel's own form of a filter. libseccomp gives it to a descriptor only. */
static struct sock_fprog program_of(scmp_filter_ctx filter) {
  struct sock_fprog program = {0};
  int fd = memfd_create("filter", MFD_CLOEXEC);
  off_t nbytes = fd >= 0 && seccomp_export_bpf(filter, fd) == 0 ? lseek(fd, 0, SEEK_END) : 0;
  struct sock_filter *code = nbytes > 0 ? g_malloc((gsize)nbytes) : NULL;
  if (code && pread(fd, code, (gsize)nbytes, 0) == nbytes)
    program = (struct sock_fprog){(unsigned short)((gsize)nbytes / sizeof *code), code};
  else
    g_free(code);
  if (fd >= 0)
    close(fd);
  return program;
}

static struct sock_fprog filter_for(unsigned when) {
  struct sock_fprog program = {0};
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (!filter)
    return program;
  (void)seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, refuse);
  for (gsize i = 0; i < G_N_ELEMENTS(forbidden); i++) {
    int number = forbidden[i].when & when ? seccomp_syscall_resolve_name(forbidden[i].name) : __NR_SCMP_ERROR;
    if (number != __NR_SCMP_ERROR)
      (void)seccomp_rule_add(filter, refuse, number, 0);
  }
  forbid_by_argument(filter, when);
  program = program_of(filter);
  seccomp_release(filter);
  return program;
}

/* SPEC_ALLOW: before Linux 5.16 a filter would also slow the processor down
 * against Spectre, which is for those who run code from outside. */
static void enter_filter(const struct sock_fprog *program) {
  if (program->filter)
    (void)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, program);
}

/* --- both ---------------------------------------------------------------------------------- */

enum { JOB_ALONE, JOB_FORKS, N_JOBS };

struct Sandbox {
  int ruleset;
  struct sock_fprog filter, jobs[N_JOBS];
  bool starved; /* no descriptor or no memory was left to make it */
};

static bool is_scarce(int errnum) {
  return errnum == EMFILE || errnum == ENFILE || errnum == ENOMEM;
}

Sandbox *sandbox_new(const SandboxRights *rights) {
  Sandbox *sandbox = g_new0(Sandbox, 1);
  unsigned when = FOR_ALL | (rights->programs ? FOR_PROGRAMS : FOR_STRICT) | (rights->network ? 0 : FOR_OFFLINE);
  errno = 0;
  sandbox->ruleset = ruleset_of(rights);
  sandbox->starved = sandbox->ruleset < 0 && is_scarce(errno);
  errno = 0;
  sandbox->filter = filter_for(when);
  sandbox->starved |= !sandbox->filter.filter && is_scarce(errno);
  if (!rights->programs) {
    sandbox->jobs[JOB_ALONE] = filter_for(FOR_JOB | FOR_CHILDLESS);
    sandbox->jobs[JOB_FORKS] = filter_for(FOR_JOB);
  }
  return sandbox;
}

void sandbox_free(Sandbox *sandbox) {
  if (!sandbox)
    return;
  if (sandbox->ruleset >= 0)
    close(sandbox->ruleset);
  g_free(sandbox->filter.filter);
  for (gsize i = 0; i < N_JOBS; i++)
    g_free(sandbox->jobs[i].filter);
  g_free(sandbox);
}

/* Root keeps its number and what belongs to it, and is above nothing else. */
static void drop_capabilities(void) {
  struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
  for (unsigned long each = 0; prctl(PR_CAPBSET_DROP, each, 0, 0, 0) == 0; each++)
    ;
  (void)syscall(SYS_capset, &head, none);
}

void sandbox_enter(const Sandbox *sandbox) {
  static const char why[] = "carnet: no descriptor or memory is left for a child's sandbox\n";
  if (sandbox->starved) {
    ssize_t told = write(STDERR_FILENO, why, sizeof why - 1);
    (void)told;
    _exit(CARNET_EXIT_SYSTEM);
  }
  drop_capabilities();
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return; /* older than Linux 3.5: there is neither */
  if (sandbox->ruleset >= 0)
    (void)syscall(SYS_landlock_restrict_self, sandbox->ruleset, 0);
  enter_filter(&sandbox->filter);
}

void sandbox_enter_job(const Sandbox *sandbox, bool may_fork) {
  const struct sock_fprog *job = &sandbox->jobs[may_fork ? JOB_FORKS : JOB_ALONE];
  for (unsigned short i = 0; i < job->len; i++)
    if (BPF_CLASS(job->filter[i].code) == BPF_JMP && job->filter[i].k == OWN_PID)
      job->filter[i].k = (guint32)getpid(); /* our copy: we are a fork of the nursery */
  enter_filter(job);
}

/* --- what holds ------------------------------------------------------------------------------ */

enum { PROOF_FILES = 1, PROOF_NETWORK = 2 };

static G_GNUC_NORETURN void try_in_child(const Sandbox *sandbox) {
  sandbox_enter(sandbox);
  int root = open("/", O_RDONLY | O_CLOEXEC);
  int held = root < 0 ? PROOF_FILES : 0;
  int network = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  held |= network < 0 && errno == EPERM ? PROOF_NETWORK : 0;
  _exit(held);
}

SandboxProof sandbox_probe(void) {
  g_autoptr(Sandbox) sandbox = sandbox_new(&(SandboxRights){0});
  int status = 0;
  pid_t pid = fork();
  if (pid == 0)
    try_in_child(sandbox);
  while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
    ;
  int held = pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  return (SandboxProof){
      .landlock = landlock_abi(),
      .no_files = held & PROOF_FILES,
      .no_network = held & PROOF_NETWORK,
  };
}
