/* English hours, days and years. The day stands before the month in figures:
 * the stations are in Europe, and so are their writers. */
#include "base/language.h"
#include "speech/say_en.h"

#include <string.h>

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};
static const char *const days[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

/* --- years --------------------------------------------------------------------------- */

/* 1999 → "nineteen ninety-nine", 2026 → "twenty twenty-six", 1905 → "nineteen oh five". */
static void say_year(const RuleSet *set, int year, GString *out) {
  int century = year / 100, rest = year % 100;
  if (year < 1010 || year > 2999 || (year >= 2000 && year < 2010)) {
    say_cardinal(set, year, false, out);
    return;
  }
  say_cardinal(set, century, false, out);
  g_string_append(out, rest == 0 ? " hundred" : rest < 10 ? " oh " : " ");
  if (rest > 0) {
    say_cardinal(set, rest, false, out);
  }
}

/* "26" is 2026, "85" is 1985. */
static int whole_year(int year) {
  return year < 70 ? 2000 + year : year < 100 ? 1900 + year : year;
}

bool en_year(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *before = match_text(match, 1);
  g_string_append(out, before);
  say_year(set, match_int(match, 2), out);
  return true;
}

bool en_years(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *last = match_text(match, 2);
  int from = match_int(match, 1), to = match_int(match, 2);
  if (strlen(last) == 2 && to <= from % 100) {
    return false; /* "2020-03" is a month */
  }
  say_year(set, from, out);
  g_string_append(out, " to ");
  if (strlen(last) == 2) {
    g_string_append(out, to < 10 ? "oh " : "");
    say_cardinal(set, to, false, out);
  } else {
    say_year(set, to, out);
  }
  return true;
}

bool en_decade(const RuleSet *set, const GMatchInfo *match, GString *out) {
  static const char *const tens[] = {"hundreds", "tens",    "twenties",  "thirties", "forties",
                                     "fifties",  "sixties", "seventies", "eighties", "nineties"};
  int century = match_int(match, 1), decade = match_int(match, 2) / 10;
  if (century == 20 && decade == 0) {
    g_string_append(out, "two thousands");
    return true;
  }
  if (century > 0) {
    say_cardinal(set, century, false, out);
    g_string_append_c(out, ' ');
  }
  g_string_append(out, tens[decade]);
  return true;
}

/* --- days ---------------------------------------------------------------------------- */

static int month_of(const char *name) {
  for (int i = 0; i < 12; i++) {
    if (g_ascii_strncasecmp(name, months[i], 3) == 0) {
      return i + 1;
    }
  }
  return 0;
}

static bool say_nth(const RuleSet *set, int number, GString *out) {
  g_autofree char *words = language_ordinal(set->language, number, false);
  g_autoptr(GString) said = g_string_new(words);
  en_agree(said, false);
  g_string_append(out, said->str);
  return true;
}

static bool is_day(int day, int month) {
  return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/* "the seventeenth of March twenty twenty"; no year when it is negative. */
static bool say_day(const RuleSet *set, int day, int month, int year, GString *out) {
  if (!is_day(day, month)) {
    return false;
  }
  g_string_append(out, "the ");
  say_nth(set, day, out);
  g_string_append_printf(out, " of %s", months[month - 1]);
  if (year >= 0) {
    g_string_append_c(out, ' ');
    say_year(set, whole_year(year), out);
  }
  return true;
}

bool en_date(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_day(set, match_int(match, 1), match_int(match, 2), match_int(match, 3), out);
}

bool en_date_american(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_day(set, match_int(match, 2), match_int(match, 1), match_int(match, 3), out);
}

bool en_date_iso(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_day(set, match_int(match, 3), match_int(match, 2), match_int(match, 1), out);
}

bool en_day_month(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *name = match_text(match, 2);
  return say_day(set, match_int(match, 1), month_of(name), match_int(match, 3), out);
}

bool en_month_day(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *name = match_text(match, 1);
  int day = match_int(match, 2), month = month_of(name), year = match_int(match, 3);
  if (!is_day(day, month)) {
    return false;
  }
  g_string_append_printf(out, "%s ", months[month - 1]);
  say_nth(set, day, out);
  if (year >= 0) {
    g_string_append_c(out, ' ');
    say_year(set, year, out);
  }
  return true;
}

bool en_days_of_month(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *name = match_text(match, 3);
  int from = match_int(match, 1), to = match_int(match, 2), month = month_of(name);
  if (!is_day(from, month) || !is_day(to, month)) {
    return false;
  }
  g_string_append(out, "the ");
  say_nth(set, from, out);
  g_string_append(out, " to ");
  return say_day(set, to, month, match_int(match, 4), out);
}

bool en_month_days(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *name = match_text(match, 1);
  int month = month_of(name), from = match_int(match, 2), to = match_int(match, 3), year = match_int(match, 4);
  if (!is_day(from, month) || !is_day(to, month)) {
    return false;
  }
  g_string_append_printf(out, "%s ", months[month - 1]);
  say_nth(set, from, out);
  g_string_append(out, " to ");
  say_nth(set, to, out);
  if (year >= 0) {
    g_string_append_c(out, ' ');
    say_year(set, year, out);
  }
  return true;
}

bool en_year_alone(const RuleSet *set, const GMatchInfo *match, GString *out) {
  say_year(set, match_int(match, 1), out);
  return true;
}

bool en_days_in_figures(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int from = match_int(match, 1), to = match_int(match, 2), month = match_int(match, 3);
  if (!is_day(from, month) || from >= to) {
    return false;
  }
  g_string_append(out, "the ");
  say_nth(set, from, out);
  g_string_append(out, " to ");
  return say_day(set, to, month, -1, out);
}

bool en_month_year(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int month = match_int(match, 1);
  if (!is_day(1, month)) {
    return false;
  }
  g_string_append_printf(out, "%s ", months[month - 1]);
  say_year(set, match_int(match, 2), out);
  return true;
}

bool en_day_name(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *name = match_text(match, 1);
  for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
    if (g_ascii_strncasecmp(name, days[i], 3) == 0) {
      g_string_append(out, days[i]);
      return true;
    }
  }
  return false;
}

bool en_month_name(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *name = match_text(match, 1);
  int month = month_of(name);
  g_string_append(out, month > 0 ? months[month - 1] : "");
  return month > 0;
}

/* --- hours ------------------------------------------------------------------------------ */

bool en_hour(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int hour = match_int(match, 1), minute = MAX(match_int(match, 2), 0);
  g_autofree char *half = match_text(match, 3);
  if (hour > 24 || minute > 59) {
    return false;
  }
  if (hour % 24 == 0 && minute == 0 && !*half) {
    g_string_append(out, "midnight");
    return true;
  }
  say_cardinal(set, hour, false, out);
  if (minute > 0) {
    g_string_append(out, minute < 10 ? " oh " : " ");
    say_cardinal(set, minute, false, out);
  } else if (!*half) {
    g_string_append(out, hour <= 12 ? " o'clock" : " hundred hours");
  }
  if (*half) { /* "A" alone would be the article */
    g_string_append(out, g_ascii_tolower(*half) == 'a' ? " eigh M" : " P M");
  }
  return true;
}

bool en_hour_or(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int hour = match_int(match, 1), minute = match_int(match, 2);
  if (hour < 1 || hour > 12) {
    return false;
  }
  say_cardinal(set, hour, false, out);
  if (minute > 0) {
    g_string_append(out, minute < 10 ? " oh " : " ");
    say_cardinal(set, minute, false, out);
  }
  g_string_append(out, " or ");
  return true;
}
