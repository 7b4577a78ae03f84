#include "base/json.h"

#include "base/error.h"

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

void json_add_int(JsonBuilder *builder, const char *name, gint64 value) {
  json_builder_set_member_name(builder, name);
  json_builder_add_int_value(builder, value);
}

void json_add_double(JsonBuilder *builder, const char *name, double value) {
  json_builder_set_member_name(builder, name);
  json_builder_add_double_value(builder, value);
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

JsonNode *json_parse(const char *name, const char *text, gssize nbytes, GError **error) {
  g_autoptr(JsonParser) parser = json_parser_new_immutable();
  g_autoptr(GError) why = NULL;
  if (!json_parser_load_from_data(parser, text, nbytes, &why)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s: %s", name, why->message);
    return NULL;
  }
  JsonNode *root = json_parser_get_root(parser);
  if (root)
    return json_node_ref(root);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s: empty", name);
  return NULL;
}
