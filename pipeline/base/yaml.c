#include "base/yaml.h"

#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* --- loading --------------------------------------------------------------- */

/* What libcyaml says while it loads: its last words tell what, the first line
 * and column in its backtrace tell where. */
typedef struct {
  GString *what;
  unsigned line, column;
  bool in_backtrace;
} LoadLog;

static void read_place(LoadLog *log, const char *message) {
  const char *line = strstr(message, "line: ");
  const char *column = strstr(message, "column: ");
  if (!line || log->line)
    return;
  log->line = (unsigned)strtoul(line + strlen("line: "), NULL, 10);
  log->column = column ? (unsigned)strtoul(column + strlen("column: "), NULL, 10) : 1;
}

static void keep_log(cyaml_log_t level, void *context, const char *format, va_list arguments) {
  LoadLog *log = context;
  if (level < CYAML_LOG_ERROR)
    return;
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  g_strstrip(message);
  if (strstr(message, "Backtrace")) {
    log->in_backtrace = true;
    return;
  }
  if (log->in_backtrace || strstr(message, "line: ")) {
    read_place(log, message);
    return;
  }
  const char *text = g_str_has_prefix(message, "Load: ") ? message + strlen("Load: ") : message;
  if (log->what->len == 0)
    g_string_append(log->what, text);
}

static const cyaml_config_t *config_for(LoadLog *log, cyaml_config_t *config) {
  *config = (cyaml_config_t){
    .log_fn = keep_log,
    .log_ctx = log,
    .mem_fn = cyaml_mem,
    .log_level = CYAML_LOG_ERROR,
    .flags = CYAML_CFG_NO_ALIAS,
  };
  return config;
}

/* libcyaml's words as ours: what a volunteer can act on. */
static const struct {
  cyaml_err_t code;
  const char *text;
} plain_words[] = {
  {CYAML_ERR_INVALID_KEY, N_("unknown key")},
  {CYAML_ERR_INVALID_VALUE, N_("wrong type of value")},
  {CYAML_ERR_MAPPING_FIELD_MISSING, N_("missing key")},
  {CYAML_ERR_STRING_LENGTH_MAX, N_("too long")},
  {CYAML_ERR_SEQUENCE_ENTRIES_MAX, N_("too many items")},
  {CYAML_ERR_SEQUENCE_ENTRIES_MIN, N_("too few items")},
  {CYAML_ERR_UNEXPECTED_EVENT, N_("wrong type of value")},
  {CYAML_ERR_ALIAS, N_("YAML aliases are not read here")},
  {CYAML_ERR_OOM, N_("out of memory")},
};

/* The word that libcyaml names at the end of its message ("Unexpected key: voicee"). */
static char *named_in(const char *message) {
  const char *colon = strrchr(message, ':');
  return colon && colon[1] ? g_strstrip(g_strdup(colon + 1)) : NULL;
}

static void set_load_error(GError **error, const char *path, cyaml_err_t code, const LoadLog *log) {
  const char *text = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(plain_words); i++)
    if (plain_words[i].code == code)
      text = _(plain_words[i].text);
  g_autofree char *word = text ? named_in(log->what->str) : NULL;
  g_autofree char *shown = word ? text_printable(word) : NULL;
  g_autofree char *what = !text ? text_printable(log->what->len ? log->what->str : cyaml_strerror(code))
                          : shown ? g_strdup_printf("%s \"%s\"", text, shown)
                                  : g_strdup(text);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s:%u:%u: %s", path, MAX(log->line, 1), MAX(log->column, 1), what);
}

/* A syntax error is told by libyaml itself, which knows the place. */
static bool check_syntax(const char *path, GBytes *text, GError **error) {
  gsize nbytes;
  const unsigned char *data = g_bytes_get_data(text, &nbytes);
  yaml_parser_t parser;
  if (!yaml_parser_initialize(&parser)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, "%s: %s", path, _("out of memory"));
    return false;
  }
  yaml_parser_set_input_string(&parser, data, nbytes);
  bool ok = true, at_end = false;
  while (ok && !at_end) {
    yaml_event_t event;
    ok = yaml_parser_parse(&parser, &event);
    at_end = ok && event.type == YAML_STREAM_END_EVENT;
    if (ok)
      yaml_event_delete(&event);
  }
  if (!ok)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s:%zu:%zu: %s", path, parser.problem_mark.line + 1,
                parser.problem_mark.column + 1, parser.problem ? parser.problem : _("not YAML"));
  yaml_parser_delete(&parser);
  return ok;
}

