#include "base/yaml_check.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"

#include <math.h>
#include <string.h>
#include <yaml.h>

#define SHOWN_COLUMNS 40 /* of a wrong value, in a message */

/* One check of one file. */
typedef struct {
  const char *path;
  yaml_document_t *document;
  GError **error;
} Check;

G_GNUC_PRINTF(4, 5)
static bool fail_at(const char *path, yaml_mark_t mark, GError **error, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *what = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s:%zu:%zu: %s", path, mark.line + 1, mark.column + 1, what);
  return false;
}

/* A value as a message shows it: short, and harmless on a terminal. */
static char *shown(const char *value) {
  g_autofree char *printable = text_printable(value);
  return text_ellipsize(printable, SHOWN_COLUMNS);
}

/* --- syntax ------------------------------------------------------------------ */

/* libyaml gives a byte, not a line, for what is not even text. */
static yaml_mark_t mark_of_byte(GBytes *text, size_t offset) {
  gsize nbytes;
  const char *data = g_bytes_get_data(text, &nbytes);
  yaml_mark_t mark = {.index = offset};
  for (size_t i = 0; i < MIN(offset, nbytes); i++) {
    bool continues = ((guchar)data[i] & 0xC0) == 0x80;
    mark.column = data[i] == '\n' ? 0 : mark.column + (continues ? 0 : 1);
    mark.line += data[i] == '\n';
  }
  return mark;
}

static bool syntax_error(const char *path, const yaml_parser_t *parser, GBytes *text, GError **error) {
  yaml_mark_t mark =
      parser->error == YAML_READER_ERROR ? mark_of_byte(text, parser->problem_offset) : parser->problem_mark;
  bool is_anchor = parser->error == YAML_COMPOSER_ERROR; /* for libyaml "second occurrence" says it all */
  return fail_at(path, mark, error, "%s", is_anchor ? _("this anchor is there twice") : parser->problem);
}

/* libyaml's time grows with the square of the depth; no file of ours goes beyond five. */
#define DEPTH_MOST 50

static int depth_change(yaml_event_type_t type) {
  switch (type) {
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
      return 1;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      return -1;
    default:
      return 0;
  }
}

static bool check_event(const char *path, const yaml_event_t *event, guint *documents, int *depth, GError **error) {
  *depth += depth_change(event->type);
  if (*depth > DEPTH_MOST)
    return fail_at(path, event->start_mark, error, "%s", _("nested too deeply"));
  if (event->type == YAML_ALIAS_EVENT)
    return fail_at(path, event->start_mark, error, "%s", _("YAML aliases are not read here"));
  if (event->type == YAML_DOCUMENT_START_EVENT && (*documents)++ > 0)
    return fail_at(path, event->start_mark, error, "%s", _("a second document begins here; only one is read"));
  return true;
}

static bool check_events(const char *path, yaml_parser_t *parser, GBytes *text, GError **error) {
  guint documents = 0;
  int depth = 0;
  for (bool at_end = false; !at_end;) {
    yaml_event_t event;
    if (!yaml_parser_parse(parser, &event))
      return syntax_error(path, parser, text, error);
    at_end = event.type == YAML_STREAM_END_EVENT;
    bool ok = check_event(path, &event, &documents, &depth, error);
    yaml_event_delete(&event);
    if (!ok)
      return false;
  }
  if (documents == 0)
    return fail_at(path, (yaml_mark_t){0}, error, "%s", _("empty"));
  return true;
}

/* --- values ------------------------------------------------------------------ */

static bool check_value(const Check *check, const yaml_node_t *node, const cyaml_schema_value_t *schema);

static const char *text_of(const yaml_node_t *node) {
  return (const char *)node->data.scalar.value;
}

G_GNUC_PRINTF(3, 4)
static bool wrong_value(const Check *check, const yaml_node_t *node, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *meant = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_autofree char *value = shown(text_of(node));
  return fail_at(check->path, node->start_mark, check->error, "\"%s\" %s", value, meant);
}

/* Decimal, without a leading zero (which libcyaml would read as octal). */
static bool is_whole(const char *text) {
  const char *digits = *text == '-' ? text + 1 : text;
  gsize n = strspn(digits, "0123456789");
  return n > 0 && digits[n] == '\0' && (n == 1 || digits[0] != '0');
}

