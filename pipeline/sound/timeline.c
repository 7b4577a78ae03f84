#include "sound/timeline_private.h"

TimelineEvent timeline_event_copy(const TimelineEvent *event) {
  TimelineEvent copy = *event;
  copy.path = g_strdup(event->path);
  return copy;
}

void timeline_event_clear(TimelineEvent *event) {
  g_clear_pointer(&event->path, g_free);
}

static void clear_event(gpointer event) {
  timeline_event_clear(event);
}

Timeline *timeline_new(void) {
  Timeline *timeline = g_new0(Timeline, 1);
  timeline->refs = 1;
  g_mutex_init(&timeline->mutex);
  g_cond_init(&timeline->changed);
  timeline->events = g_array_new(FALSE, FALSE, sizeof(TimelineEvent));
  g_array_set_clear_func(timeline->events, clear_event);
  timeline->total_frames = -1;
  return timeline;
}

Timeline *timeline_ref(Timeline *timeline) {
  g_atomic_int_inc(&timeline->refs);
  return timeline;
}

void timeline_unref(Timeline *timeline) {
  if (timeline == NULL || !g_atomic_int_dec_and_test(&timeline->refs)) {
    return;
  }
  g_array_unref(timeline->events);
  g_free(timeline->bed.path);
  g_clear_error(&timeline->error);
  g_mutex_clear(&timeline->mutex);
  g_cond_clear(&timeline->changed);
  g_free(timeline);
}

/* Ends a change: the mixer looks again. */
static void changed(Timeline *timeline) {
  g_cond_broadcast(&timeline->changed);
  g_mutex_unlock(&timeline->mutex);
}

void timeline_append(Timeline *timeline, const TimelineEvent *event) {
  TimelineEvent copy = timeline_event_copy(event);
  g_mutex_lock(&timeline->mutex);
  g_array_append_val(timeline->events, copy);
  changed(timeline);
}

void timeline_known_until(Timeline *timeline, gint64 frame) {
  g_mutex_lock(&timeline->mutex);
  timeline->known_until = MAX(timeline->known_until, frame);
  changed(timeline);
}

void timeline_set_bed(Timeline *timeline, const TimelineBed *bed) {
  g_mutex_lock(&timeline->mutex);
  g_free(timeline->bed.path);
  timeline->bed = *bed;
  timeline->bed.path = g_strdup(bed->path);
  timeline->has_bed = true;
  changed(timeline);
}

void timeline_close(Timeline *timeline, gint64 total_frames, gint64 bed_until_frame) {
  g_mutex_lock(&timeline->mutex);
  timeline->total_frames = total_frames;
  timeline->bed_until_frame = MIN(bed_until_frame, total_frames);
  timeline->known_until = MAX(timeline->known_until, total_frames);
  timeline->closed = true;
  changed(timeline);
}

void timeline_fail(Timeline *timeline, const GError *error) {
  g_mutex_lock(&timeline->mutex);
  if (timeline->error == NULL) {
    timeline->error = g_error_copy(error);
  }
  changed(timeline);
}

bool timeline_wait_known(Timeline *timeline, gint64 frame, const gint *stop, GError **error) {
  while (g_atomic_int_get(stop) == 0 && timeline->error == NULL && !timeline->closed && timeline->known_until < frame) {
    g_cond_wait(&timeline->changed, &timeline->mutex);
  }
  if (timeline->error != NULL) {
    g_propagate_error(error, g_error_copy(timeline->error));
    return false;
  }
  return g_atomic_int_get(stop) == 0;
}

void timeline_wake(Timeline *timeline) {
  g_mutex_lock(&timeline->mutex);
  changed(timeline);
}
