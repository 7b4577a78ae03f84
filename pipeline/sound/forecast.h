/* The loudness that a mix will have, before it is mixed: the K-weighted energy
 * of each 100 ms of each sound is known (Measure.blocks), uncorrelated sounds
 * add by energy, and the gates of BS.1770-4 are applied to the sum. From it the
 * one gain (`trim`) that brings the programme to its target. */
#ifndef CARNET_SOUND_FORECAST_H
#define CARNET_SOUND_FORECAST_H

#include "sound/timeline.h"

/* Gain in dB to add to every event from index `first` on (those before stay:
 * they may be on the air already), and to the bed, so that the whole
 * lands at `target_lufs`. Within ±0.2 LU of what BS.1770 then measures.
 * `timeline` must be closed. Bounded to ±12 dB. */
bool forecast_trim(Timeline *timeline, guint first, double target_lufs, double *trim_db, GError **error);

#endif
