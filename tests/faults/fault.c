/* Makes calls fail: a library for LD_PRELOAD, between carnet and what it calls.
 *
 *   FAULT_STATE=FILE   shared by the program and its children, begun anew by the program. Its first megabyte
 *                      is text, padded with zeros: what was recorded, or what failed and where
 *   FAULT_RECORD=1     a line "point KIND LEVEL N" for the first call of each kind from each place of the
 *                      program (by a digest of the stack), and at its end a line "count KIND LEVEL N" for all
 *   FAULT=KIND:LEVEL:N:once|ever|kill
 *                      the Nth call of KIND at LEVEL fails; "ever": so does each one of KIND after it, in
 *                      every process; a line "failed KIND LEVEL N" and the stack are written. "kill": instead of
 *                      the call the process is killed; what it executes is left alone
 *   FAULT_CLOCK=AFTER:STEP     after so many seconds the clock of the world is set forward by STEP, or back
 *
 * LEVEL is 0 in the program, 1 in what it forked (the nurseries), 2 in what those forked, and so on.
 * Calls are counted from main's beginning to its end: what the loader does is no fault of ours.
 * Without the malloc family (-DFAULT_NO_ALLOC) it goes along with AddressSanitizer. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#define LEVELS 6
#define SEEN (1u << 17) /* places remembered while recording: a power of two */
#define STACK_FRAMES 12
#define TEXT_BYTES (1u << 20)

typedef enum {
  K_ALLOC,
  K_MMAP,
  K_MEMFD,
  K_OPEN,
  K_OPEN_READ,
  K_OPENDIR,
  K_READ,
  K_WRITE,
  K_FWRITE,
  K_FLUSH,
  K_FSYNC,
  K_TRUNCATE,
  K_RENAME,
  K_LINK,
  K_UNLINK,
  K_MKDIR,
  K_LOCK,
  K_PIPE,
  K_FORK,
  K_THREAD,
  K_SQL_OPEN,
  K_SQL_PREPARE,
  K_SQL_STEP,
  K_SQL_EXEC,
  K_SQL_BACKUP,
  KINDS,
} Kind;

/* Their names, and the errors that such a call is known to give: taken in turn. */
/* clang-format off */
static const struct {
  const char *name;
  int n, errors[4];
} kinds[KINDS] = {
  [K_ALLOC] = {"alloc", 1, {ENOMEM}},           [K_MMAP] = {"mmap", 1, {ENOMEM}},
  [K_MEMFD] = {"memfd", 2, {EMFILE, ENOMEM}},   [K_OPEN] = {"open", 4, {ENOSPC, EMFILE, EACCES, EROFS}},
  [K_OPEN_READ] = {"open-read", 3, {EMFILE, EIO, EACCES}}, [K_READ] = {"read", 1, {EIO}},
  [K_OPENDIR] = {"opendir", 2, {EMFILE, EIO}},
  [K_WRITE] = {"write", 3, {ENOSPC, EIO, EDQUOT}}, [K_FWRITE] = {"fwrite", 2, {ENOSPC, EIO}},
  [K_FLUSH] = {"flush", 2, {ENOSPC, EIO}},      [K_FSYNC] = {"fsync", 2, {EIO, ENOSPC}},
  [K_TRUNCATE] = {"truncate", 2, {EIO, ENOSPC}}, [K_RENAME] = {"rename", 3, {EIO, ENOSPC, EACCES}},
  [K_LINK] = {"link", 3, {EPERM, ENOSPC, EIO}}, [K_UNLINK] = {"unlink", 2, {EIO, EACCES}},
  [K_MKDIR] = {"mkdir", 3, {ENOSPC, EACCES, EIO}}, [K_LOCK] = {"lock", 2, {ENOLCK, EIO}},
  [K_PIPE] = {"pipe", 2, {EMFILE, ENFILE}},     [K_FORK] = {"fork", 2, {EAGAIN, ENOMEM}},
  [K_THREAD] = {"thread", 1, {EAGAIN}},
  [K_SQL_OPEN] = {"sql-open", 3, {SQLITE_CANTOPEN, SQLITE_NOMEM, SQLITE_IOERR}},
  [K_SQL_PREPARE] = {"sql-prepare", 3, {SQLITE_NOMEM, SQLITE_BUSY, SQLITE_IOERR}},
  [K_SQL_STEP] = {"sql-step", 4, {SQLITE_FULL, SQLITE_IOERR, SQLITE_BUSY, SQLITE_NOMEM}},
  [K_SQL_EXEC] = {"sql-exec", 4, {SQLITE_FULL, SQLITE_IOERR, SQLITE_BUSY, SQLITE_NOMEM}},
  [K_SQL_BACKUP] = {"sql-backup", 3, {SQLITE_FULL, SQLITE_IOERR, SQLITE_NOMEM}},
};
/* clang-format on */

