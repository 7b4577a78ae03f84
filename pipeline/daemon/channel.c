#include "daemon/channel.h"

#include "base/clock.h"
#include "base/wav.h"
#include "commands/render.h"
#include "sound/reel.h"

#include <string.h>

#define LEAD_US (US_PER_SECOND)            /* what the server has ahead: playout's burst at a connection */
#define FEED_US (US_PER_SECOND * 15 / 100) /* what the reel is ahead of playout */
#define FEED_EVERY_US (US_PER_SECOND * 4 / 100)
#define QUEUE_BYTES (4u << 20)        /* never reached: the reel is fed by the clock */
#define PACKET_FRAMES 1152            /* the longest one: a sound begins somewhere in it */
#define TAIL_FRAMES (FRAME_RATE / 20) /* the encoder's delay and padding, at a channel's end */

typedef struct {
  gpointer mark;
  guint told; /* by so many mounts */
} Mark;

struct Channel {
  const Station *station;
  GArray *mounts;  /* guint: indices in station->mounts */
  GArray *outputs; /* Output without a folder: which encoding each mount takes */
  char *password, *ca_file;
  PlayoutOptions options;
  Playout *playout;
  Reel *reel;
  GThread *player, *feeder;
  gint closing, over; /* atomic */
  GAsyncQueue *sent;  /* PlayoutSent */
  GArray *marks;      /* Mark: of the items that not every mount has told of, from item `first_mark` on */
  guint first_mark;
  gint64 end_frame;
  bool finishes;
  GMutex lock; /* guards the statuses */
  ChannelMount *statuses;
};

/* --- playout's thread -------------------------------------------------------------------- */

static void on_state(guint mount, MountState state, const char *message, gpointer user) {
  Channel *channel = user;
  g_mutex_lock(&channel->lock);
  ChannelMount *status = &channel->statuses[mount];
  if (state != status->state)
    status->since_us = clock_now_us();
  status->state = state;
  if (message || state == MOUNT_ON_AIR) {
    g_free(status->message);
    status->message = g_strdup(message);
  }
  PlayoutMountStatus told;
  playout_status(channel->playout, mount, &told);
  status->reconnections = told.reconnections;
  g_mutex_unlock(&channel->lock);
}

static void on_sent(const PlayoutSent *sent, gpointer user) {
  Channel *channel = user;
  g_async_queue_push(channel->sent, g_memdup2(sent, sizeof *sent));
}

static bool is_closing(gpointer user) {
  Channel *channel = user;
  return g_atomic_int_get(&channel->closing) != 0;
}

static gpointer play(gpointer data) {
  Channel *channel = data;
  g_autoptr(GError) error = NULL;
  if (!playout_run(channel->playout, &error) && !is_closing(channel))
    g_warning("%s", error->message);
  g_atomic_int_set(&channel->over, 1);
  return NULL;
}

/* --- the feeder's --------------------------------------------------------------------------- */

static gpointer feed(gpointer data) {
  Channel *channel = data;
  for (bool wanted = true; wanted && !is_closing(channel);) {
    gint64 now_us = clock_monotonic_us();
    wanted = reel_feed(channel->reel, playout_head(&channel->options, now_us + FEED_US));
    if (wanted)
      g_usleep((gulong)FEED_EVERY_US);
  }
  return NULL;
}

/* --- life -------------------------------------------------------------------------------------- */

static Output *output_of(const Channel *channel, guint mount) {
  guint index = render_output_of_mount(channel->outputs, &channel->station->mounts[mount]);
  return &g_array_index(channel->outputs, Output, index);
}

/* A track for each encoding that one of the mounts takes, in the order of the outputs. */
static void add_mounts(Channel *channel) {
  for (guint i = 0; i < channel->mounts->len; i++) {
    Output *output = output_of(channel, channel_mount(channel, i));
    if (!output->queue)
      output->queue = packet_queue_new(QUEUE_BYTES);
    playout_add_mount(channel->playout, &channel->station->mounts[channel_mount(channel, i)], output->queue);
  }
  g_autoptr(GArray) tracks = g_array_new(FALSE, FALSE, sizeof(ReelTrack));
  for (guint i = 0; i < channel->outputs->len; i++) {
    const Output *output = &g_array_index(channel->outputs, Output, i);
    ReelTrack track = {output->format, output->bitrate_kbps, output->queue};
    if (output->queue)
      g_array_append_val(tracks, track);
  }
  channel->reel = reel_new((const ReelTrack *)(gconstpointer)tracks->data, tracks->len);
}

