/* The lines of a pad, before anybody understands them: indentation and marker apart from the words. */
#ifndef CARNET_SOURCES_LINES_H
#define CARNET_SOURCES_LINES_H

#include <glib.h>
#include <stdbool.h>

/* What stands before the words of a line. */
typedef enum {
  MARKER_NONE,
  MARKER_BULLET,  /* • * - – — + ◦ ▪ · o > */
  MARKER_NUMBER,  /* 1. 1) a) a. 1.2. */
  MARKER_HEADING, /* Markdown's #, wiki's == ==, or a line underlined by === or --- */
} Marker;

typedef struct {
  guint number; /* in the file, from 1 */
  guint indent; /* how deep; only comparisons between lines have a meaning */
  Marker marker;
  bool blank_before; /* an empty line (or the file's start) stands before it */
  bool checkbox;     /* "[ ]" or "[x]" stood before the words */
  bool arrow;        /* "→", "=>", ">": it is deeper than the line above, which it answers */
  bool table;        /* a row of a table: its cells joined */
  bool signature;    /* "-- " of a letter stood above it */
  gunichar sign;     /* an emoji before the words ("💡 …"); 0: none */
  char *text;        /* the words: squeezed, without marker, emphasis or checkbox; never empty */
} PadLine;

/* The lines of `text` that hold words, in order; rules (----) and underlines are taken in.
 * Linear in time. Returns an array of PadLine* (g_ptr_array_unref frees all). */
GPtrArray *lines_read(const char *text);

#endif