/* Shared by the program and all that it forks. */
typedef struct {
  char text[TEXT_BYTES];
  atomic_uint used; /* of text */
  atomic_ullong counts[LEVELS][KINDS];
  atomic_int fired;
  atomic_ullong seen[SEEN];
} State;

static State *state;
static bool records;
static int level;
static volatile bool armed;
static int wanted_kind = -1, wanted_level, is_for_ever, is_kill;
static unsigned long long wanted_n;
static int sql_error; /* the last one that was invented: sqlite3_errmsg knows nothing of it */
static __thread bool inside __attribute__((tls_model("initial-exec")));

/* --- what is written: into the shared memory, for a child in a sandbox opens nothing ------ */

__attribute__((format(printf, 1, 2))) static void tell(const char *format, ...) {
  char line[512];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  unsigned n = length < (int)sizeof line ? (unsigned)length : sizeof line - 1;
  unsigned at = atomic_fetch_add(&state->used, n);
  if (at < TEXT_BYTES - sizeof line)
    memcpy(state->text + at, line, n);
}

static void tell_point(const char *what, Kind kind, int at_level, unsigned long long n) {
  tell("%s %s %d %llu\n", what, kinds[kind].name, at_level, n);
}

/* A digest of the stack that is the same in every run: places relative to their module. */
static unsigned long long digest_stack(Kind kind) {
  void *frames[STACK_FRAMES];
  int n = backtrace(frames, STACK_FRAMES);
  unsigned long long digest = 1469598103934665603ULL + (unsigned)kind + 31u * (unsigned)level;
  for (int i = 2; i < n; i++) {
    struct dl_find_object module;
    uintptr_t place = (uintptr_t)frames[i];
    if (_dl_find_object(frames[i], &module) == 0)
      place -= (uintptr_t)module.dlfo_map_start;
    digest = (digest ^ place) * 1099511628211ULL;
  }
  return digest | 1;
}

static bool is_new(unsigned long long digest) {
  for (unsigned i = (unsigned)digest & (SEEN - 1), tries = 0; tries < 64; i = (i + 1) & (SEEN - 1), tries++) {
    unsigned long long there = 0;
    if (atomic_compare_exchange_strong(&state->seen[i], &there, digest))
      return true;
    if (there == digest)
      return false;
  }
  return false;
}

/* --- counting -------------------------------------------------------------------- */

static void tell_hit(Kind kind, unsigned long long n) {
  void *frames[24];
  int count = backtrace(frames, 24);
  tell_point("failed", kind, level, n);
  for (int i = 2; i < count; i++) {
    Dl_info info = {0};
    dladdr(frames[i], &info);
    const char *file = info.dli_fname ? strrchr(info.dli_fname, '/') : NULL;
    tell("  %s+0x%zx %s\n", file ? file + 1 : "?", (size_t)((char *)frames[i] - (char *)info.dli_fbase),
         info.dli_sname ? info.dli_sname : "");
  }
}

/* Counts a call; the error that it shall have, 0: none. */
static int fault(Kind kind) {
  if (!armed || !state || inside)
    return 0;
  inside = true;
  int before = errno, at = level < LEVELS ? level : LEVELS - 1, error = 0;
  unsigned long long n = atomic_fetch_add(&state->counts[at][kind], 1) + 1;
  if (records && is_new(digest_stack(kind)))
    tell_point("point", kind, at, n);
  if ((int)kind == wanted_kind) {
    bool is_it = at == wanted_level && n == wanted_n && !atomic_exchange(&state->fired, 1);
    if (is_it)
      tell_hit(kind, n);
    if (is_it && is_kill)
      syscall(SYS_kill, getpid(), SIGKILL);
    if (is_it || (is_for_ever && atomic_load(&state->fired)))
      error = kinds[kind].errors[(wanted_n + (unsigned)is_for_ever) % (unsigned)kinds[kind].n];
  }
  errno = before;
  inside = false;
  return error;
}

