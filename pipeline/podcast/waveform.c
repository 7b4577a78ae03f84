#include "podcast/waveform.h"

#include "base/json.h"
#include "base/wav.h"

#define DRAWN 200u /* columns, each 4 wide and 3 of it ink */
#define WIDTH (DRAWN * 4)
#define HALF 50
#define LOUDEST 127

/* The highest of column `i` of `n`, out of `of`. */
static guint8 highest(const guint8 *peaks, guint of, guint i, guint n) {
  guint8 high = 0;
  guint from = (guint)((guint64)i * of / n), until = (guint)((guint64)(i + 1) * of / n);
  for (guint k = from; k < MAX(until, from + 1) && k < of; k++)
    high = MAX(high, peaks[k]);
  return high;
}

char *waveform_json(const guint8 *peaks, guint n, guint column_frames) {
  guint wide = (n + WAVEFORM_MOST - 1) / WAVEFORM_MOST, length = wide ? (n + wide - 1) / wide : 0;
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_int(builder, "version", 2);
  json_add_int(builder, "channels", 1);
  json_add_int(builder, "sample_rate", FRAME_RATE);
  json_add_int(builder, "samples_per_pixel", (gint64)column_frames * wide);
  json_add_int(builder, "bits", 8);
  json_add_int(builder, "length", length);
  json_builder_set_member_name(builder, "data");
  json_builder_begin_array(builder);
  for (guint i = 0; i < length; i++) {
    guint8 high = 0;
    for (guint k = i * wide; k < MIN((i + 1) * wide, n); k++)
      high = MAX(high, peaks[k]);
    json_builder_add_int_value(builder, -(gint64)high);
    json_builder_add_int_value(builder, high);
  }
  json_builder_end_array(builder);
  json_builder_end_object(builder);
  return json_text(builder, false);
}

GByteArray *waveform_parse(const char *text, gssize nbytes) {
  g_autoptr(JsonNode) root = json_parse("waveform.json", text, nbytes, NULL);
  JsonObject *object = root && JSON_NODE_HOLDS_OBJECT(root) ? json_node_get_object(root) : NULL;
  JsonNode *member = object ? json_object_get_member(object, "data") : NULL;
  JsonArray *data = member && JSON_NODE_HOLDS_ARRAY(member) ? json_node_get_array(member) : NULL;
  guint n = data ? json_array_get_length(data) / 2 : 0;
  if (n == 0 || n > WAVEFORM_MOST)
    return NULL;
  g_autofree guint8 *all = g_malloc0(n);
  for (guint i = 0; i < n; i++) {
    JsonNode *element = json_array_get_element(data, 2 * i + 1);
    gint64 value = JSON_NODE_HOLDS_VALUE(element) ? json_node_get_int(element) : 0;
    all[i] = (guint8)CLAMP(value, 0, LOUDEST);
  }
  GByteArray *peaks = g_byte_array_new();
  for (guint i = 0; i < MIN(n, DRAWN); i++) {
    guint8 peak = highest(all, n, i, MIN(n, DRAWN));
    g_byte_array_append(peaks, &peak, 1);
  }
  return peaks;
}

char *waveform_svg(const Episode *episode) {
  if (!episode->waveform || episode->waveform->len == 0 || episode->duration_ms <= 0)
    return NULL;
  GString *svg = g_string_new(NULL);
  g_string_append_printf(svg,
                         "<svg class=\"wave\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                         "<path d=\"",
                         (int)WIDTH, 2 * HALF);
  for (guint i = 0; i < DRAWN; i++) { /* the line is as wide as its column's ink */
    int high = MAX(highest(episode->waveform->data, episode->waveform->len, i, DRAWN) * (HALF - 2) / LOUDEST, 1);
    g_string_append_printf(svg, "M%u %dV%d", i * 4 + 2, HALF - high, HALF + high);
  }
  g_string_append(svg, "\"/><path class=\"parts\" d=\"");
  for (guint i = 0; i < episode->parts->len; i++) {
    const EpisodePart *part = episode->parts->pdata[i];
    if (part->start_ms < episode->duration_ms)
      g_string_append_printf(svg, "M%d 0V%d", (int)(part->start_ms * WIDTH / episode->duration_ms), 2 * HALF);
  }
  g_string_append(svg, "\"/></svg>");
  return g_string_free(svg, FALSE);
}
