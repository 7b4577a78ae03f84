/* Spanish hours and days. */
#include "base/language.h"
#include "speech/say_es.h"

#include <string.h>

static const char *const months[] = {"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                                     "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};

static void say_minutes(const RuleSet *set, int minute, GString *out) {
  g_autofree char *digits = g_strdup_printf("%d", minute);
  g_string_append(out, minute < 10 ? " y " : " ");
  say_alone(set, digits, out);
}

bool es_hour(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int hour = match_int(match, 1), minute = MAX(match_int(match, 2), 0);
  g_autofree char *sign = match_text(match, 3);
  if (hour > 24 || minute > 59) {
    return false;
  }
  say_cardinal(set, hour, true, out);
  if (minute > 0) {
    say_minutes(set, minute, out);
  } else if (hour > 12 || hour == 0 || (*sign && hour > 1)) {
    g_string_append(out, " horas");
  }
  return true;
}

bool es_half_day(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int hour = match_int(match, 1), minute = MAX(match_int(match, 2), 0);
  g_autofree char *half = match_text(match, 3);
  if (hour < 1 || hour > 12 || minute > 59) {
    return false;
  }
  say_cardinal(set, hour, true, out);
  if (minute > 0) {
    say_minutes(set, minute, out);
  }
  if (g_ascii_tolower(*half) == 'a') {
    g_string_append(out, hour == 12 ? " de la noche" : hour < 6 ? " de la madrugada" : " de la mañana");
  } else { /* "las ocho de la tarde": in Spain the evening is long */
    g_string_append(out, hour == 12 ? " del mediodía" : hour < 9 ? " de la tarde" : " de la noche");
  }
  return true;
}

/* "uno de mayo": as it is said in Spain ("primero" in America). */
static bool say_day(const RuleSet *set, int day, int month, int year, GString *out) {
  if (day < 1 || day > 31 || month < 1 || month > 12) {
    return false;
  }
  g_autofree char *digits = g_strdup_printf("%d", day);
  say_alone(set, digits, out);
  g_string_append_printf(out, " de %s", months[month - 1]);
  if (year >= 0) {
    g_autofree char *years = g_strdup_printf("%d", year < 70 ? 2000 + year : year < 100 ? 1900 + year : year);
    g_string_append(out, " de ");
    say_alone(set, years, out);
  }
  return true;
}

bool es_date(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_day(set, match_int(match, 1), match_int(match, 2), match_int(match, 3), out);
}

bool es_date_iso(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_day(set, match_int(match, 3), match_int(match, 2), match_int(match, 1), out);
}

/* 1 to 12, 0 when `name` begins no month. */
static int month_of(const char *name) {
  int month = 0;
  for (int i = 0; i < 12 && month == 0; i++) {
    month = g_ascii_strncasecmp(name, months[i], 3) == 0 ? i + 1 : 0;
  }
  return month;
}

bool es_day_month(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *name = match_text(match, 2);
  return say_day(set, match_int(match, 1), month_of(name), match_int(match, 3), out);
}

bool es_months(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *from = match_text(match, 1);
  g_autofree char *to = match_text(match, 2);
  int first = month_of(from), last = month_of(to);
  g_string_append(out, first > 0 ? months[first - 1] : from);
  if (last > 0) {
    g_string_append_printf(out, " a %s", months[last - 1]);
  }
  return first > 0;
}

bool es_month_year(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int month = match_int(match, 1), year = match_int(match, 2);
  if (month < 1 || month > 12) {
    return false;
  }
  g_autofree char *digits = g_strdup_printf("%d", year);
  g_string_append_printf(out, "%s de ", months[month - 1]);
  say_alone(set, digits, out);
  return true;
}

bool es_days_of_month(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int from = match_int(match, 1), to = match_int(match, 2), month = match_int(match, 3);
  if (from < 1 || from >= to || to > 31 || month < 1 || month > 12) {
    return false;
  }
  g_autofree char *first = match_text(match, 1);
  g_string_append(out, "del ");
  say_alone(set, first, out);
  g_string_append(out, " al ");
  return say_day(set, to, month, -1, out);
}

/* As timetables write the days. */
static const char *day_of(char letter) {
  static const struct {
    char letter;
    const char *day;
  } days[] = {{'L', "lunes"},   {'M', "martes"}, {'X', "miércoles"}, {'J', "jueves"},
              {'V', "viernes"}, {'S', "sábado"}, {'D', "domingo"}};
  for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
    if (days[i].letter == letter) {
      return days[i].day;
    }
  }
  return "";
}

bool es_day_letter(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *letter = match_text(match, 1);
  g_string_append(out, day_of(*letter));
  return true;
}

bool es_day_letters(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *letters = match_text(match, 1);
  for (const char *p = letters; *p; p += p[1] ? 2 : 1) {
    g_string_append_printf(out, "%s%s", p == letters ? "" : p[1] ? ", " : " y ", day_of(*p));
  }
  return true;
}
