#include "air/sockets.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define DESCRIPTOR_LIMIT 1000

bool sockets_left(void) {
  int fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (fd >= 0)
    close(fd);
  return fd >= 0 && fd < DESCRIPTOR_LIMIT;
}

static bool leads_to(int fd, unsigned port) {
  union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
  } peer = {0};
  socklen_t size = sizeof peer;
  if (getpeername(fd, &peer.any, &size) != 0)
    return false;
  return (peer.any.sa_family == AF_INET && peer.v4.sin_port == htons((guint16)port)) ||
         (peer.any.sa_family == AF_INET6 && peer.v6.sin6_port == htons((guint16)port));
}

/* A socket that was not tamed yet: of 500 that are, each would be asked five things at each new one. */
static bool is_wild(int fd) {
  int keeps = 0;
  socklen_t size = sizeof keeps;
  return getsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &keeps, &size) == 0 && !keeps;
}

void sockets_tame(unsigned port, unsigned bitrate_kbps) {
  int buffer_bytes = (int)MAX(bitrate_kbps * 1000 / 8, 8192); /* 1 s; Linux doubles it */
  int yes = 1, idle_s = 10, interval_s = 5, probes = 3;
  for (int fd = 3; fd < DESCRIPTOR_LIMIT; fd++) {
    if (!is_wild(fd) || !leads_to(fd, port))
      continue;
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer_bytes, sizeof buffer_bytes);
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof idle_s);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval_s, sizeof interval_s);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes);
  }
}

/* One that libshout has opened without blocking: ours are all closed on exec, those of titles block. */
static ino_t uplink_inode(int fd) {
  struct stat status = {0};
  int domain = 0, flags = fcntl(fd, F_GETFD);
  socklen_t size = sizeof domain;
  if (flags < 0 || (flags & FD_CLOEXEC) || !(fcntl(fd, F_GETFL) & O_NONBLOCK))
    return 0;
  getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size); /* stays 0 for what is no socket */
  fstat(fd, &status);
  return domain == AF_INET || domain == AF_INET6 ? status.st_ino : 0;
}

void sockets_note(SocketSet *set) {
  for (int fd = 0; fd < DESCRIPTOR_LIMIT; fd++)
    set->inodes[fd] = uplink_inode(fd);
}

int sockets_new(const SocketSet *before) {
  for (int fd = 0; fd < DESCRIPTOR_LIMIT; fd++) {
    ino_t inode = uplink_inode(fd);
    if (inode == 0 || inode == before->inodes[fd])
      continue;
    int own = fcntl(fd, F_DUPFD_CLOEXEC, FD_SETSIZE); /* where libshout needs none */
    return own >= 0 ? own : fcntl(fd, F_DUPFD_CLOEXEC, 3);
  }
  return -1;
}