static bool check_int(const Check *check, const yaml_node_t *node, const cyaml_schema_value_t *schema) {
  gint64 most = G_MAXINT64 >> (64 - schema->data_size * 8);
  if (is_whole(text_of(node)) && g_ascii_string_to_signed(text_of(node), 10, -most - 1, most, NULL, NULL))
    return true;
  return wrong_value(check, node, "%s", _("is not a whole number, or is out of range"));
}

static bool check_uint(const Check *check, const yaml_node_t *node, const cyaml_schema_value_t *schema) {
  guint64 most = G_MAXUINT64 >> (64 - schema->data_size * 8);
  if (is_whole(text_of(node)) && g_ascii_string_to_unsigned(text_of(node), 10, 0, most, NULL, NULL))
    return true;
  return wrong_value(check, node, "%s", _("is not a whole number from 0, or is out of range"));
}

static bool check_float(const Check *check, const yaml_node_t *node) {
  const char *text = text_of(node);
  char *end = NULL;
  double value = g_ascii_strtod(text, &end);
  bool is_plain = *text && text[strspn(text, "+-.0123456789eE")] == '\0';
  if (!is_plain || *end != '\0' || !isfinite(value))
    return wrong_value(check, node, "%s", _("is not a number"));
  return true;
}

static bool check_bool(const Check *check, const yaml_node_t *node) {
  static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "1", "0"};
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_ascii_strcasecmp(text_of(node), words[i]) == 0)
      return true;
  return wrong_value(check, node, "%s", _("is neither true nor false"));
}

static bool same_name(const cyaml_schema_value_t *schema, const char *a, const char *b) {
  return schema->flags & CYAML_FLAG_CASE_INSENSITIVE ? g_ascii_strcasecmp(a, b) == 0 : strcmp(a, b) == 0;
}

static bool check_enum(const Check *check, const yaml_node_t *node, const cyaml_schema_value_t *schema) {
  g_autoptr(GString) known = g_string_new(NULL);
  for (guint i = 0; i < schema->enumeration.count; i++) {
    const char *name = schema->enumeration.strings[i].str;
    if (same_name(schema, name, text_of(node)))
      return true;
    g_string_append_printf(known, "%s%s", i ? ", " : "", name);
  }
  return wrong_value(check, node, _("is none of: %s"), known->str);
}

static bool check_string(const Check *check, const yaml_node_t *node, const cyaml_schema_value_t *schema) {
  size_t nbytes = node->data.scalar.length;
  if (strlen(text_of(node)) != nbytes)
    return fail_at(check->path, node->start_mark, check->error, "%s", _("holds a zero byte"));
  if (nbytes > schema->string.max)
    return fail_at(check->path, node->start_mark, check->error, _("too long (%zu bytes, at most %u)"), nbytes,
                   schema->string.max);
  if (nbytes < schema->string.min)
    return fail_at(check->path, node->start_mark, check->error, _("too short (at least %u bytes)"), schema->string.min);
  return true;
}

static bool check_scalar(const Check *check, const yaml_node_t *node, const cyaml_schema_value_t *schema) {
  switch (schema->type) {
    case CYAML_INT:
      return check_int(check, node, schema);
    case CYAML_UINT:
      return check_uint(check, node, schema);
    case CYAML_FLOAT:
      return check_float(check, node);
    case CYAML_BOOL:
      return check_bool(check, node);
    case CYAML_ENUM:
      return check_enum(check, node, schema);
    default: /* no file of ours has another type */
      return check_string(check, node, schema);
  }
}

/* --- lists and mappings ------------------------------------------------------ */

static bool check_sequence(const Check *check, const yaml_node_t *node, const cyaml_schema_value_t *schema) {
  guint n = 0;
  for (yaml_node_item_t *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++) {
    const yaml_node_t *value = yaml_document_get_node(check->document, *item);
    if (++n > schema->sequence.max)
      return fail_at(check->path, value->start_mark, check->error, _("too many items (at most %u)"),
                     schema->sequence.max);
    if (!check_value(check, value, schema->sequence.entry))
      return false;
  }
  if (n < schema->sequence.min)
    return fail_at(check->path, node->start_mark, check->error, _("too few items (at least %u)"), schema->sequence.min);
  return true;
}

