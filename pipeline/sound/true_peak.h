/* True peak by ITU-R BS.1770-4 annex 2: the sound is interpolated 4 times and
 * the highest magnitude taken. Same interpolator as libebur128's (a 49-tap
 * sinc under a Hann window; one of its four phases is the sample itself), but
 * run only where it could matter: between samples a sound rises at most by the
 * sum of the taps' magnitudes over its samples there, so a stretch whose samples
 * are low beside the peak already found cannot hold a higher one. The result is
 * exact and costs a tenth. */
#ifndef CARNET_SOUND_TRUE_PEAK_H
#define CARNET_SOUND_TRUE_PEAK_H

#include <glib.h>
#include <math.h>

#define TRUE_PEAK_MAX_CHANNELS 2
#define TRUE_PEAK_TAPS 12    /* of a phase */
#define TRUE_PEAK_STRETCH 32 /* frames looked at together */

/* Plain value: true_peak_init, then add in order, then finish once. */
typedef struct {
  guint channels;
  guint filled;             /* frames of `window`, of which TRUE_PEAK_TAPS are history */
  double sample_peak, peak; /* linear, of what was added so far */
  float window[TRUE_PEAK_MAX_CHANNELS][TRUE_PEAK_TAPS + TRUE_PEAK_STRETCH];
} TruePeak;

/* `channels`: 1 or 2. */
void true_peak_init(TruePeak *peak, guint channels);
/* Interleaved float32, whole frames. */
void true_peak_add(TruePeak *peak, const float *samples, gint64 frames);
/* What follows the end is silence. After it `sample_peak` and `peak` are final. */
void true_peak_finish(TruePeak *peak);

/* The highest magnitude of `n` samples. In four lanes: a single running maximum of floats is not vectorized. */
static inline float magnitude_highest(const float *samples, guint n) {
  enum { LANES = 4 };
  float lanes[LANES] = {0};
  guint i = 0;
  for (; i + LANES <= n; i += LANES) {
    for (guint lane = 0; lane < LANES; lane++) {
      float magnitude = fabsf(samples[i + lane]);
      lanes[lane] = magnitude > lanes[lane] ? magnitude : lanes[lane];
    }
  }
  for (; i < n; i++) {
    lanes[0] = fmaxf(lanes[0], fabsf(samples[i]));
  }
  return fmaxf(fmaxf(lanes[0], lanes[1]), fmaxf(lanes[2], lanes[3]));
}

#endif
