#include "sound/encode.h"

#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/profile.h"
#include "base/wav.h"
#include "sound/lavf.h"
#include "sound/tags.h"

#include <math.h>
#include <string.h>

typedef struct {
  const char *codec, *muxer;
  enum AVSampleFormat sample_format;
  unsigned default_kbps; /* 0: no bit rate */
  guint cost;            /* tenths of a second of processor time for ten minutes, on one machine */
  const char *options;   /* of the muxer */
} Codec;

/* 24 bits for what keeps the mix as it is. ID3v2.3: more players read its
 * chapters than v2.4's. A fixed Ogg serial number, so that the same sound makes
 * the same bytes; not 0, which some tools dislike. rf64: a WAV of more than
 * 4 GiB stays readable. */
static const Codec codecs[FORMAT_COUNT] = {
    [FORMAT_MP3] = {"libmp3lame", "mp3", AV_SAMPLE_FMT_FLTP, 128, 85, "id3v2_version=3"},
    [FORMAT_OPUS] = {"libopus", "opus", AV_SAMPLE_FMT_FLT, 64, 58, "serial_offset=1"},
    [FORMAT_FLAC] = {"flac", "flac", AV_SAMPLE_FMT_S32, 0, 17, ""},
    [FORMAT_AAC] = {"aac", "ipod", AV_SAMPLE_FMT_FLTP, 128, 173, ""},
    [FORMAT_WAV] = {"pcm_s24le", "wav", AV_SAMPLE_FMT_S32, 0, 3, "write_bext=1:rf64=auto"},
};

/* LAME turns its input down at constant bit rates (its presets' `scale`; measured
 * on a sine at each rate). What goes in is turned up by as much, so that the MP3
 * is as loud as the mix and as the other encodings. */
static const struct {
  unsigned up_to_kbps;
  float scale;
} lame_scales[] = {{160, 0.95f}, {192, 0.97f}, {224, 0.98f}};

#define PCM_FRAME 4800 /* frames of one packet where the codec does not mind */

struct Encoder {
  const Encoding *encoding;
  const Codec *codec;
  AVCodecContext *context;
  float gain;     /* on the way in: 1, or what the codec takes off */
  AVFrame *frame; /* being filled */
  int filled, frame_size;
  gint64 position; /* frames encoded */
  AVPacket *packet;
  FileDraft *draft; /* NULL: packets only */
  AVFormatContext *output;
  bool begun;
  GQueue held; /* AVPacket*, before the file's header */
  gsize held_bytes;
  bool air_gone;    /* the taker of the packets has left */
  Monitor *monitor; /* hears what is written; NULL: packets only */
};

static const char *name_of(const Encoder *encoder) {
  return encoder->encoding->path != NULL ? encoder->encoding->path : sound_format_name(encoder->encoding->format);
}

/* What a library answered: true unless it is a failure, which is told. */
static bool check(const Encoder *encoder, int status, GError **error) {
  if (status < 0) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, status, "%s", name_of(encoder));
  }
  return status >= 0;
}

/* --- opening --------------------------------------------------------------- */

static float gain_for(SoundFormat format, int64_t bit_rate) {
  for (gsize i = 0; format == FORMAT_MP3 && i < G_N_ELEMENTS(lame_scales); i++) {
    if (bit_rate <= (int64_t)lame_scales[i].up_to_kbps * 1000) {
      return 1.0f / lame_scales[i].scale;
    }
  }
  return 1.0f;
}

static bool open_codec(Encoder *encoder, GError **error) {
  const AVCodec *codec = lavf.avcodec_find_encoder_by_name(encoder->codec->codec);
  encoder->context = codec != NULL ? lavf.avcodec_alloc_context3(codec) : NULL;
  if (encoder->context == NULL) {
    return check(encoder, AVERROR_ENCODER_NOT_FOUND, error);
  }
  unsigned kbps = encoder->encoding->bitrate_kbps != 0 ? encoder->encoding->bitrate_kbps : encoder->codec->default_kbps;
  AVCodecContext *context = encoder->context;
  context->sample_fmt = encoder->codec->sample_format;
  context->sample_rate = FRAME_RATE;
  context->ch_layout = (AVChannelLayout)AV_CHANNEL_LAYOUT_STEREO;
  context->time_base = (AVRational){1, FRAME_RATE};
  context->bits_per_raw_sample = encoder->codec->sample_format == AV_SAMPLE_FMT_S32 ? 24 : 0;
  if (encoder->codec->default_kbps != 0) {
    context->bit_rate = (int64_t)kbps * 1000;
  }
  if (encoder->encoding->format == FORMAT_AAC) {
    context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  }
  encoder->gain = gain_for(encoder->encoding->format, context->bit_rate);
  int status = lavf.avcodec_open2(context, codec, NULL);
  return check(encoder, status, error);
}

