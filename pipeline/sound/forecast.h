/* The loudness that a mix will have, before it is mixed: the K-weighted energy
 * of each 100 ms of each sound is known (Measure.blocks), uncorrelated sounds
 * add by energy, what the limiter will take off is told from their peaks
 * (Measure.peaks), and the gates of BS.1770-4 are applied to the sum. From it
 * the one gain (`trim`) that brings the programme to its target. */
#ifndef CARNET_SOUND_FORECAST_H
#define CARNET_SOUND_FORECAST_H

#include "sound/timeline.h"

typedef struct {
  double trim_db; /* for every event from `first` on, and for the bed */
  double bed_db;  /* for the bed, beside: mostly 0 */
} ForecastGains;

/* Gains to add to every event from index `first` on (those before stay:
 * they may be on the air already), and to the bed, so that the whole
 * lands at `target_lufs` behind a limiter at `ceiling_dbtp`. Within ±0.2 LU of
 * what BS.1770 then measures; ±0.5 LU where the limiter works much.
 * A bed that alone lies at BS.1770's relative gate makes a loudness that jumps with
 * a tenth of a decibel (encoders differ by as much): it is moved off, by 3 dB at most.
 * `timeline` must be closed. The trim is bounded to ±12 dB. */
bool forecast_gains(Timeline *timeline, guint first, double target_lufs, double ceiling_dbtp, ForecastGains *gains,
                    GError **error);

#endif
