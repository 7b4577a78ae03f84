#include "air/tally.h"

#include "base/wav.h"

typedef struct {
  gint64 start_frame, end_frame, at_us;
  guint64 end_byte; /* count of bytes handed over, this span included */
} Span;

/* What goes out a moment before an item, in the packet that it begins in, is the encoder's delay: half a packet. */
#define JUST_DELAY_FRAMES 576
/* Of what belongs to no item, the last minute is kept: one may be made known late, and tally_distrust looks back. */
#define KEPT_FRAMES (FRAME_RATE * 60)

struct Tally {
  guint mount;
  guint64 handed_bytes;
  GArray *spans; /* Span, in order: first those taken, then those still queued */
  guint n_taken;
  guint next_item; /* first item that is not yet reported */
};

Tally *tally_new(guint mount) {
  Tally *tally = g_new0(Tally, 1);
  tally->mount = mount;
  tally->spans = g_array_new(FALSE, FALSE, sizeof(Span));
  return tally;
}

void tally_free(Tally *tally) {
  if (!tally)
    return;
  g_array_unref(tally->spans);
  g_free(tally);
}

void tally_handed(Tally *tally, gsize nbytes, gint64 start_frame, gint64 end_frame, gint64 now_us) {
  tally->handed_bytes += nbytes;
  Span span = {start_frame, end_frame, now_us, tally->handed_bytes};
  g_array_append_val(tally->spans, span);
}

gint64 tally_taken(Tally *tally, gsize queued_bytes) {
  guint64 left_bytes = tally->handed_bytes - MIN(queued_bytes, tally->handed_bytes);
  gint64 frames = 0;
  for (; tally->n_taken < tally->spans->len; tally->n_taken++) {
    const Span *span = &g_array_index(tally->spans, Span, tally->n_taken);
    if (span->end_byte > left_bytes)
      break;
    frames += span->end_frame - span->start_frame;
  }
  return frames;
}

void tally_lost(Tally *tally) {
  g_array_set_size(tally->spans, tally->n_taken);
  tally->handed_bytes = 0;
  /* Byte counts begin anew with the next connection; what is taken stays taken. */
  for (guint i = 0; i < tally->n_taken; i++)
    g_array_index(tally->spans, Span, i).end_byte = 0;
}

gint64 tally_distrust(Tally *tally, gint64 since_us) {
  gint64 frames = 0;
  tally_lost(tally);
  for (; tally->n_taken > 0; tally->n_taken--) {
    const Span *span = &g_array_index(tally->spans, Span, tally->n_taken - 1);
    if (span->at_us < since_us)
      break;
    frames += span->end_frame - span->start_frame;
  }
  g_array_set_size(tally->spans, tally->n_taken);
  return frames;
}

/* False when a part of the item is still in the connection's queue. */
static bool tally_settle(const Tally *tally, const PlayoutItem *item, PlayoutSent *sent) {
  gint64 item_end = item->start_frame + item->frames;
  bool is_delay = false; /* all that was sent of it so far */
  for (guint i = 0; i < tally->spans->len; i++) {
    const Span *span = &g_array_index(tally->spans, Span, i);
    gint64 from = MAX(span->start_frame, item->start_frame), until = MIN(span->end_frame, item_end);
    if (span->start_frame >= item_end)
      break;
    if (from >= until)
      continue;
    if (i >= tally->n_taken)
      return false;
    sent->sent_frames += until - from;
    if (!sent->start_us || is_delay)
      sent->start_us = span->at_us;
    is_delay = sent->sent_frames < JUST_DELAY_FRAMES;
    sent->end_us = span->at_us;
  }
  return true;
}

/* Spans that end before `frame` belong to items that have been reported, or to none. */
static void tally_forget(Tally *tally, gint64 frame) {
  guint n = 0;
  while (n < tally->n_taken && g_array_index(tally->spans, Span, n).end_frame <= frame)
    n++;
  if (n > 0)
    g_array_remove_range(tally->spans, 0, n);
  tally->n_taken -= n;
}

guint tally_reported(const Tally *tally) {
  return tally->next_item;
}

void tally_report(Tally *tally, GArray *items, guint first, gint64 frame,
                  void (*sent)(const PlayoutSent *sent, gpointer user), gpointer user) {
  for (; tally->next_item - first < items->len; tally->next_item++) {
    const PlayoutItem *item = &g_array_index(items, PlayoutItem, tally->next_item - first);
    PlayoutSent got = {.mount = tally->mount, .item = tally->next_item};
    if (item->start_frame + item->frames > frame || !tally_settle(tally, item, &got))
      return;
    tally_forget(tally, item->start_frame + item->frames);
    if (sent)
      sent(&got, user);
  }
  tally_forget(tally, frame - KEPT_FRAMES);
}
