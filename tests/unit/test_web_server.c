/* The small web server: what it answers, what it does not, and a port that is taken. Asked by curl. */
#include "web/server.h"

#include "base/error.h"
#include "base/files.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
  WebServer *server;
} Fixture;

static void setup(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  fixture->server = web_server_new(0, false, &error);
  g_assert_no_error(error);
  web_server_put(fixture->server, "/a", "text/plain; charset=utf-8", g_strdup("première\n"));
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  web_server_free(fixture->server);
}

/* Heads and body as curl -i prints them. Returns (g_free). */
static char *ask(const Fixture *fixture, const char *option, const char *path) {
  g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u%s", web_server_port(fixture->server), path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) curl =
      g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "curl", "-si", "-m", "10", option, url, NULL);
  g_assert_no_error(error);
  char *text = NULL;
  g_assert_true(g_subprocess_communicate_utf8(curl, NULL, NULL, &text, NULL, &error));
  return text;
}

static void test_page(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *first = ask(fixture, "-g", "/a");
  g_assert_true(g_str_has_prefix(first, "HTTP/1.1 200 "));
  g_assert_nonnull(strstr(first, "Content-Type: text/plain; charset=utf-8\r\n"));
  g_assert_nonnull(strstr(first, "X-Content-Type-Options: nosniff\r\n"));
  g_assert_true(g_str_has_suffix(first, "\r\n\r\npremière\n"));
  web_server_put(fixture->server, "/a", "text/html", g_strdup("seconde"));
  g_autofree char *second = ask(fixture, "-g", "/a");
  g_assert_true(g_str_has_suffix(second, "\r\n\r\nseconde"));
  g_autofree char *head = ask(fixture, "-I", "/a");
  g_assert_nonnull(strstr(head, "Content-Length: 7\r\n"));
  g_assert_true(g_str_has_suffix(head, "\r\n\r\n"));
}

static void test_not_there(Fixture *fixture, gconstpointer data) {
  (void)data;
  static const char *const paths[] = {"/", "/b", "/a/", "/../a/../b", "/%00"};
  for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
    g_autofree char *text = ask(fixture, "--path-as-is", paths[i]);
    g_assert_true(g_str_has_prefix(text, "HTTP/1.1 404 "));
  }
}

static void test_no_other_method(Fixture *fixture, gconstpointer data) {
  (void)data;
  static const char *const options[] = {"-XPUT", "-XDELETE", "-dx", "-XNONSENSE"};
  for (guint i = 0; i < G_N_ELEMENTS(options); i++) {
    g_autofree char *text = ask(fixture, options[i], "/a");
    g_assert_true(g_str_has_prefix(text, "HTTP/1.1 405 "));
    g_assert_nonnull(strstr(text, "Allow: GET, HEAD\r\n"));
  }
}

