/* The gate: refuses to hand on an encoded file that is not what was planned. What is
 * in it was heard while it was made (monitor.h): nothing is decoded a second time. */
#ifndef CARNET_SOUND_GATE_H
#define CARNET_SOUND_GATE_H

#include "sound/monitor.h"
#include "sound/programme.h"

/* Whether the file at `path` holds the packets that were heard, all of them and
 * nothing else, and lasts as long as planned; and whether what was heard is inside
 * `limits`. What is not is INPUT, with every measure that failed ("bulletin.mp3:
 * true peak -0.4 dBTP, at most -1.0 allowed"). `report` is filled either way. */
bool gate_check(const char *path, const Heard *heard, const GateLimits *limits, GateReport *report, GError **error);

#endif
