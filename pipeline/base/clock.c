#include "base/clock.h"

#include "base/error.h"
#include "base/i18n.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

static gint64 frozen_us;

/* CARNET_NOW moves the clock once, at first use: it goes on from there. */
static gint64 offset_us(void) {
  static gsize once;
  static gint64 offset;
  if (g_once_init_enter(&once)) {
    const char *now = g_getenv("CARNET_NOW");
    g_autoptr(GError) why = NULL;
    gint64 wanted_us = now && *now ? instant_parse(now, NULL, &why) : 0;
    offset = wanted_us ? wanted_us - g_get_real_time() : 0;
    if (why)
      g_printerr("CARNET_NOW: %s\n", why->message);
    g_once_init_leave(&once, 1);
  }
  return offset;
}

gint64 clock_now_us(void) {
  gint64 moved_us = offset_us(); /* before the clock is read: time must not seem to go back */
  return frozen_us ? frozen_us : g_get_real_time() + moved_us;
}

gint64 clock_monotonic_us(void) {
  return g_get_monotonic_time();
}

void clock_set(gint64 now_us) {
  frozen_us = now_us;
}

/* GLib reads "+02:00", "UTC-3" and any path too; calendars need a name of the database. */
static bool is_zone_name(const char *name) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
  if (!g_ascii_isalpha(*name) || name[strspn(name, letters)] != '\0')
    return false;
  const char *folder = g_getenv("TZDIR");
  g_autofree char *path = g_build_filename(folder ? folder : "/usr/share/zoneinfo", name, NULL);
  return strcmp(name, "UTC") == 0 || g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

GTimeZone *zone_open(const char *name, GError **error) {
  GTimeZone *zone = is_zone_name(name) ? g_time_zone_new_identifier(name) : NULL;
  if (!zone)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("unknown time zone \"%s\" (one such as Europe/Paris is meant)"), name);
  return zone;
}

#define MOST_ZONE_LETTERS 128

char *zone_of_windows(const char *name) {
  UChar wide[MOST_ZONE_LETTERS], iana[MOST_ZONE_LETTERS];
  char plain[MOST_ZONE_LETTERS];
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8(wide, G_N_ELEMENTS(wide), NULL, name, -1, &status);
  int32_t length = ucal_getTimeZoneIDForWindowsID(wide, -1, NULL, iana, G_N_ELEMENTS(iana), &status);
  u_strToUTF8(plain, sizeof plain, NULL, iana, length, &status);
  return U_SUCCESS(status) && length > 0 ? g_strdup(plain) : NULL;
}

/* Whole seconds, rounded down; what lies beyond the years 0001 to 9999 is brought back to their ends. */
static GDateTime *date_time_of(gint64 instant_us, GTimeZone *zone) {
  static const gint64 first_s = G_GINT64_CONSTANT(-62135424000), last_s = G_GINT64_CONSTANT(253402128000);
  gint64 seconds = instant_us / US_PER_SECOND - (instant_us % US_PER_SECOND < 0);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(CLAMP(seconds, first_s, last_s));
  return zone ? g_date_time_to_timezone(utc, zone) : g_steal_pointer(&utc);
}

GDateTime *zone_time(GTimeZone *zone, gint64 instant_us) {
  return date_time_of(instant_us, zone);
}

static char *format_day(int year, int month, int number) {
  return g_strdup_printf("%04d-%02d-%02d", year, month, number);
}

char *zone_day(GTimeZone *zone, gint64 instant_us) {
  g_autoptr(GDateTime) local = date_time_of(instant_us, zone);
  return format_day(g_date_time_get_year(local), g_date_time_get_month(local), g_date_time_get_day_of_month(local));
}

/* --- days ------------------------------------------------------------------ */

bool day_split(const char *day, int *year, int *month, int *number) {
  static const char shape[] = "0000-00-00";
  if (day == NULL || strlen(day) != strlen(shape))
    return false;
  for (gsize i = 0; shape[i]; i++)
    if (shape[i] == '0' ? !g_ascii_isdigit(day[i]) : day[i] != shape[i])
      return false;
  *year = (int)g_ascii_strtoll(day, NULL, 10);
  *month = (int)g_ascii_strtoll(day + 5, NULL, 10);
  *number = (int)g_ascii_strtoll(day + 8, NULL, 10);
  return *year > 0 && *month >= 1 && *month <= 12 && *number >= 1 &&
         g_date_valid_dmy((GDateDay)*number, (GDateMonth)*month, (GDateYear)*year);
}

