#include "sound/recorder.h"

#include "base/clock.h"
#include "base/files.h"

#define FILE_US (3600 * US_PER_SECOND)
#define RETRY_US (60 * US_PER_SECOND)

struct Recorder {
  char *folder;
  AVFormatContext *output; /* NULL: no file is open */
  gint64 hour;             /* in which it was begun */
  gint64 first;            /* the first packet's time, taken off: a file begins at 0 */
  gint64 retry_us;         /* not before: clock_monotonic_us */
};

Recorder *recorder_new(const char *folder) {
  lavf_start();
  Recorder *recorder = g_new0(Recorder, 1);
  recorder->folder = g_strdup(folder);
  return recorder;
}

void recorder_break(Recorder *recorder) {
  if (!recorder->output)
    return;
  lavf.av_write_trailer(recorder->output);
  lavf.avio_closep(&recorder->output->pb);
  lavf.avformat_free_context(recorder->output);
  recorder->output = NULL;
}

void recorder_free(Recorder *recorder) {
  if (!recorder)
    return;
  recorder_break(recorder);
  g_free(recorder->folder);
  g_free(recorder);
}

/* What is open is dropped. Returns false. */
static bool fail(Recorder *recorder, int status, const char *path) {
  g_autoptr(GError) error = NULL;
  lavf_set_error(&error, CARNET_ERROR_SYSTEM, status, "%s", path);
  g_warning("%s", error->message);
  if (recorder->output) {
    lavf.avio_closep(&recorder->output->pb);
    lavf.avformat_free_context(recorder->output);
    recorder->output = NULL;
  }
  recorder->retry_us = clock_monotonic_us() + RETRY_US;
  return false;
}

/* "2026-11-29T03-00-05Z.mp3": a colon is no letter of a file's name everywhere. A name that is taken (the clock was set
 * back) gets a number, for what went out is not written over. Returns (g_free). */
static char *file_name(const Recorder *recorder, gint64 now_us, bool is_opus) {
  g_autofree char *instant = instant_format(now_us);
  g_strdelimit(instant, ":", '-');
  const char *ending = is_opus ? "opus" : "mp3";
  char *path = g_strdup_printf("%s/%s.%s", recorder->folder, instant, ending);
  for (guint n = 2; g_file_test(path, G_FILE_TEST_EXISTS); n++) {
    g_free(path);
    path = g_strdup_printf("%s/%s-%u.%s", recorder->folder, instant, n, ending);
  }
  return path;
}

static bool begin(Recorder *recorder, const AVStream *stream, const AVPacket *packet) {
  gint64 now_us = clock_now_us();
  bool is_opus = stream->codecpar->codec_id == AV_CODEC_ID_OPUS;
  g_autofree char *path = file_name(recorder, now_us, is_opus);
  g_autoptr(GError) error = NULL;
  if (!folder_make(recorder->folder, &error))
    return fail(recorder, AVERROR(EIO), error->message);
  lavf_forget();
  int status = lavf.avformat_alloc_output_context2(&recorder->output, NULL, is_opus ? "ogg" : "mp3", path);
  AVStream *out = status >= 0 ? lavf.avformat_new_stream(recorder->output, NULL) : NULL;
  if (!out)
    return fail(recorder, status < 0 ? status : AVERROR(ENOMEM), path);
  status = lavf.avcodec_parameters_copy(out->codecpar, stream->codecpar);
  out->codecpar->codec_tag = 0;
  out->time_base = stream->time_base;
  if (status >= 0)
    status = lavf.avio_open(&recorder->output->pb, path, AVIO_FLAG_WRITE);
  if (status >= 0)
    status = lavf.avformat_write_header(recorder->output, NULL);
  recorder->hour = now_us / FILE_US;
  recorder->first = packet->pts != AV_NOPTS_VALUE ? packet->pts : 0;
  return status >= 0 || fail(recorder, status, path);
}

void recorder_take(Recorder *recorder, const AVStream *stream, const AVPacket *packet) {
  if (recorder->output && clock_now_us() / FILE_US != recorder->hour)
    recorder_break(recorder);
  bool may_begin = clock_monotonic_us() >= recorder->retry_us;
  if (!recorder->output && (!may_begin || !begin(recorder, stream, packet)))
    return;
  g_autoptr(AVPacket) copy = lavf.av_packet_clone(packet);
  if (!copy)
    return;
  copy->stream_index = 0;
  copy->pts = packet->pts != AV_NOPTS_VALUE ? packet->pts - recorder->first : AV_NOPTS_VALUE;
  copy->dts = copy->pts;
  lavf.av_packet_rescale_ts(copy, stream->time_base, recorder->output->streams[0]->time_base);
  int status = lavf.av_write_frame(recorder->output, copy);
  if (status < 0)
    fail(recorder, status, recorder->folder);
}
