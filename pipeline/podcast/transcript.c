#include "podcast/timings.h"

#include "base/text.h"
#include "base/wav.h"

#include <string.h>

/* A cue that is not closed yet: text that is too short to have a millisecond of
 * its own joins the next. */
typedef struct {
  GString *out;
  const char *voice;
  GString *text;
  gint64 from_ms;
} Cue;

/* hh:mm:ss.mmm (WebVTT, section 4.1) */
static void append_time(GString *out, gint64 ms) {
  g_string_append_printf(out, "%02d:%02d:%02d.%03d", (int)(ms / 3600000), (int)(ms / 60000 % 60), (int)(ms / 1000 % 60),
                         (int)(ms % 1000));
}

/* "&" and "<" are markup there; a blank line or "-->" would end the cue, ">" a tag. */
static void append_escaped(GString *out, const char *text) {
  g_autofree char *line = text_squeeze(text);
  for (const char *at = line; *at; at++)
    switch (*at) {
      case '&':
        g_string_append(out, "&amp;");
        break;
      case '<':
        g_string_append(out, "&lt;");
        break;
      case '>':
        g_string_append(out, "&gt;");
        break;
      default:
        g_string_append_c(out, *at);
    }
}

static void close_cue(Cue *cue, gint64 until_ms) {
  if (until_ms <= cue->from_ms || cue->text->len == 0)
    return;
  append_time(cue->out, cue->from_ms);
  g_string_append(cue->out, " --> ");
  append_time(cue->out, until_ms);
  g_string_append_c(cue->out, '\n');
  if (cue->voice && *cue->voice) {
    g_string_append(cue->out, "<v ");
    append_escaped(cue->out, cue->voice);
    g_string_append_c(cue->out, '>');
  }
  append_escaped(cue->out, cue->text->str);
  g_string_append(cue->out, "\n\n");
  g_string_truncate(cue->text, 0);
  cue->from_ms = until_ms;
}

/* Where byte `offset` of the `length` bytes that are spoken is heard: at the first mark
 * from there on (`*mark` remembers it: offsets come in order), else in proportion. */
static gint64 frame_of(const RundownItem *item, const GArray *marks, guint *mark, gsize offset, gsize length) {
  for (; marks && *mark < marks->len; (*mark)++) {
    const SpokenMark *at = &g_array_index(marks, SpokenMark, *mark);
    if (at->offset >= offset)
      return CLAMP(at->frame, 0, item->frames);
  }
  return (gint64)((double)item->frames * (double)offset / (double)length);
}

/* text_sentences, but an address with a "?" in it stays whole: no break where there is no space. Only after
 * ASCII: "。" ends a sentence without one. Returns (g_strfreev). */
static char **whole_sentences(const char *text, const char *language) {
  g_auto(GStrv) pieces = text_sentences(text, language);
  GPtrArray *sentences = g_ptr_array_new();
  const char *from = text, *until = text; /* the sentence that may go on */
  for (guint i = 0; pieces[i]; i++) {
    const char *found = strstr(until, pieces[i]);
    if (!found)
      continue; /* cannot be: a piece is a part of the text */
    if (found != until || until == text || !g_ascii_isgraph(until[-1])) {
      if (until > from)
        g_ptr_array_add(sentences, g_strndup(from, (gsize)(until - from)));
      from = found;
    }
    until = found + strlen(pieces[i]);
  }
  if (until > from)
    g_ptr_array_add(sentences, g_strndup(from, (gsize)(until - from)));
  g_ptr_array_add(sentences, NULL);
  return (char **)g_ptr_array_free(sentences, FALSE);
}

/* Where each written sentence starts in the spoken text (an array of gsize):
 * where the spoken sentence of the same number does, or, when reading split or
 * joined some, in proportion. */
static GArray *sentence_offsets(const char *spoken, char *const *written, const char *language) {
  g_auto(GStrv) said = whole_sentences(spoken, language);
  bool is_parallel = g_strv_length(said) == g_strv_length((char **)written);
  gsize total = 0, before = 0, spoken_bytes = strlen(spoken);
  for (guint i = 0; written[i]; i++)
    total += strlen(written[i]);
  GArray *offsets = g_array_new(FALSE, FALSE, sizeof(gsize));
  const char *at = spoken;
  for (guint i = 0; written[i]; i++) {
    const char *found = is_parallel ? strstr(at, said[i]) : NULL;
    gsize offset =
        found ? (gsize)(found - spoken) : (gsize)((double)spoken_bytes * (double)before / (double)MAX(total, 1));
    g_array_append_val(offsets, offset);
    at = found ? found + strlen(said[i]) : at;
    before += strlen(written[i]);
  }
  return offsets;
}

static gint64 to_ms(gint64 frame) {
  return frame * 1000 / FRAME_RATE;
}

/* Never goes back before `from_ms`, where the last cue ended; returns where the next may begin. */
static gint64 append_item(GString *out, const Rundown *rundown, const RundownItem *item, const GArray *marks,
                          gint64 from_ms) {
  const char *language = item->language ? item->language : rundown->language ? rundown->language : "fr";
  const char *text_written = item->text ? item->text : "";
  const char *spoken = item->spoken && *item->spoken ? item->spoken : text_written;
  g_auto(GStrv) written = whole_sentences(text_written, language);
  g_autoptr(GArray) offsets = sentence_offsets(spoken, written, language);
  g_autoptr(GString) text = g_string_new(NULL);
  Cue cue = {out, item->voice, text, MAX(from_ms, to_ms(item->start_frame))};
  gint64 end_ms = to_ms(item->start_frame + item->frames);
  gsize spoken_bytes = strlen(spoken);
  guint mark = 0;
  for (guint i = 0; written[i]; i++) {
    gint64 frame = i > 0 ? frame_of(item, marks, &mark, g_array_index(offsets, gsize, i), spoken_bytes) : 0;
    if (i > 0) /* the last millisecond is the last sentence's: nothing comes after in whose cue it could be */
      close_cue(&cue, MIN(to_ms(item->start_frame + frame), end_ms - 1));
    g_string_append_printf(text, "%s%s", text->len ? " " : "", written[i]);
  }
  close_cue(&cue, end_ms);
  return cue.from_ms;
}

char *transcript_vtt(const Rundown *rundown, const ItemMarks *marks) {
  GString *out = g_string_new("WEBVTT\n\n");
  gint64 from_ms = 0;
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = g_ptr_array_index(rundown->items, i);
    const GArray *its = marks && i < marks->len ? g_ptr_array_index((GPtrArray *)marks, i) : NULL;
    if (item->type == ITEM_SPEECH)
      from_ms = append_item(out, rundown, item, its, from_ms);
  }
  return g_string_free(out, FALSE);
}
