#include "editorial/fit.h"

#include "editorial/rundown.h"

/* A pause's room, bounded so that the products below stay within 63 bits. */
static gint64 room_of(const RundownItem *item) {
  return item->type == ITEM_PAUSE ? MAX(item->most_frames - item->least_frames, 0) : 0;
}

FitBounds fit_bounds(const GPtrArray *items) {
  FitBounds bounds = {0, 0};
  for (guint i = 0; i < items->len; i++) {
    const RundownItem *item = items->pdata[i];
    gint64 least = item->type == ITEM_PAUSE ? item->least_frames : item->frames;
    bounds.least_frames += least;
    bounds.most_frames += least + room_of(item);
  }
  return bounds;
}

gint64 fit_spread(GPtrArray *items, gint64 target_frames) {
  FitBounds bounds = fit_bounds(items);
  gint64 total = CLAMP(target_frames, bounds.least_frames, bounds.most_frames);
  gint64 to_give = total - bounds.least_frames;
  gint64 room_left = bounds.most_frames - bounds.least_frames;
  for (guint i = 0; i < items->len; i++) {
    RundownItem *item = items->pdata[i];
    if (item->type != ITEM_PAUSE)
      continue;
    /* A share of what is left: what rounding leaves is carried on, so that the
     * last one takes exactly the rest. to_give <= room_left holds throughout. */
    gint64 room = room_of(item);
    gint64 share = room == 0 ? 0 : to_give * room / room_left;
    item->frames = item->least_frames + share;
    to_give -= share;
    room_left -= room;
  }
  return target_frames - total;
}
