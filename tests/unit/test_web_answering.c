/* The server with a handler: what reaches it, what does not, that a slow one keeps nobody waiting, events for all. Asked by
 * curl, and by hand where curl is too polite. */
#include "web/server.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 2000u
#define BODIES 3000u

typedef struct {
  WebServer *server;
  WebEvents *events;
  char *folder, *file;
  gint n_threads_begun, n_threads_ended; /* atomic */
} Fixture;

static gpointer begin(gpointer user) {
  Fixture *fixture = user;
  g_atomic_int_inc(&fixture->n_threads_begun);
  return fixture;
}

static void end(gpointer own) {
  Fixture *fixture = own;
  g_atomic_int_inc(&fixture->n_threads_ended);
}

static gsize body_most(const WebRequest *request, gpointer user) {
  (void)user;
  return strcmp(request->path, "/small") == 0 ? 10 : MOST;
}

static void echo(const WebRequest *request, WebReply *reply) {
  g_autofree char *cookie = web_cookie(request, "b");
  const char *a = g_hash_table_lookup(request->query, "a"), *type = web_header(request, "x-kind");
  g_autofree char *text =
      g_strdup_printf("%s %s from %s a=%s kind=%s cookie=%s body=%.*s", request->method, request->path,
                      request->address, a ? a : "-", type ? type : "-", cookie ? cookie : "-",
                      (int)g_bytes_get_size(request->body), (const char *)g_bytes_get_data(request->body, NULL));
  web_reply_text(reply, 201, "text/plain; charset=utf-8", text);
  web_reply_header(reply, "X-One", "1");
}

static void answer(const WebRequest *request, WebReply *reply, gpointer own) {
  Fixture *fixture = own;
  if (strcmp(request->path, "/slow") == 0)
    g_usleep(400000);
  const char *who = g_hash_table_lookup(request->query, "who"), *only = g_hash_table_lookup(request->query, "only");
  if (strcmp(request->path, "/events") == 0) {
    reply->events = fixture->events;
    reply->listener = who ? atoi(who) : 0;
    reply->only = only ? "old" : NULL;
  } else if (strcmp(request->path, "/file") == 0)
    web_reply_file(reply, fixture->file, "audio/wav");
  else if (strcmp(request->path, "/folder") == 0)
    web_reply_file(reply, fixture->folder, "audio/wav");
  else if (strcmp(request->path, "/gone") == 0)
    web_reply_file(reply, "/nonexistent/file", "audio/wav");
  else if (strcmp(request->path, "/see") == 0)
    web_reply_see(reply, "/elsewhere");
  else if (strcmp(request->path, "/none") != 0)
    echo(request, reply);
}

static void setup(Fixture *fixture, gconstpointer data) {
  (void)data;
  const WebAnswerer answerer = {.n_threads = 2,
                                .begin = begin,
                                .answer = answer,
                                .end = end,
                                .body_most = body_most,
                                .bodies_most = BODIES,
                                .user = fixture};
  g_autoptr(GError) error = NULL;
  fixture->folder = g_dir_make_tmp("carnet-answering-XXXXXX", NULL);
  fixture->file = g_build_filename(fixture->folder, "a.wav", NULL);
  g_assert_true(g_file_set_contents(fixture->file, "0123456789", -1, NULL));
  fixture->events = web_events_new();
  fixture->server = web_server_new_answering(0, false, &answerer, &error);
  g_assert_no_error(error);
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  web_events_close(fixture->events);
  web_server_free(fixture->server);
  web_events_free(fixture->events);
  web_events_free(NULL);
  g_assert_cmpint(g_atomic_int_get(&fixture->n_threads_begun), ==, 2);
  g_assert_cmpint(g_atomic_int_get(&fixture->n_threads_ended), ==, 2);
  g_unlink(fixture->file);
  g_rmdir(fixture->folder);
  g_free(fixture->folder);
  g_free(fixture->file);
}

static char *address_of(const Fixture *fixture, const char *path) {
  return g_strdup_printf("http://127.0.0.1:%u%s", web_server_port(fixture->server), path);
}

/* Heads and body as curl -i prints them; `a`, `b`, `c`: options, NULL: none. Returns (g_free). */
static char *ask(const Fixture *fixture, const char *path, const char *a, const char *b, const char *c) {
  g_autofree char *url = address_of(fixture, path);
  const char *argv[] = {"curl", "-si", "-m", "20", url, a, b, c, NULL};
  char *text = NULL;
  g_autoptr(GError) error = NULL;
  g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, &error);
  g_assert_no_error(error);
  return text;
}

