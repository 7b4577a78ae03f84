/* What the calendars ask for: plain data. Instants are microseconds in UTC. */
#ifndef CARNET_SCHEDULE_SLOTS_H
#define CARNET_SCHEDULE_SLOTS_H

#include <glib.h>

#define SLOT_PRIORITY_LEAST 9
#define SLOT_PRIORITY_USUAL 5 /* of an event that names none (RFC 5545, 3.8.1.9: 1 is the highest, 9 the lowest) */

/* One planned airing. */
typedef struct {
  gint64 start_us;
  char *occurrence; /* the same however often the calendar is read: the event's UID and the time that its rule gives */
  char *script;
  char **mounts; /* NULL: all of the station's */
  int priority;  /* 1 (highest) to 9 */
  char *title;   /* what people read in their calendar; may be "" */
  char *file;    /* the calendar, as it was named */
  guint line;    /* where its event begins */
} PlannedSlot;

void planned_slot_free(PlannedSlot *slot);

/* What is wrong with an event (it is left out, the others go on), or what is worth knowing. */
typedef struct {
  gboolean is_error;
  char *text; /* "schedules/semaine.ics:12: …" */
} CalendarNote;

/* Adds one to `notes`; takes `text`. */
void calendar_note_add(GPtrArray *notes, gboolean is_error, char *text);
void calendar_note_free(CalendarNote *note);

#endif
