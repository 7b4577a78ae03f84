/* Every verb of the base with no more descriptors, and on a disk that is full: an error that says so and nothing left
 * behind, or the work done; never half of it. */
#include "base/child.h"
#include "base/limits.h"
#include "base/station.h"
#include "base/wav.h"
#include "base/yaml.h"

#include "base_folder.h"
#include "scarce.h"

#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>

static char *folder, *source, *target, *file; /* file is in source, 100 000 bytes */

typedef bool (*Verb)(GError **error);

static bool write_file(GError **error) {
  g_autofree char *much = g_strnfill(100000, 'y');
  return file_write(target, much, -1, 0644, error);
}

static bool read_file(GError **error) {
  g_autoptr(GBytes) content = file_read(file, 1u << 20, error);
  return content != NULL;
}

static bool copy_folder(GError **error) {
  return folder_copy(source, target, error);
}

static bool draft_folder(GError **error) {
  g_autoptr(FolderDraft) draft = folder_draft_new(target, error);
  return draft && folder_draft_commit(draft, error);
}

static bool sync_folder(GError **error) {
  return folder_sync(source, error);
}

static bool take_lock(GError **error) {
  FileLock *lock = file_lock_take(target, 0, error);
  file_lock_free(lock);
  return lock != NULL;
}

static bool write_wav(GError **error) {
  g_autofree float *samples = g_new0(float, 50000);
  return wav_write(target, samples, 50000, 1, "{\"a\":12}", true, error);
}

static bool write_wav_slowly(GError **error) {
  g_autofree float *samples = g_new0(float, 5000);
  g_autoptr(WavWriter) writer = wav_writer_open(target, 2, "{\"a\":1}", false, error);
  bool ok = writer != NULL;
  for (int i = 0; i < 20 && ok; i++)
    ok = wav_writer_add(writer, samples, 2500, error);
  return ok && wav_writer_commit(writer, error);
}

/* What is written stays in the stream's buffer until the header is gone back to. */
static bool write_short_wav(GError **error) {
  float samples[100] = {0};
  return wav_write(target, samples, 100, 1, NULL, false, error);
}

static bool write_long_info(GError **error) {
  g_autofree char *info = g_strnfill(9000, 'i');
  float samples[10] = {0};
  return wav_write(target, samples, 10, 1, info, false, error);
}

static bool write_info_of_a_page(GError **error) {
  g_autofree char *info = g_strnfill(4050, 'i');
  float samples[10] = {0};
  return wav_write(target, samples, 10, 1, info, false, error);
}

static bool run_program(GError **error) {
  static const char *const argv[] = {"true", NULL};
  static const NurseryLimits limits = {.deadline_ms = 20000, .output_bytes = 1000, .cpu_seconds = 9, .open_files = 64};
  g_autoptr(GBytes) output = NULL;
  return child_run(argv, NULL, &limits, &(SandboxRights){.programs = true}, &output, error);
}

static bool echo(const char *request, gsize nbytes, int out_fd, gpointer user, GError **error) {
  (void)user, (void)error;
  return write(out_fd, request, nbytes) == (ssize_t)nbytes;
}

static bool open_nurseries(GError **error) {
  g_autoptr(NurseryPool) pool = nursery_pool_new(
      2, NULL, echo, NULL,
      &(NurseryLimits){.deadline_ms = 20000, .open_files = 32, .output_bytes = 1u << 20, .cpu_seconds = 9}, error);
  g_autoptr(GBytes) answer = pool ? nursery_call(pool, "a", 1, error) : NULL;
  return answer != NULL;
}

static NurseryPool *standing; /* its nurseries were forked in plenty */

static bool call_nursery(GError **error) {
  g_autoptr(GBytes) answer = nursery_call(standing, "request", 7, error);
  return answer != NULL;
}

static bool load_station(GError **error) {
  g_autoptr(Station) station = station_load(source, error);
  return station != NULL;
}

static bool load_password(GError **error) {
  Station station = {.folder = source, .icecast = {.password_file = (char *)"secret"}};
  g_autofree char *password = station_password(&station, error);
  return password != NULL;
}

