#include "sound/decode.h"

#include "base/i18n.h"
#include "base/profile.h"
#include "base/wav.h"

#include <errno.h>
#include <fcntl.h>
#include <libavutil/intreadwrite.h>
#include <libavutil/opt.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define IO_BYTES 32768
#define MIN_RATE_HZ 4000
#define MAX_RATE_HZ 384000
/* How much earlier than declared a whole file may end: rounded headers, and what an MP3's encoder put around the
 * sound, at most three of its longest packets (0.4 s at 8 kHz). */
#define SHORT_BY_US 200000
#define PADDING_FRAMES 3456

static const char demuxers[] = "wav,w64,aiff,flac,mp3,ogg,aac,mov";
static const char decoders[] =
    "mp3float,mp3,flac,vorbis,opus,aac,alac,"
    "pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,"
    "pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw";

struct SoundFile {
  int fd;
  AVIOContext *io;
  AVFormatContext *format;
  AVCodecContext *codec;
  AVPacket *packet;
  AVFrame *frame;
  int stream;            /* index of the one that is read */
  gint64 declared_us;    /* its length by the file's own words; 0 when they are not to be relied on */
  bool ends_as_declared; /* MP4: libav* 5.1 leaves the encoder's padding after its end */
  gint64 earlier_us;     /* decoded while the rate was another */
  gint64 frames;         /* decoded at `rate_hz` */
  gint64 whole_packet;   /* frames of the longest packet yet */
  int rate_hz;
  bool failed;  /* the last packet could not be decoded */
  bool drained; /* the decoder was told that nothing follows */
};

static bool refuse(GError **error, const char *why) {
  g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, why);
  return false;
}

/* --- reading by descriptor --------------------------------------------------- */

static int read_some(void *opaque, uint8_t *buffer, int nbytes) {
  const SoundFile *file = opaque;
  ssize_t n;
  do {
    n = read(file->fd, buffer, (size_t)nbytes);
  } while (n < 0 && errno == EINTR);
  return n > 0 ? (int)n : n == 0 ? AVERROR_EOF : AVERROR(errno);
}

static int64_t seek_to(void *opaque, int64_t offset, int whence) {
  const SoundFile *file = opaque;
  struct stat status;
  if (whence == AVSEEK_SIZE) {
    return fstat(file->fd, &status) == 0 ? status.st_size : AVERROR(errno);
  }
  off_t at = lseek(file->fd, offset, whence & ~AVSEEK_FORCE);
  return at >= 0 ? at : AVERROR(errno);
}

/* A file that names others (mov references) gets none. */
static int open_nothing(AVFormatContext *format, AVIOContext **io, const char *url, int flags, AVDictionary **options) {
  (void)format;
  (void)io;
  (void)url;
  (void)flags;
  (void)options;
  return AVERROR(EPERM);
}

static bool check_descriptor(const SoundFile *file, GError **error) {
  struct stat status;
  if (file->fd < 0 || fstat(file->fd, &status) != 0) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, g_strerror(errno));
    return false;
  }
  if (!S_ISREG(status.st_mode)) {
    return refuse(error, _("not a file"));
  }
  lseek(file->fd, 0, SEEK_SET);
  return status.st_size > 0 || refuse(error, _("empty file"));
}

/* --- opening ------------------------------------------------------------------ */

static int open_format(SoundFile *file) {
  uint8_t *buffer = lavf.av_malloc(IO_BYTES);
  file->io = buffer != NULL ? lavf.avio_alloc_context(buffer, IO_BYTES, 0, file, read_some, NULL, seek_to) : NULL;
  file->format = file->io != NULL ? lavf.avformat_alloc_context() : NULL;
  if (file->format == NULL) {
    return AVERROR(ENOMEM);
  }
  file->format->pb = file->io;
  file->format->io_open = open_nothing;
  file->format->flags |= AVFMT_FLAG_CUSTOM_IO;
  AVDictionary *options = NULL;
  lavf.av_dict_set(&options, "format_whitelist", demuxers, 0);
  lavf.av_dict_set(&options, "codec_whitelist", decoders, 0);
  lavf.av_dict_set(&options, "protocol_whitelist", "", 0); /* we read for it; there is nothing else to open */
  int status = lavf.avformat_open_input(&file->format, NULL, NULL, &options);
  lavf.av_dict_free(&options);
  return status;
}

