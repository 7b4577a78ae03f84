/* One calendar (RFC 5545): its events, each read for itself, so that what is wrong with one leaves the others.
 *
 *   g_autoptr(Calendar) calendar = calendar_parse("schedules/semaine.ics", text, zone, notes, &error);
 *   calendar_slots(calendar, from_us, until_us, find, user, slots, notes);           (expand.h)
 *
 * Read as the programs that people use write it: Nextcloud, Thunderbird, Google, Apple, Outlook. */
#ifndef CARNET_SCHEDULE_CALENDAR_H
#define CARNET_SCHEDULE_CALENDAR_H

#include "schedule/slots.h"
#include "schedule/zones.h"

#include <stdbool.h>

#define CALENDAR_MAX_BYTES (8u << 20)
#define CALENDAR_MAX_EVENTS 5000

typedef struct {
  icalcomponent *component; /* VEVENT; owned */
  guint line;
  char *uid;          /* never NULL */
  CalendarZone *zone; /* of DTSTART; owned; NULL only when is_cancelled */
  gint64 wall;        /* of DTSTART, in that zone */
  bool is_override;   /* it has a RECURRENCE-ID, and stands for that occurrence of its UID */
  gint64 overrides;   /* that occurrence's instant, or, when overrides_day, its wall day at midnight */
  bool overrides_day;
  bool is_cancelled; /* said so, or an override whose own start is no slot: it only takes its occurrence away */
} CalendarEvent;

typedef struct {
  char *name;        /* opens the messages */
  GTimeZone *zone;   /* the station's: of floating times */
  GPtrArray *events; /* CalendarEvent */
  GPtrArray *lines;  /* char *: the file's lines, for the places of errors */
  GHashTable *zones; /* TZID → icaltimezone of the file */
} Calendar;

/* Reads `text` (of `name`, which opens the messages). Events that cannot be slots are told in `notes` (CalendarNote).
 * What is no calendar at all is INPUT. Returns (calendar_free), or NULL. */
Calendar *calendar_parse(const char *name, GBytes *text, GTimeZone *zone, GPtrArray *notes, GError **error);
void calendar_free(Calendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Calendar, calendar_free)

/* The zone of one of the event's times (TZID, else UTC for a Z, else the station's). NULL when it is unknown.
 * Returns (calendar_zone_free). */
CalendarZone *calendar_zone_of(const Calendar *calendar, icalproperty *property, struct icaltimetype time);
/* A time of a calendar as wall time; a day is its midnight. */
gint64 calendar_wall(struct icaltimetype time);
/* Adds a note about an event, at the line of its property `name` ("RRULE"; NULL: where it begins). */
void calendar_note(const Calendar *calendar, GPtrArray *notes, guint line, const char *name, bool is_error,
                   const char *format, ...) G_GNUC_PRINTF(6, 7);

#endif
