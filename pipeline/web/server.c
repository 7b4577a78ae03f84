#include "web/server.h"

#include "base/error.h"
#include "base/i18n.h"
#include "web/descriptors.h"
#include "web/files.h"
#include "web/handling.h"
#include "web/lines.h"
#include "web/mhd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A socket and a file each. Where the system gives us no more descriptors than select() can have, some 600 of them are all
 * that may be taken (descriptors.h). */
#define CLIENTS_MOST 2000u
#define CLIENTS_FEW 300u
#define CLIENTS_NEVER 100u        /* what the library believes it may take besides */
#define CLIENTS_EACH 1500u        /* of one address; many stand behind one, a proxy's among them */
#define CLIENT_BYTES (12u * 1024) /* what MHD keeps for each: what is asked, and what is answered but a file */
#define PATIENCE_S 10u            /* with a client that says or takes nothing */
#define AGAIN_US 20000            /* when nobody can be taken now */

typedef struct {
  char *type, *text;
} Page;

struct WebServer {
  struct MHD_Daemon *daemon;
  int listen_fd;
  GThread *doorkeeper;
  Lines *lines;
  Handling *handling; /* NULL: pages and files */
  gint is_closing;    /* atomic */
  unsigned port, clients_most;
  GMutex lock;       /* guards what follows */
  char *folder;      /* NULL: none is shared */
  GHashTable *pages; /* path → Page */
};

static void page_free(gpointer data) {
  Page *page = data;
  g_free(page->type);
  g_free(page->text);
  g_free(page);
}

void web_server_put(WebServer *server, const char *path, const char *type, char *text) {
  Page *page = g_new(Page, 1);
  page->type = g_strdup(type);
  page->text = text;
  g_mutex_lock(&server->lock);
  g_hash_table_replace(server->pages, g_strdup(path), page);
  g_mutex_unlock(&server->lock);
}

/* --- answering: the server's thread ------------------------------------------------------------- */

static struct MHD_Response *respond(const char *type, const char *text) {
  struct MHD_Response *response =
      mhd.MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_MUST_COPY);
  mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
  mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-cache");
  mhd.MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
  return response;
}

static struct MHD_Response *find_page(WebServer *server, const char *path) {
  g_mutex_lock(&server->lock);
  const Page *page = g_hash_table_lookup(server->pages, path);
  struct MHD_Response *response = page ? respond(page->type, page->text) : NULL;
  g_mutex_unlock(&server->lock);
  return response;
}

void web_server_share(WebServer *server, const char *folder) {
  g_mutex_lock(&server->lock);
  g_free(server->folder);
  server->folder = g_strdup(folder);
  g_mutex_unlock(&server->lock);
}

/* NULL when no folder is shared, or it is not there. */
static struct MHD_Response *find_file(WebServer *server, struct MHD_Connection *connection, const char *path,
                                      bool is_get, unsigned *status) {
  g_mutex_lock(&server->lock);
  int fd = server->folder ? open(server->folder, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
  g_mutex_unlock(&server->lock);
  struct MHD_Response *response = fd >= 0 ? files_answer(fd, connection, path, is_get, status) : NULL;
  if (fd >= 0)
    close(fd);
  return response;
}

static const int seen;

static void ended(void *user, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code) {
  const WebServer *server = user;
  (void)code;
  if (*state && *state != &seen)
    handling_forget(server->handling, *state);
  *state = NULL;
  lines_answered(server->lines, connection);
}

static enum MHD_Result answer(void *user, struct MHD_Connection *connection, const char *path, const char *method,
                              const char *version, const char *upload, size_t *upload_bytes, void **state) {
  (void)version;
  WebServer *server = user;
  if (server->handling)
    return handling_take(server->handling, connection, path, method, upload, upload_bytes, state);
  bool is_get = strcmp(method, MHD_HTTP_METHOD_GET) == 0;
  if (*state == NULL && (is_get || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0)) {
    *state = (void *)&seen; /* answered at the second call: else the connection would not be used again */
    lines_asked(server->lines, connection);
    return MHD_YES;
  }
  *upload_bytes = 0; /* nobody has anything to send */
  bool reads = strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
  struct MHD_Response *response = reads ? find_page(server, path) : NULL;
  unsigned status = response ? MHD_HTTP_OK : reads ? MHD_HTTP_NOT_FOUND : MHD_HTTP_METHOD_NOT_ALLOWED;
  if (!response && reads)
    response = find_file(server, connection, path, is_get, &status);
  if (!response)
    response = respond("text/plain; charset=utf-8", reads ? "not found\n" : "GET or HEAD\n");
  if (!reads)
    mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
  enum MHD_Result result = mhd.MHD_queue_response(connection, status, response);
  mhd.MHD_destroy_response(response);
  return result;
}

/* --- the door: a thread that lets clients in --------------------------------------------------------- */

/* One more than libmicrohttpd's own limit would stop it for good (0.9.75 waits for a lock that it holds itself): it never
 * gets there. (What it refuses it closes.) */
static void take(WebServer *server, int fd, const struct sockaddr_in *from) {
  if (!lines_take(server->lines, server->clients_most))
    close(fd);
  else if (mhd.MHD_add_connection(server->daemon, fd, (const struct sockaddr *)from, sizeof *from) != MHD_YES)
    lines_give_back(server->lines);
}

static gpointer let_in(gpointer user) {
  WebServer *server = user;
  while (!g_atomic_int_get(&server->is_closing)) {
    struct sockaddr_in from;
    socklen_t size = sizeof from;
    int fd = accept4(server->listen_fd, (struct sockaddr *)&from, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd >= 0)
      take(server, descriptor_move(fd), &from);
    else if (errno != EINTR && errno != ECONNABORTED && !g_atomic_int_get(&server->is_closing))
      g_usleep(AGAIN_US);
  }
  return NULL;
}

/* --- life ------------------------------------------------------------------------------------------ */

/* Our own socket: what failed is told, and the library prints nothing. */
static int listen_on(unsigned port, bool everywhere, GError **error) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((guint16)port),
                                .sin_addr.s_addr = htonl(everywhere ? INADDR_ANY : INADDR_LOOPBACK)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
  if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
      bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 512) == 0)
    return fd;
  bool taken = errno == EADDRINUSE;
  g_set_error(error, CARNET_ERROR, taken ? CARNET_ERROR_AGAIN : CARNET_ERROR_SYSTEM, _("port %u of %s: %s"), port,
              everywhere ? "0.0.0.0" : "127.0.0.1", g_strerror(errno));
  if (fd >= 0)
    close(fd);
  return -1;
}

