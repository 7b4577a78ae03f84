/* What both halves of this room share of libav* 5.1: its errors as GError, its
 * handles as g_autoptr, its messages kept off the terminal.
 *
 *   g_autoptr(AVFrame) frame = lavf.av_frame_alloc();
 *   int status = lavf.avcodec_open2(encoder, codec, NULL);
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
#include <libavutil/avstring.h>
#include <libavutil/channel_layout.h>
#include <libavutil/crc.h>
#include <libavutil/opt.h>
#include <libavutil/tx.h>
#include <libswresample/swresample.h>
#include <stdbool.h>

/* The functions of libavformat and of what it stands on (libavcodec, libswresample, libavutil) that this room calls, each by
 * its own name and type: `lavf.av_frame_alloc()`. They are there from the first lavf_start on. */
typedef struct {
  __typeof__(av_channel_layout_compare) *av_channel_layout_compare;
  __typeof__(av_channel_layout_default) *av_channel_layout_default;
  __typeof__(av_channel_layout_uninit) *av_channel_layout_uninit;
  __typeof__(av_crc) *av_crc;
  __typeof__(av_crc_get_table) *av_crc_get_table;
  __typeof__(av_dict_free) *av_dict_free;
  __typeof__(av_dict_parse_string) *av_dict_parse_string;
  __typeof__(av_dict_set) *av_dict_set;
  __typeof__(av_dict_set_int) *av_dict_set_int;
  __typeof__(av_find_best_stream) *av_find_best_stream;
  __typeof__(av_frame_alloc) *av_frame_alloc;
  __typeof__(av_frame_clone) *av_frame_clone;
  __typeof__(av_frame_free) *av_frame_free;
  __typeof__(av_frame_get_buffer) *av_frame_get_buffer;
  __typeof__(av_frame_make_writable) *av_frame_make_writable;
  __typeof__(av_frame_unref) *av_frame_unref;
  __typeof__(av_free) *av_free;
  __typeof__(av_freep) *av_freep;
  __typeof__(av_get_token) *av_get_token;
  __typeof__(av_log_set_callback) *av_log_set_callback;
  __typeof__(av_log_set_level) *av_log_set_level;
  __typeof__(av_malloc) *av_malloc;
  __typeof__(av_mallocz) *av_mallocz;
  __typeof__(av_max_alloc) *av_max_alloc;
  __typeof__(av_new_packet) *av_new_packet;
  __typeof__(av_opt_set_double) *av_opt_set_double;
  __typeof__(av_opt_set_int) *av_opt_set_int;
  __typeof__(av_opt_set_sample_fmt) *av_opt_set_sample_fmt;
  __typeof__(av_packet_alloc) *av_packet_alloc;
  __typeof__(av_packet_clone) *av_packet_clone;
  __typeof__(av_packet_free) *av_packet_free;
  __typeof__(av_packet_get_side_data) *av_packet_get_side_data;
  __typeof__(av_packet_rescale_ts) *av_packet_rescale_ts;
  __typeof__(av_packet_unref) *av_packet_unref;
  __typeof__(av_read_frame) *av_read_frame;
  __typeof__(av_realloc_array) *av_realloc_array;
  __typeof__(av_rescale) *av_rescale;
  __typeof__(av_rescale_q) *av_rescale_q;
  __typeof__(av_strerror) *av_strerror;
  __typeof__(av_tx_init) *av_tx_init;
  __typeof__(av_tx_uninit) *av_tx_uninit;
  __typeof__(av_write_frame) *av_write_frame;
  __typeof__(av_write_trailer) *av_write_trailer;
  __typeof__(avcodec_alloc_context3) *avcodec_alloc_context3;
  __typeof__(avcodec_find_decoder) *avcodec_find_decoder;
  __typeof__(avcodec_find_encoder) *avcodec_find_encoder;
  __typeof__(avcodec_find_encoder_by_name) *avcodec_find_encoder_by_name;
  __typeof__(avcodec_free_context) *avcodec_free_context;
  __typeof__(avcodec_get_name) *avcodec_get_name;
  __typeof__(avcodec_open2) *avcodec_open2;
  __typeof__(avcodec_parameters_copy) *avcodec_parameters_copy;
  __typeof__(avcodec_parameters_from_context) *avcodec_parameters_from_context;
  __typeof__(avcodec_parameters_to_context) *avcodec_parameters_to_context;
  __typeof__(avcodec_receive_frame) *avcodec_receive_frame;
  __typeof__(avcodec_receive_packet) *avcodec_receive_packet;
  __typeof__(avcodec_send_frame) *avcodec_send_frame;
  __typeof__(avcodec_send_packet) *avcodec_send_packet;
  __typeof__(avformat_alloc_context) *avformat_alloc_context;
  __typeof__(avformat_alloc_output_context2) *avformat_alloc_output_context2;
  __typeof__(avformat_close_input) *avformat_close_input;
  __typeof__(avformat_find_stream_info) *avformat_find_stream_info;
  __typeof__(avformat_free_context) *avformat_free_context;
  __typeof__(avformat_new_stream) *avformat_new_stream;
  __typeof__(avformat_open_input) *avformat_open_input;
  __typeof__(avformat_write_header) *avformat_write_header;
  __typeof__(avio_alloc_context) *avio_alloc_context;
  __typeof__(avio_closep) *avio_closep;
  __typeof__(avio_context_free) *avio_context_free;
  __typeof__(avio_open) *avio_open;
  __typeof__(avio_open2) *avio_open2;
  __typeof__(avio_read_partial) *avio_read_partial;
  __typeof__(swr_alloc_set_opts2) *swr_alloc_set_opts2;
  __typeof__(swr_convert) *swr_convert;
  __typeof__(swr_free) *swr_free;
  __typeof__(swr_get_out_samples) *swr_get_out_samples;
  __typeof__(swr_init) *swr_init;
  __typeof__(swr_set_matrix) *swr_set_matrix;
} LavfFunctions;
extern LavfFunctions lavf;

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
/* Opens libav*, when nobody has yet: with the hundred libraries that it needs itself it is most of what a start of the
 * program costs, and most verbs have nothing to do with sound. One that is not there, or memory that is short, ends the
 * program with status 5. Keeps its log off standard error, and the last message of level error of each thread for
 * lavf_set_error. Cheap from the second time on; call it at the head of every public function of the room that uses libav*,
 * and before what uses it is shut in (no file can be opened in a sandbox). Thread-safe. */
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
