/* The agenda: what the station's calendars ask for in the next days. A calendar that has become wrong keeps what it
 * asked for before. */
#ifndef CARNET_DAEMON_AGENDA_H
#define CARNET_DAEMON_AGENDA_H

#include "base/station.h"
#include "schedule/slots.h"

typedef struct Agenda Agenda;
Agenda *agenda_new(void);
void agenda_free(Agenda *agenda);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Agenda, agenda_free)

/* Reads the calendars anew: slots from `from_us` until before `until_us`. What is newly wrong in them goes to `tell`.
 * False when nothing could be read: then the agenda is as it was. */
bool agenda_read(Agenda *agenda, const Station *station, gint64 from_us, gint64 until_us,
                 void (*tell)(const CalendarNote *note, gpointer user), gpointer user, GError **error);
/* PlannedSlot, by start. Borrowed until the next reading. */
const GPtrArray *agenda_slots(const Agenda *agenda);

#endif
