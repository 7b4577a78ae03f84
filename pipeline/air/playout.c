#include "air/playout.h"

#include "air/feed.h"
#include "air/mount.h"
#include "air/uplink.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/profile.h"
#include "base/wav.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>

#define GRID_FRAMES (FRAME_RATE * 4 / 25) /* sound is sent each 160 ms: few system calls, small pages */
#define GRACE_US (2 * US_PER_SECOND)      /* a mount that comes so late still gets the programme's beginning */
#define FLUSH_US (2 * US_PER_SECOND)
#define PULSE_US (8 * US_PER_SECOND) /* asked so often, and given twice as long: more than a stall's 10 s */
#define PROGRESS_EVERY_US (US_PER_SECOND / 4)

struct Playout {
  const PlayoutOptions *options;
  PlayoutHooks hooks;
  GPtrArray *mounts; /* Mount */
  GPtrArray *feeds;  /* Feed, one a queue */
  GPtrArray *pulses; /* Pulse, one a server, while it runs */
  GMutex lock;       /* guards the items */
  GArray *items;     /* PlayoutItem: those that are not yet reported for every mount */
  guint first_item;  /* the number of the first of them */
  bool items_ended;
  gint64 run_us;   /* when playout_run began */
  gint64 start_us; /* when programme frame 0 is due; 0 until a mount is on the air */
  gint64 progress_us;
  gint64 hold_frame;  /* what starts from here on is not sent before its time; guarded by the lock */
  gint64 until_frame; /* what starts before it has been taken from the feeds, as far as it was there */
};

static void clear_item(gpointer item) {
  g_free(((PlayoutItem *)item)->title);
}

static void free_mount(gpointer mount) {
  mount_free(mount);
}

static void free_pulse(gpointer pulse) {
  pulse_stop(pulse);
}

static void free_feed(gpointer feed) {
  feed_free(feed);
}

Playout *playout_new(const PlayoutOptions *options, const PlayoutHooks *hooks, GError **error) {
  if (!options->host || !*options->host || options->port == 0 || options->port > 65535 || !options->password) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s",
                _("station.yaml: icecast: a host, a port (1 to 65535) and a password are needed"));
    return NULL;
  }
  Playout *playout = g_new0(Playout, 1);
  playout->options = options;
  playout->hooks = hooks ? *hooks : (PlayoutHooks){0};
  playout->mounts = g_ptr_array_new_with_free_func(free_mount);
  playout->feeds = g_ptr_array_new_with_free_func(free_feed);
  playout->pulses = g_ptr_array_new_with_free_func(free_pulse);
  playout->items = g_array_new(FALSE, FALSE, sizeof(PlayoutItem));
  g_array_set_clear_func(playout->items, clear_item);
  g_mutex_init(&playout->lock);
  return playout;
}

void playout_free(Playout *playout) {
  if (!playout)
    return;
  g_ptr_array_unref(playout->mounts);
  g_ptr_array_unref(playout->feeds);
  g_ptr_array_unref(playout->pulses);
  g_array_unref(playout->items);
  g_mutex_clear(&playout->lock);
  g_free(playout);
}

static Feed *playout_feed(Playout *playout, PacketQueue *queue) {
  for (guint i = 0; i < playout->feeds->len; i++) {
    Feed *feed = playout->feeds->pdata[i];
    if (feed->queue == queue)
      return feed;
  }
  Feed *feed = feed_new(queue);
  g_ptr_array_add(playout->feeds, feed);
  return feed;
}

void playout_add_mount(Playout *playout, const StationMount *mount, PacketQueue *queue) {
  g_ptr_array_add(playout->mounts, mount_new(playout->mounts->len, playout->options, &playout->hooks, mount,
                                             playout_feed(playout, queue)));
}

void playout_add_item(Playout *playout, const PlayoutItem *item) {
  PlayoutItem copy = {item->start_frame, item->frames, g_strdup(item->title)};
  g_mutex_lock(&playout->lock);
  g_array_append_val(playout->items, copy);
  g_mutex_unlock(&playout->lock);
}

void playout_items_end(Playout *playout) {
  g_mutex_lock(&playout->lock);
  playout->items_ended = true;
  g_mutex_unlock(&playout->lock);
}

guint playout_cut_items(Playout *playout, gint64 frame) {
  g_mutex_lock(&playout->lock);
  guint n = playout->items->len;
  while (n > 0 && g_array_index(playout->items, PlayoutItem, n - 1).start_frame >= frame)
    n--;
  g_array_set_size(playout->items, n);
  PlayoutItem *last = n > 0 ? &g_array_index(playout->items, PlayoutItem, n - 1) : NULL;
  if (last && last->start_frame + last->frames > frame)
    last->frames = frame - last->start_frame;
  guint next = playout->first_item + n;
  g_mutex_unlock(&playout->lock);
  return next;
}

