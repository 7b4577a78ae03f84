/* A meeting pad, as people really write it, becomes drafts of entries. */
#ifndef CARNET_SOURCES_PAD_H
#define CARNET_SOURCES_PAD_H

#include "sources/draft.h"

/* Longest pad that is read, bytes. */
#define PAD_MAX_BYTES (8u << 20)

/* Reads `text` (clean UTF-8 from text_from_outside). Linear in its length.
 * Returns an array of Draft* in the file's order (a reply after what it
 * answers), maybe empty; or NULL. `report` (may be NULL) is filled. */
GPtrArray *pad_read(const char *text, const SourceOptions *options, SourceReport *report, GError **error);

#endif