/* Whether it went through; nothing but a whole `target` may be left. */
static bool try_with(Verb verb, bool files, gsize n) {
  g_autoptr(GError) error = NULL;
  g_assert_true(folder_remove(target, NULL));
  guint before = count_files(folder);
  Scarcity scarcity = files ? scarce_files((unsigned)n) : scarce_bytes(n);
  bool ok = verb(&error);
  plenty(&scarcity);
  g_assert_true(ok == (error == NULL));
  if (error) {
    g_assert_true(error->domain == CARNET_ERROR && *error->message != '\0');
    g_test_message("%zu: %s", n, error->message);
  }
  g_assert_true(verb == copy_folder || ok || count_files(folder) == before);
  g_assert_cmpuint(count_files(folder), <=, before + 1);
  return ok;
}

static void test_files(void) {
  static const Verb verbs[] = {write_file,   read_file,     copy_folder,     draft_folder,   sync_folder,
                               take_lock,    write_wav,     run_program,     open_nurseries, call_nursery,
                               load_station, load_password, write_wav_slowly};
  for (guint v = 0; v < G_N_ELEMENTS(verbs); v++) {
    gsize n = 0;
    while (!try_with(verbs[v], true, n))
      g_assert_cmpuint(n++, <, 40);
    g_assert_true(n > 0 || verbs[v] == draft_folder); /* a folder is made without a descriptor */
  }
}

static void test_bytes(void) {
  static const Verb verbs[] = {write_file,      copy_folder,          take_lock,
                               write_wav,       write_wav_slowly,     write_short_wav,
                               write_long_info, write_info_of_a_page, call_nursery};
  static const gsize steps[] = {0, 1, 7, 20, 40, 44, 50, 4096, 65536, 90000, 1u << 20};
  for (guint v = 0; v < G_N_ELEMENTS(verbs); v++) {
    bool ok = false;
    for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
      ok = try_with(verbs[v], false, steps[i]);
    g_assert_true(ok);
  }
}

/* A folder that cannot be emptied or left, for one who is not root; a name that a folder has. */
static void test_in_the_way(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *inside = g_build_filename(target, "inside", NULL);
  g_assert_true(folder_remove(target, NULL) && folder_make(inside, NULL));
  g_assert_false(file_write(target, "x", -1, 0644, &error)); /* a folder has the name */
  assert_failed(&error, CARNET_ERROR_INPUT, "target: ");
  g_autoptr(FolderDraft) draft = folder_draft_new(target, &error);
  g_assert_false(folder_draft_commit(draft, &error)); /* and is not empty */
  g_assert_nonnull(error);
  g_clear_error(&error);
  g_assert_true(file_write(inside, "x", -1, 0644, NULL) || g_file_test(inside, G_FILE_TEST_IS_DIR));
  g_assert_false(folder_copy(source, "/proc/carnet", &error));
  g_assert_nonnull(error);
  g_clear_error(&error);
  g_assert_false(folder_remove("/proc/self/status", &error));
  g_assert_nonnull(error);
  g_clear_error(&error);
  g_assert_false(folder_remove("/proc/self/fdinfo", &error)); /* what is in it stays */
  g_assert_nonnull(error);
  g_clear_error(&error);
  g_autofree char *attributes = g_build_filename(target, "attributes", NULL);
  bool copied = folder_copy("/proc/self/attr", attributes, &error); /* most of them open, and are not read */
  g_assert_true(copied == (error == NULL));
  g_clear_error(&error);
  g_assert_null(file_read("/proc/self/mem", 100, &error)); /* opens, and is not read */
  g_assert_nonnull(strstr(error->message, "/proc/self/mem"));
  g_clear_error(&error);
  g_assert_null(folder_draft_new("/proc/carnet", &error));
  g_assert_nonnull(strstr(error->message, "cannot write in this folder"));
}

