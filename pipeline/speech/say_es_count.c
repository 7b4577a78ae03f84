/* Spanish numbers, what is counted, money. */
#include "base/language.h"
#include "speech/say_es.h"

#include <string.h>

/* --- agreement -------------------------------------------------------------------------- */

static void end_with(GString *text, const char *ending, const char *other) {
  g_string_truncate(text, text->len - strlen(ending));
  g_string_append(text, other);
}

/* "doscientas mil", but "doscientos millones": a million is masculine whatever is counted. */
static void feminine_hundreds(GString *number) {
  const char *millions = strstr(number->str, "mill");
  gsize from = millions ? (gsize)(millions - number->str) : 0;
  g_autofree char *head = g_strndup(number->str, from);
  g_autoptr(GString) tail = g_string_new(number->str + from);
  g_string_replace(tail, "cientos", "cientas", 0);
  g_string_replace(tail, "quinientos", "quinientas", 0);
  g_string_assign(number, head);
  g_string_append(number, tail->str);
}

/* ICU writes "uno" or "un", "veintiún" or "veintiuno". */
void es_agree(GString *number, bool feminine) {
  if (feminine) {
    feminine_hundreds(number);
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

/* --- what is counted ---------------------------------------------------------------------- */

/* "veces" → "vez", "plazas" → "plaza", "calles" → "calle"; `noun` in small letters. */
static char *singular_of(const char *noun) {
  char *word = g_strdup(noun);
  gsize n = strlen(word);
  if (n > 3 && g_str_has_suffix(word, "ces")) {
    memcpy(word + n - 3, "z", 2);
  } else if (n > 2 && word[n - 1] == 's') {
    word[n - 1] = '\0';
  }
  return word;
}

static bool ends_as_one_of(const char *word, const char *const *endings) {
  bool found = false;
  for (guint i = 0; endings[i] && !found; i++) {
    found = g_str_has_suffix(word, endings[i]);
  }
  return found;
}

/* What a number before it must agree with: a guess from how the noun ends, and lists of those that end otherwise. */
static bool is_feminine(const char *noun) {
  static const char *const masculine_ends[] = {"lema",  "tema", "oema", "quema",  "grama", "dioma", "aroma",
                                               "ploma", "toma", "ista", "ócrata", "clima", "nauta", NULL};
  static const char *const masculine[] = {"día",    "mapa",    "planeta", "cometa",  "atleta",   "poeta",    "pediatra",
                                          "guía",   "sofá",    "tranvía", "policía", "fantasma", "colega",   "avión",
                                          "camión", "gorrión", "avion",   "camion",  "guion",    "mediodía", NULL};
  static const char *const feminine_ends[] = {"ión",  "ion",    "dad",    "tad",   "tud",   "umbre", "triz",
                                              "isis", "imagen", "imágen", "mujer", "madre", NULL};
  static const char *const feminine[] = {
      "vez",       "noche",  "tarde",  "clase",    "calle",  "parte", "llave",  "flor",    "luz",        "red",
      "sede",      "ley",    "mano",   "foto",     "moto",   "furgo", "radio",  "torre",   "nube",       "fuente",
      "voz",       "cruz",   "raíz",   "señal",    "base",   "fase",  "frase",  "serie",   "nave",       "ave",
      "piel",      "sal",    "cárcel", "catedral", "postal", "lista", "pista",  "revista", "entrevista", "vista",
      "autopista", "fiesta", "mamá",   "razón",    "crisis", "tesis", "web",    "sangre",  "leche",      "carne",
      "nieve",     "bici",   "tele",   "peli",     "expo",   "mani",  "guarde", "mesa",    "cita",       "ong",
      "pcr",       "itv",    "uci",    "ampa",     "pyme",   NULL};
  g_autofree char *small = g_utf8_strdown(noun, -1);
  g_autofree char *word = singular_of(small);
  g_autofree char *without_e = g_strndup(word, strlen(word) - (g_str_has_suffix(word, "e") ? 1 : 0));
  if (g_strv_contains(feminine, word) || g_strv_contains(feminine, without_e) || g_strv_contains(feminine, small)) {
    return true;
  }
  if (g_strv_contains(masculine, word) || g_strv_contains(masculine, without_e) ||
      ends_as_one_of(word, masculine_ends)) {
    return false;
  }
  return g_str_has_suffix(word, "a") || ends_as_one_of(word, feminine_ends) || ends_as_one_of(without_e, feminine_ends);
}

bool es_count(const RuleSet *set, const GMatchInfo *match, GString *out) {
  static const char *const no_nouns[] = {
      "más",   "menos",  "pues",  "tras",  "antes", "después", "entonces", "es",     "las",     "los", "era", "para",
      "hasta", "contra", "ahora", "esta",  "esa",   "nada",    "otras",    "otros",  "por",     "con", "sin", "en",
      "de",    "del",    "al",    "cada",  "que",   "se",      "no",       "ni",     "si",      "su",  "el",  "la",
      "como",  "desde",  "sobre", "entre", "según", "ya",      "fue",      "está",   "son",     "ha",  "hay", "este",
      "hubo",  "sus",    "mil",   "igual", "cero",  "lunes",   "martes",   "jueves", "viernes", NULL};
  /* "un aula", "un área": feminine all the same. */
  static const char *const stressed[] = {"aula",   "área", "agua", "arma", "hacha",
                                         "águila", "alma", "ala",  "acta", NULL};
  g_autofree char *number = match_text(match, 1);
  g_autofree char *noun = match_text(match, 2);
  bool one = strcmp(number, "1") == 0;
  if (g_strv_contains(no_nouns, noun) || (!one && !g_str_has_suffix(noun, "s") && !g_ascii_isupper(*noun))) {
    return false;
  }
  say_number(set, number, is_feminine(noun) && !(one && g_strv_contains(stressed, noun)), out);
  g_string_append_printf(out, " %s", noun);
  return true;
}

bool es_feminine(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 2);
  say_number(set, number, true, out);
  return true;
}

bool es_agree_ahead(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 1);
  g_autofree char *noun = match_text(match, 2);
  if (!is_feminine(noun)) {
    return false;
  }
  say_number(set, number, true, out);
  return true;
}

