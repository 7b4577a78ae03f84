/* A request from its heads to its answer: who asks, may he, what for. Inside desk/ only. */
#ifndef CARNET_DESK_SERVE_H
#define CARNET_DESK_SERVE_H

#include "web/call.h"

/* A WebAnswerer's (web/server.h): `user` is the Desk, what is a thread's own its station and its store. */
gpointer serve_begin(gpointer user);
void serve_answer(const WebRequest *request, WebReply *reply, gpointer own);
void serve_end(gpointer own);
gsize serve_body_most(const WebRequest *request, gpointer user);

#endif
