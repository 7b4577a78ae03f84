/* Whole reads, drafts that fail at each step, folders, and locks between processes. */
#include "base/optional.h"
#include "base_folder.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *folder;

static char *in_folder(const char *name) {
  return g_build_filename(folder, name, NULL);
}

static void assert_content(const char *path, const char *wanted) {
  g_autofree char *content = NULL;
  g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
  g_assert_cmpstr(content, ==, wanted);
}

static mode_t mode_of(const char *path) {
  struct stat status;
  g_assert_cmpint(lstat(path, &status), ==, 0);
  return status.st_mode & 07777;
}

static void test_read(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = in_folder("ten");
  g_assert_true(file_write(path, "0123456789", -1, 0644, &error));
  g_autoptr(GBytes) ten = file_read(path, 10, &error);
  g_assert_cmpuint(g_bytes_get_size(ten), ==, 10);
  g_assert_null(file_read(path, 9, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "10 bytes is too long, at most 9 bytes");
  g_assert_null(file_read("/dev/zero", 100000, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "too long");
  g_assert_null(file_read(folder, 100, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, folder);
  g_autofree char *missing = in_folder("missing");
  g_assert_null(file_read(missing, 100, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "missing: ");
  g_autofree char *pipe_path = in_folder("pipe");
  g_assert_cmpint(mkfifo(pipe_path, 0600), ==, 0);
  g_autoptr(GBytes) nothing = file_read(pipe_path, 100, &error); /* no writer: no wait */
  g_assert_cmpuint(g_bytes_get_size(nothing), ==, 0);
  g_assert_cmpint(unlink(pipe_path), ==, 0);
  g_assert_cmpint(unlink(path), ==, 0);
}

/* What is missing is no error; a link that leads nowhere is there, and cannot be read. */
static void test_optional(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *below = in_folder("below"), *missing = in_folder("below/missing"), *link = in_folder("below/link.b");
  g_autofree char *text = NULL;
  g_autoptr(GPtrArray) none = optional_names(below, "", &error);
  g_assert_cmpuint(none->len, ==, 0);
  g_assert_true(optional_read_text(missing, 10, &text, &error));
  g_assert_null(text);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *path = g_build_filename(below, ((const char *[]){"b.b", "a.b", ".c.b"})[i], NULL);
    g_assert_true(folder_make(below, &error) && file_write(path, "x", -1, 0644, &error));
  }
  g_assert_cmpint(symlink("nowhere", link), ==, 0);
  g_assert_false(optional_is_missing(link));
  g_assert_false(optional_read_text(link, 10, &text, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "link.b");
  g_autoptr(GPtrArray) names = optional_names(below, ".b", &error);
  g_assert_cmpuint(names->len, ==, 3);
  g_assert_cmpstr(names->pdata[0], ==, "a.b");
  g_assert_cmpstr(names->pdata[2], ==, "link.b");
  g_assert_null(optional_names(link, "", &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "link.b");
  g_assert_true(folder_remove(below, &error));
}

static void test_draft(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = in_folder("rundown.yaml");
  g_assert_true(file_write(path, "old", -1, 0600, &error));
  g_assert_cmpint((int)mode_of(path), ==, 0600);
  FileDraft *draft = file_draft_new(path, 0644, &error);
  fputs("half", file_draft_stream(draft));
  g_assert_cmpuint(count_files(folder), ==, 2);
  g_assert_true(g_str_has_prefix(strrchr(file_draft_path(draft), '/'), "/.rundown.yaml.part-"));
  file_draft_free(draft);
  assert_content(path, "old");
  g_assert_cmpuint(count_files(folder), ==, 1);
  g_autoptr(FileDraft) good = file_draft_new(path, 0644, &error);
  fputs("new", file_draft_stream(good));
  assert_content(path, "old");
  g_assert_true(file_draft_commit(good, &error));
  assert_content(path, "new");
  g_assert_cmpint((int)mode_of(path), ==, 0644);
  g_assert_true(file_write(path, "a\0b", 3, 0644, &error));
  g_autoptr(GBytes) bytes = file_read(path, 100, &error);
  g_assert_cmpuint(g_bytes_get_size(bytes), ==, 3);
  g_assert_cmpint(unlink(path), ==, 0);
}

static void test_draft_fails(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *nowhere = in_folder("no/such/file");
  g_assert_null(file_draft_new(nowhere, 0644, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "no/such: cannot write in this folder");
  g_autofree char *sub = in_folder("sub");
  g_autofree char *target = g_build_filename(sub, "inner", NULL);
  g_assert_true(folder_make(target, &error)); /* a folder stands where the file should */
  g_assert_false(file_write(target, "x", -1, 0644, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "inner: ");
  g_assert_cmpuint(count_files(sub), ==, 1);
  g_autofree char *gone = g_build_filename(sub, "inner", "gone", NULL);
  g_autoptr(FileDraft) draft = file_draft_new(gone, 0644, &error);
  fputs("x", file_draft_stream(draft));
  g_assert_true(folder_remove(target, &error)); /* the folder vanishes under the draft */
  g_assert_false(file_draft_commit(draft, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "gone: ");
  g_assert_true(folder_remove(sub, &error));
}

static void test_long_name(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_strnfill(255, 'n');
  g_autofree char *path = in_folder(name);
  g_assert_true(file_write(path, "x", -1, 0644, &error));
  assert_content(path, "x");
  g_assert_cmpint(unlink(path), ==, 0);
  g_autofree char *longer = g_strnfill(256, 'n');
  g_autofree char *too_long = in_folder(longer);
  g_assert_false(file_write(too_long, "x", -1, 0644, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "nnn: ");
  g_assert_cmpuint(count_files(folder), ==, 0);
}

static void test_link_is_replaced(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *secret = in_folder("secret"), *link = in_folder("link");
  g_assert_true(file_write(secret, "kept", -1, 0600, &error));
  g_assert_cmpint(symlink(secret, link), ==, 0);
  g_assert_true(file_write(link, "new", -1, 0644, &error));
  assert_content(secret, "kept");
  assert_content(link, "new");
  g_assert_false(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint(unlink(secret) + unlink(link), ==, 0);
}

/* In a child, since a limit cannot be raised again: 0 when the write failed cleanly. */
static void write_over_limit(void) {
  struct rlimit little = {1000, 1000};
  signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &little);
  g_autoptr(GError) error = NULL;
  g_autofree char *path = in_folder("full");
  g_autofree char *much = g_strnfill(100000, 'x');
  bool ok = file_write(path, much, -1, 0644, &error);
  bool is_clean = !ok && error->code == CARNET_ERROR_SYSTEM && count_files(folder) == 1;
  _exit(is_clean ? 0 : 1);
}

static void test_too_large(void) {
  g_autofree char *path = in_folder("full");
  g_assert_true(file_write(path, "old", -1, 0644, NULL));
  pid_t pid = fork();
  if (pid == 0)
    write_over_limit();
  int status;
  waitpid(pid, &status, 0);
  g_assert_cmpint(status, ==, 0);
  assert_content(path, "old");
  g_assert_cmpint(unlink(path), ==, 0);
}

static void test_full_disk(void) {
  g_autofree char *disk = in_folder("disk");
  g_autoptr(GError) error = NULL;
  g_assert_true(folder_make(disk, &error));
  if (mount("tmpfs", disk, "tmpfs", 0, "size=64k") != 0) {
    g_test_skip("no right to mount a small disk here; the limit on file size stands for it");
  } else {
    g_autofree char *path = g_build_filename(disk, "programme", NULL);
    g_autofree char *much = g_strnfill(200000, 'x');
    g_assert_true(file_write(path, "old", -1, 0644, &error));
    g_assert_false(file_write(path, much, -1, 0644, &error));
    assert_failed(&error, CARNET_ERROR_SYSTEM, "programme: No space left");
    assert_content(path, "old");
    g_assert_cmpuint(count_files(disk), ==, 1);
    g_assert_cmpint(umount(disk), ==, 0);
  }
  g_assert_true(folder_remove(disk, &error));
}

static void test_folders(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *from = in_folder("from"), *to = in_folder("to"), *deep = in_folder("from/a/b");
  g_autofree char *one = in_folder("from/one"), *two = in_folder("from/a/b/two"), *link = in_folder("from/link");
  g_autofree char *kept = in_folder("to/one"), *copied = in_folder("to/a/b/two"), *not_copied = in_folder("to/link");
  g_assert_true(folder_make(deep, &error) && folder_make(deep, &error) && folder_make(to, &error));
  g_assert_true(file_write(one, "1", -1, 0444, &error) && file_write(two, "2", -1, 0444, &error));
  g_assert_true(file_write(kept, "mine", -1, 0644, &error));
  g_assert_cmpint(symlink("/etc", link), ==, 0);
  g_assert_true(folder_copy(from, to, &error));
  assert_content(kept, "mine");
  assert_content(copied, "2");
  g_assert_cmpint((int)mode_of(copied), ==, 0644);
  g_assert_false(g_file_test(not_copied, G_FILE_TEST_EXISTS));
  g_assert_false(folder_make(one, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "one: ");
  g_autofree char *missing = in_folder("missing");
  g_assert_false(folder_copy(missing, to, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "missing: ");
  g_assert_true(folder_remove(from, &error)); /* with a link to /etc in it */
  g_assert_true(g_file_test("/etc/passwd", G_FILE_TEST_EXISTS));
  g_assert_true(folder_remove(to, &error));
  g_assert_true(folder_remove(missing, &error));
  g_assert_no_error(error);
}

static void test_sweep(void) {
  g_autofree char *left = in_folder(".programme.flac.part-a1b2c3"), *hidden = in_folder(".keep"),
                  *plain = in_folder("a.part-b");
  g_assert_true(file_write(left, "x", -1, 0644, NULL) && file_write(hidden, "x", -1, 0644, NULL));
  g_assert_true(file_write(plain, "x", -1, 0644, NULL));
  folder_sweep(folder);
  g_assert_false(g_file_test(left, G_FILE_TEST_EXISTS));
  g_assert_true(g_file_test(hidden, G_FILE_TEST_EXISTS) && g_file_test(plain, G_FILE_TEST_EXISTS));
  g_assert_cmpint(unlink(hidden) + unlink(plain), ==, 0);
  folder_sweep("/nowhere/at/all");
  /* A link with a draft's name is nobody's draft: it is neither followed nor removed. */
  g_assert_cmpint(symlink(plain, left), ==, 0);
  folder_sweep(folder);
  g_assert_true(g_file_test(left, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint(unlink(left), ==, 0);
}

/* A run that was killed left drafts of "a.sqlite"; one that lives is writing another. */
static void test_dead_drafts(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = in_folder("a.sqlite"), *dead = in_folder(".a.sqlite.part-a1b2c3"),
                  *journal = in_folder(".a.sqlite.part-a1b2c3-journal"), *other = in_folder(".b.sqlite.part-a1b2c3");
  g_assert_true(file_write(dead, "x", -1, 0644, NULL) && file_write(journal, "x", -1, 0644, NULL));
  g_assert_true(file_write(other, "x", -1, 0644, NULL));
  g_autofree char *new_folder = in_folder("new"), *dead_folder = in_folder(".new.part-a1b2c3"),
                  *inside = g_build_filename(dead_folder, "x", NULL);
  g_assert_true(folder_make(dead_folder, NULL) && file_write(inside, "x", -1, 0644, NULL));
  g_autoptr(FolderDraft) made = folder_draft_new(new_folder, &error), given_up = folder_draft_new(new_folder, &error);
  g_assert_no_error(error);
  g_assert_false(g_file_test(dead_folder, G_FILE_TEST_EXISTS));
  g_assert_true(folder_draft_commit(made, &error) && g_file_test(new_folder, G_FILE_TEST_IS_DIR));
  g_assert_true(folder_remove(new_folder, &error));
  g_assert_true(g_file_test(folder_draft_path(given_up), G_FILE_TEST_IS_DIR)); /* it lives */
  g_autoptr(FileDraft) first = file_draft_new(path, 0600, &error);
  g_assert_no_error(error);
  g_autofree char *its_journal = g_strconcat(file_draft_path(first), "-journal", NULL);
  g_assert_true(file_write(its_journal, "x", -1, 0644, NULL));
  g_assert_false(g_file_test(dead, G_FILE_TEST_EXISTS) || g_file_test(journal, G_FILE_TEST_EXISTS));
  g_assert_true(g_file_test(other, G_FILE_TEST_EXISTS)); /* of another file: that one's next run removes it */
  g_assert_true(file_write(path, "second", -1, 0600, &error));
  folder_sweep(folder);
  g_assert_true(g_file_test(folder_draft_path(given_up), G_FILE_TEST_IS_DIR));
  g_assert_true(g_file_test(its_journal, G_FILE_TEST_EXISTS));
  g_assert_false(g_file_test(other, G_FILE_TEST_EXISTS));
  fputs("first", file_draft_stream(first));
  g_assert_true(file_draft_commit(first, &error));
  g_assert_cmpint(unlink(path) + unlink(its_journal), ==, 0);
}

/* A process that takes the lock, says so on `ready`, and holds it until it is killed. */
static pid_t start_holder(const char *path, int ready[2]) {
  g_assert_cmpint(pipe(ready), ==, 0);
  pid_t pid = fork();
  if (pid == 0) {
    FileLock *lock = file_lock_take(path, 0, NULL);
    if (!lock || write(ready[1], "x", 1) != 1)
      _exit(1);
    for (;;)
      pause();
  }
  char byte;
  g_assert_cmpint((int)read(ready[0], &byte, 1), ==, 1);
  close(ready[0]);
  close(ready[1]);
  return pid;
}

static void test_lock(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = in_folder("lock");
  int ready[2];
  pid_t pid = start_holder(path, ready);
  g_autofree char *holder = g_strdup_printf("(process %d)", (int)pid);
  gint64 start = g_get_monotonic_time();
  g_assert_null(file_lock_take(path, 200, &error));
  g_assert_cmpint(g_get_monotonic_time() - start, >=, 200000);
  assert_failed(&error, CARNET_ERROR_AGAIN, holder);
  kill(pid, SIGKILL);
  waitpid(pid, NULL, 0);
  FileLock *lock = file_lock_take(path, 0, &error);
  g_assert_nonnull(lock);
  g_assert_null(file_lock_take(path, 0, &error));
  assert_failed(&error, CARNET_ERROR_AGAIN, "held by another carnet");
  file_lock_free(lock);
  file_lock_free(NULL);
  g_autofree char *nowhere = in_folder("no/lock");
  g_assert_null(file_lock_take(nowhere, 0, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "no/lock: ");
  g_assert_cmpint(unlink(path), ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  folder = folder_of_test();
  g_test_add_func("/files/read", test_read);
  g_test_add_func("/files/optional", test_optional);
  g_test_add_func("/files/draft", test_draft);
  g_test_add_func("/files/draft-fails", test_draft_fails);
  g_test_add_func("/files/long-name", test_long_name);
  g_test_add_func("/files/link", test_link_is_replaced);
  g_test_add_func("/files/too-large", test_too_large);
  g_test_add_func("/files/full-disk", test_full_disk);
  g_test_add_func("/files/folders", test_folders);
  g_test_add_func("/files/sweep", test_sweep);
  g_test_add_func("/files/dead-drafts", test_dead_drafts);
  g_test_add_func("/files/lock", test_lock);
  int status = g_test_run();
  remove_folder(folder);
  return status;
}
