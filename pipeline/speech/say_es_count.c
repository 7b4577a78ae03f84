/* Spanish numbers, money, and who is meant. */
#include "base/language.h"
#include "speech/say_es.h"

#include <string.h>

/* --- agreement -------------------------------------------------------------------------- */

static void end_with(GString *text, const char *ending, const char *other) {
  g_string_truncate(text, text->len - strlen(ending));
  g_string_append(text, other);
}

/* ICU writes "uno" or "un", "veintiún" or "veintiuno". */
void es_agree(GString *number, bool feminine) {
  if (feminine) {
    g_string_replace(number, "cientos", "cientas", 0);
    g_string_replace(number, "quinientos", "quinientas", 0);
  }
  static const char *const twenties[] = {"veintiuno", "veintiún"}, *const ones[] = {"uno", "un"};
  for (guint i = 0; i < 2; i++) {
    if (g_str_has_suffix(number->str, twenties[i])) {
      end_with(number, twenties[i], feminine ? "veintiuna" : "veintiún");
      return;
    }
    if (g_str_has_suffix(number->str, ones[i])) {
      end_with(number, ones[i], feminine ? "una" : "un");
      return;
    }
  }
}

void es_alone(GString *number) {
  if (g_str_has_suffix(number->str, "veintiún")) {
    end_with(number, "veintiún", "veintiuno");
  } else if (g_str_has_suffix(number->str, "un")) {
    g_string_append_c(number, 'o');
  }
}

bool es_number(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *sign = match_text(match, 1);
  g_autofree char *written = match_text(match, 2);
  g_string_append(out, *sign == '-' ? "menos " : *sign == '+' ? "más " : "");
  say_alone(set, written, out);
  return true;
}

/* Feminine nouns in the plural or singular, and masculine ones that look like them. */
static bool is_feminine(const char *noun) {
  static const char *const masculine[] = {"día",     "mapa",    "ema",  "grama", "oma",     "planeta", "cometa",
                                          "artista", "turista", "clima", "sofá", "mamá",    "deportista", "periodista",
                                          "pediatra", "atleta", "guía", "poeta", "futbolista"};
  static const char *const feminine[] = {"ción",  "sión",  "dad",   "tud",   "vez",    "mujer", "noche", "tarde",
                                         "clase", "calle", "parte", "llave", "flor",   "luz",   "red",   "sede",
                                         "ley",   "mano",  "foto",  "moto",  "madre",  "cion",  "sion",  "torre",
                                         "nube",  "fuente", "llave", "radio"};
  g_autofree char *word = g_utf8_strdown(noun, -1);
  gsize n = strlen(word);
  if (n > 3 && g_str_has_suffix(word, "ces")) { /* "veces" → "vez" */
    memcpy(word + n - 3, "z", 2);
  } else if (n > 1 && word[n - 1] == 's') {
    word[n - 1] = '\0';
  }
  for (guint i = 0; i < G_N_ELEMENTS(masculine); i++) {
    if (g_str_has_suffix(word, masculine[i])) {
      return false;
    }
  }
  g_autofree char *without_e = g_strndup(word, strlen(word) - (g_str_has_suffix(word, "e") ? 1 : 0));
  for (guint i = 0; i < G_N_ELEMENTS(feminine); i++) {
    if (g_str_has_suffix(word, feminine[i]) || g_str_has_suffix(without_e, feminine[i])) {
      return true;
    }
  }
  return g_str_has_suffix(word, "a");
}

bool es_count(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 1);
  g_autofree char *noun = match_text(match, 2);
  static const char *const no_nouns[] = {"más",  "menos", "pues", "tras",  "antes", "después", "mas", "entonces",
                                         "es",   "las",   "los",  "era",   "para",  "hasta",   "contra", "ahora",
                                         "hora", "esta",  "esa",  "nada",  "otras", "otros", NULL};
  bool is_noun = !g_strv_contains(no_nouns, noun);
  bool one = strcmp(number, "1") == 0;
  if (!is_noun || (!one && !g_str_has_suffix(noun, "s"))) {
    return false;
  }
  say_number(set, number, is_feminine(noun), out);
  g_string_append_printf(out, " %s", noun);
  return true;
}

