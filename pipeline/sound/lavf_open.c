#include "sound/lavf_open.h"

#include "base/library.h"
#include "sound/lavf.h"

#include <libavutil/macros.h>
#include <stddef.h>

/* The library of the headers that this was compiled with, no other; what it stands on is found through it. */
#define LIBRARY "libavformat.so." AV_STRINGIFY(LIBAVFORMAT_VERSION_MAJOR)

LavfFunctions lavf;

/* clang-format off */
static const LibraryFunction functions[] = {
    {"av_channel_layout_compare",       offsetof(LavfFunctions, av_channel_layout_compare)},
    {"av_channel_layout_default",       offsetof(LavfFunctions, av_channel_layout_default)},
    {"av_channel_layout_uninit",        offsetof(LavfFunctions, av_channel_layout_uninit)},
    {"av_crc",                          offsetof(LavfFunctions, av_crc)},
    {"av_crc_get_table",                offsetof(LavfFunctions, av_crc_get_table)},
    {"av_dict_free",                    offsetof(LavfFunctions, av_dict_free)},
    {"av_dict_parse_string",            offsetof(LavfFunctions, av_dict_parse_string)},
    {"av_dict_set",                     offsetof(LavfFunctions, av_dict_set)},
    {"av_dict_set_int",                 offsetof(LavfFunctions, av_dict_set_int)},
    {"av_find_best_stream",             offsetof(LavfFunctions, av_find_best_stream)},
    {"av_frame_alloc",                  offsetof(LavfFunctions, av_frame_alloc)},
    {"av_frame_clone",                  offsetof(LavfFunctions, av_frame_clone)},
    {"av_frame_free",                   offsetof(LavfFunctions, av_frame_free)},
    {"av_frame_get_buffer",             offsetof(LavfFunctions, av_frame_get_buffer)},
    {"av_frame_make_writable",          offsetof(LavfFunctions, av_frame_make_writable)},
    {"av_frame_unref",                  offsetof(LavfFunctions, av_frame_unref)},
    {"av_free",                         offsetof(LavfFunctions, av_free)},
    {"av_freep",                        offsetof(LavfFunctions, av_freep)},
    {"av_get_token",                    offsetof(LavfFunctions, av_get_token)},
    {"av_log_set_callback",             offsetof(LavfFunctions, av_log_set_callback)},
    {"av_log_set_level",                offsetof(LavfFunctions, av_log_set_level)},
    {"av_malloc",                       offsetof(LavfFunctions, av_malloc)},
    {"av_mallocz",                      offsetof(LavfFunctions, av_mallocz)},
    {"av_max_alloc",                    offsetof(LavfFunctions, av_max_alloc)},
    {"av_new_packet",                   offsetof(LavfFunctions, av_new_packet)},
    {"av_opt_set_double",               offsetof(LavfFunctions, av_opt_set_double)},
    {"av_opt_set_int",                  offsetof(LavfFunctions, av_opt_set_int)},
    {"av_opt_set_sample_fmt",           offsetof(LavfFunctions, av_opt_set_sample_fmt)},
    {"av_packet_alloc",                 offsetof(LavfFunctions, av_packet_alloc)},
    {"av_packet_clone",                 offsetof(LavfFunctions, av_packet_clone)},
    {"av_packet_free",                  offsetof(LavfFunctions, av_packet_free)},
    {"av_packet_get_side_data",         offsetof(LavfFunctions, av_packet_get_side_data)},
    {"av_packet_rescale_ts",            offsetof(LavfFunctions, av_packet_rescale_ts)},
    {"av_packet_unref",                 offsetof(LavfFunctions, av_packet_unref)},
    {"av_read_frame",                   offsetof(LavfFunctions, av_read_frame)},
    {"av_realloc_array",                offsetof(LavfFunctions, av_realloc_array)},
    {"av_rescale",                      offsetof(LavfFunctions, av_rescale)},
    {"av_rescale_q",                    offsetof(LavfFunctions, av_rescale_q)},
    {"av_strerror",                     offsetof(LavfFunctions, av_strerror)},
    {"av_tx_init",                      offsetof(LavfFunctions, av_tx_init)},
    {"av_tx_uninit",                    offsetof(LavfFunctions, av_tx_uninit)},
    {"av_write_frame",                  offsetof(LavfFunctions, av_write_frame)},
    {"av_write_trailer",                offsetof(LavfFunctions, av_write_trailer)},
    {"avcodec_alloc_context3",          offsetof(LavfFunctions, avcodec_alloc_context3)},
    {"avcodec_find_decoder",            offsetof(LavfFunctions, avcodec_find_decoder)},
    {"avcodec_find_encoder",            offsetof(LavfFunctions, avcodec_find_encoder)},
    {"avcodec_find_encoder_by_name",    offsetof(LavfFunctions, avcodec_find_encoder_by_name)},
    {"avcodec_free_context",            offsetof(LavfFunctions, avcodec_free_context)},
    {"avcodec_get_name",                offsetof(LavfFunctions, avcodec_get_name)},
    {"avcodec_open2",                   offsetof(LavfFunctions, avcodec_open2)},
    {"avcodec_parameters_copy",         offsetof(LavfFunctions, avcodec_parameters_copy)},
    {"avcodec_parameters_from_context", offsetof(LavfFunctions, avcodec_parameters_from_context)},
    {"avcodec_parameters_to_context",   offsetof(LavfFunctions, avcodec_parameters_to_context)},
    {"avcodec_receive_frame",           offsetof(LavfFunctions, avcodec_receive_frame)},
    {"avcodec_receive_packet",          offsetof(LavfFunctions, avcodec_receive_packet)},
    {"avcodec_send_frame",              offsetof(LavfFunctions, avcodec_send_frame)},
    {"avcodec_send_packet",             offsetof(LavfFunctions, avcodec_send_packet)},
    {"avformat_alloc_context",          offsetof(LavfFunctions, avformat_alloc_context)},
    {"avformat_alloc_output_context2",  offsetof(LavfFunctions, avformat_alloc_output_context2)},
    {"avformat_close_input",            offsetof(LavfFunctions, avformat_close_input)},
    {"avformat_find_stream_info",       offsetof(LavfFunctions, avformat_find_stream_info)},
    {"avformat_free_context",           offsetof(LavfFunctions, avformat_free_context)},
    {"avformat_new_stream",             offsetof(LavfFunctions, avformat_new_stream)},
    {"avformat_open_input",             offsetof(LavfFunctions, avformat_open_input)},
    {"avformat_write_header",           offsetof(LavfFunctions, avformat_write_header)},
    {"avio_alloc_context",              offsetof(LavfFunctions, avio_alloc_context)},
    {"avio_closep",                     offsetof(LavfFunctions, avio_closep)},
    {"avio_context_free",               offsetof(LavfFunctions, avio_context_free)},
    {"avio_open",                       offsetof(LavfFunctions, avio_open)},
    {"avio_open2",                      offsetof(LavfFunctions, avio_open2)},
    {"avio_read_partial",               offsetof(LavfFunctions, avio_read_partial)},
    {"swr_alloc_set_opts2",             offsetof(LavfFunctions, swr_alloc_set_opts2)},
    {"swr_convert",                     offsetof(LavfFunctions, swr_convert)},
    {"swr_free",                        offsetof(LavfFunctions, swr_free)},
    {"swr_get_out_samples",             offsetof(LavfFunctions, swr_get_out_samples)},
    {"swr_init",                        offsetof(LavfFunctions, swr_init)},
    {"swr_set_matrix",                  offsetof(LavfFunctions, swr_set_matrix)},
};
/* clang-format on */

bool lavf_open(void) {
  return library_open(LIBRARY, functions, G_N_ELEMENTS(functions), &lavf);
}
