#include "speech/trim.h"

#include <stdlib.h>
#include <string.h>

/* The ramps within lead and tail. */
#define FADE_IN_MS 5
#define FADE_OUT_MS 10

guint trim_lead(guint rate_hz) {
  return rate_hz * TRIM_LEAD_MS / 1000;
}

guint trim_tail(guint rate_hz) {
  return rate_hz * TRIM_TAIL_MS / 1000;
}

static void ramp(gint16 *samples, guint n, guint rate_hz) {
  guint in = MIN(rate_hz * FADE_IN_MS / 1000, n), out = MIN(rate_hz * FADE_OUT_MS / 1000, n);
  for (guint i = 0; i < in; i++) {
    samples[i] = (gint16)(samples[i] * (gint32)i / (gint32)in);
  }
  for (guint i = 0; i < out; i++) {
    gint16 *sample = &samples[n - 1 - i];
    *sample = (gint16)(*sample * (gint32)i / (gint32)out);
  }
}

gint64 trim_speech(GArray *speech, guint rate_hz) {
  const gint16 *all = (const gint16 *)(void *)speech->data;
  guint first = 0, end = speech->len, lead = trim_lead(rate_hz), tail = trim_tail(rate_hz);
  while (first < end && abs(all[first]) < TRIM_SILENCE) {
    first++;
  }
  while (end > first && abs(all[end - 1]) < TRIM_SILENCE) {
    end--;
  }
  if (first == end) {
    g_array_set_size(speech, 0);
    return 0;
  }
  /* In place: what is heard moves to behind its lead, once. */
  guint before = MIN(first, lead), after = MIN(speech->len - end, tail), heard = end - first;
  guint kept = before + heard + after, whole = lead + heard + tail;
  g_array_set_size(speech, MAX(speech->len, whole));
  gint16 *to = (gint16 *)(void *)speech->data;
  memmove(to + lead - before, to + first - before, kept * sizeof(gint16));
  memset(to, 0, (lead - before) * sizeof(gint16));
  memset(to + lead - before + kept, 0, (tail - after) * sizeof(gint16));
  g_array_set_size(speech, whole);
  ramp(to, whole, rate_hz);
  return (gint64)first - lead;
}
