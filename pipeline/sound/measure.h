/* Loudness by ITU-R BS.1770-5 / EBU R 128: the filter is k_weighting.h, the gates loudness.h. */
#ifndef CARNET_SOUND_MEASURE_H
#define CARNET_SOUND_MEASURE_H

#include "sound/loudness.h"

#include <glib.h>
#include <stdbool.h>

/* Frames of one block of `blocks`: 100 ms at 48 kHz. */
#define MEASURE_BLOCK_FRAMES 4800
/* Frames of one entry of `peaks`: 20 ms at 48 kHz, longer than a period of a voice. */
#define MEASURE_PEAK_FRAMES 960
#define MEASURE_BLOCK_PEAKS (MEASURE_BLOCK_FRAMES / MEASURE_PEAK_FRAMES)
#define MEASURE_SILENCE_DBTP (-120.0)

/* Of one sound. Under 400 ms, or silent, `integrated_lufs` is estimated from
 * the K-weighted mean of what there is; silence is -70.
 * A sound of one channel is measured as it is heard: on both, at the same level. */
typedef struct {
  double integrated_lufs;
  double sample_peak;    /* linear, 1.0 full scale */
  double true_peak_dbtp; /* BS.1770 annex 2; of silence MEASURE_SILENCE_DBTP */
  /* Highest of all windows of 400 ms and of 3 s, 10 ms apart (EBU Tech 3341); -70 of less. Not kept in the JSON. */
  double max_momentary_lufs, max_short_term_lufs;
  float *blocks; /* K-weighted mean energy of each 100 ms, linear; what programme loudness is forecast from.
                            The last one counts with its share: what lies beyond the end is silence */
  guint n_blocks;
  float *peaks; /* highest magnitude of each 20 ms, linear; MEASURE_BLOCK_PEAKS for each block */
} Measure;
void measure_clear(Measure *measure);

/* 48 kHz, interleaved; 1 or 2 channels. */
bool measure_sound(const float *samples, gint64 frames, guint channels, Measure *measure, GError **error);
/* As the "measure" member of a WAV's info, and back: an object; `info_json` is
 * the whole info, {"measure": {…}, …}. Returns (g_free). */
char *measure_format(const Measure *measure);
/* An info without a measure is INPUT. */
bool measure_parse(const char *info_json, Measure *measure, GError **error);

typedef struct Meter Meter;
/* The same for a sound that is not in memory at once. `rate_hz` is 48000 but for the gate.
 * Returns (free with meter_free), or NULL. */
Meter *meter_new(guint channels, guint rate_hz, GError **error);
void meter_add(Meter *meter, const float *samples, gint64 frames);
/* Ends the sound; call once (measure_clear after use). */
void meter_finish(Meter *meter, Measure *measure);
void meter_free(Meter *meter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Meter, meter_free)

#endif