static int choose_stream(SoundFile *file) {
  file->stream = -1;
  for (unsigned i = 0; i < file->format->nb_streams; i++) {
    AVStream *stream = file->format->streams[i];
    bool chosen = file->stream < 0 && stream->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
    stream->discard = chosen ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    if (chosen) {
      file->stream = (int)i;
    }
  }
  return file->stream;
}

static int open_decoder(SoundFile *file) {
  const AVStream *stream = file->format->streams[file->stream];
  const AVCodec *codec = lavf.avcodec_find_decoder(stream->codecpar->codec_id);
  file->codec = codec != NULL ? lavf.avcodec_alloc_context3(codec) : NULL;
  file->packet = lavf.av_packet_alloc();
  file->frame = lavf.av_frame_alloc();
  if (file->codec == NULL || file->packet == NULL || file->frame == NULL) {
    return codec == NULL ? AVERROR_DECODER_NOT_FOUND : AVERROR(ENOMEM);
  }
  int status = lavf.avcodec_parameters_to_context(file->codec, stream->codecpar);
  if (status < 0) {
    return status;
  }
  file->codec->pkt_timebase = stream->time_base; /* without it the padding at the end is not taken off */
  file->codec->thread_count = 1;
  if (codec->id == AV_CODEC_ID_FLAC) {
    file->codec->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE; /* the one format here that can tell */
  }
  AVDictionary *options = NULL;
  lavf.av_dict_set(&options, "codec_whitelist", decoders, 0);
  status = lavf.avcodec_open2(file->codec, codec, &options);
  lavf.av_dict_free(&options);
  return status;
}

/* The length that the file declares; one guessed from the bit rate is no promise. */
static gint64 declared_us(const SoundFile *file) {
  const AVStream *stream = file->format->streams[file->stream];
  if (file->format->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE || stream->duration <= 0) {
    return 0;
  }
  return lavf.av_rescale_q(stream->duration, stream->time_base, AV_TIME_BASE_Q);
}

/* libav* takes the length of a WAV from what is there: a copy that was cut short shows only in its first words.
 * Programs that write to a pipe leave the largest number there, or nearly. */
static bool check_riff(const SoundFile *file, GError **error) {
  enum { UNKNOWN = 0x7ff00000 };
  guint8 head[12];
  struct stat status;
  if (pread(file->fd, head, sizeof head, 0) != sizeof head || memcmp(head, "RIFF", 4) != 0 ||
      memcmp(head + 8, "WAVE", 4) != 0 || fstat(file->fd, &status) != 0) {
    return true;
  }
  gint64 declared = (gint64)AV_RL32(head + 4) + 8;
  return declared >= UNKNOWN || declared <= status.st_size + 1 || refuse(error, _("shorter than it says: damaged"));
}

gint64 sound_file_declared_us(const SoundFile *file) {
  return file->declared_us;
}

SoundFile *sound_file_open(const char *path, GError **error) {
  return sound_file_open_fd(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), error); /* a pipe must not hold us */
}

SoundFile *sound_file_open_fd(int fd, GError **error) {
  lavf_start();
  lavf_forget();
  g_autoptr(SoundFile) file = g_new0(SoundFile, 1);
  file->fd = fd;
  if (!check_descriptor(file, error)) {
    return NULL;
  }
  int status = open_format(file);
  if (status >= 0) {
    status = lavf.avformat_find_stream_info(file->format, NULL);
  }
  if (status < 0) {
    refuse(error, _("not a sound file that can be read"));
    return NULL;
  }
  if (choose_stream(file) < 0) {
    refuse(error, _("holds no sound"));
    return NULL;
  }
  if (open_decoder(file) < 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("sound of format %s is not read here"),
                lavf.avcodec_get_name(file->format->streams[file->stream]->codecpar->codec_id));
    return NULL;
  }
  file->declared_us = declared_us(file);
  file->ends_as_declared = strstr(file->format->iformat->name, "mov") != NULL && file->declared_us > 0;
  lavf_forget();
  return check_riff(file, error) ? g_steal_pointer(&file) : NULL;
}