/* True, with errno, when the call shall fail. */
static bool fails(Kind kind) {
  int error = fault(kind);
  if (error)
    errno = error;
  return error != 0;
}

/* --- beginning and end ------------------------------------------------------------- */

static void read_wish(const char *wish) {
  char name[32] = "", mode[16] = "";
  if (!wish || sscanf(wish, "%31[^:]:%d:%llu:%15s", name, &wanted_level, &wanted_n, mode) != 4)
    return;
  for (int i = 0; i < KINDS; i++)
    if (strcmp(kinds[i].name, name) == 0)
      wanted_kind = i;
  is_for_ever = strcmp(mode, "ever") == 0;
  is_kill = strcmp(mode, "kill") == 0;
}

static void read_clock_wish(const char *wish);

static void begin(void) {
  void *frames[4];
  (void)backtrace(frames, 4); /* the first one loads the unwinder, which allocates */
  const char *path = getenv("FAULT_STATE");
  int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644) : -1;
  if (fd < 0 || syscall(SYS_ftruncate, fd, sizeof(State)) != 0)
    return;
  void *map = (void *)syscall(SYS_mmap, NULL, sizeof(State), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  (void)syscall(SYS_close, fd);
  state = map == MAP_FAILED ? NULL : map;
  records = getenv("FAULT_RECORD") != NULL;
  read_wish(getenv("FAULT"));
  read_clock_wish(getenv("FAULT_CLOCK"));
  if (is_kill || getenv("FAULT_CLOCK")) /* another program, executed by this one, would begin the state anew */
    unsetenv("FAULT_STATE");
}

static void end(void) {
  armed = false;
  for (int at = 0; state && records && at < LEVELS; at++)
    for (int kind = 0; kind < KINDS; kind++)
      if (state->counts[at][kind])
        tell_point("count", (Kind)kind, at, state->counts[at][kind]);
}

static int (*real_main)(int, char **, char **);

static int counted_main(int argc, char **argv, char **environment) {
  begin();
  armed = true;
  int status = real_main(argc, argv, environment);
  end();
  return status;
}

/* The real function, found once. */
#define REAL(name)                                                                                                     \
  static __typeof__(&name) real;                                                                                       \
  if (!real) {                                                                                                         \
    bool was_inside = inside;                                                                                          \
    inside = true;                                                                                                     \
    *(void **)&real = dlsym(RTLD_NEXT, #name);                                                                         \
    inside = was_inside;                                                                                               \
  }

typedef int (*MainFunction)(int, char **, char **);
int __libc_start_main(MainFunction main, int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void *stack_end);

int __libc_start_main(MainFunction main, int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void *stack_end) {
  REAL(__libc_start_main)
  real_main = main;
  return real(counted_main, argc, argv, init, fini, rtld_fini, stack_end);
}

/* --- memory ------------------------------------------------------------------------ */

#ifndef FAULT_NO_ALLOC
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *there, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size) {
  return fails(K_ALLOC) ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size) {
  return fails(K_ALLOC) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *there, size_t size) {
  return fails(K_ALLOC) ? NULL : __libc_realloc(there, size);
}

void *memalign(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size) {
  return fails(K_ALLOC) ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  return fails(K_ALLOC) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size) {
  int error = fault(K_ALLOC);
  void *memory = error ? NULL : __libc_memalign(alignment, size);
  if (!memory)
    return ENOMEM;
  *out = memory;
  return 0;
}
#endif

/* --- calls that fail by a value and errno -------------------------------------------- */

#define FAILING(kind, failed, type, name, parameters, ...)                                                             \
  type name parameters {                                                                                               \
    REAL(name)                                                                                                         \
    return fails(kind) ? (failed) : real(__VA_ARGS__);                                                                 \
  }

