#include "sound/thumbnail.h"

#include "base/files.h"
#include "base/i18n.h"
#include "sound/filters.h"
#include "sound/lavf.h"

#include <string.h>

#define PICTURE_MAX_BYTES (16u << 20)
#define SIDE_MOST 8192 /* pixels of what is read */
#define QUALITY 5      /* of 2 (best) to 31 */

static bool step_failed(int status, const char *what, GError **error) {
  if (status < 0)
    lavf_set_error(error, CARNET_ERROR_INPUT, status, "%s", what);
  return status < 0;
}

static AVFrame *decode(GBytes *bytes, const char *path, GError **error) {
  gsize n = 0;
  const guint8 *data = g_bytes_get_data(bytes, &n);
  bool is_png = n > 8 && memcmp(data, "\x89PNG", 4) == 0;
  const AVCodec *codec = lavf.avcodec_find_decoder(is_png ? AV_CODEC_ID_PNG : AV_CODEC_ID_MJPEG);
  g_autoptr(AVCodecContext) decoder = codec ? lavf.avcodec_alloc_context3(codec) : NULL;
  g_autoptr(AVPacket) packet = lavf.av_packet_alloc();
  g_autoptr(AVFrame) frame = lavf.av_frame_alloc();
  int status = decoder && packet && frame ? lavf.av_new_packet(packet, (int)n) : AVERROR(ENOMEM);
  if (status >= 0) {
    if (n > 0)
      memcpy(packet->data, data, n);
    decoder->thread_count = 1;
    decoder->max_pixels = (gint64)SIDE_MOST * SIDE_MOST;
    status = lavf.avcodec_open2(decoder, codec, NULL);
  }
  status = status < 0 ? status : lavf.avcodec_send_packet(decoder, packet);
  status = status < 0 ? status : lavf.avcodec_receive_frame(decoder, frame);
  return step_failed(status, path, error) ? NULL : g_steal_pointer(&frame);
}

static AVFilterContext *find_filter(const AVFilterGraph *graph, const char *name) {
  for (unsigned i = 0; i < graph->nb_filters; i++)
    if (strcmp(graph->filters[i]->filter->name, name) == 0)
      return graph->filters[i];
  return NULL;
}

/* The middle square of `frame`, THUMBNAIL_SIDE wide, as JPEG has its colours. */
static AVFrame *shrink(const Filters *filters, AVFrame *frame, const char *path, GError **error) {
  g_autofree char *chain = g_strdup_printf(
      "buffer=video_size=%dx%d:pix_fmt=%d:time_base=1/1,scale=%d:%d:force_original_aspect_ratio=increase:"
      "flags=area,crop=%d:%d,format=yuvj420p,buffersink",
      frame->width, frame->height, frame->format, THUMBNAIL_SIDE, THUMBNAIL_SIDE, THUMBNAIL_SIDE, THUMBNAIL_SIDE);
  AVFilterGraph *graph = filters->avfilter_graph_alloc();
  AVFilterInOut *inputs = NULL, *outputs = NULL;
  g_autoptr(AVFrame) small = lavf.av_frame_alloc();
  int status = graph && small ? filters->avfilter_graph_parse2(graph, chain, &inputs, &outputs) : AVERROR(ENOMEM);
  status = status < 0 ? status : filters->avfilter_graph_config(graph, NULL);
  status = status < 0 ? status : filters->av_buffersrc_add_frame(find_filter(graph, "buffer"), frame);
  status = status < 0 ? status : filters->av_buffersink_get_frame(find_filter(graph, "buffersink"), small);
  filters->avfilter_inout_free(&inputs);
  filters->avfilter_inout_free(&outputs);
  filters->avfilter_graph_free(&graph);
  return step_failed(status, path, error) ? NULL : g_steal_pointer(&small);
}

static GBytes *encode(AVFrame *frame, const char *path, GError **error) {
  const AVCodec *codec = lavf.avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  g_autoptr(AVCodecContext) encoder = codec ? lavf.avcodec_alloc_context3(codec) : NULL;
  g_autoptr(AVPacket) packet = lavf.av_packet_alloc();
  int status = encoder && packet ? 0 : AVERROR(ENOMEM);
  if (status == 0) {
    encoder->width = frame->width;
    encoder->height = frame->height;
    encoder->pix_fmt = AV_PIX_FMT_YUVJ420P;
    encoder->time_base = (AVRational){1, 1};
    encoder->flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT;
    encoder->global_quality = FF_QP2LAMBDA * QUALITY;
    encoder->thread_count = 1;
    frame->quality = encoder->global_quality;
    frame->pict_type = AV_PICTURE_TYPE_I;
    frame->pts = 0;
    status = lavf.avcodec_open2(encoder, codec, NULL);
  }
  status = status < 0 ? status : lavf.avcodec_send_frame(encoder, frame);
  status = status < 0 ? status : lavf.avcodec_receive_packet(encoder, packet);
  return step_failed(status, path, error) ? NULL : g_bytes_new(packet->data, (gsize)packet->size);
}

GBytes *thumbnail_make(const char *picture_path, GError **error) {
  lavf_start();
  lavf_forget();
  const Filters *filters = filters_open(error);
  g_autoptr(GBytes) bytes = filters ? file_read(picture_path, PICTURE_MAX_BYTES, error) : NULL;
  g_autoptr(AVFrame) frame = bytes ? decode(bytes, picture_path, error) : NULL;
  g_autoptr(AVFrame) small = frame ? shrink(filters, frame, picture_path, error) : NULL;
  return small ? encode(small, picture_path, error) : NULL;
}
