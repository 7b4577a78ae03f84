#include "editorial/names.h"

#include "base/text.h"
#include "editorial/name_lists.h"

#include <string.h>

#define RUN_MOST 5 /* words of one name: "Mme Maryvonne Le Goff" has four */

static bool has_capital(const char *word) {
  return g_unichar_isupper(g_utf8_get_char(word));
}

/* "Rose", not "ROSE"; of a word with a capital. */
static bool is_capitalised(const char *word) {
  return g_unichar_islower(g_utf8_get_char(g_utf8_next_char(word)));
}

/* The first word of `folded` alone. */
static char *cut_first(char *folded) {
  folded[strcspn(folded, " ")] = '\0';
  return folded;
}

/* Bytes of "d'", "qu’"… before the word, or 0. */
static gsize elision(const char *word) {
  gsize n = strcspn(word, "'\xE2");
  gsize quote = word[n] == '\'' ? 1 : g_str_has_prefix(word + n, "’") ? strlen("’") : 0;
  if (quote == 0 || n > strlen("lorsqu"))
    return 0;
  g_autofree char *before = g_strndup(word, n), *small = g_ascii_strdown(before, -1);
  return name_listed(LIST_ELISIONS, small) ? n + quote : 0;
}

/* Without the punctuation around it and "'s" behind it. Returns (g_free). */
static char *trimmed(const char *word) {
  const char *from = word, *until = word + strlen(word);
  while (from < until && !g_unichar_isalnum(g_utf8_get_char(from)))
    from = g_utf8_next_char(from);
  while (until > from && !g_unichar_isalnum(g_utf8_get_char(g_utf8_prev_char(until))))
    until = g_utf8_prev_char(until);
  gsize n = (gsize)(until - from);
  if (n > 2 && strncmp(until - 2, "'s", 2) == 0)
    n -= 2;
  else if (n > 4 && strncmp(until - 4, "’s", 4) == 0)
    n -= 4;
  return g_strndup(from, n);
}

/* And without "d'" before it. Returns (g_free). */
static char *bare(const char *word) {
  g_autofree char *whole = trimmed(word);
  return g_strdup(whole + elision(whole));
}

/* Does a sentence or a list end at `word`? Then the next one is no surname. */
static bool ends_phrase(const char *word) {
  static const char *const ENDS[] = {".", ",", ";", ":", "!", "?", ")", "/", "»"};
  for (gsize i = 0; i < G_N_ELEMENTS(ENDS); i++)
    if (g_str_has_suffix(word, ENDS[i]))
      return true;
  return false;
}

static bool is_in_place(const char *word, const char *place) {
  if (place == NULL)
    return false;
  g_autofree char *w = text_fold(word), *p = text_fold(place);
  g_autofree char *inner = g_strdup_printf(" %s ", w), *outer = g_strdup_printf(" %s ", p);
  return strstr(outer, inner) != NULL;
}

static bool before_place(char **words, guint i) {
  if (i == 0 || (ends_phrase(words[i - 1]) && !g_str_has_suffix(words[i - 1], ".")))
    return false;
  g_autofree char *folded = text_fold(words[i - 1]);
  char *last = strrchr(folded, ' ');
  last = last == NULL ? folded : last + 1;
  return name_listed(LIST_PLACES, last) && (!g_str_has_suffix(words[i - 1], ".") || strlen(last) <= strlen("ste"));
}

/* "rue du", "place de la" before word `i`. */
static bool before_street(char **words, guint i) {
  guint at = i;
  while (at > 0 && i - at < 2 &&
         (name_listed(LIST_GENITIVES, words[at - 1]) || name_listed(LIST_ARTICLES, words[at - 1])))
    at--;
  g_autofree char *folded = at > 0 ? text_fold(words[at - 1]) : NULL;
  char *last = folded == NULL ? NULL : strrchr(folded, ' ');
  return folded != NULL && name_listed(LIST_STREETS, last == NULL ? folded : last + 1);
}

