#include "speech/spoken.h"

#include "speech/ipa.h"

#include <string.h>

/* --- reading ------------------------------------------------------------------ */

/* The piece that opens at `p` ("{"); false when it is not well formed. */
static bool piece_at(const char *p, SpokenPiece *piece, const char **end) {
  gsize words = strcspn(p + 1, "{|}");
  const char *bar = p + 1 + words;
  gsize how = *bar == '|' ? strcspn(bar + 1, "{|}") : 0;
  if (words == 0 || how == 0 || bar[1 + how] != '}') {
    return false;
  }
  *piece = (SpokenPiece){p + 1, words, bar + 1, how};
  *end = bar + how + 2;
  return true;
}

bool spoken_next(const char **p, SpokenPiece *piece) {
  const char *start = *p;
  if (*start == '\0') {
    return false;
  }
  if (*start == '{' && piece_at(start, piece, p)) {
    return true;
  }
  const char *q = start + 1, *end;
  SpokenPiece next;
  while (*q && !(*q == '{' && piece_at(q, &next, &end))) {
    q++;
  }
  *piece = (SpokenPiece){start, (gsize)(q - start), NULL, 0};
  *p = q;
  return true;
}

static bool is_ipa(const SpokenPiece *piece) {
  return piece->how && piece->how_nbytes > 2 && piece->how[0] == '/' && piece->how[piece->how_nbytes - 1] == '/';
}

char *spoken_ipa(const SpokenPiece *piece) {
  return is_ipa(piece) ? g_strndup(piece->how + 1, piece->how_nbytes - 2) : NULL;
}

char *spoken_language(const SpokenPiece *piece) {
  return piece->how && piece->how[0] != '/' ? g_strndup(piece->how, piece->how_nbytes) : NULL;
}

/* --- writing ------------------------------------------------------------------ */

gsize spoken_length(const char *p) {
  const char *close = g_str_has_prefix(p, SPOKEN_OPEN) ? strstr(p, SPOKEN_CLOSE) : NULL;
  return close ? (gsize)(close - p) + strlen(SPOKEN_CLOSE) : 0;
}

void spoken_write(GString *text) {
  static const char signs[] = "{|}"; /* in the order of U+E000 and those after it */
  char *to = text->str;
  for (const char *p = text->str; *p; p++) {
    bool is_sign = p[0] == SPOKEN_OPEN[0] && p[1] == SPOKEN_OPEN[1] && (guchar)p[2] >= 0x80 && (guchar)p[2] <= 0x82;
    *to++ = is_sign ? signs[(guchar)p[2] - 0x80] : *p;
    p += is_sign ? 2 : 0;
  }
  g_string_truncate(text, (gsize)(to - text->str));
}

void spoken_append(GString *out, const char *words, gsize nbytes, const char *how) {
  g_string_append(out, SPOKEN_OPEN);
  bool space = false;
  gsize from = out->len;
  for (const char *p = words; p < words + nbytes; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (g_unichar_isalnum(c) || g_unichar_ismark(c) || c == '\'' || c == '-') {
      g_string_append(out, space && out->len > from ? " " : "");
      g_string_append_unichar(out, c);
      space = false;
    } else {
      space = true;
    }
  }
  g_string_append_printf(out, SPOKEN_BAR "%s" SPOKEN_CLOSE, how);
}

char *spoken_plain(const char *spoken) {
  GString *plain = g_string_sized_new(strlen(spoken));
  SpokenPiece piece;
  for (const char *p = spoken; spoken_next(&p, &piece);) {
    g_string_append_len(plain, piece.words, (gssize)piece.nbytes);
  }
  return g_string_free(plain, FALSE);
}

/* Brackets would be the opening of phonemes, braces the remains of a broken piece. */
static void append_words(GString *out, const SpokenPiece *piece) {
  for (gsize i = 0; i < piece->nbytes; i++) {
    g_string_append_c(out, strchr("[]{|}", piece->words[i]) ? ' ' : piece->words[i]);
  }
}

char *spoken_for_espeak(const char *phrase, const char *voice, bool *phonemes) {
  GString *out = g_string_sized_new(strlen(phrase) + 16);
  *phonemes = false;
  SpokenPiece piece;
  for (const char *p = phrase; spoken_next(&p, &piece);) {
    g_autofree char *ipa = spoken_ipa(&piece);
    g_autofree char *names = ipa ? ipa_to_espeak(ipa, voice, NULL) : NULL;
    if (names) {
      g_string_append_printf(out, "[[%s]]", names);
      *phonemes = true;
    } else {
      append_words(out, &piece);
    }
  }
  return g_string_free(out, FALSE);
}
