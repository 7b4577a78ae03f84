/* What is promised of a text that is ready to be spoken. */
#ifndef CARNET_TESTS_FUZZ_SPOKEN_H
#define CARNET_TESTS_FUZZ_SPOKEN_H

#include "fuzz.h"

#include "speech/phrases.h"
#include "speech/spoken.h"

#define LONGEST_PIECE 1000 /* what the lexicon may say by another language is never cut */

/* Letters, marks, digits, spaces and plain punctuation alone, besides the lexicon's pieces: no markup, no
 * phonemes, no address. */
static inline void check_spoken(const char *notation, const char *written) {
  promise(g_utf8_validate(notation, -1, NULL));
  g_autofree char *said = spoken_plain(notation);
  promise(strlen(said) <= strlen(written) * 20);
  for (const char *at = said; *at != '\0'; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    bool plain = g_unichar_isalnum(c) || g_unichar_ismark(c) || (c < 0x80 && strchr(" .,;:!?'-", (int)c) != NULL);
    if (!plain)
      g_error("U+%04X is left in \"%s\"", c, said);
  }
}

/* The phrases hold everything, in order, in pieces that the voice can take. */
static inline void check_phrases(const char *said, const char *language) {
  g_autoptr(GArray) phrases = phrases_of(said, language, 400, 100);
  gsize at = 0;
  for (guint i = 0; i < phrases->len; i++) {
    const Phrase *phrase = &g_array_index(phrases, Phrase, i);
    promise(phrase->offset >= at && phrase->length > 0);
    promise(phrase->offset + (gsize)phrase->length <= strlen(said));
    promise(g_utf8_validate(said + phrase->offset, phrase->length, NULL));
    for (; at < phrase->offset; at++)
      promise(said[at] == ' ' || (guchar)said[at] >= 0x80 || g_ascii_isspace(said[at]));
    at = phrase->offset + (gsize)phrase->length;
    g_autofree char *piece = g_strndup(said + phrase->offset, phrase->length);
    g_autofree char *words = spoken_plain(piece);
    promise(strlen(words) <= 400 + LONGEST_PIECE && (strchr(said, '{') || phrase->length <= 400));
    g_autofree char *simple = phrase_simplified(said + phrase->offset, phrase->length);
    promise(g_utf8_validate(simple, -1, NULL));
  }
  g_autofree char *cut = phrases_cut(said, language, 200);
  promise(strlen(cut) <= 200 && g_utf8_validate(cut, -1, NULL));
}

#endif
