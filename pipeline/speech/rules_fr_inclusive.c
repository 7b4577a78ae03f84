#include "speech/rules_fr.h"

#include <string.h>

/* How a masculine ending becomes feminine when `written` follows it:
 * "acteur" + "rice" → "act" + "rice". First match wins. */
static const struct {
  const char *masculine, *written, *feminine; /* feminine takes the place of masculine */
} endings[] = {
    {"teur", "rice", "trice"}, {"teur", "ice", "trice"}, {"teur", "trice", "trice"}, {"teure", "rice", "trice"},
    {"eur", "euse", "euse"},   {"eur", "se", "euse"},    {"eux", "se", "euse"},      {"eux", "euse", "euse"},
    {"f", "ve", "ve"},         {"er", "ère", "ère"},     {"er", "e", "ère"},         {"e", "sse", "esse"},
    {"e", "esse", "esse"},     {"en", "ne", "enne"},     {"en", "enne", "enne"},     {"on", "ne", "onne"},
    {"el", "le", "elle"},      {"el", "elle", "elle"},   {"eil", "le", "eille"},     {"ul", "le", "ulle"},
    {"eau", "elle", "elle"},   {"et", "te", "ette"},     {"ot", "te", "otte"},       {"s", "se", "sse"},
};

/* Endings after which the added "e" is not heard: the masculine alone is said. */
static bool is_same_sound(const char *masculine, const char *ending) {
  static const char *const silent[] = {"é", "i", "u", "û", "al", "il", "ol", "eur", "ur", "ct"};
  if (strcmp(ending, "le") == 0) {
    return g_str_has_suffix(masculine, "el") || g_str_has_suffix(masculine, "ul");
  }
  for (guint i = 0; strcmp(ending, "e") == 0 && i < G_N_ELEMENTS(silent); i++) {
    if (g_str_has_suffix(masculine, silent[i])) {
      return true;
    }
  }
  return false;
}

/* NULL when `ending` makes no feminine of `masculine`. */
static char *feminine_of(const char *masculine, const char *ending) {
  for (guint i = 0; i < G_N_ELEMENTS(endings); i++) {
    if (strcmp(ending, endings[i].written) == 0 && g_str_has_suffix(masculine, endings[i].masculine)) {
      gsize kept = strlen(masculine) - strlen(endings[i].masculine);
      return g_strdup_printf("%.*s%s", (int)kept, masculine, endings[i].feminine);
    }
  }
  return strcmp(ending, "e") == 0 && !g_str_has_suffix(masculine, "e") ? g_strconcat(masculine, "e", NULL) : NULL;
}

/* "Chère" et "chers": the second is not at the beginning. An accented capital stays. */
static void lower_first(char *word) {
  if (g_ascii_islower(word[1])) {
    word[0] = g_ascii_tolower(word[0]);
  }
}

/* "agents.es": the first s is the plural's, not the word's ("anglais.es"). */
static void masculine_singular(char *word) {
  static const char *const plurals[] = {"ts", "ds", "és", "ns", "ls"};
  for (guint i = 0; i < G_N_ELEMENTS(plurals); i++) {
    if (g_str_has_suffix(word, plurals[i])) {
      word[strlen(word) - 1] = '\0';
      return;
    }
  }
}

bool fr_inclusive(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *masculine = match_text(match, 1);
  g_autofree char *ending = match_text(match, 2);
  g_autofree char *plural1 = match_text(match, 3);
  g_autofree char *plural2 = match_text(match, 4);
  masculine_singular(masculine);
  gsize n = strlen(ending);
  bool plural = *plural1 || *plural2 || ending[n - 1] == 's';
  if (ending[n - 1] == 's') {
    ending[n - 1] = '\0';
  }
  g_autofree char *feminine = feminine_of(masculine, ending);
  if (!feminine) {
    return false;
  }
  bool needs_s = plural && !g_str_has_suffix(masculine, "s") && !g_str_has_suffix(masculine, "x");
  if (is_same_sound(masculine, ending)) {
    g_string_append_printf(out, "%s%s", masculine, needs_s ? "s" : "");
  } else {
    lower_first(masculine);
    g_string_append_printf(out, "%s%s %s %s%s", feminine, plural ? "s" : "", plural ? "et" : "ou", masculine,
                           needs_s ? "s" : "");
  }
  return true;
}
