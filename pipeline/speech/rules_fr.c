/* French, as it is read on the air. */
#include "base/language.h"
#include "speech/rules.h"
#include "speech/rules_fr.h"

#include <string.h>

static const char *const letters[] = {"a",    "bé", "cé",   "dé",   "eux",       "effe", "gé",     "hache", "i",
                                      "ji",   "ka", "elle", "aime", "enne",      "o",    "pé",     "ku",    "erre",
                                      "esse", "té", "u",    "vé",   "double vé", "ixe",  "i grec", "zède"};

/* The symbols of fr_units. */
#define UNIT                                                                                                                  \
  "(km/h|m/s|Mbit/"                                                                                                           \
  "s|km[²2]|m[²2³3]|[khdcm]?m|ha|[mkµ]?g|t|[cdmh]?l|m?L|°[CF]?|%|‰|[GMkKT]o|[kM]Wh|[kM]?W|V|dB|[kM]?Hz|hPa|ms|mn|min|" \
  "sec|s|j|hab|€|\\$|£)"

#define NUMBER "(\\d{1,3}(?:[ " NBSP ".]\\d{3})+(?:,\\d+)?|\\d+(?:[,.]\\d+)?)"
#define GAP "[ " NBSP "]?"
#define MONTH                                                                                                          \
  "(janvier|février|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|janv\\.?|févr?\\.?|" \
  "avr\\.|juil\\.|sept\\.|oct\\.|nov\\.|déc\\.)"

static void agree(GString *number, bool feminine) {
  if (feminine && number->len >= 2 && g_str_has_suffix(number->str, "un")) {
    g_string_append_c(number, 'e');
  }
}

/* --- hours ------------------------------------------------------------------- */

static bool say_hour(const RuleSet *set, int hour, int minute, GString *out) {
  if (hour < 0 || hour > 24 || minute > 59) {
    return false;
  }
  say_cardinal(set, hour, true, out);
  g_string_append(out, hour < 2 ? " heure" : " heures");
  if (minute > 0) {
    g_string_append_c(out, ' ');
    say_cardinal(set, minute, true, out);
  }
  return true;
}

static bool hour(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_hour(set, match_int(match, 1), match_int(match, 2), out);
}

/* "8h-12h" → "de huit heures à douze heures"; the first "h" may be missing. */
static bool hour_range(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *before = match_text(match, 1);
  g_string_append(out, *before ? before : "de ");
  bool said = say_hour(set, match_int(match, 2), match_int(match, 3), out);
  g_string_append(out, " à ");
  return said && say_hour(set, match_int(match, 4), match_int(match, 5), out);
}

/* --- dates ------------------------------------------------------------------- */

static const char *const months[] = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                     "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};

static bool say_day(const RuleSet *set, int day, int month, int year, GString *out) {
  if (day < 1 || day > 31 || month < 1 || month > 12) {
    return false;
  }
  if (day == 1) {
    g_string_append(out, "premier");
  } else {
    say_cardinal(set, day, false, out);
  }
  g_string_append_printf(out, " %s", months[month - 1]);
  if (year >= 0) {
    g_string_append_c(out, ' ');
    say_cardinal(set, year < 70 ? 2000 + year : year < 100 ? 1900 + year : year, false, out);
  }
  return true;
}

static bool date(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_day(set, match_int(match, 1), match_int(match, 2), match_int(match, 3), out);
}

static bool date_iso(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_day(set, match_int(match, 3), match_int(match, 2), match_int(match, 1), out);
}

static bool day_of_month(const RuleSet *set, const GMatchInfo *match, GString *out) {
  static const char *const short_names[] = {"janv", "fév", "mars", "avr", "mai", "juin",
                                            "juil", "ao",  "sept", "oct", "nov", "déc"};
  g_autofree char *name = match_text(match, 2);
  g_autofree char *lower = g_utf8_strdown(name, -1);
  for (int i = 0; i < 12; i++) {
    if (g_str_has_prefix(lower, short_names[i])) {
      return say_day(set, match_int(match, 1), i + 1, -1, out);
    }
  }
  return false;
}

/* --- ordinals ------------------------------------------------------------------ */

