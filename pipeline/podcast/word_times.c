#include "podcast/word_times.h"

#include "base/text.h"
#include "base/wav.h"

#include <string.h>

#define LOOK_AHEAD 12 /* words: what is written in one may be said in so many, "1 234,50 €" */

void vtt_append_time(GString *out, gint64 ms) {
  g_string_append_printf(out, "%02d:%02d:%02d.%03d", (int)(ms / 3600000), (int)(ms / 60000 % 60), (int)(ms / 1000 % 60),
                         (int)(ms % 1000));
}

void vtt_append_escaped(GString *out, const char *text) {
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

typedef struct {
  char *key;    /* folded, letters and digits alone; "" has none */
  gint64 frame; /* -1: not known */
} TimedWord;

static void word_clear(gpointer data) {
  g_free(((TimedWord *)data)->key);
}

/* "Kervalan," and "{Kervalan|/…/}" are "kervalan". Returns (g_free). */
static char *key_of(const char *text, gsize nbytes) {
  g_autofree char *word = g_strndup(text, nbytes);
  word[strcspn(word, "|")] = '\0';
  g_autofree char *folded = text_fold(word);
  GString *key = g_string_new("");
  for (const char *p = folded; *p; p = g_utf8_next_char(p))
    if (g_unichar_isalnum(g_utf8_get_char(p)))
      g_string_append_unichar(key, g_utf8_get_char(p));
  return g_string_free(key, FALSE);
}

static GArray *words_new(void) {
  GArray *words = g_array_new(FALSE, FALSE, sizeof(TimedWord));
  g_array_set_clear_func(words, word_clear);
  return words;
}

/* The spoken words that have a mark, and when. */
static GArray *said_words(const SaidSpan *said) {
  GArray *words = words_new();
  for (guint i = 0; said->marks && i < said->marks->len; i++) {
    const SpokenMark *mark = &g_array_index(said->marks, SpokenMark, i);
    if (mark->offset < said->from || mark->offset >= said->until)
      continue;
    const char *text = said->spoken + mark->offset;
    TimedWord word = {key_of(text, strcspn(text, " \n")), mark->frame};
    g_array_append_val(words, word);
  }
  return words;
}

static GArray *written_words(char *const *tokens) {
  GArray *words = words_new();
  for (; *tokens; tokens++) {
    TimedWord word = {key_of(*tokens, strlen(*tokens)), -1};
    g_array_append_val(words, word);
  }
  return words;
}

/* The nearest pair of equal words from (`*w`, `*s`) on. False: there is none near enough. */
static bool next_pair(const GArray *written, const GArray *said, guint *w, guint *s) {
  for (guint far = 0; far <= 2 * LOOK_AHEAD; far++)
    for (guint dw = far > LOOK_AHEAD ? far - LOOK_AHEAD : 0; dw <= MIN(far, LOOK_AHEAD); dw++) {
      guint i = *w + dw, j = *s + far - dw;
      if (i >= written->len || j >= said->len)
        continue;
      const char *key = g_array_index(written, TimedWord, i).key;
      if (*key && strcmp(key, g_array_index(said, TimedWord, j).key) == 0) {
        *w = i;
        *s = j;
        return true;
      }
    }
  return false;
}

/* Written words [w, w_end) are said as [s, s_end): each begins with its share of them. */
static void share_out(GArray *written, guint w, guint w_end, const GArray *said, guint s, guint s_end) {
  guint n_written = w_end - w, n_said = s_end - s;
  for (guint i = 0; i < n_written && n_said > 0; i++)
    if (i == 0 || i * n_said / n_written != (i - 1) * n_said / n_written)
      g_array_index(written, TimedWord, w + i).frame = g_array_index(said, TimedWord, s + i * n_said / n_written).frame;
}

static void pair_words(GArray *written, const GArray *said) {
  guint w = 0, s = 0;
  for (guint i = w, j = s; next_pair(written, said, &i, &j); w = ++i, s = ++j) {
    share_out(written, w, i, said, s, j);
    g_array_index(written, TimedWord, i).frame = g_array_index(said, TimedWord, j).frame;
  }
  share_out(written, w, written->len, said, s, said->len);
}

void word_times_append(GString *out, const char *written, const SaidSpan *said, gint64 *last_ms, gint64 end_ms) {
  g_autofree char *line = text_squeeze(written);
  g_auto(GStrv) tokens = g_strsplit(line, " ", -1);
  g_autoptr(GArray) words = written_words(tokens), heard = said_words(said);
  pair_words(words, heard);
  for (guint i = 0; tokens[i]; i++) {
    gint64 frame = g_array_index(words, TimedWord, i).frame;
    gint64 ms = frame < 0 ? -1 : (said->start_frame + frame) * 1000 / FRAME_RATE;
    g_string_append(out, i > 0 ? " " : "");
    if (ms > *last_ms && ms < end_ms) {
      g_string_append_c(out, '<');
      vtt_append_time(out, ms);
      g_string_append_c(out, '>');
      *last_ms = ms;
    }
    vtt_append_escaped(out, tokens[i]);
  }
}
