/* From a rundown to the mixer's timeline: exact places, gains, the bed. */
#ifndef CARNET_COMMANDS_MIX_PLAN_H
#define CARNET_COMMANDS_MIX_PLAN_H

#include "commands/studio.h"
#include "sound/timeline.h"

/* Appends the jingles and sounds at the head of a script or rundown: what may
 * be heard before the rest is known. `n` of `items` (RundownItem*, measured). */
bool mix_plan_lead(Timeline *timeline, Studio *studio, GPtrArray *items, guint n, GError **error);

/* Where the mix is to land, and the limiter that it passes. */
typedef struct {
  double loudness_lufs, ceiling_dbtp;
  double bed_db; /* for the bed alone, beside what the script says */
} MixAim;

/* Appends items from index `first` on, sets the bed, closes the timeline.
 * Everything from `first` on is trimmed by one gain, forecast so that the whole
 * lands at `aim`. */
bool mix_plan_fill(Timeline *timeline, Studio *studio, const Rundown *rundown, guint first, const MixAim *aim,
                   GError **error);

/* A pause, or a sound in which nothing is heard: whoever put it there asked for silence. */
bool mix_plan_is_silent(Studio *studio, const RundownItem *item);

#endif
