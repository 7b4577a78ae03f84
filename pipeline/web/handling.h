/* Inside web/ only: requests that a handler answers, in threads of its own: a slow one keeps neither the server nor the
 * others waiting. */
#ifndef CARNET_WEB_HANDLING_H
#define CARNET_WEB_HANDLING_H

#include "web/lines.h"
#include "web/server.h"

#include <microhttpd.h>

typedef struct Handling Handling;
/* `answerer` is copied; `lines` borrowed. Returns (handling_free), or NULL: no thread. */
Handling *handling_new(const WebAnswerer *answerer, Lines *lines, GError **error);
/* Answers what waits, then ends the threads: before the daemon ends. */
void handling_close(Handling *handling);
void handling_free(Handling *handling); /* after the daemon */
/* As MHD_AccessHandlerCallback. */
enum MHD_Result handling_take(Handling *handling, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *upload, size_t *upload_bytes, void **state);
/* A request is over, whatever became of it. */
void handling_forget(Handling *handling, void *state);

#endif
