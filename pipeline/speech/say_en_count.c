/* English numbers, money and what is counted. */
#include "base/language.h"
#include "speech/say_en.h"

#include <string.h>

/* --- "and" ------------------------------------------------------------------------------ */

static bool is_scale(const char *word) {
  static const char *const scales[] = {"thousand", "million", "billion", "trillion", "quadrillion"};
  for (guint i = 0; i < G_N_ELEMENTS(scales); i++) {
    if (g_str_has_prefix(word, scales[i])) {
      return true;
    }
  }
  return false;
}

/* ICU says "one hundred one": "and" stands after each "hundred" that something
 * follows, and before a last group that has no hundred. */
void en_agree(GString *number, bool feminine) {
  (void)feminine;
  g_auto(GStrv) words = g_strsplit(number->str, " ", -1);
  guint n = g_strv_length(words);
  g_string_truncate(number, 0);
  for (guint i = 0; i < n; i++) {
    bool after_hundred = i > 0 && strcmp(words[i - 1], "hundred") == 0 && !is_scale(words[i]);
    bool last_group = i > 0 && i == n - 1 && is_scale(words[i - 1]);
    bool ends_in_hundred = g_str_has_prefix(words[i], "hundred");
    if ((after_hundred || last_group) && !ends_in_hundred) {
      g_string_append(number, "and ");
    }
    g_string_append_printf(number, "%s%s", words[i], i + 1 < n ? " " : "");
  }
}

/* --- ordinals and Roman numerals ---------------------------------------------------------- */

static bool say_nth(const RuleSet *set, int number, GString *out) {
  g_autofree char *words = number > 0 ? language_ordinal(set->language, number, false) : NULL;
  g_autoptr(GString) said = g_string_new(words);
  en_agree(said, false);
  g_string_append(out, said->str);
  return words != NULL;
}

bool en_ordinal(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *written = match_text(match, 1);
  g_auto(GStrv) groups = g_strsplit(written, ",", -1);
  g_autofree char *digits = g_strjoinv("", groups);
  return strlen(digits) <= 9 && say_nth(set, (int)g_ascii_strtoll(digits, NULL, 10), out);
}

bool en_roman_cardinal(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *before = match_text(match, 1);
  g_autofree char *roman = match_text(match, 2);
  int number = roman_parse(roman);
  g_string_append(out, before);
  say_cardinal(set, number, false, out);
  return number > 0;
}

bool en_roman_ruler(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *before = match_text(match, 1);
  g_autofree char *roman = match_text(match, 2);
  g_string_append_printf(out, "%sthe ", before);
  return say_nth(set, roman_parse(roman), out);
}

bool en_roman_ordinal(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *roman = match_text(match, 1);
  return say_nth(set, roman_parse(roman), out);
}

/* --- money --------------------------------------------------------------------------------- */

/* What each sign is called. */
static const struct {
  const char *sign, *one, *many, *cent, *cents;
} coins[] = {
    {"£", "pound", "pounds", "penny", "pence"},
    {"GBP", "pound", "pounds", "penny", "pence"},
    {"$", "dollar", "dollars", "cent", "cents"},
    {"US$", "US dollar", "US dollars", "cent", "cents"},
    {"USD", "dollar", "dollars", "cent", "cents"},
    {"€", "euro", "euros", "cent", "cents"},
    {"euros", "euro", "euros", "cent", "cents"},
    {"pounds", "pound", "pounds", "penny", "pence"},
    {"dollars", "dollar", "dollars", "cent", "cents"},
    {"EUR", "euro", "euros", "cent", "cents"},
    {"CHF", "Swiss franc", "Swiss francs", "cent", "cents"},
    {"¥", "yen", "yen", "sen", "sen"},
};

/* The words of "k", "m", "bn", "million". */
static const struct {
  const char *written, *said;
} scales[] = {
    {"k", " thousand"},  {"m", " million"},       {"mn", " million"},      {"bn", " billion"},        {"b", " billion"},
    {"tn", " trillion"}, {"million", " million"}, {"billion", " billion"}, {"thousand", " thousand"},
};

static bool say_money(const RuleSet *set, const char *sign, const char *whole, int cents, const char *scale,
                      GString *out) {
  guint coin = 0;
  while (coin < G_N_ELEMENTS(coins) && strcmp(sign, coins[coin].sign) != 0) {
    coin++;
  }
  if (coin == G_N_ELEMENTS(coins)) {
    return false;
  }
  if (cents > 0 && strcmp(whole, "0") == 0) {
    say_cardinal(set, cents, false, out);
    g_string_append_printf(out, " %s", cents == 1 ? coins[coin].cent : coins[coin].cents);
    return true;
  }
  say_number(set, whole, false, out);
  for (guint i = 0; i < G_N_ELEMENTS(scales); i++) {
    if (g_ascii_strcasecmp(scale, scales[i].written) == 0) {
      g_string_append(out, scales[i].said);
    }
  }
  g_string_append_printf(out, " %s", *scale || say_is_plural(set, whole) ? coins[coin].many : coins[coin].one);
  if (cents > 0) {
    g_string_append_c(out, ' ');
    say_cardinal(set, cents, false, out);
  }
  return true;
}

bool en_money(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *sign = match_text(match, 1);
  g_autofree char *whole = match_text(match, 2);
  g_autofree char *scale = match_text(match, 4);
  return say_money(set, sign, whole, match_int(match, 3), g_strstrip(scale), out);
}