/* "Jean-Yves" is known by "Jean"; "Martin-pêcheur" is no person. */
static bool is_compound(const char *word) {
  g_auto(GStrv) pieces = g_strsplit(word, "-", 5);
  for (guint i = 1; pieces[i] != NULL; i++) {
    g_autofree char *folded = text_fold(pieces[i]);
    if (!has_capital(pieces[i]) && !name_listed(LIST_FIRST_NAMES, folded))
      return false;
  }
  return true;
}

/* A listed first name, capitalised or, when long enough to be no acronym, in capitals. */
static bool is_first_name(const char *word) {
  if (!is_capitalised(word) && g_utf8_strlen(word, -1) < 4)
    return false;
  g_autofree char *folded = text_fold(word);
  return name_listed(LIST_FIRST_NAMES, cut_first(folded)) && is_compound(word);
}

/* May the first name at `i` stand for somebody without a surname? */
static bool stands_alone(char **words, guint i, const char *word) {
  g_autofree char *folded = text_fold(word);
  if (name_listed(LIST_NEVER_ALONE, folded))
    return false;
  if (!name_listed(LIST_COMMON_WORDS, folded))
    return true;
  if (!is_capitalised(word))
    return false;
  g_autofree char *before = i > 0 ? text_fold(words[i - 1]) : NULL;
  g_autofree char *after = words[i + 1] != NULL && !ends_phrase(words[i]) ? text_fold(words[i + 1]) : g_strdup("");
  return (before == NULL || !name_listed(LIST_ARTICLES, before)) && !name_listed(LIST_GENITIVES, cut_first(after));
}

static bool is_title(const char *word) {
  while (!g_unichar_isalnum(g_utf8_get_char(word)))
    word = g_utf8_next_char(word);
  word += elision(word);
  if (name_listed(LIST_TITLES, word))
    return true;
  if (ends_phrase(word))
    return false;
  g_autofree char *folded = text_fold(word);
  return name_listed(LIST_FULL_TITLES, folded);
}

static bool may_be_surname(const char *word, const char *place) {
  g_autofree char *plain = bare(word);
  return has_capital(plain) && !is_in_place(plain, place);
}

/* How many words from `i` on are one name: capitals, and particles before them. */
static guint run_length(char **words, guint i, const char *place) {
  guint n = 1;
  for (bool is_open = is_title(words[i]) || !ends_phrase(words[i]); is_open && n < RUN_MOST;) {
    guint at = i + n;
    while (words[at] != NULL && at < i + n + 2 && name_listed(LIST_PARTICLES, words[at]))
      at++;
    if (words[at] == NULL || !may_be_surname(words[at], place))
      break;
    n = at - i + 1;
    is_open = !ends_phrase(words[at]);
  }
  return n;
}

/* "yann.kerbrat@…", "fatima@…", not "contact@…". */
static bool is_personal_address(const char *word) {
  const char *sign = strchr(word, '@');
  if (strchr(sign, '.') == NULL)
    return false;
  g_autofree char *local = g_strndup(word, (gsize)(sign - word));
  g_autofree char *folded = text_fold(local);
  g_auto(GStrv) pieces = g_strsplit(folded, " ", -1);
  bool is_long = false;
  for (guint i = 0; pieces[i] != NULL; i++) {
    if (name_listed(LIST_OFFICES, pieces[i]) || !g_unichar_isalpha(g_utf8_get_char(pieces[i])))
      return false;
    is_long = is_long || g_utf8_strlen(pieces[i], -1) >= 3;
  }
  return name_listed(LIST_FIRST_NAMES, pieces[0]) || (strpbrk(local, "._") != NULL && pieces[1] != NULL && is_long);
}

/* Parts of a name that are worth looking for: three letters or more, no role in brackets. */
static GPtrArray *author_parts(const char *author) {
  GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
  if (author == NULL)
    return parts;
  g_autofree char *folded = text_fold(author);
  g_auto(GStrv) words = g_strsplit(folded, " ", 8);
  for (guint i = 0; words[i] != NULL; i++)
    if (g_utf8_strlen(words[i], -1) >= 3)
      g_ptr_array_add(parts, g_strdup(words[i]));
  return parts;
}