static bool ordinal(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *digits = match_text(match, 1);
  g_autofree char *ending = match_text(match, 2);
  int number = g_ascii_isdigit(*digits) ? match_int(match, 1) : roman_parse(digits);
  if (number < 1 || number > 100000) {
    return false;
  }
  bool second = strcmp(ending, "nd") == 0 || strcmp(ending, "nde") == 0 || strcmp(ending, "nds") == 0;
  bool feminine = strchr("rè", ending[0]) && strstr(ending, "re");
  g_autofree char *said = second ? g_strdup(strcmp(ending, "nde") == 0 ? "seconde" : "second")
                                 : language_ordinal(set->language, number, feminine);
  g_string_append(out, said);
  if (g_str_has_suffix(ending, "s")) {
    g_string_append_c(out, 's');
  }
  return true;
}

static bool roman_cardinal(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *name = match_text(match, 1);
  g_autofree char *roman = match_text(match, 2);
  int number = roman_parse(roman);
  if (number < 1) {
    return false;
  }
  g_string_append_printf(out, "%s ", name);
  if (number == 1) {
    g_string_append(out, "premier");
  } else {
    say_cardinal(set, number, false, out);
  }
  return true;
}

/* --- money, fractions, ranges ------------------------------------------------- */

/* "12,50 €", "12€50" → "douze euros cinquante". */
static bool euros_and_cents(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *euros = match_text(match, 1);
  int cents = match_int(match, 2);
  say_number(set, euros, false, out);
  g_string_append(out, say_is_plural(set, euros) ? " euros" : " euro");
  if (cents > 0) {
    g_string_append_c(out, ' ');
    say_cardinal(set, cents, false, out);
  }
  return true;
}

/* "3 M€", "15 k€". */
static bool big_euros(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 1);
  g_autofree char *scale = match_text(match, 2);
  say_number(set, number, false, out);
  if (g_ascii_tolower(*scale) == 'k') {
    g_string_append(out, " mille euros");
  } else {
    g_string_append_printf(out, " %s%s d'euros", scale[1] == 'd' ? "milliard" : "million",
                           say_is_plural(set, number) ? "s" : "");
  }
  return true;
}

static bool fraction(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int top = match_int(match, 1), bottom = match_int(match, 2);
  static const char *const parts[] = {"demi", "tiers", "quart"};
  if (top < 1 || bottom < 1) {
    return false;
  }
  say_cardinal(set, top, false, out);
  if (bottom >= 2 && bottom <= 4 && top < bottom) {
    g_string_append_printf(out, " %s%s", parts[bottom - 2], top > 1 && bottom == 4 ? "s" : "");
  } else {
    g_string_append(out, " sur ");
    say_cardinal(set, bottom, false, out);
  }
  return true;
}

static bool range(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *from = match_text(match, 1);
  g_autofree char *to = match_text(match, 2);
  say_number(set, from, false, out);
  g_string_append(out, " à ");
  say_number(set, to, false, out);
  return true;
}

static bool times(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 1);
  say_number(set, number, true, out);
  g_string_append(out, " fois");
  return true;
}

/* --- the table ------------------------------------------------------------------ */

#define DIGITS "0123456789"
#define HOUR "(\\d{1,2})" GAP "(?:[hH]|heures?)" GAP "(\\d{2})?"
#define NO_HOUR_AFTER "(?!" GAP "\\d|[\\p{L}])"

