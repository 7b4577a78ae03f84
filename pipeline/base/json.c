#include "base/json.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

/* json-glib writes what is larger as "1e+17", which it cannot read; nothing here is counted so far. */
#define JSON_LARGEST 1e17

#define DEPTH_MOST 200

char *json_text(JsonBuilder *builder, bool pretty) {
  g_autoptr(JsonNode) root = json_builder_get_root(builder);
  return json_to_string(root, pretty);
}

void json_add_string(JsonBuilder *builder, const char *name, const char *value) {
  json_builder_set_member_name(builder, name);
  if (value)
    json_builder_add_string_value(builder, value);
  else
    json_builder_add_null_value(builder);
}

void json_add_instant(JsonBuilder *builder, const char *name, gint64 instant_us) {
  g_autofree char *text = instant_us != 0 ? instant_format(instant_us) : NULL;
  json_add_string(builder, name, text);
}

void json_add_int(JsonBuilder *builder, const char *name, gint64 value) {
  json_builder_set_member_name(builder, name);
  json_builder_add_int_value(builder, value);
}

/* json-glib writes 1e-13 as "1e-13", which it cannot read; with a point in it ("1.5e-13") it can. */
static bool can_be_read_again(double value) {
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  return !strchr(g_ascii_dtostr(text, sizeof text, value), 'e') || strchr(text, '.');
}

void json_add_double(JsonBuilder *builder, const char *name, double value) {
  json_builder_set_member_name(builder, name);
  if (isfinite(value))
    json_builder_add_double_value(builder, fabs(value) >= 1 || can_be_read_again(value) ? value : 0);
  else
    json_builder_add_null_value(builder);
}

void json_add_bool(JsonBuilder *builder, const char *name, bool value) {
  json_builder_set_member_name(builder, name);
  json_builder_add_boolean_value(builder, value);
}

void json_add_strv(JsonBuilder *builder, const char *name, char *const *values) {
  json_builder_set_member_name(builder, name);
  json_builder_begin_array(builder);
  for (guint i = 0; values && values[i]; i++)
    json_builder_add_string_value(builder, values[i]);
  json_builder_end_array(builder);
}

/* json-glib calls itself for each level: depth is bounded before, not by the stack.
 * Nor does it mind comments, which JSON has not and in which a quotation mark would hide what follows. */
static bool is_too_deep(const char *text, gsize nbytes) {
  guint depth = 0;
  bool in_string = false;
  for (gsize i = 0; i < nbytes; i++) {
    if (in_string && text[i] == '\\')
      i++;
    else if (text[i] == '"')
      in_string = !in_string;
    else if (!in_string && (text[i] == '/' || text[i] == '\''))
      return true;
    else if (!in_string && (text[i] == '[' || text[i] == '{') && ++depth > DEPTH_MOST)
      return true;
    else if (!in_string && (text[i] == ']' || text[i] == '}') && depth > 0)
      depth--;
  }
  return false;
}

/* The line of a second value, or of something beside the first: json-glib would take the last one, and forget the others'
 * memory. 0: there is none. */
static guint line_of_more(const char *text, gsize nbytes) {
  guint depth = 0, values = 0, line = 1;
  bool in_string = false, in_word = false;
  for (gsize i = 0; i < nbytes && values <= 1; i++) {
    char c = text[i];
    line += c == '\n';
    if (in_string) {
      i += c == '\\';
      in_string = c != '"';
      continue;
    }
    bool is_space = g_ascii_isspace(c), is_word = !is_space && !strchr("[]{}\"", c);
    values += depth == 0 && !is_space && !(in_word && is_word);
    in_string = c == '"';
    if (c == '[' || c == '{')
      depth++;
    else if ((c == ']' || c == '}') && depth > 0)
      depth--;
    in_word = depth == 0 && is_word;
  }
  return values > 1 ? line : 0;
}

/* json-glib names the text "<data>:LINE:COLUMN: Parse error: …" and counts from `name`'s first line. */
static void set_syntax_error(GError **error, const char *name, const char *message) {
  static const char theirs[] = "<data>:";
  bool has_place = g_str_has_prefix(message, theirs);
  g_autofree char *shown = text_printable(has_place ? message + strlen(theirs) : message);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s:%s%s", name, has_place ? "" : " ", shown);
}

static bool is_sound(JsonNode *node);

static void check_element(JsonArray *array, guint index, JsonNode *element, gpointer sound) {
  (void)array;
  (void)index;
  *(bool *)sound = *(bool *)sound && is_sound(element);
}

static void check_member(JsonObject *object, const char *name, JsonNode *member, gpointer sound) {
  (void)object;
  *(bool *)sound = *(bool *)sound && g_utf8_validate(name, -1, NULL) && is_sound(member);
}

/* json-glib reads 1e999 as infinity, which cannot be written again nor made a whole number, and half of a
 * surrogate pair ("\\ud83d") as bytes that are no UTF-8. */
static bool is_sound(JsonNode *node) {
  bool sound = true;
  if (JSON_NODE_HOLDS_OBJECT(node))
    json_object_foreach_member(json_node_get_object(node), check_member, &sound);
  else if (JSON_NODE_HOLDS_ARRAY(node))
    json_array_foreach_element(json_node_get_array(node), check_element, &sound);
  else if (JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_DOUBLE)
    sound = fabs(json_node_get_double(node)) < JSON_LARGEST && can_be_read_again(json_node_get_double(node));
  else if (JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING)
    sound = g_utf8_validate(json_node_get_string(node), -1, NULL);
  return sound;
}

JsonNode *json_parse(const char *name, const char *text, gssize nbytes, GError **error) {
  gsize length = nbytes < 0 ? strlen(text) : (gsize)nbytes;
  if (!g_utf8_validate_len(text, length, NULL) || is_too_deep(text, length)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: not JSON (not UTF-8, a comment, or nested too deep)"),
                name);
    return NULL;
  }
  guint line = line_of_more(text, length);
  if (line > 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s:%u: something stands after the value"), name, line);
    return NULL;
  }
  g_autoptr(JsonParser) parser = json_parser_new_immutable();
  g_autoptr(GError) why = NULL;
  if (!json_parser_load_from_data(parser, text, (gssize)length, &why)) {
    set_syntax_error(error, name, why->message);
    return NULL;
  }
  JsonNode *root = json_parser_get_root(parser);
  if (root && is_sound(root))
    return json_node_ref(root);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
              root ? _("%s: a number is out of range, or a string is damaged") : _("%s: empty"), name);
  return NULL;
}

static JsonNode *value_of(JsonObject *object, const char *name, GType type) {
  JsonNode *member = json_object_get_member(object, name);
  return member && JSON_NODE_HOLDS_VALUE(member) && json_node_get_value_type(member) == type ? member : NULL;
}

const char *json_string_of(JsonObject *object, const char *name) {
  JsonNode *value = value_of(object, name, G_TYPE_STRING);
  return value ? json_node_get_string(value) : NULL;
}

gint64 json_int_of(JsonObject *object, const char *name, gint64 otherwise) {
  JsonNode *value = value_of(object, name, G_TYPE_INT64);
  return value ? json_node_get_int(value) : otherwise;
}

bool json_bool_of(JsonObject *object, const char *name) {
  JsonNode *value = value_of(object, name, G_TYPE_BOOLEAN);
  return value && json_node_get_boolean(value);
}
