#include "base/nursery.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/sandbox.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MESSAGE_BYTES 512
#define LAST_BYTES 1024 /* of standard error, where its last line is looked for */
#define SOCKET_FD 3     /* in a nursery */

/* What goes with a request: these three, then what is lent. */
enum { FD_REQUEST, FD_ANSWER, FD_ERRORS, FD_LENT };

typedef struct {
  int fds[FD_LENT + NURSERY_LENT_MOST];
  guint n;
} Parcel;

/* What a nursery answers when a child has ended. */
typedef struct {
  int wait_status, errnum;
  bool timed_out, task_failed;
  int error_code;              /* CarnetError of the task's own error */
  char message[MESSAGE_BYTES]; /* the task's error */
} Ending;

typedef struct {
  pid_t pid;
  int socket;
} Nursery;

struct NurseryPool {
  Nursery *nurseries;
  guint count;
  gint64 deadline_us;
  GAsyncQueue *free_ones; /* Nursery* that serve nobody; &nobody when all have ended */
  gint living;            /* atomic */
  Nursery nobody;
};

typedef struct {
  NurseryPrepare prepare;
  NurseryTask task;
  gpointer user;
  NurseryLimits limits;
  guint64 address_space; /* bytes that the nursery had when it was prepared */
  const Sandbox *sandbox;
} Work;

/* --- messages with descriptors ---------------------------------------------- */

static bool send_parcel(int socket, const Parcel *parcel) {
  char byte = 'r';
  char control[CMSG_SPACE(sizeof parcel->fds)] = {0};
  gsize nbytes = parcel->n * sizeof(int);
  struct iovec part = {&byte, 1};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = CMSG_SPACE(nbytes)};
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(nbytes);
  memcpy(CMSG_DATA(head), parcel->fds, nbytes);
  ssize_t n;
  do
    n = sendmsg(socket, &message, MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);
  return n == 1;
}

static bool receive_parcel(int socket, Parcel *parcel) {
  char byte;
  char control[CMSG_SPACE(sizeof parcel->fds)];
  struct iovec part = {&byte, 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  ssize_t n;
  do
    n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);
  struct cmsghdr *head = n == 1 ? CMSG_FIRSTHDR(&message) : NULL;
  if (!head || head->cmsg_len < CMSG_LEN(FD_LENT * sizeof(int)) || head->cmsg_len > CMSG_LEN(sizeof parcel->fds))
    return false;
  parcel->n = (guint)((head->cmsg_len - CMSG_LEN(0)) / sizeof(int));
  memcpy(parcel->fds, CMSG_DATA(head), parcel->n * sizeof(int));
  return true;
}

static bool receive_all(int socket, void *out, gsize nbytes) {
  ssize_t n;
  do
    n = recv(socket, out, nbytes, MSG_WAITALL);
  while (n < 0 && errno == EINTR);
  return n == (ssize_t)nbytes;
}

/* --- in the child ------------------------------------------------------------ */

static void copy_message(Ending *ending, const GError *error) {
  ending->task_failed = true;
  ending->error_code = error && error->domain == CARNET_ERROR ? error->code : CARNET_ERROR_SYSTEM;
  g_strlcpy(ending->message, error ? error->message : "", sizeof ending->message);
}

static Parcel given; /* set in a child alone */

int nursery_lent(guint i) {
  return FD_LENT + i < given.n ? given.fds[FD_LENT + i] : -1;
}

