#include "air/mount.h"

#include "air/backoff.h"
#include "air/ogg.h"
#include "air/tally.h"
#include "air/uplink.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/wav.h"

#include <string.h>

#define CONNECT_US (6 * US_PER_SECOND)
#define CONNECT_EXTRA_US (4 * US_PER_SECOND) /* for the name's resolution and the probe */
#define STALL_US (10 * US_PER_SECOND)
#define QUEUE_SECONDS 10
#define REFUSED_RETRY_US (60 * US_PER_SECOND)
#define DOUBTFUL_MOST 5                /* tries at 1, 2, 4, 8 s: longer than Icecast's 12 s of 403 */
#define LASTED_US (10 * US_PER_SECOND) /* a connection that lasted: begin the back-off anew */
#define STANDSTILL_US US_PER_SECOND    /* between two steps: it is we who stood still */
#define DEFAULT_KBPS 128u
#define MP3_HEADER_BYTES 4
#define ICECAST_BLOCK_BYTES 1400

struct Mount {
  guint index;
  const PlayoutOptions *options;
  const PlayoutHooks *hooks;
  const StationMount *station;
  Feed *feed;
  Tally *tally;
  MountState state;
  char *message;
  Backoff backoff;
  guint doubtful;    /* DOUBTFUL answers in a row */
  gint64 retry_us;   /* when to try again: WAITING, LOST, REFUSED */
  gint64 connect_us; /* since when: CONNECTING */
  gint64 on_air_us, progress_us;
  gint64 stepped_us, awake_us; /* the last step; since when steps follow each other */
  gint64 ahead_us; /* what the world's clock is ahead of the machine's, at most while an item is under way */
  bool was_on_air, joined, ended;
  guint reconnections;
  Uplink *uplink;
  Pulse *pulse; /* of its server; borrowed */
  OggStream ogg;
  char *title;                      /* sent on this connection */
  guint64 handed_bytes, left_bytes; /* of this connection: queued or sent; sent */
  gint64 sent_frames;
};

static gint64 clock_ahead_us(void) {
  return clock_now_us() - clock_monotonic_us();
}

Mount *mount_new(guint index, const PlayoutOptions *options, const PlayoutHooks *hooks, const StationMount *station,
                 Feed *feed) {
  Mount *mount = g_new0(Mount, 1);
  *mount = (Mount){.index = index, .options = options, .hooks = hooks, .station = station, .feed = feed};
  mount->retry_us = options->open_us;
  mount->tally = tally_new(index);
  mount->ahead_us = clock_ahead_us();
  return mount;
}

const char *mount_host(const Mount *mount) {
  return mount->station->host ? mount->station->host : mount->options->host;
}

unsigned mount_port(const Mount *mount) {
  return mount->station->port ? mount->station->port : mount->options->port;
}

void mount_watch(Mount *mount, Pulse *pulse) {
  mount->pulse = pulse;
}

void mount_free(Mount *mount) {
  if (!mount)
    return;
  uplink_close(mount->uplink);
  tally_free(mount->tally);
  g_free(mount->message);
  g_free(mount->title);
  g_free(mount);
}

/* Takes `message`. */
static void mount_enter(Mount *mount, MountState state, char *message) {
  mount->state = state;
  if (message || state == MOUNT_ON_AIR) {
    g_free(mount->message);
    mount->message = message;
  }
  if (mount->hooks->state)
    mount->hooks->state(mount->index, state, message, mount->hooks->user);
}

static void mount_drop(Mount *mount) {
  uplink_close(g_steal_pointer(&mount->uplink));
  tally_lost(mount->tally);
  mount->joined = false;
  g_clear_pointer(&mount->title, g_free);
}

/* Takes `message`. */
static void mount_lost(Mount *mount, gint64 now_us, char *message) {
  if (mount->state == MOUNT_ON_AIR && now_us - mount->on_air_us > LASTED_US)
    mount->backoff.failures = 0;
  mount_drop(mount);
  mount->retry_us = now_us + backoff_next_us(&mount->backoff, g_random_double());
  mount_enter(mount, MOUNT_LOST, message);
}

static char *place_message(const Mount *mount, const char *what) {
  return g_strdup_printf("%s: %s", mount->station->mount, what);
}

/* --- connecting ------------------------------------------------------------- */

