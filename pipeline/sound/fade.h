/* Raised-cosine fades: no click at a beginning or an end. */
#ifndef CARNET_SOUND_FADE_H
#define CARNET_SOUND_FADE_H

#include <glib.h>
#include <math.h>

/* Gain at `frame` frames into a fade of `length`: 0 before it, 1 after. */
static inline double fade_gain(gint64 frame, gint64 length) {
  if (frame >= length) {
    return 1.0;
  }
  return frame <= 0 ? 0.0 : 0.5 - 0.5 * cos(G_PI * (double)frame / (double)length);
}

#endif
