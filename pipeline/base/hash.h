/* FNV-1a (Fowler, Noll, Vo; the IETF draft of Eastlake et al.), 64 bits: to tell things apart, not against anybody. */
#ifndef CARNET_BASE_HASH_H
#define CARNET_BASE_HASH_H

#include <glib.h>

guint64 hash_bytes(gconstpointer data, gsize nbytes);

#endif
