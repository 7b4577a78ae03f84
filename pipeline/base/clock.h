/* Time. Instants are microseconds since 1970 in UTC (`_us`); days are ISO
 * strings ("2020-03-17") in the station's zone; local time exists only here.
 *
 * clock_now_us is the one clock of the program: a test replaces it with
 * clock_set, or from outside with CARNET_NOW=2020-03-17T11:00:00Z (it then
 * advances from there; one that cannot be read is told on standard error). Code that decides never sleeps. */
#ifndef CARNET_BASE_CLOCK_H
#define CARNET_BASE_CLOCK_H

#include <glib.h>
#include <stdbool.h>

#define US_PER_SECOND G_GINT64_CONSTANT(1000000)

gint64 clock_now_us(void);
/* For pacing and deadlines; not affected by clock_set. */
gint64 clock_monotonic_us(void);
/* Freezes clock_now_us at `now_us` (tests); 0 thaws it. */
void clock_set(gint64 now_us);

/* A zone of the system's database by its IANA name. Unknown: INPUT.
 * Returns (free with g_time_zone_unref), or NULL. */
GTimeZone *zone_open(const char *name, GError **error);
/* "Romance Standard Time" → "Europe/Paris", as Unicode's tables have it (CLDR, windowsZones). Returns (g_free), or NULL. */
char *zone_of_windows(const char *name);
/* An instant as the clock of `zone` shows it, in whole seconds. Returns (g_date_time_unref). */
GDateTime *zone_time(GTimeZone *zone, gint64 instant_us);
/* The local day of an instant, "YYYY-MM-DD". Returns (g_free). */
char *zone_day(GTimeZone *zone, gint64 instant_us);
/* First instant of a local day and of the next one (23 to 25 hours later; also
 * where the clock changes at midnight). A day that the zone skipped is empty. */
bool zone_day_bounds(GTimeZone *zone, const char *day, gint64 *from_us, gint64 *until_us, GError **error);
/* Seconds that `zone` is ahead of UTC at an instant, in seconds since 1970. */
int zone_offset(GTimeZone *zone, gint64 instant);
/* Does the clock of `zone` change in that local day? When, and the seconds that it is ahead of UTC before and after. */
bool zone_change(GTimeZone *zone, const char *day, gint64 *at_us, int *before_s, int *after_s);

/* "2020-03-17T11:00:00Z". Returns (g_free). */
char *instant_format(gint64 instant_us);
/* RFC 3339, or a local "YYYY-MM-DD[ HH:MM[:SS]]" in `zone` (NULL: none is
 * accepted). A local time that the clock skips in spring is the first that
 * comes after; one that comes twice in autumn is the first. 0 and INPUT on failure
 * (1970-01-01T00:00:00Z, our "no instant", is one). */
gint64 instant_parse(const char *text, GTimeZone *zone, GError **error);

/* A real day of the years 0001 to 9999 (2020-02-30 is not one), else INPUT. */
bool day_check(const char *day, GError **error);
/* Its three numbers; false when it is no real day (NULL is none). */
bool day_split(const char *day, int *year, int *month, int *number);
/* "today", "yesterday", "tomorrow", "aujourd'hui", "hier", "demain", "-3" (three days
 * before today), "+1" or YYYY-MM-DD, seen from `now_us` in `zone`.
 * Returns (g_free), or NULL with INPUT. */
char *day_parse(const char *text, GTimeZone *zone, gint64 now_us, GError **error);
/* `day` + n days, kept within the years 0001 to 9999. Returns (g_free). */
char *day_add(const char *day, int n);

/* "M:SS", "H:MM:SS" or seconds with a decimal point → microseconds. 0 and INPUT on failure. */
gint64 duration_parse(const char *text, GError **error);
/* "5:00", "1:02:03", "-0:02"; tenths when `tenths`. Returns (g_free). */
char *duration_format(gint64 duration_us, bool tenths);

#endif
