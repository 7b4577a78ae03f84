#include "sound/listener.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/priority.h"
#include "base/wav.h"
#include "sound/decode.h"
#include "sound/k_weighting.h"
#include "sound/lavf.h"
#include "sound/loudness.h"
#include "sound/packets.h"
#include "sound/programme.h"
#include "sound/recorder.h"

#include <math.h>
#include <string.h>

#define RETRY_US (US_PER_SECOND / 2)
#define TIMEOUT_US (8 * US_PER_SECOND) /* a server that gives nothing for so long is left */
#define SILENCE 0.001f                 /* -60 dBFS */
#define MEMORY_S 3.0                   /* of the level */
#define STANDS_BACK 5
#define QUEUE_BYTES (1u << 20)
#define OFTEN 3 /* a packet that stands there so often is silence, which comes from everywhere */

/* How often a packet stands in a file, and how often it came. */
typedef struct {
  guint frames, n, came;
} Known;

typedef struct {
  GHashTable *known; /* hash of its bytes → Known */
  ListenerHeard heard;
} Expected;

struct Listener {
  char *url;
  GThread *thread;
  gint closing; /* atomic */
  GMutex lock;  /* guards what follows */
  ListenerState state;
  GHashTable *expected; /* id → Expected */
  /* The thread's. */
  LavfInput *input;
  AVCodecContext *decoder;
  SwrContext *converter;
  Recorder *recorder; /* NULL: nothing is kept */
  KWeighting weighting;
  float *buffer;
  int buffer_frames;
  double energy;
};

static void free_expected(gpointer data) {
  Expected *expected = data;
  g_hash_table_unref(expected->known);
  g_free(expected);
}

/* --- what is expected ----------------------------------------------------------------------- */

/* Among the some 30,000 packets of ten minutes, two that differ are taken for one with 1 in 10^10. */
static gint64 hash_of(const void *data, gsize nbytes) {
  return (gint64)hash_bytes(data, nbytes);
}

static void learn(Expected *expected, const Packet *packet) {
  gsize nbytes;
  const void *data = g_bytes_get_data(packet->data, &nbytes);
  gint64 hash = hash_of(data, nbytes);
  Known *known = g_hash_table_lookup(expected->known, &hash);
  if (!known) {
    known = g_new0(Known, 1);
    known->frames = packet->frames;
    g_hash_table_insert(expected->known, g_memdup2(&hash, sizeof hash), known);
  }
  known->n++;
  expected->heard.frames += packet->frames;
}

static bool learn_file(Expected *expected, const char *path, GError **error) {
  g_autoptr(PacketQueue) queue = packet_queue_new(QUEUE_BYTES);
  GThread *reader = packets_read_file(path, queue, error);
  if (!reader)
    return false;
  PacketState state = PACKET_READY;
  while (state == PACKET_READY) {
    Packet packet = {0};
    packet_queue_wait(queue, 1);
    state = packet_queue_take(queue, &packet, error);
    if (state == PACKET_READY)
      learn(expected, &packet);
    packet_clear(&packet);
  }
  packet_queue_cancel(queue);
  g_thread_join(reader);
  return state == PACKET_END;
}

bool listener_expect(Listener *listener, gint64 id, const char *path, GError **error) {
  Expected *expected = g_new0(Expected, 1);
  expected->known = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  if (!learn_file(expected, path, error)) {
    free_expected(expected);
    return false;
  }
  g_mutex_lock(&listener->lock);
  g_hash_table_replace(listener->expected, g_memdup2(&id, sizeof id), expected);
  g_mutex_unlock(&listener->lock);
  return true;
}

bool listener_heard(Listener *listener, gint64 id, ListenerHeard *heard) {
  g_mutex_lock(&listener->lock);
  const Expected *expected = g_hash_table_lookup(listener->expected, &id);
  if (expected)
    *heard = expected->heard;
  g_mutex_unlock(&listener->lock);
  return expected != NULL;
}

