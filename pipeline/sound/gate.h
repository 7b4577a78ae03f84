/* The gate: measures an encoded file and refuses to hand on a bad one. */
#ifndef CARNET_SOUND_GATE_H
#define CARNET_SOUND_GATE_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
  gint64 frames; /* decoded, encoder delay taken off */
  double integrated_lufs, true_peak_dbtp;
  gint64 longest_silence_frames; /* under -60 dBFS */
} GateReport;

typedef struct {
  gint64 frames; /* expected; compared within `frames_tolerance` */
  gint64 frames_tolerance;
  double target_lufs, tolerance_lu; /* tolerance 0: not checked (a programme without speech) */
  double peak_dbtp;
  gint64 max_silence_frames;
} GateLimits;

/* Decodes all of `path`. A broken file, or one outside `limits`, is INPUT with
 * every measure that failed ("bulletin.mp3: true peak -0.4 dBTP, at most -1.0 allowed").
 * `report` (may be NULL) is filled either way. */
bool gate_check(const char *path, const GateLimits *limits, GateReport *report, GError **error);

#endif
