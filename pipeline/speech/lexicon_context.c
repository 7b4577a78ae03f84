#include "speech/lexicon_context.h"

#include "base/i18n.h"

#include <string.h>

#define MOST_BETWEEN 6 /* words that "..." stands for */
#define MOST_TOKENS 12 /* looked at on one side */

bool context_is_word_character(gunichar c) {
  return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* One side of a word, nearest first: words in small letters ("l'" with its apostrophe), "." for a pause. */
typedef struct {
  char *tokens[MOST_TOKENS];
  guint n;
} Side;

static void side_clear(Side *side) {
  for (guint i = 0; i < side->n; i++) {
    g_free(side->tokens[i]);
  }
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Side, side_clear)

static bool is_pause(gunichar c) {
  return c == 0 || (c < 0x80 && strchr(".,;:!?()[]\n", (int)c)) || c == 0x2013;
}

static void side_add(Side *side, const char *from, const char *to) {
  GString *token = g_string_new(NULL);
  for (const char *p = from; p < to; p = g_utf8_next_char(p)) {
    g_string_append_unichar(token, g_unichar_tolower(g_utf8_get_char(p)));
  }
  side->tokens[side->n++] = g_string_free(token, FALSE);
}

static void side_add_pause(Side *side) {
  side->tokens[side->n++] = g_strdup(".");
}

/* Up to the first pause. */
static void read_after(Side *side, const char *p) {
  while (side->n < MOST_TOKENS) {
    gunichar c = g_utf8_get_char(p);
    if (is_pause(c)) {
      side_add_pause(side);
      return;
    }
    const char *start = p;
    while (*p && context_is_word_character(g_utf8_get_char(p))) {
      p = g_utf8_next_char(p);
    }
    if (p > start) {
      p += *p == '\'' ? 1 : 0;
      side_add(side, start, p);
    } else {
      p = g_utf8_next_char(p);
    }
  }
}

static void read_before(Side *side, const char *text, const char *p) {
  while (side->n < MOST_TOKENS) {
    const char *last = p > text ? g_utf8_prev_char(p) : NULL;
    if (!last || is_pause(g_utf8_get_char(last))) {
      side_add_pause(side);
      return;
    }
    const char *end = p;
    const char *letters = *last == '\'' ? last : p;
    const char *start = letters;
    while (start > text && context_is_word_character(g_utf8_get_char(g_utf8_prev_char(start)))) {
      start = g_utf8_prev_char(start);
    }
    if (start < letters) {
      side_add(side, start, end);
      p = start;
    } else {
      p = last;
    }
  }
}

static bool token_matches(const char *want, const char *have) {
  gsize n = strlen(want), m = strlen(have);
  if (n == 1 && *want == '*') {
    return *have != '.';
  }
  if (*want == '*') {
    return m >= n - 1 && strcmp(have + m - (n - 1), want + 1) == 0;
  }
  return n > 1 && want[n - 1] == '*' ? strncmp(have, want, n - 1) == 0 : strcmp(have, want) == 0;
}

/* Both nearest first; `step` walks the pattern's words that way. */
static bool side_matches(char *const *words, gint n, bool backwards, const Side *side) {
  guint at = 0;
  guint between = 0;
  for (gint i = 0; i < n; i++) {
    const char *want = words[backwards ? n - 1 - i : i];
    if (strcmp(want, "...") == 0) {
      between = MOST_BETWEEN;
      continue;
    }
    while (at < side->n && !token_matches(want, side->tokens[at]) && between > 0 && *side->tokens[at] != '.') {
      at++;
      between--;
    }
    if (at >= side->n || !token_matches(want, side->tokens[at])) {
      return false;
    }
    at++;
    between = 0;
  }
  return true;
}

static bool any_matches(char *const *patterns, bool backwards, const Side *side) {
  for (guint i = 0; patterns[i]; i++) {
    g_auto(GStrv) words = g_strsplit(patterns[i], " ", -1);
    if (side_matches(words, (gint)g_strv_length(words), backwards, side)) {
      return true;
    }
  }
  return false;
}

bool context_follows(char *const *patterns, const char *p) {
  g_auto(Side) side = {.n = 0};
  read_after(&side, p);
  return any_matches(patterns, false, &side);
}

bool context_precedes(char *const *patterns, const char *text, const char *p) {
  g_auto(Side) side = {.n = 0};
  read_before(&side, text, p);
  return any_matches(patterns, true, &side);
}

/* --- what an editor may write ---------------------------------------------------- */

static bool is_word_pattern(const char *word) {
  gsize n = strlen(word);
  const char *p = word + (*word == '*');
  const char *end = word + n - (n > 1 && word[n - 1] == '*');
  if (*word == '*' && end < word + n) {
    return false;
  }
  for (; p < end; p = g_utf8_next_char(p)) {
    bool is_last_apostrophe = *p == '\'' && p + 1 == end;
    if (!context_is_word_character(g_utf8_get_char(p)) && !is_last_apostrophe) {
      return false;
    }
  }
  return n > 0;
}

const char *context_check(const char *pattern) {
  g_auto(GStrv) words = g_strsplit(pattern, " ", -1);
  guint n = g_strv_length(words), real = 0;
  for (guint i = 0; i < n; i++) {
    bool is_gap = strcmp(words[i], "...") == 0, is_stop = strcmp(words[i], ".") == 0;
    if (!is_gap && !is_stop && !is_word_pattern(words[i])) {
      return _("only words, \"l'\", \"*ment\", \"anti*\", \"*\", \"...\" and \".\" with one space between");
    }
    real += !is_gap;
  }
  return n > MOST_TOKENS || real == 0 ? _("a pattern has one to twelve words") : NULL;
}
