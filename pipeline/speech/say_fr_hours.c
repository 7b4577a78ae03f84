/* Hours and durations in French. */
#include "speech/say_fr.h"

#include <string.h>

static void say_counted(const RuleSet *set, int number, const char *one, GString *out) {
  say_cardinal(set, number, true, out);
  g_string_append_printf(out, " %s%s", one, number < 2 ? "" : "s");
}

static void say_hour(const RuleSet *set, int hour, int minute, GString *out) {
  say_counted(set, hour, "heure", out);
  if (minute > 0) {
    g_string_append_c(out, ' ');
    say_cardinal(set, minute, true, out);
  }
}

bool fr_hour(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int minute = match_int(match, 2), second = match_int(match, 3);
  say_hour(set, match_int(match, 1), second > 0 ? 0 : minute, out);
  if (second > 0) {
    g_string_append_c(out, ' ');
    say_counted(set, MAX(minute, 0), "minute", out);
    g_string_append_c(out, ' ');
    say_counted(set, second, "seconde", out);
  }
  return true;
}

bool fr_hour_range(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *before = match_text(match, 1);
  g_string_append(out, *before ? before : "de ");
  say_hour(set, match_int(match, 2), match_int(match, 3), out);
  bool between = g_ascii_strncasecmp(before, "entre", 5) == 0;
  g_string_append(out, between ? " et " : g_ascii_strncasecmp(before, "vers", 4) == 0 ? ", " : " à ");
  say_hour(set, match_int(match, 4), match_int(match, 5), out);
  return true;
}

bool fr_decimal_hours(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 1);
  if (g_str_has_suffix(number, ",5") && strlen(number) <= 4 && *number != '0') {
    say_counted(set, match_int(match, 2), "heure", out);
    g_string_append(out, " et demie");
    return true;
  }
  say_number(set, number, true, out);
  g_string_append(out, say_is_plural(set, number) ? " heures" : " heure");
  return true;
}

bool fr_part_of_hour(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  static const FrWord parts[] = {
      {"1/2", "une demi-heure"}, {"1/4", "un quart d'heure"}, {"3/4", "trois quarts d'heure"}};
  g_autofree char *written = match_text(match, 1);
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
    if (strcmp(parts[i].written, written) == 0) {
      g_string_append(out, parts[i].said);
      return true;
    }
  }
  return false;
}

bool fr_minutes(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int minutes = match_int(match, 1), seconds = match_int(match, 2);
  if (minutes >= 0) {
    say_counted(set, minutes, "minute", out);
  }
  if (seconds >= 0 && minutes >= 0) {
    g_string_append_c(out, ' ');
    say_cardinal(set, seconds, true, out);
  } else if (seconds >= 0) {
    say_counted(set, seconds, "seconde", out);
  }
  return true;
}
