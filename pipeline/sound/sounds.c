#include "sound/sounds.h"

#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/wav.h"
#include "sound/decode.h"
#include "sound/measure.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Raise it when the same file would be prepared otherwise: it is part of every name in the cache. */
#define PREPARED_VERSION "prepared 3"
#define CHANNELS 2
#define FRAME_BYTES (CHANNELS * (gint64)sizeof(gint16))
#define MAX_FRAMES ((gint64)SOUND_MAX_SECONDS * FRAME_RATE)
#define BLOCK_FRAMES 4800

/* --- in the child: a sound file to 16 bits, 48 kHz, stereo, no header ---------------
 * It opens nothing: the file and the spool are lent to it. */

typedef struct {
  FILE *spool;
  gint64 frames;
  SwrContext *converter;
  AVFrame *like; /* the form that `converter` was made for */
  gint16 *buffer;
  int buffer_frames;
} Preparation;

static void preparation_clear(Preparation *work) {
  if (work->spool != NULL) {
    (void)fclose(work->spool);
  }
  lavf.swr_free(&work->converter);
  lavf.av_frame_free(&work->like);
  g_free(work->buffer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Preparation, preparation_clear)

static bool refuse_length(GError **error) {
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("longer than %d minutes"), SOUND_MAX_SECONDS / 60);
  return false;
}

/* Converts `frame` (NULL: what the converter still holds) and writes it. */
static bool convert(Preparation *work, const AVFrame *frame, GError **error) {
  int most = lavf.swr_get_out_samples(work->converter, frame != NULL ? frame->nb_samples : 0);
  if (most > work->buffer_frames) {
    work->buffer = g_renew(gint16, work->buffer, (gsize)most * CHANNELS);
    work->buffer_frames = most;
  }
  uint8_t *out = (uint8_t *)work->buffer;
  int n = lavf.swr_convert(work->converter, &out, work->buffer_frames,
                           frame != NULL ? (const uint8_t **)frame->extended_data : NULL,
                           frame != NULL ? frame->nb_samples : 0);
  if (n < 0) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, n, "%s", _("converting the sound"));
    return false;
  }
  work->frames += n;
  if (work->frames > MAX_FRAMES) {
    return refuse_length(error);
  }
  if (n > 0 && fwrite(work->buffer, (gsize)FRAME_BYTES, (gsize)n, work->spool) != (gsize)n) {
    carnet_error_set_errno(error, errno, "%s", _("cannot keep the decoded sound"));
    return false;
  }
  return true;
}

static bool flush(Preparation *work, GError **error) {
  return work->converter == NULL || convert(work, NULL, error);
}

static bool has_form_of(const AVFrame *like, const AVFrame *frame) {
  return like != NULL && like->format == frame->format && like->sample_rate == frame->sample_rate &&
         lavf.av_channel_layout_compare(&like->ch_layout, &frame->ch_layout) == 0;
}

/* Chained Ogg and some AAC change their form on the way. */
static bool fit_converter(Preparation *work, const AVFrame *frame, GError **error) {
  if (has_form_of(work->like, frame)) {
    return true;
  }
  if (!flush(work, error)) {
    return false;
  }
  lavf.swr_free(&work->converter);
  lavf.av_frame_free(&work->like);
  work->like = lavf.av_frame_clone(frame);
  work->converter =
      work->like != NULL ? sound_converter_new(frame, CHANNELS, AV_SAMPLE_FMT_S16, FRAME_RATE, error) : NULL;
  if (work->like == NULL) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, AVERROR(ENOMEM), "%s", _("converting the sound"));
  }
  return work->converter != NULL;
}

enum { LENT_FILE, LENT_SPOOL, LENT_COUNT };

static bool decode_task(const char *request, gsize nbytes, int out_fd, gpointer user, GError **error) {
  (void)request;
  (void)nbytes;
  (void)out_fd;
  (void)user;
  g_auto(Preparation) work = {0};
  g_autoptr(SoundFile) file = sound_file_open_fd(nursery_lent(LENT_FILE), error);
  if (file == NULL) {
    return false;
  }
  if (sound_file_declared_us(file) > (gint64)SOUND_MAX_SECONDS * AV_TIME_BASE) {
    return refuse_length(error);
  }
  work.spool = fdopen(nursery_lent(LENT_SPOOL), "wb");
  const AVFrame *frame = NULL;
  do {
    if (!sound_file_next(file, &frame, error) ||
        (frame != NULL && (!fit_converter(&work, frame, error) || !convert(&work, frame, error)))) {
      return false;
    }
  } while (frame != NULL);
  if (!flush(&work, error)) {
    return false;
  }
  if (fflush(work.spool) != 0) {
    carnet_error_set_errno(error, errno, "%s", _("cannot keep the decoded sound"));
    return false;
  }
  return true;
}

