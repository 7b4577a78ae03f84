#include "sound/monitor.h"

#include "base/i18n.h"
#include "base/priority.h"
#include "base/profile.h"
#include "base/wav.h"
#include "sound/decode.h"
#include "sound/measure.h"

#include <libavutil/crc.h>
#include <math.h>

#define QUEUED_BYTES (256u << 10)
/* Woken for as much at a time: a packet is 200 to 400 bytes, and waking costs as much as decoding one. */
#define WAKE_BYTES (32u << 10)
/* Behind every encoder, but never so far that the packets wait long: their queue is short. */
#define STANDS_BACK 10
#define SILENCE 0.001f /* -60 dBFS */

struct Monitor {
  PacketQueue *packets;
  GThread *thread;
  /* The thread's, until it is joined: */
  AVCodecContext *decoder;
  gint64 to_skip; /* decoded frames that are the encoder's delay */
  SwrContext *converter;
  AVFrame *like; /* the form of the frames; an encoding of ours does not change it */
  Meter *meter;
  int channels, rate_hz;
  float *buffer;
  int buffer_frames;
  gint64 silent, longest; /* at rate_hz */
  Heard heard;
  GError *error;
};

guint32 monitor_crc(guint32 crc, const void *data, gsize nbytes) {
  return ~lavf.av_crc(lavf.av_crc_get_table(AV_CRC_32_IEEE_LE), ~crc, data, nbytes);
}

/* --- measuring decoded frames -------------------------------------------------- */

static bool begin(Monitor *monitor, const AVFrame *frame, GError **error) {
  monitor->channels = MIN(frame->ch_layout.nb_channels, 2);
  monitor->rate_hz = frame->sample_rate;
  monitor->like = lavf.av_frame_clone(frame);
  monitor->meter = meter_new((guint)monitor->channels, (guint)monitor->rate_hz, error);
  if (monitor->meter == NULL) {
    return false;
  }
  /* At the codec's own rate: what is measured is what is in it. */
  monitor->converter = sound_converter_new(frame, monitor->channels, AV_SAMPLE_FMT_FLT, monitor->rate_hz, error);
  return monitor->converter != NULL;
}

static bool same_form(const Monitor *monitor, const AVFrame *frame) {
  return monitor->like != NULL && monitor->like->format == frame->format && monitor->rate_hz == frame->sample_rate &&
         lavf.av_channel_layout_compare(&monitor->like->ch_layout, &frame->ch_layout) == 0;
}

static bool is_silent(const float *frame, int channels) {
  return fabsf(frame[0]) < SILENCE && fabsf(frame[channels - 1]) < SILENCE;
}

/* From both ends of what a packet holds: a silence inside one is far from any limit. */
static void watch_silence(Monitor *monitor, const float *samples, int frames) {
  int channels = monitor->channels, head = 0, tail = 0;
  while (head < frames && is_silent(samples + head * channels, channels)) {
    head++;
  }
  monitor->longest = MAX(monitor->longest, monitor->silent + head);
  while (tail < frames - head && is_silent(samples + (frames - 1 - tail) * channels, channels)) {
    tail++;
  }
  monitor->silent = head == frames ? monitor->silent + frames : tail;
}

static bool take_frame(Monitor *monitor, const AVFrame *frame, GError **error) {
  if (monitor->meter == NULL && !begin(monitor, frame, error)) {
    return false;
  }
  if (!same_form(monitor, frame)) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("its form changes on the way"));
    return false;
  }
  if (frame->nb_samples > monitor->buffer_frames) {
    monitor->buffer_frames = frame->nb_samples;
    monitor->buffer = g_renew(float, monitor->buffer, (gsize)frame->nb_samples *(gsize)monitor->channels);
  }
  uint8_t *out = (uint8_t *)monitor->buffer;
  int n = lavf.swr_convert(monitor->converter, &out, monitor->buffer_frames, (const uint8_t **)frame->extended_data,
                           frame->nb_samples);
  if (n < 0) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, n, "%s", _("converting the sound"));
    return false;
  }
  int skipped = (int)MIN(monitor->to_skip, n);
  monitor->to_skip -= skipped;
  const float *samples = monitor->buffer + (gsize)skipped * (gsize)monitor->channels;
  monitor->heard.frames += n - skipped;
  watch_silence(monitor, samples, n - skipped);
  meter_add(monitor->meter, samples, n - skipped);
  return true;
}

/* --- the thread ------------------------------------------------------------------ */

/* Sends `packet` (NULL: the end) and takes the frames that are ready. */
static bool decode(Monitor *monitor, const AVPacket *packet, AVFrame *frame, GError **error) {
  int status = lavf.avcodec_send_packet(monitor->decoder, packet);
  while (status >= 0) {
    status = lavf.avcodec_receive_frame(monitor->decoder, frame);
    if (status >= 0 && !take_frame(monitor, frame, error)) {
      return false;
    }
  }
  if (status != AVERROR(EAGAIN) && status != AVERROR_EOF) {
    lavf_set_error(error, CARNET_ERROR_INPUT, status, _("damaged after %.1f s"),
                   (double)monitor->heard.frames / MAX(monitor->rate_hz, 1));
    return false;
  }
  return true;
}

