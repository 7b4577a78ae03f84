#include "web/growing.h"

#include "base/files.h"
#include "web/growing_response.h"
#include "web/mhd.h"

#include <glib.h>
#include <unistd.h>

#define PIECE (32u << 10)

struct WebGrowing {
  GMutex lock; /* guards all of it */
  GPtrArray *readers;
  bool is_closed;
};

typedef struct {
  WebGrowing *growing;
  struct MHD_Connection *connection;
  int fd;
  gint64 from;
  bool is_suspended;
} Reader;

WebGrowing *web_growing_new(void) {
  WebGrowing *growing = g_new0(WebGrowing, 1);
  g_mutex_init(&growing->lock);
  growing->readers = g_ptr_array_new();
  return growing;
}

void web_growing_free(WebGrowing *growing) {
  if (!growing)
    return;
  g_ptr_array_unref(growing->readers);
  g_mutex_clear(&growing->lock);
  g_free(growing);
}

/* With the lock. */
static void wake_all(WebGrowing *growing) {
  for (guint i = 0; i < growing->readers->len; i++) {
    Reader *reader = growing->readers->pdata[i];
    if (reader->is_suspended)
      mhd.MHD_resume_connection(reader->connection);
    reader->is_suspended = false;
  }
}

void web_growing_step(WebGrowing *growing) {
  g_mutex_lock(&growing->lock);
  wake_all(growing);
  g_mutex_unlock(&growing->lock);
}

void web_growing_close(WebGrowing *growing) {
  g_mutex_lock(&growing->lock);
  growing->is_closed = true;
  wake_all(growing);
  g_mutex_unlock(&growing->lock);
}

/* --- the library's side: the server's thread ----------------------------------------------------- */

/* Who has done writes no more: what is read after that was known is all there is. */
static ssize_t read_on(const Reader *reader, uint64_t at, char *bytes, size_t most) {
  ssize_t n = pread(reader->fd, bytes, most, (off_t)at + reader->from);
  if (n != 0)
    return n > 0 ? n : MHD_CONTENT_READER_END_WITH_ERROR;
  if (!file_draft_is_over(reader->fd))
    return 0;
  n = pread(reader->fd, bytes, most, (off_t)at + reader->from);
  return n > 0 ? n : MHD_CONTENT_READER_END_OF_STREAM;
}

static ssize_t give_piece(void *user, uint64_t at, char *bytes, size_t most) {
  Reader *reader = user;
  ssize_t n = read_on(reader, at, bytes, most);
  g_mutex_lock(&reader->growing->lock);
  if (reader->growing->is_closed) {
    n = MHD_CONTENT_READER_END_WITH_ERROR;
  } else if (n == 0) {
    mhd.MHD_suspend_connection(reader->connection); /* until the next step: it is not asked again and again */
    reader->is_suspended = true;
  }
  g_mutex_unlock(&reader->growing->lock);
  return n;
}

static void leave(void *user) {
  Reader *reader = user;
  g_mutex_lock(&reader->growing->lock);
  g_ptr_array_remove_fast(reader->growing->readers, reader);
  g_mutex_unlock(&reader->growing->lock);
  close(reader->fd);
  g_free(reader);
}

struct MHD_Response *growing_response(WebGrowing *growing, struct MHD_Connection *connection, int fd, gint64 from,
                                      const char *type) {
  Reader *reader = g_new0(Reader, 1);
  reader->growing = growing;
  reader->connection = connection;
  reader->fd = fd;
  reader->from = from;
  g_mutex_lock(&growing->lock);
  bool may = growing->readers->len < GROWING_MOST && !growing->is_closed;
  if (may)
    g_ptr_array_add(growing->readers, reader);
  g_mutex_unlock(&growing->lock);
  struct MHD_Response *response =
      may ? mhd.MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, give_piece, reader, leave) : NULL;
  if (!response) {
    leave(reader);
    return NULL;
  }
  mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
  mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  mhd.MHD_add_response_header(response, "X-Accel-Buffering", "no"); /* nginx passes it on at once */
  return response;
}