/* The word, when it is a part of the author's name. Returns (g_free), or NULL. */
static char *author_at(const char *word, GPtrArray *parts) {
  g_autofree char *plain = bare(word);
  g_autofree char *folded = text_fold(plain);
  g_auto(GStrv) pieces = g_strsplit(folded, " ", 6);
  for (guint i = 0; pieces[i] != NULL; i++)
    for (guint j = 0; j < parts->len; j++)
      if (g_str_equal(pieces[i], g_ptr_array_index(parts, j)))
        return g_strdup(plain);
  return NULL;
}

/* How many words from `i` on name somebody; 0 when none does. */
static guint name_at(char **words, guint i, const char *place, GPtrArray *parts) {
  g_autofree char *word = bare(words[i]);
  if (*word == '\0' || strstr(words[i], "://") != NULL)
    return 0;
  if (strchr(word, '@') != NULL)
    return is_personal_address(word) ? 1 : 0;
  bool may_follow =
      words[i + 1] != NULL && (name_listed(LIST_PARTICLES, words[i + 1]) || may_be_surname(words[i + 1], place));
  if (may_follow && is_title(words[i]) && !before_street(words, i)) {
    guint n = run_length(words, i, place);
    return n > 1 ? n : 0;
  }
  if (!has_capital(word) || is_in_place(word, place))
    return 0;
  g_autofree char *author = author_at(words[i], parts);
  if (author != NULL)
    return run_length(words, i, place);
  if (!is_first_name(word) || before_place(words, i))
    return 0;
  guint n = run_length(words, i, place);
  return n > 1 || stands_alone(words, i, word) ? n : 0;
}

/* Words `i` to `i + n`, without the punctuation around them; a title keeps its point. Returns (g_free). */
static char *join_words(char **words, guint i, guint n) {
  g_autoptr(GString) name = g_string_new(NULL);
  for (guint at = i; at < i + n; at++) {
    g_autofree char *plain = at == i ? bare(words[at]) : trimmed(words[at]);
    g_string_append_printf(name, "%s%s%s", at > i ? " " : "", plain,
                           at == i && n > 1 && g_str_has_suffix(words[at], ".") ? "." : "");
  }
  return g_strdup(name->str);
}

/* Adds to `names` what it does not hold yet, until there are `most`. */
static void add_names(GPtrArray *names, const char *text, const char *author, const char *place, guint most) {
  g_autofree char *squeezed = text_squeeze(text);
  g_auto(GStrv) words = g_strsplit(squeezed, " ", -1);
  g_autoptr(GPtrArray) parts = author_parts(author);
  for (guint i = 0; words[i] != NULL && names->len < most;) {
    guint n = name_at(words, i, place, parts);
    g_autofree char *name = n > 0 ? join_words(words, i, n) : NULL;
    if (name != NULL && !g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
      g_ptr_array_add(names, g_steal_pointer(&name));
    i += MAX(n, 1);
  }
}

char *names_find(const char *text, const char *author, const char *place) {
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  add_names(names, text, author, place, 1);
  return names->len > 0 ? g_strdup(names->pdata[0]) : NULL;
}

bool names_hold_author(const char *text, const char *author) {
  g_autofree char *squeezed = text_squeeze(text);
  g_auto(GStrv) words = g_strsplit(squeezed, " ", -1);
  g_autoptr(GPtrArray) parts = author_parts(author);
  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *found = author_at(words[i], parts);
    if (found != NULL)
      return true;
  }
  return false;
}

GPtrArray *names_in_anonymous(const Entry *entry) {
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  if (!entry_is_anonymous(entry))
    return names;
  if (entry->title != NULL)
    add_names(names, entry->title, entry->author, entry->place, NAMES_MOST);
  if (entry->text != NULL)
    add_names(names, entry->text, entry->author, entry->place, NAMES_MOST);
  return names;
}
