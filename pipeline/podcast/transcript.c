#include "podcast/timings.h"

#include "base/text.h"
#include "base/wav.h"
#include "podcast/word_times.h"

#include <string.h>

/* A cue that is not closed yet: text that is too short to have a millisecond of
 * its own joins the next. */
typedef struct {
  GString *out;
  const char *voice;
  GString *text;           /* as WebVTT has it */
  gint64 from_ms, last_ms; /* last: of the words in it */
} Cue;

static void close_cue(Cue *cue, gint64 until_ms) {
  if (until_ms <= cue->from_ms || cue->text->len == 0)
    return;
  vtt_append_time(cue->out, cue->from_ms);
  g_string_append(cue->out, " --> ");
  vtt_append_time(cue->out, until_ms);
  g_string_append_c(cue->out, '\n');
  if (cue->voice && *cue->voice) {
    g_string_append(cue->out, "<v ");
    vtt_append_escaped(cue->out, cue->voice);
    g_string_append_c(cue->out, '>');
  }
  g_string_append_printf(cue->out, "%s\n\n", cue->text->str);
  g_string_truncate(cue->text, 0);
  cue->from_ms = cue->last_ms = until_ms;
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

/* When each sentence begins (gint64, ms), and the item ends: the last millisecond is the last sentence's, for nothing comes
 * after in whose cue it could be. */
static GArray *sentence_starts(const RundownItem *item, const GArray *marks, const GArray *offsets,
                               gsize spoken_bytes) {
  GArray *starts = g_array_new(FALSE, FALSE, sizeof(gint64));
  gint64 end_ms = to_ms(item->start_frame + item->frames);
  guint mark = 0;
  for (guint i = 0; i < offsets->len; i++) {
    gint64 frame = i > 0 ? frame_of(item, marks, &mark, g_array_index(offsets, gsize, i), spoken_bytes) : 0;
    gint64 ms = i > 0 ? MIN(to_ms(item->start_frame + frame), end_ms - 1) : to_ms(item->start_frame);
    g_array_append_val(starts, ms);
  }
  g_array_append_val(starts, end_ms);
  return starts;
}

/* Never goes back before `from_ms`, where the last cue ended; returns where the next may begin. */
static gint64 append_item(GString *out, const Rundown *rundown, const RundownItem *item, const GArray *marks,
                          bool with_words, gint64 from_ms) {
  const char *language = item->language ? item->language : rundown->language ? rundown->language : "fr";
  const char *text_written = item->text ? item->text : "";
  const char *spoken = item->spoken && *item->spoken ? item->spoken : text_written;
  g_auto(GStrv) written = whole_sentences(text_written, language);
  g_autoptr(GArray) offsets = sentence_offsets(spoken, written, language);
  g_autoptr(GArray) starts = sentence_starts(item, marks, offsets, strlen(spoken));
  g_autoptr(GString) text = g_string_new(NULL);
  gint64 first_ms = MAX(from_ms, g_array_index(starts, gint64, 0));
  Cue cue = {out, item->voice, text, first_ms, first_ms};
  for (guint i = 0; written[i]; i++) {
    gsize until = i + 1 < offsets->len ? g_array_index(offsets, gsize, i + 1) : strlen(spoken);
    SaidSpan said = {spoken, g_array_index(offsets, gsize, i), until, with_words ? marks : NULL, item->start_frame};
    gint64 until_ms = g_array_index(starts, gint64, i + 1);
    g_string_append(text, text->len ? " " : "");
    word_times_append(text, written[i], &said, &cue.last_ms, until_ms);
    close_cue(&cue, until_ms);
  }
  return cue.from_ms;
}

static char *transcript(const Rundown *rundown, const ItemMarks *marks, bool with_words) {
  GString *out = g_string_new("WEBVTT\n\n");
  gint64 from_ms = 0;
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = g_ptr_array_index(rundown->items, i);
    const GArray *its = marks && i < marks->len ? g_ptr_array_index((GPtrArray *)marks, i) : NULL;
    if (item->type == ITEM_SPEECH || (item->type == ITEM_SOUND && item->text)) /* recorded by a person who read it */
      from_ms = append_item(out, rundown, item, its, with_words, from_ms);
  }
  return g_string_free(out, FALSE);
}

char *transcript_vtt(const Rundown *rundown, const ItemMarks *marks) {
  return transcript(rundown, marks, false);
}

char *transcript_words_vtt(const Rundown *rundown, const ItemMarks *marks) {
  return transcript(rundown, marks, true);
}
