#include "air/backoff.h"

gint64 backoff_next_us(Backoff *backoff, double chance) {
  gint64 wait_us = BACKOFF_LEAST_US;
  for (guint i = 0; i < backoff->failures && wait_us < BACKOFF_MOST_US; i++)
    wait_us *= 2;
  if (backoff->failures < G_MAXUINT)
    backoff->failures++;
  wait_us = (gint64)((double)MIN(wait_us, BACKOFF_MOST_US) * (0.75 + 0.5 * chance));
  return CLAMP(wait_us, BACKOFF_LEAST_US, BACKOFF_MOST_US);
}
