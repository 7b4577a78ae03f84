/* What a sandbox refuses, by doing it; and that all goes on where the kernel refuses the sandbox. */
#include "base/sandbox.h"

#include "base_attacks.h"
#include "kernel_without.h"

#include <sys/mman.h>
#include <sys/resource.h>

/* Runs `run` in a child that has `sandbox` (NULL: none); returns what `run` did. */
static int in_child(int (*run)(void), const Sandbox *sandbox, bool as_job) {
  pid_t pid = fork();
  if (pid == 0) {
    if (sandbox)
      sandbox_enter(sandbox);
    if (as_job)
      sandbox_enter_job(sandbox, false);
    _exit(run());
  }
  int status = 0;
  g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

/* False, with the reason, where the kernel does not have what is to be shown. */
static bool kernel_has(Wall wall) {
  SandboxProof proof = sandbox_probe();
  bool has = wall == WALL_LANDLOCK ? proof.no_files : proof.no_network;
  if (!has)
    g_test_skip(wall == WALL_LANDLOCK ? "this kernel has no Landlock, or forbids it here"
                                      : "this kernel has no seccomp filters, or forbids them here");
  return has;
}

static void check_refused(const char *name, int (*run)(void), const Sandbox *sandbox, bool as_job) {
  int without = in_child(run, NULL, false);
  int within = in_child(run, sandbox, as_job);
  g_test_message("%s: %s, then %s", name, without ? g_strerror(without) : "done", within ? g_strerror(within) : "done");
  g_assert_cmpint(within, !=, 0);
  if (without != 0) /* this machine refuses it to everybody: nothing is shown */
    g_test_message("%s is not possible here at all", name);
  else
    g_assert_true(within == EPERM || within == EACCES || within == EXDEV);
}

static void test_strict(void) {
  if (!kernel_has(WALL_LANDLOCK) || !kernel_has(WALL_SECCOMP))
    return;
  target_new();
  g_autoptr(Sandbox) sandbox = sandbox_new(&(SandboxRights){0});
  for (gsize i = 0; i < G_N_ELEMENTS(attacks); i++)
    check_refused(attacks[i].name, attacks[i].run, sandbox, false);
  for (gsize i = 0; i < G_N_ELEMENTS(job_attacks); i++)
    check_refused(job_attacks[i].name, job_attacks[i].run, sandbox, true);
  target_free();
}

/* --- what stays possible ------------------------------------------------------------ */

static int kept_descriptor = -1;

static int live_a_little(void) {
  void *memory = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int fd = memfd_create("x", MFD_CLOEXEC);
  char byte;
  bool ok = memory != MAP_FAILED && fd >= 0 && write(fd, "x", 1) == 1 && pread(kept_descriptor, &byte, 1, 0) == 1 &&
            pwrite(kept_descriptor, "E", 1, 0) == 1;
  pid_t pid = ok ? fork() : -1;
  if (pid == 0)
    _exit(0);
  int status = 1;
  ok = pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
  return outcome(ok);
}

static int abort_myself(void) {
  signal(SIGABRT, SIG_DFL);
  abort();
}

static int fork_once(void) {
  pid_t pid = fork();
  if (pid == 0)
    _exit(0);
  return outcome(pid > 0);
}

static int leave_the_group(void) {
  pid_t alone = setsid();
  return outcome(alone >= 0 || setpgid(0, getppid()) == 0);
}

static void test_jobs(void) {
  if (!kernel_has(WALL_SECCOMP))
    return;
  target_new();
  g_autoptr(Sandbox) sandbox = sandbox_new(&(SandboxRights){0});
  kept_descriptor = open(target.logbook, O_RDWR | O_CLOEXEC);
  g_assert_cmpint(in_child(live_a_little, sandbox, false), ==, 0);
  g_assert_cmpint(in_child(abort_myself, sandbox, true), ==, 1000 + SIGABRT);
  check_refused("fork", fork_once, sandbox, true);
  check_refused("leave the group", leave_the_group, sandbox, true);
  close(kept_descriptor);
  target_free();
}

static pid_t maker; /* the process that makes the sandbox */

static int signal_maker(void) {
  return outcome(kill(maker, 0) == 0);
}

static int signal_everybody(void) {
  return outcome(kill(-1, 0) == 0);
}

static void test_signals(void) {
  if (!kernel_has(WALL_SECCOMP))
    return;
  maker = getpid();
  g_autoptr(Sandbox) sandbox = sandbox_new(&(SandboxRights){.programs = true});
  check_refused("signal the maker", signal_maker, sandbox, false);
  check_refused("signal everybody", signal_everybody, sandbox, false);
}

/* --- rights ---------------------------------------------------------------------------- */

static char *model, *out_folder;

static int read_model(void) {
  return read_a_byte(model);
}

static int write_model(void) {
  int fd = open(model, O_WRONLY | O_CLOEXEC);
  return outcome(fd >= 0);
}

static int write_result(void) {
  g_autofree char *path = g_build_filename(out_folder, "speech.wav", NULL);
  g_autofree char *moved = g_build_filename(out_folder, "moved.wav", NULL);
  int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  return outcome(fd >= 0 && write(fd, "x", 1) == 1 && rename(path, moved) == 0 && unlink(moved) == 0);
}

static int execute_program(void) {
  execl("/bin/sh", "sh", "-c", "test -r /proc/self/status && echo >/dev/null && exec ls /usr >/dev/null", NULL);
  return outcome(false);
}

static const char *const hidden_from_programs[] = {
    "read the logbook",
    "read icecast.password",
    "read /etc/passwd",
    "list the station's folder",
    "write in the logbook",
    "make a file outside",
    "cut the logbook",
    "change the password's mode",
    "move the logbook",
    "link to the password",
    "connect by TCP",
    "connect to a path",
    "send a datagram",
    "connect to an abstract name",
    "listen",
    "trace another process",
    "read another's memory",
    "read another's environment",
    "make a namespace",
    "open another's memory",
    NULL,
};

/* The whole folder may be read, but for the station that lies in it, of which one file is named. */
static void test_rights(void) {
  if (!kernel_has(WALL_LANDLOCK) || !kernel_has(WALL_SECCOMP))
    return;
  target_new();
  g_autofree char *named = g_build_filename(target.station, "voices", "model.onnx", NULL);
  g_autofree char *beside = g_build_filename(target.folder, "models", NULL);
  g_autofree char *voices = g_path_get_dirname(named);
  out_folder = g_build_filename(target.folder, "out", NULL);
  g_assert_cmpint(g_mkdir(voices, 0700) + g_mkdir(beside, 0700) + g_mkdir(out_folder, 0700), ==, 0);
  g_assert_true(file_write(named, "model", 5, 0600, NULL));
  const char *reads[] = {target.folder, named, "/nowhere", NULL};
  g_autoptr(Sandbox) sandbox =
      sandbox_new(&(SandboxRights){.reads = reads, .writes = out_folder, .hides = target.station, .programs = true});
  model = named;
  g_assert_cmpint(in_child(read_model, sandbox, false), ==, 0);
  check_refused("write the model", write_model, sandbox, false);
  model = g_build_filename(beside, "other.onnx", NULL);
  g_assert_true(file_write(model, "model", 5, 0600, NULL));
  g_assert_cmpint(in_child(read_model, sandbox, false), ==, 0);
  g_assert_cmpint(in_child(write_result, sandbox, false), ==, 0);
  g_assert_cmpint(in_child(execute_program, sandbox, false), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS(attacks); i++)
    if (g_strv_contains(hidden_from_programs, attacks[i].name))
      check_refused(attacks[i].name, attacks[i].run, sandbox, false);
  g_free(model);
  g_free(out_folder);
  target_free();
}

/* All the machine may be read, but for the station, wherever below it lies. */
static void test_all_but_the_station(void) {
  if (!kernel_has(WALL_LANDLOCK))
    return;
  target_new();
  const char *reads[] = {"/", target.station, NULL};
  g_autoptr(Sandbox) sandbox =
      sandbox_new(&(SandboxRights){.reads = reads, .writes = "/nowhere", .hides = target.station, .programs = true});
  g_assert_cmpint(in_child(read_accounts, sandbox, false), ==, 0);
  check_refused("read the logbook", read_logbook, sandbox, false);
  check_refused("read icecast.password", read_password, sandbox, false);
  target_free();
}

/* A voice in the network: a client of the net, of nothing on this machine. */
static void test_network(void) {
  if (!kernel_has(WALL_SECCOMP))
    return;
  target_new();
  g_autoptr(Sandbox) sandbox = sandbox_new(&(SandboxRights){.programs = true, .network = true});
  g_assert_cmpint(in_child(connect_by_tcp, sandbox, false), ==, 0);
  check_refused("connect to a path", connect_by_path, sandbox, false);
  check_refused("connect to an abstract name", connect_by_abstract_name, sandbox, false);
  check_refused("listen", wait_for_calls, sandbox, false);
  target_free();
}

/* --- kernels that have less ---------------------------------------------------------------- */

/* clang-format off */
#define WITHOUT(...) (const Refusal[]) {__VA_ARGS__, {NULL, 0, ALWAYS, 0, 0}}
static const struct {
  const char *name;
  const Refusal *refusals;
  bool no_files, no_network;
} poorer[] = {
  {"no Landlock", WITHOUT({"landlock_create_ruleset", ENOSYS, ALWAYS, 0, 0}), false, true},
  {"Landlock forbidden", WITHOUT({"landlock_create_ruleset", EPERM, ALWAYS, 0, 0}), false, true},
  {"Landlock not switched on", WITHOUT({"landlock_create_ruleset", EOPNOTSUPP, ALWAYS, 0, 0}), false, true},
  {"Landlock refused at the end", WITHOUT({"landlock_restrict_self", E2BIG, ALWAYS, 0, 0}), false, true},
  {"no memory files", WITHOUT({"memfd_create", ENOSYS, ALWAYS, 0, 0}), true, false},
  {"neither", WITHOUT({"landlock_create_ruleset", EPERM, ALWAYS, 0, 0}, {"seccomp", EPERM, ALWAYS, 0, 0}),
   false, false},
};
/* clang-format on */

/* A coverage build lets a child write its counters, and so files. */
#ifdef CARNET_COVERAGE
#define MAY_WRITE true
#else
#define MAY_WRITE false
#endif

static void test_poorer_kernels(void) {
  if (!kernel_has(WALL_SECCOMP))
    return;
  target_new();
  for (gsize i = 0; i < G_N_ELEMENTS(poorer); i++) {
    g_test_message("%s", poorer[i].name);
    pid_t pid = fork();
    if (pid == 0) {
      refuse_calls(poorer[i].refusals);
      SandboxProof proof = sandbox_probe();
      g_autoptr(Sandbox) sandbox = sandbox_new(&(SandboxRights){0});
      bool as_told =
          proof.no_files == poorer[i].no_files && proof.no_network == poorer[i].no_network &&
          (in_child(read_logbook, sandbox, false) != 0) == poorer[i].no_files &&
          (poorer[i].no_files || /* later kernels' Landlock refuses connections too */
           (in_child(connect_by_tcp, sandbox, true) != 0) == poorer[i].no_network) &&
          (MAY_WRITE || (in_child(write_outside, sandbox, false) != 0) == (poorer[i].no_network || poorer[i].no_files));
      _exit(as_told ? 0 : 1);
    }
    int status = 1;
    g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
    g_assert_cmpint(status, ==, 0);
  }
  target_free();
}

/* No descriptor is left to make the walls with: the child ends, it does not run without them. */
static void test_no_descriptor_left(void) {
  if (!kernel_has(WALL_LANDLOCK))
    return;
  pid_t pid = fork();
  if (pid == 0) {
    dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
    setrlimit(RLIMIT_NOFILE, &(struct rlimit){3, 3});
    sandbox_enter(sandbox_new(&(SandboxRights){0}));
    _exit(0);
  }
  int status = 0;
  g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
  g_assert_true(WIFEXITED(status));
  g_assert_cmpint(WEXITSTATUS(status), ==, 5);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sandbox/strict", test_strict);
  g_test_add_func("/sandbox/jobs", test_jobs);
  g_test_add_func("/sandbox/signals", test_signals);
  g_test_add_func("/sandbox/rights", test_rights);
  g_test_add_func("/sandbox/all-but-the-station", test_all_but_the_station);
  g_test_add_func("/sandbox/network", test_network);
  g_test_add_func("/sandbox/poorer-kernels", test_poorer_kernels);
  g_test_add_func("/sandbox/no-descriptor-left", test_no_descriptor_left);
  return g_test_run();
}
