#include "daemon/control.h"

#include "base/error.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define SOCKET_NAME ".run.sock"
#define ANSWER_MOST (1u << 20)
#define ANSWER_MS 5000
#define ORDER_MOST 1024 /* bytes */
#define ORDER_MS 200
#define SEND_MS 200 /* somebody who asks and does not read is left */

struct Control {
  int folder_fd, fd;
};

/* A socket's name has 107 bytes at most, a folder's may have more: it is named through its descriptor. */
static struct sockaddr_un address_in(int folder_fd) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  g_snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/" SOCKET_NAME, folder_fd);
  return address;
}

static int open_folder(const char *folder, GError **error) {
  int fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    carnet_error_set_errno(error, errno, "%s", folder);
  return fd;
}

Control *control_new(const char *folder, GError **error) {
  g_autoptr(Control) control = g_new0(Control, 1);
  control->fd = -1;
  control->folder_fd = open_folder(folder, error);
  if (control->folder_fd < 0)
    return NULL;
  struct sockaddr_un address = address_in(control->folder_fd);
  unlinkat(control->folder_fd, SOCKET_NAME, 0); /* a killed run's: who calls this holds the station's lock */
  control->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  mode_t before = umask(0177);
  bool ok = control->fd >= 0 && bind(control->fd, (struct sockaddr *)&address, sizeof address) == 0 &&
            listen(control->fd, 8) == 0;
  umask(before);
  if (!ok) {
    carnet_error_set_errno(error, errno, "%s/" SOCKET_NAME, folder);
    return NULL;
  }
  return g_steal_pointer(&control);
}

void control_free(Control *control) {
  if (!control)
    return;
  if (control->fd >= 0) {
    unlinkat(control->folder_fd, SOCKET_NAME, 0);
    close(control->fd);
  }
  if (control->folder_fd >= 0)
    close(control->folder_fd);
  g_free(control);
}

static void send_all(int fd, const char *text) {
  for (gsize left = strlen(text); left > 0;) {
    struct pollfd ready = {.fd = fd, .events = POLLOUT};
    ssize_t n = poll(&ready, 1, SEND_MS) == 1 ? send(fd, text, left, MSG_NOSIGNAL | MSG_DONTWAIT) : -1;
    if (n <= 0)
      return;
    text += n;
    left -= (gsize)n;
  }
}

/* Who asks says so at once, or says nothing. Returns (g_free). */
static char *read_order(int fd) {
  char line[ORDER_MOST];
  struct pollfd ready = {.fd = fd, .events = POLLIN};
  ssize_t n = poll(&ready, 1, ORDER_MS) == 1 ? recv(fd, line, sizeof line, MSG_DONTWAIT) : 0;
  char *order = g_strndup(line, n > 0 ? (gsize)n : 0);
  order[strcspn(order, "\n")] = '\0';
  return order;
}

void control_wait(Control *control, int timeout_ms, char *(*answer)(const char *order, gpointer user), gpointer user) {
  struct pollfd ready = {.fd = control->fd, .events = POLLIN};
  if (poll(&ready, 1, timeout_ms) != 1)
    return;
  int fd = accept4(control->fd, NULL, NULL, SOCK_CLOEXEC);
  if (fd < 0)
    return;
  g_autofree char *order = read_order(fd), *text = answer(order, user);
  send_all(fd, text);
  close(fd);
}

/* --- the other end --------------------------------------------------------------------- */

static char *receive(int fd, GError **error) {
  g_autoptr(GString) text = g_string_new("");
  char bytes[4096];
  for (struct pollfd ready = {.fd = fd, .events = POLLIN}; poll(&ready, 1, ANSWER_MS) == 1;) {
    ssize_t n = recv(fd, bytes, sizeof bytes, 0);
    bool is_whole = n == 0 || (n < 0 && errno == ECONNRESET && text->len > 0); /* it did not read what we said */
    if (is_whole)
      return g_string_free(g_steal_pointer(&text), FALSE);
    if (n < 0 || text->len > ANSWER_MOST)
      break;
    g_string_append_len(text, bytes, n);
  }
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("the station does not answer"));
  return NULL;
}

static char *ask(const char *folder, const char *order, GError **error) {
  int folder_fd = open_folder(folder, error);
  if (folder_fd < 0)
    return NULL;
  struct sockaddr_un address = address_in(folder_fd);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  char *text = NULL;
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("the station is not running (\"carnet run\" starts it)"));
  else {
    send_all(fd, order);
    text = receive(fd, error);
  }
  if (fd >= 0)
    close(fd);
  close(folder_fd);
  return text;
}

char *control_ask(const char *folder, GError **error) {
  return ask(folder, "status\n", error);
}

bool control_order(const char *folder, const char *order, GError **error) {
  g_autofree char *line = g_strconcat(order, "\n", NULL);
  g_autofree char *why = ask(folder, line, error);
  if (why && *why)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s", why);
  return why && !*why;
}
