/* A small square of a cover, for pages: the cover itself may be megabytes. (Pictures are here because libav* is.) */
#ifndef CARNET_SOUND_THUMBNAIL_H
#define CARNET_SOUND_THUMBNAIL_H

#include <glib.h>

#define THUMBNAIL_SIDE 128 /* pixels */

/* The middle of a PNG or JPEG, as JPEG. Returns (g_bytes_unref), or NULL: INPUT when it cannot be read. */
GBytes *thumbnail_make(const char *picture_path, GError **error);

#endif
