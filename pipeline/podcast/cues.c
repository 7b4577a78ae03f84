#include "podcast/cues.h"

#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/wav.h"

#define CUES_MAX_BYTES (16u << 20)

static void add_item(JsonBuilder *builder, const RundownItem *item, bool with_words) {
  json_builder_begin_object(builder);
  json_add_string(builder, "type", item_type_name(item->type));
  json_add_string(builder, "title", item->title);
  if (with_words) {
    json_add_string(builder, "text", item->text);
    json_add_string(builder, "spoken", item->spoken);
  }
  json_add_string(builder, "voice", item->voice);
  if (with_words)
    json_add_string(builder, "file", item->file);
  if (item->entry)
    json_add_int(builder, "entry", item->entry);
  if (item->kept && with_words)
    json_add_bool(builder, "keep", true);
  if (item->links && item->links[0])
    json_add_strv(builder, "links", item->links);
  json_add_int(builder, "start_frame", item->start_frame);
  json_add_int(builder, "frames", item->frames);
  json_builder_end_object(builder);
}

void cues_add_items(JsonBuilder *builder, const Rundown *rundown, bool with_words) {
  json_builder_set_member_name(builder, "items");
  json_builder_begin_array(builder);
  for (guint i = 0; i < rundown->items->len; i++)
    add_item(builder, g_ptr_array_index(rundown->items, i), with_words);
  json_builder_end_array(builder);
}

void cues_add_rundown(JsonBuilder *builder, const Rundown *rundown) {
  json_add_string(builder, "title", rundown->title);
  json_add_string(builder, "date", rundown->date);
  json_add_string(builder, "script", rundown->script);
  json_add_int(builder, "frames", rundown->frames);
  json_add_int(builder, "slot_frames", rundown->slot_frames);
  json_add_bool(builder, "edited", rundown->edited);
  json_add_bool(builder, "locked", rundown->locked);
  json_add_strv(builder, "warnings", rundown->warnings);
  cues_add_items(builder, rundown, true);
}

char *cues_json(const Rundown *rundown, const char *edition) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "edition", edition);
  json_add_string(builder, "title", rundown->title);
  json_add_string(builder, "script", rundown->script);
  json_add_string(builder, "language", rundown->language);
  json_add_string(builder, "date", rundown->date);
  json_add_int(builder, "frame_rate", FRAME_RATE);
  json_add_int(builder, "frames", rundown->frames);
  cues_add_items(builder, rundown, false);
  json_builder_end_object(builder);
  return json_text(builder, true);
}

/* --- reading it back ----------------------------------------------------------- */

/* A whole number from 0, with room to add some. False when it is there and is none. */
static bool read_count(JsonObject *object, const char *name, gint64 *value) {
  JsonNode *member = json_object_get_member(object, name);
  *value = 0;
  if (!member || JSON_NODE_HOLDS_NULL(member))
    return true;
  if (!JSON_NODE_HOLDS_VALUE(member) || json_node_get_value_type(member) != G_TYPE_INT64)
    return false;
  *value = json_node_get_int(member);
  return *value >= 0 && *value <= G_MAXINT64 / 2;
}

static char *read_string(JsonObject *object, const char *name) {
  return g_strdup(json_string_of(object, name));
}

/* Those that are strings. Returns (g_strfreev), or NULL. */
static char **read_links(JsonObject *object) {
  JsonNode *member = json_object_get_member(object, "links");
  if (!member || !JSON_NODE_HOLDS_ARRAY(member))
    return NULL;
  g_autoptr(GPtrArray) links = g_ptr_array_new();
  JsonArray *array = json_node_get_array(member);
  for (guint i = 0; i < json_array_get_length(array); i++) {
    JsonNode *element = json_array_get_element(array, i);
    if (JSON_NODE_HOLDS_VALUE(element) && json_node_get_value_type(element) == G_TYPE_STRING)
      g_ptr_array_add(links, g_strdup(json_node_get_string(element)));
  }
  g_ptr_array_add(links, NULL);
  return (char **)g_ptr_array_steal(links, NULL);
}

static RundownItem *read_item(JsonObject *object) {
  gint64 entry, start_frame, frames;
  const char *name = json_string_of(object, "type");
  int type = item_type_parse(name ? name : "");
  if (type < 0 || !read_count(object, "entry", &entry) || !read_count(object, "start_frame", &start_frame) ||
      !read_count(object, "frames", &frames))
    return NULL;
  RundownItem *item = rundown_item_new((ItemType)type);
  item->title = read_string(object, "title");
  item->links = read_links(object);
  item->entry = entry;
  item->start_frame = start_frame;
  item->frames = frames;
  return item;
}

static bool read_items(Rundown *rundown, JsonNode *root) {
  JsonObject *object = JSON_NODE_HOLDS_OBJECT(root) ? json_node_get_object(root) : NULL;
  JsonNode *member = object ? json_object_get_member(object, "items") : NULL;
  if (!member || !JSON_NODE_HOLDS_ARRAY(member))
    return false;
  JsonArray *items = json_node_get_array(member);
  for (guint i = 0; i < json_array_get_length(items); i++) {
    JsonNode *element = json_array_get_element(items, i);
    RundownItem *item = JSON_NODE_HOLDS_OBJECT(element) ? read_item(json_node_get_object(element)) : NULL;
    if (!item)
      return false;
    g_ptr_array_add(rundown->items, item);
  }
  rundown->title = read_string(object, "title");
  rundown->script = read_string(object, "script");
  rundown->language = read_string(object, "language");
  rundown->date = read_string(object, "date");
  return read_count(object, "frames", &rundown->frames);
}

Rundown *cues_load(const char *path, GError **error) {
  g_autoptr(GBytes) bytes = file_read(path, CUES_MAX_BYTES, error);
  if (!bytes)
    return NULL;
  gsize nbytes;
  const char *text = g_bytes_get_data(bytes, &nbytes);
  g_autoptr(JsonNode) root = json_parse(path, text ? text : "", (gssize)nbytes, error);
  if (!root)
    return NULL;
  g_autoptr(Rundown) rundown = rundown_new();
  if (read_items(rundown, root))
    return g_steal_pointer(&rundown);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: not the cues of an edition; produce it again"), path);
  return NULL;
}
