#include "air/probe.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Icecast answers 404: less work for it than any page it has. */
#define PULSE_REQUEST "GET /carnet-pulse HTTP/1.0\r\nUser-Agent: carnet/" CARNET_VERSION "\r\n\r\n"

static bool fail(GError **error, const char *host, unsigned port, const char *why) {
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, "%s:%u: %s", host, port, why);
  return false;
}

/* False on the deadline, with errno ETIMEDOUT; a signal does not end the wait. */
static bool wait_for(int fd, short events, gint64 deadline_us) {
  for (;;) {
    gint64 left_ms = (deadline_us - clock_monotonic_us()) / 1000;
    struct pollfd one = {.fd = fd, .events = events};
    int ready = left_ms > 0 ? poll(&one, 1, (int)left_ms) : 0;
    if (ready > 0)
      return true;
    if (ready == 0) {
      errno = ETIMEDOUT;
      return false;
    }
  }
}

static int connect_one(const struct addrinfo *address, gint64 deadline_us) {
  int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return -1;
  int failure = 0;
  socklen_t size = sizeof failure;
  if (connect(fd, address->ai_addr, address->ai_addrlen) != 0 &&
      (errno != EINPROGRESS || !wait_for(fd, POLLOUT, deadline_us)))
    failure = errno;
  else
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &size);
  if (failure == 0)
    return fd;
  close(fd);
  errno = failure;
  return -1;
}

struct addrinfo *probe_find(const char *host, unsigned port, GError **error) {
  g_autofree char *service = g_strdup_printf("%u", port);
  struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM}, *found = NULL;
  int code = getaddrinfo(host, service, &hints, &found);
  if (code != 0) {
    fail(error, host, port, gai_strerror(code));
    return NULL;
  }
  return found;
}

/* Returns the first that takes us; -1 and errno: none. */
static int connect_any(const struct addrinfo *addresses, gint64 deadline_us) {
  int fd = -1;
  for (const struct addrinfo *one = addresses; one && fd < 0; one = one->ai_next)
    fd = connect_one(one, deadline_us);
  return fd;
}

static int connect_to(const char *host, unsigned port, gint64 deadline_us, GError **error) {
  struct addrinfo *found = probe_find(host, port, error);
  if (!found)
    return -1;
  int fd = connect_any(found, deadline_us), failure = errno;
  freeaddrinfo(found);
  if (fd < 0)
    fail(error, host, port, g_strerror(failure));
  return fd;
}

bool probe_reach(const char *host, unsigned port, guint timeout_ms, GError **error) {
  int fd = connect_to(host, port, clock_monotonic_us() + timeout_ms * G_GINT64_CONSTANT(1000), error);
  if (fd < 0)
    return false;
  close(fd);
  return true;
}

/* A new connection takes a small request whole; one that is gone says so to who waits for the answer. */
static void ask(int fd, const char *text) {
  (void)send(fd, text, strlen(text), MSG_NOSIGNAL);
}

bool probe_alive(const struct addrinfo *addresses, guint timeout_ms) {
  gint64 deadline_us = clock_monotonic_us() + timeout_ms * G_GINT64_CONSTANT(1000);
  int fd = connect_any(addresses, deadline_us);
  if (fd < 0)
    return clock_monotonic_us() < deadline_us;
  ask(fd, PULSE_REQUEST);
  bool alive = wait_for(fd, POLLIN, deadline_us);
  close(fd);
  return alive;
}

static char *login_request(const char *host, unsigned port, const char *user, const char *password, const char *mount) {
  g_autofree char *pair = g_strdup_printf("%s:%s", user, password);
  g_autofree char *basic = g_base64_encode((const guchar *)pair, strlen(pair));
  g_autofree char *path = g_uri_escape_string(mount, "/", FALSE);
  char *request = g_strdup_printf("GET /admin/metadata?mount=%s HTTP/1.0\r\nHost: %s:%u\r\n"
                                  "Authorization: Basic %s\r\nConnection: close\r\n\r\n",
                                  path, host, port, basic);
  explicit_bzero(pair, strlen(pair));
  explicit_bzero(basic, strlen(basic));
  return request;
}

/* "HTTP/1.0 401 …" → 401; 0 when no such line came. */
static int read_status(int fd, gint64 deadline_us) {
  char line[64] = "";
  for (gsize used = 0; used < sizeof line - 1 && !strchr(line, '\n');) {
    ssize_t got = wait_for(fd, POLLIN, deadline_us) ? recv(fd, line + used, sizeof line - 1 - used, 0) : -1;
    if (got <= 0)
      break;
    used += (gsize)got;
  }
  const char *space = g_str_has_prefix(line, "HTTP/1.") ? strchr(line, ' ') : NULL;
  return space ? atoi(space + 1) : 0;
}

int probe_login(const char *host, unsigned port, const char *user, const char *password, const char *mount,
                guint timeout_ms, GError **error) {
  gint64 deadline_us = clock_monotonic_us() + timeout_ms * G_GINT64_CONSTANT(1000);
  int fd = connect_to(host, port, deadline_us, error);
  if (fd < 0)
    return 0;
  g_autofree char *request = login_request(host, port, user, password, mount);
  ask(fd, request);
  int status = read_status(fd, deadline_us);
  explicit_bzero(request, strlen(request));
  close(fd);
  if (status == 0)
    fail(error, host, port, _("no answer"));
  return status;
}
