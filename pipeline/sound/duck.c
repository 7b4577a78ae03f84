#include "sound/duck.h"

void duck_add(GArray *intervals, gint64 start_frame, gint64 end_frame) {
  if (end_frame <= start_frame) {
    return;
  }
  if (intervals->len > 0) {
    SpeechInterval *last = &g_array_index(intervals, SpeechInterval, intervals->len - 1);
    if (start_frame <= last->end_frame) {
      last->end_frame = MAX(last->end_frame, end_frame);
      return;
    }
  }
  SpeechInterval interval = {start_frame, end_frame};
  g_array_append_val(intervals, interval);
}

/* Index of the first interval that ends after `frame`; `n` when there is none. */
static guint first_ending_after(const SpeechInterval *intervals, guint n, gint64 frame) {
  guint low = 0, high = n;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (intervals[middle].end_frame > frame) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

double duck_gain_db(const SpeechInterval *intervals, guint n, gint64 attack_frames, gint64 release_frames,
                    double duck_db, gint64 frame) {
  double depth = 0.0; /* share of duck_db */
  guint next = first_ending_after(intervals, n, frame);
  if (next < n) {
    gint64 before = intervals[next].start_frame - frame;
    if (before <= 0) {
      return duck_db;
    }
    if (before < attack_frames) {
      depth = 1.0 - (double)before / (double)attack_frames;
    }
  }
  if (next > 0) {
    gint64 after = frame - intervals[next - 1].end_frame;
    if (after < release_frames) {
      depth = MAX(depth, 1.0 - (double)after / (double)release_frames);
    }
  }
  return duck_db * depth;
}