static void test_port_is_taken(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_assert_null(web_server_new(web_server_port(fixture->server), false, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN);
  web_server_free(NULL);
}

/* --- a folder's files ------------------------------------------------------------------ */

typedef struct {
  const char *option, *value, *path; /* of curl */
  const char *status;
  const char *header; /* that stands in the answer, or NULL */
  const char *body;   /* how it ends, or NULL */
} Asked;

static void write_file(const char *folder, const char *name, const char *text) {
  g_autofree char *path = g_build_filename(folder, name, NULL);
  g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static char *ask_with(const Fixture *fixture, const char *option, const char *value, const char *path) {
  g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u%s", web_server_port(fixture->server), path);
  const char *argv[] = {"curl", "-si", "-m", "10", "--path-as-is", option, value, url, NULL};
  g_autofree char *text = NULL;
  g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, NULL);
  return g_steal_pointer(&text);
}

static char *header_value(const char *answer, const char *name) {
  const char *at = strstr(answer, name);
  g_assert_nonnull(at);
  at += strlen(name) + 2;
  return g_strndup(at, strcspn(at, "\r"));
}

static void test_files(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *folder = g_dir_make_tmp("carnet-web-XXXXXX", NULL), *media = g_build_filename(folder, "media", NULL);
  g_autofree char *before = ask(fixture, "-g", "/x.mp3");
  g_assert_true(g_str_has_prefix(before, "HTTP/1.1 404 "));
  web_server_share(fixture->server, folder);
  g_autofree char *named_so = g_build_filename(folder, "folder.html", NULL);
  g_autofree char *way = g_build_filename(folder, "way.html", NULL);
  g_assert_true(g_mkdir(media, 0700) == 0 && g_mkdir(named_so, 0700) == 0 && symlink("index.html", way) == 0);
  write_file(folder, "index.html", "<p>accueil");
  write_file(folder, "media/x.mp3", "0123456789");
  write_file(folder, "empty.txt", "");
  write_file(folder, "secret.sqlite", "secret");
  write_file(folder, ".hidden.txt", "secret");
  g_autofree char *whole = ask_with(fixture, "-H", "X: y", "/media/x.mp3");
  g_autofree char *tag = header_value(whole, "ETag"), *date = header_value(whole, "Last-Modified");
  g_autofree char *match = g_strdup_printf("If-None-Match: W/\"a\", %s", tag);
  g_autofree char *since = g_strdup_printf("If-Modified-Since: %s", date);
  const Asked asked[] = {
      {"-H", "X: y", "/", "200", "text/html; charset=utf-8", "accueil"},
      {"-H", "X: y", "/media/x.mp3", "200", "immutable", "0123456789"},
      {"-H", "X: y", "/media/x.mp3", "200", "Access-Control-Allow-Origin: *", NULL},
      {"-H", "Range: bytes=0-3", "/media/x.mp3", "206", "Content-Range: bytes 0-3/10", "\n0123"},
      {"-H", "Range: bytes=4-", "/media/x.mp3", "206", "Content-Range: bytes 4-9/10", "\n456789"},
      {"-H", "Range: bytes=-2", "/media/x.mp3", "206", "Content-Range: bytes 8-9/10", "\n89"},
      {"-H", "Range: bytes=-99", "/media/x.mp3", "206", "Content-Range: bytes 0-9/10", "0123456789"},
      {"-H", "Range: bytes=8-99", "/media/x.mp3", "206", "Content-Range: bytes 8-9/10", "\n89"},
      {"-H", "Range: bytes=10-", "/media/x.mp3", "416", "Content-Range: bytes */10", "\r\n\r\n"},
      {"-H", "Range: bytes=-0", "/media/x.mp3", "416", "Content-Range: bytes */10", NULL},
      {"-H", "Range: bytes=0-", "/empty.txt", "416", "Content-Range: bytes */0", NULL},
      {"-H", "Range: bytes=-5", "/empty.txt", "416", NULL, NULL},
      {"-H", "Range: bytes=0-1,4-5", "/media/x.mp3", "200", NULL, "0123456789"},
      {"-H", "Range: bytes=5-2", "/media/x.mp3", "200", NULL, "0123456789"},
      {"-H", "Range: bytes=x", "/media/x.mp3", "200", NULL, "0123456789"},
      {"-H", "Range: bytes=-", "/media/x.mp3", "200", NULL, "0123456789"},
      {"-H", "Range: lines=1-2", "/media/x.mp3", "200", NULL, "0123456789"},
      {"-H", "Range: bytes=99999999999999999999-", "/media/x.mp3", "416", NULL, NULL},
      {"-H", match, "/media/x.mp3", "304", "Content-Length: 10", "\r\n\r\n"},
      {"-H", "If-None-Match: \"other\"", "/media/x.mp3", "200", NULL, "0123456789"},
      {"-H", "If-None-Match: *", "/media/x.mp3", "304", NULL, "\r\n\r\n"},
      {"-H", since, "/media/x.mp3", "304", NULL, "\r\n\r\n"},
      {"-H", "If-Modified-Since: Tue, 17 Mar 2020 11:00:00 GMT", "/media/x.mp3", "200", NULL, "0123456789"},
      {"-I", "-g", "/media/x.mp3", "200", "Content-Length: 10", "\r\n\r\n"},
      {"-H", "X: y", "/secret.sqlite", "404", NULL, NULL},
      {"-H", "X: y", "/.hidden.txt", "404", NULL, NULL},
      {"-H", "X: y", "/media/../.hidden.txt", "404", NULL, NULL},
      {"-H", "X: y", "//etc/motd.txt", "404", NULL, NULL},
      {"-H", "X: y", "/media", "404", NULL, NULL},
      {"-H", "X: y", "/media/", "404", NULL, NULL},
      {"-H", "X: y", "/folder.html", "404", NULL, NULL},
      {"-H", "X: y", "/way.html", "404", NULL, NULL},
      {"-H", "X: y", "/nothing.html", "404", NULL, NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS(asked); i++) {
    g_autofree char *text = ask_with(fixture, asked[i].option, asked[i].value, asked[i].path);
    g_test_message("%s %s: %s", asked[i].path, asked[i].value, text);
    g_assert_true(strncmp(text + strlen("HTTP/1.1 "), asked[i].status, 3) == 0);
    g_assert_true(!asked[i].header || strstr(text, asked[i].header));
    g_assert_true(!asked[i].body || g_str_has_suffix(text, asked[i].body));
  }
  /* A part is given only of what it was a part of. */
  g_autofree char *same = g_strdup_printf("If-Range: %s", tag);
  g_autofree char *then = g_strdup_printf("If-Range: %s", date);
  const char *const ranges[][2] = {{same, "206"}, {then, "206"}, {"If-Range: \"other\"", "200"}};
  for (guint i = 0; i < G_N_ELEMENTS(ranges); i++) {
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u/media/x.mp3", web_server_port(fixture->server));
    const char *argv[] = {"curl", "-si", "-m", "10", "-r", "2-4", "-H", ranges[i][0], url, NULL};
    g_autofree char *text = NULL;
    g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, NULL);
    g_assert_true(strncmp(text + strlen("HTTP/1.1 "), ranges[i][1], 3) == 0);
  }
  g_assert_true(folder_remove(folder, NULL));
  g_autofree char *gone = ask(fixture, "-g", "/media/x.mp3");
  g_assert_true(g_str_has_prefix(gone, "HTTP/1.1 404 "));
}

/* Long text is packed for who takes gzip, and comes out of it as it was; its tag is not that of the plain file. */
static void test_packed(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *folder = g_dir_make_tmp("carnet-web-XXXXXX", NULL);
  g_autofree char *got = g_build_filename(folder, "got", NULL), *read = NULL;
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint32 i = 0; text->len < 1 << 20; i++) /* noise, so that what is packed is longer than a piece too */
    g_string_append_printf(text, "<p>%u médiathèque %08x\n", i, i * 2654435761U);
  gsize length = 0;
  web_server_share(fixture->server, folder);
  write_file(folder, "long.html", text->str);
  write_file(folder, "long.mp3", text->str);
  write_file(folder, "short.html", "court");
  static const struct {
    const char *accept, *path;
    bool is_packed;
  } asked[] = {
      {"gzip", "/long.html", true},     {"deflate, GZIP ;q=0.5, br", "/long.html", true},
      {"br, *", "/long.html", true},    {"*, gzip;q=0", "/long.html", false},
      {"*;q=0.0", "/long.html", false}, {"br", "/long.html", false},
      {"", "/long.html", false},        {",;,gzip", "/long.html", true},
      {"gzip", "/long.mp3", false},     {"gzip", "/short.html", false},
  };
  for (guint i = 0; i < G_N_ELEMENTS(asked); i++) {
    g_autofree char *header = g_strdup_printf("Accept-Encoding: %s", asked[i].accept);
    g_autofree char *head = ask_with(fixture, "-IH", header, asked[i].path);
    g_test_message("%s", head);
    g_assert_true((strstr(head, "Content-Encoding: gzip\r\n") != NULL) == asked[i].is_packed);
    g_assert_true((strstr(head, "-gzip\"\r\n") != NULL) == asked[i].is_packed);
    g_assert_true((strstr(head, "Vary: Accept-Encoding\r\n") != NULL) == !g_str_has_suffix(asked[i].path, ".mp3"));
  }
  g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u/long.html", web_server_port(fixture->server));
  const char *argv[] = {"curl", "-s", "-m", "10", "--compressed", "-w", "%{size_download} %{http_code}",
                        "-o",   got,  url,  NULL};
  g_autofree char *said = NULL;
  g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &said, NULL, NULL, NULL);
  g_assert_true(g_file_get_contents(got, &read, &length, NULL));
  g_assert_true(length == text->len && memcmp(read, text->str, length) == 0);
  g_assert_cmpuint(g_ascii_strtoull(said, NULL, 10), <, text->len / 2);
  g_assert_true(g_str_has_suffix(said, " 200"));

  g_autofree char *head = ask_with(fixture, "-IH", "Accept-Encoding: gzip", "/long.html");
  g_autofree char *tag = header_value(head, "ETag"), *match = g_strdup_printf("If-None-Match: %s", tag);
  g_autofree char *plain = ask_with(fixture, "-IH", match, "/long.html");
  g_assert_true(g_str_has_prefix(plain, "HTTP/1.1 200 "));
  const char *again[] = {"curl", "-si", "-m", "10", "-H", "Accept-Encoding: gzip", "-H", match, url, NULL};
  g_autofree char *same = NULL;
  g_spawn_sync(NULL, (char **)again, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &same, NULL, NULL, NULL);
  g_assert_true(g_str_has_prefix(same, "HTTP/1.1 304 "));
  const char *ranged[] = {"curl", "-si", "-m", "10", "-H", "Accept-Encoding: gzip", "-r", "0-2", url, NULL};
  g_autofree char *part = NULL;
  g_spawn_sync(NULL, (char **)ranged, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &part, NULL, NULL, NULL);
  g_assert_true(g_str_has_suffix(part, "\r\n\r\n<p>"));
  g_assert_true(folder_remove(folder, NULL));
}

