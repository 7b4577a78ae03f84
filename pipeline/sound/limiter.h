/* A look-ahead limiter for true peaks (ITU-R BS.1770-4 annex 2: the signal
 * between the samples counts), stereo-linked.
 *
 *   sound ──┬──────────── delay ────────────────× ──> sound
 *           └─> 4x peak ─> minimum ahead ─> release ─> two means ─┘ gain
 *
 * Its delay is taken off: the frames that come out are at the place where they
 * went in, and as many. Sound under the ceiling comes out bit for bit. */
#ifndef CARNET_SOUND_LIMITER_H
#define CARNET_SOUND_LIMITER_H

#include <glib.h>

/* More frames than went in may come out of one call, by so many at most. */
#define LIMITER_EXTRA_FRAMES 512

typedef struct Limiter Limiter;
Limiter *limiter_new(double ceiling_dbtp);
void limiter_free(Limiter *limiter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Limiter, limiter_free)

/* Takes `frames` frames (interleaved stereo) and writes those that are ready
 * to `out` (room for frames + LIMITER_EXTRA_FRAMES). Returns their number. */
gint64 limiter_process(Limiter *limiter, const float *in, gint64 frames, float *out);
/* The rest (at most LIMITER_EXTRA_FRAMES): in all, as many come out as went in. */
gint64 limiter_finish(Limiter *limiter, float *out);

#endif
