/* What one mount got of each item, for the as-run log. Sound that is handed to
 * the connection counts only once it has left our queue for the server's
 * socket; what is still queued when the connection is lost was never sent.
 * Pure: instants are given. Frames are those of the programme (48 kHz). */
#ifndef CARNET_AIR_TALLY_H
#define CARNET_AIR_TALLY_H

#include "air/playout.h"

typedef struct Tally Tally;
Tally *tally_new(guint mount);
void tally_free(Tally *tally);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tally, tally_free)

/* `nbytes` that hold programme frames [start_frame, end_frame) were handed over at `now_us`. */
void tally_handed(Tally *tally, gsize nbytes, gint64 start_frame, gint64 end_frame, gint64 now_us);
/* All but the last `queued_bytes` of what was handed over has left. Returns frames newly taken. */
gint64 tally_taken(Tally *tally, gsize queued_bytes);
/* The connection is gone, and what it had in its queue with it. */
void tally_lost(Tally *tally);
/* The server stood still: what it was given since `since_us` (clock_now_us) went
 * to its kernel and no further. Takes it back, except what was reported. Returns the frames. */
gint64 tally_distrust(Tally *tally, gint64 since_us);
/* Calls `sent` for each item (in order, once) that ends at or before `frame`
 * and of which nothing is still under way. `items`: PlayoutItem, as known now, the
 * first of which has the number `first`; those before it have been reported. What
 * ended more than a minute before `frame`, and is in no item that is still to be reported, is forgotten. */
void tally_report(Tally *tally, GArray *items, guint first, gint64 frame,
                  void (*sent)(const PlayoutSent *sent, gpointer user), gpointer user);
/* The number of the first item that is not reported. */
guint tally_reported(const Tally *tally);

#endif