/* What is answered until the server ends the line. Returns (g_free). */
static char *talk(const Fixture *fixture, const char *request) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((guint16)web_server_port(fixture->server)),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint(send(fd, request, strlen(request), MSG_NOSIGNAL), ==, (gssize)strlen(request));
  GString *answer = g_string_new("");
  char bytes[4096];
  for (gssize n; (n = recv(fd, bytes, sizeof bytes, 0)) > 0;)
    g_string_append_len(answer, bytes, n);
  close(fd);
  return g_string_free(answer, FALSE);
}

/* Packed text whose body nobody gets: the last chunk, which the library would send all the same, would be read as the
 * beginning of the next answer. */
static void test_packed_without_body(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *folder = g_dir_make_tmp("carnet-head-XXXXXX", NULL),
                  *path = g_build_filename(folder, "a.html", NULL);
  g_autofree char *text = g_strnfill(5000, 'a');
  g_assert_true(g_file_set_contents(path, text, -1, NULL));
  web_server_share(fixture->server, folder);
  static const char head[] = "HEAD /a.html HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n";
  g_autofree char *answer = talk(fixture, head);
  g_assert_true(g_str_has_prefix(answer, "HTTP/1.1 200 "));
  g_assert_nonnull(strstr(answer, "Content-Encoding: gzip\r\n"));
  g_assert_cmpstr(strstr(answer, "\r\n\r\n"), ==, "\r\n\r\n");
  g_autofree char *tag = header_value(answer, "ETag");
  g_autofree char *again =
      g_strdup_printf("GET /a.html HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nIf-None-Match: %s\r\n\r\n", tag);
  g_autofree char *same = talk(fixture, again);
  g_assert_true(g_str_has_prefix(same, "HTTP/1.1 304 "));
  g_assert_cmpstr(strstr(same, "\r\n\r\n"), ==, "\r\n\r\n");
  g_assert_true(folder_remove(folder, NULL));
}

