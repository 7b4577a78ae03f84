#include "schedule/words.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

#define EXAMPLE "every weekday 12:00"
#define MOST_DAYS_AHEAD 1500 /* the last Friday of February that is a 29th comes within four years */

typedef enum {
  WORD_NOTHING, /* joins the others */
  WORD_DAYS,    /* value: a bit for each day of the week, Monday the first */
  WORD_WEEK,    /* "week day", "week end" */
  WORD_RANGE,   /* "from Monday to Friday" */
  WORD_NTH,     /* value: 1 to 4, -1: of the month */
  WORD_HOURS,
  WORD_MINUTES,
  WORD_H,    /* "12 h" */
  WORD_NOON, /* value: minutes of the day */
  WORD_UNTIL,
  WORD_DATE /* value: days from today */
} WordKind;

#define MONDAY 1
#define EVERY_DAY 127
#define WEEKDAYS 31
#define WEEKEND 96

/* Words as text_fold leaves them, French, English and Spanish; a plural's s is taken off before. */
/* clang-format off */
static const struct { const char *word; WordKind kind; int value; } known[] = {
  {"every", WORD_NOTHING, 0}, {"each", WORD_NOTHING, 0}, {"on", WORD_NOTHING, 0}, {"at", WORD_NOTHING, 0},
  {"and", WORD_NOTHING, 0}, {"the", WORD_NOTHING, 0}, {"of", WORD_NOTHING, 0}, {"month", WORD_NOTHING, 0},
  {"from", WORD_NOTHING, 0}, {"in", WORD_NOTHING, 0}, {"tou", WORD_NOTHING, 0}, {"tout", WORD_NOTHING, 0},
  {"toute", WORD_NOTHING, 0}, {"chaque", WORD_NOTHING, 0}, {"le", WORD_NOTHING, 0}, {"la", WORD_NOTHING, 0},
  {"l", WORD_NOTHING, 0}, {"a", WORD_NOTHING, 0}, {"et", WORD_NOTHING, 0}, {"du", WORD_NOTHING, 0},
  {"de", WORD_NOTHING, 0}, {"en", WORD_NOTHING, 0}, {"moi", WORD_NOTHING, 0}, {"cada", WORD_NOTHING, 0},
  {"todo", WORD_NOTHING, 0}, {"toda", WORD_NOTHING, 0}, {"lo", WORD_NOTHING, 0}, {"el", WORD_NOTHING, 0},
  {"y", WORD_NOTHING, 0}, {"del", WORD_NOTHING, 0}, {"me", WORD_NOTHING, 0}, {"working", WORD_DAYS, WEEKDAYS},
  {"day", WORD_DAYS, EVERY_DAY}, {"daily", WORD_DAYS, EVERY_DAY}, {"jour", WORD_DAYS, EVERY_DAY},
  {"dia", WORD_DAYS, EVERY_DAY}, {"diario", WORD_DAYS, EVERY_DAY}, {"quotidien", WORD_DAYS, EVERY_DAY},
  {"weekday", WORD_DAYS, WEEKDAYS}, {"semaine", WORD_DAYS, WEEKDAYS}, {"laborable", WORD_DAYS, WEEKDAYS},
  {"ouvre", WORD_DAYS, WEEKDAYS}, {"weekend", WORD_DAYS, WEEKEND}, {"week", WORD_WEEK, 0}, {"end", WORD_DAYS, WEEKEND},
  {"finde", WORD_DAYS, WEEKEND},
  {"monday", WORD_DAYS, 1}, {"tuesday", WORD_DAYS, 2}, {"wednesday", WORD_DAYS, 4}, {"thursday", WORD_DAYS, 8},
  {"friday", WORD_DAYS, 16}, {"saturday", WORD_DAYS, 32}, {"sunday", WORD_DAYS, 64},
  {"lundi", WORD_DAYS, 1}, {"mardi", WORD_DAYS, 2}, {"mercredi", WORD_DAYS, 4}, {"jeudi", WORD_DAYS, 8},
  {"vendredi", WORD_DAYS, 16}, {"samedi", WORD_DAYS, 32}, {"dimanche", WORD_DAYS, 64},
  {"lune", WORD_DAYS, 1}, {"marte", WORD_DAYS, 2}, {"miercole", WORD_DAYS, 4}, {"jueve", WORD_DAYS, 8},
  {"vierne", WORD_DAYS, 16}, {"sabado", WORD_DAYS, 32}, {"domingo", WORD_DAYS, 64},
  {"to", WORD_RANGE, 0}, {"au", WORD_RANGE, 0}, {"al", WORD_RANGE, 0}, {"through", WORD_RANGE, 0},
  {"first", WORD_NTH, 1}, {"second", WORD_NTH, 2}, {"third", WORD_NTH, 3}, {"fourth", WORD_NTH, 4}, {"last", WORD_NTH, -1},
  {"premier", WORD_NTH, 1}, {"deuxieme", WORD_NTH, 2}, {"troisieme", WORD_NTH, 3}, {"quatrieme", WORD_NTH, 4},
  {"dernier", WORD_NTH, -1}, {"primer", WORD_NTH, 1}, {"segundo", WORD_NTH, 2}, {"tercer", WORD_NTH, 3},
  {"cuarto", WORD_NTH, 4}, {"ultimo", WORD_NTH, -1},
  {"hour", WORD_HOURS, 0}, {"hourly", WORD_HOURS, 0}, {"heure", WORD_HOURS, 0}, {"hora", WORD_HOURS, 0},
  {"h", WORD_H, 0}, {"minute", WORD_MINUTES, 0}, {"minuto", WORD_MINUTES, 0},
  {"noon", WORD_NOON, 720}, {"midday", WORD_NOON, 720}, {"midi", WORD_NOON, 720}, {"mediodia", WORD_NOON, 720},
  {"midnight", WORD_NOON, 0}, {"minuit", WORD_NOON, 0}, {"medianoche", WORD_NOON, 0},
  {"until", WORD_UNTIL, 0}, {"till", WORD_UNTIL, 0}, {"jusqu", WORD_UNTIL, 0}, {"jusque", WORD_UNTIL, 0},
  {"hasta", WORD_UNTIL, 0},
  {"today", WORD_DATE, 0}, {"aujourd", WORD_DATE, 0}, {"hui", WORD_NOTHING, 0}, {"hoy", WORD_DATE, 0},
  {"tomorrow", WORD_DATE, 1}, {"demain", WORD_DATE, 1}, {"manana", WORD_DATE, 1},
};
static const char *const day_codes[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
/* clang-format on */

/* What has been understood so far. */
typedef struct {
  int days, last_days, nth; /* 0: none */
  int number, minutes;      /* how many hours; minutes of the day; -1: none */
  bool after_week, in_range, by_hours, by_minutes, wants_until;
  char *date, *until; /* "2026-12-24" */
} Parts;

void slot_words_clear(SlotWords *words) {
  g_clear_pointer(&words->rule, g_free);
  g_clear_pointer(&words->start, g_free);
}

/* --- reading ----------------------------------------------------------------------- */

static bool not_understood(const char *word, GError **error) {
  g_autofree char *shown = text_printable(word);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
              _("\"%s\" is not understood: say it as \"every weekday 12:00\", \"Mondays and Thursdays 18:30\", "
                "\"first Sunday of the month 10:00\", \"every 2 hours\", \"2026-12-24 18:00\""),
              shown);
  return false;
}

