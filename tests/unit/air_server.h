/* A private Icecast on loopback for the tests of air/, and a listener (curl). */
#ifndef CARNET_TESTS_AIR_SERVER_H
#define CARNET_TESTS_AIR_SERVER_H

#include "base/files.h"

#include <arpa/inet.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
  char *folder;
  unsigned port, tls_port; /* tls_port: 0 without TLS */
  GPid pid;
} Server;

/* False, and the test is skipped, when a program is not there. */
static inline bool server_installed(void) {
  static const char *const needed[] = {"icecast2", "openssl"};
  for (guint i = 0; i < G_N_ELEMENTS(needed); i++) {
    g_autofree char *path = g_find_program_in_path(needed[i]);
    if (!path)
      g_test_skip(needed[i]);
    if (!path)
      return false;
  }
  return true;
}

/* A listening socket on a free port of loopback, which never accepts. */
static inline int listen_free(unsigned *port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_true(bind(fd, (struct sockaddr *)&address, size) == 0 && listen(fd, 16) == 0);
  g_assert_true(getsockname(fd, (struct sockaddr *)&address, &size) == 0);
  *port = ntohs(address.sin_port);
  return fd;
}

static bool port_answers(unsigned port) {
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((guint16)port)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  bool answers = connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
  close(fd);
  return answers;
}

static bool server_ended(Server *server) {
  bool ended = waitpid(server->pid, NULL, WNOHANG) == server->pid;
  if (ended)
    server->pid = 0;
  return ended;
}

/* False when it ended: another program was quicker to take the port, or, once in some ninety starts, and more often on a
 * busy machine, Icecast 2.4.4 died while its threads began. */
static bool server_try(Server *server) {
  g_autofree char *config = g_build_filename(server->folder, "icecast.xml", NULL);
  const char *argv[] = {"icecast2", "-c", config, NULL};
  g_autoptr(GError) error = NULL;
  g_spawn_async(NULL, (char **)argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
                    G_SPAWN_STDERR_TO_DEV_NULL,
                NULL, NULL, &server->pid, &error);
  g_assert_no_error(error);
  for (int i = 0; i < 500; i++) {
    g_usleep(10000);
    if (server_ended(server))
      return false;
    if (i >= 5 && port_answers(server->port)) {
      g_usleep(200000);
      return !server_ended(server);
    }
  }
  return false;
}

static inline void server_launch(Server *server) {
  bool stands = false;
  for (int i = 0; i < 5 && !stands; i++)
    stands = server_try(server);
  g_assert_true(stands);
}

/* icecast.pem, for 127.0.0.1, signed by itself. */
static inline void server_certify(const Server *server) {
  g_autofree char *path = g_build_filename(server->folder, "icecast.pem", NULL);
  const char *argv[] = {"openssl", "req",   "-x509",         "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                        "-nodes",  "-subj", "/CN=127.0.0.1", "-keyout", path, "-out",     path,
                        NULL};
  int status = -1;
  g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
               &status, NULL);
  g_assert_cmpint(status, ==, 0);
  g_chmod(path, 0644);
}

static void server_configure(const Server *server) {
  g_autofree char *tls = server->tls_port
                             ? g_strdup_printf("<listen-socket><port>%u</port><bind-address>127.0.0.1</bind-address>"
                                               "<ssl>1</ssl></listen-socket>",
                                               server->tls_port)
                             : g_strdup("");
  g_autofree char *config = g_strdup_printf(
      "<icecast><limits><sources>50</sources><burst-size>65535</burst-size><source-timeout>10</source-timeout></limits>"
      "<authentication><source-password>ouvre-toi</source-password><admin-user>admin</admin-user>"
      "<admin-password>gardien</admin-password></authentication><hostname>127.0.0.1</hostname>"
      "<listen-socket><port>%u</port><bind-address>127.0.0.1</bind-address></listen-socket>%s"
      "<paths><ssl-certificate>%s/icecast.pem</ssl-certificate><logdir>%s</logdir><webroot>/usr/share/icecast2/web</"
      "webroot><adminroot>/usr/share/icecast2/admin"
      "</adminroot></paths><logging><errorlog>error.log</errorlog><accesslog>access.log</accesslog>"
      "<loglevel>3</loglevel></logging><security><chroot>0</chroot>%s</security></icecast>",
      server->port, tls, server->folder, server->folder,
      getuid() == 0 ? "<changeowner><user>nobody</user><group>nogroup</group></changeowner>" : "");
  g_autofree char *path = g_build_filename(server->folder, "icecast.xml", NULL);
  g_assert_true(g_file_set_contents(path, config, -1, NULL));
}

static inline Server server_begin(bool with_tls) {
  Server server = {.folder = g_dir_make_tmp("carnet-air-XXXXXX", NULL)};
  g_chmod(server.folder, 0777); /* as root, Icecast changes to nobody */
  if (with_tls)
    server_certify(&server);
  for (int i = 0; i < 5 && !server.pid; i++) {
    close(listen_free(&server.port));
    if (with_tls)
      close(listen_free(&server.tls_port));
    server_configure(&server);
    server_try(&server);
  }
  g_assert_cmpint(server.pid, >, 0);
  return server;
}

static inline Server server_start(void) {
  return server_begin(false);
}

static inline Server server_start_tls(void) {
  return server_begin(true);
}

static void server_kill(Server *server) {
  if (server->pid) {
    kill(server->pid, SIGCONT);
    kill(server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
  }
  server->pid = 0;
}

static inline void server_stop(Server *server) {
  server_kill(server);
  folder_remove(server->folder, NULL);
  g_free(server->folder);
}

/* curl on a mount, from the moment it exists, into `path`; ends with the mount. */
static inline GPid listener_start(const Server *server, const char *mount, const char *path, bool icy) {
  g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u%s", server->port, mount);
  g_autofree char *command = g_strdup_printf(
      "for i in $(seq 200); do curl -sf -m 30 %s -o %s %s && exit; test -s %s && exit; sleep 0.02; done",
      icy ? "-H 'Icy-MetaData: 1'" : "", path, url, path);
  const char *argv[] = {"sh", "-c", command, NULL};
  GPid pid = 0;
  g_spawn_async(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL);
  g_assert_cmpint(pid, >, 0);
  return pid;
}

static inline GBytes *listener_finish(GPid pid, const char *path) {
  waitpid(pid, NULL, 0);
  char *data = NULL;
  gsize nbytes = 0;
  g_file_get_contents(path, &data, &nbytes, NULL);
  return g_bytes_new_take(data, nbytes);
}

#endif
