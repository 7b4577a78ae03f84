/* Small questions to servers that answer, refuse, say nothing, hang up, or speak something else. */
#include "air/playout.h"
#include "air/probe.h"
#include "air/pulse.h"
#include "base/clock.h"
#include "base/error.h"

#include "air_descriptors.h"
#include "air_loopback.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>

/* A server that takes connections one after the other: reads what is asked, and says `answer` (NULL: nothing,
 * and stays; "": hangs up). */
typedef struct {
  GSocket *socket;
  GThread *thread;
  GCancellable *end;
  unsigned port;
  const char *answer;
  char asked[2048];
} Server;

static gpointer serve(gpointer data) {
  Server *server = data;
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_object_unref);
  for (;;) {
    g_autoptr(GSocket) one = g_socket_accept(server->socket, server->end, NULL);
    if (one == NULL)
      return NULL;
    if (server->answer == NULL) {
      g_ptr_array_add(kept, g_steal_pointer(&one));
      continue;
    }
    gssize n = *server->answer ? g_socket_receive(one, server->asked, sizeof server->asked - 1, server->end, NULL) : 0;
    server->asked[MAX(n, 0)] = '\0';
    for (const char *at = server->answer; *at; at++) /* a byte at a time, as a slow network does */
      g_socket_send(one, at, 1, server->end, NULL);
    g_socket_close(one, NULL);
  }
}

static void server_start(Server *server, const char *answer) {
  *server = (Server){.answer = answer, .end = g_cancellable_new()};
  server->socket = loopback_listen(&server->port);
  server->thread = g_thread_new("server", serve, server);
}

static void server_end(Server *server) {
  g_cancellable_cancel(server->end);
  g_thread_join(server->thread);
  g_object_unref(server->socket);
  g_object_unref(server->end);
}

/* A port where nobody listens. */
static unsigned closed_port(void) {
  Server server;
  server_start(&server, "");
  server_end(&server);
  return server.port;
}

