#include "base/wav.h"

#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/profile.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RIFF_BYTES 12 /* "RIFF" size "WAVE" */
#define FMT_BYTES 24  /* "fmt " chunk with its header */
#define CHUNK_BYTES 8 /* a chunk's header */
#define BLOCK_FRAMES 4096
#define MAX_INFO (4u << 20)

struct WavReader {
  int fd;
  char *path, *info;
  gint64 data_offset, frames;
  guint channels;
};

struct WavWriter {
  FileDraft *draft;
  char *path;
  guint channels;
  gint64 frames;
  long data_offset;
  bool durable;
};

static void put_tag(guint8 *at, const char *tag) {
  memcpy(at, tag, 4);
}

static void put_u32(guint8 *at, guint32 value) {
  value = GUINT32_TO_LE(value);
  memcpy(at, &value, 4);
}

static void put_u16(guint8 *at, guint16 value) {
  value = GUINT16_TO_LE(value);
  memcpy(at, &value, 2);
}

static guint32 get_u32(const guint8 *at) {
  guint32 value;
  memcpy(&value, at, 4);
  return GUINT32_FROM_LE(value);
}

static guint16 get_u16(const guint8 *at) {
  guint16 value;
  memcpy(&value, at, 2);
  return GUINT16_FROM_LE(value);
}

/* --- writing --------------------------------------------------------------- */

static bool write_header(FILE *stream, guint channels, const char *info) {
  guint32 info_bytes = (guint32)strlen(info);
  guint8 head[RIFF_BYTES + FMT_BYTES + CHUNK_BYTES];
  put_tag(head, "RIFF");
  put_u32(head + 4, 0); /* set at the end */
  put_tag(head + 8, "WAVE");
  put_tag(head + 12, "fmt ");
  put_u32(head + 16, 16);
  put_u16(head + 20, 1); /* PCM */
  put_u16(head + 22, (guint16)channels);
  put_u32(head + 24, FRAME_RATE);
  put_u32(head + 28, FRAME_RATE * channels * 2);
  put_u16(head + 32, (guint16)(channels * 2));
  put_u16(head + 34, 16);
  put_tag(head + 36, "carn");
  put_u32(head + 40, info_bytes);
  guint8 data[CHUNK_BYTES];
  put_tag(data, "data");
  put_u32(data + 4, 0); /* set at the end */
  return fwrite(head, sizeof head, 1, stream) == 1 && (info_bytes == 0 || fwrite(info, info_bytes, 1, stream) == 1) &&
         (info_bytes % 2 == 0 || fputc(0, stream) == 0) && fwrite(data, sizeof data, 1, stream) == 1;
}

WavWriter *wav_writer_open(const char *path, guint channels, const char *info, bool durable, GError **error) {
  g_return_val_if_fail(channels == 1 || channels == 2, NULL);
  FileDraft *draft = file_draft_new(path, 0644, error);
  if (!draft)
    return NULL;
  WavWriter *writer = g_new0(WavWriter, 1);
  writer->draft = draft;
  writer->path = g_strdup(path);
  writer->channels = channels;
  writer->durable = durable;
  FILE *stream = file_draft_stream(draft);
  if (!write_header(stream, channels, info ? info : "") || (writer->data_offset = ftell(stream)) < 0) {
    carnet_error_set_errno(error, errno, "%s", path);
    g_clear_pointer(&writer, wav_writer_free);
  }
  return writer;
}

/* What is not a number is silence: no sample value stands for it. */
static gint16 to_s16(float sample) {
  float scaled = isnan(sample) ? 0.0f : rintf(sample * 32767.0f);
  return (gint16)CLAMP(scaled, -32767.0f, 32767.0f);
}

bool wav_writer_add(WavWriter *writer, const float *samples, gint64 frames, GError **error) {
  PROFILE_HERE(PROFILE_WRITE);
  gint16 block[BLOCK_FRAMES];
  gint64 left = frames * writer->channels;
  if ((writer->frames + frames) * writer->channels * 2 > (gint64)G_MAXUINT32 - writer->data_offset) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: longer than a WAV file can be (4 GiB)"), writer->path);
    return false;
  }
  while (left > 0) {
    gint64 n = MIN(left, BLOCK_FRAMES);
    for (gint64 i = 0; i < n; i++)
      block[i] = GINT16_TO_LE(to_s16(samples[i]));
    if (fwrite(block, 2, (size_t)n, file_draft_stream(writer->draft)) != (size_t)n) {
      carnet_error_set_errno(error, errno, "%s", writer->path);
      return false;
    }
    samples += n;
    left -= n;
  }
  writer->frames += frames;
  return true;
}

static bool put_u32_at(FILE *stream, long offset, gint64 value) {
  guint8 bytes[4];
  put_u32(bytes, (guint32)value);
  return fseek(stream, offset, SEEK_SET) == 0 && fwrite(bytes, 4, 1, stream) == 1;
}

bool wav_writer_commit(WavWriter *writer, GError **error) {
  PROFILE_HERE(PROFILE_WRITE);
  FILE *stream = file_draft_stream(writer->draft);
  gint64 nbytes = writer->frames * writer->channels * 2;
  bool ok =
      put_u32_at(stream, writer->data_offset - 4, nbytes) && put_u32_at(stream, 4, nbytes + writer->data_offset - 8);
  if (!ok) {
    carnet_error_set_errno(error, errno, "%s", writer->path);
    return false;
  }
  return writer->durable ? file_draft_commit(writer->draft, error) : file_draft_commit_fast(writer->draft, error);
}

void wav_writer_free(WavWriter *writer) {
  if (!writer)
    return;
  file_draft_free(writer->draft);
  g_free(writer->path);
  g_free(writer);
}

