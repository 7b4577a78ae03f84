#include "web/handling.h"

#include "base/error.h"
#include "base/i18n.h"
#include "web/events_response.h"
#include "web/files.h"
#include "web/growing_response.h"
#include "web/mhd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <string.h>

struct Handling {
  WebAnswerer answerer;
  Lines *lines;
  GAsyncQueue *waiting; /* Pending, or `the_end` for each thread */
  GPtrArray *threads;
  gint is_closing;  /* atomic */
  gsize body_bytes; /* that are held: the server's thread alone */
};

/* One request, from its heads until it is over. */
typedef struct {
  WebRequest request;
  WebReply reply;
  struct MHD_Connection *connection;
  char *method, *path, *address;
  GByteArray *body;
  gsize most, counted; /* counted: of Handling.body_bytes */
  bool is_head;        /* the handler is asked as by GET; of what it answers the heads alone are sent */
  bool is_too_large, is_too_much, is_bad;
  gint is_answered; /* atomic: the reply is the server's from then on */
} Pending;

static char the_end;

/* --- a request ------------------------------------------------------------------------------------ */

static enum MHD_Result keep_header(void *user, enum MHD_ValueKind kind, const char *name, const char *value) {
  (void)kind;
  g_hash_table_replace(user, g_ascii_strdown(name, -1), g_strdup(value ? value : ""));
  return MHD_YES;
}

static enum MHD_Result keep_argument(void *user, enum MHD_ValueKind kind, const char *name, const char *value) {
  (void)kind;
  Pending *pending = user;
  if (g_utf8_validate(name, -1, NULL) && (!value || g_utf8_validate(value, -1, NULL)))
    g_hash_table_replace(pending->request.query, g_strdup(name), g_strdup(value ? value : ""));
  else
    pending->is_bad = true;
  return MHD_YES;
}

static char *address_of(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = mhd.MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  const struct sockaddr *address = info->client_addr;
  char text[INET6_ADDRSTRLEN] = "";
  if (address->sa_family == AF_INET)
    inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, text, sizeof text);
  return g_strdup(text);
}

static Pending *pending_new(struct MHD_Connection *connection, const char *path, const char *method) {
  Pending *pending = g_new0(Pending, 1);
  pending->connection = connection;
  pending->is_head = strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
  pending->method = g_strdup(pending->is_head ? MHD_HTTP_METHOD_GET : method);
  pending->path = g_strdup(path);
  pending->address = address_of(connection);
  pending->body = g_byte_array_new();
  pending->request = (WebRequest){.method = pending->method, .path = pending->path, .address = pending->address};
  pending->request.headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  pending->request.query = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  mhd.MHD_get_connection_values(connection, MHD_HEADER_KIND, keep_header, pending->request.headers);
  mhd.MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, keep_argument, pending);
  pending->is_bad = pending->is_bad || !g_utf8_validate(path, -1, NULL);
  return pending;
}

void handling_forget(Handling *handling, void *state) {
  Pending *pending = state;
  handling->body_bytes -= pending->counted;
  g_free(pending->method);
  g_free(pending->path);
  g_free(pending->address);
  g_byte_array_unref(pending->body);
  g_clear_pointer(&pending->request.body, g_bytes_unref);
  g_hash_table_unref(pending->request.headers);
  g_hash_table_unref(pending->request.query);
  web_reply_clear(&pending->reply);
  g_free(pending);
}

/* --- the threads that answer ------------------------------------------------------------------------ */

static gpointer work(gpointer user) {
  Handling *handling = user;
  gpointer own = handling->answerer.begin(handling->answerer.user);
  for (gpointer next; (next = g_async_queue_pop(handling->waiting)) != &the_end;) {
    Pending *pending = next;
    handling->answerer.answer(&pending->request, &pending->reply, own);
    g_atomic_int_set(&pending->is_answered, 1);
    mhd.MHD_resume_connection(pending->connection);
  }
  handling->answerer.end(own);
  return NULL;
}

Handling *handling_new(const WebAnswerer *answerer, Lines *lines, GError **error) {
  Handling *handling = g_new0(Handling, 1);
  handling->answerer = *answerer;
  handling->lines = lines;
  handling->waiting = g_async_queue_new();
  handling->threads = g_ptr_array_new();
  for (guint i = 0; i < answerer->n_threads; i++) {
    GThread *thread = g_thread_try_new("desk", work, handling, NULL);
    if (thread)
      g_ptr_array_add(handling->threads, thread);
  }
  if (handling->threads->len == answerer->n_threads)
    return handling;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("the web server does not start"));
  handling_close(handling);
  handling_free(handling);
  return NULL;
}

void handling_close(Handling *handling) {
  if (!handling || g_atomic_int_get(&handling->is_closing))
    return;
  g_atomic_int_set(&handling->is_closing, 1);
  for (guint i = 0; i < handling->threads->len; i++)
    g_async_queue_push(handling->waiting, &the_end);
  for (guint i = 0; i < handling->threads->len; i++)
    g_thread_join(handling->threads->pdata[i]);
  for (gpointer late; (late = g_async_queue_try_pop(handling->waiting));) { /* came while they ended */
    Pending *pending = late;
    pending->reply.status = MHD_HTTP_SERVICE_UNAVAILABLE;
    g_atomic_int_set(&pending->is_answered, 1);
    mhd.MHD_resume_connection(pending->connection);
  }
}

