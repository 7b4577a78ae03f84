/* JSON out and in (json-glib's JsonBuilder and JsonNode are the vocabulary). */
#ifndef CARNET_BASE_JSON_H
#define CARNET_BASE_JSON_H

#include <glib.h>
#include <json-glib/json-glib.h>
#include <stdbool.h>

/* `builder`'s tree as text, indented when `pretty`, with no newline at the end.
 * Returns (g_free). */
char *json_text(JsonBuilder *builder, bool pretty);
/* Adds "name": "value", or null when `value` is NULL. */
void json_add_string(JsonBuilder *builder, const char *name, const char *value);
/* Adds an instant as instant_format (base/clock.h) writes it; 0, which is none, is null. */
void json_add_instant(JsonBuilder *builder, const char *name, gint64 instant_us);
void json_add_int(JsonBuilder *builder, const char *name, gint64 value);
/* What is not finite (the loudness of silence) is null: JSON has no word for it. */
void json_add_double(JsonBuilder *builder, const char *name, double value);
void json_add_bool(JsonBuilder *builder, const char *name, bool value);
/* Adds "name": ["a", "b"]; NULL is []. */
void json_add_strv(JsonBuilder *builder, const char *name, char *const *values);
/* Parses; a syntax error, a comment, more than 200 levels, a number that is not finite or a string with half of a
 * character is INPUT and opens with `name`. Returns (json_node_unref). */
JsonNode *json_parse(const char *name, const char *text, gssize nbytes, GError **error);

/* A member of anybody's object: the string (borrowed), NULL when there is none; the number, or `otherwise`. */
const char *json_string_of(JsonObject *object, const char *name);
gint64 json_int_of(JsonObject *object, const char *name, gint64 otherwise);
bool json_bool_of(JsonObject *object, const char *name);

#endif