gint64 playout_head(const PlayoutOptions *options, gint64 now_us) {
  gint64 head_frame = us_to_frames(now_us - options->start_us + options->lead_us);
  return (head_frame / GRID_FRAMES + 1) * GRID_FRAMES;
}

void playout_hold(Playout *playout, gint64 frame) {
  g_mutex_lock(&playout->lock);
  playout->hold_frame = frame;
  g_mutex_unlock(&playout->lock);
}

void playout_status(Playout *playout, guint mount, PlayoutMountStatus *status) {
  mount_status(playout->mounts->pdata[mount], status);
}

/* --- items ---------------------------------------------------------------- */

/* What is titled at `frame`: the last title of an item that starts at or before it. Returns (g_free), or NULL. */
static char *title_at(Playout *playout, gint64 frame) {
  char *title = NULL;
  g_mutex_lock(&playout->lock);
  for (guint i = playout->items->len; i-- > 0 && !title;) {
    const PlayoutItem *item = &g_array_index(playout->items, PlayoutItem, i);
    if (item->start_frame <= frame && item->title)
      title = g_strdup(item->title);
  }
  g_mutex_unlock(&playout->lock);
  return title;
}

/* The items that start before `frame`, titles left out: hooks run without the lock. Returns (g_array_unref). */
static GArray *items_begun(Playout *playout, gint64 frame) {
  GArray *begun = g_array_new(FALSE, FALSE, sizeof(PlayoutItem));
  g_mutex_lock(&playout->lock);
  for (guint i = 0; i < playout->items->len; i++) {
    PlayoutItem item = g_array_index(playout->items, PlayoutItem, i);
    if (item.start_frame >= frame)
      break;
    item.title = NULL;
    g_array_append_val(begun, item);
  }
  g_mutex_unlock(&playout->lock);
  return begun;
}

/* Forgets items that every mount has reported: a station runs for years. The last of them is kept for its title. */
static void forget_items(Playout *playout) {
  guint reported = G_MAXUINT;
  for (guint i = 0; i < playout->mounts->len; i++)
    reported = MIN(reported, mount_reported(playout->mounts->pdata[i]));
  g_mutex_lock(&playout->lock);
  guint n = reported > playout->first_item ? MIN(reported - playout->first_item, playout->items->len) : 0;
  if (n > 1) {
    g_array_remove_range(playout->items, 0, n - 1);
    playout->first_item += n - 1;
  }
  g_mutex_unlock(&playout->lock);
}

static void report_items(Playout *playout, gint64 begun_frame, gint64 ended_frame) {
  g_autoptr(GArray) items = items_begun(playout, begun_frame);
  for (guint i = 0; i < playout->mounts->len; i++)
    mount_report(playout->mounts->pdata[i], items, playout->first_item, ended_frame);
  forget_items(playout);
}

/* --- the clock -------------------------------------------------------------- */

static gint64 position_frames(const Playout *playout, gint64 now_us) {
  return playout->start_us ? us_to_frames(now_us - playout->start_us) : 0;
}

static gint64 end_frame(const Playout *playout) {
  gint64 last = 0;
  for (guint i = 0; i < playout->feeds->len; i++)
    last = MAX(last, ((const Feed *)playout->feeds->pdata[i])->taken_frame);
  return last;
}

/* The programme's clock starts at the time that was asked for, else when the first mount is on the air and its sound is
 * there. */
static void try_start(Playout *playout, gint64 now_us) {
  const PlayoutOptions *options = playout->options;
  if (options->start_us) {
    playout->start_us = options->start_us - options->lead_us <= now_us ? options->start_us : 0;
    return;
  }
  for (guint i = 0; i < playout->mounts->len && !playout->start_us; i++) {
    const Mount *mount = playout->mounts->pdata[i];
    if (mount_state(mount) == MOUNT_ON_AIR && feed_ready(mount_feed(mount)))
      playout->start_us = now_us;
  }
}

/* --- sending ------------------------------------------------------------------ */

static void pump_feed(Playout *playout, Feed *feed, const char *title, gint64 now_us) {
  const Chunk *chunk = feed_take(feed, playout->until_frame);
  for (guint i = 0; i < playout->mounts->len && chunk; i++) {
    Mount *mount = playout->mounts->pdata[i];
    if (mount_feed(mount) == feed && mount_is_joined(mount))
      mount_send(mount, chunk, now_us);
    if (mount_feed(mount) == feed && mount_is_joined(mount))
      mount_title(mount, title);
  }
  if (now_us - playout->start_us > GRACE_US)
    feed_trim(feed, position_frames(playout, now_us));
}