static unsigned port_of(int fd) {
  struct sockaddr_in address = {0};
  socklen_t size = sizeof address;
  return getsockname(fd, (struct sockaddr *)&address, &size) == 0 ? ntohs(address.sin_port) : 0;
}

static struct MHD_Daemon *start_daemon(WebServer *server) {
  server->clients_most = descriptors_reserve(2 * CLIENTS_MOST) ? CLIENTS_MOST : CLIENTS_FEW;
  unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO | MHD_USE_ITC | MHD_USE_NO_LISTEN_SOCKET |
                   (server->handling ? MHD_ALLOW_SUSPEND_RESUME : 0);
  return mhd.MHD_start_daemon(
      flags, 0, NULL, NULL, answer, server, MHD_OPTION_CONNECTION_LIMIT, server->clients_most + CLIENTS_NEVER,
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, MIN(server->clients_most, CLIENTS_EACH), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
      (size_t)CLIENT_BYTES, MHD_OPTION_CONNECTION_TIMEOUT, PATIENCE_S, MHD_OPTION_NOTIFY_COMPLETED, ended, server,
      MHD_OPTION_NOTIFY_CONNECTION, lines_notify, server->lines, MHD_OPTION_END);
}

static WebServer *start(unsigned port, bool everywhere, const WebAnswerer *answerer, GError **error) {
  int fd = listen_on(port, everywhere, error);
  if (fd < 0)
    return NULL;
  WebServer *server = g_new0(WebServer, 1);
  g_mutex_init(&server->lock);
  server->listen_fd = fd;
  server->port = port_of(fd);
  server->pages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, page_free);
  server->lines = lines_new();
  server->handling = answerer ? handling_new(answerer, server->lines, error) : NULL;
  bool ok = (!answerer || server->handling) && mhd_open(error);
  server->daemon = ok ? start_daemon(server) : NULL;
  server->doorkeeper = server->daemon ? g_thread_try_new("door", let_in, server, NULL) : NULL;
  if (server->doorkeeper)
    return server;
  if (ok)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("the web server does not start"));
  web_server_free(server);
  return NULL;
}

WebServer *web_server_new(unsigned port, bool everywhere, GError **error) {
  return start(port, everywhere, NULL, error);
}

WebServer *web_server_new_answering(unsigned port, bool everywhere, const WebAnswerer *answerer, GError **error) {
  return start(port, everywhere, answerer, error);
}

void web_server_free(WebServer *server) {
  if (!server)
    return;
  g_atomic_int_set(&server->is_closing, 1);
  shutdown(server->listen_fd, SHUT_RDWR); /* ends accept(2) */
  if (server->doorkeeper)
    g_thread_join(server->doorkeeper);
  handling_close(server->handling);
  if (server->daemon)
    mhd.MHD_stop_daemon(server->daemon);
  handling_free(server->handling);
  lines_free(server->lines);
  close(server->listen_fd);
  g_hash_table_unref(server->pages);
  g_free(server->folder);
  g_mutex_clear(&server->lock);
  g_free(server);
}

unsigned web_server_port(const WebServer *server) {
  return server->port;
}