/* Runs the task; its own error goes to the nursery through `report_fd`. */
static void run_task(const Work *work, const Parcel *parcel, int report_fd, pid_t nursery, const GError *unprepared) {
  struct stat status;
  g_autoptr(GError) error = unprepared ? g_error_copy(unprepared) : NULL;
  const char *request = "";
  gsize nbytes = 0;
  given = *parcel;
  if (fstat(given.fds[FD_REQUEST], &status) == 0 && status.st_size > 0) {
    void *map = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, given.fds[FD_REQUEST], 0);
    if (map != MAP_FAILED) {
      request = map;
      nbytes = (gsize)status.st_size;
    } else if (!error) {
      carnet_error_set_errno(&error, errno, "mmap");
    }
  }
  /* A library that prints on standard output must not spoil ours. */
  dup2(given.fds[FD_ERRORS], STDOUT_FILENO);
  dup2(given.fds[FD_ERRORS], STDERR_FILENO);
  setpgid(0, 0);
  signal(SIGXFSZ, SIG_DFL); /* the child ends by it, and the nursery says that it wrote too much */
  limits_apply(&work->limits, work->address_space + nbytes);
  sandbox_enter_job(work->sandbox, !work->limits.alone);
  if (getppid() != nursery)
    _exit(1);
  bool ok = !error && work->task(request, nbytes, given.fds[FD_ANSWER], work->user, &error);
  Ending ending = {0};
  if (!ok) {
    copy_message(&ending, error);
    if (write(report_fd, &ending, sizeof ending) != sizeof ending)
      _exit(2);
  }
  _exit(ok ? 0 : 1);
}

/* --- in the nursery ---------------------------------------------------------- */

/* True when the child ended in time; it is not reaped yet. */
static bool wait_for_end(pid_t pid, guint deadline_ms) {
  int fd = (int)syscall(SYS_pidfd_open, pid, 0);
  int most_ms = fd >= 0 ? G_MAXINT : 2; /* without pidfd (an old kernel, a sandbox) we look every 2 ms */
  struct pollfd wait = {.fd = fd, .events = POLLIN};
  gint64 until_us = g_get_monotonic_time() + (gint64)deadline_ms * 1000;
  bool has_ended = false;
  for (gint64 left_us; !has_ended && (left_us = until_us - g_get_monotonic_time()) > 0;) {
    poll(&wait, 1, (int)MIN(left_us / 1000 + 1, most_ms));
    has_ended = limits_has_ended(pid);
  }
  if (fd >= 0)
    close(fd);
  return has_ended;
}

static void serve_one(const Work *work, int socket, const Parcel *parcel, const GError *unprepared) {
  Ending ending = {0};
  int report[2] = {-1, -1};
  if (pipe2(report, O_CLOEXEC | O_NONBLOCK) != 0)
    ending.errnum = errno;
  pid_t nursery = getpid();
  pid_t pid = ending.errnum ? -1 : fork();
  if (pid == 0) {
    close(socket);
    run_task(work, parcel, report[1], nursery, unprepared);
  }
  if (pid < 0) {
    ending.errnum = ending.errnum ? ending.errnum : errno;
  } else {
    bool timed_out = !wait_for_end(pid, work->limits.deadline_ms);
    if (timed_out)
      kill(pid, SIGKILL);
    kill(-pid, SIGKILL); /* whatever it started; its number is its own until it is reaped */
    int wait_status = limits_wait(pid);
    if (read(report[0], &ending, sizeof ending) != sizeof ending)
      ending = (Ending){0};
    ending.wait_status = wait_status;
    ending.timed_out = timed_out;
  }
  if (report[0] >= 0) {
    close(report[0]);
    close(report[1]);
  }
  if (send(socket, &ending, sizeof ending, MSG_NOSIGNAL) < 0)
    _exit(0);
}

/* Ctrl-C reaches the whole group of processes: the parent decides what ends when. */
static void ignore_keys(void) {
  limits_reset_signals();
  signal(SIGINT, SIG_IGN);
  signal(SIGQUIT, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN); /* a library that prepares may do without a large file */
}

/* Nothing of the parent's is kept but the socket and standard error: a lock, a
 * pipe that a reader waits on, another pool's sockets would live on with us. */
static int let_go(int socket) {
  int nothing = open("/dev/null", O_RDWR);
  if (nothing >= 0) {
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
  }
  int ours = dup2(socket, SOCKET_FD);
  (void)fcntl(ours, F_SETFD, FD_CLOEXEC);
  limits_close_from(SOCKET_FD + 1, false);
  return ours;
}

/* A password given by the environment lies on in our copy of it. */
static void forget_secrets(void) {
  static const char *const words[] = {"PASSWORD", "PASSWD", "SECRET", "TOKEN", "_KEY"};
  for (char **variable = environ; variable && *variable; variable++) {
    char *value = strchr(*variable, '=');
    bool is_secret = false;
    for (gsize i = 0; value && i < G_N_ELEMENTS(words); i++) {
      const char *found = strstr(*variable, words[i]);
      is_secret = is_secret || (found && found < value);
    }
    if (is_secret)
      memset(value + 1, '\0', strlen(value + 1));
  }
}

