/* Inside web/ only: events as the library gives them. */
#ifndef CARNET_WEB_EVENTS_RESPONSE_H
#define CARNET_WEB_EVENTS_RESPONSE_H

#include "web/events.h"

#include <microhttpd.h>

#define LISTENERS_MOST 500u
#define STREAMS_EACH 8u

/* The stream for one connection, of `listener`, of events named `only` (NULL: all). One more than STREAMS_EACH of his ends
 * his oldest. NULL: there are LISTENERS_MOST. */
struct MHD_Response *events_response(WebEvents *events, struct MHD_Connection *connection, gint64 listener,
                                     const char *only);

#endif
