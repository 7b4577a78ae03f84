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

/* --- phrases ------------------------------------------------------------------- */

char *spoken_outline(const char *spoken, GArray **places) {
  GString *outline = g_string_sized_new(strlen(spoken));
  *places = g_array_new(FALSE, FALSE, sizeof(guint32));
  SpokenPiece piece;
  for (const char *p = spoken, *from = p; spoken_next(&p, &piece); from = p) {
    for (gsize i = 0; i < piece.nbytes; i++) {
      /* One past the first byte of a piece is behind it: whoever cuts there cuts after it. */
      guint32 place = (guint32)(!piece.how ? from - spoken + (gssize)i : i == 0 ? from - spoken : p - spoken);
      bool is_sign = piece.how && (guchar)piece.words[i] < 0x80 && !g_ascii_isalnum(piece.words[i]);
      g_array_append_val(*places, place);
      g_string_append_c(outline, is_sign ? '-' : piece.words[i]);
    }
  }
  guint32 end = (guint32)strlen(spoken);
  g_array_append_val(*places, end);
  return g_string_free(outline, FALSE);
}

/* --- for eSpeak NG --------------------------------------------------------------- */

/* Of an elided word before sounds eSpeak would say the letter's name: "l'[[…]]" is "elle…". */
static const struct {
  const char *language, *word, *sound;
} elided[] = {
    {"fr", "l'", "l"}, {"fr", "d'", "d"}, {"fr", "n'", "n"}, {"fr", "s'", "s"},
    {"fr", "m'", "m"}, {"fr", "t'", "t"}, {"fr", "c'", "s"}, {"fr", "j'", "Z"},
};

/* Takes the elided word that `out` ends with off it. Its sound, "" when there is none. */
static const char *take_elided(GString *out, const char *voice) {
  for (guint i = 0; i < G_N_ELEMENTS(elided); i++) {
    gsize n = strlen(elided[i].word);
    const char *at = out->len >= n ? out->str + out->len - n : NULL;
    bool is_word = at && g_ascii_strncasecmp(at, elided[i].word, n) == 0 && (at == out->str || at[-1] == ' ');
    if (is_word && g_str_has_prefix(voice, elided[i].language) && !g_ascii_isalpha(voice[2])) {
      g_string_truncate(out, out->len - n);
      return elided[i].sound;
    }
  }
  return "";
}

/* Brackets would be the opening of phonemes, braces the remains of a broken piece. */
static void append_words(GString *out, const SpokenPiece *piece) {
  for (gsize i = 0; i < piece->nbytes; i++) {
    g_string_append_c(out, strchr("[]{|}", piece->words[i]) ? ' ' : piece->words[i]);
  }
}

/* eSpeak reads "[[" after a space, an apostrophe or a hyphen, and what it may end with: « [[…]] » it leaves out. */
static void append_sounds(GString *out, const char *sounds, const char *voice, char next) {
  const char *elision = take_elided(out, voice);
  const char *join = !*elision ? "" : g_str_has_prefix(sounds, "_^_") ? " " : "|"; /* another language begins a word */
  bool is_apart = out->len == 0 || strchr(" '-", out->str[out->len - 1]);
  g_string_append_printf(out, "%s[[%s%s%s]]%s", is_apart ? "" : " ", elision, join, sounds,
                         strchr(" .,;:!?'-", next) ? "" : " ");
}

/* Returns (g_free), NULL: said as its words. */
static char *sounds_of(const SpokenPiece *piece, const char *voice, SpokenForeign foreign, gpointer user) {
  g_autofree char *ipa = spoken_ipa(piece);
  g_autofree char *language = spoken_language(piece);
  g_autofree char *words = g_strndup(piece->words, piece->nbytes);
  return ipa ? ipa_to_espeak(ipa, voice, NULL) : language && foreign ? foreign(words, language, user) : NULL;
}

/* An elided word that became part of the sounds keeps its place. */
static void append_places(GArray *places, gsize until, guint32 from, bool advances) {
  for (guint32 i = 0; places && places->len < until; i++) {
    guint32 place = advances ? from + i : from;
    g_array_append_val(places, place);
  }
}

char *spoken_for_espeak(const char *phrase, const char *voice, SpokenForeign foreign, gpointer user, bool *phonemes,
                        GArray *places) {
  GString *out = g_string_sized_new(strlen(phrase) + 16);
  *phonemes = false;
  SpokenPiece piece;
  for (const char *p = phrase, *from = p; spoken_next(&p, &piece); from = p) {
    g_autofree char *sounds = sounds_of(&piece, voice, foreign, user);
    if (sounds) {
      append_sounds(out, sounds, voice, *p);
      *phonemes = true;
    } else {
      append_words(out, &piece);
    }
    append_places(places, out->len, (guint32)(piece.how ? from - phrase : piece.words - phrase), !piece.how);
  }
  return g_string_free(out, FALSE);
}
