#include "sound/reel.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/wav.h"
#include "sound/programme.h"

#include <string.h>

#define AHEAD_BYTES (256u << 10) /* of a file: some 15 s of it, so that a slow disk is not heard */
#define MP3_FRAMES 1152u
#define OPUS_FRAMES 960u
#define OPUS_PRESKIP_FRAMES 312u /* libopus' own look-ahead at 48 kHz */
#define MP3_DELAY_FRAMES 1105    /* libmp3lame's */
#define OPUS_HEAD_BYTES 19

/* One file of a piece on its way. */
typedef struct {
  char *path; /* NULL: silence */
  PacketQueue *queue;
  GThread *reader;
  Packet held; /* taken, not yet due; data NULL: none */
  bool ended;
} Source;

typedef struct {
  gint64 start_frame, end_frame, from_frame;
  Source *sources; /* one a track */
} Piece;

typedef struct {
  ReelTrack track;
  gint64 at_frame; /* where the next packet begins, the encoder's delay taken off */
  GBytes *silence; /* a packet of it */
  guint frames;    /* of a packet */
  gint64 delay;    /* of the encoder: packets stand so much before what they sound */
} Lane;

struct Reel {
  GMutex lock;
  Lane *lanes;
  guint n_lanes;
  GPtrArray *pieces; /* Piece, in order; those that are over are gone */
  bool finished;
};

/* --- silence ------------------------------------------------------------------------ */

/* A frame whose side information is all zero (ISO/IEC 11172-3, 2.4.1): MPEG 1, layer III, 48 kHz, stereo, no CRC. */
static GBytes *mp3_silence(unsigned kbps) {
  static const unsigned rates[] = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
  guint index = 1;
  while (index + 1 < G_N_ELEMENTS(rates) && rates[index] < kbps)
    index++;
  gsize nbytes = 144u * rates[index] * 1000 / FRAME_RATE;
  guint8 *frame = g_malloc0(nbytes);
  frame[0] = 0xff;
  frame[1] = 0xfb;
  frame[2] = (guint8)(index << 4 | 1u << 2);
  return g_bytes_new_take(frame, nbytes);
}

/* 20 ms of full-band stereo that hold nothing (RFC 6716, 3.1: configuration 31; 4.2: the silence flag). */
static GBytes *opus_silence(void) {
  static const guint8 packet[] = {0xfc, 0xff, 0xfe};
  return g_bytes_new_static(packet, sizeof packet);
}

/* RFC 7845, 5.1: version 1, stereo, pre-skip, 48 kHz, no gain, one stream. */
static GBytes *opus_head(void) {
  static const guint8 magic[8] = {'O', 'p', 'u', 's', 'H', 'e', 'a', 'd'};
  guint8 *head = g_malloc0(OPUS_HEAD_BYTES);
  memcpy(head, magic, sizeof magic);
  head[8] = 1;
  head[9] = 2;
  head[10] = OPUS_PRESKIP_FRAMES & 0xff;
  head[11] = OPUS_PRESKIP_FRAMES >> 8;
  for (guint i = 0; i < 4; i++)
    head[12 + i] = (guint8)((guint)FRAME_RATE >> (8 * i));
  return g_bytes_new_take(head, OPUS_HEAD_BYTES);
}

static void lane_start(Lane *lane, const ReelTrack *track) {
  bool is_opus = track->format == FORMAT_OPUS;
  *lane = (Lane){.track = *track,
                 .silence = is_opus ? opus_silence() : mp3_silence(track->bitrate_kbps),
                 .frames = is_opus ? OPUS_FRAMES : MP3_FRAMES,
                 .delay = is_opus ? OPUS_PRESKIP_FRAMES : MP3_DELAY_FRAMES};
  g_autoptr(GBytes) head = is_opus ? opus_head() : NULL;
  StreamHeader header = {.format = track->format,
                         .bitrate_kbps = track->bitrate_kbps,
                         .channels = 2,
                         .preskip_frames = is_opus ? OPUS_PRESKIP_FRAMES : 0,
                         .header = head};
  packet_queue_ref(track->queue);
  packet_queue_set_header(track->queue, &header);
}

/* --- pieces --------------------------------------------------------------------------- */

