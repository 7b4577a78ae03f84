#include "schedule/zones.h"

#include "base/clock.h"

#include <string.h>

#define DAY 86400 /* seconds; no zone changes its clock twice within two days */

struct CalendarZone {
  GTimeZone *named;  /* or NULL */
  icaltimezone *own; /* of the calendar's VTIMEZONE, or NULL */
};

CalendarZone *calendar_zone_named(GTimeZone *zone) {
  CalendarZone *made = g_new0(CalendarZone, 1);
  made->named = g_time_zone_ref(zone);
  return made;
}

void calendar_zone_free(CalendarZone *zone) {
  if (zone && zone->named)
    g_time_zone_unref(zone->named);
  g_free(zone);
}

/* The whole name, or what follows one of its slashes. */
static GTimeZone *named_zone(const char *tzid) {
  GTimeZone *zone = NULL;
  for (const char *at = tzid; at && !zone; at = strchr(at, '/') ? strchr(at, '/') + 1 : NULL)
    zone = *at ? zone_open(at, NULL) : NULL;
  return zone;
}

CalendarZone *calendar_zone_open(const char *tzid, icaltimezone *own) {
  GTimeZone *named = named_zone(tzid);
  g_autofree char *iana = named ? NULL : zone_of_windows(tzid);
  if (iana)
    named = zone_open(iana, NULL);
  if (!named && !own)
    return NULL;
  CalendarZone *zone = g_new0(CalendarZone, 1);
  zone->named = named;
  zone->own = named ? NULL : own;
  return zone;
}

static gint64 offset_at(const CalendarZone *zone, gint64 instant) {
  if (zone->named)
    return zone_offset(zone->named, instant);
  struct icaltimetype utc = icaltime_from_timet_with_zone((time_t)instant, 0, icaltimezone_get_utc_timezone());
  int is_daylight;
  return icaltimezone_get_utc_offset_of_utc_time(zone->own, &utc, &is_daylight);
}

gint64 calendar_zone_wall(const CalendarZone *zone, gint64 instant) {
  return instant + offset_at(zone, instant);
}

/* The first instant after `before` (and at most `after`) at which the clock was changed. */
static gint64 change_between(const CalendarZone *zone, gint64 before, gint64 after) {
  gint64 old = offset_at(zone, before);
  while (after - before > 1) {
    gint64 middle = before + (after - before) / 2;
    if (offset_at(zone, middle) == old)
      before = middle;
    else
      after = middle;
  }
  return after;
}

gint64 calendar_zone_instant(const CalendarZone *zone, gint64 wall) {
  gint64 old = wall - offset_at(zone, wall - DAY), new = wall - offset_at(zone, wall + DAY);
  gint64 first = MIN(old, new), second = MAX(old, new);
  if (calendar_zone_wall(zone, first) == wall)
    return first;
  return calendar_zone_wall(zone, second) == wall ? second : change_between(zone, first, second);
}
