/* The as-run log while a programme is on the air. Rows are taken from playout's
 * thread at once and written by a thread with a connection of its own, in one
 * transaction for all that have come meanwhile: neither a slow disk nor another
 * program that holds the logbook can hold the sound. A write that fails is tried
 * again with the next row and at the end: until then nothing is lost but by SIGKILL. */
#ifndef CARNET_COMMANDS_AIR_LOG_H
#define CARNET_COMMANDS_AIR_LOG_H

#include "logbook/asrun.h"

typedef struct AirLog AirLog;

/* `path` is the logbook's. Returns (air_log_end). */
AirLog *air_log_start(const char *path);
/* Copies `row`. */
void air_log_add(AirLog *log, const AsRun *row);
/* Waits until every row is written, and frees the log. False when some are not. NULL is fine. */
bool air_log_end(AirLog *log, GError **error);

#endif
