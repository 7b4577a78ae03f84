/* libavfilter, opened when the first voice is polished and not before: with its 30 libraries it is half of what
 * starting the program costs, and most verbs never speak. */
#ifndef CARNET_SOUND_FILTERS_H
#define CARNET_SOUND_FILTERS_H

#include <glib.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>

/* The functions of libavfilter that are used, each by its own name and type. */
typedef struct {
  __typeof__(av_buffersink_get_frame) *av_buffersink_get_frame;
  __typeof__(av_buffersrc_add_frame) *av_buffersrc_add_frame;
  __typeof__(avfilter_get_by_name) *avfilter_get_by_name;
  __typeof__(avfilter_graph_alloc) *avfilter_graph_alloc;
  __typeof__(avfilter_graph_config) *avfilter_graph_config;
  __typeof__(avfilter_graph_create_filter) *avfilter_graph_create_filter;
  __typeof__(avfilter_graph_free) *avfilter_graph_free;
  __typeof__(avfilter_graph_parse2) *avfilter_graph_parse2;
  __typeof__(avfilter_inout_free) *avfilter_inout_free;
  __typeof__(avfilter_link) *avfilter_link;
} Filters;

/* The same for the life of the program; NULL with SYSTEM when the library is not there or memory is short (asked
 * again, it is tried again). Thread-safe. */
const Filters *filters_open(GError **error);

#endif