static bool open_frame(Encoder *encoder, GError **error) {
  encoder->frame_size = encoder->context->frame_size > 0 ? encoder->context->frame_size : PCM_FRAME;
  encoder->frame = lavf.av_frame_alloc();
  encoder->packet = lavf.av_packet_alloc();
  if (encoder->frame == NULL || encoder->packet == NULL) {
    return check(encoder, AVERROR(ENOMEM), error);
  }
  encoder->frame->format = encoder->context->sample_fmt;
  encoder->frame->sample_rate = FRAME_RATE;
  encoder->frame->ch_layout = (AVChannelLayout)AV_CHANNEL_LAYOUT_STEREO;
  encoder->frame->nb_samples = encoder->frame_size;
  int status = lavf.av_frame_get_buffer(encoder->frame, 0);
  return check(encoder, status, error);
}

static bool open_file(Encoder *encoder, GError **error) {
  if (encoder->encoding->path == NULL) {
    encoder->begun = true;
    return true;
  }
  encoder->draft = file_draft_new(encoder->encoding->path, 0644, error);
  if (encoder->draft == NULL) {
    return false;
  }
  int status = lavf.avformat_alloc_output_context2(&encoder->output, NULL, encoder->codec->muxer, NULL);
  if (status < 0) {
    return check(encoder, status, error);
  }
  AVStream *stream = lavf.avformat_new_stream(encoder->output, NULL);
  if (stream == NULL) {
    return check(encoder, AVERROR(ENOMEM), error);
  }
  encoder->output->flags |= AVFMT_FLAG_BITEXACT; /* the same sound makes the same bytes */
  stream->time_base = encoder->context->time_base;
  g_autofree char *url = g_strconcat("file:", file_draft_path(encoder->draft), NULL);
  status = lavf.avcodec_parameters_from_context(stream->codecpar, encoder->context);
  if (status >= 0) {
    status = lavf.avio_open(&encoder->output->pb, url, AVIO_FLAG_WRITE);
  }
  return check(encoder, status, error);
}

static bool open_monitor(Encoder *encoder, GError **error) {
  if (encoder->output == NULL) {
    return true;
  }
  encoder->monitor = monitor_new(encoder->output->streams[0]->codecpar, encoder->context->initial_padding, error);
  return encoder->monitor != NULL;
}

static void announce(const Encoder *encoder) {
  const AVCodecContext *context = encoder->context;
  g_autoptr(GBytes) head = NULL;
  if (encoder->encoding->format == FORMAT_OPUS) {
    head = g_bytes_new(context->extradata, (gsize)context->extradata_size);
  }
  StreamHeader header = {
      .format = encoder->encoding->format,
      .bitrate_kbps = (unsigned)(context->bit_rate / 1000),
      .channels = PROGRAMME_CHANNELS,
      .preskip_frames = head != NULL ? (guint)context->initial_padding : 0,
      .header = head,
  };
  packet_queue_set_header(encoder->encoding->packets, &header);
}

guint encoder_cost(SoundFormat format) {
  g_return_val_if_fail(format < FORMAT_COUNT, 0);
  return codecs[format].cost;
}

Encoder *encoder_new(const Encoding *encoding, GError **error) {
  lavf_start();
  lavf_forget();
  g_return_val_if_fail(encoding->format < FORMAT_COUNT, NULL);
  g_autoptr(Encoder) encoder = g_new0(Encoder, 1);
  encoder->encoding = encoding;
  encoder->codec = &codecs[encoding->format];
  g_queue_init(&encoder->held);
  if (!open_codec(encoder, error) || !open_frame(encoder, error) || !open_file(encoder, error) ||
      !open_monitor(encoder, error)) {
    return NULL;
  }
  if (encoding->packets != NULL) {
    announce(encoder);
  }
  return g_steal_pointer(&encoder);
}

