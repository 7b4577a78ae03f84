/* What the daemon says: lines for the log (standard error; systemd's journal has the time, else we write it), and the
 * last alarms, for "carnet status". */
#ifndef CARNET_DAEMON_REPORT_H
#define CARNET_DAEMON_REPORT_H

#include "base/station.h"

typedef struct {
  gint64 at_us;
  bool trouble;
  char *text;
} ReportLine;

/* Borrows the station's zone. `quiet`: only what is trouble. */
void report_start(GTimeZone *zone, bool quiet);
void report_end(void);
void report_say(bool trouble, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* What is said again and again while it lasts (a disk that is full) is said once: until `key` is cleared by NULL. */
void report_once(const char *key, const char *text);
/* The last ones that were trouble, oldest first: ReportLine, borrowed. */
const GPtrArray *report_alarms(void);

#endif
