/* JSON chapters 1.2 and cues.json. */
#include "podcast/cues.h"
#include "podcast_rundown.h"

#define SECOND FRAME_RATE

static void set_links(RundownItem *item, const char *first, const char *second) {
  const char *links[] = {first, second, NULL};
  item->links = g_strdupv((char **)links);
}

static JsonNode *parse(char *text) {
  g_autoptr(GError) error = NULL;
  JsonNode *root = json_parse("t", text, -1, &error);
  g_assert_no_error(error);
  g_free(text);
  return root;
}

static void test_empty(void) {
  g_autoptr(Rundown) rundown = rundown_new();
  g_autoptr(JsonNode) root = parse(chapters_json(rundown));
  JsonObject *object = json_node_get_object(root);
  g_assert_cmpstr(json_object_get_string_member(object, "version"), ==, "1.2.0");
  g_assert_cmpuint(json_array_get_length(json_object_get_array_member(object, "chapters")), ==, 0);
  g_assert_false(json_object_has_member(object, "title"));
  g_autoptr(JsonNode) cues = parse(cues_json(rundown, "2020-03-17-midi"));
  g_assert_cmpuint(json_array_get_length(json_object_get_array_member(json_node_get_object(cues), "items")), ==, 0);
}

/* A pause before all, an unheard item, two items of one title, a closing without one. */
static Rundown *make_rundown(void) {
  Rundown *rundown = rundown_new();
  rundown->title = g_strdup("Le carnet \"de midi\"");
  add_item(rundown, ITEM_PAUSE, NULL, NULL, SECOND);
  add_item(rundown, ITEM_JINGLE, "Ouverture", NULL, SECOND + 1);
  add_item(rundown, ITEM_SPEECH, "Jamais", "x", 0);
  add_item(rundown, ITEM_SPEECH, "Le puits", "Un.", SECOND);
  RundownItem *second = add_item(rundown, ITEM_SPEECH, "Le puits", "Deux.", SECOND);
  set_links(second, "https://moi:secret@example.org/", "https://example.org/puits?a=1&b=2");
  second->entry = 7;
  add_item(rundown, ITEM_PAUSE, NULL, NULL, SECOND);
  add_item(rundown, ITEM_SPEECH, "Fin", "Fin.", SECOND);
  add_item(rundown, ITEM_JINGLE, "", NULL, SECOND);
  return rundown;
}

static void test_chapters(void) {
  static const struct {
    const char *title, *url;
    double start, end;
  } wanted[] = {
      {"Ouverture", NULL, 0, 2},
      {"Le puits", "https://example.org/puits?a=1&b=2", 2, 5},
      {"Fin", NULL, 5, 7},
  };
  g_autoptr(Rundown) rundown = make_rundown();
  g_autoptr(JsonNode) root = parse(chapters_json(rundown));
  JsonObject *object = json_node_get_object(root);
  JsonArray *chapters = json_object_get_array_member(object, "chapters");
  g_assert_cmpstr(json_object_get_string_member(object, "title"), ==, rundown->title);
  g_assert_cmpuint(json_array_get_length(chapters), ==, G_N_ELEMENTS(wanted));
  for (guint i = 0; i < G_N_ELEMENTS(wanted); i++) {
    JsonObject *chapter = json_array_get_object_element(chapters, i);
    g_assert_true(JSON_NODE_HOLDS_VALUE(json_object_get_member(chapter, "startTime")));
    g_assert_true(json_node_get_value_type(json_object_get_member(chapter, "endTime")) == G_TYPE_DOUBLE);
    g_assert_cmpfloat_with_epsilon(json_object_get_double_member(chapter, "startTime"), wanted[i].start, 1e-9);
    g_assert_cmpfloat_with_epsilon(json_object_get_double_member(chapter, "endTime"), wanted[i].end, 1e-9);
    g_assert_cmpstr(json_object_get_string_member(chapter, "title"), ==, wanted[i].title);
    g_assert_cmpint(json_object_has_member(chapter, "url"), ==, wanted[i].url != NULL);
    if (wanted[i].url)
      g_assert_cmpstr(json_object_get_string_member(chapter, "url"), ==, wanted[i].url);
  }
}

/* The first address that a player may open: no other scheme, nobody's password. */
static void test_links(void) {
  static const char *const CASES[][3] = {{"http://ex.org/a", NULL, "http://ex.org/a"},
                                         {"ftp://ex.org/a", "mailto:moi@ex.org", NULL},
                                         {"javascript:alert(1)", "https://ex.org/a@b", "https://ex.org/a@b"},
                                         {"https://moi@ex.org", NULL, NULL}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Rundown) rundown = rundown_new();
    set_links(add_item(rundown, ITEM_SPEECH, "t", "Un.", SECOND), CASES[i][0], CASES[i][1]);
    g_autoptr(GArray) spans = chapter_spans(rundown);
    g_assert_cmpstr(g_array_index(spans, ChapterSpan, 0).url, ==, CASES[i][2]);
  }
}

static void test_spans(void) {
  g_autoptr(Rundown) rundown = make_rundown();
  g_autoptr(GArray) spans = chapter_spans(rundown);
  gint64 end = 0;
  for (guint i = 0; i < spans->len; i++) {
    const ChapterSpan *span = &g_array_index(spans, ChapterSpan, i);
    g_assert_cmpint(span->start_frame, ==, end); /* no hole, no overlap */
    g_assert_cmpint(span->end_frame, >, span->start_frame);
    end = span->end_frame;
  }
  g_assert_cmpint(end, ==, rundown->frames);
}

static void test_cues(void) {
  g_autoptr(Rundown) rundown = make_rundown();
  g_autoptr(JsonNode) root = parse(cues_json(rundown, "2020-03-17-midi"));
  JsonObject *object = json_node_get_object(root);
  g_assert_cmpstr(json_object_get_string_member(object, "edition"), ==, "2020-03-17-midi");
  g_assert_cmpint(json_object_get_int_member(object, "frame_rate"), ==, 48000);
  g_assert_cmpint(json_object_get_int_member(object, "frames"), ==, rundown->frames);
  JsonArray *items = json_object_get_array_member(object, "items");
  g_assert_cmpuint(json_array_get_length(items), ==, rundown->items->len);
  JsonObject *fifth = json_array_get_object_element(items, 4);
  g_assert_cmpstr(json_object_get_string_member(fifth, "type"), ==, "speech");
  g_assert_cmpint(json_object_get_int_member(fifth, "entry"), ==, 7);
  g_assert_cmpint(json_object_get_int_member(fifth, "start_frame"), ==, 3 * SECOND + 1);
  g_assert_false(json_object_has_member(json_array_get_object_element(items, 0), "entry"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/chapters/empty", test_empty);
  g_test_add_func("/chapters/chapters", test_chapters);
  g_test_add_func("/chapters/links", test_links);
  g_test_add_func("/chapters/spans", test_spans);
  g_test_add_func("/chapters/cues", test_cues);
  return g_test_run();
}
