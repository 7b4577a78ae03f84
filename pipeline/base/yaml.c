#include "base/yaml.h"

#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/yaml_check.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

const cyaml_strval_t YAML_YES_NO[6] = {{"false", 0}, {"no", 0}, {"off", 0}, {"true", 1}, {"yes", 1}, {"on", 1}};

/* --- loading --------------------------------------------------------------- */

/* yaml_check has told a person's mistakes already, at their place: what is left
 * for libcyaml to say is kept as it says it. */
static void keep_log(cyaml_log_t level, void *context, const char *format, va_list arguments) {
  GString *log = context;
  if (level < CYAML_LOG_ERROR || log->len > 0)
    return;
  g_string_append_vprintf(log, format, arguments);
  g_strstrip(log->str);
  log->len = strlen(log->str);
}

static cyaml_config_t config_for(GString *log) {
  return (cyaml_config_t){
      .log_fn = keep_log,
      .log_ctx = log,
      .mem_fn = cyaml_mem,
      .log_level = CYAML_LOG_ERROR,
      .flags = CYAML_CFG_NO_ALIAS,
  };
}

static bool load(YamlFile *file, GError **error) {
  g_autoptr(GString) log = g_string_new(NULL);
  cyaml_config_t config = config_for(log);
  gsize nbytes;
  const void *data = g_bytes_get_data(file->text, &nbytes);
  unsigned *count = file->schema->type == CYAML_SEQUENCE ? &file->count : NULL;
  cyaml_err_t code = cyaml_load_data(data, nbytes, &config, file->schema, &file->data, count);
  if (code == CYAML_OK)
    return true;
  g_autofree char *what = text_printable(log->len ? log->str : cyaml_strerror(code));
  g_set_error(error, CARNET_ERROR, code == CYAML_ERR_OOM ? CARNET_ERROR_SYSTEM : CARNET_ERROR_INPUT, "%s: %s",
              file->path, what);
  return false;
}

YamlFile *yaml_file_parse(const char *path, GBytes *text, const cyaml_schema_value_t *schema, GError **error) {
  if (!yaml_check(path, text, schema, error))
    return NULL;
  g_autoptr(YamlFile) file = g_new0(YamlFile, 1);
  file->path = g_strdup(path);
  file->text = g_bytes_ref(text);
  file->schema = schema;
  return load(file, error) ? g_steal_pointer(&file) : NULL;
}

YamlFile *yaml_file_load(const char *path, const cyaml_schema_value_t *schema, GError **error) {
  g_autoptr(GBytes) text = file_read(path, YAML_MAX_BYTES, error);
  return text ? yaml_file_parse(path, text, schema, error) : NULL;
}

void yaml_file_free(YamlFile *file) {
  if (!file)
    return;
  g_autoptr(GString) log = g_string_new(NULL);
  cyaml_config_t config = config_for(log);
  if (file->data)
    cyaml_free(&config, file->schema, file->data, file->count);
  g_bytes_unref(file->text);
  g_free(file->path);
  g_free(file);
}

yaml_node_pair_t *yaml_pair(yaml_document_t *document, const yaml_node_t *node, const char *key) {
  if (!node || node->type != YAML_MAPPING_NODE)
    return NULL;
  for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
    yaml_node_t *name = yaml_document_get_node(document, pair->key);
    if (name && name->type == YAML_SCALAR_NODE && strcmp((const char *)name->data.scalar.value, key) == 0)
      return pair;
  }
  return NULL;
}

/* --- places ---------------------------------------------------------------- */

/* Takes the next step of "order[3].kinds": a key, or an index in `*index` (else -1). */
static char *next_step(const char **where, long *index) {
  *index = -1;
  if (**where == '.')
    (*where)++;
  if (**where == '[') {
    char *end;
    long number = strtol(*where + 1, &end, 10);
    if (*end == ']' && end > *where + 1)
      *index = number;
    *where += strcspn(*where, "]");
    *where += **where == ']';
    return NULL;
  }
  gsize n = strcspn(*where, ".[");
  char *key = g_strndup(*where, n);
  *where += n;
  return key;
}

static yaml_node_t *step_into(yaml_document_t *document, yaml_node_t *node, const char *key, long index) {
  if (node->type == YAML_SEQUENCE_NODE && index >= 0) {
    yaml_node_item_t *items = node->data.sequence.items.start;
    return index < node->data.sequence.items.top - items ? yaml_document_get_node(document, items[index]) : NULL;
  }
  yaml_node_pair_t *pair = key ? yaml_pair(document, node, key) : NULL;
  return pair ? yaml_document_get_node(document, pair->value) : NULL;
}

/* The node named by `where`, or the deepest one on the way to it. */
static yaml_node_t *find_node(yaml_document_t *document, const char *where, bool *exact) {
  yaml_node_t *node = yaml_document_get_root_node(document);
  while (node && *where) {
    long index;
    g_autofree char *key = next_step(&where, &index);
    yaml_node_t *next = step_into(document, node, key, index);
    if (!next) {
      *exact = false;
      return node;
    }
    node = next;
  }
  *exact = node != NULL;
  return node;
}

static bool locate(const YamlFile *file, const char *where, unsigned *line, unsigned *column) {
  yaml_parser_t parser;
  yaml_document_t document;
  bool exact = false;
  *line = *column = 1;
  yaml_start(&parser, file->text);
  if (yaml_parser_load(&parser, &document)) {
    yaml_node_t *node = find_node(&document, where, &exact);
    if (node) {
      *line = (unsigned)node->start_mark.line + 1;
      *column = (unsigned)node->start_mark.column + 1;
    }
    yaml_document_delete(&document);
  }
  yaml_parser_delete(&parser);
  return exact;
}

unsigned *yaml_item_lines(const YamlFile *file) {
  unsigned *lines = g_new0(unsigned, file->count + 1);
  yaml_parser_t parser;
  yaml_document_t document;
  yaml_start(&parser, file->text);
  if (yaml_parser_load(&parser, &document)) {
    yaml_node_t *root = yaml_document_get_root_node(&document);
    for (unsigned i = 0; root && i < file->count; i++) {
      yaml_node_t *item = step_into(&document, root, NULL, (long)i);
      lines[i] = item ? (unsigned)item->start_mark.line + 1 : 0;
    }
    yaml_document_delete(&document);
  }
  yaml_parser_delete(&parser);
  return lines;
}

unsigned yaml_line_of(const YamlFile *file, const char *where, unsigned *column) {
  unsigned line, at;
  bool found = locate(file, where, &line, &at);
  if (column)
    *column = at;
  return found ? line : 0;
}

/* What is wrong often quotes the file, which may hold an escape sequence. */
void yaml_error_at(GError **error, const YamlFile *file, const char *where, const char *format, ...) {
  unsigned line, column;
  locate(file, where, &line, &column);
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_autofree char *what = text_printable(message);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s:%u:%u: %s", file->path, line, column, what);
}

void yaml_error_in(GError **error, const char *path, const char *where, const char *format, ...) {
  GBytes *text = file_read(path, YAML_MAX_BYTES, NULL);
  YamlFile file = {.path = (char *)path, .text = text ? text : g_bytes_new_static("", 0)};
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *what = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  yaml_error_at(error, &file, where, "%s", what);
  g_bytes_unref(file.text);
}

char **yaml_strings(char *const *texts, unsigned n) {
  char **copy = g_new0(char *, n + 1);
  for (unsigned i = 0; i < n; i++)
    copy[i] = g_strdup(texts[i]);
  return copy;
}
