/* The daemon: one loop that joins the calendars, the slots, the making of bulletins and the air (`carnet run`). */
#ifndef CARNET_DAEMON_DAEMON_H
#define CARNET_DAEMON_DAEMON_H

#include "commands/command.h"

/* Runs until it is told to end (SIGTERM, Ctrl-C), then closes everything. False when it could not begin. */
bool daemon_run(Session *session, GError **error);

#endif
