/* Agreements: "+1", ":+1:", "d'accord" and their like, counted on what they follow. */
#ifndef CARNET_SOURCES_AGREE_H
#define CARNET_SOURCES_AGREE_H

#include <glib.h>
#include <stdbool.h>

/* How many agree when `text` says nothing else ("+2", "+1 Marie", "👍👍",
 * "d'accord avec Paul", "idem"); 0 when it is a thought of its own. */
guint agree_alone(const char *text);
/* Cuts agreements off the end of `text` (in place) and returns their count. */
guint agree_trailing(char *text);
/* Agreement that opens a thought ("+1, il faudrait aussi…"): its count, and where the thought begins. */
guint agree_leading(const char *text, const char **rest);
/* "D'accord avec Samir, il faut…": 1, and `*rest` where the thought goes on; else 0. */
guint agree_with_someone(const char *text, const char **rest);

#endif
