/* The base on a kernel that has less than this one, or whose calls fail: the work is done another way, or an error
 * says what failed and nothing is left half done. */
#include "base/child.h"
#include "base/limits.h"
#include "base/sandbox.h"
#include "base/wav.h"

#include "base_folder.h"
#include "kernel_without.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/mman.h>

static char *folder, *file, *sound; /* `file` says "before"; `sound` has 100 frames */

static const NurseryLimits usual = {.deadline_ms = 20000};

static void assert_content(const char *path, const char *wanted) {
  g_autofree char *content = NULL;
  g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
  g_assert_cmpstr(content, ==, wanted);
}

static bool echo(const char *request, gsize nbytes, int out_fd, gpointer user, GError **error) {
  (void)user, (void)error;
  if (nbytes == 4 && memcmp(request, "hang", 4) == 0)
    pause();
  return write(out_fd, request, nbytes) == (ssize_t)nbytes;
}

/* Calls a nursery whose preparation refuses it `user`'s calls; its answer, or NULL with an error. */
static bool refuse_in_nursery(gpointer user, GError **error) {
  (void)error;
  if (user)
    refuse_calls(user);
  return true;
}

static char *call_nursery(const Refusal *refusals, const char *request, guint deadline_ms, GError **error) {
  NurseryLimits limits = {.deadline_ms = deadline_ms};
  g_autoptr(NurseryPool) pool = nursery_pool_new(1, refuse_in_nursery, echo, (gpointer)refusals, &limits, error);
  g_autoptr(GBytes) answer = pool ? nursery_call(pool, request, strlen(request), error) : NULL;
  return answer ? g_strndup(g_bytes_get_data(answer, NULL), g_bytes_get_size(answer)) : NULL;
}

static bool run_cat(GError **error) {
  static const char *const argv[] = {"cat", NULL};
  g_autoptr(GBytes) input = g_bytes_new_static("bonjour", 7), output = NULL;
  bool ok = child_run(argv, input, &usual, &(SandboxRights){.programs = true}, &output, error);
  g_assert_true(!ok || g_bytes_equal(input, output));
  return ok;
}

