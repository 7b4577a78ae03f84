/* Master control: which channels there are, and what is laid on them. Continuous mounts have a channel each, for as
 * long as the station runs (from MASTER_OWN_CHANNELS of them on, one together); the others get one when something is
 * to be heard, and lose it after it. */
#ifndef CARNET_DAEMON_MASTER_H
#define CARNET_DAEMON_MASTER_H

#include "daemon/airing.h"

#define MASTER_OWN_CHANNELS 8

typedef struct {
  AiringHooks airing;
  /* An airing is over; `why` NULL: nothing went wrong. */
  void (*ended)(const SlotRow *slot, const char *why, gpointer user);
  /* Will another slot begin on this mount before the instant `until_us`? (NULL: never) */
  bool (*follows)(const char *mount, gint64 until_us, gpointer user);
  /* A mount's connection has changed. */
  void (*connection)(const char *mount, const ChannelMount *status, gpointer user);
} MasterHooks;

typedef struct Master Master;
/* Borrows the hooks. Returns (master_free: closes all mounts). */
Master *master_new(const MasterHooks *hooks);
void master_free(Master *master);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Master, master_free)

/* The station has been read (again); borrowed for good. Mounts that stay as they are are not touched; others are
 * closed and opened. */
bool master_set_station(Master *master, const Station *station, GError **error);

/* The mounts that `slot` would be heard on at `at_us` (g_strfreev); NULL: none is free, `why` tells more. A slot of
 * higher priority is not cut off; of two alike, the later one cuts. */
char **master_mounts(Master *master, const SlotRow *slot, gint64 at_us, const char **why);
/* Lays the slot's edition on them. `at_once`: it breaks in at the end of the running item, and what it broke into
 * goes on after it. */
bool master_air(Master *master, const SlotRow *slot, const char *const *mounts, gint64 at_us, bool at_once,
                GError **error);
/* An entry was taken back or has expired: what is laid of it is left out. */
void master_take_back(Master *master);
/* Ends an airing at once. */
void master_end(Master *master, gint64 slot, const char *why);
/* Takes what the channels tell, ends what is over. */
void master_step(Master *master);

/* For the filler: continuous channels by number; NULL after the last. */
Channel *master_continuous(Master *master, guint index);
/* What is heard on a mount: the slot (borrowed), NULL: filler or nothing. `item` (may be NULL): what of it. */
const SlotRow *master_on_air(Master *master, const char *mount, const RundownItem **item);
/* A mount's state; a mount without a channel is MOUNT_WAITING. (message: g_free) */
void master_status(Master *master, const char *mount, ChannelMount *status);

#endif
