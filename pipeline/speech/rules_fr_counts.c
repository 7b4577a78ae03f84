/* Numbers and the words they count, in French: "1 personne" is "une personne",
 * "2 000 000 €" "deux millions d'euros", "1/2 h" "une demi-heure". */
#include "speech/rules_fr.h"

#include <string.h>

/* --- units -------------------------------------------------------------------------- */

const Unit fr_units[] = {
    {"km/h", "kilomètre-heure", "kilomètres-heure", false},
    {"m/s", "mètre par seconde", "mètres par seconde", false},
    {"km²", "kilomètre carré", "kilomètres carrés", false},
    {"km2", "kilomètre carré", "kilomètres carrés", false},
    {"m²", "mètre carré", "mètres carrés", false},
    {"m2", "mètre carré", "mètres carrés", false},
    {"m³", "mètre cube", "mètres cubes", false},
    {"m3", "mètre cube", "mètres cubes", false},
    {"km", "kilomètre", "kilomètres", false},
    {"hm", "hectomètre", "hectomètres", false},
    {"m", "mètre", "mètres", false},
    {"dm", "décimètre", "décimètres", false},
    {"cm", "centimètre", "centimètres", false},
    {"mm", "millimètre", "millimètres", false},
    {"ha", "hectare", "hectares", false},
    {"kg", "kilo", "kilos", false},
    {"g", "gramme", "grammes", false},
    {"mg", "milligramme", "milligrammes", false},
    {"µg", "microgramme", "microgrammes", false},
    {"t", "tonne", "tonnes", true},
    {"L", "litre", "litres", false},
    {"l", "litre", "litres", false},
    {"dl", "décilitre", "décilitres", false},
    {"cl", "centilitre", "centilitres", false},
    {"ml", "millilitre", "millilitres", false},
    {"mL", "millilitre", "millilitres", false},
    {"hl", "hectolitre", "hectolitres", false},
    {"°C", "degré", "degrés", false},
    {"°F", "degré Fahrenheit", "degrés Fahrenheit", false},
    {"°", "degré", "degrés", false},
    {"%", "pour cent", "pour cent", false},
    {"‰", "pour mille", "pour mille", false},
    {"Go", "gigaoctet", "gigaoctets", false},
    {"Mo", "mégaoctet", "mégaoctets", false},
    {"Ko", "kilooctet", "kilooctets", false},
    {"ko", "kilooctet", "kilooctets", false},
    {"To", "téraoctet", "téraoctets", false},
    {"Mbit/s", "mégabit par seconde", "mégabits par seconde", false},
    {"kWh", "kilowattheure", "kilowattheures", false},
    {"MWh", "mégawattheure", "mégawattheures", false},
    {"kW", "kilowatt", "kilowatts", false},
    {"MW", "mégawatt", "mégawatts", false},
    {"W", "watt", "watts", false},
    {"V", "volt", "volts", false},
    {"dB", "décibel", "décibels", false},
    {"kHz", "kilohertz", "kilohertz", false},
    {"MHz", "mégahertz", "mégahertz", false},
    {"Hz", "hertz", "hertz", false},
    {"hPa", "hectopascal", "hectopascals", false},
    {"ms", "milliseconde", "millisecondes", true},
    {"mn", "minute", "minutes", true},
    {"min", "minute", "minutes", true},
    {"sec", "seconde", "secondes", true},
    {"s", "seconde", "secondes", true},
    {"j", "jour", "jours", false},
    {"hab", "habitant", "habitants", false},
    {"€", "euro", "euros", false},
    {"$", "dollar", "dollars", false},
    {"£", "livre", "livres", true},
    {NULL, NULL, NULL, false},
};

/* --- gender of what is counted ---------------------------------------------------- */

/* Common feminine nouns that their ending does not tell; in the singular. */
static const char *const feminine_nouns[] = {
    "affiche", "aide",    "amie",      "balle",  "boîte",    "blouse",  "bouche",  "caisse",   "caméra",  "carte",
    "chaise",  "chambre", "cible",     "classe", "clé",      "clef",    "commune", "date",     "demande", "dose",
    "douche",  "école",   "équipe",    "étape",  "femme",    "fenêtre", "feuille", "fête",     "fille",   "fois",
    "heure",   "île",     "image",     "lettre", "ligne",    "liste",   "machine", "main",     "marche",  "mère",
    "minute",  "nuit",    "offre",     "page",   "parcelle", "part",    "patate",  "personne", "photo",   "pièce",
    "place",   "plage",   "plante",    "pomme",  "porte",    "radio",   "réponse", "route",    "rue",     "salle",
    "seconde", "semaine", "signature", "soupe",  "table",    "tarte",   "tasse",   "tente",    "tonne",   "vache",
    "vidéo",   "ville",   "visite",    "voie",   "voix",     "voiture", "visio",   NULL};

