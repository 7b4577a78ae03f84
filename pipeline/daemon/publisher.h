/* What was aired is published, and what was taken back leaves the podcast: by "carnet publish", in the background, one run
 * after another. What waits is not kept anywhere: after a start it is found again in the store. */
#ifndef CARNET_DAEMON_PUBLISHER_H
#define CARNET_DAEMON_PUBLISHER_H

#include "base/station.h"
#include "logbook/slots.h"

typedef struct Publisher Publisher;
/* `store` is borrowed for its life. Returns (publisher_free). */
Publisher *publisher_new(Store *store);
void publisher_free(Publisher *publisher); /* ends a run that is under way: the next start finds it again */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Publisher, publisher_free)
/* Everything that was aired in the last days and is not published; after a start. */
void publisher_catch_up(Publisher *publisher, const Station *station, gint64 now_us);
/* A slot has ended: its edition is published, when it was heard, or when the logbook does not know yet (`is_told`). */
void publisher_ended(Publisher *publisher, const Station *station, const SlotRow *slot, bool is_told);
/* A bulletin goes on the air, or the logbook has changed: the feeds tell it. */
void publisher_refresh(Publisher *publisher, const Station *station);
/* Often. Never waits. */
void publisher_step(Publisher *publisher, const Station *station);

#endif
