/* Files: whole reads with a limit, and writes that are never seen half done.
 *
 * Publishing is: write beside the target under a temporary name, check every
 * write, fsync, rename, fsync the folder. A failure at any point leaves the
 * old file as it was and removes the temporary one. A run that is killed leaves
 * its temporary file: the next one that writes the same target removes it.
 */
#ifndef CARNET_BASE_FILES_H
#define CARNET_BASE_FILES_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

/* Reads a whole file or pipe (standard input when `path` is "-").
 * A file larger than `max_bytes` is an INPUT error that tells both sizes.
 * Returns (free with g_bytes_unref), or NULL. */
GBytes *file_read(const char *path, gsize max_bytes, GError **error);
/* The same as a string, which ends at its first NUL. Returns (g_free), or NULL. */
char *file_read_text(const char *path, gsize max_bytes, GError **error);

/* A file being written. Until file_commit the target is untouched.
 * file_draft_free removes the temporary file when it was not committed. */
typedef struct FileDraft FileDraft;

/* Begins to write `path`, made with permissions `mode` (0644, 0600…; the umask
 * takes from them). A symbolic link at `path` is replaced, never followed.
 * Returns (free with file_draft_free), or NULL. */
FileDraft *file_draft_new(const char *path, int mode, GError **error);
/* The stream to write to (borrowed; buffered). */
FILE *file_draft_stream(FileDraft *draft);
/* The temporary file's path (borrowed), for a library that opens by name. */
const char *file_draft_path(const FileDraft *draft);
/* Flush, fsync, rename, fsync the folder. On failure nothing has changed (but
 * when that last fsync fails, the new file is in place, perhaps not for ever). */
bool file_draft_commit(FileDraft *draft, GError **error);
/* Rename without fsync, for what can be made again (a cache). */
bool file_draft_commit_fast(FileDraft *draft, GError **error);
void file_draft_free(FileDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FileDraft, file_draft_free)

/* The draft of `path` that somebody is writing now, open to be read, or -1: nobody is. */
int file_draft_open(const char *path);
/* Its writer has done with it, whatever became of it: nothing is written to it any more. */
bool file_draft_is_over(int fd);

/* file_draft_new + write + commit, for content in memory. `nbytes` < 0: a string. */
bool file_write(const char *path, const char *data, gssize nbytes, int mode, GError **error);

/* Makes a folder and its parents (0755). Already there is success. */
bool folder_make(const char *path, GError **error);
/* Removes a folder and all it holds; symbolic links are removed, not followed. */
bool folder_remove(const char *path, GError **error);
/* Copies a folder's regular files and subfolders, no links; each file whole or
 * not at all, and writable by its owner. Existing files are kept. */
bool folder_copy(const char *from, const char *to, GError **error);
/* A folder being filled, with the same life as a FileDraft's: until folder_draft_commit gives
 * it its name, which may be an empty folder's, there is nothing at `path`. Fill it under
 * folder_draft_path (borrowed). folder_draft_free removes one that was not committed. */
typedef struct FolderDraft FolderDraft;
FolderDraft *folder_draft_new(const char *path, GError **error);
const char *folder_draft_path(const FolderDraft *draft);
bool folder_draft_commit(FolderDraft *draft, GError **error);
void folder_draft_free(FolderDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FolderDraft, folder_draft_free)
/* Removes the temporary files (".NAME.part-*") that killed runs left in `path`;
 * those of runs that live are known by their lock, and stay. */
void folder_sweep(const char *path);
/* Are both there, and is `path` not older than the other, to the nanosecond of the disk's clock? */
bool file_is_as_new(const char *path, const char *than);
/* fsync of a folder, so that a rename in it is on the disk. */
bool folder_sync(const char *path, GError **error);

/* An advisory lock on `path` (made if needed), held until freed or the process
 * ends. When another process holds it: waits up to `wait_ms`, then an AGAIN
 * error that names the holder's process. Returns (free with file_lock_free). */
typedef struct FileLock FileLock;
FileLock *file_lock_take(const char *path, guint wait_ms, GError **error);
void file_lock_free(FileLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FileLock, file_lock_free)

#endif