/* "12:00", "12h30", "9h". */
static int read_time(const char *word) {
  char *end = NULL;
  guint64 hour = g_ascii_strtoull(word, &end, 10), minute = 0;
  if (!g_ascii_isdigit(*word) || end == word || (*end != ':' && *end != 'h' && *end != 'H'))
    return -1;
  const char *rest = end + 1;
  bool has_minutes = g_ascii_isdigit(rest[0]) && g_ascii_isdigit(rest[1]) && rest[2] == '\0';
  if (has_minutes)
    minute = g_ascii_strtoull(rest, NULL, 10);
  else if (*rest != '\0' || *end == ':')
    return -1;
  return hour < 24 && minute < 60 ? (int)(hour * 60 + minute) : -1;
}

/* Monday to Friday: every day from the one named last to this one, over Sunday if need be. */
static int days_between(int from, int to) {
  int days = from;
  for (int day = from; day != to; days |= day)
    day = day == 64 ? MONDAY : day * 2;
  return days;
}

/* "tous les jours de la semaine", "weekend days": the fewer days are meant; "Mondays and weekends": both. */
static int days_and(int days, int more) {
  return more == EVERY_DAY && days != 0 ? days : days == EVERY_DAY ? more : days | more;
}

static bool take_known(Parts *parts, WordKind kind, int value, GTimeZone *zone, gint64 now_us) {
  g_autofree char *today = kind == WORD_DATE ? zone_day(zone, now_us) : NULL;
  if (kind == WORD_DAYS && value == EVERY_DAY && parts->after_week)
    value = WEEKDAYS;
  bool is_one_day = (value & (value - 1)) == 0;
  parts->after_week = kind == WORD_WEEK;
  switch (kind) {
    case WORD_DAYS:
      if (parts->in_range && (!is_one_day || !parts->last_days))
        return false;
      parts->days =
          parts->in_range ? parts->days | days_between(parts->last_days, value) : days_and(parts->days, value);
      parts->last_days = is_one_day ? value : 0;
      parts->in_range = false;
      break;
    case WORD_RANGE:
      parts->in_range = parts->last_days != 0 && !parts->wants_until; /* "jusqu'au 2026-12-31" */
      break;
    case WORD_NTH:
      parts->nth = value;
      break;
    case WORD_HOURS:
      parts->by_hours = true;
      break;
    case WORD_MINUTES:
      parts->by_minutes = true;
      break;
    case WORD_H:
      if (parts->minutes >= 0 || parts->number < 0 || parts->number > 23)
        return false;
      parts->minutes = parts->number * 60;
      parts->number = -1;
      break;
    case WORD_NOON:
      parts->minutes = value;
      break;
    case WORD_UNTIL:
      parts->wants_until = true;
      break;
    case WORD_DATE:
      g_free(parts->date);
      parts->date = day_add(today, value);
      break;
    case WORD_WEEK:
    case WORD_NOTHING:
      break;
  }
  return true;
}