void handling_free(Handling *handling) {
  if (!handling)
    return;
  g_async_queue_unref(handling->waiting);
  g_ptr_array_unref(handling->threads);
  g_free(handling);
}

/* --- the server's thread ------------------------------------------------------------------------------ */

static struct MHD_Response *plain(const char *text) {
  return mhd.MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_PERSISTENT);
}

static struct MHD_Response *of_bytes(GBytes *bytes) {
  gsize n = 0;
  const void *data = bytes ? g_bytes_get_data(bytes, &n) : NULL;
  return mhd.MHD_create_response_from_buffer(n, data ? (void *)data : (void *)"", MHD_RESPMEM_MUST_COPY);
}

static struct MHD_Response *response_of(Pending *pending, unsigned *status) {
  WebReply *reply = &pending->reply;
  *status = reply->status ? reply->status : MHD_HTTP_OK;
  struct MHD_Response *response = NULL;
  if (reply->file) {
    int fd = open(reply->file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    response = files_give(fd, pending->connection, reply->file_type, !pending->is_head, status);
  } else if (reply->growing) {
    response = growing_response(reply->growing, pending->connection, g_steal_fd(&reply->growing_fd),
                                reply->growing_from, reply->file_type);
    *status = response ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE;
  } else if (reply->events) {
    response = events_response(reply->events, pending->connection, reply->listener, reply->only);
    *status = response ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE;
  } else {
    response = of_bytes(reply->body);
  }
  bool is_stream = response && (reply->growing || reply->events);
  if (is_stream && pending->is_head) /* as in files.c: else a last chunk would follow the heads */
    mhd.MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
  response = response ? response : plain("");
  if (reply->type && !reply->file && !reply->growing && !reply->events)
    mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->type);
  for (guint i = 0; reply->headers && i + 1 < reply->headers->len; i += 2)
    mhd.MHD_add_response_header(response, reply->headers->pdata[i], reply->headers->pdata[i + 1]);
  return response;
}

static enum MHD_Result queue(struct MHD_Connection *connection, unsigned status, struct MHD_Response *response) {
  enum MHD_Result result = mhd.MHD_queue_response(connection, status, response);
  mhd.MHD_destroy_response(response);
  return result;
}

/* What is too long is told before it comes, where its length is told: the line is closed after it. */
static enum MHD_Result begin(Handling *handling, struct MHD_Connection *connection, const char *path,
                             const char *method, void **state) {
  Pending *pending = pending_new(connection, path, method);
  *state = pending;
  const char *length = web_header(&pending->request, "content-length");
  guint64 nbytes = length ? g_ascii_strtoull(length, NULL, 10) : 0;
  pending->most = handling->answerer.body_most(&pending->request, handling->answerer.user);
  lines_heads(handling->lines, connection);
  if (nbytes > pending->most)
    return queue(connection, MHD_HTTP_CONTENT_TOO_LARGE, plain("too large\n"));
  return MHD_YES;
}

/* Bodies that come at once, all together, are no more than the answerer takes. */
static void add_body(Handling *handling, Pending *pending, const char *upload, gsize nbytes) {
  lines_got(handling->lines, pending->connection, nbytes);
  pending->is_too_large = pending->is_too_large || pending->body->len + nbytes > pending->most;
  pending->is_too_much = pending->is_too_much || handling->body_bytes + nbytes > handling->answerer.bodies_most;
  if (pending->is_too_large || pending->is_too_much)
    return;
  g_byte_array_append(pending->body, (const guint8 *)upload, (guint)nbytes);
  handling->body_bytes += nbytes;
  pending->counted += nbytes;
}

enum MHD_Result handling_take(Handling *handling, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *upload, size_t *upload_bytes, void **state) {
  if (!*state)
    return begin(handling, connection, path, method, state);
  Pending *pending = *state;
  if (*upload_bytes > 0) {
    add_body(handling, pending, upload, *upload_bytes);
    *upload_bytes = 0;
    return MHD_YES;
  }
  if (pending->is_too_large)
    return queue(connection, MHD_HTTP_CONTENT_TOO_LARGE, plain("too large\n"));
  if (pending->is_too_much)
    return queue(connection, MHD_HTTP_SERVICE_UNAVAILABLE, plain("too much at once\n"));
  if (pending->is_bad)
    return queue(connection, MHD_HTTP_BAD_REQUEST, plain("not UTF-8\n"));
  if (g_atomic_int_get(&pending->is_answered)) { /* what was done is told, whatever comes */
    unsigned status;
    struct MHD_Response *response = response_of(pending, &status);
    return queue(connection, status, response);
  }
  if (g_atomic_int_get(&handling->is_closing))
    return queue(connection, MHD_HTTP_SERVICE_UNAVAILABLE, plain("closing\n"));
  pending->request.body = g_byte_array_free_to_bytes(g_steal_pointer(&pending->body));
  pending->body = g_byte_array_new();
  lines_asked(handling->lines, connection);
  mhd.MHD_suspend_connection(connection);
  g_async_queue_push(handling->waiting, pending);
  return MHD_YES;
}
