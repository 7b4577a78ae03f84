#include "base/files.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/profile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ".NAME.part-XXXXXX" beside the target: hidden, and swept after a kill. */
#define DRAFT_MARK ".part-"
#define DRAFT_ENDING "XXXXXX" /* made into a name that is free */
#define JOURNAL "-journal"    /* what SQLite calls the one of a file */
#define NAME_KEPT 200         /* bytes of NAME: the whole must stay a legal name */

struct FileDraft {
  char *path, *draft_path;
  FILE *stream;
};

static bool read_up_to(int fd, gsize max_bytes, GByteArray *content, int *errnum) {
  guint8 block[65536];
  for (;;) {
    ssize_t n = read(fd, block, sizeof block);
    if (n == 0)
      return true;
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      *errnum = errno;
      return false;
    }
    g_byte_array_append(content, block, (guint)n);
    if (content->len > max_bytes)
      return true;
  }
}

static void set_too_long(GError **error, const char *path, gsize nbytes, bool exact, gsize max_bytes) {
  g_autofree char *size = g_format_size(nbytes);
  g_autofree char *most = g_format_size(max_bytes);
  if (exact)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: %s is too long, at most %s is read"), path, size, most);
  else
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: too long, at most %s is read"), path, most);
}

static int open_readable(const char *path, struct stat *status, GError **error) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0 || fstat(fd, status) != 0) {
    carnet_error_set_errno(error, errno, "%s", path);
    if (fd >= 0)
      close(fd);
    return -1;
  }
  if (S_ISDIR(status->st_mode)) {
    carnet_error_set_errno(error, EISDIR, "%s", path);
    close(fd);
    return -1;
  }
  (void)fcntl(fd, F_SETFL, 0); /* O_NONBLOCK was for opening a pipe without waiting */
  return fd;
}

GBytes *file_read(const char *path, gsize max_bytes, GError **error) {
  bool is_stdin = strcmp(path, "-") == 0;
  const char *name = is_stdin ? _("standard input") : path;
  struct stat status = {0};
  int fd = is_stdin ? STDIN_FILENO : open_readable(path, &status, error);
  if (fd < 0)
    return NULL;
  g_autoptr(GByteArray) content = g_byte_array_new();
  int errnum = 0;
  bool is_long = !is_stdin && S_ISREG(status.st_mode) && (gsize)status.st_size > max_bytes;
  bool ok = is_long || read_up_to(fd, max_bytes, content, &errnum);
  if (!is_stdin)
    close(fd);
  if (!ok) {
    carnet_error_set_errno(error, errnum, "%s", name);
    return NULL;
  }
  if (is_long || content->len > max_bytes) {
    set_too_long(error, name, (gsize)status.st_size, is_long, max_bytes);
    return NULL;
  }
  return g_byte_array_free_to_bytes(g_steal_pointer(&content));
}

char *file_read_text(const char *path, gsize max_bytes, GError **error) {
  g_autoptr(GBytes) bytes = file_read(path, max_bytes, error);
  gsize nbytes = 0;
  const char *data = bytes ? g_bytes_get_data(bytes, &nbytes) : NULL;
  return bytes ? g_strndup(data ? data : "", nbytes) : NULL;
}

/* --- drafts ---------------------------------------------------------------- */

/* The start of the names of `path`'s drafts. */
static char *draft_prefix(const char *path) {
  g_autofree char *base = g_path_get_basename(path);
  return g_strdup_printf(".%.*s" DRAFT_MARK, NAME_KEPT, base);
}

/* A draft, a file or a folder, is locked while it is written. One that nobody holds was left by a
 * run that was killed: it goes, and the journal of the SQLite file that it may have been. */
static void remove_dead_draft(const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) {
    g_autofree char *journal = g_strconcat(path, JOURNAL, NULL);
    unlink(journal);
    folder_remove(path, NULL);
  }
  if (fd >= 0)
    close(fd);
}

static bool is_draft(const char *name, const char *prefix) {
  return g_str_has_prefix(name, prefix) && strlen(name) == strlen(prefix) + strlen(DRAFT_ENDING);
}

