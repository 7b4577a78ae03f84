/* Server-sent events (WHATWG HTML, 9.2): what happens is told to all who listen, at once. A listener that does not take
 * what it is given is given up: it comes back by itself, and hears how things stand. */
#ifndef CARNET_WEB_EVENTS_H
#define CARNET_WEB_EVENTS_H

#include <glib.h>
#include <stdbool.h>

typedef struct WebEvents WebEvents;
WebEvents *web_events_new(void);
void web_events_free(WebEvents *events); /* after the server that gives them */
/* `data`: one line. The last of each name is told to who comes later. */
void web_events_send(WebEvents *events, const char *name, const char *data);
/* Nothing, so that who is gone is noticed and a proxy keeps the line. */
void web_events_beat(WebEvents *events);
guint web_events_listeners(WebEvents *events);
/* The streams of one listener end, at once. */
void web_events_end(WebEvents *events, gint64 listener);
/* All lines end. */
void web_events_close(WebEvents *events);

#endif
