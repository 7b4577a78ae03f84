/* The timeline: which sound is heard when, as the mixer reads it. Filled by one
 * thread while another mixes; the mixer waits where nothing is known yet, so a
 * programme can be on the air while its end is still being chosen. Frames are at
 * 48 kHz from the start of the programme; gains in dB, constant. One thread
 * fills, one mixes; every function is thread-safe. */
#ifndef CARNET_SOUND_TIMELINE_H
#define CARNET_SOUND_TIMELINE_H

#include <glib.h>
#include <stdbool.h>

/* One sound at an exact place. */
typedef struct {
  char *path;                 /* prepared WAV (base/wav.h) */
  gint64 start_frame, frames; /* frames: of the WAV, or fewer to cut it */
  double gain_db;             /* constant, over the file as it is */
  gint64 fade_in_frames, fade_out_frames;
  bool is_speech; /* the bed is ducked under it */
} TimelineEvent;

/* The bed: looped (with a cross-fade at the seam) from `from_frame` to `until_frame`. */
typedef struct {
  char *path;
  double gain_db; /* over the file as it is, when nobody speaks */
  double duck_db; /* further, under speech */
  gint64 attack_frames, release_frames, fade_in_frames, fade_out_frames;
  gint64 from_frame;
} TimelineBed;

typedef struct Timeline Timeline;
Timeline *timeline_new(void);
Timeline *timeline_ref(Timeline *timeline);
void timeline_unref(Timeline *timeline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Timeline, timeline_unref)

/* Adds an event (copied), in the order of start_frame. */
void timeline_append(Timeline *timeline, const TimelineEvent *event);
/* Says that everything that starts before `frame` has been appended. */
void timeline_known_until(Timeline *timeline, gint64 frame);
/* At most once, before anything after bed->from_frame is known (copied): say no
 * more than timeline_known_until(from_frame) before, or the bed comes in where
 * the mixer then is. */
void timeline_set_bed(Timeline *timeline, const TimelineBed *bed);
/* Nothing more will come: the programme has `total_frames`, and the bed ends at
 * `bed_until_frame`, which lies at or after the last frame said to be known
 * (else its fade-out may have to be shorter than asked for). */
void timeline_close(Timeline *timeline, gint64 total_frames, gint64 bed_until_frame);
/* The rest cannot be made: the mixer fails with a copy of `error`. */
void timeline_fail(Timeline *timeline, const GError *error);

#endif