static void test_reach(void) {
  Server server;
  server_start(&server, "");
  g_autoptr(GError) error = NULL;
  g_assert_true(probe_reach("127.0.0.1", server.port, 2000, &error));
  g_assert_true(probe_reach("localhost", server.port, 2000, &error)); /* perhaps ::1 first, where nobody is */
  g_assert_no_error(error);
  server_end(&server);
  g_assert_false(probe_reach("127.0.0.1", server.port, 2000, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN);
  g_autofree char *place = g_strdup_printf("127.0.0.1:%u: ", server.port);
  g_assert_true(g_str_has_prefix(error->message, place));
  g_clear_error(&error);
  g_assert_false(probe_reach("no-such-host.invalid", 80, 2000, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN);
  g_clear_error(&error);
  g_assert_false(probe_reach("127.0.0.1", closed_port(), 0, &error)); /* no time at all */
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN);
}

/* Not even begun: no descriptor is left, or no way leads there. */
static void test_no_way(void) {
  g_autoptr(GError) none = NULL, nowhere = NULL;
  unsigned port = closed_port();
  rlim_t was = descriptors_limit(3);
  bool reached = probe_reach("127.0.0.1", port, 2000, &none);
  descriptors_limit(was);
  g_assert_false(reached);
  g_assert_nonnull(strstr(none->message, "Too many open files"));
  g_assert_false(probe_reach("255.255.255.255", 80, 2000, &nowhere)); /* no TCP to everybody at once */
  g_assert_error(nowhere, CARNET_ERROR, CARNET_ERROR_AGAIN);
}

static void on_signal(int number) {
  (void)number;
}

static bool is_alive(unsigned port, guint timeout_ms) {
  struct addrinfo *found = probe_find("127.0.0.1", port, NULL);
  g_assert_nonnull(found);
  bool alive = probe_alive(found, timeout_ms);
  freeaddrinfo(found);
  return alive;
}

static void *ask_the_mute(void *port) {
  return GINT_TO_POINTER(is_alive(*(unsigned *)port, 300));
}

/* Signals, as a terminal's that changes its size, neither end the wait nor make it longer. */
static void test_signals(void) {
  const struct sigaction handler = {.sa_handler = on_signal};
  struct sigaction before;
  sigaction(SIGUSR1, &handler, &before);
  Server mute;
  server_start(&mute, NULL);
  gint64 begun_us = clock_monotonic_us();
  pthread_t asker;
  g_assert_cmpint(pthread_create(&asker, NULL, ask_the_mute, &mute.port), ==, 0);
  for (int i = 0; i < 20; i++) {
    g_usleep(10000);
    pthread_kill(asker, SIGUSR1);
  }
  void *alive = GINT_TO_POINTER(true);
  pthread_join(asker, &alive);
  g_assert_false(GPOINTER_TO_INT(alive));
  g_assert_cmpint(clock_monotonic_us() - begun_us, >=, 290000);
  server_end(&mute);
  sigaction(SIGUSR1, &before, NULL);
}

/* Any answer is life, and so is a closed door; silence is not. */
static void test_alive(void) {
  static const char *const LIVES[] = {"HTTP/1.0 404 Not Found\r\n\r\n", "what?", ""};
  for (gsize i = 0; i < G_N_ELEMENTS(LIVES); i++) {
    Server server;
    server_start(&server, LIVES[i]);
    g_assert_true(is_alive(server.port, 5000));
    server_end(&server);
  }
  g_assert_true(is_alive(closed_port(), 5000));
  Server mute;
  server_start(&mute, NULL);
  g_assert_false(is_alive(mute.port, 150));
  server_end(&mute);
}

static void test_login(void) {
  static const struct {
    const char *answer;
    int status;
  } CASES[] = {{"HTTP/1.0 401 Authentication Required\r\n\r\n", 401},
               {"HTTP/1.1 400 Bad Request\r\n", 400},
               {"HTTP/1.0 403", 403},
               {"HTTP/1.0\r\n", 0},
               {"ICY 200 OK\r\n", 0},
               {"", 0},
               {"a server that has a lot to say, and no line's end anywhere in what it says, for ever and ever", 0}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Server server;
    server_start(&server, CASES[i].answer);
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(probe_login("127.0.0.1", server.port, "source", "hack me", "/a b.mp3", 5000, &error), ==,
                    CASES[i].status);
    g_assert_cmpint(error != NULL, ==, CASES[i].status == 0);
    if (error != NULL)
      g_assert_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN);
    server_end(&server);
    if (*CASES[i].answer) {
      g_assert_nonnull(strstr(server.asked, "mount=/a%20b.mp3 HTTP/1.0\r\n"));
      g_assert_nonnull(strstr(server.asked, "Authorization: Basic c291cmNlOmhhY2sgbWU=\r\n"));
    }
  }
  g_autoptr(GError) refused = NULL;
  g_assert_cmpint(probe_login("127.0.0.1", closed_port(), "s", "p", "/m", 2000, &refused), ==, 0);
  g_assert_error(refused, CARNET_ERROR, CARNET_ERROR_AGAIN);
  Server mute;
  server_start(&mute, NULL);
  g_autoptr(GError) silent = NULL;
  g_assert_cmpint(probe_login("127.0.0.1", mute.port, "s", "p", "/m", 150, &silent), ==, 0);
  g_assert_nonnull(strstr(silent->message, "no answer"));
  server_end(&mute);
}

static void test_pulse(void) {
  Server mute;
  server_start(&mute, NULL);
  Pulse *pulse = pulse_start("127.0.0.1", mute.port, 20000);
  g_assert_cmpstr(pulse_host(pulse), ==, "127.0.0.1");
  g_assert_cmpuint(pulse_port(pulse), ==, mute.port);
  for (int i = 0; i < 2000 && pulse_asked_us(pulse) == 0; i++)
    g_usleep(5000);
  g_assert_cmpint(pulse_asked_us(pulse), >, 0);
  pulse_stop(pulse);
  pulse_stop(NULL);
  server_end(&mute);
}

/* Without a host, a port or a password nothing is begun. */
static void test_needs(void) {
  const PlayoutOptions good = {.host = "127.0.0.1", .port = 8000, .password = "x"};
  PlayoutOptions bad[] = {good, good, good, good, good};
  bad[0].host = NULL;
  bad[1].host = "";
  bad[2].port = 0;
  bad[3].port = 65536;
  bad[4].password = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(playout_new(&bad[i], NULL, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  }
  g_autoptr(Playout) playout = playout_new(&good, NULL, NULL);
  g_assert_nonnull(playout);
  playout_free(NULL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/probe/reach", test_reach);
  g_test_add_func("/probe/no-way", test_no_way);
  g_test_add_func("/probe/signals", test_signals);
  g_test_add_func("/probe/alive", test_alive);
  g_test_add_func("/probe/login", test_login);
  g_test_add_func("/probe/pulse", test_pulse);
  g_test_add_func("/probe/needs", test_needs);
  return g_test_run();
}
