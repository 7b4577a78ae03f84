/* A file is given while it is written: all of it, in order, until its writer has done, whatever becomes of it. */
#include "base/files.h"
#include "web/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PART (100u << 10)
#define STEP_MS 100

typedef struct {
  WebServer *server;
  WebGrowing *growing;
  char *folder, *path;
} Fixture;

static WebGrowing *steps; /* of the test that runs */

static gpointer begin(gpointer user) {
  return user;
}

static void end(gpointer own) {
  (void)own;
}

static gsize body_most(const WebRequest *request, gpointer user) {
  (void)request;
  (void)user;
  return 100;
}

static void answer(const WebRequest *request, WebReply *reply, gpointer own) {
  Fixture *fixture = own;
  int fd = file_draft_open(fixture->path);
  if (fd < 0)
    web_reply_text(reply, 404, "text/plain", "nothing\n");
  else
    web_reply_growing(reply, fixture->growing, fd, strcmp(request->path, "/later") == 0 ? 3 : 0, "audio/mpeg");
}

static void setup(Fixture *fixture, gconstpointer data) {
  (void)data;
  const WebAnswerer answerer = {.n_threads = 2,
                                .begin = begin,
                                .answer = answer,
                                .end = end,
                                .body_most = body_most,
                                .bodies_most = 1000,
                                .user = fixture};
  g_autoptr(GError) error = NULL;
  fixture->folder = g_dir_make_tmp("carnet-growing-XXXXXX", NULL);
  fixture->path = g_build_filename(fixture->folder, "bulletin.mp3", NULL);
  steps = fixture->growing = web_growing_new();
  fixture->server = web_server_new_answering(0, false, &answerer, &error);
  g_assert_no_error(error);
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  web_growing_close(fixture->growing);
  web_server_free(fixture->server);
  web_growing_free(fixture->growing);
  web_growing_free(NULL);
  g_assert_true(folder_remove(fixture->folder, &error));
  g_free(fixture->folder);
  g_free(fixture->path);
}

static int ask(const Fixture *fixture, const char *text) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((guint16)web_server_port(fixture->server)),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct timeval patience = {.tv_usec = STEP_MS * 1000};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint(send(fd, text, strlen(text), MSG_NOSIGNAL), ==, (ssize_t)strlen(text));
  return fd;
}

/* HTTP/1.0 has no chunks: what comes after the heads is the file, and the end is the line's. */
#define ASK "GET /x HTTP/1.0\r\n\r\n"

/* Receives until there are `nbytes` after the heads, or the end, while the desk's steps go on: one that comes before a
 * reader has begun to wait is not for him. Returns how many. */
static gsize receive(int fd, GByteArray *got, gsize nbytes) {
  for (int patience = 20000 / STEP_MS;;) {
    guint8 piece[65536];
    const guint8 *heads = got->len ? memmem(got->data, got->len, "\r\n\r\n", 4) : NULL;
    gsize body = heads ? got->len - (gsize)(heads + 4 - got->data) : 0;
    ssize_t n = heads && body >= nbytes ? 0 : recv(fd, piece, sizeof piece, 0);
    if (n < 0 && errno == EAGAIN && patience-- > 0) {
      web_growing_step(steps);
      continue;
    }
    g_assert_cmpint(n, >=, 0); /* within the patience */
    if (n == 0)
      return body;
    g_byte_array_append(got, piece, (guint)n);
  }
}

static void write_part(FileDraft *draft, char letter) {
  g_autofree char *part = g_strnfill(PART, letter);
  FILE *stream = file_draft_stream(draft);
  g_assert_cmpuint(fwrite(part, 1, PART, stream), ==, PART);
  g_assert_cmpint(fflush(stream), ==, 0);
}

static void step_until(const Fixture *fixture, int fd, GByteArray *got, gsize nbytes) {
  web_growing_step(fixture->growing);
  g_assert_cmpuint(receive(fd, got, nbytes), ==, nbytes);
}