static void set_options(Channel *channel, gint64 open_us, gint64 at_us) {
  const Station *station = channel->station;
  gint64 ahead_us = clock_monotonic_us() - clock_now_us();
  channel->options = (PlayoutOptions){.station_name = station->name,
                                      .description = station->name,
                                      .host = station->icecast.host,
                                      .port = station->icecast.port,
                                      .user_name = station->icecast.user,
                                      .password = channel->password,
                                      .ca_file = channel->ca_file,
                                      .tls = station->icecast.tls,
                                      .lead_us = LEAD_US,
                                      .open_us = open_us + ahead_us,
                                      .start_us = at_us + ahead_us + LEAD_US};
}

Channel *channel_new(const Station *station, const char *password, const guint *mounts, guint n_mounts, gint64 open_us,
                     gint64 at_us, GError **error) {
  g_autoptr(Channel) channel = g_new0(Channel, 1);
  g_mutex_init(&channel->lock);
  channel->station = station;
  channel->mounts = g_array_new(FALSE, FALSE, sizeof(guint));
  g_array_append_vals(channel->mounts, mounts, n_mounts);
  channel->outputs = render_outputs_in(station, "", NULL, 0);
  channel->password = g_strdup(password);
  channel->ca_file = station->icecast.ca_file ? station_path(station, station->icecast.ca_file, NULL) : NULL;
  channel->sent = g_async_queue_new_full(g_free);
  channel->marks = g_array_new(FALSE, FALSE, sizeof(Mark));
  channel->statuses = g_new0(ChannelMount, n_mounts);
  set_options(channel, open_us, at_us);
  PlayoutHooks hooks = {.state = on_state, .sent = on_sent, .cancelled = is_closing, .user = channel};
  channel->playout = playout_new(&channel->options, &hooks, error);
  if (!channel->playout)
    return NULL;
  add_mounts(channel);
  channel->player = g_thread_new("playout", play, channel);
  channel->feeder = g_thread_new("reel", feed, channel);
  return g_steal_pointer(&channel);
}

void channel_close(Channel *channel) {
  g_atomic_int_set(&channel->closing, 1);
}

static void join(GThread **thread) {
  if (*thread)
    g_thread_join(g_steal_pointer(thread));
}

void channel_wait(Channel *channel) {
  channel_close(channel);
  for (guint i = 0; i < channel->outputs->len; i++)
    if (g_array_index(channel->outputs, Output, i).queue)
      packet_queue_cancel(g_array_index(channel->outputs, Output, i).queue);
  join(&channel->feeder);
  join(&channel->player);
}

void channel_free(Channel *channel) {
  if (!channel)
    return;
  channel_wait(channel);
  playout_free(channel->playout);
  reel_free(channel->reel);
  for (guint i = 0; i < channel->mounts->len; i++)
    g_free(channel->statuses[i].message);
  g_free(channel->statuses);
  g_array_unref(channel->mounts);
  g_array_unref(channel->outputs);
  g_async_queue_unref(channel->sent);
  g_array_unref(channel->marks);
  if (channel->password)
    explicit_bzero(channel->password, strlen(channel->password));
  g_free(channel->password);
  g_free(channel->ca_file);
  g_mutex_clear(&channel->lock);
  g_free(channel);
}

/* --- where it stands ------------------------------------------------------------------------------ */

const Station *channel_station(const Channel *channel) {
  return channel->station;
}

guint channel_n_mounts(const Channel *channel) {
  return channel->mounts->len;
}

guint channel_mount(const Channel *channel, guint index) {
  return g_array_index(channel->mounts, guint, index);
}

bool channel_has(const Channel *channel, const char *mount) {
  bool has = false;
  for (guint i = 0; i < channel->mounts->len && !has; i++)
    has = strcmp(channel->station->mounts[channel_mount(channel, i)].mount, mount) == 0;
  return has;
}

