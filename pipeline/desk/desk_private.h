/* What the desk's files share. Inside desk/ only. */
#ifndef CARNET_DESK_DESK_PRIVATE_H
#define CARNET_DESK_DESK_PRIVATE_H

#include "desk/desk.h"
#include "desk/throttle.h"
#include "web/server.h"

typedef struct Jobs Jobs;

struct Desk {
  char *folder, *address, *first_code;
  StationDesk settings; /* as they were at the start; `url` borrowed from `station` */
  Station *station;     /* as it was at the start */
  WebServer *server;
  WebEvents *events;
  Throttle *throttle; /* of log-in, and of what anybody may send */
  Jobs *jobs;
  GThread *watcher; /* tells the events */
  gint is_closing;  /* atomic */
};

#endif