static void source_clear(Source *source) {
  if (source->queue)
    packet_queue_cancel(source->queue);
  if (source->reader)
    g_thread_join(source->reader);
  packet_clear(&source->held);
  g_clear_pointer(&source->queue, packet_queue_unref);
  g_free(source->path);
}

static void piece_free(Piece *piece, guint n_lanes) {
  for (guint i = 0; i < n_lanes; i++)
    source_clear(&piece->sources[i]);
  g_free(piece->sources);
  g_free(piece);
}

/* The form that the stream was announced with. */
static bool check_form(const Lane *lane, const StreamHeader *header, const char *path, GError **error) {
  if (header->format == lane->track.format && header->channels == 2)
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: this mount takes %s in stereo"), path,
              sound_format_name(lane->track.format));
  return false;
}

static bool source_open(Source *source, const Lane *lane, const char *path, GError **error) {
  source->ended = path == NULL;
  if (path == NULL)
    return true;
  source->path = g_strdup(path);
  source->queue = packet_queue_new(AHEAD_BYTES);
  source->reader = packets_read_file(path, source->queue, error);
  const StreamHeader *header = NULL;
  return source->reader != NULL && packet_queue_header(source->queue, &header) == PACKET_READY &&
         check_form(lane, header, path, error);
}

static Piece *piece_open(const Reel *reel, const ReelPiece *asked, GError **error) {
  Piece *piece = g_new0(Piece, 1);
  piece->start_frame = asked->start_frame;
  piece->end_frame = asked->start_frame + asked->frames;
  piece->from_frame = asked->from_frame;
  piece->sources = g_new0(Source, reel->n_lanes);
  for (guint i = 0; i < reel->n_lanes; i++)
    if (!source_open(&piece->sources[i], &reel->lanes[i], asked->paths[i], error)) {
      piece_free(piece, reel->n_lanes);
      return NULL;
    }
  return piece;
}

/* Under the lock. */
static void cut(Reel *reel, gint64 frame) {
  while (reel->pieces->len > 0) {
    Piece *last = reel->pieces->pdata[reel->pieces->len - 1];
    last->end_frame = MIN(last->end_frame, frame);
    if (last->end_frame > last->start_frame)
      return;
    g_ptr_array_set_size(reel->pieces, (gint)reel->pieces->len - 1);
    piece_free(last, reel->n_lanes);
  }
}

bool reel_add(Reel *reel, const ReelPiece *asked, GError **error) {
  Piece *piece = piece_open(reel, asked, error);
  if (!piece)
    return false;
  g_mutex_lock(&reel->lock);
  cut(reel, piece->start_frame);
  g_ptr_array_add(reel->pieces, piece);
  g_mutex_unlock(&reel->lock);
  return true;
}

void reel_cut(Reel *reel, gint64 frame) {
  g_mutex_lock(&reel->lock);
  cut(reel, frame);
  g_mutex_unlock(&reel->lock);
}

gint64 reel_end(Reel *reel) {
  g_mutex_lock(&reel->lock);
  const Piece *last = reel->pieces->len > 0 ? reel->pieces->pdata[reel->pieces->len - 1] : NULL;
  gint64 end_frame = last ? last->end_frame : G_MININT64;
  g_mutex_unlock(&reel->lock);
  return end_frame;
}

void reel_finish(Reel *reel) {
  g_mutex_lock(&reel->lock);
  reel->finished = true;
  g_mutex_unlock(&reel->lock);
}

/* --- feeding ---------------------------------------------------------------------------- */

static bool push(Lane *lane, GBytes *data, guint frames) {
  gint64 start_frame = lane->at_frame - lane->delay;
  lane->at_frame += frames;
  return packet_queue_push(lane->track.queue, start_frame, frames, data);
}

static bool push_silence(Lane *lane) {
  return push(lane, g_bytes_ref(lane->silence), lane->frames);
}

/* The source's next packet in `held`. False when there is none any more. */
static bool hold_next(Source *source) {
  if (source->ended || source->held.data)
    return !source->ended;
  packet_queue_wait(source->queue, 1);
  g_autoptr(GError) error = NULL;
  PacketState state = packet_queue_take(source->queue, &source->held, &error);
  if (state == PACKET_FAILED)
    g_warning(_("%s (silence is sent instead)"), error->message);
  source->ended = state != PACKET_READY;
  return !source->ended;
}