static bool hear_packet(Monitor *monitor, GBytes *bytes, AVPacket *packet, AVFrame *frame, GError **error) {
  gsize nbytes;
  const void *data = g_bytes_get_data(bytes, &nbytes);
  monitor->heard.crc = monitor_crc(monitor->heard.crc, data, nbytes);
  monitor->heard.nbytes += (gint64)nbytes;
  int status = lavf.av_new_packet(packet, (int)nbytes); /* with the padding that decoders read past the end */
  if (status < 0) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, status, "av_new_packet");
    return false;
  }
  memcpy(packet->data, data, nbytes);
  bool heard = decode(monitor, packet, frame, error);
  lavf.av_packet_unref(packet);
  return heard;
}

static bool hear_all(Monitor *monitor, GError **error) {
  g_autoptr(AVPacket) packet = lavf.av_packet_alloc();
  g_autoptr(AVFrame) frame = lavf.av_frame_alloc();
  if (packet == NULL || frame == NULL) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, AVERROR(ENOMEM), "avcodec");
    return false;
  }
  for (;;) {
    Packet next;
    PacketState state = packet_queue_take(monitor->packets, &next, error);
    if (state == PACKET_NOT_YET) {
      packet_queue_wait(monitor->packets, WAKE_BYTES);
      continue;
    }
    if (state == PACKET_END) {
      return decode(monitor, NULL, frame, error);
    }
    bool heard = hear_packet(monitor, next.data, packet, frame, error);
    packet_clear(&next);
    if (!heard) {
      return false;
    }
  }
}

static ProfilePart part_of(enum AVCodecID codec) {
  return codec == AV_CODEC_ID_MP3    ? PROFILE_CHECK_MP3
         : codec == AV_CODEC_ID_OPUS ? PROFILE_CHECK_OPUS
                                     : PROFILE_CHECK_OTHER;
}

static gpointer listen(gpointer data) {
  Monitor *monitor = data;
  PROFILE_HERE(part_of(monitor->decoder->codec_id));
  priority_stand_back(STANDS_BACK);
  if (!hear_all(monitor, &monitor->error)) {
    packet_queue_cancel(monitor->packets); /* the encoder goes on: it must not wait for us */
  }
  return NULL;
}

/* --- from outside ------------------------------------------------------------------ */

static bool open_decoder(Monitor *monitor, const AVCodecParameters *parameters, GError **error) {
  const AVCodec *codec = lavf.avcodec_find_decoder(parameters->codec_id);
  monitor->decoder = codec != NULL ? lavf.avcodec_alloc_context3(codec) : NULL;
  int status = monitor->decoder != NULL ? lavf.avcodec_parameters_to_context(monitor->decoder, parameters)
                                        : AVERROR_DECODER_NOT_FOUND;
  if (status >= 0) {
    monitor->decoder->thread_count = 1;
    status = lavf.avcodec_open2(monitor->decoder, codec, NULL);
  }
  if (status < 0) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, status, "%s", lavf.avcodec_get_name(parameters->codec_id));
  }
  return status >= 0;
}

Monitor *monitor_new(const AVCodecParameters *parameters, gint64 delay_frames, GError **error) {
  lavf_start();
  lavf_forget();
  g_autoptr(Monitor) monitor = g_new0(Monitor, 1);
  monitor->packets = packet_queue_new(QUEUED_BYTES);
  monitor->to_skip = delay_frames;
  if (!open_decoder(monitor, parameters, error)) {
    return NULL;
  }
  monitor->thread = g_thread_try_new("monitor", listen, monitor, error);
  return monitor->thread != NULL ? g_steal_pointer(&monitor) : NULL;
}

void monitor_free(Monitor *monitor) {
  if (monitor == NULL) {
    return;
  }
  packet_queue_cancel(monitor->packets);
  if (monitor->thread != NULL) {
    g_thread_join(monitor->thread);
  }
  lavf_codec_free(monitor->decoder);
  lavf_swr_free(monitor->converter);
  lavf_frame_free(monitor->like);
  meter_free(monitor->meter);
  g_free(monitor->buffer);
  g_clear_error(&monitor->error);
  packet_queue_unref(monitor->packets);
  g_free(monitor);
}

void monitor_hear(Monitor *monitor, GBytes *packet) {
  packet_queue_push(monitor->packets, 0, 0, g_bytes_ref(packet)); /* refused once it has failed: told at the end */
}

bool monitor_finish(Monitor *monitor, Heard *heard, GError **error) {
  packet_queue_finish(monitor->packets);
  g_thread_join(g_steal_pointer(&monitor->thread));
  Measure measure = {0};
  bool ok = monitor->error == NULL;
  if (!ok) {
    g_propagate_error(error, g_steal_pointer(&monitor->error));
  } else if (monitor->meter == NULL) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("holds no sound"));
    ok = false;
  } else {
    meter_finish(monitor->meter, &measure);
  }
  *heard = monitor->heard;
  if (ok) {
    heard->frames = lavf.av_rescale(monitor->heard.frames, FRAME_RATE, monitor->rate_hz);
    heard->integrated_lufs = measure.integrated_lufs;
    heard->true_peak_dbtp = measure.true_peak_dbtp;
    heard->range_lu = loudness_range(measure.blocks, measure.n_blocks);
    heard->max_momentary_lufs = measure.max_momentary_lufs;
    heard->max_short_term_lufs = measure.max_short_term_lufs;
    heard->longest_silence_frames = lavf.av_rescale(monitor->longest, FRAME_RATE, monitor->rate_hz);
  }
  measure_clear(&measure);
  return ok;
}