/* --- ordinals, Roman numerals ---------------------------------------------------------- */

static void say_nth(const RuleSet *set, int number, bool feminine, GString *out) {
  g_autofree char *said = language_ordinal(set->language, number, feminine);
  say_words(said, out);
}

bool es_ordinal(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int number = match_int(match, 1);
  g_autofree char *sign = match_text(match, 2);
  if (number < 1 || number > 1000) {
    return false;
  }
  bool feminine = strstr(sign, "ª") || strchr(sign, 'a');
  say_nth(set, number, feminine, out);
  bool shortened = g_str_has_suffix(sign, "er") && (number % 10 == 1 || number % 10 == 3) && number % 100 / 10 != 1;
  if (shortened && g_str_has_suffix(out->str, "o")) {
    g_string_truncate(out, out->len - 1); /* "primer", "tercer" */
  }
  g_string_append(out, g_str_has_suffix(sign, "s") ? "s" : "");
  return true;
}

bool es_roman_name(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *before = match_text(match, 1);
  g_autofree char *roman = match_text(match, 2);
  int number = roman_parse(roman);
  g_string_append(out, before);
  if (number > 10) {
    g_autofree char *digits = g_strdup_printf("%d", number);
    say_alone(set, digits, out);
  } else if (number > 0) {
    say_nth(set, number, g_str_has_suffix(g_strchomp(before), "Isabel"), out);
  }
  return number > 0;
}

bool es_roman_number(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *before = match_text(match, 1);
  g_autofree char *roman = match_text(match, 2);
  g_autofree char *digits = g_strdup_printf("%d", roman_parse(roman));
  g_string_append(out, before);
  say_alone(set, digits, out);
  return *digits != '0';
}

bool es_roman_ordinal(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *roman = match_text(match, 1);
  g_autofree char *noun = match_text(match, 2);
  int number = roman_parse(roman);
  if (number < 1) {
    return false;
  }
  bool feminine = is_feminine(noun);
  say_nth(set, number, feminine, out);
  if (!feminine && (number == 1 || number == 3)) {
    g_string_truncate(out, out->len - 1); /* "primer Congreso" */
  }
  g_string_append_printf(out, " %s", noun);
  return true;
}

/* --- money -------------------------------------------------------------------------------- */

static const struct {
  const char *sign, *one, *many, *cents;
  bool feminine;
} coins[] = {
    {"€", "euro", "euros", "céntimos", false},    {"EUR", "euro", "euros", "céntimos", false},
    {"euros", "euro", "euros", "céntimos", false}, {"$", "dólar", "dólares", "centavos", false},
    {"USD", "dólar", "dólares", "centavos", false}, {"£", "libra", "libras", "peniques", true},
};

static int coin_of(const char *sign) {
  int coin = G_N_ELEMENTS(coins) - 1;
  while (coin > 0 && strcmp(coins[coin].sign, sign) != 0) {
    coin--;
  }
  return coin;
}

static void say_money(const RuleSet *set, const char *whole, int cents, int coin, GString *out) {
  if (cents > 0 && strcmp(whole, "0") == 0) {
    say_cardinal(set, cents, false, out);
    g_string_append_printf(out, " %s", coins[coin].cents);
    return;
  }
  say_number(set, whole, coins[coin].feminine, out);
  g_string_append_printf(out, " %s", say_is_plural(set, whole) ? coins[coin].many : coins[coin].one);
  if (cents > 0) {
    g_autofree char *digits = g_strdup_printf("%d", cents);
    g_string_append(out, " con ");
    say_alone(set, digits, out);
  }
}

bool es_money(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *whole = match_text(match, 1);
  g_autofree char *sign = match_text(match, 3);
  say_money(set, whole, match_int(match, 2), coin_of(sign), out);
  return true;
}

bool es_money_first(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *sign = match_text(match, 1);
  g_autofree char *whole = match_text(match, 2);
  say_money(set, whole, match_int(match, 3), coin_of(sign), out);
  return true;
}