static void sweep_dead_drafts(const char *folder, const char *prefix) {
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    if (!is_draft(name, prefix))
      continue;
    g_autofree char *draft = g_build_filename(folder, name, NULL);
    remove_dead_draft(draft);
  }
}

/* Makes and locks a draft; -1 with errno. In the moment between, another process may have
 * taken it for a dead one: then another is made. */
static int open_draft(const char *folder, const char *prefix, int mode, char **path) {
  for (;;) {
    g_autofree char *made = g_strconcat(folder, "/", prefix, DRAFT_ENDING, NULL);
    int fd = g_mkstemp_full(made, O_RDWR | O_CLOEXEC, mode);
    struct stat status;
    if (fd >= 0)
      flock(fd, LOCK_EX); /* where there are no locks, nobody else gets one either */
    if (fd < 0 || fstat(fd, &status) != 0 || status.st_nlink > 0) {
      *path = g_steal_pointer(&made);
      return fd;
    }
    close(fd);
  }
}

FileDraft *file_draft_new(const char *path, int mode, GError **error) {
  g_autofree char *folder = g_path_get_dirname(path);
  g_autofree char *prefix = draft_prefix(path);
  g_autofree char *draft_path = NULL;
  sweep_dead_drafts(folder, prefix);
  int fd = open_draft(folder, prefix, mode, &draft_path);
  if (fd < 0) {
    carnet_error_set_errno(error, errno, _("%s: cannot write in this folder"), folder);
    return NULL;
  }
  FILE *stream = fdopen(fd, "w+");
  if (!stream) {
    carnet_error_set_errno(error, errno, "%s", path);
    close(fd);
    unlink(draft_path);
    return NULL;
  }
  FileDraft *draft = g_new0(FileDraft, 1);
  draft->path = g_strdup(path);
  draft->draft_path = g_steal_pointer(&draft_path);
  draft->stream = stream;
  return draft;
}

bool file_draft_is_over(int fd) {
  bool is_over = flock(fd, LOCK_SH | LOCK_NB) == 0;
  if (is_over)
    flock(fd, LOCK_UN); /* who sweeps is to find it free */
  return is_over;
}

int file_draft_open(const char *path) {
  g_autofree char *folder = g_path_get_dirname(path), *prefix = draft_prefix(path);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  int found = -1;
  for (const char *name; dir && found < 0 && (name = g_dir_read_name(dir));) {
    if (!is_draft(name, prefix))
      continue;
    g_autofree char *draft = g_build_filename(folder, name, NULL);
    int fd = open(draft, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0 && !file_draft_is_over(fd))
      found = fd;
    else if (fd >= 0)
      close(fd);
  }
  return found;
}

FILE *file_draft_stream(FileDraft *draft) {
  return draft->stream;
}

const char *file_draft_path(const FileDraft *draft) {
  return draft->draft_path;
}

bool file_is_as_new(const char *path, const char *than) {
  struct stat one, other;
  if (stat(path, &one) != 0 || stat(than, &other) != 0)
    return false;
  return one.st_mtim.tv_sec != other.st_mtim.tv_sec ? one.st_mtim.tv_sec > other.st_mtim.tv_sec
                                                    : one.st_mtim.tv_nsec >= other.st_mtim.tv_nsec;
}

bool folder_sync(const char *path, GError **error) {
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  /* Some network and FUSE file systems have no fsync of folders: EINVAL. */
  bool ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
  if (!ok)
    carnet_error_set_errno(error, errno, "%s", path);
  if (fd >= 0)
    close(fd);
  return ok;
}

/* Closing is checked too: some file systems tell of a full disk only then. */
static bool close_stream(FileDraft *draft, bool durable) {
  bool ok = fflush(draft->stream) == 0 && !ferror(draft->stream) && (!durable || fsync(fileno(draft->stream)) == 0);
  int errnum = ok ? 0 : (errno ? errno : EIO);
  if (fclose(draft->stream) != 0 && ok) {
    errnum = errno;
    ok = false;
  }
  draft->stream = NULL;
  errno = errnum;
  return ok;
}

