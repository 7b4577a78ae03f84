/* The small web server: what it answers, what it does not, and a port that is taken. Asked by curl. */
#include "web/server.h"

#include "air_descriptors.h"

#include "base/error.h"

#include <gio/gio.h>
#include <string.h>

typedef struct {
  WebServer *server;
} Fixture;

static void setup(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  fixture->server = web_server_new(0, &error);
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
  g_assert_null(web_server_new(web_server_port(fixture->server), &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN);
  web_server_free(NULL);
}

/* A process that has no descriptor left says so, whichever it was that it could not open. */
static void test_no_descriptors(void) {
  int next = fcntl(0, F_DUPFD_CLOEXEC, 3);
  close(next);
  guint failed = 0;
  for (int more = 0; more < 6; more++) {
    g_autoptr(GError) error = NULL;
    rlim_t was = descriptors_limit((rlim_t)(next + more));
    WebServer *server = web_server_new(0, &error);
    descriptors_limit(was);
    if (!server)
      g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
    failed += server == NULL;
    web_server_free(server);
  }
  g_assert_cmpuint(failed, >=, 2);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/web/server/page", Fixture, NULL, setup, test_page, teardown);
  g_test_add("/web/server/not-there", Fixture, NULL, setup, test_not_there, teardown);
  g_test_add("/web/server/no-other-method", Fixture, NULL, setup, test_no_other_method, teardown);
  g_test_add("/web/server/port-is-taken", Fixture, NULL, setup, test_port_is_taken, teardown);
  g_test_add_func("/web/server/no-descriptors", test_no_descriptors);
  return g_test_run();
}
