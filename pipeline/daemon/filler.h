/* Filler: what continuous mounts hear between bulletins. Scripts without entries (station.yaml, run: filler) take
 * turns with the last bulletins (recent); the piece before a slot is made to the length that is left, so that its
 * music ends where the bulletin begins. What cannot be made is silence, and tried again each minute. */
#ifndef CARNET_DAEMON_FILLER_H
#define CARNET_DAEMON_FILLER_H

#include "daemon/keeper.h"
#include "daemon/master.h"
#include "daemon/renderer.h"

typedef struct {
  bool (*may_be_heard)(gint64 entry, gpointer user);
  /* What `key` names is in trouble; text NULL: no longer. Called again and again while it lasts. */
  void (*tell)(const char *key, const char *text, gpointer user);
  gpointer user;
} FillerHooks;

typedef struct Filler Filler;
/* Borrows all. Returns (filler_free). */
Filler *filler_new(Store *store, Keeper *keeper, Master *master, Renderer *renderer, const FillerHooks *hooks);
void filler_free(Filler *filler);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Filler, filler_free)
/* The station, its scripts or its voices have changed (or a day has begun): the pieces are made anew. Until then the
 * old ones are heard. Borrows the station. */
void filler_set_station(Filler *filler, const Station *station, gint64 now_us);
/* Lays what comes next on the channels that are about to run out. */
void filler_step(Filler *filler, gint64 now_us);

#endif