static bool put_in_place(FileDraft *draft, bool durable, GError **error) {
  errno = 0;
  if (!close_stream(draft, durable) || rename(draft->draft_path, draft->path) != 0) {
    carnet_error_set_errno(error, errno, "%s", draft->path);
    return false;
  }
  g_clear_pointer(&draft->draft_path, g_free);
  return true;
}

bool file_draft_commit_fast(FileDraft *draft, GError **error) {
  return put_in_place(draft, false, error);
}

bool file_draft_commit(FileDraft *draft, GError **error) {
  PROFILE_HERE(PROFILE_WRITE);
  if (!put_in_place(draft, true, error))
    return false;
  g_autofree char *folder = g_path_get_dirname(draft->path);
  return folder_sync(folder, error);
}

void file_draft_free(FileDraft *draft) {
  if (!draft)
    return;
  if (draft->stream)
    (void)fclose(draft->stream);
  if (draft->draft_path)
    unlink(draft->draft_path);
  g_free(draft->draft_path);
  g_free(draft->path);
  g_free(draft);
}

bool file_write(const char *path, const char *data, gssize nbytes, int mode, GError **error) {
  g_autoptr(FileDraft) draft = file_draft_new(path, mode, error);
  if (!draft)
    return false;
  size_t length = nbytes < 0 ? strlen(data) : (size_t)nbytes;
  if (fwrite(data, 1, length, draft->stream) != length) {
    carnet_error_set_errno(error, errno, "%s", path);
    return false;
  }
  return file_draft_commit(draft, error);
}

/* --- folders --------------------------------------------------------------- */

bool folder_make(const char *path, GError **error) {
  if (g_mkdir_with_parents(path, 0755) == 0)
    return true;
  carnet_error_set_errno(error, errno, "%s", path);
  return false;
}

static int by_name(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names in a folder, sorted, so that every run does the same. NULL with an error. */
static GPtrArray *names_in(const char *path, GError **error) {
  DIR *dir = opendir(path);
  if (!dir) {
    carnet_error_set_errno(error, errno, "%s", path);
    return NULL;
  }
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  for (const struct dirent *entry; (entry = readdir(dir));)
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
      g_ptr_array_add(names, g_strdup(entry->d_name));
  closedir(dir);
  g_ptr_array_sort(names, by_name);
  return names;
}

static bool empty_folder(const char *path, GError **error) {
  g_autoptr(GPtrArray) names = names_in(path, error);
  for (guint i = 0; names && i < names->len; i++) {
    g_autofree char *child = g_build_filename(path, g_ptr_array_index(names, i), NULL);
    if (!folder_remove(child, error))
      return false;
  }
  return names != NULL;
}

bool folder_remove(const char *path, GError **error) {
  struct stat status;
  int failed = lstat(path, &status);
  bool is_folder = failed == 0 && S_ISDIR(status.st_mode);
  if (is_folder && !empty_folder(path, error))
    return false;
  if (failed == 0)
    failed = is_folder ? rmdir(path) : unlink(path);
  if (failed == 0 || errno == ENOENT)
    return true;
  carnet_error_set_errno(error, errno, "%s", path);
  return false;
}

static bool pour(int fd, const char *from, FileDraft *draft, GError **error) {
  char block[65536];
  for (;;) {
    ssize_t n = read(fd, block, sizeof block);
    if (n == 0)
      return true;
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0 || fwrite(block, 1, (size_t)n, draft->stream) != (size_t)n) {
      carnet_error_set_errno(error, errno, "%s", n < 0 ? from : draft->path);
      return false;
    }
  }
}

/* The source may be installed read-only: a copy is there to be edited. */
static bool copy_file(const char *from, const char *to, mode_t mode, GError **error) {
  struct stat status;
  if (lstat(to, &status) == 0)
    return true;
  int fd = open_readable(from, &status, error);
  if (fd < 0)
    return false;
  g_autoptr(FileDraft) draft = file_draft_new(to, (int)((mode & 0777) | S_IWUSR), error);
  bool ok = draft && pour(fd, from, draft, error) && file_draft_commit_fast(draft, error);
  close(fd);
  return ok;
}