/* clang-format off */
FAILING(K_MMAP, MAP_FAILED, void *, mmap, (void *a, size_t n, int prot, int flags, int fd, off_t at), a, n, prot, flags, fd, at)
FAILING(K_MMAP, MAP_FAILED, void *, mmap64, (void *a, size_t n, int prot, int flags, int fd, off64_t at), a, n, prot, flags, fd, at)
FAILING(K_MEMFD, -1, int, memfd_create, (const char *name, unsigned flags), name, flags)
FAILING(K_OPENDIR, NULL, DIR *, opendir, (const char *path), path)
FAILING(K_READ, -1, ssize_t, read, (int fd, void *buffer, size_t n), fd, buffer, n)
FAILING(K_READ, -1, ssize_t, pread, (int fd, void *buffer, size_t n, off_t at), fd, buffer, n, at)
FAILING(K_READ, -1, ssize_t, pread64, (int fd, void *buffer, size_t n, off64_t at), fd, buffer, n, at)
FAILING(K_WRITE, -1, ssize_t, write, (int fd, const void *buffer, size_t n), fd, buffer, n)
FAILING(K_WRITE, -1, ssize_t, pwrite, (int fd, const void *buffer, size_t n, off_t at), fd, buffer, n, at)
FAILING(K_WRITE, -1, ssize_t, pwrite64, (int fd, const void *buffer, size_t n, off64_t at), fd, buffer, n, at)
FAILING(K_WRITE, -1, ssize_t, writev, (int fd, const struct iovec *parts, int n), fd, parts, n)
FAILING(K_FSYNC, -1, int, fsync, (int fd), fd)
FAILING(K_FSYNC, -1, int, fdatasync, (int fd), fd)
FAILING(K_TRUNCATE, -1, int, ftruncate, (int fd, off_t length), fd, length)
FAILING(K_TRUNCATE, -1, int, ftruncate64, (int fd, off64_t length), fd, length)
FAILING(K_RENAME, -1, int, rename, (const char *from, const char *to), from, to)
FAILING(K_RENAME, -1, int, renameat, (int at, const char *from, int where, const char *to), at, from, where, to)
FAILING(K_LINK, -1, int, link, (const char *from, const char *to), from, to)
FAILING(K_UNLINK, -1, int, unlink, (const char *path), path)
FAILING(K_MKDIR, -1, int, mkdir, (const char *path, mode_t mode), path, mode)
FAILING(K_LOCK, -1, int, flock, (int fd, int operation), fd, operation)
FAILING(K_PIPE, -1, int, pipe2, (int ends[2], int flags), ends, flags)
FAILING(K_PIPE, -1, int, pipe, (int ends[2]), ends)
FAILING(K_PIPE, -1, int, socketpair, (int domain, int type, int protocol, int ends[2]), domain, type, protocol, ends)
/* clang-format on */

static Kind kind_of_open(int flags) {
  return (flags & O_ACCMODE) == O_RDONLY ? K_OPEN_READ : K_OPEN;
}

#define OPENING(name)                                                                                                  \
  int name(const char *path, int flags, ...) {                                                                         \
    REAL(name)                                                                                                         \
    va_list more;                                                                                                      \
    va_start(more, flags);                                                                                             \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;                                          \
    va_end(more);                                                                                                      \
    return fails(kind_of_open(flags)) ? -1 : real(path, flags, mode);                                                  \
  }
OPENING(open)
OPENING(open64)

int openat(int at, const char *path, int flags, ...) {
  REAL(openat)
  va_list more;
  va_start(more, flags);
  mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;
  va_end(more);
  return fails(kind_of_open(flags)) ? -1 : real(at, path, flags, mode);
}

FILE *fopen(const char *path, const char *mode) {
  REAL(fopen)
  return fails(mode[0] == 'r' ? K_OPEN_READ : K_OPEN) ? NULL : real(path, mode);
}

FILE *fopen64(const char *path, const char *mode) {
  REAL(fopen64)
  return fails(mode[0] == 'r' ? K_OPEN_READ : K_OPEN) ? NULL : real(path, mode);
}

FILE *fdopen(int fd, const char *mode) {
  REAL(fdopen)
  return fails(K_OPEN) ? NULL : real(fd, mode);
}

/* --- streams: libc writes inside, where nothing can come between -------------------- */

static bool stream_fails(Kind kind, FILE *stream) {
  bool so = fails(kind);
  if (so && stream)
    stream->_flags |= _IO_ERR_SEEN;
  return so;
}

size_t fwrite(const void *data, size_t size, size_t n, FILE *stream) {
  REAL(fwrite)
  return stream_fails(K_FWRITE, stream) ? 0 : real(data, size, n, stream);
}

size_t fread(void *data, size_t size, size_t n, FILE *stream) {
  REAL(fread)
  return stream_fails(K_READ, stream) ? 0 : real(data, size, n, stream);
}

int fflush(FILE *stream) {
  REAL(fflush)
  return stream_fails(K_FLUSH, stream) ? EOF : real(stream);
}