/* No file is opened in a sandbox, a library's neither. */
static bool load(G_GNUC_UNUSED gpointer user, G_GNUC_UNUSED GError **error) {
  lavf_start();
  return true;
}

NurseryPool *decoder_start(guint count, bool shares, GError **error) {
  static const NurseryLimits limits = {
      .memory_bytes = 256u << 20,
      .output_bytes = (guint64)(MAX_FRAMES + FRAME_RATE) * FRAME_BYTES,
      .cpu_seconds = 60,
      .deadline_ms = 90000,
      .open_files = 32,
      .alone = true,
  };
  if (shares)
    lavf_start();
  return nursery_pool_new(count, load, decode_task, NULL, &limits, error);
}

/* --- in the parent: names -------------------------------------------------------- */

/* A file without a name, on the cache's disk: a child that decodes writes to it, and it goes with
 * its last descriptor, however this process ends. A draft, for the disk on which a name cannot be
 * taken away: the next one removes it. */
static FileDraft *spool_make(const char *folder, GError **error) {
  g_autofree char *path = g_build_filename(folder, "decoded", NULL);
  FileDraft *spool = file_draft_new(path, 0600, error);
  if (spool != NULL) {
    unlink(file_draft_path(spool));
  }
  return spool;
}

/* SHA-256 of the content and of the way it is prepared. */
static char *digest_of(int fd, GError **error) {
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  g_autofree guchar *block = g_malloc(1 << 16);
  ssize_t n;
  while ((n = read(fd, block, 1 << 16)) != 0) {
    if (n < 0 && errno == EINTR) {
      continue;
    }
    if (n < 0) {
      carnet_error_set_errno(error, errno, "%s", _("reading"));
      return NULL;
    }
    g_checksum_update(sum, block, n);
  }
  return text_digest(PREPARED_VERSION, g_checksum_get_string(sum), NULL);
}

/* The link by which an unchanged file is known again. The change time is in it: nobody can set that one back. */
static char *seen_path(const char *folder, const char *path, const struct stat *status) {
  g_autofree char *whole = g_canonicalize_filename(path, NULL);
  g_autofree char *marks =
      g_strdup_printf("%ju %ju %jd %jd.%09ld %jd.%09ld", (uintmax_t)status->st_dev, (uintmax_t)status->st_ino,
                      (intmax_t)status->st_size, (intmax_t)status->st_mtim.tv_sec, status->st_mtim.tv_nsec,
                      (intmax_t)status->st_ctim.tv_sec, status->st_ctim.tv_nsec);
  g_autofree char *sum = text_digest(PREPARED_VERSION, whole, marks, NULL);
  g_autofree char *name = g_strdup_printf("seen-%.32s.wav", sum);
  return g_build_filename(folder, name, NULL);
}

/* Only a file at rest is remembered: one written again within the clock's grain would keep its marks. */
static void remember(const char *seen, const char *target, const struct stat *status) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (now.tv_sec - status->st_ctim.tv_sec < 2) {
    return;
  }
  g_autofree char *name = g_path_get_basename(target);
  unlink(seen);
  if (symlink(name, seen) != 0) {
    g_debug("%s: %s", seen, g_strerror(errno)); /* a file system without links: read again each time */
  }
}

/* True when `prepared` is there and whole. */
static bool is_there(const char *prepared, gint64 *frames) {
  g_autoptr(WavReader) wav = wav_reader_open(prepared, NULL);
  if (wav == NULL || wav_reader_channels(wav) != CHANNELS || *wav_reader_info(wav) == '\0') {
    return false;
  }
  *frames = wav_reader_frames(wav);
  return true;
}

/* --- in the parent: from the spool to the WAV -------------------------------------- */

typedef bool (*TakeBlock)(gpointer user, const float *samples, gint64 frames, GError **error);

static bool take_to_meter(gpointer user, const float *samples, gint64 frames, GError **error) {
  (void)error;
  meter_add(user, samples, frames);
  return true;
}

static bool take_to_wav(gpointer user, const float *samples, gint64 frames, GError **error) {
  return wav_writer_add(user, samples, frames, error);
}

/* How much the child wrote: its word is not taken for it, and too much is not read first. */
static bool spool_frames(int spool, gint64 *frames, GError **error) {
  struct stat status;
  if (fstat(spool, &status) != 0) {
    carnet_error_set_errno(error, errno, "%s", _("reading"));
    return false;
  }
  *frames = status.st_size / FRAME_BYTES;
  if (*frames == 0) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("holds no sound"));
    return false;
  }
  return *frames <= MAX_FRAMES || refuse_length(error);
}

