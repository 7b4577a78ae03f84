/* Spanish, as it is read on the air. */
#include "base/language.h"
#include "speech/rules.h"

#include <string.h>

static const char *const letters[] = {"a",    "be", "ce",  "de",  "e",         "efe",   "ge",       "hache", "i",
                                      "jota", "ka", "ele", "eme", "ene",       "o",     "pe",       "cu",    "erre",
                                      "ese",  "te", "u",   "uve", "uve doble", "equis", "i griega", "zeta"};

static const Unit units[] = {
    {"km/h", "kilómetro por hora", "kilómetros por hora", false},
    {"km²", "kilómetro cuadrado", "kilómetros cuadrados", false},
    {"m²", "metro cuadrado", "metros cuadrados", false},
    {"m2", "metro cuadrado", "metros cuadrados", false},
    {"m³", "metro cúbico", "metros cúbicos", false},
    {"km", "kilómetro", "kilómetros", false},
    {"m", "metro", "metros", false},
    {"cm", "centímetro", "centímetros", false},
    {"mm", "milímetro", "milímetros", false},
    {"ha", "hectárea", "hectáreas", true},
    {"kg", "kilo", "kilos", false},
    {"g", "gramo", "gramos", false},
    {"mg", "miligramo", "miligramos", false},
    {"t", "tonelada", "toneladas", true},
    {"l", "litro", "litros", false},
    {"L", "litro", "litros", false},
    {"cl", "centilitro", "centilitros", false},
    {"ml", "mililitro", "mililitros", false},
    {"°C", "grado", "grados", false},
    {"ºC", "grado", "grados", false},
    {"°", "grado", "grados", false},
    {"%", "por ciento", "por ciento", false},
    {"GB", "gigabyte", "gigabytes", false},
    {"MB", "megabyte", "megabytes", false},
    {"kWh", "kilovatio hora", "kilovatios hora", false},
    {"kW", "kilovatio", "kilovatios", false},
    {"dB", "decibelio", "decibelios", false},
    {"min", "minuto", "minutos", false},
    {"s", "segundo", "segundos", false},
    {"€", "euro", "euros", false},
    {"$", "dólar", "dólares", false},
    {NULL, NULL, NULL, false},
};
#define UNIT "(km/h|km²|m[²2³]|[kcm]?m|ha|[km]?g|t|[cm]?l|L|[°º]C|°|%|[GM]B|kWh|kW|dB|min|s|€|\\$)"
#define NUMBER "(\\d{1,3}(?:[. " NBSP "]\\d{3})+(?:,\\d+)?|\\d+(?:,\\d+)?)"
#define DIGITS "0123456789"
#define MONTHS "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"

static const char *const months[] = {"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                                     "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};

/* Before a noun "uno" is "un", "veintiuno" "veintiún"; feminine "una", "veintiuna".
 * ICU writes the one or the other. */
static void agree(GString *number, bool feminine) {
  static const char *const ones[] = {"uno", "ún", "un"};
  for (guint i = 0; i < G_N_ELEMENTS(ones); i++) {
    if (g_str_has_suffix(number->str, ones[i])) {
      g_string_truncate(number, number->len - strlen(ones[i]));
      bool twenties = g_str_has_suffix(number->str, "veinti");
      g_string_append(number, feminine ? "una" : twenties ? "ún" : "un");
      return;
    }
  }
}

static bool say_hour(const RuleSet *set, int hour, int minute, GString *out) {
  if (hour < 0 || hour > 24 || minute > 59) {
    return false;
  }
  say_cardinal(set, hour, true, out);
  if (minute > 0) {
    g_string_append(out, " y ");
    say_cardinal(set, minute, false, out);
    if (g_str_has_suffix(out->str, "un") && minute % 10 == 1) {
      g_string_append_c(out, 'o');
    } else if (g_str_has_suffix(out->str, "veintiún")) {
      g_string_truncate(out, out->len - strlen("ún"));
      g_string_append(out, "uno");
    }
  } else {
    g_string_append(out, hour == 1 ? "" : " horas"); /* "a la una" */
  }
  return true;
}

static bool hour(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_hour(set, match_int(match, 1), match_int(match, 2), out);
}

