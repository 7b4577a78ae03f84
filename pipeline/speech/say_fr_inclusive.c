/* Inclusive writing in French: what is written in one word is said in two. */
#include "speech/say_fr.h"

#include <string.h>

/* NULL when `written` makes no feminine of `masculine`. */
static char *feminine_of(const char *masculine, const char *written) {
  for (const FrEnding *word = fr_whole_words; word->masculine; word++) {
    if (strcmp(word->masculine, masculine) == 0 && strcmp(word->written, written) == 0) {
      return g_strdup(word->feminine);
    }
  }
  for (const FrEnding *ending = fr_endings; ending->masculine; ending++) {
    if (strcmp(ending->written, written) == 0 && g_str_has_suffix(masculine, ending->masculine)) {
      gsize kept = strlen(masculine) - strlen(ending->masculine);
      return g_strdup_printf("%.*s%s", (int)kept, masculine, ending->feminine);
    }
  }
  return strcmp(written, "e") == 0 && !g_str_has_suffix(masculine, "e") ? g_strconcat(masculine, "e", NULL) : NULL;
}

/* The added letters are not heard: the masculine alone is said. */
static bool is_same_sound(const char *masculine, const char *ending) {
  if (strcmp(ending, "le") == 0) {
    return g_str_has_suffix(masculine, "el") || g_str_has_suffix(masculine, "ul");
  }
  if (strcmp(ending, "fe") == 0 || strcmp(ending, "que") == 0) {
    return true;
  }
  for (guint i = 0; strcmp(ending, "e") == 0 && fr_silent_endings[i]; i++) {
    if (g_str_has_suffix(masculine, fr_silent_endings[i])) {
      return true;
    }
  }
  return false;
}

/* "Chère" and "chers": the second is not at the beginning. An accented capital stays; nothing may be elided. */
static void lower_first(char *word) {
  if (*word && g_ascii_islower(word[1])) {
    word[0] = g_ascii_tolower(word[0]);
  }
}

/* "agents.es": the first s is the plural's, not the word's ("anglais.es"). */
static bool masculine_singular(char *word) {
  static const char *const plurals[] = {"ts", "ds", "és", "ns", "ls", "rs", "fs", "cs", NULL};
  for (guint i = 0; plurals[i]; i++) {
    if (g_str_has_suffix(word, plurals[i]) && strlen(word) > 3) {
      word[strlen(word) - 1] = '\0';
      return true;
    }
  }
  return false;
}

/* Both forms of a noun. */
typedef struct {
  char *masculine, *feminine; /* in their number; feminine is NULL when it is no such noun */
  bool plural, same_sound;
} Both;

static void both_clear(Both *both) {
  g_free(both->masculine);
  g_free(both->feminine);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Both, both_clear)

/* From groups `first` (masculine), then ending, and two marks of the plural. */
static Both both_of(const GMatchInfo *match, gint first) {
  g_autofree char *word = match_text(match, first);
  bool shouts = g_unichar_isupper(g_utf8_get_char(word)) && g_unichar_isupper(g_utf8_get_char(g_utf8_next_char(word)));
  g_autofree char *masculine = shouts ? g_utf8_strdown(word, -1) : g_strdup(word);
  g_autofree char *written = match_text(match, first + 1);
  g_autofree char *ending = g_utf8_strdown(written, -1);
  g_autofree char *plural1 = match_text(match, first + 2);
  g_autofree char *plural2 = match_text(match, first + 3);
  Both both = {0};
  gsize n = strlen(ending);
  if (n == 0) {
    return both;
  }
  both.plural = *plural1 || *plural2 || ending[n - 1] == 's';
  both.plural = masculine_singular(masculine) || both.plural;
  ending[n - 1] = ending[n - 1] == 's' ? '\0' : ending[n - 1];
  g_autofree char *feminine = feminine_of(masculine, ending);
  if (!feminine) {
    return both;
  }
  char last = masculine[strlen(masculine) - 1];
  bool masculine_s = both.plural && last != 's' && last != 'x';
  both.same_sound = is_same_sound(masculine, ending);
  both.masculine = g_strconcat(masculine, masculine_s ? "s" : "", NULL);
  both.feminine = g_strconcat(feminine, both.plural ? "s" : "", NULL);
  return both;
}

bool fr_inclusive(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *elided = match_text(match, 1);
  g_auto(Both) both = both_of(match, 2);
  if (!both.feminine) {
    return false;
  }
  if (both.same_sound) {
    g_string_append_printf(out, "%s%s", elided, both.masculine);
  } else {
    lower_first(both.masculine);
    g_string_append_printf(out, "%s%s %s ", elided, both.feminine, both.plural ? "et" : "ou");
    lower_first(elided);
    g_string_append_printf(out, "%s%s", elided, both.masculine);
  }
  return true;
}

static const FrEnding *determiner_of(const GMatchInfo *match) {
  g_autofree char *masculine = match_text(match, 1);
  g_autofree char *written = match_text(match, 2);
  g_autofree char *lower = g_utf8_strdown(masculine, -1);
  for (const FrEnding *row = fr_determiners; row->masculine; row++) {
    if (strcmp(row->masculine, lower) == 0 && strcmp(row->written, written) == 0) {
      return row;
    }
  }
  return NULL;
}

bool fr_inclusive_determiner(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  const FrEnding *determiner = determiner_of(match);
  if (!determiner) {
    return false;
  }
  g_autofree char *gap = match_text(match, 3);
  g_auto(Both) both = both_of(match, 4);
  if (both.feminine) {
    g_string_append_printf(out, "%s %s ou %s %s", determiner->feminine, both.feminine, determiner->masculine,
                           both.masculine);
  } else { /* what follows, if anything, is no such noun */
    g_autofree char *written = match_text(match, 1);
    g_autofree char *whole = match_text(match, 0);
    gint start = 0, after = 0;
    g_match_info_fetch_pos(match, 0, &start, NULL);
    g_match_info_fetch_pos(match, 3, &after, NULL);
    g_string_append_printf(out, "%s ou %s%s", written, determiner->feminine, *gap ? whole + (after - start) : "");
  }
  return true;
}

bool fr_inclusive_pair(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *first = match_text(match, 1);
  g_autofree char *second = match_text(match, 2);
  g_autofree char *one = g_utf8_strdown(first, -1);
  g_autofree char *other = g_utf8_strdown(second, -1);
  bool plural = g_str_has_suffix(one, "s") || g_str_has_suffix(one, "x");
  bool other_plural = g_str_has_suffix(other, "s");
  if (masculine_singular(one) || (g_str_has_suffix(one, "es") && strlen(one) > 3)) {
    one[strlen(one) - (g_str_has_suffix(one, "es") ? 1 : 0)] = '\0';
  }
  if (other_plural && !masculine_singular(other)) {
    other[strlen(other) - 1] = '\0';
  }
  char *words[] = {one, other};
  for (int i = 0; i < 2; i++) {
    const char *masculine = words[i], *feminine = words[1 - i];
    bool is_pair = false;
    for (const FrEnding *ending = fr_endings; ending->masculine && !is_pair; ending++) {
      g_autofree char *made =
          g_str_has_suffix(masculine, ending->masculine) ? feminine_of(masculine, ending->written) : NULL;
      is_pair = made && strcmp(made, feminine) == 0;
    }
    g_autofree char *plain = g_strconcat(masculine, "e", NULL);
    if (is_pair || strcmp(plain, feminine) == 0) {
      g_string_append_printf(out, "%s %s %s", first, plural && other_plural ? "et" : "ou", second);
      return true;
    }
  }
  return false;
}
