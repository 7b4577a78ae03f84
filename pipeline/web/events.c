#include "web/events.h"

#include "web/events_response.h"
#include "web/mhd.h"

#include <string.h>

#define WAITING_MOST (256u << 10) /* bytes that a listener has not taken */
#define PIECE 4096

struct WebEvents {
  GMutex lock; /* guards all of it */
  GPtrArray *listeners;
  GHashTable *last; /* name → the event as it is sent */
  bool is_closed;
};

typedef struct {
  WebEvents *events;
  struct MHD_Connection *connection;
  gint64 who;
  const char *only; /* NULL: all */
  GString *waiting;
  bool is_suspended, is_given_up;
} Listener;

WebEvents *web_events_new(void) {
  WebEvents *events = g_new0(WebEvents, 1);
  g_mutex_init(&events->lock);
  events->listeners = g_ptr_array_new();
  events->last = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  return events;
}

void web_events_free(WebEvents *events) {
  if (!events)
    return;
  g_ptr_array_unref(events->listeners);
  g_hash_table_unref(events->last);
  g_mutex_clear(&events->lock);
  g_free(events);
}

/* With the lock. */
static void wake(Listener *listener) {
  if (listener->is_suspended)
    mhd.MHD_resume_connection(listener->connection);
  listener->is_suspended = false;
}

static void give(Listener *listener, const char *text) {
  if (listener->waiting->len + strlen(text) > WAITING_MOST)
    listener->is_given_up = true;
  else
    g_string_append(listener->waiting, text);
  wake(listener);
}

void web_events_send(WebEvents *events, const char *name, const char *data) {
  char *text = g_strdup_printf("event: %s\ndata: %s\n\n", name, data);
  g_mutex_lock(&events->lock);
  for (guint i = 0; i < events->listeners->len; i++) {
    Listener *listener = events->listeners->pdata[i];
    if (!listener->only || strcmp(listener->only, name) == 0)
      give(listener, text);
  }
  g_hash_table_replace(events->last, g_strdup(name), text);
  g_mutex_unlock(&events->lock);
}

void web_events_beat(WebEvents *events) {
  g_mutex_lock(&events->lock);
  for (guint i = 0; i < events->listeners->len; i++)
    give(events->listeners->pdata[i], ":\n\n");
  g_mutex_unlock(&events->lock);
}

guint web_events_listeners(WebEvents *events) {
  g_mutex_lock(&events->lock);
  guint n = events->listeners->len;
  g_mutex_unlock(&events->lock);
  return n;
}

void web_events_end(WebEvents *events, gint64 listener) {
  g_mutex_lock(&events->lock);
  for (guint i = 0; i < events->listeners->len; i++) {
    Listener *each = events->listeners->pdata[i];
    if (each->who != listener)
      continue;
    each->is_given_up = true;
    wake(each);
  }
  g_mutex_unlock(&events->lock);
}

void web_events_close(WebEvents *events) {
  g_mutex_lock(&events->lock);
  events->is_closed = true;
  for (guint i = 0; i < events->listeners->len; i++)
    wake(events->listeners->pdata[i]);
  g_mutex_unlock(&events->lock);
}

/* --- the library's side: the server's thread ----------------------------------------------------- */

static ssize_t give_piece(void *user, uint64_t at, char *bytes, size_t most) {
  (void)at;
  Listener *listener = user;
  WebEvents *events = listener->events;
  g_mutex_lock(&events->lock);
  ssize_t n = (ssize_t)MIN(most, listener->waiting->len);
  if (listener->is_given_up || events->is_closed) {
    n = MHD_CONTENT_READER_END_OF_STREAM;
  } else if (n > 0) {
    memcpy(bytes, listener->waiting->str, (gsize)n);
    g_string_erase(listener->waiting, 0, n);
  } else {
    mhd.MHD_suspend_connection(listener->connection); /* until there is something: it is not asked again and again */
    listener->is_suspended = true;
  }
  g_mutex_unlock(&events->lock);
  return n;
}

static void leave(void *user) {
  Listener *listener = user;
  g_mutex_lock(&listener->events->lock);
  g_ptr_array_remove(listener->events->listeners, listener); /* the others stay in the order in which they came */
  g_mutex_unlock(&listener->events->lock);
  g_string_free(listener->waiting, TRUE);
  g_free(listener);
}

/* With the lock. Who goes from page to page leaves a stream behind at each, which is noticed later: his oldest ends. */
static void make_room(WebEvents *events, gint64 who) {
  guint n = 0;
  for (guint i = events->listeners->len; i-- > 0;) {
    Listener *each = events->listeners->pdata[i];
    if (each->who != who || each->is_given_up || ++n < STREAMS_EACH)
      continue;
    each->is_given_up = true;
    wake(each);
  }
}

struct MHD_Response *events_response(WebEvents *events, struct MHD_Connection *connection, gint64 who,
                                     const char *only) {
  Listener *listener = g_new0(Listener, 1);
  listener->events = events;
  listener->connection = connection;
  listener->who = who;
  listener->only = only;
  listener->waiting = g_string_new("retry: 2000\n\n");
  g_mutex_lock(&events->lock);
  bool may = events->listeners->len < LISTENERS_MOST && !events->is_closed;
  make_room(events, who);
  GHashTableIter iter;
  gpointer name, text;
  g_hash_table_iter_init(&iter, events->last);
  while (g_hash_table_iter_next(&iter, &name, &text))
    if (!only || strcmp(only, name) == 0)
      g_string_append(listener->waiting, text);
  if (may)
    g_ptr_array_add(events->listeners, listener);
  g_mutex_unlock(&events->lock);
  struct MHD_Response *response =
      may ? mhd.MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, give_piece, listener, leave) : NULL;
  if (!response) {
    leave(listener);
    return NULL;
  }
  mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream");
  mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  mhd.MHD_add_response_header(response, "X-Accel-Buffering", "no"); /* nginx passes it on at once */
  return response;
}
