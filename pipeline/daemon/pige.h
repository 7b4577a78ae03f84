/* The pige: what went out is kept for some days (station.yaml, run: pige-days), in pige/MOUNT/, as our own listener got
 * it from the server. */
#ifndef CARNET_DAEMON_PIGE_H
#define CARNET_DAEMON_PIGE_H

#include "base/station.h"

/* Where a mount's recordings go, NULL: nothing is kept. Returns (g_free). */
char *pige_folder(const Station *station, const char *mount);
/* Removes what is too old, and the oldest of what is too much. */
void pige_sweep(const Station *station, gint64 now_us);

#endif