/* "-" is the standard input: read to its end, refused when it is too long, or when it is a folder. */
static void test_standard_input(void) {
  g_autoptr(GError) error = NULL;
  int ours = dup(STDIN_FILENO), given = open(file, O_RDONLY | O_CLOEXEC), place = open(folder, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint(dup2(given, STDIN_FILENO), ==, STDIN_FILENO);
  g_assert_null(file_read("-", 1000, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "standard input: too long");
  g_assert_cmpint((int)lseek(given, 0, SEEK_SET), ==, 0);
  g_autoptr(GBytes) content = file_read("-", 1u << 20, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(g_bytes_get_size(content), ==, 100000);
  g_assert_cmpint(dup2(place, STDIN_FILENO), ==, STDIN_FILENO);
  g_assert_null(file_read("-", 1000, &error));
  g_assert_nonnull(strstr(error->message, "standard input: "));
  dup2(ours, STDIN_FILENO);
  close(ours), close(given), close(place);
}

/* Somebody holds the lock and has not said who: another tool, or one that was stopped in between. */
static void test_nameless_holder(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *lock = g_build_filename(folder, "lock", NULL);
  int fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint(flock(fd, LOCK_EX), ==, 0);
  g_assert_null(file_lock_take(lock, 0, &error));
  assert_failed(&error, CARNET_ERROR_AGAIN, "(process ?)");
  close(fd);
  g_assert_cmpint(unlink(lock), ==, 0);
}

/* The place that a program may write in is its place for temporary files. */
static void test_place_to_write(void) {
  static const char *const argv[] = {"sh", "-c", "printf %s \"$TMPDIR\"", NULL};
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) output = NULL;
  g_assert_true(child_run(argv, NULL, &(NurseryLimits){.deadline_ms = 20000},
                          &(SandboxRights){.programs = true, .writes = folder}, &output, &error));
  g_autofree char *said = g_strndup(g_bytes_get_data(output, NULL), g_bytes_get_size(output));
  g_assert_cmpstr(said, ==, folder);
}

static void test_endings(void) {
  g_autofree char *odd = limits_ending(SIGRTMIN), *plain = limits_ending(SIGSEGV), *none = limits_ending(0);
  g_assert_true(g_str_has_prefix(odd, "crashed (signal "));
  g_assert_cmpstr(plain, ==, "crashed (SIGSEGV)");
  g_assert_null(none);
}

static void prepare(void) {
  g_autofree char *much = g_strnfill(100000, 'x');
  g_autofree char *station = NULL, *secret = NULL, *deep = NULL, *link = NULL;
  folder = folder_of_test();
  source = g_build_filename(folder, "source", NULL);
  target = g_build_filename(folder, "target", NULL);
  deep = g_build_filename(source, "deep", NULL);
  file = g_build_filename(deep, "file", NULL);
  station = g_build_filename(source, "station.yaml", NULL);
  secret = g_build_filename(source, "secret", NULL);
  link = g_build_filename(source, "link", NULL);
  g_assert_true(folder_make(deep, NULL) && file_write(file, much, -1, 0644, NULL));
  g_assert_true(file_write(secret, "p\n", -1, 0600, NULL));
  g_assert_true(file_write(station, "name: x\nlanguage: fr\nzone: UTC\n", -1, 0644, NULL));
  g_assert_cmpint(symlink("/etc", link), ==, 0);
  standing = nursery_pool_new(1, NULL, echo, NULL, &(NurseryLimits){.deadline_ms = 20000}, NULL);
  g_assert_nonnull(standing);
}

int main(int argc, char **argv) {
  if (g_file_test("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv("TMPDIR", "/dev/shm", TRUE); /* nothing here is killed: no need to wait for a disk */
  g_test_init(&argc, &argv, NULL);
  prepare();
  g_test_add_func("/scarce/files", test_files);
  g_test_add_func("/scarce/bytes", test_bytes);
  g_test_add_func("/scarce/in-the-way", test_in_the_way);
  g_test_add_func("/scarce/standard-input", test_standard_input);
  g_test_add_func("/scarce/nameless-holder", test_nameless_holder);
  g_test_add_func("/scarce/place-to-write", test_place_to_write);
  g_test_add_func("/scarce/endings", test_endings);
  int status = g_test_run();
  nursery_pool_free(standing);
  remove_folder(folder);
  g_free(source), g_free(target), g_free(file);
  return status;
}