static void both_still_work(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = call_nursery(NULL, "bonjour", 20000, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(answer, ==, "bonjour");
  g_assert_true(run_cat(&error));
}

static void descriptors_one_by_one(void) {
  int kept = fcntl(STDERR_FILENO, F_DUPFD, 100), gone = fcntl(STDERR_FILENO, F_DUPFD, kept + 1);
  limits_close_from(gone, true);
  g_assert_cmpint(fcntl(kept, F_GETFD), ==, 0);
  g_assert_cmpint(fcntl(gone, F_GETFD), ==, FD_CLOEXEC);
  limits_close_from(gone, false);
  g_assert_cmpint(fcntl(kept, F_GETFD), ==, 0);
  g_assert_cmpint(fcntl(gone, F_GETFD), ==, -1);
  both_still_work();
}

static void deadline_is_kept(void) {
  g_autoptr(GError) error = NULL;
  both_still_work();
  g_assert_null(call_nursery(NULL, "hang", 50, &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "took more than 0.05 s");
}

/* A disk without locks: a draft needs none, a lock says that it cannot be had. */
static void no_locks(void) {
  g_autoptr(GError) error = NULL;
  g_assert_null(file_lock_take(file, 5000, &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "file: No locks available");
  g_assert_true(file_write(file, "after", -1, 0644, &error));
  assert_content(file, "after");
  g_assert_true(file_write(file, "before", -1, 0644, &error));
}

static void locks_without_a_name(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename(folder, "lock", NULL);
  FileLock *lock = file_lock_take(path, 0, &error);
  g_assert_no_error(error);
  g_assert_null(file_lock_take(path, 0, &error));
  assert_failed(&error, CARNET_ERROR_AGAIN, "(process ?)");
  file_lock_free(lock);
  g_assert_cmpint(unlink(path), ==, 0);
}

/* The old file stays, whole, and no draft beside it. */
static void not_written(void) {
  g_autoptr(GError) error = NULL;
  guint before = count_files(folder);
  float samples[10] = {0};
  g_assert_false(file_write(file, "after", -1, 0644, &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "file: Input/output error");
  g_assert_false(wav_write(sound, samples, 10, 1, NULL, true, &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "sound.wav: Input/output error");
  g_assert_cmpuint(count_files(folder), ==, before);
  assert_content(file, "before");
}

static void folders_are_not_synced(void) {
  g_autoptr(GError) error = NULL;
  g_assert_true(folder_sync(folder, &error)); /* that file system has no such thing */
}

static void folders_break(void) {
  g_autoptr(GError) error = NULL;
  g_assert_false(folder_sync(folder, &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "Input/output error");
}

static void folders_are_closed(void) {
  g_autoptr(GError) error = NULL;
  g_assert_false(folder_remove(folder, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "Permission denied");
  assert_content(file, "before");
  g_autofree char *copy = g_build_filename(folder, "copy", NULL);
  g_assert_false(folder_copy(folder, copy, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "Permission denied");
  g_assert_false(g_file_test(copy, G_FILE_TEST_EXISTS));
  folder_sweep(folder); /* says nothing */
}

static void files_are_closed(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *copy = g_strconcat(folder, "-copy", NULL);
  g_assert_false(folder_copy(folder, copy, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "Permission denied");
  g_assert_true(folder_remove(copy, NULL));
}

static void disk_breaks_while_read(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(WavReader) wav = wav_reader_open(sound, &error);
  g_assert_null(wav);
  assert_failed(&error, CARNET_ERROR_INPUT, "sound.wav: not a WAV file");
}

static void no_processes(void) {
  g_autoptr(GError) error = NULL;
  g_assert_false(run_cat(&error));
  assert_failed(&error, CARNET_ERROR_AGAIN, "fork: ");
  g_assert_null(call_nursery(NULL, "bonjour", 20000, &error));
  assert_failed(&error, CARNET_ERROR_AGAIN, "fork: ");
  SandboxProof proof = sandbox_probe();
  g_assert_false(proof.no_files || proof.no_network); /* nothing was shown */
}

static void no_memory_files(void) {
  g_autoptr(GError) error = NULL;
  g_assert_null(call_nursery(NULL, "bonjour", 20000, &error));
  g_assert_nonnull(strstr(error->message, "memfd_create"));
}

static void answers_cannot_be_mapped(void) {
  g_autoptr(GError) error = NULL;
  g_assert_null(call_nursery(NULL, "bonjour", 20000, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
}

/* The child ends rather than run without its walls, and says why. */
static void walls_are_too_dear(void) {
  pid_t pid = fork();
  if (pid == 0) {
    dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
    sandbox_enter(sandbox_new(&(SandboxRights){0}));
    _exit(0);
  }
  int status = limits_wait(pid);
  g_assert_true(WIFEXITED(status));
  g_assert_cmpint(WEXITSTATUS(status), ==, 5);
}

/* clang-format off */
#define WITHOUT(...) (const Refusal[]) {__VA_ARGS__, {NULL, 0, ALWAYS, 0, 0}}
static const struct {
  const char *path;
  const Refusal *refusals;
  void (*run)(void);
} cases[] = {
  {"/kernel/no-close-range", WITHOUT({"close_range", ENOSYS, ALWAYS, 0, 0}), descriptors_one_by_one},
  {"/kernel/no-pidfd", WITHOUT({"pidfd_open", ENOSYS, ALWAYS, 0, 0}), deadline_is_kept},
  {"/kernel/no-locks", WITHOUT({"flock", ENOLCK, ALWAYS, 0, 0}), no_locks},
  {"/kernel/no-name-in-lock", WITHOUT({"ftruncate", EIO, ALWAYS, 0, 0}), locks_without_a_name},
  {"/kernel/fsync-fails", WITHOUT({"fsync", EIO, ALWAYS, 0, 0}), not_written},
  {"/kernel/rename-fails", WITHOUT({"rename", EIO, ALWAYS, 0, 0}, {"renameat", EIO, ALWAYS, 0, 0}), not_written},
  {"/kernel/no-fsync-of-folders", WITHOUT({"fsync", EINVAL, ALWAYS, 0, 0}), folders_are_not_synced},
  {"/kernel/fsync-of-folders-fails", WITHOUT({"fsync", EIO, ALWAYS, 0, 0}), folders_break},
  {"/kernel/closed-folders", WITHOUT({"openat", EACCES, WITH_BITS, 2, O_DIRECTORY}), folders_are_closed},
  {"/kernel/closed-files", WITHOUT({"openat", EACCES, WITH_VALUE, 2, O_RDONLY | O_CLOEXEC | O_NONBLOCK}),
   files_are_closed},
  {"/kernel/disk-breaks", WITHOUT({"pread64", EIO, ALWAYS, 0, 0}), disk_breaks_while_read},
  {"/kernel/no-processes", WITHOUT({"clone", EAGAIN, ALWAYS, 0, 0}, {"clone3", ENOSYS, ALWAYS, 0, 0}), no_processes},
  {"/kernel/no-memory-files", WITHOUT({"memfd_create", EMFILE, ALWAYS, 0, 0}), no_memory_files},
  {"/kernel/no-mapping", WITHOUT({"mmap", ENOMEM, WITH_VALUE, 3, MAP_PRIVATE}), answers_cannot_be_mapped},
  {"/kernel/no-descriptor-for-filters", WITHOUT({"memfd_create", ENFILE, ALWAYS, 0, 0}), walls_are_too_dear},
  {"/kernel/no-memory-for-landlock", WITHOUT({"landlock_create_ruleset", ENOMEM, ALWAYS, 0, 0}), walls_are_too_dear},
};
/* clang-format on */

static void test_case(gconstpointer data) {
  gsize i = GPOINTER_TO_SIZE(data);
  run_without(cases[i].refusals, cases[i].run);
}

static const struct {
  const Refusal *refusals;
  CarnetError kind;
  const char *words;
} in_nursery[] = {
    {WITHOUT({"clone", EAGAIN, ALWAYS, 0, 0}, {"clone3", ENOSYS, ALWAYS, 0, 0}), CARNET_ERROR_AGAIN, "fork: "},
    {WITHOUT({"pipe2", EMFILE, ALWAYS, 0, 0}), CARNET_ERROR_SYSTEM, "fork: Too many open files"},
    {WITHOUT({"mmap", ENOMEM, WITH_BITS, 3, MAP_SHARED}), CARNET_ERROR_SYSTEM, "mmap: Cannot allocate memory"},
};

/* What fails in a nursery, after it was prepared, is the caller's error. */
static void test_in_a_nursery(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(in_nursery); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *answer = call_nursery(in_nursery[i].refusals, "bonjour", 20000, &error);
    g_assert_null(answer);
    assert_failed(&error, in_nursery[i].kind, in_nursery[i].words);
  }
}

/* In a daemon the first three descriptors may be free: a pipe's end must not be taken for one of them. */
static void test_no_standard_streams(void) {
  pid_t pid = fork();
  if (pid == 0) {
    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    _exit(run_cat(NULL) && fcntl(STDIN_FILENO, F_GETFD) < 0 && fcntl(STDOUT_FILENO, F_GETFD) < 0 ? 0 : 1);
  }
  g_assert_cmpint(limits_wait(pid), ==, 0);
}

/* Somebody else has asked how it ended: that is no success. */
static void test_reaped_by_another(void) {
  pid_t pid = fork();
  if (pid == 0)
    _exit(0);
  g_assert_cmpint(limits_wait(pid), ==, 0);
  g_assert_true(limits_has_ended(pid));
  int status = limits_wait(pid);
  g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 255);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  float samples[100] = {0};
  folder = folder_of_test();
  file = g_build_filename(folder, "file", NULL);
  sound = g_build_filename(folder, "sound.wav", NULL);
  g_assert_true(file_write(file, "before", -1, 0644, NULL) && wav_write(sound, samples, 100, 1, NULL, false, NULL));
  g_test_add_func("/kernel/no-standard-streams", test_no_standard_streams);
  g_test_add_func("/kernel/reaped-by-another", test_reaped_by_another);
  if (can_refuse_calls()) {
    g_test_add_func("/kernel/in-a-nursery", test_in_a_nursery);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
      g_test_add_data_func(cases[i].path, GSIZE_TO_POINTER(i), test_case);
  } else {
    g_test_message("this machine has no seccomp filters: what they refuse is not tested");
  }
  int status = g_test_run();
  remove_folder(folder);
  g_free(file), g_free(sound);
  return status;
}
