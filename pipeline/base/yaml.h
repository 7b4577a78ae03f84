/* YAML files with a schema (the only caller of libcyaml and libyaml).
 *
 * An unknown key, a wrong type, a missing field, a key that is there twice, an
 * alias, a second document or a syntax error is an INPUT error
 * `PATH:LINE:COLUMN: what`, at the very key or value (a missing one: where its
 * mapping begins). Numbers are plain decimals; 3.5 is no whole number. What a schema cannot say (a length that is
 * not M:SS, a voice that does not exist) the reader checks after loading, and
 * reports at its place with yaml_error_at. */
#ifndef CARNET_BASE_YAML_H
#define CARNET_BASE_YAML_H

#include <cyaml/cyaml.h>
#include <glib.h>
#include <stdbool.h>

/* Longest YAML file that is read. */
#define YAML_MAX_BYTES (4u << 20)

/* A field that is true or false: libcyaml takes any word for true; only yes, on, true and their contraries are. */
extern const cyaml_strval_t YAML_YES_NO[6];
#define YAML_SWITCH(key, type, member)                                                                                 \
  CYAML_FIELD_ENUM(key, CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT | CYAML_FLAG_CASE_INSENSITIVE, type, member,           \
                   YAML_YES_NO, 6)

/* A loaded file: `data` is the schema's C value (free all with yaml_file_free). */
typedef struct {
  char *path;
  GBytes *text;
  const cyaml_schema_value_t *schema;
  void *data;
  unsigned count; /* for a schema whose top value is a sequence */
} YamlFile;

/* Loads `path` by `schema` (a CYAML_VALUE_MAPPING pointer or a sequence).
 * Returns (free with yaml_file_free), or NULL. */
YamlFile *yaml_file_load(const char *path, const cyaml_schema_value_t *schema, GError **error);
/* The same from memory; `path` is only for messages. */
YamlFile *yaml_file_parse(const char *path, GBytes *text, const cyaml_schema_value_t *schema, GError **error);
void yaml_file_free(YamlFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(YamlFile, yaml_file_free)

/* Strings of a sequence, as libcyaml reads them. Returns (g_strfreev). */
char **yaml_strings(char *const *texts, unsigned n);

/* Sets an INPUT error `PATH:LINE:COLUMN: message` at the value named by `where`:
 * "length", "order[3].entries.kinds[0]". A place that is not found gives line 1. */
void yaml_error_at(GError **error, const YamlFile *file, const char *where, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
/* The same for a file that is no longer loaded; one that cannot be read again gives line 1. */
void yaml_error_in(GError **error, const char *path, const char *where, const char *format, ...) G_GNUC_PRINTF(4, 5);
/* Line (from 1) of the value named by `where`, 0 when it is not there. */
unsigned yaml_line_of(const YamlFile *file, const char *where, unsigned *column);
/* The lines of a top sequence's items, `file->count` of them, by one reading. Returns (g_free). */
unsigned *yaml_item_lines(const YamlFile *file);

#endif