void sound_file_free(SoundFile *file) {
  if (file == NULL) {
    return;
  }
  lavf.av_frame_free(&file->frame);
  lavf.av_packet_free(&file->packet);
  lavf.avcodec_free_context(&file->codec);
  lavf.avformat_close_input(&file->format);
  if (file->io != NULL) {
    lavf.av_freep(&file->io->buffer); /* libav* may have made it anew */
    lavf.avio_context_free(&file->io);
  }
  if (file->fd >= 0) {
    close(file->fd);
  }
  g_free(file);
}

/* --- decoding ----------------------------------------------------------------- */

static gint64 decoded_us(const SoundFile *file) {
  return file->earlier_us + (file->rate_hz > 0 ? lavf.av_rescale(file->frames, AV_TIME_BASE, file->rate_hz) : 0);
}

/* Counts the frame, less what lies behind the declared end. */
static void count_frame(SoundFile *file, AVFrame *frame) {
  if (frame->sample_rate != file->rate_hz) {
    file->earlier_us = decoded_us(file);
    file->frames = 0;
    file->rate_hz = frame->sample_rate;
  }
  if (file->ends_as_declared) {
    gint64 end = lavf.av_rescale(file->declared_us - file->earlier_us, file->rate_hz, AV_TIME_BASE);
    frame->nb_samples = (int)CLAMP(end - file->frames, 0, frame->nb_samples);
  }
  file->frames += frame->nb_samples;
}

static bool check_frame(SoundFile *file, GError **error) {
  AVFrame *frame = file->frame;
  if (frame->sample_rate < MIN_RATE_HZ || frame->sample_rate > MAX_RATE_HZ) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%d Hz is not read here"), frame->sample_rate);
    return false;
  }
  int channels = frame->ch_layout.nb_channels;
  if (channels < 1 || channels > SOUND_FILE_MAX_CHANNELS) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%d channels, at most %d are read"), channels,
                SOUND_FILE_MAX_CHANNELS);
    return false;
  }
  if (frame->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
    lavf.av_channel_layout_uninit(&frame->ch_layout);
    lavf.av_channel_layout_default(&frame->ch_layout, channels);
  }
  count_frame(file, frame);
  return true;
}

/* What asks libav* for more memory than it may have (lavf.h) is damaged too: a small allocation that fails never comes
 * back here (base/memory.h). */
static bool refuse_damaged(const SoundFile *file, int status, GError **error) {
  if (status == AVERROR(ENOMEM))
    status = AVERROR_INVALIDDATA;
  lavf_set_error(error, CARNET_ERROR_INPUT, status, _("damaged after %.1f s"), (double)decoded_us(file) / 1e6);
  return false;
}

/* Reads the next packet of the stream; returns libav*'s status. */
static int read_packet(SoundFile *file) {
  int status;
  do {
    lavf.av_packet_unref(file->packet);
    status = lavf.av_read_frame(file->format, file->packet);
  } while (status >= 0 && file->packet->stream_index != file->stream);
  return status;
}

/* Gives the next packet to the decoder; at the end of the file, says so to the decoder. */
static bool feed(SoundFile *file, GError **error) {
  int status = read_packet(file);
  if (status == AVERROR_EOF) {
    file->drained = true;
    lavf.avcodec_send_packet(file->codec, NULL);
    return true;
  }
  /* A packet that failed and was not the last: not a file cut short, a damaged one. */
  if (status < 0 || file->failed) {
    return refuse_damaged(file, status < 0 ? status : AVERROR_INVALIDDATA, error);
  }
  file->failed = lavf.avcodec_send_packet(file->codec, file->packet) < 0;
  return true;
}

static bool check_end(const SoundFile *file, GError **error) {
  if (decoded_us(file) == 0) {
    return refuse(error, _("holds no sound"));
  }
  gint64 padding_us = lavf.av_rescale(PADDING_FRAMES, G_USEC_PER_SEC, MAX(file->codec->sample_rate, MIN_RATE_HZ));
  gint64 short_by_us = MAX(SHORT_BY_US, padding_us) + file->declared_us / 1000;
  if (file->declared_us > 0 && decoded_us(file) + short_by_us < file->declared_us) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("ends after %.1f s of %.1f s: damaged"),
                (double)decoded_us(file) / 1e6, (double)file->declared_us / 1e6);
    return false;
  }
  return true;
}

