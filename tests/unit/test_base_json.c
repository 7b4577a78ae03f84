/* JSON out and in. */
#include "base/json.h"

#include "base_folder.h"

#include <math.h>
#include <string.h>

static void test_out(void) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  const char *const words[] = {"a", "é\"\\\n", NULL};
  json_builder_begin_object(builder);
  json_add_string(builder, "s", "</script>\x01");
  json_add_string(builder, "none", NULL);
  json_add_int(builder, "i", G_MAXINT64);
  json_add_double(builder, "d", -16.5);
  json_add_double(builder, "silence", -INFINITY);
  json_add_double(builder, "nan", NAN);
  json_add_bool(builder, "b", true);
  json_add_strv(builder, "v", (char *const *)words);
  json_add_strv(builder, "empty", NULL);
  json_builder_end_object(builder);
  g_autofree char *text = json_text(builder, false);
  g_assert_null(strchr(text, '\n'));
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) root = json_parse("t", text, -1, &error);
  g_assert_no_error(error);
  JsonObject *object = json_node_get_object(root);
  g_assert_cmpstr(json_object_get_string_member(object, "s"), ==, "</script>\x01");
  g_assert_true(json_object_get_null_member(object, "none"));
  g_assert_true(json_object_get_null_member(object, "silence") && json_object_get_null_member(object, "nan"));
  g_assert_cmpint(json_object_get_int_member(object, "i"), ==, G_MAXINT64);
  g_assert_cmpfloat(json_object_get_double_member(object, "d"), ==, -16.5);
  g_assert_cmpstr(json_array_get_string_element(json_object_get_array_member(object, "v"), 1), ==, words[1]);
  g_assert_cmpuint(json_array_get_length(json_object_get_array_member(object, "empty")), ==, 0);
}

static void test_wrong(void) {
  g_autofree char *deep = g_strnfill(1u << 20, '[');
  g_autofree char *hidden = g_strconcat("/* \" */", deep, NULL);
  const char *const rows[] = {"",   "{",    "{\"a\": }",         "[1 2]",   "nonsense",         "\"\xff\"",
                              deep, hidden, "{\"a\": \"\x1b[2J", "[1e999]", "[\"\\ud83d\\w\"]", "{'a': 1}"};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(json_parse("clip.wav", rows[i], -1, &error));
    g_assert_true(g_str_has_prefix(error->message, "clip.wav:"));
    assert_failed(&error, CARNET_ERROR_INPUT, "clip.wav");
  }
  g_autoptr(GError) error = NULL;
  g_assert_null(json_parse("f", "{\n\"a\": ]}", -1, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "f:2:");
  g_autoptr(JsonNode) brackets = json_parse("f", "[\"[[[[[[[[\\\"[[\"]", -1, &error);
  g_assert_no_error(error);
  g_autoptr(JsonNode) cut = json_parse("f", "[1]xxx", 3, &error);
  g_assert_no_error(error);
  g_assert_true(brackets != NULL && cut != NULL);
}

/* What json-glib reads and nobody could write again, however deep; and what only looks so. */
static void test_not_sound(void) {
  static const char *const wrong[] = {"1e999",
                                      "[1, 1e999, 2]",
                                      "{\"a\": 1e999, \"b\": 1}",
                                      "\"\\ud83d\"",
                                      "{\"a\": [\"\\ud83d\"]}",
                                      "{\"\\ud83d\": 1, \"b\": 2}",
                                      "{\"b\": 2, \"\\ud83d\": 1}"};
  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_test_message("%s", wrong[i]);
    g_assert_null(json_parse("x.json", wrong[i], -1, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  }
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) fine = json_parse("x.json", "{\"a\": [1.5, null, \"\\ud83d\\ude00 / '\"]}", -1, &error);
  g_assert_no_error(error);
  g_assert_nonnull(fine);
}

/* One value, and nothing beside it, however near it stands. */
static void test_more_than_one(void) {
  static const char *const wrong[] = {".0{}",       "1[2]",   "{}1", "{}{}",   "[]\n\"a\"",
                                      "\"a\"\"b\"", "1\"b\"", "1 2", "null {}"};
  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_test_message("%s", wrong[i]);
    g_assert_null(json_parse("x.json", wrong[i], -1, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, strchr(wrong[i], '\n') ? "x.json:2: " : "x.json:1: "));
  }
  static const char *const right[] = {"-1.5e3", " {\"a\": 1}\n", "\"1 {}\"", "[1, {\"b\": []}]", "true"};
  for (gsize i = 0; i < G_N_ELEMENTS(right); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) value = json_parse("x.json", right[i], -1, &error);
    g_assert_no_error(error);
    g_assert_nonnull(value);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/json/more-than-one", test_more_than_one);
  g_test_add_func("/json/not-sound", test_not_sound);
  g_test_add_func("/json/out", test_out);
  g_test_add_func("/json/wrong", test_wrong);
  return g_test_run();
}