bool en_money_of_noun(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *sign = match_text(match, 1);
  g_autoptr(GString) said = g_string_new(NULL);
  g_autofree char *whole = match_text(match, 2);
  g_autofree char *scale = match_text(match, 4);
  if (!say_money(set, sign, whole, 0, g_strstrip(scale), said)) {
    return false;
  }
  if (g_str_has_suffix(said->str, "s")) { /* "pounds", "dollars" */
    g_string_truncate(said, said->len - 1);
  }
  g_string_append(out, said->str);
  return true;
}

bool en_money_after(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *whole = match_text(match, 1);
  g_autofree char *scale = match_text(match, 3);
  g_autofree char *sign = match_text(match, 4);
  return say_money(set, sign, whole, match_int(match, 2), g_strstrip(scale), out);
}

bool en_money_range(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *sign = match_text(match, 1);
  g_autofree char *from = match_text(match, 2);
  g_autofree char *to = match_text(match, 3);
  say_number(set, from, false, out);
  g_string_append(out, " to ");
  return say_money(set, sign, to, 0, "", out);
}

bool en_pence(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int pence = match_int(match, 1);
  say_cardinal(set, pence, false, out);
  g_string_append(out, pence == 1 ? " penny" : " pence");
  return true;
}

/* --- ranges, fractions ---------------------------------------------------------------------- */

bool en_range(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *from = match_text(match, 1);
  g_autofree char *to = match_text(match, 2);
  say_number(set, from, false, out);
  if (strcmp(to, "0") == 0) { /* "4-0": no range falls to nothing */
    g_string_append(out, " nil");
    return true;
  }
  bool rises = g_ascii_strtod(from, NULL) < g_ascii_strtod(to, NULL);
  g_string_append(out, rises ? " to " : ", ");
  say_number(set, to, false, out);
  return true;
}

/* "three quarters", "a half", "an eighth"; false when it is no part of one. */
static bool say_part(const RuleSet *set, int top, int bottom, GString *out) {
  if (top < 1 || bottom < 2 || top >= bottom) {
    return false;
  }
  g_autofree char *part = bottom == 2   ? g_strdup("half")
                          : bottom == 4 ? g_strdup("quarter")
                                        : language_ordinal(set->language, bottom, false);
  if (top > 1) {
    say_cardinal(set, top, false, out);
  } else {
    g_string_append(out, *part == 'e' ? "an" : "a");
  }
  g_string_append_printf(out, " %s%s", part, top > 1 ? "s" : "");
  return true;
}

bool en_fraction(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int whole = match_int(match, 1);
  if (whole > 0) {
    say_cardinal(set, whole, false, out);
    g_string_append(out, " and ");
  }
  return say_part(set, match_int(match, 2), match_int(match, 3), out);
}

/* --- units -------------------------------------------------------------------------------- */

static const Unit *unit_of(const RuleSet *set, const GMatchInfo *match, int group) {
  g_autofree char *symbol = match_text(match, group);
  const Unit *unit = set->units;
  while (unit->symbol && strcmp(unit->symbol, symbol) != 0) {
    unit++;
  }
  return unit->symbol ? unit : NULL;
}

bool en_part_of_unit(const RuleSet *set, const GMatchInfo *match, GString *out) {
  const Unit *unit = unit_of(set, match, 3);
  g_autofree char *written = match_text(match, 3);
  const char *name = unit ? unit->one : written;
  if (!say_part(set, match_int(match, 1), match_int(match, 2), out)) {
    return false;
  }
  bool is_hour = g_str_has_prefix(name, "hour");
  g_string_append_printf(out, " of %s %s", is_hour || strchr("aeiou", *name) ? "an" : "a", name);
  return true;
}

bool en_ish(const RuleSet *set, const GMatchInfo *match, GString *out) {
  say_cardinal(set, match_int(match, 2), false, out);
  g_string_append(out, "-ish");
  return true;
}

bool en_one_unit(const RuleSet *set, const GMatchInfo *match, GString *out) {
  const Unit *unit = unit_of(set, match, 1);
  g_string_append(out, unit ? unit->one : "");
  return unit != NULL;
}

bool en_unit_of_noun(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 2);
  const Unit *unit = unit_of(set, match, 3);
  if (!unit) {
    return false;
  }
  say_number(set, number, false, out);
  g_string_append_printf(out, " %s", unit->one);
  return true;
}

bool en_feet_inches(const RuleSet *set, const GMatchInfo *match, GString *out) {
  bool is_time = match_int(match, 2) > 11; /* 58'30'' */
  say_cardinal(set, match_int(match, 1), false, out);
  g_string_append(out, is_time ? " minutes " : " foot ");
  say_cardinal(set, match_int(match, 2), false, out);
  g_string_append(out, is_time ? " seconds" : "");
  return true;
}

bool en_dialled(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *before = match_text(match, 1);
  g_autofree char *digits = match_text(match, 2);
  g_string_append(out, before);
  say_digits(set, digits, false, out);
  return true;
}

/* "over-65s" → "over-sixty-fives". */
bool en_ages(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *joint = match_text(match, 1);
  g_string_append(out, joint);
  say_cardinal(set, match_int(match, 2), false, out);
  char last = out->str[out->len - 1];
  if (last == 'y') { /* "sixties" */
    g_string_truncate(out, out->len - 1);
  }
  g_string_append(out, last == 'y' ? "ies" : last == 'x' ? "es" : "s");
  return true;
}

/* A road of three or four digits is told by them: "B3212". */
bool en_road(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *letter = match_text(match, 1);
  g_autofree char *digits = match_text(match, 2);
  say_letters(set, letter, out);
  g_string_append_c(out, ' ');
  say_digits(set, digits, false, out);
  return true;
}