static void test_what_reaches_it(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *plain = ask(fixture, "/x%20y?a=%C3%A9+1", NULL, NULL, NULL);
  g_assert_true(g_str_has_prefix(plain, "HTTP/1.1 201 "));
  g_assert_nonnull(strstr(plain, "X-One: 1\r\n"));
  g_assert_true(g_str_has_suffix(plain, "GET /x y from 127.0.0.1 a=é 1 kind=- cookie=- body="));
  g_autofree char *bare = ask(fixture, "/x?a", "-HCookie: bb=1; b", NULL, NULL);
  g_assert_true(g_str_has_suffix(bare, "a= kind=- cookie=- body="));
  g_autofree char *full = ask(fixture, "/x", "-HX-Kind: k", "-Ha: b\r\nCookie: a=1; b=2; c=3", "-dwords");
  g_assert_true(g_str_has_suffix(full, "POST /x from 127.0.0.1 a=- kind=k cookie=2 body=words"));
  g_autofree char *head = ask(fixture, "/x", "-I", NULL, NULL);
  g_assert_true(g_str_has_prefix(head, "HTTP/1.1 201 ") && g_str_has_suffix(head, "\r\n\r\n"));
  g_autofree char *none = ask(fixture, "/none", NULL, NULL, NULL);
  g_assert_true(g_str_has_prefix(none, "HTTP/1.1 200 ") && g_str_has_suffix(none, "\r\n\r\n"));
  g_autofree char *see = ask(fixture, "/see", NULL, NULL, NULL);
  g_assert_nonnull(strstr(see, "Location: /elsewhere\r\n"));
  g_autofree char *bytes = ask(fixture, "/x?a=%FF", NULL, NULL, NULL);
  g_assert_true(g_str_has_prefix(bytes, "HTTP/1.1 400 "));
  g_autofree char *path = ask(fixture, "/%FF", NULL, NULL, NULL);
  g_assert_true(g_str_has_prefix(path, "HTTP/1.1 400 "));
}

static void test_files(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *whole = ask(fixture, "/file", NULL, NULL, NULL);
  g_assert_true(g_str_has_prefix(whole, "HTTP/1.1 200 ") && g_str_has_suffix(whole, "\r\n\r\n0123456789"));
  g_assert_nonnull(strstr(whole, "Content-Type: audio/wav\r\n"));
  g_autofree char *part = ask(fixture, "/file", "-r2-4", NULL, NULL);
  g_assert_true(g_str_has_prefix(part, "HTTP/1.1 206 ") && g_str_has_suffix(part, "\r\n\r\n234"));
  g_autofree char *folder = ask(fixture, "/folder", NULL, NULL, NULL);
  g_assert_true(g_str_has_prefix(folder, "HTTP/1.1 404 "));
  g_autofree char *gone = ask(fixture, "/gone", NULL, NULL, NULL);
  g_assert_true(g_str_has_prefix(gone, "HTTP/1.1 404 "));
}

/* A length that is told is refused before it comes; one that is not, when it has. */
static void test_too_large(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *long_one = g_strnfill(MOST + 1, 'x');
  g_autofree char *body = g_strconcat("-d", long_one, NULL);
  g_autofree char *told = ask(fixture, "/x", body, NULL, NULL);
  g_assert_true(g_str_has_prefix(told, "HTTP/1.1 413 "));
  g_autofree char *chunked = ask(fixture, "/x", body, "-HTransfer-Encoding: chunked", "-HContent-Length:");
  g_assert_true(g_str_has_prefix(chunked, "HTTP/1.1 413 "));
  g_autofree char *small = ask(fixture, "/small", "-d12345678901", NULL, NULL);
  g_assert_true(g_str_has_prefix(small, "HTTP/1.1 413 "));
  g_autofree char *fits = ask(fixture, "/small", "-d1234567890", NULL, NULL);
  g_assert_true(g_str_has_prefix(fits, "HTTP/1.1 201 "));
}

/* A connection of our own, that said `text`. */
static int say(const Fixture *fixture, const char *text) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((guint16)web_server_port(fixture->server)),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint(send(fd, text, strlen(text), MSG_NOSIGNAL), ==, (ssize_t)strlen(text));
  return fd;
}

/* All that comes at once is no more than so much: who holds his part keeps others from theirs, until he is gone. */
static void test_too_much(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *part = g_strnfill(1800, 'x');
  g_autofree char *begun = g_strdup_printf("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1900\r\n\r\n%s", part);
  int fd = say(fixture, begun);
  g_autofree char *body = g_strconcat("-d", part, NULL);
  bool refused = false;
  for (guint i = 0; i < 500 && !refused; i++) { /* as soon as it has come */
    g_autofree char *text = ask(fixture, "/x", body, NULL, NULL);
    refused = g_str_has_prefix(text, "HTTP/1.1 503 ");
  }
  g_assert_true(refused);
  close(fd);
  bool taken = false;
  for (guint i = 0; i < 500 && !taken; i++) {
    g_autofree char *text = ask(fixture, "/x", body, NULL, NULL);
    taken = g_str_has_prefix(text, "HTTP/1.1 201 ");
  }
  g_assert_true(taken);
}

