#include "sound/filters.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/library.h"

#include <dlfcn.h>
#include <libavutil/macros.h>
#include <stdbool.h>
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

const Filters *filters_open(GError **error) {
  static GMutex lock;
  static Filters filters;
  static bool is_open;
  g_mutex_lock(&lock);
  if (!is_open) {
    is_open = library_open(LIBRARY, functions, G_N_ELEMENTS(functions), &filters);
    if (!is_open) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("the voices' filters: %s"), dlerror());
    }
  }
  const Filters *opened = is_open ? &filters : NULL;
  g_mutex_unlock(&lock);
  return opened;
}