static bool take_word(Parts *parts, const char *word, GTimeZone *zone, gint64 now_us, GError **error) {
  int minutes = read_time(word);
  if (minutes >= 0) {
    bool ok = parts->minutes < 0;
    parts->minutes = minutes;
    return ok || not_understood(word, error);
  }
  if (day_check(word, NULL)) {
    char **day = parts->wants_until ? &parts->until : &parts->date;
    g_free(*day);
    *day = g_strdup(word);
    return true;
  }
  if (strspn(word, "0123456789") == strlen(word) && strlen(word) <= 4) {
    bool ok = parts->number < 0;
    parts->number = (int)g_ascii_strtoull(word, NULL, 10);
    return ok || not_understood(word, error);
  }
  g_autofree char *folded = text_fold(word);
  g_auto(GStrv) pieces = g_strsplit(folded, " ", -1);
  bool ok = pieces[0] != NULL;
  for (guint p = 0; ok && pieces[p]; p++) {
    gsize n = strlen(pieces[p]);
    if (n > 2 && pieces[p][n - 1] == 's')
      pieces[p][n - 1] = '\0';
    guint i = 0;
    while (i < G_N_ELEMENTS(known) && strcmp(known[i].word, pieces[p]) != 0)
      i++;
    ok = i < G_N_ELEMENTS(known) && take_known(parts, known[i].kind, known[i].value, zone, now_us);
  }
  return ok || not_understood(word, error);
}

/* --- what it means ------------------------------------------------------------------- */

static char *days_code(int days) {
  GString *codes = g_string_new(NULL);
  for (guint i = 0; i < G_N_ELEMENTS(day_codes); i++) {
    if (days & (1 << i)) {
      g_string_append_printf(codes, "%s%s", codes->len > 0 ? "," : "", day_codes[i]);
    }
  }
  return g_string_free(codes, FALSE);
}

/* "first Sunday" 1SU; "last day" the month's -1; "first weekday" the first of five. */
static void add_days(const Parts *parts, GString *rule) {
  g_autofree char *codes = days_code(parts->days);
  bool is_one_day = (parts->days & (parts->days - 1)) == 0;
  if (parts->nth != 0 && parts->days == EVERY_DAY)
    g_string_append_printf(rule, ";BYMONTHDAY=%d", parts->nth);
  else if (parts->nth != 0 && is_one_day)
    g_string_append_printf(rule, ";BYDAY=%d%s", parts->nth, codes);
  else if (parts->nth != 0)
    g_string_append_printf(rule, ";BYDAY=%s;BYSETPOS=%d", codes, parts->nth);
  else if (parts->days != 0 && parts->days != EVERY_DAY)
    g_string_append_printf(rule, ";BYDAY=%s", codes);
}

static char *rule_of(const Parts *parts) {
  GString *rule = g_string_new(parts->by_minutes          ? "FREQ=MINUTELY"
                               : parts->by_hours          ? "FREQ=HOURLY"
                               : parts->nth != 0          ? "FREQ=MONTHLY"
                               : parts->days == EVERY_DAY ? "FREQ=DAILY"
                                                          : "FREQ=WEEKLY");
  if (parts->number > 1)
    g_string_append_printf(rule, ";INTERVAL=%d", parts->number);
  add_days(parts, rule);
  if (parts->until) {
    g_auto(GStrv) numbers = g_strsplit(parts->until, "-", -1);
    g_string_append_printf(rule, ";UNTIL=%s%s%sT235959", numbers[0], numbers[1], numbers[2]);
  }
  return g_string_free(rule, FALSE);
}

