/* One encoding on its way to the mounts that carry it: each packet is taken out
 * of the queue once, when it is due, and handed to all of them in chunks. The
 * last chunks are kept for mounts that come later. Frames are those of the
 * programme (48 kHz). From playout's thread alone; inside air only. */
#ifndef CARNET_AIR_FEED_H
#define CARNET_AIR_FEED_H

#include "sound/packets.h"

/* Packets that are sent together. */
typedef struct {
  gint64 start_frame, end_frame;
  GArray *packets;    /* Packet */
  GByteArray *joined; /* their bytes one after another: what MP3 mounts send */
} Chunk;

typedef struct {
  PacketQueue *queue;         /* referenced */
  const StreamHeader *header; /* NULL until known */
  GQueue chunks;              /* Chunk*, oldest first */
  gint64 taken_frame;         /* end of the last packet taken */
  bool ended;                 /* no packet will come any more */
  GError *failure;            /* why it ended too early, or NULL */
} Feed;

/* Returns (feed_free). */
Feed *feed_new(PacketQueue *queue);
void feed_free(Feed *feed); /* cancels the queue */
/* True when the header and the first packet are there, or the queue has ended. */
bool feed_ready(Feed *feed);
/* True from the first packet taken on: what a mount needs to join, also while the next one is late. */
bool feed_has_begun(const Feed *feed);
/* Takes what starts before `until_frame`. Returns the chunk (borrowed, kept in
 * `chunks`), or NULL when nothing is there yet or the feed has ended. */
const Chunk *feed_take(Feed *feed, gint64 until_frame);
/* Forgets chunks that end at or before `frame`. */
void feed_trim(Feed *feed, gint64 frame);

#endif