static bool say_day(const RuleSet *set, int day, int month, int year, GString *out) {
  if (day < 1 || day > 31 || month < 1 || month > 12) {
    return false;
  }
  g_autofree char *words = day == 1 ? g_strdup("primero") : language_cardinal(set->language, day);
  g_string_append_printf(out, "%s de %s", words, months[month - 1]);
  if (year >= 0) {
    g_autofree char *years = language_cardinal(set->language, year < 70    ? 2000 + year
                                                              : year < 100 ? 1900 + year
                                                                           : year);
    g_string_append(out, " de ");
    say_words(years, out);
  }
  return true;
}

static bool date(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_day(set, match_int(match, 1), match_int(match, 2), match_int(match, 3), out);
}

static bool date_iso(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_day(set, match_int(match, 3), match_int(match, 2), match_int(match, 1), out);
}

/* "21 personas" → "veintiuna personas"; not "21 días", "21 problemas". */
static bool count_feminine(const RuleSet *set, const GMatchInfo *match, GString *out) {
  static const char *const masculine[] = {"día",     "mapa",   "ema",     "grama",   "oma",
                                          "planeta", "cometa", "artista", "turista", "clima"};
  g_autofree char *number = match_text(match, 1);
  g_autofree char *noun = match_text(match, 2);
  gsize n = strlen(noun);
  g_autofree char *singular = g_strndup(noun, n - (noun[n - 1] == 's' ? 1 : 0));
  for (guint i = 0; i < G_N_ELEMENTS(masculine); i++) {
    if (g_str_has_suffix(singular, masculine[i])) {
      return false;
    }
  }
  if (!g_str_has_suffix(number, "1") || g_str_has_suffix(number, "11") || *number == '0') {
    return false;
  }
  say_number(set, number, true, out);
  g_string_append_printf(out, " %s", noun);
  return true;
}

static bool century(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *roman = match_text(match, 2);
  g_autofree char *before = match_text(match, 1);
  int number = roman_parse(roman);
  if (number < 1) {
    return false;
  }
  g_autofree char *digits = g_strdup_printf("%d", number);
  g_string_append_printf(out, "%s %s", before, digits); /* said by the rule for numbers */
  return true;
}

static bool ordinal(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int number = match_int(match, 1);
  g_autofree char *sign = match_text(match, 2);
  if (number < 1 || number > 1000) {
    return false;
  }
  bool feminine = g_str_has_suffix(sign, "ª") || g_str_has_suffix(sign, "a");
  g_autofree char *said = language_ordinal(set->language, number, feminine);
  say_words(said, out);
  if (g_str_has_suffix(sign, "er") && (number == 1 || number == 3) && g_str_has_suffix(out->str, "o")) {
    g_string_truncate(out, out->len - 1); /* "primer", "tercer" */
  }
  return true;
}

static bool money(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *euros = match_text(match, 1);
  int cents = match_int(match, 2);
  say_number(set, euros, false, out);
  g_string_append(out, say_is_plural(set, euros) ? " euros" : " euro");
  if (cents > 0) {
    g_string_append(out, " con ");
    say_cardinal(set, cents, false, out);
  }
  return true;
}

/* A number that stands alone has its "uno": "tengo veintiuno". */
static void say_lone_number(const RuleSet *set, const char *written, GString *out) {
  RuleSet alone = *set;
  alone.agree = NULL;
  say_number(&alone, written, false, out);
  if (g_str_has_suffix(out->str, "veintiún")) {
    g_string_truncate(out, out->len - strlen("ún"));
    g_string_append(out, "uno");
  } else if (g_str_has_suffix(out->str, "un")) {
    g_string_append_c(out, 'o');
  }
}

static bool number(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *sign = match_text(match, 1);
  g_autofree char *written = match_text(match, 2);
  g_string_append(out, *sign == '-' ? "menos " : *sign == '+' ? "más " : "");
  say_lone_number(set, written, out);
  return true;
}

static bool range(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *from = match_text(match, 1);
  g_autofree char *to = match_text(match, 2);
  say_lone_number(set, from, out);
  g_string_append(out, " a ");
  say_lone_number(set, to, out);
  return true;
}

/* "tod@s", "todos/as", "todos y todas": both are said, feminine first. */
static bool inclusive(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *stem = match_text(match, 1);
  g_autofree char *plural = match_text(match, 2);
  const char *s = *plural ? "s" : "", *between = *plural ? "y" : "o";
  g_string_append_printf(out, "%sa%s %s %so%s", stem, s, between, stem, s);
  return true;
}