/* Mounts that are newly on the air: from the programme's beginning within the
 * first moments, else live (what is due now; the lead comes with it as a burst). */
static void join_mounts(Playout *playout, const char *title, gint64 now_us) {
  bool from_start = now_us - playout->start_us <= GRACE_US;
  gint64 from_frame = from_start ? G_MININT64 : position_frames(playout, now_us);
  for (guint i = 0; i < playout->mounts->len; i++) {
    Mount *mount = playout->mounts->pdata[i];
    if (mount_state(mount) == MOUNT_ON_AIR && !mount_is_joined(mount) && feed_has_begun(mount_feed(mount)))
      mount_join(mount, from_frame, title, now_us);
  }
}

/* The end of the step that `head_frame` is in, or the hold within it. */
static gint64 next_until(Playout *playout, gint64 head_frame) {
  gint64 until_frame = (head_frame / GRID_FRAMES + 1) * GRID_FRAMES;
  g_mutex_lock(&playout->lock);
  gint64 hold_frame = playout->hold_frame;
  g_mutex_unlock(&playout->lock);
  if (head_frame < hold_frame && hold_frame < until_frame)
    until_frame = MAX(hold_frame, playout->until_frame);
  return until_frame;
}

static void pump(Playout *playout, gint64 now_us) {
  gint64 head_frame = position_frames(playout, now_us) + us_to_frames(playout->options->lead_us);
  playout->until_frame = next_until(playout, head_frame);
  g_autofree char *title = title_at(playout, playout->until_frame - 1);
  for (guint i = 0; i < playout->feeds->len; i++)
    pump_feed(playout, playout->feeds->pdata[i], title, now_us);
  join_mounts(playout, title, now_us);
  report_items(playout, playout->until_frame, position_frames(playout, now_us));
}

/* --- when it is over ------------------------------------------------------------ */

static bool all_failed(const Playout *playout) {
  for (guint i = 0; i < playout->feeds->len; i++)
    if (!((const Feed *)playout->feeds->pdata[i])->failure)
      return false;
  return playout->feeds->len > 0;
}

static bool is_over(const Playout *playout, gint64 now_us) {
  for (guint i = 0; i < playout->feeds->len; i++)
    if (!((const Feed *)playout->feeds->pdata[i])->ended)
      return false;
  return position_frames(playout, now_us) >= end_frame(playout); /* begun it is: a feed ends on the air alone */
}

static guint count_mounts(const Playout *playout, bool (*is)(const Mount *mount)) {
  guint n = 0;
  for (guint i = 0; i < playout->mounts->len; i++)
    n += is(playout->mounts->pdata[i]) ? 1 : 0;
  return n;
}

static bool is_refused(const Mount *mount) {
  return mount_state(mount) == MOUNT_REFUSED;
}

static const char *any_message(const Playout *playout) {
  PlayoutMountStatus status = {0};
  for (guint i = 0; i < playout->mounts->len && !status.message; i++)
    mount_status(playout->mounts->pdata[i], &status);
  return status.message ? status.message : _("no answer");
}

/* Nobody was ever on the air: is there still hope? */
static bool check_hope(Playout *playout, gint64 now_us, GError **error) {
  if (playout->options->start_us || count_mounts(playout, mount_was_on_air) > 0)
    return true;
  if (count_mounts(playout, is_refused) == playout->mounts->len) {
    if (uplink_is_possible(error))
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s", any_message(playout));
    return false;
  }
  gint64 give_up_us = playout->options->give_up_us;
  if (give_up_us > 0 && now_us - playout->run_us >= give_up_us) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("no mount could be reached in %" PRId64 " s: %s"),
                give_up_us / US_PER_SECOND, any_message(playout));
    return false;
  }
  return true;
}

/* --- the loop --------------------------------------------------------------------- */

static bool is_restless(const Mount *mount) {
  return mount_state(mount) == MOUNT_CONNECTING || !mount_is_flushed(mount);
}

static bool feeds_behind(const Playout *playout) {
  for (guint i = 0; i < playout->feeds->len; i++) {
    const Feed *feed = playout->feeds->pdata[i];
    if (!feed->ended && feed->taken_frame < playout->until_frame)
      return true;
  }
  return false;
}

/* How long nothing needs to be done. Short while the first sound is awaited. */
static gint64 idle_us(const Playout *playout, gint64 now_us) {
  if (!playout->start_us)
    return now_us - playout->run_us < 3 * US_PER_SECOND ? 1000 : 20000;
  if (feeds_behind(playout))
    return 4000;
  gint64 due_us = playout->start_us + frames_to_us(playout->until_frame) - playout->options->lead_us;
  gint64 most_us = count_mounts(playout, is_restless) > 0 ? 20000 : 100000;
  return CLAMP(due_us - now_us, 1000, most_us);
}

