#include "podcast/timings.h"

#include "base/text.h"
#include "base/wav.h"

#include <string.h>

/* hh:mm:ss.mmm (WebVTT, section 4.1) */
static void append_time(GString *out, gint64 frame) {
  gint64 ms = frame * 1000 / FRAME_RATE;
  g_string_append_printf(out, "%02d:%02d:%02d.%03d", (int)(ms / 3600000), (int)(ms / 60000 % 60), (int)(ms / 1000 % 60),
                         (int)(ms % 1000));
}

/* "&" and "<" are markup there; a blank line or "-->" would end the cue. */
static void append_payload(GString *out, const char *text) {
  g_autofree char *line = text_squeeze(text);
  for (const char *at = line; *at; at++)
    switch (*at) {
    case '&': g_string_append(out, "&amp;"); break;
    case '<': g_string_append(out, "&lt;"); break;
    case '>': g_string_append(out, "&gt;"); break;
    default: g_string_append_c(out, *at);
    }
}

static void append_cue(GString *out, const char *voice, const char *text, gint64 from_frame, gint64 until_frame) {
  append_time(out, from_frame);
  g_string_append(out, " --> ");
  append_time(out, until_frame);
  g_string_append_printf(out, "\n<v %s>", voice ? voice : "-");
  append_payload(out, text);
  g_string_append(out, "\n\n");
}

/* Where byte `offset` of the spoken text is heard: at the first mark from there on. */
static gint64 frame_of(const RundownItem *item, const GArray *marks, gsize offset) {
  for (guint i = 0; marks && i < marks->len; i++) {
    const SpokenMark *mark = &g_array_index(marks, SpokenMark, i);
    if (mark->offset >= offset)
      return MIN(mark->frame, item->frames);
  }
  gsize length = strlen(item->spoken ? item->spoken : "");
  return length ? (gint64)((double)item->frames * (double)MIN(offset, length) / (double)length) : 0;
}

/* Start of the i-th of n written sentences: where the spoken sentence of the
 * same number starts, or, when reading split or joined some, in proportion. */
static gint64 sentence_start(const RundownItem *item, const GArray *marks, char *const *spoken, guint i, guint n,
                             gsize written_before, gsize written_total) {
  const char *text = item->spoken ? item->spoken : "";
  if (i == 0)
    return 0;
  if (g_strv_length((char **)spoken) == n) {
    const char *at = text;
    for (guint s = 0; s <= i && at; s++) {
      at = strstr(at, spoken[s]);
      if (s < i && at)
        at += strlen(spoken[s]);
    }
    if (at)
      return frame_of(item, marks, (gsize)(at - text));
  }
  return frame_of(item, marks, (gsize)((double)strlen(text) * (double)written_before / (double)MAX(written_total, 1)));
}

static void append_item(GString *out, const RundownItem *item, const GArray *marks) {
  const char *language = item->language ? item->language : "fr";
  g_auto(GStrv) written = text_sentences(item->text ? item->text : "", language);
  g_auto(GStrv) spoken = text_sentences(item->spoken ? item->spoken : "", language);
  guint n = g_strv_length(written);
  gsize total = 0, before = 0;
  for (guint i = 0; i < n; i++)
    total += strlen(written[i]);
  gint64 start = 0;
  for (guint i = 0; i < n; i++) {
    before += strlen(written[i]);
    gint64 next = i + 1 < n ? MAX(start, sentence_start(item, marks, spoken, i + 1, n, before, total)) : item->frames;
    append_cue(out, item->voice, written[i], item->start_frame + start, item->start_frame + next);
    start = next;
  }
}

char *transcript_vtt(const Rundown *rundown, const ItemMarks *marks) {
  GString *out = g_string_new("WEBVTT\n\n");
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = g_ptr_array_index(rundown->items, i);
    if (item->type == ITEM_SPEECH)
      append_item(out, item, marks && i < marks->len ? g_ptr_array_index((GPtrArray *)marks, i) : NULL);
  }
  return g_string_free(out, FALSE);
}
