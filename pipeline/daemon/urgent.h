/* Urgent entries: heard at once, and again until they expire or are taken back. */
#ifndef CARNET_DAEMON_URGENT_H
#define CARNET_DAEMON_URGENT_H

#include "base/station.h"
#include "daemon/keeper.h"
#include "daemon/renderer.h"

typedef struct {
  /* The slot is not to be heard any more, should it be on the air. */
  void (*end)(gint64 slot, const char *why, gpointer user);
  void (*tell)(bool trouble, const char *text, gpointer user);
  gpointer user;
} UrgentHooks;

typedef struct Urgent Urgent;
/* Borrows all. Returns (urgent_free). */
Urgent *urgent_new(Store *store, Keeper *keeper, Renderer *renderer, const UrgentHooks *hooks);
void urgent_free(Urgent *urgent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Urgent, urgent_free)
/* Looks at the logbook: call it when that has changed, and every second (for what expires and what is due again). */
bool urgent_look(Urgent *urgent, const Station *station, gint64 now_us, GError **error);
/* May this slot still be heard? Always, when it is not one of ours. */
bool urgent_may_air(const Urgent *urgent, const SlotRow *slot);

#endif