static gint64 connect_limit_us(const Mount *mount) {
  return mount->options->connect_us > 0 ? mount->options->connect_us : CONNECT_US;
}

static void mount_connect(Mount *mount, gint64 now_us) {
  const PlayoutOptions *options = mount->options;
  const StationMount *station = mount->station;
  UplinkTarget target = {.station_name = options->station_name,
                         .description = station->description ? station->description : options->description,
                         .host = mount_host(mount),
                         .user_name = options->user_name,
                         .password = options->password,
                         .ca_file = options->ca_file,
                         .port = mount_port(mount),
                         .tls = options->tls,
                         .mount = station,
                         .sample_rate_hz = FRAME_RATE,
                         .channels = mount->feed->header ? mount->feed->header->channels : 0};
  mount->uplink = uplink_open(&target, (guint)(connect_limit_us(mount) / 1000));
  mount->connect_us = now_us;
  mount_enter(mount, MOUNT_CONNECTING, NULL);
}

static void mount_opened(Mount *mount, gint64 now_us) {
  if (mount->was_on_air)
    mount->reconnections++;
  mount->was_on_air = true;
  mount->on_air_us = mount->progress_us = now_us;
  mount->handed_bytes = mount->left_bytes = 0;
  mount->doubtful = 0;
  mount_enter(mount, MOUNT_ON_AIR, NULL);
}

/* The password is wrong, until a person mends it; unless it was good a moment ago:
 * then it is the server that is being set up anew, and time may mend it. */
static void mount_refused(Mount *mount, gint64 now_us, char *message) {
  if (mount->was_on_air) {
    mount_lost(mount, now_us, message);
    return;
  }
  mount_drop(mount);
  mount->retry_us = now_us + REFUSED_RETRY_US;
  mount_enter(mount, MOUNT_REFUSED, message);
}

static void step_connecting(Mount *mount, gint64 now_us) {
  g_autofree char *message = NULL;
  switch (uplink_state(mount->uplink, &message)) {
    case UPLINK_OPENING:
      if (now_us - mount->connect_us > connect_limit_us(mount) + CONNECT_EXTRA_US)
        mount_lost(mount, now_us, place_message(mount, _("no answer")));
      break;
    case UPLINK_OPEN:
      mount_opened(mount, now_us);
      break;
    case UPLINK_FAILED:
      mount->doubtful = 0;
      mount_lost(mount, now_us, g_steal_pointer(&message));
      break;
    case UPLINK_DOUBTFUL:
      if (++mount->doubtful < DOUBTFUL_MOST)
        mount_lost(mount, now_us, g_steal_pointer(&message));
      else
        mount_refused(mount, now_us, g_steal_pointer(&message));
      break;
    case UPLINK_REFUSED:
      mount_refused(mount, now_us, g_steal_pointer(&message));
      break;
  }
}

/* --- on the air --------------------------------------------------------------- */

static gsize queue_limit(const Mount *mount) {
  unsigned kbps = mount->station->bitrate_kbps ? mount->station->bitrate_kbps : DEFAULT_KBPS;
  return (gsize)kbps * 1000 / 8 * QUEUE_SECONDS;
}

static gint64 stall_limit_us(const Mount *mount) {
  return mount->options->stall_us > 0 ? mount->options->stall_us : STALL_US;
}

/* Counts what has left, and gives up a server that does not keep up. */
static void watch_queue(Mount *mount, gint64 now_us) {
  gsize queued = uplink_queued(mount->uplink);
  guint64 left = mount->handed_bytes - MIN(queued, mount->handed_bytes);
  if (queued == 0 || left > mount->left_bytes)
    mount->progress_us = now_us;
  mount->left_bytes = left;
  mount->sent_frames += tally_taken(mount->tally, queued);
  if (queued > queue_limit(mount))
    mount_lost(mount, now_us, place_message(mount, _("the server is too slow: 10 s of sound were waiting for it")));
  else if (now_us - MAX(mount->progress_us, mount->awake_us) > stall_limit_us(mount))
    mount_lost(mount, now_us, place_message(mount, _("the server takes nothing any more")));
}

/* The server has left a question of this connection's time unanswered for too long
 * (and not we the answer, because the machine stood still). */
static bool is_frozen(const Mount *mount, gint64 asked_us, gint64 now_us) {
  return asked_us > mount->on_air_us && now_us - MAX(asked_us, mount->awake_us) > stall_limit_us(mount);
}

