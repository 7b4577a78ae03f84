/* English, as it is read on the air (day before month). */
#include "base/language.h"
#include "speech/rules.h"

#include <string.h>

/* eSpeak's own reading of single letters is right, but for "A", an article. */
static const char *const letters[] = {"eigh", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M",
                                      "N",    "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z"};

static const Unit units[] = {
    {"km/h", "kilometre an hour", "kilometres an hour", false},
    {"mph", "mile an hour", "miles an hour", false},
    {"km²", "square kilometre", "square kilometres", false},
    {"m²", "square metre", "square metres", false},
    {"m2", "square metre", "square metres", false},
    {"m³", "cubic metre", "cubic metres", false},
    {"km", "kilometre", "kilometres", false},
    {"m", "metre", "metres", false},
    {"cm", "centimetre", "centimetres", false},
    {"mm", "millimetre", "millimetres", false},
    {"ft", "foot", "feet", false},
    {"ha", "hectare", "hectares", false},
    {"kg", "kilo", "kilos", false},
    {"g", "gram", "grams", false},
    {"mg", "milligram", "milligrams", false},
    {"lb", "pound", "pounds", false},
    {"oz", "ounce", "ounces", false},
    {"t", "tonne", "tonnes", false},
    {"l", "litre", "litres", false},
    {"L", "litre", "litres", false},
    {"cl", "centilitre", "centilitres", false},
    {"ml", "millilitre", "millilitres", false},
    {"°C", "degree", "degrees", false},
    {"°F", "degree Fahrenheit", "degrees Fahrenheit", false},
    {"°", "degree", "degrees", false},
    {"%", "percent", "percent", false},
    {"GB", "gigabyte", "gigabytes", false},
    {"MB", "megabyte", "megabytes", false},
    {"kB", "kilobyte", "kilobytes", false},
    {"kWh", "kilowatt-hour", "kilowatt-hours", false},
    {"kW", "kilowatt", "kilowatts", false},
    {"MW", "megawatt", "megawatts", false},
    {"dB", "decibel", "decibels", false},
    {"hrs", "hour", "hours", false},
    {"hr", "hour", "hours", false},
    {"h", "hour", "hours", false},
    {"min", "minute", "minutes", false},
    {"mins", "minute", "minutes", false},
    {"s", "second", "seconds", false},
    {"€", "euro", "euros", false},
    {NULL, NULL, NULL, false},
};
#define UNIT "(km/h|mph|km²|m[²2³]|[kcm]?m|ft|ha|[km]?g|lb|oz|t|[cm]?l|L|°[CF]?|%|[GMk]B|kWh|[kM]W|dB|hrs?|h|mins?|s|€)"
#define NUMBER "(\\d{1,3}(?:[," NBSP "]\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)"
#define DIGITS "0123456789"
#define MONTH                                                                                                          \
  "(January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.?|Feb\\.?|Mar\\.?|"    \
  "Apr\\.?|Jun\\.?|Jul\\.?|Aug\\.?|Sept?\\.?|Oct\\.?|Nov\\.?|Dec\\.?)"

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

/* 1999 → "nineteen ninety-nine", 2026 → "twenty twenty-six", 1905 → "nineteen oh five". */
static void say_year(const RuleSet *set, int year, GString *out) {
  int first = year / 100, last = year % 100;
  if (year < 1100 || year > 2099 || (year >= 2000 && year < 2010)) {
    say_cardinal(set, year, false, out);
    return;
  }
  say_cardinal(set, first, false, out);
  g_string_append(out, last == 0 ? " hundred" : last < 10 ? " oh " : " ");
  if (last > 0) {
    say_cardinal(set, last, false, out);
  }
}

static bool say_day(const RuleSet *set, int day, int month, int year, GString *out) {
  if (day < 1 || day > 31 || month < 1 || month > 12) {
    return false;
  }
  g_autofree char *ordinal = language_ordinal(set->language, day, false);
  g_string_append_printf(out, "the %s of %s", ordinal, months[month - 1]);
  if (year >= 0) {
    g_string_append_c(out, ' ');
    say_year(set, year < 70 ? 2000 + year : year < 100 ? 1900 + year : year, out);
  }
  return true;
}

static bool date(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_day(set, match_int(match, 1), match_int(match, 2), match_int(match, 3), out);
}

