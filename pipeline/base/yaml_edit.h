/* One value of a YAML text read or changed, all the rest of it (comments, order, style) left as a person wrote it. */
#ifndef CARNET_BASE_YAML_EDIT_H
#define CARNET_BASE_YAML_EDIT_H

#include <glib.h>

/* `where` is a key, or a key of a top key's mapping: "name", "run.late". */

/* The value as it reads, NULL: it is not there, or is a list or a mapping. Returns (g_free). */
char *yaml_value(const char *text, const char *where);

/* All of them by one reading: "where" → what yaml_value gives. Returns (g_hash_table_unref): none of a text that is no
 * YAML. */
GHashTable *yaml_values(const char *text);

/* The text with that value, written so that it reads back as `value`; NULL takes it out, with a section that is left
 * without any. Returns (g_free), or NULL with INPUT: it is a list or a mapping, or stands in a way that only a person
 * changes (a second document behind it, an anchor). The rest is not looked at: parse what is returned. */
char *yaml_edit(const char *text, const char *where, const char *value, GError **error);

#endif