void listener_forget(Listener *listener, gint64 id) {
  g_mutex_lock(&listener->lock);
  g_hash_table_remove(listener->expected, &id);
  g_mutex_unlock(&listener->lock);
}

/* Under the lock. */
static void compare(Listener *listener, const AVPacket *packet, gint64 now_us) {
  gint64 hash = hash_of(packet->data, (gsize)packet->size);
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init(&iter, listener->expected);
  while (g_hash_table_iter_next(&iter, NULL, &value)) {
    Expected *expected = value;
    Known *known = g_hash_table_lookup(expected->known, &hash);
    if (!known)
      continue;
    known->came++;
    if (known->came <= known->n)
      expected->heard.heard_frames += known->frames;
    else if (known->n <= OFTEN)
      expected->heard.repeat_frames += known->frames;
    expected->heard.last_us = now_us;
  }
}

/* --- what is heard ------------------------------------------------------------------------------ */

static bool has_sound(const float *samples, int n) {
  for (int i = 0; i < n; i++)
    if (fabsf(samples[i]) > SILENCE)
      return true;
  return false;
}

/* Of a decoded frame: is it more than silence? Keeps the level. */
static bool measure(Listener *listener, const AVFrame *frame) {
  if (!listener->converter) {
    listener->converter = sound_converter_new(frame, 2, AV_SAMPLE_FMT_FLT, FRAME_RATE, NULL);
    k_weighting_init(&listener->weighting, 2, FRAME_RATE);
  }
  int most = frame->nb_samples * 2 + 4096;
  if (most > listener->buffer_frames) {
    listener->buffer_frames = most;
    listener->buffer = g_renew(float, listener->buffer, (gsize)most * 2);
  }
  uint8_t *out = (uint8_t *)listener->buffer;
  int n = listener->converter ? lavf.swr_convert(listener->converter, &out, listener->buffer_frames,
                                                 (const uint8_t **)frame->extended_data, frame->nb_samples)
                              : 0;
  if (n <= 0)
    return false;
  double energy = k_weighting_add(&listener->weighting, listener->buffer, (guint)n) / n;
  double share = 1 - exp(-n / (FRAME_RATE * MEMORY_S));
  listener->energy += (energy - listener->energy) * share;
  return has_sound(listener->buffer, n * 2);
}

static bool decode(Listener *listener, const AVPacket *packet, AVFrame *frame) {
  bool sounds = false;
  if (lavf.avcodec_send_packet(listener->decoder, packet) < 0)
    return false; /* one that is damaged, or the middle of something: the next ones will do */
  while (lavf.avcodec_receive_frame(listener->decoder, frame) >= 0)
    sounds = measure(listener, frame) || sounds;
  return sounds;
}

static void take_packet(Listener *listener, const AVPacket *packet, AVFrame *frame) {
  bool sounds = decode(listener, packet, frame);
  gint64 now_us = clock_monotonic_us();
  g_mutex_lock(&listener->lock);
  ListenerState *state = &listener->state;
  if (!state->connected)
    state->since_us = now_us;
  state->connected = true;
  state->packet_us = now_us;
  if (sounds)
    state->sound_us = now_us;
  state->short_term_lufs = MAX(loudness_of_energy(MAX(listener->energy, 1e-12)), MEASURE_SILENCE_LUFS);
  compare(listener, packet, now_us);
  g_mutex_unlock(&listener->lock);
}

/* --- the connection ----------------------------------------------------------------------------------- */

static int is_closing(void *user) {
  Listener *listener = user;
  return g_atomic_int_get(&listener->closing);
}

static bool open_decoder(Listener *listener) {
  const AVCodecParameters *sound = listener->input->streams[0]->codecpar;
  const AVCodec *codec = sound->codec_id == AV_CODEC_ID_MP3 || sound->codec_id == AV_CODEC_ID_OPUS
                             ? lavf.avcodec_find_decoder(sound->codec_id)
                             : NULL;
  listener->decoder = codec ? lavf.avcodec_alloc_context3(codec) : NULL;
  return listener->decoder && lavf.avcodec_parameters_to_context(listener->decoder, sound) >= 0 &&
         lavf.avcodec_open2(listener->decoder, codec, NULL) >= 0;
}

