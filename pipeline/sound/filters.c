#include "sound/filters.h"

#include "base/i18n.h"
#include "base/library.h"

#include <libavutil/macros.h>
#include <stddef.h>

/* The library of the headers that this was compiled with, no other. */
#define LIBRARY "libavfilter.so." AV_STRINGIFY(LIBAVFILTER_VERSION_MAJOR)

/* clang-format off */
static const LibraryFunction functions[] = {
    {"av_buffersink_get_frame",      offsetof(Filters, av_buffersink_get_frame)},
    {"av_buffersrc_add_frame",       offsetof(Filters, av_buffersrc_add_frame)},
    {"avfilter_get_by_name",         offsetof(Filters, avfilter_get_by_name)},
    {"avfilter_graph_alloc",         offsetof(Filters, avfilter_graph_alloc)},
    {"avfilter_graph_config",        offsetof(Filters, avfilter_graph_config)},
    {"avfilter_graph_create_filter", offsetof(Filters, avfilter_graph_create_filter)},
    {"avfilter_graph_free",          offsetof(Filters, avfilter_graph_free)},
    {"avfilter_graph_parse2",        offsetof(Filters, avfilter_graph_parse2)},
    {"avfilter_inout_free",          offsetof(Filters, avfilter_inout_free)},
    {"avfilter_link",                offsetof(Filters, avfilter_link)},
};
/* clang-format on */

static Filters filters;
static Library library = {.file = LIBRARY, .functions = functions, .n = G_N_ELEMENTS(functions), .table = &filters};

const Filters *filters_open(GError **error) {
  return library_need(&library, _("the voices' filters: %s"), error) ? &filters : NULL;
}