static void free_packet(gpointer packet) {
  lavf_packet_free(packet);
}

void encoder_free(Encoder *encoder) {
  if (encoder == NULL) {
    return;
  }
  monitor_free(encoder->monitor);
  g_queue_clear_full(&encoder->held, free_packet);
  if (encoder->output != NULL) {
    lavf.avio_closep(&encoder->output->pb);
    lavf.avformat_free_context(encoder->output);
  }
  lavf.av_packet_free(&encoder->packet);
  lavf.av_frame_free(&encoder->frame);
  lavf.avcodec_free_context(&encoder->context);
  file_draft_free(encoder->draft);
  g_free(encoder);
}

/* --- packets --------------------------------------------------------------- */

/* One copy of the packet for the air and for the monitor. */
static void hand_on(Encoder *encoder, const AVPacket *packet) {
  const Encoding *encoding = encoder->encoding;
  bool to_air = encoding->packets != NULL && !encoder->air_gone;
  if (packet->size == 0 || (!to_air && encoder->monitor == NULL)) {
    return;
  }
  g_autoptr(GBytes) data = g_bytes_new(packet->data, (gsize)packet->size);
  if (encoder->monitor != NULL) {
    monitor_hear(encoder->monitor, data);
  }
  if (to_air) {
    encoder->air_gone =
        !packet_queue_push(encoding->packets, packet->pts, (guint)encoder->frame_size, g_bytes_ref(data));
  }
}

static bool write_packet(Encoder *encoder, AVPacket *packet, GError **error) {
  PROFILE_HERE(PROFILE_WRITE);
  packet->stream_index = 0;
  lavf.av_packet_rescale_ts(packet, encoder->context->time_base, encoder->output->streams[0]->time_base);
  int status = lavf.av_write_frame(encoder->output, packet);
  if (status >= 0) {
    status = encoder->output->pb->error;
  }
  return check(encoder, status, error);
}

static bool keep_or_write(Encoder *encoder, GError **error) {
  if (encoder->output == NULL) {
    return true;
  }
  if (encoder->begun) {
    return write_packet(encoder, encoder->packet, error);
  }
  AVPacket *held = lavf.av_packet_clone(encoder->packet);
  if (held == NULL) {
    return check(encoder, AVERROR(ENOMEM), error);
  }
  g_queue_push_tail(&encoder->held, held);
  encoder->held_bytes += (gsize)held->size;
  return true;
}

/* Sends `frame` (NULL: flush) and takes the packets that are ready. */
static bool encode_frame(Encoder *encoder, const AVFrame *frame, GError **error) {
  int status = lavf.avcodec_send_frame(encoder->context, frame);
  while (status >= 0) {
    status = lavf.avcodec_receive_packet(encoder->context, encoder->packet);
    if (status >= 0) {
      hand_on(encoder, encoder->packet);
      bool kept = keep_or_write(encoder, error);
      lavf.av_packet_unref(encoder->packet);
      if (!kept) {
        return false;
      }
    }
  }
  return check(encoder, status == AVERROR(EAGAIN) || status == AVERROR_EOF ? 0 : status, error);
}

/* --- sound ----------------------------------------------------------------- */

static int to_s32(float sample) {
  float scaled = rintf(sample * 8388607.0f); /* 24 bits, in the upper part */
  return (int)CLAMP(scaled, -8388608.0f, 8388607.0f) * 256;
}

/* Copies `n` frames into the frame at `place`, in the codec's form. Only planar
 * floats take a `gain`: LAME's. */
static void fill(AVFrame *frame, int place, const float *sound, int n, float gain) {
  if (frame->format == AV_SAMPLE_FMT_FLTP) {
    float *left = (float *)(void *)frame->extended_data[0] + place;
    float *right = (float *)(void *)frame->extended_data[1] + place;
    for (int i = 0; i < n; i++) {
      left[i] = sound[2 * i] * gain;
      right[i] = sound[2 * i + 1] * gain;
    }
  } else if (frame->format == AV_SAMPLE_FMT_FLT) {
    memcpy((float *)(void *)frame->data[0] + 2 * place, sound, sizeof(float) * 2 * (size_t)n);
  } else {
    int *out = (int *)(void *)frame->data[0] + 2 * place;
    for (int i = 0; i < 2 * n; i++) {
      out[i] = to_s32(sound[i]);
    }
  }
}

