/* What both halves of this room share of libav* 5.1: its errors as GError, its
 * handles as g_autoptr, its messages kept off the terminal.
 *
 *   g_autoptr(AVFrame) frame = av_frame_alloc();
 *   int status = avcodec_open2(encoder, codec, NULL);
 *   if (status < 0) {
 *     lavf_set_error(error, CARNET_ERROR_SYSTEM, status, "%s: opening the encoder", name);
 *     return false;
 *   }
 */
#ifndef CARNET_SOUND_LAVF_H
#define CARNET_SOUND_LAVF_H

#include "base/error.h"

#include <glib.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
#include <stdbool.h>

/* Frees what an input made: avformat_close_input. */
typedef AVFormatContext LavfInput;

void lavf_input_free(LavfInput *input);
void lavf_frame_free(AVFrame *frame);
void lavf_packet_free(AVPacket *packet);
void lavf_codec_free(AVCodecContext *codec);
void lavf_swr_free(SwrContext *swr);
/* An AVDictionary's handle is changed by av_dict_set: `AVDictionary *options = NULL;`, then av_dict_free. */

/* libav*'s own free functions take the address of the pointer. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LavfInput, lavf_input_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AVFrame, lavf_frame_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AVPacket, lavf_packet_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AVCodecContext, lavf_codec_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SwrContext, lavf_swr_free)

/* No single allocation of libav*'s is larger: a file may declare any size. The largest of its own are tens of MB. */
#define LAVF_MOST_BYTES ((size_t)64 << 20)
/* Keeps libav*'s log off standard error, and the last message of level error
 * of each thread for lavf_set_error. Cheap; call it at the head of every
 * public function of the room that uses libav*. Thread-safe. */
void lavf_start(void);

/* Sets `*error` (kind, domain CARNET_ERROR): `WHAT: reason`, where the reason is
 * libav*'s last message of this thread when there is one, else what `status`
 * (a negative AVERROR) means. Forgets the message. ENOMEM is always SYSTEM. */
void lavf_set_error(GError **error, CarnetError kind, int status, const char *format, ...) G_GNUC_PRINTF(4, 5);
/* Forgets the last message of this thread (before a call whose failure will be told). */
void lavf_forget(void);
/* The same message without an error: true, and `*message` (g_free), when there was one. */
bool lavf_take_message(char **message);

#endif
