/* libshout's sockets found among the process's descriptors: those that lead to the server, and no others. */
#include "air/sockets.h"

#include "air_descriptors.h"
#include "air_loopback.h"

#include <netinet/in.h>
#include <sys/socket.h>

/* A socket as libshout opens it (kept over exec, without blocking), or with more `flags`. */
static int open_socket(int family, int flags) {
  int fd = socket(family, SOCK_STREAM | flags, 0);
  g_assert_cmpint(fd, >=, 0);
  return fd;
}

/* A connection to `server`, of either family. Returns a descriptor (close). */
static int connect_to(GSocket *server) {
  g_autoptr(GSocketAddress) address = g_socket_get_local_address(server, NULL);
  guint8 native[128];
  gssize nbytes = g_socket_address_get_native_size(address);
  g_assert_true(g_socket_address_to_native(address, native, sizeof native, NULL));
  int fd = open_socket((int)g_socket_address_get_family(address), 0);
  g_assert_cmpint(connect(fd, (struct sockaddr *)(gpointer)native, (socklen_t)nbytes), ==, 0);
  return fd;
}

static int option_of(int fd, int option) {
  int value = -1;
  socklen_t size = sizeof value;
  g_assert_cmpint(getsockopt(fd, SOL_SOCKET, option, &value, &size), ==, 0);
  return value;
}

/* Its send buffer holds a second of sound, twice as Linux counts; and it notices a server that vanished. */
static void assert_tamed(int fd, bool is_tamed) {
  g_assert_cmpint(option_of(fd, SO_KEEPALIVE), ==, is_tamed ? 1 : 0);
  g_assert_cmpint(option_of(fd, SO_SNDBUF) == 2 * 128000 / 8, ==, is_tamed);
}

static void test_tame(void) {
  unsigned port, other_port, port6 = 0;
  g_autoptr(GSocket) server = loopback_listen(&port);
  g_autoptr(GSocket) other = loopback_listen(&other_port);
  g_autoptr(GSocket) server6 = loopback_listen6(&port6);
  int there = connect_to(server), elsewhere = connect_to(other), there6 = server6 ? connect_to(server6) : -1;
  sockets_tame(port, 128);
  assert_tamed(there, true);
  assert_tamed(elsewhere, false);
  if (there6 >= 0) {
    assert_tamed(there6, false);
    sockets_tame(port6, 128);
    assert_tamed(there6, true);
    close(there6);
  }
  assert_tamed(elsewhere, false);
  close(there);
  close(elsewhere);
}

/* Of all that is opened between the two looks, only libshout's own socket is found, as a descriptor of ours. */
static void test_new(void) {
  static const struct {
    int family, flags;
    bool is_found;
  } rows[] = {
      {AF_INET, SOCK_NONBLOCK, true},
      {AF_INET6, SOCK_NONBLOCK, true},
      {AF_INET, 0, false},                            /* blocks: a title's */
      {AF_INET, SOCK_NONBLOCK | SOCK_CLOEXEC, false}, /* ours */
      {AF_UNIX, SOCK_NONBLOCK, false},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    SocketSet before;
    sockets_note(&before);
    g_assert_cmpint(sockets_new(&before), ==, -1);
    int fd = socket(rows[i].family, SOCK_STREAM | rows[i].flags, 0);
    if (fd < 0 && rows[i].family == AF_INET6) /* a machine without it */
      continue;
    int found = sockets_new(&before);
    g_assert_cmpint(found >= 0, ==, rows[i].is_found);
    if (found >= 0) {
      g_assert_cmpint(found, !=, fd);
      g_assert_cmpint(fcntl(found, F_GETFD), ==, FD_CLOEXEC);
      sockets_note(&before);
      g_assert_cmpint(sockets_new(&before), ==, -1); /* ours is not taken for another */
      close(found);
    }
    close(fd);
  }
  int pipe_ends[2];
  SocketSet before;
  sockets_note(&before);
  g_assert_cmpint(pipe2(pipe_ends, O_NONBLOCK), ==, 0);
  g_assert_cmpint(sockets_new(&before), ==, -1);
  close(pipe_ends[0]);
  close(pipe_ends[1]);
}

/* Its number lies where libshout needs none, when there may be so many. */
static void test_number(void) {
  static const rlim_t limits[] = {2000, 500};
  for (gsize i = 0; i < G_N_ELEMENTS(limits); i++) {
    SocketSet before;
    sockets_note(&before);
    int fd = open_socket(AF_INET, SOCK_NONBLOCK);
    rlim_t was = descriptors_limit(limits[i]);
    int found = sockets_new(&before);
    descriptors_limit(was);
    g_assert_cmpint(found, >, fd);
    if (i == 1)
      g_assert_cmpint(found, <, 500);
    close(found);
    close(fd);
  }
}

static void test_left(void) {
  g_assert_true(sockets_left());
  g_autoptr(GArray) taken = descriptors_fill(1000);
  g_assert_false(sockets_left()); /* a number that select() could not hold */
  rlim_t was = descriptors_limit(900);
  g_assert_false(sockets_left()); /* none at all */
  descriptors_limit(was);
  descriptors_free(taken);
  g_assert_true(sockets_left());
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/air/sockets/tame", test_tame);
  g_test_add_func("/air/sockets/new", test_new);
  g_test_add_func("/air/sockets/number", test_number);
  g_test_add_func("/air/sockets/left", test_left);
  return g_test_run();
}