static bool send_filled(Encoder *encoder, GError **error) {
  encoder->frame->nb_samples = encoder->filled;
  encoder->frame->pts = encoder->position;
  encoder->position += encoder->filled;
  encoder->filled = 0;
  return encode_frame(encoder, encoder->frame, error);
}

bool encoder_add(Encoder *encoder, const Block *block, GError **error) {
  for (guint at = 0; at < block->frames;) {
    if (encoder->filled == 0) {
      encoder->frame->nb_samples = encoder->frame_size;
      if (!check(encoder, lavf.av_frame_make_writable(encoder->frame), error)) {
        return false;
      }
    }
    int n = MIN(encoder->frame_size - encoder->filled, (int)(block->frames - at));
    fill(encoder->frame, encoder->filled, block->samples + at * PROGRAMME_CHANNELS, n, encoder->gain);
    encoder->filled += n;
    at += (guint)n;
    if (encoder->filled == encoder->frame_size && !send_filled(encoder, error)) {
      return false;
    }
  }
  return true;
}

/* --- the file -------------------------------------------------------------- */

gsize encoder_held_bytes(const Encoder *encoder) {
  return encoder->held_bytes;
}

bool encoder_file_begun(const Encoder *encoder) {
  return encoder->begun;
}

static bool write_header(Encoder *encoder, const ProgrammeTags *tags, GError **error) {
  g_autoptr(AVPacket) cover = NULL;
  if (!tags_apply(encoder->output, encoder->encoding->format, tags, error) ||
      !cover_apply(encoder->output, encoder->encoding->format, tags->cover, &cover, error)) {
    return false;
  }
  AVDictionary *options = NULL;
  int status = lavf.av_dict_parse_string(&options, encoder->codec->options, "=", ":", 0);
  if (status >= 0) {
    status = lavf.avformat_write_header(encoder->output, &options);
  }
  lavf.av_dict_free(&options);
  if (status >= 0 && cover != NULL) {
    status = lavf.av_write_frame(encoder->output, cover);
  }
  return check(encoder, status, error);
}

bool encoder_begin_file(Encoder *encoder, const ProgrammeTags *tags, GError **error) {
  g_return_val_if_fail(!encoder->begun, false);
  if (!write_header(encoder, tags, error)) {
    return false;
  }
  encoder->begun = true;
  encoder->held_bytes = 0;
  bool written = true;
  for (AVPacket *held; written && (held = g_queue_pop_head(&encoder->held)) != NULL;) {
    written = write_packet(encoder, held, error);
    lavf.av_packet_free(&held);
  }
  return written;
}

static bool end_file(Encoder *encoder, GError **error) {
  PROFILE_HERE(PROFILE_WRITE);
  int status = lavf.av_write_trailer(encoder->output);
  int closed = lavf.avio_closep(&encoder->output->pb); /* flushes; tells of any failed write */
  if (status >= 0) {
    status = closed;
  }
  return check(encoder, status, error);
}

bool encoder_finish(Encoder *encoder, GError **error) {
  if (encoder->filled > 0 && !send_filled(encoder, error)) {
    return false;
  }
  if (!encode_frame(encoder, NULL, error)) {
    return false;
  }
  if (encoder->output != NULL && !end_file(encoder, error)) {
    return false;
  }
  if (encoder->encoding->packets != NULL) {
    packet_queue_finish(encoder->encoding->packets);
  }
  return true;
}

bool encoder_heard(Encoder *encoder, Heard *heard, GError **error) {
  g_return_val_if_fail(encoder->monitor != NULL, false);
  return monitor_finish(encoder->monitor, heard, error);
}

const char *encoder_draft_path(const Encoder *encoder) {
  return encoder->draft != NULL ? file_draft_path(encoder->draft) : NULL;
}

bool encoder_publish(Encoder *encoder, GError **error) {
  return encoder->draft == NULL || file_draft_commit(encoder->draft, error);
}