/* How many of the days from one to another of a month are meant. */
static int days_meant(const Parts *parts, int year, int month, int first, int last) {
  int meant = 0;
  for (int number = first; number <= last; number++) {
    g_autoptr(GDateTime) date = g_date_time_new_utc(year, month, number, 12, 0, 0);
    meant += parts->days == 0 || (parts->days & (1 << (g_date_time_get_day_of_week(date) - 1))) ? 1 : 0;
  }
  return meant;
}

static bool day_matches(const Parts *parts, const char *day) {
  int year, month, number;
  day_split(day, &year, &month, &number);
  bool is_meant = days_meant(parts, year, month, number, number) == 1;
  if (!is_meant || parts->nth == 0)
    return is_meant;
  return parts->nth > 0 ? days_meant(parts, year, month, 1, number) == parts->nth
                        : days_meant(parts, year, month, number + 1,
                                     g_date_get_days_in_month((GDateMonth)month, (GDateYear)year)) == 0;
}

/* The first such day whose time is not past. */
static char *first_day(const Parts *parts, GTimeZone *zone, gint64 now_us) {
  g_autofree char *today = zone_day(zone, now_us);
  char *day = g_strdup(today);
  for (guint i = 0; i < MOST_DAYS_AHEAD; i++) {
    g_autofree char *time = g_strdup_printf("%s %02d:%02d", day, parts->minutes / 60, parts->minutes % 60);
    if (day_matches(parts, day) && instant_parse(time, zone, NULL) >= now_us)
      break;
    char *next = day_add(day, 1);
    g_free(day);
    day = next;
  }
  return day;
}

/* "every hour", "every 5 minutes" without a time: from the next whole one on. */
static void start_often(Parts *parts, GTimeZone *zone, gint64 now_us) {
  g_autoptr(GDateTime) local = zone_time(zone, now_us);
  int now = g_date_time_get_hour(local) * 60 + g_date_time_get_minute(local);
  parts->minutes = parts->by_hours ? (now / 60 + 1) % 24 * 60 : (now + 1) % 1440;
}

static const char *what_is_missing(const Parts *parts) {
  bool repeats = parts->days != 0 || parts->by_hours || parts->by_minutes;
  if (parts->minutes < 0)
    return _("at what time? (\"%s 12:00\")");
  if (parts->date && repeats)
    return _("\"%s\": either a day or a rule is meant, not both");
  if (parts->date && parts->wants_until)
    return _("\"%s\": until goes with a rule, not with one day");
  if (!parts->date && !repeats)
    return _("\"%s\": on which day, or how often?");
  if (parts->wants_until && !parts->until)
    return _("\"%s\": until which day? (until 2026-12-31)");
  if ((parts->nth != 0 && parts->days == 0) || (parts->number >= 0 && !parts->by_hours && !parts->by_minutes) ||
      parts->number == 0 || parts->in_range)
    return _("\"%s\" is not understood as a whole");
  return NULL;
}

/* Days compare as their letters do. */
static bool check_end(const Parts *parts, const char *first, const char *plain, GError **error) {
  if (!parts->until || strcmp(first, parts->until) <= 0)
    return true;
  g_autofree char *shown = text_printable(plain);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("\"%s\": it ends before its first time, on %s"), shown, first);
  return false;
}

bool slot_words_read(const char *text, GTimeZone *zone, gint64 now_us, SlotWords *words, GError **error) {
  Parts parts = {.minutes = -1, .number = -1};
  g_autofree char *plain = text_squeeze(text);
  g_auto(GStrv) each = g_strsplit_set(plain, " ,\t\n", -1);
  bool ok = true;
  for (guint i = 0; ok && each[i]; i++)
    ok = *each[i] == '\0' || take_word(&parts, each[i], zone, now_us, error);
  if (ok && parts.minutes < 0 && (parts.by_hours || parts.by_minutes))
    start_often(&parts, zone, now_us);
  const char *missing = ok ? what_is_missing(&parts) : NULL;
  if (missing) {
    g_autofree char *shown = text_printable(plain);
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, missing, shown); /* NOLINT: of what_is_missing alone */
    ok = false;
  }
  g_autofree char *day = !ok ? NULL : parts.date ? g_strdup(parts.date) : first_day(&parts, zone, now_us);
  ok = ok && check_end(&parts, day, plain, error);
  if (ok) {
    g_auto(GStrv) numbers = g_strsplit(day, "-", -1);
    words->rule = parts.date ? NULL : rule_of(&parts);
    words->start = g_strdup_printf("%s%s%sT%02d%02d00", numbers[0], numbers[1], numbers[2], parts.minutes / 60,
                                   parts.minutes % 60);
  }
  g_free(parts.date);
  g_free(parts.until);
  return ok;
}