static const char *const feminine_endings[] = {"tion", "sion", "xion", "té",    "ette",  "ance", "ence", "ure",
                                               "ée",   "ie",   "ière", "euse",  "trice", "elle", "ille", "esse",
                                               "aine", "ade",  "ude",  "aison", "erie",  NULL};

/* Masculine in spite of their ending. */
static const char *const masculine_nouns[] = {
    "été",       "côté",    "traité",  "comité",   "arrêté",   "député", "pâté",      "invité",  "silence",
    "murmure",   "musée",   "lycée",   "trophée",  "incendie", "génie",  "cimetière", "domaine", "capitaine",
    "stade",     "malade",  "grade",   "camarade", "prélude",  "foie",   "parapluie", "gorille", "mille",
    "squelette", "associé", "employé", "retraité", "habitué",  NULL};

static bool is_feminine(const char *noun) {
  g_autofree char *singular = g_utf8_strdown(noun, -1);
  gsize n = strlen(singular);
  if (n > 1 && singular[n - 1] == 's' && !g_strv_contains(feminine_nouns, singular)) {
    singular[n - 1] = '\0';
  }
  if (g_strv_contains(feminine_nouns, singular)) {
    return true;
  }
  for (guint i = 0; feminine_endings[i] && !g_strv_contains(masculine_nouns, singular); i++) {
    if (g_str_has_suffix(singular, feminine_endings[i])) {
      return true;
    }
  }
  return false;
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

/* --- of, per ---------------------------------------------------------------------- */

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

/* "€/h": in what is counted by. */
static const struct {
  const char *sign, *word;
} per[] = {
    {"h", "heure"},       {"j", "jour"},         {"sem", "semaine"},       {"min", "minute"},    {"mn", "minute"},
    {"s", "seconde"},     {"kg", "kilo"},        {"g", "gramme"},          {"t", "tonne"},       {"km", "kilomètre"},
    {"m", "mètre"},       {"m²", "mètre carré"}, {"m2", "mètre carré"},    {"m³", "mètre cube"}, {"L", "litre"},
    {"l", "litre"},       {"ha", "hectare"},     {"kWh", "kilowattheure"}, {"pers", "personne"}, {"hab", "habitant"},
    {"trim", "trimestre"}};

bool fr_per(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *what = match_text(match, 1);
  for (guint i = 0; i < G_N_ELEMENTS(per); i++) {
    if (strcmp(per[i].sign, what) == 0) {
      g_string_append_printf(out, " par %s", per[i].word);
      return true;
    }
  }
  g_string_append_printf(out, " par %s", what);
  return true;
}

/* --- parts of an hour, of a day ------------------------------------------------------ */

bool fr_decimal_hours(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 1);
  if (g_str_has_suffix(number, ",5") && strlen(number) <= 4 && *number != '0') {
    int hours = match_int(match, 2);
    say_cardinal(set, hours, true, out);
    g_string_append_printf(out, " heure%s et demie", hours > 1 ? "s" : "");
    return true;
  }
  say_number(set, number, true, out);
  g_string_append(out, say_is_plural(set, number) ? " heures" : " heure");
  return true;
}

bool fr_part_of_hour(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  static const struct {
    const char *written, *said;
  } parts[] = {{"1/2", "une demi-heure"}, {"1/4", "un quart d'heure"}, {"3/4", "trois quarts d'heure"}};
  g_autofree char *written = match_text(match, 1);
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
    if (strcmp(parts[i].written, written) == 0) {
      g_string_append(out, parts[i].said);
      return true;
    }
  }
  return false;
}

/* --- short telephone numbers ---------------------------------------------------------- */

bool fr_short_number(const RuleSet *set, const GMatchInfo *match, GString *out) {
  say_cardinal(set, match_int(match, 1), false, out);
  g_string_append(out, ", ");
  g_autofree char *last = match_text(match, 2);
  say_digits(set, last, true, out);
  return true;
}

bool fr_postcode(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *department = match_text(match, 1);
  g_autofree char *rest = match_text(match, 2);
  int number = match_int(match, 2);
  say_digits(set, department, true, out);
  if (number == 0) {
    g_string_append(out, " mille ");
    return true;
  }
  g_string_append(out, ", ");
  if (number < 100) {
    say_digits(set, rest, false, out);
  } else {
    say_cardinal(set, number, false, out);
  }
  g_string_append_c(out, ' ');
  return true;
}

bool fr_free_number(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_string_append(out, "zéro");
  for (int group = 1; group <= 3; group++) {
    g_autofree char *digits = match_text(match, group);
    g_string_append(out, group == 1 ? " " : ", ");
    if (digits[0] == '0') {
      say_digits(set, digits, false, out);
    } else {
      say_cardinal(set, match_int(match, group), false, out);
    }
  }
  return true;
}
