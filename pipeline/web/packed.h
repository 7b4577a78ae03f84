/* A file given gzipped (RFC 1952) to who asks for that: it is packed piece by piece as the client takes it, so that
 * neither a long feed nor a slow client costs more than some ten kilobytes. */
#ifndef CARNET_WEB_PACKED_H
#define CARNET_WEB_PACKED_H

#include <microhttpd.h>
#include <stdbool.h>

/* Whether an Accept-Encoding (RFC 9110, 12.5.3; may be NULL) takes gzip: named, or by "*", and not with a q of 0. */
bool packed_is_accepted(const char *accept_encoding);
/* The rest of `fd` with its Content-Encoding. Takes `fd`, unless it returns NULL: so many are packed at once already
 * (a packer has a quarter of a megabyte) that this one is better given as it is. */
struct MHD_Response *packed_response(int fd);

#endif
