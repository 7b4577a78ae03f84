/* Addresses inside a text: kept as links, taken out of what is read. */
#ifndef CARNET_SOURCES_LINKS_H
#define CARNET_SOURCES_LINKS_H

#include <glib.h>

/* Takes each http, https, ftp and www address out of `text` (Markdown's
 * [words](address) leaves its words) and adds it to `list` (char*, once each).
 * Punctuation that closes the sentence is not of the address; balanced
 * parentheses are. What is left is tidied: no "()", no "voir :" hanging.
 * Returns (g_free): the text to read, "" when there was nothing else. */
char *links_take(const char *text, GPtrArray *list);
/* "framapad.org" of "https://www.framapad.org/x". Returns (g_free). */
char *links_host(const char *link);

#endif
