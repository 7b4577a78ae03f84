/* Numbers and what they count in French: ordinals, Roman numerals, fractions,
 * ranges, units; "1 personne" is "une personne". */
#include "base/language.h"
#include "speech/say_fr.h"

#include <string.h>

void fr_agree(GString *number, bool feminine) {
  if (feminine && number->len >= 2 && g_str_has_suffix(number->str, "un")) {
    g_string_append_c(number, 'e');
  }
}

/* --- ordinals, Roman numerals -------------------------------------------------------- */

bool fr_ordinal(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *digits = match_text(match, 1);
  g_autofree char *written = match_text(match, 2);
  g_autofree char *lower = g_utf8_strdown(written, -1);
  const char *ending = lower + strspn(lower, " \302\240");
  int number = g_ascii_isdigit(*digits) ? match_int(match, 1) : roman_parse(digits);
  if (number == 0 && *digits != '0') { /* no well-formed numeral */
    return false;
  }
  bool second = number == 2 && strchr(ending, 'd');
  bool feminine = second ? strstr(ending, "de") != NULL : strchr("rè", ending[0]) && strstr(ending, "re");
  g_autofree char *said =
      second ? g_strdup(feminine ? "seconde" : "second") : language_ordinal(set->language, number, feminine);
  g_autoptr(GString) word = g_string_new(said);
  /* ICU's rule is that of "vingt et unième", "soixante et onzième". */
  g_string_replace(word, "cent-et-un", "cent un", 0);
  g_string_replace(word, "vingt-et-onz", "vingt-onz", 0);
  g_string_replace(word, "quatre-vingt-et-un", "quatre-vingt-un", 0);
  g_string_append(out, word->str);
  if (g_str_has_suffix(ending, "s")) {
    g_string_append_c(out, 's');
  }
  return true;
}

static bool say_roman(const RuleSet *set, const char *numeral, GString *out) {
  g_autofree char *capitals = g_ascii_strup(numeral, -1);
  int number = roman_parse(capitals);
  if (number < 1) {
    return false;
  }
  if (number == 1) {
    g_string_append(out, "premier");
  } else {
    say_cardinal(set, number, false, out);
  }
  return true;
}

bool fr_roman(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *name = match_text(match, 1);
  g_autofree char *numeral = match_text(match, 2);
  g_string_append_printf(out, "%s ", name);
  return say_roman(set, numeral, out);
}

bool fr_roman_alone(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *numeral = match_text(match, 1);
  return say_roman(set, numeral, out);
}

/* --- fractions, ranges ----------------------------------------------------------------- */

static const char *part_name(int bottom) {
  static const char *const names[] = {"demi", "tiers", "quart"};
  return bottom >= 2 && bottom <= 4 ? names[bottom - 2] : NULL;
}

bool fr_fraction(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int top = match_int(match, 1), bottom = match_int(match, 2);
  g_autofree char *of = match_text(match, 3);
  const char *part = part_name(bottom);
  if (top < 1 || bottom < 1) {
    return false;
  }
  say_cardinal(set, top, false, out);
  bool is_part = top < bottom && (part || *of);
  if (!is_part) {
    g_string_append(out, top == 50 && bottom == 50 ? " " : " sur ");
    say_cardinal(set, bottom, false, out);
  } else if (part) {
    g_string_append_printf(out, " %s%s", part, top > 1 && bottom == 4 ? "s" : "");
  } else {
    g_autofree char *ordinal = language_ordinal(set->language, bottom, false);
    g_string_append_printf(out, " %s%s", ordinal, top > 1 ? "s" : "");
  }
  g_string_append(out, of);
  return true;
}

/* "3-5" → "3 à 5": the numbers stay for the rules that follow. "2019-1461" is no range. */
bool fr_range(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *from = match_text(match, 1);
  int first = match_int(match, 2), last = match_int(match, 3);
  g_string_append_printf(out, "%s %s ", from, first >= 1000 && last >= 0 && last < first && last > 99 ? "tiret" : "à");
  return true;
}

bool fr_times(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 1);
  say_number(set, number, true, out);
  g_string_append(out, " fois");
  return true;
}

/* --- units ------------------------------------------------------------------------------- */

static const Unit *find_unit(const RuleSet *set, const char *symbol) {
  for (const Unit *unit = set->units; unit->symbol; unit++) {
    if (strcmp(unit->symbol, symbol) == 0) {
      return unit;
    }
  }
  return NULL;
}