/* Two threads are busy: files of the library's own thread and the third request come all the same, in their turn. */
static void test_slow(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *slow = address_of(fixture, "/slow");
  GSubprocess *curls[6];
  for (guint i = 0; i < G_N_ELEMENTS(curls); i++)
    curls[i] = g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "curl", "-s", "-m", "20", slow, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(curls); i++) {
    g_autofree char *text = NULL;
    g_assert_true(g_subprocess_communicate_utf8(curls[i], NULL, NULL, &text, NULL, NULL));
    g_assert_true(g_str_has_prefix(text, "GET /slow"));
    g_object_unref(curls[i]);
  }
}

static int listen_as(const Fixture *fixture, guint who) {
  g_autofree char *request = g_strdup_printf("GET /events?who=%u HTTP/1.1\r\nHost: a\r\n\r\n", who);
  return say(fixture, request);
}

/* Reads until `wanted` has come `n` times. Returns all of it (g_free). */
static char *hear(int fd, const char *wanted, guint n) {
  g_autoptr(GString) heard = g_string_new(NULL);
  struct timeval patience = {.tv_sec = 10};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  for (;;) {
    guint found = 0;
    for (const char *at = heard->str; (at = strstr(at, wanted)); at++)
      found++;
    if (found >= n)
      return g_strdup(heard->str);
    char bytes[1024];
    ssize_t got = recv(fd, bytes, sizeof bytes, 0);
    g_assert_cmpint(got, >, 0);
    g_string_append_len(heard, bytes, got);
  }
}

static void wait_for_listeners(const Fixture *fixture, guint n) {
  for (guint i = 0; i < 2000 && web_events_listeners(fixture->events) != n; i++)
    g_usleep(5000);
  g_assert_cmpuint(web_events_listeners(fixture->events), ==, n);
}

static void test_events(Fixture *fixture, gconstpointer data) {
  (void)data;
  int fds[20];
  web_events_send(fixture->events, "old", "{\"n\":0}");
  web_events_send(fixture->events, "old", "{\"n\":1}"); /* the last of a name is told to who comes later */
  for (guint i = 0; i < G_N_ELEMENTS(fds); i++)
    fds[i] = listen_as(fixture, i);
  wait_for_listeners(fixture, G_N_ELEMENTS(fds));
  for (guint i = 0; i < G_N_ELEMENTS(fds); i++)
    g_free(hear(fds[i], "event: old\ndata: {\"n\":1}\n\n", 1));
  web_events_send(fixture->events, "new", "{}");
  web_events_beat(fixture->events);
  for (guint i = 0; i < G_N_ELEMENTS(fds); i++)
    g_free(hear(fds[i], "event: new\ndata: {}\n\n", 1));
  for (guint i = 0; i < G_N_ELEMENTS(fds); i++)
    close(fds[i]);
  /* Who is gone is noticed when he is told something. */
  for (guint i = 0; i < 500 && web_events_listeners(fixture->events) > 0; i++) {
    web_events_beat(fixture->events);
    g_usleep(20000);
  }
  wait_for_listeners(fixture, 0);
}

static void wait_for_end(int fd) {
  char bytes[1024];
  while (recv(fd, bytes, sizeof bytes, 0) > 0) {
  }
}

/* So many of one, and all of his are ended together; who is told one kind of events hears no other. */
static void test_streams_of_one(Fixture *fixture, gconstpointer data) {
  (void)data;
  int fds[8];
  for (guint i = 0; i < G_N_ELEMENTS(fds); i++)
    fds[i] = listen_as(fixture, 1);
  int other = listen_as(fixture, 2);
  wait_for_listeners(fixture, G_N_ELEMENTS(fds) + 1);
  int one_more = listen_as(fixture, 1); /* his oldest ends */
  g_free(hear(fds[0], "retry", 1));
  wait_for_end(fds[0]);
  wait_for_listeners(fixture, G_N_ELEMENTS(fds) + 1);
  web_events_end(fixture->events, 1);
  wait_for_listeners(fixture, 1);
  close(one_more);
  int few = say(fixture, "GET /events?who=3&only=1 HTTP/1.1\r\nHost: a\r\n\r\n");
  wait_for_listeners(fixture, 2);
  web_events_send(fixture->events, "secret", "{}");
  web_events_send(fixture->events, "old", "{\"n\":7}");
  g_free(hear(other, "event: secret", 1));
  g_autofree char *heard = hear(few, "{\"n\":7}", 1);
  g_assert_null(strstr(heard, "secret"));
  for (guint i = 0; i < G_N_ELEMENTS(fds); i++)
    close(fds[i]);
  close(other);
  close(few);
}

