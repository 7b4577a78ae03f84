#include "podcast/timings.h"

#include "base/json.h"
#include "base/wav.h"

#include <string.h>

/* A link that a player may open: a web address, and none that holds a user's
 * name or password ("https://user:secret@host/"). */
bool chapter_link_is_shown(const char *link) {
  if (!g_str_has_prefix(link, "https://") && !g_str_has_prefix(link, "http://"))
    return false;
  const char *host = strstr(link, "://") + strlen("://");
  return memchr(host, '@', strcspn(host, "/?#")) == NULL;
}

static const char *first_link(const RundownItem *item) {
  for (guint i = 0; item->links && item->links[i]; i++)
    if (chapter_link_is_shown(item->links[i]))
      return item->links[i];
  return NULL;
}

static bool has_title(const RundownItem *item) {
  return item->title && *item->title;
}

GArray *chapter_spans(const Rundown *rundown) {
  GArray *spans = g_array_new(FALSE, TRUE, sizeof(ChapterSpan));
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = g_ptr_array_index(rundown->items, i);
    ChapterSpan *last = spans->len ? &g_array_index(spans, ChapterSpan, spans->len - 1) : NULL;
    gint64 end = item->start_frame + item->frames;
    if (item->frames <= 0)
      continue; /* not heard */
    if (has_title(item) && (!last || strcmp(last->title, item->title) != 0)) {
      ChapterSpan span = {item->title, first_link(item), last ? item->start_frame : 0, end};
      g_array_append_val(spans, span);
    } else if (last) {
      last->end_frame = end;
      if (!last->url && has_title(item))
        last->url = first_link(item);
    }
  }
  return spans;
}

/* A JSON number of milliseconds' precision. */
static void add_seconds(JsonBuilder *builder, const char *name, gint64 frame) {
  gint64 ms = frame * 1000 / FRAME_RATE;
  json_add_double(builder, name, (double)ms / 1000.0);
}

char *chapters_json(const Rundown *rundown) {
  g_autoptr(GArray) spans = chapter_spans(rundown);
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "version", "1.2.0");
  if (rundown->title)
    json_add_string(builder, "title", rundown->title);
  json_builder_set_member_name(builder, "chapters");
  json_builder_begin_array(builder);
  for (guint i = 0; i < spans->len; i++) {
    const ChapterSpan *span = &g_array_index(spans, ChapterSpan, i);
    json_builder_begin_object(builder);
    add_seconds(builder, "startTime", span->start_frame);
    add_seconds(builder, "endTime", span->end_frame);
    json_add_string(builder, "title", span->title);
    if (span->url)
      json_add_string(builder, "url", span->url);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  json_builder_end_object(builder);
  return json_text(builder, true);
}
