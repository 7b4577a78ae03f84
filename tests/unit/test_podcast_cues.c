/* cues.json: what is written is what is read, and what is not ours is refused. */
#include "base/error.h"
#include "base/files.h"
#include "podcast/cues.h"
#include "podcast_rundown.h"

#include <glib/gstdio.h>

static Rundown *read_back(const char *text, GError **error) {
  g_autofree char *folder = g_dir_make_tmp("carnet-cues-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "cues.json", NULL);
  g_assert_true(g_file_set_contents(path, text, -1, NULL));
  Rundown *rundown = cues_load(path, error);
  g_assert_true(folder_remove(folder, NULL));
  return rundown;
}

static void test_round_trip(void) {
  g_autoptr(Rundown) rundown = rundown_new();
  add_item(rundown, ITEM_JINGLE, "Ouverture", NULL, 96000);
  add_item(rundown, ITEM_PAUSE, NULL, NULL, 12000);
  add_item(rundown, ITEM_SPEECH, "Le \"four\"\n", "Le four est ouvert.", 48001)->entry = 12;
  add_item(rundown, ITEM_SOUND, "", NULL, 0);
  g_autofree char *text = cues_json(rundown, "2026-11-23-midi");
  g_assert_null(strstr(text, "est ouvert")); /* times, no words */
  g_autoptr(GError) error = NULL;
  g_autoptr(Rundown) read = read_back(text, &error);
  g_assert_no_error(error);
  g_assert_cmpint(read->frames, ==, rundown->frames);
  g_assert_cmpuint(read->items->len, ==, rundown->items->len);
  for (guint i = 0; i < read->items->len; i++) {
    const RundownItem *one = rundown->items->pdata[i], *two = read->items->pdata[i];
    g_assert_cmpint(two->type, ==, one->type);
    g_assert_cmpstr(two->title, ==, one->title);
    g_assert_cmpint(two->entry, ==, one->entry);
    g_assert_cmpint(two->start_frame, ==, one->start_frame);
    g_assert_cmpint(two->frames, ==, one->frames);
  }
}

/* The items of a rundown as "carnet rundown --json" has them: the same, and the words. */
static void test_with_words(void) {
  g_autoptr(Rundown) rundown = rundown_new();
  add_item(rundown, ITEM_SPEECH, "t", "Le four est ouvert.", 48000);
  RundownItem *jingle = add_item(rundown, ITEM_JINGLE, "t", NULL, 48000);
  jingle->file = g_strdup("virgule");
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  cues_add_items(builder, rundown, true);
  json_builder_end_object(builder);
  g_autofree char *text = json_text(builder, false);
  g_assert_cmpstr(
      text, ==,
      "{\"items\":[{\"type\":\"speech\",\"title\":\"t\",\"text\":\"Le four est ouvert.\",\"spoken\":\"Le four "
      "est ouvert.\",\"voice\":\"claire\",\"file\":null,\"start_frame\":0,\"frames\":48000},{\"type\":"
      "\"jingle\",\"title\":\"t\",\"text\":null,\"spoken\":null,\"voice\":null,\"file\":\"virgule\","
      "\"start_frame\":48000,\"frames\":48000}]}");
}

static void test_least(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Rundown) read = read_back("{\"items\": [{\"type\": \"pause\", \"entry\": null}]}", &error);
  g_assert_no_error(error);
  const RundownItem *item = read->items->pdata[0];
  g_assert_null(item->title);
  g_assert_cmpint(item->entry + item->start_frame + item->frames + read->frames, ==, 0);
}

static void test_not_ours(void) {
  static const char *const WRONG[] = {"",
                                      "{",
                                      "[]",
                                      "7",
                                      "{}",
                                      "{\"items\": null}",
                                      "{\"items\": {}}",
                                      "{\"items\": [7]}",
                                      "{\"items\": [{}]}",
                                      "{\"items\": [{\"type\": \"jungle\"}]}",
                                      "{\"items\": [{\"type\": 7}]}",
                                      "{\"items\": [{\"type\": \"pause\", \"frames\": -1}]}",
                                      "{\"items\": [{\"type\": \"pause\", \"frames\": \"long\"}]}",
                                      "{\"items\": [{\"type\": \"pause\", \"frames\": 1.5}]}",
                                      "{\"items\": [{\"type\": \"pause\", \"frames\": [1]}]}",
                                      "{\"items\": [{\"type\": \"pause\", \"frames\": 9223372036854775807}]}",
                                      "{\"items\": [{\"type\": \"pause\", \"start_frame\": -1}]}",
                                      "{\"items\": [{\"type\": \"pause\", \"entry\": -1}]}",
                                      "{\"items\": [], \"frames\": true}"};
  for (gsize i = 0; i < G_N_ELEMENTS(WRONG); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Rundown) read = read_back(WRONG[i], &error);
    if (read != NULL)
      g_error("read: %s", WRONG[i]);
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    if (strstr(error->message, "cues.json:") == NULL)
      g_error("%s: %s", WRONG[i], error->message);
  }
  g_autoptr(GError) missing = NULL;
  g_assert_null(cues_load("no-such-folder/cues.json", &missing));
  g_assert_error(missing, CARNET_ERROR, CARNET_ERROR_INPUT);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/cues/round-trip", test_round_trip);
  g_test_add_func("/cues/with-words", test_with_words);
  g_test_add_func("/cues/least", test_least);
  g_test_add_func("/cues/not-ours", test_not_ours);
  return g_test_run();
}