bool es_counted_again(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *before = match_text(match, 1);
  g_autofree char *noun = match_text(match, 2);
  g_autofree char *number = match_text(match, 3);
  if (!is_feminine(noun)) {
    return false;
  }
  g_string_append(out, before);
  say_number(set, number, true, out);
  return true;
}

bool es_counted_before(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *noun = match_text(match, 1);
  g_autofree char *joint = match_text(match, 2);
  g_autofree char *number = match_text(match, 3);
  if (!is_feminine(noun) || *number == '0') {
    return false;
  }
  g_string_append_printf(out, "%s%s", noun, joint);
  say_number(set, number, true, out);
  return true;
}

bool es_thousands_of(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 1);
  g_autofree char *noun = match_text(match, 2);
  say_number(set, number, is_feminine(noun), out);
  g_string_append_printf(out, " mil %s", noun);
  return true;
}

bool es_percent(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *sign = match_text(match, 1);
  g_autofree char *number = match_text(match, 2);
  if (strcmp(number, "100") == 0 && !*sign) {
    g_string_append(out, "cien por cien");
    return true;
  }
  g_string_append(out, *sign == '-' ? "menos " : *sign == '+' ? "más " : "");
  say_alone(set, number, out);
  g_string_append(out, " por ciento");
  return true;
}

/* --- ordinals, Roman numerals ---------------------------------------------------------- */

static void say_nth(const RuleSet *set, int number, bool feminine, GString *out) {
  g_autofree char *words = language_ordinal(set->language, number, feminine);
  g_autoptr(GString) said = g_string_new(words);
  g_string_replace(said, "decimoprimer", "undécim", 0);
  g_string_replace(said, "decimosegund", "duodécim", 0);
  say_words(said->str, out);
}