#define SLOW 1000

static bool has_room(void) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = 8192;
  bool has = setrlimit(RLIMIT_NOFILE, &limit) == 0;
  if (!has)
    g_test_skip("no 8192 descriptors here");
  return has;
}

/* Out of the way, as the server's own are. */
static int connect_slowly(unsigned port) {
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons((guint16)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int low = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), few = 4096;
  setsockopt(low, SOL_SOCKET, SO_RCVBUF, &few, sizeof few);
  int fd = fcntl(low, F_DUPFD_CLOEXEC, 6000);
  close(low);
  g_assert_cmpint(fd, >=, 0);
  g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  return fd;
}

/* So many want it packed, and do not take it, that the next one gets it as it is. */
static void test_packed_by_many(Fixture *fixture, gconstpointer data) {
  (void)data;
  if (!has_room())
    return;
  g_autofree char *folder = g_dir_make_tmp("carnet-many-XXXXXX", NULL),
                  *path = g_build_filename(folder, "a.html", NULL);
  GString *text = g_string_new(NULL);
  for (guint32 i = 0; text->len < 4 << 20; i++) /* noise: packed, it is still more than a socket takes */
    g_string_append_printf(text, "%08x%08x", i * 2654435761U, i * 2246822519U);
  g_assert_true(g_file_set_contents(path, text->str, (gssize)text->len, NULL));
  g_string_free(text, TRUE);
  web_server_share(fixture->server, folder);
  static const char asked[] = "GET /a.html HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n";
  int clients[70];
  guint packed = 0;
  for (guint i = 0; i < G_N_ELEMENTS(clients); i++) {
    clients[i] = connect_slowly(web_server_port(fixture->server));
    g_assert_cmpint(send(clients[i], asked, sizeof asked - 1, MSG_NOSIGNAL), ==, sizeof asked - 1);
    char head[600] = "";
    g_assert_cmpint(recv(clients[i], head, sizeof head - 1, MSG_WAITALL), ==, sizeof head - 1);
    packed += strstr(head, "Content-Encoding: gzip") != NULL;
  }
  g_assert_cmpuint(packed, ==, 64);
  for (guint i = 0; i < G_N_ELEMENTS(clients); i++)
    close(clients[i]);
  g_assert_true(folder_remove(folder, NULL));
}

