/* The daemon's inside, shared by its files: daemon.c (the loop), daemon_status.c (what it tells), daemon_air.c (what it
 * hears of the air). */
#ifndef CARNET_DAEMON_DAEMON_PRIVATE_H
#define CARNET_DAEMON_DAEMON_PRIVATE_H

#include "base/background.h"
#include "commands/air_log.h"
#include "commands/command.h"
#include "daemon/agenda.h"
#include "daemon/audience.h"
#include "daemon/control.h"
#include "daemon/filler.h"
#include "daemon/keeper.h"
#include "daemon/master.h"
#include "daemon/proof.h"
#include "daemon/publisher.h"
#include "daemon/renderer.h"
#include "daemon/urgent.h"
#include "daemon/watch.h"
#include "desk/desk.h"
#include "web/server.h"

typedef struct {
  Session *session;
  Store *store; /* the session's */
  const Station *station;
  GPtrArray *stations; /* Station: those that were read since the start */
  Agenda *agenda;
  Keeper *keeper;
  Master *master;
  Renderer *renderer;
  Filler *filler;
  Urgent *urgent;
  Proof *proof;
  Audience *audience;
  GPtrArray *calls; /* Background: the station's hook, as it was called */
  AirLog *log;
  Control *control;
  WebServer *web; /* NULL: nobody is served */
  unsigned web_port;
  WebServer *site; /* the same for public/ */
  unsigned site_port;
  Desk *desk; /* the editors'; NULL: none */
  unsigned desk_port;
  Background *fetching; /* calendars, NULL: not now */
  Publisher *publisher;
  MasterHooks master_hooks;
  FillerHooks filler_hooks;
  UrgentHooks urgent_hooks;
  ProofHooks proof_hooks;
  Watched watched;
  gint64 since_us; /* slots from here on have not been looked at, 0: all have */
  gint64 last_revision;
  bool has_begun;
  gint64 agenda_us; /* instant of the last reading */
  gint64 watch_us, logbook_us, urgent_us, alive_us, watchdog_us, proof_us, sweep_us, fetch_us; /* clock_monotonic_us */
} Daemon;

/* SIGHUP asks that everything is read again. */
void daemon_catch_reload(void);
bool daemon_reload_pending(void);
bool daemon_reload_asked(void); /* and forgets it */

/* What is on the air, what is next, as JSON. Returns (g_free). */
char *daemon_status(const Daemon *daemon);
/* Does what `order` says (control.h), or answers with the status. Returns (g_free): of an order "", or why it is not done. */
char *daemon_answer(const char *order, gpointer daemon);
/* All that the mounts take of an edition is there: its frames, else 0. */
gint64 daemon_rendered(const Daemon *daemon, const char *edition);

/* A mount's connection has changed (MasterHooks). */
void daemon_connection(const char *mount, const ChannelMount *status, gpointer daemon);
/* The station is, or has become, another. */
void daemon_set_air(Daemon *daemon);
/* now.json, what the home page tells as on the air. Returns (g_free). */
char *daemon_now(const Daemon *daemon);
/* How many listen to a mount beside us, AUDIENCE_UNKNOWN: the server does not tell. */
int daemon_listeners(const Daemon *daemon, const StationMount *mount);
void daemon_open_air(Daemon *daemon);
void daemon_watch_air(Daemon *daemon);
void daemon_close_air(Daemon *daemon);

#endif
