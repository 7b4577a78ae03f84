/* Files and folders that need not be there: what is missing is no error, what is there and cannot be read is one.
 *
 * There is what has a name: a link that leads nowhere is, so that a share which is away is not taken for a station that
 * never had the file. */
#ifndef CARNET_BASE_OPTIONAL_H
#define CARNET_BASE_OPTIONAL_H

#include <glib.h>
#include <stdbool.h>

bool optional_is_missing(const char *path);
/* `*text` (g_free) is NULL when nothing is there. */
bool optional_read_text(const char *path, gsize max_bytes, char **text, GError **error);
/* The names in `folder` that end in `ending`, hidden ones left out, in the order of their bytes; none where there is no
 * folder. Returns char* (g_ptr_array_unref), or NULL. */
GPtrArray *optional_names(const char *folder, const char *ending, GError **error);

#endif
