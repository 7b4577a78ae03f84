/* A station's cover: a PNG or a JPEG picture, put into the three ways that files carry one. */
#include "fuzz.h"

#include "sound/lavf.h"
#include "sound/tags.h"

static void put_cover(const char *path, SoundFormat format, const char *muxer) {
  AVFormatContext *output = NULL;
  g_autoptr(AVPacket) packet = NULL;
  GError *error = NULL;
  lavf_start();
  if (avformat_alloc_output_context2(&output, NULL, muxer, NULL) < 0)
    g_error("no muxer %s", muxer);
  if (!cover_apply(output, format, path, &packet, &error))
    fuzz_refused(error);
  else
    promise(packet == NULL || (packet->size > 0 && output->nb_streams == 1));
  avformat_free_context(output);
}

static void fuzz_cover(const guint8 *data, gsize nbytes) {
  const char *path = fuzz_file(data, nbytes);
  put_cover(path, FORMAT_MP3, "mp3");
  put_cover(path, FORMAT_OPUS, "opus");
  put_cover(path, FORMAT_FLAC, "flac");
}

FUZZ_TARGET(fuzz_cover)