static bool date_iso(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_day(set, match_int(match, 3), match_int(match, 2), match_int(match, 1), out);
}

static int month_of(const char *name) {
  for (int i = 0; i < 12; i++) {
    if (g_ascii_strncasecmp(name, months[i], 3) == 0) {
      return i + 1;
    }
  }
  return 0;
}

static bool day_month(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *name = match_text(match, 2);
  return say_day(set, match_int(match, 1), month_of(name), match_int(match, 3), out);
}

static bool month_day(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *name = match_text(match, 1);
  int day = match_int(match, 2), month = month_of(name), year = match_int(match, 3);
  if (day < 1 || day > 31) {
    return false;
  }
  g_autofree char *ordinal = language_ordinal(set->language, day, false);
  g_string_append_printf(out, "%s %s", months[month - 1], ordinal);
  if (year >= 0) {
    g_string_append_c(out, ' ');
    say_year(set, year, out);
  }
  return true;
}

static bool year(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *before = match_text(match, 1);
  g_string_append(out, before);
  say_year(set, match_int(match, 2), out);
  return true;
}

/* 14:30 → "fourteen thirty", 9:05 → "nine oh five", 9:00 → "nine o'clock". */
static bool hour(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int h = match_int(match, 1), m = match_int(match, 2);
  g_autofree char *half = match_text(match, 3);
  if (h > 24 || m > 59) {
    return false;
  }
  say_cardinal(set, h, false, out);
  if (m > 0) {
    g_string_append(out, m < 10 ? " oh " : " ");
    say_cardinal(set, m, false, out);
  } else if (!*half) {
    g_string_append(out, h > 0 && h <= 12 ? " o'clock" : " hundred hours");
  }
  if (*half) {
    g_string_append(out, g_ascii_tolower(*half) == 'a' ? " eigh M" : " P M");
  }
  return true;
}

static bool ordinal(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int number = match_int(match, 1);
  g_autofree char *said = number > 0 ? language_ordinal(set->language, number, false) : NULL;
  g_string_append(out, said ? said : "");
  return said != NULL;
}

/* £12.50 → "twelve pounds fifty". */
static bool money(const RuleSet *set, const GMatchInfo *match, GString *out) {
  static const struct {
    const char *sign, *one, *many;
  } coins[] = {{"£", "pound", "pounds"}, {"$", "dollar", "dollars"}, {"€", "euro", "euros"}};
  g_autofree char *sign = match_text(match, 1);
  g_autofree char *whole = match_text(match, 2);
  g_autofree char *scale = match_text(match, 4);
  int cents = match_int(match, 3);
  say_number(set, whole, false, out);
  if (*scale) {
    g_string_append(out, g_ascii_tolower(*scale) == 'k'   ? " thousand"
                         : g_ascii_tolower(*scale) == 'm' ? " million"
                                                          : " billion");
  }
  for (guint i = 0; i < G_N_ELEMENTS(coins); i++) {
    if (strcmp(sign, coins[i].sign) == 0) {
      g_string_append_printf(out, " %s", *scale || say_is_plural(set, whole) ? coins[i].many : coins[i].one);
    }
  }
  if (cents > 0) {
    g_string_append_c(out, ' ');
    say_cardinal(set, cents, false, out);
  }
  return true;
}

static bool range(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *from = match_text(match, 1);
  g_autofree char *to = match_text(match, 2);
  say_number(set, from, false, out);
  g_string_append(out, " to ");
  say_number(set, to, false, out);
  return true;
}

static bool fraction(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int top = match_int(match, 1), bottom = match_int(match, 2);
  if (top == 1 && bottom == 2) {
    g_string_append(out, "a half");
  } else if (bottom == 4 && (top == 1 || top == 3)) {
    g_string_append(out, top == 1 ? "a quarter" : "three quarters");
  } else {
    say_cardinal(set, top, false, out);
    g_string_append(out, " out of ");
    say_cardinal(set, bottom, false, out);
  }
  return true;
}

