#include "sound/true_peak.h"

#include <math.h>
#include <string.h>

enum { FACTOR = 4, TAPS = TRUE_PEAK_TAPS, STRETCH = TRUE_PEAK_STRETCH, PHASES = FACTOR - 1 };

/* Phases 1/4, 1/2 and 3/4 of the way from one sample to the next; taps in the
 * order of the samples they meet. `reach` is the largest sum of magnitudes. */
typedef struct {
  float taps[PHASES][TAPS];
  float reach;
} Interpolator;

static Interpolator make_interpolator(void) {
  Interpolator made = {.reach = 1.0f};
  for (int phase = 1; phase < FACTOR; phase++) {
    double sum = 0.0;
    for (int k = 0; k < TAPS; k++) {
      int j = phase + FACTOR * (TAPS - 1 - k); /* of the 49 taps at four times the rate */
      double x = (j - FACTOR * TAPS / 2.0) * G_PI / FACTOR;
      double window = 0.5 * (1.0 - cos(2.0 * G_PI * (double)j / (FACTOR * TAPS)));
      double tap = window * (x == 0.0 ? 1.0 : sin(x) / x);
      made.taps[phase - 1][k] = (float)tap;
      sum += fabs(tap);
    }
    made.reach = MAX(made.reach, (float)sum);
  }
  return made;
}

static const Interpolator *interpolator(void) {
  static gsize once = 0;
  static Interpolator made;
  if (g_once_init_enter(&once)) {
    made = make_interpolator();
    g_once_init_leave(&once, 1);
  }
  return &made;
}

void true_peak_init(TruePeak *peak, guint channels) {
  g_assert(channels >= 1 && channels <= TRUE_PEAK_MAX_CHANNELS);
  *peak = (TruePeak){.channels = channels, .filled = TAPS};
  interpolator();
}

/* The highest interpolated magnitude in the stretch: no branch inside, so that the compiler vectorizes it. */
static float highest_between(const float *window, const Interpolator *by) {
  float top = 0.0f;
  for (int phase = 0; phase < PHASES; phase++) {
    float between[STRETCH] = {0};
    for (int k = 0; k < TAPS; k++) {
      const float tap = by->taps[phase][k];
      for (int i = 0; i < STRETCH; i++) {
        between[i] += tap * window[i + 1 + k];
      }
    }
    top = fmaxf(top, magnitude_highest(between, STRETCH));
  }
  return top;
}

static void look_at_window(TruePeak *peak) {
  const Interpolator *by = interpolator();
  for (guint channel = 0; channel < peak->channels; channel++) {
    float *window = peak->window[channel];
    float top = magnitude_highest(window, TAPS + STRETCH);
    peak->sample_peak = MAX(peak->sample_peak, (double)top);
    peak->peak = MAX(peak->peak, (double)top);
    if ((double)(top * by->reach) > peak->peak) {
      peak->peak = MAX(peak->peak, (double)highest_between(window, by));
    }
    memmove(window, window + STRETCH, TAPS * sizeof *window);
  }
  peak->filled = TAPS;
}

void true_peak_add(TruePeak *peak, const float *samples, gint64 frames) {
  while (frames > 0) {
    guint n = (guint)MIN(frames, (gint64)(TAPS + STRETCH - peak->filled));
    for (guint channel = 0; channel < peak->channels; channel++) {
      float *to = peak->window[channel] + peak->filled;
      for (guint i = 0; i < n; i++) {
        to[i] = samples[i * peak->channels + channel];
      }
    }
    peak->filled += n;
    samples += (gsize)n * peak->channels;
    frames -= n;
    if (peak->filled == TAPS + STRETCH) {
      look_at_window(peak);
    }
  }
}

void true_peak_finish(TruePeak *peak) {
  static const float silence[TRUE_PEAK_MAX_CHANNELS * (TAPS + STRETCH)] = {0};
  true_peak_add(peak, silence, TAPS + STRETCH);
}
