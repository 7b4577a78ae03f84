#include "podcast/made.h"

#include "base/digest.h"
#include "base/files.h"

#include <string.h>

#define MOST_BYTES (64u << 20)

struct Made {
  char *path;
  GHashTable *before, *now; /* name → digest of its sources */
  bool changed;
};

Made *made_load(const char *path) {
  Made *made = g_new0(Made, 1);
  made->path = g_strdup(path);
  made->before = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  made->now = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *text = file_read_text(path, MOST_BYTES, NULL);
  g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
  for (char **line = lines; *line; line++) {
    char *space = strchr(*line, ' ');
    if (space)
      g_hash_table_replace(made->before, g_strdup(space + 1), g_strndup(*line, (gsize)(space - *line)));
  }
  return made;
}

bool made_is(Made *made, const char *name, const char *source) {
  char *digest = digest_make(source, -1);
  bool same = g_strcmp0(g_hash_table_lookup(made->before, name), digest) == 0;
  made->changed = made->changed || !same;
  g_hash_table_replace(made->now, g_strdup(name), digest);
  return same;
}

static int by_name(gconstpointer a, gconstpointer b) {
  return strcmp(a, b);
}

void made_save(Made *made) {
  if (!made->changed && g_hash_table_size(made->before) == g_hash_table_size(made->now))
    return;
  g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(made->now), by_name);
  g_autoptr(GString) text = g_string_new("");
  for (GList *name = names; name; name = name->next)
    g_string_append_printf(text, "%s %s\n", (char *)g_hash_table_lookup(made->now, name->data), (char *)name->data);
  file_write(made->path, text->str, (gssize)text->len, 0600, NULL);
}

void made_free(Made *made) {
  if (!made)
    return;
  g_hash_table_unref(made->before);
  g_hash_table_unref(made->now);
  g_free(made->path);
  g_free(made);
}
