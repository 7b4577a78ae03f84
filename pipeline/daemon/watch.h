/* What people edit while the station runs: has any of it changed? By names, times and sizes, asked now and then
 * (a folder on a network tells nobody of its changes). */
#ifndef CARNET_DAEMON_WATCH_H
#define CARNET_DAEMON_WATCH_H

#include "base/station.h"

typedef enum {
  WATCH_STATION = 1 << 0,   /* station.yaml */
  WATCH_CALENDARS = 1 << 1, /* schedules/ */
  WATCH_WORDING = 1 << 2,   /* scripts/, voices/, voices/jingles/ */
} WatchPart;
#define WATCH_ALL (WATCH_STATION | WATCH_CALENDARS | WATCH_WORDING)
#define WATCH_PARTS 3

typedef struct {
  guint64 stamps[WATCH_PARTS];
} Watched;

/* Looks again. Returns the parts that have changed since the last look (all, at the first). */
guint watch_look(Watched *watched, const Station *station);

#endif
