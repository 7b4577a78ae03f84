/* Days, months and years in French. */
#include "speech/say_fr.h"

#include <string.h>

#define WINDOW 70 /* "69" is 2069, "70" is 1970 */

static bool is_day(int day, int month) {
  return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

static void say_day_number(const RuleSet *set, int day, GString *out) {
  if (day == 1) {
    g_string_append(out, "premier");
  } else {
    say_cardinal(set, day, false, out);
  }
}

static void say_year(const RuleSet *set, int year, GString *out) {
  say_cardinal(set, year < WINDOW ? 2000 + year : year < 100 ? 1900 + year : year, false, out);
}

static bool say_day(const RuleSet *set, int day, int month, int year, GString *out) {
  if (!is_day(day, month)) {
    return false;
  }
  say_day_number(set, day, out);
  g_string_append_printf(out, " %s", fr_months[month - 1]);
  if (year >= 0) {
    g_string_append_c(out, ' ');
    say_year(set, year, out);
  }
  return true;
}

bool fr_date(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_day(set, match_int(match, 1), match_int(match, 2), match_int(match, 3), out);
}

bool fr_date_iso(const RuleSet *set, const GMatchInfo *match, GString *out) {
  return say_day(set, match_int(match, 3), match_int(match, 2), match_int(match, 1), out);
}

/* "3/03-5/03" → "du trois mars au cinq mars", "3-5/03" → "du trois au cinq mars". */
bool fr_date_range(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int month = match_int(match, 3), last_month = match_int(match, 5);
  if (!is_day(match_int(match, 2), last_month) || (month >= 0 && !is_day(1, month))) {
    return false;
  }
  g_autofree char *before = match_text(match, 1);
  bool both = month < 0 && match_int(match, 4) == match_int(match, 2) + 1 && g_ascii_tolower(*before) != 'd';
  g_string_append(out, *before || both ? before : "du ");
  if (month >= 0) {
    say_day(set, match_int(match, 2), month, -1, out);
  } else {
    say_day_number(set, match_int(match, 2), out);
  }
  g_string_append(out, both ? " et " : " au ");
  return say_day(set, match_int(match, 4), last_month, match_int(match, 6), out);
}

bool fr_day_of_month(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *name = match_text(match, 2);
  g_autofree char *lower = g_utf8_strdown(name, -1);
  for (int i = 0; fr_month_beginnings[i]; i++) {
    if (g_str_has_prefix(lower, fr_month_beginnings[i])) {
      return say_day(set, match_int(match, 1), i % 12 + 1, -1, out);
    }
  }
  return false;
}

/* "3-5 mars" → "du trois au cinq mars", "les 3/4 mars" → "les trois et quatre mars"; the month follows. */
bool fr_days_of_month(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int from = match_int(match, 2), to = match_int(match, 4);
  if (!is_day(from, 1) || !is_day(to, 1) || from >= to) {
    return false;
  }
  g_autofree char *before = match_text(match, 1);
  g_autofree char *sign = match_text(match, 3);
  bool is_single = g_ascii_strcasecmp(before, "le ") == 0; /* "le 14-15 mars" */
  bool is_pair = is_single || g_ascii_strcasecmp(before, "les ") == 0;
  bool both = *sign == '/' || *sign == '&' || (is_pair && to == from + 1);
  g_string_append(out, is_single ? (both ? "les " : "du ") : *before ? before : both ? "" : "du ");
  say_day_number(set, from, out);
  g_string_append(out, both ? " et " : " au ");
  g_string_append_printf(out, "%d", to); /* "day of a month" says it */
  return true;
}

bool fr_month_of_year(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int month = match_int(match, 1);
  if (!is_day(1, month)) {
    return false;
  }
  g_string_append_printf(out, "%s ", fr_months[month - 1]);
  say_year(set, match_int(match, 2), out);
  return true;
}

static const char *weekday_of(const char *written, gsize letters) {
  g_autofree char *lower = g_utf8_strdown(written, -1);
  for (int i = 0; fr_days[i]; i++) {
    if (strncmp(fr_days[i], lower, letters) == 0) {
      return fr_days[i];
    }
  }
  return NULL;
}

static const char *weekday(const char *written) {
  return weekday_of(written, 3);
}

/* "lu/me/ve" → "lundi, mercredi et vendredi". */
bool fr_short_weekdays(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *written = match_text(match, 1);
  g_auto(GStrv) days = g_strsplit_set(written, "/+", -1);
  for (guint i = 0; days[i]; i++) {
    const char *day = weekday_of(days[i], 2);
    g_string_append_printf(out, "%s%s", i == 0 ? "" : days[i + 1] ? ", " : " et ", day ? day : days[i]);
  }
  return true;
}

bool fr_weekday(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *written = match_text(match, 1);
  g_string_append(out, weekday(written));
  return true;
}

/* "lun-ven" → "du lundi au vendredi", "sam/dim" → "samedi et dimanche". */
bool fr_weekdays(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *before = match_text(match, 1);
  g_autofree char *from = match_text(match, 2);
  g_autofree char *sign = match_text(match, 3);
  g_autofree char *to = match_text(match, 4);
  const char *first = weekday(from), *last = weekday(to);
  if (!first || !last) {
    return false;
  }
  g_autofree char *third = match_text(match, 5);
  if (*third) {
    g_string_append_printf(out, "%s, %s et %s", first, last, weekday(third) ? weekday(third) : third);
    return true;
  }
  bool both = *sign == '/' || *sign == '+';
  g_string_append_printf(out, "%s%s %s %s", *before ? before : both ? "" : "du ", first, both ? "et" : "au", last);
  return true;
}

/* "2020-21": the next year, or no season at all ("2020/12"). */
bool fr_season(const RuleSet *set, const GMatchInfo *match, GString *out) {
  int century = match_int(match, 1), year = match_int(match, 2), next = match_int(match, 3);
  if (next != year + 1) {
    return false;
  }
  say_year(set, century * 100 + year, out);
  g_string_append(out, " à ");
  say_year(set, century * 100 + next, out);
  return true;
}
