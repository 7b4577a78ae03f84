/* A server on loopback that does as it is told, for the tests of air/: takes any number of connections, reads the
 * head of each request, gives the answer that was set, and then reads on, hangs up or stands still. */
#ifndef CARNET_TESTS_AIR_SCRIPTED_H
#define CARNET_TESTS_AIR_SCRIPTED_H

#include "base/clock.h"

#include "air_loopback.h"

#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#define OK_ANSWER "HTTP/1.0 200 OK\r\n\r\n"
#define WRONG_ANSWER "HTTP/1.0 401 Authentication Required\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n"

typedef enum { READ_ON, HANG_UP, STOP_READING } Then;

typedef struct {
  unsigned port;
  Then then;
  const char *answer;  /* NULL: nothing, and the connection stays */
  const char *admin;   /* the answer to what is asked of /admin/; NULL: as to all others */
  const char *refused; /* the answer to a source from now on, when set (atomic) */
  gint stands_still;   /* atomic: STOP_READING; and what is asked of /admin/ waits for its answer */
  gint left;           /* atomic: sources that hung up on us */
  GSocket *socket;
  GThread *thread;
  GCancellable *end;
  GPtrArray *visits;  /* GThread*, the accepting thread's own */
  GMutex lock;        /* guards what follows */
  GString *heads;     /* of all requests */
  GByteArray *body;   /* what sources sent, as it came */
  GPtrArray *sources; /* GSocket*, those that are connected */
} Scripted;

typedef struct {
  Scripted *server;
  GSocket *socket;
} Visit;

static inline void scripted_wait(Scripted *server) {
  while (g_atomic_int_get(&server->stands_still) && !g_cancellable_is_cancelled(server->end))
    g_usleep(2000);
}

static inline void scripted_read(Scripted *server, GSocket *one) {
  char bytes[8192];
  gssize n;
  g_mutex_lock(&server->lock);
  g_ptr_array_add(server->sources, one);
  g_mutex_unlock(&server->lock);
  if (server->then == STOP_READING)
    scripted_wait(server);
  while ((n = g_socket_receive(one, bytes, sizeof bytes, server->end, NULL)) > 0) {
    g_mutex_lock(&server->lock);
    g_byte_array_append(server->body, (const guint8 *)bytes, (guint)n);
    g_mutex_unlock(&server->lock);
  }
  g_mutex_lock(&server->lock);
  g_ptr_array_remove(server->sources, one);
  g_mutex_unlock(&server->lock);
  if (!g_cancellable_is_cancelled(server->end))
    g_atomic_int_inc(&server->left);
}

static inline const char *scripted_answer(Scripted *server, const char *head) {
  if (server->admin && strstr(head, " /admin/")) {
    scripted_wait(server);
    return server->admin;
  }
  const char *refused = g_atomic_pointer_get(&server->refused);
  return refused ? refused : server->answer;
}

static inline gpointer scripted_visit(gpointer data) {
  Visit *visit = data;
  Scripted *server = visit->server;
  g_autoptr(GSocket) one = visit->socket;
  g_free(visit);
  g_autoptr(GString) head = g_string_new(NULL);
  char byte; /* a TLS handshake begins with 16 hex: as a server without TLS does, it answers at once */
  while (!g_str_has_suffix(head->str, "\r\n\r\n") && *head->str != '\x16' && head->len < 4096 &&
         g_socket_receive(one, &byte, 1, server->end, NULL) == 1)
    g_string_append_c(head, byte);
  g_mutex_lock(&server->lock);
  g_string_append(server->heads, head->str);
  g_mutex_unlock(&server->lock);
  const char *answer = scripted_answer(server, head->str);
  if (answer && *answer)
    g_socket_send(one, answer, strlen(answer), server->end, NULL);
  /* libshout first asks what the server can do; the source itself says who it is. */
  bool is_source = strstr(head->str, "\nAuthorization:") && !strstr(head->str, " /admin/");
  if (server->then != HANG_UP && (is_source || !answer))
    scripted_read(server, one);
  g_socket_close(one, NULL);
  return NULL;
}

static inline gpointer scripted_accept(gpointer data) {
  Scripted *server = data;
  for (GSocket *one; (one = g_socket_accept(server->socket, server->end, NULL));) {
    Visit *visit = g_new0(Visit, 1);
    *visit = (Visit){server, one};
    g_ptr_array_add(server->visits, g_thread_new("visit", scripted_visit, visit));
  }
  return NULL;
}

static inline void scripted_start(Scripted *server, const char *answer, Then then) {
  *server = (Scripted){.answer = answer, .then = then, .stands_still = then == STOP_READING};
  server->end = g_cancellable_new();
  server->visits = g_ptr_array_new();
  server->heads = g_string_new(NULL);
  server->body = g_byte_array_new();
  server->sources = g_ptr_array_new();
  g_mutex_init(&server->lock);
  server->socket = loopback_listen(&server->port);
  g_socket_set_option(server->socket, SOL_SOCKET, SO_RCVBUF, 16384, NULL);
  server->thread = g_thread_new("server", scripted_accept, server);
}

static inline void scripted_end(Scripted *server) {
  g_cancellable_cancel(server->end);
  g_thread_join(server->thread);
  for (guint i = 0; i < server->visits->len; i++)
    g_thread_join(server->visits->pdata[i]);
  g_ptr_array_unref(server->visits);
  g_object_unref(server->socket);
  g_object_unref(server->end);
  g_string_free(server->heads, TRUE);
  g_byte_array_unref(server->body);
  g_ptr_array_unref(server->sources);
  g_mutex_clear(&server->lock);
}

/* Hangs up on all sources. */
static inline void scripted_drop(Scripted *server) {
  g_mutex_lock(&server->lock);
  for (guint i = 0; i < server->sources->len; i++)
    g_socket_shutdown(server->sources->pdata[i], TRUE, TRUE, NULL);
  g_mutex_unlock(&server->lock);
}

static inline guint scripted_received(Scripted *server) {
  g_mutex_lock(&server->lock);
  guint nbytes = server->body->len;
  g_mutex_unlock(&server->lock);
  return nbytes;
}

/* All that was asked so far (g_free). */
static inline char *scripted_heads(Scripted *server) {
  g_mutex_lock(&server->lock);
  char *heads = g_strdup(server->heads->str);
  g_mutex_unlock(&server->lock);
  return heads;
}

/* How often `part` was asked. */
static inline guint scripted_asked(Scripted *server, const char *part) {
  g_autofree char *heads = scripted_heads(server);
  guint n = 0;
  for (const char *at = heads; (at = strstr(at, part)); at++)
    n++;
  return n;
}

#endif
