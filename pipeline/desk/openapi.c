/* The API's document, made of the table by which it is answered (OpenAPI 3.1.0): they cannot differ. */
#include "desk/answers.h"

#include "desk/routes.h"

#include <string.h>

static void add_schema(JsonBuilder *builder, const char *type) {
  json_builder_set_member_name(builder, "schema");
  json_builder_begin_object(builder);
  json_add_string(builder, "type", type);
  json_builder_end_object(builder);
}

static void add_parameter(JsonBuilder *builder, const char *name, const char *in, const char *what) {
  json_builder_begin_object(builder);
  json_add_string(builder, "name", name);
  json_add_string(builder, "in", in);
  if (what)
    json_add_string(builder, "description", what);
  if (strcmp(in, "path") == 0)
    json_add_bool(builder, "required", true);
  add_schema(builder, "string");
  json_builder_end_object(builder);
}

static void add_parameters(JsonBuilder *builder, const Route *route) {
  bool is_get = strcmp(route->method, "GET") == 0;
  json_builder_set_member_name(builder, "parameters");
  json_builder_begin_array(builder);
  for (const char *at = route->path; (at = strchr(at, '{')); at++) {
    g_autofree char *name = g_strndup(at + 1, strcspn(at + 1, "}"));
    add_parameter(builder, name, "path", NULL);
  }
  for (const RouteValue *value = route->values; is_get && value && value->name; value++)
    add_parameter(builder, value->name, "query", _(value->what));
  json_builder_end_array(builder);
}

static void add_body(JsonBuilder *builder, const Route *route) {
  static const char *const types[] = {"application/json", "application/x-www-form-urlencoded"};
  if (strcmp(route->method, "GET") == 0 || !route->values)
    return;
  json_builder_set_member_name(builder, "requestBody");
  json_builder_begin_object(builder);
  json_builder_set_member_name(builder, "content");
  json_builder_begin_object(builder);
  for (guint i = 0; i < G_N_ELEMENTS(types); i++) {
    json_builder_set_member_name(builder, types[i]);
    json_builder_begin_object(builder);
    json_builder_set_member_name(builder, "schema");
    json_builder_begin_object(builder);
    json_add_string(builder, "type", "object");
    json_builder_set_member_name(builder, "properties");
    json_builder_begin_object(builder);
    for (const RouteValue *value = route->values; value->name; value++) {
      json_builder_set_member_name(builder, value->name);
      json_builder_begin_object(builder);
      json_add_string(builder, "type", "string");
      json_add_string(builder, "description", _(value->what));
      json_builder_end_object(builder);
    }
    json_builder_end_object(builder);
    json_builder_end_object(builder);
    json_builder_end_object(builder);
  }
  json_builder_end_object(builder);
  json_builder_end_object(builder);
}

static void add_answers(JsonBuilder *builder, const Route *route) {
  static const struct {
    const char *status, *what;
    bool needs_role;
  } answers[] = {{"2XX", N_("Done"), false},
                 {"401", N_("Log in first, or send a token"), true},
                 {"403", N_("This role may not, or the request came from elsewhere"), true},
                 {"422", N_("Something to correct: \"error\" tells what"), false}};
  json_builder_set_member_name(builder, "responses");
  json_builder_begin_object(builder);
  for (guint i = 0; i < G_N_ELEMENTS(answers); i++) {
    if (answers[i].needs_role && route->role == ROLE_NOBODY)
      continue;
    json_builder_set_member_name(builder, answers[i].status);
    json_builder_begin_object(builder);
    json_add_string(builder, "description", _(answers[i].what));
    json_builder_end_object(builder);
  }
  json_builder_end_object(builder);
}

static void add_operation(JsonBuilder *builder, const Route *route) {
  g_autofree char *method = g_ascii_strdown(route->method, -1);
  json_builder_set_member_name(builder, method);
  json_builder_begin_object(builder);
  json_add_string(builder, "summary", _(route->summary));
  json_add_string(builder, "x-role", role_name(route->role));
  add_parameters(builder, route);
  add_body(builder, route);
  add_answers(builder, route);
  json_builder_set_member_name(builder, "security");
  json_builder_begin_array(builder);
  if (route->role > ROLE_NOBODY) {
    json_builder_begin_object(builder);
    json_add_strv(builder, "token", NULL);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  json_builder_end_object(builder);
}

static bool is_first_of_path(const Route *route) {
  for (const Route *before = routes; before < route; before++)
    if (before->summary && strcmp(before->path, route->path) == 0)
      return false;
  return route->summary != NULL;
}

static void add_paths(JsonBuilder *builder) {
  json_builder_set_member_name(builder, "paths");
  json_builder_begin_object(builder);
  for (const Route *route = routes; route->path; route++) {
    if (!is_first_of_path(route))
      continue;
    json_builder_set_member_name(builder, route->path);
    json_builder_begin_object(builder);
    for (const Route *same = route; same->path; same++)
      if (same->summary && strcmp(same->path, route->path) == 0)
        add_operation(builder, same);
    json_builder_end_object(builder);
  }
  json_builder_end_object(builder);
}

static void add_security(JsonBuilder *builder) {
  json_builder_set_member_name(builder, "components");
  json_builder_begin_object(builder);
  json_builder_set_member_name(builder, "securitySchemes");
  json_builder_begin_object(builder);
  json_builder_set_member_name(builder, "token");
  json_builder_begin_object(builder);
  json_add_string(builder, "type", "http");
  json_add_string(builder, "scheme", "bearer");
  json_builder_end_object(builder);
  json_builder_end_object(builder);
  json_builder_end_object(builder);
}

void answer_openapi(Visit *visit) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "openapi", "3.1.0");
  json_builder_set_member_name(builder, "info");
  json_builder_begin_object(builder);
  json_add_string(builder, "title", "carnet");
  json_add_string(builder, "version", CARNET_VERSION);
  json_builder_end_object(builder);
  add_paths(builder);
  add_security(builder);
  json_builder_end_object(builder);
  visit_json(visit, 200, builder);
}