bool folder_copy(const char *from, const char *to, GError **error) {
  g_autoptr(GPtrArray) names = names_in(from, error);
  if (!names || !folder_make(to, error))
    return false;
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *source = g_build_filename(from, g_ptr_array_index(names, i), NULL);
    g_autofree char *target = g_build_filename(to, g_ptr_array_index(names, i), NULL);
    struct stat status;
    if (lstat(source, &status) != 0) {
      carnet_error_set_errno(error, errno, "%s", source);
      return false;
    }
    if (S_ISDIR(status.st_mode) && !folder_copy(source, target, error))
      return false;
    if (S_ISREG(status.st_mode) && !copy_file(source, target, status.st_mode, error))
      return false;
  }
  return true;
}

void folder_sweep(const char *path) {
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    if (name[0] != '.' || !strstr(name, DRAFT_MARK) || g_str_has_suffix(name, JOURNAL))
      continue;
    g_autofree char *draft = g_build_filename(path, name, NULL);
    remove_dead_draft(draft);
  }
}

struct FolderDraft {
  char *path, *draft_path;
  int fd; /* locked */
};

FolderDraft *folder_draft_new(const char *path, GError **error) {
  g_autofree char *parent = g_path_get_dirname(path);
  g_autofree char *prefix = draft_prefix(path);
  g_autofree char *draft_path = g_strconcat(parent, "/", prefix, DRAFT_ENDING, NULL);
  sweep_dead_drafts(parent, prefix);
  if (!g_mkdtemp_full(draft_path, 0755)) {
    carnet_error_set_errno(error, errno, _("%s: cannot write in this folder"), parent);
    return NULL;
  }
  FolderDraft *draft = g_new0(FolderDraft, 1);
  draft->fd = open(draft_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (draft->fd >= 0)
    flock(draft->fd, LOCK_EX);
  draft->path = g_strdup(path);
  draft->draft_path = g_steal_pointer(&draft_path);
  return draft;
}

const char *folder_draft_path(const FolderDraft *draft) {
  return draft->draft_path;
}

bool folder_draft_commit(FolderDraft *draft, GError **error) {
  if (rename(draft->draft_path, draft->path) != 0) {
    carnet_error_set_errno(error, errno, "%s", draft->path);
    return false;
  }
  g_clear_pointer(&draft->draft_path, g_free);
  return true;
}

void folder_draft_free(FolderDraft *draft) {
  if (!draft)
    return;
  if (draft->draft_path)
    folder_remove(draft->draft_path, NULL);
  if (draft->fd >= 0)
    close(draft->fd);
  g_free(draft->draft_path);
  g_free(draft->path);
  g_free(draft);
}

/* --- locks ----------------------------------------------------------------- */

struct FileLock {
  int fd;
};

static void set_held(GError **error, const char *path, int fd) {
  char holder[32] = "";
  ssize_t n = pread(fd, holder, sizeof holder - 1, 0);
  holder[n > 0 ? n : 0] = '\0';
  g_strstrip(holder);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN,
              _("%s: held by another carnet (process %s); try again when it has ended"), path, *holder ? holder : "?");
}

FileLock *file_lock_take(const char *path, guint wait_ms, GError **error) {
  int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) {
    carnet_error_set_errno(error, errno, "%s", path);
    return NULL;
  }
  gint64 until_us = g_get_monotonic_time() + (gint64)wait_ms * 1000;
  while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR)
      continue;
    int errnum = errno;
    if (errnum != EWOULDBLOCK || g_get_monotonic_time() >= until_us) {
      if (errnum == EWOULDBLOCK)
        set_held(error, path, fd);
      else
        carnet_error_set_errno(error, errnum, "%s", path);
      close(fd);
      return NULL;
    }
    g_usleep(20000);
  }
  g_autofree char *holder = g_strdup_printf("%ld\n", (long)getpid());
  if (ftruncate(fd, 0) != 0 || pwrite(fd, holder, strlen(holder), 0) < 0)
    g_debug("%s: the holder's number could not be written", path);
  FileLock *lock = g_new0(FileLock, 1);
  lock->fd = fd;
  return lock;
}

void file_lock_free(FileLock *lock) {
  if (!lock)
    return;
  close(lock->fd);
  g_free(lock);
}
