/* A folder's files over HTTP (RFC 9110): whole or a part of them, text gzipped for who takes that, and only
 * when they have changed. */
#ifndef CARNET_WEB_FILES_H
#define CARNET_WEB_FILES_H

#include <microhttpd.h>
#include <stdbool.h>

/* Answers a GET or HEAD of `path` ("/episodes/x.html"; "/": index.html) out of the folder: 200, 206, 304, 404, 416.
 * Hidden files and what lies elsewhere are not there. `*status` is for MHD_queue_response. Returns the response. */
struct MHD_Response *files_answer(int folder_fd, struct MHD_Connection *connection, const char *path, bool is_get,
                                  unsigned *status);
/* The same of a file that is open already (taken; -1: it is not there), whatever its name. `type` decides what is packed. */
struct MHD_Response *files_give(int fd, struct MHD_Connection *connection, const char *type, bool is_get,
                                unsigned *status);

#endif
