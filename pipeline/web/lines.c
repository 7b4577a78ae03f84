#include "web/lines.h"

#include "base/clock.h"
#include "web/mhd.h"

#include <sys/socket.h>

#define HEADS_US (20 * US_PER_SECOND) /* for a whole head, however it comes */
#define BYTES_A_TURN (20u * (16u << 10))
#define COMES_US (5 * US_PER_SECOND)
#define LOOK_US (US_PER_SECOND / 2)

struct Lines {
  GMutex lock; /* guards what follows */
  GCond closing;
  GPtrArray *all;
  guint n_coming; /* let in, and not yet begun with */
  gint64 came_us; /* the last of them */
  bool is_closing;
  GThread *warden;
};

typedef struct {
  int fd;
  gint64 until_us; /* clock_monotonic_us, 0: nothing is waited for */
  gsize got;       /* of a body, in this turn */
} Line;

static gpointer watch(gpointer user) {
  Lines *lines = user;
  g_mutex_lock(&lines->lock);
  while (!lines->is_closing) {
    g_cond_wait_until(&lines->closing, &lines->lock, clock_monotonic_us() + LOOK_US);
    gint64 now_us = clock_monotonic_us();
    for (guint i = 0; i < lines->all->len; i++) {
      Line *line = lines->all->pdata[i];
      if (line->until_us > 0 && now_us > line->until_us) {
        shutdown(line->fd, SHUT_RDWR); /* the library sees its end, and closes it */
        line->until_us = 0;
      }
    }
  }
  g_mutex_unlock(&lines->lock);
  return NULL;
}

Lines *lines_new(void) {
  Lines *lines = g_new0(Lines, 1);
  g_mutex_init(&lines->lock);
  g_cond_init(&lines->closing);
  lines->all = g_ptr_array_new_with_free_func(g_free);
  lines->warden = g_thread_try_new("warden", watch, lines, NULL);
  return lines;
}

void lines_free(Lines *lines) {
  if (!lines)
    return;
  g_mutex_lock(&lines->lock);
  lines->is_closing = true;
  g_cond_signal(&lines->closing);
  g_mutex_unlock(&lines->lock);
  if (lines->warden)
    g_thread_join(lines->warden);
  g_ptr_array_unref(lines->all);
  g_cond_clear(&lines->closing);
  g_mutex_clear(&lines->lock);
  g_free(lines);
}

bool lines_take(Lines *lines, guint most) {
  gint64 now_us = clock_monotonic_us();
  g_mutex_lock(&lines->lock);
  if (now_us - lines->came_us > COMES_US) /* those that the library dropped without a word come no more */
    lines->n_coming = 0;
  lines->came_us = now_us;
  bool may = lines->all->len + lines->n_coming < most;
  lines->n_coming += may;
  g_mutex_unlock(&lines->lock);
  return may;
}

/* With the lock. */
static void has_come(Lines *lines) {
  if (lines->n_coming > 0)
    lines->n_coming--;
}

void lines_give_back(Lines *lines) {
  g_mutex_lock(&lines->lock);
  has_come(lines);
  g_mutex_unlock(&lines->lock);
}

void lines_notify(void *user, struct MHD_Connection *connection, void **line,
                  enum MHD_ConnectionNotificationCode code) {
  Lines *lines = user;
  g_mutex_lock(&lines->lock);
  if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
    g_ptr_array_remove_fast(lines->all, *line);
    *line = NULL;
  } else {
    Line *its = g_new0(Line, 1);
    has_come(lines);
    its->fd = mhd.MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    its->until_us = clock_monotonic_us() + HEADS_US;
    g_ptr_array_add(lines->all, its);
    *line = its;
  }
  g_mutex_unlock(&lines->lock);
}

/* One that is open has a line. */
static Line *line_of(struct MHD_Connection *connection) {
  return mhd.MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void set_until(Lines *lines, struct MHD_Connection *connection, gint64 until_us) {
  g_mutex_lock(&lines->lock);
  Line *line = line_of(connection);
  line->until_us = until_us;
  line->got = 0;
  g_mutex_unlock(&lines->lock);
}

void lines_heads(Lines *lines, struct MHD_Connection *connection) {
  set_until(lines, connection, clock_monotonic_us() + HEADS_US);
}

void lines_got(Lines *lines, struct MHD_Connection *connection, gsize nbytes) {
  g_mutex_lock(&lines->lock);
  Line *line = line_of(connection);
  line->got += nbytes;
  if (line->got >= BYTES_A_TURN) {
    line->got = 0;
    line->until_us = clock_monotonic_us() + HEADS_US;
  }
  g_mutex_unlock(&lines->lock);
}

void lines_asked(Lines *lines, struct MHD_Connection *connection) {
  set_until(lines, connection, 0);
}

void lines_answered(Lines *lines, struct MHD_Connection *connection) {
  set_until(lines, connection, clock_monotonic_us() + HEADS_US);
}