/* Closed all the same, as the system does it. */
int fclose(FILE *stream) {
  REAL(fclose)
  int error = fault(K_FLUSH), result = real(stream);
  if (!error)
    return result;
  errno = error;
  return EOF;
}

/* --- the clock -------------------------------------------------------------------------- */

static time_t step_after, step_seconds, began;

static void read_clock_wish(const char *wish) {
  struct timespec now;
  long after = 0, step = 0;
  if (!wish || sscanf(wish, "%ld:%ld", &after, &step) != 2)
    return;
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
  began = now.tv_sec;
  step_after = after;
  step_seconds = step;
}

/* What the clock of the world is off by now. */
static time_t clock_step(void) {
  struct timespec now;
  return step_seconds != 0 && syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now) == 0 && now.tv_sec - began >= step_after
             ? step_seconds
             : 0;
}

int clock_gettime(clockid_t clock, struct timespec *out) {
  REAL(clock_gettime)
  int result = real(clock, out);
  if (clock == CLOCK_REALTIME)
    out->tv_sec += clock_step();
  return result;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone) {
  REAL(gettimeofday)
  int result = real(out, zone);
  out->tv_sec += clock_step();
  return result;
}

/* --- processes and threads ------------------------------------------------------------ */

pid_t fork(void) {
  REAL(fork)
  if (fails(K_FORK))
    return -1;
  pid_t pid = real();
  if (pid == 0)
    level++;
  return pid;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *user) {
  REAL(pthread_create)
  int error = fault(K_THREAD);
  return error ? error : real(thread, attributes, run, user);
}

/* --- SQLite ----------------------------------------------------------------------------- */

/* Those calls of the program; SQLite calls itself too, where a made-up error would be damage. */
static int sql_fault(Kind kind, const void *caller) {
  Dl_info info;
  bool is_its_own = dladdr(caller, &info) && info.dli_fname && strstr(info.dli_fname, "libsqlite3");
  int error = is_its_own ? 0 : fault(kind);
  sql_error = error ? error : sql_error;
  return error;
}

int sqlite3_open_v2(const char *path, sqlite3 **db, int flags, const char *vfs) {
  REAL(sqlite3_open_v2)
  int error = sql_fault(K_SQL_OPEN, __builtin_return_address(0));
  *db = NULL;
  return error ? error : real(path, db, flags, vfs);
}

int sqlite3_prepare_v2(sqlite3 *db, const char *sql, int n, sqlite3_stmt **stmt, const char **tail) {
  REAL(sqlite3_prepare_v2)
  int error = sql_fault(K_SQL_PREPARE, __builtin_return_address(0));
  *stmt = NULL;
  return error ? error : real(db, sql, n, stmt, tail);
}

int sqlite3_prepare_v3(sqlite3 *db, const char *sql, int n, unsigned flags, sqlite3_stmt **stmt, const char **tail) {
  REAL(sqlite3_prepare_v3)
  int error = sql_fault(K_SQL_PREPARE, __builtin_return_address(0));
  *stmt = NULL;
  return error ? error : real(db, sql, n, flags, stmt, tail);
}

int sqlite3_step(sqlite3_stmt *stmt) {
  REAL(sqlite3_step)
  int error = sql_fault(K_SQL_STEP, __builtin_return_address(0));
  return error ? error : real(stmt);
}

int sqlite3_exec(sqlite3 *db, const char *sql, int (*each)(void *, int, char **, char **), void *user, char **message) {
  REAL(sqlite3_exec)
  int error = sql_fault(K_SQL_EXEC, __builtin_return_address(0));
  return error ? error : real(db, sql, each, user, message);
}

sqlite3_backup *sqlite3_backup_init(sqlite3 *to, const char *to_name, sqlite3 *from, const char *from_name) {
  REAL(sqlite3_backup_init)
  return sql_fault(K_SQL_BACKUP, __builtin_return_address(0)) ? NULL : real(to, to_name, from, from_name);
}

int sqlite3_backup_step(sqlite3_backup *copy, int pages) {
  REAL(sqlite3_backup_step)
  int error = sql_fault(K_SQL_BACKUP, __builtin_return_address(0));
  return error ? error : real(copy, pages);
}

int sqlite3_errcode(sqlite3 *db) {
  REAL(sqlite3_errcode)
  return sql_error ? sql_error : real(db);
}

const char *sqlite3_errmsg(sqlite3 *db) {
  REAL(sqlite3_errmsg)
  return sql_error ? sqlite3_errstr(sql_error) : real(db);
}