bool sound_file_next(SoundFile *file, const AVFrame **frame, GError **error) {
  PROFILE_HERE(PROFILE_DECODE);
  *frame = NULL;
  for (;;) {
    int status = lavf.avcodec_receive_frame(file->codec, file->frame);
    if (status >= 0) {
      if (!check_frame(file, error)) {
        return false;
      }
      if (file->frame->nb_samples == 0) {
        continue;
      }
      *frame = file->frame;
      return true;
    }
    if (status == AVERROR_EOF) {
      return check_end(file, error);
    }
    if (status != AVERROR(EAGAIN)) {
      file->failed = true;
    }
    if (file->drained) {
      return status == AVERROR(EAGAIN) ? check_end(file, error) : refuse_damaged(file, status, error);
    }
    if (!feed(file, error)) {
      return false;
    }
  }
}

/* --- packets alone ------------------------------------------------------------ */

/* The packet's frames without those that the container says are the encoder's delay or padding. The padding counts from
 * the end of a whole packet: Ogg's demuxer has already taken it off the last one's duration, MP3's has not. */
static gint64 played_frames(SoundFile *file) {
  const AVStream *stream = file->format->streams[file->stream];
  AVRational frame = {1, MAX(stream->codecpar->sample_rate, 1)};
  gint64 played = lavf.av_rescale_q(file->packet->duration, stream->time_base, frame);
  file->whole_packet = MAX(file->whole_packet, played);
  size_t nbytes = 0;
  const uint8_t *skip = lavf.av_packet_get_side_data(file->packet, AV_PKT_DATA_SKIP_SAMPLES, &nbytes);
  if (skip != NULL && nbytes >= 8) {
    played = MIN(played, file->whole_packet - (gint64)AV_RL32(skip + 4)) - (gint64)AV_RL32(skip);
  }
  return lavf.av_rescale(MAX(played, 0), FRAME_RATE, frame.den);
}

bool sound_file_next_packet(SoundFile *file, const AVPacket **packet, gint64 *played, GError **error) {
  int status = read_packet(file);
  *packet = status >= 0 ? file->packet : NULL;
  *played = status >= 0 ? played_frames(file) : 0;
  file->frames += *played;
  file->rate_hz = FRAME_RATE;
  return status >= 0 || status == AVERROR_EOF || refuse_damaged(file, status, error);
}

/* --- conversion ----------------------------------------------------------------- */

SwrContext *sound_converter_new(const AVFrame *like, int channels, enum AVSampleFormat format, int rate_hz,
                                GError **error) {
  static const double both[] = {1.0, 1.0};
  g_autoptr(SwrContext) made = NULL;
  AVChannelLayout from = like->ch_layout, layout; /* `from` is only read */
  lavf.av_channel_layout_default(&layout, channels);
  int status =
      lavf.swr_alloc_set_opts2(&made, &layout, format, rate_hz, &from, like->format, like->sample_rate, 0, NULL);
  if (status >= 0 && like->sample_rate != rate_hz) {
    lavf.av_opt_set_int(made, "resampler", SWR_ENGINE_SOXR, 0);
    lavf.av_opt_set_double(made, "precision", 20.0, 0);
    /* Given integers, soxr adds a dither of its own, and takes its seed from the clock: other bytes each time. */
    lavf.av_opt_set_sample_fmt(made, "internal_sample_fmt", AV_SAMPLE_FMT_FLTP, 0);
  }
  if (status >= 0 && like->ch_layout.nb_channels == 1 && channels == 2) {
    status = lavf.swr_set_matrix(made, both, 1); /* libswresample's own would be 3 dB lower */
  }
  if (status >= 0) {
    status = lavf.swr_init(made);
  }
  if (status < 0) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, status, _("converting %d Hz"), like->sample_rate);
    return NULL;
  }
  return g_steal_pointer(&made);
}
