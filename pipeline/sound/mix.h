/* The mixer: pulls the programme's sound out of a timeline, frame by frame.
 *
 *   timeline ──> events (WAV files, read in place) ──┐
 *            └─> bed (looped, ducked ahead of speech) ┴──> sum, float32 stereo
 *
 * A mono sound is heard at the same level in both channels. Overlapping sounds
 * add. Each sound has at least a fade of MIX_MIN_FADE_FRAMES at both ends, so
 * that no join clicks. The result depends on the timeline alone, not on how it
 * is cut into calls nor on when things became known. */
#ifndef CARNET_SOUND_MIX_H
#define CARNET_SOUND_MIX_H

#include "sound/timeline.h"

#define MIX_MIN_FADE_FRAMES 96 /* 2 ms */

typedef struct Mixer Mixer;
/* Borrows `timeline` and `stop`; a `*stop` that is not 0 (set it atomically,
 * then timeline_wake) ends a wait. Returns (mixer_free). */
Mixer *mixer_new(Timeline *timeline, const gint *stop);
void mixer_free(Mixer *mixer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mixer, mixer_free)

/* Mixes the next `frames` frames into `out` (interleaved stereo), waiting until
 * they are known. Returns the frames made, fewer only at the programme's end,
 * 0 after it; -1 on failure (AGAIN when stopped). */
gint64 mixer_read(Mixer *mixer, float *out, gint64 frames, GError **error);
/* Length of the programme, -1 as long as it is not known. */
gint64 mixer_total_frames(const Mixer *mixer);

#endif
