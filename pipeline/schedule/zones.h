/* The zones of a calendar's times, and the rule for the two odd hours of the year.
 *
 * A time that the clock skips is the first instant after the gap; one that comes twice is the first of the two. (RFC
 * 5545, 3.3.5, says the same of the second, and for the first the same hour by the old offset, which would be heard an
 * hour late: nobody waits for a bulletin at half past three that was announced for half past two.) libical's own
 * expansion does neither, so rules are expanded in wall time, and each time is resolved here.
 *
 * Wall time is seconds as if the zone were UTC (`_wall`); instants are seconds since 1970 in UTC. */
#ifndef CARNET_SCHEDULE_ZONES_H
#define CARNET_SCHEDULE_ZONES_H

#include <glib.h>
#include <libical/ical.h>
#include <stdbool.h>

typedef struct CalendarZone CalendarZone;

/* The system's own zone (borrowed). Returns (calendar_zone_free). */
CalendarZone *calendar_zone_named(GTimeZone *zone);
/* A TZID: an IANA name, also with a program's prefix ("/mozilla.org/20050126_1/Europe/Paris"); a Windows name ("Romance
 * Standard Time"); else what the calendar's own VTIMEZONE (borrowed; NULL: none) says. NULL when it is none of these. */
CalendarZone *calendar_zone_open(const char *tzid, icaltimezone *own);
void calendar_zone_free(CalendarZone *zone);

gint64 calendar_zone_instant(const CalendarZone *zone, gint64 wall);
gint64 calendar_zone_wall(const CalendarZone *zone, gint64 instant);

#endif
