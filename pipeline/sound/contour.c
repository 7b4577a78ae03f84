#include "sound/contour.h"

#include <math.h>

#define FULL 127.0F

void contour_end(Contour *contour) {
  if (contour->filled == 0)
    return;
  if (!contour->peaks)
    contour->peaks = g_byte_array_new();
  guint8 peak = (guint8)lrintf(MIN(contour->highest, 1.0F) * FULL);
  g_byte_array_append(contour->peaks, &peak, 1);
  contour->highest = 0;
  contour->filled = 0;
}

void contour_add(Contour *contour, const float *samples, guint frames, guint channels) {
  while (frames > 0) {
    guint n = MIN(frames, CONTOUR_FRAMES - contour->filled);
    float highest = contour->highest;
    for (guint i = 0; i < n * channels; i++)
      highest = fmaxf(highest, fabsf(samples[i]));
    contour->highest = highest;
    contour->filled += n;
    if (contour->filled == CONTOUR_FRAMES)
      contour_end(contour);
    samples += (gsize)n * channels;
    frames -= n;
  }
}

void contour_clear(Contour *contour) {
  if (contour->peaks)
    g_byte_array_unref(contour->peaks);
  *contour = (Contour){0};
}