/* clang-format off */
static const Rule rules[] = {
    {"mister", "M", NO_WORD_BEFORE "Mr\\.?(?=\\s)", "Mister", NULL},
    {"missis", "M", NO_WORD_BEFORE "Mrs\\.?(?=\\s)", "Missis", NULL},
    {"miz", "M", NO_WORD_BEFORE "Ms\\.?(?=\\s)", "Miz", NULL},
    {"doctor", "D", NO_WORD_BEFORE "Dr\\.?(?=\\s+\\p{Lu})", "Doctor", NULL},
    {"professor", "P", NO_WORD_BEFORE "Prof\\.(?=\\s+\\p{Lu})", "Professor", NULL},
    {"saint", "S", NO_WORD_BEFORE "St\\.?(?=\\s+\\p{Lu})", "Saint", NULL},
    {"for example", "eE", "(?i)" NO_WORD_BEFORE "e\\.?g\\.(?:,)?", "for example", NULL},
    {"that is", "iI", "(?i)" NO_WORD_BEFORE "i\\.e\\.(?:,)?", "that is", NULL},
    {"et cetera at the end", "e", NO_WORD_BEFORE "etc\\.*(?=\\s+\\p{Lu}|\\s*$)", "et cetera.", NULL},
    {"et cetera", "e", NO_WORD_BEFORE "etc(?:\\.+|" NO_WORD_AFTER ")", "et cetera", NULL},
    {"versus", "v", NO_WORD_BEFORE "vs\\.?" NO_WORD_AFTER, "versus", NULL},
    {"number", "Nn", NO_WORD_BEFORE "[Nn](?:o\\.|[°º])\\s?(?=\\d)", "number ", NULL},
    {"number sign", "#", "(?<![\\p{L}\\d])#(?=\\d)", "number ", NULL},
    {"about", "a", NO_WORD_BEFORE "approx\\.", "approximately", NULL},
    {"department", "dD", NO_WORD_BEFORE "[Dd]ept\\.", "department", NULL},
    {"telephone word", "tT", "(?i)" NO_WORD_BEFORE "tel\\.?\\s?:?\\s*(?=[+\\d])", "telephone ", NULL},
    {"with", "w", NO_WORD_BEFORE "w/(?=\\s|\\p{L})", "with ", NULL},

    {"and or", "/", NO_WORD_BEFORE "and/or" NO_WORD_AFTER, "and or", NULL},
    {"at a place", "@", "(?<=\\s|^)@\\s*(?=\\p{L})", "at ", NULL},
    {"and", "&", "\\s*&\\s*", " and ", NULL},
    {"plus one alone", "+", "(?<![\\p{L}\\d])\\+\\s?(\\d{1,3})(?=[\\s.,;:!?)]*$|\\s+\\p{Lu}|[.,;!?)])", " plus \\1", NULL},
    {"plus", "+", "(?<=\\s|^|\\()\\+\\s?(?=\\p{L})|(?<=\\p{L})\\s?\\+\\s?(?=\\p{L})", " plus ", NULL},
    {"equals", "=", "\\s*=+>?\\s*", " equals ", NULL},
    {"about sign", "\342~", "≈\\s*|(?<=\\s)~\\s?(?=\\d)", "about ", NULL},

    {"day and night", "/", NUMBER_BEFORE "24/7" NUMBER_AFTER, "twenty-four seven", NULL},
    {"telephone", DIGITS, NUMBER_BEFORE "0\\d{2,4}[ " NBSP "-]\\d{3,4}[ " NBSP "-]?\\d{3,4}" NUMBER_AFTER, NULL, rule_phone_digits},
    {"telephone, French", DIGITS, NUMBER_BEFORE "0\\d(?:[ ." NBSP "-]?\\d\\d){4}" NUMBER_AFTER, NULL, rule_phone_digits},
    {"telephone abroad", "+", "(?<!\\d)\\+\\d{1,3}(?:\\s?\\(0\\))?(?:[ ." NBSP "-]?\\d{1,4}){2,6}(?!\\d)", NULL, rule_phone_digits},

    {"hours from to", ":", NUMBER_BEFORE "(\\d{1,2}:\\d\\d)\\s?[-\\x{2013}]\\s?(?=\\d{1,2}:\\d\\d)", "\\1 to ", NULL},
    {"short hours from to", "aApP", NUMBER_BEFORE "(\\d{1,2}(?:[ap]m)?)\\s?[-\\x{2013}]\\s?(?=\\d{1,2}\\s?[ap]m)", "\\1 to ", NULL},
    {"hour", ":", NUMBER_BEFORE "([01]?\\d|2[0-4])[:.]([0-5]\\d)(?::\\d\\d)?(?:\\s?([AaPp])\\.?[Mm]\\b\\.?)(?![\\d:])", NULL, hour},
    {"hour by a colon", ":", NUMBER_BEFORE "([01]?\\d|2[0-4]):([0-5]\\d)()(?![\\d:])", NULL, hour},
    {"whole hour", "mM", NUMBER_BEFORE "(1?\\d|2[0-4])()\\s?([AaPp])\\.?[Mm]\\.?" NO_WORD_AFTER, NULL, hour},
    {"hour, French", "h", NUMBER_BEFORE "([01]?\\d|2[0-4])h([0-5]\\d)()" NO_WORD_AFTER, NULL, hour},

    {"date", DIGITS, NUMBER_BEFORE "(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4}|\\d{2})" NUMBER_AFTER, NULL, date},
    {"ISO date", "-", NUMBER_BEFORE "(\\d{4})-(\\d{2})-(\\d{2})(?!\\d)", NULL, date_iso},
    {"day and month", DIGITS, NUMBER_BEFORE "(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?: of)? " MONTH "(?:,? (\\d{4}))?" NO_WORD_AFTER, NULL, day_month},
    {"month and day", DIGITS, NO_WORD_BEFORE MONTH " (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?" NO_WORD_AFTER, NULL, month_day},
    {"year", DIGITS, NO_WORD_BEFORE "([Ii]n |[Ss]ince |[Bb]y |[Ff]rom |[Uu]ntil |[Yy]ear )(\\d{4})" NUMBER_AFTER, NULL, year},
    {"ordinal", DIGITS, NO_WORD_BEFORE "(\\d{1,6})(?:st|nd|rd|th)" NO_WORD_AFTER, NULL, ordinal},

    {"money", "\302\342$", "(£|\\$|€)\\s?(\\d{1,3}(?:,\\d{3})+|\\d{1,9})(?:\\.(\\d\\d))?([kKmMbB]n?(?![\\p{L}]))?(?!\\d)", NULL, money},
    {"number and unit", DIGITS, "(?<![\\p{L}\\d])(?<![\\d\\p{L}][.,:/'_])([-+]?)" NUMBER "[ " NBSP "]?" UNIT NO_WORD_AFTER, NULL, rule_unit},
    {"times", "xX\303", NUMBER_BEFORE "(\\d{1,6})\\s?[xX×]" NO_WORD_AFTER, "\\1 times", NULL},
    {"half", "\302", "½", " a half ", NULL},
    {"fraction", "/", NUMBER_BEFORE "(\\d{1,4})/(\\d{1,4})" NUMBER_AFTER, NULL, fraction},
    {"from to", "-\342", NUMBER_BEFORE "(\\d{1,6})\\s?[-\\x{2013}]\\s?(\\d{1,6})" NUMBER_AFTER, NULL, range},
    {"version number", ".", "(?<=\\d)\\.(?=\\d+\\.\\d)|(?<=\\d\\.\\d|\\d\\.\\d\\d)\\.(?=\\d)", " point ", NULL},
    {"number", DIGITS, "(?<![\\p{L}\\d])(?<![\\p{L}][.:/'_-])((?<=\\s|^|\\()[-+])?" NUMBER "(?![\\p{L}\\d]|-\\p{L})", NULL, rule_number},
    {"number before a hyphen", DIGITS, NUMBER_BEFORE "()(\\d{1,9})(?=-\\p{L})", NULL, rule_number},
    {"degrees", "\302", "°", " degrees ", NULL},
    {"percent alone", "%", "\\s?%", " percent", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
/* clang-format on */

const RuleSet rules_en = {
    .language = "en",
    .rules = rules,
    .units = units,
    .letters = letters,
    .address = "the address is on our page",
    .online = "online",
    .minus = "minus",
    .plus = "plus",
    .decimal_mark = '.',
};

static const Rule no_rules[] = {{NULL, NULL, NULL, NULL, NULL}};
static const Unit no_units[] = {{NULL, NULL, NULL, false}};
static const char *const plain_letters[] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M",
                                            "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z"};

const RuleSet rules_plain = {
    .language = "en",
    .rules = no_rules,
    .units = no_units,
    .letters = plain_letters,
    .address = "",
    .online = "",
    .minus = "-",
    .plus = "+",
    .decimal_mark = '.',
};
