/* A CSV file with a header row becomes drafts of entries (RFC 4180, with "," ";" or tab). */
#ifndef CARNET_SOURCES_CSV_H
#define CARNET_SOURCES_CSV_H

#include "sources/draft.h"

#define CSV_MAX_BYTES (32u << 20)

/* Columns are named as in `carnet entries --json`, or their French names (the
 * map is one const table; see sources/README.md); only `text` is required. An unknown column is a
 * note in the report; a bad value is INPUT with NAME:LINE and the column.
 * Returns an array of Draft*, or NULL. */
GPtrArray *csv_read(const char *name, const char *text, const SourceOptions *options, SourceReport *report,
                    GError **error);

#endif
