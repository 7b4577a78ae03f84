/* Fitting the clock: whole frames (48 kHz), shared out over what may stretch.
 * Only pauses stretch; speech, jingles and sounds last as long as they last. Pure. */
#ifndef CARNET_EDITORIAL_FIT_H
#define CARNET_EDITORIAL_FIT_H

#include <glib.h>

/* How long items are together: as short and as long as pauses allow. */
typedef struct {
  gint64 least_frames, most_frames;
} FitBounds;

/* `items`: RundownItem*. */
FitBounds fit_bounds(const GPtrArray *items);
/* Sets every pause within its bounds so that the items last `target_frames`,
 * each by the same share of its room, exact to the frame. Returns what cannot
 * be reached: target minus total; negative when the items are too long. */
gint64 fit_spread(GPtrArray *items, gint64 target_frames);

#endif
