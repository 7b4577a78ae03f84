#include "sound/lavf.h"

#include "base/memory.h"
#include "sound/lavf_open.h"

#include <dlfcn.h>
#include <libavutil/log.h>
#include <libavutil/mem.h>
#include <string.h>

static GPrivate last_message = G_PRIVATE_INIT(g_free);

void lavf_input_free(LavfInput *input) {
  lavf.avformat_close_input(&input);
}

void lavf_frame_free(AVFrame *frame) {
  lavf.av_frame_free(&frame);
}

void lavf_packet_free(AVPacket *packet) {
  lavf.av_packet_free(&packet);
}

void lavf_codec_free(AVCodecContext *codec) {
  lavf.avcodec_free_context(&codec);
}

void lavf_swr_free(SwrContext *swr) {
  lavf.swr_free(&swr);
}

/* libav* may call this from its own threads; each thread keeps its own message. */
static void keep_message(void *context, int level, const char *format, va_list arguments) {
  (void)context;
  if (level > AV_LOG_ERROR) {
    return;
  }
  char *message = g_strdup_vprintf(format, arguments);
  g_strstrip(message);
  if (*message == '\0') {
    g_free(message);
    return;
  }
  g_private_replace(&last_message, message);
}

void lavf_start(void) {
  static gsize once = 0;
  if (g_once_init_enter(&once)) {
    if (!lavf_open())
      memory_end(dlerror());
    lavf.av_log_set_level(AV_LOG_ERROR);
    lavf.av_log_set_callback(keep_message);
    lavf.av_max_alloc(LAVF_MOST_BYTES);
    g_once_init_leave(&once, 1);
  }
}

void lavf_forget(void) {
  g_private_replace(&last_message, NULL);
}

bool lavf_take_message(char **message) {
  *message = g_strdup(g_private_get(&last_message));
  lavf_forget();
  return *message != NULL;
}

void lavf_set_error(GError **error, CarnetError kind, int status, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *what = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_autofree char *message = NULL;
  if (!lavf_take_message(&message)) {
    char reason[AV_ERROR_MAX_STRING_SIZE] = "";
    lavf.av_strerror(status, reason, sizeof reason);
    message = g_strdup(reason);
  }
  if (status == AVERROR(ENOMEM)) {
    kind = CARNET_ERROR_SYSTEM;
  }
  g_set_error(error, CARNET_ERROR, (gint)kind, "%s: %s", what, message);
}