bool wav_write(const char *path, const float *samples, gint64 frames, guint channels, const char *info, bool durable,
               GError **error) {
  g_autoptr(WavWriter) writer = wav_writer_open(path, channels, info, durable, error);
  return writer && wav_writer_add(writer, samples, frames, error) && wav_writer_commit(writer, error);
}

/* --- reading --------------------------------------------------------------- */

static bool read_at(int fd, gint64 offset, void *out, size_t nbytes) {
  size_t done = 0;
  while (done < nbytes) {
    ssize_t n = pread(fd, (char *)out + done, nbytes - done, (off_t)offset + (off_t)done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n == 0)
      errno = EIO; /* the file has become shorter */
    if (n <= 0)
      return false;
    done += (size_t)n;
  }
  return true;
}

static bool refuse(GError **error, const char *path, const char *why) {
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s: %s", path, why);
  return false;
}

static bool read_info(WavReader *wav, gint64 offset, guint32 nbytes, GError **error) {
  if (nbytes > MAX_INFO)
    return refuse(error, wav->path, _("damaged sound file"));
  g_free(wav->info);
  wav->info = g_malloc0((gsize)nbytes + 1);
  if (!read_at(wav->fd, offset, wav->info, nbytes))
    return refuse(error, wav->path, _("damaged sound file"));
  return true;
}

static bool read_format(WavReader *wav, gint64 offset, guint32 nbytes, GError **error) {
  guint8 format[16];
  if (nbytes < sizeof format || !read_at(wav->fd, offset, format, sizeof format))
    return refuse(error, wav->path, _("damaged sound file"));
  wav->channels = get_u16(format + 2);
  bool ours = get_u16(format) == 1 && (wav->channels == 1 || wav->channels == 2) && get_u32(format + 4) == FRAME_RATE &&
              get_u16(format + 14) == 16 && get_u16(format + 12) == wav->channels * 2;
  if (!ours)
    return refuse(error, wav->path, _("not 48 kHz, 16 bits, one or two channels"));
  return true;
}

static bool read_chunks(WavReader *wav, gint64 file_bytes, GError **error) {
  for (gint64 offset = RIFF_BYTES; offset + CHUNK_BYTES <= file_bytes;) {
    guint8 chunk[CHUNK_BYTES];
    if (!read_at(wav->fd, offset, chunk, sizeof chunk))
      break;
    guint32 nbytes = get_u32(chunk + 4);
    offset += CHUNK_BYTES;
    if (memcmp(chunk, "fmt ", 4) == 0 && !read_format(wav, offset, nbytes, error))
      return false;
    if (memcmp(chunk, "carn", 4) == 0 && !read_info(wav, offset, nbytes, error))
      return false;
    if (memcmp(chunk, "data", 4) == 0) {
      if (wav->channels == 0)
        break; /* samples before their format */
      if (offset + (gint64)nbytes > file_bytes)
        return refuse(error, wav->path, _("shorter than it says: damaged sound file"));
      wav->data_offset = offset;
      wav->frames = (gint64)nbytes / (2 * (gint64)wav->channels);
      return true;
    }
    offset += (gint64)nbytes + (nbytes & 1);
  }
  return refuse(error, wav->path, _("damaged sound file"));
}

WavReader *wav_reader_open(const char *path, GError **error) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a named pipe must not hold us */
  struct stat status;
  if (fd < 0 || fstat(fd, &status) != 0) {
    carnet_error_set_errno(error, errno, "%s", path);
    if (fd >= 0)
      close(fd);
    return NULL;
  }
  g_autoptr(WavReader) wav = g_new0(WavReader, 1);
  wav->fd = fd;
  wav->path = g_strdup(path);
  wav->info = g_strdup("");
  guint8 head[RIFF_BYTES];
  if (!S_ISREG(status.st_mode) || !read_at(fd, 0, head, sizeof head) || memcmp(head, "RIFF", 4) != 0 ||
      memcmp(head + 8, "WAVE", 4) != 0) {
    refuse(error, path, _("not a WAV file"));
    return NULL;
  }
  return read_chunks(wav, status.st_size, error) ? g_steal_pointer(&wav) : NULL;
}

void wav_reader_free(WavReader *wav) {
  if (!wav)
    return;
  close(wav->fd);
  g_free(wav->path);
  g_free(wav->info);
  g_free(wav);
}

gint64 wav_reader_frames(const WavReader *wav) {
  return wav->frames;
}

guint wav_reader_channels(const WavReader *wav) {
  return wav->channels;
}

const char *wav_reader_info(const WavReader *wav) {
  return wav->info;
}

gint64 wav_reader_read(const WavReader *wav, gint64 from_frame, float *out, gint64 frames, GError **error) {
  gint16 block[BLOCK_FRAMES];
  gint64 per_block = BLOCK_FRAMES / wav->channels;
  g_return_val_if_fail(from_frame >= 0, -1);
  gint64 end = from_frame + MIN(frames, MAX(wav->frames - from_frame, 0));
  gint64 done = 0;
  for (gint64 at = from_frame; at < end;) {
    gint64 n = MIN(end - at, per_block);
    gint64 samples = n * wav->channels;
    if (!read_at(wav->fd, wav->data_offset + at * wav->channels * 2, block, (size_t)samples * 2)) {
      carnet_error_set_errno(error, errno, "%s", wav->path);
      return -1;
    }
    for (gint64 i = 0; i < samples; i++)
      *out++ = MAX((float)GINT16_FROM_LE(block[i]) * (1.0f / 32767.0f), -1.0f); /* NOLINT: read_at has filled it */
    at += n;
    done += n;
  }
  return done;
}
