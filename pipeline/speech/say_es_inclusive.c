/* Spanish inclusive writing: both forms are said, in the order in which they are written; "@" and "x" put the
 * feminine first, as those who write them would say it. */
#include "speech/say_es.h"

#include <string.h>

/* "y" is "e" before the sound of i, "o" is "u" before that of o: "hijas e hijos", "alumnas u alumnos" never. */
static const char *joiner(bool plural, const char *next) {
  const char *sound = next + (g_ascii_tolower(*next) == 'h' ? 1 : 0);
  bool glide = g_str_has_prefix(next, "hie") || g_str_has_prefix(next, "hia");
  char vowel = g_ascii_tolower(*sound);
  bool i = (vowel == 'i' || g_str_has_prefix(sound, "í")) && !glide;
  bool o = vowel == 'o' || g_str_has_prefix(sound, "ó");
  return plural ? (i ? "e" : "y") : o ? "u" : "o";
}

/* "trabajador" → "trabajadores", "niñ" → "niños", "l" → "el". */
static char *masculine_of(const char *stem, bool plural) {
  if (g_ascii_strcasecmp(stem, "l") == 0 && !plural) {
    return g_strdup("el");
  }
  if (strcmp(stem, "un") == 0 && !plural) {
    return g_strdup("un");
  }
  bool consonant = g_str_has_suffix(stem, "or");
  return g_strdup_printf("%s%s%s", stem, consonant ? (plural ? "e" : "") : "o", plural ? "s" : "");
}

bool es_inclusive(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *stem = match_text(match, 1);
  g_autofree char *ending = match_text(match, 2);
  bool plural = *ending;
  g_autofree char *masculine = masculine_of(stem, plural);
  if (g_ascii_isupper(*masculine)) {
    *masculine = g_ascii_tolower(*masculine);
  }
  g_string_append_printf(out, "%sa%s %s %s", stem, plural ? "s" : "", joiner(plural, masculine), masculine);
  return true;
}

bool es_inclusive_phrase(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *article = match_text(match, 1);
  g_autofree char *plural_article = match_text(match, 2);
  g_autofree char *stem = match_text(match, 3);
  g_autofree char *ending = match_text(match, 4);
  bool plural = *ending;
  if (plural != (*plural_article != '\0')) {
    return false;
  }
  g_autofree char *his = masculine_of(article, plural);
  g_autofree char *masculine = masculine_of(stem, plural);
  const char *s = plural ? "s" : "";
  if (g_ascii_isupper(*his)) {
    *his = g_ascii_tolower(*his);
  }
  g_string_append_printf(out, "%sa%s %sa%s %s %s %s", article, s, stem, s, joiner(plural, his), his, masculine);
  return true;
}

/* The feminine of a masculine noun: "niños" → "niñas", "profesor" → "profesora", "jefe" → "jefa". */
static char *feminine_of(const char *masculine, bool plural) {
  gsize n = strlen(masculine) - (plural ? 1 : 0);
  g_autofree char *singular = g_strndup(masculine, n);
  bool vowel = g_str_has_suffix(singular, "o") || g_str_has_suffix(singular, "e");
  g_autofree char *stem = g_strndup(singular, n - (vowel ? 1 : 0));
  static const struct {
    const char *his, *hers;
  } accents[] = {{"ón", "on"}, {"án", "an"}, {"én", "en"}, {"ín", "in"}, {"és", "es"}};
  g_autoptr(GString) hers = g_string_new(stem);
  for (guint i = 0; i < G_N_ELEMENTS(accents); i++) { /* "campeón" → "campeona" */
    if (g_str_has_suffix(hers->str, accents[i].his)) {
      g_string_truncate(hers, hers->len - strlen(accents[i].his));
      g_string_append(hers, accents[i].hers);
    }
  }
  g_string_append_printf(hers, "a%s", plural ? "s" : "");
  return g_string_free(g_steal_pointer(&hers), FALSE);
}

bool es_inclusive_ending(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *masculine = match_text(match, 1);
  g_autofree char *ending = match_text(match, 2);
  bool plural = g_str_has_suffix(ending, "s");
  if (plural != (g_str_has_suffix(masculine, "s") && !g_str_has_suffix(masculine, "és"))) {
    return false;
  }
  g_autofree char *feminine = feminine_of(masculine, plural);
  if (g_ascii_isupper(*feminine)) {
    *feminine = g_ascii_tolower(*feminine);
  }
  g_string_append_printf(out, "%s %s %s", masculine, joiner(plural, feminine), feminine);
  return true;
}

/* The articles that stand before a noun written for both. */
static const struct {
  const char *written, *his, *hers;
  bool plural;
} articles[] = {
    {"el/la", "el", "la", false},
    {"la/el", "el", "la", false},
    {"los/as", "los", "las", true},
    {"los/las", "los", "las", true},
    {"las/los", "los", "las", true},
    {"un/a", "un", "una", false},
    {"un/una", "un", "una", false},
    {"unos/as", "unos", "unas", true},
    {"del/la", "del", "de la", false},
    {"del/de la", "del", "de la", false},
    {"al/la", "al", "a la", false},
    {"al/a la", "al", "a la", false},
    {"todos/as los/as", "todos los", "todas las", true},
    {"nuestros/as", "nuestros", "nuestras", true},
};

bool es_inclusive_article(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *article = match_text(match, 1);
  g_autofree char *masculine = match_text(match, 2);
  for (guint i = 0; i < G_N_ELEMENTS(articles); i++) {
    if (g_ascii_strcasecmp(article, articles[i].written) == 0) {
      gsize at = out->len;
      g_autofree char *feminine = feminine_of(masculine, articles[i].plural);
      g_string_append_printf(out, "%s %s %s %s %s", articles[i].his, masculine, articles[i].plural ? "y" : "o",
                             articles[i].hers, feminine);
      out->str[at] = g_ascii_isupper(*article) ? g_ascii_toupper(out->str[at]) : out->str[at];
      return true;
    }
  }
  return false;
}
