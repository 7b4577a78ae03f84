#include "speech/phrases.h"

#include "base/text.h"

#include <string.h>

#define LONG_SENTENCE 60 /* bytes: a shorter one is spoken at once */
#define LEAST_CLAUSE 24  /* no clause is shorter: lists stay together */
#define MOST_BYTES 400   /* of a phrase: a text without punctuation is cut at a space */

/* Where a clause ends within `text`: after , ; or : and its space. 0: nowhere. */
static gsize clause_length(const char *text, gsize nbytes) {
  if (nbytes <= LONG_SENTENCE) {
    return nbytes;
  }
  for (gsize i = LEAST_CLAUSE; i + LEAST_CLAUSE < nbytes && i < MOST_BYTES; i++) {
    if (strchr(",;:", text[i]) && text[i + 1] == ' ') {
      return i + 1;
    }
  }
  if (nbytes <= MOST_BYTES) {
    return nbytes;
  }
  for (gsize i = MOST_BYTES; i > MOST_BYTES / 2; i--) {
    if (text[i] == ' ') {
      return i;
    }
  }
  gsize n = MOST_BYTES;
  while (n > 1 && ((guchar)text[n] & 0xc0) == 0x80) {
    n--;
  }
  return n;
}

static void add_sentence(GArray *phrases, guint32 offset, const char *text, guint sentence_pause_ms,
                         guint clause_pause_ms) {
  gsize left = strlen(text);
  while (left > 0) {
    gsize n = clause_length(text, left);
    Phrase phrase = {offset, (guint32)n, n == left ? sentence_pause_ms : clause_pause_ms};
    g_array_append_val(phrases, phrase);
    gsize spaces = strspn(text + n, " ");
    text += n + spaces;
    offset += (guint32)(n + spaces);
    left = strlen(text);
  }
}

GArray *phrases_of(const char *spoken, const char *language, guint sentence_pause_ms, guint clause_pause_ms) {
  GArray *phrases = g_array_new(FALSE, FALSE, sizeof(Phrase));
  g_auto(GStrv) sentences = text_sentences(spoken, language);
  const char *from = spoken;
  for (guint i = 0; sentences[i]; i++) {
    const char *at = strstr(from, sentences[i]);
    if (at) { /* text_sentences only trims */
      add_sentence(phrases, (guint32)(at - spoken), sentences[i], sentence_pause_ms, clause_pause_ms);
      from = at + strlen(sentences[i]);
    }
  }
  return phrases;
}

#define SIMPLE_WORD 20
#define SIMPLE_REPEATS 3

char *phrase_simplified(const char *text, gsize nbytes) {
  GString *out = g_string_sized_new(nbytes);
  g_autofree char *phrase = g_strndup(text, nbytes);
  g_autofree char *last = g_strdup("");
  guint repeats = 0;
  for (const char *p = phrase; *p;) {
    const char *word = p;
    guint characters = 0;
    while (*p && g_unichar_isalnum(g_utf8_get_char(p)) && characters < SIMPLE_WORD) {
      p = g_utf8_next_char(p);
      characters++;
    }
    g_autofree char *piece = g_strndup(word, (gsize)(p - word));
    while (*p && g_unichar_isalnum(g_utf8_get_char(p))) {
      p = g_utf8_next_char(p);
    }
    if (*piece) {
      repeats = strcmp(piece, last) == 0 ? repeats + 1 : 0;
      if (repeats < SIMPLE_REPEATS) {
        g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", piece);
      }
      g_free(last);
      last = g_strdup(piece);
    }
    p = *p ? g_utf8_next_char(p) : p;
  }
  return g_string_free(out, FALSE);
}

char *phrases_cut(const char *spoken, const char *language, gsize max_bytes) {
  if (strlen(spoken) <= max_bytes) {
    return g_strdup(spoken);
  }
  g_autoptr(GArray) phrases = phrases_of(spoken, language, 1, 0);
  gsize sentence_end = 0, phrase_end = 0;
  for (guint i = 0; i < phrases->len; i++) {
    const Phrase *phrase = &g_array_index(phrases, Phrase, i);
    gsize end = phrase->offset + phrase->length;
    if (end > max_bytes) {
      break;
    }
    phrase_end = end;
    sentence_end = phrase->pause_ms ? end : sentence_end;
  }
  /* A first sentence longer than all that is allowed is cut at a clause. */
  return g_strndup(spoken, sentence_end > 0 ? sentence_end : phrase_end);
}
