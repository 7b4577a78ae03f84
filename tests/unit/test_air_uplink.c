/* One uplink to servers that take it, refuse it, say nothing, hang up or stop listening. */
#include "air/uplink.h"
#include "base/clock.h"

#include "air_loopback.h"

#include <gio/gio.h>
#include <string.h>

typedef enum { READ_ON, HANG_UP, STOP_READING } Then;

/* Takes connections one after the other: reads the head of a request, says `answer` (NULL: nothing), and then… */
typedef struct {
  GSocket *socket;
  GThread *thread;
  GCancellable *end;
  unsigned port;
  const char *answer;
  Then then;
  gint go_on;    /* atomic: reads again */
  gint received; /* atomic: bytes behind the head */
  GMutex lock;
  GString *heads; /* of all requests */
} Server;

static void read_on(Server *server, GSocket *one) {
  char bytes[8192];
  while (server->then == STOP_READING && !g_atomic_int_get(&server->go_on) && !g_cancellable_is_cancelled(server->end))
    g_usleep(5000);
  for (gssize n; (n = g_socket_receive(one, bytes, sizeof bytes, server->end, NULL)) > 0;)
    g_atomic_int_add(&server->received, (gint)n);
}

static gpointer serve(gpointer data) {
  Server *server = data;
  for (;;) {
    g_autoptr(GSocket) one = g_socket_accept(server->socket, server->end, NULL);
    if (one == NULL)
      return NULL;
    g_autoptr(GString) head = g_string_new(NULL);
    char byte;
    while (!g_str_has_suffix(head->str, "\r\n\r\n") && head->len < 4096 &&
           g_socket_receive(one, &byte, 1, server->end, NULL) == 1)
      g_string_append_c(head, byte);
    g_mutex_lock(&server->lock);
    g_string_append(server->heads, head->str);
    g_mutex_unlock(&server->lock);
    if (server->answer != NULL && *server->answer)
      g_socket_send(one, server->answer, strlen(server->answer), server->end, NULL);
    bool is_source = strstr(head->str, "\nAuthorization:") != NULL; /* libshout first asks what the server can do */
    if (server->then == READ_ON || (server->then == STOP_READING && is_source))
      read_on(server, one);
    g_socket_close(one, NULL);
  }
}

static void server_start(Server *server, const char *answer, Then then) {
  *server = (Server){.answer = answer, .then = then, .end = g_cancellable_new(), .heads = g_string_new(NULL)};
  g_mutex_init(&server->lock);
  server->socket = loopback_listen(&server->port);
  server->thread = g_thread_new("server", serve, server);
}

static void server_end(Server *server) {
  g_cancellable_cancel(server->end);
  g_thread_join(server->thread);
  g_object_unref(server->socket);
  g_object_unref(server->end);
  g_string_free(server->heads, TRUE);
  g_mutex_clear(&server->lock);
}

static const StationMount PLAIN = {.mount = (char *)"/b.mp3", .format = FORMAT_MP3, .bitrate_kbps = 128};

static Uplink *open_to(unsigned port, const StationMount *mount, TlsMode tls, guint timeout_ms) {
  const UplinkTarget target = {.station_name = "Radio d'Aurelle",
                               .description = "Carnet\r\nX-Evil: 1",
                               .host = "127.0.0.1",
                               .user_name = "source",
                               .password = "ouvre-toi",
                               .port = port,
                               .tls = tls,
                               .mount = mount};
  return uplink_open(&target, timeout_ms);
}

/* Its state once it is no longer opening, within 20 s, and what it says of it (g_free). */
static UplinkState outcome(Uplink *uplink, char **message) {
  gint64 until_us = clock_monotonic_us() + 20 * US_PER_SECOND;
  while (uplink_state(uplink, NULL) == UPLINK_OPENING && clock_monotonic_us() < until_us)
    g_usleep(2000);
  return uplink_state(uplink, message);
}

#define OK_ANSWER "HTTP/1.0 200 OK\r\n\r\n"

static void test_refusals(void) {
  static const struct {
    const char *answer;
    Then then;
    TlsMode tls;
    UplinkState state;
    const char *says;
  } rows[] = {
      {"HTTP/1.0 403 Mountpoint in use\r\n\r\n", HANG_UP, TLS_NONE, UPLINK_FAILED, "the mount is in use"},
      {"HTTP/1.0 401 Authentication Required\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n", HANG_UP, TLS_NONE,
       UPLINK_REFUSED, "refuses the password"},
      {NULL, READ_ON, TLS_NONE, UPLINK_FAILED, "no answer"},
      {"", HANG_UP, TLS_NONE, UPLINK_FAILED, "127.0.0.1:"},
      {OK_ANSWER, HANG_UP, TLS_REQUIRED, UPLINK_FAILED, "127.0.0.1:"}, /* a server without TLS */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    Server server;
    server_start(&server, rows[i].answer, rows[i].then);
    g_autofree char *message = NULL;
    Uplink *uplink = open_to(server.port, &PLAIN, rows[i].tls, 400);
    UplinkState state = outcome(uplink, &message);
    g_test_message("%s", message);
    uplink_close(uplink);
    server_end(&server);
    g_assert_cmpint((int)state, ==, (int)rows[i].state);
    g_assert_nonnull(strstr(message, rows[i].says));
    g_assert_null(strstr(message, "ouvre-toi"));
  }
}

