/* What the desk's files share. Inside desk/ only. */
#ifndef CARNET_DESK_DESK_PRIVATE_H
#define CARNET_DESK_DESK_PRIVATE_H

#include "base/files.h"
#include "desk/desk.h"
#include "desk/throttle.h"
#include "web/server.h"

typedef struct Jobs Jobs;

struct Desk {
  char *folder, *address, *first_code;
  StationDesk settings; /* as they were at the start; `url` borrowed from `station` */
  Station *station;     /* as it was at the start */
  FileLock *only;       /* NULL: another desk of this station runs */
  WebServer *server;
  WebEvents *events;
  WebGrowing *growing; /* bulletins that are listened to while they are made */
  Throttle *throttle;  /* of log-in, and of what anybody may send: by address */
  Throttle *loose;     /* the same of a name, and of all contributions, whoever they are from */
  gint n_guessing;     /* atomic: passwords that are being looked at */
  GMutex lock;         /* guards what follows */
  GHashTable *known;   /* digest of a login → gint64: when it was last known to be good (clock_monotonic_us) */
  Jobs *jobs;
  GThread *watcher; /* tells the events */
  gint is_closing;  /* atomic */
};

#endif