bool day_check(const char *day, GError **error) {
  int year, month, number;
  if (day_split(day, &year, &month, &number))
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("\"%s\" is not a day (YYYY-MM-DD is meant)"), day);
  return false;
}

char *day_add(const char *day, int n) {
  int year, month, number;
  g_return_val_if_fail(day_split(day, &year, &month, &number), NULL);
  GDate date, last;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, (GDateDay)number, (GDateMonth)month, (GDateYear)year);
  g_date_clear(&last, 1);
  g_date_set_dmy(&last, 31, G_DATE_DECEMBER, 9999);
  gint64 julian = CLAMP((gint64)g_date_get_julian(&date) + n, 1, (gint64)g_date_get_julian(&last));
  g_date_set_julian(&date, (guint32)julian);
  return format_day(g_date_get_year(&date), (int)g_date_get_month(&date), g_date_get_day(&date));
}

char *day_parse(const char *text, GTimeZone *zone, gint64 now_us, GError **error) {
  static const struct {
    const char *word;
    int days;
  } words[] = {
      {"today", 0}, {"aujourd'hui", 0}, {"aujourd’hui", 0}, {"yesterday", -1},
      {"hier", -1}, {"tomorrow", 1},    {"demain", 1},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_ascii_strcasecmp(text, words[i].word) == 0) {
      g_autofree char *today = zone_day(zone, now_us);
      return day_add(today, words[i].days);
    }
  gint64 days;
  if ((*text == '-' || *text == '+') && g_ascii_string_to_signed(text + 1, 10, 0, 36525, &days, NULL) &&
      text[1] != '+') {
    g_autofree char *today = zone_day(zone, now_us);
    return day_add(today, (int)(*text == '-' ? -days : days));
  }
  return day_check(text, error) ? g_strdup(text) : NULL;
}

/* First second whose local day is `day` or later. Searched, not computed: in
 * some zones midnight is skipped or comes twice on the day the clock changes. */
static gint64 first_instant(GTimeZone *zone, const char *day) {
  int year = 0, month = 0, number = 0;
  day_split(day, &year, &month, &number); /* its callers have checked it */
  g_autoptr(GDateTime) noon = g_date_time_new_utc(year, month, number, 12, 0, 0);
  gint64 before = g_date_time_to_unix(noon) - 48 * 3600, after = before + 96 * 3600;
  while (after - before > 1) {
    gint64 middle = before + (after - before) / 2;
    g_autofree char *there = zone_day(zone, middle * US_PER_SECOND);
    if (strcmp(there, day) >= 0)
      after = middle;
    else
      before = middle;
  }
  return after * US_PER_SECOND;
}

bool zone_day_bounds(GTimeZone *zone, const char *day, gint64 *from_us, gint64 *until_us, GError **error) {
  if (!day_check(day, error))
    return false;
  g_autofree char *next = day_add(day, 1);
  *from_us = first_instant(zone, day);
  *until_us = first_instant(zone, next);
  return true;
}

int zone_offset(GTimeZone *zone, gint64 instant) {
  return g_time_zone_get_offset(zone, g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, instant));
}

bool zone_change(GTimeZone *zone, const char *day, gint64 *at_us, int *before_s, int *after_s) {
  gint64 from_us, until_us;
  if (!zone_day_bounds(zone, day, &from_us, &until_us, NULL) || from_us >= until_us)
    return false;
  *before_s = zone_offset(zone, from_us / US_PER_SECOND - 1); /* it may change with the day */
  *after_s = zone_offset(zone, until_us / US_PER_SECOND - 1);
  if (*before_s == *after_s)
    return false;
  gint64 low = from_us / US_PER_SECOND - 1, high = until_us / US_PER_SECOND; /* before it; after it */
  while (high - low > 1) {
    gint64 middle = low + (high - low) / 2;
    if (zone_offset(zone, middle) == *before_s)
      low = middle;
    else
      high = middle;
  }
  *at_us = high * US_PER_SECOND;
  return true;
}

/* --- instants -------------------------------------------------------------- */

char *instant_format(gint64 instant_us) {
  g_autoptr(GDateTime) utc = date_time_of(instant_us, NULL);
  return g_date_time_format(utc, "%Y-%m-%dT%H:%M:%SZ");
}