static void test_nobody_there(void) {
  Server server;
  server_start(&server, "", HANG_UP);
  server_end(&server);
  g_autofree char *message = NULL;
  g_autoptr(Uplink) uplink = open_to(server.port, &PLAIN, TLS_NONE, 400);
  g_assert_cmpint((int)outcome(uplink, &message), ==, UPLINK_FAILED);
  g_autofree char *place = g_strdup_printf("127.0.0.1:%u: ", server.port);
  g_assert_true(g_str_has_prefix(message, place));
}

/* What the mount says of itself, with the station's words where it has none. */
static void test_headers(void) {
  const StationMount full = {.mount = (char *)"/full.opus",
                             .format = FORMAT_OPUS,
                             .name = (char *)"Le carnet",
                             .genre = (char *)"Talk",
                             .url = (char *)"https://radio.example/",
                             .is_public = true};
  const struct {
    const StationMount *mount;
    const char *says[5];
  } rows[] = {
      {&full,
       {"SOURCE /full.opus ", "ice-name: Le carnet\r\n", "ice-genre: Talk\r\n", "ice-url: https://radio.example/\r\n",
        "ice-public: 1\r\n"}},
      {&PLAIN, {"SOURCE /b.mp3 ", "ice-name: Radio d'Aurelle\r\n", "ice-public: 0\r\n", "bitrate=128"}},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    Server server;
    server_start(&server, OK_ANSWER, READ_ON);
    g_autofree char *message = NULL;
    Uplink *uplink = open_to(server.port, rows[i].mount, TLS_NONE, 5000);
    g_assert_cmpint((int)outcome(uplink, &message), ==, UPLINK_OPEN);
    uplink_close(uplink);
    g_mutex_lock(&server.lock);
    g_autofree char *head = g_strdup(server.heads->str);
    g_mutex_unlock(&server.lock);
    server_end(&server);
    g_test_message("%s", head);
    for (gsize k = 0; k < G_N_ELEMENTS(rows[i].says) && rows[i].says[k]; k++)
      g_assert_nonnull(strstr(head, rows[i].says[k]));
    g_assert_null(strstr(head, "\nX-Evil"));
  }
}

/* Let go while it shakes hands: at once, and the helper thread cleans up behind. */
static void test_closed_while_opening(void) {
  Server server;
  server_start(&server, NULL, READ_ON);
  Uplink *uplink = open_to(server.port, &PLAIN, TLS_NONE, 60000);
  g_usleep(20000);
  g_assert_cmpint((int)uplink_state(uplink, NULL), ==, UPLINK_OPENING);
  uplink_close(uplink);
  uplink_close(NULL);
  server_end(&server);
}

/* A server that stops reading: what it does not take waits, in order; it takes it when it reads again. */
static void test_stalled_and_back(void) {
  enum { PART = 65536, PARTS = 150 }; /* more than the kernel keeps for a socket */
  Server server;
  server_start(&server, OK_ANSWER, STOP_READING);
  g_autofree guint8 *part = g_malloc0(PART);
  Uplink *uplink = open_to(server.port, &PLAIN, TLS_NONE, 5000);
  g_assert_cmpint((int)outcome(uplink, NULL), ==, UPLINK_OPEN);
  for (guint i = 0; i < PARTS; i++)
    g_assert_true(uplink_send(uplink, part, PART));
  g_assert_cmpuint(uplink_queued(uplink), >, PART);
  g_assert_true(uplink_flush(uplink));
  g_atomic_int_set(&server.go_on, 1);
  gint64 until_us = clock_monotonic_us() + 20 * US_PER_SECOND;
  while ((uplink_queued(uplink) > 0 || g_atomic_int_get(&server.received) < PART * PARTS) &&
         clock_monotonic_us() < until_us) {
    g_assert_true(uplink_flush(uplink));
    g_usleep(500);
  }
  g_assert_cmpuint(uplink_queued(uplink), ==, 0);
  g_assert_cmpint(g_atomic_int_get(&server.received), ==, PART * PARTS);
  uplink_close(uplink);
  server_end(&server);
}

/* A server that goes: told by a later send or flush, not by a signal. */
static void test_server_goes(void) {
  Server server;
  server_start(&server, OK_ANSWER, HANG_UP);
  static const guint8 part[4096];
  Uplink *uplink = open_to(server.port, &PLAIN, TLS_NONE, 5000);
  g_assert_cmpint((int)outcome(uplink, NULL), ==, UPLINK_OPEN);
  bool ok = true;
  for (guint i = 0; ok && i < 2000; i++) {
    ok = uplink_send(uplink, part, sizeof part) && uplink_flush(uplink);
    g_usleep(1000);
  }
  g_assert_false(ok);
  uplink_close(uplink);
  server_end(&server);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/air/uplink/refusals", test_refusals);
  g_test_add_func("/air/uplink/nobody-there", test_nobody_there);
  g_test_add_func("/air/uplink/headers", test_headers);
  g_test_add_func("/air/uplink/closed-while-opening", test_closed_while_opening);
  g_test_add_func("/air/uplink/stalled-and-back", test_stalled_and_back);
  g_test_add_func("/air/uplink/server-goes", test_server_goes);
  return g_test_run();
}
