/* Delimited text (RFC 4180): rows of fields, quoted or not. */
#ifndef CARNET_SOURCES_TABLE_H
#define CARNET_SOURCES_TABLE_H

#include <glib.h>

/* A table of notes has a dozen; a line of a million signs is none. */
#define TABLE_COLUMNS_MOST 1000

typedef struct {
  guint line;   /* where it begins, from 1 */
  char **cells; /* NULL ended */
  guint n;
} TableRow;

/* "," ";" tab or "|": the one that the header row holds most often outside quotes. */
char table_delimiter(const char *text);
/* Every row that is not empty. A quote that never closes, or a row of too many columns, is INPUT with NAME:LINE.
 * Returns an array of TableRow* (g_ptr_array_unref frees all), or NULL. */
GPtrArray *table_read(const char *name, const char *text, char delimiter, GError **error);

#endif