/* Block by block: an hour of sound is 690 MB, of which memory sees 40 kB. */
static bool read_spool(int spool, TakeBlock take, gpointer user, gint64 *frames, GError **error) {
  gint16 block[BLOCK_FRAMES * CHANNELS];
  float samples[BLOCK_FRAMES * CHANNELS];
  gint64 whole = 0;
  if (!spool_frames(spool, &whole, error)) {
    return false;
  }
  for (*frames = 0; *frames < whole;) {
    gsize wanted = (gsize)MIN(BLOCK_FRAMES, whole - *frames) * FRAME_BYTES;
    ssize_t n = pread(spool, block, wanted, *frames * FRAME_BYTES);
    if (n < 0 && errno == EINTR) {
      continue;
    }
    if (n < FRAME_BYTES) {
      carnet_error_set_errno(error, n < 0 ? errno : EIO, "%s", _("reading"));
      return false;
    }
    gint64 count = n / FRAME_BYTES;
    for (gint64 i = 0; i < count * CHANNELS; i++) {
      samples[i] = (float)block[i] * (1.0f / 32767.0f); /* as base/wav.h reads and writes */
    }
    *frames += count;
    if (!take(user, samples, count, error)) {
      return false;
    }
  }
  return true;
}

static char *measure_spool(int spool, GError **error) {
  g_autoptr(Meter) meter = meter_new(CHANNELS, FRAME_RATE, error);
  gint64 frames = 0;
  Measure measure = {0};
  if (meter == NULL || !read_spool(spool, take_to_meter, meter, &frames, error)) {
    return NULL;
  }
  meter_finish(meter, &measure);
  g_autofree char *object = measure_format(&measure);
  measure_clear(&measure);
  return g_strdup_printf("{\"measure\":%s}", object);
}

static bool write_prepared(int spool, const char *prepared, gint64 *frames, GError **error) {
  g_autofree char *info = measure_spool(spool, error);
  g_autoptr(WavWriter) wav = info != NULL ? wav_writer_open(prepared, CHANNELS, info, false, error) : NULL;
  return wav != NULL && read_spool(spool, take_to_wav, wav, frames, error) && wav_writer_commit(wav, error);
}

static bool decode_in_child(NurseryPool *decoders, int fd, int spool, GError **error) {
  const int lent[LENT_COUNT] = {[LENT_FILE] = fd, [LENT_SPOOL] = spool};
  g_autoptr(GBytes) answer = nursery_call_lending(decoders, "", 0, lent, LENT_COUNT, error);
  return answer != NULL;
}

static bool prepare(NurseryPool *decoders, int fd, const char *folder, const char *prepared, gint64 *frames,
                    GError **error) {
  g_autoptr(FileDraft) spool = spool_make(folder, error);
  int spool_fd = spool != NULL ? fileno(file_draft_stream(spool)) : -1;
  return spool != NULL && decode_in_child(decoders, fd, spool_fd, error) &&
         write_prepared(spool_fd, prepared, frames, error);
}

/* The prepared WAV of the open file `fd`, made when it is not there. */
static char *find_or_prepare(NurseryPool *decoders, const char *path, int fd, const char *folder, gint64 *frames,
                             GError **error) {
  struct stat status;
  if (fstat(fd, &status) != 0) {
    carnet_error_set_errno(error, errno, "%s", _("reading"));
    return NULL;
  }
  if (!S_ISREG(status.st_mode)) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("not a file"));
    return NULL;
  }
  g_autofree char *seen = seen_path(folder, path, &status);
  g_autofree char *name = g_file_read_link(seen, NULL);
  if (name != NULL && is_there(seen, frames)) {
    return g_build_filename(folder, name, NULL);
  }
  g_autofree char *digest = digest_of(fd, error);
  g_autofree char *prepared = digest != NULL ? g_strconcat(folder, G_DIR_SEPARATOR_S, digest, ".wav", NULL) : NULL;
  if (prepared == NULL || (!is_there(prepared, frames) && !prepare(decoders, fd, folder, prepared, frames, error))) {
    return NULL;
  }
  remember(seen, prepared, &status);
  return g_steal_pointer(&prepared);
}

char *sound_prepare(NurseryPool *decoders, const char *path, const char *cache_folder, gint64 *frames, GError **error) {
  g_autofree char *folder = g_build_filename(cache_folder, "sounds", NULL);
  gint64 count = 0;
  if (!folder_make(folder, error)) {
    return NULL;
  }
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s: %s", path, g_strerror(errno));
    return NULL;
  }
  char *prepared = find_or_prepare(decoders, path, fd, folder, &count, error);
  close(fd);
  if (prepared == NULL) {
    g_prefix_error(error, "%s: ", path);
  } else if (frames != NULL) {
    *frames = count;
  }
  return prepared;
}
