/* cues.json, and any JSON: what is read, written and read again is the same. */
#include "fuzz.h"

#include "base/json.h"
#include "podcast/cues.h"
#include "podcast/timings.h"

static char *write_node(JsonNode *node) {
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable();
  json_builder_begin_array(builder);
  json_builder_add_value(builder, json_node_copy(node));
  json_builder_end_array(builder);
  return json_text(builder, true);
}

static void check_json(const guint8 *data, gsize nbytes) {
  GError *error = NULL;
  g_autoptr(JsonNode) node = json_parse("essai.json", (const char *)data, (gssize)nbytes, &error);
  if (node == NULL) {
    fuzz_refused(error);
    return;
  }
  g_autofree char *once = write_node(node);
  g_autoptr(JsonNode) again = json_parse("again.json", once, -1, &error);
  if (again == NULL)
    g_error("refused when read again: %s", error->message);
  g_autofree char *twice = write_node(json_array_get_element(json_node_get_array(again), 0));
  promise(g_str_equal(once, twice));
}

static void check_cues_again(const Rundown *rundown) {
  GError *error = NULL;
  g_autofree char *once = cues_json(rundown, "2026-03-17-midi");
  g_autoptr(Rundown) read = cues_load(fuzz_file((const guint8 *)once, strlen(once)), &error);
  if (read == NULL)
    g_error("refused when read again: %s\n%s", error->message, once);
  g_autofree char *twice = cues_json(read, "2026-03-17-midi");
  promise(g_str_equal(once, twice));
}

static void fuzz_cues(const guint8 *data, gsize nbytes) {
  GError *error = NULL;
  g_autoptr(Rundown) rundown = cues_load(fuzz_file(data, nbytes), &error);
  if (rundown == NULL)
    fuzz_refused(error);
  if (fuzz_reads_only)
    return;
  check_json(data, nbytes);
  if (rundown == NULL)
    return;
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = rundown->items->pdata[i];
    promise(item->start_frame >= 0 && item->frames >= 0 && item->frames <= G_MAXINT64 - item->start_frame);
  }
  check_cues_again(rundown);
  g_autofree char *chapters = chapters_json(rundown);
  promise(g_utf8_validate(chapters, -1, NULL));
}

FUZZ_TARGET(fuzz_cues)