/* What he does not take is not kept for ever. */
static void test_deaf_listener(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *words = g_strnfill(100000, 'x');
  int fd = say(fixture, "GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
  wait_for_listeners(fixture, 1);
  for (guint i = 0; i < 400 && web_events_listeners(fixture->events) > 0; i++) {
    web_events_send(fixture->events, "a", words);
    g_usleep(5000);
  }
  close(fd);
  wait_for_listeners(fixture, 0);
}

/* Events flow while the server ends. */
static void test_closed(Fixture *fixture, gconstpointer data) {
  (void)data;
  int fd = say(fixture, "GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
  wait_for_listeners(fixture, 1);
  web_events_close(fixture->events);
  wait_for_listeners(fixture, 0);
  g_autofree char *late = ask(fixture, "/events", NULL, NULL, NULL);
  g_assert_true(g_str_has_prefix(late, "HTTP/1.1 503 "));
  close(fd);
}

/* A byte now and then holds no line for ever: the whole head comes within 20 seconds, or the line is cut. */
static void test_drip(Fixture *fixture, gconstpointer data) {
  (void)data;
  int fd = say(fixture, "GET /x HTTP/1.1\r\nHost: a\r\nX: ");
  char byte;
  ssize_t got = -1;
  for (guint i = 0; i < 150 && got != 0; i++) {
    send(fd, "x", 1, MSG_NOSIGNAL);
    g_usleep(300000);
    got = recv(fd, &byte, 1, MSG_DONTWAIT);
  }
  g_assert_cmpint(got, ==, 0);
  close(fd);
  g_autofree char *next = ask(fixture, "/x", NULL, NULL, NULL);
  g_assert_true(g_str_has_prefix(next, "HTTP/1.1 201 "));
}

static void test_forms(void) {
  static const char good[] = "a=1&b=%C3%A9+%26&a=2&c&=x&d=";
  g_autoptr(GHashTable) form = web_form(good, strlen(good));
  g_assert_cmpuint(g_hash_table_size(form), ==, 4);
  g_assert_cmpstr(g_hash_table_lookup(form, "a"), ==, "2");
  g_assert_cmpstr(g_hash_table_lookup(form, "b"), ==, "é &");
  g_assert_cmpstr(g_hash_table_lookup(form, "c"), ==, "");
  static const char *const wrong[] = {"a=%", "a=%zz", "a=%FF", "%FF=a", "a=%00"};
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
    g_assert_null(web_form(wrong[i], strlen(wrong[i])));
  g_autoptr(GString) many = g_string_new(NULL);
  for (guint i = 0; i < 501; i++)
    g_string_append_printf(many, "f%u=1&", i);
  g_assert_null(web_form(many->str, many->len));
  g_autoptr(GHashTable) none = web_form("", 0);
  g_assert_cmpuint(g_hash_table_size(none), ==, 0);
}

/* Behind a hundred of others' cookies ours is still one, and ends where it ends. */
static void test_many_cookies(void) {
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < 120; i++)
    g_string_append_printf(text, "c%u=%u; ", i, i);
  g_string_append(text, "carnet=ours; other=1");
  g_autoptr(GHashTable) headers = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_insert(headers, (char *)"cookie", text->str);
  const WebRequest request = {.method = "GET", .path = "/", .headers = headers};
  g_autofree char *ours = web_cookie(&request, "carnet"), *late = web_cookie(&request, "c99");
  g_assert_cmpstr(ours, ==, "ours");
  g_assert_cmpstr(late, ==, "99");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/web/answering/what-reaches-it", Fixture, NULL, setup, test_what_reaches_it, teardown);
  g_test_add("/web/answering/files", Fixture, NULL, setup, test_files, teardown);
  g_test_add("/web/answering/too-large", Fixture, NULL, setup, test_too_large, teardown);
  g_test_add("/web/answering/too-much", Fixture, NULL, setup, test_too_much, teardown);
  g_test_add("/web/answering/slow", Fixture, NULL, setup, test_slow, teardown);
  g_test_add("/web/answering/events", Fixture, NULL, setup, test_events, teardown);
  g_test_add("/web/answering/streams-of-one", Fixture, NULL, setup, test_streams_of_one, teardown);
  g_test_add("/web/answering/deaf-listener", Fixture, NULL, setup, test_deaf_listener, teardown);
  g_test_add("/web/answering/closed", Fixture, NULL, setup, test_closed, teardown);
  g_test_add_func("/web/call/forms", test_forms);
  g_test_add("/web/answering/drip", Fixture, NULL, setup, test_drip, teardown);
  g_test_add_func("/web/answering/many-cookies", test_many_cookies);
  return g_test_run();
}
