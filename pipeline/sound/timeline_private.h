/* The timeline as sound/ sees it inside (timeline.c, mix.c, forecast.c). */
#ifndef CARNET_SOUND_TIMELINE_PRIVATE_H
#define CARNET_SOUND_TIMELINE_PRIVATE_H

#include "sound/timeline.h"

/* Read and written under `mutex`; `changed` is signalled at each change. Once
 * `closed` nothing changes any more, and it may be read without the mutex. */
struct Timeline {
  gint refs;
  GMutex mutex;
  GCond changed;
  GArray *events;  /* TimelineEvent, by start_frame; only ever grows */
  TimelineBed bed; /* when has_bed */
  bool has_bed;
  gint64 bed_until_frame; /* when closed */
  gint64 known_until;     /* everything that starts before is in `events` */
  gint64 total_frames;    /* when closed; -1 before */
  bool closed;
  GError *error; /* timeline_fail */
};

/* Waits (mutex held) until everything that starts before `frame` is known, or
 * the timeline is closed, or it failed, or `*stop` is not 0. False for the last
 * two; `error` is set when the timeline failed. */
bool timeline_wait_known(Timeline *timeline, gint64 frame, const gint *stop, GError **error);
/* Makes a waiter look at its `stop` again. */
void timeline_wake(Timeline *timeline);

/* Copies with a `path` of their own, and back (g_free of the path). */
TimelineEvent timeline_event_copy(const TimelineEvent *event);
void timeline_event_clear(TimelineEvent *event);

#endif