/* GLib takes the second of an hour that comes twice; RFC 5545 takes the first. */
static GDateTime *first_of_two(GDateTime *local) {
  static const int steps_s[] = {3600, 1800}; /* Lord Howe changes by half an hour */
  for (gsize i = 0; i < G_N_ELEMENTS(steps_s); i++) {
    g_autoptr(GDateTime) before = g_date_time_add_seconds(local, -steps_s[i]);
    if (before && g_date_time_get_hour(before) == g_date_time_get_hour(local) &&
        g_date_time_get_minute(before) == g_date_time_get_minute(local))
      return g_steal_pointer(&before);
  }
  return g_date_time_ref(local);
}

/* "2020-03-17", "2020-03-17 14:30", with "T" or a space. */
static GDateTime *parse_local(const char *text, GTimeZone *zone) {
  int year, month, number;
  g_autofree char *day = g_strndup(text, 10);
  if (!zone || !day_split(day, &year, &month, &number))
    return NULL;
  const char *rest = text + strlen(day);
  if (*rest == '\0') {
    g_autoptr(GDateTime) utc = date_time_of(first_instant(zone, day), NULL);
    return g_date_time_to_timezone(utc, zone);
  }
  bool is_time = strlen(rest) == 6 && (rest[0] == ' ' || rest[0] == 'T') && g_ascii_isdigit(rest[1]) &&
                 g_ascii_isdigit(rest[2]) && rest[3] == ':' && g_ascii_isdigit(rest[4]) && g_ascii_isdigit(rest[5]);
  if (!is_time)
    return NULL;
  int hour = (int)g_ascii_strtoll(rest + 1, NULL, 10), minute = (int)g_ascii_strtoll(rest + 4, NULL, 10);
  g_autoptr(GDateTime) local = g_date_time_new(zone, year, month, number, hour, minute, 0);
  return local ? first_of_two(local) : NULL;
}

gint64 instant_parse(const char *text, GTimeZone *zone, GError **error) {
  g_autoptr(GDateTime) instant = parse_local(text, zone);
  if (!instant)
    instant = g_date_time_new_from_iso8601(text, zone);
  gint64 us = instant ? g_date_time_to_unix(instant) * US_PER_SECOND + g_date_time_get_microsecond(instant) : 0;
  if (us != 0)
    return us;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
              _("\"%s\" is not an instant (2020-03-17 14:30 or 2020-03-17T13:30:00Z is meant)"), text);
  return 0;
}

/* --- durations ------------------------------------------------------------- */

/* Digits up to `stop`; -1 when there are none or too many. */
static gint64 take_number(const char **at, guint most_digits) {
  gint64 value = 0;
  guint digits = 0;
  for (; g_ascii_isdigit(**at) && digits <= most_digits; (*at)++, digits++)
    value = value * 10 + (**at - '0');
  return digits == 0 || digits > most_digits ? -1 : value;
}

static gint64 parse_duration(const char *text) {
  gint64 parts[3] = {0};
  guint n = 0;
  for (bool more = true; more; text += more) {
    if (n == 3 || (parts[n] = take_number(&text, n ? 4 : 6)) < 0)
      return 0;
    n++;
    more = *text == ':';
  }
  for (guint i = 1; i < n; i++)
    if (parts[i] > 59)
      return 0;
  gint64 seconds = 0, us = 0;
  for (guint i = 0; i < n; i++)
    seconds = seconds * 60 + parts[i];
  if (text[0] == '.' && g_ascii_isdigit(text[1])) {
    text++;
    for (gint64 unit = US_PER_SECOND / 10; g_ascii_isdigit(*text) && unit > 0; text++, unit /= 10)
      us += (*text - '0') * unit;
  }
  return *text == '\0' ? seconds * US_PER_SECOND + us : 0;
}

gint64 duration_parse(const char *text, GError **error) {
  gint64 duration_us = parse_duration(text);
  if (duration_us == 0)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("\"%s\" is not a length (minutes and seconds are meant: \"5:00\")"), text);
  return duration_us;
}

char *duration_format(gint64 duration_us, bool tenths) {
  gint64 unit = tenths ? US_PER_SECOND / 10 : US_PER_SECOND;
  gint64 units = (ABS(duration_us) + unit / 2) / unit;
  gint64 seconds = tenths ? units / 10 : units;
  GString *text = g_string_new(duration_us < 0 && units > 0 ? "-" : NULL);
  if (seconds >= 3600)
    g_string_append_printf(text, "%d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
  else
    g_string_append_printf(text, "%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
  if (tenths)
    g_string_append_printf(text, ".%d", (int)(units % 10));
  return g_string_free(text, FALSE);
}
