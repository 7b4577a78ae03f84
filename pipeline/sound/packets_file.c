#include "base/error.h"
#include "base/i18n.h"
#include "base/wav.h"
#include "sound/lavf.h"
#include "sound/programme.h"

#include <libavutil/intreadwrite.h>

/* What the reading thread owns. */
typedef struct {
  LavfInput *input;
  int stream;
  gint64 delay_frames; /* MP3: the encoder's delay, which the demuxer counts as sound; told with the first packet */
  PacketQueue *queue;
  char *path;
} Reading;

static void reading_free(Reading *reading) {
  lavf_input_free(reading->input);
  packet_queue_unref(reading->queue);
  g_free(reading->path);
  g_free(reading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reading, reading_free)

static void learn_delay(Reading *reading, const AVPacket *packet) {
  size_t nbytes = 0;
  const uint8_t *skip = lavf.av_packet_get_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, &nbytes);
  if (skip != NULL && nbytes >= 4 && reading->delay_frames == 0 && packet->pts >= 0) {
    reading->delay_frames = AV_RL32(skip);
  }
}

/* Sends one packet. False when nobody takes them any more. */
static bool send_packet(Reading *reading, const AVPacket *packet) {
  learn_delay(reading, packet);
  const AVStream *stream = reading->input->streams[reading->stream];
  const AVRational frames = {1, FRAME_RATE};
  gint64 start = packet->pts != AV_NOPTS_VALUE ? lavf.av_rescale_q(packet->pts, stream->time_base, frames) : 0;
  start -= reading->delay_frames;
  gint64 length = lavf.av_rescale_q(packet->duration, stream->time_base, frames);
  return packet_queue_push(reading->queue, start, (guint)length, g_bytes_new(packet->data, (gsize)packet->size));
}

static gpointer read_packets(gpointer data) {
  g_autoptr(Reading) reading = data;
  g_autoptr(AVPacket) packet = lavf.av_packet_alloc();
  int status = packet != NULL ? 0 : AVERROR(ENOMEM);
  while (status >= 0) {
    status = lavf.av_read_frame(reading->input, packet);
    if (status >= 0) {
      bool wanted = packet->stream_index != reading->stream || send_packet(reading, packet);
      lavf.av_packet_unref(packet);
      if (!wanted) {
        return NULL;
      }
    }
  }
  if (status == AVERROR_EOF) {
    packet_queue_finish(reading->queue);
  } else {
    g_autoptr(GError) error = NULL;
    lavf_set_error(&error, CARNET_ERROR_INPUT, status, "%s", reading->path);
    packet_queue_fail(reading->queue, error);
  }
  return NULL;
}

static bool find_sound(Reading *reading, GError **error) {
  int status = lavf.avformat_find_stream_info(reading->input, NULL);
  reading->stream = status < 0 ? status : lavf.av_find_best_stream(reading->input, AVMEDIA_TYPE_AUDIO, -1, -1, NULL, 0);
  if (reading->stream < 0) {
    lavf_set_error(error, CARNET_ERROR_INPUT, reading->stream, "%s", reading->path);
    return false;
  }
  enum AVCodecID codec = reading->input->streams[reading->stream]->codecpar->codec_id;
  if (codec != AV_CODEC_ID_MP3 && codec != AV_CODEC_ID_OPUS) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: only MP3 and Opus go on the air"), reading->path);
    return false;
  }
  return true;
}

static Reading *open_file(const char *path, GError **error) {
  g_autoptr(Reading) reading = g_new0(Reading, 1);
  reading->path = g_strdup(path);
  g_autofree char *url = g_strconcat("file:", path, NULL);
  AVDictionary *options = NULL;
  lavf.av_dict_set(&options, "protocol_whitelist", "file", 0);
  lavf.av_dict_set(&options, "format_whitelist", "mp3,ogg", 0);
  int status = lavf.avformat_open_input(&reading->input, url, NULL, &options);
  lavf.av_dict_free(&options);
  if (status < 0) {
    lavf_set_error(error, CARNET_ERROR_INPUT, status, "%s", path);
    return NULL;
  }
  return find_sound(reading, error) ? g_steal_pointer(&reading) : NULL;
}

static void announce(const Reading *reading) {
  const AVCodecParameters *sound = reading->input->streams[reading->stream]->codecpar;
  bool is_opus = sound->codec_id == AV_CODEC_ID_OPUS;
  int64_t bit_rate = sound->bit_rate > 0 ? sound->bit_rate : reading->input->bit_rate;
  g_autoptr(GBytes) head = is_opus ? g_bytes_new(sound->extradata, (gsize)sound->extradata_size) : NULL;
  StreamHeader header = {
      .format = is_opus ? FORMAT_OPUS : FORMAT_MP3,
      .bitrate_kbps = (unsigned)(bit_rate / 1000),
      .channels = (guint)sound->ch_layout.nb_channels,
      .preskip_frames = is_opus ? (guint)sound->initial_padding : 0,
      .header = head,
  };
  packet_queue_set_header(reading->queue, &header);
}

GThread *packets_read_file(const char *path, PacketQueue *queue, GError **error) {
  lavf_start();
  lavf_forget();
  Reading *reading = open_file(path, error);
  if (reading == NULL) {
    return NULL;
  }
  reading->queue = packet_queue_ref(queue);
  announce(reading);
  GThread *thread = g_thread_try_new("packets", read_packets, reading, error);
  if (thread == NULL) {
    reading_free(reading);
  }
  return thread;
}
