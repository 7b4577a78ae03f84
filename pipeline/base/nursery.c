#include "base/nursery.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/limits.h"
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
  GAsyncQueue *free_ones; /* Nursery* that serve nobody */
};

typedef struct {
  NurseryPrepare prepare;
  NurseryTask task;
  gpointer user;
  NurseryLimits limits;
} Work;

/* --- messages with descriptors ---------------------------------------------- */

static bool send_fds(int socket, const int fds[3]) {
  char byte = 'r';
  char control[CMSG_SPACE(3 * sizeof(int))] = {0};
  struct iovec part = {&byte, 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(3 * sizeof(int));
  memcpy(CMSG_DATA(head), fds, 3 * sizeof(int));
  ssize_t n;
  do
    n = sendmsg(socket, &message, MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);
  return n == 1;
}

static bool receive_fds(int socket, int fds[3]) {
  char byte;
  char control[CMSG_SPACE(3 * sizeof(int))];
  struct iovec part = {&byte, 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  ssize_t n;
  do
    n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);
  struct cmsghdr *head = n == 1 ? CMSG_FIRSTHDR(&message) : NULL;
  if (!head || head->cmsg_len != CMSG_LEN(3 * sizeof(int)))
    return false;
  memcpy(fds, CMSG_DATA(head), 3 * sizeof(int));
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

/* Runs the task; its own error goes to the nursery through `report_fd`. */
static void run_task(const Work *work, const int fds[3], int report_fd, const GError *unprepared) {
  struct stat status;
  g_autoptr(GError) error = unprepared ? g_error_copy(unprepared) : NULL;
  const char *request = "";
  gsize nbytes = 0;
  if (fstat(fds[0], &status) == 0 && status.st_size > 0) {
    void *map = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, fds[0], 0);
    if (map != MAP_FAILED) {
      request = map;
      nbytes = (gsize)status.st_size;
    }
  }
  dup2(fds[2], STDERR_FILENO);
  limits_apply(&work->limits);
  bool ok = !error && work->task(request, nbytes, fds[1], work->user, &error);
  Ending ending = {0};
  if (!ok) {
    copy_message(&ending, error);
    if (write(report_fd, &ending, sizeof ending) != sizeof ending)
      _exit(2);
  }
  _exit(ok ? 0 : 1);
}

/* --- in the nursery ---------------------------------------------------------- */

static bool wait_for_end(pid_t pid, guint deadline_ms) {
  int fd = (int)syscall(SYS_pidfd_open, pid, 0);
  if (fd < 0)
    return true; /* an old kernel: the limit on processor time must do */
  struct pollfd wait = {.fd = fd, .events = POLLIN};
  gint64 until_us = g_get_monotonic_time() + (gint64)deadline_ms * 1000;
  int n = 0;
  for (gint64 left_us; n == 0 && (left_us = until_us - g_get_monotonic_time()) > 0;) {
    n = poll(&wait, 1, (int)(left_us / 1000) + 1);
    if (n < 0 && errno == EINTR)
      n = 0;
  }
  close(fd);
  return n > 0;
}

static void serve_one(const Work *work, int socket, const int fds[3], const GError *unprepared) {
  Ending ending = {0};
  int report[2] = {-1, -1};
  if (pipe2(report, O_CLOEXEC | O_NONBLOCK) != 0)
    ending.errnum = errno;
  pid_t pid = ending.errnum ? -1 : fork();
  if (pid == 0) {
    close(socket);
    run_task(work, fds, report[1], unprepared);
  }
  if (pid < 0) {
    ending.errnum = ending.errnum ? ending.errnum : errno;
  } else {
    bool timed_out = !wait_for_end(pid, work->limits.deadline_ms);
    if (timed_out)
      kill(pid, SIGKILL);
    int wait_status = 0;
    while (waitpid(pid, &wait_status, 0) < 0 && errno == EINTR)
      ;
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
  signal(SIGINT, SIG_IGN);
  signal(SIGTERM, SIG_DFL);
  signal(SIGHUP, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
}

static G_GNUC_NORETURN void live(const Work *work, int socket) {
  g_autoptr(GError) unprepared = NULL;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  ignore_keys();
  if (work->prepare && !work->prepare(work->user, &unprepared) && !unprepared)
    g_set_error_literal(&unprepared, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("cannot start"));
  int fds[3];
  while (receive_fds(socket, fds)) {
    serve_one(work, socket, fds, unprepared);
    for (int i = 0; i < 3; i++)
      close(fds[i]);
  }
  _exit(0);
}

/* --- in the caller ----------------------------------------------------------- */

static bool start_one(Nursery *nursery, const Work *work, const NurseryPool *pool, GError **error) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
    carnet_error_set_errno(error, errno, "socketpair");
    return false;
  }
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid == 0) {
    /* The other nurseries' sockets are not ours to hold open. */
    for (guint i = 0; i < pool->count && pool->nurseries[i].pid > 0; i++)
      close(pool->nurseries[i].socket);
    close(pair[0]);
    if (getppid() != parent)
      _exit(0);
    live(work, pair[1]);
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
  Work work = {prepare, task, user, *limits};
  g_autoptr(NurseryPool) pool = g_new0(NurseryPool, 1);
  pool->count = MAX(count, 1);
  pool->nurseries = g_new0(Nursery, pool->count);
  pool->deadline_us = (gint64)limits->deadline_ms * 1000;
  pool->free_ones = g_async_queue_new();
  for (guint i = 0; i < pool->count; i++) {
    if (!start_one(&pool->nurseries[i], &work, pool, error))
      return NULL;
    g_async_queue_push(pool->free_ones, &pool->nurseries[i]);
  }
  return g_steal_pointer(&pool);
}

void nursery_pool_free(NurseryPool *pool) {
  if (!pool)
    return;
  for (guint i = 0; i < pool->count && pool->nurseries[i].pid > 0; i++) {
    close(pool->nurseries[i].socket);
    while (waitpid(pool->nurseries[i].pid, NULL, 0) < 0 && errno == EINTR)
      ;
  }
  g_async_queue_unref(pool->free_ones);
  g_free(pool->nurseries);
  g_free(pool);
}

guint nursery_pool_count(const NurseryPool *pool) {
  return pool->count;
}

static int memory_file(const char *name, const char *content, gsize nbytes) {
  int fd = memfd_create(name, MFD_CLOEXEC);
  for (gsize done = 0; fd >= 0 && done < nbytes;) {
    ssize_t n = pwrite(fd, content + done, nbytes - done, (off_t)done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      close(fd);
      return -1;
    }
    done += (gsize)n;
  }
  return fd;
}

/* The last line that the child wrote on its standard error, printable; "" when none. */
static char *last_words(int fd) {
  char text[1025] = "";
  struct stat status;
  if (fstat(fd, &status) != 0 || status.st_size == 0)
    return g_strdup("");
  off_t from = status.st_size > 1024 ? status.st_size - 1024 : 0;
  ssize_t n = pread(fd, text, 1024, from);
  text[n > 0 ? n : 0] = '\0';
  g_strchomp(text);
  const char *line = strrchr(text, '\n');
  return text_printable(line ? line + 1 : text);
}

static void set_ending_error(GError **error, const Ending *ending, const NurseryPool *pool, int stderr_fd) {
  g_autofree char *words = last_words(stderr_fd);
  g_autofree char *how = limits_ending(ending->wait_status);
  if (ending->errnum)
    carnet_error_set_errno(error, ending->errnum, "fork");
  else if (ending->task_failed)
    g_set_error_literal(error, CARNET_ERROR, ending->error_code, ending->message);
  else if (ending->timed_out)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("took more than %.0f s"), (double)pool->deadline_us / 1e6);
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

GBytes *nursery_call(NurseryPool *pool, const char *request, gsize nbytes, GError **error) {
  int fds[3] = {memory_file("request", request, nbytes), memory_file("answer", "", 0), memory_file("stderr", "", 0)};
  GBytes *answer = NULL;
  if (fds[0] < 0 || fds[1] < 0 || fds[2] < 0) {
    carnet_error_set_errno(error, errno, "memfd_create");
  } else {
    Nursery *nursery = g_async_queue_pop(pool->free_ones);
    Ending ending;
    bool served = send_fds(nursery->socket, fds) && receive_all(nursery->socket, &ending, sizeof ending);
    g_async_queue_push(pool->free_ones, nursery);
    bool ok = served && !ending.errnum && !ending.timed_out && WIFEXITED(ending.wait_status) &&
              WEXITSTATUS(ending.wait_status) == 0;
    if (ok)
      answer = map_answer(fds[1], error);
    else if (served)
      set_ending_error(error, &ending, pool, fds[2]);
    else
      g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("the helper process has ended"));
  }
  for (int i = 0; i < 3; i++)
    if (fds[i] >= 0)
      close(fds[i]);
  return answer;
}
