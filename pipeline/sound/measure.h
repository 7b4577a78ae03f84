/* Loudness by ITU-R BS.1770-4 / EBU R 128 (the only caller of libebur128). */
#ifndef CARNET_SOUND_MEASURE_H
#define CARNET_SOUND_MEASURE_H

#include <glib.h>
#include <stdbool.h>

/* Of one sound. Under 400 ms, or silent, `integrated_lufs` is estimated from
 * the K-weighted mean of what there is; silence is -70. */
typedef struct {
  double integrated_lufs;
  double sample_peak;    /* linear, 1.0 full scale */
  double true_peak_dbtp; /* BS.1770 annex 2 */
  float *blocks;         /* K-weighted mean energy of each 100 ms, linear; what programme loudness is forecast from */
  guint n_blocks;
} Measure;
void measure_clear(Measure *measure);

bool measure_sound(const float *samples, gint64 frames, guint channels, Measure *measure, GError **error);
/* As the "measure" member of a WAV's info, and back. */
char *measure_format(const Measure *measure);
bool measure_parse(const char *info_json, Measure *measure, GError **error);

#endif