YamlFile *yaml_file_parse(const char *path, GBytes *text, const cyaml_schema_value_t *schema, GError **error) {
  if (!check_syntax(path, text, error))
    return NULL;
  g_autoptr(YamlFile) file = g_new0(YamlFile, 1);
  file->path = g_strdup(path);
  file->text = g_bytes_ref(text);
  file->schema = schema;
  LoadLog log = {.what = g_string_new(NULL)};
  cyaml_config_t config;
  gsize nbytes;
  const void *data = g_bytes_get_data(text, &nbytes);
  unsigned *count = schema->type == CYAML_SEQUENCE ? &file->count : NULL;
  cyaml_err_t code = cyaml_load_data(data, nbytes, config_for(&log, &config), schema, &file->data, count);
  if (code != CYAML_OK)
    set_load_error(error, path, code, &log);
  else if (!file->data && !count)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s:1:1: %s", path, _("empty"));
  g_string_free(log.what, TRUE);
  return code == CYAML_OK && (file->data || count) ? g_steal_pointer(&file) : NULL;
}

YamlFile *yaml_file_load(const char *path, const cyaml_schema_value_t *schema, GError **error) {
  g_autoptr(GBytes) text = file_read(path, YAML_MAX_BYTES, error);
  return text ? yaml_file_parse(path, text, schema, error) : NULL;
}

void yaml_file_free(YamlFile *file) {
  if (!file)
    return;
  LoadLog log = {.what = g_string_new(NULL)};
  cyaml_config_t config;
  if (file->data)
    cyaml_free(config_for(&log, &config), file->schema, file->data, file->count);
  g_string_free(log.what, TRUE);
  g_bytes_unref(file->text);
  g_free(file->path);
  g_free(file);
}

/* --- places ---------------------------------------------------------------- */

/* Takes the next step of "order[3].kinds": a key, or an index in `*index` (else -1). */
static char *next_step(const char **where, long *index) {
  *index = -1;
  if (**where == '.')
    (*where)++;
  if (**where == '[') {
    char *end;
    *index = strtol(*where + 1, &end, 10);
    *where = *end == ']' ? end + 1 : end;
    return NULL;
  }
  gsize n = strcspn(*where, ".[");
  char *key = g_strndup(*where, n);
  *where += n;
  return key;
}

static yaml_node_t *step_into(yaml_document_t *document, yaml_node_t *node, const char *key, long index) {
  if (node->type == YAML_SEQUENCE_NODE && index >= 0) {
    yaml_node_item_t *item = node->data.sequence.items.start + index;
    return item < node->data.sequence.items.top ? yaml_document_get_node(document, *item) : NULL;
  }
  if (node->type != YAML_MAPPING_NODE || !key)
    return NULL;
  for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
    yaml_node_t *name = yaml_document_get_node(document, pair->key);
    if (name && name->type == YAML_SCALAR_NODE && strcmp((const char *)name->data.scalar.value, key) == 0)
      return yaml_document_get_node(document, pair->value);
  }
  return NULL;
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
  gsize nbytes;
  const unsigned char *data = g_bytes_get_data(file->text, &nbytes);
  yaml_parser_t parser;
  yaml_document_t document;
  bool exact = false;
  *line = *column = 1;
  if (!yaml_parser_initialize(&parser))
    return false;
  yaml_parser_set_input_string(&parser, data, nbytes);
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

unsigned yaml_line_of(const YamlFile *file, const char *where, unsigned *column) {
  unsigned line, at;
  bool found = locate(file, where, &line, &at);
  if (column)
    *column = at;
  return found ? line : 0;
}

void yaml_error_at(GError **error, const YamlFile *file, const char *where, const char *format, ...) {
  unsigned line, column;
  locate(file, where, &line, &column);
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *what = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s:%u:%u: %s", file->path, line, column, what);
}