static bool open_stream(Listener *listener) {
  AVDictionary *options = NULL;
  g_autofree char *timeout = g_strdup_printf("%" G_GINT64_FORMAT, TIMEOUT_US);
  lavf.av_dict_set(&options, "protocol_whitelist", "http,https,tls,tcp", 0);
  lavf.av_dict_set(&options, "format_whitelist", "mp3,ogg", 0);
  lavf.av_dict_set(&options, "rw_timeout", timeout, 0);
  lavf.av_dict_set(&options, "user_agent", "carnet (own listener)", 0);
  lavf.av_dict_set(&options, "probesize", "8192", 0);
  listener->input = lavf.avformat_alloc_context();
  listener->input->interrupt_callback = (AVIOInterruptCB){is_closing, listener};
  int status = lavf.avformat_open_input(&listener->input, listener->url, NULL, &options); /* frees it when it fails */
  lavf.av_dict_free(&options);
  return status >= 0 && listener->input->nb_streams > 0 && open_decoder(listener);
}

static void close_stream(Listener *listener) {
  if (listener->recorder)
    recorder_break(listener->recorder);
  g_clear_pointer(&listener->input, lavf_input_free);
  g_clear_pointer(&listener->decoder, lavf_codec_free);
  g_clear_pointer(&listener->converter, lavf_swr_free);
  listener->energy = 0;
  g_mutex_lock(&listener->lock);
  if (listener->state.connected)
    listener->state.since_us = clock_monotonic_us();
  listener->state.connected = false;
  listener->state.short_term_lufs = MEASURE_SILENCE_LUFS;
  g_mutex_unlock(&listener->lock);
}

static void hear(Listener *listener) {
  g_autoptr(AVPacket) packet = lavf.av_packet_alloc();
  g_autoptr(AVFrame) frame = lavf.av_frame_alloc();
  while (packet && frame && !is_closing(listener) && lavf.av_read_frame(listener->input, packet) >= 0) {
    if (packet->stream_index == 0 && listener->recorder)
      recorder_take(listener->recorder, listener->input->streams[0], packet);
    if (packet->stream_index == 0)
      take_packet(listener, packet, frame);
    lavf.av_packet_unref(packet);
  }
}

static gpointer listen(gpointer data) {
  Listener *listener = data;
  priority_stand_back(STANDS_BACK);
  while (!is_closing(listener)) {
    if (open_stream(listener))
      hear(listener);
    close_stream(listener);
    for (gint64 until_us = clock_monotonic_us() + RETRY_US; !is_closing(listener) && clock_monotonic_us() < until_us;)
      g_usleep(20000);
  }
  return NULL;
}

Listener *listener_new(const char *url, const char *folder) {
  lavf_start();
  Listener *listener = g_new0(Listener, 1);
  g_mutex_init(&listener->lock);
  listener->url = g_strdup(url);
  listener->recorder = folder ? recorder_new(folder) : NULL;
  listener->state.since_us = clock_monotonic_us();
  listener->state.short_term_lufs = MEASURE_SILENCE_LUFS;
  listener->expected = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, free_expected);
  listener->thread = g_thread_new("listener", listen, listener);
  return listener;
}

void listener_free(Listener *listener) {
  if (!listener)
    return;
  g_atomic_int_set(&listener->closing, 1);
  g_thread_join(listener->thread);
  recorder_free(listener->recorder);
  g_hash_table_unref(listener->expected);
  g_free(listener->buffer);
  g_free(listener->url);
  g_mutex_clear(&listener->lock);
  g_free(listener);
}

void listener_state(Listener *listener, ListenerState *state) {
  g_mutex_lock(&listener->lock);
  *state = listener->state;
  g_mutex_unlock(&listener->lock);
}