/* Where the system gives no more descriptors it serves fewer, and serves. */
static void test_few_descriptors(void) {
  pid_t pid = fork(); /* what may not be had any more cannot be given back */
  if (pid == 0) {
    const struct rlimit few = {512, 512};
    setrlimit(RLIMIT_NOFILE, &few);
    Fixture fixture = {web_server_new(0, false, NULL)};
    if (!fixture.server)
      _exit(1);
    web_server_put(fixture.server, "/a", "text/plain", g_strdup("oui"));
    g_autofree char *answer = talk(&fixture, "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    bool ok = g_str_has_suffix(answer, "\r\n\r\noui");
    web_server_free(fixture.server);
    _exit(ok ? 0 : 2);
  }
  int status = 0;
  g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
  g_assert_true(WIFEXITED(status));
  g_assert_cmpint(WEXITSTATUS(status), ==, 0);
}

/* A process that has no descriptor left, and is given no more, says so, whichever it was that it could not open. */
static void test_no_descriptors(void) {
  int next = fcntl(0, F_DUPFD_CLOEXEC, 3);
  close(next);
  guint failed = 0;
  for (int more = 0; more < 6; more++) {
    pid_t pid = fork(); /* what may not be had any more cannot be given back */
    if (pid == 0) {
      g_autoptr(GError) error = NULL;
      const struct rlimit few = {(rlim_t)(next + more), (rlim_t)(next + more)};
      setrlimit(RLIMIT_NOFILE, &few);
      WebServer *server = web_server_new(0, false, &error);
      _exit(server ? 0 : g_error_matches(error, CARNET_ERROR, CARNET_ERROR_SYSTEM) ? 1 : 2);
    }
    int status = 0;
    g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
    g_assert_true(WIFEXITED(status));
    g_assert_cmpint(WEXITSTATUS(status), <, 2);
    failed += WEXITSTATUS(status) == 1;
  }
  g_assert_cmpuint(failed, >=, 2);
}

/* A thousand who ask and do not read, or do not end asking: who comes then is answered, and the low descriptors are free. */
static void test_slow_clients(Fixture *fixture, gconstpointer data) {
  (void)data;
  if (!has_room())
    return;
  g_autofree char *folder = g_dir_make_tmp("carnet-slow-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "long.mp3", NULL), *zeros = g_malloc0(4 << 20);
  g_assert_true(g_file_set_contents(path, zeros, 4 << 20, NULL));
  web_server_share(fixture->server, folder);
  static const char whole[] = "GET /long.mp3 HTTP/1.1\r\nHost: a\r\n\r\n", half[] = "GET /long.mp3 HTTP/1.1\r\nHo";
  int clients[SLOW];
  for (guint i = 0; i < SLOW; i++) {
    clients[i] = connect_slowly(web_server_port(fixture->server));
    gsize n = i % 2 ? sizeof whole - 1 : sizeof half - 1;
    g_assert_cmpint(send(clients[i], i % 2 ? whole : half, n, MSG_NOSIGNAL), ==, (gssize)n);
  }
  char byte;
  for (guint i = 1; i < SLOW; i += 2) /* they are all being answered */
    g_assert_cmpint(recv(clients[i], &byte, 1, 0), ==, 1);
  g_autofree char *text = ask(fixture, "-g", "/a");
  g_assert_true(g_str_has_suffix(text, "\r\n\r\npremière\n"));
  int low = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint(low, <, 100);
  close(low);
  for (guint i = 0; i < SLOW; i++)
    close(clients[i]);
  g_assert_true(folder_remove(folder, NULL));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/web/server/page", Fixture, NULL, setup, test_page, teardown);
  g_test_add("/web/server/not-there", Fixture, NULL, setup, test_not_there, teardown);
  g_test_add("/web/server/no-other-method", Fixture, NULL, setup, test_no_other_method, teardown);
  g_test_add("/web/server/port-is-taken", Fixture, NULL, setup, test_port_is_taken, teardown);
  g_test_add("/web/files", Fixture, NULL, setup, test_files, teardown);
  g_test_add("/web/packed", Fixture, NULL, setup, test_packed, teardown);
  g_test_add("/web/packed/without-body", Fixture, NULL, setup, test_packed_without_body, teardown);
  if (g_test_slow())
    g_test_add("/web/packed/by-many", Fixture, NULL, setup, test_packed_by_many, teardown);
  g_test_add_func("/web/server/few-descriptors", test_few_descriptors);
  g_test_add("/web/server/slow-clients", Fixture, NULL, setup, test_slow_clients, teardown);
  g_test_add_func("/web/server/no-descriptors", test_no_descriptors);
  return g_test_run();
}