/* "h" → "heure"; a whole word stands for itself, and so does what begins with a number ("100 km"). */
bool fr_append_per(const RuleSet *set, const char *what, GString *out) {
  gsize digits = strspn(what, "0123456789");
  const char *symbol = what + digits + strspn(what + digits, " \302\240");
  const Unit *unit = find_unit(set, symbol);
  const char *said = unit ? (digits ? unit->many : unit->one) : NULL;
  for (guint i = 0; fr_per[i].written; i++) {
    said = strcmp(fr_per[i].written, symbol) == 0 ? fr_per[i].said : said;
  }
  if (!said && g_utf8_strlen(symbol, -1) < 3) {
    return false;
  }
  g_string_append(out, digits ? " pour " : " par ");
  if (digits) {
    g_autofree char *number = g_strndup(what, digits);
    say_number(set, number, unit && unit->feminine, out);
    g_string_append_c(out, ' ');
  }
  g_string_append(out, said ? said : symbol);
  return true;
}

bool fr_per_what(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *what = match_text(match, 1);
  return fr_append_per(set, what, out);
}

/* "par jour/enfant" → "par jour et par enfant". */
bool fr_and_per(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *first = match_text(match, 1);
  g_autofree char *second = match_text(match, 2);
  g_string_append_printf(out, "%s et", first);
  return fr_append_per(set, second, out);
}

bool fr_unit(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *sign = match_text(match, 1);
  g_autofree char *number = match_text(match, 2);
  g_autofree char *symbol = match_text(match, 3);
  g_autofree char *per = match_text(match, 4);
  g_autofree char *whole = g_strdup_printf("%s/%s", symbol, per);
  const Unit *both = *per ? find_unit(set, whole) : NULL;
  const Unit *unit = both ? both : find_unit(set, symbol);
  if (!unit) {
    return false;
  }
  g_string_append(out, *sign == '-' ? "moins " : *sign == '+' ? "plusse " : "");
  say_number(set, number, unit->feminine, out);
  g_string_append_printf(out, " %s", say_is_plural(set, number) ? unit->many : unit->one);
  return both || !*per || fr_append_per(set, per, out);
}

/* "1m50" → "un mètre cinquante". */
bool fr_metres_and(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *metres = match_text(match, 1);
  say_number(set, metres, false, out);
  g_string_append_printf(out, " mètre%s ", say_is_plural(set, metres) ? "s" : "");
  int rest = match_int(match, 2);
  if (rest < 10) {
    g_string_append(out, "zéro ");
  }
  say_cardinal(set, rest, false, out);
  return true;
}

/* --- gender, "de" -------------------------------------------------------------------------- */

static bool ends_as(const char *word, const char *const *endings) {
  for (guint i = 0; endings[i]; i++) {
    if (g_str_has_suffix(word, endings[i])) {
      return true;
    }
  }
  return false;
}

static bool is_feminine(const char *noun) {
  g_autofree char *singular = g_utf8_strdown(noun, -1);
  gsize n = strlen(singular);
  if (n > 1 && singular[n - 1] == 's' && !g_strv_contains(fr_feminine_nouns, singular)) {
    singular[n - 1] = '\0';
  }
  return g_strv_contains(fr_feminine_nouns, singular) ||
         (!g_strv_contains(fr_masculine_nouns, singular) && ends_as(singular, fr_feminine_endings));
}

bool fr_count_noun(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 1);
  g_autofree char *noun = match_text(match, 2);
  if (!g_str_has_suffix(number, "1") || g_str_has_suffix(number, "11") || *number == '0' || !is_feminine(noun)) {
    return false;
  }
  say_number(set, number, true, out);
  g_string_append_printf(out, " %s", noun);
  return true;
}

/* "une demi-classe", "un demi-verre": "demi" itself never changes. */
bool fr_half(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *noun = match_text(match, 1);
  g_string_append_printf(out, "%s demi-%s", is_feminine(noun) ? "une" : "un", noun);
  return true;
}

bool fr_and_half(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *number = match_text(match, 1);
  g_autofree char *noun = match_text(match, 2);
  g_string_append_printf(out, "%s %s et %s", number, noun, is_feminine(noun) ? "demie" : "demi");
  return true;
}

static bool begins_with_vowel(const char *word) {
  return strchr("aeiouyhAEIOUYH", *word) || g_str_has_prefix(word, "é") || g_str_has_prefix(word, "œ");
}

bool fr_millions_of(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 1);
  g_autofree char *noun = match_text(match, 2);
  say_number(set, number, false, out);
  const char *what = strcmp(noun, "€") == 0 ? "euros" : noun;
  g_string_append_printf(out, " %s%s", begins_with_vowel(what) ? "d'" : "de ", what);
  return true;
}