/* The instant of `at_us`. When the clock is set back while an item is heard, what is heard later is still told as later. */
static gint64 instant_of(Mount *mount, gint64 at_us) {
  mount->ahead_us = MAX(mount->ahead_us, clock_ahead_us());
  return at_us + mount->ahead_us;
}

static void step_on_air(Mount *mount, gint64 now_us) {
  gint64 asked_us = pulse_asked_us(mount->pulse);
  if (is_frozen(mount, asked_us, now_us)) {
    mount->sent_frames -= tally_distrust(mount->tally, instant_of(mount, asked_us));
    mount_lost(mount, now_us, place_message(mount, _("the server does not answer any more")));
  } else if (uplink_flush(mount->uplink)) {
    watch_queue(mount, now_us);
  } else {
    mount_lost(mount, now_us, place_message(mount, _("the server has closed the connection")));
  }
}

void mount_step(Mount *mount, gint64 now_us) {
  if (now_us - mount->stepped_us > STANDSTILL_US)
    mount->awake_us = now_us;
  mount->stepped_us = now_us;
  if (mount->state == MOUNT_CONNECTING)
    step_connecting(mount, now_us);
  else if (mount->state == MOUNT_ON_AIR)
    step_on_air(mount, now_us);
  else if (mount->state != MOUNT_DONE && now_us >= mount->retry_us)
    mount_connect(mount, now_us);
}

static void hand_over(Mount *mount, const guint8 *data, gsize nbytes, gint64 start_frame, gint64 end_frame,
                      gint64 now_us) {
  mount->handed_bytes += nbytes;
  tally_handed(mount->tally, nbytes, start_frame, end_frame, instant_of(mount, clock_monotonic_us()));
  if (uplink_send(mount->uplink, data, nbytes))
    watch_queue(mount, now_us);
  else
    mount_lost(mount, now_us, place_message(mount, _("the server has closed the connection")));
}

/* Icecast 2.4 hands MP3 on in blocks of 1400 bytes and drops what remains when
 * the source closes: silent frames push the programme's last ones through. A
 * frame whose side information is all zero is silence (ISO/IEC 11172-3, 2.4.1.7). */
static void push_mp3_through(Mount *mount, gint64 now_us) {
  const Chunk *last = g_queue_peek_tail(&mount->feed->chunks);
  if (!last)
    return;
  gsize nbytes;
  const Packet *packet = &g_array_index(last->packets, Packet, last->packets->len - 1);
  const guint8 *frame = g_bytes_get_data(packet->data, &nbytes);
  if (nbytes < MP3_HEADER_BYTES)
    return;
  g_autoptr(GByteArray) silence = g_byte_array_new();
  for (gsize sent = 0; sent < ICECAST_BLOCK_BYTES; sent += nbytes) {
    guint at = silence->len;
    g_byte_array_set_size(silence, at + (guint)nbytes);
    memset(silence->data + at, 0, nbytes);
    memcpy(silence->data + at, frame, MP3_HEADER_BYTES);
    silence->data[at + 1] |= 1; /* no CRC follows */
  }
  hand_over(mount, silence->data, silence->len, last->end_frame, last->end_frame, now_us);
}

static bool is_last(const Mount *mount, const Chunk *chunk) {
  return mount->feed->ended && chunk->end_frame == mount->feed->taken_frame;
}

/* The chunk's packets that start at or after `from_frame`. */
static void send_from(Mount *mount, const Chunk *chunk, gint64 from_frame, gint64 now_us) {
  guint first = 0;
  gsize offset = 0;
  const Packet *packets = (const Packet *)(gpointer)chunk->packets->data;
  for (; first < chunk->packets->len && packets[first].start_frame < from_frame; first++)
    offset += g_bytes_get_size(packets[first].data);
  if (first == chunk->packets->len)
    return;
  gint64 start_frame = packets[first].start_frame;
  if (mount->station->format != FORMAT_OPUS) {
    hand_over(mount, chunk->joined->data + offset, chunk->joined->len - offset, start_frame, chunk->end_frame, now_us);
    if (mount->joined && is_last(mount, chunk)) {
      mount->ended = true;
      push_mp3_through(mount, now_us);
    }
    return;
  }
  g_autoptr(GByteArray) pages = g_byte_array_new();
  mount->ended = is_last(mount, chunk);
  ogg_packets(&mount->ogg, packets + first, chunk->packets->len - first, mount->ended, pages);
  hand_over(mount, pages->data, pages->len, start_frame, chunk->end_frame, now_us);
}