static void test_grows(Fixture *fixture, gconstpointer data) {
  bool is_committed = GPOINTER_TO_INT(data);
  g_autoptr(GError) error = NULL;
  g_autoptr(FileDraft) draft = file_draft_new(fixture->path, 0644, &error);
  g_autoptr(GByteArray) got = g_byte_array_new();
  g_assert_no_error(error);
  write_part(draft, 'a');
  int fd = ask(fixture, ASK);
  g_assert_cmpuint(receive(fd, got, PART), ==, PART);
  g_assert_nonnull(memmem(got->data, got->len, "HTTP/1.1 200 ", 13));
  g_assert_nonnull(memmem(got->data, got->len, "Content-Type: audio/mpeg\r\n", 26));
  for (guint n = 2; n <= 4; n++) {
    web_growing_step(fixture->growing); /* in vain */
    write_part(draft, "-abcd"[n]);
    step_until(fixture, fd, got, n * PART);
  }
  g_assert_cmpuint(fwrite("end", 1, 3, file_draft_stream(draft)), ==, 3); /* comes with its last breath */
  if (is_committed)
    g_assert_true(file_draft_commit(draft, &error));
  else
    file_draft_free(g_steal_pointer(&draft));
  web_growing_step(fixture->growing);
  gsize last = receive(fd, got, G_MAXSIZE); /* to the end of the line */
  g_assert_cmpuint(last, >=, 4 * PART);
  if (is_committed)
    g_assert_cmpint(memcmp(got->data + got->len - 3, "end", 3), ==, 0);
  close(fd);
}

static void test_from(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autoptr(FileDraft) draft = file_draft_new(fixture->path, 0644, &error);
  g_autoptr(GByteArray) got = g_byte_array_new();
  fputs("0123456789", file_draft_stream(draft));
  fflush(file_draft_stream(draft));
  int fd = ask(fixture, "GET /later HTTP/1.0\r\n\r\n");
  g_assert_cmpuint(receive(fd, got, 7), ==, 7);
  g_assert_cmpint(memcmp(got->data + got->len - 11, "\r\n\r\n3456789", 11), ==, 0);
  close(fd);
}

/* One that nobody writes is none: not there, left by a run that was killed, or ready. */
static void test_nothing(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *dead = g_build_filename(fixture->folder, ".bulletin.mp3.part-dead00", NULL);
  g_assert_cmpint(file_draft_open(fixture->path), ==, -1);
  g_assert_cmpint(file_draft_open("/nonexistent/bulletin.mp3"), ==, -1);
  g_assert_true(g_file_set_contents(dead, "x", -1, NULL) && g_file_set_contents(fixture->path, "x", -1, NULL));
  g_assert_cmpint(file_draft_open(fixture->path), ==, -1);
  g_autoptr(GByteArray) got = g_byte_array_new();
  int fd = ask(fixture, ASK);
  receive(fd, got, G_MAXSIZE);
  g_assert_nonnull(memmem(got->data, got->len, "HTTP/1.1 404 ", 13));
  close(fd);
}

/* So many at once, who leave when they like; the server's end is theirs. */
static void test_many(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autoptr(FileDraft) draft = file_draft_new(fixture->path, 0644, &error);
  int fds[GROWING_MOST];
  write_part(draft, 'a');
  for (guint i = 0; i < GROWING_MOST; i++) {
    g_autoptr(GByteArray) got = g_byte_array_new();
    fds[i] = ask(fixture, ASK);
    g_assert_cmpuint(receive(fds[i], got, PART), ==, PART);
  }
  g_autoptr(GByteArray) more = g_byte_array_new();
  int fd = ask(fixture, ASK);
  receive(fd, more, G_MAXSIZE);
  g_assert_nonnull(memmem(more->data, more->len, "HTTP/1.1 503 ", 13));
  close(fd);
  for (guint i = 0; i < GROWING_MOST / 2; i++)
    close(fds[i]);
  write_part(draft, 'b');
  web_growing_step(fixture->growing);
  web_growing_close(fixture->growing);
  for (guint i = GROWING_MOST / 2; i < GROWING_MOST; i++) {
    g_autoptr(GByteArray) got = g_byte_array_new();
    receive(fds[i], got, G_MAXSIZE); /* ends */
    close(fds[i]);
  }
  g_autoptr(GByteArray) late = g_byte_array_new();
  fd = ask(fixture, ASK);
  receive(fd, late, G_MAXSIZE);
  g_assert_nonnull(memmem(late->data, late->len, "HTTP/1.1 503 ", 13));
  close(fd);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/web/growing/committed", Fixture, GINT_TO_POINTER(true), setup, test_grows, teardown);
  g_test_add("/web/growing/given-up", Fixture, GINT_TO_POINTER(false), setup, test_grows, teardown);
  g_test_add("/web/growing/from", Fixture, NULL, setup, test_from, teardown);
  g_test_add("/web/growing/nothing", Fixture, NULL, setup, test_nothing, teardown);
  g_test_add("/web/growing/many", Fixture, NULL, setup, test_many, teardown);
  return g_test_run();
}
