/* The outline of a sound: how high it goes in each tenth of a second. It costs a byte each, so that a picture of hours needs
 * no second reading of them. */
#ifndef CARNET_SOUND_CONTOUR_H
#define CARNET_SOUND_CONTOUR_H

#include <glib.h>

#define CONTOUR_FRAMES 4800 /* of a column */

typedef struct {
  GByteArray *peaks; /* of each column, 0 to 127: full scale; NULL: none yet */
  float highest;     /* of the column under way */
  guint filled;      /* frames of it */
} Contour;

/* Adds `frames` frames of `channels` interleaved channels. */
void contour_add(Contour *contour, const float *samples, guint frames, guint channels);
/* The column under way ends. */
void contour_end(Contour *contour);
void contour_clear(Contour *contour);

#endif