/* Messages are read from files at their first use, which would be too late. */
static void read_messages(void) {
  (void)_("cannot start");
  (void)g_strerror(EIO);
}

/* Waits for the first call, which stays where it is. False: there will be none. */
static bool is_asked(int socket) {
  char byte;
  ssize_t n;
  do
    n = recv(socket, &byte, 1, MSG_PEEK);
  while (n < 0 && errno == EINTR);
  return n == 1;
}

static G_GNUC_NORETURN void live(Work *work, int socket) {
  g_autoptr(GError) unprepared = NULL;
  if (!work->limits.early && !is_asked(socket))
    _exit(0);
  if (work->prepare && !work->prepare(work->user, &unprepared) && !unprepared)
    g_set_error_literal(&unprepared, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("cannot start"));
  read_messages();
  work->address_space = limits_address_space();
  work->sandbox = sandbox_new(&(SandboxRights){.reads = work->limits.reads});
  sandbox_enter(work->sandbox);
  Parcel parcel;
  while (receive_parcel(socket, &parcel)) {
    serve_one(work, socket, &parcel, unprepared);
    for (guint i = 0; i < parcel.n; i++)
      close(parcel.fds[i]);
  }
  _exit(0);
}

/* --- in the caller ----------------------------------------------------------- */

static bool start_one(Nursery *nursery, Work *work, GError **error) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
    carnet_error_set_errno(error, errno, "socketpair");
    return false;
  }
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
      _exit(0);
    ignore_keys();
    forget_secrets();
    live(work, let_go(pair[1]));
  }
  close(pair[1]);
  if (pid < 0) {
    carnet_error_set_errno(error, errno, "fork");
    close(pair[0]);
    return false;
  }
  *nursery = (Nursery){pid, pair[0]};
  return true;
}

NurseryPool *nursery_pool_new(guint count, NurseryPrepare prepare, NurseryTask task, gpointer user,
                              const NurseryLimits *limits, GError **error) {
  Work work = {.prepare = prepare, .task = task, .user = user, .limits = *limits};
  g_autoptr(NurseryPool) pool = g_new0(NurseryPool, 1);
  pool->count = MAX(count, 1);
  pool->nurseries = g_new0(Nursery, pool->count);
  pool->deadline_us = (gint64)limits->deadline_ms * 1000;
  pool->free_ones = g_async_queue_new();
  for (guint i = 0; i < pool->count; i++) {
    if (!start_one(&pool->nurseries[i], &work, error))
      return NULL;
    pool->living++;
    g_async_queue_push(pool->free_ones, &pool->nurseries[i]);
  }
  return g_steal_pointer(&pool);
}

void nursery_pool_free(NurseryPool *pool) {
  if (!pool)
    return;
  for (guint i = 0; i < pool->count && pool->nurseries[i].pid > 0; i++) {
    close(pool->nurseries[i].socket);
    limits_wait(pool->nurseries[i].pid);
  }
  g_async_queue_unref(pool->free_ones);
  g_free(pool->nurseries);
  g_free(pool);
}

guint nursery_pool_count(const NurseryPool *pool) {
  return pool->count;
}

/* A memory file that holds `content`; -1 with errno. */
static int memory_file(const char *name, const char *content, gsize nbytes) {
  int fd = memfd_create(name, MFD_CLOEXEC);
  for (gsize done = 0; fd >= 0 && done < nbytes;) {
    ssize_t n = pwrite(fd, content + done, nbytes - done, (off_t)done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      int errnum = errno;
      close(fd);
      errno = errnum;
      return -1;
    }
    done += (gsize)n;
  }
  return fd;
}

/* The last line that the child wrote on its standard error, printable; "" when none. */
static char *last_words(int fd) {
  char text[LAST_BYTES + 1] = "";
  struct stat status = {0};
  (void)fstat(fd, &status);
  ssize_t n = pread(fd, text, LAST_BYTES, MAX(status.st_size - LAST_BYTES, 0));
  text[n > 0 ? n : 0] = '\0';
  g_strchomp(text);
  const char *line = strrchr(text, '\n');
  return text_printable(line ? line + 1 : text);
}

