/* K-weighting: how loud a sound is to the ear, before any gate.
 *
 * ITU-R BS.1770-5, annex 1: a high shelf (the head) and a high pass (RLB), two
 * second-order sections. The Recommendation prints their coefficients for 48 kHz;
 * for another rate they are computed from the analogue filters that give these
 * (bilinear transform), as every meter of EBU Tech 3341 does. Both channels are
 * filtered at once, side by side in one vector: 4 times as fast as libebur128,
 * whose filter was a twelfth of a production's processor time; the tests hold
 * one against the other. */
#ifndef CARNET_SOUND_K_WEIGHTING_H
#define CARNET_SOUND_K_WEIGHTING_H

#include <glib.h>

/* One number for each of two channels; `float` vectors would lose the high pass at 38 Hz. */
typedef double Lanes __attribute__((vector_size(2 * sizeof(double))));

typedef struct {
  double b0, b1, b2, a1, a2; /* y = b0 x + b1 x' + b2 x'' - a1 y' - a2 y'' */
} KSection;

/* The last frame and the one before it: of the sound, behind the shelf, behind both. */
typedef struct {
  Lanes x1, x2, u1, u2, y1, y2;
} KMemory;

typedef struct {
  KSection shelf, high_pass; /* the high pass has b = 1, -2, 1 */
  KMemory memory;
  guint channels;
} KWeighting;

/* `channels` 1 or 2. One channel is heard on both sides, and counts twice. */
void k_weighting_init(KWeighting *filter, guint channels, guint rate_hz);
/* Filters `frames` (interleaved); returns the sum of their squares over both channels. */
double k_weighting_add(KWeighting *filter, const float *samples, guint frames);

#endif