/* The lane's next packet out of `piece`, or silence where the file has none for this place. */
static bool push_from(Lane *lane, const Piece *piece, Source *source) {
  while (hold_next(source)) {
    gint64 own_frame = source->held.start_frame + lane->delay - piece->from_frame;
    gint64 late = lane->at_frame - (piece->start_frame + own_frame), half = source->held.frames / 2;
    if (late > half || own_frame < 0) { /* its time is over */
      packet_clear(&source->held);
      continue;
    }
    if (late < -half) /* not yet */
      return push_silence(lane);
    GBytes *data = g_steal_pointer(&source->held.data);
    return push(lane, data, source->held.frames);
  }
  return push_silence(lane);
}

/* The piece that the lane's next packet belongs to, or NULL. A packet belongs where most of it is. */
static Piece *piece_at(const Reel *reel, const Lane *lane) {
  gint64 middle = lane->at_frame + lane->frames / 2;
  for (guint i = 0; i < reel->pieces->len; i++) {
    Piece *piece = reel->pieces->pdata[i];
    if (middle >= piece->start_frame && middle < piece->end_frame)
      return piece;
  }
  return NULL;
}

static bool feed_lane(Reel *reel, guint index, gint64 until_frame) {
  Lane *lane = &reel->lanes[index];
  bool wanted = true;
  while (wanted && lane->at_frame < until_frame) {
    Piece *piece = piece_at(reel, lane);
    wanted = piece ? push_from(lane, piece, &piece->sources[index]) : push_silence(lane);
  }
  return wanted;
}

/* Pieces that every lane has left behind. */
static void forget(Reel *reel) {
  gint64 at_frame = G_MAXINT64;
  for (guint i = 0; i < reel->n_lanes; i++)
    at_frame = MIN(at_frame, reel->lanes[i].at_frame);
  while (reel->pieces->len > 0) {
    Piece *first = reel->pieces->pdata[0];
    if (first->end_frame > at_frame)
      return;
    g_ptr_array_remove_index(reel->pieces, 0);
    piece_free(first, reel->n_lanes);
  }
}

static void finish(const Reel *reel) {
  for (guint i = 0; i < reel->n_lanes; i++)
    packet_queue_finish(reel->lanes[i].track.queue);
}

bool reel_feed(Reel *reel, gint64 until_frame) {
  bool wanted = true;
  g_mutex_lock(&reel->lock);
  const Piece *last = reel->pieces->len > 0 ? reel->pieces->pdata[reel->pieces->len - 1] : NULL;
  bool is_last = reel->finished && (!last || last->end_frame <= until_frame);
  if (is_last)
    until_frame = last ? last->end_frame : G_MININT64;
  for (guint i = 0; i < reel->n_lanes && wanted; i++)
    wanted = feed_lane(reel, i, until_frame);
  forget(reel);
  if (is_last)
    finish(reel);
  g_mutex_unlock(&reel->lock);
  return wanted;
}

/* --- life ---------------------------------------------------------------------------------- */

Reel *reel_new(const ReelTrack *tracks, guint n_tracks) {
  Reel *reel = g_new0(Reel, 1);
  g_mutex_init(&reel->lock);
  reel->n_lanes = n_tracks;
  reel->lanes = g_new0(Lane, n_tracks);
  reel->pieces = g_ptr_array_new();
  for (guint i = 0; i < n_tracks; i++)
    lane_start(&reel->lanes[i], &tracks[i]);
  return reel;
}

void reel_free(Reel *reel) {
  if (!reel)
    return;
  for (guint i = 0; i < reel->pieces->len; i++)
    piece_free(reel->pieces->pdata[i], reel->n_lanes);
  g_ptr_array_unref(reel->pieces);
  for (guint i = 0; i < reel->n_lanes; i++) {
    packet_queue_unref(reel->lanes[i].track.queue);
    g_bytes_unref(reel->lanes[i].silence);
  }
  g_free(reel->lanes);
  g_mutex_clear(&reel->lock);
  g_free(reel);
}
