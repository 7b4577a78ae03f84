/* Inside web/ only: a growing file as the library gives it. */
#ifndef CARNET_WEB_GROWING_RESPONSE_H
#define CARNET_WEB_GROWING_RESPONSE_H

#include "web/growing.h"

#include <glib.h>
#include <microhttpd.h>

/* For one connection, from `from` on. Takes `fd`. NULL: there are GROWING_MOST. */
struct MHD_Response *growing_response(WebGrowing *growing, struct MHD_Connection *connection, int fd, gint64 from,
                                      const char *type);

#endif