void mount_send(Mount *mount, const Chunk *chunk, gint64 now_us) {
  send_from(mount, chunk, chunk->start_frame, now_us);
}

/* Programme frame of the first packet that will be sent. */
static gint64 first_frame(const Feed *feed, gint64 from_frame) {
  for (const GList *at = feed->chunks.head; at; at = at->next) {
    const Chunk *chunk = at->data;
    for (guint i = 0; i < chunk->packets->len; i++) {
      gint64 start_frame = g_array_index(chunk->packets, Packet, i).start_frame;
      if (start_frame >= from_frame)
        return start_frame;
    }
  }
  return feed->taken_frame;
}

static void begin_ogg(Mount *mount, gint64 from_frame, const char *title, gint64 now_us) {
  const char *name = mount->station->name ? mount->station->name : mount->options->station_name;
  g_autoptr(GByteArray) pages = g_byte_array_new();
  gint64 origin_frame = first_frame(mount->feed, from_frame);
  ogg_begin(&mount->ogg, g_random_int(), origin_frame, mount->feed->header, title, name, pages);
  hand_over(mount, pages->data, pages->len, origin_frame, origin_frame, now_us);
}

void mount_join(Mount *mount, gint64 from_frame, const char *title, gint64 now_us) {
  mount->joined = true;
  mount->ended = false;
  if (mount->station->format == FORMAT_OPUS)
    begin_ogg(mount, from_frame, title, now_us);
  for (const GList *at = mount->feed->chunks.head; at && mount->joined; at = at->next)
    send_from(mount, at->data, from_frame, now_us);
  if (mount->joined)
    mount_title(mount, title);
}

void mount_title(Mount *mount, const char *title) {
  if (!title || mount->station->format != FORMAT_MP3 || g_strcmp0(title, mount->title) == 0)
    return;
  g_free(mount->title);
  mount->title = g_strdup(title);
  uplink_title(mount->uplink, title);
}

/* --- the end ----------------------------------------------------------------- */

void mount_end(Mount *mount, gint64 now_us) {
  if (!mount->joined || mount->ended)
    return;
  mount->ended = true;
  if (mount->station->format != FORMAT_OPUS) {
    push_mp3_through(mount, now_us);
    return;
  }
  g_autoptr(GByteArray) page = g_byte_array_new();
  ogg_packets(&mount->ogg, NULL, 0, true, page);
  hand_over(mount, page->data, page->len, mount->feed->taken_frame, mount->feed->taken_frame, now_us);
}

bool mount_is_flushed(const Mount *mount) {
  return mount->state != MOUNT_ON_AIR || uplink_queued(mount->uplink) == 0;
}

void mount_close(Mount *mount, const char *message) {
  if (mount->state == MOUNT_DONE)
    return;
  mount_drop(mount);
  mount_enter(mount, MOUNT_DONE, g_strdup(message));
}

/* An item whose time is over may still be on its way from a late encoder. */
void mount_report(Mount *mount, GArray *items, guint first, gint64 frame) {
  bool all_came = mount->feed->ended || mount->state == MOUNT_DONE;
  gint64 come_frame = all_came ? frame : MIN(frame, mount->feed->taken_frame);
  tally_report(mount->tally, items, first, come_frame, mount->hooks->sent, mount->hooks->user);
  if (mount_reported(mount) == first + items->len)
    mount->ahead_us = clock_ahead_us();
}

guint mount_reported(const Mount *mount) {
  return tally_reported(mount->tally);
}

MountState mount_state(const Mount *mount) {
  return mount->state;
}

Feed *mount_feed(const Mount *mount) {
  return mount->feed;
}

bool mount_was_on_air(const Mount *mount) {
  return mount->was_on_air;
}

bool mount_is_joined(const Mount *mount) {
  return mount->joined;
}

void mount_status(const Mount *mount, PlayoutMountStatus *status) {
  *status = (PlayoutMountStatus){.state = mount->state,
                                 .message = mount->message,
                                 .reconnections = mount->reconnections,
                                 .sent_frames = mount->sent_frames,
                                 .queued_bytes = mount->state == MOUNT_ON_AIR ? uplink_queued(mount->uplink) : 0};
}
