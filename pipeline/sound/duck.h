/* The bed gives way to speech: how much, at which frame. Pure.
 *
 *   0 dB ───╮                     ╭───
 *            ╲                   ╱        straight lines in dB
 *   duck_db   ╰─────────────────╯
 *           attack  speech   release
 *
 * The way down ends where speech starts, the way up starts where it ends. Where
 * two speeches are so near that the ways meet, the lower one counts. */
#ifndef CARNET_SOUND_DUCK_H
#define CARNET_SOUND_DUCK_H

#include <glib.h>

/* Someone speaks from start_frame up to, not including, end_frame. */
typedef struct {
  gint64 start_frame, end_frame;
} SpeechInterval;

/* Adds an interval to `intervals` (GArray of SpeechInterval), which stays
 * sorted and disjoint: one that touches or overlaps the last is merged with
 * it. Call in the order of start_frame. An empty interval is left out. */
void duck_add(GArray *intervals, gint64 start_frame, gint64 end_frame);

/* The further gain of the bed at `frame`: between 0 and `duck_db` (<= 0).
 * `intervals` is sorted and disjoint (duck_add). Lengths of 0 are steps. */
double duck_gain_db(const SpeechInterval *intervals, guint n, gint64 attack_frames, gint64 release_frames,
                    double duck_db, gint64 frame);

#endif