static void tell_progress(Playout *playout, gint64 now_us) {
  if (!playout->hooks.progress || now_us - playout->progress_us < PROGRESS_EVERY_US)
    return;
  playout->progress_us = now_us;
  playout->hooks.progress(position_frames(playout, now_us), playout->hooks.user);
}

/* One turn. False when the loop must end, with `error` set unless the programme is over. */
static bool turn(Playout *playout, gint64 now_us, GError **error) {
  if (playout->hooks.cancelled && playout->hooks.cancelled(playout->hooks.user)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, "%s", _("interrupted"));
    return false;
  }
  for (guint i = 0; i < playout->mounts->len; i++) {
    Mount *mount = playout->mounts->pdata[i];
    if (mount_feed(mount)->failure)
      mount_close(mount, mount_feed(mount)->failure->message);
    mount_step(mount, now_us);
  }
  if (!playout->start_us)
    try_start(playout, now_us);
  if (playout->start_us)
    pump(playout, now_us);
  tell_progress(playout, now_us);
  return !is_over(playout, now_us) && !all_failed(playout) && check_hope(playout, now_us, error);
}

/* Every way out comes by here: queues are sent off, sources closed, so that the mounts are free. */
static void close_mounts(Playout *playout) {
  gint64 deadline_us = clock_monotonic_us() + FLUSH_US;
  for (guint i = 0; i < playout->mounts->len; i++)
    mount_end(playout->mounts->pdata[i], clock_monotonic_us());
  for (bool flushed = false; !flushed && clock_monotonic_us() < deadline_us;) {
    flushed = true;
    for (guint i = 0; i < playout->mounts->len; i++) {
      Mount *mount = playout->mounts->pdata[i];
      if (mount_state(mount) == MOUNT_ON_AIR)
        mount_step(mount, clock_monotonic_us());
      flushed = flushed && mount_is_flushed(mount);
    }
    if (!flushed)
      g_usleep(5000);
  }
  for (guint i = 0; i < playout->mounts->len; i++) {
    const Feed *feed = mount_feed(playout->mounts->pdata[i]);
    mount_close(playout->mounts->pdata[i], feed->failure ? feed->failure->message : NULL);
  }
}

/* The last items may be announced a moment after the last packet. */
static void await_items(Playout *playout) {
  gint64 deadline_us = clock_monotonic_us() + FLUSH_US;
  for (bool ended = false; !ended && clock_monotonic_us() < deadline_us;) {
    g_mutex_lock(&playout->lock);
    ended = playout->items_ended;
    g_mutex_unlock(&playout->lock);
    if (!ended)
      g_usleep(5000);
  }
}

static Pulse *playout_pulse(Playout *playout, const char *host, unsigned port) {
  const gint64 stall_us = playout->options->stall_us;
  for (guint i = 0; i < playout->pulses->len; i++) {
    Pulse *pulse = playout->pulses->pdata[i];
    if (pulse_port(pulse) == port && strcmp(pulse_host(pulse), host) == 0)
      return pulse;
  }
  Pulse *pulse = pulse_start(host, port, stall_us > 0 ? stall_us : PULSE_US);
  g_ptr_array_add(playout->pulses, pulse);
  return pulse;
}

bool playout_run(Playout *playout, GError **error) {
  PROFILE_HERE(PROFILE_AIR);
  g_autoptr(GError) failure = NULL;
  signal(SIGPIPE, SIG_IGN); /* a server that closes is an error of one send, not the end of the process */
  playout->run_us = clock_monotonic_us();
  for (guint i = 0; i < playout->mounts->len; i++) {
    Mount *mount = playout->mounts->pdata[i];
    mount_watch(mount, playout_pulse(playout, mount_host(mount), mount_port(mount)));
  }
  for (gint64 now_us = playout->run_us; turn(playout, now_us, &failure); now_us = clock_monotonic_us())
    g_usleep((gulong)idle_us(playout, now_us));
  close_mounts(playout);
  if (!failure && !all_failed(playout))
    await_items(playout);
  /* Of a broken-off programme, only what had its turn. */
  gint64 begun_frame = failure ? MIN(playout->until_frame, end_frame(playout)) : G_MAXINT64;
  report_items(playout, begun_frame, G_MAXINT64);
  for (guint i = 0; i < playout->feeds->len && !failure; i++) {
    const Feed *feed = playout->feeds->pdata[i];
    failure = feed->failure ? g_error_copy(feed->failure) : NULL;
  }
  bool aired = !failure;
  if (failure)
    g_propagate_error(error, g_steal_pointer(&failure));
  return aired;
}