/* "agent.es" is two words in one, not an address in Spain. */
static const Rule before_addresses[] = {
    {"inclusive, not a domain", ".",
     "(?<![\\p{L}\\d.@/:_-])(\\p{L}\\p{Ll}{2,30})\\.(es|e\\.s)(?=\\.?(?:[\\s,;:!?)]|$))", "\\1·\\2", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

/* clang-format off */
static const Rule rules[] = {
    /* Titles and abbreviations: first, since their full stop ends no sentence. */
    {"monsieur", "M", NO_WORD_BEFORE "M\\." GAP "(?=\\p{Lu}|l[ea] |l')", "monsieur ", NULL},
    {"monsieur before a name", "M", NO_WORD_BEFORE "(?:M|Mr\\.?|mr\\.?) (?=\\p{Lu}\\p{Ll})", "monsieur ", NULL},
    {"messieurs", "M", NO_WORD_BEFORE "MM\\." GAP "(?=\\p{Lu})", "messieurs ", NULL},
    {"madame", "M", NO_WORD_BEFORE "Mme\\.?" NO_WORD_AFTER, "madame", NULL},
    {"mesdames", "M", NO_WORD_BEFORE "Mmes\\.?" NO_WORD_AFTER, "mesdames", NULL},
    {"mademoiselle", "M", NO_WORD_BEFORE "Mlle\\.?" NO_WORD_AFTER, "mademoiselle", NULL},
    {"docteur", "D", NO_WORD_BEFORE "Dr\\.?(?=\\s+\\p{Lu})", "docteur", NULL},
    {"docteure", "D", NO_WORD_BEFORE "Dre\\.?(?=\\s+\\p{Lu})", "docteure", NULL},
    {"professeur", "P", NO_WORD_BEFORE "Pr\\.?(?=\\s+\\p{Lu})", "professeur", NULL},
    {"maître", "M", NO_WORD_BEFORE "Me\\.?(?=\\s+\\p{Lu}\\p{Ll})", "maître", NULL},
    {"sainte", "S", NO_WORD_BEFORE "Ste([- ])(?=\\p{Lu})", "sainte\\1", NULL},
    {"saint", "S", NO_WORD_BEFORE "St([- ])(?=\\p{Lu})", "saint\\1", NULL},
    {"et cetera at the end", "e", NO_WORD_BEFORE "etc\\.*(?=\\s+\\p{Lu}|\\s*$)", "et cétéra.", NULL},
    {"et cetera", "e", NO_WORD_BEFORE "etc(?:\\.+|,(?=\\s*[,.])|" NO_WORD_AFTER ")", "et cétéra", NULL},
    {"par exemple", "p", NO_WORD_BEFORE "p(?:ar)?\\.?\\s?ex\\.?" NO_WORD_AFTER, "par exemple", NULL},
    {"exemple", "eE", "(?i)" NO_WORD_BEFORE "ex(?:\\s?:|\\.(?=\\s+\\p{Ll}))", "exemple,", NULL},
    {"c'est-à-dire", "c", "(?i)" NO_WORD_BEFORE "(?:c\\.?-?à\\.?-?d\\.?|càd)" NO_WORD_AFTER, "c'est-à-dire", NULL},
    {"cf.", "cC", "(?i)" NO_WORD_BEFORE "cf\\.?" NO_WORD_AFTER, "voir", NULL},
    {"numéro", "nN", "(?i)" NO_WORD_BEFORE "n\\s?[°º]\\s?(?=\\d)", "numéro ", NULL},
    {"numéros", "nN", "(?i)" NO_WORD_BEFORE "n[°º]s\\s?(?=\\d)", "numéros ", NULL},
    {"numéro alone", "\302", "(?i)" NO_WORD_BEFORE "n[°º]", "numéro", NULL},
    {"article", "aA", "(?i)" NO_WORD_BEFORE "art\\.?\\s?(?=[LRD]?\\.?\\s?\\d)", "article ", NULL},
    {"page", "p", NO_WORD_BEFORE "pp?\\.\\s?(?=\\d)", "page ", NULL},
    {"téléphone", "tT", "(?i)" NO_WORD_BEFORE "t[ée]l\\.?\\s?:?\\s*(?=[+0]\\d|\\d\\d)", "téléphone ", NULL},
    {"téléphone alone", "tT", "(?i)" NO_WORD_BEFORE "tél\\.?" NO_WORD_AFTER, "téléphone", NULL},
    {"environ", "e", NO_WORD_BEFORE "env\\.(?=\\s)", "environ", NULL},
    {"habitants", "h", "(?<=\\d)([ " NBSP "])hab\\.?" NO_WORD_AFTER, "\\1habitants", NULL},
    {"maximum", "mM", "(?i)" NO_WORD_BEFORE "max\\." , "maximum", NULL},
    {"minimum", "mM", "(?i)(?<![\\p{L}\\d])(?<!\\d\\s)min\\.(?=\\s)" , "minimum", NULL},
    {"boulevard", "bB", "(?i)" NO_WORD_BEFORE "(?:bd|bld|blvd)\\.?(?=\\s+\\p{L})", "boulevard", NULL},
    {"personnes", "p", "(?<=\\d)([ " NBSP "])pers\\.?" NO_WORD_AFTER, "\\1personnes", NULL},
    {"renseignements", "rR", NO_WORD_BEFORE "([rR])ens\\.", "\\1enseignements", NULL},
    {"responsable", "r", NO_WORD_BEFORE "resp\\.", "responsable", NULL},
    {"apartment", "a", NO_WORD_BEFORE "app?t\\.?" NO_WORD_AFTER, "appartement", NULL},
    {"lundi", "l", NO_WORD_BEFORE "([lL])un\\.(?=\\s)", "\\1undi", NULL},
    {"mardi", "m", NO_WORD_BEFORE "([mM])ar\\.(?=\\s(?:\\d|au |et |à ))", "\\1ardi", NULL},
    {"mercredi", "m", NO_WORD_BEFORE "([mM])er\\.(?=\\s(?:\\d|au |et |à ))", "\\1ercredi", NULL},
    {"jeudi", "j", NO_WORD_BEFORE "([jJ])eu\\.(?=\\s)", "\\1eudi", NULL},
    {"vendredi", "v", NO_WORD_BEFORE "([vV])en\\.(?=\\s|$)", "\\1endredi", NULL},
    {"samedi", "s", NO_WORD_BEFORE "([sS])am\\.(?=\\s|$)", "\\1amedi", NULL},
    {"dimanche", "d", NO_WORD_BEFORE "([dD])im\\.(?=\\s|$)", "\\1imanche", NULL},
    {"avenue", "a", NO_WORD_BEFORE "av\\.(?=\\s+\\p{L})", "avenue", NULL},
    {"nota bene", "N", NO_WORD_BEFORE "N\\.?B\\.?\\s?:", "nota bene,", NULL},
    {"post-scriptum", "P", NO_WORD_BEFORE "P\\.?S\\.?\\s?:", "post-scriptum,", NULL},
    {"département", "d", NO_WORD_BEFORE "dép\\.(?=\\s)", "département", NULL},
    {"s'il vous plaît", "sS", "(?i)" NO_WORD_BEFORE "s\\.?v\\.?p\\.?" NO_WORD_AFTER, "s'il vous plaît", NULL},

    /* Inclusive writing (rules_fr_inclusive.c). */
    {"celles et ceux", "cC", "(?i)" NO_WORD_BEFORE "(?:ceux|celles)[·./-](?:celles|elles|ceux)" NO_WORD_AFTER, "celles et ceux", NULL},
    {"toutes et tous", "tT", "(?i)" NO_WORD_BEFORE "(?:tous[·./-]?(?:te|toute)[·./-]?s|tou[·./-]te[·./-]?s|tou\\(te\\)s)" NO_WORD_AFTER, "toutes et tous", NULL},
    {"il ou elle", "iI", "(?i)" NO_WORD_BEFORE "il([·./(-])(?:elle)\\)?" NO_WORD_AFTER, "il ou elle", NULL},
    {"ils et elles", "iI", "(?i)" NO_WORD_BEFORE "ils?[·./-](?:elles?[·.]?s?)" NO_WORD_AFTER, "ils et elles", NULL},
    {"le ou la", "lL", NO_WORD_BEFORE "([lL])e[·./]la" NO_WORD_AFTER, "\\1e ou la", NULL},
    {"la ou le", "lL", NO_WORD_BEFORE "([lL])a[·./]le" NO_WORD_AFTER, "\\1a ou le", NULL},
    {"un ou une", "uU", NO_WORD_BEFORE "([uU])n(?:[·./-]e|\\(e\\)|/une)" NO_WORD_AFTER, "\\1n ou une", NULL},
    {"plural alone", "\302", "(\\p{L}{3,30})·([sx])" NO_WORD_AFTER, "\\1\\2", NULL},
    {"inclusive by points", ".\302", "(?<![\\p{L}.])(\\p{L}{2,30})[·.]" FR_FEMININE "(?:[·.]?([sx]))?" NO_WORD_AFTER "(?!\\.\\p{L})", NULL, fr_inclusive},
    {"inclusive by parentheses", "(", "(?<!\\p{L})(\\p{L}{2,30})\\(" FR_FEMININE "(s?)\\)(s?)" NO_WORD_AFTER, NULL, fr_inclusive},
    {"inclusive by hyphens", "-", "(?<![\\p{L}-])(\\p{L}{2,30})-" FR_FEMININE "-([sx])" NO_WORD_AFTER, NULL, fr_inclusive},
    {"inclusive by a slash", "/", "(?<!\\p{L})(\\p{L}{2,30})/" FR_FEMININE "(?:/?([sx]))?" NO_WORD_AFTER, NULL, fr_inclusive},

    /* Signs between words. */
    {"à un lieu", "@", "(?<=\\s|^)@\\s*(?=\\p{L})", "à ", NULL},
    {"et", "&", "\\s*&\\s*", " et ", NULL},
    {"et ou", "/", NO_WORD_BEFORE "et/ou" NO_WORD_AFTER, "et ou", NULL},
    {"plus one alone", "+", "(?<![\\p{L}\\d])\\+\\s?(\\d{1,3})(?=[\\s.,;:!?)]*$|\\s+\\p{Lu}|[.,;!?)])", " plus \\1", NULL},
    {"and, between names", "+", "(?<=\\p{L})\\s\\+\\s(?=\\p{Lu}\\p{Ll})", " et ", NULL},
    {"more than an age", "+", "(?<=\\s|^|\\()\\+\\s?(?:de\\s)?(?=\\d{1,3}" GAP "ans)", "plus de ", NULL},
    {"less than an age", "-", "(?<=\\s|^|\\()(?<!\\d\\s)-\\s?(?:de\\s)?(?=\\d{1,3}" GAP "ans)", "moins de ", NULL},
    {"and more", "+", "(?<=\\d)\\s?\\+(?=[\\s.,;:!?)]|$)(?!\\s*\\d)", " et plus", NULL},
    {"day before, floor above", "+", NO_WORD_BEFORE "([RJHSM])\\s?\\+\\s?(?=\\d{1,3}" NO_WORD_AFTER ")", "\\1 plus ", NULL},
    {"day after, floor below", "-", NO_WORD_BEFORE "([RJHSM])-(?=\\d{1,3}" NO_WORD_AFTER ")", "\\1 moins ", NULL},
    {"plus", "+", "(?<=\\s|^|\\()\\+{1,2}\\s?(?=\\p{L})", "plus ", NULL},
    {"plus between words", "+", "(?<=\\p{L})\\s?\\+\\s?(?=\\p{L})", " plus ", NULL},
    {"more and more", "+", "(?<=\\p{L})\\s?\\+{2,}", " plus plus", NULL},
    {"leads to", "=", "\\s*=+>\\s*", ", ", NULL},
    {"is", "=", "(?<=\\p{L}{2}|\\))\\s*=+\\s*(?=\\p{L}{2})", ", c'est ", NULL},
    {"égale", "=", "\\s*=+>?\\s*", " égale ", NULL},
    {"environ sign", "\342~", "≈\\s*|(?<=\\s|^|\\()~\\s?(?=\\d)", "environ ", NULL},
    {"less than", "<", "(?<=\\s|^|\\()<=?\\s?(?:de\\s)?(?=\\d)", "moins de ", NULL},
    {"more than", ">", "(?<=\\s|^|\\()>=?\\s?(?:de\\s)?(?=\\d)", "plus de ", NULL},
    {"inférieur", "<", "\\s<=?\\s(?=\\S)", " inférieur à ", NULL},
    {"supérieur", ">", "\\s>=?\\s(?=\\S)", " supérieur à ", NULL},
    {"paragraphe", "\302", "§\\s?(?=\\d)", "paragraphe ", NULL},

    /* Day and night. */
    {"day and night", "h", NO_WORD_BEFORE "24" GAP "h(?:eures)?\\s?/\\s?24(?:" GAP "h)?" NO_WORD_AFTER, "vingt-quatre heures sur vingt-quatre", NULL},
    {"all week", "j/", NO_WORD_BEFORE "7" GAP "j(?:ours)?\\s?/\\s?7(?:" GAP "j)?" NO_WORD_AFTER, "sept jours sur sept", NULL},
    {"day and night, short", "/", NO_WORD_BEFORE "24\\s?/\\s?24" NO_WORD_AFTER, "vingt-quatre heures sur vingt-quatre", NULL},
    {"all week, short", "/", NO_WORD_BEFORE "7\\s?/\\s?7" NO_WORD_AFTER, "sept jours sur sept", NULL},

    /* What comes by the hour, the month, the kilo. */
    {"per", "/", "(?<=[€xX%]|\\dh|fois|euros|euro)\\s?/\\s?(kWh|kg|km|ha|h|j|mn|min|m[²2³]|[gtLlms]|sem|trim|pers|hab|an|jour|mois|semaine|année|heure|trimestre|personne|enfant|famille|foyer|nuit|séance|litre|kilo|repas|place|panier|classe|élève)\\.?" NO_WORD_AFTER, NULL, fr_per},
    {"part of an hour", "/", NUMBER_BEFORE "([13]/[24])" GAP "(?:h|heure|d'heure)" NO_WORD_AFTER, NULL, fr_part_of_hour},
    {"half a day", "/", NUMBER_BEFORE "1/2" GAP "(?=journée|douzaine|bouteille|finale|pension)", "une demi-", NULL},
    {"school years", "/", NUMBER_BEFORE "((?:19|20)\\d\\d)\\s?/\\s?(?=(?:19|20)\\d\\d" NUMBER_AFTER ")", "\\1-", NULL},

    /* Telephone: before every other number. */
    {"telephone without charge", "08", NUMBER_BEFORE "0[ " NBSP "]?([89]\\d{2})[ " NBSP "](\\d{3})[ " NBSP "](\\d{3})" NUMBER_AFTER, NULL, fr_free_number},
    {"telephone of four digits", "3", "(?i)(?<=appelez le |appeler le |composez le |composer le |contactez le |numéro |téléphone |joindre le )(3\\d)[ " NBSP "]?(\\d\\d)" NUMBER_AFTER, NULL, fr_short_number},
    {"telephone of four digits, at the end", "3", "(?<=\\bau )(3\\d)[ " NBSP "]?(\\d\\d)(?=\\s*(?:$|[.,;!?)(]))" , NULL, fr_short_number},
    {"telephone", DIGITS, NUMBER_BEFORE "0\\d(?:[ ." NBSP "-]?\\d\\d){4}" NUMBER_AFTER, NULL, rule_phone},
    {"telephone abroad", "+", "(?<!\\d)\\+\\d{1,3}(?:\\s?\\(0\\))?(?:[ ." NBSP "-]?\\d{1,4}){3,6}(?!\\d)", NULL, rule_phone},
    {"telephone 08", DIGITS, NUMBER_BEFORE "0[89]\\d{2}[ " NBSP "]\\d{3}[ " NBSP "]\\d{3}" NUMBER_AFTER, NULL, rule_phone},

    {"plus before a number", "+", "(?<=\\s|^|\\()\\+\\s?(?=\\d)", "plus ", NULL},

    /* Hours. */
    {"minutes after an hour", "hH", "(?i)(?<=\\dh|\\dh | h |" NBSP "h" NBSP ")(\\d\\d)\\s?(?:min|mn)\\.?" NO_WORD_AFTER, "\\1", NULL},
    {"hours and decimals", "h", NUMBER_BEFORE "((\\d{1,3}),\\d{1,2})" GAP "(?:h|heures?)" NO_WORD_AFTER, NULL, fr_decimal_hours},
    {"two ranges of hours", "h", "(\\d" GAP "h(?:\\d\\d)?\\s?[-\\x{2013}]\\s?\\d{1,2}" GAP "h(?:\\d\\d)?)\\s?/\\s?(?=\\d{1,2}" GAP "h)", "\\1 et ", NULL},
    {"hours from to", "hH", NO_WORD_BEFORE "(de |De |entre |Entre )?(\\d{1,2})" GAP "(?:[hH]" GAP "(\\d{2})?)?\\s?[-/\\x{2013}]\\s?" HOUR NO_HOUR_AFTER, NULL, hour_range},
    {"hours from to, by colons", ":", NUMBER_BEFORE "(de |De |entre |Entre )?(\\d{1,2}):(\\d{2})\\s?[-\\x{2013}]\\s?(\\d{1,2}):(\\d{2})(?![\\d:])", NULL, hour_range},
    {"hour", "hH", NO_WORD_BEFORE HOUR NO_HOUR_AFTER, NULL, hour},
    {"hour by a colon", ":", NUMBER_BEFORE "([01]?\\d|2[0-4]):([0-5]\\d)(?::\\d\\d)?(?![\\d:])", NULL, hour},

    /* Dates. */
    {"first of a month", "e", NUMBER_BEFORE "1er(?=[/.-]\\d)", "1", NULL},
    {"date", DIGITS, NUMBER_BEFORE "(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4}|\\d{2})" NUMBER_AFTER, NULL, date},
    {"ISO date", "-", NUMBER_BEFORE "(\\d{4})[-/](\\d{2})[-/](\\d{2})(?!\\d)", NULL, date_iso},
    {"day and month", "/", NUMBER_BEFORE "(0[1-9]|[12]\\d|3[01])/(0[1-9]|1[0-2])()" NUMBER_AFTER, NULL, date},
    {"day and month after a word", "/", "(?i)(?<=le |du |au |di |dès |ici |\\d et |\\d au )(\\d{1,2})/(\\d{1,2})()" NUMBER_AFTER, NULL, date},
    {"day of a month", DIGITS, "(?i)" NUMBER_BEFORE "(\\d{1,2})(?:er)?[ " NBSP "]" MONTH "(?![\\p{L}])", NULL, day_of_month},

    /* Ordinals. */
    {"ordinal", DIGITS, NO_WORD_BEFORE "(\\d{1,6})" GAP "(ers?|ères?|res?|(?:[eè]|i?[eè])mes?|es?|nde?s?)" NO_WORD_AFTER, NULL, ordinal},
    {"Roman ordinal", "IVXLC", NO_WORD_BEFORE "([VX]|I(?=er|re|ère)|[IVXLC]{2,8})(ers?|ères?|res?|[eè]mes?|es?)" NO_WORD_AFTER, NULL, ordinal},
    {"Roman number of a name", "IVX", NO_WORD_BEFORE "(Louis|Henri|François|Napoléon|Charles|Philippe|Benoît|Pie|[Cc]hapitre|[Tt]ome|[Aa]cte|[Tt]itre|[Pp]artie|[Pp]hase)\\s+([IVXL]{1,7})" NO_WORD_AFTER, NULL, roman_cardinal},

    /* Money, units, numbers. */
    {"decimal by a point", ".", NUMBER_BEFORE "(\\d{1,9})\\.(\\d{1,2})(?!\\d|[.,:/_-]\\d)", "\\1,\\2", NULL},
    {"millions of", "0", NUMBER_BEFORE "(\\d{1,3}(?:[ " NBSP ".]?000){2,4})" GAP "(?!d'|de |km\\b|kg\\b|ha\\b)(€|\\p{L}{3,})", NULL, fr_millions_of},
    {"euros and cents", "\342", NUMBER_BEFORE "(\\d{1,3}(?:[ " NBSP "]\\d{3})+|\\d{1,9})[,.](\\d{2})" GAP "(?:€|euros?" NO_WORD_AFTER ")", NULL, euros_and_cents},
    {"euros and cents after the sign", "\342", NUMBER_BEFORE "(\\d{1,9})" GAP "€" GAP "(\\d{2})(?!\\d)", NULL, euros_and_cents},
    {"thousands and millions of euros", "\342", NUMBER_BEFORE NUMBER GAP "(Md|Mds|M|k|K)" GAP "€", NULL, big_euros},
    {"from to with a unit", DIGITS, NUMBER_BEFORE "(\\d{1,6}(?:,\\d+)?)\\s?[-\\x{2013}]\\s?(?=\\d[\\d,]*" GAP UNIT NO_WORD_AFTER ")", "\\1 à ", NULL},
    {"number and unit", DIGITS, "(?<![\\p{L}\\d])(?<![\\d\\p{L}][.,:/'_])([-+]?)" NUMBER GAP UNIT NO_WORD_AFTER, NULL, rule_unit},
    {"times", "xX\303", NUMBER_BEFORE "(\\d{1,6})" GAP "[xX×]" NO_WORD_AFTER, NULL, times},
    {"times before", "xX\303", NO_WORD_BEFORE "[xX×]" GAP "(\\d{1,6})" NO_WORD_AFTER, NULL, times},
    {"ages from to", "/", NUMBER_BEFORE "(\\d{1,2})\\s?/\\s?(?=\\d{1,2}" GAP "ans" NO_WORD_AFTER ")", "\\1-", NULL},
    {"page of pages", "/", "(?i)" NO_WORD_BEFORE "(pages?|parties?|étapes?|épisodes?|volets?|fiches?)" GAP "(\\d{1,3})\\s?/\\s?(?=\\d)", "\\1 \\2 sur ", NULL},
    {"fraction", "/", NUMBER_BEFORE "(\\d{1,4})\\s?/\\s?(\\d{1,4})" NUMBER_AFTER, NULL, fraction},
    {"half", "\302", "½", " un demi ", NULL},
    {"quarter", "\302", "¼", " un quart ", NULL},
    {"three quarters", "\302", "¾", " trois quarts ", NULL},
    {"postcode", DIGITS, NUMBER_BEFORE "(\\d\\d)(\\d{3})[ " NBSP "](?=\\p{Lu}[\\p{Ll}'])", NULL, fr_postcode},
    {"from to", "-\342", NUMBER_BEFORE "(\\d{1,6})\\s?[-\\x{2013}]\\s?(\\d{1,6})" NUMBER_AFTER, NULL, range},
    {"thousands by points", ".", NUMBER_BEFORE "()(\\d{1,3}(?:\\.\\d{3}){2,4})" NUMBER_AFTER, NULL, rule_number},
    {"version number", ".", "(?<=\\d)\\.(?=\\d+\\.\\d)|(?<=\\d\\.\\d|\\d\\.\\d\\d)\\.(?=\\d)", " point ", NULL},
    {"one of a feminine noun", "1", NUMBER_BEFORE "(\\d{1,3}(?:[ " NBSP "]\\d{3})+|\\d{1,9})[ " NBSP "](?!(?:rue|route|allée|avenue|impasse|voie|venelle|cité|résidence)\\b|place d)(\\p{Ll}{3,})" NO_WORD_AFTER, NULL, fr_count_noun},
    {"number", DIGITS, "(?<![\\p{L}\\d])(?<![\\p{L}][.:/'_-])((?<=\\s|^|\\()[-+])?" NUMBER "(?![\\p{L}\\d]|-\\p{L})", NULL, rule_number},
    {"number before a hyphen", DIGITS, NUMBER_BEFORE "()(\\d{1,9})(?=-\\p{L})", NULL, rule_number},
    {"number after an apostrophe", "'", "(?<=\\p{L}')()" NUMBER NO_WORD_AFTER, NULL, rule_number},
    {"elision before une heure", "d", NO_WORD_BEFORE "([dD])e (?=une heure)", "\\1'", NULL},
    {"degrees of a place", "\302", "°", " degré ", NULL},
    {"percent alone", "%", "\\s?%", " pour cent", NULL},
    {"euro alone", "\342", "\\s?€", " euros ", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
/* clang-format on */

const RuleSet rules_fr = {
    .language = "fr",
    .first = before_addresses,
    .rules = rules,
    .units = fr_units,
    .letters = letters,
    .address = "l'adresse est sur notre page",
    .online = "en ligne",
    .dot = "point",
    .at = "arobase",
    .minus = "moins",
    .plus = "plus",
    .decimal_mark = ',',
    .singular_below_two = true,
    .decimals_as_number = true,
    .decimal_word = "virgule",
    .agree = agree,
};