gint64 channel_frame_at(const Channel *channel, gint64 instant_us) {
  gint64 then_us = clock_monotonic_us() + (instant_us - clock_now_us());
  return us_to_frames(then_us - channel->options.start_us + LEAD_US);
}

gint64 channel_head(const Channel *channel) {
  return playout_head(&channel->options, clock_monotonic_us() + FEED_US + FEED_EVERY_US);
}

gint64 channel_end(const Channel *channel) {
  return channel->end_frame;
}

gint64 channel_instant_of(const Channel *channel, gint64 frame) {
  gint64 ahead_us = clock_monotonic_us() - clock_now_us();
  return channel->options.start_us - LEAD_US + frames_to_us(frame) - ahead_us;
}

/* --- what is heard ----------------------------------------------------------------------------------- */

void channel_hold(Channel *channel, gint64 frame) {
  playout_hold(channel->playout, frame - PACKET_FRAMES);
}

bool channel_lay(Channel *channel, const ChannelPiece *piece, GError **error) {
  g_autoptr(GArray) files = render_outputs_in(channel->station, piece->folder, NULL, 0);
  g_autoptr(GPtrArray) paths = g_ptr_array_new();
  for (guint i = 0; i < files->len; i++)
    if (g_array_index(channel->outputs, Output, i).queue)
      g_ptr_array_add(paths, g_array_index(files, Output, i).path);
  ReelPiece laid = {(const char *const *)paths->pdata, piece->start_frame, piece->from_frame,
                    piece->frames + TAIL_FRAMES};
  if (!reel_add(channel->reel, &laid, error))
    return false;
  channel->end_frame = piece->start_frame + piece->frames;
  return true;
}

void channel_announce(Channel *channel, const ChannelItem *item) {
  /* Of what nobody asks, the title alone: filler follows filler, and would be under way for ever. */
  PlayoutItem playing = {item->start_frame, item->mark ? item->frames : 0, (char *)item->title};
  Mark mark = {.mark = item->mark};
  g_array_append_val(channel->marks, mark);
  playout_add_item(channel->playout, &playing);
}

void channel_cut(Channel *channel, gint64 frame) {
  guint next = playout_cut_items(channel->playout, frame);
  if (next >= channel->first_mark && next - channel->first_mark < channel->marks->len)
    g_array_set_size(channel->marks, next - channel->first_mark);
  reel_cut(channel->reel, frame);
  channel->end_frame = MIN(channel->end_frame, frame);
}

void channel_finish(Channel *channel) {
  channel->finishes = true;
  reel_finish(channel->reel);
  playout_items_end(channel->playout);
}

bool channel_finishes(const Channel *channel) {
  return channel->finishes;
}

bool channel_is_over(const Channel *channel) {
  return g_atomic_int_get(&channel->over) != 0;
}

bool channel_takes_more(const Channel *channel) {
  return !channel_is_over(channel) && !(channel->finishes && channel->end_frame <= channel_head(channel));
}

/* --- what was heard ------------------------------------------------------------------------------------- */

/* Each mount tells of the items in order: those that all have told of are forgotten. */
static gpointer take_mark(Channel *channel, guint item) {
  guint index = item - channel->first_mark;
  if (item < channel->first_mark || index >= channel->marks->len)
    return NULL;
  Mark *mark = &g_array_index(channel->marks, Mark, index);
  gpointer its = mark->mark;
  mark->told++;
  guint n = 0;
  while (n < channel->marks->len && g_array_index(channel->marks, Mark, n).told >= channel->mounts->len)
    n++;
  if (n > 0)
    g_array_remove_range(channel->marks, 0, n);
  channel->first_mark += n;
  return its;
}

bool channel_sent(Channel *channel, ChannelSent *sent) {
  g_autofree PlayoutSent *got = g_async_queue_try_pop(channel->sent);
  if (!got)
    return false;
  *sent = (ChannelSent){.mount = channel_mount(channel, got->mount),
                        .mark = take_mark(channel, got->item),
                        .start_us = got->start_us,
                        .end_us = got->end_us,
                        .sent_frames = got->sent_frames};
  return true;
}

void channel_status(Channel *channel, guint index, ChannelMount *status) {
  g_mutex_lock(&channel->lock);
  *status = channel->statuses[index];
  status->message = g_strdup(status->message);
  g_mutex_unlock(&channel->lock);
}
