/* Pages and figures for a browser or a program: the only caller of libmicrohttpd. A thread of its own answers; what it
 * answers with is put there by others, so that nobody who asks ever waits for them or they for him; or a handler in threads
 * of its own does. Who takes longer than 20 seconds to say what he wants is cut off. */
#ifndef CARNET_WEB_SERVER_H
#define CARNET_WEB_SERVER_H

#include "web/call.h"

#include <glib.h>
#include <stdbool.h>

/* Who answers what no page of ours does, in threads of its own. */
typedef struct {
  guint n_threads;
  gpointer (*begin)(gpointer user); /* in each thread, before the first: what is its own */
  WebHandler answer;                /* with that */
  void (*end)(gpointer own);
  gsize (*body_most)(const WebRequest *request,
                     gpointer user); /* bytes; its heads alone are there. The server's thread. */
  gsize bodies_most;                 /* of all that come at once */
  gpointer user;
} WebAnswerer;

typedef struct WebServer WebServer;
/* Listens on 127.0.0.1:`port` (0: one that is free), or on every address of the machine. Returns (web_server_free), or
 * NULL: AGAIN when the port is taken. */
WebServer *web_server_new(unsigned port, bool everywhere, GError **error);
/* Gives the files of a folder (files.h) where there is no page of ours. The folder may come and go. */
void web_server_share(WebServer *server, const char *folder);
/* The same with an answerer (copied): then there are neither pages nor files but its own. */
WebServer *web_server_new_answering(unsigned port, bool everywhere, const WebAnswerer *answerer, GError **error);
void web_server_free(WebServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WebServer, web_server_free)
unsigned web_server_port(const WebServer *server);
/* What is answered at `path` ("/metrics") from now on; takes `text`, copies the rest. */
void web_server_put(WebServer *server, const char *path, const char *type, char *text);

#endif
