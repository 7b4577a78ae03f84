/* Encoded sound on its way to the air: packets, and a queue of them between the
 * encoder's thread and playout's. (Type header: no codec library here.) */
#ifndef CARNET_SOUND_PACKETS_H
#define CARNET_SOUND_PACKETS_H

#include "base/station.h"

/* One codec packet (an MP3 frame; an Opus packet, not an Ogg page). */
typedef struct {
  gint64 start_frame; /* programme frame (48 kHz) at which it is due; the first begins before 0 by the
                        * encoder's delay (libmp3lame 1105, libopus 312), each next one where it ends */
  guint frames;       /* how long it sounds */
  GBytes *data;       /* owned by the packet */
} Packet;
void packet_clear(Packet *packet);

/* What a receiver needs before the first packet. */
typedef struct {
  SoundFormat format;
  unsigned bitrate_kbps;
  guint channels;
  guint preskip_frames; /* Opus (RFC 7845): frames to drop at the start */
  GBytes *header;       /* Opus: the OpusHead packet; NULL for MP3 */
} StreamHeader;

/* A queue for one encoding, bounded in bytes: push waits when it is full, until
 * half of it is gone, so an encoder that runs ahead of the air holds still and
 * memory stays flat.
 * Thread-safe; one pusher, one taker. */
typedef struct PacketQueue PacketQueue;

PacketQueue *packet_queue_new(gsize max_bytes);
PacketQueue *packet_queue_ref(PacketQueue *queue);
void packet_queue_unref(PacketQueue *queue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PacketQueue, packet_queue_unref)

/* The encoder's side. */
void packet_queue_set_header(PacketQueue *queue, const StreamHeader *header); /* copies */
/* Takes `data`. False when the taker has gone (packet_queue_cancel): stop pushing. */
bool packet_queue_push(PacketQueue *queue, gint64 start_frame, guint frames, GBytes *data);
void packet_queue_finish(PacketQueue *queue);                    /* no more will come */
void packet_queue_fail(PacketQueue *queue, const GError *error); /* nor ever */

/* The taker's side. Playout never waits. */
typedef enum { PACKET_READY, PACKET_NOT_YET, PACKET_END, PACKET_FAILED } PacketState;
/* READY once the header is there (borrowed, lives as long as the queue). */
PacketState packet_queue_header(PacketQueue *queue, const StreamHeader **header);
/* Takes the next packet if there is one (packet_clear after use). */
PacketState packet_queue_take(PacketQueue *queue, Packet *packet, GError **error);
/* Start frame of the next packet, or -1. */
gint64 packet_queue_next_frame(PacketQueue *queue);
/* Waits until `nbytes` (at most half the queue) or the end are there. */
void packet_queue_wait(PacketQueue *queue, gsize nbytes);
void packet_queue_cancel(PacketQueue *queue);

#endif
