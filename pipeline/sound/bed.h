/* The bed under a programme: looped, faded in and out, ducked. */
#ifndef CARNET_SOUND_BED_H
#define CARNET_SOUND_BED_H

#include "sound/duck.h"
#include "sound/timeline.h"

/* Seam of the loop: the end and the beginning are cross-faded with equal power
 * over so long, or a quarter of the sound when it is short. */
#define BED_SEAM_FRAMES 48000
/* No fade of the bed is shorter (10 ms). */
#define BED_MIN_FADE_FRAMES 480

typedef struct Bed Bed;
/* Opens the sound (`settings` copied). Returns (bed_free), or NULL. */
Bed *bed_open(const TimelineBed *settings, GError **error);
void bed_free(Bed *bed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bed, bed_free)

/* Frames after `frame` that must be known before the bed can be mixed there. */
gint64 bed_lookahead(const TimelineBed *settings);

/* Says where it ends; `position` is the first frame not yet mixed. The fade-out
 * ends at `until_frame` (or up to 63 frames before) and never starts in the
 * past: a bed that sounds is never cut off, even where that is later. */
void bed_set_end(Bed *bed, gint64 until_frame, gint64 position);

/* Adds the bed to `out` (interleaved stereo), which starts at `position`.
 * `speech` is complete up to position + frames + the look-ahead. The result does
 * not depend on how the programme is cut into calls. */
bool bed_mix(Bed *bed, const GArray *speech, gint64 position, float *out, gint64 frames, GError **error);

#endif