/* "primero", "tercero" → "primer", "tercer", as before a masculine noun. */
static void shorten_nth(GString *out) {
  if (g_str_has_suffix(out->str, "primero") || g_str_has_suffix(out->str, "tercero")) {
    g_string_truncate(out, out->len - 1);
  }
}

/* From 1 to 1000; "º" "ª" "er" "o" "a", a dot before them, "ro" "da" "ta" as in America, an "s" after them. */
bool es_ordinal(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int number = match_int(match, 1);
  g_autofree char *sign = match_text(match, 2);
  if (number < 1 || number > 1000) {
    return false;
  }
  say_nth(set, number, strstr(sign, "ª") || strchr(sign, 'a'), out);
  if (g_str_has_suffix(sign, "er")) {
    shorten_nth(out);
  }
  g_string_append(out, g_str_has_suffix(sign, "s") ? "s" : "");
  return true;
}

bool es_ordinal_of(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int number = match_int(match, 1);
  g_autofree char *noun = match_text(match, 2);
  if (number < 1 || number > 1000) {
    return false;
  }
  say_nth(set, number, false, out);
  shorten_nth(out);
  g_string_append_printf(out, " %s", noun);
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
  static const char *const singular_s[] = {"Campus", "Cross", "Crisis", "Corpus", "Tenis", NULL};
  g_autofree char *roman = match_text(match, 1);
  g_autofree char *noun = match_text(match, 2);
  int number = roman_parse(roman);
  if (number < 1) {
    return false;
  }
  bool feminine = is_feminine(noun), plural = g_str_has_suffix(noun, "s") && !g_strv_contains(singular_s, noun);
  say_nth(set, number, feminine, out);
  if (plural) {
    g_string_append_c(out, 's'); /* "segundas Jornadas" */
  } else if (!feminine) {
    shorten_nth(out);
  }
  g_string_append_printf(out, " %s", noun);
  return true;
}

/* --- money -------------------------------------------------------------------------------- */

static const struct {
  const char *sign, *one, *many, *cents;
  bool feminine;
} coins[] = {
    {"€", "euro", "euros", "céntimos", false},      {"EUR", "euro", "euros", "céntimos", false},
    {"euros", "euro", "euros", "céntimos", false},  {"$", "dólar", "dólares", "centavos", false},
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
    g_string_truncate(out, out->len - (cents == 1 ? 1 : 0)); /* "un céntimo" */
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
  static const char *const parts[] = {"medio",   "tercio", "cuarto", "quinto", "sexto",
                                      "séptimo", "octavo", "noveno", "décimo"};
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
  g_string_append(out, g_ascii_strtoull(from, NULL, 10) <= g_ascii_strtoull(to, NULL, 10) ? " a " : ", ");
  say_alone(set, to, out);
  return true;
}

/* A school year or a season is told by its two years, a longer time by from and to. */
bool es_years(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *from = match_text(match, 1);
  g_autofree char *to = match_text(match, 2);
  int first = match_int(match, 1), last = match_int(match, 2);
  if (strlen(to) == 2 ? last != first % 100 + 1 : last <= first) {
    return false; /* "2020-03" is a month */
  }
  bool next = last == first + 1 || strlen(to) == 2;
  say_alone(set, from, out);
  g_string_append(out, next ? ", " : " a ");
  say_cardinal(set, last, false, out);
  es_alone(out);
  return true;
}

bool es_dialled(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *before = match_text(match, 1);
  g_autofree char *digits = match_text(match, 2);
  g_string_append(out, before);
  if (*digits == '0' && digits[1] != '0' && strlen(digits) == 3) {
    g_string_append(out, "cero ");
    say_alone(set, digits + 1, out);
  } else {
    say_digits(set, digits, false, out);
  }
  return true;
}