bool es_big_money(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 1);
  g_autofree char *scale = match_text(match, 2);
  g_autofree char *sign = match_text(match, 3);
  const char *many = coins[coin_of(sign)].many;
  say_number(set, number, false, out);
  if (g_ascii_tolower(*scale) == 'k') {
    g_string_append_printf(out, " mil %s", many);
  } else {
    g_string_append_printf(out, " %s de %s", say_is_plural(set, number) ? "millones" : "millón", many);
  }
  return true;
}

bool es_millions_of(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 1);
  g_autofree char *noun = match_text(match, 2);
  bool is_coin = strchr("€$", *noun) || strcmp(noun, "£") == 0;
  say_number(set, number, false, out);
  g_string_append_printf(out, " de %s", is_coin ? coins[coin_of(noun)].many : noun);
  return true;
}

/* --- fractions, ranges, telephones ------------------------------------------------------------ */

bool es_fraction(const RuleSet *set, const GMatchInfo *match, GString *out) {
  static const char *const parts[] = {"medio", "tercio", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno", "décimo"};
  int whole = match_int(match, 1), top = match_int(match, 2), bottom = match_int(match, 3);
  if (top < 1 || bottom < 2 || bottom > 10 || top >= bottom) {
    return false;
  }
  if (whole > 0) {
    g_autofree char *digits = g_strdup_printf("%d", whole);
    say_alone(set, digits, out);
    g_string_append(out, " y ");
  }
  if (whole < 1 || bottom > 2) {
    say_cardinal(set, top, false, out);
    g_string_append_c(out, ' ');
  }
  g_string_append_printf(out, "%s%s", parts[bottom - 2], top > 1 ? "s" : "");
  return true;
}

bool es_range(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *from = match_text(match, 1);
  g_autofree char *to = match_text(match, 2);
  say_alone(set, from, out);
  g_string_append(out, g_ascii_strtoull(from, NULL, 10) < g_ascii_strtoull(to, NULL, 10) ? " a " : ", ");
  say_alone(set, to, out);
  return true;
}

bool es_dialled(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *before = match_text(match, 1);
  g_autofree char *digits = match_text(match, 2);
  g_string_append(out, before);
  if (*digits == '0' && strlen(digits) == 3) {
    g_string_append(out, "cero ");
    say_alone(set, digits + (digits[1] == '0' ? 2 : 1), out);
  } else {
    say_digits(set, digits, false, out);
  }
  return true;
}

/* --- inclusive writing -------------------------------------------------------------------------- */

bool es_inclusive(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *stem = match_text(match, 1);
  g_autofree char *plural = match_text(match, 2);
  bool consonant = g_str_has_suffix(stem, "or"); /* "trabajador@s": trabajadores */
  bool article = g_ascii_strcasecmp(stem, "l") == 0;
  g_string_append_printf(out, "%sa%s %s ", stem, *plural ? "s" : "", *plural ? "y" : "o");
  if (article && !*plural) {
    g_string_append(out, "el");
  } else {
    g_string_append_printf(out, "%s%s%s", stem, consonant ? (*plural ? "e" : "") : "o", *plural ? "s" : "");
  }
  return true;
}

bool es_inclusive_ending(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *masculine = match_text(match, 1);
  bool plural = g_str_has_suffix(masculine, "s");
  gsize n = strlen(masculine) - (plural ? 1 : 0);
  g_autofree char *singular = g_strndup(masculine, n);
  gsize kept = n;
  if (g_str_has_suffix(singular, "ore") || g_str_has_suffix(singular, "o") || g_str_has_suffix(singular, "e")) {
    kept--; /* "profesores/as", "niño/a", "jefe/a" */
  }
  g_autofree char *stem = g_strndup(masculine, kept);
  g_autofree char *feminine = g_strdup_printf("%sa%s", stem, plural ? "s" : "");
  if (g_ascii_isupper(*feminine)) {
    *feminine = g_ascii_tolower(*feminine);
  }
  g_string_append_printf(out, "%s %s %s", masculine, plural ? "y" : "o", feminine);
  return true;
}