static void set_ending_error(GError **error, const Ending *ending, const NurseryPool *pool, int stderr_fd) {
  g_autofree char *words = last_words(stderr_fd);
  g_autofree char *how = limits_ending(ending->wait_status);
  g_autofree char *cut = g_strndup(ending->message, sizeof ending->message - 1);
  g_autofree char *message = g_utf8_make_valid(cut, -1);
  if (ending->errnum)
    carnet_error_set_errno(error, ending->errnum, "fork");
  else if (ending->task_failed)
    g_set_error_literal(error, CARNET_ERROR, ending->error_code, message);
  else if (ending->timed_out)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("took more than %g s"), (double)pool->deadline_us / 1e6);
  else
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, "%s%s%s", how ? how : _("failed"), *words ? ": " : "", words);
}

/* The answer as a mapping of the memory file; empty is an answer too. */
static GBytes *map_answer(int fd, GError **error) {
  g_autoptr(GError) why = NULL;
  g_autoptr(GMappedFile) map = g_mapped_file_new_from_fd(fd, FALSE, &why);
  if (map)
    return g_mapped_file_get_bytes(map);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, "%s", why->message);
  return NULL;
}

/* Takes a nursery that serves nobody; NULL when all have ended. */
static Nursery *take_free(NurseryPool *pool) {
  Nursery *nursery = g_async_queue_pop(pool->free_ones);
  if (nursery != &pool->nobody)
    return nursery;
  g_async_queue_push(pool->free_ones, nursery); /* for the next one who waits */
  return NULL;
}

/* One that has ended is not given out again; forking another is not safe now that there are threads. */
static void give_back(NurseryPool *pool, Nursery *nursery, bool is_alive) {
  if (is_alive)
    g_async_queue_push(pool->free_ones, nursery);
  else if (g_atomic_int_dec_and_test(&pool->living))
    g_async_queue_push(pool->free_ones, &pool->nobody);
}

static GBytes *exchange(NurseryPool *pool, const Parcel *parcel, GError **error) {
  Nursery *nursery;
  while ((nursery = take_free(pool))) {
    Ending ending;
    bool sent = send_parcel(nursery->socket, parcel);
    bool served = sent && receive_all(nursery->socket, &ending, sizeof ending);
    give_back(pool, nursery, served);
    if (!sent)
      continue; /* it had ended before: this request is not the cause, another may serve it */
    if (!served)
      break;
    if (!ending.errnum && !ending.timed_out && WIFEXITED(ending.wait_status) && WEXITSTATUS(ending.wait_status) == 0)
      return map_answer(parcel->fds[FD_ANSWER], error);
    set_ending_error(error, &ending, pool, parcel->fds[FD_ERRORS]);
    return NULL;
  }
  g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_SYSTEM,
                      nursery ? _("the helper process was killed (is memory short?)")
                              : _("every helper process has ended; start carnet again"));
  return NULL;
}

GBytes *nursery_call_lending(NurseryPool *pool, const char *request, gsize nbytes, const int *lent, guint n_lent,
                             GError **error) {
  g_return_val_if_fail(n_lent <= NURSERY_LENT_MOST, NULL);
  Parcel parcel = {
      {memory_file("request", request, nbytes), memory_file("answer", "", 0), memory_file("stderr", "", 0)},
      FD_LENT + n_lent};
  GBytes *answer = NULL;
  for (guint i = 0; i < n_lent; i++)
    parcel.fds[FD_LENT + i] = lent[i];
  if (parcel.fds[FD_REQUEST] < 0 || parcel.fds[FD_ANSWER] < 0 || parcel.fds[FD_ERRORS] < 0) {
    carnet_error_set_errno(error, errno, "memfd_create");
  } else {
    answer = exchange(pool, &parcel, error);
  }
  for (int i = 0; i < FD_LENT; i++)
    if (parcel.fds[i] >= 0)
      close(parcel.fds[i]);
  return answer;
}

GBytes *nursery_call(NurseryPool *pool, const char *request, gsize nbytes, GError **error) {
  return nursery_call_lending(pool, request, nbytes, NULL, 0, error);
}