/* clang-format off */
static const Rule rules[] = {
    {"señor", "S", NO_WORD_BEFORE "Sr\\.?(?=\\s)", "señor", NULL},
    {"señora", "S", NO_WORD_BEFORE "Sra\\.?(?=\\s)", "señora", NULL},
    {"señores", "S", NO_WORD_BEFORE "Sres\\.?(?=\\s)", "señores", NULL},
    {"doctor", "D", NO_WORD_BEFORE "Dr\\.?(?=\\s+\\p{Lu})", "doctor", NULL},
    {"doctora", "D", NO_WORD_BEFORE "Dra\\.?(?=\\s+\\p{Lu})", "doctora", NULL},
    {"don", "D", NO_WORD_BEFORE "D\\.(?=\\s+\\p{Lu})", "don", NULL},
    {"doña", "D", NO_WORD_BEFORE "D\\.?ª(?=\\s+\\p{Lu})", "doña", NULL},
    {"usted", "UV", NO_WORD_BEFORE "(?:Ud|Vd)\\.?" NO_WORD_AFTER, "usted", NULL},
    {"ustedes", "UV", NO_WORD_BEFORE "(?:Uds|Vds)\\.?" NO_WORD_AFTER, "ustedes", NULL},
    {"Estados Unidos", "E", NO_WORD_BEFORE "EE\\.?\\s?UU\\.?" NO_WORD_AFTER, "Estados Unidos", NULL},
    {"et cetera at the end", "e", NO_WORD_BEFORE "etc\\.*(?=\\s+\\p{Lu}|\\s*$)", "etcétera.", NULL},
    {"et cetera", "e", NO_WORD_BEFORE "etc(?:\\.+|" NO_WORD_AFTER ")", "etcétera", NULL},
    {"por ejemplo", "pP", "(?i)" NO_WORD_BEFORE "p\\.?\\s?ej\\.", "por ejemplo", NULL},
    {"es decir", "eE", NO_WORD_BEFORE "[ie]\\.\\s?[de]\\." , "es decir", NULL},
    {"número", "nN", "(?i)" NO_WORD_BEFORE "n\\.?\\s?[º°o]\\.?\\s?(?=\\d)", "número ", NULL},
    {"teléfono", "tT", "(?i)" NO_WORD_BEFORE "tel[ée]?f?\\.?\\s?:?\\s*(?=[+\\d])", "teléfono ", NULL},
    {"avenida", "A", NO_WORD_BEFORE "Avda?\\.(?=\\s)", "avenida", NULL},
    {"calle", "C", NO_WORD_BEFORE "C/\\s?(?=\\p{L})", "calle ", NULL},
    {"página", "p", NO_WORD_BEFORE "p(?:ág)?\\.\\s?(?=\\d)", "página ", NULL},

    {"inclusive by @", "@", "(?<!\\p{L})(\\p{L}{2,30})@(s?)" NO_WORD_AFTER, NULL, inclusive},
    {"inclusive by a slash", "/", "(?<!\\p{L})(\\p{L}{2,30})o(s?)/as?" NO_WORD_AFTER, NULL, inclusive},
    {"inclusive by parentheses", "(", "(?<!\\p{L})(\\p{L}{2,30})o(s?)\\(as?\\)", NULL, inclusive},
    {"y o", "/", NO_WORD_BEFORE "y/o" NO_WORD_AFTER, "y o", NULL},
    {"en un lugar", "@", "(?<=\\s|^)@\\s*(?=\\p{L})", "en ", NULL},
    {"y", "&", "\\s*&\\s*", " y ", NULL},
    {"más one alone", "+", "(?<![\\p{L}\\d])\\+\\s?(\\d{1,3})(?=[\\s.,;:!?)]*$|\\s+\\p{Lu}|[.,;!?)])", " más \\1", NULL},
    {"más", "+", "(?<=\\s|^|\\()\\+\\s?(?=\\p{L})|(?<=\\p{L})\\s?\\+\\s?(?=\\p{L})", " más ", NULL},
    {"es", "=", "(?<=\\p{L}{2}|\\))\\s*=+\\s*(?=\\p{L}{2})", ", es ", NULL},
    {"igual", "=", "\\s*=+>?\\s*", " igual a ", NULL},

    {"day and night", "/", NUMBER_BEFORE "24/7" NUMBER_AFTER, "veinticuatro horas, siete días", NULL},
    {"telephone", DIGITS, NUMBER_BEFORE "[6-9]\\d{2}[ ." NBSP "-]\\d{2,3}[ ." NBSP "-]\\d{2,3}(?:[ ." NBSP "-]\\d{2})?" NUMBER_AFTER, NULL, rule_phone_digits},
    {"telephone abroad", "+", "(?<!\\d)\\+\\d{1,3}(?:[ ." NBSP "-]?\\d{1,4}){2,6}(?!\\d)", NULL, rule_phone_digits},

    {"hours from to", ":", NUMBER_BEFORE "(\\d{1,2}:\\d\\d)\\s?[-\\x{2013}]\\s?(?=\\d{1,2}:\\d\\d)", "\\1 a ", NULL},
    {"hour", ":", NUMBER_BEFORE "([01]?\\d|2[0-4])[:]([0-5]\\d)(?:[ " NBSP "]?h(?:oras)?" NO_WORD_AFTER "\\.?)?(?![\\d:])", NULL, hour},
    {"hour with h", "h", NUMBER_BEFORE "([01]?\\d|2[0-4])[ " NBSP "]?h[ " NBSP "]?([0-5]\\d)?" NO_WORD_AFTER, NULL, hour},
    {"whole hour", "h", NUMBER_BEFORE "(1)() hora" NO_WORD_AFTER, NULL, hour},
    {"date", DIGITS, NUMBER_BEFORE "(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4}|\\d{2})" NUMBER_AFTER, NULL, date},
    {"ISO date", "-", NUMBER_BEFORE "(\\d{4})-(\\d{2})-(\\d{2})(?!\\d)", NULL, date_iso},
    {"day and month", "/", NUMBER_BEFORE "(0?[1-9]|[12]\\d|3[01])/(0[1-9]|1[0-2])()" NUMBER_AFTER, NULL, date},
    {"first of a month", "1", NUMBER_BEFORE "1(?:\\.?º)? de (" MONTHS ")", "primero de \\1", NULL},
    {"ordinal", DIGITS, NO_WORD_BEFORE "(\\d{1,4})(\\.?[ºª°]|er|\\.er|[oa])" NO_WORD_AFTER "(?!C)", NULL, ordinal},
    {"money", "\342", NUMBER_BEFORE "(\\d{1,3}(?:[. " NBSP "]\\d{3})+|\\d{1,9}),(\\d{2})[ " NBSP "]?(?:€|euros)", NULL, money},
    {"number and unit", DIGITS, "(?<![\\p{L}\\d])(?<![\\d\\p{L}][.,:/'_])([-+]?)" NUMBER "[ " NBSP "]?" UNIT NO_WORD_AFTER, NULL, rule_unit},
    {"century", "IVX", NO_WORD_BEFORE "([Ss]iglos?|[Cc]apítulo|[Tt]omo|[Ll]uis|[Ff]elipe|[Cc]arlos)\\s([IVX]{1,6})" NO_WORD_AFTER, NULL, century},
    {"per", "/", "(?<=euros|euro|veces)/(mes|día|hora|año|semana|persona|kilo|litro|niño)" NO_WORD_AFTER, " por \\1", NULL},
    {"half", "\302", "½", " medio ", NULL},
    {"from to", "-\342", NUMBER_BEFORE "(\\d{1,6})\\s?[-\\x{2013}]\\s?(\\d{1,6})" NUMBER_AFTER, NULL, range},
    {"one of a feminine noun", "1", NUMBER_BEFORE "(\\d{1,3}(?:[. " NBSP "]\\d{3})+|\\d{1,9})[ " NBSP "](\\p{Ll}{2,}as?)" NO_WORD_AFTER, NULL, count_feminine},
    {"number before a noun", DIGITS, "(?<![\\p{L}\\d])(?<![\\p{L}\\d][.,:/'_-])()(\\d{0,5}1)(?= \\p{Ll}{3,}o?s?\\b)", NULL, rule_number},
    {"number", DIGITS, "(?<![\\p{L}\\d])(?<![\\p{L}][.:/'_-])((?<=\\s|^|\\()[-+])?" NUMBER "(?![\\p{L}\\d]|-\\p{L})", NULL, number},
    {"percent alone", "%", "\\s?%", " por ciento", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
/* clang-format on */

const RuleSet rules_es = {
    .language = "es",
    .rules = rules,
    .units = units,
    .letters = letters,
    .address = "la dirección está en nuestra página",
    .online = "en línea",
    .dot = "punto",
    .at = "arroba",
    .minus = "menos",
    .plus = "más",
    .decimal_mark = ',',
    .decimals_as_number = true,
    .decimal_word = "coma",
    .agree = agree,
};