static const cyaml_schema_field_t *field_named(const cyaml_schema_value_t *schema, const char *key) {
  for (const cyaml_schema_field_t *field = schema->mapping.fields; field->key; field++)
    if (same_name(schema, field->key, key))
      return field;
  return NULL;
}

static bool check_pair(const Check *check, const yaml_node_pair_t *pair, const cyaml_schema_value_t *schema,
                       GHashTable *seen) {
  const yaml_node_t *key = yaml_document_get_node(check->document, pair->key);
  if (key->type != YAML_SCALAR_NODE)
    return fail_at(check->path, key->start_mark, check->error, "%s", _("a key is one word"));
  g_autofree char *name = shown(text_of(key));
  const cyaml_schema_field_t *field = field_named(schema, text_of(key));
  if (!field)
    return fail_at(check->path, key->start_mark, check->error, _("unknown key \"%s\""), name);
  if (!g_hash_table_add(seen, (gpointer)field))
    return fail_at(check->path, key->start_mark, check->error, _("the key \"%s\" is there twice"), name);
  return check_value(check, yaml_document_get_node(check->document, pair->value), &field->value);
}

static bool check_mapping(const Check *check, const yaml_node_t *node, const cyaml_schema_value_t *schema) {
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++)
    if (!check_pair(check, pair, schema, seen))
      return false;
  for (const cyaml_schema_field_t *field = schema->mapping.fields; field->key; field++)
    if (!(field->value.flags & CYAML_FLAG_OPTIONAL) && !g_hash_table_contains(seen, field))
      return fail_at(check->path, node->start_mark, check->error, _("missing key \"%s\""), field->key);
  return true;
}

static bool check_value(const Check *check, const yaml_node_t *node, const cyaml_schema_value_t *schema) {
  const char *meant = _("a single value is meant here");
  if (schema->type == CYAML_SEQUENCE) {
    if (node->type == YAML_SEQUENCE_NODE)
      return check_sequence(check, node, schema);
    meant = _("a list is meant here");
  } else if (schema->type == CYAML_MAPPING) {
    if (node->type == YAML_MAPPING_NODE)
      return check_mapping(check, node, schema);
    meant = _("keys with values are meant here (\"key: value\")");
  } else if (node->type == YAML_SCALAR_NODE) {
    return check_scalar(check, node, schema);
  }
  return fail_at(check->path, node->start_mark, check->error, "%s", meant);
}

/* --- the whole --------------------------------------------------------------- */

void yaml_start(yaml_parser_t *parser, GBytes *text) {
  gsize nbytes;
  const unsigned char *data = g_bytes_get_data(text, &nbytes);
  (void)yaml_parser_initialize(parser); /* fails without memory alone, and then we have ended (base/memory.h) */
  /* GLib has NULL for nothing, which libyaml does not take. */
  yaml_parser_set_input_string(parser, data ? data : (const unsigned char *)"", nbytes);
}

static bool check_syntax(const char *path, GBytes *text, GError **error) {
  yaml_parser_t parser;
  yaml_start(&parser, text);
  bool ok = check_events(path, &parser, text, error);
  yaml_parser_delete(&parser);
  return ok;
}

bool yaml_check(const char *path, GBytes *text, const cyaml_schema_value_t *schema, GError **error) {
  yaml_parser_t parser;
  if (!check_syntax(path, text, error))
    return false;
  yaml_start(&parser, text);
  yaml_document_t document;
  bool ok;
  if (yaml_parser_load(&parser, &document)) {
    Check check = {path, &document, error};
    const yaml_node_t *root = yaml_document_get_root_node(&document);
    bool is_empty = root->type == YAML_SCALAR_NODE && root->data.scalar.length == 0;
    ok = is_empty ? fail_at(path, (yaml_mark_t){0}, error, "%s", _("empty")) : check_value(&check, root, schema);
    yaml_document_delete(&document);
  } else {
    ok = syntax_error(path, &parser, text, error);
  }
  yaml_parser_delete(&parser);
  return ok;
}
